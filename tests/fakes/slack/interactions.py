"""What does Slack send when a person uses what the app showed: commands, clicks, forms, shortcuts?"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests.fakes.slack import form_state, shapes, validate
from tests.fakes.slack.delivery import Answer, Parcel
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.methods import views
from tests.fakes.slack.world import Channel, Message, User, View, World

Json = dict[str, Any]

TROUBLE = "We had some trouble connecting. Try again?"
MOST_OPTIONS = 100
DISPATCH_FAILED = "failed with the error dispatch_failed"


class Interactions:
    """Writes interaction payloads. A person can only use what is there: anything else fails the test."""

    def __init__(self, world: World, base: str) -> None:
        self._world = world
        self._base = base

    def command(self, user: str, name: str, text: str = "", channel: str | None = None) -> Parcel:
        """A slash command; an answer with text is shown to that person, or to all when it says so."""
        registered = self._world.app.commands
        assert registered is None or name in registered, f"the app has no command {name}"
        person = self._world.users[user]
        place = self._world.channels[channel] if channel else self._im(person)
        space = self._world.workspaces[place.team_id]
        given: Json = {
            "token": self._world.app.verification_token,
            "team_id": space.id,
            "team_domain": space.domain,
            "channel_id": place.id,
            "channel_name": place.name,
            "user_id": user,
            "user_name": person.handle,
            "command": name,
            "text": text,
            "api_app_id": self._world.app.id,
            "is_enterprise_install": str(self._world.bot_of(space.id).is_enterprise_install).lower(),
            "response_url": self._response_url(place, user),
            "trigger_id": self._world.trigger(user).id,
        }
        if space.enterprise_id:
            given |= {"enterprise_id": space.enterprise_id, "enterprise_name": space.enterprise_name or ""}
        return Parcel("slash_commands", given, settle=lambda answer: self._spoken(answer, place, user))

    def block_action(
        self,
        user: str,
        where: Message | View,
        action_id: str,
        value: Any = None,
        *,
        stale: bool = False,
    ) -> Parcel:
        """A click or a choice. ``value`` tells apart buttons of one action id, or is what was chosen.

        ``stale`` clicks on what stood there before the last edit, as a slow client shows it.
        """
        blocks = where.blocks
        if stale:
            assert isinstance(where, Message)
            blocks = where.versions[-1][1]
        action = self._action(blocks, action_id, value)
        if isinstance(where, View):
            given = self._common(user, where.team_id, where.id)
            given |= {
                "type": "block_actions",
                "container": {"type": "view", "view_id": where.id},
                "view": shapes.view(self._world, where),
                "actions": [action],
            }
            given["view"]["state"] = {"values": form_state.values(blocks)}
            return Parcel("interactive", given, settle=_clicked)
        place = self._world.channels[where.channel]
        given = self._common(user, place.team_id)
        given |= {
            "type": "block_actions",
            "container": {
                "type": "message",
                "message_ts": where.ts,
                "channel_id": place.id,
                "is_ephemeral": where.only_for is not None,
            },
            "channel": {"id": place.id, "name": place.name},
            "state": {"values": form_state.values(blocks)},
            "response_url": self._response_url(place, user, where.ts),
            "actions": [action],
        }
        if where.thread_ts:
            given["container"]["thread_ts"] = where.thread_ts
        if where.only_for is None:
            given["message"] = shapes.message(self._world, where) | {"blocks": blocks}
        return Parcel("interactive", given, where, _clicked)

    def options(self, user: str, view: View, action_id: str, typed: str) -> Parcel:
        """The person types into a menu whose options the app looks up."""
        block, element = next(found for found in view.elements() if found[1]["action_id"] == action_id)
        assert element["type"].endswith("external_select")
        assert len(typed) >= element.get("min_query_length", 3), "the client does not ask for so few letters"
        given = self._common(user, view.team_id)
        del given["trigger_id"]
        given |= {
            "type": "block_suggestion",
            "action_id": action_id,
            "block_id": block["block_id"],
            "value": typed,
            "container": {"type": "view", "view_id": view.id},
            "view": shapes.view(self._world, view),
        }
        return Parcel("interactive", given, settle=_offered)

    def view_submission(
        self, user: str, values: Mapping[str, Any] | None = None, view: View | None = None
    ) -> Parcel:
        """The person submits the modal in front of them; ``values`` are by action id."""
        shown = view or self._world.modal(user)
        assert shown.payload.get("submit"), "the modal has nothing to submit"
        given = self._common(user, shown.team_id, shown.id)
        given |= {"type": "view_submission", "view": shapes.view(self._world, shown), "response_urls": []}
        given["view"]["state"] = {"values": form_state.values(shown.blocks, values, submitting=True)}
        return Parcel("interactive", given, settle=lambda answer: self._submitted(answer, shown))

    def view_closed(self, user: str, view: View | None = None) -> Parcel:
        """The person closes the modal without submitting; sent where the view asked for it."""
        shown = view or self._world.modal(user)
        assert shown.payload.get("notify_on_close"), "the view asked for no word when it is closed"
        given = self._common(user, shown.team_id)
        del given["trigger_id"]
        given |= {"type": "view_closed", "view": shapes.view(self._world, shown), "is_cleared": False}
        self._world.modals[user].remove(shown)
        return Parcel("interactive", given)

    def message_action(self, user: str, callback_id: str, said: Message) -> Parcel:
        """A shortcut from the menu of a message."""
        self._registered(callback_id)
        place = self._world.channels[said.channel]
        given = self._common(user, place.team_id)
        told = shapes.message(self._world, said)
        if said.files:
            told["files"] = [shapes.file(self._world.files[each], self._base) for each in said.files]
        given |= {
            "type": "message_action",
            "action_ts": self._world.ts(),
            "callback_id": callback_id,
            "response_url": self._response_url(place, user, said.ts),
            "channel": {"id": place.id, "name": place.name},
            "message_ts": said.ts,
            "message": told,
        }
        return Parcel("interactive", given, said, _clicked)

    def shortcut(self, user: str, callback_id: str) -> Parcel:
        """A shortcut from anywhere."""
        self._registered(callback_id)
        given = self._common(user, self._world.users[user].team_id)
        given |= {"type": "shortcut", "action_ts": self._world.ts(), "callback_id": callback_id}
        return Parcel("interactive", given, settle=_clicked)

    # -- parts

    def _registered(self, callback_id: str) -> None:
        known = self._world.app.shortcuts
        assert known is None or callback_id in known, f"the app has no shortcut {callback_id}"

    def _im(self, person: User) -> Channel:
        return self._world.im(person.id, self._world.bot_of(person.team_id))

    def _response_url(self, place: Channel, user: str, message: str | None = None) -> str:
        return f"{self._base}/response/{self._world.response_url(place.id, user, message).id}"

    def _common(self, user: str, team_id: str, view_id: str | None = None) -> Json:
        return {
            "token": self._world.app.verification_token,
            "api_app_id": self._world.app.id,
            "team": shapes.team(self._world, team_id),
            "enterprise": shapes.enterprise(self._world, team_id),
            "is_enterprise_install": self._world.bot_of(team_id).is_enterprise_install,
            "user": shapes.actor(self._world.users[user]),
            "trigger_id": self._world.trigger(user, view_id).id,
        }

    def _action(self, blocks: list[Json], action_id: str, value: Any) -> Json:
        from_here = [
            (block, each)
            for block, each in Message("", "", "", blocks=blocks).elements()
            if each["action_id"] == action_id
        ]
        for block, element in from_here:
            is_button = element["type"] == "button"
            if is_button and value not in (None, element.get("value")):
                continue
            told: Json = {
                "type": element["type"],
                "action_id": action_id,
                "block_id": block["block_id"],
                "action_ts": self._world.ts(),
            }
            if is_button:
                given = {name: element[name] for name in ("text", "value", "style") if name in element}
                return told | given
            return told | form_state.answered(element, form_state.UNSET if value is None else value)
        offered = [each["action_id"] for _, each in Message("", "", "", blocks=blocks).elements()]
        raise AssertionError(f"nothing to click: {action_id} {value or ''}; there is {offered}")

    # -- what the app's answer does

    def _spoken(self, answer: Answer, place: Channel, user: str) -> Answer:
        if answer.failure:
            return replace(answer, trouble=DISPATCH_FAILED)
        if not answer.body:
            return answer
        try:
            given = json.loads(answer.body)
        except ValueError:
            given = {"text": answer.body.decode()}
        if not isinstance(given, dict):
            given = {"text": str(given)}
        bot = self._world.bot_of(place.team_id)
        blocks = given.get("blocks") or []
        try:
            validate.check_blocks(blocks)
        except SlackError as error:
            return replace(answer, trouble=error.error)
        if given.get("text") or blocks:
            self._world.put(
                place.id,
                bot.bot_user,
                given.get("text", ""),
                blocks=validate.with_ids(self._world, blocks),
                bot_id=bot.bot_id,
                only_for=None if given.get("response_type") == "in_channel" else user,
            )
        return answer

    def _submitted(self, answer: Answer, shown: View) -> Answer:
        if answer.failure:
            return replace(answer, trouble=TROUBLE)
        stack = self._world.modals[shown.user]
        if not answer.body:
            _close(stack, shown)
            return answer
        try:
            given = json.loads(answer.body)
            self._respond(given, stack, shown)
        except (ValueError, LookupError, TypeError, AttributeError):
            return replace(answer, trouble=TROUBLE)
        except SlackError as error:
            return replace(answer, trouble=f"{TROUBLE} {error.body()}")
        return answer

    def _respond(self, given: Json, stack: list[View], shown: View) -> None:
        """Do what the app's `response_action` says, or raise where Slack would show trouble."""
        match given["response_action"]:
            case "errors":
                inputs = {block["block_id"] for block in shown.blocks if block["type"] == "input"}
                if not given["errors"] or set(given["errors"]) - inputs:
                    raise KeyError("errors stand at block ids of inputs")
            case "clear":
                stack.clear()
            case "update":
                validate.check_view(given["view"], ("modal",))
                views.replace(self._world, shown, given["view"])
            case "push":
                validate.check_view(given["view"], ("modal",))
                if len(stack) >= views.DEEPEST_STACK:
                    raise SlackError("push_limit_reached")
                stack.append(views.show(self._world, shown.user, shown.team_id, given["view"], on=shown))
            case other:
                raise KeyError(other)


def _clicked(answer: Answer) -> Answer:
    return replace(answer, trouble=TROUBLE) if answer.failure else answer


def _offered(answer: Answer) -> Answer:
    """Slack shows at most a hundred options, or groups of them."""
    told = None if answer.failure else answer.json()
    offered = told.get("options", told.get("option_groups")) if isinstance(told, dict) else None
    fine = isinstance(offered, list) and len(offered) <= MOST_OPTIONS
    return answer if fine else replace(answer, trouble="No results found.")


def _close(stack: list[View], shown: View) -> None:
    if shown.payload.get("clear_on_close"):
        stack.clear()
    elif shown in stack:
        stack.remove(shown)

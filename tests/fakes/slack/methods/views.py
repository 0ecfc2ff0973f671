"""views.*: modals by a trigger that lives three seconds, and the Home tab."""

import json
from typing import Any

from tests.fakes.slack import shapes, validate
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.methods.call import MethodCall
from tests.fakes.slack.world import TRIGGER_SECONDS, Trigger, View, World

Json = dict[str, Any]

DEEPEST_STACK = 3


def open_(call: MethodCall) -> Json:
    """views.open."""
    payload = validate.view(call.arguments, ("modal",))
    trigger = _exchange(call)
    shown = show(call.world, trigger.user, trigger.team_id, payload)
    call.world.modals[trigger.user] = [shown]
    return {"view": shapes.view(call.world, shown)}


def push(call: MethodCall) -> Json:
    """views.push: onto the modal that the trigger came from."""
    payload = validate.view(call.arguments, ("modal",))
    trigger = _exchange(call)
    stack = call.world.modals.get(trigger.user, [])
    if not stack or trigger.view_id not in {each.id for each in stack}:
        raise SlackError("not_found")
    if len(stack) >= DEEPEST_STACK:
        raise SlackError("push_limit_reached")
    shown = show(call.world, trigger.user, trigger.team_id, payload, on=stack[-1])
    stack.append(shown)
    return {"view": shapes.view(call.world, shown)}


def update(call: MethodCall) -> Json:
    """views.update: by id or external id, guarded by the hash when one is given."""
    payload = validate.view(call.arguments, ("modal",))
    view_id, external = call.arguments.text("view_id"), call.arguments.text("external_id")
    if "view_id" in call.arguments.given and "external_id" in call.arguments.given:
        raise SlackError("invalid_arguments", ["Cannot provide both `view_id` and `external_id`"])
    if view_id is None and external is None:
        raise SlackError("invalid_arguments", ["missing required field: view_id"])
    shown = call.world.view(view_id) if view_id else _by_external(call.world, external or "")
    if shown is None or shown.payload["type"] != "modal":
        raise SlackError("not_found")
    _same_hash(call, shown)
    replace(call.world, shown, payload)
    return {"view": shapes.view(call.world, shown)}


def publish(call: MethodCall) -> Json:
    """views.publish: one Home tab for each person."""
    (user,) = call.arguments.required("user_id")
    payload = validate.view(call.arguments, ("home",))
    if user not in call.world.users:
        raise SlackError("user_not_found")
    if not call.world.app.home_tab:
        raise SlackError("not_enabled")
    shown = call.world.homes.get(user)
    if shown is None:
        shown = show(call.world, user, call.install.team_id, payload)
        call.world.homes[user] = shown
    else:
        _same_hash(call, shown)
        replace(call.world, shown, payload)
    return {"view": shapes.view(call.world, shown)}


def show(world: World, user: str, team_id: str, payload: Json, on: View | None = None) -> View:
    """A view as it first appears, on top of another or by itself."""
    _new_external(world, payload, None)
    made = View(
        id=world.new_id("V"),
        user=user,
        team_id=team_id,
        payload=_kept(world, payload),
        hash=_hash(world),
        root_id="",
        previous_id=on.id if on else None,
    )
    made.root_id = on.root_id if on else made.id
    return made


def replace(world: World, shown: View, payload: Json) -> None:
    """Another content in the same view."""
    _new_external(world, payload, shown)
    shown.payload = _kept(world, payload)
    shown.hash = _hash(world)


def _kept(world: World, payload: Json) -> Json:
    kept: Json = json.loads(json.dumps(payload))
    kept["blocks"] = validate.with_ids(world, kept["blocks"])
    return kept


def _hash(world: World) -> str:
    return f"{int(world.now())}.{world.number():08x}"


def _exchange(call: MethodCall) -> Trigger:
    (name,) = call.arguments.required("trigger_id")
    trigger = call.world.triggers.get(name)
    if trigger is None:
        raise SlackError("invalid_trigger_id")
    if trigger.exchanged:
        raise SlackError("exchanged_trigger_id")
    if call.world.now() - trigger.at > TRIGGER_SECONDS:
        raise SlackError("expired_trigger_id")
    trigger.exchanged = True
    return trigger


def _same_hash(call: MethodCall, shown: View) -> None:
    given = call.arguments.text("hash")
    if given is not None and given != shown.hash:
        raise SlackError("hash_conflict")


def _by_external(world: World, external: str) -> View | None:
    views = (each for stack in world.modals.values() for each in stack)
    return next((each for each in views if each.payload.get("external_id") == external), None)


def _new_external(world: World, payload: Json, mine: View | None) -> None:
    external = payload.get("external_id")
    homes = world.homes.values()
    views = [*homes, *(each for stack in world.modals.values() for each in stack)]
    if external and any(each.payload.get("external_id") == external for each in views if each is not mine):
        raise SlackError("duplicate_external_id")

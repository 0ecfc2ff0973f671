"""What does Slack tell an app that subscribed to events? Each in its real wrapper, and true in the world too."""

from typing import Any

from tests.fakes.slack import shapes
from tests.fakes.slack.delivery import Parcel
from tests.fakes.slack.world import Channel, Install, Message, SharedFile, World

Json = dict[str, Any]

KINDS = {"im": "im", "group": "groups", "channel": "channels"}


class Events:
    """Writes events. Nothing is sent before ``.to(door)``; what they tell has happened in the world."""

    def __init__(self, world: World, base: str) -> None:
        self._world = world
        self._base = base

    # -- messages

    def message(
        self, user: str, text: str, channel: str | None = None, thread_ts: str | None = None
    ) -> Parcel:
        """A person writes, to the bot unless a channel is named."""
        place = self._place(user, channel)
        said = self._world.put(place.id, user, text, thread_ts=thread_ts)
        return self._wrap(self._message(said), place, said)

    def mention(
        self, user: str, text: str, channel: str, thread_ts: str | None = None, **given: Any
    ) -> Parcel:
        """A person calls the bot in a channel; ``given`` are fields of the message, such as its files."""
        place = self._world.channels[channel]
        called = f"<@{self._world.bot_of(place.team_id).bot_user}>"
        said = self._world.put(
            channel, user, text if called in text else f"{called} {text}", thread_ts=thread_ts, **given
        )
        event = self._message(said) | {"type": "app_mention"}
        del event["channel_type"]
        return self._wrap(event, place, said)

    def twin(self, mention: Parcel) -> Parcel:
        """The same message as an app gets it that also subscribed to the messages of channels."""
        assert mention.said is not None
        return self._wrap(
            self._message(mention.said), self._world.channels[mention.said.channel], mention.said
        )

    def by_a_bot(self, text: str, channel: str, *, ours: bool = False) -> Parcel:
        """A message of a bot: another app's, or the echo of our own."""
        place = self._world.channels[channel]
        install = self._world.bot_of(place.team_id)
        sender, bot_id = (install.bot_user, install.bot_id) if ours else ("U0OTHERBOT", "B0OTHERBOT")
        said = self._world.put(channel, sender, text, bot_id=bot_id)
        return self._wrap(self._message(said), place, said)

    def edit(self, said: Message, text: str) -> Parcel:
        """A person changes what they wrote."""
        before = shapes.message(self._world, said)
        said.versions.append((said.text, said.blocks))
        said.text, said.edited = text, self._world.ts()
        changed = {
            "subtype": "message_changed",
            "message": shapes.message(self._world, said),
            "previous_message": before,
        }
        return self._hidden(said, changed)

    def delete(self, said: Message) -> Parcel:
        """A person takes a message away."""
        before = shapes.message(self._world, said)
        said.deleted = True
        return self._hidden(
            said, {"subtype": "message_deleted", "previous_message": before, "deleted_ts": said.ts}
        )

    def file_share(
        self,
        user: str,
        name: str,
        content: bytes,
        mimetype: str = "application/pdf",
        text: str = "",
        channel: str | None = None,
        **given: Any,
    ) -> Parcel:
        """A person uploads a file with a few words; ``given`` are fields of the file."""
        place = self._place(user, channel)
        shared = self._world.add_file(user, name, content, mimetype, channels=[place.id], **given)
        said = self._world.put(place.id, user, text, subtype="file_share", files=[shared.id])
        return self._wrap(self._message(said), place, said)

    def file_shared(self, share: Parcel) -> Parcel:
        """The other event of the same upload."""
        assert share.said is not None
        shared = self._world.files[share.said.files[0]]
        event = {
            "type": "file_shared",
            "file_id": shared.id,
            "user_id": shared.user,
            "file": {"id": shared.id},
            "channel_id": share.said.channel,
            "event_ts": self._world.ts(),
        }
        return self._wrap(event, self._world.channels[share.said.channel])

    # -- everything else

    def app_home_opened(self, user: str, tab: str = "home") -> Parcel:
        """A person looks at the app's tabs."""
        install = self._world.bot_of(self._world.users[user].team_id)
        place = self._world.im(user, install)
        event: Json = {
            "type": "app_home_opened",
            "user": user,
            "channel": place.id,
            "tab": tab,
            "event_ts": self._world.ts(),
        }
        if tab == "home" and user in self._world.homes:
            event["view"] = shapes.view(self._world, self._world.homes[user])
        return self._wrap(event, place)

    def user_change(self, user: str, **changes: Any) -> Parcel:
        """Somebody's profile or membership changes."""
        person = self._world.users[user]
        for name, value in changes.items():
            assert hasattr(person, name)
            setattr(person, name, value)
        install = self._world.bot_of(person.team_id)
        told = shapes.user(person, with_email="users:read.email" in install.scopes)
        now = self._world.ts()
        return self.event(
            {"type": "user_change", "user": told, "cache_ts": int(float(now)), "event_ts": now}, install
        )

    def tokens_revoked(self, install: Install | None = None) -> Parcel:
        """The bot's token is taken back."""
        gone = install or self._world.bot
        gone.revoked = "token_revoked"
        tokens = {"oauth": [], "bot": [gone.bot_user]}
        return self.event({"type": "tokens_revoked", "tokens": tokens, "event_ts": self._world.ts()}, gone)

    def app_uninstalled(self, install: Install | None = None) -> Parcel:
        """The app is taken out of the workspace."""
        gone = install or self._world.bot
        gone.revoked = "account_inactive"
        return self.event({"type": "app_uninstalled", "event_ts": self._world.ts()}, gone)

    def challenge(self, words: str = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P") -> Parcel:
        """The question with which Slack checks an address."""
        token = self._world.app.verification_token
        return Parcel("events_api", {"token": token, "challenge": words, "type": "url_verification"})

    def event(
        self,
        event: Json,
        install: Install | None = None,
        place: Channel | None = None,
        said: Message | None = None,
    ) -> Parcel:
        """Any event, in the wrapper that all have."""
        receiver = install or self._world.bot
        name = f"message.{KINDS[event['channel_type']]}" if event["type"] == "message" else event["type"]
        subscribed = self._world.app.events
        assert subscribed is None or name in subscribed, f"the app did not subscribe to {name}"
        space = self._world.workspaces[receiver.team_id]
        wrapper: Json = {
            "token": self._world.app.verification_token,
            "team_id": place.team_id if place else space.id,
            "context_team_id": place.team_id if place else space.id,
            "context_enterprise_id": space.enterprise_id,
            "api_app_id": self._world.app.id,
            "event": event,
            "type": "event_callback",
            "event_id": self._world.new_id("Ev"),
            "event_time": int(self._world.now()),
            "authorizations": [
                {
                    "enterprise_id": space.enterprise_id,
                    "team_id": None if receiver.is_enterprise_install else space.id,
                    "user_id": receiver.bot_user,
                    "is_bot": True,
                    "is_enterprise_install": receiver.is_enterprise_install,
                }
            ],
            "is_ext_shared_channel": bool(place and place.is_ext_shared),
        }
        if space.enterprise_id:
            wrapper["enterprise_id"] = space.enterprise_id
        if place is not None:
            wrapper["event_context"] = f"4-{wrapper['event_id']}-{place.id}"
        return Parcel("events_api", wrapper, said)

    # -- parts

    def _place(self, user: str, channel: str | None) -> Channel:
        if channel is not None:
            return self._world.channels[channel]
        return self._world.im(user, self._world.bot_of(self._world.users[user].team_id))

    def _wrap(self, event: Json, place: Channel, said: Message | None = None) -> Parcel:
        return self.event(event, self._world.bot_of(place.team_id), place, said)

    def _hidden(self, said: Message, what: Json) -> Parcel:
        place, now = self._world.channels[said.channel], self._world.ts()
        event = {
            "type": "message",
            "hidden": True,
            "channel": place.id,
            "channel_type": place.event_kind,
            "ts": now,
            "event_ts": now,
            **what,
        }
        return self._wrap(event, place, said)

    def _message(self, said: Message) -> Json:
        place = self._world.channels[said.channel]
        event = shapes.message(self._world, said)
        event |= {"channel": place.id, "event_ts": said.ts, "channel_type": place.event_kind}
        if said.bot_id is None and said.subtype is None:
            event["client_msg_id"] = f"00000000-0000-4000-8000-{self._world.number():012x}"
        if said.files:
            event |= {
                "upload": False,
                "display_as_bot": False,
                "files": [self._file(self._world.files[each], place) for each in said.files],
            }
        person = self._world.users.get(said.user)
        if place.is_ext_shared and person is not None:
            event |= {"user_team": person.team_id, "source_team": person.team_id}
        return event

    def _file(self, shared: SharedFile, place: Channel) -> Json:
        if place.is_ext_shared:
            # In Slack Connect the event holds no addresses: ask files.info.
            return {"id": shared.id, "mode": "file_access", "file_access": "check_file_info"}
        return shapes.file(shared, self._base)

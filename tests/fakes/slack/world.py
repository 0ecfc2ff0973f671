"""Who and what is in Slack: workspaces, people, channels, messages, views and files, as values that a test may set."""

import itertools
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack.clock import Clock

Json = dict[str, Any]

BOT_SCOPES = frozenset(
    {
        "app_mentions:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "im:history",
        "im:write",
        "reactions:write",
        "users:read",
        "users:read.email",
    }
)
TRIGGER_SECONDS = 3.0


@dataclass(slots=True)
class Workspace:
    """A team; in an Enterprise Grid it belongs to an organization."""

    id: str = "T0LAKEMONT"
    name: str = "Lakemont PD"
    domain: str = "lakemontpd"
    enterprise_id: str | None = None
    enterprise_name: str | None = None


@dataclass(slots=True)
class App:
    """The app as it is registered: its secrets, and what its manifest switched on."""

    id: str = "A0ROLLCALL"
    name: str = "Rollcall"
    signing_secret: str = "8f742231b10e8888abcd99yyyzzz85a5"  # noqa: S105  made up
    verification_token: str = "Jhj5dZrVaK7ZwHHjRyZWjbDl"  # noqa: S105  made up
    app_token: str = "xapp-1-A0ROLLCALL-1"  # noqa: S105  made up
    app_token_scopes: frozenset[str] = frozenset({"connections:write"})
    home_tab: bool = True
    messages_tab: bool = True
    events: frozenset[str] | None = None
    """What it subscribed to, as in a manifest: `message.im` and the like. None is everything."""
    commands: frozenset[str] | None = None
    shortcuts: frozenset[str] | None = None
    """Callback ids."""


@dataclass(slots=True)
class Install:
    """The app in one workspace (or organization): the bot's token, what it may do, and whether it still holds."""

    token: str
    team_id: str
    bot_user: str
    bot_id: str
    scopes: frozenset[str] = BOT_SCOPES
    is_enterprise_install: bool = False
    revoked: str = ""
    """The error once the token is gone: `token_revoked` or `account_inactive`."""


@dataclass(slots=True)
class User:
    """A person or a bot, as users.info would tell."""

    id: str
    real_name: str = ""
    email: str | None = None
    display_name: str = ""
    team_id: str = ""
    enterprise_id: str | None = None
    teams: tuple[str, ...] = ()
    """Workspaces of the organization, for `enterprise_user`."""
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    deleted: bool = False
    tz: str = "America/Chicago"

    @property
    def handle(self) -> str:
        """The name of old, which some payloads still carry."""
        return (self.email or self.display_name or self.real_name or self.id).partition("@")[0].lower()


@dataclass(slots=True)
class Channel:
    """A conversation: C public or shared, G private, D direct message."""

    id: str
    name: str = ""
    team_id: str = ""
    members: set[str] = field(default_factory=set)
    is_ext_shared: bool = False
    is_archived: bool = False

    @property
    def is_im(self) -> bool:
        """A direct message between two."""
        return self.id.startswith("D")

    @property
    def kind(self) -> str:
        """How the name of a scope begins for it: channels, groups, im."""
        return {"D": "im", "G": "groups"}.get(self.id[0], "channels")

    @property
    def event_kind(self) -> str:
        """How an event names it."""
        return {"D": "im", "G": "group"}.get(self.id[0], "channel")


@dataclass(slots=True)
class Message:
    """One message. ``only_for`` makes it ephemeral; ``deleted`` keeps it for asserts although nobody sees it."""

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    bot_id: str | None = None
    thread_ts: str | None = None
    subtype: str | None = None
    files: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    edited: str | None = None
    deleted: bool = False
    only_for: str | None = None
    versions: list[tuple[str, list[Json]]] = field(default_factory=list)
    """Text and blocks before each edit."""

    def elements(self) -> Iterator[tuple[Json, Json]]:
        """Each interactive element with its block."""
        return elements(self.blocks)


@dataclass(slots=True)
class View:
    """A Home tab or a modal as one person has it in front of them."""

    id: str
    user: str
    team_id: str
    payload: Json
    hash: str
    root_id: str
    previous_id: str | None = None

    @property
    def blocks(self) -> list[Json]:
        """What it shows."""
        return list(self.payload["blocks"])

    def elements(self) -> Iterator[tuple[Json, Json]]:
        """Each interactive element with its block."""
        return elements(self.blocks)


@dataclass(slots=True)
class SharedFile:
    """A file that somebody uploaded. ``told_size`` lets Slack tell another size than the file has."""

    id: str
    name: str
    content: bytes
    mimetype: str
    user: str
    team_id: str
    channels: list[str] = field(default_factory=list)
    mode: str = "hosted"
    told_size: int | None = None
    deleted: bool = False


@dataclass(slots=True)
class Trigger:
    """A right to open one modal, for three seconds."""

    id: str
    user: str
    team_id: str
    at: float
    view_id: str | None = None
    exchanged: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """An address for late answers: five uses in half an hour."""

    id: str
    channel: str
    user: str
    at: float
    message: str | None = None
    uses: int = 0


def elements(blocks: Iterable[Json]) -> Iterator[tuple[Json, Json]]:
    """Each element that a person may use, with the block it stands in."""
    for block in blocks:
        found = [block.get("accessory"), block.get("element"), *block.get("elements", [])]
        for each in found:
            if isinstance(each, dict) and "action_id" in each:
                yield block, each


class World:
    """Everything there is. The server's thread and the test's both use it, under one lock."""

    def __init__(self, clock: Clock, workspace: Workspace | None = None, app: App | None = None) -> None:
        first = workspace or Workspace()
        self.clock = clock
        self.lock = threading.RLock()
        self.app = app or App()
        self.workspaces = {first.id: first}
        self.home_team = first.id
        self.installs: dict[str, Install] = {}
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: list[Message] = []
        self.homes: dict[str, View] = {}
        self.modals: dict[str, list[View]] = {}
        self.files: dict[str, SharedFile] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.remarks: list[str] = []
        """What the service let pass although it should not be sent so."""
        self._numbers = itertools.count(1)
        self._last_ts = 0
        self.install("xoxb-lakemont-1", first.id)

    # -- who is there

    def now(self) -> float:
        """Seconds since 1970, as Slack counts."""
        return self.clock.now().timestamp()

    def number(self) -> int:
        """A number that was never given before."""
        return next(self._numbers)

    def new_id(self, prefix: str) -> str:
        """An id of a kind; nobody may rely on its length."""
        return f"{prefix}0{self.number():06d}"

    def ts(self) -> str:
        """A message's time, which is also its name: later than every one before."""
        with self.lock:
            self._last_ts = max(self._last_ts + 1, int(self.now() * 1_000_000))
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def install(self, token: str, team_id: str, **given: Any) -> Install:
        """The app comes to a workspace, with a bot user of its own there."""
        bot = self.add_user(self.new_id("U"), self.app.name, is_bot=True, team_id=team_id)
        made = Install(token=token, team_id=team_id, bot_user=bot.id, bot_id=self.new_id("B"), **given)
        self.installs[token] = made
        return made

    @property
    def bot(self) -> Install:
        """The app in the workspace of the stand-in's own."""
        return next(each for each in self.installs.values() if each.team_id == self.home_team)

    def add_workspace(self, workspace: Workspace) -> Workspace:
        """Another team, of the same organization or a foreign one."""
        self.workspaces[workspace.id] = workspace
        return workspace

    def add_user(self, user_id: str, real_name: str = "", email: str | None = None, **given: Any) -> User:
        """Somebody more; ``given`` are fields of a user."""
        team_id = given.pop("team_id", self.home_team)
        given.setdefault("enterprise_id", self.workspaces[team_id].enterprise_id)
        made = User(user_id, real_name or user_id, email, team_id=team_id, **given)
        self.users[user_id] = made
        return made

    def add_channel(self, channel_id: str, *members: str, with_bot: bool = True, **given: Any) -> Channel:
        """A channel with these people, and the bot unless said otherwise."""
        team_id = given.pop("team_id", self.home_team)
        made = Channel(channel_id, given.pop("name", channel_id.lower()), team_id, set(members), **given)
        if with_bot:
            made.members.add(self.bot.bot_user)
        self.channels[channel_id] = made
        return made

    def add_file(self, user: str, name: str, content: bytes, mimetype: str, **given: Any) -> SharedFile:
        """A file that this person uploaded."""
        made = SharedFile(self.new_id("F"), name, content, mimetype, user, self.users[user].team_id, **given)
        self.files[made.id] = made
        return made

    def bot_of(self, team_id: str) -> Install:
        """The app in one workspace, or in the organization that the workspace is part of."""
        for each in self.installs.values():
            if each.team_id == team_id:
                return each
        organization = self.workspaces[team_id].enterprise_id
        for each in self.installs.values():
            if organization and self.workspaces[each.team_id].enterprise_id == organization:
                return each
        return self.bot

    def im(self, user_id: str, install: Install | None = None) -> Channel:
        """The direct message between a person and the bot, made when it is first wanted."""
        both = {user_id, (install or self.bot).bot_user}
        with self.lock:
            for each in self.channels.values():
                if each.is_im and each.members == both:
                    return each
            made = Channel(self.new_id("D"), "directmessage", (install or self.bot).team_id, both)
            self.channels[made.id] = made
            return made

    # -- what was said

    def put(self, channel: str, user: str, text: str = "", **given: Any) -> Message:
        """A message appears in a conversation."""
        with self.lock:
            made = Message(self.ts(), channel, user, text, **given)
            self.messages.append(made)
            return made

    def message(self, channel: str, ts: str) -> Message | None:
        """A message that can still be seen by all, or nothing."""
        found = (m for m in self.messages if m.channel == channel and m.ts == ts)
        return next((m for m in found if not m.deleted and m.only_for is None), None)

    def said_to(self, user: str) -> list[Message]:
        """What the app has in this person's direct message, in order, as it stands now."""
        ids = {c.id for c in list(self.channels.values()) if c.is_im and user in c.members}
        return [m for m in self.messages if m.channel in ids and m.bot_id and not m.deleted]

    def posted(self, channel: str | None = None) -> list[Message]:
        """What the app posted for all to see, in order, as it stands now."""
        mine = [m for m in self.messages if m.bot_id and not m.deleted and m.only_for is None]
        return [m for m in mine if channel in (None, m.channel)]

    def whispers(self, user: str) -> list[Message]:
        """What the app showed to this person alone."""
        return [m for m in self.messages if m.only_for == user and not m.deleted]

    # -- what was opened

    def trigger(self, user: str, view_id: str | None = None) -> Trigger:
        """A fresh right to open a modal."""
        number = self.number()
        made = Trigger(
            f"{number}.{number}.{number:032x}", user, self.users[user].team_id, self.now(), view_id
        )
        self.triggers[made.id] = made
        return made

    def response_url(self, channel: str, user: str, message: str | None = None) -> ResponseUrl:
        """A fresh address for late answers."""
        made = ResponseUrl(f"{self.number():024x}", channel, user, self.now(), message)
        self.response_urls[made.id] = made
        return made

    def modal(self, user: str) -> View:
        """The modal on top of what this person sees."""
        return self.modals[user][-1]

    def view(self, view_id: str) -> View | None:
        """An open view."""
        with self.lock:
            stacks = itertools.chain(self.homes.values(), *self.modals.values())
            return next((each for each in stacks if each.id == view_id), None)

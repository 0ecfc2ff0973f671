"""Who and what is in Teams: tenants, people, chats, teams, messages and files, as values that a test may set."""

import copy
import itertools
import secrets
import threading
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.fakes.slack.clock import Clock
from tests.fakes.teams.clouds import CLOUDS, Cloud
from tests.fakes.teams.signing import KeyRing

Json = dict[str, Any]
ChatKind = Literal["personal", "groupChat", "channel"]

TENANT = "6f1c2a9e-0b7d-4c55-8a42-3d9f5e7b1c20"
PEOPLE = uuid.UUID("0e5b6c1a-93a7-4d0e-8c6f-7a51b2d4e9f0")
DOWNLOAD_SECONDS = 300.0


@dataclass(slots=True)
class App:
    """The app as it is registered in Entra and in Azure Bot."""

    client_id: str = "c9e8c047-2a74-40a2-b28a-b162d5f5327c"
    client_secret: str = "made~up.Secret_8Q~lakemont"  # noqa: S105  made up
    name: str = "Rollcall"
    supports_files: bool = True

    @property
    def id(self) -> str:
        """The bot's id in conversations."""
        return f"28:{self.client_id}"


@dataclass(eq=False, slots=True)
class Person:
    """Somebody with an account. ``id`` is theirs for this bot only, ``aad`` theirs in the directory."""

    name: str
    aad: str
    id: str
    email: str | None
    upn: str
    tenant: str = TENANT
    guest: bool = False
    installed: bool = True
    """The app is installed for them, so that the bot may write."""
    blocked: str = ""
    """They blocked the bot: ``MessageWritesBlocked`` or ``ConversationBlockedByUser``."""
    untold: tuple[str, ...] = ()
    """What the roster leaves out of them."""
    locale: str = "en-US"
    platform: str = "Windows"
    timezone: str = "America/Chicago"

    @property
    def surname(self) -> str:
        """The last word of the name."""
        return self.name.rpartition(" ")[2]


@dataclass(eq=False, slots=True)
class Chat:
    """A conversation: with one person, of a few, or a channel of a team."""

    id: str
    kind: ChatKind
    tenant: str = TENANT
    name: str = ""
    members: list[Person] = field(default_factory=list)
    with_bot: bool = True
    team: "Team | None" = None
    deleted: bool = False


@dataclass(eq=False, slots=True)
class Team:
    """A team. The id of its first channel is its own."""

    id: str
    name: str
    group: str
    members: list[Person] = field(default_factory=list)
    channels: list[Chat] = field(default_factory=list)

    @property
    def general(self) -> Chat:
        """The channel that every team has."""
        return self.channels[0]


@dataclass(frozen=True, slots=True)
class Version:
    """What stood in a message before it was changed."""

    text: str
    card: Json | None


@dataclass(eq=False, slots=True)
class Message:
    """One message. ``sender`` is nobody for the bot's own; ``deleted`` keeps it for asserts although nobody sees it."""

    id: str
    chat: Chat
    sender: Person | None
    text: str = ""
    card: Json | None = None
    summary: str = ""
    thread: str = ""
    """The id of the message that begins the thread, in a channel."""
    reply_to: str = ""
    edited: bool = False
    deleted: bool = False
    alert: bool = False
    reactions: list[tuple[str, str]] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    own_cards: dict[str, Json] = field(default_factory=dict)
    """By person's id, the card that only they see since they pressed a button."""

    def card_for(self, person: Person) -> Json | None:
        """The card as this person sees it."""
        return self.own_cards.get(person.id, self.card)


@dataclass(eq=False, slots=True)
class Dialog:
    """A dialog that one person has open."""

    title: str
    card: Json
    opened_from: Message | None


@dataclass(eq=False, slots=True)
class SharedFile:
    """A file that a person sent, or a picture that they pasted."""

    id: str
    name: str
    content: bytes
    mimetype: str
    expires: float = 0.0


class World:
    """Everything there is. The server's thread and the test's both use it, under one lock."""

    def __init__(self, clock: Clock, app: App | None = None, cloud: str = "public") -> None:
        self.clock = clock
        self.lock = threading.RLock()
        self.app = app or App()
        self.cloud: Cloud = CLOUDS[cloud]
        self.base = ""
        """Where the stand-in listens."""
        self.region = "teams"
        """The part of the connector's address that Microsoft may change; a call to the old one is refused."""
        self.tenant = TENANT
        self.tenants = {TENANT: "Lakemont PD"}
        self.keys = KeyRing()
        self.people: dict[str, Person] = {}
        """By ``29:`` id."""
        self.chats: dict[str, Chat] = {}
        self.teams: dict[str, Team] = {}
        self.messages: list[Message] = []
        self.dialogs: dict[str, Dialog] = {}
        """By person's id."""
        self.notices: dict[str, list[str]] = {}
        """By person's id, the short messages below a card or in a dialog."""
        self.files: dict[str, SharedFile] = {}
        self.typing: list[str] = []
        """Ids of conversations in which the bot was seen to write."""
        self.disabled_by_admin = False
        self._last_id = 0
        self._numbers = itertools.count(secrets.randbits(32))

    @property
    def service_url(self) -> str:
        """The connector, as every activity names it."""
        return f"{self.base}/{self.region}/"

    # -- who is there

    def now(self) -> float:
        """Seconds since 1970."""
        return self.clock.now().timestamp()

    def new_id(self) -> str:
        """The id of a message: milliseconds, later than every one before."""
        with self.lock:
            self._last_id = max(self._last_id + 1, int(self.now() * 1000))
            return str(self._last_id)

    def new_name(self, prefix: str, suffix: str = "") -> str:
        """An id of a kind; nobody may rely on its form."""
        return f"{prefix}{uuid.uuid4().hex}{next(self._numbers):012x}{suffix}"

    def add_tenant(self, tenant: str, name: str = "") -> str:
        """Another organization."""
        self.tenants[tenant] = name or tenant
        return tenant

    def add_person(self, name: str, email: str | None = None, **given: Any) -> Person:
        """Somebody more, with the app installed unless said otherwise; ``given`` are fields of a person."""
        mail = email or f"{name.lower().replace(' ', '.')}@lakemont.example"
        tenant = given.pop("tenant", self.tenant)
        upn = f"{mail.replace('@', '_')}#EXT#@lakemont.onmicrosoft.com" if given.get("guest") else mail
        aad = given.pop("aad", str(uuid.uuid5(PEOPLE, f"{tenant} {mail}")))
        own = uuid.uuid5(uuid.UUID(aad), self.app.client_id)
        made = Person(
            name=name,
            aad=aad,
            id=given.pop("id", f"29:1{own.hex}{uuid.uuid5(own, 'more').hex}"),
            email=given.pop("mail", mail),
            upn=given.pop("upn", upn),
            tenant=tenant,
            **given,
        )
        self.people[made.id] = made
        return made

    def person(self, name: str) -> Person | None:
        """Whoever has this id, directory id or user principal name."""
        for each in self.people.values():
            if name in (each.id, each.aad) or name.lower() == each.upn.lower():
                return each
        return None

    def personal(self, person: Person) -> Chat:
        """The chat of a person and the bot, made when it is first wanted."""
        with self.lock:
            for each in self.chats.values():
                if each.kind == "personal" and person in each.members:
                    return each
            return self._add(Chat(self.new_name("a:1"), "personal", person.tenant, "", [person]))

    def add_group(self, *people: Person, name: str = "", with_bot: bool = True) -> Chat:
        """A group chat."""
        made = Chat(
            self.new_name("19:", "@thread.v2"), "groupChat", self.tenant, name, list(people), with_bot
        )
        return self._add(made)

    def add_team(self, name: str, *people: Person) -> Team:
        """A team with the app installed, and its general channel."""
        made = Team(self.new_name("19:", "@thread.tacv2"), name, str(uuid.uuid4()), list(people))
        self.teams[made.id] = made
        made.channels.append(self._add(Chat(made.id, "channel", self.tenant, "", made.members, team=made)))
        return made

    def add_channel(self, team: Team, name: str) -> Chat:
        """One more channel of a team."""
        made = Chat(
            self.new_name("19:", "@thread.tacv2"), "channel", self.tenant, name, team.members, team=team
        )
        team.channels.append(made)
        return self._add(made)

    def _add(self, chat: Chat) -> Chat:
        self.chats[chat.id] = chat
        return chat

    # -- what was said

    def put(self, chat: Chat, sender: Person | None, **given: Any) -> Message:
        """A message appears in a conversation; one that is in no thread begins its own in a channel."""
        with self.lock:
            made = Message(self.new_id(), chat, sender, **given)
            if chat.kind == "channel" and not made.thread:
                made.thread = made.id
            self.messages.append(made)
            return made

    def message(self, chat: Chat, message_id: str) -> Message | None:
        """A message that can be seen, or nothing."""
        found = (each for each in self.messages if each.chat is chat and each.id == message_id)
        return next((each for each in found if not each.deleted), None)

    def change(self, said: Message, text: str, card: Json | None) -> None:
        """A message becomes another; what only one person saw of it goes."""
        with self.lock:
            said.versions.append(Version(said.text, said.card))
            said.text, said.card, said.edited = text, copy.deepcopy(card), True
            said.own_cards.clear()

    def said_to(self, person: Person) -> list[Message]:
        """What the bot has in this person's chat, in order, as it stands now."""
        return self._said(
            each for each in self.chats.values() if each.kind == "personal" and person in each.members
        )

    def posted(self, chat: Chat) -> list[Message]:
        """What the bot has in a conversation, in order, as it stands now."""
        return self._said([chat])

    def _said(self, chats: Iterable[Chat]) -> list[Message]:
        with self.lock:
            places = list(chats)
            return [m for m in self.messages if m.chat in places and m.sender is None and not m.deleted]

    def notice(self, person: Person, text: str) -> None:
        """A short message that only this person sees."""
        self.notices.setdefault(person.id, []).append(text)

    # -- what was sent along

    def add_file(self, name: str, content: bytes, mimetype: str) -> SharedFile:
        """A file in somebody's drive; its address for downloading lives five minutes."""
        made = SharedFile(str(uuid.uuid4()), name, content, mimetype, self.now() + DOWNLOAD_SECONDS)
        self.files[made.id] = made
        return made

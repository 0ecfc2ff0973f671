"""What does the connector do for a bot: open conversations, post, change, take away, and tell who is there?"""

import copy
from collections.abc import Mapping
from typing import Any

from tests.fakes.teams import checks, shapes
from tests.fakes.teams.errors import ConnectorError
from tests.fakes.teams.limits import Limits
from tests.fakes.teams.world import Chat, Message, Person, World

Json = dict[str, Any]

SMALLEST_PAGE, LARGEST_PAGE = 50, 500
THREAD = ";messageid="


class Connector:
    """The work behind each address. All raise ``ConnectorError`` when it is refused."""

    def __init__(self, world: World, limits: Limits) -> None:
        self._world = world
        self._limits = limits

    # -- conversations

    def create(self, given: Json) -> Json:
        """The chat with one person; the same one for the same person."""
        if unknown := sorted(set(given) - checks.CREATION):
            checks.refuse(f"unknown fields {unknown}")
        members = given.get("members")
        if given.get("isGroup"):
            checks.refuse("a bot opens no group chat")
        if not isinstance(members, list) or len(members) != 1 or not isinstance(members[0], dict):
            checks.refuse("a conversation is opened with exactly one member")
        data = given.get("channelData") or {}
        tenant = given.get("tenantId") or data.get("tenant", {}).get("id")
        if not tenant:
            checks.refuse("no tenantId")
        bot = (given.get("bot") or {}).get("id")
        if bot not in (None, self._world.app.id, self._world.app.client_id):
            checks.refuse(f"{bot} is another bot")
        person = self._world.people.get(str(members[0].get("id"))) or self._by_aad(str(members[0].get("id")))
        if person is None:
            raise ConnectorError("BadArgument", "no such member; Teams finds nobody by e-mail here")
        if person.tenant != tenant:
            checks.refuse("the member is of another tenant")
        self._let_write(self._world.personal(person))
        self._limits.sent(f"create {person.id}", tenant, self._world.now())
        return {"id": self._world.personal(person).id}

    def _by_aad(self, aad: str) -> Person | None:
        return next((each for each in self._world.people.values() if each.aad == aad), None)

    def chat(self, conversation: str) -> Chat:
        """The conversation of an address, whichever of its threads is meant."""
        found = self._world.chats.get(conversation.partition(THREAD)[0])
        if found is None or found.deleted:
            raise ConnectorError("ConversationNotFound")
        return found

    def _let_write(self, chat: Chat) -> None:
        if self._world.disabled_by_admin:
            raise ConnectorError("BotDisabledByAdmin")
        if not chat.with_bot:
            raise ConnectorError("BotNotInConversationRoster")
        if chat.kind == "personal":
            [person] = chat.members
            if not person.installed:
                raise ConnectorError("BotNotInConversationRoster")
            if person.blocked:
                raise ConnectorError(person.blocked)

    # -- messages

    def send(self, conversation: str, given: Json, reply_to: str = "") -> Json:
        """A message of the bot's; its id is what is answered."""
        self._limits.check_size(given)
        chat = self.chat(conversation)
        self._let_write(chat)
        checks.activity(self._world, chat, given)
        thread = self._thread(chat, conversation, given, reply_to)
        self._limits.sent(conversation, chat.tenant, self._world.now())
        attachments = given.get("attachments", [])
        said = self._world.put(
            chat,
            None,
            text=given.get("text", ""),
            card=copy.deepcopy(card_of(attachments)),
            summary=given.get("summary", ""),
            thread=thread,
            reply_to=reply_to or given.get("replyToId", ""),
            alert=bool(given.get("channelData", {}).get("notification", {}).get("alert")),
            attachments=copy.deepcopy(attachments),
        )
        return {"id": said.id}

    def _thread(self, chat: Chat, conversation: str, given: Json, reply_to: str) -> str:
        """The thread in which a message goes; everything that is answered must be there."""
        answered = reply_to or given.get("replyToId", "")
        root = conversation.partition(THREAD)[2]
        for name in (answered, root):
            # Whatever a press or an event was called may be answered, although it is no message.
            here = name.startswith("f:") or any(each.id == name for each in self._of(chat))
            if name and not here:
                raise ConnectorError("ActivityNotFoundInConversation", f"no message {name} is here")
        return root or (answered if chat.kind == "channel" else "")

    def _of(self, chat: Chat) -> list[Message]:
        return [each for each in self._world.messages if each.chat is chat]

    def type(self, conversation: str, given: Json) -> Json:
        """The bot is seen to write."""
        chat = self.chat(conversation)
        self._let_write(chat)
        if unknown := sorted(
            set(given) - {"type", *checks.ADDRESSES, "replyToId", "locale", "id", "timestamp"}
        ):
            checks.refuse(f"unknown fields {unknown}")
        self._limits.sent(conversation, chat.tenant, self._world.now())
        self._world.typing.append(chat.id)
        return {}

    def update(self, conversation: str, message_id: str, given: Json) -> Json:
        """A message of the bot's becomes another; what one person alone saw of it goes."""
        self._limits.check_size(given)
        said = self._own(conversation, message_id)
        checks.activity(self._world, said.chat, given)
        if given.get("id", message_id) != message_id:
            checks.refuse("the id is not that of the address")
        self._limits.sent(conversation, said.chat.tenant, self._world.now())
        self._world.change(said, given.get("text", ""), card_of(given.get("attachments", [])))
        said.summary = given.get("summary", "")
        return {"id": said.id}

    def delete(self, conversation: str, message_id: str) -> None:
        """A message of the bot's goes."""
        said = self._own(conversation, message_id)
        self._limits.sent(conversation, said.chat.tenant, self._world.now())
        said.deleted = True

    def _own(self, conversation: str, message_id: str) -> Message:
        chat = self.chat(conversation)
        self._let_write(chat)
        said = self._world.message(chat, message_id)
        if said is None:
            raise ConnectorError("ActivityNotFoundInConversation")
        if said.sender is not None:
            raise ConnectorError("NotEnoughPermissions", "the message is somebody else's")
        return said

    # -- who is there

    def member(self, conversation: str, name: str) -> Json:
        """One member, by id, directory id or user principal name."""
        chat = self._roster(conversation)
        person = self._world.person(name)
        if person is None or person not in chat.members:
            raise ConnectorError("MemberNotFoundInConversation")
        return shapes.member(person)

    def members(self, conversation: str) -> list[Json]:
        """Everybody at once, the old way."""
        return [shapes.member(each) for each in self._roster(conversation).members]

    def page(self, conversation: str, query: Mapping[str, str]) -> Json:
        """A page of the members. A page is of fifty to five hundred, whatever was asked for."""
        chat = self._roster(conversation)
        try:
            wanted = int(query.get("pageSize", LARGEST_PAGE))
            start = int(query.get("continuationToken", 0))
        except ValueError:
            raise ConnectorError("BadArgument", "no such page") from None
        size = min(max(wanted, SMALLEST_PAGE), LARGEST_PAGE)
        told: Json = {"members": [shapes.member(each) for each in chat.members[start : start + size]]}
        if start + size < len(chat.members):
            told["continuationToken"] = str(start + size)
        return told

    def _roster(self, conversation: str) -> Chat:
        chat = self.chat(conversation)
        if not chat.with_bot or (chat.kind == "personal" and not chat.members[0].installed):
            raise ConnectorError("BotNotInConversationRoster")
        self._limits.asked(conversation, chat.tenant, self._world.now())
        return chat


def card_of(attachments: list[Json]) -> Json | None:
    """The first card among attachments."""
    return next((each["content"] for each in attachments if each["contentType"] == shapes.CARD), None)

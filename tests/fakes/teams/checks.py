"""Would the connector take this activity? Every field by name; whatever is not known is refused, with the reason."""

from typing import Any, NoReturn

from tests.fakes.teams import buttons
from tests.fakes.teams.cards import check_card
from tests.fakes.teams.errors import ConnectorError
from tests.fakes.teams.shapes import CARD, CHANNEL
from tests.fakes.teams.world import Chat, World

Json = dict[str, Any]

TEXT_FORMATS = ("plain", "markdown", "xml", "extendedmarkdown")
ONE_OF = {
    "textFormat": TEXT_FORMATS,
    "attachmentLayout": ("list", "carousel"),
    "importance": ("low", "normal", "high", "urgent"),
    "inputHint": ("acceptingInput", "expectingInput", "ignoringInput"),
}
TEXTS = ("text", "summary", "replyToId", "locale", "timestamp", "localTimestamp", "id")
ADDRESSES = ("from", "recipient", "conversation", "channelId", "serviceUrl")
LISTS = ("attachments", "entities")
FIELDS = {"type", "channelData", *ONE_OF, *TEXTS, *ADDRESSES, *LISTS}
CHANNEL_DATA = {"notification", "tenant"}
IMAGES = ("image/png", "image/jpeg", "image/gif")
MOST_ATTACHMENTS = 10
LONGEST_SUMMARY = 250
CREATION = {"bot", "channelData", "isGroup", "members", "tenantId"}


def refuse(reason: str) -> NoReturn:
    """A payload that the app has to mend."""
    raise ConnectorError("BadArgument", reason)


def activity(world: World, chat: Chat, given: Json) -> None:
    """Refuse what cannot be posted or put here."""
    if given.get("type") != "message":
        refuse(f"a bot posts no {given.get('type')!r}")
    if unknown := sorted(set(given) - FIELDS):
        refuse(f"unknown fields {unknown}")
    for name, allowed in ONE_OF.items():
        if name in given and given[name] not in allowed:
            refuse(f"{name} is none of {allowed}")
    for name in TEXTS:
        if name in given and not isinstance(given[name], str):
            refuse(f"{name} is no text")
    for name in LISTS:
        if not isinstance(given.get(name, []), list):
            refuse(f"{name} is no list")
    _addresses(world, chat, given)
    _channel_data(chat, given.get("channelData", {}))
    _content(chat, given)


def _addresses(world: World, chat: Chat, given: Json) -> None:
    thread = str(_id(given.get("conversation", {"id": chat.id}))).partition(";")[0]
    for wrong, reason in (
        (_id(given.get("from", {"id": world.app.id})) != world.app.id, "from is not the bot"),
        (thread != chat.id, "conversation is not that of the address"),
        (given.get("channelId", CHANNEL) != CHANNEL, "channelId is not msteams"),
        (given.get("serviceUrl", world.service_url) != world.service_url, "serviceUrl is not this one"),
    ):
        if wrong:
            refuse(reason)
    if "recipient" in given:
        wanted = _id(given["recipient"])
        if wanted not in {name for each in chat.members for name in (each.id, each.aad)}:
            refuse("recipient is nobody of this conversation")


def _id(given: Any) -> Any:
    return given.get("id") if isinstance(given, dict) else None


def _channel_data(chat: Chat, given: Any) -> None:
    if not isinstance(given, dict) or set(given) - CHANNEL_DATA:
        refuse(f"channelData holds more than {sorted(CHANNEL_DATA)}")
    if _id(given.get("tenant", {"id": chat.tenant})) != chat.tenant:
        refuse("channelData names another tenant")
    notification = given.get("notification", {"alert": True})
    if set(notification) != {"alert"} or not isinstance(notification["alert"], bool):
        refuse("notification is more than an alert")


def _content(chat: Chat, given: Json) -> None:
    text, attachments = given.get("text", ""), given.get("attachments", [])
    if not text.strip() and not attachments:
        refuse("neither text nor attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        refuse(f"more than {MOST_ATTACHMENTS} attachments")
    if text and attachments:
        refuse("text beside an attachment: Teams makes two messages of it and tells no id")
    if attachments and not str(given.get("summary", "")).strip():
        refuse("a message of cards alone needs a summary, or the toast says only Card")
    summary = given.get("summary", "")
    if len(summary) > LONGEST_SUMMARY or "\n" in summary:
        refuse(f"a summary is one line of at most {LONGEST_SUMMARY} characters")
    for each in attachments:
        _attachment(each)
    for each in given.get("entities", []):
        _entity(chat, text, each)


def _attachment(each: Any) -> None:
    kind = each.get("contentType") if isinstance(each, dict) else None
    if kind == CARD:
        if unknown := set(each) - {"contentType", "content", "name"}:
            refuse(f"an attached card has no {sorted(unknown)}")
        card(each.get("content"))
    elif kind in IMAGES:
        if not str(each.get("contentUrl", "")).startswith(("https://", f"data:{kind};base64,")):
            refuse("a picture is of https or is a data address")
    else:
        refuse(f"no attachment of kind {kind!r}")


def card(given: Any, *, in_dialog: bool = False) -> None:
    """Refuse a card that would not be shown, or whose buttons would fail."""
    found = check_card(given, is_dialog=in_dialog)
    if isinstance(given, dict):
        found += buttons.problems(given, in_dialog=in_dialog)
    if found:
        refuse("; ".join(found))


def _entity(chat: Chat, text: str, each: Any) -> None:
    if not isinstance(each, dict) or each.get("type") != "mention":
        refuse("no entity but a mention")
    if each.get("text", "") not in text or not str(each.get("text")).startswith("<at>"):
        refuse("a mention whose words are not in the text is not shown")
    mentioned = _id(each.get("mentioned"))
    if mentioned not in {name for person in chat.members for name in (person.id, person.aad)}:
        refuse("whoever is mentioned is not in the conversation")

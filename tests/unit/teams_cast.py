"""What is seen in something drawn for Teams, and what can be pressed in it."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.teams.presses import press
from bot.teams.render import DrawnActivity, render_message
from messages.model import Message
from messages.words import load
from tests.fakes.teams.cards import CARD, check_activity
from tests.unit.slack_cast import letters as bare

WORDS = load()
# What stands in a card where somebody wrote a sign of Markdown.
LIKENESSES = {"*": "\u2217", "_": "\u02cd", "~": "\u223c", "`": "\u02cb"}
# Where a text stands that somebody sees.
SEEN = ("text", "label", "errorMessage", "title")


def draw(said: Message) -> DrawnActivity:
    return render_message(said, WORDS)


def body_of(drawn: DrawnActivity) -> list[dict[str, Any]]:
    assert drawn.card is not None
    return list(drawn.card["body"])


def bar_of(drawn: DrawnActivity) -> list[dict[str, Any]]:
    assert drawn.card is not None
    return list(drawn.card.get("actions", ()))


def activity_of(drawn: DrawnActivity) -> dict[str, Any]:
    """The message as it is sent."""
    if drawn.card is None:
        return {"type": "message", "text": drawn.text, "summary": drawn.summary}
    attachment = {"contentType": CARD, "content": drawn.card}
    # Who, where and answer to what: as much as Teams has been seen to put into an address of a conversation.
    around = {each: {"id": "x" * 200, "name": "x" * 60} for each in ("from", "recipient", "conversation")}
    return {"type": "message", "summary": drawn.summary, "attachments": [attachment], **around}


def wrong_with(drawn: DrawnActivity) -> list[str]:
    return check_activity(activity_of(drawn))


def inside(value: Any, kind: str) -> Iterator[dict[str, Any]]:
    """Every element or action of a kind, however deep."""
    if isinstance(value, Mapping):
        if value.get("type") == kind:
            yield dict(value)
        for each in value.values():
            yield from inside(each, kind)
    elif isinstance(value, list):
        for each in value:
            yield from inside(each, kind)


def presses_in(value: Any) -> Iterator[dict[str, Any]]:
    """All that can be pressed, also by an older client."""
    for kind in ("Action.Execute", "Action.Submit", "Action.OpenUrl"):
        yield from inside(value, kind)


def seen(value: Any) -> Iterator[str]:
    """Every text of a body or a bar that is shown to somebody; the name of a line is what it shows already."""
    if isinstance(value, Mapping):
        if value.get("type") == "FactSet":
            yield from (text for each in value["facts"] for text in (each["title"], each["value"]))
            return
        yield from (value[name] for name in SEEN if isinstance(value.get(name), str))
        for name, each in value.items():
            if name not in {"selectAction", "fallback", "data"}:
                yield from seen(each)
    elif isinstance(value, list):
        for each in value:
            yield from seen(each)


def pressed(drawn: DrawnActivity) -> list[tuple[str, str] | None]:
    """Where every button and every line leads: those of the body, then those of the bar."""
    body = (each["selectAction"] for each in body_of(drawn) if "selectAction" in each)
    return [press(each["data"]) for each in (*body, *bar_of(drawn)) if "data" in each]


def read_as_markdown(drawn: DrawnActivity) -> Iterator[str]:
    """Every line in which a client would find Markdown."""
    yield from drawn.text.split("\n")
    if drawn.card is not None:
        yield from drawn.card["fallbackText"].split("\n")
        yield from seen(body_of(drawn))


def said_in(drawn: DrawnActivity) -> Iterator[str]:
    """Every text that goes to somebody, also where it is heard or shown only by an older client."""
    yield drawn.summary
    yield from read_as_markdown(drawn)
    if drawn.card is not None:
        yield from (each["title"] for each in presses_in(drawn.card) if "title" in each)


def letters(text: str) -> str:
    """What can be seen of a text; the likeness of a sign is the sign."""
    return bare(text).translate({ord(likeness): sign for sign, likeness in LIKENESSES.items()})


def outline(drawn: DrawnActivity) -> str:
    """The message line by line, as a reviewer reads it, each with its look in front and its press behind."""
    if drawn.card is None:
        return f"{drawn.summary}\n\n{drawn.text}\n"
    buttons = (f"[{each['title']}]{_leads(each)}" for each in bar_of(drawn))
    lines = (_outlined(each) for each in body_of(drawn))
    return "\n".join((drawn.summary, "", *lines, *buttons)) + "\n"


def _outlined(element: dict[str, Any]) -> str:
    match element["type"]:
        case "TextBlock":
            look = " ".join(
                str(each) for name, each in element.items() if name not in {"type", "text", "wrap"}
            )
            return f"({look}) {element['text']}" if look else str(element["text"])
        case "FactSet":
            return "\n".join(f"{each['title']} | {each['value']}" for each in element["facts"])
        case "ColumnSet":
            columns = ("\n".join(map(_outlined, each["items"])) for each in element["columns"])
            return " || ".join(columns) + _leads(element["selectAction"])
        case _:
            return "\n".join(map(_outlined, element["items"])) + _leads(element["selectAction"])


def _leads(action: dict[str, Any]) -> str:
    if "url" in action:
        return f" => {action['url']}"
    opens = " opens" if "msteams" in action["data"] else ""
    return f" =>{opens} {action['data']['rollcall']} {action['data']['value']}".rstrip()

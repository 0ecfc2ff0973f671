"""How is one part of a message drawn in a card? As elements in order, each with what it says, so that it can end early.

Only what every client shows, phones too: texts one below the other, facts, and lines of two columns that can be
pressed. A table would be cut off on a phone; its rows are told one by one, each number behind its column's name.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.drawing import seen
from bot.drawing.lines import LABELED, STATED, Line, lines_of
from bot.teams.presses import can_be_pressed, label, pressing
from bot.teams.unmarked import unmarked
from messages.model import (
    Action,
    Bar,
    Bars,
    Button,
    Checklist,
    ChecklistItem,
    ChecklistState,
    Facts,
    Link,
    Note,
    Paragraph,
    Part,
    Picture,
    Table,
)
from messages.words import Words

Element = dict[str, Any]

VERSION = "1.5"
# A text ends when it says this much, so that little is lost where a card has to end.
ROOM_OF_A_TEXT = 1_000
# Facts stand in two columns while both are short enough to be read so on a phone, and only so many in one set.
ROOM_OF_A_LABEL = 24
ROOM_OF_A_FACT = 160
FACTS_OF_A_SET = 12
# The label of a line that can be pressed stands at its right; a longer one below it.
ROOM_AT_THE_RIGHT = 14
# What a screen reader says of a line that can be pressed.
ROOM_OF_A_NAME = 120
# Shows that a line leads somewhere; what it says is said in words.
LEADS_ON = "\u203a"
# Between a name and its value, so that a number is not parted from what it counts.
TOGETHER = ":\u00a0"

# Without a size of its own a heading would stand larger than the word that decides.
HEADING: Element = {"weight": "Bolder", "size": "Default", "style": "heading", "spacing": "Medium"}
TITLE: Element = {"weight": "Bolder", "size": "Medium", "style": "heading"}
REMARK: Element = {"isSubtle": True, "size": "Small"}
NEXT: Element = {"spacing": "Small"}
ALARMING: Element = {"color": "Attention"}


@dataclass(frozen=True, slots=True)
class CardStyle:
    """``forms`` are the routes whose buttons open a dialog; ``is_dense`` says more in the same room."""

    forms: Collection[str]
    is_dense: bool


@dataclass(frozen=True, slots=True)
class CardPiece:
    """One element; ``lines`` is how much it says, ``heads`` when it only says what comes below it."""

    element: Element
    lines: int = 0
    heads: bool = False


def card(body: Sequence[Element], actions: Sequence[Element], fallback: str = "") -> Element:
    """The whole card; a client that cannot show one shows ``fallback``."""
    return {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": VERSION,
        **({"fallbackText": fallback} if fallback else {}),
        "body": list(body),
        **({"actions": list(actions)} if actions else {}),
    }


def text(said: str, **look: object) -> Element:
    """One line, however long; ``said`` is fit to be seen."""
    return {"type": "TextBlock", "text": unmarked(said or seen.NOTHING), "wrap": True, **look}


def texts(said: str, **look: object) -> Iterator[Element]:
    """Each of its lines, an endless one in several pieces."""
    for each in said.split("\n"):
        for piece in seen.split(each, ROOM_OF_A_TEXT):
            if piece.strip():
                yield text(piece, **look)


def heading(title: str, look: Element) -> Iterator[CardPiece]:
    """A heading, which a screen reader can jump to; an endless one goes on below it."""
    for at, each in enumerate(texts(title, **look)):
        yield CardPiece(each, 1 if at else 0, heads=not at)


def pressed_line(
    said: Sequence[Element], action: Action, style: CardStyle, name: str, *, is_named: bool = False
) -> Element:
    """A line that is pressed as a whole. ``name`` is what it says, for whoever does not see it.

    ``is_named`` when it says already what is on the button.
    """
    shown = label(action)
    if style.is_dense:
        ends = f" {LEADS_ON}" if is_named and said else ""
        kept = [*said[:-1], said[-1] | {"text": said[-1]["text"] + ends}] if ends else said
        below = [] if ends else [text(f"{shown} {LEADS_ON}", color="Accent", spacing="None")]
        # Without a name a screen reader reads what is inside.
        press = pressing(action, style.forms, "")
        return {"type": "Container", "spacing": "Small", "items": [*kept, *below], "selectAction": press}
    at_right = not is_named and seen.length(shown) <= ROOM_AT_THE_RIGHT
    below = [] if is_named or at_right else [text(shown, color="Accent", spacing="None")]
    end = text(shown if at_right else LEADS_ON, color="Accent")
    read = name if is_named else STATED.join(filter(None, (name, shown)))
    return {
        "type": "ColumnSet",
        "spacing": "Small",
        "columns": [
            {"type": "Column", "width": "stretch", "items": [*said, *below]},
            {"type": "Column", "width": "auto", "items": [end]},
        ],
        "selectAction": pressing(action, style.forms, seen.cut(read, ROOM_OF_A_NAME)),
    }


class CardDrawing:
    """Draws the parts of one message."""

    def __init__(self, words: Words, style: CardStyle) -> None:
        self._words = words
        self._style = style

    def parts(self, parts: Iterable[Part]) -> Iterator[CardPiece]:
        for part in parts:
            yield from self._part(part)

    def _part(self, part: Part) -> Iterator[CardPiece]:
        lines = lines_of(part, self._words)
        yield from heading(lines.title, HEADING)
        match part:
            case Note() | Paragraph():
                look = REMARK if isinstance(part, Note) else {}
                yield from (CardPiece(drawn, 1) for line in lines.lines for drawn in texts(line.text, **look))
            case Facts():
                yield from self._facts(part, lines.lines)
            case Checklist() | Bars():
                yield from self._states(part, lines.lines)
            case Table():
                yield from self._rows(part)
            case _:
                link = Link(part.alt, part.href) if isinstance(part, Picture) else None
                for line in lines.lines:
                    yield from self.line(line, link)

    def line(
        self, line: Line, action: Action | None = None, look: Element = NEXT, *, is_named: bool = True
    ) -> Iterator[CardPiece]:
        """A line, which leads somewhere when there is an action that can be pressed."""
        pressable = action if action is not None and can_be_pressed(action) else None
        yield from self._pressed(list(texts(line.text, **look)), line.joined, pressable, is_named=is_named)

    def action(self, action: Action) -> CardPiece:
        """What can be pressed, as a line of its own."""
        said = [text(label(action), color="Accent")]
        return CardPiece(pressed_line(said, action, self._style, label(action), is_named=True), 1)

    def _pressed(
        self, said: list[Element], name: str, action: Action | None, *, is_named: bool
    ) -> Iterator[CardPiece]:
        if action is None:
            yield from (CardPiece(each, 1) for each in said)
        elif said and sum(seen.length(each["text"]) for each in said) <= ROOM_OF_A_TEXT:
            yield CardPiece(pressed_line(said, action, self._style, name, is_named=is_named), 1)
        else:
            # An endless one is said piece by piece; what can be pressed stands below it, or alone.
            yield from (CardPiece(each, 1) for each in said)
            yield self.action(action)

    def _states(self, part: Checklist | Bars, lines: Sequence[Line]) -> Iterator[CardPiece]:
        rows: Sequence[ChecklistItem | Bar] = part.items if isinstance(part, Checklist) else part.rows
        for line, row in zip(lines, rows, strict=True):
            # Color beside the word, and only for what is late.
            look = NEXT | (ALARMING if row.state is ChecklistState.OVERDUE else {})
            action = row.action if isinstance(row, ChecklistItem) else None
            is_named = action is not None and label(action) in line.rest
            yield from self.line(line, action, look, is_named=is_named)

    def _facts(self, part: Facts, lines: Sequence[Line]) -> Iterator[CardPiece]:
        links = [Link(row.value or row.label, row.href) if row.href else None for row in part.rows]
        if not all(map(_fits_beside, lines)):
            for line, link in zip(lines, links, strict=True):
                yield from self.line(line, link)
            return
        said = [line for line in lines if line.joined]
        for at in range(0, len(said), FACTS_OF_A_SET):
            yield _set(said[at : at + FACTS_OF_A_SET])
        # A fact cannot be pressed: where it leads stands below them, so that they stay one below the other.
        yield from (self.action(link) for link in links if link is not None and can_be_pressed(link))

    def _rows(self, part: Table) -> Iterator[CardPiece]:
        names = [seen.line(each) for each in part.columns]
        presses = part.actions if len(part.actions) == len(part.rows) else ()
        for at, row in enumerate(part.rows):
            action = presses[at] if presses and can_be_pressed(presses[at]) else None
            cells = [seen.line(cell) for cell in row]
            if action is not None and cells and cells[-1] == label(action):
                # That cell is where the button is.
                cells.pop()
            yield from self._row(names, cells, action)

    def _row(self, names: list[str], cells: list[str], action: Button | None) -> Iterator[CardPiece]:
        first, *others = cells or [""]
        named = [
            TOGETHER.join(filter(None, (name, cell)))
            for name, cell in zip([*names[1:], *[""] * len(others)], others, strict=False)
            if cell
        ]
        beside = "; ".join(named)
        said = [*texts(first, weight="Bolder", spacing="Small"), *texts(beside, spacing="None")]
        name = LABELED.join(filter(None, (first, beside)))
        yield from self._pressed(said, name, action, is_named=False)


def _fits_beside(line: Line) -> bool:
    if not line.joined:
        return True
    return (
        bool(line.strong and line.rest)
        and "\n" not in line.rest
        and seen.length(line.strong) <= ROOM_OF_A_LABEL
        and seen.length(line.rest) <= ROOM_OF_A_FACT
    )


def _set(lines: Sequence[Line]) -> CardPiece:
    facts = [{"title": unmarked(each.strong), "value": unmarked(each.rest)} for each in lines]
    return CardPiece({"type": "FactSet", "facts": facts}, len(lines))

"""How is one part of a message drawn? As blocks in order, each with what it says, so that a part can end early."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bot.drawing import addresses, seen
from bot.drawing.lines import Line, Lines, lines_of
from bot.slack import limits
from bot.slack.presses import LINK, action_id, press
from messages.model import Action, Checklist, Facts, Link, Note, Part, Picture, Table
from messages.words import Words

Block = dict[str, Any]

# A block ends when it says this much, so that little is lost where a message has to end.
LINES_OF_A_BLOCK = 12
ROOM_OF_A_BLOCK = 2_000


@dataclass(frozen=True, slots=True)
class BlockPiece:
    """One block; ``lines`` is how much it says, ``heads`` when it only says what comes below it."""

    block: Block
    lines: int = 0
    heads: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """``lists``: real lists and bold labels; ``tables``: how many native tables the message may have."""

    lists: bool
    tables: int


def plain(text: str, room: int) -> Block:
    """A text object that is text and nothing else; ``text`` is fit to be seen."""
    return {"type": "plain_text", "text": seen.cut(text, room) or seen.NOTHING, "emoji": False}


def section(text: str) -> Block:
    return {"type": "section", "text": plain(text, limits.SECTION_TEXT)}


def note(text: str) -> Block:
    """A smaller remark."""
    return {"type": "context", "elements": [plain(text, limits.SECTION_TEXT)]}


def heading(text: str) -> Iterator[BlockPiece]:
    """A heading, which a screen reader can jump to; one that is too long for a heading is said whole below it."""
    if not text:
        return
    yield BlockPiece({"type": "header", "text": plain(text, limits.HEADER_TEXT)}, heads=True)
    if seen.length(text) > limits.HEADER_TEXT:
        for each in seen.split(text, limits.SECTION_TEXT):
            yield BlockPiece(section(each), 1)


class Numbered:
    """The buttons of one message: each gets the next number, so that no two are the same to Slack."""

    def __init__(self) -> None:
        self._next = 0

    def rows(self, actions: Iterable[Action]) -> list[BlockPiece]:
        """The actions in as many rows as they need; what Slack could not take is no action."""
        elements = [self._element(action) for action in actions if can_be_pressed(action)]
        size = limits.ACTIONS_ELEMENTS
        rows = [elements[at : at + size] for at in range(0, len(elements), size)]
        return [BlockPiece({"type": "actions", "elements": row}, len(row)) for row in rows]

    def _element(self, action: Action) -> Block:
        number, self._next = self._next, self._next + 1
        element: Block = {"type": "button", "text": plain(seen.line(action.label), limits.BUTTON_TEXT)}
        if isinstance(action, Link):
            return element | {"action_id": f"{LINK}{number}", "url": action.href}
        element["action_id"] = action_id(action, number)
        return element | ({"value": action.value} if action.value else {})


def can_be_pressed(action: Action) -> bool:
    """Whether Slack would take it: a button that says where it leads, an address that may be followed."""
    if isinstance(action, Link):
        return is_address(action.href)
    return press(action_id(action, 0), action.value) == (action.route, action.value)


def is_address(href: str) -> bool:
    """Whether Slack may be told to go there."""
    return addresses.is_address(href, ("https://", "http://"), limits.BUTTON_URL)


class Drawing:
    """Draws the parts of one message, one after the other, and knows what the earlier ones have used up."""

    def __init__(self, words: Words, style: Style) -> None:
        self._words = words
        self._style = style
        self._tables = style.tables
        self.numbered = Numbered()

    def parts(self, parts: Iterable[Part]) -> Iterator[BlockPiece]:
        for part in parts:
            yield from self._part(part)

    def _part(self, part: Part) -> Iterator[BlockPiece]:
        match part:
            case Note():
                for each in lines_of(part, self._words).lines:
                    for text in seen.split(each.text, ROOM_OF_A_BLOCK):
                        yield BlockPiece(note(text), 1)
            case Picture() if self._style.lists and is_picture(part):
                alt = seen.cut(seen.line(part.alt), limits.IMAGE_ALT_TEXT) or seen.NOTHING
                yield BlockPiece({"type": "image", "image_url": part.href, "alt_text": alt}, 1)
            case Table() if self._tables and (table := native_table(part)) is not None:
                self._tables -= 1
                yield from heading(seen.line(part.title))
                yield table
            case _:
                yield from self.lines(lines_of(part, self._words))
        yield from self.numbered.rows(actions_of(part))

    def lines(self, lines: Lines) -> Iterator[BlockPiece]:
        """Heading and lines, in blocks that are small enough to end between."""
        yield from heading(lines.title)
        for group in _grouped(_short(lines.lines)):
            if self._style.lists and any(each.strong for each in group):
                block = {"type": "rich_text", "elements": _rich(group, lines.listed)}
            else:
                block = section("\n".join(each.text for each in group))
            yield BlockPiece(block, len(group))


def actions_of(part: Part) -> tuple[Action, ...]:
    """What can be pressed in a part, in the order of its lines."""
    match part:
        case Table() if len(part.actions) == len(part.rows):
            return part.actions
        case Checklist():
            return tuple(item.action for item in part.items if item.action is not None)
        case Facts():
            return tuple(Link(row.value or row.label, row.href) for row in part.rows if is_address(row.href))
        case Picture() if is_address(part.href):
            return (Link(part.alt, part.href),)
        case _:
            return ()


def is_picture(part: Picture) -> bool:
    """Whether Slack can fetch it: over a safe connection only."""
    return is_address(part.href) and part.href.startswith("https://")


def native_table(part: Table) -> BlockPiece | None:
    """The table as Slack's own; None when it has none to show or is larger than one."""
    width = max(len(part.columns), *(len(row) for row in part.rows), 0) if part.rows else 0
    if not width or width > limits.TABLE_COLUMNS or len(part.rows) + 1 > limits.TABLE_ROWS:
        return None
    rows = [_cells(row, width) for row in (part.columns, *part.rows)]
    if sum(seen.length(cell["text"]) for row in rows for cell in row) > limits.TABLE_CHARACTERS:
        return None
    settings = [{"is_wrapped": True} for _ in range(width)]
    return BlockPiece({"type": "table", "column_settings": settings, "rows": rows}, len(part.rows))


def _cells(row: Sequence[str], width: int) -> list[Block]:
    texts = [seen.line(cell) or seen.NOTHING for cell in row]
    texts += [seen.NOTHING] * (width - len(texts))
    return [{"type": "raw_text", "text": text} for text in texts]


def _short(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines that fit a block each: an endless one goes on in the next."""
    for each in lines:
        if seen.length(each.text) <= ROOM_OF_A_BLOCK:
            if each.joined:
                yield each
            continue
        for text in seen.split(each.joined, ROOM_OF_A_BLOCK):
            yield Line("", text)


def _grouped(lines: Iterable[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    size = 0
    for each in lines:
        more = seen.length(each.text) + 1
        if group and (len(group) == LINES_OF_A_BLOCK or size + more > ROOM_OF_A_BLOCK):
            yield group
            group, size = [], 0
        group.append(each)
        size += more
    if group:
        yield group


def _rich(group: Sequence[Line], listed: bool) -> list[Block]:
    if not listed:
        elements = [
            element for at, each in enumerate(group) for element in _elements(each, "\n" if at else "")
        ]
        return [{"type": "rich_text_section", "elements": elements}]
    return [
        {
            "type": "rich_text_list",
            "style": "bullet",
            "indent": min(level, limits.LIST_INDENT),
            "elements": [{"type": "rich_text_section", "elements": _elements(each)} for each in same],
        }
        for level, same in groupby(group, lambda each: each.level)
    ]


def _elements(each: Line, before: str = "") -> list[Block]:
    """The texts of a line, the strong one in bold; none of them is empty."""
    strong = [{"type": "text", "text": each.strong, "style": {"bold": True}}] if each.strong else []
    rest = f"{each.joint}{each.rest}" if each.strong and each.rest else each.rest
    texts = [{"type": "text", "text": before}] if before else []
    return [*texts, *strong, *([{"type": "text", "text": rest}] if rest else [])]

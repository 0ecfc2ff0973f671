"""Which button was pressed? The page sends back a token and never a route, so only what was offered can be pressed."""

from dataclasses import dataclass

from messages.model import Button, Checklist, ChecklistItem, Message, Table


@dataclass(frozen=True, slots=True)
class TokenedChecklist:
    """A checklist whose lines can be pressed: each item with its token, empty where there is nothing to open."""

    title: str
    lines: tuple[tuple[ChecklistItem, str], ...]


@dataclass(frozen=True, slots=True)
class TokenedTable:
    """A table whose rows can be pressed: each row with the token of its button, empty where it has none.

    ``at`` is its place in the body of the message.
    """

    at: int
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], str], ...]


def action_token(at: int) -> str:
    """The token of an action of a message."""
    return f"action-{at}"


def row_token(part: int, row: int) -> str:
    """The token of a row's button in a table of a message."""
    return f"row-{part}-{row}"


def item_token(part: int, item: int) -> str:
    """The token of a line in a checklist of a message."""
    return f"item-{part}-{item}"


def tokened_checklist(checklist: Checklist, part: int) -> TokenedChecklist:
    """A checklist as it is drawn; ``part`` is its place in the body."""
    return TokenedChecklist(
        checklist.title,
        tuple(
            (item, item_token(part, at) if item.action is not None else "")
            for at, item in enumerate(checklist.items)
        ),
    )


def tokened_table(table: Table, part: int) -> TokenedTable:
    """A table as it is drawn; ``part`` is its place in the body."""
    pressable = len(table.actions) == len(table.rows)
    return TokenedTable(
        part,
        table.title,
        table.columns,
        tuple((row, row_token(part, at) if pressable else "") for at, row in enumerate(table.rows)),
    )


def button_of(message: Message, token: str) -> Button | None:
    """The button behind a token; None for one this message does not have."""
    return _buttons(message).get(token)


def _buttons(message: Message) -> dict[str, Button]:
    found = {action_token(at): each for at, each in enumerate(message.actions) if isinstance(each, Button)}
    for at, part in enumerate(message.body):
        if isinstance(part, Table) and len(part.actions) == len(part.rows):
            found |= {row_token(at, row): each for row, each in enumerate(part.actions)}
        if isinstance(part, Checklist):
            found |= {
                item_token(at, place): item.action
                for place, item in enumerate(part.items)
                if item.action is not None
            }
    return found

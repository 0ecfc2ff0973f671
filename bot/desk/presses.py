"""Which button was pressed? The page sends back a token and never a route, so only what was offered can be pressed."""

from dataclasses import dataclass

from messages.model import Button, Message, Table


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
    return found

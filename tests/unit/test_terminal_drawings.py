"""How does a terminal draw time lines, bars, images and rows with a button? In characters and words, not by color."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.terminal import render as terminal
from bot.terminal.cells import MOST_CELLS, Cells
from messages.kinds import MessageKind
from messages.model import Button, Message, Picture, Table
from messages.words import load
from rules.standing import LineState
from tests.unit import standing_cast as cast
from tests.unit.message_cast import completion, cycle, picture_of
from tests.unit.picture_cast import drawn, standing_of

WORDS = load()


def rows_of(message: Message) -> list[str]:
    return [" ".join(row.split()) for row in terminal.plain(message, WORDS, 200).splitlines()]


def test_a_terminal_shows_start_today_and_end_where_they_lie() -> None:
    today = cast.TASER._replace(state=LineState.OPEN, due_on=cast.AS_OF)
    facts = replace(
        cycle(standing_of(*cast.ce_lines("31.5", "0", "0", "2"), today)),
        counted=(completion(0), completion(1, on=cast.AS_OF, title="This morning")),
    )

    rows = rows_of(picture_of(facts, WORDS))

    to_come = "Continuing education (Autism 4 h, Bias crimes 1 h, elective 1 h; rest any topic)"
    expected = [
        "Jul 1 2024 --- Start",
        "Aug 5 2024 [x] Counted Patrol refresher part 0, 2.25 h",
        "Mar 2 2027 [x] Counted This morning, 2.25 h",
        "Mar 2 2027 --- Today",
        "Mar 2 2027 [ ] Open TASER",
        f"Jun 30 2027 [ ] Open {to_come}",
        "Jun 30 2027 --- End",
    ]
    first = rows.index(expected[0])
    assert rows[first : first + len(expected)] == expected


def test_a_terminal_shows_the_sentence_of_the_time_line_and_each_bar_with_its_word() -> None:
    rows = rows_of(drawn(cast.ruiz(), 14))

    assert "14 completions counted from Jul 1 2024 to today, 31.5 of 48 h. 3 things open by Jun 30." in rows
    assert "[ ] Open Continuing education [#############.......] 31.5 of 48 h" in rows
    assert "[ ] Open Autism [....................] 0 of 4 h" in rows
    assert "[x] Done Crisis intervention [####################] 6 of 6 h" in rows


@pytest.mark.parametrize(
    ("value", "of", "filled"),
    [("0", "4", 0), ("3.99", "4", 19), ("4", "4", 20), ("9", "4", 20), ("0", "0", 20), ("0.19", "4", 0)],
)
def test_a_cell_is_filled_when_all_of_it_is_done(value: str, of: str, filled: int) -> None:
    drawn_bar = Cells(Decimal(value), Decimal(of)).text()

    assert drawn_bar == f"[{'#' * filled}{'.' * (MOST_CELLS - filled)}]"


def test_bars_keep_their_columns_in_a_narrow_window() -> None:
    rows = [
        row
        for row in terminal.plain(drawn(cast.ruiz()), WORDS, 44).splitlines()
        if "[#" in row or "[." in row
    ]

    assert len(rows) == 9
    assert len({row.index("[", 10) for row in rows}) == 1
    assert len({row.index("]", row.index("[", 10)) for row in rows}) == 1


def test_an_image_is_shown_by_what_it_is_and_where_it_lies_without_control_characters() -> None:
    part = Picture("https://desk.test/p/1.png", "Certificate of \x1b[31mautism class")
    message = Message(kind=MessageKind.PICTURE, title="", body=(part,), sms=())

    assert (
        terminal.plain(message, WORDS, 100) == "Certificate of [31mautism class: https://desk.test/p/1.png\n"
    )


def test_a_mark_and_a_bar_bring_no_control_character_to_the_terminal() -> None:
    hostile = "CPR\x1b[2J\x07"
    lines = (
        *cast.ce_lines("31.5", "0", "0", "2"),
        cast.TASER._replace(label=hostile, state=LineState.OPEN, due_on=date(2027, 4, 1)),
        cast.hours_line("DEE-2", hostile, "1", "2"),
    )
    facts = replace(cycle(standing_of(*lines)), counted=(completion(1, title=hostile),))

    text = terminal.plain(picture_of(facts, WORDS), WORDS)

    assert "\x1b" not in text
    assert "\x07" not in text
    assert text.count("CPR[2J") == 5  # lead, completion, card, hours to come, bar


def test_a_table_with_a_button_in_each_row_still_shows_the_cell_and_numbers_nothing() -> None:
    button = Button("C-1001", "record", "C-1001", "RECORD C-1001")
    table = Table("Counted", ("Date", "Record"), (("Oct 4 2024", "C-1001"),), (button,))
    message = Message(kind=MessageKind.LIST, title="", body=(table,), sms=())

    assert "Oct 4 2024 | C-1001" in terminal.plain(message, WORDS)
    assert terminal.typed_choices(message) == {}

"""Does a list show what counts inside what, and does a button of one's own card name its line and nothing else?"""

from decimal import Decimal

import pytest

from messages.lines import named_line, nested, own_line
from rules.standing import LineState, Measure, StandingLine


def line(
    requirement: str, inside: str | None = None, window: str | None = "2027", item: str | None = None
) -> StandingLine:
    return StandingLine(
        requirement=requirement,
        short=requirement,
        label=requirement,
        track="state",
        pack="p-1",
        measure=Measure.HOURS,
        state=LineState.OPEN,
        decides=True,
        window=window,
        item=item,
        inside=inside,
        hours_counted=Decimal(0),
        hours_required=Decimal(1),
    )


def test_what_counts_inside_a_total_follows_it_one_step_deeper() -> None:
    lines = [
        line("total"),
        line("taser"),
        line("topic", "half"),
        line("half", "total"),
        line("other", "total"),
    ]
    assert [(each.requirement, level) for each, level in nested(lines)] == [
        ("total", 0),
        ("half", 1),
        ("topic", 2),
        ("other", 1),
        ("taser", 0),
    ]


def test_a_part_of_another_window_or_of_a_total_that_is_not_listed_stands_by_itself() -> None:
    lines = [line("total"), line("year", "total", window="2026"), line("topic", "hidden")]
    assert [level for _, level in nested(lines)] == [0, 0, 0]
    assert {each.requirement for each, _ in nested(lines)} == {"total", "year", "topic"}


@pytest.mark.parametrize(
    ("window", "item"), [("2024-07-01/2027-06-30", None), (None, "patrol-rifle"), (None, None)]
)
def test_a_button_of_ones_own_card_names_its_line(window: str | None, item: str | None) -> None:
    assert named_line(own_line(line("mn-ce-48", window=window, item=item))) == ("mn-ce-48", window, item)


@pytest.mark.parametrize(
    "value", ["", "mn-ce-48", "own", "own|a", "own|a|b|c|d", "other|a|b|c", "|||", "own;a;b;c"]
)
def test_any_other_value_names_no_line_of_ones_own(value: str) -> None:
    assert named_line(value) is None

"""A picture says what the status says: the same numbers, nothing left out, nothing in doubt drawn as done."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sms import render as sms
from messages import home, picture, status, wording
from messages.answer import StatusFacts
from messages.kinds import MessageKind
from messages.model import (
    Bar,
    Bars,
    Button,
    Checklist,
    ChecklistState,
    Facts,
    Mark,
    Message,
    Note,
    Paragraph,
    Progress,
    Timeline,
)
from messages.timeline import CycleFacts
from rules.standing import LineState, Measure, PoolRole, Remark, StandingLine, StandingWord
from tests.unit import standing_cast as cast
from tests.unit.message_cast import EXAMPLES, completion, cycle, picture_of
from tests.unit.picture_cast import WORDS, drawn, standing_of

PICTURES = [name for name in EXAMPLES if name.startswith("picture")]
PEOPLE = {
    "ruiz": cast.ruiz(),
    "lee": cast.lee(),
    "novak": cast.novak(),
    "whitman": cast.whitman(),
    "hall": cast.doubtful(),
    "ito": cast.unchecked(),
    "meyer": cast.three_groups(),
}


def line_of(message: Message) -> Timeline:
    return next(part for part in message.body if isinstance(part, Timeline))


def bars_of(message: Message) -> list[Bar]:
    return [bar for part in message.body if isinstance(part, Bars) for bar in part.rows]


def marks_on(message: Message, day: date) -> list[Mark]:
    return [mark for mark in line_of(message).marks if mark.on == day]


def hours_said(message: Message) -> set[str]:
    """``Autism: 0 of 4 h`` for everything a message counts in hours, however it is drawn."""

    def say(label: str, value: Decimal, of: Decimal) -> str:
        return WORDS.say("line-checklist-hours", label=label, progress=wording.hours_of(value, of, WORDS))

    said: set[str] = set()
    for part in message.body:
        match part:
            case Progress():
                said.add(say(part.label, part.value, part.of))
            case Bars():
                said |= {say(bar.label, bar.value, bar.of) for bar in part.rows}
            case Checklist():
                said |= {item.text for item in part.items if item.text.endswith(" h")}
            case _:
                pass
    return said


@pytest.mark.parametrize("facts", PEOPLE.values(), ids=PEOPLE)
def test_picture_home_and_status_open_alike_and_hold_the_same_hours(facts: StatusFacts) -> None:
    told = status.own_status(facts, WORDS)
    shown = (drawn(facts), home.home(cycle(facts, 0), WORDS))

    assert hours_said(told)
    for message in shown:
        assert (message.title, message.first_word) == (told.title, told.first_word)
        assert hours_said(message) == hours_said(told)
        assert message.body[-1] == told.body[-1]
        assert isinstance(message.body[-1], Note)


def test_a_value_that_differs_between_two_views_would_be_noticed() -> None:
    lines = (*cast.ce_lines("31.5", "0.25", "0", "2"), cast.TASER, cast.CPR)

    assert hours_said(drawn(standing_of(*lines))) != hours_said(status.own_status(cast.ruiz(), WORDS))


def test_bars_begin_with_the_total_and_follow_the_packs() -> None:
    evoc = cast.hours_line("EVOC-8", "Emergency driving", "8", "8", window=None, due_on=date(2027, 8, 14))
    lines = (evoc, *cast.ce_lines("31.5", "0", "0", "2")[:-2])

    parts = [part for part in drawn(standing_of(*lines)).body if isinstance(part, Bars)]

    assert [part.title for part in parts] == ["Hours by topic", "Other hours"]
    assert [bar.label for bar in parts[0].rows] == [line.label for line in lines[1:]]
    assert [bar.label for bar in parts[1].rows] == ["Emergency driving"]


def test_a_bar_keeps_the_exact_decimal_and_says_its_state_in_words() -> None:
    total, *_ = bars_of(drawn(cast.ruiz()))

    assert (total.value, total.of, total.unit) == (Decimal("31.5"), Decimal(48), "h")
    assert (total.state, total.word) == (ChecklistState.OPEN, "Open")


@pytest.mark.parametrize("state", LineState)
def test_a_bar_that_is_full_is_done_only_when_the_duty_is(state: LineState) -> None:
    full = cast.hours_line("DEE-2", "De-escalation", "2", "2", state=state)

    bar = bars_of(drawn(standing_of(*cast.ce_lines("31.5", "0", "0", "2"), full)))[-1]

    assert (bar.label, bar.word) == ("De-escalation", WORDS.say(f"state-{state.value}"))
    assert (bar.state is ChecklistState.DONE) is (state is LineState.MET)


def test_the_same_duty_of_two_years_is_told_apart() -> None:
    years = [
        cast.hours_line("UOF-1", "Use of force", "0", "1", window=year, due_on=date(int(year), 12, 31))
        for year in ("2026", "2027")
    ]

    labels = [bar.label for bar in bars_of(drawn(standing_of(*cast.ce_lines("31.5", "0", "0", "2"), *years)))]

    assert labels[-2:] == ["Use of force (2026)", "Use of force (2027)"]


def test_the_summary_says_in_words_what_the_picture_shows() -> None:
    line = line_of(drawn(cast.ruiz(), 14))

    assert line.summary == (
        "14 completions counted from Jul 1 2024 to today, 31.5 of 48 h. 3 things open by Jun 30."
    )
    assert line.title == "Continuing education, Jul 1 2024 to Jun 30 2027"
    assert len([mark for mark in line.marks if mark.word == "Counted"]) == 14


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (cast.lee(), "0 completions counted from Jul 1 2024 to today, 52 of 48 h. Nothing open on our file."),
        (cast.novak(), "40 of 48 h. 1 thing overdue. 1 thing open by Jun 30."),
        (cast.doubtful(), "44 of 48 h. 1 thing cannot be settled yet."),
        (cast.three_groups(), "31.5 of 48 h. 6 things open, the first by Mar 16."),
    ],
)
def test_the_summary_counts_overdue_open_and_doubtful_apart(facts: StatusFacts, said: str) -> None:
    assert line_of(drawn(facts)).summary.endswith(said)


def test_one_completion_is_not_several() -> None:
    assert line_of(drawn(cast.ruiz(), 1)).summary.startswith("1 completion counted")


def test_a_cycle_that_is_over_counts_to_its_end_and_not_to_today() -> None:
    late = [
        line._replace(state=LineState.OVERDUE) if line.state is LineState.OPEN else line
        for line in cast.ce_lines("31.5", "0", "0", "2")
    ]
    of = cast.standing(StandingWord.OVERDUE, tuple(late), as_of=date(2027, 7, 1))
    line = line_of(drawn(cast.status_of("Ruiz", of), 2))

    assert line.summary.startswith("2 completions counted from Jul 1 2024 to Jun 30 2027, 31.5 of 48 h.")
    assert "3 things overdue." in line.summary
    assert (line.end, line.today) == (date(2027, 7, 1), date(2027, 7, 1))
    assert [mark.state for mark in line.marks if mark.on == cast.CYCLE_END] == [ChecklistState.OVERDUE]


def test_what_counted_is_a_mark_with_its_day_its_title_and_its_hours() -> None:
    record = completion(1, "8", counted=Decimal("4.50"), title="Patrol refresher")
    undated = completion(2, on=None)
    facts = replace(cycle(cast.lee(), 0), counted=(record, undated, completion(3, None, title="Range day")))

    first, second = (mark for mark in line_of(picture_of(facts, WORDS)).marks if mark.word == "Counted")

    assert (first.day, first.label, first.state) == (
        "Oct 4 2024",
        "Patrol refresher, 4.5 h",
        ChecklistState.DONE,
    )
    assert (second.day, second.label) == ("Feb 1 2025", "Range day")


def test_duties_that_share_a_day_are_one_mark_that_names_them() -> None:
    taser = cast.TASER._replace(state=LineState.OPEN, due_on=cast.CYCLE_END)
    facts = standing_of(*cast.ce_lines("31.5", "0", "0", "2"), taser)

    (mark,) = marks_on(drawn(facts), cast.CYCLE_END)

    assert mark.label == (
        "Continuing education (Autism 4 h, Bias crimes 1 h, elective 1 h; rest any topic), TASER"
    )
    assert (mark.state, mark.word, mark.day) == (ChecklistState.OPEN, "Open", "Jun 30 2027")


def test_duties_that_share_a_day_but_stand_otherwise_are_two_marks() -> None:
    doubt = cast.TASER._replace(state=LineState.UNKNOWN, due_on=cast.CYCLE_END)

    marks = marks_on(drawn(standing_of(*cast.ce_lines("31.5", "0", "0", "2"), doubt)), cast.CYCLE_END)

    assert {mark.state: mark.label for mark in marks}[ChecklistState.UNKNOWN] == "TASER"
    assert {mark.state for mark in marks} == {ChecklistState.OPEN, ChecklistState.UNKNOWN}


def test_a_total_with_more_time_than_its_topic_has_a_mark_on_each_day() -> None:
    lines = list(cast.ce_lines("31.5", "0", "1", "3"))
    lines[4] = lines[4]._replace(state=LineState.OVERDUE, due_on=date(2027, 2, 1))

    message = drawn(cast.status_of("Ruiz", cast.standing(StandingWord.OVERDUE, tuple(lines))))

    (late,) = marks_on(message, date(2027, 2, 1))
    (open_,) = marks_on(message, cast.CYCLE_END)
    assert (late.state, late.label) == (ChecklistState.OVERDUE, "Continuing education (Autism 4 h)")
    assert (open_.state, open_.label) == (ChecklistState.OPEN, "Continuing education 16.5 h")


def test_a_card_that_is_held_is_done_until_its_day_and_a_met_total_has_no_mark() -> None:
    soon = cast.CPR._replace(due_on=date(2027, 3, 20))
    message = drawn(standing_of(*cast.ce_lines("52", "4", "1", "3"), soon, cast.TASER, word=StandingWord.YES))

    (mark,) = line_of(message).marks

    assert (mark.on, mark.label, mark.state, mark.word) == (
        date(2027, 3, 20),
        "CPR",
        ChecklistState.DONE,
        "OK until then",
    )


@pytest.mark.parametrize("day", [date(2027, 3, 1), date(2027, 7, 1)])
def test_nothing_is_said_to_be_good_until_a_day_that_has_passed_or_lies_after_the_span(day: date) -> None:
    held = cast.CPR._replace(due_on=day)

    assert not line_of(drawn(standing_of(*cast.ce_lines("52", "4", "1", "3"), held))).marks


def test_a_date_that_can_be_read_in_two_ways_shows_both() -> None:
    driving = cast.TASER._replace(
        state=LineState.OPEN, due_on=date(2027, 5, 1), due_on_alternatives=(date(2027, 12, 31),)
    )

    (mark,) = marks_on(drawn(standing_of(*cast.ce_lines("52", "4", "1", "3"), driving)), date(2027, 5, 1))

    assert mark.day == "May 1 2027 or Dec 31 2027"


@pytest.mark.parametrize("name", [*PICTURES, "home"])
def test_every_mark_and_today_lie_inside_the_span_in_order(name: str) -> None:
    for line in (part for part in EXAMPLES[name](WORDS).body if isinstance(part, Timeline)):
        days = [mark.on for mark in line.marks]
        assert days == sorted(days)
        assert all(line.start <= day <= line.end for day in (*days, line.today))


@pytest.mark.parametrize(
    ("due_on", "ends"), [(date(2015, 1, 1), (date(2015, 1, 1), cast.CYCLE_END)), (date(2031, 1, 1), None)]
)
def test_the_span_is_made_longer_for_what_is_owed_outside_of_the_cycle(
    due_on: date, ends: tuple[date, date] | None
) -> None:
    state = LineState.OVERDUE if due_on < cast.AS_OF else LineState.OPEN
    duty = cast.TASER._replace(state=state, due_on=due_on)

    line = line_of(drawn(standing_of(*cast.ce_lines("52", "4", "1", "3"), duty)))

    assert (line.start, line.end) == (ends or (date(2024, 7, 1), due_on))
    assert line.title == "Continuing education, Jul 1 2024 to Jun 30 2027"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (cast.no_rules(), "There is nothing to draw: no rule that we hold applies."),
        (cast.cards_only(), "No time line: no total of hours is asked for in a cycle or a year."),
        (cast.cycle_unknown(), "No time line: the dates of the cycle are not settled on our file."),
    ],
)
def test_where_there_is_no_cycle_to_draw_the_answer_says_why(facts: StatusFacts, reason: str) -> None:
    message = picture_of(CycleFacts(status=facts), WORDS)

    assert Paragraph(reason) in message.body
    assert reason in sms.render(message, WORDS)
    assert not any(isinstance(part, (Timeline, Bars)) for part in message.body)
    assert message.first_word == facts.standing.word.value


def test_where_there_are_cards_only_they_are_listed_on_both_channels() -> None:
    message = picture_of(CycleFacts(status=cast.cards_only()), WORDS)

    (listed,) = (part for part in message.body if isinstance(part, Checklist))
    assert [(item.text, item.state) for item in listed.items] == [
        ("CPR", ChecklistState.DONE),
        ("CJIS awareness", ChecklistState.DONE),
    ]
    assert "CPR OK until May 1 2028 (426 days)" in sms.render(message, WORDS)


def test_a_yes_that_rests_on_fewer_rules_says_so_before_the_picture() -> None:
    message = drawn(cast.unchecked())

    assert isinstance(message.body[0], Paragraph)
    assert "YES on the rules we hold; 1 duty cannot be checked: Wellness plan." in message.body[0].text
    assert "Wellness plan" in sms.render(message, WORDS)


def test_a_picture_of_somebody_else_says_that_the_look_is_on_the_record() -> None:
    message = picture_of(cycle(cast.novak()), WORDS, "Novak")

    assert "That you looked is on the record, and Novak can see it." in sms.render(message, WORDS)
    assert message.body[-1] == Note("That you looked is on the record, and Novak can see it.")
    assert "record" not in str(picture_of(cycle(cast.novak()), WORDS).body[-1])


def test_the_status_offers_the_picture_last_and_its_text_does_not() -> None:
    message = status.own_status(cast.ruiz(), WORDS)

    assert message.actions[-1] == Button("Picture", "picture", "", "PICTURE")
    assert sms.render(message, WORDS).endswith("Reply NEXT, WHY or MENU.")


def test_the_text_of_a_picture_says_the_hours_in_words_with_what_is_open_first() -> None:
    text = sms.render(drawn(cast.whitman(), 1), WORDS)

    assert "1 completion counted from Jul 1 2024 to today, 3 of 12 h." in text
    assert sms.render(drawn(cast.three_groups()), WORDS).count("31.5 of 48 h") == 1
    assert "Learning objectives 10 of 16 h, Electives 2 of 3 h, Autism 0 of 4 h" in sms.render(
        drawn(cast.three_groups()), WORDS
    )


LABELS = st.lists(st.text(min_size=1, max_size=60).filter(str.strip), max_size=12)
DAYS = st.none() | st.dates(date(2016, 1, 1), date(2035, 1, 1))


@st.composite
def duties(draw: st.DrawFn) -> tuple[StandingLine, ...]:
    def one(number: int, label: str) -> StandingLine:
        hours = draw(st.none() | st.decimals(0, 60, places=2))
        return cast.dated_line(
            f"D-{number}",
            label,
            draw(DAYS),
            requirement=f"d-{number}",
            state=draw(st.sampled_from(LineState)),
            measure=draw(st.sampled_from(Measure)),
            window=draw(st.sampled_from((None, "2027", "2024-07-01/2027-06-30"))),
            inside=draw(st.sampled_from((None, "mn-ce-48"))),
            pool_role=draw(st.sampled_from((None, PoolRole.FLOOR))),
            hours_counted=hours,
            hours_required=None if hours is None else Decimal(4),
            remarks=(Remark("applies-unknown"),),
        )

    return tuple(one(number, label) for number, label in enumerate(draw(LABELS)))


def drawn_states(message: Message) -> Iterator[tuple[str, ChecklistState]]:
    for part in message.body:
        match part:
            case Timeline():
                yield from ((mark.label, mark.state) for mark in part.marks)
            case Bars():
                yield from ((bar.label, bar.state) for bar in part.rows)
            case Checklist():
                yield from ((item.text, item.state) for item in part.items)
            case _:
                pass


@given(
    name=st.text(min_size=1, max_size=80).filter(str.strip), owed=duties(), word=st.sampled_from(StandingWord)
)
def test_nothing_owed_or_in_doubt_is_left_out_and_no_third_segment_is_made(
    name: str, owed: tuple[StandingLine, ...], word: StandingWord
) -> None:
    of = cast.standing(word, (*cast.ce_lines("31.5", "0", "0", "2"), *owed))
    message = drawn(cast.status_of(name, of, coordinator=name), 2)

    shown = list(drawn_states(message))
    for line in owed:
        if line.state is not LineState.MET:
            assert any(line.label in label for label, state in shown if state is not ChecklistState.DONE), (
                line
            )
    text = sms.render(message, WORDS)
    assert sms.segments(text) <= 2
    assert text.isascii()
    assert text.startswith(word.value)


def test_home_gives_hours_topics_deadlines_percentage_in_this_order_then_the_time_line() -> None:
    message = home.home(cycle(cast.ruiz()), WORDS)

    assert [type(part) for part in message.body] == [
        Paragraph,
        Progress,
        Checklist,
        Checklist,
        Facts,
        Paragraph,
        Timeline,
        Note,
    ]
    assert message.kind is MessageKind.HOME
    told = status.own_status(cast.ruiz(), WORDS)
    assert [part for part in message.body if not isinstance(part, Timeline)] == list(told.body)
    assert [action.label for action in message.actions] == ["Why", "What is missing", "Picture", "Menu"]


def test_home_of_somebody_without_a_cycle_has_no_time_line() -> None:
    message = EXAMPLES["home-cards-only"](WORDS)

    assert not any(isinstance(part, Timeline) for part in message.body)
    assert "Overall: 100%." in str(message.body)


def test_a_picture_is_drawn_from_frozen_facts_only() -> None:
    facts = picture.PictureFacts(cycle=cycle(cast.ruiz()))

    assert picture.picture(facts, WORDS) == picture.picture(facts, WORDS)
    with pytest.raises(AttributeError):
        facts.looked_at = "Lee"  # type: ignore[misc]  # that it cannot be set is the point

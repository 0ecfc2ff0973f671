"""The answer to "am I good?" says the word first, then what, by when and what if not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sms import render as sms
from messages import status
from messages.answer import StatusFacts
from messages.lines import owed
from messages.model import Checklist, Facts, Paragraph, Progress
from messages.words import load
from rules.standing import LineState, Measure, PoolRole, Remark, StandingWord
from tests.unit import standing_cast as cast

WORDS = load()


def text_for(facts: StatusFacts) -> str:
    return sms.render(status.own_status(facts, WORDS), WORDS)


def test_ruiz_in_the_patrol_car_reads_exactly_what_the_story_says() -> None:
    assert text_for(cast.ruiz()) == (
        "NOT YET, Ruiz. 31.5 of 48 h (65%), 120 days left (Jun 30). Open: Autism 4 h, Bias crimes 1 h, "
        "elective 1 h; rest any topic. If missed: license cannot renew. Reply NEXT, WHY or MENU."
    )


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        (cast.ruiz(), "NOT YET, Ruiz."),
        (cast.lee(), "YES, Lee."),
        (cast.novak(), "OVERDUE, Novak."),
        (cast.doubtful(), "UNKNOWN, Hall."),
        (cast.whitman(), "NOT YET, Whitman (telecommunicator, lkm-2027.1):"),
        (cast.unchecked(), "YES, Ito."),
    ],
)
def test_the_first_word_decides_on_every_channel(facts: StatusFacts, word: str) -> None:
    message = status.own_status(facts, WORDS)

    assert message.title == word
    assert message.first_word == facts.standing.word
    assert sms.render(message, WORDS).startswith(word)


def test_overdue_names_what_is_overdue_and_since_when_before_anything_else() -> None:
    assert text_for(cast.novak()).startswith(
        "OVERDUE, Novak. CPR expired Feb 27 2027 (3 days ago). Consequence: no AED or FTO duty until renewed."
    )


def test_dispatcher_hears_of_the_card_that_runs_out_first() -> None:
    text = text_for(cast.whitman())

    assert text.startswith(
        "NOT YET, Whitman (telecommunicator, lkm-2027.1): CPR expires Mar 20 2027 (18 days). "
        "If it lapses: no EMD call-taking. CE 3 of 12 h (25%) for 2027 (304 days left). "
        "CJIS awareness OK until Nov 11 2027"
    )


def test_a_met_card_that_ends_within_a_month_leads_although_nothing_is_missing_today() -> None:
    ending = cast.CPR._replace(due_on=date(2027, 3, 20), consequence="no AED duty")
    lines = (*cast.ce_lines("31.5", "0", "0", "2"), ending)

    text = text_for(cast.status_of("Ruiz", cast.standing(StandingWord.NOT_YET, lines)))

    assert text.startswith("NOT YET, Ruiz. CPR OK until Mar 20 2027 (18 days). If it lapses: no AED duty.")
    assert "31.5 of 48 h (65%), 120 days left (Jun 30)" in text


def test_unknown_says_which_fact_is_missing_and_who_can_settle_it() -> None:
    text = text_for(cast.doubtful())

    assert "Board approval is not on file for 2 records." in text
    assert "To settle it, ask P. Nair." in text


def test_a_duty_that_cannot_be_checked_is_never_hidden_behind_a_yes() -> None:
    text = text_for(cast.unchecked())

    assert "YES on the rules we hold; 1 duty cannot be checked: Wellness plan." in text


def test_every_group_with_something_open_is_in_the_text_and_an_empty_one_is_not() -> None:
    text = text_for(cast.three_groups())

    assert "Policy 402 v4" in text
    assert "Agency: TASER due Apr 2" in text
    assert "K9 unit:" in text
    assert "Agency" not in text_for(cast.ruiz())


def test_a_fourth_group_from_the_configuration_appears_under_its_own_name() -> None:
    named = replace(cast.three_groups(), tracks=(("k9-unit", "K9 and explosives"),))

    titles = [part.title for part in status.own_status(named, WORDS).body if isinstance(part, Checklist)]

    assert titles == ["State mandated", "Agency", "Policy", "K9 and explosives"]


def test_an_approved_extension_is_visible_without_its_reason() -> None:
    message = status.own_status(cast.three_groups(), WORDS)

    assert "approved" in sms.render(message, WORDS)
    assert "Extended to May 1 by an approved record." in str(message.body)
    assert "not for a text" not in str(message)


def test_the_long_answer_keeps_the_order_hours_topics_deadlines_percentage() -> None:
    kinds = [type(part) for part in status.own_status(cast.ruiz(), WORDS).body]

    assert kinds[:6] == [Paragraph, Progress, Checklist, Checklist, Facts, Paragraph]
    assert "Overall: 65%, 120 days left (Jun 30)." in str(status.own_status(cast.ruiz(), WORDS).body[5])
    over = replace(cast.ruiz(), standing=replace(cast.ruiz().standing, as_of=date(2027, 7, 1)))
    assert "Overall: 65%. The time for it ended Jun 30." in str(status.own_status(over, WORDS).body)


def test_enough_hours_with_a_missing_topic_names_the_topic() -> None:
    facts = cast.status_of(
        "Ruiz", cast.standing(StandingWord.NOT_YET, cast.ce_lines("60", "0", "1", "3"), percent=99)
    )

    text = text_for(facts)

    assert "60 of 48 h (99%)" in text
    assert "Open: Autism 4 h." in text
    assert "rest any topic" not in text


def test_a_total_inside_a_total_is_not_counted_twice() -> None:
    lines = cast.ce_lines("31.5", "0", "0", "2")

    total = owed(lines[0], lines)

    assert sum(part.hours or 0 for part in total.parts) == 6
    assert total.rest == Decimal("10.5")


def test_a_smaller_total_that_asks_more_than_its_topics_says_so_once() -> None:
    lines = (
        cast.hours_line("CE-48", "Continuing education", "20", "48"),
        cast.hours_line(
            "MLO-16", "Learning objectives", "4", "16", inside="mn-ce-48", pool_role=PoolRole.TOTAL
        ),
        cast.hours_line("AUT-4", "Autism", "0", "4", inside="mn-mlo-16", pool_role=PoolRole.FLOOR),
    )

    parts = [(part.line.short, part.hours) for part in owed(lines[0], lines).parts]

    assert parts == [("AUT-4", Decimal(4)), ("MLO-16", Decimal(8))]


def test_an_overdue_topic_leads_although_its_total_has_time() -> None:
    lines = list(cast.ce_lines("31.5", "0", "1", "3"))
    lines[4] = lines[4]._replace(state=LineState.OVERDUE, due_on=date(2027, 2, 1))
    facts = cast.status_of("Ruiz", cast.standing(StandingWord.OVERDUE, tuple(lines)))

    assert text_for(facts).startswith("OVERDUE, Ruiz. Autism 0 of 4 h, was due Feb 1 (29 days ago).")


def test_hours_left_says_total_topics_and_the_rest() -> None:
    message = status.hours_left(cast.ruiz(), WORDS)

    assert "16.5 h left: 31.5 of 48 h, 120 days left (Jun 30)." in sms.render(message, WORDS)
    assert "10.5 h" in str(message.body)


def test_a_topic_without_a_rule_is_not_called_met() -> None:
    facts = status.TopicFacts(
        name="Ruiz",
        asked="Scuba",
        lines=(),
        standing=cast.ruiz().standing,
        at=cast.AT,
        agency="Lakemont PD",
    )

    message = status.topic_status(facts, WORDS)

    assert message.first_word is None
    assert "no rule on Scuba applies to you" in sms.render(message, WORDS)


NAMES = st.text(min_size=1, max_size=120).filter(str.strip)
LABELS = st.lists(st.text(min_size=1, max_size=60).filter(str.strip), max_size=25)


@given(
    name=NAMES,
    labels=LABELS,
    word=st.sampled_from(StandingWord),
    state=st.sampled_from(LineState),
    consequence=st.text(max_size=200),
)
def test_no_name_and_no_number_of_open_duties_makes_a_third_segment(
    name: str, labels: list[str], word: StandingWord, state: LineState, consequence: str
) -> None:
    tracks = ("mandated", "policy", "custom", "k9")
    duties = tuple(
        cast.dated_line(
            f"D-{number}",
            label,
            date(2027, 4, 1),
            requirement=f"d-{number}",
            state=state,
            track=tracks[number % 4],
            consequence=consequence,
            measure=Measure.CARD if number % 2 else Measure.EVENT,
            remarks=(Remark("exempt", (("until", "2027-06-01"),)), Remark("applies-unknown")),
        )
        for number, label in enumerate(labels)
    )
    lines = (*cast.ce_lines("31.5", "0", "0", "2"), *duties)

    text = text_for(cast.status_of(name, cast.standing(word, lines), coordinator=name))

    assert text.isascii()
    assert sms.segments(text) <= 2
    assert text.startswith(word.value)
    assert "Reply" in text

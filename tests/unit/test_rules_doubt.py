"""Is doubt taken both ways? What is answered in spite of it has to be true whichever way it turns out."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rules.evaluate import Evaluation, evaluate
from rules.model import Assignment, Completion, Credit, KnownFacts
from rules.pack import Pack
from rules.standing import StandingWord
from tests.unit.rules_cast import (
    AS_OF,
    ASKED,
    CARDS,
    CYCLE_START,
    DRIVING,
    ELECTIVE,
    ETHICS,
    GROUPS,
    SCHOOL,
    TOPICS,
    TOTAL,
    WEAPON,
    WEAPONS,
    WHOLE,
    YEARLY,
    board,
    by_place,
    histories,
    judged,
    officer,
    people,
    quickly,
    sure,
    took,
    topics_of,
    with_facts,
)

A_LOT = Decimal(40)


def is_doubtful(record: Completion) -> bool:
    return (
        record.approved is None
        or record.credit is Credit.DOUBTFUL
        or record.topics is None
        or record.hours is None
        or record.on is None
        or len(record.topics) > 1
        or (record.topics == {"firearms"} and not record.facts)
    )


@st.composite
def turned_out(draw: st.DrawFn, record: Completion, as_of: date) -> Completion:
    """One way in which everything that was missing on a record may be answered."""
    if record.credit is Credit.DOUBTFUL and draw(st.booleans()):
        return record._replace(credit=Credit.NO)
    topics = record.topics
    shares = None
    hours = record.hours
    if hours is None:
        hours = draw(st.sampled_from([Decimal("0.25"), A_LOT]))
    if topics is None:
        topics = frozenset({draw(st.sampled_from(TOPICS))})
    elif len(topics) > 1:
        shares = {draw(st.sampled_from(sorted(topics))): hours}
    weapon = draw(st.sampled_from(WEAPONS))
    return sure(
        record,
        on=record.on or as_of - timedelta(days=draw(st.integers(0, 1500))),
        hours=hours,
        topics=topics,
        topic_hours=shares,
        approved=draw(st.booleans()) if record.approved is None else record.approved,
        facts=record.facts or {"firearm_type": weapon},
    )


def assert_kept(said: Evaluation, turned: Evaluation) -> None:
    """What was known before is still so now that the doubt is gone."""
    if said.word is not StandingWord.UNKNOWN:
        assert turned.word is said.word, f"{said.word} was said, and it turned out {turned.word}"
    if said.compliant is not None:
        assert turned.compliant is said.compliant
    after = by_place(turned)
    for place, finding in by_place(said).items():
        if finding.decides and finding.applies is not False and finding.satisfied is not None:
            assert after[place].satisfied is finding.satisfied, (
                f"{place}: said {finding.satisfied}, turned out {after[place].satisfied}"
            )


def assert_always_kept(pack: Pack, examples: int, topics: tuple[str, ...]) -> None:
    @quickly(examples)
    @given(st.data(), people(), histories(topics, most=4), ASKED)
    def kept(data: st.DataObject, facts: KnownFacts, records: list[Completion], as_of: date) -> None:
        assume(any(map(is_doubtful, records)))
        said = evaluate((pack,), facts, records, as_of)
        turned = [data.draw(turned_out(each, as_of)) if is_doubtful(each) else each for each in records]
        assert_kept(said, evaluate((pack,), facts, turned, as_of))

    kept()


BY_RECORDS = ["total-20", "pool-8", "ele-3", "uof-1", "evoc-4", "fq-6", "leave-4", "return-4", "sro-1"]


@pytest.mark.parametrize("duty", BY_RECORDS)
def test_what_is_said_of_a_duty_is_true_however_the_doubt_turns_out(duty: str) -> None:
    assert_always_kept(board(*GROUPS[duty]), 60, topics_of(GROUPS[duty]))


def test_what_is_said_of_a_person_is_true_however_the_doubt_turns_out() -> None:
    assert_always_kept(WHOLE, 60, TOPICS)


@quickly(100)
@given(people(relieved=False), histories(), ASKED, st.sampled_from(sorted(GROUPS)))
def test_nothing_is_unknown_for_records_that_change_nothing(
    facts: KnownFacts, records: list[Completion], as_of: date, duty: str
) -> None:
    """Only whether a record counts at all is in doubt here, so the two extremes are the whole question."""
    clean = [
        sure(
            each,
            on=each.on or as_of,
            hours=each.hours or Decimal(1),
            topics=each.topics
            if each.topics is not None and len(each.topics) == 1
            else frozenset({"ethics"}),
            facts=each.facts or {"firearm_type": "handgun"},
            approved=True,
        )
        for each in records
    ]
    pack = board(*GROUPS[duty])
    doubted = [each._replace(credit=Credit.DOUBTFUL) if n % 2 else each for n, each in enumerate(clean)]
    without = [each for n, each in enumerate(clean) if not n % 2]
    words = {evaluate((pack,), facts, given, as_of).word for given in (clean, without)}
    if len(words) == 1:
        assert {evaluate((pack,), facts, doubted, as_of).word} == words


def _forgotten(facts: KnownFacts, fact: str) -> KnownFacts:
    """The same person when nobody has said one thing."""
    match fact:
        case "cards":
            return replace(facts, cards=None)
        case "assignments":
            return replace(facts, assignments=None)
        case "start of an assignment":
            return replace(
                facts, assignments=tuple(replace(each, start=None) for each in facts.assignments or ())
            )
        case "earlier course":
            return replace(
                facts, assignments=tuple(replace(each, facts=()) for each in facts.assignments or ())
            )
        case "cycle":
            hidden = {"cycle_start", "cycle_end"}
        case _:
            hidden = {fact}
    return replace(facts, values={name: value for name, value in facts.values.items() if name not in hidden})


# Each with the duty that asks for it and one more, so that there is something left to be sure of.
FORGOTTEN = {
    "status": (TOTAL, YEARLY),
    "cycle": (TOTAL, YEARLY),
    "firearms_carried": (YEARLY, WEAPON),
    "cards": (YEARLY, CARDS),
    "assignments": (YEARLY, SCHOOL),
    "start of an assignment": (YEARLY, SCHOOL),
    "earlier course": (YEARLY, SCHOOL),
}


@pytest.mark.parametrize("fact", FORGOTTEN)
def test_what_is_said_without_a_fact_is_true_when_the_fact_is_known(fact: str) -> None:
    pack = board(*FORGOTTEN[fact])

    @quickly(80)
    @given(people(relieved=False), histories(most=3), ASKED, st.sampled_from([CYCLE_START, date(2021, 7, 1)]))
    def kept(facts: KnownFacts, records: list[Completion], as_of: date, start: date) -> None:
        known = with_facts(facts, cycle_start=start, cycle_end=date(start.year + 3, 6, 30))
        said = evaluate((pack,), _forgotten(known, fact), records, as_of)
        turned = evaluate((pack,), known, records, as_of)
        if said.word is not StandingWord.UNKNOWN:
            assert turned.word is said.word, f"without it {said.word}, with it {turned.word}"
        if said.compliant is not None:
            assert turned.compliant is said.compliant

    kept()


# --- one small example for each way of getting it wrong -------------------------------------------------------------


def test_a_renewed_school_course_without_approval_on_file_is_not_known_to_be_missing() -> None:
    """The newer class decides; that an older one has run out says nothing about it."""
    records = (
        took("school", date(2025, 9, 20)),
        took("school", date(2028, 6, 1), ref="r2", approved=None),
    )
    found = judged(SCHOOL, in_school(), records, date(2028, 10, 1))
    assert found.word is StandingWord.UNKNOWN


def test_a_school_course_whose_hours_nobody_wrote_down_is_not_known_to_be_missing() -> None:
    found = judged(SCHOOL, in_school(), (took("school", date(2026, 8, 1), None),), date(2026, 11, 1))
    assert found.word is StandingWord.UNKNOWN


def test_two_days_that_may_add_up_are_not_known_to_be_short() -> None:
    """With approval they would be split hours, which nobody can judge; without it they are short."""
    records = (
        took("driving", date(2025, 6, 1), "2"),
        took("driving", date(2025, 7, 1), "2", ref="r2", approved=None),
    )
    found = judged(DRIVING, officer({"history_complete_from": date(2016, 1, 1)}), records)
    assert found.word is StandingWord.UNKNOWN


def test_a_class_that_may_not_count_and_has_no_hours_on_file_may_still_be_enough() -> None:
    record = took(
        "ethics", date(2026, 2, 1), None, credit=Credit.DOUBTFUL, credit_reason="duplicate-suspected"
    )
    found = judged(ETHICS, officer(), (record,), date(2027, 7, 15))
    assert found.word is StandingWord.UNKNOWN


def test_a_missed_year_without_consequence_is_no_question_either() -> None:
    """Met or missed, a deferred year changes no answer, so a doubtful class in it is not worth a question."""
    facts = officer({"cycle_start": date(2024, 1, 1), "cycle_end": date(2026, 12, 31)})
    records = (
        took("firearms", date(2024, 5, 1), approved=None),
        took("firearms", date(2025, 5, 1), ref="r2"),
        took("firearms", date(2026, 2, 1), ref="r3"),
    )
    assert judged(YEARLY, facts, records).word is StandingWord.YES


def test_one_doubtful_hour_cannot_be_three_elective_hours() -> None:
    """A class without a topic is in one topic in the end, not in each of them at once."""
    records = (
        took("ethics", date(2025, 5, 1), "3"),
        took("dialogue", date(2025, 6, 1), "2", ref="r2"),
        took(None, date(2025, 7, 1), "2", ref="r3"),
    )
    evaluation = evaluate((board(*GROUPS[ELECTIVE.id]),), officer(), records, AS_OF)
    (elective,) = evaluation.of(ELECTIVE.id)
    assert elective.satisfied is False
    assert evaluation.word is StandingWord.NOT_YET


def in_school() -> KnownFacts:
    return officer(assignments=(assigned(date(2025, 10, 1)),))


def assigned(start: date | None) -> Assignment:
    return Assignment("school-resource-officer", start)


def test_a_missed_year_before_an_unknown_cycle_is_not_known_to_be_in_it() -> None:
    """In a cycle from July 2024 the year 2023 is not listed; in one from July 2022 it is late."""
    facts = officer({"history_complete_from": date(2016, 1, 1)}, without=("cycle_start", "cycle_end"))
    duty = replace(YEARLY, deferrals=())
    day = date(2024, 12, 31)
    words = {
        judged(duty, with_facts(facts, cycle_start=start, cycle_end=end), (), day).word
        for start, end in (
            (date(2024, 7, 1), date(2027, 6, 30)),
            (date(2022, 7, 1), date(2025, 6, 30)),
        )
    }
    assert words == {StandingWord.NOT_YET, StandingWord.OVERDUE}
    assert judged(duty, facts, (), day).word is StandingWord.UNKNOWN


def test_a_year_missed_after_a_cycle_that_ended_is_not_skipped() -> None:
    """The roster still holds the old cycle; 2025 was missed whatever the new dates are."""
    facts = officer(
        {
            "history_complete_from": date(2016, 1, 1),
            "cycle_start": date(2021, 7, 1),
            "cycle_end": date(2024, 6, 30),
        }
    )
    found = judged(YEARLY, facts, (), date(2026, 3, 10))
    assert "2025" in [each.window.label for each in found.findings if each.window]


def test_a_record_without_hours_and_without_a_topic_is_no_sure_event() -> None:
    pack = board(*GROUPS["fq-6"])
    untold = took(None, date(2021, 12, 30), None, facts={"firearm_type": "handgun"})
    told = untold._replace(topics=frozenset({"firearms"}))
    elsewhere = untold._replace(topics=frozenset({"ethics"}))
    facts = officer(without=("cycle_start", "cycle_end"))
    words = [evaluate((pack,), facts, [each], date(2026, 3, 10)).word for each in (untold, told, elsewhere)]
    # It may be either, and the two differ.
    assert words == [StandingWord.UNKNOWN, StandingWord.OVERDUE, StandingWord.UNKNOWN]

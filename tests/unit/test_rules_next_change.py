"""Is ``next_change_on`` honest? A kept standing is shown until then, so nothing may change by itself before it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.evaluate import evaluate, summarise
from rules.loader import load_for_state
from rules.model import Assignment, Card, Completion, KnownFacts, Leave, Relief, ReliefKind, Span, Waiver
from rules.pack import Cycle, Pack, Requirement
from rules.standing import Standing
from tests.unit.rules_cast import (
    AS_OF,
    ASKED,
    CARDS,
    COMPUTED,
    DRIVING,
    GIVEN,
    GROUPS,
    LAPSE,
    LEAVE,
    RETURN,
    SCHOOL,
    THE_CYCLE,
    TOPICS,
    TOTAL,
    WEAPON,
    WHOLE,
    WHOLE_COMPUTED,
    YEARLY,
    board,
    histories,
    officer,
    people,
    quickly,
    took,
    topics_of,
    with_facts,
)

ONE_DAY = timedelta(days=1)
NEVER_LOOKED_PAST = 400


def said(standing: Standing) -> tuple[Any, ...]:
    """What a person is shown of a kept standing, apart from the days that are left."""
    return (
        standing.word,
        standing.compliant,
        standing.headline,
        standing.percent,
        standing.verdicts,
        tuple(
            (
                line.requirement,
                line.window,
                line.item,
                line.state,
                line.decides,
                line.hours_counted,
                line.hours_possible,
                line.hours_required,
                line.records,
                line.due_on,
                line.due_on_alternatives,
            )
            for line in standing.lines
        ),
    )


def assert_holds(pack: Pack, facts: KnownFacts, records: Sequence[Completion], as_of: date) -> None:
    """Ask again on every day before the named one: the answer has to be the kept one."""
    kept = summarise(evaluate((pack,), facts, records, as_of))
    if kept.next_change_on is not None:
        assert kept.next_change_on > as_of, "a day in the past never wakes anybody"
    day = as_of + ONE_DAY
    end = as_of + timedelta(days=NEVER_LOOKED_PAST)
    if kept.next_change_on is not None:
        end = min(end, kept.next_change_on)
    expected = said(kept)
    while day < end:
        afresh = summarise(evaluate((pack,), facts, records, day))
        assert said(afresh) == expected, (
            f"on {day} it is another answer; next_change_on {kept.next_change_on}"
        )
        day += ONE_DAY


@pytest.mark.parametrize("duty", GROUPS)
def test_one_duty_stays_as_it_is_until_the_day_it_names(duty: str) -> None:
    assert_always_holds(board(*GROUPS[duty]), 60, topics_of(GROUPS[duty]))


@pytest.mark.parametrize("duty", ["total-20", "uof-1", "evoc-4", "leave-4", "cycle"])
def test_one_duty_of_a_computed_cycle_stays_as_it_is_until_the_day_it_names(duty: str) -> None:
    assert_always_holds(board(*GROUPS[duty], cycle=COMPUTED), 40, topics_of(GROUPS[duty]))


@pytest.mark.parametrize("pack", [WHOLE, WHOLE_COMPUTED], ids=["given", "computed"])
def test_a_whole_standing_stays_as_it_is_until_the_day_it_names(pack: Pack) -> None:
    assert_always_holds(pack, 8, TOPICS)


def assert_always_holds(pack: Pack, examples: int, topics: tuple[str, ...]) -> None:
    @quickly(examples)
    @given(people(), histories(topics, most=4), ASKED)
    def holds(facts: KnownFacts, records: list[Completion], as_of: date) -> None:
        assert_holds(pack, facts, records, as_of)

    holds()


class Moment(NamedTuple):
    """Somebody shortly before a day on which the answer turns without anybody doing anything."""

    duties: tuple[Requirement, ...]
    facts: KnownFacts
    records: tuple[Completion, ...] = ()
    as_of: date = AS_OF
    cycle: Cycle = GIVEN


BOTH = frozenset({"cpr", "first-aid"})
CYCLE = ("cycle_start", "cycle_end")
LATER = AS_OF + timedelta(days=20)
TWO_YEARS_BEFORE_LATER = date(2024, 3, 30)

MOMENTS = {
    "a class without approval runs out of its two years": Moment(
        (DRIVING,), officer(), (took("driving", TWO_YEARS_BEFORE_LATER, "4", approved=None),)
    ),
    "a newer class without approval runs out after the sure one": Moment(
        (DRIVING,),
        officer(),
        (took("driving", date(2023, 5, 1)), took("driving", TWO_YEARS_BEFORE_LATER, ref="r2", approved=None)),
    ),
    "the history becomes whole for the two years looked back on": Moment(
        (DRIVING,), officer({"history_complete_from": TWO_YEARS_BEFORE_LATER})
    ),
    "a new officer has been there for the two years": Moment(
        (DRIVING,),
        officer({"history_complete_from": date(2016, 1, 1), "appointed_on": TWO_YEARS_BEFORE_LATER}),
    ),
    "one of the days that made up the hours drops out": Moment(
        (DRIVING,),
        officer(),
        (took("driving", TWO_YEARS_BEFORE_LATER, "2"), took("driving", date(2025, 6, 1), "2", ref="r2")),
    ),
    "an older class drops out while a newer one holds": Moment(
        (DRIVING,),
        officer(),
        (took("driving", TWO_YEARS_BEFORE_LATER), took("driving", date(2025, 6, 1), ref="r2")),
    ),
    "an extension outlasts the class it extends": Moment(
        (DRIVING,),
        officer(
            reliefs=(Relief(ReliefKind.EXTENSION, "evoc-4", "injury", new_due=LATER + timedelta(days=90)),)
        ),
        (took("driving", TWO_YEARS_BEFORE_LATER),),
    ),
    "a class for no named weapon runs out of its six months": Moment(
        (WEAPON,), officer(), (took("firearms", date(2025, 9, 30), "0"),)
    ),
    "a card whose start is not known ends": Moment((CARDS,), officer(cards=(Card(BOTH, None, LATER),))),
    "a card whose end is not known begins": Moment((CARDS,), officer(cards=(Card(BOTH, LATER, None),))),
    "a sure card begins while another is in doubt": Moment(
        (CARDS,), officer(cards=(Card(BOTH, None, date(2027, 1, 1)), Card(BOTH, LATER, date(2028, 1, 1))))
    ),
    "a card with its dates the wrong way round has ended": Moment(
        (CARDS,), officer(cards=(Card(BOTH, LATER + timedelta(days=30), LATER),))
    ),
    "a renewal follows a card without a gap": Moment(
        (CARDS,),
        officer(
            cards=(
                Card(BOTH, date(2024, 1, 1), LATER),
                Card(BOTH, LATER + timedelta(days=1), date(2028, 1, 1)),
            )
        ),
    ),
    "a leave with a known end reaches its ninetieth day": Moment(
        (CARDS,), officer(cards=(), leave=(Leave(LATER - timedelta(days=90), date(2026, 12, 31)),))
    ),
    "a leave without an end reaches six months": Moment(
        (TOTAL, THE_CYCLE),
        officer({"certified_on": date(2024, 3, 1)}, without=CYCLE, leave=(Leave(date(2025, 9, 30), None),)),
        cycle=COMPUTED,
    ),
    "thirty days after a long leave are over": Moment(
        (CARDS, LEAVE), officer(cards=(), leave=(Leave(date(2025, 10, 1), date(2026, 3, 1)),))
    ),
    "an assignment begins without the course": Moment(
        (SCHOOL,), officer(assignments=(Assignment("school-resource-officer", LATER),))
    ),
    "the earlier of two published dates passes": Moment(
        (SCHOOL,),
        officer(
            assignments=(
                Assignment("school-resource-officer", date(2024, 8, 1), None, (("earlier_basic_sro_course", True),)),
            )
        ),
        as_of=date(2027, 5, 20),
    ),
    "a school course without approval runs out of its three years": Moment(
        (SCHOOL,),
        officer(assignments=(Assignment("school-resource-officer", date(2026, 6, 1)),)),
        (took("school", date(2023, 3, 30), approved=None),),
    ),
    "a leave without an end runs on into the second day of a cycle": Moment(
        (TOTAL, THE_CYCLE),
        officer({"certified_on": date(2022, 7, 1)}, without=CYCLE, leave=(Leave(date(2025, 3, 1), None),)),
        as_of=date(2026, 1, 1),
        cycle=COMPUTED,
    ),
    "three months out of a position are over": Moment(
        (LAPSE,), officer({"separated_on": date(2025, 12, 30)})
    ),
    "the first of two windows of a return is over": Moment(
        (RETURN,), officer({"separated_on": date(2024, 3, 1), "returned_on": date(2026, 2, 20)})
    ),
    "an exemption ends": Moment(
        (YEARLY,), officer(reliefs=(Relief(ReliefKind.EXEMPTION, "uof-1", "injury", None, date(2026, 1, 1), LATER),))
    ),
    "a class that is booked for a later day is taken": Moment((YEARLY,), officer(), (took("firearms", LATER),)),
}  # fmt: skip


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_a_standing_is_judged_again_on_the_day_on_which_it_changes(moment: Moment) -> None:
    assert_holds(board(*moment.duties, cycle=moment.cycle), moment.facts, moment.records, moment.as_of)


MINNESOTA = {
    "ethics": "crisis-intervention",
    "dialogue": "autism",
    "driving": "evoc",
    "firearms": "use-of-force",
}
OREGON = {"dialogue": "mental-health", "driving": "leadership", "school": "telecommunicator"}


def _renamed(record: Completion, names: dict[str, str]) -> Completion:
    if record.topics is None:
        return record
    return record._replace(topics=frozenset(names.get(topic, topic) for topic in record.topics))


@quickly(6)
@given(people(relieved=False), histories(), ASKED)
def test_a_minnesota_standing_stays_as_it_is_until_the_day_it_names(
    facts: KnownFacts, records: list[Completion], as_of: date
) -> None:
    assert_holds(load_for_state("MN"), facts, [_renamed(each, MINNESOTA) for each in records], as_of)


@quickly(6)
@given(people(relieved=False), histories(), ASKED, st.sampled_from(["police", "telecommunicator"]))
def test_an_oregon_standing_stays_as_it_is_until_the_day_it_names(
    facts: KnownFacts, records: list[Completion], as_of: date, discipline: str
) -> None:
    told = with_facts(facts, disciplines=(discipline,))
    assert_holds(load_for_state("OR"), told, [_renamed(each, OREGON) for each in records], as_of)


INDIANA = {"ethics": "de-escalation", "dialogue": "defensive-tactics", "driving": "vehicle-operations"}
OHIO = {"ethics": "refresher", "dialogue": "legal-updates", "firearms": "firearms-requalification"}
BY_YEAR = ("cycle_start", "cycle_end")


@quickly(6)
@given(people(relieved=False), histories(), ASKED, st.booleans())
def test_an_indiana_standing_stays_as_it_is_until_the_day_it_names(
    facts: KnownFacts, records: list[Completion], as_of: date, computed: bool
) -> None:
    waived = Waiver(2025, date(2025, 12, 1), "injury", None, Decimal(4), date(2026, 6, 30))
    values = {name: value for name, value in facts.values.items() if not computed or name not in BY_YEAR}
    told = replace(facts, values=values, waivers=(waived,))
    assert_holds(load_for_state("IN"), told, [_renamed(each, INDIANA) for each in records], as_of)


@quickly(6)
@given(people(relieved=False), histories(), ASKED, st.sampled_from([date(2025, 10, 1), date(2026, 9, 1)]))
def test_an_ohio_standing_stays_as_it_is_until_the_day_it_names(
    facts: KnownFacts, records: list[Completion], as_of: date, back: date
) -> None:
    told = replace(facts, appointments=(Span(date(2015, 1, 1), date(2023, 3, 1)), Span(back, None)))
    assert_holds(load_for_state("OH"), told, [_renamed(each, OHIO) for each in records], as_of)

"""What holds for every person under every pack: order does not matter, more training never hurts, hours add up."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from messages.remarks import remark_sentence
from messages.words import load
from rules.evaluate import Evaluation, evaluate, summarise
from rules.loader import load_for_state
from rules.model import Completion, KnownFacts
from rules.pack import AfterLeave, AfterSeparation, BeforeAssignment, CalendarYear, LicensingCycle, Rolling
from rules.standing import LineState, Measure, PoolRole, Remark, Standing, StandingWord, from_json, to_json
from rules.working import credited, refused
from tests.unit.rules_cast import (
    ASKED,
    COMPUTED,
    EVERY_DUTY,
    THE_CYCLE,
    TOTAL,
    WHOLE,
    WHOLE_COMPUTED,
    board,
    by_place,
    histories,
    officer,
    people,
    quickly,
    sure_records,
)

PACKS = st.sampled_from([WHOLE, WHOLE_COMPUTED])
LOOKS_AT_RECORDS = (LicensingCycle, CalendarYear, Rolling, AfterLeave, AfterSeparation, BeforeAssignment)


def stood(facts: KnownFacts, records: list[Completion], as_of: date) -> tuple[Evaluation, Standing]:
    evaluation = evaluate((WHOLE,), facts, records, as_of)
    return evaluation, summarise(evaluation)


@quickly(100)
@given(people(), histories(), ASKED, st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_the_records_changes_nothing(
    facts: KnownFacts, records: list[Completion], as_of: date, luck: random.Random, computed: bool
) -> None:
    pack = WHOLE_COMPUTED if computed else WHOLE
    shuffled = list(records)
    luck.shuffle(shuffled)
    kept = [summarise(evaluate((pack,), facts, given, as_of)) for given in (records, records, shuffled)]
    assert kept[0] == kept[1] == kept[2]


@quickly(60)
@given(people(), histories(), ASKED)
def test_the_order_of_cards_leaves_and_weapons_changes_no_answer(
    facts: KnownFacts, records: list[Completion], as_of: date
) -> None:
    values = dict(facts.values)
    carried = values.get("firearms_carried")
    if isinstance(carried, tuple):
        values["firearms_carried"] = carried[::-1]
    turned = replace(
        facts,
        values=values,
        leave=facts.leave[::-1],
        cards=None if facts.cards is None else facts.cards[::-1],
    )
    one, other = stood(facts, records, as_of)[1], stood(turned, records, as_of)[1]
    assert (one.word, one.percent, one.next_change_on) == (other.word, other.percent, other.next_change_on)
    assert sorted(map(repr, one.lines)) == sorted(map(repr, other.lines))


GOODNESS = {False: 0, None: 1, True: 2}


@quickly(150)
@given(people(), histories(), ASKED, sure_records())
def test_one_more_sure_class_never_makes_a_duty_worse(
    facts: KnownFacts, records: list[Completion], as_of: date, extra: Completion
) -> None:
    """An unmet duty may become unknown, and either of them met; never the other way round."""
    before = by_place(evaluate((WHOLE,), facts, records, as_of))
    after = by_place(evaluate((WHOLE,), facts, [*records, extra._replace(approved=True)], as_of))
    # A year from before the cycle is listed once it is met.
    assert all(after[place].satisfied is True for place in after.keys() - before.keys())
    for place, finding in before.items():
        if finding.applies is False:
            continue
        now = after[place]
        assert (now.hours_counted or 0) >= (finding.hours_counted or 0), place
        if finding.satisfied is None and "history_complete_from" not in facts.values:
            # Without any record nobody knows whether there is a history at all; with an old one there is.
            continue
        if any(remark.code == "first-due-unknown" for remark in finding.remarks):
            # Nobody knows when a first one is due; a class of long ago shows that one has run out.
            continue
        assert GOODNESS[now.satisfied] >= GOODNESS[finding.satisfied], place


@quickly(100)
@given(people(), histories(), ASKED)
def test_every_record_is_either_credited_or_refused_with_a_sentence(
    facts: KnownFacts, records: list[Completion], as_of: date
) -> None:
    evaluation, _ = stood(facts, records, as_of)
    for finding in evaluation.findings:
        if finding.applies is False or not isinstance(finding.requirement.clock, LOOKS_AT_RECORDS):
            continue
        taken = [each.completion.ref for each in credited(finding)]
        left = list(refused(finding, evaluation.subject_of(finding)))
        listed = [*taken, *(each.completion.ref for each in left)]
        assert sorted(listed) == sorted(each.ref for each in records), finding.requirement.id
        for each in left:
            assert remark_sentence(Remark(each.reason), as_of, load())


@quickly(100)
@given(people(), histories(), ASKED)
def test_credited_hours_add_up_to_the_hours_counted(
    facts: KnownFacts, records: list[Completion], as_of: date
) -> None:
    evaluation, _ = stood(facts, records, as_of)
    for finding in evaluation.findings:
        requirement = finding.requirement
        if requirement.measure is not Measure.HOURS or requirement.pool_role is PoolRole.ELECTIVE:
            continue
        if finding.hours_counted is not None:
            shown = sum((each.hours for each in credited(finding)), start=Decimal(0))
            assert shown == finding.hours_counted, requirement.id


@quickly(100)
@given(people(), histories(), ASKED)
def test_a_met_duty_counts_at_least_the_hours_it_asks_for(
    facts: KnownFacts, records: list[Completion], as_of: date
) -> None:
    for finding in stood(facts, records, as_of)[0].findings:
        if finding.satisfied is True and finding.hours_required is not None:
            assert finding.hours_counted is not None
            assert finding.hours_counted >= finding.hours_required, finding.requirement.id


@quickly(100)
@given(people(), histories(), ASKED)
def test_every_reason_beside_a_duty_can_be_said(
    facts: KnownFacts, records: list[Completion], as_of: date
) -> None:
    for finding in stood(facts, records, as_of)[0].findings:
        for remark in finding.remarks:
            assert remark_sentence(remark, as_of, load())


@quickly(150)
@given(people(), histories(), ASKED)
def test_a_hundred_percent_is_said_only_when_everything_is_met(
    facts: KnownFacts, records: list[Completion], as_of: date
) -> None:
    evaluation, standing = stood(facts, records, as_of)
    open_lines = standing.in_state(LineState.OPEN, LineState.OVERDUE, LineState.UNKNOWN)
    if standing.percent == 100:
        assert standing.word is StandingWord.YES
        assert not open_lines
    if standing.percent is not None:
        assert 0 <= standing.percent <= 100
        headline = evaluation.headline
        if headline is not None and headline.hours_counted is not None and headline.hours_required:
            share = headline.hours_counted / headline.hours_required * 100
            assert standing.percent <= share or standing.percent == 100, "rounded up"
    if standing.word is StandingWord.YES:
        assert not open_lines, "YES means that nothing is open in any current window"


@quickly(150)
@given(people(), histories(), ASKED)
def test_overdue_and_not_compliant_are_the_same_finding(
    facts: KnownFacts, records: list[Completion], as_of: date
) -> None:
    evaluation, standing = stood(facts, records, as_of)
    overdue = [each for each in evaluation.findings if each.overdue and each.decides]
    assert (evaluation.compliant is False) == bool(overdue)
    assert (standing.word is StandingWord.OVERDUE) <= bool(overdue)
    for finding in overdue:
        assert finding.satisfied is False
        assert finding.due_on is None or finding.due_on < as_of


@quickly(100)
@given(people(), histories(), ASKED, PACKS.map(lambda pack: pack.cycle is COMPUTED))
def test_a_kept_standing_is_read_back_as_it_was_written(
    facts: KnownFacts, records: list[Completion], as_of: date, computed: bool
) -> None:
    standing = summarise(evaluate((WHOLE_COMPUTED if computed else WHOLE,), facts, records, as_of))
    kept = from_json(to_json(standing))
    assert kept == standing
    assert to_json(kept) == to_json(standing)


@quickly(60)
@given(people(), histories(), ASKED)
def test_the_working_never_shows_a_duty_twice_for_one_window(
    facts: KnownFacts, records: list[Completion], as_of: date
) -> None:
    evaluation, _ = stood(facts, records, as_of)
    assert len(by_place(evaluation)) == len(evaluation.findings)
    assert {each.requirement.id for each in evaluation.findings} == {each.id for each in EVERY_DUTY}


def test_two_people_hired_on_different_dates_get_different_cycles_from_one_pack() -> None:
    pack = board(TOTAL, THE_CYCLE, cycle=COMPUTED)
    windows = []
    for certified_on in (date(2022, 6, 30), date(2022, 7, 1)):
        person = officer({"certified_on": certified_on}, without=("cycle_start", "cycle_end"))
        evaluation = evaluate((pack,), person, (), date(2024, 5, 1))
        (cycle,) = evaluation.of("cycle")
        assert cycle.cycle is not None
        windows.append(cycle.cycle.label)
    assert windows == ["2022-01-01/2024-12-31", "2023-01-01/2025-12-31"]


def test_two_minnesota_officers_of_different_cohorts_are_judged_in_their_own_cycles() -> None:
    found = set()
    for year in (2024, 2025, 2026):
        cohort = officer({"cycle_start": date(year, 7, 1), "cycle_end": date(year + 3, 6, 30)})
        (total,) = evaluate((load_for_state("MN"),), cohort, (), date(2026, 11, 20)).of("mn-ce-total-48")
        assert total.window is not None
        found.add(total.window.label)
    assert found == {"2024-07-01/2027-06-30", "2025-07-01/2028-06-30", "2026-07-01/2029-06-30"}

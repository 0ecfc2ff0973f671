"""Who decides a request: somebody whom the agency has, never whoever asks, with a chain of reasons that says why."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from db.records.facts import Role
from training.requests.approvers import ApproverWhy, Case, Chart, Chosen, Reason, choose
from training.requests.rules import Decides

W = ApproverWhy
RUIZ, OKAFOR, TORRES, NAIR, MOSS, CLERK = range(1, 7)
LAKEMONT = Chart(
    above={RUIZ: OKAFOR, OKAFOR: TORRES, NAIR: TORRES, TORRES: MOSS},
    holders={Role.COORDINATOR: (NAIR,), Role.COMMAND: (MOSS,)},
    serving=frozenset({RUIZ, OKAFOR, TORRES, NAIR, MOSS, CLERK}),
)
HERS = Case(requester=RUIZ, entered_by=RUIZ, step=Decides.SUPERVISOR)


def said(chosen: Chosen) -> list[tuple[ApproverWhy, int | None]]:
    return [(each.code, each.person_id) for each in chosen.why]


def test_the_supervisor_decides_and_nothing_has_to_be_explained() -> None:
    assert choose(LAKEMONT, HERS) == Chosen(person_id=OKAFOR, may=frozenset({OKAFOR}))
    assert choose(LAKEMONT, replace(HERS, step=Decides.SECOND_SUPERVISOR)).person_id == TORRES
    assert choose(LAKEMONT, replace(HERS, step=Decides.COORDINATOR)).person_id == NAIR
    assert choose(LAKEMONT, replace(HERS, step=Decides.COMMAND)).person_id == MOSS


def test_somebody_on_leave_is_passed_for_the_next_above_and_decides_nothing() -> None:
    found = choose(replace(LAKEMONT, on_leave=frozenset({OKAFOR})), HERS)
    assert found.person_id == TORRES
    assert said(found) == [(W.ON_LEAVE, OKAFOR)]
    assert found.may == {TORRES}


def test_whoever_left_or_is_suspended_is_passed() -> None:
    assert said(choose(replace(LAKEMONT, serving=LAKEMONT.serving - {OKAFOR}), HERS)) == [(W.LEFT, OKAFOR)]
    found = choose(replace(LAKEMONT, inactive=frozenset({OKAFOR, TORRES})), HERS)
    assert found.person_id == MOSS
    assert said(found) == [(W.DEACTIVATED, OKAFOR), (W.DEACTIVATED, TORRES)]


def test_a_vacant_place_goes_to_whoever_coordinates() -> None:
    found = choose(replace(LAKEMONT, above={}), HERS)
    assert (found.person_id, said(found)) == (NAIR, [(W.VACANT, None)])


def test_a_line_that_comes_round_ends() -> None:
    round_ = replace(LAKEMONT, above={RUIZ: OKAFOR, OKAFOR: RUIZ}, on_leave=frozenset({OKAFOR}))
    found = choose(round_, HERS)
    assert (found.person_id, said(found)) == (NAIR, [(W.ON_LEAVE, OKAFOR), (W.CIRCLE, None)])
    found = choose(replace(LAKEMONT, above={RUIZ: RUIZ}), HERS)
    assert (found.person_id, said(found)) == (NAIR, [(W.CIRCLE, None)])


def test_who_coordinates_does_not_decide_their_own_request_and_neither_does_their_delegate() -> None:
    own = Case(requester=NAIR, entered_by=NAIR, step=Decides.COORDINATOR)
    delegated = replace(LAKEMONT, delegates={NAIR: (OKAFOR,)})
    found = choose(delegated, own)
    assert (found.person_id, said(found)) == (TORRES, [(W.SELF, NAIR)])
    assert OKAFOR not in found.may
    assert NAIR not in found.may


def test_who_entered_it_for_somebody_does_not_decide_it() -> None:
    found = choose(LAKEMONT, replace(HERS, entered_by=OKAFOR))
    assert (found.person_id, said(found)) == (TORRES, [(W.ENTERED_IT, OKAFOR)])


def test_a_delegate_decides_in_the_place_of_whoever_named_them_and_both_words_count() -> None:
    found = choose(replace(LAKEMONT, delegates={OKAFOR: (TORRES,)}), HERS)
    assert (found.person_id, found.in_place_of) == (TORRES, OKAFOR)
    assert said(found) == [(W.DELEGATE, TORRES)]
    assert found.may == {TORRES, OKAFOR}
    away = replace(LAKEMONT, delegates={OKAFOR: (NAIR,)}, on_leave=frozenset({OKAFOR}))
    found = choose(away, HERS)
    assert said(found) == [(W.ON_LEAVE, OKAFOR), (W.DELEGATE, NAIR)]
    assert found.may == {NAIR}


def test_a_delegate_who_asks_or_is_away_is_passed() -> None:
    found = choose(replace(LAKEMONT, delegates={OKAFOR: (RUIZ,)}), HERS)
    assert found == Chosen(person_id=OKAFOR, may=frozenset({OKAFOR}))
    both = replace(LAKEMONT, delegates={OKAFOR: (TORRES, NAIR)}, on_leave=frozenset({TORRES}))
    assert choose(both, HERS).person_id == NAIR


def test_another_step_is_decided_by_another_person_while_there_is_one() -> None:
    second = replace(HERS, step=Decides.COORDINATOR, decided_by=frozenset({NAIR}))
    found = choose(LAKEMONT, second)
    assert (found.person_id, said(found)) == (TORRES, [(W.DECIDED_BEFORE, NAIR)])
    two = Chart(holders={Role.COORDINATOR: (NAIR,)}, serving=frozenset({RUIZ, NAIR}))
    assert choose(two, second).person_id == NAIR


def test_of_two_who_hold_the_role_the_word_of_each_counts() -> None:
    two = replace(LAKEMONT, holders={Role.COORDINATOR: (NAIR, CLERK)})
    found = choose(two, replace(HERS, step=Decides.COORDINATOR))
    assert found.person_id == NAIR
    assert found.may == {NAIR, CLERK}


def test_an_appeal_goes_above_the_denier_who_never_hears_it() -> None:
    appeal = replace(HERS, denied_by=OKAFOR, decided_by=frozenset({OKAFOR}))
    found = choose(LAKEMONT, appeal)
    assert found.person_id == TORRES
    assert found.may == {TORRES}
    top = choose(LAKEMONT, replace(appeal, denied_by=MOSS))
    assert top.person_id == NAIR
    alone = Chart(above={RUIZ: OKAFOR}, serving=frozenset({RUIZ, OKAFOR}))
    assert choose(alone, appeal).person_id is None


def test_whom_it_was_left_to_decides_unless_it_is_whoever_asks() -> None:
    assert choose(LAKEMONT, replace(HERS, handed_to=NAIR)).person_id == NAIR
    found = choose(LAKEMONT, replace(HERS, handed_to=RUIZ))
    assert found.person_id == OKAFOR


def test_a_protected_person_s_request_goes_to_nobody_who_may_not_know_of_them() -> None:
    found = choose(replace(LAKEMONT, may_know={RUIZ: frozenset({TORRES})}), HERS)
    assert (found.person_id, said(found)) == (TORRES, [(W.NOT_DISCLOSED, OKAFOR)])


def test_an_agency_of_one_needs_somebody_from_outside() -> None:
    alone = Chart(
        holders={Role.COORDINATOR: (MOSS,), Role.COMMAND: (MOSS,)}, serving=frozenset({MOSS, CLERK})
    )
    own = Case(requester=MOSS, entered_by=MOSS, step=Decides.SUPERVISOR)
    nobody = choose(alone, own)
    assert nobody.person_id is None
    assert nobody.why[-1] == Reason(W.NOBODY)
    assert nobody.may == frozenset()
    found = choose(replace(alone, outside=CLERK), own)
    assert found.person_id == CLERK
    assert found.why[-1] == Reason(W.OUTSIDE, CLERK)


PEOPLE = st.integers(1, 6)
SOME = st.frozensets(PEOPLE)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    return Chart(
        above=draw(st.dictionaries(PEOPLE, PEOPLE)),
        holders=draw(
            st.dictionaries(st.sampled_from(list(Role)), st.lists(PEOPLE, unique=True, max_size=3).map(tuple))
        ),
        serving=draw(SOME),
        inactive=draw(SOME),
        on_leave=draw(SOME),
        delegates=draw(st.dictionaries(PEOPLE, st.lists(PEOPLE, unique=True, max_size=2).map(tuple))),
        may_know=draw(st.dictionaries(PEOPLE, SOME, max_size=2)),
        outside=draw(st.none() | PEOPLE),
    )


CASES = st.builds(
    Case,
    requester=PEOPLE,
    entered_by=PEOPLE,
    step=st.sampled_from(Decides),
    decided_by=SOME,
    denied_by=st.none() | PEOPLE,
    handed_to=st.none() | PEOPLE,
)


@given(charts(), CASES)
def test_nobody_decides_their_own_matter_and_a_reason_is_given_for_everybody_else(
    chart: Chart, case: Case
) -> None:
    found = choose(chart, case)
    kept_out = {case.requester, case.entered_by, case.denied_by} - {None}
    assert not kept_out & found.may
    assert found.may <= chart.serving
    assert found.person_id is None or found.person_id in found.may
    assert found.in_place_of not in kept_out
    if case.requester in chart.may_know:
        assert found.may <= chart.may_know[case.requester]
    if found.person_id is None:
        assert found.why[-1].code is W.NOBODY


@given(charts(), CASES)
def test_there_is_always_somebody_while_anybody_who_may_is_in_the_order(chart: Chart, case: Case) -> None:
    chart = replace(chart, may_know={})
    possible = {
        chart.outside,
        *(
            who
            for role in (Role.COORDINATOR, Role.COMMAND, Role.RECORDS)
            for who in chart.holders.get(role, ())
        ),
    }
    possible &= chart.serving
    possible -= {case.requester, case.entered_by, case.denied_by}
    if possible:
        assert choose(chart, case).person_id is not None

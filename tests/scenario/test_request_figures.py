"""How requests are decided: rates and waits of groups of five and more, each list whole, nobody's name."""

from collections.abc import Sequence
from datetime import timedelta

from db.records.requests import RequestAct
from messages.model import Message, Table
from tests.scenario.after_cast import LEE, NAIR, OKAFOR, RUIZ, does, looked, sends
from tests.scenario.cast import Agency
from tests.scenario.walls_cast import is_protected
from training.requests.fairness import Decided, GroupOfRequests, merged

A = RequestAct


def people(agency: Agency, count: int) -> Sequence[str]:
    """So many badges of people who ask."""
    out = {OKAFOR, NAIR}
    return [each for each in agency.badges() if each not in out][:count]


def decides(agency: Agency, badge: str, number: int, *, approve: bool = True, after: float = 60) -> None:
    """Looked at, and decided so many seconds later."""
    looked(agency, badge, number)
    agency.clock.at += timedelta(seconds=after)
    if approve:
        does(agency, badge, number, A.APPROVED, {"step": 0})
    else:
        does(agency, badge, number, A.DENIED, {"step": 0}, words="The shift is short.")


def tables(message: Message) -> list[Table]:
    return [each for each in message.body if isinstance(each, Table)]


def test_of_few_who_ask_or_few_who_decide_nothing_is_shown(embedded: Agency) -> None:
    for badge in people(embedded, 6):
        decides(embedded, OKAFOR, sends(embedded, badge))
    said = embedded.screen(NAIR, "request figures")
    assert "fewer than 5 people asked or fewer than 5 decided" in said
    assert "Okafor" not in said


def test_rates_waits_and_quick_approvals_add_up_in_every_list(embedded: Agency) -> None:
    badges = people(embedded, 14)
    deciders = [*badges[:6]]
    for place, badge in enumerate(badges):
        decider = deciders[(place + 1) % len(deciders)]
        number = sends(embedded, badge)
        decides(embedded, decider, number, approve=place % 7 != 0, after=4.9 if place == 1 else 5)
    pending = sends(embedded, RUIZ)
    does(embedded, LEE, sends(embedded, LEE), A.WITHDRAWN)

    message = embedded.ask(NAIR, "request figures for 30 days")
    said = embedded.screen(NAIR, "request figures for 30 days")
    assert "14 requests of the last 30 days were decided: approved 12 (85%), denied 2 (14%)." in said
    assert "1 of 12 approvals came less than 5 seconds after the first look." in said
    assert "Not counted: 1 that waits for a decision, 1 that was not sent or was taken back first." in said
    for table in tables(message):
        assert sum(int(row[3]) for row in table.rows) == 14
        assert min(min(int(row[1]), int(row[2])) for row in table.rows) >= 5
    assert str(pending) not in said


def test_small_groups_are_joined_until_five_asked_and_five_decided() -> None:
    def group(name: str, askers: range, deciders: range) -> GroupOfRequests:
        return GroupOfRequests(
            names=(name,),
            decided=tuple(
                Decided(
                    person_id=each,
                    approved=True,
                    waited=1,
                    deciders=frozenset(deciders),
                    approvals=1,
                    quick=0,
                )
                for each in askers
            ),
        )

    large, other = group("A", range(8), range(100, 105)), group("B", range(20, 26), range(105, 110))
    one_decider, few = group("C", range(30, 39), range(110, 111)), group("D", range(40, 42), range(100, 106))
    # Where one decides alone, the figures would be theirs.
    assert [each.names for each in merged([large, other, one_decider])] == [("A",), ("B", "C")]
    assert [each.names for each in merged([large, other, few])] == [("A",), ("B", "D")]
    # One group is everything once more, and what is missing in it would be what was joined.
    assert merged([large, few]) == ()


def test_each_sees_their_own_count_and_its_median_age_and_nobody_elses(embedded: Agency) -> None:
    for _ in range(3):
        sends(embedded, RUIZ)
        embedded.clock.at += timedelta(hours=1)
    said = embedded.text(OKAFOR, "my pending")
    assert said.startswith("3 requests wait for your decision. The one in the middle has waited for 2 hours.")
    assert embedded.text(LEE, "my pending").startswith("No request waits for your decision.")


def test_what_protected_people_ask_for_is_in_no_figure(embedded: Agency) -> None:
    decides(embedded, OKAFOR, sends(embedded, RUIZ))
    assert "Not counted" not in embedded.screen(NAIR, "request figures")
    is_protected(embedded, RUIZ)
    assert "Not counted: 1 of protected people." in embedded.screen(NAIR, "request figures")

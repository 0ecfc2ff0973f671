"""Somebody works undercover: no list, name or file leads to them, except for themselves and whom a decision names."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from db.records.facts import Assignment, Credential, Disclosure, Leave, MatchedBy, Role
from messages.kinds import MessageKind
from messages.phones import Lost
from tests.scenario.cast import LONG_AGO, Agency
from tests.scenario.slack_cast import deliveries
from training.accounts import accounts
from training.accounts.accounts import Account
from training.phones import phones
from training.sealed.sealing import keep_text

RUIZ, LEE, NOVAK, OKAFOR, TORRES, NAIR, PARK, HALE, BRANDT, OBSERVER, PENTTI = (
    "214", "231", "240", "77", "31", "902", "905", "990", "1", "211", "62"
)  # fmt: skip


def protected(
    agency: Agency, badge: str, first: date = date(2027, 3, 1), details: Mapping[str, bool] | None = None
) -> None:
    """The person is in a protected assignment, until the tenth of March."""
    kind = "undercover" if details is None else "task-force"
    with agency.writing() as writer:
        writer.record(
            Assignment(
                person_id=agency.id_of(badge),
                kind=kind,
                starts_on=first,
                ends_on=date(2027, 3, 10),
                details=details or {},
            )
        )


@pytest.mark.parametrize("marked", [False, True])
def test_nobody_above_learns_of_them_and_they_still_have_their_own_record(
    lakemont: Agency, marked: bool
) -> None:
    protected(lakemont, LEE, details={"protected": True} if marked else None)
    for badge in (OKAFOR, TORRES, NAIR, BRANDT):
        assert lakemont.ask(badge, "how is lee") == lakemont.ask(badge, "how is zzyzx"), badge
        assert "Lee" not in lakemont.screen(badge, "my team"), badge
    assert lakemont.ask(PARK, "how is lee").kind is MessageKind.PERSON
    assert "Lee" in lakemont.screen(PARK, "my team")
    assert lakemont.screen(LEE, "am i good").startswith("YES, Lee")


def test_a_second_person_confirms_without_a_name_that_is_hidden_from_them(lakemont: Agency) -> None:
    protected(lakemont, LEE)
    lakemont.ask(LEE, "purple giraffe")
    item_id = lakemont.entries("question:answered")[0].data["asked"]["item"]
    lakemont.ask(PARK, f"dispose M-{item_id % 10_000_000_000} spill")
    lakemont.ask(PARK, "hold 231")
    for badge in (HALE, BRANDT):
        waiting, holds = lakemont.screen(badge, "disposals"), lakemont.screen(badge, "holds")
        assert "spill" in waiting, badge
        assert "H-" in holds, badge
        assert "Lee" not in waiting + holds, badge
    assert "Lee" in lakemont.screen(PARK, "disposals")
    # Counsel cannot find out by a hold whether there is such a person.
    assert lakemont.ask(HALE, "hold 231").kind is lakemont.ask(HALE, "hold 9999").kind


def test_a_coordinator_is_told_of_no_lost_route_of_somebody_hidden_from_them(embedded: Agency) -> None:
    protected(embedded, LEE)
    for badge in (NAIR, PARK):
        account = Account("slack", "T1", f"U{badge}")
        person_id = embedded.id_of(badge)
        accounts.link(
            embedded.office, embedded.agency_id, account, person_id, MatchedBy.EMAIL, embedded.words
        )
    with embedded.writing() as writer:
        phones.lose_route(
            writer, embedded.office, embedded.id_of(LEE), Lost.OPTED_OUT, "stop", embedded.words
        )
    told = [each.person_id for each in deliveries(embedded) if each.kind == "route-lost"]
    assert told == [embedded.id_of(PARK)]


def test_what_may_be_twice_names_nobody_who_is_hidden(embedded: Agency) -> None:
    with embedded.writing() as writer:
        for badge in (LEE, NOVAK):
            writer.record(
                Credential(person_id=embedded.id_of(badge), kind="license", state="MN", number="71")
            )
    assert "Lee (231)" in embedded.screen(NAIR, "duplicates", 2000)
    protected(embedded, LEE)
    shown = embedded.screen(NAIR, "duplicates", 2000)
    assert "Lee" not in shown
    assert "Novak" not in shown


def test_a_mark_that_says_no_protects_nobody(embedded: Agency) -> None:
    protected(embedded, LEE, details={"protected": False})
    assert embedded.ask(OKAFOR, "how is lee").kind is MessageKind.PERSON


def test_protection_begins_and_ends_with_the_assignment(embedded: Agency) -> None:
    protected(embedded, LEE, date(2027, 3, 4))
    for day, kind in (
        ("2027-03-03 23:59", MessageKind.PERSON),
        ("2027-03-04 00:00", MessageKind.REFUSED_PERSON),
        ("2027-03-10 23:59", MessageKind.REFUSED_PERSON),
        ("2027-03-11 00:00", MessageKind.PERSON),
    ):
        assert embedded.at(day).ask(OKAFOR, "how is lee").kind is kind, day


def test_whom_a_decision_names_sees_them_until_it_ends(lakemont: Agency) -> None:
    protected(lakemont, LEE)
    until = lakemont.clock.at.replace(hour=21)
    with lakemont.writing() as writer:
        why = keep_text(writer, lakemont.office.keys, lakemont.id_of(OKAFOR), "joint operation")
        writer.record(
            Disclosure(
                person_id=lakemont.id_of(LEE),
                viewer_id=lakemont.id_of(OKAFOR),
                reason_item_id=why,
                valid_from=LONG_AGO,
                valid_to=until,
            )
        )
    assert lakemont.ask(OKAFOR, "how is lee").kind is MessageKind.PERSON
    assert lakemont.ask(TORRES, "how is lee").kind is MessageKind.REFUSED_PERSON
    lakemont.clock.at = until
    assert lakemont.ask(OKAFOR, "how is lee").kind is MessageKind.REFUSED_PERSON


def test_a_list_says_how_many_are_not_shown_only_where_the_number_points_at_nobody(embedded: Agency) -> None:
    protected(embedded, LEE)
    assert "1 not shown" in embedded.screen(OKAFOR, "my team")
    assert "1 not shown" in embedded.screen(BRANDT, "my team")
    protected(embedded, "151")
    small = embedded.screen(PENTTI, "my team")
    assert "not shown" not in small
    assert "Haddad" not in small


def test_who_looked_from_a_protected_assignment_is_not_named(embedded: Agency) -> None:
    protected(embedded, OKAFOR)
    embedded.ask(OKAFOR, "how is ruiz")
    shown = embedded.screen(RUIZ, "who saw my record")
    assert "name withheld" in shown
    assert "Okafor" not in shown


def test_figures_name_nobody_and_leave_nobody_to_subtract(embedded: Agency) -> None:
    protected(embedded, LEE)
    shown = embedded.screen(OBSERVER, "figures")
    assert "of 46 with nothing open" in shown
    assert "1 not shown" in shown
    for name in ("Ruiz", "Okafor", "Lee", "Novak"):
        assert name not in shown
    assert embedded.ask(OBSERVER, "how is novak").kind is MessageKind.REFUSED_PERSON
    assert not embedded.entries("list:viewed", "record:viewed")


def test_an_agency_of_four_has_no_figures(embedded: Agency) -> None:
    away = [badge for badge in embedded.badges() if badge not in (OBSERVER, RUIZ, LEE, NOVAK)]
    with embedded.writing() as writer:
        writer.record(
            *(
                Leave(person_id=embedded.id_of(badge), kind="parental", starts_on=date(2027, 1, 1))
                for badge in away
            )
        )
    assert "fewer than five" in embedded.screen(OBSERVER, "figures")


def test_a_withdrawn_assignment_protects_nobody(embedded: Agency) -> None:
    lee = embedded.id_of(LEE)
    with embedded.writing() as writer:
        fact = Assignment(person_id=lee, kind="undercover", starts_on=date(2027, 1, 1))
        kept_id = writer.record(fact)[0]
    with embedded.writing() as writer:
        writer.correct(kept_id, replace(fact, kind="school-resource-officer"))
    assert embedded.ask(OKAFOR, "how is lee").kind is MessageKind.PERSON


def test_who_may_hear_of_somebody_is_decided_in_one_place(embedded: Agency) -> None:
    walls, at = embedded.office.walls, embedded.clock.at

    def hear(role: Role, about: str = LEE) -> set[str]:
        """The badges of a role that hear of somebody's matter."""
        with embedded.reading() as conn:
            hidden = walls.protected(conn, embedded.agency_id, embedded.today)
            found = walls.who_hear(
                conn, embedded.agency_id, role, embedded.id_of(about), at, protected=hidden
            )
            return {
                each.employment.fact.badge_number for each in walls.by_ids(conn, embedded.agency_id, found)
            }

    assert NAIR in hear(Role.COORDINATOR)
    # Nobody hears of their own matter as somebody else's.
    assert NAIR not in hear(Role.COORDINATOR, about=NAIR)
    protected(embedded, LEE)
    assert (hear(Role.COORDINATOR), hear(Role.COMMAND), PARK in hear(Role.RECORDS)) == (set(), set(), True)
    assert NAIR in hear(Role.COORDINATOR, about=RUIZ)
    with embedded.writing() as writer:
        writer.record(
            Disclosure(
                person_id=embedded.id_of(LEE),
                viewer_id=embedded.id_of(BRANDT),
                reason_item_id=keep_text(writer, embedded.office.keys, embedded.id_of(LEE), "case"),
                valid_from=LONG_AGO,
            )
        )
    assert (hear(Role.COORDINATOR), hear(Role.COMMAND)) == (set(), {BRANDT})

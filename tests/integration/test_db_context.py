"""Who is writing: the whole context of a message in one statement, and a status answer in two."""

from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest
from sqlalchemy import Engine

from db.clock import offset_seconds, set_offset_seconds
from db.queries import conversations
from db.queries.context import ByBadge, ByContact, ByPerson, Sender, context
from db.queries.people import by_badge
from db.queries.standings import standing
from db.records.facts import AgencyId, ContactKind, PersonName, Role, RoleGrant
from db.records.work import Context, Conversation
from db.unit_of_work import reading, working, writing
from tests.integration.record_cast import LONG_AGO, NOON, an_agency, an_officer, employed
from tests.integration.statements import statements

ASKED = Conversation(topic="certificate", payload={"hours": "4"}, expires_at=NOON + timedelta(minutes=30))


def roles_of(found: Context) -> set[Role]:
    """What the sender is at this moment."""
    return {each.role for each in found.grants if each.runs(found.now)}


@pytest.fixture
def lakemont(database: Engine) -> AgencyId:
    return an_agency(database)


def test_the_context_of_a_message_is_one_statement_and_a_status_answer_two(
    database: Engine, lakemont: AgencyId
) -> None:
    ruiz = an_officer(database, lakemont)
    with writing(database, lakemont, at=NOON) as writer:
        writer.record(
            RoleGrant(person_id=ruiz, role=Role.OFFICER, valid_from=LONG_AGO),
            RoleGrant(person_id=ruiz, role=Role.SUPERVISOR, valid_from=LONG_AGO),
            RoleGrant(person_id=ruiz, role=Role.COMMAND, valid_from=LONG_AGO, valid_to=NOON),
        )
        conversations.keep(writer.conn, lakemont, ruiz, "slack", ASKED, at=NOON)
    with reading(database) as conn, statements(database) as asked:
        found = context(conn, lakemont, ByBadge("4471"), "slack", NOON)
        assert len(asked) == 1
        assert standing(conn, lakemont, ruiz) is not None
        assert len(asked) == 2
    assert found is not None
    assert (found.person_id, found.given, found.family, found.badge_number) == (ruiz, "Dana", "Ruiz", "4471")
    assert (found.agency_name, found.time_zone) == ("Lakemont PD", "America/Chicago")
    assert roles_of(found) == {Role.OFFICER, Role.SUPERVISOR}
    assert found.conversation == ASKED
    assert found.now == NOON
    assert found.now.tzinfo is UTC


def test_a_sender_is_found_by_badge_address_or_person(database: Engine, lakemont: AgencyId) -> None:
    ruiz = an_officer(database, lakemont, badge="B-7")
    senders: list[Sender] = [
        ByBadge("b-7"),
        ByContact(ContactKind.EMAIL, "ruiz@example.test"),
        ByPerson(ruiz),
    ]
    with reading(database) as conn:
        found = [context(conn, lakemont, sender, "sms", NOON) for sender in senders]
        assert [each and each.person_id for each in found] == [ruiz, ruiz, ruiz]
        assert context(conn, lakemont, ByBadge("9999"), "sms", NOON) is None


def test_an_address_that_two_people_share_identifies_nobody(database: Engine, lakemont: AgencyId) -> None:
    an_officer(database, lakemont, badge="1")
    an_officer(database, lakemont, badge="2")
    with reading(database) as conn:
        assert context(conn, lakemont, ByContact(ContactKind.EMAIL, "ruiz@example.test"), "sms", NOON) is None


def test_a_badge_handed_on_is_its_present_holders(database: Engine, lakemont: AgencyId) -> None:
    retired = an_officer(database, lakemont, family="Olson")
    with reading(database) as conn:
        kept = by_badge(conn, lakemont, "4471")
    assert kept is not None
    with writing(database, lakemont, at=NOON) as writer:
        writer.correct(
            kept.employment.id,
            replace(kept.employment.fact, status="separated", ended_on=date(2026, 5, 1)),
        )
    with reading(database) as conn:
        found = context(conn, lakemont, ByBadge("4471"), "sms", NOON)
        assert found is not None
        assert (found.person_id, found.status) == (retired, "separated")
    ruiz = an_officer(database, lakemont)
    with reading(database) as conn:
        found = context(conn, lakemont, ByBadge("4471"), "sms", NOON)
        present = by_badge(conn, lakemont, "4471")
    assert found is not None
    assert present is not None
    assert found.person_id == present.person_id == ruiz


def test_somebody_who_came_back_is_seen_in_the_present_employment(
    database: Engine, lakemont: AgencyId
) -> None:
    ruiz = an_officer(database, lakemont)
    with writing(database, lakemont, at=NOON) as writer:
        earlier = replace(employed(ruiz, "0100"), ended_on=date(2014, 1, 1), appointed_on=date(2010, 1, 1))
        writer.record(
            earlier, PersonName(person_id=ruiz, given="Dana", family="Vega", valid_from=date(2020, 1, 1))
        )
    with reading(database) as conn:
        found = context(conn, lakemont, ByPerson(ruiz), "sms", NOON)
    assert found is not None
    assert (found.badge_number, found.family) == ("4471", "Vega")


def test_moving_the_clock_moves_roles_and_open_questions_with_it(
    database: Engine, lakemont: AgencyId
) -> None:
    ruiz = an_officer(database, lakemont)
    with writing(database, lakemont, at=NOON) as writer:
        writer.record(
            RoleGrant(
                person_id=ruiz, role=Role.OFFICER, valid_from=LONG_AGO, valid_to=NOON + timedelta(days=1)
            ),
            RoleGrant(person_id=ruiz, role=Role.SUPERVISOR, valid_from=NOON + timedelta(days=1)),
        )
        conversations.keep(writer.conn, lakemont, ruiz, "slack", ASKED, at=NOON)
    with working(database) as conn:
        assert offset_seconds(conn) == 0
        set_offset_seconds(conn, 60)
        set_offset_seconds(conn, 2 * 86_400)
        assert offset_seconds(conn) == 2 * 86_400
    with reading(database) as conn:
        found = context(conn, lakemont, ByPerson(ruiz), "slack", NOON)
    assert found is not None
    assert found.now == NOON + timedelta(days=2)
    assert roles_of(found) == {Role.SUPERVISOR}
    assert found.conversation is None


def test_a_new_question_takes_the_place_of_the_open_one_on_that_channel_only(
    database: Engine, lakemont: AgencyId
) -> None:
    ruiz = an_officer(database, lakemont)
    newer = replace(ASKED, topic="class", payload={})
    with working(database) as conn:
        conversations.keep(conn, lakemont, ruiz, "slack", ASKED, at=NOON)
        conversations.keep(conn, lakemont, ruiz, "sms", ASKED, at=NOON)
        conversations.keep(conn, lakemont, ruiz, "slack", newer, at=NOON)
        conversations.forget(conn, lakemont, ruiz, "sms")
    with reading(database) as conn:
        on_slack = context(conn, lakemont, ByPerson(ruiz), "slack", NOON)
        on_sms = context(conn, lakemont, ByPerson(ruiz), "sms", NOON)
    assert on_slack is not None
    assert on_sms is not None
    assert (on_slack.conversation, on_sms.conversation) == (newer, None)

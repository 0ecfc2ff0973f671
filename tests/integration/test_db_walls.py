"""Agencies are walls: what one records, no other ever reads, corrects or builds upon."""

from dataclasses import replace
from datetime import date, timedelta
from secrets import token_hex

import pytest
from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import IntegrityError

from db import tables
from db.errors import FileGivenUpError, NotInAgencyError, UnknownAgencyError
from db.queries import (
    agencies,
    audit,
    content,
    evaluation,
    imports,
    loose_files,
    people,
    reporting,
    standings,
)
from db.queries.context import ByBadge, ByContact, ByPerson, context
from db.records.audit import AuditDraft
from db.records.facts import (
    AgencyId,
    AgencyPack,
    Completion,
    ContactKind,
    ContentDisposal,
    ContentHold,
    ContentHoldLift,
    ContentItem,
    ContentKind,
    ContentQuarantine,
    ContentTombstone,
    DisposalCode,
    Door,
    PersonName,
    Retention,
    Role,
    RoleGrant,
    SetAside,
    Unit,
)
from db.tables.base import IDS_PER_AGENCY
from db.unit_of_work import reading, working, writing
from tests.integration.record_cast import (
    LONG_AGO,
    NOON,
    a_completion,
    a_course,
    an_agency,
    an_officer,
    employed,
    reports_to,
)


def a_kept_message(person_id: int) -> ContentItem:
    """As it lies in the table; nobody opens it here."""
    return ContentItem(
        person_id=person_id,
        kind=ContentKind.MESSAGE,
        retention=Retention.CONVERSATION,
        media_type="text/plain",
        size=3,
        keyed_hash="0" * 64,
        ref=token_hex(8),
        ciphertext=b"closed",
    )


@pytest.fixture
def lakemont(database: Engine) -> AgencyId:
    return an_agency(database)


@pytest.fixture
def ashby(database: Engine) -> AgencyId:
    return an_agency(database, "Ashby Sheriff")


def test_one_agency_sees_nothing_that_another_recorded(
    database: Engine, lakemont: AgencyId, ashby: AgencyId
) -> None:
    ortiz = an_officer(database, lakemont, badge="3102", family="Ortiz")
    ruiz = an_officer(database, lakemont)
    completion_id = a_completion(database, lakemont, ruiz)
    reports_to(database, lakemont, ruiz, ortiz)
    with writing(database, lakemont, at=NOON) as writer:
        writer.record(
            Unit(name="Patrol"),
            Door(channel="slack", address="T-lakemont"),
            AgencyPack(pack="mn-demo-2026.2", starts_on=date(2026, 1, 1)),
            RoleGrant(person_id=ortiz, role=Role.SUPERVISOR, valid_from=LONG_AGO),
        )[0]
        writer.audit(AuditDraft(tag="record:viewed", subject_id=ruiz))
        item_id = writer.record(a_kept_message(ruiz))[0]
        asked_for = writer.record(ContentDisposal(item_id=item_id, code=DisposalCode.SPILL))[0]
        hold_id = writer.record(ContentHold(item_id=item_id))[0]
        writer.record(
            ContentQuarantine(item_id=item_id, reason=SetAside.BY_HAND),
            ContentHoldLift(hold_id=hold_id),
            ContentTombstone(
                item_id=item_id,
                disposal_id=asked_for,
                proposed_by=ruiz,
                confirmed_by=ortiz,
                code=DisposalCode.SPILL,
                keyed_hash="",
            ),
        )
        still_open = writer.record(a_kept_message(ruiz))[0]
        writer.record(ContentDisposal(item_id=still_open, code=DisposalCode.SPILL))
        loose_files.begin(writer.conn, lakemont, ["a" * 64, "b" * 64, "c" * 64], NOON)
        files = [replace(a_kept_message(ruiz), ciphertext=None, sealed_hash=each * 64) for each in "ab"]
        gone_id, _ = writer.record(*files)
        asked_for = writer.record(ContentDisposal(item_id=gone_id, code=DisposalCode.SPILL))[0]
        writer.record(
            ContentTombstone(
                item_id=gone_id,
                disposal_id=asked_for,
                proposed_by=ruiz,
                confirmed_by=ortiz,
                code=DisposalCode.SPILL,
                keyed_hash="0" * 64,
            )
        )
    with reading(database) as conn:
        assert content.disposed_objects(conn, lakemont) == {"a" * 64}
        assert list(content.kept_objects(conn, lakemont)) == ["b" * 64]
        assert [name for name, _, _ in loose_files.of(conn, lakemont)] == ["c" * 64]
        assert content.item(conn, lakemont, item_id) is not None
        assert content.disposed_refs(conn, lakemont)
        assert [each.id for each in content.to_be_disposed(conn, lakemont)] == [still_open]
        seen = [
            people.by_badge(conn, ashby, "4471"),
            people.by_contact(conn, ashby, ContactKind.EMAIL, "ruiz@example.test"),
            people.by_surname(conn, ashby, "Ruiz"),
            people.by_ids(conn, ashby, [ruiz, ortiz]),
            people.roster(conn, ashby),
            people.names(conn, ashby, ruiz),
            people.contact_points(conn, ashby, [ruiz]),
            context(conn, ashby, ByBadge("4471"), "slack", NOON),
            context(conn, ashby, ByPerson(ruiz), "slack", NOON),
            context(conn, ashby, ByContact(ContactKind.EMAIL, "ruiz@example.test"), "slack", NOON),
            evaluation.facts_for(conn, ashby, [ruiz]),
            evaluation.completions_for(conn, ashby, [ruiz]),
            evaluation.completion(conn, ashby, completion_id),
            list(evaluation.stream_completions(conn, ashby)),
            standings.standing(conn, ashby, ruiz),
            standings.standings(conn, ashby),
            standings.due(conn, ashby, date(2030, 1, 1), 10),
            reporting.is_below(conn, ashby, ruiz, ortiz, NOON),
            reporting.people_below(conn, ashby, ortiz, NOON),
            reporting.lines_at(conn, ashby, NOON),
            reporting.holders_of(conn, ashby, Role.SUPERVISOR, NOON),
            reporting.role_grants(conn, ashby, ortiz),
            # The first entry is of their own founding.
            audit.entries(conn, ashby)[1:],
            audit.entries(conn, ashby, subject_id=ruiz),
            audit.views_of(conn, ashby, ruiz, ["record:viewed"]),
            content.item(conn, ashby, item_id),
            content.items_of(conn, ashby, ruiz),
            content.ciphertext(conn, ashby, item_id),
            content.quarantines(conn, ashby, item_id),
            content.holds(conn, ashby),
            content.lifts_asked_for(conn, ashby),
            content.to_be_disposed(conn, ashby),
            content.disposed_refs(conn, ashby),
            content.kept_objects(conn, ashby),
            content.disposed_objects(conn, ashby),
            loose_files.of(conn, ashby),
            imports.source_keys(conn, ashby, Completion),
            agencies.units(conn, ashby),
            agencies.doors(conn, ashby),
            agencies.packs(conn, ashby),
            agencies.packs_on(conn, ashby, date(2027, 1, 1)),
        ]
        assert [answer for answer in seen if answer] == []
        assert agencies.head_seq(conn, ashby) == 2
        assert audit.position_at(conn, ashby, NOON + timedelta(days=9_000)) == 1
        assert audit.position_at(conn, lakemont, NOON + timedelta(days=9_000)) > 1
        assert evaluation.completion(conn, lakemont, completion_id) is not None


def test_an_officer_with_two_employers_is_one_person_with_two_records(
    database: Engine, lakemont: AgencyId, ashby: AgencyId
) -> None:
    ruiz = an_officer(database, lakemont)
    a_completion(database, lakemont, ruiz, hours="8")
    with writing(database, ashby, at=NOON) as writer:
        writer.record(PersonName(person_id=ruiz, given="D.", family="Ruiz"), employed(ruiz, badge="A-12"))
        writer.record(a_course(ruiz, hours="2"))
    with reading(database) as conn:
        at_ashby = people.by_badge(conn, ashby, "a-12")
        at_lakemont = people.by_badge(conn, lakemont, "4471")
        assert at_ashby is not None
        assert at_lakemont is not None
        assert at_ashby.person_id == at_lakemont.person_id == ruiz
        assert (at_ashby.given, at_lakemont.given) == ("D.", "Dana")
        assert [str(kept.fact.hours) for kept in evaluation.completions_for(conn, ashby)[ruiz]] == ["2"]


def test_nobody_corrects_or_withdraws_over_a_wall(
    database: Engine, lakemont: AgencyId, ashby: AgencyId
) -> None:
    ruiz = an_officer(database, lakemont)
    completion_id = a_completion(database, lakemont, ruiz)
    with pytest.raises(NotInAgencyError), writing(database, ashby, at=NOON) as writer:
        writer.correct(completion_id, a_course(ruiz))
    with pytest.raises(NotInAgencyError), writing(database, ashby, at=NOON) as writer:
        writer.withdraw(completion_id, Completion)


def test_the_database_itself_refuses_a_correction_over_a_wall(
    database: Engine, lakemont: AgencyId, ashby: AgencyId
) -> None:
    ruiz = an_officer(database, lakemont)
    theirs = a_completion(database, lakemont, ruiz)
    with working(database) as conn:
        row = dict(conn.execute(select(tables.completion)).mappings().one())
    row |= {"id": ashby * IDS_PER_AGENCY + 50, "agency_id": ashby, "seq": 50, "replaces_id": theirs}
    with pytest.raises(IntegrityError), working(database) as conn:
        conn.execute(insert(tables.completion).values(row))


def test_a_door_leads_to_one_agency_or_to_none(database: Engine, lakemont: AgencyId, ashby: AgencyId) -> None:
    with writing(database, lakemont, at=NOON) as writer:
        old = writer.record(Door(channel="slack", address="T1"), Door(channel="sms", address="+15550100"))[0]
    with reading(database) as conn:
        assert agencies.at_door(conn, "slack", "T1") == lakemont
        assert agencies.at_door(conn, "teams", "T1") is None
    with writing(database, ashby, at=NOON) as writer:
        writer.record(Door(channel="slack", address="T1"))
    with reading(database) as conn:
        assert agencies.at_door(conn, "slack", "T1") is None
    with writing(database, lakemont, at=NOON) as writer:
        writer.withdraw(old, Door)
    with reading(database) as conn:
        assert agencies.at_door(conn, "slack", "T1") == ashby


def test_an_agency_that_was_never_founded_cannot_be_written_to_or_read(database: Engine) -> None:
    nobody = AgencyId(7)
    with pytest.raises(UnknownAgencyError), writing(database, nobody, at=NOON):
        pass
    with reading(database) as conn, pytest.raises(UnknownAgencyError):
        agencies.agency(conn, nobody)
    with reading(database) as conn, pytest.raises(UnknownAgencyError):
        agencies.head_seq(conn, nobody)
    with reading(database) as conn, pytest.raises(UnknownAgencyError):
        audit.chain_head(conn, nobody)


def test_one_agency_neither_names_nor_ends_an_object_of_another(
    database: Engine, lakemont: AgencyId, ashby: AgencyId
) -> None:
    names = ["a" * 64, "b" * 64]
    with working(database) as conn:
        loose_files.begin(conn, lakemont, names, NOON)
        assert loose_files.give_up(conn, ashby, NOON + timedelta(days=9)) == 0
        loose_files.gone(conn, ashby, names[0])
        with pytest.raises(FileGivenUpError):
            loose_files.named(conn, ashby, names)
        assert [name for name, _, leaving in loose_files.of(conn, lakemont) if not leaving] == names
        loose_files.named(conn, lakemont, names[:1])
        assert [name for name, _, _ in loose_files.of(conn, lakemont)] == names[1:]
        assert loose_files.of(conn, ashby) == ()

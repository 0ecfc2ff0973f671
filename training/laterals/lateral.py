"""An agency asks another one of the installation for the record of its own officer, and takes in what was released.

A request is only written down here: nothing is looked up where it goes, so an agency that does not know the person
cannot be told from one that has not answered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from db.queries import agencies, evaluation, lateral
from db.queries.lateral import FROM_INTAKE, Proof
from db.records.audit import AuditDraft
from db.records.facts import (
    AgencyId,
    Completion,
    Credit,
    Kept,
    PersonAtAgency,
)
from db.records.lateral import IntakeRequest, IntakeTaken, RecordRelease
from db.unit_of_work import Writer
from reading.tables.codes import RowCode
from training.asking import Question, at_the_writing
from training.audit import AuditTag
from training.content.custody import acting
from training.permission_table import Ask
from training.permissions import hidden, may


class IntakeVerdict(StrEnum):
    """What became of a press; the catalogue holds a sentence for each."""

    ASKED = "asked"
    ASKED_BEFORE = "asked-before"
    NO_AGENCY = "no-agency"
    NO_PROOF = "no-proof"  # a license number, and an address or a day beside it
    SHARED_PROOF = "shared-proof"  # two people here carry the same license number
    TAKEN = "taken"
    NOTHING_NEW = "nothing-new"
    ENDED = "ended"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeDone:
    """A press and what it changed."""

    said: IntakeVerdict
    agency: str = ""
    person: PersonAtAgency | None = None
    brought: int = 0
    corrected: int = 0
    withdrawn: int = 0
    doubtful: int = 0
    left_alone: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeAsked:
    """One request as it stands. ``waits``: a release is to be taken in; ``newer``: there is more where it came from."""

    request: Kept[IntakeRequest]
    agency: str
    person: PersonAtAgency
    released_at: datetime | None
    waits: bool
    classes: int
    taken_at: datetime | None
    newer: bool


def asked_for(question: Question) -> tuple[IntakeAsked, ...]:
    """What the agency asks of others, without whomever the asker must not learn of."""
    conn, agency_id = question.conn, question.agency_id
    requests = lateral.requests_of(conn, agency_id)
    unseen = hidden(question)
    wanted = sorted({each.fact.person_id for each in requests} - unseen)
    here = {each.person_id: each for each in question.walls.by_ids(conn, agency_id, wanted)}
    latest = {each.fact.request_id: each for each in lateral.released_to(conn, agency_id)}
    taken = {each.fact.request_id: each for each in lateral.taken_by(conn, agency_id)}
    return tuple(
        _asked(conn, each, here[each.fact.person_id], latest.get(each.id), taken.get(each.id))
        for each in requests
        if each.fact.person_id in here
    )


def _asked(
    conn: Connection,
    request: Kept[IntakeRequest],
    person: PersonAtAgency,
    release: Kept[RecordRelease] | None,
    taken: Kept[IntakeTaken] | None,
) -> IntakeAsked:
    waits = release is not None and (taken is None or taken.fact.release_id != release.id)
    return IntakeAsked(
        request=request,
        agency=_name_of(conn, request),
        person=person,
        released_at=release.recorded_at if release is not None else None,
        waits=waits,
        classes=len(release.fact.classes["classes"]) if release is not None and waits else 0,
        taken_at=taken.recorded_at if taken is not None and not waits else None,
        newer=release is not None and not waits and lateral.changed_since(conn, release),
    )


def agency_of(question: Question, request_id: int) -> str:
    """The name of the agency that a request of ours went to; empty when there is no such request."""
    request = lateral.request_of(question.conn, question.agency_id, request_id)
    return _name_of(question.conn, request) if request is not None else ""


def _name_of(conn: Connection, request: Kept[IntakeRequest]) -> str:
    return agencies.agency(conn, AgencyId(request.fact.holder_id)).fact.name


def ask(question: Question, person: PersonAtAgency, agency: str) -> IntakeDone:
    """Ask the agency of this name; the words of the answer depend on nothing that is on file there."""
    with acting(question) as writer:
        conn, agency_id = writer.conn, writer.agency_id
        if not may(at_the_writing(writer, question), Ask.RECORD_CARE):
            return IntakeDone(said=IntakeVerdict.GONE)
        holder = _agency_called(conn, agency_id, agency)
        if holder is None:
            return IntakeDone(said=IntakeVerdict.NO_AGENCY)
        state = agencies.agency(conn, agency_id).fact.state
        everybody = lateral.proofs_of(conn, agency_id, state)
        proof = everybody.pop(person.person_id, Proof())
        name = agencies.agency(conn, holder).fact.name
        if not proof.licenses or not (proof.emails or proof.mobiles or proof.licensed_on):
            return IntakeDone(said=IntakeVerdict.NO_PROOF, agency=name, person=person)
        if any(proof.licenses & other.licenses for other in everybody.values()):
            return IntakeDone(said=IntakeVerdict.SHARED_PROOF, agency=name, person=person)
        fact = IntakeRequest(person_id=person.person_id, holder_id=holder)
        if any(each.fact == fact for each in lateral.requests_of(conn, agency_id)):
            return IntakeDone(said=IntakeVerdict.ASKED_BEFORE, agency=name, person=person)
        data = {"name": name, "request": writer.record(fact)[0]}
        writer.audit(AuditDraft(tag=AuditTag.INTAKE_ASKED, subject_id=person.person_id, data=data))
        return IntakeDone(said=IntakeVerdict.ASKED, agency=name, person=person)


def _agency_called(conn: Connection, own: AgencyId, name: str) -> AgencyId | None:
    """The one other agency of this name, long or short."""
    wanted = " ".join(name.casefold().split())
    meant = []
    for each in agencies.agencies(conn):
        fact = agencies.agency(conn, each).fact
        if each != own and wanted in {fact.name.casefold(), fact.short_name.casefold()}:
            meant.append(each)
    return meant[0] if len(meant) == 1 else None


def end(question: Question, request_id: int) -> IntakeDone:
    """Take a request back: nothing more can be released upon it. What was taken in stays."""
    with acting(question) as writer:
        request = lateral.request_of(writer.conn, writer.agency_id, request_id)
        person = _whom(at_the_writing(writer, question), request)
        if request is None or person is None:
            return IntakeDone(said=IntakeVerdict.GONE)
        writer.withdraw(request_id, IntakeRequest)
        name = _name_of(writer.conn, request)
        data = {"name": name, "request": request_id}
        writer.audit(AuditDraft(tag=AuditTag.INTAKE_ENDED, subject_id=person.person_id, data=data))
        return IntakeDone(said=IntakeVerdict.ENDED, agency=name, person=person)


def take(question: Question, request_id: int, title: str) -> IntakeDone:
    """Bring in what was last released upon a request; ``title`` is what a class is called whose own stays elsewhere."""
    with acting(question) as writer:
        conn, agency_id = writer.conn, writer.agency_id
        request = lateral.request_of(conn, agency_id, request_id)
        person = _whom(at_the_writing(writer, question), request)
        if request is None or person is None:
            return IntakeDone(said=IntakeVerdict.GONE)
        name = _name_of(conn, request)
        released = [
            each for each in lateral.released_to(conn, agency_id) if each.fact.request_id == request_id
        ]
        taken = {each.fact.release_id for each in lateral.taken_by(conn, agency_id)}
        if not released or released[-1].id in taken:
            return IntakeDone(said=IntakeVerdict.NOTHING_NEW, agency=name, person=person)
        return _bring(writer, person, name, title, released[-1])


def _whom(question: Question, request: Kept[IntakeRequest] | None) -> PersonAtAgency | None:
    """The person of a request, for whoever may still decide it."""
    if request is None or not may(question, Ask.RECORD_CARE) or request.fact.person_id in hidden(question):
        return None
    found = question.walls.by_ids(question.conn, question.agency_id, [request.fact.person_id])
    return found[0] if found else None


def _bring(
    writer: Writer, person: PersonAtAgency, name: str, title: str, release: Kept[RecordRelease]
) -> IntakeDone:
    conn, agency_id, person_id = writer.conn, writer.agency_id, person.person_id
    prefix = f"{FROM_INTAKE}{release.agency_id}:"
    source = f"{prefix}{release.id}"
    wanted = dict(_classes(release, prefix, person_id, title, name))
    # What came before and is not in this release any more was withdrawn where it came from.
    stale = lateral.taken_keys(conn, agency_id, person_id, prefix) - wanted.keys()
    held = lateral.latest_by_key(conn, agency_id, [*wanted, *stale])
    days = _days_held(conn, agency_id, person_id, prefix)
    counts = {"brought": 0, "corrected": 0, "withdrawn": 0, "doubtful": 0, "left_alone": 0}
    for source_key, fact in wanted.items():
        if source_key not in held:
            twin = (fact.completed_on, fact.hours) in days
            writer.record(_in_doubt(fact) if twin else fact, source=source)
            counts["brought"] += 1
            counts["doubtful"] += twin
            continue
        kept = held[source_key]
        if kept is None:
            counts["left_alone"] += 1
            continue
        said = replace(fact, credit=kept.fact.credit, credit_reason=kept.fact.credit_reason)
        if said == kept.fact:
            continue
        # What somebody here corrected or withdrew by hand stays as they left it.
        by_hand = not kept.source.startswith(prefix)
        counts["left_alone" if by_hand else "corrected"] += 1
        if not by_hand:
            writer.correct(kept.id, said, source=source)
    for source_key in stale:
        kept = held[source_key]
        if kept is not None and kept.source.startswith(prefix):
            writer.withdraw(kept.id, Completion, source=source)
            counts["withdrawn"] += 1
    writer.record(IntakeTaken(person_id=person_id, request_id=release.fact.request_id, release_id=release.id))
    data = {
        "name": name,
        "request": release.fact.request_id,
        "release": release.id,
        "records": counts["brought"],
    }
    writer.audit(AuditDraft(tag=AuditTag.INTAKE_TAKEN, subject_id=person_id, data=data))
    return IntakeDone(said=IntakeVerdict.TAKEN, agency=name, person=person, **counts)


def _days_held(
    conn: Connection, agency_id: AgencyId, person_id: int, prefix: str
) -> set[tuple[date, Decimal | None]]:
    """Days and hours of what counts and came from anywhere else: the same class may be on file already."""
    kept = evaluation.completions_for(conn, agency_id, [person_id]).get(person_id, ())
    return {
        (each.fact.completed_on, each.fact.hours)
        for each in kept
        if each.fact.credit is Credit.YES and not (each.fact.source_key or "").startswith(prefix)
    }


def _in_doubt(fact: Completion) -> Completion:
    return replace(fact, credit=Credit.DOUBTFUL, credit_reason=RowCode.DUPLICATE_SUSPECTED.value)


def _classes(
    release: Kept[RecordRelease], prefix: str, person_id: int, title: str, agency: str
) -> Iterator[tuple[str, Completion]]:
    """What was released, as records of this agency by their key."""
    for each in release.fact.classes["classes"]:
        source_key = f"{prefix}{each['ref']}"
        yield source_key, _completion(each, person_id, title, agency, source_key)


def _completion(
    said: Mapping[str, Any], person_id: int, title: str, agency: str, source_key: str
) -> Completion:
    return Completion(
        person_id=person_id,
        completed_on=date.fromisoformat(said["on"]),
        hours=None if said["hours"] is None else Decimal(said["hours"]),
        topics=tuple(said["topics"]),
        topic_hours={topic: Decimal(hours) for topic, hours in said["topic_hours"].items()},
        title=title,
        provider=agency,
        board_approved=said["board_approved"],
        source_key=source_key,
    )

"""Who asks for a record of ours, and who lets it go? The person says so first; whoever keeps the record releases it.

Somebody who has left may have no door any more: then two who keep the record release it together. What goes is day,
hours and topics of each class that counts here, and whether the board approved the class; nothing of who recorded or
approved it for the person.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from db.queries import agencies, evaluation, lateral
from db.queries.lateral import FROM_INTAKE
from db.records.audit import AuditDraft
from db.records.facts import (
    AgencyId,
    Completion,
    Credit,
    Kept,
    PersonAtAgency,
)
from db.records.lateral import IntakeRequest, RecordRelease, ReleaseSaid, ReleaseWord
from db.unit_of_work import Writer
from training.asking import SEPARATED, Question, at_the_writing
from training.audit import AuditTag
from training.content.custody import acting
from training.permission_table import Ask
from training.permissions import hidden, may
from training.twins.duplicates import FirstWordings


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A request of another agency, about one person here whom its numbers fit."""

    request: Kept[IntakeRequest]
    agency: str
    person: PersonAtAgency
    proof: tuple[str, ...]
    several: bool  # it fits others here too, so somebody has to say which
    own: bool
    left: bool
    allowed_at: datetime | None
    proposed_by: int | None
    released: Kept[RecordRelease] | None
    newer: bool

    @property
    def key(self) -> str:
        """Names it in a button."""
        return f"{self.request.id}:{self.person.person_id}"


class ReleaseVerdict(StrEnum):
    """What became of a press; the catalogue holds a sentence for each."""

    ALLOWED = "allowed"
    PROPOSED = "proposed"
    RELEASED = "released"
    STOPPED = "stopped"
    ALREADY = "already"
    SECOND = "second"  # whoever proposed is not the second person
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDone:
    """A press and what it was about; ``classes`` were released, ``doubtful`` stay because they do not count here."""

    said: ReleaseVerdict
    about: Waiting | None = None
    classes: int = 0
    doubtful: int = 0


def waiting(question: Question) -> tuple[Waiting, ...]:
    """What the asker may hear of: requests about themselves, and for who keeps the record those that may be decided.

    A request reaches the keepers only after the person said yes, or has left: that somebody has another employer is
    theirs to tell.
    """
    keeps, seconds = may(question, Ask.RELEASE), may(question, Ask.SECOND_PERSON)
    unseen = hidden(question)
    return tuple(
        each
        for each in _about(question, None if keeps or seconds else [question.asker.person_id])
        if each.own
        or (
            each.person.person_id not in unseen
            and (each.allowed_at is not None or each.left or each.released is not None)
            and (keeps or (seconds and each.proposed_by is not None))
        )
    )


def press(question: Question, key: str) -> ReleaseDone:
    """The person allows it; or whoever keeps the record releases it, of somebody who has left with a second person."""
    with acting(question) as writer:
        inside = at_the_writing(writer, question)
        about = _find(inside, key)
        if about is None:
            return ReleaseDone(said=ReleaseVerdict.GONE)
        if about.own:
            if about.allowed_at is not None:
                return ReleaseDone(said=ReleaseVerdict.ALREADY, about=about)
            return _word(writer, about, ReleaseSaid.ALLOWED)
        if about.released is not None and not about.newer:
            return ReleaseDone(said=ReleaseVerdict.ALREADY, about=about)
        keeps = may(inside, Ask.RELEASE)
        if about.allowed_at is None:
            if about.proposed_by is None:
                return (
                    _word(writer, about, ReleaseSaid.PROPOSED)
                    if keeps
                    else ReleaseDone(said=ReleaseVerdict.GONE)
                )
            if about.proposed_by == question.asker.person_id:
                return ReleaseDone(said=ReleaseVerdict.SECOND, about=about)
        elif not keeps:
            return ReleaseDone(said=ReleaseVerdict.GONE)
        return _release(writer, about)


def stop(question: Question, key: str) -> ReleaseDone:
    """Nothing more goes upon this request. What was taken in before stays where it is."""
    with acting(question) as writer:
        inside = at_the_writing(writer, question)
        about = _find(inside, key)
        if about is None or not (about.own or may(inside, Ask.RELEASE)):
            return ReleaseDone(said=ReleaseVerdict.GONE)
        return _word(writer, about, ReleaseSaid.KEPT_BACK)


def _find(question: Question, key: str) -> Waiting | None:
    return next((each for each in waiting(question) if each.key == key), None)


_TAGS = {
    ReleaseSaid.ALLOWED: (AuditTag.RELEASE_ALLOWED, ReleaseVerdict.ALLOWED),
    ReleaseSaid.PROPOSED: (AuditTag.RELEASE_PROPOSED, ReleaseVerdict.PROPOSED),
    ReleaseSaid.KEPT_BACK: (AuditTag.RELEASE_STOPPED, ReleaseVerdict.STOPPED),
}


def _word(writer: Writer, about: Waiting, word: ReleaseSaid) -> ReleaseDone:
    person_id = about.person.person_id
    writer.record(ReleaseWord(person_id=person_id, request_id=about.request.id, word=word))
    tag, said = _TAGS[word]
    writer.audit(AuditDraft(tag=tag, subject_id=person_id, data=_data(about)))
    return ReleaseDone(said=said, about=about)


def _release(writer: Writer, about: Waiting) -> ReleaseDone:
    person_id = about.person.person_id
    classes, doubtful = _classes(writer.conn, writer.agency_id, about)
    fact = RecordRelease(
        person_id=person_id, request_id=about.request.id, proof=about.proof, classes={"classes": classes}
    )
    release_id = writer.record(fact)[0]
    data = {**_data(about), "kind": "record-released", "release": release_id, "records": len(classes)}
    writer.audit(AuditDraft(tag=AuditTag.RECORD_RELEASED, subject_id=person_id, data=data))
    return ReleaseDone(said=ReleaseVerdict.RELEASED, about=about, classes=len(classes), doubtful=doubtful)


def _data(about: Waiting) -> dict[str, Any]:
    return {"name": about.agency, "request": about.request.id}


def _classes(conn: Connection, agency_id: AgencyId, about: Waiting) -> tuple[list[Mapping[str, Any]], int]:
    """The classes that go, and how many stay because they are only claimed or in doubt here."""
    person_id = about.person.person_id
    kept = evaluation.completions_for(conn, agency_id, [person_id]).get(person_id, ())
    own = [each for each in kept if not (each.fact.source_key or "").startswith(FROM_INTAKE)]
    good = [each for each in own if each.fact.credit is Credit.YES and each.fact.passed is not False]
    first = FirstWordings(conn, agency_id)
    asking = about.request.agency_id
    doubtful = sum(each.fact.credit is Credit.DOUBTFUL for each in own)
    return [_class(each.fact, f"{agency_id}:{asking}:{first.of(each.id)}") for each in good], doubtful


def _class(fact: Completion, name: str) -> Mapping[str, Any]:
    """``ref`` stays with the class when it is corrected, and is no number of ours."""
    return {
        "ref": sha256(name.encode()).hexdigest()[:20],
        "on": fact.completed_on.isoformat(),
        "hours": None if fact.hours is None else str(fact.hours),
        "topics": list(fact.topics),
        "topic_hours": {topic: str(hours) for topic, hours in fact.topic_hours.items()},
        "board_approved": fact.board_approved,
    }


def _about(question: Question, whose: list[int] | None) -> tuple[Waiting, ...]:
    """Every open request that fits somebody here, or one of these."""
    conn, agency_id = question.conn, question.agency_id
    asked = lateral.asked_of(conn, agency_id, question.today)
    if not asked:
        return ()
    words = lateral.words_of(conn, agency_id)
    stopped = {each.fact.request_id for each in words if each.fact.word is ReleaseSaid.KEPT_BACK}
    released = {each.fact.request_id: each for each in lateral.releases_of(conn, agency_id)}
    here = lateral.proofs_of(conn, agency_id, agencies.agency(conn, agency_id).fact.state, whose)
    found: list[Waiting] = []
    for request in asked:
        if request.id in stopped:
            continue
        asking = agencies.agency(conn, request.agency_id).fact
        proof = lateral.proof_behind(conn, request, asking.state)
        fits = {person_id: question.walls.agreeing(proof, held) for person_id, held in here.items()}
        before = released.get(request.id)
        for person in question.walls.by_ids(conn, agency_id, [each for each, why in fits.items() if why]):
            if before is not None and before.fact.person_id != person.person_id:
                continue
            found.append(
                _waiting(question, request, asking.name, person, fits[person.person_id], words, before)
            )
    often = Counter(each.request.id for each in found)
    return tuple(replace(each, several=often[each.request.id] > 1) for each in found)


def _waiting(
    question: Question,
    request: Kept[IntakeRequest],
    agency: str,
    person: PersonAtAgency,
    proof: tuple[str, ...],
    words: tuple[Kept[ReleaseWord], ...],
    before: Kept[RecordRelease] | None,
) -> Waiting:
    said = [
        each
        for each in words
        if (each.fact.request_id, each.fact.person_id) == (request.id, person.person_id)
    ]
    allowed = next((each for each in said if each.fact.word is ReleaseSaid.ALLOWED), None)
    proposed = next(
        (
            each
            for each in said
            if each.fact.word is ReleaseSaid.PROPOSED and (before is None or each.id > before.id)
        ),
        None,
    )
    employment = person.employment.fact
    return Waiting(
        request=request,
        agency=agency,
        person=person,
        proof=proof,
        several=False,
        own=person.person_id == question.asker.person_id,
        left=employment.status == SEPARATED
        or (employment.ended_on is not None and employment.ended_on < question.today),
        allowed_at=allowed.recorded_at if allowed is not None else None,
        proposed_by=proposed.recorded_by if proposed is not None else None,
        released=before,
        newer=before is not None and lateral.changed_since(question.conn, before),
    )

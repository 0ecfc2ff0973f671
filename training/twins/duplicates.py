"""What may be twice or wrong at an agency, and what follows when somebody decides? Nothing changes before that."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from sqlalchemy import Connection

from db.queries import evaluation, likeness, people
from db.queries.likeness import CompletionLook
from db.records.audit import AuditDraft
from db.records.facts import (
    AgencyId,
    Completion,
    ContactKind,
    Credit,
    LikenessDecision,
    LikenessOf,
    LikenessVerdict,
    PersonAtAgency,
)
from db.unit_of_work import Writer
from reading.tables.codes import RowCode
from training.audit import AuditTag
from training.twins.likeness import PersonLook, Proposal, completions_alike, impossible_days, people_alike


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that waits for a decision, with the people and records it is about."""

    open: tuple[Proposal, ...]
    people: Mapping[int, PersonAtAgency]
    records: Mapping[int, CompletionLook]

    def whom(self, proposal: Proposal) -> tuple[int, ...]:
        """The people whose records a proposal shows."""
        if proposal.subject in (LikenessOf.COMPLETIONS, LikenessOf.DATE):
            return (self.records[proposal.one].person_id,)
        return tuple(dict.fromkeys((proposal.one, proposal.other)))

    def without(self, people: Collection[int]) -> "Proposals":
        """The same without every proposal that shows one of these people."""
        return replace(self, open=tuple(each for each in self.open if not set(self.whom(each)) & set(people)))

    def find(self, key: str) -> Proposal | None:
        """The open proposal that a button names."""
        return next((each for each in self.open if each.key == key), None)


def proposals(
    conn: Connection,
    agency_id: AgencyId,
    today: date,
    *,
    until: date | None = None,
    known_at: int | None = None,
) -> Proposals:
    """People first, then days that cannot be, then records, each without what somebody has decided.

    ``today``: days after it cannot be. ``until`` leaves out what was completed, and who was appointed, after that day.
    """
    appointed = _appointed(conn, agency_id, known_at)
    roster = {each.person_id: each for each in people.roster(conn, agency_id, known_at=known_at)}
    by_then = [
        each for each in roster.values() if until is None or appointed.get(each.person_id, until) <= until
    ]
    looks = {
        each.id: each
        for each in likeness.completion_looks(conn, agency_id, known_at=known_at)
        if until is None or each.completed_on <= until
    }
    found = chain(
        people_alike(_person_looks(conn, agency_id, by_then, known_at)),
        impossible_days(looks.values(), appointed, today),
        completions_alike(looks.values()),
    )
    first = FirstWordings(conn, agency_id)
    decided = {
        (each.fact.subject, each.fact.one_id, each.fact.other_id)
        for each in likeness.decisions(conn, agency_id, known_at=known_at)
    }
    waiting = tuple(each for each in found if first.names(each) not in decided)
    shown = {each for proposal in waiting for each in (proposal.one, proposal.other)}
    return Proposals(waiting, roster, {key: look for key, look in looks.items() if key in shown})


def proposals_at(
    conn: Connection, agency_id: AgencyId, day: date, *, read_on: date, known_at: int | None
) -> Proposals:
    """What waited for a day by the file as it is read on another: of a day before that only what had been by then."""
    until = day if day < read_on else None
    return proposals(conn, agency_id, day, until=until, known_at=known_at)


class FirstWordings:
    """A record keeps its name in a decision when it is corrected later."""

    def __init__(self, conn: Connection, agency_id: AgencyId) -> None:
        self._earlier = likeness.earlier_wordings(conn, agency_id)

    def of(self, record: int) -> int:
        """The id of the first wording."""
        while record in self._earlier:
            record = self._earlier[record]
        return record

    def names(self, proposal: Proposal) -> tuple[LikenessOf, int, int]:
        """How a decision about the proposal is kept."""
        if proposal.subject in (LikenessOf.COMPLETIONS, LikenessOf.DATE):
            one, other = sorted((self.of(proposal.one), self.of(proposal.other)))
            return (proposal.subject, one, other)
        return (proposal.subject, proposal.one, proposal.other)


def _appointed(conn: Connection, agency_id: AgencyId, known_at: int | None) -> dict[int, date]:
    """By person the first day of the first employment that has one; nobody for whom one employment lacks it."""
    found: dict[int, date] = {}
    for person_id, facts in evaluation.facts_for(conn, agency_id, known_at=known_at).items():
        days = [each.fact.appointed_on for each in facts.employments]
        known = [day for day in days if day is not None]
        if known and len(known) == len(days):
            found[person_id] = min(known)
    return found


def _person_looks(
    conn: Connection,
    agency_id: AgencyId,
    roster: Iterable[PersonAtAgency],
    known_at: int | None,
) -> Sequence[PersonLook]:
    licenses: dict[int, set[str]] = {}
    for person_id, number in likeness.license_numbers(conn, agency_id, known_at=known_at):
        licenses.setdefault(person_id, set()).add(number.casefold().lstrip("0"))
    points: dict[tuple[int, ContactKind], set[str]] = {}
    for person_id, kind, value in likeness.addresses(conn, agency_id, known_at=known_at):
        points.setdefault((person_id, kind), set()).add(value)
    return [
        PersonLook(
            person_id=each.person_id,
            badge_number=each.employment.fact.badge_number,
            given=each.given,
            family=each.family,
            licenses=frozenset(licenses.get(each.person_id, ())),
            emails=frozenset(points.get((each.person_id, ContactKind.EMAIL), ())),
            mobiles=frozenset(points.get((each.person_id, ContactKind.MOBILE), ())),
        )
        for each in roster
    ]


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody says about one proposal, out of all that are open."""

    proposal: Proposal
    verdict: LikenessVerdict
    of: Proposals

    def write(self, writer: Writer) -> Iterable[AuditDraft]:
        """Keep the decision and do what follows from it; the entries that say so."""
        proposal = self.proposal
        subject, one, other = FirstWordings(writer.conn, writer.agency_id).names(proposal)
        gone = proposal.withdraw if self.verdict is LikenessVerdict.SAME else None
        kept = LikenessDecision(
            subject=subject, one_id=one, other_id=other, verdict=self.verdict, withdrawn_id=gone
        )
        decision = writer.record(kept)[0]
        whom = self.of.whom(proposal)
        data = {"subject": subject.value, "verdict": self.verdict.value, "one": one, "other": other}
        yield AuditDraft(
            tag=AuditTag.LIKENESS_DECIDED, subject_id=whom[0], data=data | {"decision": decision}
        )
        if gone is not None:
            writer.withdraw(gone, Completion)
            yield AuditDraft(
                tag=AuditTag.COMPLETION_WITHDRAWN,
                subject_id=whom[0],
                data={"record": gone, "decision": decision},
            )
        for record in self._cleared():
            yield from _clear(writer, record, whom[0], decision)

    def _cleared(self) -> list[int]:
        """Records that were in doubt only for being twice, once no other proposal speaks of them."""
        if self.proposal.subject is not LikenessOf.COMPLETIONS:
            return []
        still = {
            each
            for proposal in self.of.open
            if proposal is not self.proposal and proposal.subject is LikenessOf.COMPLETIONS
            for each in (proposal.one, proposal.other)
        }
        gone = self.proposal.withdraw if self.verdict is LikenessVerdict.SAME else None
        pair = (self.proposal.one, self.proposal.other)
        return [
            each
            for each in pair
            if each != gone
            and each not in still
            and self.of.records[each].credit_reason == RowCode.DUPLICATE_SUSPECTED.value
        ]


def _clear(writer: Writer, record: int, person_id: int, decision: int) -> Iterable[AuditDraft]:
    kept = evaluation.completion(writer.conn, writer.agency_id, record)
    if kept is None:
        return
    writer.correct(record, replace(kept.fact, credit=Credit.YES, credit_reason=None))
    yield AuditDraft(
        tag=AuditTag.COMPLETION_CORRECTED,
        subject_id=person_id,
        data={"record": record, "decision": decision},
    )

"""What did one person's file say on a day as known at a moment, where did each entry come from, and what differs
between two such transcripts?

For the terminal of whoever runs Rollcall; each look is written down.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries import agencies, one_record, people, set_backs, transcripts
from db.queries.transcripts import KnownCompletion
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, Completion, Kept
from db.records.imports import IMPORTED
from db.unit_of_work import writing
from messages.transcript import EntryChange, TranscriptChange, TranscriptFacts, TranscriptLineFacts
from rules.standing import Standing
from training.audit import AuditTag
from training.office import Office, business_now
from training.packs import PackShelf
from training.people import display_name
from training.standings import compliance
from training.standings.standing_change import compared
from training.transcripts.records import record_number

# How a completion is filed, and not what it says.
_NOT_SAID = frozenset({"person_id", "source_key", "topic_reasons"})


@dataclass(frozen=True, slots=True)
class Transcript:
    """What is said, and what it was made from. ``standing`` None: not on the roster then."""

    person_id: int
    facts: TranscriptFacts
    known: tuple[KnownCompletion, ...]
    standing: Standing | None


def transcript(
    conn: Connection,
    shelf: PackShelf,
    agency_id: AgencyId,
    badge: str,
    *,
    as_of: date,
    known_at: datetime | None,
    now: datetime,
) -> Transcript | None:
    """Completions up to the day, in force as known at the instant, and the standing they gave under the rules of that
    day; with them what had happened by the day and was recorded only later. ``known_at`` None is everything on file
    ``now``, whatever a clock said when it was recorded. None for a badge that nobody has."""
    person = people.by_badge(conn, agency_id, badge)
    if person is None:
        return None
    agency = agencies.agency(conn, agency_id).fact
    head = agencies.head_seq(conn, agency_id)
    sequence = head if known_at is None else agencies.seq_at(conn, agency_id, known_at)
    known = _until(as_of, transcripts.completions_known(conn, agency_id, person.person_id, sequence))
    later = [
        each
        for each in _until(as_of, transcripts.completions_known(conn, agency_id, person.person_id, head))
        if each.kept.seq > sequence
    ]
    judged = compliance.judge(conn, shelf, agency_id, person.person_id, as_of, known_at=sequence)
    standing = None if judged is None else judged.standing
    provenance = _Provenance(conn, agency_id, ZoneInfo(agency.time_zone), (*known, *later))
    facts = TranscriptFacts(
        name=f"{person.given} {person.family}",
        badge=person.employment.fact.badge_number,
        agency=agency.name,
        as_of=as_of,
        known_at=(known_at or now).astimezone(ZoneInfo(agency.time_zone)),
        sequence=sequence,
        word=None if standing is None else standing.word,
        packs=() if standing is None else standing.packs,
        entries=tuple(provenance.entry(each) for each in known),
        recorded_later=tuple(provenance.entry(each) for each in later),
        doubtful=known_at is not None and set_backs.came_again(conn, agency_id, known_at),
    )
    return Transcript(person.person_id, facts, known, standing)


def difference(before: Transcript, after: Transcript) -> TranscriptChange:
    """What the second says that the first did not. An entry is the same one when it began as the same row."""
    was = {each.first_id: (each, said) for each, said in zip(before.known, before.facts.entries, strict=True)}
    now = {each.first_id: (each, said) for each, said in zip(after.known, after.facts.entries, strict=True)}

    def late(each: KnownCompletion) -> bool:
        return each.kept.fact.completed_on <= before.facts.as_of and each.kept.seq > before.facts.sequence

    changed = []
    for first_id, (each, said) in now.items():
        if first_id in was and was[first_id][0].kept.id != each.kept.id:
            old, old_said = was[first_id]
            differing = _differing(old.kept.fact, each.kept.fact)
            changed.append(EntryChange(old_said, said, differing, late(each)))
    return TranscriptChange(
        before=before.facts,
        after=after.facts,
        added=tuple(
            EntryChange(None, said, late=late(each))
            for first_id, (each, said) in now.items()
            if first_id not in was
        ),
        removed=tuple(EntryChange(said, None) for first_id, (_, said) in was.items() if first_id not in now),
        changed=tuple(changed),
        standing=None
        if before.standing is None or after.standing is None
        else compared(before.standing, after.standing),
    )


def note_look(office: Office, agency_id: AgencyId, made: Iterable[Transcript], channel: str) -> None:
    """Write down that a record was looked at, on which day and as known at which place of the sequence."""
    with writing(office.engine, agency_id, at=business_now(office), channel=channel) as writer:
        writer.audit(
            *(
                AuditDraft(
                    tag=AuditTag.RECORD_VIEWED,
                    subject_id=each.person_id,
                    data={
                        "kind": "transcript",
                        "as_of": each.facts.as_of.isoformat(),
                        "known_at": each.facts.sequence,
                        "packs": list(each.facts.packs),
                        "records": len(each.facts.entries),
                        **({} if each.facts.word is None else {"word": each.facts.word.value}),
                    },
                )
                for each in made
            )
        )


def sources_of(conn: Connection, agency_id: AgencyId, kept: Iterable[Kept[Completion]]) -> Mapping[int, str]:
    """Where each record comes from, by its id: the file it was taken from, or the way it came in."""
    files = _Files(conn, agency_id)
    return {each.id: files.of(each) or each.source for each in kept}


def _until(day: date, known: Iterable[KnownCompletion]) -> tuple[KnownCompletion, ...]:
    return tuple(each for each in known if each.kept.fact.completed_on <= day)


def _differing(before: Completion, after: Completion) -> tuple[str, ...]:
    return tuple(
        field.name
        for field in fields(Completion)
        if field.name not in _NOT_SAID and getattr(before, field.name) != getattr(after, field.name)
    )


class _Provenance:
    """Who recorded each entry and from which file, each looked up once."""

    def __init__(
        self, conn: Connection, agency_id: AgencyId, zone: ZoneInfo, known: Iterable[KnownCompletion]
    ) -> None:
        self._zone = zone
        self._files = _Files(conn, agency_id)
        writers = {each.kept.recorded_by for each in known} - {None}
        found = people.by_ids(conn, agency_id, sorted(each for each in writers if each is not None))
        self._names: Mapping[int | None, str] = {each.person_id: display_name(each) for each in found}

    def entry(self, known: KnownCompletion) -> TranscriptLineFacts:
        kept, later = known.kept, known.later
        fact = kept.fact
        return TranscriptLineFacts(
            number=record_number(kept.id),
            on=fact.completed_on,
            title=fact.title,
            hours=fact.hours,
            topics=fact.topics,
            provider=fact.provider or "",
            credit=fact.credit.value,
            recorded_at=kept.recorded_at.astimezone(self._zone),
            recorded_by=self._names.get(kept.recorded_by, ""),
            file_name=self._files.of(kept),
            source=kept.source,
            ended_at=None if later is None else later.recorded_at.astimezone(self._zone),
            later=None if later is None or later.withdrawn or later.moved else record_number(later.id),
            withdrawn=later is not None and later.withdrawn,
        )


class _Files:
    """The names of the files that records were taken from, each looked up once."""

    def __init__(self, conn: Connection, agency_id: AgencyId) -> None:
        self._conn, self._agency_id = conn, agency_id
        self._names: dict[tuple[str, datetime], str] = {}

    def of(self, kept: Kept[Completion]) -> str:
        """The file of a record; empty for one that came another way."""
        if not kept.source.startswith(IMPORTED):
            return ""
        place = (kept.source, kept.recorded_at)
        if place not in self._names:
            kind = kept.source.removeprefix(IMPORTED)
            batch = one_record.batch_of(self._conn, self._agency_id, kept, kind)
            self._names[place] = "" if batch is None else batch.fact.file_name
        return self._names[place]

"""What leaves the system as a file, for whom and for what? A purpose from a closed list, an entry, then the content."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from io import StringIO
from typing import Literal

from db.queries.audit import PEOPLE_SHOWN
from db.queries.context import Sender
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, Completion, Credit, Kept, PersonAtAgency
from db.unit_of_work import writing
from messages import team, wording
from messages.lines import duty_text, parts_text, still_owed
from messages.words import Words
from reading.tables.rejected import neutral
from rules.standing import LineState, Standing
from training.asking import Question, asking
from training.audit import AuditTag
from training.errors import ErrorCode, RollcallError
from training.office import Office
from training.people import display_name, named
from training.permission_table import Ask
from training.permissions import may
from training.purposes import Purpose
from training.standings import compliance
from training.standings.history import history
from training.standings.team import SMALLEST_GROUP, standing_of_people
from training.transcripts.pseudonyms import person_behind, pseudonym
from training.transcripts.records import record_number
from training.transcripts.transcripts import sources_of

Column = Literal[
    "approved",
    "badge",
    "course",
    "credit",
    "date",
    "first",
    "hours",
    "kind",
    "open",
    "overdue",
    "percent",
    "person",
    "provider",
    "pseudonym",
    "record",
    "recorded",
    "score",
    "source",
    "standing",
    "title",
    "topics",
]
GAP = " | "
# Files of one person's, who finds them among the looks at their record.
OF_ONE = frozenset({"export-transcript", "export-proof"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One file before it is written: what it is of, for what, and its rows; ``people`` are those it shows."""

    kind: str
    head: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    people: tuple[int, ...]
    purpose: str


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who asks for a file, through which door, of which installation."""

    office: Office
    agency_id: AgencyId
    sender: Sender
    channel: str
    words: Words


def transcript(clerk: Clerk, badge: str, purpose: str) -> Export:
    """Everything on one person's file. The same refusal for nobody and for somebody who is not the asker's to see."""
    with asking(clerk.office, clerk.agency_id, clerk.sender, clerk.channel) as question:
        stated = _purpose(clerk, question, purpose)
        if question is None or stated is None:
            raise _refusal(clerk, question)
        # The stated purpose is the matter that some roles need before they see a record.
        asked = _for(question, stated)
        found = named(asked, badge).found
        person = found[0] if len(found) == 1 else None
        own = person is not None and person.person_id == question.asker.person_id
        if person is None or not may(asked, Ask.OWN_EXPORT if own else Ask.RECORD_EXPORT):
            raise _refusal(clerk, question)
        export = _transcript(asked, person, stated, clerk.words)
        _keep(clerk, asked, export)
        return export


def own_transcript(question: Question, words: Words) -> Export:
    """The asker's own file, for themselves; the entry that says so is ``entry_of``, and goes with the answer."""
    [person] = question.walls.by_ids(question.conn, question.agency_id, [question.asker.person_id])
    return _transcript(question, person, Purpose.OWN_COPY.value, words)


def _transcript(question: Question, person: PersonAtAgency, purpose: str, words: Words) -> Export:
    """Where the person stands, by which rules, and every record as it is on file with where it comes from."""
    kept = history(question, person.person_id, None, None).completions
    judged = compliance.judge(
        question.conn,
        question.shelf,
        question.agency_id,
        person.person_id,
        question.day,
        known_at=question.known_at,
    )
    sources = sources_of(question.conn, question.agency_id, kept)
    credited = [each.fact.hours for each in kept if each.fact.credit is Credit.YES and each.fact.hours]
    totals = {
        "standing": "" if judged is None else judged.standing.word.value,
        "rules": "" if judged is None else wording.listed(judged.standing.packs),
        "owed": "" if judged is None else GAP.join(_owed(judged.standing, question.today, words)),
        "records": str(len(kept)),
        "hours": wording.hours(sum(credited, Decimal(0)), words),
        "as-known": str(question.asker.head_seq),
    }
    title = words.say("export-of-transcript", name=display_name(person))
    return Export(
        kind="export-transcript",
        head=(
            *_head(question, purpose, words, title),
            *((words.say(f"export-head-{name}"), value) for name, value in totals.items() if value),
        ),
        columns=_columns(words, "record", "date", "title", "hours", "score", "topics", "provider", "course",
                         "approved", "credit", "recorded", "source"),
        rows=tuple(_record(each, sources[each.id], words) for each in kept),
        people=(person.person_id,),
        purpose=purpose,
    )  # fmt: skip


def _owed(standing: Standing, today: date, words: Words) -> Iterable[str]:
    for each in still_owed(standing):
        duty, parts = duty_text(each.line, today, words), parts_text(each, words)
        yield words.say("export-owed", duty=duty, parts=parts) if parts else duty


def standings_list(clerk: Clerk, purpose: str) -> Export:
    """Where everybody stands today. People in protected assignments are in no such file, whoever makes it."""
    with asking(clerk.office, clerk.agency_id, clerk.sender, clerk.channel) as question:
        stated = _purpose(clerk, question, purpose)
        if question is None or stated is None or not may(question, Ask.LIST_EXPORT):
            raise _refusal(clerk, question)
        roster = question.walls.roster(question.conn, question.agency_id)
        found = standing_of_people(
            question, [each for each in roster if each.person_id not in question.protected]
        )
        rows = []
        for person, standing in found.rows:
            first = team.most_urgent(standing)
            urgent = duty_text(first, question.today, clerk.words) if first is not None else ""
            badge = person.employment.fact.badge_number
            rows.append((badge, display_name(person), standing.word.value, urgent))
        export = Export(
            kind="export-standings",
            head=_head(question, stated, clerk.words, clerk.words.say("export-of-standings")),
            columns=_columns(clerk.words, "badge", "person", "standing", "first"),
            rows=tuple(rows),
            people=tuple(person.person_id for person, _ in found.rows),
            purpose=stated,
        )
        _keep(clerk, question, export)
        return export


def analytics(clerk: Clerk, purpose: str, key: bytes) -> Export:
    """Everybody's figures under a pseudonym that stays, without anything by which a small group points at one."""
    with asking(clerk.office, clerk.agency_id, clerk.sender, clerk.channel) as question:
        stated = _purpose(clerk, question, purpose)
        if question is None or stated is None or not may(question, Ask.ANALYTICS_EXPORT):
            raise _refusal(clerk, question)
        roster = question.walls.roster(question.conn, question.agency_id)
        found = standing_of_people(
            question, [each for each in roster if each.person_id not in question.protected]
        )
        sizes = Counter(person.employment.fact.kind for person, _ in found.rows)
        enough = len(found.rows) >= SMALLEST_GROUP
        rows = sorted(
            (
                pseudonym(key, question.agency_id, person.person_id),
                person.employment.fact.kind if sizes[person.employment.fact.kind] >= SMALLEST_GROUP else "",
                standing.word.value,
                "" if standing.percent is None else str(standing.percent),
                str(len(standing.in_state(LineState.OPEN))),
                str(len(standing.in_state(LineState.OVERDUE))),
            )
            for person, standing in (found.rows if enough else ())
        )
        export = Export(
            kind="export-analytics",
            head=_head(question, stated, clerk.words, clerk.words.say("export-of-analytics")),
            columns=_columns(clerk.words, "pseudonym", "kind", "standing", "percent", "open", "overdue"),
            rows=tuple(rows),
            people=tuple(person.person_id for person, _ in found.rows) if enough else (),
            purpose=stated,
        )
        _keep(clerk, question, export)
        return export


def re_identify(clerk: Clerk, written: str, purpose: str, key: bytes) -> str:
    """Who is behind a pseudonym, by badge and name, for whoever may know; the person sees that it was asked."""
    with asking(clerk.office, clerk.agency_id, clerk.sender, clerk.channel) as question:
        stated = _purpose(clerk, question, purpose)
        if question is None or stated is None or not may(question, Ask.RE_IDENTIFY):
            raise _refusal(clerk, question)
        people = {each.person_id: each for each in question.walls.roster(question.conn, question.agency_id)}
        person_id = person_behind(
            key, question.agency_id, sorted(people.keys() - question.protected), written
        )
        if person_id is None:
            raise _refusal(clerk, question)
        data = {"kind": "re-identified", "purpose": stated}
        entry = AuditDraft(
            tag=AuditTag.PERSON_RE_IDENTIFIED,
            subject_id=person_id,
            reason=wording.purpose_in_words(stated, clerk.words),
            data=data,
        )
        _log(clerk, question, entry)
        person = people[person_id]
        return clerk.words.say(
            "re-identified", name=display_name(person), badge=person.employment.fact.badge_number
        )


def as_csv(export: Export) -> bytes:
    """Head, an empty line, columns and rows; no cell that a spreadsheet would compute."""
    out = StringIO()
    writer = csv.writer(out)
    for row in (*export.head, (), export.columns, *export.rows):
        writer.writerow([neutral(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def as_text(export: Export) -> bytes:
    """The same to read."""
    lines = [f"{label}: {value}" for label, value in export.head]
    lines += ["", *(GAP.join(row) for row in (export.columns, *export.rows))]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _purpose(clerk: Clerk, question: Question | None, written: str) -> str | None:
    """The purpose as it was typed, when the closed list has it; None is a refusal."""
    return written if question is not None and written in clerk.office.walls.purposes else None


def _for(question: Question, purpose: str) -> Question:
    return question if question.purpose else question.stating(purpose)


def _head(question: Question, purpose: str, words: Words, title: str) -> tuple[tuple[str, str], ...]:
    said = {
        "agency": question.asker.agency_name,
        "content": title,
        "made-at": wording.moment(question.at, words),
        "made-by": f"{question.asker.given} {question.asker.family}, {question.asker.badge_number}",
        "purpose": wording.purpose_in_words(purpose, words),
    }
    return tuple((words.say(f"export-head-{name}"), value) for name, value in said.items())


def _columns(words: Words, *names: Column) -> tuple[str, ...]:
    return tuple(words.say(f"export-column-{name}") for name in names)


def _record(kept: Kept[Completion], source: str, words: Words) -> tuple[str, ...]:
    fact = kept.fact
    approved = {True: words.say("export-yes"), False: words.say("export-no"), None: ""}
    return (
        str(record_number(kept.id)),
        fact.completed_on.isoformat(),
        fact.title,
        "" if fact.hours is None else f"{fact.hours:f}",
        "" if fact.score is None else f"{fact.score:f}",
        wording.listed(fact.topics),
        fact.provider or "",
        fact.course_number or "",
        approved[fact.board_approved],
        fact.credit.value,
        kept.recorded_at.date().isoformat(),
        source,
    )


def entry_of(export: Export, words: Words) -> AuditDraft:
    """What the log says of a file that leaves."""
    digest = sha256(as_csv(export)).hexdigest()
    data = {"kind": export.kind, "purpose": export.purpose, "records": len(export.rows), "file_hash": digest}
    one = export.people[0] if export.kind in OF_ONE else None
    shown: dict[str, Sequence[int]] = {} if one is not None else {PEOPLE_SHOWN: sorted(export.people)}
    return AuditDraft(
        tag=AuditTag.EXPORT_MADE,
        subject_id=one,
        reason=wording.purpose_in_words(export.purpose, words),
        data={**data, **shown},
    )


def _keep(clerk: Clerk, question: Question, export: Export) -> None:
    """The entry is there before the file is: nothing leaves unlogged."""
    _log(clerk, question, entry_of(export, clerk.words))


def _log(clerk: Clerk, question: Question, *entries: AuditDraft) -> None:
    asker = question.asker
    with writing(
        clerk.office.engine, clerk.agency_id, at=asker.now, actor_id=asker.person_id, channel=clerk.channel
    ) as writer:
        writer.audit(*entries)


def _refusal(clerk: Clerk, question: Question | None) -> RollcallError:
    """One refusal for every reason; a known asker's is an entry."""
    if question is not None:
        _log(clerk, question, AuditDraft(tag=AuditTag.RECORD_REFUSED, data={"kind": "export"}))
    return RollcallError(ErrorCode.EXPORT_REFUSED)


def purposes() -> Iterable[str]:
    """The closed list, as it is typed."""
    return (each.value for each in Purpose)

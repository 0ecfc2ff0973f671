"""What was written down at an agency, entry by entry, and which rules did each answer rest on?

A view of everything, about everybody. ``trail`` is for whoever runs a demo: nothing there asks who reads, and reading
writes no entry. ``log_page`` is for the records custodian and the auditor, and asks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries import agencies, audit, imports, people
from db.records.audit import AuditEntry
from db.records.facts import AgencyId
from db.records.imports import RowFate
from db.unit_of_work import reading
from messages.explain import RuleFacts
from messages.trail import EntryMoment, ImportFacts, Somebody, TrailEntryFacts
from rules.pack import Pack
from rules.standing import StandingWord
from training.asking import Question
from training.audit import AuditTag
from training.log.stretches import Days, written
from training.office import Office
from training.packs import PackShelf
from training.people import display_name
from training.permission_table import Ask
from training.permissions import hidden, may
from training.standings.duties import rule_facts
from training.transcripts.records import record_number

# Entries read at once: a screen of them, and what a morning of talk writes between two looks.
MOST = 200


@dataclass(frozen=True, slots=True)
class Trail:
    """Entries in the order they were written; ``last`` is the position to go on after."""

    entries: tuple[TrailEntryFacts, ...]
    last: int


def trail(office: Office, agency_id: AgencyId, after: int = 0, limit: int = MOST) -> Trail:
    """The entries after a position of the chain, at most ``limit`` of them, with everything a reader needs."""
    with reading(office.engine) as conn:
        zone = ZoneInfo(agencies.agency(conn, agency_id).fact.time_zone)
        found = audit.after(conn, agency_id, after, limit=limit)
        names = _names(conn, agency_id, found)
        files = _files(conn, agency_id, found)
    packs = _Packs(office.shelf)
    entries = tuple(_facts(each, zone, names, packs, files) for each in found)
    return Trail(entries, found[-1].position if found else after)


@dataclass(frozen=True, slots=True)
class LogPage:
    """Entries newest first; ``people`` are those whom the page names as looked at."""

    entries: tuple[TrailEntryFacts, ...]
    people: tuple[int, ...]
    is_last: bool


def log_page(question: Question, page: int, lines: int, days: Days | None = None) -> LogPage:
    """One page of the log for somebody who may read it, of some days or as it stood at the question's moment; whoever
    is hidden from them has no name in it."""
    if not may(question, Ask.LOG):
        return LogPage((), (), is_last=True)
    found = audit.entries(
        question.conn, question.agency_id, within=written(question, days), limit=page * lines + 1
    )
    shown = found[(page - 1) * lines : page * lines]
    unseen = hidden(question)
    names = {
        each: name
        for each, name in _names(question.conn, question.agency_id, shown).items()
        if each not in unseen
    }
    files = _files(question.conn, question.agency_id, shown)
    packs = _Packs(question.shelf)
    zone = ZoneInfo(question.asker.time_zone)
    people_shown = {each.subject_id for each in shown if each.subject_id is not None} & names.keys()
    return LogPage(
        tuple(_facts(each, zone, names, packs, files) for each in shown),
        tuple(sorted(people_shown)),
        is_last=len(found) <= page * lines,
    )


def _names(conn: Connection, agency_id: AgencyId, entries: Iterable[AuditEntry]) -> Mapping[int, str]:
    """Everybody named in these entries as the roster calls them now; whoever left it is not in it."""
    ids = {each for entry in entries for each in (entry.actor_id, entry.subject_id) if each is not None}
    return {each.person_id: display_name(each) for each in people.by_ids(conn, agency_id, sorted(ids))}


def _files(conn: Connection, agency_id: AgencyId, entries: Iterable[AuditEntry]) -> Mapping[int, str]:
    """The names of the imported files that these entries name as their author."""
    ids = {
        batch
        for each in entries
        if each.tag != AuditTag.IMPORT_WRITTEN and (batch := _number(each.data.get("batch"))) is not None
    }
    return {each: kept.fact.file_name for each, kept in imports.batches(conn, agency_id, ids).items()}


def _facts(
    entry: AuditEntry, zone: ZoneInfo, names: Mapping[int, str], packs: "_Packs", files: Mapping[int, str]
) -> TrailEntryFacts:
    data = entry.data
    named = _texts(data.get("packs"))
    rules, not_held = packs.behind(named, _texts(data.get("rules")))
    record, item = _number(data.get("record")), _number(data.get("item"))
    of_a_file = entry.tag == AuditTag.IMPORT_WRITTEN
    return TrailEntryFacts(
        position=entry.position,
        at=entry.at.astimezone(zone),
        tag=entry.tag,
        hash=entry.hash,
        who=_somebody(entry.actor_id, names),
        whom=_somebody(entry.subject_id, names),
        channel=entry.channel or "",
        reason=entry.reason or "",
        kind="" if of_a_file else _text(data.get("kind")),
        word=_word(data.get("word")),
        as_of=_day(data.get("as_of")),
        moment=_moment(data.get("moment"), zone),
        packs=named,
        people=_people(data),
        records=_number(data.get("records")),
        record=None if record is None else record_number(record),
        item=None if item is None else record_number(item),
        code=_text(data.get("code")),
        imported=_import(data) if of_a_file else None,
        file_hashes=_hashes(data),
        form=_text(data.get("form")),
        agency=_text(data.get("name")),
        state=_text(data.get("state")),
        account=_text(data.get("system_user")),
        file=files.get(_number(data.get("batch")) or 0, ""),
        rules=rules,
        not_held=not_held,
    )


class _Packs:
    """The packs that answers name, each looked for once; held means held in that very version."""

    def __init__(self, shelf: PackShelf) -> None:
        self._shelf = shelf
        self._found: dict[str, Pack | None] = {}

    def behind(
        self, names: Iterable[str], rules: Iterable[str]
    ) -> tuple[tuple[RuleFacts, ...], tuple[str, ...]]:
        """The rules of these ids, and the packs that are missing when one of them cannot be found."""
        held = {name: self._look_for(name) for name in names}
        found, lost = [], False
        for rule in rules:
            facts = _rule(held.values(), rule)
            if facts is None:
                lost = True
            else:
                found.append(facts)
        return tuple(found), tuple(name for name, pack in held.items() if lost and pack is None)

    def _look_for(self, name: str) -> Pack | None:
        if name not in self._found:
            self._found[name] = self._shelf.find(name)
        return self._found[name]


def _rule(packs: Iterable[Pack | None], rule: str) -> RuleFacts | None:
    for pack in packs:
        requirement = pack.requirement(rule) if pack is not None else None
        if pack is not None and requirement is not None:
            return rule_facts(pack, requirement)
    return None


def _somebody(person_id: int | None, names: Mapping[int, str]) -> Somebody | None:
    return None if person_id is None else Somebody(person_id, names.get(person_id, ""))


def _people(data: Mapping[str, Any]) -> int | None:
    """How many were shown: of a list those whom it names, of figures those who were counted."""
    shown = data.get(audit.PEOPLE_SHOWN)
    return len(shown) if isinstance(shown, list) else _number(data.get("people"))


def _import(data: Mapping[str, Any]) -> ImportFacts | None:
    counts = {fate: _number(data.get(fate.value)) for fate in RowFate}
    given = {fate: count for fate, count in counts.items() if count is not None}
    if given.keys() != counts.keys():
        return None
    return ImportFacts(
        kind=_text(data.get("kind")),
        accepted=given[RowFate.ACCEPTED],
        corrected=given[RowFate.CORRECTED],
        rejected=given[RowFate.REJECTED],
        unchanged=given[RowFate.UNCHANGED],
        skipped=given[RowFate.SKIPPED],
    )


def _hashes(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Of the file that was imported, or of each one that was sent: the keyed one, or what earlier entries have."""
    sent = data.get("files")
    files = sent if isinstance(sent, list) else []
    return _texts(
        [
            data.get("file_hash"),
            *(each.get("hash") or each.get("sha256") for each in files if isinstance(each, dict)),
        ]
    )


# What an entry keeps is plain JSON, and entries of every release stay: what is not as expected is left out.


def _text(given: Any) -> str:
    return given if isinstance(given, str) else ""


def _texts(given: Any) -> tuple[str, ...]:
    return tuple(each for each in given if isinstance(each, str)) if isinstance(given, list) else ()


def _number(given: Any) -> int | None:
    return given if isinstance(given, int) and not isinstance(given, bool) else None


def _word(given: Any) -> StandingWord | None:
    return next((word for word in StandingWord if word.value == given), None)


def _moment(given: Any, zone: ZoneInfo) -> EntryMoment | None:
    """Of an answer about another moment which day it was about, and when the file was read."""
    if not isinstance(given, dict):
        return None
    day, known = _day(given.get("as_of")), _instant(given.get("known"))
    if day is None and known is None:
        return None
    return EntryMoment(day, None if known is None else known.astimezone(zone))


def _instant(given: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(_text(given))
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def _day(given: Any) -> date | None:
    try:
        return date.fromisoformat(_text(given))
    except ValueError:
        return None

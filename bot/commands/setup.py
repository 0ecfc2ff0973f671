"""``rollcall db upgrade`` and ``db check``, and how an installation gets its agency with the first roster."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from db.integrity import check_integrity
from db.migrate import newest_revision, upgrade
from db.postgresql_pages import page_notes
from db.queries.agencies import agencies
from db.queries.set_backs import set_backs
from db.records.facts import AgencyId
from db.row_hash import kept_instant
from db.unit_of_work import reading
from messages.words import Words
from reading.tables.preview import Preview
from reading.tables.rows import RosterRow
from training.agency_setup import found, packs_for
from training.content.file_check import check_files, loose_in
from training.content.key_check import check_keys
from training.office import Office
from training.safekeeping.anchors import anchors_in, check_anchors, forks_of

# What is asked for besides may not be there, or stops the reader.
_NOT_TO_BE_READ = ("revision-differs", "schema-differs", "unreadable")
# Entries that are not what was written have no instant to go by; what was not named any more may be among them.
_NO_INSTANTS = (*_NOT_TO_BE_READ, "chain-broken", "more")


def upgrade_database(engine: Engine, words: Words, out: TextIO) -> int:
    """Bring the database to this release; doing it again changes nothing."""
    upgrade(engine)
    print(words.say("db-upgraded", revision=newest_revision() or ""), file=out)
    return 0


def check_database(
    engine: Engine,
    words: Words,
    out: TextIO,
    anchors: Path | None = None,
    keys_of: Office | None = None,
    files_of: Office | None = None,
) -> int:
    """Say everything that is wrong with the database, also by the word of the anchors; 1 when anything is.

    ``keys_of``: the office whose keys belong to it. A restored copy is checked without: its keys lie elsewhere.
    ``files_of``: the office whose files do.
    """
    findings = check_integrity(engine)
    has_instants = not any(each.code in _NO_INSTANTS for each in findings)
    readable = not any(each.code in _NOT_TO_BE_READ for each in findings)
    if anchors is not None and readable:
        findings += check_anchors(engine, anchors)
    if keys_of is not None and readable:
        findings += check_keys(keys_of)
    if files_of is not None and readable:
        findings += check_files(files_of)
    if findings:
        print(words.say_many("db-findings", len(findings)), file=out)
        for finding in findings:
            facts = dict(finding.facts)
            named = {name: facts[name] for name in words.sentence(f"finding-{finding.code}").facts}
            print(f"  {words.say(f'finding-{finding.code}', **named)}", file=out)
    else:
        print(words.say("db-sound"), file=out)
        print(_compared(anchors, words), file=out)
    for said in _set_back(engine, words) if has_instants else ():
        print(said, file=out)
    for code in page_notes(engine):
        print(words.say(f"db-{code}"), file=out)
    stray = loose_in(files_of) if files_of is not None and readable else ()
    if stray:
        print(words.say_many("db-files-stray", len(stray), first=stray[0]), file=out)
    for fork in () if anchors is None else forks_of(anchors):
        said = words.say(
            "db-fork", agency=str(fork.agency), day=fork.day.isoformat(), entries=str(fork.entries)
        )
        print(said, file=out)
    return 1 if findings else 0


def _set_back(engine: Engine, words: Words) -> tuple[str, ...]:
    """Each place where a clock was set back. No row is other than it was written, so it is no finding."""
    with reading(engine) as conn:
        return tuple(
            words.say(
                "db-set-back",
                agency=str(number),
                before=str(each.before_seq),
                before_at=kept_instant(each.before_at),
                after=str(each.after_seq),
                after_at=kept_instant(each.after_at),
            )
            for number in agencies(conn)
            for each in set_backs(conn, number)
        )


def _compared(anchors: Path | None, words: Words) -> str:
    held = 0 if anchors is None else anchors_in(anchors)
    return (
        words.say_many("db-anchors-match", held, folder=str(anchors))
        if held
        else words.say("db-anchors-none")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAgency:
    """What is known of an agency that its first roster is about to found."""

    name: str
    state: str
    time_zone: str
    packs: tuple[str, ...]

    def found(self, office: Office) -> AgencyId:
        """Begin it."""
        return found(office, self.name, self.state, self.time_zone, self.packs)


def new_agency(
    office: Office, preview: Preview, *, name: str, time_zone: ZoneInfo, state: str | None
) -> NewAgency | None:
    """The agency of a first roster: its state as said, or as most rows say; None when nobody says.

    The rows' own time zone is nearer to the agency than an installation's default.
    """
    rows = [row for _, row in preview.of(RosterRow)]
    states = Counter(row.state for row in rows if row.state)
    zones = Counter(row.time_zone for row in rows if row.time_zone)
    of_state = state.upper() if state else next((each for each, _ in states.most_common(1)), None)
    if of_state is None:
        return None
    zone = next((each for each, _ in zones.most_common(1)), time_zone.key)
    return NewAgency(name=name, state=of_state, time_zone=zone, packs=packs_for(office, of_state))


def introduced(agency: NewAgency, words: Words) -> str:
    """The new agency in one sentence, before it is founded."""
    if not agency.packs:
        return words.say(
            "import-founding-no-pack", name=agency.name, state=agency.state, zone=agency.time_zone
        )
    return words.say(
        "import-founding",
        name=agency.name,
        state=agency.state,
        zone=agency.time_zone,
        packs=", ".join(agency.packs),
    )

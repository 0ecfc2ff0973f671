"""``rollcall import KIND FILE``: what a file would do to the record, and with ``--yes`` its doing."""

import argparse
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from bot.commands.setup import NewAgency, introduced, new_agency
from config.settings import Settings
from db.queries import agencies
from db.records.facts import AgencyId
from db.records.imports import RowFate
from db.unit_of_work import reading
from messages.errors import error_text
from messages.words import Words, load
from reading.tables.cells import MAX_BYTES
from reading.tables.preview import TableKind
from training.errors import ErrorCode, RollcallError
from training.imports.model import Plan, WrittenImport
from training.imports.opening import ImportFile, legible, open_file
from training.imports.planning import plan
from training.imports.report import Section, report
from training.imports.report_files import REPORTS, as_text, outcome, rejected_rows
from training.imports.writing import write
from training.office import Office, business_now, local_day
from training.people import is_serving

DONE, REFUSED, USAGE = 0, 1, 2
TERMINAL = "terminal"
# Asked of a record without an agency; no agency ever has this number.
NO_AGENCY = AgencyId(0)

Advance = Callable[[int, int], None]


class UsageError(Exception):
    """Something on the command line that cannot be meant; its text is ready to be read."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is imported, how its columns are meant, and what is kept of the report."""
    words = load()
    add = parser.add_argument
    kinds = [kind.value for kind in TableKind]
    add("kind", choices=kinds, metavar="KIND", help=words.say("help-import-kind", kinds=", ".join(kinds)))
    add("file", type=Path, metavar="FILE", help=words.say("help-import-file"))
    add("--map", action="append", default=[], metavar="COLUMN=HEADER", help=words.say("help-import-map"))
    add("--dates", action="append", default=[], metavar="COLUMN=mdy", help=words.say("help-import-dates"))
    add("--sheet", metavar="NAME", help=words.say("help-import-sheet"))
    add_confirming(parser, words)


def add_confirming(parser: argparse.ArgumentParser, words: Words) -> None:
    """Whether it is written, what is kept of the report, and which agency the first roster founds."""
    add = parser.add_argument
    add("--yes", action="store_true", help=words.say("help-import-yes"))
    add("--report", type=Path, metavar="FILE", help=words.say("help-import-report"))
    add("--rejected", type=Path, metavar="FILE", help=words.say("help-import-rejected"))
    add("--agency", metavar="NAME", help=words.say("help-import-agency"))
    add("--state", metavar="MN", help=words.say("help-import-state"))
    add("--as", dest="badge", metavar="BADGE", help=words.say("help-import-as"))


def run(
    arguments: argparse.Namespace,
    office: Office,
    agency_id: AgencyId | None,
    words: Words,
    out: TextIO,
    *,
    settings: Settings | None = None,
    aside: TextIO | None = None,
) -> int:
    """0 done, 1 refused or left with a question, 2 not understood. ``aside`` hears progress and trouble."""
    settings = settings or Settings()
    desk = _Desk(office, words, out, sys.stderr if aside is None else aside, settings)
    try:
        return desk.import_file(arguments, agency_id)
    except UsageError as error:
        print(error, file=desk.aside)
        return USAGE


def confirm(
    arguments: argparse.Namespace,
    office: Office,
    agency_id: AgencyId | None,
    words: Words,
    out: TextIO,
    file: ImportFile,
    *,
    settings: Settings,
    aside: TextIO,
    whole: bool,
) -> int:
    """The same for a table that is open already: its preview, and with ``--yes`` its writing. ``whole``: who is not in
    it is worth naming."""
    desk = _Desk(office, words, out, aside, settings)
    try:
        desk.check_files(arguments)
    except UsageError as error:
        print(error, file=aside)
        return USAGE
    return desk.take(arguments, agency_id, file, whole=whole)


class _Desk:
    """One run of the command: where it reads, where it speaks, and in which words."""

    def __init__(self, office: Office, words: Words, out: TextIO, aside: TextIO, settings: Settings) -> None:
        self._office = office
        self._words = words
        self._out = out
        self._settings = settings
        self.aside = aside

    def import_file(self, arguments: argparse.Namespace, agency_id: AgencyId | None) -> int:
        self.check_files(arguments)
        kind = TableKind(arguments.kind)
        if agency_id is None and kind is not TableKind.ROSTER:
            return self._refuse(self._words.say("import-no-agency"))
        file = self._opened(arguments, kind, self._today(agency_id))
        return REFUSED if file is None else self.take(arguments, agency_id, file)

    def take(
        self,
        arguments: argparse.Namespace,
        agency_id: AgencyId | None,
        file: ImportFile,
        *,
        whole: bool = True,
    ) -> int:
        """Show what it would do, and do it where that was asked for."""
        brought_by = self._person(agency_id, arguments.badge)
        planned = self._planned(agency_id, file)
        if not whole:
            planned = replace(planned, missing=())
        self._show(report(planned, file, self._words))
        if not planned.ready:
            self._keep(arguments, planned, file, None)
            return REFUSED
        agency = self._new_agency(arguments, agency_id, planned)
        if agency_id is None and agency is None:
            return self._refuse(self._words.say("import-state-needed"))
        all_rejected = bool(planned.rows) and planned.count(RowFate.REJECTED) == len(planned.rows)
        if not arguments.yes or all_rejected or not planned.writes:
            self._keep(arguments, planned, file, None)
            if all_rejected:
                return self._refuse(self._words.say("import-all-rejected"))
            if planned.writes:
                self._say(self._words.say("import-how-to-write"))
            return DONE
        written = self._written(planned, file, agency_id, agency, brought_by)
        self._keep(arguments, planned, file, written)
        if written is None:
            return REFUSED
        print(outcome(written, self._words), file=self._out)
        return DONE

    def _person(self, agency_id: AgencyId | None, badge: str | None) -> int | None:
        """Who brings the file; None leaves its own name as that of its author."""
        if badge is None:
            return None
        if agency_id is None:
            raise RollcallError(ErrorCode.BADGE_UNKNOWN, badge=badge)
        with reading(self._office.engine) as conn:
            person = self._office.walls.by_badge(conn, agency_id, badge)
        if person is None or not is_serving(person, self._today(agency_id)):
            raise RollcallError(ErrorCode.BADGE_UNKNOWN, badge=badge)
        return person.person_id

    def check_files(self, arguments: argparse.Namespace) -> None:
        """Before anything is read: a report that could not be kept would be found out too late."""
        if arguments.report is not None and arguments.report.suffix.lower() not in REPORTS:
            raise UsageError(
                self._words.say(
                    "import-report-ending", file=str(arguments.report), endings=", ".join(REPORTS)
                )
            )
        for target in (arguments.report, arguments.rejected):
            source = arguments.file
            if target is not None and source is not None and target.resolve() == source.resolve():
                raise UsageError(self._words.say("import-same-file", file=str(target)))

    def _today(self, agency_id: AgencyId | None) -> date:
        zone = self._settings.time_zone.key
        if agency_id is not None:
            with reading(self._office.engine) as conn:
                zone = agencies.agency(conn, agency_id).fact.time_zone
        return local_day(business_now(self._office), zone)

    def _opened(self, arguments: argparse.Namespace, kind: TableKind, today: date) -> ImportFile | None:
        mapping = self._pairs("--map", arguments.map, "COLUMN=HEADER")
        dates = self._pairs("--dates", arguments.dates, "COLUMN=mdy")
        data = self._bytes_of(arguments.file)
        if data is None:
            return None
        label = self._words.say("import-reading", file=legible(arguments.file.name))
        with self._progress(label) as advance:
            return open_file(
                kind,
                arguments.file.name,
                data,
                today=today,
                mapping=mapping,
                date_order=dates,
                sheet=arguments.sheet,
                on_progress=advance,
            )

    def _bytes_of(self, path: Path) -> bytes | None:
        """What is in the file; None and a sentence when that cannot be had. A pipe would keep us waiting."""
        name = str(path)
        try:
            mode = path.stat().st_mode
            if stat.S_ISDIR(mode):
                self._refuse(self._words.say("import-file-folder", file=name))
            elif not stat.S_ISREG(mode):
                self._refuse(self._words.say("import-file-no-file", file=name))
            else:
                with path.open("rb") as file:
                    # One byte more than may be: the reader then says that it is too large.
                    return file.read(MAX_BYTES + 1)
        except FileNotFoundError:
            self._refuse(self._words.say("import-file-missing", file=name))
        except OSError as error:
            problem = error.strerror or type(error).__name__
            self._refuse(self._words.say("import-file-unreadable", file=name, problem=problem))
        return None

    def _pairs(self, option: str, given: Sequence[str], example: str) -> Mapping[str, str]:
        pairs = {}
        for each in given:
            column, equals, value = each.partition("=")
            if not equals or not column.strip():
                raise UsageError(
                    self._words.say("import-option-unclear", option=option, given=each, example=example)
                )
            pairs[column.strip()] = value.strip()
        return pairs

    def _planned(self, agency_id: AgencyId | None, file: ImportFile) -> Plan:
        with reading(self._office.engine) as conn:
            return plan(
                conn, NO_AGENCY if agency_id is None else agency_id, file.preview, self._today(agency_id)
            )

    def _new_agency(
        self, arguments: argparse.Namespace, agency_id: AgencyId | None, planned: Plan
    ) -> NewAgency | None:
        if agency_id is not None:
            return None
        zone: ZoneInfo = self._settings.time_zone
        name = arguments.agency or self._settings.agency_name
        agency = new_agency(self._office, planned.preview, name=name, time_zone=zone, state=arguments.state)
        if agency is not None:
            print(introduced(agency, self._words), file=self._out)
        return agency

    def _written(
        self,
        planned: Plan,
        file: ImportFile,
        agency_id: AgencyId | None,
        agency: NewAgency | None,
        brought_by: int | None,
    ) -> WrittenImport | None:
        if agency_id is None:
            if agency is None:
                return None
            agency_id = agency.found(self._office)
        try:
            with self._progress(self._words.say("import-writing")) as advance:
                return write(
                    self._office,
                    agency_id,
                    planned,
                    file_name=file.name,
                    file_hash=file.digest,
                    actor_id=brought_by,
                    channel=TERMINAL,
                    on_progress=advance,
                )
        except RollcallError as error:
            # Said here and not by the caller: the report of what would have been is still kept.
            for line in error_text(error.code, error.facts, self._words).splitlines():
                self._refuse(line)
            return None

    def _keep(
        self, arguments: argparse.Namespace, planned: Plan, file: ImportFile, written: WrittenImport | None
    ) -> None:
        if arguments.report is not None:
            made = REPORTS[arguments.report.suffix.lower()](planned, file, self._words, written)
            self._save(
                arguments.report, made, self._words.say("import-report-kept", file=str(arguments.report))
            )
        if arguments.rejected is not None:
            if planned.count(RowFate.REJECTED):
                made = rejected_rows(planned, file, self._words)
                kept = self._words.say("import-rejected-kept", file=str(arguments.rejected))
                self._save(arguments.rejected, made, kept)
            else:
                self._say(self._words.say("import-none-rejected", file=str(arguments.rejected)))

    def _save(self, target: Path, data: bytes, kept: str) -> None:
        try:
            target.write_bytes(data)
        except OSError as error:
            problem = error.strerror or type(error).__name__
            self._refuse(self._words.say("import-file-unwritable", file=str(target), problem=problem))
            return
        self._say(kept)

    def _show(self, sections: Sequence[Section]) -> None:
        if not self._out.isatty():
            self._out.write(as_text(sections) + "\n")
            return
        console = Console(file=self._out, highlight=False, emoji=False)
        for section in sections:
            if section.title:
                console.print(Text(section.title, style="bold"))
            for line in section.lines:
                console.print(Text(line))
            if section.rows:
                console.print(_grid(section))
            for line in section.after:
                console.print(Text(line))
            console.print()

    def _say(self, sentence: str) -> None:
        print(legible(sentence), file=self._out)

    def _refuse(self, sentence: str) -> int:
        print(legible(sentence), file=self.aside)
        return REFUSED

    @contextmanager
    def _progress(self, label: str) -> Iterator[Advance]:
        """A bar where somebody looks at one; elsewhere one line at the end."""
        last = (0, 0)

        def remember(done: int, total: int) -> None:
            nonlocal last
            last = (done, total)

        if not self.aside.isatty():
            yield remember
            if last[1]:
                done = self._words.say("import-progress-done", done=last[0], total=last[1])
                print(f"{label}: {done}", file=self.aside)
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=Console(file=self.aside)) as bar:
            task = bar.add_task(escape(label), total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)


def _grid(section: Section) -> Table:
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for column in section.columns:
        table.add_column(Text(column), overflow="fold")
    for row in section.rows:
        table.add_row(*map(Text, row))
    return table

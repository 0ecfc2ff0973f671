"""What does a coordinator read before and after an import? The plan in words, section by section."""

import re
import shlex
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from db.records.imports import RowFate
from messages.wording import number
from messages.words import Words
from reading.tables.codes import FileCode, FileQuestion, Noticed, QuestionCode, TableRefusal
from reading.tables.datecolumn import CENTURY_RECENT
from reading.tables.preview import Order, Preview, SettledBy, TableKind
from reading.tables.rows import ReadName
from training.imports.completeness import YearOfHistory
from training.imports.model import Plan, PlanCode, PlannedRow, Why
from training.imports.opening import ImportFile, legible
from training.imports.reconcile import shown

# Rows of one section on a screen; a report file has all of them.
ON_SCREEN = 15
# Rows that are shown as they were read.
AS_READ = 3
# What the reader concluded from a row is told where it matters.
CONCLUDED = frozenset({"credit", "part", "held", "track", "years", "closed", "action"})
# What no shell takes for anything but itself, between quotation marks of either kind.
_HARMLESS = re.compile(r"[\w ./:+=,()-]+")
# Facts whose value is one of our columns: a person knows it by the header of their own file.
COLUMN_FACTS = frozenset({"column", "start_column", "end_column"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of a report: sentences, a table, or both."""

    title: str = ""
    lines: tuple[str, ...] = ()  # before the table
    after: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class Speaker:
    """Puts the reasons of one file into words, columns by the headers of the file itself."""

    def __init__(self, words: Words, preview: Preview) -> None:
        self.words = words
        self._headers = {use.column: use.header for use in preview.columns}

    def reason(self, reason: Why) -> str:
        """What was found in a row."""
        facts = self._named(f"row-{reason.code}", reason.facts)
        return self.words.say(f"row-{reason.code}", **facts)

    def reasons(self, reasons: Iterable[Why]) -> str:
        """All that was found in a row, one sentence after the other."""
        return " ".join(dict.fromkeys(map(self.reason, reasons)))

    def refusal(self, refusal: TableRefusal) -> str:
        """Why nothing of the file was read."""
        facts = self._named(f"refusal-{refusal.code}", refusal.facts)
        if refusal.code is FileCode.NOT_A_TABLE:
            facts["looks_like"] = self.words.say(f"import-looks-{facts['looks_like']}")
        return self.words.say(f"refusal-{refusal.code}", **facts)

    def question(self, question: FileQuestion) -> str:
        """What only a person can settle."""
        facts = self._named(f"question-{question.code}", question.facts)
        return self.words.say(f"question-{question.code}", **facts)

    def noticed(self, noticed: Noticed) -> str:
        """Something about the whole file."""
        facts = self._named(f"noticed-{noticed.code}", noticed.facts)
        return self.words.say(f"noticed-{noticed.code}", **facts)

    def changes(self, row: PlannedRow) -> str:
        """What would be another value, old before new."""
        nothing = self.words.say("import-nothing")
        return "; ".join(
            self.words.say(
                "import-change",
                field=self._field(change.field),
                old=change.old or nothing,
                new=change.new or nothing,
            )
            for change in row.changes
        )

    def _field(self, name: str) -> str:
        return self._headers.get(name, name.replace("_", " "))

    def _named(self, key: str, facts: Iterable[tuple[str, str]]) -> dict[str, str]:
        """The facts that a sentence names, out of all that the reader found."""
        given = dict(facts)
        said = {name: given[name] for name in self.words.sentence(key).facts}
        for name in COLUMN_FACTS & said.keys():
            said[name] = self._headers.get(said[name], said[name])
        return said


def report(plan: Plan, file: ImportFile, words: Words, *, whole: bool = False) -> tuple[Section, ...]:
    """Everything about one import. ``whole`` gives every row; otherwise each section fits on a screen."""
    speaker = Speaker(words, plan.preview)
    limit = None if whole else ON_SCREEN
    if plan.preview.refusal is not None:
        # Whoever is refused reads one sentence, and it says what to do.
        return (_legible(Section(lines=(speaker.refusal(plan.preview.refusal),))),)
    sections = [_heading(plan, file, speaker)]
    if plan.preview.questions:
        return (*map(_legible, sections), _legible(_questions(plan.preview, speaker)))
    sections += [_counts(plan, words), _how_it_was_read(plan, speaker)]
    sections += _as_read(plan, words)
    sections += _rejected(plan, file, speaker, limit)
    sections += _rows(plan.of(RowFate.CORRECTED), words.say("import-corrected"), speaker, limit, changes=True)
    sections += _doubts_and_notes(plan, speaker, limit)
    sections += _skipped(plan, speaker, limit)
    sections += _units(plan, words)
    sections += _missing(plan, words, limit)
    sections += _history(plan, words, whole=whole)
    return tuple(_legible(section) for section in sections if section.lines or section.after or section.rows)


def _legible(section: Section) -> Section:
    return Section(
        title=legible(section.title),
        lines=tuple(map(legible, section.lines)),
        after=tuple(map(legible, section.after)),
        columns=tuple(map(legible, section.columns)),
        rows=tuple(tuple(map(legible, row)) for row in section.rows),
    )


def _heading(plan: Plan, file: ImportFile, speaker: Speaker) -> Section:
    words = speaker.words
    n = plan.preview.counts.rows
    rows = words.say_many("import-rows", n) if n else words.say("import-no-rows")
    return Section(lines=(words.say("import-heading", file=file.name, kind=plan.kind.value, rows=rows),))


def _questions(preview: Preview, speaker: Speaker) -> Section:
    words = speaker.words
    lines = []
    for question in preview.questions:
        lines.append(speaker.question(question))
        option = _option(question)
        answers = [f"{option} {_typed(legible(each))}" for each in question.options]
        lines.append(words.say("import-answer", answers="   ".join(answers)))
    options = [option for question in preview.questions for option in question.options]
    if any(option.endswith("mdy") or "mdy+" in option for option in options):
        lines.append(words.say("import-answer-orders"))
    if any(option.endswith(CENTURY_RECENT) for option in options):
        lines.append(words.say("import-answer-centuries"))
    return Section(title=words.say("import-questions"), lines=tuple(lines))


def _option(question: FileQuestion) -> str:
    if question.code is QuestionCode.SHEET_UNCLEAR:
        return "--sheet"
    return "--dates" if question.code.value.startswith(("date", "years")) else "--map"


def _typed(answer: str) -> str:
    """The answer as it can be copied into a command line: a header of somebody's file must not become a command."""
    if _HARMLESS.fullmatch(answer):
        return f'"{answer}"' if set(answer) & set(" ()") else answer
    return shlex.quote(answer)


def _counts(plan: Plan, words: Words) -> Section:
    rows = tuple((words.say(f"import-fate-{fate}"), str(plan.count(fate))) for fate in RowFate)
    lines = []
    if doubtful := sum(1 for row in _taken(plan) if row.doubtful):
        lines.append(words.say_many("import-doubtful", doubtful))
    if not plan.writes:
        lines.append(words.say("import-nothing-to-write"))
    if plan.not_in_file:
        lines.append(words.say_many("import-not-in-file", plan.not_in_file))
    if plan.asked_for:
        lines.append(words.say_many("import-asked-for", plan.asked_for))
    columns = (words.say("import-column-fate"), words.say("import-column-rows"))
    return Section(after=tuple(lines), columns=columns, rows=rows)


def _how_it_was_read(plan: Plan, speaker: Speaker) -> Section:
    words, preview = speaker.words, plan.preview
    lines = [speaker.noticed(each) for each in preview.noticed]
    used = ", ".join(
        use.column
        if use.column == use.header
        else words.say("import-use", column=use.column, header=use.header)
        for use in preview.columns
    )
    lines.append(words.say("import-columns-used", columns=used))
    lines += [
        words.say(
            f"import-order-{order.order}",
            column=order.column,
            line=order.line or 0,
            example=order.example or "",
        )
        for order in preview.date_orders
        if order.order in (Order.MONTH_FIRST, Order.DAY_FIRST) and order.by is SettledBy.CELL
    ]
    taken = {row.line for row in _taken(plan)}
    if tidied := sum(1 for row in preview.rows if row.corrections and row.line in taken):
        lines.append(words.say_many("import-tidied", tidied))
    return Section(title=words.say("import-how-read"), lines=tuple(lines))


def _as_read(plan: Plan, words: Words) -> Iterable[Section]:
    """A few rows value by value: whoever confirms an import sees whether the columns are the right ones."""
    told = []
    for accepted in plan.preview.rows[:AS_READ]:
        values = [
            f"{each.name}: {text}"
            for each in fields(accepted.row)
            if each.name not in CONCLUDED and (text := _as_text(getattr(accepted.row, each.name)))
        ]
        told.append((str(accepted.line), "; ".join(values)))
    if told:
        columns = [words.say(f"import-column-{name}") for name in ("row", "values")]
        yield _limited(words.say("import-as-read"), columns, told, None, words)


def _as_text(value: object) -> str:
    if value is False:
        return ""
    return value.display if isinstance(value, ReadName) else shown(value)


def _taken(plan: Plan) -> list[PlannedRow]:
    """Rows that would be written."""
    return [row for row in plan.rows if row.fate in (RowFate.ACCEPTED, RowFate.CORRECTED)]


def _rejected(plan: Plan, file: ImportFile, speaker: Speaker, limit: int | None) -> Iterable[Section]:
    words = speaker.words
    rejected = plan.of(RowFate.REJECTED)
    if rejected:
        rows = [
            (
                str(row.line),
                speaker.reasons(row.because),
                " | ".join(" ".join(cell.split()) for cell in file.cells.get(row.line, ())),
            )
            for row in rejected
        ]
        columns = [words.say(f"import-column-{name}") for name in ("row", "reason", "cells")]
        yield _limited(words.say("import-rejected"), columns, rows, limit, words)


def _rows(
    rows: Sequence[PlannedRow], title: str, speaker: Speaker, limit: int | None, *, changes: bool
) -> Iterable[Section]:
    words = speaker.words
    if rows:
        told = [
            (str(row.line), row.badge_number, speaker.changes(row) if changes else speaker.reasons(row.notes))
            for row in rows
        ]
        last = "changes" if changes else "notes"
        columns = [words.say(f"import-column-{name}") for name in ("row", "badge", last)]
        yield _limited(title, columns, told, limit, words)


def _doubts_and_notes(plan: Plan, speaker: Speaker, limit: int | None) -> Iterable[Section]:
    """Doubtful rows one by one; what was merely noted by number, with one row as an example."""
    words = speaker.words
    taken = _taken(plan)
    yield from _rows(
        [row for row in taken if row.doubtful], words.say("import-doubts"), speaker, limit, changes=False
    )
    counts: Counter[str] = Counter()
    examples: dict[str, tuple[str, str]] = {}
    for row in taken:
        for note in row.notes if not row.doubtful else ():
            if note.code == PlanCode.TOPICS_FROM_TITLE and plan.kind is TableKind.HISTORY:
                continue  # counted with the history
            counts[note.code] += 1
            examples.setdefault(note.code, (str(row.line), speaker.reason(note)))
    if counts:
        told = [(str(n), *examples[code]) for code, n in counts.most_common()]
        columns = [words.say(f"import-column-{name}") for name in ("rows", "first", "example")]
        yield _limited(words.say("import-notes"), columns, told, None, words)


def _skipped(plan: Plan, speaker: Speaker, limit: int | None) -> Iterable[Section]:
    words = speaker.words
    counts: Counter[str] = Counter()
    first: dict[str, tuple[str, str]] = {}
    for row in plan.of(RowFate.SKIPPED):
        reason = speaker.reasons(row.because)
        # On a screen one example stands for all rows that were skipped for the same reason.
        kind = reason if limit is None else row.because[0].code
        counts[kind] += 1
        first.setdefault(kind, (str(row.line), reason))
    if counts:
        told = [(str(n), *first[kind]) for kind, n in counts.most_common()]
        columns = [words.say(f"import-column-{name}") for name in ("rows", "first", "example")]
        yield _limited(words.say("import-skipped"), columns, told, limit, words)


def _units(plan: Plan, words: Words) -> Iterable[Section]:
    if plan.units:
        lines = tuple(
            words.say("import-unit-below", unit=unit.name, parent=unit.parent)
            if unit.parent is not None
            else words.say("import-unit-top", unit=unit.name)
            for unit in plan.units
        )
        yield Section(title=words.say("import-units"), lines=lines)


def _missing(plan: Plan, words: Words, limit: int | None) -> Iterable[Section]:
    if plan.missing:
        rows = [(person.badge_number, person.name) for person in plan.missing]
        columns = [words.say(f"import-column-{name}") for name in ("badge", "person")]
        yield _limited(words.say("import-missing"), columns, rows, limit, words)


def _history(plan: Plan, words: Words, *, whole: bool) -> Iterable[Section]:
    """How complete each person's years are: by year in a file, by person on a screen, the least complete first."""
    if plan.kind is not TableKind.HISTORY or not plan.years:
        return
    titles = sum(1 for row in plan.rows for note in row.notes if note.code == PlanCode.TOPICS_FROM_TITLE)
    lines = [words.say("import-complete-meaning")]
    if titles:
        lines.append(words.say_many("import-topics-from-titles", titles))
    names = ("badge", "year", "records", "hours", "hours-doubtful", "no-topic", "no-hours", "complete")
    if whole:
        rows = [_year(year, str(year.year or ""), words) for year in plan.years]
    else:
        people: dict[str, list[YearOfHistory]] = {}
        for year in plan.years:
            people.setdefault(year.badge_number, []).append(year)
        sums = sorted((_together(years) for years in people.values()), key=lambda each: _share(each[0]))
        rows = [_year(total, span, words) for total, span in sums]
    columns = [words.say(f"import-column-{name}") for name in names]
    section = _limited(words.say("import-completeness"), columns, rows, None if whole else ON_SCREEN, words)
    yield replace(section, lines=tuple(lines))


def _share(year: YearOfHistory) -> int:
    return 100 if year.complete_percent is None else year.complete_percent


def _together(years: Sequence[YearOfHistory]) -> tuple[YearOfHistory, str]:
    first, last = years[0].year, years[-1].year
    total = YearOfHistory(
        badge_number=years[0].badge_number,
        year=None,
        records=sum(year.records for year in years),
        credited=sum(year.credited for year in years),
        doubtful=sum(year.doubtful for year in years),
        hours=sum((year.hours for year in years), Decimal(0)),
        hours_doubtful=sum((year.hours_doubtful for year in years), Decimal(0)),
        lacking_topic=sum(year.lacking_topic for year in years),
        lacking_hours=sum(year.lacking_hours for year in years),
    )
    return total, str(first) if first == last else f"{first}-{last}"


def _year(year: YearOfHistory, span: str, words: Words) -> tuple[str, ...]:
    percent = year.complete_percent
    return (
        year.badge_number,
        span,
        str(year.records),
        number(year.hours),
        number(year.hours_doubtful) if year.hours_doubtful else "",
        str(year.lacking_topic or ""),
        str(year.lacking_hours or ""),
        words.say("import-no-records") if percent is None else words.say("percent", percent=percent),
    )


def _limited(
    title: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]], limit: int | None, words: Words
) -> Section:
    shown = rows if limit is None else rows[:limit]
    left = len(rows) - len(shown)
    after = (words.say_many("import-more-rows", left),) if left else ()
    return Section(title=title, after=after, columns=tuple(columns), rows=tuple(shown))


def reasons_of(plan: Plan, words: Words) -> Mapping[int, str]:
    """By row of the file, why it is rejected."""
    speaker = Speaker(words, plan.preview)
    return {row.line: speaker.reasons(row.because) for row in plan.of(RowFate.REJECTED)}

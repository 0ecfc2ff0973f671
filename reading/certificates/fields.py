"""What does an opened document say: whose certificate, for what, when, and for how many hours?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reading.certificates import (
    dates,
    doubts,
    hours,
    kinds,
    labels,
    numbers,
    parts,
    people,
    providers,
    rows,
    titles,
    topics,
    words,
)
from reading.certificates.cells import PageCells, sheets
from reading.certificates.kinds import Not
from reading.certificates.model import CertificateReading, CourseRead, Doubt, Number, PaperKind, Read
from reading.certificates.shapes import FITS
from reading.documents.model import Document

# Fewer letters than this on all pages together and nobody could read anything.
_FEWEST_LETTERS = 12
_NOTHING_TO_READ = "no-text"


@dataclass(frozen=True, slots=True, kw_only=True)
class _PageReading:
    """What one page says for itself."""

    person: Read[str] | None
    courses: Sequence[CourseRead]
    numbers: Sequence[Number]
    doubts: Sequence[Doubt]
    reason: Not | None
    transcript: bool
    completed: bool
    columns: Sequence[rows.Column] = ()


def read_fields(document: Document) -> CertificateReading:
    """The reading of a document; what is not printed on it stays None."""
    pages = sheets(parts.separated(document))
    base = CertificateReading(
        kind=PaperKind.UNREADABLE,
        reason=_NOTHING_TO_READ,
        flags=document.flags,
        pages=len(document.pages),
        previews=document.previews,
        looks=document.looks,
    )
    if sum(letter.isalpha() for page in pages for letter in page.text) < _FEWEST_LETTERS:
        return base
    read: list[_PageReading] = []
    carried: Sequence[rows.Column] = ()
    for page in pages:
        read.append(_read_page(page, carried))
        carried = read[-1].columns
    return _together(base, read, tuple(doubts.of_document(document)))


def _read_page(sheet: PageCells, carried: Sequence[rows.Column]) -> _PageReading:
    table = rows.find(sheet, carried)
    values = labels.labelled(sheet, FITS)
    found = people.find(sheet, values)
    several_rows = table is not None and (
        len(table.rows) > 1 or (bool(table.columns) and (kinds.speaks_of_transcript(sheet) or bool(carried)))
    )
    reason = kinds.negation(sheet, values, rows=several_rows)
    if (table is not None and len(table.people) > 1) or (
        reason is None and rows.roster_names(sheet, {value.cell.at for value in values})
    ):
        reason = Not.ROSTER
    if several_rows and table is not None and not reason:
        return _transcript(table, found)
    return _certificate(sheet, values, found, reason)


def _transcript(table: rows.PageTable, found: people.People) -> _PageReading:
    courses = [replace(course, topics=topics.of(course.title)) for course in rows.courses(table)]
    return _PageReading(
        person=found.person,
        courses=courses,
        numbers=(),
        doubts=(),
        reason=None,
        transcript=True,
        completed=any(course.status != rows.NOT_FINISHED for course in courses),
        columns=table.columns,
    )


def _certificate(
    sheet: PageCells, values: Sequence[labels.Labelled], found: people.People, reason: Not | None
) -> _PageReading:
    title = titles.find(sheet, values, found.cell)
    days = dates.choose(dates.dated(sheet, values))
    lines = (title.line, title.value) if title else ()
    amount = hours.find(sheet, values, lines, days=days.length)
    every = numbers.find(sheet, values)
    topic_hours = topics.hours_of(sheet)
    course = CourseRead(
        title=title,
        completed_on=days.completed,
        started_on=days.started,
        expires_on=days.expires,
        hours=amount.hours,
        provider=providers.find(sheet, values, title.value if title else ""),
        approval_number=numbers.approval(every),
        topics=topics.of(title),
        topic_hours=topic_hours,
    )
    seen = list(doubts.of_course(course, amount, days.length))
    if found.several:
        seen.append(Doubt.SEVERAL_PEOPLE)
    if found.person is not None and words.plain(found.person.value) in found.signers:
        seen.append(Doubt.TAUGHT)
    return _PageReading(
        person=found.person,
        courses=(course,) if title else (),
        numbers=[number for number, _ in every],
        doubts=seen,
        reason=reason,
        transcript=False,
        completed=bool(kinds.completion_words(sheet, values)) or found.did,
    )


def _complete(page: _PageReading) -> bool:
    return page.reason is None and page.completed and page.person is not None and bool(page.courses)


def _together(
    base: CertificateReading, pages: Sequence[_PageReading], seen: Sequence[Doubt]
) -> CertificateReading:
    """One answer for the whole file: pages around a certificate do not matter, a second certificate does."""
    transcripts = [page for page in pages if page.transcript and page.reason is None]
    if transcripts and any(page.person for page in pages):
        return _all_rows(base, pages, transcripts, seen)
    proofs = [page for page in pages if _complete(page)]
    if not proofs:
        proofs = _joined(pages)
    if not proofs:
        return replace(base, kind=PaperKind.NOT_CERTIFICATE, reason=_why_not(pages).value)
    persons = {words.plain(page.person.value) for page in proofs if page.person}
    if len(persons) > 1:
        return replace(base, kind=PaperKind.NOT_CERTIFICATE, reason=Not.SEVERAL_PEOPLE.value)
    courses: list[CourseRead] = []
    for page in proofs:
        courses.extend(
            course for course in page.courses if not any(_same_course(course, other) for other in courses)
        )
    found = [*seen, *(doubt for page in proofs for doubt in page.doubts)]
    if len(courses) > 1:
        found.append(Doubt.SEVERAL_CERTIFICATES)
    return replace(
        base,
        kind=PaperKind.CERTIFICATE,
        reason="",
        person_name=proofs[0].person,
        courses=tuple(courses),
        numbers=tuple(dict.fromkeys(number for page in proofs for number in page.numbers)),
        doubts=tuple(dict.fromkeys(found)),
    )


def _all_rows(
    base: CertificateReading,
    pages: Sequence[_PageReading],
    transcripts: Sequence[_PageReading],
    seen: Sequence[Doubt],
) -> CertificateReading:
    courses = [course for page in transcripts for course in page.courses]
    if not any(course.status != rows.NOT_FINISHED for course in courses):
        return replace(base, kind=PaperKind.NOT_CERTIFICATE, reason=Not.UNFINISHED.value)
    person = next(page.person for page in pages if page.person)
    return replace(
        base,
        kind=PaperKind.TRANSCRIPT,
        reason="",
        person_name=person,
        courses=tuple(courses),
        doubts=tuple(dict.fromkeys(seen)),
    )


def _joined(pages: Sequence[_PageReading]) -> list[_PageReading]:
    """A certificate whose parts stand on two pages."""
    open_pages = [page for page in pages if page.reason is None]
    if len(open_pages) < 2:
        return []
    person = next((page.person for page in open_pages if page.person), None)
    course = next((page.courses[0] for page in open_pages if page.courses), None)
    if person is None or course is None or not any(page.completed for page in open_pages):
        return []
    return [replace(open_pages[0], person=person, courses=(course,), completed=True)]


def _why_not(pages: Sequence[_PageReading]) -> Not:
    for page in pages:
        if page.reason is not None:
            return page.reason
    if not any(page.completed for page in pages):
        return Not.NO_COMPLETION
    return Not.NO_PERSON if not any(page.person for page in pages) else Not.NO_TITLE


def _same_course(one: CourseRead, other: CourseRead) -> bool:
    same_title = (
        one.title is not None
        and other.title is not None
        and words.plain(one.title.value) == words.plain(other.title.value)
    )
    days = (
        one.completed_on.value if one.completed_on else None,
        other.completed_on.value if other.completed_on else None,
    )
    return same_title and days[0] == days[1]

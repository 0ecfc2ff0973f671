"""Which contradictions should a coordinator see? They are shown, and nothing is decided by them."""

from collections.abc import Iterator
from decimal import Decimal

from reading.certificates.hours import Hours, too_many_ceu
from reading.certificates.hourtext import CEU_HOURS
from reading.certificates.model import CourseRead, Doubt
from reading.documents.model import Document, Flag, Source

# Nobody sits in class for longer in one day.
_MOST_HOURS_A_DAY = Decimal(14)
# A CEU is rounded to a tenth, and providers round either way.
_ROUNDING = Decimal("0.6")
_HANDWRITTEN_BELOW = 0.8
_HANDWRITTEN_SHARE = 0.3


def of_course(course: CourseRead, hours: Hours, days: int | None) -> Iterator[Doubt]:
    """What contradicts itself within one course."""
    if hours.ceu is not None and _against_ceu(hours.printed, hours.ceu, days or 1):
        yield Doubt.HOURS_AND_CEU
    if course.hours is not None and days is not None and course.hours.value > _MOST_HOURS_A_DAY * days:
        yield Doubt.HOURS_AND_DAYS
    if course.hours is not None and course.topic_hours:
        total = sum((hours for _, hours in course.topic_hours), Decimal(0))
        if total > course.hours.value:
            yield Doubt.HOURS_AND_TOPICS


def _against_ceu(printed: Decimal | None, ceu: Decimal, days: int) -> bool:
    """True when the hours are not the CEU's, or when the CEU alone would be far too many."""
    if printed is None:
        return too_many_ceu(ceu, days)
    return abs(printed - ceu * CEU_HOURS) > _ROUNDING


def of_document(document: Document) -> Iterator[Doubt]:
    """What is odd about the file itself."""
    if Flag.HIDDEN_TEXT in document.flags:
        yield Doubt.HIDDEN_TEXT
    letters = [line for page in document.pages if page.source is Source.PICTURE for line in page.lines]
    if letters and sum(line.sure < _HANDWRITTEN_BELOW for line in letters) > _HANDWRITTEN_SHARE * len(
        letters
    ):
        yield Doubt.HANDWRITTEN

"""Is every value of a reading printed on the page, whatever the page looks like, and does nothing crash?"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from reading.certificates.datetext import find
from reading.certificates.fields import read_fields
from reading.certificates.hourtext import decimals
from reading.certificates.hourtext import find as find_amounts
from reading.certificates.model import CertificateReading
from reading.certificates.words import plain
from reading.documents.model import Document, Page, Source, TextLine
from tests.examples import examples

_SCRAPS = (
    "Certificate of Completion", "This is to certify that", "Dana M. Ruiz", "RUIZ, DANA", "Autism Response",
    "has successfully completed", "4.0 Hours", "Hours: 8", "0.8 CEU", "March 2, 2026", "3/9-3/13/26", "Date:", "Name:",
    "Course:", "Expires 02/2028", "POST Course # 9100-0442", "Instructor", "Pat Smith", "1 hr 30 min", "Completed",
    "this 2nd day of June, A.D. 2026", "In progress", "Date | Course | Hours", "12/31/2026", "99/99/9999", "0/0/0",
    "1\u00bd hours", "(", ":", "#", "2026-03-14T01:30:00Z", "Status: Passed", "Total", "eight (8) hours", "[Name]",
    "O3/l4/2O26", "'", "\u2611 Fail",
)  # fmt: skip

_texts = st.one_of(
    st.sampled_from(_SCRAPS),
    st.lists(st.sampled_from(_SCRAPS), min_size=2, max_size=4).map(" ".join),
    st.text(max_size=40),
)
_places = st.floats(min_value=0, max_value=1, allow_nan=False)


@st.composite
def _lines(draw: st.DrawFn) -> TextLine:
    left, top = draw(_places), draw(_places)
    return TextLine(
        text=draw(_texts),
        left=left,
        top=top,
        right=min(1.0, left + draw(_places) / 2),
        bottom=min(1.0, top + draw(_places) / 20),
        sure=draw(_places),
    )


_pages = st.builds(
    Page,
    lines=st.lists(_lines(), max_size=14),
    source=st.sampled_from(Source),
    width=st.just(612.0),
    height=st.just(792.0),
)


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(_pages, max_size=3))
def test_any_page_is_answered_and_every_value_is_printed_on_it(pages: Sequence[Page]) -> None:
    reading = read_fields(Document(pages=tuple(pages)))
    text = "\n".join(line.text for page in pages for line in page.lines)
    _nothing_invented(reading, text)


def _nothing_invented(reading: CertificateReading, text: str) -> None:
    printed = plain(text).replace(" ", "")
    if reading.person_name is not None:
        assert all(plain(word).replace(" ", "") in printed for word in reading.person_name.value.split())
    for course in reading.courses:
        if course.title is not None:
            assert all(plain(word).replace(" ", "") in printed for word in course.title.value.split())
        for day in (course.completed_on, course.started_on, course.expires_on):
            if day is not None:
                assert day.value in _days(text), day
        if course.hours is not None:
            assert _printed_hours(course.hours.value, text)
    for number in reading.numbers:
        assert len(re.sub(r"\D", "", number.value)) >= 1


def _days(text: str) -> set[date]:
    lines = [text, *text.split("\n")]
    found = [one for line in lines for one in find(line)]
    return {one.last for one in found} | {one.first for one in found if one.first is not None}


def _printed_hours(hours: Decimal, text: str) -> bool:
    """The figures themselves, or the amount in another unit or writing."""
    evened = decimals(text)
    amounts = find_amounts(evened)
    figures = {Decimal(number) for number in re.findall(r"\d{1,9}(?:\.\d{1,4})?", evened)}
    said = {amount.hours for amount in amounts} | {amount.value for amount in amounts}
    return bool({hours, hours * 60, hours / 10} & figures) or hours in said

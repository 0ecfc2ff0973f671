"""Is every writing of days, hours and names on certificates read, wherever a line breaks, and nothing else?"""

import textwrap
from decimal import Decimal

import pytest

from reading.certificates.datetext import find
from reading.certificates.fields import read_fields
from reading.certificates.hourtext import decimals, labelled
from reading.certificates.hourtext import find as find_amounts
from reading.certificates.names import name_in
from reading.certificates.parts import separated
from tests.unit.certificate_pages import document


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("March 9-13, 2026", "2026-03-09", "2026-03-13"),
        ("Mar. 30 - April 3, 2026", "2026-03-30", "2026-04-03"),
        ("Dec 29, 2025 \u2013 Jan 2, 2026", "2025-12-29", "2026-01-02"),
        ("Dec 29 to Jan 2, 2026", "2025-12-29", "2026-01-02"),
        ("9-13 March 2026", "2026-03-09", "2026-03-13"),
        ("3/9-3/13/26", "2026-03-09", "2026-03-13"),
        ("3/9-13/2026", "2026-03-09", "2026-03-13"),
        ("12/31/25-1/2/26", "2025-12-31", "2026-01-02"),
        ("08/03/2026 08:00 - 08/05/2026 17:00", "2026-08-03", "2026-08-05"),
        ("March 9, 10 and 11, 2026", "2026-03-09", "2026-03-11"),
        ("2026-03-09 to 2026-03-13", "2026-03-09", "2026-03-13"),
        ("Monday March 9 - Friday March 13, 2026", "2026-03-09", "2026-03-13"),
        ("this 2nd day of June, A.D. 2026", None, "2026-06-02"),
        ("this Second Day of June, Two Thousand Twenty-Six", None, "2026-06-02"),
        ("twenty-third day of\nJune, 2026", None, "2026-06-23"),
        ("14-MAR-2026", None, "2026-03-14"),
        ("14MAR26", None, "2026-03-14"),
        ("2026-03-14T18:30:00Z", None, "2026-03-14"),
        ("04/05/2026", None, "2026-04-05"),
        ("O3/l4/2O26", None, "2026-03-14"),
        ("rnarch 3, 2026", None, "2026-03-03"),
        ("January13, 2026", None, "2026-01-13"),
        ("3March2026", None, "2026-03-03"),
    ],
)
def test_a_day_or_range_is_read_in_every_writing(text: str, first: str | None, last: str) -> None:
    (written,) = find(text)
    assert (str(written.first) if written.first else None, str(written.last)) == (first, last)
    assert not written.month_only


@pytest.mark.parametrize(
    "text",
    [
        *(
            "8.0 Hours",
            "may attend",
            "Credits: 16",
            "1/2 hour",
            "9100-0442",
            "24/7",
            "(612) 555-0142",
            "IS-100.c",
        ),
        *("02/31/2026", "13/13/2026", "March 9 - 2026", "SN 12-345-67", "Room 3-4"),
    ],
)
def test_what_only_looks_like_a_day_is_none(text: str) -> None:
    assert find(text) == []


def test_a_month_of_a_card_ends_on_its_last_day_and_is_known_to_be_a_month() -> None:
    (written,) = find("02/2028")
    assert (str(written.last), written.month_only) == ("2028-02-29", True)


def test_a_morning_in_utc_may_be_the_evening_before_and_a_repaired_day_is_less_sure() -> None:
    assert find("2026-03-14T01:30:00Z")[0].sure < 0.9
    assert find("O3/l4/2O26")[0].sure < 0.9


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("eight (8) hours", "8"),
        ("8.0 hrs", "8"),
        ("8 contact hours over 2 days", "8"),
        ("0.8 CEU", "8"),
        ("90 minutes", "1.5"),
        ("1 hr 30 min", "1.5"),
        ("1\u00bd hours", "1.5"),
        ("16-hour seminar", "16"),
        ("8.0 POST Continuing Education credits", "8"),
        ("1 1/2 hours", "1.5"),
        ("one and one-half hours", "1.5"),
        ("forty hours of instruction", "40"),
        ("l6 hours", "16"),
        ("Total hours of\ninstruction: 32", "32"),
        ("Continuing Education Units 0.4", "4"),
    ],
)
def test_hours_are_read_in_every_writing(text: str, hours: str) -> None:
    (amount,) = find_amounts(decimals(text))
    assert amount.hours == Decimal(hours)


def test_words_and_figures_that_disagree_make_hours_unsure() -> None:
    assert find_amounts("three and one-half (3) hours")[0].sure < 0.5


@pytest.mark.parametrize(
    ("text", "hours"), [("8", "8"), ("1:30", "1.5"), ("8 (eight)", "8"), ("Eight (8)", "8"), ("16*", "16")]
)
def test_under_a_label_a_bare_number_is_enough(text: str, hours: str) -> None:
    amount = labelled(text)
    assert amount is not None
    assert amount.hours == Decimal(hours)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("RUIZ,DANA", "DANA RUIZ"),
        ("Ruiz, Dana M., Officer", "Dana M. Ruiz"),
        ("Det. Sgt. Kim Okafor-Smith", "Kim Okafor-Smith"),
        ("Dana de la Cruz #214", "Dana de la Cruz"),
        ("Se\u00e1n O\u2019Brien Ill", "Se\u00e1n O\u2019Brien III"),
        ("Thomas A. Novak, Deputy Sheriff", "Thomas A. Novak"),
        ("Crisis Intervention", None),
        ("Hennepin Technical College", None),
        ("Dana Ruiz, Lead Instructor", None),
    ],
)
def test_names_lose_their_ranks_and_other_words_are_no_names(text: str, name: str | None) -> None:
    assert name_in(text) == name


_LETTER = (
    "This letter confirms that Ofc. Thomas R. Novak IV of the Lakemont Police Department successfully completed the "
    "course Search Warrants for Patrol, POST Control Number 1152-85961-93001, presented September 30 - October 4, 2026 "
    "in Duluth. The course consisted of 16 hours of instruction."
)


@pytest.mark.parametrize("width", range(50, 110, 3))
def test_a_letter_is_read_wherever_its_lines_break(width: int) -> None:
    lines = [f"< {line}" for line in textwrap.wrap(_LETTER, width)]
    reading = read_fields(
        document(["LAKES REGIONAL ACADEMY", "November 1, 2027", *lines, "", "< Sincerely,"])
    )
    assert reading.person_name is not None
    assert reading.person_name.value == "Thomas R. Novak IV"
    (course,) = reading.courses
    values = (course.title, course.completed_on, course.started_on, course.hours, course.approval_number)
    assert [str(value.value) if value else None for value in values] == [
        "Search Warrants for Patrol",
        "2026-10-04",
        "2026-09-30",
        "16",
        "1152-85961-93001",
    ]


def test_a_page_with_one_certificate_stays_one_page() -> None:
    page = document(["This is to certify that", "Dana Ruiz", "has completed", "Ethics", "2 hours"])
    assert len(separated(page).pages) == 1

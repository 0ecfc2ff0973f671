"""What officers type beside a file or about a draft, and what must follow: written from the rules, without the reader.

A value that a case does not name must not be there; topics, title and days are compared where they are named. The
cases marked ``aside`` are said to an open draft in ``tests/scenario/test_certificates_aside.py``.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter

from reading.certificates.asides import is_aside
from reading.certificates.told import Told, told
from tests.unit.told_cases import CASES

# How the cases name the values that are asked for.
_NAMES = {"date": "completed_on"}
_ALWAYS: dict[str, Any] = {
    "completed_on": None,
    "started_on": None,
    "hours": None,
    "provider": "",
    "number": "",
    "no_number": False,
    "ok": False,
    "unclear_day": "",
    "each": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """``aside``: nothing in it is meant for an open draft. ``why`` says what it is about where it is not plain."""

    text: str
    today: date
    wanted: tuple[str, ...]
    expect: dict[str, Any]
    aside: bool = False
    why: str = ""


_READER = TypeAdapter(Case)


def _cases() -> list[Case]:
    return [_READER.validate_json(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def _said(case: Case) -> Told:
    return told(case.text, today=case.today, wanted=[_NAMES.get(each, each) for each in case.wanted])


def _wanted(case: Case) -> dict[str, Any]:
    expected = _ALWAYS | case.expect
    for name in ("completed_on", "started_on"):
        if expected[name] is not None:
            expected[name] = date.fromisoformat(expected[name])
    if expected["hours"] is not None:
        expected["hours"] = Decimal(expected["hours"])
    if "topics" in expected:
        expected["topics"] = tuple(expected["topics"])
    return expected


@pytest.mark.parametrize(
    "case", [each for each in _cases() if not each.aside], ids=lambda case: case.text[:60]
)
def test_what_an_officer_says_is_read_as_it_is_meant(case: Case) -> None:
    said = _said(case)
    wanted = _wanted(case)
    assert {name: getattr(said, name) for name in wanted} == wanted


@pytest.mark.parametrize("text", [each.text for each in _cases() if each.expect and not each.aside])
def test_what_is_said_about_a_certificate_is_taken_for_nothing_else(text: str) -> None:
    assert not is_aside(text) or text == "ok?"

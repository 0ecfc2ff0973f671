"""Does every written case of a page lead to the right fields, and does no other paper pass for a certificate?"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from reading.certificates.fields import read_fields
from reading.certificates.model import CertificateReading, CourseRead, PaperKind
from tests.certificates.judge import CONFIDENT
from tests.unit.certificate_pages import document

_CASES = Path(__file__).parents[1] / "cases" / "certificates"
_FIELDS = ("title", "completed_on", "started_on", "expires_on", "hours", "provider", "approval_number")


def _cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (_CASES / name).read_text(encoding="utf-8").splitlines()]


def _read(case: Mapping[str, Any]) -> CertificateReading:
    return read_fields(
        document(case["lines"], picture=case.get("picture", False), sure=case.get("sure", 1.0))
    )


def _value(course: CourseRead, field: str) -> str | None:
    found = getattr(course, field)
    return None if found is None else str(found.value)


@pytest.mark.parametrize("case", _cases("proofs.jsonl"), ids=lambda case: case["name"])
def test_a_proof_is_read_field_by_field(case: Mapping[str, Any]) -> None:
    reading, expect = _read(case), case["expect"]
    assert (reading.kind, reading.reason) == (expect["kind"], "")
    assert reading.person_name is not None
    assert reading.person_name.value == expect["person"]
    wanted = expect.get("courses", [expect])
    assert len(reading.courses) == len(wanted)
    for course, fields in zip(reading.courses, wanted, strict=True):
        for field in _FIELDS:
            if field in fields:
                assert _value(course, field) == fields[field], field
        if "status" in fields:
            assert course.status == fields["status"]
    for field in expect.get("unsure", ()):
        found = getattr(reading.courses[0], field)
        assert found is None or found.confidence < CONFIDENT
    if "doubts" in expect:
        assert [doubt.value for doubt in reading.doubts] == expect["doubts"]


@pytest.mark.parametrize("case", _cases("no_proofs.jsonl"), ids=lambda case: case["name"])
def test_what_is_no_proof_is_not_taken_for_one_and_says_why(case: Mapping[str, Any]) -> None:
    reading = _read(case)
    assert (reading.kind, reading.reason) == (PaperKind.NOT_CERTIFICATE, case["expect"]["reason"])
    assert not reading.courses

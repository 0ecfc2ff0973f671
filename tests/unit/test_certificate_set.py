"""Is the set for judging the certificate reader true, and does its judge count right?"""

from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.certificates import folding, plan
from tests.certificates.draw import write
from tests.certificates.judge import judged, lines, loaded
from tests.certificates.others.plan import things
from tests.certificates.truth import Grade

NAMES = ("webinar-pdf", "minnesota-five-pdf", "card-labels-above-pdf")


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("name", NAMES)
def test_what_the_truth_says_is_printed(name: str, tmp_path: Path) -> None:
    assert write(tmp_path, (entry.drawn(7) for entry in plan.entries() if entry.name == name)) == 1
    (truth,) = loaded(tmp_path / "truth.jsonl")
    printed = text_of(tmp_path / truth["file"])
    assert truth["person_name"] in printed
    for course in truth["courses"]:
        assert course["title"] in printed
        assert course["approval_number"] is None or course["approval_number"] in printed


def test_one_seed_draws_one_set_and_another_seed_another() -> None:
    entry = next(entry for entry in plan.entries() if entry.name == "webinar-pdf")
    first, again, other = entry.drawn(7), entry.drawn(7), entry.drawn(8)
    assert (first.data, first.line()) == (again.data, again.line())
    assert first.truth.person_name != other.truth.person_name
    assert first.truth.courses[0].title != other.truth.courses[0].title


def test_the_set_is_as_large_as_it_must_be() -> None:
    entries = list(plan.entries())
    grades = [entry.grade for entry in entries]
    assert len({entry.name for entry in entries}) == len(entries) >= 90
    assert len({entry.layout for entry in entries}) >= 22
    assert grades.count(Grade.EASY) >= 35
    assert grades.count(Grade.MEDIUM) >= 35
    assert grades.count(Grade.HARD) >= 25


def test_a_picture_of_a_thing_is_no_certificate() -> None:
    specimen = next(things(7, "coffee-cup-2"))
    assert (specimen.truth.expect, specimen.grade) == ("not_certificate", Grade.OTHER)


@pytest.mark.parametrize(
    ("read", "printed", "same"),
    [
        ("Ruiz, Dana M.", "Ofc. Dana Ruiz", True),
        ("DANA MUNOZ", "Dana Muñoz Jr.", True),
        ("Dana ODonnell", "Dana O\u2019Donnell", True),
        ("Dina Ruiz", "Dana Cruz", False),
        ("Dana Ruiz", "Dana Marie Ruiz", False),
        ("", "Dana Ruiz", False),
    ],
)
def test_names_are_compared_without_rank_order_and_accents(read: str, printed: str, same: bool) -> None:
    assert folding.same_name(read, printed) is same


@pytest.mark.parametrize(
    ("field", "read", "printed", "same"),
    [
        ("title", "Search & Seizure: Update", "SEARCH AND SEIZURE UPDATE", True),
        ("title", "Crisis lntervention for Patrol", "Crisis Intervention for Patrol", True),
        ("title", "Building Search", "Search and Seizure Update", False),
        ("hours", "8.00", "8", True),
        ("hours", "0.8", "8", False),
        ("hours", "eight", "8", False),
        ("completed_on", "2026-03-09", "2026-03-09", True),
        ("completed_on", "2026-03-10", "2026-03-09", False),
        ("approval_number", "9100 0442", "9100-0442", True),
    ],
)
def test_other_fields_are_compared_as_said(field: str, read: str, printed: str, same: bool) -> None:
    assert folding.same(field, read, printed) is same


def course(**values: Any) -> dict[str, Any]:
    return {"title": "Patrol Basics", "completed_on": "2026-03-09", "hours": "8"} | values


def document(file: str, **values: Any) -> dict[str, Any]:
    given = {
        "file": file,
        "grade": "easy",
        "layout": "plain",
        "person_name": "Dana Ruiz",
        "courses": [course()],
    }
    return given | {"expect": "certificate"} | values


def reading(file: str, **values: Any) -> dict[str, Any]:
    sure = {"person_name": 0.95, "title": 0.95, "completed_on": 0.95, "hours": 0.95}
    given = {
        "file": file,
        "kind": "certificate",
        "person_name": "Dana Ruiz",
        "courses": [course()],
        "confidence": sure,
    }
    return given | {"seconds": 1.0} | values


TRUTHS = [
    document("right"),
    document("wrong hours", grade="hard"),
    document("unread"),
    document("card", courses=[course(hours=None)]),
    document("asked", ask=["hours"]),
    document("rows", expect="transcript", courses=[course(), course(title="Radar Operator", optional=True)]),
    document("unfinished row", expect="transcript", courses=[course()]),
    document("gone"),
    document("flyer", grade="other", expect="not_certificate", courses=[]),
    document("bomb", grade="other", expect="refused", reasons=["too-many-pixels"], courses=[]),
]
READINGS = [
    reading("right", seconds=3.5),
    reading("wrong hours", courses=[course(hours="4")]),
    reading("unread", kind="unreadable", courses=[]),
    reading("card"),
    reading("asked", courses=[course(hours="80")], confidence={"hours": 0.5}),
    reading("rows", kind="transcript"),
    reading("unfinished row", kind="transcript", courses=[course(), course(title="Radar Operator")]),
    reading("flyer"),
    reading("bomb", kind="refused", reason="damaged", courses=[]),
]


def test_the_judge_counts_what_is_right_missing_wrong_and_accepted_by_mistake() -> None:
    report = judged(TRUTHS, {each["file"]: each for each in READINGS})
    assert {each.file for each in report.verdicts if each.all_right} == {"right", "asked", "rows"}
    assert report.false_acceptances == ["flyer"]
    assert report.crashes == ["gone"]
    assert report.others == 2
    assert len(report.other_endings) == 1
    marks = {each.file: {m.field: m.mark for m in each.marks} for each in report.verdicts}
    assert marks["wrong hours"]["hours"] == marks["card"]["hours"] == "wrong"
    assert marks["unread"]["person_name"] == marks["unread"]["title"] == "missing"
    sure = [m for each in report.verdicts for m in each.marks if m.confident]
    # Six documents with four confident fields each; the one that is asked has none. Hours twice wrong.
    assert (sum(m.mark == "wrong" for m in sure), len(sure)) == (2, 20)


def test_the_report_is_printed_with_shares() -> None:
    printed = "\n".join(lines(judged(TRUTHS, {each["file"]: each for each in READINGS})))
    assert "Confident and wrong, deciding fields: 2 of 20 (10.0%)" in printed
    assert "Slowest: right, 3.5 s; above 20 s: 0" in printed
    assert "wrong hours: hours wrong: '4' for '8'" in printed

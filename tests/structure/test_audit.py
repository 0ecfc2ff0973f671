"""Does the audit tell a finding from silence? What pip-audit prints, read and judged on a day that is handed in."""

import json
from datetime import date

import pytest

from tests.structure.audit import (
    ACCEPTED,
    PINS,
    Finding,
    UnansweredError,
    first_pin,
    read_accepted,
    read_report,
    standing_open,
)
from tests.structure.pinned import pins

TODAY = date(2026, 11, 27)
CLEAN = {"name": "babel", "version": "2.18.0", "vulns": []}
STRANGE = {"name": "ours-only", "skip_reason": "Dependency not found"}
HOLED = {
    "name": "pillow",
    "version": "9.0.0",
    "vulns": [{"id": "PYSEC-2023-227", "fix_versions": ["10.0.0"], "aliases": ["CVE-2023-44271"]}],
}
HOLE = Finding("pillow", "9.0.0", ("PYSEC-2023-227", "CVE-2023-44271"), ("10.0.0",))


def printed(*dependencies: object) -> str:
    """As pip-audit prints it."""
    return json.dumps({"dependencies": dependencies, "fixes": []})


def test_a_vulnerability_is_found_and_says_where_it_is_mended() -> None:
    report = read_report(printed(CLEAN, STRANGE, HOLED))
    assert (report.known, report.unknown, report.findings) == (2, ("ours-only",), (HOLE,))
    assert str(HOLE) == "pillow 9.0.0: PYSEC-2023-227, mended in 10.0.0"


def test_silence_is_not_taken_for_a_clean_answer() -> None:
    for text in ("", "Traceback (most recent call last):", "[]"):
        with pytest.raises(UnansweredError, match="did not answer"):
            read_report(text)
    with pytest.raises(UnansweredError, match="keeps no list"):
        read_report(printed(STRANGE))


def test_what_somebody_accepted_passes_until_the_day_they_named() -> None:
    for identifier in HOLE.ids:
        accepted = read_accepted(f"# why\n\n{identifier} pillow 2026-12-01 we open no such files\n", TODAY)
        assert standing_open([HOLE], accepted, date(2026, 12, 1)) == []
        assert standing_open([HOLE], accepted, date(2026, 12, 2)) == [HOLE]
    other = read_accepted("PYSEC-2023-227 babel 2026-12-01 another package's\n", TODAY)
    assert standing_open([HOLE], other, TODAY) == [HOLE]


@pytest.mark.parametrize(
    "line", ["PYSEC-1 pillow 2026-12-01", "PYSEC-1 pillow soon because", "PYSEC-1 pillow 2027-03-01 far off"]
)
def test_nothing_is_accepted_without_a_reason_or_for_long(line: str) -> None:
    with pytest.raises(SystemExit):
        read_accepted(line, TODAY)


def test_the_list_of_the_accepted_can_be_read() -> None:
    read_accepted(ACCEPTED.read_text(encoding="utf-8"), TODAY)


def test_the_first_question_is_one_pin_with_its_hashes() -> None:
    text = PINS.read_text(encoding="utf-8")
    [(package, (version, hashes))] = pins(first_pin(text)).items()
    assert hashes
    assert pins(text)[package] == (version, hashes)

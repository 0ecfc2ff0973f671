"""Does ``rules evaluate`` say of each written case what the law says? The cases were written without sight of it."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.commands.evaluation import evaluate_lines

CASES = Path(__file__).parents[1] / "cases"
HOURS = frozenset({"hours_counted", "hours_required"})
# Names of an expectation that pick the entry it speaks of.
PICKS = frozenset({"id", "window", "item"})
# Whatever a line does, the next one is answered.
NEXT_LINE = json.dumps({"state": "MN", "as_of": "2027-03-02", "officer": {"status": "active"}, "records": []})


def _cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.relative_to(CASES).with_suffix('').as_posix()}: {case['name']}")
        for path in sorted(CASES.rglob("*.yaml"))
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    ]


def _one_line(case: Mapping[str, Any]) -> str:
    return str(case["raw"]) if "raw" in case else json.dumps(case["input"])


def _same(name: str, said: Any, expected: Any) -> bool:
    if name in HOURS and said is not None and expected is not None:
        return Decimal(said) == Decimal(str(expected))
    return bool(said == expected)


def _entry(answer: Mapping[str, Any], wanted: Mapping[str, Any]) -> Mapping[str, Any]:
    picks = {name: value for name, value in wanted.items() if name in PICKS}
    entries: list[Mapping[str, Any]] = [
        row for row in answer["requirements"] if all(row.get(name) == picks[name] for name in picks)
    ]
    assert entries, f"no entry {picks}; there are {[(r['id'], r['window']) for r in answer['requirements']]}"
    assert len(entries) == 1, (
        f"{len(entries)} entries for {picks}; the case has to name the window or the item"
    )
    return entries[0]


def _complaints(answer: Mapping[str, Any], expect: Mapping[str, Any]) -> list[str]:
    """Everything asserted that the answer does not say, so that one run shows it all."""
    found = [
        f"{name}: expected {expect[name]!r}, said {answer.get(name)!r}"
        for name in ("compliant", "standing")
        if name in expect and (name not in answer or answer[name] != expect[name])
    ]
    for wanted in expect.get("requirements", ()):
        row = _entry(answer, wanted)
        found += [
            f"{wanted['id']} {row['window'] or ''} {name}: expected {value!r}, said {row.get(name)!r}"
            for name, value in wanted.items()
            if name not in PICKS and (name not in row or not _same(name, row[name], value))
        ]
    for wanted in expect.get("not_counted", ()):
        dates = [
            record["date"]
            for row in answer["requirements"]
            if row["id"] == wanted["id"]
            for record in row["not_counted"]
        ]
        if wanted["date"] not in dates:
            found.append(f"{wanted['id']}: no record of {wanted['date']} under not_counted, only {dates}")
    return found


@pytest.mark.parametrize("case", _cases())
def test_the_answer_is_what_the_facts_say(case: Mapping[str, Any]) -> None:
    lines = list(evaluate_lines([_one_line(case), NEXT_LINE]))
    assert len(lines) == 2, "one line in, one line out, and the next line is answered too"
    answer, following = (json.loads(line, parse_float=Decimal) for line in lines)
    assert "error" not in following
    expect = case["expect"]
    if not expect:
        return
    if expect.get("error"):
        assert "error" in answer
        return
    assert "error" not in answer, answer
    complaints = _complaints(answer, expect)
    assert not complaints, "\n".join([case["source"], *complaints])


@pytest.mark.parametrize("case", [each for each in _cases() if "raw" in each.values[0]])
def test_every_answer_can_be_written_out(case: Mapping[str, Any]) -> None:
    """A door that cannot encode a line dies with all the lines behind it."""
    for line in evaluate_lines([_one_line(case)]):
        assert line.encode("utf-8")
        assert "\n" not in line

"""How well was the set read? ``python -m tests.certificates.judge SET READINGS.jsonl`` prints the figures.

SET is a folder drawn by ``draw``. READINGS has one line a file: what ``rollcall read certificate`` prints, and
``file``. ``confidence`` may be keyed by field or, with several courses, by ``courses[N].field``. A line with ``crash``
instead, or no line at all, is a crash. How values are compared is said in ``folding``.

A document is all right when its person, and each course's title, completion date and hours, are right: what is not
printed must be empty, a completed course may not be missing, and no further completed one may be there. A field named
under ``ask`` is right when it is empty or below 0.9. A field is confident at 0.9 and above.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.certificates import folding

CONFIDENT = 0.9
DECIDING = ("person_name", "title", "completed_on", "hours")
FIELDS = (*DECIDING, "started_on", "provider", "approval_number")
ACCEPTED = frozenset({"certificate", "transcript"})
SLOW = 20.0

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """One field of one document: right, missing or wrong, and whether the reader was confident."""

    field: str
    mark: str
    confident: bool
    read: object = None
    printed: object = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """One genuine document."""

    file: str
    grade: str
    layout: str
    kind_right: bool
    marks: Sequence[Mark]
    extra: int = 0

    @property
    def all_right(self) -> bool:
        """Whether nothing that decides needs an officer's correction."""
        return not self.extra and all(m.mark == "right" for m in self.marks if m.field in DECIDING)


@dataclass(slots=True)
class Report:
    """All that was found."""

    verdicts: list[Verdict] = field(default_factory=list)
    false_acceptances: list[str] = field(default_factory=list)
    others: int = 0
    other_endings: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


def _confidence(reading: Facts, name: str, place: int) -> float:
    """How sure the reader was of a field of a course; 0 where it does not say."""
    given: Facts = reading.get("confidence") or {}
    for key in (f"courses[{place}].{name}", f"courses.{place}.{name}", name):
        if key in given:
            return float(given[key])
    return 0.0


def _mark(name: str, read: object, printed: Sequence[str | None], sure: float, ask: bool) -> Mark:
    confident = sure >= CONFIDENT and read is not None
    if read is None or read == "":
        right = None in printed or ask
        return Mark(name, "right" if right else "missing", False, read, printed[0])
    matches = any(folding.same(name, read, value) for value in printed if value is not None)
    if ask:
        return Mark(name, "wrong" if confident else "right", confident, read, printed[0])
    return Mark(name, "right" if matches else "wrong", confident, read, printed[0])


def _answers(course: Facts, name: str) -> list[str | None]:
    return [course.get(name), *(course.get("also") or {}).get(name, [])]


def _likeness(course: Facts, read: Facts) -> int:
    """How much a course that was read looks like a printed one: the title weighs most."""
    score = 0
    for name, weight in (("title", 4), ("completed_on", 2), ("approval_number", 2), ("hours", 1)):
        value = read.get(name)
        if value is not None and any(
            folding.same(name, value, a) for a in _answers(course, name) if a is not None
        ):
            score += weight
    return score


def _paired(courses: Sequence[Facts], read: Sequence[Facts]) -> tuple[list[int | None], list[int]]:
    """For each printed course the place of the one that was read, and the places of those that belong to none."""
    likely = sorted(
        ((_likeness(c, r), -n, -m) for n, c in enumerate(courses) for m, r in enumerate(read)), reverse=True
    )
    found: list[int | None] = [None] * len(courses)
    taken: set[int] = set()
    alone = len(courses) == 1 and len(read) == 1
    for score, n, m in likely:
        if (score or alone) and found[-n] is None and -m not in taken:
            found[-n] = -m
            taken.add(-m)
    return found, [m for m in range(len(read)) if m not in taken]


def _is_extra(truth: Facts, read: Facts) -> bool:
    """Whether a further course claims a completion that nobody made; the same course twice is none."""
    if read.get("completed_on") is None:
        return False
    return all(_likeness(course, read) < 6 for course in truth["courses"])


def verdict(truth: Facts, reading: Facts) -> Verdict:
    """Judge one genuine document."""
    ask = set(truth.get("ask") or ())
    kinds = {truth["expect"], *(truth.get("expect_also") or ())}
    kind_right = reading.get("kind") in kinds
    accepted = reading.get("kind") in ACCEPTED
    sure = _confidence(reading, "person_name", 0)
    name = reading.get("person_name") if accepted else None
    marks = [_mark("person_name", name, [truth["person_name"]], sure, "person_name" in ask)]
    read: Sequence[Facts] = (reading.get("courses") or []) if accepted else []
    places, rest = _paired(truth["courses"], read)
    for course, place in zip(truth["courses"], places, strict=True):
        if place is None and course.get("optional"):
            continue
        values: Facts = {} if place is None else read[place]
        for each in FIELDS[1:]:
            sure = 0.0 if place is None else _confidence(reading, each, place)
            answers = _answers(course, each)
            # A course that was not found has none of its fields right, not even the empty ones.
            marks.append(
                Mark(each, "missing", False, None, answers[0])
                if place is None
                else _mark(each, values.get(each), answers, sure, each in ask)
            )
    extra = sum(_is_extra(truth, read[place]) for place in rest)
    return Verdict(truth["file"], truth["grade"], truth["layout"], kind_right, marks, extra)


def _judge_other(truth: Facts, reading: Facts, report: Report) -> None:
    """Judge a file that is no certificate."""
    report.others += 1
    kind, reason = reading.get("kind"), reading.get("reason")
    if kind in ACCEPTED:
        report.false_acceptances.append(truth["file"])
        return
    kinds = {truth["expect"], *(truth.get("expect_also") or ())}
    reasons = truth.get("reasons") or ()
    if kind not in kinds or (kind == "refused" and reasons and reason not in reasons):
        report.other_endings.append(
            f"{truth['file']}: {kind}/{reason}, not {'/'.join(sorted(kinds))} {reasons}"
        )


def judged(truths: Sequence[Facts], readings: Mapping[str, Facts]) -> Report:
    """Judge a whole set."""
    report = Report()
    for truth in truths:
        reading = readings.get(truth["file"])
        if reading is None or "crash" in reading or "kind" not in reading:
            report.crashes.append(truth["file"])
            reading = {}
        report.seconds[truth["file"]] = float(reading.get("seconds") or 0)
        if truth["expect"] in ACCEPTED:
            report.verdicts.append(verdict(truth, reading))
        elif reading:
            _judge_other(truth, reading, report)
        else:
            report.others += 1
    return report


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.1f}%)" if whole else "none"


def _groups(verdicts: Sequence[Verdict], by: str) -> Iterator[str]:
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for each in verdicts:
        groups[getattr(each, by)].append(each)
    for name, members in groups.items():
        right = sum(v.all_right for v in members)
        kinds = sum(v.kind_right for v in members)
        yield f"  {name:<24} all right {_share(right, len(members)):<18} kind right {_share(kinds, len(members))}"


def _faults(verdicts: Sequence[Verdict]) -> Iterator[str]:
    for each in verdicts:
        if each.all_right:
            continue
        faults = (m for m in each.marks if m.mark != "right" and m.field in DECIDING)
        parts = [f"{m.field} {m.mark}: {m.read!r} for {m.printed!r}" for m in faults]
        parts += [f"{each.extra} course(s) too many"] if each.extra else []
        yield f"  {each.file}: {'; '.join(parts[:6])}"


def lines(report: Report) -> Iterator[str]:
    """The report in words and figures."""
    yield "Documents by grade"
    yield from _groups(report.verdicts, "grade")
    yield "Documents by layout"
    yield from _groups(report.verdicts, "layout")
    yield "Fields"
    marks = [mark for each in report.verdicts for mark in each.marks]
    for name in FIELDS:
        counts = Counter(m.mark for m in marks if m.field == name)
        told = ", ".join(f"{mark} {counts[mark]}" for mark in ("right", "missing", "wrong"))
        yield f"  {name:<24} {told}"
    sure = [m for m in marks if m.confident]
    for label, names in (("deciding fields", DECIDING), ("all fields", FIELDS)):
        wrong = [m for m in sure if m.field in names and m.mark == "wrong"]
        yield f"Confident and wrong, {label}: {_share(len(wrong), sum(m.field in names for m in sure))}"
    yield f"False acceptances: {_share(len(report.false_acceptances), report.others)}"
    yield from (f"  {name}" for name in report.false_acceptances)
    yield f"Others that ended in another way than expected, though not accepted: {len(report.other_endings)}"
    yield from (f"  {name}" for name in report.other_endings)
    yield f"Crashes: {len(report.crashes)}"
    yield from (f"  {name}" for name in report.crashes)
    slowest = max(report.seconds.items(), key=lambda pair: pair[1], default=("none", 0.0))
    above = sum(seconds > SLOW for seconds in report.seconds.values())
    yield f"Slowest: {slowest[0]}, {slowest[1]:.1f} s; above {SLOW:.0f} s: {above}"
    yield "What was not all right"
    yield from _faults(report.verdicts)


def loaded(path: Path) -> list[Facts]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main(arguments: list[str]) -> int:
    """The command."""
    if len(arguments) != 2:
        sys.stderr.write("Usage: python -m tests.certificates.judge SET READINGS.jsonl\n")
        return 2
    truths = loaded(Path(arguments[0]) / "truth.jsonl")
    readings = {each["file"]: each for each in loaded(Path(arguments[1]))}
    sys.stdout.write("\n".join(lines(judged(truths, readings))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What is true of a drawn document? What is printed on it, field by field, and how a right reading ends."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Grade(StrEnum):
    """How hard a document is to read for a person; ``ODD`` ones are genuine and strangely packed."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"
    ODD = "odd"
    OTHER = "other"  # no certificate at all


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One course as printed; None where the paper says nothing.

    ``also`` holds further right answers by field, None among them where leaving the field empty is right too.
    ``optional``: a right reading may list this row or leave it out.
    """

    title: str | None
    completed_on: str | None
    started_on: str | None = None
    hours: str | None = None
    provider: str | None = None
    approval_number: str | None = None
    also: Mapping[str, Sequence[str | None]] = field(default_factory=dict)
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """All that is true of one document. ``ask``: fields that a right reader leaves empty or unsure.

    ``unfinished``: titles of rows that are not completed, which are never a completion.
    """

    person_name: str | None = None
    courses: Sequence[Course] = ()
    expect: str = "certificate"
    expect_also: Sequence[str] = ()
    reasons: Sequence[str] = ()
    ask: Sequence[str] = ()
    unfinished: Sequence[str] = ()
    kind: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """One file of the set with all that is known about it."""

    file: str
    grade: Grade
    layout: str
    truth: Truth
    data: bytes

    def line(self) -> str:
        """Its line of ``truth.jsonl``."""
        facts: dict[str, Any] = {"file": self.file, "grade": self.grade.value, "layout": self.layout}
        return json.dumps(facts | asdict(self.truth), ensure_ascii=False, sort_keys=False)

"""How does a report leave Rollcall? As text to read, CSV to sort, JSON for programs, and rejected rows to mend."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from db.records.imports import RowFate
from messages.wording import number
from messages.words import Words
from reading.tables.preview import Rejection
from reading.tables.rejected import neutral, write_rejected
from training.imports.model import Plan, WrittenImport
from training.imports.opening import ImportFile
from training.imports.report import Section, Speaker, reasons_of, report

GAP = "  "
# The last column runs on; the ones before it are cut nowhere and padded to the widest.
WIDEST = 40


def as_text(sections: Iterable[Section]) -> str:
    """Sections as plain text that reads the same on every screen."""
    blocks = []
    for section in sections:
        lines = [section.title] if section.title else []
        indent = GAP if section.title else ""
        lines += [f"{indent}{line}" for line in section.lines]
        lines += [f"{indent}{line}" for line in _table(section.columns, section.rows)]
        lines += [f"{indent}{line}" for line in section.after]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    if not rows:
        return []
    every = [columns, *rows]
    widths = [min(WIDEST, max(len(row[place]) for row in every)) for place in range(len(columns) - 1)]
    return [
        GAP.join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in every
    ]


def text_report(plan: Plan, file: ImportFile, words: Words, written: WrittenImport | None) -> bytes:
    """The whole report, every row in it."""
    sections = [*report(plan, file, words, whole=True), Section(lines=(outcome(written, words),))]
    return as_text(sections).encode("utf-8")


def outcome(written: WrittenImport | None, words: Words) -> str:
    """Whether anything was written, in one sentence."""
    if written is None:
        return words.say("import-not-written")
    if written.at is None:
        return words.say("import-nothing-to-write")
    if not written.people:
        return words.say_many("import-written-nobody", written.facts)
    people = words.say_many("import-people", written.people)
    return words.say_many("import-written", written.facts, people=people)


def csv_report(plan: Plan, file: ImportFile, words: Words, written: WrittenImport | None) -> bytes:  # noqa: ARG001  all reports are asked for alike
    """One line for every row of the file: what becomes of it, why, and its cells."""
    speaker = Speaker(words, plan.preview)
    out = io.StringIO()
    writer = csv.writer(out)
    names = ("row", "badge", "fate", "reason", "changes", "notes")
    headings = [words.say(f"import-column-{name}") for name in names]
    writer.writerow([*headings, *map(neutral, plan.preview.header)])
    for row in plan.rows:
        told = (
            words.say(f"import-fate-{row.fate}"),
            speaker.reasons(row.because),
            speaker.changes(row),
            speaker.reasons(row.notes),
        )
        cells = [str(row.line), row.badge_number, *told, *file.cells.get(row.line, ())]
        writer.writerow([neutral(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def json_report(plan: Plan, file: ImportFile, words: Words, written: WrittenImport | None) -> bytes:
    """The plan as plain values, codes and sentences side by side."""
    speaker = Speaker(words, plan.preview)
    preview = plan.preview
    whole: dict[str, Any] = {
        "file": file.name,
        "file_hash": file.digest,
        "kind": plan.kind.value,
        "written": written is not None and written.at is not None,
        "refusal": preview.refusal.code.value if preview.refusal is not None else None,
        "questions": [
            {"code": each.code.value, "column": each.column, "options": list(each.options)}
            for each in preview.questions
        ],
        "counts": {fate.value: plan.count(fate) for fate in RowFate},
        "columns": {use.column: use.header for use in preview.columns},
        "rows": [
            {
                "row": row.line,
                "badge": row.badge_number,
                "fate": row.fate.value,
                "doubtful": row.doubtful,
                "reasons": [_reason(each.code, speaker.reason(each)) for each in row.because],
                "notes": [_reason(each.code, speaker.reason(each)) for each in row.notes],
                "changes": [[change.field, change.old, change.new] for change in row.changes],
                "cells": list(file.cells.get(row.line, ())) if row.fate is RowFate.REJECTED else [],
            }
            for row in plan.rows
        ],
        "missing": [[person.badge_number, person.name] for person in plan.missing],
        "history": [
            {
                "badge": year.badge_number,
                "year": year.year,
                "records": year.records,
                "hours": number(year.hours),
                "hours_doubtful": number(year.hours_doubtful),
                "without_topic": year.lacking_topic,
                "without_hours": year.lacking_hours,
                "complete_percent": year.complete_percent,
            }
            for year in plan.years
        ],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8", errors="replace")


def _reason(code: str, sentence: str) -> Mapping[str, str]:
    return {"code": code, "sentence": sentence}


ReportFile = Callable[[Plan, ImportFile, Words, WrittenImport | None], bytes]
REPORTS: Mapping[str, ReportFile] = {".txt": text_report, ".csv": csv_report, ".json": json_report}


def rejected_rows(plan: Plan, file: ImportFile, words: Words) -> bytes:
    """Rows to mend and import again, in the file's own columns and with the reason beside each."""
    reasons = reasons_of(plan, words)
    rejections = tuple(Rejection(line, (), file.cells.get(line, ())) for line in reasons)
    return write_rejected(
        replace(plan.preview, rejections=rejections), lambda rejection: reasons[rejection.line]
    )

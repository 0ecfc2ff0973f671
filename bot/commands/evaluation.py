"""``rollcall rules evaluate``: one case a line in, one answer a line out, with the whole working and no database."""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from messages.remarks import remark_sentence
from messages.words import load
from rules.case import Case, read_case
from rules.errors import CaseError, PackError, UnknownPackError
from rules.evaluate import Evaluation, evaluate
from rules.finding import Finding
from rules.loader import load_for_state
from rules.model import Completion
from rules.pack import Pack
from rules.reporting import ReportDue, reports_due
from rules.standing import Remark
from rules.working import credited, refused

MOST_CHARACTERS = 10_000_000


def evaluate_lines(lines: Iterable[str]) -> Iterator[str]:
    """An answer for every line that is not blank; a line that cannot be read is answered with what is wrong."""
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(line), default=_exact)


def _answer(line: str) -> dict[str, Any]:
    try:
        case = read_case(_parsed(line))
        return shown(
            case, evaluate((_pack(case.state),), case.facts, case.records, case.as_of, older_left_out=True)
        )
    except (ValueError, ArithmeticError, RecursionError):
        return {
            "error": "case-unreadable",
            "where": "line",
            "expected": "one JSON object",
            "found": "something else",
        }
    except CaseError as error:
        return {
            "error": "case-unreadable",
            "where": error.where,
            "expected": error.expected,
            "found": error.found,
        }
    except UnknownPackError as error:
        return {
            "error": "pack-unknown",
            "where": "state",
            "expected": ", ".join(error.held),
            "found": error.name,
        }
    except PackError as error:
        return {
            "error": "pack-broken",
            "where": f"{error.file}:{error.line}",
            "expected": error.expected,
            "found": error.found,
        }


def _parsed(line: str) -> Any:
    if len(line) > MOST_CHARACTERS:
        raise CaseError("line", f"at most {MOST_CHARACTERS} characters", f"{len(line)}")
    return json.loads(line, parse_float=Decimal, parse_constant=_no_constant)


def _no_constant(word: str) -> Any:
    raise CaseError("line", "a number", word)


@cache
def _pack(state: str) -> Pack:
    return load_for_state(state)


def shown(case: Case, evaluation: Evaluation) -> dict[str, Any]:
    """The answer in the shape of the contract."""
    answer: dict[str, Any] = {
        "state": case.state,
        "pack": evaluation.packs[0].name,
        "as_of": case.as_of.isoformat(),
        "compliant": evaluation.compliant,
        "standing": evaluation.word.value,
        "verdicts": dict(evaluation.verdicts),
        "requirements": [_requirement(finding, evaluation) for finding in evaluation.findings],
    }
    if any(pack.reporting for pack in evaluation.packs):
        answer["reports"] = [_report(due) for subject in evaluation.subjects for due in reports_due(subject)]
    return answer


def _report(due: ReportDue) -> dict[str, Any]:
    """A clock of the agency's, which is no part of anybody's verdict."""
    return {
        "id": due.report.id,
        "label": due.report.label,
        "owed_by": "agency",
        "record": due.record.ref if due.record is not None else None,
        "window": due.window,
        "due_on": _day(due.due_on),
        "due_on_alternatives": [day.isoformat() for day in due.due_on_alternatives],
        "citation": due.report.reference,
    }


def _requirement(finding: Finding, evaluation: Evaluation) -> dict[str, Any]:
    requirement = finding.requirement
    row: dict[str, Any] = {
        "id": requirement.id,
        "label": requirement.label,
        "satisfied": finding.satisfied,
        "applies": finding.applies,
        "decides": finding.decides and not finding.unsettled,
        "state": "not-applicable" if finding.applies is False else finding.state.value,
        "hours_counted": finding.hours_counted,
        "hours_required": finding.hours_required,
        "due_on": _day(finding.due_on),
        "due_on_alternatives": [day.isoformat() for day in finding.due_on_alternatives],
        "window": finding.window.label if finding.window is not None else None,
        "counted": [_record(each.completion, hours=each.hours) for each in credited(finding)],
        "not_counted": [
            _record(
                each.completion,
                reason=_sentence(Remark(each.reason), finding),
                code=each.reason,
                doubtful=each.doubtful,
            )
            for each in refused(finding, evaluation.subject_of(finding))
        ],
        "citation": requirement.citation,
        "confidence": requirement.confidence.value,
        "consequence": requirement.consequence,
        "explanation": explanation(finding),
    }
    if finding.item is not None:
        row["item"] = finding.item
    if finding.cycle is not None:
        row["cycle_start"], row["cycle_end"] = finding.cycle.start.isoformat(), finding.cycle.end.isoformat()
    return row


def explanation(finding: Finding) -> str:
    """The duty in the pack's own sentence, then each remark."""
    return " ".join((finding.requirement.duty, *(_sentence(remark, finding) for remark in finding.remarks)))


def _sentence(remark: Remark, finding: Finding) -> str:
    return remark_sentence(remark, finding.due_on or finding.requirement.reviewed_on, load())


def _record(completion: Completion, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": completion.ref,
        "date": _day(completion.on),
        "title": completion.title,
        "topics": sorted(completion.topics) if completion.topics is not None else None,
        "hours": completion.hours,
    }
    return {**row, **more}


def _day(day: Any) -> str | None:
    return None if day is None else day.isoformat()


def _exact(value: Any) -> Any:
    """Decimals as JSON numbers: whole ones as integers, others by their shortest digits, never rounded."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(type(value).__name__)

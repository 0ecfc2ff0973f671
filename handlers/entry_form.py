"""The values of one class as a form, for its sender and for whoever reviews it: what was entered, or what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from messages.entry_form import EntryFormFacts
from messages.forms import FieldError
from reading.forms import EntryProblem, read_choice, read_day, read_hours, read_words
from reading.forms import FieldEntry as Entered
from training.uploads import checks
from training.uploads.values import Draft, Entry
from training.uploads.wording import entry_facts

MOST_TITLE, MOST_NAME, MOST_NUMBER = 160, 120, 60
# An academy of half a year is one class; nothing is longer.
LONGEST_CLASS = Decimal(1500)
# Nobody's record begins earlier.
EARLIEST = date(1960, 1, 1)
LINE = "line"
# What a line that has none of it takes from the form as it stands.
NEEDED = frozenset({"title", "completed_on", "hours", "provider"})
UPLOAD = "upload"
# Between the number of the certificate and the class of it that stands in the form.
OF = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """What was entered: the line it is about, the values that are others than those shown, and the problems.

    ``turned``: another class of the list was chosen than the one whose values stood there.
    """

    line: int
    turned: bool
    values: Mapping[str, Any]
    errors: Mapping[str, FieldError]


def form_facts(
    number: int, draft: Draft, line: int, entry: Entry, errors: Mapping[str, FieldError] | None = None
) -> EntryFormFacts:
    """The form of one class, with the names of every class of the list."""
    lines = (each.title or str(place) for place, each in enumerate(draft.entries, start=1))
    return EntryFormFacts(
        number=number, entry=entry_facts(entry), lines=tuple(lines), line=line, errors=errors or {}
    )


def number_in(form: Mapping[str, Sequence[str]]) -> str:
    """Which certificate the form is about, as it was sent."""
    return next(iter(form.get(UPLOAD, ())), "").partition(OF)[0]


def filled(form: Mapping[str, Sequence[str]], draft: Draft, today: date) -> FilledForm:
    """The form as it came back. Hours and number may be left empty: then the paper has none.

    Of a list the values of one line are shown, whichever is chosen then: only what was changed is meant for that line,
    and what it lacks.
    """
    line, wrong_line = _line(form, draft)
    found: dict[str, Entered[Any]] = {
        "title": read_words(form.get("title", ()), most=MOST_TITLE),
        "completed_on": read_day(form.get("completed_on", ()), first=EARLIEST, last=today),
        "started_on": read_day(form.get("started_on", ()), first=EARLIEST, last=today),
        "hours": read_hours(form.get("hours", ()), most=LONGEST_CLASS),
        "provider": read_words(form.get("provider", ()), most=MOST_NAME),
        "number": read_words(form.get("number", ()), most=MOST_NUMBER),
    }
    may_be_empty = {"started_on", "hours", "number"} | ({"provider"} if draft.is_list else set())
    # Minutes of a class are written as hundredths of an hour, not only as quarters.
    problems = {
        name: each
        for name, each in found.items()
        if each.problem is not None
        and not (each.problem is EntryProblem.EMPTY and name in may_be_empty)
        and each.problem is not EntryProblem.NOT_A_QUARTER
    }
    errors = {
        name: FieldError(code=each.problem.value, written=each.written, limit=each.limit)
        for name, each in problems.items()
        if each.problem is not None
    }
    if wrong_line is not None:
        errors[LINE] = wrong_line
    values = {name: each.value for name, each in found.items() if name not in problems}
    shown = next(iter(form.get(UPLOAD, ())), "").partition(OF)[2]
    turned = draft.is_list and wrong_line is None and shown not in ("", str(line + 1))
    stood = draft.entries[line] if shown == str(line + 1) else draft.entry
    meant = _meant(stood, draft.entries[line], _complete(values))
    return FilledForm(line=line, turned=turned, values=meant, errors=errors)


def _complete(values: dict[str, Any]) -> dict[str, Any]:
    """What was left empty says that the paper has none."""
    if "hours" in values:
        values["no_hours"] = values["hours"] is None
    if "number" in values:
        values["no_number"] = values["number"] is None
        values["number"] = values["number"] or ""
    if "provider" in values:
        values["provider"] = values["provider"] or ""
    return values


def _line(form: Mapping[str, Sequence[str]], draft: Draft) -> tuple[int, FieldError | None]:
    """Which class is meant; of a list one that is not on it is no other one."""
    if not draft.is_list:
        return 0, None
    lines = [str(place) for place in range(1, len(draft.entries) + 1)]
    chosen = read_choice(form.get(LINE, ()), lines)
    if chosen.problem is EntryProblem.EMPTY:
        return 0, None
    if chosen.value is None or chosen.problem is not None:
        problem = chosen.problem or EntryProblem.NOT_A_CHOICE
        return 0, FieldError(code=problem.value, written=chosen.written)
    return int(chosen.value) - 1, None


def together(entry: Entry, today: date) -> dict[str, FieldError]:
    """What the values of one class cannot say together."""
    wrong = checks.impossible(Draft(entries=(entry,)), today)
    if wrong is not None and wrong.about == "hours":
        written = "" if entry.hours is None else format(entry.hours, "f")
        limit = checks.LONGEST_DAY * int(wrong.facts.get("days", "1"))
        return {"hours": FieldError(code=EntryProblem.TOO_LARGE.value, written=written, limit=limit)}
    if wrong is not None and wrong.code == "backwards":
        return {"started_on": FieldError(code=EntryProblem.TOO_LATE.value, limit=entry.completed_on)}
    if (
        entry.expires_on is not None
        and entry.completed_on is not None
        and entry.expires_on < entry.completed_on
    ):
        return {"completed_on": FieldError(code=EntryProblem.TOO_LATE.value, limit=entry.expires_on)}
    return {}


def _meant(shown: Entry, chosen: Entry, values: Mapping[str, Any]) -> Mapping[str, Any]:
    meant = {
        name: value
        for name, value in values.items()
        if getattr(chosen, name) != value and (getattr(shown, name) != value or _lacks(chosen, name))
    }
    # That the first line has none says nothing of another that has one.
    for name, none in (("hours", "no_hours"), ("number", "no_number")):
        if name not in meant and getattr(chosen, name):
            meant.pop(none, None)
    return meant


def _lacks(entry: Entry, name: str) -> bool:
    return name in NEEDED and getattr(entry, name) in (None, "")

"""The form of a review as it came back: what was entered, what is wrong with it, and the decision that it makes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from handlers import entry_form
from messages.forms import FieldError
from messages.review import DECISIONS, RETURN_REASONS
from reading.forms import EntryProblem, read_choice, read_day, read_hours, read_words
from training.uploads.deciding import Approve, Decision, Refer, Return
from training.uploads.review_rules import Checked, Typed
from training.uploads.values import Draft, Entry, From, in_order

MOST_WORDS = 500
# What is meant by words without one of the reasons.
OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What came back: the class it is about with its values as they were entered, and everything beside them.

    ``decision`` is None while there is none to take: another class of the list was turned to, or ``errors`` says what
    is in the way.
    """

    line: int
    entry: Entry
    decision: Decision | None = None
    errors: Mapping[str, FieldError] = field(default_factory=dict)
    chosen: str = ""
    confirmed: tuple[str, ...] = ()
    reason: str = ""
    words: str = ""


def entered(
    form: Mapping[str, Sequence[str]], draft: Draft, today: date, offered: Collection[str]
) -> Entered:
    """The form as it came back. ``offered`` are the topics that could be chosen beside those of the class."""
    found = entry_form.filled(form, draft, today)
    stood = draft.entries[found.line]
    if found.turned:
        return Entered(line=found.line, entry=stood)
    topics = tuple(form.get("topics", ()))
    # Nothing ticked is what a reviewer says who took the ticks away.
    others = {} if set(topics) == set(stood.topics) else {"topics": topics}
    entry = stood.with_value(From.REVIEWER, **found.values, **others)
    chosen = read_choice(form.get("decision", ()), DECISIONS)
    errors: dict[str, FieldError] = {}
    if chosen.problem is not None:
        errors["decision"] = FieldError(code=chosen.problem.value, written=chosen.written)
    if chosen.value == "approve":
        # What goes on record has to be right; what goes back or to a person may be wrong as it stands.
        errors |= entry_form.together(entry, today) | dict(found.errors)
        if not set(topics) <= {*offered, *stood.topics}:
            errors["topics"] = FieldError(code=EntryProblem.NOT_A_CHOICE.value)
    confirmed = in_order(form.get("confirmed", ()))
    reason = read_choice(form.get("reason", ()), RETURN_REASONS).value or ""
    text = (read_words(form.get("words", ()), most=MOST_WORDS).value or "")[:MOST_WORDS]
    decision: Decision | None = None
    if not errors:
        match chosen.value:
            case "approve":
                entries = (*draft.entries[: found.line], entry, *draft.entries[found.line + 1 :])
                typed = typed_in(form.get("typed-hours", ()), form.get("typed-completed_on", ()), today)
                decision = Approve(entries=entries, checked=Checked(confirmed, typed))
            case "return":
                decision = Return(reason=reason or (OTHER if text else ""), text=text)
            case "refer":
                decision = Refer()
    return Entered(
        line=found.line,
        entry=entry,
        decision=decision,
        errors=errors,
        chosen=chosen.value or "",
        confirmed=confirmed,
        reason=reason,
        words=text,
    )


def typed_in(hours: Sequence[str], day: Sequence[str], today: date) -> Typed:
    """What a reviewer typed from the paper."""
    return Typed(
        hours=read_hours(hours, most=entry_form.LONGEST_CLASS).value,
        completed_on=read_day(day, first=entry_form.EARLIEST, last=today).value,
    )

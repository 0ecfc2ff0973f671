"""What came back of the form of a request, or was typed beside a decision: what was checked, typed and written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from db.records.requests import RequestAct
from handlers.routing import Asked
from messages.approval_form import DECISIONS
from messages.forms import FieldError
from reading.forms import EntryProblem, read_choice, read_day, read_words
from reading.text.approvals import request_meant
from training.requests.deciding import MOST_WORDS, RequestDecision
from training.requests.rules import RequestCheck

# The first and the last day that can be typed of a class.
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
MOST_FIGURES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalEntered:
    """What was entered; ``decision`` is None while ``errors`` say what is in the way."""

    decision: RequestDecision | None = None
    chosen: str = ""
    confirmed: tuple[str, ...] = ()
    written: str = ""
    errors: Mapping[str, FieldError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RequestMeant:
    """Which request, which version of it and whom else a button or a form carries; 0 and None where it says none."""

    number: int
    version: int = 0
    to: int | None = None


def meant(asked: Asked) -> RequestMeant | None:
    """Which request is meant; None where that is none."""
    if asked.form is not None and asked.form.get("request"):
        carried = asked.form["request"][0]
    else:
        slot = asked.slot("request_id")
        carried = asked.value or (slot if isinstance(slot, str) else "")
    number, *others = carried.split("/")
    found = request_meant(number)
    if found is None:
        return None
    numbers = [int(each) if each.isdecimal() and len(each) < MOST_FIGURES else 0 for each in others]
    version, to = [*numbers, 0, 0][:2]
    return RequestMeant(found, version, to or None)


def words_in(asked: Asked) -> str:
    """What was written with a command or into its form."""
    if asked.form is not None:
        return " ".join(asked.form.get("words", ())).strip()
    said = asked.slot("words")
    return said.strip() if isinstance(said, str) else ""


def typed_approval(asked: Asked) -> RequestDecision:
    """An approval by its button or in words, with what was checked."""
    confirmed = asked.slot("confirmed")
    typed: dict[str, date | Decimal] = {}
    for check in RequestCheck:
        said = asked.slot(f"typed_{check.value}")
        if isinstance(said, (date, Decimal)):
            typed[check.value] = said
    return RequestDecision(
        act=RequestAct.APPROVED,
        words=words_in(asked),
        confirmed=tuple(str(each) for each in confirmed) if isinstance(confirmed, tuple) else (),
        typed=typed,
    )


def entered(form: Mapping[str, Sequence[str]]) -> ApprovalEntered:
    """The form as it came back."""
    errors: dict[str, FieldError] = {}
    chosen = read_choice(form.get("decision", ()), DECISIONS)
    if chosen.problem is not None:
        errors["decision"] = FieldError(code=chosen.problem.value, written=chosen.written)
    said = read_words(form.get("words", ()), most=MOST_WORDS)
    written = (said.value or "").strip()
    if said.problem is EntryProblem.TOO_LONG:
        errors["words"] = FieldError(code=said.problem.value, limit=said.limit)
    if chosen.value == "deny" and not written:
        errors["words"] = FieldError(code=EntryProblem.EMPTY.value)
    confirmed = tuple(each.value for each in RequestCheck if each.value in form.get("confirmed", ()))
    decision = None
    if not errors:
        act = RequestAct.APPROVED if chosen.value == "approve" else RequestAct.DENIED
        decision = RequestDecision(act=act, words=written, confirmed=confirmed, typed=_typed(form))
    return ApprovalEntered(
        decision=decision, chosen=chosen.value or "", confirmed=confirmed, written=written, errors=errors
    )


def _typed(form: Mapping[str, Sequence[str]]) -> dict[str, date | Decimal]:
    typed: dict[str, date | Decimal] = {}
    day = read_day(form.get("typed-dates", ()), first=EARLIEST, last=LATEST).value
    if day is not None:
        typed[RequestCheck.DATES.value] = day
    for check in (RequestCheck.COST, RequestCheck.HOURS):
        amount = _amount(form.get(f"typed-{check.value}", ()))
        if amount is not None:
            typed[check.value] = amount
    return typed


def _amount(entered: Sequence[str]) -> Decimal | None:
    text = next(iter(entered), "").strip().removeprefix("$").replace(",", "")
    plain = text.replace(".", "", 1)
    return Decimal(text) if plain.isascii() and plain.isdecimal() and len(plain) < MOST_FIGURES else None

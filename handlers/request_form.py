"""A request as a form: what stands in it, and what was entered, or what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from dateutil.relativedelta import relativedelta

from handlers.request_views import about, offering_values
from handlers.routing import Answered, Asked
from handlers.status import finish
from messages import request_form as say
from messages.forms import FieldError
from reading.forms import (
    EntryProblem,
    FieldEntry,
    read_choice,
    read_count,
    read_day,
    read_dollars,
    read_hours,
    read_words,
)
from reading.tables.courses import MOST_MILES
from reading.text.requests import request_meant
from reading.text.wishes import LONGEST_HOURS, LONGEST_PLACE, LONGEST_TITLE, MOST_COST
from reading.titles import match_title
from training.asking import Outcome, Question
from training.content.reasons import reasons
from training.courses import offerings
from training.requests import behalf, drafting, forming
from training.requests.drafting import OwnRequest
from training.requests.forming import class_values
from training.requests.life import RequestStage
from training.requests.values import CostKind, CostLine, RequestValues

_Value = TypeVar("_Value")
# As many classes as a field to choose from shows whole on every channel.
MOST_CLASSES = 50
# Nobody plans further ahead.
YEARS_AHEAD = 10
MOST_BADGE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledRequest:
    """What was entered. ``one`` is the request that it is about, None for a new one; ``badge`` for whom it is."""

    one: OwnRequest | None
    values: RequestValues
    reason: str = ""
    badge: str = ""
    errors: Mapping[str, FieldError] = field(default_factory=dict)


def new(question: Question, asked: Asked) -> Answered:
    """An empty form, and the words that do the same."""
    facts = _facts(question, None, RequestValues())
    return finish(
        say.request_form(facts, asked.words), Outcome(), intent="request_training", asks="describing"
    )


def of_one(question: Question, asked: Asked, one: OwnRequest) -> Answered:
    """The form with what is asked for so far."""
    return _shown(asked, _facts(question, one, one.life.values), one)


def once_more(question: Question, asked: Asked, filled: FilledRequest) -> Answered:
    """The form as it came back, with a sentence beside each field that needs another try."""
    facts = _facts(question, filled.one, filled.values)
    facts = replace(facts, reason=filled.reason, badge=filled.badge, errors=filled.errors)
    return _shown(asked, facts, filled.one)


def _shown(asked: Asked, facts: say.RequestFormFacts, one: OwnRequest | None) -> Answered:
    remember = {} if one is None else about(one.number)
    return finish(say.request_form(facts, asked.words), Outcome(), **remember)


def _facts(question: Question, one: OwnRequest | None, values: RequestValues) -> say.RequestFormFacts:
    upcoming = offerings.upcoming(
        question.conn, question.agency_id, question.asker.now, question.asker.time_zone
    )
    named = {each.kind: each.amount for each in values.costs}
    return say.RequestFormFacts(
        number=None if one is None else one.number,
        classes=tuple(offering_values(each.fact) for each in upcoming[:MOST_CLASSES]),
        values=class_values(values),
        costs={each.value: named.get(each) for each in CostKind},
        out_of_town=values.out_of_town,
        miles=values.miles,
        leads=behalf.enters_for_others(question),
        sent=one is not None and one.life.stage is not RequestStage.DRAFT,
    )


def number_in(form: Mapping[str, Sequence[str]]) -> int | None:
    """Which request the form is about; None for a new one."""
    return request_meant(next(iter(form.get("request", ())), ""))


def filled(question: Question, form: Mapping[str, Sequence[str]], one: OwnRequest | None) -> FilledRequest:
    """The form as it came back. A class of the calendar says everything but further costs and the reason."""
    upcoming = offerings.upcoming(
        question.conn, question.agency_id, question.asker.now, question.asker.time_zone
    )
    listed = {str(each.fact.number): each.fact for each in upcoming}
    chosen = read_choice(form.get("offering", ()), (*listed, say.NOT_LISTED))
    reading = _Reading(form, question.today)
    errors: dict[str, FieldError] = {}
    if chosen.problem not in (None, EntryProblem.EMPTY):
        errors["offering"] = FieldError(code=EntryProblem.NOT_A_CHOICE.value, written=chosen.written)
    found = listed.get(chosen.value or say.NOT_LISTED)
    values = reading.described() if found is None else forming.of_offering(found)
    costs = reading.costs()
    if found is None or any(each.kind is not CostKind.TUITION for each in costs):
        tuition = () if found is None else values.costs
        kinds = {each.kind for each in tuition}
        values = replace(values, costs=(*tuition, *(each for each in costs if each.kind not in kinds)))
    values = replace(values, out_of_town=reading.out_of_town(values.out_of_town))
    if found is None:
        errors |= reading.errors_of_description(values)
        problem = forming.impossible(values, question.today)
        if problem == "backwards" and values.starts_on is not None:
            errors["ends_on"] = FieldError(code=EntryProblem.TOO_EARLY.value, limit=values.starts_on)
    errors |= reading.errors
    reason = read_words(form.get("reason", ()), most=drafting.MOST_REASON)
    needs_reason = one is None or (one.life.stage is RequestStage.DRAFT)
    if reason.problem is not None and (needs_reason or reason.problem is not EntryProblem.EMPTY):
        errors["reason"] = FieldError(code=reason.problem.value, limit=reason.limit)
    badge = read_words(form.get("badge", ()), most=MOST_BADGE).value or ""
    if badge and len(behalf.meant(question, badge)) != 1:
        errors["badge"] = FieldError(code=EntryProblem.NOT_A_CHOICE.value, written=badge[:MOST_BADGE])
    return FilledRequest(one=one, values=values, reason=reason.value or "", badge=badge, errors=errors)


class _Reading:
    """The fields of a described class, each read once, with what is wrong."""

    def __init__(self, form: Mapping[str, Sequence[str]], today: date) -> None:
        self._form = form
        self._last = today + relativedelta(years=YEARS_AHEAD)
        self._today = today
        self.errors: dict[str, FieldError] = {}

    def described(self) -> RequestValues:
        title = self._taken("title", read_words(self._said("title"), most=LONGEST_TITLE)) or ""
        starts_on = self._taken("starts_on", self._day("starts_on"))
        ends_on = self._taken("ends_on", self._day("ends_on"))
        return RequestValues(
            title=title,
            topics=tuple(match_title(title).topics) if title else (),
            starts_on=starts_on,
            ends_on=ends_on or starts_on,
            hours=self._taken("hours", read_hours(self._said("hours"), most=LONGEST_HOURS)),
            miles=self._taken("miles", read_count(self._said("miles"), most=MOST_MILES)),
            place=self._taken("place", read_words(self._said("place"), most=LONGEST_PLACE)) or "",
            register_by=self._taken("register_by", self._day("register_by")),
        )

    def costs(self) -> tuple[CostLine, ...]:
        """Every kind of cost that was named."""
        lines = []
        for kind in CostKind:
            name = f"cost-{kind.value}"
            amount: Decimal | None = self._taken(name, read_dollars(self._said(name), most=MOST_COST))
            if amount is not None:
                lines.append(CostLine(kind, amount))
        return tuple(lines)

    def out_of_town(self, known: bool | None) -> bool | None:
        """Whether somebody has to go away for it."""
        said = read_choice(self._said("out_of_town"), (say.YES, say.NO)).value
        return known if said is None else said == say.YES

    def errors_of_description(self, values: RequestValues) -> dict[str, FieldError]:
        """What a description lacks. A class that costs nothing says so with a nought."""
        lacking = {
            "title": not values.title,
            "starts_on": values.starts_on is None,
            "place": not values.place,
            "cost-tuition": not values.costs,
        }
        return {
            name: FieldError(code=EntryProblem.EMPTY.value)
            for name, lacks in lacking.items()
            if lacks and name not in self.errors
        }

    def _said(self, name: str) -> Sequence[str]:
        return self._form.get(name, ())

    def _day(self, name: str) -> FieldEntry[date]:
        return read_day(self._said(name), first=self._today, last=self._last)

    def _taken(self, name: str, entry: FieldEntry[_Value]) -> _Value | None:
        if entry.problem is None:
            return entry.value
        if entry.problem is not EntryProblem.EMPTY:
            self.errors[name] = FieldError(code=entry.problem.value, written=entry.written, limit=entry.limit)
        return None


def words_facts(
    question: Question, one: OwnRequest, route: say.WordsRoute, *, too_long: str = ""
) -> say.WordsFormFacts:
    """The one field in which somebody writes; the question that is answered stands beside it."""
    asked = one.life.question
    item_id = asked.fact.item_id if asked is not None and route == "answer" else None
    said = {} if item_id is None else reasons(question, (item_id,))
    errors = {}
    if too_long:
        limit = Decimal(drafting.MOST_REASON)
        errors["words"] = FieldError(code=EntryProblem.TOO_LONG.value, limit=limit)
    return say.WordsFormFacts(
        number=one.number,
        route=route,
        asked=said.get(item_id or 0, ""),
        written=too_long,
        errors=errors,
    )

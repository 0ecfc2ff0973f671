"""How one case of ``rules evaluate`` is read: plain JSON values into facts and completions, or refused with its place.

The names are those of the contract; a name that is not known is kept as a plain fact, and absent means unknown.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from rules.errors import CaseError
from rules.model import (
    Assignment,
    Card,
    Completion,
    Fact,
    KnownFacts,
    Leave,
    RecordFact,
    Relief,
    ReliefKind,
    Span,
    Truth,
    Waiver,
)

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
YEAR = re.compile(r"[1-9][0-9]{3}")
MOST_RECORDS = 100_000
OWN_FIELDS = frozenset({"date", "hours", "topics", "topic_hours", "title", "board_approved", "id"})
# Read into values of their own, not kept as plain facts.
LISTS = frozenset(
    {
        "assignments",
        "appointments",
        "leave",
        "first_aid_cpr_cards",
        "cards",
        "extensions",
        "waivers",
        "exemptions",
    }
)
# Yes or no, in whatever words; anything else is refused rather than taken for either.
FLAGS = frozenset(
    {
        "active_participation", "completed", "extension_waiver", "may_pursue", "never_counts", "passed",
        "required_to_carry", "test_passed", "used_for_salary_incentive_degree",
    }
)  # fmt: skip
SAID = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
WORD_LISTS = frozenset({"disciplines", "firearms_carried"})
TEXTS = frozenset({"applied_to_window", "course_number"})
NUMBERS = frozenset({"instruction_minutes", "session_hours"})
BOTH_CARDS = frozenset({"first-aid", "cpr"})
SPOKEN = {"sro": "school-resource-officer"}


class Case(NamedTuple):
    """One question: this person, these records, this state's pack, this day."""

    state: str
    as_of: date
    facts: KnownFacts
    records: tuple[Completion, ...]


def read_case(given: Any) -> Case:
    """The case, or CaseError naming the place, what may stand there and what does."""
    case = _object(given, "case")
    state = case.get("state")
    if not isinstance(state, str) or not state.strip():
        raise CaseError("state", "a state code", _shown(state))
    records = case.get("records", [])
    if not isinstance(records, list) or len(records) > MOST_RECORDS:
        raise CaseError("records", f"a list of at most {MOST_RECORDS}", _shown(records))
    return Case(
        state,
        read_day(case.get("as_of"), "as_of"),
        read_facts(_object(case.get("officer"), "officer")),
        tuple(read_record(record, f"records[{number}]") for number, record in enumerate(records)),
    )


def read_facts(given: Mapping[str, Any]) -> KnownFacts:
    """A person's facts. A date given as null is known not to have happened."""
    values: dict[str, Fact] = {}
    denied = set()
    for name, value in given.items():
        if name in LISTS:
            continue
        if value is None:
            denied.add(name)
        elif name in FLAGS:
            values[name] = _flag(value, f"officer.{name}")
        elif name in WORD_LISTS and not isinstance(value, list):
            values[name] = (plain(str(value)),)
        else:
            values[name] = _fact(value, f"officer.{name}")
    reliefs = tuple(_reliefs(given))
    return KnownFacts(
        values,
        frozenset(denied),
        leave=_leave(given, values),
        cards=_cards(given),
        assignments=tuple(_assignments(given["assignments"]))
        if given.get("assignments") is not None
        else None,
        appointments=tuple(_spans(given.get("appointments"), "officer.appointments")),
        reliefs=tuple(relief for relief, granted in reliefs if granted is True),
        asked=tuple(relief for relief, granted in reliefs if granted is None),
        waivers=tuple(_waivers(given.get("waivers"))),
    )


def read_record(given: Any, where: str) -> Completion:
    """One completion. Hours are exact; null or absent means that nobody has said."""
    record = _object(given, where)
    on = record.get("date")
    hours = record.get("hours")
    approved = record.get("board_approved")
    if approved is not None and not isinstance(approved, bool):
        raise CaseError(f"{where}.board_approved", "true, false or nothing", _shown(approved))
    topic_hours = _topic_hours(record.get("topic_hours"), f"{where}.topic_hours")
    whole = None if hours is None else read_hours(hours, f"{where}.hours")
    if whole is None and topic_hours is not None:
        whole = sum(topic_hours.values(), start=Decimal(0))
    facts: dict[str, RecordFact] = {}
    for name, value in record.items():
        if name in OWN_FIELDS or value is None:
            continue
        if name in FLAGS:
            facts[name] = _flag(value, f"{where}.{name}")
        elif name in TEXTS:
            facts[name] = str(value).strip()
        elif name in NUMBERS:
            facts[name] = read_hours(value, f"{where}.{name}")
        else:
            facts[name] = _number_or_fact(value, f"{where}.{name}")
    return Completion(
        str(record.get("id", where)),
        None if on is None else read_day(on, f"{where}.date"),
        whole,
        _topics(record, where),
        topic_hours,
        str(record.get("title") or ""),
        approved,
        facts=facts or None,
    )


def read_day(given: Any, where: str) -> date:
    """A date written as 2027-03-02."""
    if isinstance(given, str) and DAY.fullmatch(given):
        try:
            return date.fromisoformat(given)
        except ValueError:
            pass
    raise CaseError(where, "a date like 2027-03-02", _shown(given))


def read_hours(given: Any, where: str) -> Decimal:
    """Exact hours from a JSON number or decimal text; never negative, never without end."""
    text = (
        str(given).strip() if isinstance(given, (str, int, Decimal)) and not isinstance(given, bool) else ""
    )
    if NUMBER.fullmatch(text):
        return Decimal(text)
    raise CaseError(where, "hours such as 4 or 2.5", _shown(given))


def plain(name: str) -> str:
    """Names compare with hyphens, in lower case."""
    text = name.strip().lower().replace("_", "-").replace(" ", "-")
    return SPOKEN.get(text, text)


def _object(given: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise CaseError(where, "an object", _shown(given))
    return given


def _list(given: Any, where: str) -> list[Any]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise CaseError(where, "a list", _shown(given))
    return given


def _flag(value: Any, where: str) -> bool:
    if isinstance(value, bool):
        return value
    said = SAID.get(str(value).strip().lower())
    if said is None:
        raise CaseError(where, "true or false", _shown(value))
    return said


def _fact(value: Any, where: str) -> Fact:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return date.fromisoformat(value) if _is_day(value, where) else plain(value)
    if isinstance(value, list):
        return tuple(plain(str(each)) for each in value)
    if isinstance(value, (int, Decimal)):
        return str(value)
    raise CaseError(where, "a text, a date, true, false or a list", _shown(value))


def _number_or_fact(value: Any, where: str) -> RecordFact:
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str) and "/" in value:
        return value.strip()
    return _fact(value, where)


def _is_day(text: str, where: str) -> bool:
    looks = DAY.fullmatch(text) is not None
    if looks or where.endswith(("_on", "cycle_start", "cycle_end", "history_complete_from")):
        read_day(text, where)
        return True
    return False


def _topics(record: Mapping[str, Any], where: str) -> frozenset[str] | None:
    topics = record.get("topics")
    if topics is None:
        return None
    if isinstance(topics, str):
        topics = [topics]
    return frozenset(plain(str(topic)) for topic in _list(topics, f"{where}.topics"))


def _topic_hours(given: Any, where: str) -> dict[str, Decimal] | None:
    if given is None or given == {}:
        return None
    return {
        plain(topic): read_hours(hours, f"{where}.{topic}") for topic, hours in _object(given, where).items()
    }


def _leave(given: Mapping[str, Any], values: Mapping[str, Fact]) -> tuple[Leave, ...]:
    spans = sorted(_spans(given.get("leave"), "officer.leave"), key=lambda span: span.start)
    returned = values.get("returned_on")
    leave = [Leave(span.start, span.end) for span in spans]
    if leave and isinstance(returned, date) and "separated_on" not in values and returned > leave[-1].start:
        leave[-1] = Leave(leave[-1].start, leave[-1].end, returned)
    return tuple(leave)


def _spans(given: Any, where: str) -> Iterable[Span]:
    for number, each in enumerate(_list(given, where)):
        fields = _object(each, f"{where}[{number}]")
        start = read_day(fields.get("start"), f"{where}[{number}].start")
        end = fields.get("end")
        yield Span(start, None if end is None else read_day(end, f"{where}[{number}].end"))


def _cards(given: Mapping[str, Any]) -> tuple[Card, ...] | None:
    if given.get("first_aid_cpr_cards") is None and given.get("cards") is None:
        return None
    cards = []
    for name in ("first_aid_cpr_cards", "cards"):
        for number, each in enumerate(_list(given.get(name), f"officer.{name}")):
            where = f"officer.{name}[{number}]"
            fields = _object(each, where)
            covers = fields.get("covers")
            kinds = (
                BOTH_CARDS if covers is None else frozenset(plain(str(kind)) for kind in _list(covers, where))
            )
            cards.append(
                Card(
                    kinds, _day_or_none(fields, "valid_from", where), _day_or_none(fields, "valid_to", where)
                )
            )
    return tuple(cards)


def _day_or_none(fields: Mapping[str, Any], name: str, where: str) -> date | None:
    value = fields.get(name)
    return None if value is None else read_day(value, f"{where}.{name}")


def _assignments(given: Any) -> Iterable[Assignment]:
    for number, each in enumerate(_list(given, "officer.assignments")):
        where = f"officer.assignments[{number}]"
        if isinstance(each, str):
            yield Assignment(plain(each))
            continue
        fields = _object(each, where)
        kind = fields.get("kind")
        if not isinstance(kind, str):
            raise CaseError(f"{where}.kind", "the name of an assignment", _shown(kind))
        extra = tuple(
            (name, value if isinstance(value, bool) else str(value))
            for name, value in fields.items()
            if name not in {"kind", "start", "end"} and value is not None
        )
        yield Assignment(
            plain(kind), _day_or_none(fields, "start", where), _day_or_none(fields, "end", where), extra
        )


def _reliefs(given: Mapping[str, Any]) -> Iterable[tuple[Relief, Truth]]:
    """Each with whether it was granted; an exemption on file always was."""
    for name, kind in (("extensions", ReliefKind.EXTENSION), ("exemptions", ReliefKind.EXEMPTION)):
        for number, each in enumerate(_list(given.get(name), f"officer.{name}")):
            where = f"officer.{name}[{number}]"
            fields = _object(each, where)
            granted: Truth = True
            if kind is ReliefKind.EXTENSION:
                said = fields.get("granted")
                granted = None if said is None else _flag(said, f"{where}.granted")
            window = fields.get("window")
            relief = Relief(
                kind,
                _requirement(fields.get("requirement"), where),
                str(fields.get("reason") or ""),
                None if window is None else str(window),
                _day_or_none(fields, "start", where),
                _day_or_none(fields, "end", where),
                _day_or_none(fields, "new_due", where),
            )
            yield relief, granted


def _waivers(given: Any) -> Iterable[Waiver]:
    for number, each in enumerate(_list(given, "officer.waivers")):
        where = f"officer.waivers[{number}]"
        fields = _object(each, where)
        year = str(fields.get("year"))
        if YEAR.fullmatch(year) is None or int(year) >= date.max.year:  # its hours are made up in the next
            raise CaseError(f"{where}.year", "a year like 2026", _shown(fields.get("year")))
        if "granted_on" in fields and fields["granted_on"] is None:
            continue  # known not to have been granted
        covers, hours = fields.get("covers"), fields.get("make_up_hours")
        if isinstance(covers, str):
            covers = [covers]
        yield Waiver(
            int(year),
            _day_or_none(fields, "granted_on", where),
            str(fields.get("reason") or ""),
            None if covers is None else frozenset(plain(str(name)) for name in _list(covers, where)),
            None if hours is None else read_hours(hours, f"{where}.make_up_hours"),
            _day_or_none(fields, "make_up_by", where),
        )


def _requirement(given: Any, where: str) -> str:
    """Only a relief that says so is for every duty."""
    if not isinstance(given, str) or not given.strip():
        raise CaseError(f"{where}.requirement", "the id of a requirement, or * for all", _shown(given))
    return given.strip()


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."

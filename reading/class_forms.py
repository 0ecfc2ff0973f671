"""What was entered into the form of a class: its values, and what is wrong with each field?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from reading.forms import (
    EntryProblem,
    FieldEntry,
    read_choice,
    read_count,
    read_day,
    read_hours,
    read_link,
    read_money,
    read_time,
    read_words,
)
from reading.tables.cellreader import kebab
from reading.tables.courses import LONGEST_CLASS, MOST_DOLLARS, MOST_MILES, MOST_SEATS
from reading.tables.rows import RowClassStatus
from reading.tables.topic_hours import fits, read_topic_hours

MOST_TITLE, MOST_NAME, MOST_NUMBER, MOST_TOPICS = 160, 120, 60, 200
MOST_HOURS = Decimal(1500)
# Nobody plans a class further ahead.
AHEAD = timedelta(days=1100)
YES, NO = "yes", "no"
STATUSES = tuple(each.value for each in RowClassStatus)
NEEDED = frozenset({"title", "starts_on"})
FIELDS = (
    "title", "starts_on", "ends_on", "begins", "ends", "place", "provider", "course_number", "topics", "hours",
    "topic_hours", "miles", "miles_source", "delivery", "seats", "cost", "register_by", "board_approved", "link",
    "status",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EnteredClass:
    """``values`` by field, None where it was left empty; ``problems`` by field."""

    values: Mapping[str, Any]
    problems: Mapping[str, FieldEntry[Any]]


def read_class_form(form: Mapping[str, Sequence[str]], today: date) -> EnteredClass:
    """Every field on its own, then what they cannot say together."""
    first, last = today, today + AHEAD
    entered = {name: form.get(name, ()) for name in FIELDS}
    found: dict[str, FieldEntry[Any]] = {
        "title": read_words(entered["title"], most=MOST_TITLE),
        "starts_on": read_day(entered["starts_on"], first=first, last=last),
        "ends_on": read_day(entered["ends_on"], first=first, last=last),
        "begins": read_time(entered["begins"]),
        "ends": read_time(entered["ends"]),
        "place": read_words(entered["place"], most=MOST_NAME),
        "provider": read_words(entered["provider"], most=MOST_NAME),
        "course_number": read_words(entered["course_number"], most=MOST_NUMBER),
        "topics": read_words(entered["topics"], most=MOST_TOPICS),
        "hours": read_hours(entered["hours"], most=MOST_HOURS),
        "topic_hours": read_words(entered["topic_hours"], most=MOST_TOPICS),
        "miles": read_count(entered["miles"], most=MOST_MILES),
        "miles_source": read_words(entered["miles_source"], most=MOST_NAME),
        "delivery": read_words(entered["delivery"], most=MOST_NUMBER),
        "seats": read_count(entered["seats"], most=MOST_SEATS),
        "cost": read_money(entered["cost"], most=MOST_DOLLARS),
        "register_by": read_day(entered["register_by"], first=today - LONGEST_CLASS, last=last),
        "board_approved": read_choice(entered["board_approved"], (YES, NO)),
        "link": read_link(entered["link"]),
        "status": read_choice(entered["status"], STATUSES),
    }
    problems = {name: each for name, each in found.items() if _is_wrong(name, each)}
    values = {name: None if each.problem is not None else each.value for name, each in found.items()}
    if values["topics"] is not None:
        values["topics"] = tuple(
            dict.fromkeys(kebab(each) for each in values["topics"].split(",") if kebab(each))
        )
    if values["topic_hours"] is not None:
        values["topic_hours"], wrong = _split(values["topic_hours"], values["hours"])
        problems |= {} if wrong is None else {"topic_hours": wrong}
    if values["delivery"] is not None:
        values["delivery"] = kebab(values["delivery"])
    if values["board_approved"] is not None:
        values["board_approved"] = values["board_approved"] == YES
    if values["miles"] is not None and values["miles_source"] is None and "miles_source" not in problems:
        problems["miles_source"] = FieldEntry(problem=EntryProblem.EMPTY)
    begins_on, ends_on = values["starts_on"], values["ends_on"]
    if begins_on is not None and ends_on is not None:
        if ends_on < begins_on:
            problems["ends_on"] = FieldEntry(problem=EntryProblem.TOO_EARLY, limit=begins_on)
        elif ends_on - begins_on > LONGEST_CLASS:
            problems["ends_on"] = FieldEntry(problem=EntryProblem.TOO_LATE, limit=begins_on + LONGEST_CLASS)
    if values["ends"] is not None and values["begins"] is None and "begins" not in problems:
        problems["begins"] = FieldEntry(problem=EntryProblem.EMPTY)
    return EnteredClass(values, problems)


def _split(text: str, hours: Decimal | None) -> tuple[Mapping[str, Decimal] | None, FieldEntry[Any] | None]:
    """The split of the hours, and what is wrong with it."""
    split = read_topic_hours(text)
    if split is None:
        return None, FieldEntry(problem=EntryProblem.NOT_A_SPLIT, written=text)
    if not fits(split, hours):
        return None, FieldEntry(problem=EntryProblem.TOO_LARGE, written=text, limit=hours)
    return split, None


def _is_wrong(name: str, entry: FieldEntry[Any]) -> bool:
    if entry.problem is None:
        return False
    return entry.problem is not EntryProblem.EMPTY or name in NEEDED

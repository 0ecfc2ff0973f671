"""What did somebody enter as an agency's rules of reminding? Every setting by its name, read or refused; whole rules
come out only when nothing is wrong with any of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from reading.reminders import values
from reading.reminders.values import LONGEST_LIST, NOTHING, Bounds, Duties, EntryError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Summaries that may stay away when there is nothing to say. The coordinator's line always comes.
MAY_STAY_AWAY = ("roll-call", "lieutenant", "chief")
LONGEST_MONTH_DAY = 28
MOST_HOURS = Decimal(200)

Read = Callable[[str, Duties], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One thing that rules say: under which heading it is kept, and how an entry is read.

    ``optional``: an empty entry is an answer, and means none.
    """

    name: str
    section: str
    read: Read
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredRules:
    """What was read. ``rules`` is whole, as it is kept, or None while anything is wrong; ``troubles`` by setting."""

    rules: Mapping[str, Any] | None
    troubles: Mapping[str, EntryError] = field(default_factory=dict)


def _number(least: int, most: int) -> Read:
    return lambda text, _: values.whole(text, Bounds(least, most))


def _steps(text: str, _: Duties) -> list[int]:
    return list(values.steps(text))


def _ladders(text: str, known: Duties) -> dict[str, Any]:
    return {name: {"days_before": list(own)} for name, own in values.ladders(text, known).items()}


def _time(text: str, _: Duties) -> str:
    return values.clock_time(text).isoformat(timespec="minutes")


def _duties(text: str, known: Duties) -> list[str]:
    return list(values.duties(text, known))


def _holidays(text: str, _: Duties) -> list[str]:
    return [each.isoformat() for each in values.days(text)]


def _ways(text: str, _: Duties) -> list[str]:
    return list(values.ways(text))


def _hours(text: str, _: Duties) -> str:
    try:
        hours = Decimal(text.strip().replace(",", "."))
    except InvalidOperation as error:
        raise EntryError("not-a-number", text) from error
    if not hours.is_finite():
        raise EntryError("not-a-number", text)
    if hours <= 0:
        raise EntryError("too-small", text, Decimal(0))
    if hours > MOST_HOURS:
        raise EntryError("too-large", text, MOST_HOURS)
    return format(hours, "f")


def _notice(text: str, _: Duties) -> str:
    return "" if text.strip().casefold() in NOTHING else values.day(text).isoformat()


def _weekday(text: str, _: Duties) -> str:
    said = text.strip().casefold()
    if said not in WEEKDAYS:
        raise EntryError("not-a-choice", text)
    return said


def _staying_away(text: str, _: Duties) -> list[str]:
    if text.strip().casefold() in NOTHING:
        return []
    said = {each.strip().casefold().replace(" ", "-") for each in text.split(",")}
    strange = sorted(said - set(MAY_STAY_AWAY))
    if strange:
        raise EntryError("not-a-choice", strange[0])
    return sorted(said)


SETTINGS: tuple[Setting, ...] = (
    Setting(name="days_before", section="ladder", read=_steps),
    Setting(name="overdue_from", section="ladder", read=_number(1, 365)),
    Setting(name="overdue_every", section="ladder", read=_number(1, 365)),
    Setting(name="requirements", section="", read=_ladders, optional=True),
    Setting(name="begins", section="hours", read=_time),
    Setting(name="ends", section="hours", read=_time),
    Setting(name="hold_hours", section="hours", read=_number(1, 336)),
    Setting(name="urgent", section="hours", read=_duties, optional=True),
    Setting(name="holidays", section="hours", read=_holidays, optional=True),
    Setting(name="order", section="turns", read=_ways),
    Setting(name="wait_minutes", section="turns", read=_number(1, 1440)),
    Setting(name="list_hours", section="turns", read=_number(1, 336)),
    Setting(name="daily_cap", section="limits", read=_number(1, 20)),
    Setting(name="monthly_segments", section="limits", read=_number(0, 10_000_000)),
    Setting(name="burst", section="limits", read=_number(1, 1_000_000)),
    Setting(name="later_days", section="limits", read=_number(1, 60)),
    Setting(name="hours_per_month", section="pace", read=_hours),
    Setting(name="lead_days", section="pace", read=_number(0, 365)),
    Setting(name="notice_on", section="escalation", read=_notice, optional=True),
    Setting(name="from_days_before", section="escalation", read=_number(0, 90)),
    Setting(name="supervisor_after", section="escalation", read=_number(1, 90)),
    Setting(name="coordinator_after", section="escalation", read=_number(1, 90)),
    Setting(name="roll_call_minutes_before", section="digests", read=_number(5, 240)),
    Setting(name="coordinator_at", section="digests", read=_time),
    Setting(name="lieutenant_on", section="digests", read=_weekday),
    Setting(name="chief_on", section="digests", read=_number(1, LONGEST_MONTH_DAY)),
    Setting(name="only_if_not_empty", section="digests", read=_staying_away, optional=True),
)
NAMES = tuple(each.name for each in SETTINGS)


def read_rules(entered: Mapping[str, Sequence[str]], duties: Duties) -> EnteredRules:
    """The rules that an entry of every setting makes. ``duties`` are the requirements that the agency has."""
    rules: dict[str, Any] = {}
    troubles: dict[str, EntryError] = {}
    for setting in SETTINGS:
        text = ", ".join(each.strip() for each in entered.get(setting.name, ()) if each.strip())
        try:
            value = _value(setting, text, duties)
        except EntryError as error:
            troubles[setting.name] = error
            continue
        if setting.section:
            rules.setdefault(setting.section, {})[setting.name] = value
        else:
            rules[setting.name] = value
    hours = rules.get("hours", {})
    if "begins" in hours and "ends" in hours and hours["ends"] <= hours["begins"]:
        troubles["ends"] = EntryError("ends-early", hours["ends"])
    return EnteredRules(rules=None if troubles else rules, troubles=troubles)


def _value(setting: Setting, text: str, duties: Duties) -> Any:
    if not text and not setting.optional:
        raise EntryError("empty")
    if len(text) > LONGEST_LIST:
        raise EntryError("too-long", limit=Decimal(LONGEST_LIST))
    return setting.read(text, duties)


def written_rules(rules: Mapping[str, Any]) -> dict[str, str]:
    """Kept rules as they would be entered, by setting: what a form begins with, and what two versions differ in."""
    return {
        each.name: _written(rules.get(each.name) if not each.section else rules[each.section].get(each.name))
        for each in SETTINGS
    }


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "\n".join(
            f"{name}: {', '.join(map(str, own['days_before']))}" for name, own in sorted(value.items())
        )
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)

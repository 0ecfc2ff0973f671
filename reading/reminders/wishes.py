"""How does somebody want to be reminded? What their words or their form say of ways, hours and steps; what is not sure
is a question, because it would be written down."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Literal

from reading.forms import read_words
from reading.reminders import values
from reading.reminders.values import NOTHING, EntryError, clock_time

WishTrouble = Literal["adds", "pause", "unread", "which-hour"]

_WAY = r"(?P<way>texts?|texting|sms|slack|teams|e-?mails?|mail|the desk|desk)"
_MORE = r"(?! (?:after|before|at|between|during|until|till|on|from|in)\b)"
_LAST = (
    re.compile(rf"\b{_WAY}(?: me| messages| reminders)? last\b"),
    re.compile(rf"\b(?:instead of|rather than|not|no|stop|fewer)(?: by| on| via| in)? {_WAY}\b{_MORE}"),
)
_FIRST = (
    re.compile(rf"\b{_WAY}(?: me| messages| reminders)? first\b"),
    re.compile(rf"\b(?<!not )(?<!instead )(?:by|on|via|through|use|over|to) {_WAY}\b"),
    re.compile(rf"\b{_WAY} instead\b(?! of)"),
    re.compile(rf"^(?:order|ways?):? {_WAY}\b"),
    re.compile(rf"\bthen(?: by| on)? {_WAY}\b"),
)
_TIME = r"(?:\d{1,2}(?::?\d{2})? ?(?:am|pm|a\.m\.?|p\.m\.?)?|noon|midnight)(?![\d]| ?(?:days?|hours?|weeks?|months?|-))"
_BETWEEN = re.compile(rf"\b(?:between|from) (?P<from>{_TIME}) (?:and|to|until|till) (?P<to>{_TIME})")
_AFTER = re.compile(rf"\b(?P<only>only |just )?after (?P<at>{_TIME})")
_BEFORE = re.compile(rf"\b(?P<only>only |just )?(?:before|until|till) (?P<at>{_TIME})")
_NIGHT = re.compile(r"\b(?:at|in the|during the) (?:night|nights|nite)\b|\bpor la noche\b|\ben la noche\b")
_NOT = re.compile(r"\b(?:quiet|not|no|never|don'?t|dont|do not|stop|quit|nothing)\b")
_DAYS = r"(?P<days>\d{1,3}(?:(?:,| |-|and|days?)*\d{1,3})*)"
_WITHOUT = re.compile(rf"\b(?:without|leave out|skip|drop)(?: the)? {_DAYS}\b")
_BACK = re.compile(rf"\b(?:put back|bring back|with)(?: the)? {_DAYS}\b")
_ADDS = re.compile(
    r"\b\d{1,3} days?\b|\b(?:a|one|two|\d) (?:week|month)s? (?:before|out|ahead)\b|\bweek before\b"
)
_PAUSE = re.compile(r"\b(?:pause|mute|hold|silence|snooze|off)\b")
_RESET = re.compile(r"\b(?:reset|as usual|the usual|default|like everybody|as the agency)\b")
_BECAUSE = re.compile(r",?\s+because\s+(?P<why>.+)", re.I | re.S)
_SHOWN = re.compile(
    r"(?:show )?(?:my )?(?:reminders?|reminder settings|settings|notifications?|alerts)(?: settings)?"
)
MOST_REASON = 500
# What people mean by night where they name no hour.
NIGHT_BEGINS, NIGHT_ENDS = time(20), time(8)
_HALF = re.compile(r"[ap]\.?m|noon|midnight|:|\d{3}|1[3-9]|2[0-3]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidWish:
    """What was said; None for what was not spoken of. ``first`` and ``last`` are ways in their order.

    ``without`` are steps to leave out, ``back`` steps to have again. ``reset``: all as the agency has it.
    """

    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    begins: time | None = None
    ends: time | None = None
    without: tuple[int, ...] = ()
    back: tuple[int, ...] = ()
    reason: str = ""
    reset: bool = False
    trouble: WishTrouble | None = None

    @property
    def says_something(self) -> bool:
        """Whether there is anything in it to keep."""
        said = (self.first, self.last, self.begins, self.ends, self.without, self.back, self.reset)
        return any(each or each == time(0) for each in said)


def is_only_shown(text: str) -> bool:
    """MY REMINDERS and the like: nothing is to be set."""
    return _SHOWN.fullmatch(" ".join(text.casefold().split()).strip(".!? ")) is not None


def said_wish(text: str) -> SaidWish:
    """What somebody's words ask for."""
    because = _BECAUSE.search(text)
    reason = because["why"].strip()[:MOST_REASON] if because else ""
    said = " ".join((text[: because.start()] if because else text).casefold().split()).strip(".!? ")
    if _RESET.search(said):
        return SaidWish(reset=True)
    last = _ways(_LAST, said)
    try:
        begins, ends = _hours(said)
    except EntryError:
        return SaidWish(trouble="which-hour")
    found = SaidWish(
        first=tuple(each for each in _ways(_FIRST, said) if each not in last),
        last=last,
        begins=begins,
        ends=ends,
        without=_numbers(_WITHOUT, said),
        back=_numbers(_BACK, said),
        reason=reason,
    )
    if found.says_something:
        return found
    trouble: WishTrouble = "adds" if _ADDS.search(said) else "pause" if _PAUSE.search(said) else "unread"
    return SaidWish(trouble=trouble)


def _ways(patterns: Sequence[re.Pattern[str]], said: str) -> tuple[str, ...]:
    found = sorted(
        (each.start("way"), each["way"]) for pattern in patterns for each in pattern.finditer(said)
    )
    called = [values.way(word.removeprefix("the ")) for _, word in found]
    return tuple(dict.fromkeys(each for each in called if each is not None))


def _numbers(pattern: re.Pattern[str], said: str) -> tuple[int, ...]:
    found = pattern.search(said)
    return () if found is None else tuple(int(each) for each in re.findall(r"\d+", found["days"]))


def _hours(said: str) -> tuple[time | None, time | None]:
    """From when and until when. EntryError for an hour that may be of the morning or of the evening."""
    between = _BETWEEN.search(said)
    if between is not None:
        first, second = _hour(between["from"]), _hour(between["to"])
        return (second, first) if _NOT.search(said[: between.start()]) else (first, second)
    begins = ends = None
    after, before = _AFTER.search(said), _BEFORE.search(said)
    if after is not None:
        begins, ends = (_hour(after["at"]), ends) if after["only"] else (begins, _hour(after["at"]))
    if before is not None:
        begins, ends = (begins, _hour(before["at"])) if before["only"] else (_hour(before["at"]), ends)
    if (begins, ends) == (None, None) and _NIGHT.search(said) and _NOT.search(said):
        return NIGHT_ENDS, NIGHT_BEGINS
    return begins, ends


def _hour(written: str) -> time:
    if not _HALF.search(written):
        raise EntryError("not-a-time", written)
    return clock_time(written.replace(".", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredWish:
    """What a form says, whole; ``troubles`` by field."""

    channels: tuple[str, ...] = ()
    begins: time | None = None
    ends: time | None = None
    without: tuple[int, ...] = ()
    reason: str = ""
    troubles: Mapping[str, EntryError] = field(default_factory=dict)


def read_wish(entered: Mapping[str, Sequence[str]]) -> EnteredWish:
    """A form as it came back. An empty field is the agency's way."""
    troubles: dict[str, EntryError] = {}

    def read(name: str) -> str:
        return " ".join(entered.get(name, ())).strip()

    channels: tuple[str, ...] = ()
    hours: dict[str, time | None] = {"begins": None, "ends": None}
    if read("order").casefold() not in NOTHING:
        try:
            channels = values.ways(read("order"))
        except EntryError as error:
            troubles["order"] = error
    for name in hours:
        if read(name).casefold() not in NOTHING:
            try:
                hours[name] = clock_time(read(name))
            except EntryError as error:
                troubles[name] = error
    without = tuple(int(each) for each in entered.get("without", ()) if each.isascii() and each.isdecimal())
    reason = read_words(entered.get("reason", ()), most=MOST_REASON)
    return EnteredWish(
        channels=channels,
        begins=hours["begins"],
        ends=hours["ends"],
        without=without,
        reason=(reason.value or "")[:MOST_REASON],
        troubles=troubles,
    )

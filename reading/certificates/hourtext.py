"""Which amounts of hours, minutes or continuing education units are written in a text?"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from reading.certificates import words
from reading.certificates.datetext import number_in_words
from reading.tables.hours import plain_hours, read_hours
from reading.text.fractions import UNREAD, with_decimals

CEU_HOURS = Decimal(10)
_MOST_HOURS = Decimal(1200)


class HourUnit(StrEnum):
    """What the paper counts in."""

    HOURS = "hours"
    CEU = "ceu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One amount and where it stands in the text with decimals; ``value`` is as printed, ``hours`` what it comes to."""

    start: int
    end: int
    unit: HourUnit
    value: Decimal
    hours: Decimal
    adjective: bool = False  # "an 8-hour course"
    sure: float = 1.0


_NUMBER = r"(?<![\w.,/:$-])(?<!\.\d )(?<!\.\d\d )(?P<n>[0-9OolI|]{1,4}(?:[.,][0-9Oo]{1,3})?|\.[0-9]{1,2})"
_KINDS = "|".join(sorted(words.groups("hours.txt")["kind"], key=len, reverse=True))
_QUALIFIED = rf"(?:(?:{_KINDS})[ \n]+|(?:{_KINDS})-){{0,5}}"
_HOUR = r"(?:hours?|hrs?\.?|hour\(s\)|hr\(s\)|credits?(?:[ \n]+hours?)?|credit\(s\))(?![\w])"
_CEU = (
    r"(?:(?:IACET|ANSI/IACET)[ \n]+)?"
    r"(?:CEUs?|CEU's|C\.E\.U\.?(?:'?s)?|CEU\(s\)|continuing[ \n]+education[ \n]+units?)(?![\w])"
)
_MINUTE = r"(?:minutes?|mins?\.?|m)(?![\w])"

_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"

_BOTH = re.compile(
    rf"(?<![\w.,/:$-])(?P<h>\d{{1,3}})[ ]?(?:hours?|hrs?\.?|h)[ ,]*(?:and[ ])?[ ]?(?P<m>\d{{1,2}})[ ]?{_MINUTE}",
    re.I,
)
_PARENTHESISED = re.compile(
    rf"(?:\b(?P<said>[a-z-]+(?:[ ]and[ ](?:a|one)[- ]half)?)[ ]?)?\([ ]?(?P<n>[0-9]{{1,4}}(?:[.,][0-9]{{1,3}})?)[ ]?\)"
    rf"[ \n-]*{_QUALIFIED}(?:{_HOUR})",
    re.I,
)
_HOURS = re.compile(rf"{_NUMBER}[ \n]*(?P<dash>-)?[ ]?{_QUALIFIED}{_HOUR}", re.I)
_SHORT = re.compile(rf"{_NUMBER}[ ]?h(?![\w])", re.I)
_CEUS = re.compile(rf"{_NUMBER}[ \n-]*{_QUALIFIED}{_CEU}", re.I)
_CEUS_PARENTHESISED = re.compile(rf"\([ ]?(?P<n>[0-9]{{1,2}}(?:[.,][0-9]{{1,3}})?)[ ]?\)[ \n-]*{_CEU}", re.I)
_CEUS_BEHIND = re.compile(rf"{_CEU}[ ]*[:=\-\u2013]?[ ]*{_NUMBER}(?![\w%/-])", re.I)
_HOURS_BEHIND = re.compile(
    rf"(?<![\w])(?:{_QUALIFIED}(?:hours?|hrs?|credits?)"
    r"(?:[ ](?:awarded|earned|credited|completed|attended|granted)|[ \n]of[ \n](?:instruction|training|credit))?)"
    rf"[ ]*[:=\u2013][ ]*{_NUMBER}(?![\w%/-])",
    re.I,
)
_MINUTES = re.compile(rf"{_NUMBER}[ \n-]?(?:minutes?|mins?\.?)(?![\w])", re.I)
_SPELLED = re.compile(
    rf"(?<![\w-])(?P<w>{_TENS}(?:[ -]{_ONES})?|{_ONES}|ten|eleven|twelve"
    rf"|(?:thir|four|fif|six|seven|eigh|nine)teen)(?P<half>[ ]and[ ](?:a|one)[- ]half)?"
    rf"[ \n]?(?P<dash>-)?[ ]?{_QUALIFIED}{_HOUR}",
    re.I,
)
_NEAR_WORDS = 16
_SLIPS = str.maketrans("OolI|", "00111")


def decimals(text: str) -> str:
    """The text with fractions as decimals; lines stay lines."""
    return with_decimals(text)


def find(text: str) -> list[Amount]:
    """Every amount in a text that went through `decimals`; a part of one is never read for the whole."""
    found: list[Amount] = []
    for pattern, unit in (
        (_BOTH, None),
        (_PARENTHESISED, HourUnit.HOURS),
        (_CEUS_PARENTHESISED, HourUnit.CEU),
        (_CEUS, HourUnit.CEU),
        (_CEUS_BEHIND, HourUnit.CEU),
        (_HOURS, HourUnit.HOURS),
        (_HOURS_BEHIND, HourUnit.HOURS),
        (_SHORT, HourUnit.HOURS),
        (_SPELLED, HourUnit.HOURS),
        (_MINUTES, None),
    ):
        for match in pattern.finditer(text):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            amount = _amount(match, unit, minutes=pattern is _MINUTES)
            if amount is not None:
                found.append(amount)
    return sorted(found, key=lambda one: one.start)


def _amount(match: re.Match[str], unit: HourUnit | None, *, minutes: bool) -> Amount | None:
    parts = match.groupdict()
    sure = 1.0
    if parts.get("h"):
        value = read_hours(f"{parts['h']} h {parts['m']} min").hours
    elif parts.get("w"):
        number = number_in_words(parts["w"])
        value = None if number is None else Decimal(number) + (Decimal("0.5") if parts["half"] else 0)
    else:
        printed = parts["n"]
        mended = printed.translate(_SLIPS)
        if not any(letter.isdigit() for letter in printed):
            return None
        sure = 1.0 if mended == printed else 0.8
        value = read_hours(f"{mended} min" if minutes else mended).hours
    if value is None or value <= 0:
        return None
    halved = "half" in match.string[max(0, match.start() - _NEAR_WORDS) : match.end()].casefold()
    if parts.get("said") and (_said(parts["said"]) not in (None, value) or (halved and value % 1 == 0)):
        sure = 0.4  # "three and one-half (3) hours": one of the two was misread
    hours = value * CEU_HOURS if unit is HourUnit.CEU else value
    if hours > _MOST_HOURS:
        return None
    return Amount(
        start=match.start(),
        end=match.end(),
        unit=unit or HourUnit.HOURS,
        value=value,
        hours=plain_hours(hours),
        adjective=bool(parts.get("dash")),
        sure=sure,
    )


def _said(text: str) -> Decimal | None:
    """The number that words name, with a half behind it."""
    half = re.search(r"[ ]and[ ](?:a|one)[- ]half$", text, re.IGNORECASE)
    number = number_in_words(text[: half.start()] if half else text)
    return None if number is None else Decimal(number) + (Decimal("0.5") if half else 0)


_LABELLED = re.compile(
    r"^(?:[A-Za-z-]+ )?[^\w]*(?P<n>[0-9OolI|]{1,4}(?:[.,][0-9Oo]{1,3})?|\.[0-9]{1,2})\)?(?:[ ]?(?:\(.*\)|/.*))?[.,;*]?$"
)
_CLOCK = re.compile(r"^(?P<h>\d{1,3}):(?P<m>[0-5]\d)(?::\d\d)?$")


def labelled(text: str, *, minutes: bool = False, ceu: bool = False) -> Amount | None:
    """The amount in a value that stands under a label for hours, where a bare number is enough."""
    value = decimals(text).strip()
    if UNREAD.strip() in value:
        return None
    if clock := _CLOCK.match(value):
        hours = read_hours(f"{clock['h']}:{clock['m']}").hours
        return (
            None
            if not hours
            else Amount(start=0, end=len(value), unit=HourUnit.HOURS, value=hours, hours=hours, sure=0.9)
        )
    amounts = find(value)
    if amounts and amounts[0].start <= 24:
        return amounts[0]
    fraction = read_hours(value)
    if bare := _LABELLED.match(value):
        mended = bare["n"].translate(_SLIPS)
        if not any(letter.isdigit() for letter in bare["n"]):
            return None
        number = read_hours(f"{mended} min" if minutes else mended).hours
        sure = 1.0 if mended == bare["n"] else 0.8
    elif fraction.hours is not None:
        number, sure = fraction.hours, 1.0
    else:
        spelled = number_in_words(value)
        number, sure = (None if spelled is None else Decimal(spelled)), 1.0
    if number is None or number <= 0:
        return None
    hours = number * CEU_HOURS if ceu else number
    if hours > _MOST_HOURS:
        return None
    return Amount(
        start=0,
        end=len(value),
        unit=HourUnit.CEU if ceu else HourUnit.HOURS,
        value=number,
        hours=plain_hours(hours),
        sure=sure,
    )

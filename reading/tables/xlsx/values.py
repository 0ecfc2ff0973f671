"""What does a cell of a workbook show? Its value as plain text, by what its number format makes of it."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Context, Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel
from openpyxl.utils.escape import unescape

# A spreadsheet keeps binary fractions and shows fifteen digits: 2.4999999999999996 is what it calls 2.5.
SHOWN = Context(prec=15)
# Numbers beyond this are no badge, hour or day, and writing them out would only cost memory.
LARGEST_POWER = 20
LONGEST_FORMAT = 255  # what Excel allows
SECONDS_A_DAY = 86_400

_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ZEROS = re.compile(r"0{2,32}")


class CellForm(StrEnum):
    """What a number format makes of a number."""

    NUMBER = "number"
    DAY = "day"
    CLOCK = "clock"  # hours and minutes of a day
    DURATION = "duration"  # [h]:mm, which may pass a day
    PERCENT = "percent"
    PADDED = "padded"  # 00000: a badge or a course number with its zeros


@dataclass(frozen=True, slots=True)
class Format:
    """One cell format; ``width`` is of a padded number."""

    look: CellForm
    width: int = 0


PLAIN = Format(CellForm.NUMBER)


@lru_cache(maxsize=512)
def format_of(code: str) -> Format:
    """Read a number format such as ``m/d/yyyy`` or ``0.0%``."""
    shown = code[:LONGEST_FORMAT].split(";", maxsplit=1)[0]
    if is_timedelta_format(shown):
        return Format(CellForm.DURATION)
    bare = _QUOTED.sub("", shown).casefold()
    if is_date_format(shown):
        return Format(CellForm.DAY if set(bare) & set("yd") or "mmm" in bare else CellForm.CLOCK)
    if "%" in bare:
        return Format(CellForm.PERCENT)
    if _ZEROS.fullmatch(bare):
        return Format(CellForm.PADDED, len(bare))
    return PLAIN


def builtin_format(number: int) -> str:
    """The format that a workbook names by number only."""
    return BUILTIN_FORMATS.get(number, "General")


@lru_cache(maxsize=65_536)
def number_text(raw: str, form: Format, *, from_1904: bool) -> str:
    """A number as the sheet shows it: a date as ISO, a part of a day as a clock, 0.95 as 95%."""
    value = _decimal(raw)
    if value is None:
        return raw
    match form.look:
        case CellForm.DAY:
            return _day(value, from_1904=from_1904)
        case CellForm.CLOCK if 0 <= value < 1:
            return _clock(value)
        case CellForm.CLOCK:
            # More than a day under a clock's face: shown is something else than what is kept, so all of it is told.
            return _day(value, from_1904=from_1904)
        case CellForm.DURATION if value >= 0:
            return _clock(value)
        case CellForm.PERCENT:
            return f"{_plain(value * 100)}%"
        case CellForm.PADDED if value >= 0 and value == value.to_integral_value():
            return _plain(value).zfill(form.width)
        case _:
            return _plain(value)


def _decimal(raw: str) -> Decimal | None:
    try:
        value = SHOWN.create_decimal(raw.strip())
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value.adjusted()) > LARGEST_POWER:
        return None
    return value


def _plain(value: Decimal) -> str:
    whole = value.to_integral_value()
    return f"{whole if value == whole else value.normalize():f}"


def _clock(value: Decimal) -> str:
    minutes, seconds = divmod(int((value * SECONDS_A_DAY).to_integral_value()), 60)
    text = f"{minutes // 60}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


def _day(value: Decimal, *, from_1904: bool) -> str:
    try:
        found = from_excel(float(value), MAC_EPOCH if from_1904 else WINDOWS_EPOCH)
    except (OverflowError, ValueError):
        return _plain(value)
    if isinstance(found, time) or not isinstance(found, datetime):
        return _plain(value)  # day zero of the calendar: a count that lost its format
    if found.time() == time():
        return found.date().isoformat()
    return found.replace(microsecond=0).isoformat(sep=" ")


def plain_text(text: str) -> str:
    """Text as it was typed: ``_x000a_`` is how a workbook writes a line break."""
    return unescape(text) if "_x" in text else text

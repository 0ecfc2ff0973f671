"""How do two drawings of one layout differ? Seeded choices of people, courses, days and the writing of them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from tests.certificates import words

T = TypeVar("T")
EARLIEST = date(2024, 1, 8)
LATEST = date(2026, 10, 30)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who took a course."""

    first: str
    middle: str
    last: str
    suffix: str
    rank: str

    @property
    def plain(self) -> str:
        """Given name first, as a diploma has it."""
        return " ".join(part for part in (self.first, self.middle, self.last, self.suffix) if part)

    @property
    def ranked(self) -> str:
        """With the rank before it."""
        return f"{self.rank} {self.plain}"

    @property
    def listed(self) -> str:
        """Surname first, as a record has it."""
        surname = f"{self.last} {self.suffix}".strip()
        return f"{surname}, {self.first} {self.middle}".strip()

    @property
    def trailed(self) -> str:
        """With the rank behind it."""
        return f"{self.plain}, {self.rank.rstrip('.') if self.rank != 'Reserve Ofc.' else 'Reserve'}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def month(day: date) -> str:
    """The month's English name, whatever the machine speaks."""
    return words.MONTHS[day.month - 1]


def written(day: date, style: str) -> str:
    """A day in one of the writings that certificates use."""
    name = month(day)
    return {
        "long": f"{name} {day.day}, {day.year}",
        "abbreviated": f"{name[:3]} {day.day}, {day.year}",
        "us": f"{day:%m/%d/%Y}",
        "short": f"{day.month}/{day.day}/{day:%y}",
        "dashed": f"{day:%m-%d-%Y}",
        "military": f"{day.day:02}-{name[:3].upper()}-{day.year}",
        "iso": day.isoformat(),
        "british": f"{day.day} {name} {day.year}",
        "legal": f"{ordinal(day.day)} day of {name}, {day.year}",
        "anno": f"{ordinal(day.day)} day of {name}, A.D. {day.year}",
        "spelled": f"{words.ORDINALS[day.day - 1]} day of {name}, {day.year}",
        "month": f"{day:%m/%Y}",
    }[style]


def spanned(start: date, end: date, style: str) -> str:
    """A range of days; ``style`` is long, slashed, to or through."""
    first, last = month(start), month(end)
    if style == "slashed":
        return f"{start.month}/{start.day}-{end.month}/{end.day}/{end:%y}"
    if style == "to":
        return f"{start:%m/%d/%Y} to {end:%m/%d/%Y}"
    if style == "through" and start.year == end.year:
        return f"{first} {start.day} through {last} {end.day}, {end.year}"
    if start.year != end.year:
        return f"{first} {start.day}, {start.year} - {last} {end.day}, {end.year}"
    if start.month != end.month:
        return f"{first} {start.day} - {last} {end.day}, {end.year}"
    return f"{first} {start.day}-{end.day}, {end.year}"


def plain_hours(hours: Decimal) -> str:
    """8, 1.5, 0.75: without needless zeros."""
    return f"{hours.normalize():f}"


def hours_written(hours: Decimal, style: str) -> str:
    """Hours in one of the writings that certificates use."""
    whole, rest = int(hours), hours - int(hours)
    minutes = int(hours * 60)
    half = {"0.5": "½", "0.25": "¼", "0.75": "¾"}.get(f"{rest.normalize():f}", "")
    unit = "hour" if hours == 1 else "hours"
    spoken = rest == 0 and whole < len(words.COUNTS)
    return {
        "plain": f"{plain_hours(hours)} {unit}",
        "decimal": f"{hours:.1f} hrs" if hours == hours.quantize(Decimal("0.1")) else f"{hours:.2f} hrs",
        "contact": f"{plain_hours(hours)} contact {unit}",
        "spelled": f"{words.COUNTS[whole]} ({whole}) {unit}" if spoken else f"{plain_hours(hours)} {unit}",
        "minutes": f"{minutes} minutes",
        "clock": f"{whole} hr {minutes % 60} min" if rest else f"{whole} hr",
        "fraction": f"{whole or ''}{half} {unit}",
        "joined": f"{plain_hours(hours)}-hour",
        "short": f"{plain_hours(hours)}h",
    }[style]


class Dice:
    """The choices for one document: the same seed and name bring the same document."""

    def __init__(self, seed: int, name: str, number: int = 0, *, tricky: bool = False) -> None:
        self.random = random.Random(f"{seed}:{name}")  # noqa: S311 - a drawing, not a secret
        self.seed, self.number, self.tricky = seed, number, tricky
        self._taken = 0

    def one(self, *choices: T) -> T:
        """One of these."""
        return self.random.choice(choices)

    def of(self, choices: Sequence[T]) -> T:
        """One of a list."""
        return self.random.choice(choices)

    def chance(self, part: float) -> bool:
        """True in this part of all documents."""
        return self.random.random() < part

    def between(self, low: float, high: float) -> float:
        """A measure between two others."""
        return self.random.uniform(low, high)

    def _dealt(self, deck: Sequence[T], name: str, place: int) -> T:
        """The card at a place of a deck shuffled once for the whole set, so that documents do not repeat."""
        shuffled = list(deck)
        random.Random(f"{self.seed}:{name}").shuffle(shuffled)  # noqa: S311 - a drawing, not a secret
        return shuffled[place % len(shuffled)]

    def person(self) -> Person:
        """The person of this document; another one at each call."""
        place = self.number + 41 * self._people
        self._people += 1
        first = self._dealt(words.FIRST, "first", place * 3 + 1)
        other = self.of([name for name in words.FIRST if name != first])
        middle = self.one("", "", f"{self.of('ABCDEFGHJKLMNPRSTW')}.", other)
        return Person(
            first,
            middle,
            self._dealt(words.LAST, "last", place),
            self.of(words.SUFFIXES) if self.chance(0.12) else "",
            self.of(words.RANKS),
        )

    _people = 0

    def name(self, person: Person) -> str:
        """How this document prints a person's name in a diploma's place."""
        if not self.tricky:
            return self.one(person.plain, person.plain, person.ranked)
        return self.one(person.plain, person.ranked, person.trailed, person.plain.upper(), person.listed)

    def teacher(self) -> str:
        """Somebody who signs."""
        name = f"{self.of(words.TEACHERS_FIRST)} {self.of('ABCDEFGHJKLM')}. {self.of(words.TEACHERS_LAST)}"
        letters = self.of(words.LETTERS) if self.chance(0.3) else ""
        return f"{name}, {letters}" if letters else name

    def title(self) -> str:
        """A course; another one at each call."""
        place = self.number + 37 * self._taken
        self._taken += 1
        return self._dealt(words.TITLES, "title", place)

    def provider(self) -> str:
        """Who gave the course."""
        return self._dealt(words.PROVIDERS, "provider", self.number)

    def agency(self) -> str:
        """A police agency."""
        town = self._dealt(words.TOWNS, "town", self.number)
        return self.one(
            f"{town} Police Department", f"City of {town} Police", f"{town} County Sheriff's Office"
        )

    def day(self) -> date:
        """A day on which a course was completed: never in the future of a reader who lives in November 2026."""
        return EARLIEST + timedelta(days=self.random.randrange((LATEST - EARLIEST).days))

    def style(self) -> str:
        """How this document writes a day."""
        if not self.tricky:
            return self.one("long", "us", "abbreviated", "long")
        return self.one("long", "us", "short", "military", "iso", "dashed", "british", "abbreviated")

    def hours(self, *choices: str) -> Decimal:
        """How long the course was."""
        return Decimal(self.of(choices or ("1", "2", "3", "4", "6", "8", "1.5", "2.5", "7.5", "12")))

    def hours_style(self, hours: Decimal) -> str:
        """How this document writes hours."""
        styles = ["plain", "decimal", "contact"]
        if self.tricky:
            styles += ["spelled", "plain"]
            if hours < 4:
                styles += ["minutes", "clock"]
            if hours % 1:
                styles += ["fraction", "fraction"]
        return self.of(styles)

    def clock(self) -> str:
        """A time on a twelve-hour clock."""
        return f"{self.random.randint(1, 11)}:{self.random.randint(10, 59)}"

    def digits(self, count: int) -> str:
        """A number that does not begin with zero."""
        return str(self.random.randrange(10 ** (count - 1), 10**count))

    def number_like(self, pattern: str) -> str:
        """A number of a shape: # is a digit, @ a capital letter."""
        return "".join(
            self.of("123456789")
            if sign == "#"
            else self.of("ABCDEFGHJKLMNPRTUVWXYZ")
            if sign == "@"
            else sign
            for sign in pattern
        )

"""Which classes can people of Lakemont PD still take? The calendar as its coordinator would hand it over."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.demo.courses import LAKES, PRAIRIE

Row = tuple[str, ...]

OFFERING_COLUMNS: Final = (
    "title", "starts_on", "ends_on", "begins", "ends", "place", "provider", "course_number", "topics", "hours",
    "seats", "cost", "register_by", "board_approved",
)  # fmt: skip

_OWN: Final = "Lakemont PD"
_CPR: Final = ("Station 1", _OWN, "", "first-aid-cpr", "4")
_AUTISM: Final = ("Station 2", PRAIRIE, "9100-0442", "autism", "4")
_BIAS: Final = ("Station 1", _OWN, "9100-0361", "bias-crimes", "2")
_NEGOTIATION: Final = (LAKES, "9100-0233", "crisis-intervention", "40")
_FREE: Final = "0"
# The first autism class begins two hours after a night of B shift; the second is on the last day on which Ruiz is on
# pace, and ends an hour before such a night. Each class of the list is after a night shift or before one.
_CLASSES: Final[Sequence[Row]] = (
    ("CPR/AED", "2027-03-10", "2027-03-10", "0700", "1100", *_CPR, "8", _FREE, "2027-03-09", "no"),
    ("CPR/AED", "2027-03-13", "2027-03-13", "1300", "1700", *_CPR, "10", _FREE, "2027-03-12", "no"),
    ("Autism Response", "2027-03-18", "2027-03-18", "0800", "1200", *_AUTISM, "6", _FREE, "2027-03-15", "yes"),
    ("Basic Crisis Negotiation", "2027-04-12", "2027-04-16", "0800", "1700", "Duluth", *_NEGOTIATION, "2", "595",
     "2027-03-26", "yes"),
    ("Crimes Motivated by Bias", "2027-04-22", "2027-04-22", "0800", "1000", *_BIAS, "20", _FREE, "2027-04-20", "yes"),
    ("Autism Response", "2027-05-18", "2027-05-18", "1300", "1700", *_AUTISM, "12", _FREE, "2027-05-11", "yes"),
    ("Basic Crisis Negotiation", "2027-06-07", "2027-06-11", "0800", "1700", "St. Cloud", *_NEGOTIATION, "1", "525",
     "2027-05-21", "yes"),
)  # fmt: skip


def offerings() -> Iterable[Row]:
    """The rows of the calendar, as they are imported."""
    return _CLASSES

"""How are the hours of a class split by topic, ``autism 2; ethics 1.5 h``? Read wholly or not at all: hours that are
left out would be missing from what somebody needs."""

import re
from collections.abc import Mapping
from decimal import Decimal

from reading.tables.cellreader import kebab
from reading.tables.hours import read_hours

# A comma stands between two topics, and inside of a number between its figures.
_BETWEEN = re.compile(r"\s*(?:[;|\n]|,(?!\d))\s*")
_SHARE = re.compile(
    r"(?P<topic>.*?[^\W\d_].*?)[\s:=]+(?P<hours>[\d.,:¼½¾/ ]+(?: ?[a-z]+\.?)?)", re.IGNORECASE
)


def read_topic_hours(text: str) -> Mapping[str, Decimal] | None:
    """Hours by topic, in the order written; None where a part is no topic with its hours, or a topic comes twice."""
    shares: dict[str, Decimal] = {}
    for part in _BETWEEN.split(text.strip()):
        if not part:
            continue
        said = _SHARE.fullmatch(part)
        topic = "" if said is None else kebab(said["topic"])
        hours = None if said is None else read_hours(said["hours"]).hours
        if not topic or not hours or topic in shares:
            return None
        shares[topic] = hours
    return shares


def whole_of(shares: Mapping[str, Decimal]) -> Decimal:
    """All of the shares together."""
    return sum(shares.values(), Decimal())


def fits(shares: Mapping[str, Decimal], hours: Decimal | None) -> bool:
    """Whether a class of so many hours can be split so; hours that nobody named can be any."""
    return hours is None or whole_of(shares) <= hours

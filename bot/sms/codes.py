"""What does Twilio's number for a trouble mean for the text? One table, read once.

The table is ``codes.csv``: the code, what is done about it, after how many minutes it is tried again each time, what it
means, and where Twilio says so.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from importlib.resources import files


class Does(StrEnum):
    """What is done about a code."""

    ALARM = "alarm"  # nothing can be sent until somebody mends the account or the sender
    WAIT = "wait"  # surely not sent; a little later
    UNCLEAR = "unclear"  # it may have been sent: looked up
    AGAIN = "again"  # this time it did not arrive; another time it may
    LATE = "late"  # it did not arrive in time, and is not sent after its time
    ASK = "ask"  # never to this number again: another one has to be asked for
    OPTED_OUT = "opted-out"  # the person does not want texts
    STOP = "stop"  # not to be repeated as it is
    OURS = "ours"  # a mistake of ours


@dataclass(frozen=True, slots=True)
class _Code:
    does: Does
    again: tuple[timedelta, ...]


def _table() -> Mapping[str, _Code]:
    with (files(__package__) / "codes.csv").open(encoding="utf-8") as lines:
        return {
            row["code"]: _Code(
                Does(row["does"]),
                tuple(timedelta(minutes=int(minutes)) for minutes in row["again"].split()),
            )
            for row in csv.DictReader(lines)
        }


_CODES = _table()


def does(code: str) -> Does:
    """What is done about a refusal with this code. One that is not in the table is not repeated."""
    found = _CODES.get(code)
    return Does.STOP if found is None else found.does


def again(code: str) -> tuple[timedelta, ...]:
    """How long another try waits: after the first time that it did not arrive for this reason, the second, and on."""
    found = _CODES.get(code)
    return () if found is None else found.again

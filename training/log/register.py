"""Which actions are a person's, and which does Rollcall do by itself? Said in advance, in a table that the code keeps.

The scheduler's office refuses to write down an action that is marked as a person's, whatever a job tries.
"""

import csv
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files

from db.unit_of_work import REFUSED_ACTIONS
from training.audit import AuditTag
from training.office import Office


class DoneBy(StrEnum):
    """Who does an action."""

    HUMAN = "human"
    AUTOMATED = "automated"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line of the register: what is written down of it, who does it, and what it is for."""

    tag: AuditTag
    by: DoneBy
    what_for: str


@cache
def register() -> tuple[RegisterLine, ...]:
    """Every action there is."""
    text = files("training.log").joinpath("register.csv").read_text(encoding="utf-8")
    return tuple(
        RegisterLine(AuditTag(row["action"]), DoneBy(row["by"]), row["what_for"])
        for row in csv.DictReader(text.splitlines())
    )


def unattended(office: Office) -> Office:
    """The same office for whoever works without a person: what is a person's to do is refused there."""
    human = frozenset(str(each.tag) for each in register() if each.by is DoneBy.HUMAN)
    return replace(office, engine=office.engine.execution_options(**{REFUSED_ACTIONS: human}))

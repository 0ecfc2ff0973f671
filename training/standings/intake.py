"""What is held of somebody who comes from another agency? For each duty: evidence, only a claim, or nothing known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from db.queries.lateral import held_elsewhere
from reading.tables.codes import RowCode
from rules.finding import Finding
from rules.standing import Measure
from rules.working import credited
from training.asking import Question
from training.standings.compliance import Judged
from training.standings.judging import judged_for


class Held(StrEnum):
    """What is held toward one duty."""

    EVIDENCE = "evidence"
    PART = "part"  # evidence for some of it, and the rest is unknown
    CLAIMED = "claimed"  # somebody said so, and no evidence is held
    UNKNOWN = "unknown"


class Backing(StrEnum):
    """What stands behind one record."""

    EVIDENCE = "evidence"
    CLAIMED = "claimed"
    DOUBTFUL = "doubtful"  # it is on file, and something else about it is not known


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """What another employer sees of a record: the day and the hours, never who approved it.

    ``held_at`` is the agency that holds the evidence, when it is another one of this installation.
    """

    on: date
    hours: Decimal
    backing: Backing
    held_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyHeld:
    """One duty in its present window."""

    short: str
    label: str
    held: Held
    records: tuple[HeldRecord, ...]


@dataclass(frozen=True, slots=True)
class Intake:
    """Every duty that may be owed, and the judgement it rests on."""

    judged: Judged
    duties: tuple[DutyHeld, ...]


def intake_of(question: Question, person_id: int) -> Intake | None:
    """The intake of one person on the day of the question; None outside the agency."""
    judged = judged_for(question, person_id)
    if judged is None:
        return None
    last: dict[tuple[str, str | None], Finding] = {}
    for finding in judged.evaluation.findings:
        if finding.applies is not False:
            last[finding.requirement.id, finding.item] = finding  # findings come oldest window first
    elsewhere = held_elsewhere(question.conn, question.agency_id, person_id, known_at=question.known_at)
    holders = {str(record): agency for record, agency in elsewhere.items()}
    return Intake(judged, tuple(duty_held(each, holders) for each in last.values()))


def duty_held(finding: Finding, holders: Mapping[str, str] = MappingProxyType({})) -> DutyHeld:
    """One finding as an intake shows it; ``holders`` names, by record, who holds its evidence elsewhere."""
    records = [
        HeldRecord(
            each.completion.on,
            each.hours or Decimal(0),
            Backing.EVIDENCE,
            holders.get(each.completion.ref, ""),
        )
        for each in credited(finding)
        if each.completion.on is not None
    ]
    others = {
        id(entry.completion): HeldRecord(
            entry.on, entry.hours, _backing(entry.doubt), holders.get(entry.completion.ref, "")
        )
        for entry in finding.doubtful
    }
    everything = (*records, *others.values())
    return DutyHeld(
        short=finding.requirement.short,
        label=finding.requirement.label,
        held=_held(finding, everything),
        records=everything,
    )


def _backing(doubt: str) -> Backing:
    return Backing.CLAIMED if doubt == RowCode.CLAIMED.value else Backing.DOUBTFUL


def _held(finding: Finding, records: Sequence[HeldRecord]) -> Held:
    backings = {each.backing for each in records}
    # What is met without any record, because its day has not come, is no evidence; a card is its own.
    shown = Backing.EVIDENCE in backings or finding.requirement.measure in (Measure.CARD, Measure.STATUS)
    if finding.satisfied is True and shown:
        return Held.EVIDENCE
    if Backing.CLAIMED in backings:
        return Held.CLAIMED
    return Held.PART if Backing.EVIDENCE in backings else Held.UNKNOWN

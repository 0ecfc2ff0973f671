"""What the keeper of the training records is shown: what may be twice, what is whole, what came from elsewhere."""

from datetime import date
from decimal import Decimal

from messages import completeness, duplicates, intake
from messages.model import Message
from messages.words import Words


def what_may_be_twice(words: Words, *, is_past: bool = False) -> Message:
    """One of each kind."""
    proposals = (
        duplicates.DuplicateProposalFacts(
            key="people:1:2",
            subject="people",
            what="Dana Ruiz (214)",
            other="Dana Ruiz (0214)",
            reasons=("license", "name-and-badge"),
        ),
        duplicates.DuplicateProposalFacts(
            key="date:3:3",
            subject="date",
            what="Officer Ruiz: record 75, Ethics, May 24 2031, 2 h",
            reasons=("in-future",),
        ),
        duplicates.DuplicateProposalFacts(
            key="early:4:4",
            subject="early",
            what="Alex Stone (311)",
            reasons=("before-appointment",),
            records=2,
        ),
        duplicates.DuplicateProposalFacts(
            key="completions:5:6",
            subject="completions",
            what="Officer Ruiz: record 73, Crisis Intervention for Patrol, May 24 2026, 4 h",
            other="record 74, Crisis Intervention Patrol, May 25 2026, 4 h",
            reasons=("days-apart", "like-title", "same-hours", "two-sources"),
            stays="73",
            goes="74",
        ),
    )
    return duplicates.duplicates(duplicates.DuplicatesFacts(proposals=proposals, is_past=is_past), words)


def what_waited_once(words: Words) -> Message:
    """The same as it stood at another moment, with nothing to decide."""
    return what_may_be_twice(words, is_past=True)


def year_of_everybody(words: Words) -> Message:
    """A year with one of each look."""
    rows = (
        completeness.YearFacts("Officer Hall", 2026, 0, "empty"),
        completeness.YearFacts("Officer Lee", 2026, 2, "thin"),
        completeness.YearFacts("Officer Stone", 2026, 3, "part"),
        completeness.YearFacts("Nair", 2026, 1, "unknown"),
    )
    counts = (("whole", 31), ("thin", 1), ("empty", 1), ("part", 1), ("unknown", 1))
    facts = completeness.AgencyYearFacts(agency="Lakemont PD", year=2026, counts=counts, rows=rows)
    return completeness.agency_year(facts, words)


def years_of_stone(words: Words) -> Message:
    """Somebody of whom nobody has said since when the history is whole."""
    rows = (
        completeness.YearFacts("", 2025, 9, "whole"),
        completeness.YearFacts("", 2026, 2, "thin"),
        completeness.YearFacts("", 2027, 1, "part"),
    )
    facts = completeness.PersonHistoryFacts(name="Officer Stone", complete_from="", rows=rows)
    return completeness.person_history(facts, words)


def intake_of_stone(words: Words) -> Message:
    """One duty of each kind."""

    def held(*days: int, backing: str = "evidence") -> tuple[intake.HeldFacts, ...]:
        return tuple(intake.HeldFacts(date(2025, 6, day), Decimal(8), backing) for day in days)

    facts = intake.IntakeFacts(
        name="Officer Stone",
        duties=(
            intake.IntakeDutyFacts(
                short="CE-48", label="Continuing education", held="part", records=held(1, 2, 3, 4)
            ),
            intake.IntakeDutyFacts(
                short="CRI-6",
                label="Crisis intervention",
                held="claimed",
                records=held(5, backing="claimed"),
            ),
            intake.IntakeDutyFacts(
                short="UOF-1", label="Use of force", held="unknown", records=held(6, backing="doubtful")
            ),
            intake.IntakeDutyFacts(short="AUT-4", label="Autism", held="unknown", records=()),
            intake.IntakeDutyFacts(
                short="EVOC-8", label="Emergency driving", held="evidence", records=held(7)
            ),
        ),
        packs=("mn-2026.1",),
    )
    return intake.intake(facts, words)

"""What may a file be made for, that leaves the system?"""

from enum import StrEnum


class Purpose(StrEnum):
    """What a file may be made for. A purpose that is not in the list needs a decision first, not a free word."""

    AUDIT = "audit"
    BOARD_REPORT = "board-report"
    LITIGATION = "litigation"
    OWN_COPY = "own-copy"
    PUBLIC_RECORDS = "public-records"
    STAFFING = "staffing"
    TRAINING_PLANNING = "training-planning"

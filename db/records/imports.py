"""What becomes of a row of a file that is imported, and how do we know a fact that came from one?"""

from enum import StrEnum

# What the source of such a fact begins with; the kind of file follows.
IMPORTED = "import:"


class RowFate(StrEnum):
    """What becomes of one row of the file; every row has exactly one."""

    ACCEPTED = "accepted"  # something the record did not hold
    CORRECTED = "corrected"  # it takes the place of what the record holds
    UNCHANGED = "unchanged"  # the record says so already
    REJECTED = "rejected"  # to be mended and brought again
    SKIPPED = "skipped"  # understood, and nothing to keep

"""The baseline: what does it cost only to read the rows that the sweep reads and add up everybody's hours?"""

import argparse
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

# The columns of ``db.queries.evaluation.STREAM_COLUMNS``, in the same order of the same index.
ROWS = """
SELECT person_id, id, completed_on, hours, topics, topic_hours, title, board_approved, credit, delivery,
    passed, evidence, course_number, provider, score, credit_reason
FROM completion
WHERE agency_id = ? AND NOT void
    AND id NOT IN (SELECT replaces_id FROM completion WHERE replaces_id IS NOT NULL AND agency_id = ?)
ORDER BY person_id, completed_on, id
"""


def hours_by_person(database: Path, agency_id: int) -> dict[int, Decimal]:
    """Everybody's hours, exact, in one pass."""
    totals: dict[int, Decimal] = {}
    nothing = Decimal(0)
    with closing(sqlite3.connect(database)) as connection:
        for row in connection.execute(ROWS, (agency_id, agency_id)):
            person_id, hours = row[0], row[3]
            if hours is not None:
                totals[person_id] = totals.get(person_id, nothing) + Decimal(hours)
    return totals


def main() -> None:
    """Add the hours up and say how much there was, so that the work cannot be skipped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path)
    parser.add_argument("--agency", type=int, default=1)
    options = parser.parse_args()
    totals = hours_by_person(options.database, options.agency)
    print(len(totals), "people, hours:", sum(totals.values(), start=Decimal(0)))


if __name__ == "__main__":
    main()

"""Does the sweep see the same completions as somebody who asks why?"""

from datetime import date
from decimal import Decimal

from sqlalchemy import Engine

from db.queries.evaluation import completions_for, stream_completions
from db.records.facts import Completion, Credit
from db.unit_of_work import reading, writing
from tests.integration.record_cast import NOON, an_agency, an_officer
from training.standings.person_facts import completion_of, completion_of_row


def test_a_row_of_the_stream_is_the_completion_that_was_kept(database: Engine) -> None:
    lakemont = an_agency(database)
    ruiz = an_officer(database, lakemont)
    kinds = (
        Completion(
            person_id=ruiz,
            completed_on=date(2026, 2, 9),
            hours=Decimal("4"),
            topics=("autism",),
            title="Autism",
        ),
        Completion(person_id=ruiz, completed_on=date(2026, 2, 10), hours=None, title="No hours on file"),
        Completion(
            person_id=ruiz,
            completed_on=date(2026, 2, 11),
            hours=Decimal("2.25"),
            topics=("use_of_force", "Crisis Intervention"),
            topic_hours={"use_of_force": Decimal("1.5"), "crisis_intervention": Decimal("0.75")},
            title="Split, with an odd name",
            board_approved=True,
        ),
        Completion(
            person_id=ruiz,
            completed_on=date(2026, 2, 12),
            hours=Decimal(0),
            topics=("firearms-qualification",),
            title="Qualification",
            board_approved=False,
            passed=True,
            delivery="Roll call",
            score=Decimal("87.5"),
            evidence={"firearm_type": "Patrol rifle", "role": "instructor", "tags": ["a", "b"]},
        ),
        Completion(
            person_id=ruiz,
            completed_on=date(2026, 2, 13),
            hours=Decimal("0.1"),
            title="Twice",
            credit=Credit.DOUBTFUL,
            credit_reason="duplicate-suspected",
        ),
        Completion(
            person_id=ruiz,
            completed_on=date(2026, 2, 14),
            hours=Decimal("3"),
            title="Not passed",
            credit=Credit.NO,
            credit_reason="not-passed",
            passed=False,
        ),
    )
    with writing(database, lakemont, at=NOON) as writer:
        writer.record(*kinds)
    with reading(database) as conn:
        kept = [completion_of(each) for each in completions_for(conn, lakemont, [ruiz])[ruiz]]
        streamed = [completion_of_row(row) for row in stream_completions(conn, lakemont)]
    assert len(kept) == len(kinds)
    assert streamed == kept

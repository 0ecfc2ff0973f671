"""Where does somebody stand for this question: on its day, by what was on file at its moment?"""

from db.records.work import NewStanding
from rules.standing import Standing
from training.asking import Question
from training.standings import compliance
from training.standings.compliance import Judged


def judged_for(question: Question, person_id: int) -> Judged | None:
    """The whole working. None for somebody whom the agency did not employ by then."""
    return compliance.judge(
        question.conn,
        question.shelf,
        question.agency_id,
        person_id,
        question.day,
        known_at=question.known_at,
    )


def standing_for(question: Question, person_id: int) -> tuple[Standing | None, NewStanding | None]:
    """The standing, kept or judged, and the row to keep when it had to be judged."""
    return compliance.standing_of(
        question.conn,
        question.shelf,
        question.agency_id,
        person_id,
        question.day,
        known_at=question.known_at,
    )

"""Who may see whose record? Decided at the moment of asking, along the line as it is then; the default is no."""

from db.queries import reporting
from db.records.facts import Role
from training.asking import Question

# Roles whose task covers every record of their agency. An administrator runs the installation and reads none.
WHOLE_AGENCY = (Role.COORDINATOR, Role.COMMAND, Role.RECORDS)


def may_see(question: Question, person_id: int) -> bool:
    """Oneself, whoever is below in the line as of now, or everybody for a role of the whole agency."""
    if person_id == question.asker.person_id:
        return True
    if question.has(*WHOLE_AGENCY):
        return True
    return question.serves and reporting.is_below(
        question.conn, question.agency_id, person_id, question.asker.person_id, question.asker.now
    )


def people_in_view(question: Question) -> tuple[frozenset[int], bool]:
    """Everybody below the asker as of now, and whether that is the whole agency by role."""
    if not question.serves:
        return frozenset(), False
    below = reporting.people_below(
        question.conn, question.agency_id, question.asker.person_id, question.asker.now
    )
    return below, question.has(*WHOLE_AGENCY)

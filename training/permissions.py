"""Who may ask for what, and whose record may be seen? Decided at the moment of asking by one table; default no."""

from db.queries import reporting
from db.records.facts import Kept, RecordOpening, Role
from training.asking import Question
from training.permission_table import ANYBODY, Ask, Permission


def may(question: Question, ask: Ask) -> bool:
    """Whether the asker's roles at this instant, taken together, allow it."""
    leaves = leaves_of(question, ask)
    if Permission.YES in leaves:
        return True
    if Permission.PURPOSE in leaves and question.purpose:
        return True
    return Permission.STAND_IN in leaves and not reporting.holders_of(
        question.conn, question.agency_id, Role.RECORDS, question.asker.now
    )


def leaves_of(question: Question, ask: Ask) -> frozenset[Permission]:
    """What the table says to the asker, before any condition is looked at."""
    # Whoever has left answers for nobody any more, and keeps what is everybody's own.
    columns = (ANYBODY, *question.roles) if question.serves else (ANYBODY,)
    return question.walls.permissions.leaves(columns, ask)


def may_see(question: Question, person_id: int) -> bool:
    """Oneself; the line as of now, the whole agency or one opened record, and nobody who is hidden from the asker."""
    if person_id == question.asker.person_id:
        return may(question, Ask.OWN_RECORD)
    if person_id in hidden(question):
        return False
    if may(question, Ask.AGENCY_RECORD) or _for_the_same_matter(question, person_id):
        return True
    if may(question, Ask.LINE_RECORD) and question.walls.is_below(question.conn, question.asker, person_id):
        return True
    if question.serves and person_id in question.protected and person_id in question.disclosed:
        return True
    opened = opening(question, person_id)
    if opened is not None:
        question.through[person_id] = opened
    return opened is not None


def _for_the_same_matter(question: Question, person_id: int) -> bool:
    """A stated matter holds for what is asked next about the same person, as WHY and LIST."""
    return Permission.PURPOSE in leaves_of(question, Ask.AGENCY_RECORD) and bool(
        question.purpose_for(person_id)
    )


def hidden(question: Question) -> frozenset[int]:
    """People in protected assignments whom the asker must not learn of: all but oneself and whom a decision names."""
    if may(question, Ask.PROTECTED_RECORD):
        return frozenset()
    protected = question.protected - {question.asker.person_id}
    return protected - question.disclosed if protected else protected


def opening(question: Question, person_id: int) -> Kept[RecordOpening] | None:
    """The opening through which the asker sees this record at this moment, if there is one."""
    if not may(question, Ask.BREAK_GLASS):
        return None
    return next((each for each in question.openings if each.fact.person_id == person_id), None)


def people_in_view(question: Question) -> tuple[frozenset[int], bool]:
    """Everybody below the asker as of now, without the hidden; and whether a role shows the whole agency."""
    below: frozenset[int] = question.below if may(question, Ask.LINE_LIST) else frozenset()
    return below - hidden(question), may(question, Ask.AGENCY_LIST)


def asks_about_others(question: Question) -> bool:
    """Whether the asker could name anybody else: decides how words are read, never what is shown."""
    asks = (Ask.LINE_RECORD, Ask.AGENCY_RECORD)
    return any(leaves_of(question, ask) for ask in asks) or bool(
        leaves_of(question, Ask.BREAK_GLASS) and question.openings
    )

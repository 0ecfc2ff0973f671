"""Where does the asker stand, to be shown beside the talk? Nobody asked, so nothing follows from it."""

from handlers.picture import cycle_facts
from handlers.routing import Asked
from messages.home import home
from messages.model import Message
from training.asking import Question
from training.people import oneself
from training.standings import compliance


def own_home(question: Question, asked: Asked) -> Message | None:
    """The asker's own dashboard, judged at this moment; None for somebody whom the agency does not employ."""
    judged = compliance.judge(
        question.conn, question.shelf, question.agency_id, question.asker.person_id, question.today
    )
    if judged is None:
        return None
    return home(cycle_facts(question, asked, judged, oneself(question)), asked.words)

"""What was written down at this agency? A page of the log, for whoever keeps or audits it."""

from handlers.routing import Answered, Asked, Route, reads_log
from handlers.status import finish
from messages import log as say
from messages.pages import lines_for
from training.asking import Outcome, Question
from training.trail import log_page


def shown(question: Question, asked: Asked) -> Answered:
    """The newest entries first."""
    return _page(question, asked, page=1)


def next_page(question: Question, asked: Asked) -> Answered:
    """MORE of the log, for whoever may still read it."""
    page = question.remembered().get("page")
    return _page(question, asked, page=page + 1 if isinstance(page, int) else 1)


def _page(question: Question, asked: Asked, page: int) -> Answered:
    lines = lines_for(question.channel)
    found = log_page(question, page, lines)
    facts = say.LogFacts(entries=found.entries, page=page, is_last=found.is_last, lines=lines)
    outcome = Outcome(kind="", looked_at=found.people, data={"entries": len(found.entries)})
    return finish(say.log(facts, asked.words), outcome, page=page, pages_of="log")


ROUTES = (Route(name="log", handle=shown, may_use=reads_log, commands=("log",), menu="log"),)

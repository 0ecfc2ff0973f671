"""What was written down at this agency? A page of the log, for whoever keeps or audits it."""

from handlers.days import following_days, kept_days, named_days
from handlers.routing import Answered, Asked, Route, Tense, reads_log
from handlers.status import finish
from messages import log as say
from messages.pages import lines_for
from training.asking import Outcome, Question
from training.log.stretches import Days
from training.log.trail import log_page


def shown(question: Question, asked: Asked) -> Answered:
    """The newest entries first, of the days that were named."""
    return _page(question, asked, 1, named_days(asked))


def _page(question: Question, asked: Asked, page: int, days: Days | None) -> Answered:
    lines = lines_for(question.channel)
    found = log_page(question, page, lines, days)
    facts = say.LogFacts(
        entries=found.entries,
        page=page,
        is_last=found.is_last,
        days=None if days is None else (days.first, days.last),
    )
    outcome = Outcome(looked_at=found.people, data={"entries": len(found.entries)})
    return finish(say.log(facts, asked.words), outcome, page=page, pages_of="log", **kept_days(days))


ROUTES = (
    Route(
        name="log",
        handle=shown,
        may_use=reads_log,
        commands=("log",),
        menu="log",
        tense=Tense.LOG,
        shows=True,
        next_page=following_days(_page),
    ),
)

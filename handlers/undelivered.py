"""What got lost on the way in or out? For whoever keeps the training records."""

from db.records.ledger import Receipt
from handlers.routing import Answered, Asked, Route, coordinates, following
from handlers.status import finish
from messages import undelivered as say
from messages.pages import lines_for
from messages.words import Words
from training.asking import Outcome, Question
from training.undelivered import Undelivered, unclaimed, undelivered


def listed(question: Question, asked: Asked) -> Answered:
    """Everything that failed for good, a page at a time."""
    return _page(question, asked, page=1)


def _page(question: Question, asked: Asked, page: int) -> Answered:
    found, strange = undelivered(question), unclaimed(question)
    facts = say.UndeliveredFacts(
        found=tuple(_facts(each, asked.words) for each in found),
        page=page,
        lines=lines_for(question.channel),
        unclaimed=strange.count,
        since=strange.since,
    )
    outcome = Outcome(data={"found": len(found), "unclaimed": strange.count})
    return finish(say.undelivered(facts, asked.words), outcome, page=page, pages_of="undelivered")


def _facts(found: Undelivered, words: Words) -> say.TroubleFacts:
    if found.receipt is None:
        trouble = say.Trouble.NOT_ANSWERED
    else:
        trouble = say.Trouble.UNCLEAR if found.receipt is Receipt.UNKNOWN else say.Trouble.NOT_SENT
    return say.TroubleFacts(
        trouble=trouble,
        at=found.at,
        who=found.who,
        what=words.say("undelivered-in" if found.receipt is None else "undelivered-out"),
        reference=found.reference,
    )


ROUTES = (
    Route(
        name="undelivered",
        handle=listed,
        may_use=coordinates,
        commands=("undelivered",),
        menu="undelivered",
        shows=True,
        next_page=following(_page),
    ),
)

"""Whoever decides asked something about a request, and it is open: what of what the officer writes is the answer?"""

from handlers import request_acts
from handlers.last_told import last_told
from handlers.request_views import about, one_request
from handlers.routing import Answered, Asked
from handlers.status import finish
from messages import request_standing as say
from messages.kinds import MessageKind
from reading.text.model import ASK_BELOW
from reading.text.requests import is_elsewhere, number_and_words
from training.asking import Outcome, Question
from training.content.reasons import reasons
from training.requests import drafting
from training.requests.drafting import OwnRequest
from training.requests.life import RequestStage
from training.requests.sight import sight_of


def open_ones(question: Question) -> tuple[OwnRequest, ...]:
    """The asker's requests about which something was asked, the newest first."""
    every = drafting.all_mine(question)
    return tuple(each for each in every if each.life.stage is RequestStage.QUESTION)


def asked_of(
    question: Question, asked: Asked, open_now: tuple[OwnRequest, ...]
) -> tuple[say.OpenQuestionFacts, ...]:
    """What was asked, by whom."""
    steps = [(each, each.life.question) for each in open_now]
    items = [step.fact.item_id for _, step in steps if step is not None and step.fact.item_id is not None]
    said = reasons(question, items)
    sight = sight_of(question)
    return tuple(
        say.OpenQuestionFacts(
            number=one.number,
            who=sight.name(step.recorded_by, asked.words),
            words=said.get(step.fact.item_id or 0, ""),
        )
        for one, step in steps
        if step is not None
    )


def answering(question: Question, asked: Asked) -> Answered | None:
    """An answer by its number, or the next thing written where the question came last; None for anything else."""
    named = number_and_words(asked.text)
    if (
        named is not None
        and asked.understood.command is None
        and not is_elsewhere(asked.text, asked.understood)
    ):
        return _to_number(question, asked, *named)
    if is_elsewhere(asked.text, asked.understood, answers=True):
        return None
    open_now = open_ones(question)
    told = set(last_told(question, MessageKind.APPROVAL_NEWS)) if open_now else set()
    came = tuple(each for each in open_now if each.number in told)
    if not came:
        return None
    if len(came) > 1:
        return which(question, asked, came)
    return request_acts.answered(question, asked, came[0], asked.text)


def _to_number(question: Question, asked: Asked, number: int, words: str) -> Answered | None:
    one = next((each for each in open_ones(question) if each.number == number), None)
    if one is not None:
        return request_acts.answered(question, asked, one, words)
    # Nothing is asked about it, or it is nobody's: how it stands, or the same as for any other number.
    unclear = asked.understood.confidence < ASK_BELOW
    return one_request(question, asked, number) if unclear else None


def unclear(question: Question, asked: Asked) -> Answered | None:
    """Words that mean nothing here while something is asked elsewhere: the question once more; nothing is passed on."""
    if asked.understood.command not in (None, "yes", "no") or asked.understood.confidence >= ASK_BELOW:
        return None
    open_now = open_ones(question)
    return which(question, asked, open_now) if open_now else None


def which(question: Question, asked: Asked, open_now: tuple[OwnRequest, ...]) -> Answered:
    """What is asked, and how each is answered."""
    message = say.asked(asked_of(question, asked, open_now), asked.words)
    outcome = Outcome(decides=False)
    if len(open_now) > 1:
        return finish(message, outcome, intent="request_status")
    return finish(message, outcome, **about(open_now[0].number, request_acts.ANSWER))

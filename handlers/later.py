"""What Rollcall understands and does not do yet: each says so, and what to do instead today."""

from functools import partial

from db.records.facts import Role
from handlers.routing import Answered, Asked, Route, answers_tickets, everyone, reviews_certificates
from handlers.status import coordinator, finish
from handlers.tickets import opened_for
from messages import trouble
from messages.tickets import TicketOpenedFacts
from messages.trouble import Later
from training.asking import Outcome, Question
from training.tickets import Opening

FEATURES = {
    Later.DISPUTE: ("record_dispute",),
    Later.POLICY: ("policy_pending", "policy_acknowledge", "policy_question"),
    Later.REMINDERS: (),
    Later.EXPENSE: ("expense_submit",),
    Later.INCIDENT: ("incident_report",),
    Later.ROSTER: ("roster_change",),
}
COMMANDS = {
    Later.REMINDERS: ("start",),
}


# What asks somebody to do something. A ticket lands on their desk, so a question, a guess and a single word open none:
# they are offered HUMAN.
PASSED_ON = frozenset({Later.DISPUTE, Later.REPORT, Later.ROSTER})
CLEARLY_ASKED = 0.75
WORDS_TO_PASS_ON = 2


def not_yet(question: Question, asked: Asked, feature: Later) -> Answered:
    """Plainly that it comes later, and who does it today; what is clearly a request is passed to them."""
    at_desk = question.has(Role.COORDINATOR)
    opening = _passed_on(question, asked, feature)
    outcome = Outcome()
    opened = None
    if opening is not None:
        outcome = Outcome(does=opening.does, data={"ticket": opening.number})
        opened = TicketOpenedFacts(
            kind="question",
            number=opening.number,
            who=opening.answerers.names,
            own=opening.answerers.own,
            told=bool(opening.answerers.accounts),
        )
    facts = trouble.NotYetAvailableFacts(feature, coordinator(question, asked), opened, at_desk)
    message = trouble.not_yet_available(facts, asked.words)
    # The conversation stays on what it was about: WHY after NEXT still means the same rule.
    return finish(message, outcome, **question.remembered())


def _passed_on(question: Question, asked: Asked, feature: Later) -> Opening | None:
    """A ticket where the words are clearly a request to somebody else; whoever coordinates does it themselves."""
    if feature not in PASSED_ON or (question.has(Role.COORDINATOR) and feature is not Later.DISPUTE):
        return None
    clearly = asked.understood.confidence >= CLEARLY_ASKED and len(asked.text.split()) >= WORDS_TO_PASS_ON
    return opened_for(question, asked, feature.value) if clearly else None


def unasked(question: Question, asked: Asked) -> Answered:
    """STOP where no carrier hears it: what is sent without a question today, and how it ends. It opens nothing."""
    facts = trouble.UnaskedFacts(decides=answers_tickets(question) or reviews_certificates(question))
    return finish(trouble.unasked(facts, asked.words), Outcome(), **question.remembered())


ROUTES = (
    *(
        Route(
            name=f"later-{feature.value}",
            handle=partial(not_yet, feature=feature),
            may_use=everyone,
            intents=FEATURES[feature],
            commands=COMMANDS.get(feature, ()),
        )
        for feature in FEATURES
    ),
    Route(name="unasked", handle=unasked, may_use=everyone, intents=("stop_messages",)),
)

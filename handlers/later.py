"""What Rollcall understands and does not do yet: each says so, and what to do instead today."""

from functools import partial

from handlers.routing import Answered, Asked, Route, everyone
from handlers.status import coordinator, finish
from handlers.tickets import opened_for
from messages import trouble
from messages.tickets import OpenedFacts
from messages.trouble import Later
from training.asking import Outcome, Question

FEATURES = {
    Later.NEXT_COURSE: ("course_search",),
    Later.REQUEST: ("request_training", "request_status", "cancel_request"),
    Later.APPROVAL: ("approve", "deny", "approval_queue", "delegate_approvals"),
    Later.DISPUTE: ("record_dispute",),
    Later.POLICY: ("policy_pending", "policy_acknowledge", "policy_question"),
    Later.REMINDERS: ("reminder_settings",),
    Later.STOP: ("stop_messages",),
    Later.EXPENSE: ("expense_submit",),
    Later.INCIDENT: ("incident_report",),
    Later.ROSTER: ("roster_change",),
}
COMMANDS = {
    Later.NEXT_COURSE: ("next",),
    Later.REMINDERS: ("snooze", "start"),
    Later.APPROVAL: ("who-approves",),
}


def not_yet(question: Question, asked: Asked, feature: Later) -> Answered:
    """Plainly that it comes later, and who does it today; what was asked in words is passed to a person."""
    opening = opened_for(question, asked, feature.value)
    outcome = Outcome(kind="")
    opened = None
    if opening is not None:
        outcome = Outcome(kind="", does=opening.does, data={"ticket": opening.number})
        opened = OpenedFacts(
            kind="question",
            number=opening.number,
            who=opening.answerers.names,
            own=opening.answerers.own,
            told=bool(opening.answerers.accounts),
        )
    facts = trouble.NotYetAvailableFacts(feature, coordinator(question, asked), opened)
    message = trouble.not_yet_available(facts, asked.words)
    # The conversation stays on what it was about: WHY after NEXT still means the same rule.
    return finish(message, outcome, **question.remembered())


ROUTES = tuple(
    Route(
        name=f"later-{feature.value}",
        handle=partial(not_yet, feature=feature),
        may_use=everyone,
        intents=FEATURES[feature],
        commands=COMMANDS.get(feature, ()),
    )
    for feature in FEATURES
)

"""Open a record for an hour with a stated reason, and show the custodian what was opened."""

from handlers.routing import Answered, Asked, Route, Tense, breaks_glass, keeps_custody
from handlers.status import finish
from handlers.team import full_name, one_person, refuse
from messages import openings as say
from training.asking import Outcome, Question
from training.audit import AuditTag
from training.openings import is_reason, known, opened_until, opens, signed
from training.people import in_reach
from training.permissions import may_see


def open_record(question: Question, asked: Asked) -> Answered:
    """The record of a named person, opened and told to the custodian; one that may be seen anyway is just shown."""
    written, reason = asked.slot("person"), asked.slot("reason")
    if not isinstance(written, str) or not isinstance(reason, str) or not is_reason(reason):
        return finish(say.not_opened(asked.words), Outcome())
    found = in_reach(question, written)
    if not found:
        return refuse(question, asked)
    if len(found) > 1:
        # Names of people whom the asker may not see are not offered to choose from.
        return finish(say.not_opened(asked.words, several=True), Outcome())
    person = found[0]
    if may_see(question, person.person_id):
        return one_person(question, asked.with_value(person.employment.fact.badge_number))
    facts = say.RecordOpenedFacts(
        full_name=full_name(person),
        badge=person.employment.fact.badge_number,
        until=opened_until(question).astimezone(question.at.tzinfo),
        reason=reason,
    )
    outcome = Outcome(does=opens(question, person, reason))
    return finish(say.opened(facts, asked.words), outcome, intent="person_status", about=person.person_id)


def waiting(question: Question, asked: Asked) -> Answered:
    """Everything that was opened and not signed yet."""
    return _listed(question, asked, signed_now=0, after=0)


def seen(question: Question, asked: Asked) -> Answered:
    """The custodian's signature under what was shown to them; without a list shown first there is nothing to sign."""
    shown = asked.value or str(question.remembered().get("up_to") or "")
    up_to = int(shown) if shown.isascii() and shown.isdecimal() else 0
    facts = signed(question, up_to)
    answered = _listed(question, asked, signed_now=len(facts), after=up_to if facts else 0)
    if not facts:
        return answered
    outcome = Outcome(
        tag=AuditTag.OPENINGS_SEEN,
        looked_at=answered.outcome.looked_at,
        facts=facts,
        data={"openings": [each.opening_id for each in facts]},
    )
    return finish(answered.message, outcome, **(answered.outcome.remember or {}))


def _listed(question: Question, asked: Asked, signed_now: int, after: int) -> Answered:
    left = [each for each in known(question) if each.opening_id > after]
    facts = say.OpeningsFacts(
        waiting=tuple(
            say.OpeningFacts(
                at=each.at, until=each.until, viewer=each.viewer, whom=each.whom, reason=each.reason
            )
            for each in left
        ),
        up_to=str(left[-1].opening_id) if left else "",
        signed=signed_now,
    )
    return finish(say.openings(facts, asked.words), Outcome(), up_to=facts.up_to)


ROUTES = (
    Route(name="open-record", handle=open_record, may_use=breaks_glass, commands=("open-record",)),
    Route(
        name="openings",
        handle=waiting,
        may_use=keeps_custody,
        commands=("openings",),
        tense=Tense.NOW_ONLY,
    ),
    Route(name="openings-seen", handle=seen, may_use=keeps_custody, commands=("openings-seen",)),
)

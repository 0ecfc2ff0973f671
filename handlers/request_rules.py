"""Rules of requests: what is in force, a proposal by a form or in words, and the word of a second person about it."""

from collections.abc import Mapping
from dataclasses import replace

from db.records.requests import RequestRulesWord
from handlers.routing import Answered, Asked, Route, changes_request_rules, confirms_request_rules
from handlers.status import finish
from messages import request_rules as say
from messages.forms import FieldError
from reading.forms import read_words
from reading.text.request_rules import (
    SETTINGS,
    read_request_rules,
    request_settings_said,
    with_steps,
    written_request_rules,
)
from training.asking import Outcome, Question
from training.content.reasons import reasons
from training.requests import rule_changes
from training.requests.rules import RequestRulesVersion, in_force
from training.uploads.reviewers import name_of

MOST_REASON = 500
# What is older is in the log.
MOST_EARLIER = 10
STEP = "step "


def shown(question: Question, asked: Asked) -> Answered:
    """What is in force, who proposed and confirmed it, what waits, and the versions before."""
    now = in_force(question.conn, question.agency_id)
    every = rule_changes.every_version(question.conn, question.agency_id)
    waiting = next((each for each in every if not each.is_decided), None)
    own = waiting is not None and rule_changes.is_own(question, waiting)
    earlier = [each for each in reversed(every) if each.is_decided and each.version != now.version]
    facts = say.RequestRulesFacts(
        in_force=_facts(question, now),
        waiting=None if waiting is None else _facts(question, waiting),
        earlier=tuple(_facts(question, each) for each in earlier[:MOST_EARLIER]),
        may_confirm=confirms_request_rules(question) and not own,
        own=own,
    )
    return finish(say.rules(facts, asked.words), Outcome(data={"rules": now.version}))


def _facts(question: Question, rules: RequestRulesVersion) -> say.RequestVersionFacts:
    facts = say.RequestVersionFacts(
        version=rules.version, written=written_request_rules(rules.written), reason=rules.reason
    )
    if rules.state is None:
        return facts
    kept, decided = rules.state.kept, rules.state.decided
    words = reasons(question, [kept.fact.item_id])
    facts = replace(
        facts, reason=words.get(kept.fact.item_id, ""), proposer=name_of(question, kept.recorded_by)
    )
    if decided is None:
        return facts
    return replace(
        facts,
        state=decided.fact.word.value,
        who=name_of(question, decided.fact.decided_by),
        at=decided.recorded_at.astimezone(question.at.tzinfo),
    )


def propose(question: Question, asked: Asked) -> Answered:
    """Other rules, as a form or as PROPOSE REQUEST RULES COMMAND OVER $2000 BECAUSE ...; a second person confirms."""
    waiting = rule_changes.waiting(question.conn, question.agency_id)
    if waiting is not None:
        return _done(asked, say.RequestRulesDoneFacts(code="waits", version=waiting.version))
    if asked.form is not None:
        entered = {name: "\n".join(asked.form.get(name, ())) for name in SETTINGS}
        return _proposed(question, asked, entered, "".join(asked.form.get("reason", ())[:1]))
    entered = written_request_rules(in_force(question.conn, question.agency_id).written)
    said, reason = asked.slot("settings"), asked.slot("words")
    if not isinstance(said, str) or not isinstance(reason, str):
        return _form(asked, say.RequestRulesFormFacts(entries=entered))
    settings, strange = request_settings_said(said)
    if strange:
        return _done(asked, say.RequestRulesDoneFacts(code="no-such-setting", written=strange))
    steps = {name.removeprefix(STEP): when for name, when in settings.items() if name.startswith(STEP)}
    entered |= {name: text for name, text in settings.items() if not name.startswith(STEP)}
    entered["way"] = with_steps(entered["way"], steps)
    return _proposed(question, asked, entered, reason[:MOST_REASON])


def _proposed(question: Question, asked: Asked, entered: Mapping[str, str], why: str) -> Answered:
    found = read_request_rules(entered)
    reason = read_words((why,), most=MOST_REASON)
    errors = {name: FieldError(code=each.code, written=each.written) for name, each in found.troubles.items()}
    if reason.problem is not None:
        errors["reason"] = FieldError(code=reason.problem.value, limit=reason.limit)
    outside = entered.get("outside_reviewer", "").strip()
    if found.rules is not None and outside and not _is_badge(question, outside):
        errors["outside_reviewer"] = FieldError(code="not-a-choice", written=outside)
    if errors or found.rules is None or reason.value is None:
        return _form(asked, say.RequestRulesFormFacts(entries=entered, reason=why, errors=errors))
    does = rule_changes.proposes(question, found.rules, reason.value)
    version = rule_changes.next_version(question.conn, question.agency_id)
    facts = say.RequestRulesDoneFacts(code="proposed", version=version)
    return _done(asked, facts, Outcome(does=does, data={"rules": version}))


def _is_badge(question: Question, badge: str) -> bool:
    return question.walls.by_badge(question.conn, question.agency_id, badge) is not None


def _form(asked: Asked, facts: say.RequestRulesFormFacts) -> Answered:
    # What was entered is in the exchange already.
    unsaid = say.form(replace(facts, reason=""), asked.words)
    return replace(finish(say.form(facts, asked.words), Outcome(decides=False)), kept=unsaid)


def confirm(question: Question, asked: Asked) -> Answered:
    """A second person's yes: from this moment on the version holds for what is sent."""
    return _decided(question, asked, RequestRulesWord.CONFIRMED)


def refuse(question: Question, asked: Asked) -> Answered:
    """A second person's no; or whoever proposed it takes it back."""
    return _decided(question, asked, RequestRulesWord.REFUSED)


def _decided(question: Question, asked: Asked, word: RequestRulesWord) -> Answered:
    said = asked.value or str(asked.slot("version") or "")
    every = rule_changes.every_version(question.conn, question.agency_id)
    rules = next((each for each in every if each.state is not None and str(each.version) == said), None)
    if rules is None:
        return _done(asked, say.RequestRulesDoneFacts(code="none"))
    if rules.is_decided:
        facts = _facts(question, rules)
        taken = say.RequestRulesDoneFacts(code="decided", version=rules.version, who=facts.who, at=facts.at)
        return _done(asked, taken)
    own = rule_changes.is_own(question, rules)
    confirms = word is RequestRulesWord.CONFIRMED
    if own and confirms:
        return _done(asked, say.RequestRulesDoneFacts(code="own", version=rules.version))
    if not own and not confirms_request_rules(question):
        return _done(asked, say.RequestRulesDoneFacts(code="not-yours", version=rules.version))
    decided: say.RequestRulesCode = "confirmed" if confirms else "refused"
    code = "taken-back" if own else decided
    outcome = Outcome(does=rule_changes.decides(question, rules, word), data={"rules": rules.version})
    return _done(asked, say.RequestRulesDoneFacts(code=code, version=rules.version), outcome)


def _done(asked: Asked, facts: say.RequestRulesDoneFacts, outcome: Outcome | None = None) -> Answered:
    return finish(say.done(facts, asked.words), outcome or Outcome(decides=False))


ROUTES = (
    Route(name="request-rules", handle=shown, may_use=changes_request_rules, commands=("request-rules",)),
    Route(
        name="propose-request-rules",
        handle=propose,
        may_use=changes_request_rules,
        commands=("propose-request-rules",),
        has_form=True,
    ),
    Route(
        name="confirm-request-rules",
        handle=confirm,
        may_use=confirms_request_rules,
        commands=("confirm-request-rules",),
    ),
    Route(
        name="refuse-request-rules",
        handle=refuse,
        may_use=changes_request_rules,
        commands=("refuse-request-rules",),
    ),
)

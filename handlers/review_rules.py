"""Rules of review: what is in force, a proposal, and the word of a second person about it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from db.records.review_rules import RulesWord
from handlers.routing import Answered, Asked, Route, changes_review_rules, reviews_certificates
from handlers.status import finish
from messages import review_rules as say
from messages.forms import FieldError
from reading.forms import EntryProblem, read_choice, read_words
from training.asking import Outcome, Question
from training.content.reasons import reasons
from training.uploads import review_rules
from training.uploads.review_rules import Evidence, RulesVersion, Steps
from training.uploads.reviewers import name_of
from training.uploads.values import NAMES, in_order

MOST_REASON = 500
# Hardly ever more than a version in a quarter; what is older is in the log.
MOST_EARLIER = 10
PERCENTS = tuple(str(each) for each in range(review_rules.MOST_PERCENT + 1))


def shown(question: Question, asked: Asked) -> Answered:
    """What is in force, who proposed and confirmed it, what waits, and the versions before."""
    in_force = review_rules.in_force(question.conn, question.agency_id)
    waiting = review_rules.waiting(question.conn, question.agency_id)
    every = review_rules.every_version(question.conn, question.agency_id)
    earlier = [each for each in reversed(every) if each.is_decided and each.version != in_force.version]
    own = waiting is not None and review_rules.is_own(question, waiting)
    facts = say.RulesFacts(
        in_force=_facts(question, in_force),
        waiting=None if waiting is None else _facts(question, waiting),
        earlier=tuple(_facts(question, each) for each in earlier[:MOST_EARLIER]),
        may_confirm=reviews_certificates(question) and not own,
        own=own,
    )
    return finish(say.rules(facts, asked.words), Outcome(data={"rules": in_force.version}))


def _facts(question: Question, rules: RulesVersion) -> say.VersionFacts:
    facts = say.VersionFacts(
        version=rules.version,
        types=_types(rules.steps),
        second_looks=rules.second_looks,
        seed=rules.seed,
        reason=rules.reason,
    )
    if rules.state is None:
        return facts
    proposed, decided = rules.state.kept, rules.state.decided
    words = reasons(question, [proposed.fact.item_id])
    zone = question.at.tzinfo
    facts = replace(
        facts,
        reason=words.get(proposed.fact.item_id, ""),
        proposer=name_of(question, proposed.recorded_by),
        proposed_at=proposed.recorded_at.astimezone(zone),
    )
    if decided is None:
        return facts
    return replace(
        facts,
        state=decided.fact.word.value,
        who=name_of(question, decided.fact.decided_by),
        at=decided.recorded_at.astimezone(zone),
    )


def _types(steps: Mapping[Evidence, Steps]) -> tuple[say.TypeFacts, ...]:
    return tuple(
        say.TypeFacts(evidence=each.value, ticked=steps[each].ticked, typed=steps[each].typed)
        for each in Evidence
    )


def propose(question: Question, asked: Asked) -> Answered:
    """Other rules, as a form or as PROPOSE REVIEW RULES 10 PERCENT BECAUSE ...; they wait for a second person."""
    waiting = review_rules.waiting(question.conn, question.agency_id)
    if waiting is not None:
        return _done(asked, say.RulesDoneFacts(code="waits", version=waiting.version))
    if asked.form is not None:
        return _submitted(question, asked, asked.form)
    rules = review_rules.in_force(question.conn, question.agency_id)
    percent, reason = asked.slot("percent"), asked.slot("words")
    if not isinstance(percent, str) or not isinstance(reason, str):
        return _form(asked, rules.steps, rules.second_looks, "", {})
    if int(percent) > review_rules.MOST_PERCENT:
        return _done(asked, say.RulesDoneFacts(code="percent"))
    return _proposed(question, asked, rules.steps, int(percent), reason[:MOST_REASON])


def _form(
    asked: Asked,
    steps: Mapping[Evidence, Steps],
    second_looks: int | None,
    reason: str,
    errors: Mapping[str, FieldError],
) -> Answered:
    facts = say.RulesProposalFacts(
        types=_types(steps),
        values=NAMES,
        typable=review_rules.TYPED,
        second_looks=second_looks,
        reason=reason,
        errors=errors,
    )
    message = say.proposal(facts, asked.words)
    # What was entered is in the exchange already.
    unsaid = say.proposal(replace(facts, reason=""), asked.words)
    return replace(finish(message, Outcome(decides=False)), kept=unsaid)


def _submitted(question: Question, asked: Asked, form: Mapping[str, Sequence[str]]) -> Answered:
    percent = read_choice(form.get("second_looks", ()), PERCENTS)
    reason = read_words(form.get("reason", ()), most=MOST_REASON)
    errors: dict[str, FieldError] = {}
    if percent.problem is EntryProblem.NOT_A_CHOICE:
        code = "too-large" if percent.written.isdecimal() else "not-a-number"
        most = Decimal(review_rules.MOST_PERCENT)
        errors["second_looks"] = FieldError(code=code, written=percent.written, limit=most)
    elif percent.problem is not None:
        errors["second_looks"] = FieldError(code=percent.problem.value, written=percent.written)
    if reason.problem is not None:
        errors["reason"] = FieldError(code=reason.problem.value, limit=reason.limit)
    steps = {each: _steps(form, each) for each in Evidence}
    for each, found in steps.items():
        if not found.confirmed:
            errors[f"confirmed-{each.value}"] = FieldError(code="empty")
    if errors or percent.value is None or reason.value is None:
        said = None if percent.value is None else int(percent.value)
        return _form(asked, steps, said, reason.value or "", errors)
    return _proposed(question, asked, steps, int(percent.value), reason.value)


def _steps(form: Mapping[str, Sequence[str]], evidence: Evidence) -> Steps:
    """What was chosen for one type; what is typed is confirmed by it."""
    typed = [each for each in review_rules.TYPED if each in form.get(f"typed-{evidence.value}", ())]
    ticked = form.get(f"confirmed-{evidence.value}", ())
    return Steps(in_order((*ticked, *typed)), tuple(typed))


def _proposed(
    question: Question, asked: Asked, steps: Mapping[Evidence, Steps], second_looks: int, reason: str
) -> Answered:
    does = review_rules.proposes(question, steps, second_looks, reason)
    version = review_rules.next_version(question.conn, question.agency_id)
    facts = say.RulesDoneFacts(code="proposed", version=version)
    return _done(asked, facts, Outcome(does=does, data={"rules": version}))


def confirm(question: Question, asked: Asked) -> Answered:
    """A second person's yes: from this moment on the version holds."""
    return _decided(question, asked, RulesWord.CONFIRMED)


def refuse(question: Question, asked: Asked) -> Answered:
    """A second person's no; or whoever proposed it takes it back."""
    return _decided(question, asked, RulesWord.REFUSED)


def _decided(question: Question, asked: Asked, word: RulesWord) -> Answered:
    said = asked.value or str(asked.slot("version") or "")
    version = int(said) if said.isascii() and said.isdecimal() and len(said) <= len("999999") else 0
    every = review_rules.every_version(question.conn, question.agency_id)
    rules = next((each for each in every if each.state is not None and each.version == version), None)
    if rules is None:
        return _done(asked, say.RulesDoneFacts(code="none"))
    if rules.is_decided:
        facts = _facts(question, rules)
        return _done(asked, say.RulesDoneFacts(code="decided", version=version, who=facts.who, at=facts.at))
    own = review_rules.is_own(question, rules)
    if own and word is RulesWord.CONFIRMED:
        return _done(asked, say.RulesDoneFacts(code="own", version=version))
    if not own and not reviews_certificates(question):
        return _done(asked, say.RulesDoneFacts(code="not-yours", version=version))
    does = review_rules.decides(question, rules, word)
    decided: say.RulesCode = "confirmed" if word is RulesWord.CONFIRMED else "refused"
    code = "taken-back" if own else decided
    outcome = Outcome(does=does, data={"rules": version})
    return _done(asked, say.RulesDoneFacts(code=code, version=version), outcome)


def _done(asked: Asked, facts: say.RulesDoneFacts, outcome: Outcome | None = None) -> Answered:
    return finish(say.done(facts, asked.words), outcome or Outcome(decides=False))


ROUTES = (
    Route(
        name="review-rules",
        handle=shown,
        may_use=changes_review_rules,
        commands=("review-rules",),
    ),
    Route(
        name="propose-review-rules",
        handle=propose,
        may_use=changes_review_rules,
        commands=("propose-review-rules",),
        has_form=True,
    ),
    Route(
        name="confirm-review-rules",
        handle=confirm,
        may_use=reviews_certificates,
        commands=("confirm-review-rules",),
    ),
    Route(
        name="refuse-review-rules",
        handle=refuse,
        may_use=changes_review_rules,
        commands=("refuse-review-rules",),
    ),
)

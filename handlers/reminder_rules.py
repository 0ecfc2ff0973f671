"""Rules of reminding: what is in force and who entered it, and another version, by a form or in words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from handlers.routing import Answered, Asked, Route, changes_reminder_rules, everyone
from handlers.status import finish
from messages import reminder_rules as say
from messages.forms import FieldError
from reading.forms import read_words
from reading.reminders.rules import MAY_STAY_AWAY, NAMES, WEEKDAYS, read_rules
from reading.text.reminders import settings_said
from training.asking import Outcome, Question
from training.content.reasons import reasons
from training.reminders import rule_changes
from training.reminders.rule_changes import RemindersVersion
from training.uploads.reviewers import name_of

MOST_REASON = 500
# What is older is in the log.
MOST_EARLIER = 10
CHOICES = {"lieutenant_on": WEEKDAYS, "only_if_not_empty": MAY_STAY_AWAY}

Entered = Mapping[str, Sequence[str]]


def shown(question: Question, asked: Asked) -> Answered:
    """What is in force, who entered it, when and why; and the versions before."""
    newest, *earlier = rule_changes.every_version(question.conn, question.agency_id)
    facts = say.ReminderRulesFacts(
        in_force=_facts(question, newest),
        earlier=tuple(_facts(question, each) for each in earlier[:MOST_EARLIER]),
        may_enter=changes_reminder_rules(question),
    )
    return finish(say.rules(facts, asked.words), Outcome(data={"rules": newest.version}))


def _facts(question: Question, rules: RemindersVersion) -> say.RulesVersionFacts:
    if rules.kept is None:
        return say.RulesVersionFacts(version=rules.version, written=rules.written, reason=rules.reason)
    items = [rules.kept.fact.item_id, *(each.fact.item_id for each in rules.left_out)]
    words = reasons(question, items)
    return say.RulesVersionFacts(
        version=rules.version,
        written=rules.written,
        reason=words.get(rules.kept.fact.item_id, ""),
        who=name_of(question, rules.kept.recorded_by),
        at=rules.kept.recorded_at.astimezone(question.at.tzinfo),
        left_out=tuple((each.fact.requirement, words.get(each.fact.item_id, "")) for each in rules.left_out),
    )


def enter(question: Question, asked: Asked) -> Answered:
    """A version as a form, or as REMINDER RULES DAILY CAP 2 BECAUSE ...; without entries the form."""
    newest = rule_changes.every_version(question.conn, question.agency_id)[0]
    if asked.form is not None:
        return _submitted(question, asked, newest, asked.form, asked.value or str(newest.version))
    said = asked.slot("settings")
    if not isinstance(said, str):
        return _form(asked, newest, {name: (text,) for name, text in newest.written.items()}, {})
    settings, own, strange = settings_said(said)
    if strange:
        return _done(asked, say.RulesEnteredFacts(code="no-such-setting", written=strange))
    entered: dict[str, Sequence[str]] = {
        name: (text,) for name, text in {**newest.written, **settings}.items()
    }
    if own:
        entered["requirements"] = (_with_ladders(entered["requirements"][0], own),)
    for name in ("reason", "without"):
        words = asked.slot("words" if name == "reason" else name)
        entered[name] = (words,) if isinstance(words, str) else ()
    return _submitted(question, asked, newest, entered, str(newest.version))


def _with_ladders(written: str, own: Mapping[str, str]) -> str:
    """The ladders that requirements have of their own, with these in the place of theirs; NONE takes one away."""
    lines = dict(line.split(": ", 1) for line in written.splitlines() if ": " in line)
    lines |= own
    return "\n".join(f"{name}: {steps}" for name, steps in lines.items() if steps not in {"none", "off"})


def _submitted(
    question: Question, asked: Asked, newest: RemindersVersion, entered: Entered, version: str
) -> Answered:
    if version != str(newest.version):
        # What was entered stays in the form; whoever sends it again has seen that there is another version.
        return _form(asked, newest, entered, {}, overtaken=True)
    found = read_rules(entered, rule_changes.duties_of(question))
    errors = {
        name: FieldError(code=each.code, written=each.written, limit=each.limit)
        for name, each in found.troubles.items()
    }
    reason = read_words(entered.get("reason", ()), most=MOST_REASON)
    if reason.problem is not None:
        errors["reason"] = FieldError(code=reason.problem.value, limit=reason.limit)
    without = read_words(entered.get("without", ()), most=MOST_REASON)
    if without.value is not None and len(without.value) > MOST_REASON:
        errors["without"] = FieldError(code="too-long", limit=Decimal(MOST_REASON))
    missing = () if found.rules is None else rule_changes.without_the_kept_step(found.rules)
    if missing and not without.value:
        errors["without"] = FieldError(code="sixty-left-out")
    if errors or found.rules is None or reason.value is None:
        return _form(asked, newest, entered, errors)
    why = without.value or ""
    does = rule_changes.enters(question, found.rules, reason.value, why, after=newest.version)
    version_now = newest.version + 1
    code: say.RemindersCode = "entered-without" if missing else "entered"
    facts = say.RulesEnteredFacts(code=code, version=version_now)
    return _done(asked, facts, Outcome(does=does, data={"rules": version_now}))


def _form(
    asked: Asked,
    newest: RemindersVersion,
    entered: Entered,
    errors: Mapping[str, FieldError],
    *,
    overtaken: bool = False,
) -> Answered:
    facts = say.RulesFormFacts(
        version=newest.version,
        entries={name: ", ".join(entered.get(name, ())) for name in NAMES},
        choices=CHOICES,
        reason="".join(entered.get("reason", ())[:1]),
        without="".join(entered.get("without", ())[:1]),
        overtaken=overtaken,
        errors=errors,
    )
    # What was entered is in the exchange already.
    unsaid = say.form(replace(facts, reason="", without=""), asked.words)
    return replace(finish(say.form(facts, asked.words), Outcome(decides=False)), kept=unsaid)


def _done(asked: Asked, facts: say.RulesEnteredFacts, outcome: Outcome | None = None) -> Answered:
    return finish(say.done(facts, asked.words), outcome or Outcome(decides=False))


ROUTES = (
    Route(
        name="reminder-rules",
        handle=shown,
        may_use=everyone,
        commands=("reminder-rules",),
        shows=True,
    ),
    Route(
        name="enter-reminder-rules",
        handle=enter,
        may_use=changes_reminder_rules,
        commands=("enter-reminder-rules",),
        has_form=True,
    ),
)

"""How somebody is reminded, and how they want to be: in words or by a form, inside the agency's limits."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from db.queries import reminders
from db.records.reminders import ReminderWish
from handlers.routing import Answered, Asked, Route, everyone
from handlers.status import finish
from messages import my_reminders as say
from messages.forms import FieldError
from reading.reminders.wishes import is_only_shown, read_wish, said_wish
from training.asking import Outcome, Question
from training.content.reasons import reasons
from training.reminders import wishes
from training.reminders.rules import KEPT_STEP, ReminderRules, in_force

# Where a limit of the agency stands beside a field of the form.
FIELDS: Mapping[wishes.WishRefusal, str] = {
    "all-left-out": "without",
    "narrow": "ends",
    "no-such-step": "without",
    "no-such-way": "order",
    "sixty": "reason",
}


def shown(question: Question, asked: Asked) -> Answered:
    """MY REMINDERS, or whatever somebody says about being reminded."""
    rules, before = _now(question)
    if not asked.text or is_only_shown(asked.text):
        return _as_it_is(question, asked, rules, before, None)
    said = said_wish(asked.text)
    if said.trouble is not None:
        return _as_it_is(question, asked, rules, before, said.trouble)
    return _kept(question, asked, rules, before, wishes.wished(rules, before, said), said.reason)


def choose(question: Question, asked: Asked) -> Answered:
    """The form, and what came back with it."""
    rules, before = _now(question)
    if asked.form is None:
        now = wishes.manner(rules, before)
        order = ", ".join(now.order) if before.channels else ""
        facts = say.WishFormFacts(
            steps=wishes.steps_of(rules),
            order=order,
            begins=before.begins,
            ends=before.ends,
            without=now.without,
        )
        return finish(say.wish_form(facts, asked.words), Outcome(decides=False))
    return _submitted(question, asked, rules, before, asked.form)


def _submitted(
    question: Question,
    asked: Asked,
    rules: ReminderRules,
    before: ReminderWish,
    form: Mapping[str, Sequence[str]],
) -> Answered:
    said = read_wish(form)
    wish = wishes.entered(before.person_id, said)
    errors = {
        name: FieldError(code=each.code, written=each.written, limit=each.limit)
        for name, each in said.troubles.items()
    }
    refused = None if errors else wishes.why_not(rules, before, wish, said.reason)
    if refused is not None:
        errors[FIELDS[refused]] = FieldError(code=f"wish-{refused}")
    if errors:
        facts = say.WishFormFacts(
            steps=wishes.steps_of(rules),
            order=" ".join(form.get("order", ())),
            begins=" ".join(form.get("begins", ())),
            ends=" ".join(form.get("ends", ())),
            without=said.without,
            reason=said.reason,
            errors=errors,
        )
        # What was entered is in the exchange already.
        unsaid = say.wish_form(replace(facts, reason=""), asked.words)
        return replace(finish(say.wish_form(facts, asked.words), Outcome(decides=False)), kept=unsaid)
    return _kept(question, asked, rules, before, wish, said.reason)


def _now(question: Question) -> tuple[ReminderRules, ReminderWish]:
    rules = in_force(question.conn, question.agency_id)
    return rules, wishes.wish_of(question.conn, question.agency_id, question.asker.person_id)


def _kept(
    question: Question,
    asked: Asked,
    rules: ReminderRules,
    before: ReminderWish,
    wish: ReminderWish,
    reason: str,
) -> Answered:
    refused = wishes.why_not(rules, before, wish, reason)
    if refused is not None:
        return _as_it_is(question, asked, rules, before, refused)
    if wish == before:
        return _as_it_is(question, asked, rules, before, "same")
    does = wishes.keeps(question, before, wish, reason)
    left_out = str(KEPT_STEP) in wish.without and str(KEPT_STEP) not in before.without
    code: say.MyRemindersCode = "kept-without" if left_out else "kept"
    return _as_it_is(question, asked, rules, wish, code, Outcome(does=does))


def _as_it_is(
    question: Question,
    asked: Asked,
    rules: ReminderRules,
    wish: ReminderWish,
    code: say.MyRemindersCode | None,
    outcome: Outcome | None = None,
) -> Answered:
    now = wishes.manner(rules, wish)
    late = next((each.again_after for each in rules.steps if each.is_late), 0)
    escalation = rules.escalation
    facts = say.MyRemindersFacts(
        order=now.order,
        begins=now.begins,
        ends=now.ends,
        agency_begins=rules.hours.begins,
        agency_ends=rules.hours.ends,
        steps=now.steps,
        without=now.without,
        reason=_reason(question) if KEPT_STEP in now.without and code is None else "",
        daily_cap=rules.limits.daily_cap,
        overdue_every=late,
        supervisor_after=escalation.supervisor_after if escalation.runs_on(question.today) else None,
        code=code,
    )
    answered = finish(say.my_reminders(facts, asked.words), outcome or Outcome(decides=False))
    # Their own words are kept once already.
    return replace(answered, kept=say.my_reminders(replace(facts, reason=""), asked.words))


def _reason(question: Question) -> str:
    """Why the asker left the sixty-day step out, in their words, while these are there."""
    line = reminders.left_out_by(question.conn, question.agency_id, question.asker.person_id)
    return "" if line is None else reasons(question, [line.fact.item_id]).get(line.fact.item_id, "")


ROUTES = (
    Route(
        name="my-reminders",
        handle=shown,
        may_use=everyone,
        intents=("reminder_settings",),
        commands=("my-reminders",),
        menu="my-reminders",
    ),
    Route(
        name="set-my-reminders",
        handle=choose,
        may_use=everyone,
        commands=("set-my-reminders",),
        has_form=True,
    ),
)

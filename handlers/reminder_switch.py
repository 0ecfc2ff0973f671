"""Stop all reminders, let them go again, let go of a great many: for whoever enters the rules of reminding."""

from db.records.facts import Kept
from db.records.switches import ReminderSwitch, SwitchWord
from handlers.routing import Answered, Asked, Route, changes_reminder_rules
from handlers.status import finish
from messages import limits as say
from messages.limits import SwitchFacts, SwitchSaid
from training.asking import Outcome, Question
from training.reminders import switch
from training.uploads.reviewers import name_of


def pause(question: Question, asked: Asked) -> Answered:
    """PAUSE REMINDERS BECAUSE ...: none goes out until somebody resumes them. Answers to questions go on."""
    said, reason = switch.newest(question), asked.slot("words")
    # What Rollcall stopped by itself may be stopped by a person as well, who then answers for it.
    if said is not None and said.fact.word is SwitchWord.PAUSED and said.recorded_by is not None:
        return _paused_already(question, asked, said)
    if not isinstance(reason, str):
        return _is(question, asked, SwitchSaid.WHY_PAUSE)
    outcome = Outcome(does=switch.says(question, SwitchWord.PAUSED, reason, said))
    return finish(say.switched(SwitchFacts(said=SwitchSaid.PAUSED), asked.words), outcome)


def resume(question: Question, asked: Asked) -> Answered:
    """RESUME REMINDERS BECAUSE ...: what waited goes out, worded anew."""
    said, reason = switch.newest(question), asked.slot("words")
    if said is None or said.fact.word is not SwitchWord.PAUSED:
        return _is(question, asked, SwitchSaid.NOT_PAUSED)
    if not isinstance(reason, str):
        return _is(question, asked, SwitchSaid.WHY_RESUME)
    facts = SwitchFacts(said=SwitchSaid.RESUMED, waiting=switch.waiting(question))
    outcome = Outcome(does=switch.says(question, SwitchWord.RESUMED, reason, said))
    return finish(say.switched(facts, asked.words), outcome)


def go_ahead(question: Question, asked: Asked) -> Answered:
    """GO AHEAD: what waits because it is a great deal goes out; what a person stopped does not."""
    said = switch.newest(question)
    if said is None or said.fact.word is not SwitchWord.PAUSED:
        return _is(question, asked, SwitchSaid.NOT_PAUSED)
    if said.recorded_by is not None:
        return _paused_already(question, asked, said)
    facts = SwitchFacts(said=SwitchSaid.RELEASED, waiting=switch.waiting(question))
    outcome = Outcome(does=switch.says(question, SwitchWord.GO_AHEAD, "", said))
    return finish(say.switched(facts, asked.words), outcome)


def _is(question: Question, asked: Asked, said: SwitchSaid) -> Answered:
    """How it stands; nothing changes."""
    facts = SwitchFacts(said=said, waiting=switch.waiting(question))
    return finish(say.switched(facts, asked.words), Outcome())


def _paused_already(question: Question, asked: Asked, said: Kept[ReminderSwitch]) -> Answered:
    """Whose word it was; nothing changes."""
    facts = SwitchFacts(
        waiting=switch.waiting(question),
        who=name_of(question, said.recorded_by),
        since=said.recorded_at.astimezone(question.at.tzinfo),
    )
    return finish(say.switched(facts, asked.words), Outcome())


ROUTES = (
    Route(
        name="pause-reminders",
        handle=pause,
        may_use=changes_reminder_rules,
        commands=("pause-reminders",),
    ),
    Route(
        name="resume-reminders",
        handle=resume,
        may_use=changes_reminder_rules,
        commands=("resume-reminders",),
    ),
    Route(name="go-ahead", handle=go_ahead, may_use=changes_reminder_rules, commands=("go-ahead",)),
)

"""A certificate that came is put right, said to be right, joined or taken back: the sender's side of its way."""

from collections.abc import Mapping
from dataclasses import replace

from db.records.uploads import Step, UploadState
from handlers import entry_form
from handlers.routing import Answered, Asked, Route, everyone, following
from handlers.status import finish
from messages import entry_form as say_form
from messages import uploads as say
from messages.forms import FieldError
from messages.pages import lines_for
from reading.certificates.in_hand import FilesAre, is_another_class, said_of_it, what_files_are
from reading.certificates.told import Told
from reading.text.upload_numbers import number_meant
from training.asking import Outcome, Question
from training.uploads import cards, checks, drafts, outlook, reviewers
from training.uploads.drafts import Mine
from training.uploads.keeping import own
from training.uploads.values import Draft, Entry, From
from training.uploads.wording import topic_titles, upload_facts


def _facts(question: Question, number: int, draft: Draft, step: Step = Step.RECEIVED) -> say.UploadFacts:
    return upload_facts(number, step, draft, question.today)


def continued(question: Question, asked: Asked) -> Answered | None:
    """What words mean while a certificate waits for them; None when they are about something else."""
    of_files = _of_files(question, asked)
    if of_files is not None:
        return of_files
    named = _named(asked)
    number = named or question.remembered().get("upload")
    mine = _mine(question, number) if isinstance(number, int) else None
    if mine is None:
        return None
    wanted = checks.missing(mine.draft.entry)
    said = said_of_it(asked.text, asked.understood, today=question.today, wanted=wanted)
    if said is None or not (mine.with_sender or named):
        return None
    if said.ok:
        return confirmed(question, asked.with_value(str(mine.number))) if mine.with_sender else None
    return _corrected(question, asked, mine, said) if mine.with_sender else _too_late(question, asked, mine)


def _of_files(question: Question, asked: Asked) -> Answered | None:
    """What was asked of the files as they came: is the same file another class, are several files one class?"""
    remembered = question.remembered()
    same, several = remembered.get("same_file"), remembered.get("uploads")
    if isinstance(same, int) and is_another_class(asked.text):
        return again(question, asked.with_value(str(same)))
    if not isinstance(several, list) or len(several) <= 1:
        return None
    asked_of = asked.with_value(",".join(str(each) for each in several))
    match what_files_are(asked.text, len(several)):
        case FilesAre.ONE_CLASS:
            return one(question, asked_of)
        case FilesAre.A_CLASS_EACH:
            return each_alone(question, asked_of)
        case None:
            return None


def _too_late(question: Question, asked: Asked, mine: Mine) -> Answered:
    """A correction of what is its sender's no more: nothing of it is taken, and nothing is dropped in silence."""
    message = say.too_late(_standing(question, mine.state, mine), asked.words)
    return finish(message, Outcome(decides=False, data={"upload": mine.number}), **_about(mine.number))


def _named(asked: Asked) -> int | None:
    slot = asked.slot("upload_id")
    return number_meant(slot) if isinstance(slot, str) else None


def _mine(question: Question, number: int) -> Mine | None:
    state = own(question, number)
    return None if state is None else drafts.mine(question, state)


def _meant(question: Question, asked: Asked) -> Mine | None:
    """The upload that a button or words name, or else the one that is talked about."""
    number = number_meant(asked.value) if asked.value else _named(asked)
    if number is None and not asked.value:
        talked = question.remembered().get("upload")
        number = talked if isinstance(talked, int) else None
    return None if number is None else _mine(question, number)


def _corrected(question: Question, asked: Asked, mine: Mine, said: Told) -> Answered:
    if mine.waits:
        noted = Outcome(does=drafts.notes(question, mine, asked.text), decides=False)
        return finish(say.done("noted", mine.number, asked.words), noted, **_about(mine.number))
    draft = drafts.put_right(mine, said, topic_titles(said, asked.words))
    outcome = Outcome(
        does=drafts.keeps(question, mine, draft),
        decides=False,
        data={"upload": mine.number},
    )
    message = say.shown(_facts(question, mine.number, draft), asked.words)
    return finish(message, outcome, **_about(mine.number))


def _about(number: int) -> dict[str, object]:
    return {"intent": "certificate_status", "upload": number}


def _to_say(question: Question, asked: Asked) -> Mine | Answered:
    """The upload that waits for its sender's word, or why there is nothing to say about it."""
    mine = _meant(question, asked)
    if mine is None:
        return _done(asked, "none", 0)
    if not mine.with_sender:
        return _shown(question, asked, mine) if asked.form is None else _too_late(question, asked, mine)
    return _done(asked, "reading", mine.number) if mine.waits else mine


def confirmed(question: Question, asked: Asked) -> Answered:
    """Its sender says that it is right: it goes to whoever reviews, if nothing is missing."""
    mine = _to_say(question, asked)
    if isinstance(mine, Answered):
        return mine
    if not checks.is_complete(mine.draft, question.today):
        return _shown(question, asked, mine)
    whom = reviewers.for_sender(question)
    message = say.sent(mine.number, whom.names, reviewers.are_told(question, whom), asked.words)
    outcome = Outcome(
        does=drafts.submits(question, mine, asked.words),
        data={"upload": mine.number},
    )
    return finish(message, outcome, **_about(mine.number))


def correct(question: Question, asked: Asked) -> Answered:
    """The form with what is known, and what its sender entered into it."""
    form = asked.form
    if form is not None:
        asked = asked.with_value(entry_form.number_in(form))
    mine = _to_say(question, asked)
    if isinstance(mine, Answered):
        return mine
    if form is None:
        return _form(asked, mine, 0, mine.draft.entry, {})
    found = entry_form.filled(form, mine.draft, question.today)
    entry = mine.draft.entries[found.line]
    if found.turned:
        return _form(asked, mine, found.line, entry, {})
    entered = entry.with_value(From.OFFICER, **found.values)
    if found.errors:
        return _form(asked, mine, found.line, entered, found.errors)
    entries = (*mine.draft.entries[: found.line], entered, *mine.draft.entries[found.line + 1 :])
    draft = replace(mine.draft, entries=entries, unclear=None)
    message = say.shown(_facts(question, mine.number, draft), asked.words)
    outcome = Outcome(does=drafts.keeps(question, mine, draft), decides=False, data={"upload": mine.number})
    return finish(message, outcome, **_about(mine.number))


def _form(
    asked: Asked,
    mine: Mine,
    line: int,
    entry: Entry,
    errors: Mapping[str, FieldError],
) -> Answered:
    facts = entry_form.form_facts(mine.number, mine.draft, line, entry, errors)
    return finish(say_form.entry_form(facts, asked.words), Outcome(), **_about(mine.number))


def withdrawn(question: Question, asked: Asked) -> Answered:
    """Its sender takes it back, as long as nobody has decided."""
    mine = _meant(question, asked)
    if mine is None:
        return _done(asked, "none", 0)
    if mine.state.step not in (*drafts.WITH_SENDER, Step.SUBMITTED):
        return _done(asked, "decided", mine.number)
    does = drafts.withdraws(question, mine)
    if mine.state.step is Step.SUBMITTED:
        card = outlook.whole_card(question, mine.state, mine.draft)
        does = cards.settling(question, card, "withdrawn", asked.words, does)
    outcome = Outcome(does=does, data={"upload": mine.number})
    return finish(say.done("withdrawn", mine.number, asked.words), outcome)


def again(question: Question, asked: Asked) -> Answered:
    """The same file for another class, on purpose."""
    number = number_meant(asked.value)
    earlier = None if number is None else own(question, number)
    if earlier is None or question.office.asked_at is not None:
        return _done(asked, "none", 0)
    begun = drafts.begun_again(question, earlier)
    if begun is not None:
        return _shown(question, asked, begun)
    new, draft = drafts.next_number(question), drafts.for_another_class(question, earlier)
    message = say.shown(_facts(question, new, draft), asked.words)
    does = drafts.again(question, earlier, new, draft)
    outcome = Outcome(does=does, decides=False, data={"upload": new})
    return finish(message, outcome, **_about(new))


def _several(question: Question, asked: Asked) -> list[Mine]:
    numbers = dict.fromkeys(number_meant(each) for each in asked.value.split(","))
    found = [_mine(question, each) for each in numbers if each is not None]
    return [each for each in found if each is not None and each.with_sender]


def one(question: Question, asked: Asked) -> Answered:
    """Several files are one certificate."""
    found = _several(question, asked)
    if not found:
        return _done(asked, "none", 0)
    if any(each.waits for each in found):
        return _done(asked, "reading", found[0].number)
    first, *others = found
    draft = drafts.joined(first, others)
    outcome = Outcome(
        does=drafts.joins(question, first, others), decides=False, data={"upload": first.number}
    )
    message = say.shown(_facts(question, first.number, draft), asked.words)
    return finish(message, outcome, **_about(first.number))


def each_alone(question: Question, asked: Asked) -> Answered:
    """Each file is a certificate of its own: the first that still asks something comes first."""
    found = _several(question, asked)
    if not found:
        return _done(asked, "none", 0)
    return _shown(question, asked, found[0])


def one_of_mine(question: Question, asked: Asked) -> Answered:
    """How one upload stands; without a number the list of all."""
    if not asked.value and _named(asked) is None:
        return my_own(question, asked)
    mine = _meant(question, asked)
    return _done(asked, "none", 0) if mine is None else _shown(question, asked, mine)


def _shown(question: Question, asked: Asked, mine: Mine) -> Answered:
    message = say.shown(_standing(question, mine.state, mine), asked.words)
    return finish(message, Outcome(data={"upload": mine.number}), **_about(mine.number))


def _standing(question: Question, state: UploadState, mine: Mine) -> say.UploadFacts:
    """The upload as its sender reads of it now."""
    return replace(
        _facts(question, mine.number, mine.draft, state.step),
        since=state.last.recorded_at.astimezone(question.at.tzinfo),
        who=_who(question, state),
        reason=state.last.fact.reason if state.step is Step.RETURNED else "",
    )


def _who(question: Question, state: UploadState) -> str:
    """With whom it is, or who decided."""
    if state.step is Step.SUBMITTED:
        return next(iter(reviewers.for_sender(question).names), "")
    return reviewers.name_of(question, state.last.recorded_by)


def my_own(question: Question, asked: Asked) -> Answered:
    """Everything that the asker sent, newest first."""
    return _page(question, asked, 1)


def _page(question: Question, asked: Asked, page: int) -> Answered:
    found = [(state, drafts.mine(question, state)) for state in drafts.all_mine(question)]
    facts = say.MineFacts(
        uploads=tuple(_standing(question, state, mine) for state, mine in found if mine is not None),
        page=page,
        lines=lines_for(question.channel),
    )
    return finish(say.mine(facts, asked.words), Outcome(), page=page, pages_of="my-certificates")


def _done(asked: Asked, code: say.UploadCode, number: int) -> Answered:
    return finish(say.done(code, number, asked.words), Outcome())


ROUTES = (
    Route(
        name="certificate",
        handle=one_of_mine,
        may_use=everyone,
        intents=("certificate_status",),
        commands=("certificate",),
    ),
    Route(
        name="my-certificates",
        handle=my_own,
        may_use=everyone,
        commands=("my-certificates",),
        menu="my-certificates",
        next_page=following(_page),
    ),
    Route(
        name="certificate-correct",
        handle=correct,
        may_use=everyone,
        commands=("certificate-correct",),
        has_form=True,
    ),
    Route(name="certificate-ok", handle=confirmed, may_use=everyone),
    Route(
        name="certificate-withdraw",
        handle=withdrawn,
        may_use=everyone,
        commands=("certificate-withdraw",),
    ),
    Route(name="certificate-new", handle=again, may_use=everyone),
    Route(name="certificate-one", handle=one, may_use=everyone),
    Route(name="certificate-each", handle=each_alone, may_use=everyone),
)

"""A certificate was sent, put right, said to be right, joined or taken back: the sender's side of its way."""

from collections.abc import Mapping
from dataclasses import replace

from db.records.facts import SetAside
from db.records.uploads import Step, UploadState
from handlers import entry_form
from handlers.routing import Answered, Asked, Route, everyone
from handlers.status import coordinator, finish, following
from messages import entry_form as say_form
from messages import uploads as say
from messages.forms import FieldError
from messages.pages import lines_for
from messages.wording import topic_name
from reading.certificates.asides import is_aside
from reading.certificates.told import Told, told
from reading.text.model import Understood
from training import links, tickets
from training.asking import Outcome, Question
from training.uploads import cards, checks, drafts, outlook, reviewers, taking
from training.uploads.drafts import Mine
from training.uploads.earlier import words_before
from training.uploads.keeping import number_meant, own
from training.uploads.taking import Known, NewUpload, Sent
from training.uploads.values import Draft, Entry, From
from training.uploads.wording import entries_facts, entry_facts, unclear_facts

# What a text may be taken for while a certificate waits for its sender's word; anything else is a question of its own.
ABOUT_A_CLASS = frozenset(
    {
        "certificate_upload_help",
        "certificate_status",
        "course_search",
        "out_of_scope",
        "record_dispute",
        "status_topic",
        "person_status",
        "training_history",
        "greeting",
    }
)
CLEARLY = 0.85


def sent(question: Question, asked: Asked) -> Answered:
    """Files came: each becomes an upload, or the answer says in one sentence why not."""
    if question.office.asked_at is not None:
        return _done(asked, "not-now", 0)
    here = [each.content for each in asked.files if not each.away]
    if not here:
        return _not_here(question, asked)
    found = taking.read_all(question, here)
    before = words_before(question) if len(asked.files) == 1 and not asked.text.strip() else None
    text, day = asked.text, question.today
    if before is not None:
        text, day = before.text, before.at.date()
    said = told(text, today=day)
    taken = taking.take(question, found, said, text, _titles(said, asked))
    of_each = [_one_sent(question, asked, each) for each in taken.of_each]
    if before is not None:
        of_each = [
            replace(each, earlier=before.at) if isinstance(each, say.UploadFacts) else each
            for each in of_each
        ]
    away = [say.RefusedFacts(code=each.away) for each in asked.files if each.away]
    facts = say.TakenFacts(of_each=(*of_each, *away))
    outcome = Outcome(
        kind="",
        takes=taken.takes,
        decides=False,
        data={"uploads": [each.number for each in taken.new], "files": len(found)},
    )
    return finish(say.taken(facts, asked.words), outcome, **_remember(question, taken.of_each))


def _remember(question: Question, of_each: tuple[Sent | Known | NewUpload, ...]) -> Mapping[str, object]:
    """Which uploads the next words are about; otherwise the conversation stays on what it was about."""
    new = [each.number for each in of_each if isinstance(each, NewUpload)]
    known = [each.earlier.kept.fact.number for each in of_each if isinstance(each, Known)]
    if new:
        return {"intent": "certificate_status", "upload": new[0], "uploads": new}
    if len(known) == 1 and len(of_each) == 1:
        return {"intent": "certificate_status", "same_file": known[0]}
    return question.remembered()


def _titles(said: Told, asked: Asked) -> Mapping[str, str]:
    return {each: topic_name(each, asked.words) for each in said.topics}


def _one_sent(question: Question, asked: Asked, each: Sent | Known | NewUpload) -> say.OneSent:
    match each:
        case NewUpload():
            return _facts(each.number, Step.RECEIVED, _asking(question, each.draft), reading=each.waits)
        case Known(earlier=state):
            return say.KnownFacts(
                number=state.kept.fact.number,
                state=state.step.value,
                since=state.last.recorded_at.astimezone(question.at.tzinfo),
            )
        case Sent() if each.spill is not None:
            return _spilled(question, asked, each.spill)
        case Sent(reading=read) if read is not None and each.is_refused:
            return say.RefusedFacts(code=read.reason)
        case Sent():
            # The same bytes once more in one message.
            return say.RefusedFacts(code="twice")


def _spilled(question: Question, asked: Asked, found: SetAside) -> say.SpilledFacts:
    custodian = reviewers.custodian(question) or coordinator(question, asked)
    return say.SpilledFacts(kind=found.value, custodian=custodian)


def _asking(question: Question, draft: Draft) -> Draft:
    """The draft with the question that it raises by itself."""
    wrong = checks.impossible(draft, question.today)
    return draft if wrong is None or draft.unclear is not None else replace(draft, unclear=wrong)


def _facts(number: int, step: Step, draft: Draft, *, reading: bool = False) -> say.UploadFacts:
    return say.UploadFacts(
        number=number,
        state=step.value,
        entries=entries_facts(draft),
        unclear=unclear_facts(draft.unclear),
        reading=reading,
        is_proof=draft.kind in ("certificate", "transcript", ""),
        was_read=draft.kind != "unreadable",
        same_as=draft.same_as,
    )


def continued(question: Question, asked: Asked) -> Answered | None:
    """What words mean while a certificate waits for them; None when they are about something else."""
    remembered = question.remembered()
    if isinstance(number := remembered.get("same_file"), int) and _is(asked.text, "new", "different class"):
        return again(question, asked.with_value(str(number)))
    several = remembered.get("uploads")
    if isinstance(several, list) and len(several) > 1:
        value = ",".join(str(each) for each in several)
        if _is(asked.text, "one", "1", "same", "one class"):
            return one(question, asked.with_value(value))
        if _is(
            asked.text, "each", "several", str(len(several)), *say.NUMBERS[len(several) : len(several) + 1]
        ):
            return each_alone(question, asked.with_value(value))
    number = _named(asked) or remembered.get("upload")
    if not isinstance(number, int):
        return None
    mine = _mine(question, number)
    if mine is None or not mine.with_sender:
        return None
    words = _without_number(asked.text)
    said = told(words, today=question.today, wanted=checks.missing(mine.draft.entry))
    if said.ok:
        return confirmed(question, asked.with_value(str(number)))
    if not said.says_something or is_aside(words) or not _may_be_about(asked.understood):
        return None
    return _corrected(question, asked, mine, said)


def _is(text: str, *words: str) -> bool:
    return " ".join(text.casefold().split()).strip(" .!") in words


def _may_be_about(understood: Understood) -> bool:
    if understood.command not in (None, "pick", "certificate"):
        return False
    return understood.intent in ABOUT_A_CLASS or understood.confidence < CLEARLY


def _named(asked: Asked) -> int | None:
    slot = asked.slot("upload_id")
    return number_meant(slot) if isinstance(slot, str) else None


def _without_number(text: str) -> str:
    return " ".join(each for each in text.split() if not _is_number(each))


def _is_number(word: str) -> bool:
    bare = word.strip(" .,:;").casefold()
    return bare.startswith("u") and number_meant(bare) is not None


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
        noted = Outcome(kind="", does=drafts.notes(question, mine, asked.text), decides=False)
        return finish(say.done("noted", mine.number, asked.words), noted, **_about(mine.number))
    draft = drafts.put_right(mine, said, _titles(said, asked))
    shown = _asking(question, draft)
    outcome = Outcome(
        kind="",
        does=drafts.keeps(question, mine, draft),
        decides=False,
        data={"upload": mine.number},
    )
    message = say.shown(_facts(mine.number, Step.RECEIVED, shown), asked.words)
    return finish(message, outcome, **_about(mine.number))


def _about(number: int) -> dict[str, object]:
    return {"intent": "certificate_status", "upload": number}


def _to_say(question: Question, asked: Asked) -> Mine | Answered:
    """The upload that waits for its sender's word, or why there is nothing to say about it."""
    mine = _meant(question, asked)
    if mine is None:
        return _done(asked, "none", 0)
    if not mine.with_sender:
        return _done(asked, "decided", mine.number)
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
        kind="",
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
        shown = mine.draft.entry.with_value(From.OFFICER, **found.values)
        return _form(asked, mine, found.line, shown, found.errors)
    entries = (*mine.draft.entries[: found.line], entered, *mine.draft.entries[found.line + 1 :])
    draft = replace(mine.draft, entries=entries, unclear=None)
    message = say.shown(_facts(mine.number, Step.RECEIVED, _asking(question, draft)), asked.words)
    outcome = Outcome(
        kind="", does=drafts.keeps(question, mine, draft), decides=False, data={"upload": mine.number}
    )
    return finish(message, outcome, **_about(mine.number))


def _form(
    asked: Asked,
    mine: Mine,
    line: int,
    entry: Entry,
    errors: Mapping[str, FieldError],
) -> Answered:
    facts = say_form.EntryFormFacts(
        number=mine.number,
        route="certificate-correct",
        entry=entry_facts(entry),
        lines=tuple(each.title or str(place) for place, each in enumerate(mine.draft.entries, start=1)),
        line=line,
        errors=errors,
    )
    return finish(say_form.entry_form(facts, asked.words), Outcome(kind=""), **_about(mine.number))


def withdrawn(question: Question, asked: Asked) -> Answered:
    """Its sender takes it back, as long as nobody has decided."""
    mine = _meant(question, asked)
    if mine is None:
        return _done(asked, "none", 0)
    if mine.state.step not in (*drafts.WITH_SENDER, Step.SUBMITTED):
        return _done(asked, "decided", mine.number)
    does = drafts.withdraws(question, mine)
    if mine.state.step is Step.SUBMITTED:
        card = outlook.first_card(question, mine.state, mine.draft)
        does = cards.settling(question, card, "withdrawn", asked.words, does)
    outcome = Outcome(kind="", does=does, data={"upload": mine.number})
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
    message = say.shown(_facts(new, Step.RECEIVED, draft), asked.words)
    does = drafts.again(question, earlier, new, draft)
    outcome = Outcome(kind="", does=does, decides=False, data={"upload": new})
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
        kind="", does=drafts.joins(question, first, others), decides=False, data={"upload": first.number}
    )
    message = say.shown(_facts(first.number, Step.RECEIVED, draft), asked.words)
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
    return finish(message, Outcome(kind="", data={"upload": mine.number}), **_about(mine.number))


def _standing(question: Question, state: UploadState, mine: Mine) -> say.UploadFacts:
    """The upload as its sender reads of it now."""
    facts = _facts(
        mine.number,
        state.step,
        _asking(question, mine.draft) if state.step is Step.RECEIVED else mine.draft,
        reading=state.step is Step.RECEIVED and mine.waits,
    )
    return replace(
        facts,
        since=state.last.recorded_at.astimezone(question.at.tzinfo),
        who=_who(question, state),
        reason=state.last.fact.reason if state.step is Step.RETURNED else "",
    )


def _who(question: Question, state: UploadState) -> str:
    """With whom it is, or who decided."""
    if state.step is Step.SUBMITTED:
        return next(iter(reviewers.for_sender(question).names), "")
    decided_by = state.last.recorded_by
    if decided_by is None:
        return ""
    found = question.walls.by_ids(question.conn, question.agency_id, [decided_by])
    return tickets.called(found[0]) if found else ""


def my_own(question: Question, asked: Asked) -> Answered:
    """Everything that the asker sent, newest first."""
    return _page(question, asked, 1)


def next_page(question: Question, asked: Asked) -> Answered:
    """MORE of it."""
    return _page(question, asked, following(question))


def _page(question: Question, asked: Asked, page: int) -> Answered:
    found = [(state, drafts.mine(question, state)) for state in drafts.all_mine(question)]
    facts = say.MineFacts(
        uploads=tuple(_standing(question, state, mine) for state, mine in found if mine is not None),
        page=page,
        lines=lines_for(question.channel),
    )
    return finish(say.mine(facts, asked.words), Outcome(kind=""), page=page, pages_of="my-certificates")


def no_file(question: Question, asked: Asked) -> Answered:
    """A certificate was spoken of and no file came with it: a page that takes one, where there is such a page."""
    return _offered(question, asked, "")


def _not_here(question: Question, asked: Asked) -> Answered:
    """Files were announced and none could be had: why, and the page that takes one."""
    return _offered(question, asked, asked.files[0].away)


def _offered(question: Question, asked: Asked, away: str) -> Answered:
    offered = links.offer_upload(question)
    message = say.help_with("" if offered is None else offered.href, away, asked.words)
    outcome = Outcome(kind="", does=None if offered is None else offered.does, decides=False)
    # The link is a key: it is in the answer and nowhere else.
    kept = say.help_with("", away, asked.words)
    return replace(finish(message, outcome, **question.remembered()), kept=kept)


def _done(asked: Asked, code: str, number: int) -> Answered:
    return finish(say.done(code, number, asked.words), Outcome(kind=""))


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
    ),
    Route(name="certificate-correct", handle=correct, may_use=everyone, commands=("certificate-correct",)),
    Route(name="certificate-ok", handle=confirmed, may_use=everyone),
    Route(
        name="certificate-withdraw", handle=withdrawn, may_use=everyone, commands=("certificate-withdraw",)
    ),
    Route(name="certificate-new", handle=again, may_use=everyone),
    Route(name="certificate-one", handle=one, may_use=everyone),
    Route(name="certificate-each", handle=each_alone, may_use=everyone),
    Route(
        name="certificate-help",
        handle=no_file,
        may_use=everyone,
        intents=("certificate_upload_help",),
        commands=("done",),
    ),
)

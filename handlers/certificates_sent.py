"""Files came, were announced and could not be had, or were spoken of and did not come: what is answered?"""

from collections.abc import Mapping
from dataclasses import replace

from db.records.uploads import Step
from handlers.routing import Answered, Asked, Route, everyone
from handlers.status import coordinator, finish
from messages import upload_help as say_help
from messages import uploads as say
from messages.pages import TERMINAL, TEXT_DOORS
from reading.certificates.told import told
from reading.text.uploads import says_a_class_was_taken, says_a_file_came
from training.asking import Outcome, Question
from training.links import links
from training.uploads import reviewers, taking
from training.uploads.earlier import words_before
from training.uploads.taking import Known, NewUpload, TakenFile
from training.uploads.wording import topic_titles, upload_facts


def sent(question: Question, asked: Asked) -> Answered:
    """Files came: each becomes an upload, or the answer says in one sentence why not."""
    if not asked.files:
        # By a page that takes files and answers nothing else: whatever the words say, no file came with them.
        return _offered(question, asked, say_help.Help.NO_FILE)
    if question.office.asked_at is not None:
        return finish(say.done("not-now", 0, asked.words), Outcome())
    here = [each.content for each in asked.files if not each.away]
    if not here:
        return _not_here(question, asked)
    found = taking.read_all(question, here)
    before = words_before(question) if len(asked.files) == 1 and not asked.text.strip() else None
    text, day = asked.text, question.today
    if before is not None:
        text, day = before.text, before.at.date()
    said = told(text, today=day)
    taken = taking.take(question, found, said, text, topic_titles(said, asked.words))
    of_each = [_one_sent(question, each) for each in taken.of_each]
    if before is not None:
        of_each = [
            replace(each, earlier=before.at) if isinstance(each, say.UploadFacts) else each
            for each in of_each
        ]
    away = [say.RefusedFacts(code=each.away) for each in asked.files if each.away]
    facts = say.TakenFacts(of_each=(*of_each, *away))
    outcome = Outcome(
        takes=taken.takes,
        decides=False,
        data={"uploads": [each.number for each in taken.new], "files": len(found)},
    )
    return finish(say.taken(facts, asked.words), outcome, **_remember(question, taken.of_each))


def _remember(question: Question, of_each: tuple[TakenFile | Known | NewUpload, ...]) -> Mapping[str, object]:
    """Which uploads the next words are about; otherwise the conversation stays on what it was about."""
    new = [each.number for each in of_each if isinstance(each, NewUpload)]
    known = [each.earlier.kept.fact.number for each in of_each if isinstance(each, Known)]
    if new:
        return {"intent": "certificate_status", "upload": new[0], "uploads": new}
    if len(known) == 1 and len(of_each) == 1:
        return {"intent": "certificate_status", "same_file": known[0]}
    return question.remembered()


def _one_sent(question: Question, each: TakenFile | Known | NewUpload) -> say.OneSent:
    match each:
        case NewUpload():
            return upload_facts(each.number, Step.RECEIVED, each.draft, question.today)
        case Known(earlier=state):
            return say.SentBeforeFacts(
                number=state.kept.fact.number,
                state=state.step.value,
                since=state.last.recorded_at.astimezone(question.at.tzinfo),
            )
        case TakenFile() if each.spill is not None:
            now = question.asker.now
            custodian = reviewers.custodian(question.office, question.conn, question.agency_id, now)
            return say.SpilledFacts(kind=each.spill.value, custodian=custodian)
        case TakenFile(reading=read) if read is not None and each.is_refused:
            return say.RefusedFacts(code=read.reason)
        case TakenFile():
            # The same bytes once more in one message.
            return say.RefusedFacts(code="twice")


def no_file(question: Question, asked: Asked) -> Answered:
    """A certificate was spoken of and no file came with it: a page that takes one, where there is such a page."""
    if says_a_file_came(asked.text):
        why = say_help.Help.LOST if question.channel in TEXT_DOORS else say_help.Help.NO_FILE
    else:
        why = say_help.Help.TOOK if says_a_class_was_taken(asked.text) else say_help.Help.HOW
    return _offered(question, asked, why)


def _not_here(question: Question, asked: Asked) -> Answered:
    """Files were announced and none could be had: why, and the page that takes one."""
    return _offered(question, asked, say_help.Help.NO_FILE, away=asked.files[0].away)


def _offered(question: Question, asked: Asked, why: say_help.Help, *, away: str = "") -> Answered:
    offered = links.offer_upload(question)
    facts = say_help.HelpFacts(
        why=why,
        coordinator=coordinator(question, asked),
        away=away,
        link="" if offered is None else offered.href,
        without=_takes_none(question),
    )
    message = say_help.help_with(facts, asked.words)
    outcome = Outcome(does=None if offered is None else offered.does, decides=False)
    # The link is a key: it is in the answer and nowhere else.
    kept = say_help.help_with(replace(facts, link=""), asked.words)
    return replace(finish(message, outcome, **question.remembered()), kept=kept)


def _takes_none(question: Question) -> say_help.WithoutFiles | None:
    """The place that was asked from, where it takes no files."""
    if question.channel == TERMINAL:
        return say_help.WithoutFiles.TERMINAL
    without = question.channel in question.office.without_files
    return say_help.WithoutFiles.CHAT if without else None


ROUTES = (
    Route(
        name="certificate-help",
        handle=no_file,
        may_use=everyone,
        intents=("certificate_upload_help",),
    ),
    # "I took it": what makes it count is the certificate.
    Route(name="done", handle=no_file, may_use=everyone, commands=("done",)),
)

"""My own record, to take with me: one page to print and a table, behind a link that works once."""

from dataclasses import replace

from db.records.links import LinkPurpose
from handlers.later import not_yet
from handlers.routing import Answered, Asked, Route, everyone
from handlers.status import coordinator, finish
from messages import own_transcript as say
from messages.pages import TERMINAL
from messages.trouble import Later
from reading.text.transcripts import asks_for_own_transcript
from training.asking import Outcome, Question
from training.links.links import minutes
from training.own_transcripts import made_for


def own(question: Question, asked: Asked) -> Answered:
    """The link; where no link can be made, what to do instead. Any other report is made by a person today."""
    if asked.understood.command is None and asked.text and not asks_for_own_transcript(asked.text):
        return not_yet(question, asked, Later.REPORT)
    made = made_for(question, asked.words)
    if made is None:
        facts = say.NoTranscriptFacts(
            badge=question.asker.badge_number,
            coordinator=coordinator(question, asked),
            at_terminal=question.channel == TERMINAL,
        )
        return finish(say.no_transcript(facts, asked.words), Outcome())
    given = say.TranscriptLinkFacts(
        href=made.offer.href, records=made.records, minutes=minutes(LinkPurpose.LOOK)
    )
    outcome = Outcome(does=made.offer.does, entries=(made.entry,), data={"records": made.records})
    answered = finish(say.transcript(given, asked.words), outcome)
    # A link is in nobody's archive.
    return replace(answered, kept=say.transcript(replace(given, href=""), asked.words))


ROUTES = (
    Route(
        name="transcript",
        handle=own,
        may_use=everyone,
        intents=("report_request",),
        commands=("transcript",),
    ),
)

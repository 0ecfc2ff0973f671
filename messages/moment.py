"""Which moment is an answer about, when it is not about now? Said in the answer itself, before anything else in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from messages import wording
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Message, Note, Paragraph
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words
from rules.standing import StandingWord

# As much of what was written as is said back.
_ROOM = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentFacts:
    """``day`` is what the answer is about. ``known``: the wall clock at which the file was read, None for now.

    ``recorded_later`` completions of that time came on file after that, ``changed`` ones were corrected since, and so
    many ``others`` came to the file that are no completions: cards, leave, assignments, the license. ``doubtful``: a
    clock was set back over that instant.
    """

    day: date
    today: date
    known: datetime | None = None
    recorded_later: int = 0
    changed: int = 0
    others: int = 0
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class UnreadDayFacts:
    """What somebody wrote where one day was expected; ``to_come``: a day that the file cannot speak of yet."""

    written: str
    to_come: bool = False


@dataclass(frozen=True, slots=True)
class BeforeTheFileFacts:
    """A day, and the first one that the file can speak of."""

    agency: str
    day: date
    begins: date


@dataclass(frozen=True, slots=True)
class NowOnlyFacts:
    """The day for which a list was asked that is about now only, and whether the asker may read the log instead."""

    day: date
    reads_log: bool


@dataclass(frozen=True, slots=True)
class NothingOnFileFacts:
    """Whose file, and the wall clock at which it was to be read; ``doubtful`` as in an answer."""

    agency: str
    known: datetime
    doubtful: bool = False


def at_moment(message: Message, facts: MomentFacts, words: Words) -> Message:
    """The same message with the moment said first in the body and right after the word that decides in a text."""
    said = moment_line(facts, words)
    doubts = [_doubt(words)] if facts.doubtful else []
    remarks = _remarks(facts, words)
    body = (Note(" ".join([said, *(each.text for each in doubts), *remarks])), *message.body)
    clause = Clause(said, 0, (_short(facts, words),))
    known_since = [Clause(remark, 1) for remark in remarks]
    sms = (*message.sms[:1], clause, *doubts, *known_since, *message.sms[1:]) if message.sms else message.sms
    return replace(message, body=body, sms=sms)


def nothing_was_on_file(facts: NothingOnFileFacts, words: Words) -> Message:
    """UNKNOWN: at that moment the person was not on file."""
    word = StandingWord.UNKNOWN.value
    known = wording.moment(facts.known, words)
    said = words.say("moment-nothing-on-file", word=word, agency=facts.agency, known=known)
    return _unknown(said, words, [_doubt(words)] if facts.doubtful else [])


def before_the_file(facts: BeforeTheFileFacts, words: Words) -> Message:
    """UNKNOWN: the file is whole only from a later day on."""
    said = words.say(
        "moment-before-file",
        word=StandingWord.UNKNOWN.value,
        agency=facts.agency,
        day=wording.day_with_year(facts.day, words),
        begins=wording.day_with_year(facts.begins, words),
    )
    return _unknown(said, words)


def _unknown(said: str, words: Words, doubts: Sequence[Clause] = ()) -> Message:
    replies = (Reply.STATUS, Reply.HISTORY)
    instead = words.say("moment-nothing-next")
    return Message(
        kind=MessageKind.NOT_ENOUGH_DATA,
        title=said,
        body=(*(Note(each.text) for each in doubts), Paragraph(instead)),
        sms=(Clause(said), *doubts, Clause(instead, 1), reply_clause(replies, words)),
        actions=buttons(replies, words),
        first_word=StandingWord.UNKNOWN.value,
    )


def unread_day(facts: UnreadDayFacts, words: Words) -> Message:
    """No answer about a day that is not clear: which words, and how to write one."""
    written = shortened(wording.echoed(facts.written), _ROOM)
    if facts.to_come:
        said = words.say("moment-to-come", written=written)
    else:
        said = words.say("moment-unread", written=written)
    replies = (Reply.STATUS, Reply.HISTORY)
    return Message(
        kind=MessageKind.NOT_UNDERSTOOD,
        title=words.say("moment-unread-title"),
        body=(Paragraph(said),),
        sms=(Clause(said), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def now_only(facts: NowOnlyFacts, words: Words) -> Message:
    """No list of another moment: why there is none, and what to ask instead."""
    said = words.say("moment-now-only")
    day = wording.day_with_year(facts.day, words)
    if facts.reads_log:
        instead = words.say("moment-now-only-log", day=day, typed=facts.day.isoformat())
    else:
        instead = words.say("moment-now-only-ask", day=day)
    replies = (Reply.STATUS, Reply.MENU)
    return Message(
        kind=MessageKind.NOW_ONLY,
        title=words.say("moment-now-only-title"),
        body=(Paragraph(said), Paragraph(instead)),
        sms=(Clause(said), Clause(instead), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def moment_line(facts: MomentFacts, words: Words) -> str:
    """The one sentence that says which moment an answer is about."""
    day = wording.day_with_year(facts.day, words)
    if facts.known is None:
        if facts.day > facts.today:
            return words.say("moment-day-to-come", day=day)
        return words.say("moment-day", day=day)
    known = wording.moment(facts.known, words)
    if facts.known.date() == facts.day:
        return words.say("moment-known", known=known)
    return words.say("moment-day-known", day=day, known=known)


def doubt_line(words: Words) -> str:
    """The one sentence that says that an instant came more than once, so that no answer about it looks certain."""
    return words.say("moment-doubtful")


def _doubt(words: Words) -> Clause:
    return Clause(doubt_line(words), 0, (words.say("moment-doubtful-short"),))


def _short(facts: MomentFacts, words: Words) -> str:
    day = wording.day_with_year(facts.day, words)
    if facts.known is None and facts.day > facts.today:
        return words.say("moment-day-to-come-short", day=day)
    if facts.known is None:
        return words.say("moment-day-short", day=day)
    return words.say("moment-known-short", day=day, known=wording.moment(facts.known, words))


def _remarks(facts: MomentFacts, words: Words) -> list[str]:
    said = []
    if facts.recorded_later:
        said.append(words.say_many("moment-recorded-later", facts.recorded_later))
    if facts.changed:
        said.append(words.say_many("moment-changed", facts.changed))
    if facts.others:
        said.append(words.say_many("moment-others", facts.others))
    return said

"""Is the question about another day, or about what the file said once? Then the answer says so, and follow-ups stay on
it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from db.queries import evaluation, people
from db.queries.hindsight import Hindsight, hindsight
from handlers.routing import Answered, Asked, Route, Tense, reads_log
from handlers.status import finish, still
from handlers.what_if import is_bare
from messages.kinds import MessageKind
from messages.model import Message
from messages.moment import (
    BeforeTheFileFacts,
    MomentFacts,
    NothingOnFileFacts,
    NowOnlyFacts,
    UnreadDayFacts,
    at_moment,
    before_the_file,
    nothing_was_on_file,
    now_only,
    unread_day,
)
from reading.text.model import AskedMoment
from training.asking import Outcome, Question
from training.moments import NOW, Moment, asked_moment, remembered_moment
from training.people import talked_about
from training.standings.history import file_begins

# What can be answered for another moment at all.
HAS_MOMENTS = frozenset(Tense) - {Tense.NOW, Tense.NOW_ONLY}
# Of those, what one word is enough for to go on with the moment that the talk is about.
FOLLOWS = frozenset({Tense.EITHER, Tense.OWN, Tense.SUPPOSED, Tense.CONTINUES})
OF_ONESELF = frozenset({Tense.OWN, Tense.SUPPOSED})
# What is pressed under an answer and goes on with it; a supposition typed as a sentence is a new one, about now.
GOES_ON_PRESSED = frozenset({Tense.CONTINUES, Tense.SUPPOSED})
# What says where somebody stands, or why: nothing of that can be said of a day before the file.
JUDGED = frozenset(
    {
        MessageKind.STATUS,
        MessageKind.STATUS_TOPIC,
        MessageKind.PICTURE,
        MessageKind.MISSING,
        MessageKind.HOURS_LEFT,
        MessageKind.NEXT_DEADLINE,
        MessageKind.DEADLINES,
        MessageKind.EXPIRY,
        MessageKind.WHY,
        MessageKind.LIST,
        MessageKind.PERSON,
        MessageKind.WHAT_IF,
    }
)
# What is about many people or about nobody: what came to light of one of them says nothing about it.
OF_MANY = frozenset(
    {
        MessageKind.DUPLICATES,
        MessageKind.FIGURES,
        MessageKind.LOG,
        MessageKind.TEAM,
        MessageKind.WHO_SAW,
    }
)


# What says nothing about anybody has no moment either.
NO_ANSWER = frozenset(
    {
        MessageKind.REFUSED_PERSON,
        MessageKind.WHICH_PERSON,
        MessageKind.NOT_ALLOWED,
        MessageKind.NOT_UNDERSTOOD,
        MessageKind.NO_RECORD,
    }
)


def meant(question: Question, asked: Asked, route: Route | None) -> Moment | None:
    """The moment that a typed message is about; None when its words name no single day that can be answered for."""
    words = asked.understood.moment
    if words is None:
        # One word goes on with what is on the screen; a sentence is a new question.
        goes_on = asked.understood.follow_up or len(asked.text.split()) == 1 or is_bare(asked.text)
        follows = goes_on and route is not None and route.tense in FOLLOWS
        if follows and route is not None and route.tense in OF_ONESELF and question.remembered().get("about"):
            # After somebody else's answer this is about the asker again, and so about now.
            return NOW
        return remembered(question) if follows else continued(question, route)
    if route is None or route.tense not in HAS_MOMENTS:
        return NOW
    if words.unread:
        return None
    if route.tense is Tense.LOG:
        words = _as_written(words)
    asker = question.asker
    return asked_moment(question.conn, question.agency_id, words, asker.time_zone, asker.now)


def _as_written(words: AskedMoment) -> AskedMoment:
    """A log of a day is the log as it stood at the end of the day, or earlier when the file was to be read earlier."""
    if words.as_of is None or (words.known_on is not None and words.known_on <= words.as_of):
        return replace(words, as_of=None)
    return AskedMoment(known_on=words.as_of)


def person_before(question: Question, asked: Asked) -> str:
    """The badge of whom "and on June 3?" is still about; empty when somebody is named or nobody was talked about."""
    if asked.slot("person") or asked.value or not asked.understood.follow_up:
        return ""
    if asked.understood.intent != "person_status":
        return ""
    whom = talked_about(question)
    if whom is None or not whom.looked_at:
        return ""
    found = people.by_ids(question.conn, question.agency_id, [whom.person_id])
    return found[0].employment.fact.badge_number if found else ""


def continued(question: Question, route: Route | None) -> Moment:
    """The moment of the answer that this continues; now for a new question."""
    return remembered(question) if route is not None and route.tense is Tense.CONTINUES else NOW


def pressed(question: Question, route: Route) -> Moment:
    """The moment of the answer under which a button stands or a form is filled in."""
    return remembered(question) if route.tense in GOES_ON_PRESSED else NOW


def remembered(question: Question) -> Moment:
    """What the talk has been about."""
    return remembered_moment(
        question.conn, question.agency_id, question.remembered(), question.asker.time_zone
    )


def is_about_now_only(question: Question, asked: Asked, route: Route | None) -> bool:
    """Whether another moment was named for a list that the asker may see and that has none."""
    return (
        asked.understood.moment is not None
        and route is not None
        and route.tense is Tense.NOW_ONLY
        and route.may_use(question)
    )


def about_now_only(question: Question, asked: Asked) -> Answered:
    """What to ask instead; never the list of now as if it were that of the moment."""
    words = asked.understood.moment or AskedMoment()
    day = words.as_of or words.known_on
    if day is None:
        return unread(question, asked)
    facts = NowOnlyFacts(day=day, reads_log=reads_log(question))
    return finish(now_only(facts, asked.words), Outcome(), **still(question))


def unread(question: Question, asked: Asked) -> Answered:
    """Which day, or that the file of a day to come is not written; never an answer about another day instead."""
    words = _as_written(asked.understood.moment or AskedMoment())
    to_come = not words.unread and words.known_on is not None and words.known_on >= question.today
    written = words.unread or _written(words)
    facts = UnreadDayFacts(written=written, to_come=to_come)
    return finish(unread_day(facts, asked.words), Outcome(), **still(question))


def _written(words: AskedMoment) -> str:
    day = words.known_on.isoformat() if words.known_on is not None else ""
    return f"{day} {words.known_at:%H:%M}" if words.known_at is not None else day


def nothing_on_file(question: Question, asked: Asked) -> Answered:
    """UNKNOWN, because the file did not know the person yet; never the answer of another moment instead."""
    facts = NothingOnFileFacts(
        agency=question.asker.agency_name, known=question.at, doubtful=question.moment.doubtful
    )
    message = nothing_was_on_file(facts, asked.words)
    return _unknown(question, message)


def at_its_moment(question: Question, asked: Asked, answered: Answered) -> Answered:
    """The answer with its moment said in it, written down with it, and kept for what continues it."""
    moment = question.moment
    if moment.is_now or answered.message.kind in NO_ANSWER:
        return answered
    outcome = answered.outcome
    looked_at = outcome.looked_at or (question.asker.person_id,)
    # One person is looked at alone, and a year of an agency may show only one.
    is_list = answered.message.kind in OF_MANY or outcome.data.get("of") == "everybody"
    if not is_list and (begins := _file_begins(question, answered, looked_at)) is not None:
        return _before_the_file(question, asked, begins)
    since = Hindsight() if is_list else _since(question, looked_at)
    facts = MomentFacts(
        day=question.day,
        today=question.today,
        known=moment.known,
        recorded_later=since.recorded_later,
        changed=since.changed,
        others=since.others,
        doubtful=moment.doubtful,
    )
    said = moment.to_json() | ({} if moment.seq is None else {"known_at": moment.seq})
    return Answered(
        at_moment(answered.message, facts, asked.words),
        replace(
            outcome,
            # What is true of another moment is nobody's present standing.
            keep=(),
            data={**outcome.data, "moment": said},
            remember={**(outcome.remember or {}), "moment": moment.to_json()},
        ),
    )


def _file_begins(question: Question, answered: Answered, looked_at: Sequence[int]) -> date | None:
    """The first day that the file can speak of, when a standing was asked for a day before it."""
    if question.moment.as_of is None or answered.message.kind not in JUDGED:
        return None
    known = evaluation.facts_for(
        question.conn, question.agency_id, looked_at[:1], known_at=question.known_at
    ).get(looked_at[0])
    first = None if known is None else file_begins(known)
    return first if first is not None and question.day < first else None


def _before_the_file(question: Question, asked: Asked, begins: date) -> Answered:
    """UNKNOWN: a file that begins later says nothing of that day, and short of everything is no answer."""
    facts = BeforeTheFileFacts(agency=question.asker.agency_name, day=question.day, begins=begins)
    message = before_the_file(facts, asked.words)
    return _unknown(question, message)


def _unknown(question: Question, message: Message) -> Answered:
    """What continues it is asked about the same moment, and gets the same answer."""
    moment = question.moment.to_json()
    return finish(message, Outcome(data={"moment": moment}), moment=moment)


def _since(question: Question, people_ids: Sequence[int]) -> Hindsight:
    """Of one person's answer; a list of many says of whom it is a list and no more."""
    if question.known_at is None or len(people_ids) != 1:
        return Hindsight()
    return hindsight(question.conn, question.agency_id, people_ids[0], question.day, question.known_at)

"""Am I good, what am I missing, how many hours: one's own standing, whole or by topic."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from db.records.facts import PersonAtAgency, Role
from handlers.routing import Answered, Asked, Route, Tense, everyone, page_after
from messages import expiry, explain, status
from messages.answer import StatusFacts
from messages.lines import line_label
from messages.model import Message
from messages.pages import lines_for
from messages.wording import listed, topic_name
from messages.words import Words
from rules.standing import LineState, Measure, Standing, StandingLine
from training.asking import NothingOnFileError, Outcome, Question
from training.packs import chosen_packs
from training.people import Concerned, oneself, talked_about
from training.standings.duties import explained_first, lines_about, other_pack_with, packs_of
from training.standings.judging import standing_for
from training.uploads import reviewers

SWORN = frozenset({"police-officer", "officer", ""})


def status_facts(question: Question, asked: Asked, standing: Standing) -> StatusFacts:
    """What every answer about one's own standing is built from."""
    asker = question.asker
    return StatusFacts(
        name=asker.family,
        standing=standing,
        at=question.at,
        agency=asker.agency_name,
        coordinator=coordinator(question, asked),
        position="" if asker.kind == "officer" else asker.position.replace("-", " "),
        tracks=track_labels(question, standing),
    )


def status_of(question: Question, asked: Asked, standing: Standing, person: PersonAtAgency) -> StatusFacts:
    """The same of somebody else, as it is told to them."""
    employment = person.employment.fact
    position = "" if employment.kind == "officer" else employment.position.replace("-", " ")
    return replace(status_facts(question, asked, standing), name=person.family, position=position)


def coordinator(question: Question, asked: Asked) -> str:
    """Whom to ask, by name while anybody else answers for the record: nobody is sent to themselves."""
    if question.asker.coordinator:
        return question.asker.coordinator
    alone = question.has(Role.COORDINATOR)
    return asked.words.say("coordinator-oneself" if alone else "coordinator-unnamed")


def keeper(question: Question, asked: Asked, role: Role) -> str:
    """Who holds something of this role by name: the custodian of the records, and of anything else the coordinator."""
    held_by = (
        reviewers.custodian(question.office, question.conn, question.agency_id, question.asker.now)
        if role is Role.RECORDS
        else ""
    )
    return held_by or coordinator(question, asked)


def track_labels(question: Question, standing: Standing) -> tuple[tuple[str, str], ...]:
    """Names that packs give to their groups of duties."""
    labels: dict[str, str] = {}
    for pack in packs_of(question.shelf, standing):
        for track in pack.tracks:
            labels.setdefault(track.id, track.label)
    return tuple(labels.items())


def own_standing(question: Question) -> tuple[Standing, Outcome]:
    """The asker's standing and the outcome that keeps it when it had to be judged again."""
    return _standing_of(question, oneself(question))


def about(standing: Standing, lines: Sequence[StandingLine] | None = None) -> dict[str, object]:
    """What the log keeps of an answer: the word, under which packs and rules, never the text.

    ``lines`` are what the answer rested on; without them it is the line that decides the word.
    """
    if lines is None:
        deciding = explained_first(standing)
        lines = () if deciding is None else (deciding,)
    return {
        "word": standing.word.value,
        "as_of": standing.as_of.isoformat(),
        "packs": list(standing.packs),
        "rules": list(dict.fromkeys(line.requirement for line in lines)),
    }


def finish(message: Message, outcome: Outcome, **remember: object) -> Answered:
    """The answer, with what the conversation is now about."""
    return Answered(message, replace(outcome, remember=remember))


def still(question: Question) -> dict[str, object]:
    """What the conversation was about, without its count of misses: this one was understood."""
    return {name: value for name, value in question.remembered().items() if name != "failures"}


def overall(question: Question, asked: Asked) -> Answered:
    """YES, NOT YET, OVERDUE or UNKNOWN first; then what, by when, what if not, one next step."""
    standing, outcome = own_standing(question)
    message = status.own_status(status_facts(question, asked, standing), asked.words)
    return finish(message, outcome, intent="status_overall")


def missing(question: Question, asked: Asked) -> Answered:
    """Only what is still owed."""
    return _missing(question, asked, page=1)


def more_missing(question: Question, asked: Asked) -> Answered:
    """MORE of what is owed, by whomever the conversation is about and the asker may still see; else by the asker."""
    whom = talked_about(question)
    other = whom if whom is not None and whom.looked_at else None
    return _missing(question, asked, page=page_after(question), whom=other)


def _missing(question: Question, asked: Asked, page: int, whom: Concerned | None = None) -> Answered:
    standing, outcome = own_standing(question) if whom is None else _standing_of(question, whom)
    own = status_facts(question, asked, standing)
    about_whom = own if whom is None else replace(own, name=whom.name, position="")
    facts = status.MissingFacts(status=about_whom, page=page, lines=lines_for(question.channel))
    message = status.missing(facts, asked.words)
    if whom is None:
        return finish(message, outcome, intent="status_overall", page=page, pages_of="missing")
    return finish(
        message, outcome, intent="person_status", about=whom.person_id, page=page, pages_of="missing"
    )


def _standing_of(question: Question, whom: Concerned) -> tuple[Standing, Outcome]:
    standing, keep = standing_for(question, whom.person_id)
    if standing is None:
        raise NothingOnFileError(whom.person_id)
    kept = (keep,) if keep is not None else ()
    return standing, Outcome(keep=kept, looked_at=whom.looked_at, data=about(standing))


def by_topic(question: Question, asked: Asked) -> Answered:
    """One topic; without a topic in the question it is the whole status."""
    topics = asked.topics()
    if not topics:
        return overall(question, asked)
    standing, outcome = own_standing(question)
    lines = lines_about(question.shelf, standing, topics)
    outcome = replace(outcome, data=about(standing, lines))
    remembered = {"intent": "status_topic", "topic": list(topics)}
    if not lines:
        elsewhere = _elsewhere(question, asked, standing, topics)
        if elsewhere is not None:
            return finish(elsewhere, outcome, **remembered)
    facts = status.TopicFacts(
        name=question.name,
        asked=topic_names(topics, asked.words),
        lines=lines,
        standing=standing,
        at=question.at,
        agency=question.asker.agency_name,
    )
    if lines:
        remembered["requirement"] = [lines[0].requirement]
    return finish(status.topic_status(facts, asked.words), outcome, **remembered)


def _elsewhere(
    question: Question, asked: Asked, standing: Standing, topics: tuple[str, ...]
) -> Message | None:
    """A duty that belongs to other positions is said to, so that a wrong position is noticed."""
    chosen = chosen_packs(
        question.conn, question.shelf, question.agency_id, question.day, known_at=question.known_at
    )
    pack = other_pack_with(standing, chosen, topics)
    if pack is None:
        return None
    asker = question.asker
    facts = explain.ElsewhereFacts(
        topic=topic_names(topics, asked.words),
        pack=pack.name,
        position=asker.position.replace("-", " "),
        position_since=asker.appointed_on,
    )
    return explain.why_not_mine(facts, asked.words)


def topic_names(topics: tuple[str, ...], words: Words) -> str:
    """Topics as a reader says them."""
    return listed([topic_name(topic, words) for topic in topics])


def hours(question: Question, asked: Asked) -> Answered:
    """Hours still owed, in all or in the topics named."""
    if asked.topics():
        return by_topic(question, asked)
    standing, outcome = own_standing(question)
    message = status.hours_left(status_facts(question, asked, standing), asked.words)
    return finish(message, outcome, intent="hours_remaining")


def credentials(question: Question, asked: Asked) -> Answered:
    """When cards, qualifications and the licensing cycle run out."""
    standing, outcome = own_standing(question)
    topics = asked.topics()
    within = None if topics else _within(asked)
    lines = lines_about(question.shelf, standing, topics) if topics else _that_run_out(standing, within)
    outcome = replace(outcome, data=about(standing, lines))
    facts = expiry.ExpiryFacts(
        name=question.name,
        credentials=tuple(_credential(line, asked.words) for line in lines),
        at=question.at,
        today=question.day,
        agency=question.asker.agency_name,
        asked=topic_names(topics, asked.words) if topics else "",
        within=within,
    )
    remembered: dict[str, object] = {"intent": "credential_expiry", "topic": list(topics)}
    if topics and lines:
        remembered["requirement"] = [lines[0].requirement, lines[0].window, lines[0].item]
    return finish(expiry.expiry(facts, asked.words), outcome, **remembered)


def _within(asked: Asked) -> tuple[date | None, date] | None:
    """The days that were named: a stretch from its first to its last, or until one day."""
    span, day = asked.slot("date_range"), asked.slot("date")
    if isinstance(span, tuple) and len(span) == 2:
        first, last = span
        return (first, last) if isinstance(first, date) and isinstance(last, date) else None
    return (None, day) if isinstance(day, date) else None


def _that_run_out(
    standing: Standing, within: tuple[date | None, date] | None = None
) -> tuple[StandingLine, ...]:
    """Cards, events and the cycle: what is held until a day rather than filled with hours."""
    first, last = within or (None, None)
    held = [
        line
        for line in standing.lines
        if line.inside is None
        and (
            line.measure in {Measure.CARD, Measure.EVENT, Measure.STATUS}
            or line.requirement == standing.headline
        )
        and (first is None or (line.due_on is not None and line.due_on >= first))
        and (last is None or (line.due_on is not None and line.due_on <= last))
    ]
    return tuple(sorted(held, key=lambda line: line.due_on or date.max))


def _credential(line: StandingLine, words: Words) -> expiry.CredentialFacts:
    return expiry.CredentialFacts(
        label=line_label(line, words),
        state=line.state,
        expires_on=line.due_on,
        consequence=line.consequence if line.state is not LineState.MET else "",
    )


ROUTES = (
    Route(
        name="status",
        handle=overall,
        may_use=everyone,
        intents=("status_overall",),
        menu="status",
        tense=Tense.ANEW,
        own_record=True,
        shows=True,
    ),
    Route(
        name="missing",
        handle=missing,
        may_use=everyone,
        commands=("missing",),
        menu="missing",
        tense=Tense.CONTINUES,
        own_record=True,
        shows=True,
        next_page=more_missing,
    ),
    Route(
        name="status-topic",
        handle=by_topic,
        may_use=everyone,
        intents=("status_topic",),
        tense=Tense.OWN,
        own_record=True,
        shows=True,
    ),
    Route(
        name="hours",
        handle=hours,
        may_use=everyone,
        intents=("hours_remaining",),
        menu="hours",
        tense=Tense.OWN,
        own_record=True,
        shows=True,
    ),
    Route(
        name="expiry",
        handle=credentials,
        may_use=everyone,
        intents=("credential_expiry",),
        menu="expiry",
        tense=Tense.OWN,
        own_record=True,
        shows=True,
    ),
)

"""What became of my reminders, or of somebody's? Asked by whoever may see their record; shown, or as a file."""

from collections.abc import Sequence
from dataclasses import replace

from db.records.links import LinkPurpose
from handlers.routing import Answered, Asked, Route, everyone, page_after
from handlers.status import finish
from handlers.team import refuse
from messages import proof as say
from messages.pages import lines_for
from training.asking import Outcome, Question
from training.links.links import minutes
from training.people import Concerned, concerned, display_name, named, oneself
from training.reminders.proof import ProvenReminders, file_of, may_have_file, proof_of
from training.transcripts.exports import entry_of

# Between what a button carries: whom, then topics and the short name of a rule.
_APART, _JOINED = "|", ","


def asked_about(question: Question, asked: Asked) -> Answered:
    """A page of it; the file where that was asked for."""
    whom, topics, rule = _meant(question, asked)
    if whom is None:
        return refuse(question, asked)
    if asked.slot("file"):
        return _as_file(question, asked, whom, topics, rule)
    return _page(question, asked, whom, topics, rule, page=1)


def next_page(question: Question, asked: Asked) -> Answered:
    """MORE of it; whether it may be seen is asked anew."""
    kept = question.remembered()
    whom = concerned(question, kept.get("about")) if kept.get("about") is not None else oneself(question)
    if whom is None:
        return refuse(question, asked)
    value = str(kept.get("proof", ""))
    topics, rule = _unpacked(value)
    return _page(question, asked, whom, topics, rule, page=page_after(question))


def as_file(question: Question, asked: Asked) -> Answered:
    """The button: the same as a file, for whoever may take it away."""
    badge, _, value = asked.value.partition(_APART)
    whom = _whom(question, badge)
    if whom is None:
        return refuse(question, asked)
    return _as_file(question, asked, whom, *_unpacked(value))


def _meant(question: Question, asked: Asked) -> tuple[Concerned | None, Sequence[str], str]:
    person, rule = asked.slot("person"), asked.slot("requirement")
    whom = _whom(question, person if isinstance(person, str) else "")
    return whom, asked.topics(), rule if isinstance(rule, str) else ""


def _whom(question: Question, person: str) -> Concerned | None:
    if not person:
        return oneself(question)
    found = named(question, person).found
    return concerned(question, found[0].person_id) if len(found) == 1 else None


def _facts(question: Question, proof: ProvenReminders, value: str, page: int) -> say.ProofFacts:
    badge = name = ""
    if proof.whom.person_id != question.asker.person_id:
        [person] = question.walls.by_ids(question.conn, question.agency_id, [proof.whom.person_id])
        badge, name = person.employment.fact.badge_number, display_name(person)
    return say.ProofFacts(
        name=name,
        duties=proof.duties,
        reminders=proof.reminders,
        page=page,
        lines=lines_for(question.channel),
        value=f"{badge}{_APART}{value}",
        with_file=bool(question.office.links_at) and may_have_file(question, proof.whom.person_id),
    )


def _page(
    question: Question, asked: Asked, whom: Concerned, topics: Sequence[str], rule: str, page: int
) -> Answered:
    proof = proof_of(question, whom, topics, rule)
    value = _packed(topics, rule)
    facts = _facts(question, proof, value, page)
    outcome = Outcome(looked_at=whom.looked_at, data={"reminders": len(proof.reminders)})
    kept = {} if whom.person_id == question.asker.person_id else {"about": whom.person_id}
    return finish(say.proof(facts, asked.words), outcome, page=page, pages_of="proof", proof=value, **kept)


def _as_file(question: Question, asked: Asked, whom: Concerned, topics: Sequence[str], rule: str) -> Answered:
    if not may_have_file(question, whom.person_id):
        return refuse(question, asked)
    proof = proof_of(question, whom, topics, rule)
    facts = _facts(question, proof, _packed(topics, rule), 1)
    made = file_of(question, proof, facts, asked.words)
    n = len(proof.reminders)
    if made is None:
        none = say.ProofLinkFacts(href="", minutes=0, reminders=n, name=facts.name)
        return finish(say.proof_link(none, asked.words), Outcome(looked_at=whom.looked_at))
    offer, export = made
    given = say.ProofLinkFacts(href=offer.href, minutes=minutes(LinkPurpose.LOOK), reminders=n)
    outcome = Outcome(
        does=offer.does,
        entries=(entry_of(export, asked.words),),
        looked_at=whom.looked_at,
        data={"reminders": n},
    )
    answered = finish(say.proof_link(given, asked.words), outcome)
    # A link is in nobody's archive.
    return replace(answered, kept=say.proof_link(replace(given, href=""), asked.words))


def _packed(topics: Sequence[str], rule: str) -> str:
    return _JOINED.join((rule, *topics))


def _unpacked(value: str) -> tuple[tuple[str, ...], str]:
    rule, *topics = value.split(_JOINED)
    return tuple(topics), rule


ROUTES = (
    Route(
        name="proof",
        handle=asked_about,
        may_use=everyone,
        commands=("proof",),
        menu="proof",
        shows=True,
        next_page=next_page,
    ),
    Route(name=say.FILE_ROUTE, handle=as_file, may_use=everyone),
)

"""What stands between the word of whoever decides and the decision: something to say, open or check first, a code, or
words that somebody else will read?"""

from dataclasses import replace
from hashlib import sha256

from db.records.requests import RequestAct
from handlers.routing import Answered, Asked
from handlers.status import finish
from messages import approvals as say
from reading.text.discipline import speaks_of_discipline
from training.asking import Outcome, Question
from training.requests import cards, codes, deciding
from training.requests.deciding import NotApprovedYet, RequestDecision
from training.requests.sight import SeenRequest

A = RequestAct
# Of words that were shown before they are kept so much is remembered: enough to know them again, and none of them.
MARK = 16
# Beside the field of a form: who reads what is written in it.
READ_FIRST = "read-by-officer"
ACTS: dict[RequestAct, say.WordedAct] = {A.APPROVED: "approve", A.DENIED: "deny", A.ASKED: "ask"}


def about(one: SeenRequest) -> dict[str, object]:
    """What the conversation is about."""
    return {"intent": "approval_queue", "request": one.number}


def in_the_way(
    question: Question, asked: Asked, one: SeenRequest, decision: RequestDecision
) -> Answered | None:
    """What is still to be done before it holds; None when nothing is."""
    if decision.undoes is not None and deciding.has_begun(one):
        facts = say.ApprovalDoneFacts(code="began", number=one.number, day=one.life.values.starts_on)
        return finish(say.done(facts, asked.words), Outcome(decides=False), **about(one))
    why = deciding.not_yet(one, question.asker.person_id, decision)
    if why is not None:
        return _undoing(asked, one, decision) or _not_yet(asked, one, decision, why)
    if speaks_of_discipline(decision.words) and not is_sure(question, one, decision):
        return _shown_first(asked, one, decision)
    if question.channel == codes.TEXTS and decision.act is not A.ASKED:
        return _wanted_by_text(question, asked, one, decision)
    return None


def _undoing(asked: Asked, one: SeenRequest, decision: RequestDecision) -> Answered | None:
    """That it is decided, by whom and why, and what another decision in its place needs; None where it has that."""
    if decision.undoes is None or decision.words.strip():
        return None
    was = cards.decided_facts(one, decision.undoes, asked.words)
    outcome = Outcome(decides=False, data={"request": one.number})
    return finish(say.undoing(was, ACTS[decision.act], asked.words), outcome, **about(one))


def _not_yet(asked: Asked, one: SeenRequest, decision: RequestDecision, why: NotApprovedYet) -> Answered:
    entries = (deciding.not_approved(one, why.why),) if decision.act is A.APPROVED else ()
    outcome = Outcome(entries=entries, decides=False, data={"request": one.number})
    facts = say.ApprovalDoneFacts(code=why.why, number=one.number, facts=why.facts)
    return finish(say.done(facts, asked.words), outcome, **about(one))


def is_sure(question: Question, one: SeenRequest, decision: RequestDecision) -> bool:
    """Whether the same words for the same were shown to their writer just before."""
    return question.remembered().get("shown") == mark(one, decision)


def mark(one: SeenRequest, decision: RequestDecision) -> str:
    """By what they are known again."""
    said = " ".join(decision.words.split())
    return sha256(f"{one.number}/{decision.act.value}/{said}".encode()).hexdigest()[:MARK]


def _shown_first(asked: Asked, one: SeenRequest, decision: RequestDecision) -> Answered:
    """Who will read these words, before they are kept; sent once more they are."""
    name = one.sight.whole_name(one.requester, asked.words)
    facts = say.WordsShownFacts(
        act=ACTS[decision.act], number=one.number, version=one.version_at, name=name, said=decision.words
    )
    outcome = Outcome(decides=False, data={"request": one.number})
    answered = finish(say.words_shown(facts, asked.words), outcome, **about(one), shown=mark(one, decision))
    # They are kept as they were typed, and nowhere else.
    return replace(answered, kept=say.words_shown(replace(facts, said=""), asked.words))


def _wanted_by_text(
    question: Question, asked: Asked, one: SeenRequest, decision: RequestDecision
) -> Answered | None:
    """What stands between a text message and a decision: nothing where its code is right."""
    remembers = {**about(one), "shown": mark(one, decision)}
    if not one.by_text:
        facts = say.ApprovalDoneFacts(code="by-text-off", number=one.number)
        return finish(say.done(facts, asked.words), Outcome(decides=False), **remembers)
    code = asked.slot("code")
    if not isinstance(code, str):
        fresh = codes.new_code(question, one)
        facts = say.ApprovalDoneFacts(code="code", number=one.number, key=fresh.code)
        kept = say.done(replace(facts, key="...."), asked.words)
        outcome = Outcome(does=codes.entered(fresh.keeps), decides=False, data={"request": one.number})
        # The code is a key: it is in the answer and nowhere else.
        return replace(finish(say.done(facts, asked.words), outcome, **remembers), kept=kept)
    if codes.is_right(question, one, code):
        return None
    outcome = Outcome(
        does=codes.entered(codes.wrong_one(question, one)),
        entries=(deciding.refused(one, A.APPROVED),),
        decides=False,
        data={"request": one.number},
    )
    facts = say.ApprovalDoneFacts(code="code-wrong", number=one.number)
    return finish(say.done(facts, asked.words), outcome, **remembers)

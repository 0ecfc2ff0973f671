"""What may be twice or wrong, and what does the coordinator decide? Proposals only; every change is somebody's word."""

from collections.abc import Sequence

from db.records.facts import LikenessOf, LikenessVerdict
from handlers.routing import Answered, Asked, Route, Tense, coordinates, following
from handlers.status import finish
from messages import duplicates as say
from messages.pages import choices_for
from training.asking import Outcome, Question
from training.permissions import hidden
from training.twins.duplicate_words import proposal_facts
from training.twins.duplicates import Decision, Proposals, proposals_at
from training.twins.likeness import Proposal


def listed(question: Question, asked: Asked) -> Answered:
    """Everything that waits for a decision, a page at a time."""
    return _page(question, asked, page=1)


def _page(question: Question, asked: Asked, page: int, *, settled: bool = False) -> Answered:
    found = _waiting(question)
    facts = say.DuplicatesFacts(
        proposals=tuple(proposal_facts(found, each, asked.words) for each in found.open),
        page=page,
        lines=choices_for(question.channel),
        settled=settled,
        is_past=not question.moment.is_now,
    )
    first = (min(page, -(-len(found.open) // facts.lines) or 1) - 1) * facts.lines
    shown = found.open[first : first + facts.lines]
    looked_at = tuple(dict.fromkeys(each for one in shown for each in found.whom(one)))
    return finish(
        say.duplicates(facts, asked.words),
        Outcome(looked_at=looked_at, data={"proposals": len(found.open)}),
        page=page,
        pages_of="duplicates",
        # What waited at another moment is not what can be decided now.
        proposals={} if facts.is_past else _numbers(shown, first),
    )


def _numbers(shown: Sequence[Proposal], first: int) -> dict[str, str]:
    return {str(number): each.key for number, each in enumerate(shown, first + 1)}


def _waiting(question: Question) -> Proposals:
    """What waits, without whomever the asker must not learn of; of another moment what waited then."""
    found = proposals_at(
        question.conn,
        question.agency_id,
        question.day,
        read_on=question.at.date(),
        known_at=question.known_at,
    )
    return found.without(hidden(question))


def same(question: Question, asked: Asked) -> Answered:
    """The two are one: the lesser record is withdrawn; people are never merged."""
    return _decide(question, asked, LikenessVerdict.SAME)


def not_same(question: Question, asked: Asked) -> Answered:
    """The two are two, or the day is right as it is: never proposed again."""
    return _decide(question, asked, LikenessVerdict.DIFFERENT)


def _decide(question: Question, asked: Asked, verdict: LikenessVerdict) -> Answered:
    found = _waiting(question)
    proposal = found.find(asked.value or _meant(question, asked))
    is_pair = proposal is not None and proposal.subject in (LikenessOf.PEOPLE, LikenessOf.COMPLETIONS)
    if proposal is None or (verdict is LikenessVerdict.SAME and not is_pair):
        return _page(question, asked, page=1, settled=True)
    if question.asker.person_id in found.whom(proposal):
        return finish(say.not_ones_own(asked.words), Outcome(), proposals=_shown(question))
    decision = Decision(proposal, verdict, found)
    facts = proposal_facts(found, proposal, asked.words)
    message = say.decided(
        say.DuplicateDecidedFacts(
            subject=proposal.subject.value,
            same=verdict is LikenessVerdict.SAME,
            goes=facts.goes,
            stays=facts.stays,
            left=_left(found.open, proposal, verdict),
        ),
        asked.words,
    )
    outcome = Outcome(looked_at=found.whom(proposal), does=decision.write)
    # The other numbers of the list still mean what they meant when it was shown.
    shown = _shown(question)
    left = {number: key for number, key in shown.items() if key != proposal.key}
    return finish(message, outcome, proposals=left)


def _left(waiting: tuple[Proposal, ...], decided: Proposal, verdict: LikenessVerdict) -> int:
    """How many wait still; those about a record that goes go with it."""
    gone = decided.withdraw if verdict is LikenessVerdict.SAME else None
    return sum(
        1
        for each in waiting
        if each is not decided
        and not (
            gone is not None
            and each.subject in (LikenessOf.COMPLETIONS, LikenessOf.DATE)
            and gone in (each.one, each.other)
        )
    )


def _meant(question: Question, asked: Asked) -> str:
    """The proposal that has this number in the list shown last."""
    return _shown(question).get(str(asked.slot("choice")), "")


def _shown(question: Question) -> dict[str, str]:
    shown = question.remembered().get("proposals")
    return {str(number): str(key) for number, key in shown.items()} if isinstance(shown, dict) else {}


ROUTES = (
    Route(
        name="duplicates",
        handle=listed,
        may_use=coordinates,
        commands=("duplicates",),
        menu="duplicates",
        tense=Tense.FILE,
        shows=True,
        next_page=following(_page),
    ),
    Route(name="same", handle=same, may_use=coordinates, commands=("same",)),
    Route(name="not-same", handle=not_same, may_use=coordinates, commands=("not-same",)),
)

"""Which requests wait for a decision, with whom and since when? One's own, and all for whoever keeps the records."""

from dataclasses import dataclass
from statistics import median

from training.asking import Question
from training.permission_table import Ask
from training.permissions import hidden, may
from training.requests.cards import way_to
from training.requests.sight import SeenRequest, all_that_wait, sight_of


@dataclass(frozen=True, slots=True)
class ApprovalQueue:
    """``own`` wait for the asker, the oldest first; ``others`` with somebody else, shown to whoever coordinates."""

    own: tuple[SeenRequest, ...]
    others: tuple[SeenRequest, ...]


def queue_of(question: Question) -> ApprovalQueue:
    """What waits, as of now."""
    sight = sight_of(question)
    unseen = hidden(question)
    waiting = [each for each in all_that_wait(sight) if each.requester not in unseen]
    person_id = question.asker.person_id
    own = tuple(each for each in waiting if each.may_decide(person_id)) if question.serves else ()
    sees = may(question, Ask.RECORD_CARE)
    others = tuple(each for each in waiting if each not in own and each.requester != person_id)
    return ApprovalQueue(own, others if sees else ())


def days_waiting(one: SeenRequest) -> int:
    """For how many days it has waited for whoever has it."""
    return (one.sight.now - one.life.since).days


def median_days(own: tuple[SeenRequest, ...]) -> int:
    """How long one of them waits, as many longer as shorter."""
    return int(median(days_waiting(each) for each in own)) if own else 0


def is_unreached(one: SeenRequest) -> bool:
    """Whether no way leads to whoever is asked, or nobody is."""
    asked = one.approver.person
    return asked is None or way_to(one, asked) is None

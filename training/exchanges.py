"""What did somebody last say on one channel, and what was answered? For whoever is asked to help, and not all of it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.queries import audit, content
from db.records.content import ItemState
from db.records.facts import Kept
from db.records.tickets import Ticket
from messages.kinds import MessageKind
from training.asking import Question
from training.audit import AuditTag
from training.content.reasons import reasons

# Enough to know what a question is about.
MOST = 3
# Looked through until there are as many as that which may be shown.
_LOOKED_THROUGH = 12
# What was answered to danger and despair stays with the person who wrote it, and what was asked of a person is the
# ticket itself.
_NOT_PASSED_ON = frozenset(
    {
        MessageKind.EMERGENCY.value,
        MessageKind.SPILL.value,
        MessageKind.HUMAN.value,
        MessageKind.MY_TICKETS.value,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastExchange:
    """What one person asked and what was answered."""

    at: datetime
    asked: str
    answered: str


def last_exchanges(
    question: Question,
    person_id: int,
    channel: str,
    closed: Collection[int],
    *,
    ticket: Kept[Ticket] | None = None,
) -> tuple[PastExchange, ...]:
    """Somebody's last exchanges on a channel, oldest first; with a ticket, those before it was opened.

    Left out whole: what is set aside or disposed of, and what shows anybody of ``closed``. Who may be shown them is
    decided by the caller.
    """
    found = audit.exchanges(
        question.conn,
        question.agency_id,
        person_id,
        channel,
        AuditTag.QUESTION_ANSWERED,
        before=None if ticket is None else ticket.seq,
        limit=_LOOKED_THROUGH,
    )
    said: list[PastExchange] = []
    for entry in found:
        if len(said) == MOST:
            break
        opened = ticket is not None and entry.data.get("ticket") == ticket.fact.number
        if opened or entry.data.get("kind") in _NOT_PASSED_ON:
            continue
        items = list(_items(question, entry.data))
        if len(items) < len(("asked", "answered")) or any(_is_closed(each, closed) for each in items):
            continue
        asked, answered = items
        words = reasons(question, (asked.id, answered.id))
        if asked.id in words and answered.id in words:
            said.append(PastExchange(at=entry.at, asked=words[asked.id], answered=words[answered.id]))
    return tuple(reversed(said))


def _items(question: Question, data: Mapping[str, Any]) -> Iterator[ItemState]:
    for side in ("asked", "answered"):
        reference = data.get(side)
        item_id = reference.get("item") if isinstance(reference, dict) else None
        found = content.item(question.conn, question.agency_id, item_id) if isinstance(item_id, int) else None
        if found is not None:
            yield found


def _is_closed(item: ItemState, closed: Collection[int]) -> bool:
    return item.set_aside is not None or item.gone is not None or not set(closed).isdisjoint(item.about)

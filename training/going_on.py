"""Where was somebody talking a moment ago, on another door, so that it can be gone on with here?

What is taken over is the conversation: what it is about and what was asked last. Nothing that was answered is taken
over; it is asked anew, and whoever may not see it any more does not.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from db.queries import conversations
from db.records.audit import AuditDraft
from db.records.work import Conversation
from db.unit_of_work import Writer
from training.asking import ASKED, OvertakenError, Question, conversation_at
from training.content.reasons import reasons

Does = Callable[[Writer], Iterable[AuditDraft]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A conversation on another door: its key, what is remembered of it, and the words that were last asked there.

    ``words`` are empty where they are gone, or were no question.
    """

    key: str
    conversation: Conversation
    item_id: int | None
    words: str

    @property
    def channel(self) -> str:
        """The door it was on."""
        return self.key.split(" ", 1)[0]


def elsewhere(question: Question) -> Elsewhere | None:
    """The conversation that was last talked in somewhere else and is remembered still."""
    here = conversation_at(question.channel, question.place)
    asker = question.asker
    found = conversations.newest_but(question.conn, question.agency_id, asker.person_id, here, asker.now)
    if found is None:
        return None
    key, conversation = found
    item_id = conversation.payload.get(ASKED)
    known = item_id if isinstance(item_id, int) else None
    words = "" if known is None else reasons(question, (known,)).get(known, "")
    return Elsewhere(key=key, conversation=conversation, item_id=known, words=words)


def taken_over(question: Question, found: Elsewhere, *, turned_back: bool = False) -> Question:
    """The same question in that conversation; ``turned_back``: before the page that was shown last."""
    payload: Mapping[str, Any] = found.conversation.payload
    page = payload.get("page")
    if turned_back and isinstance(page, int):
        payload = {**payload, "page": page - 1}
    conversation = replace(found.conversation, payload=payload)
    return replace(question, asker=replace(question.asker, conversation=conversation))


def moves(question: Question, found: Elsewhere) -> Does:
    """It is here from now on, and nowhere else: one thing is open, in one place."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        if not conversations.forget_if(
            writer.conn, writer.agency_id, question.asker.person_id, found.key, found.conversation
        ):
            raise OvertakenError
        return ()

    return does

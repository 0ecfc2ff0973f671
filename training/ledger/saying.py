"""How does something to say get into the ledger? With the facts it belongs to, in one transaction, once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection

from db.keys import cipher
from db.keys.store import KeyStore
from db.queries import ledger
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, ContentKind
from db.records.ledger import Claim, Destination, NewMessage, Occasion
from db.unit_of_work import Writer
from messages.model import Message, to_json
from messages.plain import plain_text
from messages.stored import from_json
from training.audit import AuditTag
from training.ledger import duty
from training.ledger.duty import Due
from training.sealed.sealing import ToSeal, as_bytes, as_text, closed, reference

# Two things that are said at one instant keep the order in which they were said.
_SAID = count()
_ID_BYTES = 8
# So long something is worth saying once more if it did not arrive: an answer as long as Twilio is asked to try, what
# was planned for a day.
ANSWER_LASTS, PLANNED_LASTS = timedelta(minutes=240), timedelta(days=1)
# Nobody who writes after so long is answering it.
ANSWERED_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSay:
    """One thing to say to somebody. ``about`` is what it belongs to; ``routes`` in the order in which they are used.

    ``occasion``: planned once however often it is asked for; ``occasions`` where one message is said for several.
    ``kept``: kept in the place of a message that shows what is kept already. ``own_question``: Rollcall wants something
    of them, so it waits until they may be put to work. ``in_turn``: only the first way is used now, and the next one
    when so many minutes later nothing says that it arrived, or at once when it failed; what its person says answers it.
    """

    person_id: int
    message: Message
    routes: Sequence[Destination]
    about: str = ""
    occasion: Occasion | None = None
    due_at: datetime | None = None
    kept: Message | None = None
    own_question: bool = False
    occasions: Sequence[Occasion] = ()
    in_turn: int | None = None
    # The moment of a question of our own where whoever asks knows it already: its words depend on the day it is said.
    when: Due | None = None


def plan(writer: Writer, keys: KeyStore, said: ToSay, *, now: datetime) -> str | None:
    """Plan it, keep its words and log it; the id of the message. None when it was planned for this occasion already.

    ``now`` is the instant of the ledger (``shared_now``). Nothing is sent here.
    """
    asked = [*said.occasions, *(() if said.occasion is None else (said.occasion,))]
    new = [each for each in asked if not ledger.is_planned(writer.conn, each)]
    if asked and not new:
        return None
    waiting = Due(now)
    if said.when is not None:
        waiting = said.when
    elif said.own_question:
        waiting = duty.due(writer.conn, writer.agency_id, said.person_id, now, not_before=said.due_at)
    message_id = new_id()
    due_at = max(said.due_at or now, waiting.at)
    routes = said.routes if said.in_turn is None else said.routes[:1]
    channel = routes[0].channel if routes else ""
    ledger.keep(
        writer.conn,
        NewMessage(
            message_id=message_id,
            agency_id=writer.agency_id,
            person_id=said.person_id,
            kind=said.message.kind.value,
            body=closed_body(keys, message_id, said.message),
            about=said.about,
            body_until=due_at + PLANNED_LASTS,
            wait_minutes=said.in_turn,
            next_way_at=None if said.in_turn is None else due_at + timedelta(minutes=said.in_turn),
            open_until=None if said.in_turn is None else due_at + ANSWERED_WITHIN,
        ),
        [(new_id(), route) for route in routes],
        now=now,
        due_at=due_at,
        waits=waiting.waits,
    )
    for occasion in new:
        ledger.plan(writer.conn, occasion, message_id, now=now)
    writer.audit(
        AuditDraft(
            tag=AuditTag.MESSAGE_PLANNED,
            subject_id=said.person_id,
            data={
                "kind": said.message.kind.value,
                "message": message_id,
                "about": said.about,
                "channels": [route.channel for route in routes],
                "words": _kept(writer, keys, said.person_id, said.kept or said.message, channel),
                **_waits(waiting),
            },
        )
    )
    return message_id


def say_anew(
    writer: Writer, keys: KeyStore, claim: Claim, person_id: int, message: Message, about: str
) -> None:
    """What is in hand is said in other words, because it goes on another day than it was worded for."""
    ledger.word_anew(
        writer.conn, writer.agency_id, claim.message_id, closed_body(keys, claim.message_id, message), about
    )
    channel = claim.route.channel
    data = {
        **of_claim(claim),
        "about": about,
        "channels": [channel],
        "words": _kept(writer, keys, person_id, message, channel),
    }
    writer.audit(AuditDraft(tag=AuditTag.MESSAGE_PLANNED, subject_id=person_id, data=data))


def _kept(
    writer: Writer, keys: KeyStore, person_id: int, message: Message, channel: str
) -> Mapping[str, Any]:
    """The words as an item; how the log speaks of it."""
    words = ToSeal(
        kind=ContentKind.ANSWER, person_id=person_id, content=as_bytes(plain_text(message, channel))
    )
    (item,) = closed(keys, writer.agency_id, [words])
    (item_id,) = writer.record(item)
    return reference(item_id, item)


def _waits(waiting: Due) -> dict[str, object]:
    """How the log says why it is said later, or off duty; and that it waits longer than the agency holds anything."""
    said: dict[str, object] = {}
    if waiting.waits is not None:
        said |= {"waits": waiting.waits.value, "until": waiting.at.isoformat()}
    if waiting.over_cap:
        said["over_cap"] = True
    if waiting.passed:
        said["off_duty"] = True
    return said


def keep_answer(
    conn: Connection,
    keys: KeyStore,
    *,
    agency_id: AgencyId,
    person_id: int | None,
    message: Message,
    routes: Sequence[Destination],
    now: datetime,
    until: datetime,
) -> tuple[Claim, ...]:
    """An answer that is sent by whoever made it, at once: kept as being sent, and a doubtful one if that worker dies.

    Its words are kept with the question. The attempts are given back as this worker's.
    """
    worker = new_id()
    claims = []
    for route in routes:
        message_id, attempt_id = new_id(), new_id()
        body = closed_body(keys, message_id, message)
        said = NewMessage(
            message_id=message_id,
            agency_id=agency_id,
            person_id=person_id,
            kind=message.kind.value,
            body=body,
            body_until=now + ANSWER_LASTS,
        )
        ledger.keep(conn, said, [(attempt_id, route)], now=now, due_at=until, sender=worker)
        claims.append(
            Claim(
                attempt_id=attempt_id,
                message_id=message_id,
                agency_id=agency_id,
                person_id=person_id,
                kind=said.kind,
                body=body,
                route=route,
                owner=worker,
                tries=1,
                doubtful=False,
                created_at=now,
            )
        )
    return tuple(claims)


def closed_body(keys: KeyStore, message_id: str, message: Message) -> bytes:
    """The neutral message as it waits: closed, and bound to its place."""
    return cipher.seal(keys.work_key(), as_bytes(to_json(message)), _place(message_id))


def opened_body(keys: KeyStore, said: Claim) -> Message:
    """The neutral message again."""
    return opened(keys, said.message_id, said.body)


def opened(keys: KeyStore, message_id: str, body: bytes) -> Message:
    """The same of a message by its id."""
    return from_json(as_text(cipher.unseal(keys.work_key(), body, _place(message_id))))


def of_claim(claim: Claim) -> Mapping[str, Any]:
    """How the log speaks of an attempt."""
    return {"kind": claim.kind, "message": claim.message_id, "attempt": claim.attempt_id}


def new_id() -> str:
    """An id of a message or an attempt, in the order in which they are made."""
    return f"{next(_SAID):08x}{token_hex(_ID_BYTES)}"


def _place(message_id: str) -> str:
    return f"message:{message_id}"

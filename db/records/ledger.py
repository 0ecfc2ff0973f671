"""The notification ledger: what is to be said to whom, on which way, and what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from db.records.facts import AgencyId


class QueueState(StrEnum):
    """How far the work on an attempt has got."""

    READY = "ready"
    CLAIMED = "claimed"  # a worker has it; nothing was sent yet
    SENDING = "sending"  # committed before the call: from here on it may have been sent
    DONE = "done"


class Receipt(StrEnum):
    """What is known of an attempt: the words a person reads come from one table of the catalogue."""

    HANDED_OVER = "handed-over"
    ACCEPTED = "accepted"  # by the carrier
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    NONE = "none"  # the time for a receipt is over
    ANSWERED = "answered"
    FAILED = "failed"
    UNKNOWN = "unknown"  # nobody can tell whether it was sent
    CANCELLED = "cancelled"
    SKIPPED = "skipped"


class Waits(StrEnum):
    """Why an attempt is not due yet although nothing failed. What waits so keeps nothing else from its place."""

    OFF_DUTY = "off-duty"
    ON_LEAVE = "on-leave"
    IN_COURT = "in-court"
    HOLIDAY = "holiday"
    ANOTHER_TRY = "another-try"  # the carrier said that an earlier one did not arrive, this time
    PAUSED = "paused"  # somebody stopped all reminders
    BURST = "burst"  # too many at once: somebody has to say that they go
    DAILY_CAP = "daily-cap"  # there were enough reminders today


class Way(StrEnum):
    """How something is put where it belongs."""

    POST = "post"
    WHISPER = "whisper"  # in a place where others read, to one person alone
    UPDATE = "update"  # in the place of an earlier message


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where on a channel: the workspace or tenant, the conversation in it, the thread, the account.

    ``place`` may be an account, where the channel opens the conversation itself. ``target`` is the channel's own id of
    the message that an update replaces.
    """

    channel: str
    address: str
    place: str
    thread: str = ""
    account: str = ""
    way: Way = Way.POST
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """Something to say. ``body`` is the closed neutral message; ``about`` what it belongs to, for whoever looks.

    ``wait_minutes``: said in turns, the next way so long after one that may still say whether it arrived, first looked
    at at ``next_way_at``. ``open_until``: until then whatever its person says answers it.
    """

    message_id: str
    agency_id: AgencyId
    person_id: int | None
    kind: str
    body: bytes
    about: str = ""
    # Until then it is worth saying once more, should a carrier say that it did not arrive.
    body_until: datetime | None = None
    wait_minutes: int | None = None
    next_way_at: datetime | None = None
    open_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Why something is said: unique, so that planning twice plans once."""

    agency_id: AgencyId
    person_id: int
    subject: str  # a requirement, or what else it is about
    window: str = ""
    due: str = ""
    episode: int = 0
    step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An occasion for which something was planned; without a message it was only noted."""

    occasion: Occasion
    message_id: str | None
    planned_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An attempt that is this worker's. ``doubtful``: it may have been sent already, so look before repeating."""

    attempt_id: str
    message_id: str
    agency_id: AgencyId
    person_id: int | None
    kind: str
    body: bytes
    route: Destination
    owner: str
    tries: int
    doubtful: bool
    created_at: datetime
    waited: Waits | None = None  # a question of our own that waited to be asked
    in_turns: timedelta | None = None  # so long after it the next way has its turn
    planned_at: datetime | None = None  # when the message was planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What became of one try. ``again_at`` keeps the attempt in the queue; without it this is the end of it.

    ``hears_later``: the channel may still say that it did not arrive, so its words are kept for as long as they are
    worth saying once more. ``waits``: it was not tried at all, because it is not its time.
    """

    receipt: Receipt | None
    ref: str = ""  # the channel's own id of what was sent
    place: str = ""  # the conversation in which it was put
    error: str = ""
    again_at: datetime | None = None
    waits: Waits | None = None
    hears_later: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One attempt as it stands, for lists and checks."""

    attempt_id: str
    message_id: str
    person_id: int | None
    kind: str
    about: str
    route: Destination
    state: QueueState
    receipt: Receipt | None
    ref: str
    sent_in: str
    error: str
    tries: int
    created_at: datetime
    waits: Waits | None
    due_at: datetime
    ended_at: datetime | None
    # One way after the other: what arrives on one is not said on the next.
    in_turns: bool = False

"""How is one attempt brought to its end? Intent first, then the call, then what became of it; doubt is looked up."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from secrets import token_hex
from time import monotonic

from sqlalchemy import Connection

from db.keys.errors import KeyStoreError, MasterKeyMissingError, MasterKeyWrongError
from db.queries import ledger, pauses
from db.records.audit import AuditDraft
from db.records.ledger import Claim, Ending, Receipt, Waits
from db.unit_of_work import reading, working, writing
from training.audit import AuditTag
from training.ledger.duty import due
from training.ledger.parcels import Carrier, Fate, Found, Parcel, Trace, TryOutcome
from training.ledger.recipients import may_be_written_to
from training.ledger.saying import of_claim, opened_body
from training.office import Office, moved_by, shared_now

log = logging.getLogger(__name__)

# From the claim to the end of a try: longer than any carrier waits for its channel.
LEASE = timedelta(seconds=90)
# What surely was not sent is tried so often, each time a little later; then a person is told.
WAITS = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 60, 300, 900, 3600, 10800))
# While a release is brought to all machines, the older one meets what only the newer one can read.
UPGRADE = timedelta(minutes=60)
BATCH = 20
GONE, UNREADABLE, NO_CARRIER, WORN_OUT = "recipient-gone", "unreadable", "no-carrier", "worn-out"

_TAGS = {
    Receipt.HANDED_OVER: AuditTag.MESSAGE_HANDED_OVER,
    Receipt.CANCELLED: AuditTag.MESSAGE_CANCELLED,
    Receipt.FAILED: AuditTag.MESSAGE_FAILED,
    Receipt.UNKNOWN: AuditTag.MESSAGE_UNKNOWN,
    Receipt.SKIPPED: AuditTag.MESSAGE_SKIPPED,
}


@dataclass(frozen=True, slots=True)
class Worker:
    """Who has an attempt in hand: a process, and what it claims in one go.

    ``still_so`` is asked before anything is sent: why it does not go now, or None. It writes nothing about the attempt.
    """

    office: Office
    still_so: Callable[[Office, Claim], Ending | None] = lambda _office, _claim: None

    def channels_due(self) -> tuple[str, ...]:
        """The channels on which something is due, in order of their names."""
        with reading(self.office.engine) as conn:
            return ledger.channels_due(conn, shared_now(self.office, conn))

    def claim(
        self, limit: int = BATCH, message_id: str | None = None, channels: Sequence[str] | None = None
    ) -> tuple[Claim, ...]:
        """What is due and nobody else has, of one message or of these channels when they are named; this worker's
        until the lease is over."""
        owner = token_hex(8)
        with working(self.office.engine) as conn:
            now = shared_now(self.office, conn)
            return ledger.claim(
                conn,
                now=now,
                owner=owner,
                until=now + LEASE,
                limit=limit,
                message_id=message_id,
                channels=channels,
            )

    def not_carried(self, channels: Sequence[str]) -> None:
        """These channels are not set up in this process: another one may carry them, now or tomorrow."""
        with working(self.office.engine) as conn:
            ledger.not_carried(conn, channels, NO_CARRIER, now=shared_now(self.office, conn))

    def deliver(self, claim: Claim, carrier: Carrier) -> Ending | None:
        """One claimed attempt, as far as it goes now; None when another worker had it meanwhile."""
        try:
            parcel = parcel_of(self.office, claim)
        except (KeyStoreError, ValueError) as error:
            return self._write(claim, self._unread(claim, error))
        if claim.doubtful:
            return self._deliver_doubtful(claim, parcel, carrier)
        return self._deliver(claim, parcel, carrier)

    def _unread(self, claim: Claim, error: Exception) -> Ending:
        """A key that is away comes back, and a newer release that wrote it is being started on this machine too."""
        now = self._now()
        passes = not isinstance(error, (KeyStoreError, UnicodeError)) and now < claim.created_at + UPGRADE
        if passes or isinstance(error, (MasterKeyMissingError, MasterKeyWrongError)):
            receipt = Receipt.UNKNOWN if claim.doubtful else None
            return Ending(receipt=receipt, error=UNREADABLE, again_at=now + WAITS[2])
        return Ending(receipt=Receipt.FAILED, error=UNREADABLE)

    def _deliver(self, claim: Claim, parcel: Parcel, carrier: Carrier) -> Ending | None:
        ended = self.still_so(self.office, claim)
        if ended is not None:
            return self._write(claim, ended)
        with working(self.office.engine) as conn:
            now = shared_now(self.office, conn)
            ending = self._not_now(conn, claim, now)
            begun = ending is None and ledger.begin_sending(conn, claim, now=now, until=now + LEASE)
            quiet = None if begun or ending else pauses.quiet_until(conn, claim.route, now)
        if quiet is not None:
            # Another worker was told so since this one claimed it.
            ending = Ending(receipt=Receipt.UNKNOWN if claim.doubtful else None, again_at=quiet)
        if ending is not None:
            return self._write(claim, ending)
        # Never two at once: whoever lost the attempt does not send it.
        return self.finish(claim, carrier.send(replace(parcel, begun=monotonic()))) if begun else None

    def _not_now(self, conn: Connection, claim: Claim, now: datetime) -> Ending | None:
        """Asked again at the moment of sending: whoever has left since is written to no more, and a leave that was
        recorded since, or has no end yet, puts off a question of our own."""
        if claim.person_id is None:
            return None
        if not may_be_written_to(conn, claim.agency_id, claim.person_id, now):
            return Ending(receipt=Receipt.SKIPPED, error=GONE)
        if claim.waited in (None, Waits.ANOTHER_TRY):
            return None
        found = due(conn, claim.agency_id, claim.person_id, now)
        return None if found.waits is None else Ending(receipt=None, again_at=found.at, waits=found.waits)

    def _deliver_doubtful(self, claim: Claim, parcel: Parcel, carrier: Carrier) -> Ending | None:
        with reading(self.office.engine) as conn:
            # A channel's clock runs as the database's, whatever the record's own clock was moved by.
            since = claim.created_at - moved_by(self.office, conn)
        found = carrier.find(replace(parcel, since=since))
        match found.trace:
            case Trace.THERE:
                sent = TryOutcome(
                    fate=Fate.HANDED_OVER, ref=found.ref, place=found.place, hears_later=found.hears_later
                )
                return self.finish(claim, sent)
            case Trace.NOT_THERE if claim.tries > len(WAITS):
                # Every worker that tried it is gone, or never heard the end of it.
                return self._write(claim, Ending(receipt=Receipt.FAILED, error=WORN_OUT))
            case Trace.NOT_THERE:
                return self._deliver(claim, parcel, carrier)
            case Trace.NOT_NOW:
                return self._look_again(claim, found)
            case Trace.CANNOT_TELL:
                # A person decides: said twice or not at all are both worse than saying that nobody knows.
                return self._write(claim, Ending(receipt=Receipt.UNKNOWN, error=found.trace.value))

    def _look_again(self, claim: Claim, found: Found) -> Ending | None:
        return self._write(
            claim,
            Ending(
                receipt=Receipt.UNKNOWN,
                error=found.trace.value,
                again_at=self._now() + (found.after or WAITS[0]),
            ),
        )

    def send_now(self, claim: Claim, carrier: Carrier) -> Ending | None:
        """An answer that was kept as being sent, in the hands of whoever made it."""
        return self.finish(claim, carrier.send(parcel_of(self.office, claim)))

    def hand_back(self, claim: Claim) -> None:
        """What this worker has not begun is anybody's at once, not only when its lease is over."""
        receipt = Receipt.UNKNOWN if claim.doubtful else None
        self._write(claim, Ending(receipt=receipt, again_at=self._now(), waits=claim.waited))

    def give_up(self, claim: Claim, error: str) -> Ending | None:
        """The carrier broke over it. It is looked for once; where that breaks too, a person decides."""
        if claim.doubtful:
            return self._write(claim, Ending(receipt=Receipt.UNKNOWN, error=error))
        return self.finish(claim, TryOutcome(fate=Fate.UNCLEAR, error=error))

    def finish(self, claim: Claim, sent: TryOutcome) -> Ending | None:
        """Write down what became of a call; None when another worker had the attempt meanwhile."""
        if sent.after is not None and sent.fate is Fate.NOT_NOW:
            with working(self.office.engine) as conn:
                until = shared_now(self.office, conn) + sent.after
                pauses.hold_back(conn, claim.route, until, everywhere=sent.everywhere)
        return self._write(claim, self._ending(claim, sent))

    def _ending(self, claim: Claim, sent: TryOutcome) -> Ending:
        match sent.fate:
            case Fate.HANDED_OVER:
                return Ending(
                    receipt=Receipt.HANDED_OVER,
                    ref=sent.ref,
                    place=sent.place,
                    hears_later=sent.hears_later,
                )
            case Fate.REFUSED:
                return Ending(receipt=Receipt.FAILED, error=sent.error)
            case Fate.UNWANTED:
                return Ending(receipt=Receipt.SKIPPED, error=sent.error)
            case Fate.UNCLEAR:
                # Looked for before it is repeated; what stays unclear for so long is a person's to decide.
                over = claim.tries > len(WAITS)
                again_at = None if over else self._now() + (sent.after or WAITS[0])
                return Ending(receipt=Receipt.UNKNOWN, error=sent.error, again_at=again_at)
            case Fate.NOT_NOW:
                return self._later(claim, sent)

    def _later(self, claim: Claim, sent: TryOutcome) -> Ending:
        if sent.after is not None:
            # The channel asked for time: that is no failure of the message.
            return Ending(receipt=None, error=sent.error, again_at=self._now() + sent.after)
        if claim.tries >= len(WAITS):
            return Ending(receipt=Receipt.FAILED, error=sent.error)
        return Ending(receipt=None, error=sent.error, again_at=self._now() + WAITS[claim.tries])

    def _now(self) -> datetime:
        with reading(self.office.engine) as conn:
            return shared_now(self.office, conn)

    def _write(self, claim: Claim, ending: Ending) -> Ending | None:
        """The end of a try, and its entry in the log when it is the end of the attempt."""
        tag = None if ending.again_at is not None or ending.receipt is None else _TAGS.get(ending.receipt)
        with writing(
            self.office.engine, claim.agency_id, at=self._now(), channel=claim.route.channel
        ) as writer:
            if not ledger.end(writer.conn, claim, ending, now=writer.at):
                log.warning("attempt-lost", extra={"channel": claim.route.channel})
                return None
            if ending.again_at is not None and ending.waits not in (None, claim.waited):
                writer.audit(_held(claim, ending.waits, ending.again_at))
            if tag is not None:
                data = {**of_claim(claim), "ref": ending.ref, "error": ending.error, "tries": claim.tries}
                writer.audit(AuditDraft(tag=tag, subject_id=claim.person_id, data=data))
        return ending


def _held(claim: Claim, waits: Waits, until: datetime) -> AuditDraft:
    """That it waits, and for what; until when is not known of what waits for somebody's word."""
    by_word = {"why": waits.value}
    by_time = {"waits": waits.value, "until": until.isoformat()}
    said = by_word if waits in (Waits.PAUSED, Waits.BURST) else by_time
    data = {**of_claim(claim), **said, "channel": claim.route.channel}
    return AuditDraft(tag=AuditTag.MESSAGE_HELD, subject_id=claim.person_id, data=data)


def parcel_of(office: Office, claim: Claim) -> Parcel:
    """What a carrier is given of an attempt."""
    return Parcel(
        attempt_id=claim.attempt_id,
        agency_id=claim.agency_id,
        person_id=claim.person_id,
        message=opened_body(office.keys, claim),
        route=claim.route,
        since=claim.created_at,
    )

"""How does something get into Slack, and how is it found there again? By the id that goes along in its metadata."""

import logging
from collections import defaultdict, deque
from collections.abc import Mapping
from datetime import timedelta
from threading import Lock
from time import monotonic
from typing import Any

from bot.slack.api import NEEDS_AN_OPERATOR, SlackAnswer, SlackApi
from bot.slack.render import DrawnMessage, render_message
from db.queries import accounts
from db.records.ledger import Way
from db.unit_of_work import reading
from messages.words import Words
from training.ledger.parcels import TOO_LATE, Carrier, Fate, Found, Parcel, Trace, TryOutcome
from training.office import Office

log = logging.getLogger(__name__)

ATTEMPT = "rollcall_attempt"
# Why something is not sent to an account.
MOVED = "account-moved"
# Slack allows about one message a second in a conversation, and a few at once.
PACE = timedelta(seconds=1)
BURST = 4
# Whoever has to mend a token or a scope needs a moment.
FOR_AN_OPERATOR = timedelta(seconds=60)
# A line of history is small, and what is looked for is near its end.
PAGE, PAGES = 200, 10
# The clocks of two services are never quite the same.
EARLIER = timedelta(seconds=60)
BLOCKS_REFUSED = frozenset(
    {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "unknown_block"}
)


class SlackCarrier(Carrier):
    """The way into one workspace or organization. ``burst``: as many in a row as one conversation takes."""

    def __init__(self, api: SlackApi, words: Words, office: Office) -> None:
        self._api = api
        self._words = words
        self._office = office
        # Until then nothing is asked of Slack at all: it said so.
        self._quiet_until = 0.0
        self._sent: dict[str, deque[float]] = defaultdict(deque)
        self.burst = BURST
        self._lock = Lock()
        # Whether this workspace takes the newer blocks; found out by being refused.
        self._rich = True

    def send(self, parcel: Parcel) -> TryOutcome:
        """Put it where it belongs; blocks that the workspace refuses are replaced by plainer ones at once."""
        if parcel.person_id is not None and self._is_theirs_no_more(parcel, parcel.person_id):
            return TryOutcome(fate=Fate.UNWANTED, error=MOVED)
        if (wait := self._must_wait(parcel)) is not None:
            return TryOutcome(fate=Fate.NOT_NOW, error="paced", after=wait)
        answer = SlackAnswer(ok=False, error="no_drawing")
        for rich in (True, False) if self._rich else (False,):
            if parcel.is_too_late:
                return TOO_LATE
            drawn = render_message(parcel.message, self._words, rich=rich, nonce=parcel.attempt_id)
            answer = self._put(parcel, drawn)
            if answer.error not in BLOCKS_REFUSED:
                break
            log.warning("blocks-refused", extra={"error": answer.error, "kind": parcel.message.kind.value})
            self._rich = False
        else:
            # The words are what matters.
            text = render_message(parcel.message, self._words, rich=False, nonce=parcel.attempt_id).text
            answer = self._put(parcel, DrawnMessage(text, ()))
        return self._sent_as(answer)

    def find(self, parcel: Parcel) -> Found:
        """Look for the id in the conversation. What only one person saw leaves no trace; an update may be repeated."""
        match parcel.route.way:
            case Way.WHISPER:
                return Found(trace=Trace.CANNOT_TELL)
            case Way.UPDATE:
                return Found(trace=Trace.NOT_THERE)
            case Way.POST:
                return self._look(parcel)

    def _is_theirs_no_more(self, parcel: Parcel, person_id: int) -> bool:
        """Asked at the moment of sending: what waited may be about somebody whose account this was."""
        route = parcel.route
        account = route.account or route.place
        with reading(self._office.engine) as conn:
            return accounts.was_once_of(
                conn, parcel.agency_id, person_id, route.channel, route.address, account
            )

    def _put(self, parcel: Parcel, drawn: DrawnMessage) -> SlackAnswer:
        route = parcel.route
        said: dict[str, Any] = {"channel": route.place, "text": drawn.text, "blocks": list(drawn.blocks)}
        if route.thread:
            said["thread_ts"] = route.thread
        match route.way:
            case Way.POST:
                metadata = {"event_type": ATTEMPT, "event_payload": {"attempt": parcel.attempt_id}}
                return self._api.write(
                    "chat.postMessage", **said, metadata=metadata, unfurl_links=False, unfurl_media=False
                )
            case Way.WHISPER:
                return self._api.write("chat.postEphemeral", **said, user=route.account)
            case Way.UPDATE:
                said.pop("thread_ts", None)
                return self._api.write("chat.update", **said, ts=route.target)

    def _sent_as(self, answer: SlackAnswer) -> TryOutcome:
        if answer.ok:
            ref = answer.data.get("ts") or answer.data.get("message_ts") or ""
            return TryOutcome(
                fate=Fate.HANDED_OVER, ref=str(ref), place=str(answer.data.get("channel") or "")
            )
        if answer.after is not None:
            with self._lock:
                self._quiet_until = max(self._quiet_until, monotonic() + answer.after.total_seconds())
            return TryOutcome(fate=Fate.NOT_NOW, error=answer.error, after=answer.after, everywhere=True)
        if answer.doubtful:
            return TryOutcome(fate=Fate.UNCLEAR, error=answer.error)
        if answer.error in NEEDS_AN_OPERATOR:
            return TryOutcome(fate=Fate.NOT_NOW, error=answer.error, after=FOR_AN_OPERATOR, everywhere=True)
        if answer.error == "unreachable":
            return TryOutcome(fate=Fate.NOT_NOW, error=answer.error)
        return TryOutcome(fate=Fate.REFUSED, error=answer.error)

    def _must_wait(self, parcel: Parcel) -> timedelta | None:
        now = monotonic()
        with self._lock:
            quiet = self._quiet_until - now
            if quiet > 0:
                return timedelta(seconds=quiet)
            sent = self._sent[parcel.route.place]
            while sent and now - sent[0] >= self.burst * PACE.total_seconds():
                sent.popleft()
            if len(sent) >= self.burst:
                return PACE
            sent.append(now)
        return None

    def _look(self, parcel: Parcel) -> Found:
        opened = self._conversation(parcel)
        if not opened.ok:
            return _not_seen(opened)
        channel = str(_map(opened.data.get("channel")).get("id") or "")
        route, cursor = parcel.route, ""
        for _ in range(PAGES):
            answer = self._api.read(
                "conversations.replies" if route.thread else "conversations.history",
                channel=channel,
                include_all_metadata=True,
                oldest=f"{(parcel.since - EARLIER).timestamp():.6f}",
                limit=PAGE,
                **({"ts": route.thread} if route.thread else {}),
                **({"cursor": cursor} if cursor else {}),
            )
            if not answer.ok:
                return _not_seen(answer)
            for message in answer.data.get("messages") or ():
                if _attempt_of(_map(message)) == parcel.attempt_id:
                    return Found(trace=Trace.THERE, ref=str(message.get("ts") or ""), place=channel)
            cursor = str(_map(answer.data.get("response_metadata")).get("next_cursor") or "")
            if not cursor:
                return Found(trace=Trace.NOT_THERE)
        return Found(trace=Trace.CANNOT_TELL)

    def _conversation(self, parcel: Parcel) -> SlackAnswer:
        """Where an account is given, Slack says which conversation it opens with it."""
        route = parcel.route
        if route.account and route.place == route.account:
            return self._api.write("conversations.open", users=route.account)
        return SlackAnswer(ok=True, data={"channel": {"id": route.place}})


def _not_seen(answer: SlackAnswer) -> Found:
    """Slack did not let us look: for now, or because there is nothing to look at any more."""
    later = answer.after is not None or answer.doubtful or answer.error == "unreachable"
    if later or answer.error in NEEDS_AN_OPERATOR:
        return Found(trace=Trace.NOT_NOW, after=answer.after)
    log.warning("look-up-refused", extra={"error": answer.error})
    return Found(trace=Trace.CANNOT_TELL)


def _attempt_of(message: Mapping[str, Any]) -> str:
    metadata = _map(message.get("metadata"))
    if metadata.get("event_type") != ATTEMPT:
        return ""
    return str(_map(metadata.get("event_payload")).get("attempt") or "")


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}

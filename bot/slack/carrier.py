"""How does something get into Slack, and how is it found there again? By the id that goes along in its metadata."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.service.pace import SendingPace
from bot.slack.api import NEEDS_AN_OPERATOR, SlackAnswer, SlackApi
from bot.slack.render import DrawnMessage, render_message
from db.records.ledger import Way
from messages.words import Words
from training.accounts.moved import MOVED, moved_on
from training.ledger.parcels import TOO_LATE, Carrier, Fate, Found, Parcel, Trace, TryOutcome
from training.office import Office

log = logging.getLogger(__name__)

ATTEMPT = "rollcall_attempt"
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
    """The way into one workspace or organization."""

    def __init__(self, api: SlackApi, words: Words, office: Office) -> None:
        self._api = api
        self._words = words
        self._office = office
        self.pace = SendingPace(BURST, PACE)
        # Whether this workspace takes the newer blocks; found out by being refused.
        self._rich = True

    def send(self, parcel: Parcel) -> TryOutcome:
        """Put it where it belongs; blocks that the workspace refuses are replaced by plainer ones at once."""
        if moved_on(self._office, parcel):
            return TryOutcome(fate=Fate.UNWANTED, error=MOVED)
        if (wait := self.pace.must_wait(parcel.route.place)) is not None:
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
            self.pace.keep_quiet(answer.after)
            return TryOutcome(fate=Fate.NOT_NOW, error=answer.error, after=answer.after, everywhere=True)
        if answer.doubtful:
            return TryOutcome(fate=Fate.UNCLEAR, error=answer.error)
        if answer.error in NEEDS_AN_OPERATOR:
            return TryOutcome(fate=Fate.NOT_NOW, error=answer.error, after=FOR_AN_OPERATOR, everywhere=True)
        if answer.error == "unreachable":
            return TryOutcome(fate=Fate.NOT_NOW, error=answer.error)
        return TryOutcome(fate=Fate.REFUSED, error=answer.error)

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

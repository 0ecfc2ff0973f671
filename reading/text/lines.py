"""How do other programs ask what a text means? JSON lines in, JSON lines out (`rollcall read text`)."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from reading.text.model import INTENTS, Slot, TextContext
from reading.text.understand import understand

_ASKS = re.compile(r"\?\s*$|\breply (?:yes|ok|ack|confirm)\b", re.IGNORECASE)
_ASKS_FOR_DECISION = re.compile(r"\byes to approve\b|\bapprove\b.*\?", re.IGNORECASE)


class _BadLineError(ValueError):
    """The line is no question; its argument is the code to answer with."""


def read_text_lines(lines: Iterable[str]) -> Iterator[str]:
    """One answer line per input line; a line that is not a question gets {"error": code}."""
    for line in lines:
        try:
            yield json.dumps(_answer(line))
        except _BadLineError as bad:
            yield json.dumps({"error": str(bad)})


def _answer(line: str) -> dict[str, object]:
    try:
        question = json.loads(line)
    except (ValueError, RecursionError):
        raise _BadLineError("not-json") from None
    if not isinstance(question, dict):
        raise _BadLineError("not-an-object")
    text = question.get("text")
    if not isinstance(text, str):
        raise _BadLineError("text-missing" if text is None else "text-not-text")
    found = understand(
        text,
        channel=str(question.get("channel") or "slack"),
        role=str(question.get("role") or "officer"),
        today=_today(question.get("today")),
        context=_context(question.get("context")),
    )
    return {
        "intent": found.intent,
        "slots": {name: _plain(value) for name, value in found.slots.items()},
        "confidence": found.confidence,
        "clarify": list(found.clarify),
    }


def _today(value: object) -> date:
    if not isinstance(value, str):
        raise _BadLineError("today-missing" if value is None else "today-not-a-date")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise _BadLineError("today-not-a-date") from None


def _context(value: object) -> TextContext | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise _BadLineError("context-not-an-object")
    intent = value.get("intent")
    if intent is not None and intent not in INTENTS:
        raise _BadLineError("context-intent-unknown")
    slots = value.get("slots") or {}
    if not isinstance(slots, dict):
        raise _BadLineError("context-slots-not-an-object")
    return TextContext(intent=intent, slots=_kept(slots), asked=_asked(intent, slots, value.get("bot")))


def _asked(intent: str | None, slots: Mapping[str, object], bot: object) -> str | None:
    """Which intent a yes would carry out, going by the bot's last words."""
    said = bot if isinstance(bot, str) else ""
    if intent == "approval_queue" and (_ASKS_FOR_DECISION.search(said) or "request_id" in slots):
        return "approve"
    if intent == "policy_pending" and _ASKS.search(said):
        return "policy_acknowledge"
    return intent if _ASKS.search(said) else None


def _kept(slots: Mapping[str, object]) -> dict[str, Slot]:
    kept: dict[str, Slot] = {}
    for name, value in slots.items():
        if isinstance(value, bool | str):
            kept[name] = value
        elif isinstance(value, int | float) and Decimal(str(value)).is_finite():
            kept[name] = Decimal(str(value))
        elif isinstance(value, list):
            kept[name] = tuple(str(item) for item in value)
    return kept


def _plain(value: Slot) -> object:
    """The value as JSON has it; whole hours and money without a decimal point."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        parts = [item.isoformat() if isinstance(item, date) else item for item in value]
        return "/".join(parts) if isinstance(value[0], date) else parts
    return value

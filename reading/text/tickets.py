"""Is this text meant for a person? FEEDBACK and what one thinks, ANSWER H-12 and the answer: words we only hand on."""

import re
from datetime import date

from reading.text.guards import guarded
from reading.text.model import Slot, Understood
from reading.text.normal import normalise
from reading.text.slots import mark

_NUMBER = r"h ?-? ?(?P<ticket>\d{1,9})"
_ANSWER = re.compile(rf"\s*(?:answer|reply(?:\s+to)?)\s+{_NUMBER}\b[\s:,.;-]*(?P<words>.*)", re.I | re.S)
_SHOWN = re.compile(rf"\s*(?:(?:open|show|see)\s+)?(?:ticket\s+|question\s+)?{_NUMBER}\s*[?.!]*\s*", re.I)
_FEEDBACK = re.compile(r"\s*feedback\b[\s:,;-]*(?P<words>.+)", re.I | re.S)


def answer_given(text: str) -> Understood | None:
    """ANSWER H-12 with its words, none of which mean anything to us; or H-12 alone."""
    said = _ANSWER.fullmatch(text)
    if said is not None:
        return _meant("answer-ticket", {"ticket": said["ticket"], "words": said["words"].strip()})
    shown = _SHOWN.fullmatch(text)
    return None if shown is None else _meant("ticket", {"ticket": shown["ticket"]})


def feedback_given(text: str, today: date) -> Understood | None:
    """FEEDBACK with what somebody thinks, unless they are in danger: then that is answered."""
    said = _FEEDBACK.fullmatch(text)
    if said is None:
        return None
    plain = normalise(text)
    guard = guarded(plain, mark(plain, today=today, names={}))
    if guard is not None and guard.slots.get("emergency"):
        return None
    return _meant("feedback", {"words": said["words"].strip()})


def _meant(command: str, slots: dict[str, str]) -> Understood:
    named: dict[str, Slot] = {name: value for name, value in slots.items() if value}
    return Understood(intent="human_help", slots=named, confidence=0.95, command=command)

"""What must be recognised before anything else? Emergencies, carrier keywords, yes and no, orders to us."""

from dataclasses import dataclass

from reading.text.model import TextContext, Understood
from reading.text.normal import Plain, normalise
from reading.text.slots import Marked
from reading.text.tables import guards, word_lists

# An answer that a person gave to our question about these intents carries them out; a no turns them round.
_OPPOSITE = {"approve": "deny"}


@dataclass(frozen=True, slots=True)
class _Kind:
    slots: tuple[tuple[str, bool], ...]
    confidence: float


_KINDS = {
    "emergency": _Kind((("emergency", True),), 1.0),
    "suicide": _Kind((("emergency", True), ("suicide", True)), 1.0),
    "abuse": _Kind((("abuse", True),), 0.95),
    "order": _Kind((), 0.95),
    "private": _Kind((), 0.9),
    "elsewhere": _Kind((), 0.9),
}


def _spaced(text: str) -> str:
    return f"{text} "


# What somebody names in the reason of a command is no question to us about it.
_NOT_IN_COMMANDS = frozenset({"private", "elsewhere"})


def guarded(plain: Plain, marked: Marked, *, is_command: bool = False) -> Understood | None:
    """The answer to a message that must not reach the sentence table, or None. ``is_command``: it is one, in its exact
    form."""
    # Mostly they are the same, and one look is enough.
    both = tuple(dict.fromkeys((_spaced(plain.text), _spaced(marked.text))))
    # What somebody else wrote is no command to us, but a life may hang on it.
    told = (*both, _spaced(normalise(plain.quoted).text)) if plain.quoted else both
    for guard in guards():
        if is_command and guard.kind in _NOT_IN_COMMANDS:
            continue
        texts = told if guard.kind == "suicide" else both
        if any(guard.words.search(text) for text in texts) and not (
            guard.unless and any(guard.unless.search(text) for text in texts)
        ):
            kind = _KINDS[guard.kind]
            return Understood(intent="out_of_scope", slots=dict(kind.slots), confidence=kind.confidence)
    return None


def carrier_keyword(plain: Plain, channel: str) -> Understood | None:
    """STOP and its like by text message, where a bare CANCEL can never mean a request."""
    text = plain.text
    if channel != "sms":
        # Ordinary words there; a bare one is still worth a question.
        asked = {"stop": "stop_messages", "cancel": "cancel_request"}.get(text)
        return (
            Understood(intent=asked, confidence=0.5, clarify=(asked, "reminder_settings")) if asked else None
        )
    if text in word_lists()["stop words"]:
        return Understood(intent="stop_messages", confidence=1.0)
    if text in word_lists()["start words"]:
        return Understood(intent="reminder_settings", confidence=1.0, command="start")
    if text in word_lists()["help words"]:
        return Understood(intent="help", confidence=1.0)
    return None


def answer_to_question(plain: Plain, context: TextContext | None) -> Understood | None:
    """Yes, no, ok or a thumb: everything with an open question, a courtesy without one."""
    yes, no = plain.text in word_lists()["yes"], plain.text in word_lists()["no"]
    if not (yes or no):
        return None
    command = "yes" if yes else "no"
    asked = context.asked if context else None
    if context is None or asked is None:
        if plain.text in word_lists()["courtesy"]:
            return Understood(intent="thanks", confidence=0.9, command=command)
        return Understood(intent="help", confidence=0.3, clarify=("help",), command=command)
    intent = asked if yes else _OPPOSITE.get(asked, "thanks")
    slots = dict(context.slots) if yes or asked in _OPPOSITE else {}
    return Understood(intent=intent, slots=slots, confidence=1.0, command=command)

"""Does somebody ask what became of the reminders of a duty, of their own or of a person? PROOF RUIZ FIREARMS."""

import re

from reading.text.model import Slot, Understood
from reading.text.slots import Marked

_ASKED = re.compile(
    r"(?:please )?(?:show (?:me )?)?(?:the )?(?:proof|prove)(?P<file> (?:file|pdf|csv))?(?: (?P<rest>[^?]*))?\??"
)
_BESIDE = frozenset(
    {
        *("a", "about", "an", "and", "for", "i", "me", "my", "of", "on", "that", "the", "to", "was", "were"),
        *("reminder", "reminders", "reminded", "told", "sent", "badge", "officer", "NAME", "TOPIC", "RULE"),
    }
)
# Proof that somebody was there: a certificate, and no question about reminders.
_PAPER = frozenset(
    {
        *(
            "attached",
            "cert",
            "certificate",
            "class",
            "completion",
            "course",
            "here",
            "image",
            "photo",
            "picture",
        ),
        *("pic", "training", "uploaded"),
    }
)
_BADGE = re.compile(r"[a-z]{0,3}\d{1,6}")


def proof_asked(marked: Marked) -> Understood | None:
    """None when the text asks for nothing of the kind. ``person`` is a name or a badge, empty for one's own."""
    asked = _ASKED.fullmatch(marked.text)
    if asked is None:
        return None
    # What is nobody's name and no duty may be either: whoever answers finds neither, and says so.
    left = [each for each in (asked["rest"] or "").split() if each not in _BESIDE]
    if not _PAPER.isdisjoint(left):
        return None
    person = str(marked.slots.get("person") or " ".join(left))
    if len(left) == 1 and _BADGE.fullmatch(left[0]):
        person = left[0]
    slots: dict[str, Slot] = {"person": person} if person else {}
    slots |= {name: marked.slots[name] for name in ("topic", "requirement") if name in marked.slots}
    if asked["file"]:
        slots["file"] = True
    return Understood(intent="reminder_settings", slots=slots, confidence=0.95, command="proof")

"""With whom does Rollcall not talk, and which one sentence do they hear? Nobody is named in it."""

from datetime import date

from db.records.facts import Role
from messages import trouble
from messages.model import Message
from messages.trouble import Outside
from messages.words import Words
from reading.text.understand import understand
from training.asking import Question


def why_not(question: Question, *, serving_only: bool) -> Outside | None:
    """Why somebody whom the roster knows is not talked with; None for whoever is."""
    if serving_only and not question.serves:
        return Outside.LEFT
    # Whoever runs the pilot is not outside of it.
    if question.asker.outside_pilot and not question.has(Role.COORDINATOR):
        return Outside.PILOT
    return None


def said_to(why: Outside, text: str, channel: str, agency: str, today: date, words: Words) -> Message:
    """Nothing about anybody; but danger is answered before anyone asks who it is."""
    understood = understand(text, channel=channel, role="officer", today=today)
    if understood.slots.get("suicide"):
        return trouble.distress(trouble.DistressFacts(), words)
    if understood.slots.get("emergency"):
        return trouble.emergency(trouble.EmergencyFacts(), words)
    return trouble.outside(why, trouble.UnknownSenderFacts(agency), words)


def card(why: Outside, question: Question, words: Words) -> Message:
    """The same sentence in the place of somebody's own page."""
    return trouble.outside(why, trouble.UnknownSenderFacts(question.asker.agency_name), words)

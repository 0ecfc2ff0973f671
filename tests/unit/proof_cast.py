"""Examples of what is said about reminders: what became of them, and where the file of it is."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from messages import proof
from messages.model import Message
from messages.proof import ProofStep, ReminderProof, StateNow, WrittenDown
from messages.words import Words

ZONE = ZoneInfo("America/Chicago")
SENT, HELD, MORNING = (
    datetime(2027, 3, 2, 17, 58, tzinfo=ZONE),
    datetime(2027, 3, 2, 18, 3, tzinfo=ZONE),
    datetime(2027, 3, 3, 8, 0, tzinfo=ZONE),
)
ABOUT = (("Firearms qualification (handgun)", "30", date(2027, 4, 1)),)
NEXT_WAY = ReminderProof(
    planned_at=SENT,
    about=ABOUT,
    steps=(
        ProofStep(at=SENT, what=WrittenDown.PLANNED, channel="sms"),
        ProofStep(at=SENT, what=WrittenDown.HANDED_OVER, channel="sms"),
        ProofStep(
            at=HELD,
            what=WrittenDown.NEXT_WAY,
            channel="slack",
            why="no-receipt",
            until=MORNING,
            held_for="off-duty",
        ),
        ProofStep(at=MORNING, what=WrittenDown.HANDED_OVER, channel="slack"),
        ProofStep(at=MORNING, what=WrittenDown.UNDELIVERED, channel="sms", why="30003"),
    ),
    now=(StateNow("sms", "undelivered", "30003"), StateNow("slack", "handed-over", "")),
)
ANSWERED = ReminderProof(
    planned_at=SENT,
    about=(("CPR", "overdue", date(2027, 2, 27)), ("TASER", "", None)),
    steps=(
        ProofStep(at=SENT, what=WrittenDown.PLANNED, channel="sms", until=MORNING, held_for="on-leave"),
        ProofStep(at=MORNING, what=WrittenDown.DELIVERED, channel="sms"),
        ProofStep(at=MORNING, what=WrittenDown.ANSWERED, channel="slack"),
    ),
    now=(StateNow("sms", "answered", ""),),
)
NOWHERE = ReminderProof(
    planned_at=SENT, about=ABOUT, steps=(ProofStep(at=SENT, what=WrittenDown.PLANNED, channel=""),), now=()
)
FIREARMS = ("Firearms qualification (handgun)",)

EXAMPLES: dict[str, Callable[[Words], Message]] = {
    "proof-own": lambda words: proof.proof(
        proof.ProofFacts(name="", duties=FIREARMS, reminders=(NEXT_WAY,), value="|,firearms", with_file=True),
        words,
    ),
    "proof-of-somebody": lambda words: proof.proof(
        proof.ProofFacts(name="Ruiz", duties=("CPR", "TASER"), reminders=(ANSWERED, NOWHERE), lines=6), words
    ),
    "proof-none": lambda words: proof.proof(proof.ProofFacts(name="Ruiz", duties=(), reminders=()), words),
    "proof-own-none": lambda words: proof.proof(proof.ProofFacts(name="", duties=(), reminders=()), words),
    "proof-file": lambda words: proof.proof_link(
        proof.ProofLinkFacts(href="https://desk.lakemont.example/f/TOKEN", minutes=10, reminders=3), words
    ),
    "proof-file-none": lambda words: proof.proof_link(
        proof.ProofLinkFacts(href="", minutes=0, reminders=3), words
    ),
    "proof-file-none-of": lambda words: proof.proof_link(
        proof.ProofLinkFacts(href="", minutes=0, reminders=3, name="Ruiz"), words
    ),
}

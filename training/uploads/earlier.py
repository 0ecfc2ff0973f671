"""Which words, written a moment before a file came without any, are about it?"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from reading.certificates.told import told
from reading.text.understand import understand
from training.asking import Question
from training.exchanges import last_exchanges
from training.office import local_day

# A text and its photo are sent one after the other; what was written before that was about something else.
WITHIN = timedelta(minutes=10)
# What a sentence about a finished class may be taken for; anything else is a question of its own.
TAKEN_FOR = frozenset(
    {
        "certificate_upload_help",
        "certificate_status",
        "course_search",
        "out_of_scope",
        "record_dispute",
        "status_topic",
        "training_history",
    }
)
CLEARLY = 0.85
_ASKS = re.compile(
    r"(?:am|are|can|could|did|do|does|has|have|how|if|is|may|was|were|what|when|where|which|who|why|will)\b|.*\?\s*$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was written, and when, where the asker is."""

    text: str
    at: datetime


def words_before(question: Question) -> Earlier | None:
    """The asker's last words here, if they tell of a class; None while the talk is about a certificate already."""
    if any(name in question.remembered() for name in ("upload", "uploads", "same_file")):
        return None
    asker = question.asker
    said = last_exchanges(question, asker.person_id, question.channel, ())
    if not said or asker.now - said[-1].at > WITHIN:
        return None
    text, at = said[-1].asked, said[-1].at
    return Earlier(text, at.astimezone(question.at.tzinfo)) if _tells_of_a_class(question, text, at) else None


def _tells_of_a_class(question: Question, text: str, at: datetime) -> bool:
    """Whether it is a sentence with hours or a day of a class in it; what was pressed or asked is none."""
    if text.startswith("[") or _ASKS.match(text.strip()):
        return False
    today = local_day(at, question.asker.time_zone)
    said = told(text, today=today)
    if said.hours is None and said.completed_on is None:
        return False
    found = understand(text, channel=question.channel, role="officer", today=today)
    return found.command is None and (found.intent in TAKEN_FOR or found.confidence < CLEARLY)

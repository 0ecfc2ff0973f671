"""Which requests were the last thing that reached somebody where they write? What was planned together comes at
once."""

from collections.abc import Iterator
from datetime import timedelta

from db.queries import ledger
from messages.kinds import MessageKind
from reading.text.approvals import request_meant
from training.asking import Question
from training.ledger.routes import DESK_CHANNEL

# Of what was said last so much is looked at; what reached somebody within so long came together.
MOST_SAID, TOGETHER = 20, timedelta(minutes=5)


def last_told(question: Question, kind: MessageKind) -> Iterator[int]:
    """Their numbers, the newest first, as far as they came as this kind. A terminal has the panes of the desk."""
    for channel in dict.fromkeys((question.channel, DESK_CHANNEL)):
        said = ledger.said_to(
            question.conn, question.agency_id, question.asker.person_id, channel, limit=MOST_SAID
        )
        came = [(each.ended_at, each) for each in said if each.ended_at is not None]
        last = max((at for at, _ in came), default=None)
        for at, each in sorted(came, key=lambda one: one[0], reverse=True):
            if last is None or last - at > TOGETHER:
                break
            number = request_meant(each.about.removeprefix("request "))
            if each.kind == kind.value and number is not None:
                yield number

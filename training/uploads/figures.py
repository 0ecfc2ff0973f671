"""How long from a photograph to the record, how hasty were approvals, and how often did a second look differ?

Numbers alone, and none of a group so small that it points at somebody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from db.queries import review_rules
from db.records.uploads import UploadState
from training.asking import Question
from training.standings.team import SMALLEST_GROUP

# Nobody reads a certificate in less.
HASTE = timedelta(seconds=5)
NINETIETH = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFigures:
    """Of the approvals of a span of days. A figure is None where fewer than five people stand behind it.

    ``median`` and ``ninetieth`` are seconds from received to recorded. ``differing`` of ``looked`` second looks found
    something else than went on record.
    """

    until: datetime
    recorded: int
    median: Decimal | None
    ninetieth: Decimal | None
    hasty: int | None
    looked: int | None
    differing: int | None


def figures_of(question: Question, days: int) -> ReviewFigures:
    """The figures of the days up to now. What people in protected assignments sent is in none of them."""
    until = question.asker.now
    since = until - timedelta(days=days)
    closed = question.protected
    states = [
        each
        for each in review_rules.recorded_between(question.conn, question.agency_id, since, until)
        if each.kept.fact.person_id not in closed
    ]
    waits = sorted(_microseconds(each.last.recorded_at - each.kept.fact.received_at) for each in states)
    senders = {each.kept.fact.person_id for each in states}
    approvers = {each.last.recorded_by for each in states}
    counted = {each.last.id: each.last for each in states}
    looks = [
        each.fact
        for each in review_rules.second_looks(question.conn, question.agency_id)
        if each.fact.step_id in counted
    ]
    looked_approvers = {each.approved_by for each in looks}
    shows_times = len(senders) >= SMALLEST_GROUP
    shows_looks = len(looked_approvers) >= SMALLEST_GROUP
    return ReviewFigures(
        until=until,
        recorded=len(states),
        median=median_seconds(waits) if shows_times else None,
        ninetieth=ninetieth_seconds(waits) if shows_times else None,
        hasty=_hasty(question, states) if len(approvers) >= SMALLEST_GROUP else None,
        looked=len(looks) if shows_looks else None,
        differing=sum(not each.agrees for each in looks) if shows_looks else None,
    )


def _microseconds(span: timedelta) -> int:
    return span // timedelta(microseconds=1)


def median_seconds(waits: Sequence[int]) -> Decimal:
    """The middle of sorted microseconds, halfway between the two middle ones of an even number; as seconds."""
    middle = len(waits) // 2
    both = (waits[middle], waits[middle]) if len(waits) % 2 else (waits[middle - 1], waits[middle])
    return _seconds(Fraction(sum(both), 2))


def ninetieth_seconds(waits: Sequence[int]) -> Decimal:
    """The shortest of sorted microseconds within which nine of ten were done; as seconds."""
    place = -(-len(waits) * NINETIETH // 100)
    return _seconds(Fraction(waits[place - 1]))


def _seconds(microseconds: Fraction) -> Decimal:
    """In tenths, rounded half up once, at the end."""
    tenths = microseconds / 100_000
    whole = Decimal(tenths.numerator) / Decimal(tenths.denominator)
    return whole.quantize(Decimal(1), rounding=ROUND_HALF_UP) / 10


def _hasty(question: Question, states: Sequence[UploadState]) -> int:
    """Approvals in under five seconds after their reviewer opened the file for it."""
    opened: dict[tuple[int, int], list[tuple[int, datetime]]] = {}
    ids = [each.kept.id for each in states]
    for look in review_rules.looks_of(question.conn, question.agency_id, ids):
        key = (look.fact.upload_id, look.fact.viewer_id)
        opened.setdefault(key, []).append((look.seq, look.recorded_at))
    return sum(_is_hasty(each, opened) for each in states)


def _is_hasty(state: UploadState, opened: Mapping[tuple[int, int], Sequence[tuple[int, datetime]]]) -> bool:
    approval = state.last
    since = state.submitted.seq
    looks = opened.get((state.kept.id, approval.recorded_by or 0), ())
    times = [at for seq, at in looks if since < seq < approval.seq]
    # The first time counts: whoever looks twice has had it before their eyes since then.
    return bool(times) and approval.recorded_at - min(times) < HASTE

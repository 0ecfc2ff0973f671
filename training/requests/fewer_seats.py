"""A class has fewer seats than it had: who has none left to hope for, who stands longer in line, and who holds one
beyond those there are? Nobody's seat is taken by it; a person decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from db.records.courses import CourseOffering, OfferingStatus
from db.records.requests import RequestAct
from messages.class_moves import SeatsNow
from training.courses import seats
from training.requests.following import Followed
from training.requests.life import RequestStage


@dataclass(frozen=True, slots=True, kw_only=True)
class FewerSeats:
    """Whom it touches. ``beyond`` hold a seat that there is not any more, the one that came last at the end;
    ``in_line`` wait for one, the first in front; ``others`` have asked and hold none. ``now`` is the same in
    figures."""

    now: SeatsNow
    beyond: tuple[Followed, ...] = ()
    in_line: tuple[Followed, ...] = ()
    others: tuple[Followed, ...] = ()

    @property
    def everybody(self) -> Iterator[Followed]:
        """All of them, whoever it touches most in front."""
        return chain(self.beyond, self.in_line, self.others)


def touched(before: CourseOffering, now: CourseOffering, found: Sequence[Followed]) -> FewerSeats | None:
    """Whom it touches of those with a request for the class; None where it has not fewer seats than it had, or one is
    left for whoever comes next."""
    holding = sorted((each for each in found if each.life.offering_held == now.number), key=_as_seated)
    was, left = seats.left(before, len(holding)), seats.left(now, len(holding))
    if left != 0 or not (_fewer(before, now) or was != 0):
        return None
    beyond = () if now.seats is None else tuple(holding[now.seats :])
    waiting = [each for each in found if each.life.stage is RequestStage.WAITING_FOR_SEAT]
    in_line = tuple(sorted(waiting, key=lambda each: each.approved_seq))
    held = {each.request.kept.id for each in (*holding, *in_line)}
    # Who was told before that it is full hears nothing new.
    others = () if was == 0 else tuple(each for each in found if each.request.kept.id not in held)
    return FewerSeats(
        now=SeatsNow(
            seats=0 if now.seats is None else now.seats,
            is_full=now.status is OfferingStatus.FULL,
            held=len(holding),
            waiting=len(in_line),
            beyond=tuple(each.number for each in beyond),
        ),
        beyond=beyond,
        in_line=in_line,
        others=tuple(each for each in others if each.life.stage is not RequestStage.REGISTERED),
    )


def _fewer(before: CourseOffering, now: CourseOffering) -> bool:
    return now.seats is not None and (before.seats is None or now.seats < before.seats)


def _as_seated(followed: Followed) -> tuple[bool, int]:
    """Whoever gives the class counts on those who are registered; of the others the seat that was given last goes
    first."""
    given = [each.seq for each in followed.request.steps if each.fact.act is RequestAct.SEATED]
    return followed.life.stage is not RequestStage.REGISTERED, max(given, default=0)

"""What does a scenario report? Counts that everybody can check again, and why it did not pass."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one scenario on one kind of database. ``why`` is empty when it passed.

    ``delayed``: ended only after the lease of a worker that was gone. ``uncertain``: nobody can tell whether it was
    sent, and the row says so. ``said``: what else was measured. ``skipped``: why it could not be made here.
    """

    planned: int = 0
    sent: int = 0
    lost: int = 0
    doubled: int = 0
    delayed: int = 0
    uncertain: int = 0
    why: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    skipped: str = ""

    @property
    def passed(self) -> bool:
        """Nothing was found that may not be."""
        return not self.why

    def also(self, *why: str, said: tuple[str, ...] = ()) -> "Outcome":
        """The same with more that was found, or measured."""
        return replace(self, why=(*self.why, *why), said=(*self.said, *said))


def added(*parts: Outcome) -> Outcome:
    """The parts of one scenario as one."""
    return Outcome(
        planned=sum(each.planned for each in parts),
        sent=sum(each.sent for each in parts),
        lost=sum(each.lost for each in parts),
        doubled=sum(each.doubled for each in parts),
        delayed=sum(each.delayed for each in parts),
        uncertain=sum(each.uncertain for each in parts),
        why=tuple(why for each in parts for why in each.why),
        said=tuple(said for each in parts for said in each.said),
        skipped=" ".join(each.skipped for each in parts if each.skipped),
    )

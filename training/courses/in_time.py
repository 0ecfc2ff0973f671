"""Which is the last class on the calendar in time for hours that somebody owes?

Asked of many people at once: what a class is about is looked up once for all whose rules are the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from db.records.courses import CourseOffering
from rules.standing import Measure, Standing, StandingLine
from training.courses.open_classes import OpenClasses
from training.packs import PackShelf
from training.standings.duties import lines_about

# By number of a class: the requirements that it is about.
About = Mapping[int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class ClassesInTime:
    """The classes that can be taken. A card or a test is nothing that hours on a calendar bring."""

    open: OpenClasses
    shelf: PackShelf
    _known: dict[tuple[tuple[str, ...], frozenset[str]], About] = field(default_factory=dict, compare=False)

    def last(self, standing: Standing, line: StandingLine, by: date) -> CourseOffering | None:
        """The last one to begin of those that are over by a day; None where there is none, or no hours are owed."""
        if line.measure is not Measure.HOURS or not self.open.classes:
            return None
        about = self._about(standing)
        fits = (each.offering for each in self.open.by(by) if line.requirement in about[each.offering.number])
        return max(fits, key=lambda each: each.starts_on, default=None)

    def _about(self, standing: Standing) -> About:
        rules = (standing.packs, frozenset(each.requirement for each in standing.lines))
        if rules not in self._known:
            self._known[rules] = {
                each.offering.number: frozenset(
                    line.requirement for line in lines_about(self.shelf, standing, each.offering.topics)
                )
                for each in self.open.classes
            }
        return self._known[rules]

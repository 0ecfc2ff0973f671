"""How do groups stand, without anybody in them? Numbers only, and never of a group so small that they point at one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from db.queries import agencies, reporting
from db.records.work import NewStanding
from messages.figures import GroupFacts
from rules.standing import StandingWord
from training.asking import Question
from training.standings.team import SMALLEST_GROUP, standing_of_people

Counts = Mapping[StandingWord, int]


@dataclass(frozen=True, slots=True)
class Group:
    """One unit, or several small ones together; ``words`` counts its people by their word."""

    units: tuple[str, ...]
    words: Counts

    @property
    def people(self) -> int:
        """How many there are."""
        return sum(self.words.values())


@dataclass(frozen=True, slots=True)
class Figures:
    """The agency and its groups. ``whole`` is None where the agency itself is too small for any figure."""

    whole: Group | None
    groups: tuple[Group, ...]
    on_leave: int
    unshown: int
    packs: tuple[str, ...]
    keep: tuple[NewStanding, ...]
    not_yet: int = 0


def figures_of(question: Question) -> Figures:
    """The agency's figures as of now, by unit, with small units merged."""
    roster = question.walls.roster(question.conn, question.agency_id)
    found = standing_of_people(
        question, [each for each in roster if each.person_id not in question.protected]
    )
    lines = reporting.lines_at(question.conn, question.agency_id, question.asker.now)
    names = {each.fact.unit_id: each.fact.name for each in agencies.units(question.conn, question.agency_id)}
    by_unit: dict[str, dict[StandingWord, int]] = {}
    total: dict[StandingWord, int] = {}
    for person, standing in found.rows:
        line = lines.get(person.person_id)
        unit = names.get(line.fact.unit_id, "") if line is not None else ""
        words = by_unit.setdefault(unit, {})
        words[standing.word] = words.get(standing.word, 0) + 1
        total[standing.word] = total.get(standing.word, 0) + 1
    whole = Group((), total)
    if whole.people < SMALLEST_GROUP:
        return Figures(None, (), 0, 0, (), found.keep)
    groups = merged(Group((unit,), words) for unit, words in by_unit.items())
    packs = tuple(dict.fromkeys(pack for _, standing in found.rows for pack in standing.packs))
    return Figures(
        whole,
        groups if len(groups) > 1 else (),
        found.on_leave,
        len(question.protected.intersection(each.person_id for each in roster)),
        packs,
        found.keep,
        found.not_yet,
    )


def group_facts(group: Group) -> GroupFacts:
    """Its numbers, as they are said."""
    return GroupFacts(
        units=group.units,
        people=group.people,
        met=group.words.get(StandingWord.YES, 0),
        open=group.words.get(StandingWord.NOT_YET, 0),
        overdue=group.words.get(StandingWord.OVERDUE, 0),
        unknown=group.words.get(StandingWord.UNKNOWN, 0),
    )


def merged(groups: Iterable[Group]) -> tuple[Group, ...]:
    """The same people in groups of at least five: the smallest is joined to the next, so none is left to subtract."""
    waiting = sorted(groups, key=lambda each: (each.people, each.units))
    while len(waiting) > 1 and waiting[0].people < SMALLEST_GROUP:
        first, second, *rest = waiting
        words = {
            word: first.words.get(word, 0) + second.words.get(word, 0)
            for word in {*first.words, *second.words}
        }
        joined = Group(tuple(sorted((*first.units, *second.units))), words)
        waiting = sorted((joined, *rest), key=lambda each: (each.people, each.units))
    return tuple(sorted(waiting, key=lambda each: each.units))

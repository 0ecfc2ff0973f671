"""How far do somebody's hours fill a choice: so many of several parts, or what is left of them?"""

from dataclasses import replace
from typing import NamedTuple

from rules.logic import every
from rules.model import Truth, Window
from rules.pack import ChoicePart, PartChoice, Requirement, Rest, UnsaidNumber
from rules.subject import NOTHING, CandidateRecord, Subject, own_topics
from rules.tally import Tally, candidates, tally


class Filled(NamedTuple):
    """The hours of a choice after its limits, the records that filled it, and whether it is complete.

    ``mixed``: the hours are there, and only the sources do not say whether they may be put together so.
    """

    counted: Tally
    complete: Truth
    mixed: bool = False


class _Block(NamedTuple):
    """One part with what it was filled by, never beyond its hours."""

    part: ChoicePart
    tally: Tally

    @property
    def whole(self) -> Truth:
        if self.tally.certain >= self.part.hours:
            return True
        return None if self.tally.possible >= self.part.hours else False


def fill(requirement: Requirement, subject: Subject, window: Window) -> Filled | None:
    """None for a duty whose hours simply add up."""
    if requirement.counts.choice is not None:
        return _chosen(requirement, requirement.counts.choice, subject, window)
    if requirement.counts.rest is not None:
        return _rest(requirement, requirement.counts.rest, subject, window)
    return None


def _chosen(requirement: Requirement, choice: PartChoice, subject: Subject, window: Window) -> Filled:
    must, among = _blocks(requirement, choice, subject, window)
    picked = among[: choice.choose]
    complete = every([*(block.whole for block in must), _so_many(among, choice.choose)])
    return Filled(_sum([*must, *picked]), complete)


def _rest(requirement: Requirement, rest: Rest, subject: Subject, window: Window) -> Filled:
    """The parts that the choice did not take, or the other topics; whether the two may be mixed is not settled."""
    of = subject.pack.requirement(rest.of)
    choice = of.counts.choice if of is not None else None
    dated = requirement.amount_for(window)
    if of is None or choice is None or dated is None or isinstance(dated.amount, UnsaidNumber):
        return Filled(Tally(NOTHING, NOTHING, (), ()), None)
    _, among = _blocks(of, choice, subject, window)
    left = among[choice.choose : choice.choose + rest.choose]
    blocks = _sum(left)
    others = tally(_about(requirement, rest.or_topics, subject), window)
    by_blocks = _so_many(among, choice.choose + rest.choose)
    if by_blocks is True or others.certain >= dated.amount:
        complete: Truth = True
    else:
        whole = sum((block.part.hours for block in left if block.whole is not False), NOTHING)
        complete = None if by_blocks is None or whole + others.possible >= dated.amount else False
    both = Tally(
        blocks.certain + others.certain,
        blocks.possible + others.possible,
        (*blocks.counted, *others.counted),
        (*blocks.doubtful, *others.doubtful),
    )
    return Filled(both, complete, mixed=complete is None and both.certain >= dated.amount)


def _blocks(
    requirement: Requirement, choice: PartChoice, subject: Subject, window: Window
) -> tuple[list[_Block], list[_Block]]:
    """The parts that must be, then those to choose among, the fullest first. A part of any topic takes what is left."""
    spare: list[CandidateRecord] = []
    must = [
        _block(part, _about(requirement, part.topics, subject), window, spare)
        for part in choice.must
        if part.topics is not None
    ]
    for part in choice.must:
        if part.topics is None:
            others = [
                entry
                for entry in _about(requirement, None, subject)
                if not _names_any(entry, choice, subject)
            ]
            must.append(_block(part, [*spare, *others], window, []))
    among = [_block(part, _about(requirement, part.topics, subject), window, []) for part in choice.among]
    return must, sorted(among, key=lambda block: (-block.tally.certain, -block.tally.possible))


def _block(
    part: ChoicePart, entries: list[CandidateRecord], window: Window, spare: list[CandidateRecord]
) -> _Block:
    """Filled in the order of the days up to the part's hours; what is above goes to ``spare``."""
    found = tally(entries, window)
    room = part.hours
    counted = []
    for entry in sorted(found.counted, key=lambda each: (each.on, each.completion.ref)):
        taken = min(entry.hours, room)
        room -= taken
        if taken:
            counted.append(entry._replace(hours=taken))
        if entry.hours > taken:
            spare.append(entry._replace(hours=entry.hours - taken))
    filled = Tally(part.hours - room, min(found.possible, part.hours), tuple(counted), found.doubtful)
    return _Block(part, filled)


def _so_many(blocks: list[_Block], wanted: int) -> Truth:
    """Whether so many parts are whole."""
    if sum(block.whole is True for block in blocks) >= wanted:
        return True
    return None if sum(block.whole is not False for block in blocks) >= wanted else False


def _sum(blocks: list[_Block]) -> Tally:
    return Tally(
        sum((block.tally.certain for block in blocks), NOTHING),
        sum((block.tally.possible for block in blocks), NOTHING),
        tuple(entry for block in blocks for entry in block.tally.counted),
        tuple(entry for block in blocks for entry in block.tally.doubtful),
    )


def _about(
    requirement: Requirement, topics: frozenset[str] | None, subject: Subject
) -> list[CandidateRecord]:
    """What could count toward a part, under the conditions of the whole duty."""
    return candidates(subject, replace(requirement, counts=replace(requirement.counts, topics=topics)))


def _names_any(entry: CandidateRecord, choice: PartChoice, subject: Subject) -> bool:
    """Whether a record names the topic of a part, which it then belongs to."""
    named = frozenset().union(*(part.topics or frozenset() for part in (*choice.must, *choice.among)))
    record = entry.completion
    return bool(own_topics(record.topic_hours or record.topics or (), subject.pack.topics) & named)

"""Which duties does a topic or a rule name mean for one person, and what does the rule itself say?"""

from collections.abc import Iterator

from messages.explain import RuleFacts
from messages.model import Link
from rules.case import plain
from rules.evaluate import Evaluation
from rules.finding import Finding
from rules.model import Window
from rules.pack import AtAllTimes, DatedAmount, Pack, Requirement, UnsaidNumber
from rules.standing import LineState, Standing, StandingLine
from training.packs import PACK_NOT_HELD, PackShelf

# How well a figure is known that the sources leave open for a window, whatever is known of the rest of the rule.
OPEN_FIGURE = "open"


def packs_of(shelf: PackShelf, standing: Standing) -> Iterator[Pack]:
    """The packs a standing was judged by, in those very versions; one that is not held any more is left out."""
    for name in standing.packs:
        pack = shelf.find(name)
        if pack is not None:
            yield pack


def rule_of(shelf: PackShelf, standing: Standing, requirement_id: str) -> tuple[Pack, Requirement] | None:
    """The rule behind a line."""
    for pack in packs_of(shelf, standing):
        requirement = pack.requirement(requirement_id)
        if requirement is not None:
            return pack, requirement
    return None


def rule_facts(pack: Pack, requirement: Requirement, finding: Finding | None = None) -> RuleFacts:
    """The rule as a reader may check it: the strongest reference first.

    Without the finding, and so without its window, a value that was ever changed is left undated.
    """
    governing = _governing(requirement, finding)
    # A figure that was not seen, or may not govern, is no better known than that, however good the rest of the rule.
    open_figure = governing is not None and (
        governing.amount is UnsaidNumber.NOT_LOADED or not governing.settled
    )
    known_since = governing is not None and governing.since.year > 1 and not open_figure
    return RuleFacts(
        short=requirement.short,
        label=requirement.label,
        pack=pack.name,
        duty=requirement.duty,
        citation=requirement.citation,
        sources=tuple(
            Link(reference.title, reference.href if reference.href.startswith("http") else "")
            for reference in requirement.references
        ),
        effective_from=governing.since if governing is not None and known_since else None,
        confidence=OPEN_FIGURE if open_figure else requirement.confidence.value,
        reviewed_on=requirement.reviewed_on,
    )


def _governing(requirement: Requirement, finding: Finding | None) -> DatedAmount | None:
    amounts = [amount for amount in requirement.amounts if amount.amount is not UnsaidNumber.NOTHING]
    if finding is None:
        return amounts[0] if len(amounts) == 1 else None
    dated = requirement.amount_for(finding.window) if finding.window is not None else None
    return dated or (amounts[-1] if amounts else None)


def lines_about(shelf: PackShelf, standing: Standing, topics: tuple[str, ...]) -> tuple[StandingLine, ...]:
    """The lines that concern a topic, the narrowest duty first: a floor before the total it is part of.

    Of a topic that no rule names, the rules that are not held may: their lines are the answer then.
    """
    wanted = {plain(topic) for topic in topics}
    found = []
    for line in standing.lines:
        rule = rule_of(shelf, standing, line.requirement)
        if rule is None:
            continue
        width = _width(*rule, wanted)
        if width is not None:
            found.append((width, line))
    if not found:
        return tuple(
            line for line in standing.lines if any(remark.code == PACK_NOT_HELD for remark in line.remarks)
        )
    narrowest = min(width for width, _ in found)
    return tuple(line for width, line in found if width == narrowest)


def _width(pack: Pack, requirement: Requirement, wanted: set[str]) -> int | None:
    """How many topics a duty counts, when one of the wanted ones is among them; None otherwise."""
    own = {
        name for topic in wanted for name in (pack.topics.get(topic, topic), pack.asked_as.get(topic, topic))
    }
    if requirement.short.lower() in wanted or requirement.id in wanted:
        return 0
    if isinstance(requirement.clock, AtAllTimes):
        covers = requirement.clock.covers
        return 1 if wanted & covers or (wanted & CARDS and covers & CARDS) else None
    topics = requirement.counts.topics
    if topics is None or requirement.counts.surplus_of:
        return None
    return len(topics) if topics & own else None


# One card often proves both, and people ask for it by either name.
CARDS = frozenset({"first-aid-cpr", "first-aid", "cpr"})


def other_pack_with(standing: Standing, packs: tuple[Pack, ...], topics: tuple[str, ...]) -> Pack | None:
    """A pack of the agency that has this topic and does not cover the person."""
    wanted = {plain(topic) for topic in topics}
    for pack in packs:
        if pack.name not in standing.packs and any(topic in pack.topics for topic in wanted):
            return pack
    return None


def finding_behind(evaluation: Evaluation, line: StandingLine) -> Finding | None:
    """The finding a line was made from."""
    for finding in evaluation.of(line.requirement):
        if finding.item == line.item and _label(finding.window) == line.window:
            return finding
    return None


def _label(window: Window | None) -> str | None:
    return None if window is None else window.label


def explained_first(standing: Standing) -> StandingLine | None:
    """The line that WHY is about when nobody named one: what decides the word, or the headline."""
    headline = standing.line(standing.headline) if standing.headline else None
    overdue = standing.in_state(LineState.OVERDUE)
    if overdue:
        return overdue[0]
    unknown = standing.in_state(LineState.UNKNOWN)
    if headline is not None and headline.state is not LineState.MET:
        return headline
    opened = standing.in_state(LineState.OPEN)
    decisive = [line for line in (*opened, *unknown) if line.decides]
    return decisive[0] if decisive else headline or (standing.lines[0] if standing.lines else None)

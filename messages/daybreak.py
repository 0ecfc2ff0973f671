"""What is said of a person whose standing changed by itself as a day began?"""

from dataclasses import dataclass
from datetime import date

from messages import wording
from messages.explain import RuleFacts
from messages.lines import line_label
from messages.model import Fact, Facts
from messages.trail import LineKind, TrailLine, rule_line
from messages.words import Words
from rules.standing import LineState, StandingLine, StandingWord

# Of a date that is met, or cannot be settled, nothing follows for the reader.
DATED = frozenset({LineState.OPEN, LineState.OVERDUE})


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedLine:
    """One duty whose state changed; ``before`` None is a new duty, ``after`` None one that is no longer owed.

    ``leads``: it counts inside no other duty.
    """

    line: StandingLine
    before: LineState | None
    after: LineState | None
    leads: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A person whose word, or a duty of theirs, changed when the day began; the most urgent duty first."""

    day: date
    person_id: int
    name: str
    before: StandingWord
    after: StandingWord
    changed: tuple[TurnedLine, ...]
    rules: tuple[RuleFacts, ...] = ()  # behind the first of them


def turn(facts: Turn, words: Words) -> TrailLine:
    """Which word became which, the most urgent duty that changed, and every other one behind it."""
    name = facts.name or words.say("trail-somebody")
    if facts.before is facts.after:
        said = [words.say("turn-still", name=name, word=facts.after.value)]
    else:
        said = [words.say("turn-word", name=name, before=facts.before.value, after=facts.after.value)]
    leading = [each for each in facts.changed if each.leads] or list(facts.changed)
    said += [_turned(each, facts.day, words) for each in leading[:1]]
    if len(leading) > 1:
        said.append(words.say_many("turn-more", len(leading) - 1))
    word = words.say("turn-states", before=facts.before.value, after=facts.after.value)
    rows = [Fact(words.say("trail-row-word"), word)] if facts.before is not facts.after else []
    rows += [Fact(line_label(each.line, words), _states(each, words)) for each in facts.changed]
    return TrailLine(
        kind=LineKind.TURN,
        time=wording.day_with_year(facts.day, words),
        sentence=" ".join(said),
        details=Facts(tuple(rows)),
        rules=tuple(rule_line(rule, words) for rule in facts.rules),
    )


def _turned(each: TurnedLine, day: date, words: Words) -> str:
    label, due = line_label(each.line, words), each.line.due_on
    if each.after is None:
        return words.say("turned-gone", label=label)
    if due is None or each.after not in DATED:
        return words.say(f"turned-{each.after.value}", label=label)
    return words.say(f"turned-{each.after.value}-due", label=label, day=wording.day(due, day, words))


def _states(each: TurnedLine, words: Words) -> str:
    before = words.say("turn-new" if each.before is None else f"state-{each.before.value}")
    after = words.say("turn-gone" if each.after is None else f"state-{each.after.value}")
    return words.say("turn-states", before=before, after=after)

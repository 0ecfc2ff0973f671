"""What does a reviewer decide about a certificate, and what is still to be done before it holds? One value, however it
was said."""

from dataclasses import dataclass

from messages.review import ReviewCode
from training.uploads.review import InReview
from training.uploads.review_rules import Checked, RulesVersion, steps_for, why_not
from training.uploads.values import Entry, in_order


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve:
    """It goes on record with these values; ``checked`` is what the reviewer compared with the file."""

    entries: tuple[Entry, ...]
    checked: Checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """It goes back to its sender. ``reason`` is a code, empty while none was given; ``text`` the reviewer's words."""

    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Refer:
    """A person looks into it."""


Decision = Approve | Return | Refer


@dataclass(frozen=True, slots=True)
class NotYet:
    """Why a decision does not hold yet, as a code, and the values that it is about."""

    why: ReviewCode
    values: tuple[str, ...] = ()


def not_yet(decision: Decision, under: InReview, rules: RulesVersion) -> NotYet | None:
    """What is still to be done before the decision may be written down; None when nothing is."""
    match decision:
        case Approve(entries=entries, checked=checked):
            steps = steps_for(rules, under.draft)
            why = why_not(steps, entries, checked, looked=under.looked)
            values = {"type-first": steps.typed, "confirm-first": steps.ticked}
            return None if why is None else NotYet(why, values.get(why, steps.confirmed))
        case Return(reason=reason):
            return None if reason else NotYet("why-first")
        case Refer():
            return None


def confirmed(decision: Approve, under: InReview, rules: RulesVersion) -> tuple[str, ...]:
    """The values that were compared with the file: what was ticked, and what the rules made its reviewer type."""
    return in_order((*decision.checked.confirmed, *steps_for(rules, under.draft).typed))

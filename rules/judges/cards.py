"""Cards that must cover every day: who is covered today, until when, and what relief a long leave gives."""

from collections.abc import Iterator
from datetime import date

from rules.finding import (
    Finding,
    if_it_applies,
    not_applicable,
    relief_for,
    relief_remark,
    unverified,
)
from rules.model import Card, ReliefKind, Span, Truth
from rules.pack import AtAllTimes, Requirement
from rules.periods import Length, day_after
from rules.standing import Remark
from rules.subject import Subject, longest, unbroken


def judge_cards(
    requirement: Requirement, clock: AtAllTimes, subject: Subject, applies: Truth, _: object
) -> Iterator[Finding]:
    """Met while every kind of cover holds today; due on the day the first of them ends."""
    as_of = subject.as_of
    if not requirement.decides:
        yield unverified(subject, requirement, applies, None)
        return
    relief = relief_for(subject, requirement, None, as_of)
    if relief is not None and relief.kind is not ReliefKind.EXTENSION:
        yield not_applicable(subject, requirement, relief_remark(relief), None)
        return
    cards = subject.facts.cards
    if cards is None:
        yield _found(requirement, subject, applies, None, None, False, [Remark("card-unknown")], None)
        return
    kinds = sorted(clock.covers)
    ends = [_cover_end(cards, kind, as_of) for kind in kinds]
    held = [end for end in ends if end is not None]
    remarks = []
    if len(held) == len(kinds):
        ends_on = min(held)
        yield _found(
            requirement, subject, applies, True, ends_on, False, [], _next_turn(clock, subject, cards)
        )
        return
    if any(_doubtful(card, kind, as_of) for card in cards for kind in kinds):
        remarks.append(Remark("card-unknown"))
        turn = _next_turn(clock, subject, cards)
        yield _found(requirement, subject, applies, None, None, False, remarks, turn)
        return
    missing = [kind for kind, end in zip(kinds, ends, strict=True) if end is None]
    lapses = [_last_end(cards, kind, as_of) for kind in missing]
    known = [end for end in lapses if end is not None]
    due_on = min(known) if len(known) == len(missing) and known else None
    remarks.append(Remark("card-gap", (("missing", ", ".join(missing)),)))
    overdue = True
    changes_on = _next_turn(clock, subject, cards)
    until = _relief_until(clock, subject)
    if until is not None:
        facts = (("until", until.isoformat() if until != date.max else ""),)
        remarks.append(Remark("leave-relief", facts))
    if relief is not None and relief.new_due is not None and relief.new_due >= as_of:
        until = max(until, relief.new_due) if until is not None else relief.new_due
        remarks.append(relief_remark(relief))
    if until is not None:
        due_on = until if until != date.max else None
        overdue = False
    yield _found(requirement, subject, applies, False, due_on, overdue, remarks, changes_on)


def _next_turn(clock: AtAllTimes, subject: Subject, cards: tuple[Card, ...]) -> date | None:
    """The next day on which a card begins or has ended, or a leave earns or uses up its relief."""
    days: list[date] = []
    for card in cards:
        if card.valid_from is not None:
            days.append(card.valid_from)
        if card.valid_to is not None:
            days += (card.valid_to, day_after(card.valid_to))
    if clock.leave_days is not None and clock.relief_days is not None:
        for leave in unbroken(subject.facts.leave):
            days.append(Length(days=clock.leave_days).after(leave.start))
            if leave.back_on is not None:
                days.append(day_after(Length(days=clock.relief_days).after(leave.back_on)))
    return min((day for day in days if day > subject.as_of), default=None)


def _found(
    requirement: Requirement,
    subject: Subject,
    applies: Truth,
    satisfied: Truth,
    due_on: date | None,
    overdue: bool,
    remarks: list[Remark],
    changes_on: date | None,
) -> Finding:
    satisfied = if_it_applies(applies, satisfied, remarks)
    past_due = due_on is None or subject.as_of > due_on
    return Finding(
        subject.pack,
        requirement,
        applies,
        satisfied,
        True,
        due_on=due_on,
        overdue=overdue and satisfied is False,
        past_due=past_due,
        remarks=tuple(remarks),
        changes_on=changes_on,
    )


def _cover_end(cards: tuple[Card, ...], kind: str, day: date) -> date | None:
    spans = [
        Span(card.valid_from, card.valid_to)
        for card in cards
        if kind in card.covers and card.valid_from is not None and card.valid_to is not None
    ]
    return longest(spans, day)


def _doubtful(card: Card, kind: str, day: date) -> bool:
    """A card that may cover the day: a date is missing, or it ends before it begins."""
    if kind not in card.covers:
        return False
    if card.valid_from is not None and card.valid_to is not None:
        return card.valid_to < card.valid_from and card.valid_to <= day
    known = card.valid_to or card.valid_from
    if known is None:
        return True
    return known >= day if card.valid_to is not None else known <= day


def _last_end(cards: tuple[Card, ...], kind: str, day: date) -> date | None:
    return max(
        (
            card.valid_to
            for card in cards
            if kind in card.covers and card.valid_to is not None and card.valid_to < day
        ),
        default=None,
    )


def _relief_until(clock: AtAllTimes, subject: Subject) -> date | None:
    """The last day of relief after a long leave; ``date.max`` while the leave lasts; None without relief."""
    if clock.leave_days is None or clock.relief_days is None:
        return None
    as_of = subject.as_of
    for leave in unbroken(subject.facts.leave):
        back_on = leave.back_on
        if leave.start > as_of:
            continue
        if back_on is None or back_on > as_of:
            if (as_of - leave.start).days >= clock.leave_days:
                return date.max
        elif (back_on - leave.start).days >= clock.leave_days:
            until = Length(days=clock.relief_days).after(back_on)
            if as_of <= until:
                return until
    return None

"""As of which moment is something asked? What the words ask without their moment decides whether it is theirs.

"Status on June 3" asks how things stand on that day; "a class on June 3" names a day of its own; words that are only
handed on to a person are about no moment.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reading.text.dates import find_dates
from reading.text.model import ABOUT_ONESELF, ASK_BELOW, RISKY, AskedMoment, TextContext, Understood
from reading.text.moments import Parted, may_name_its_days, part
from reading.text.normal import own_words
from reading.text.phrases import phrases
from reading.text.tickets import answer_given, feedback_given

Words = Callable[[str], Understood]
"""What words mean that name no moment."""

# Questions whose answer is about a day and a state of the file; any other keeps a day as a day.
_AT_A_MOMENT = ABOUT_ONESELF | {
    "what_if",
    "explain_requirement",
    "training_history",
    "team_status",
    "person_status",
    "overdue_list",
    "at_risk_list",
}
_JOINING = frozenset({"and", "also", "ok", "so", "then", "but", "what", "how", "about"})
# What was written down on a day is that day of the log: "log on June 3" has the day, "log as of June 3" the moment.
_OF_DAYS = frozenset({"log", "who-saw"})
_SEEN_AT_A_MOMENT = _OF_DAYS | {
    "completeness",
    "duplicates",
    "figures",
    "intake",
    "list",
    "missing",
    "picture",
    "record",
    "why",
}
# "history on June 3" is about that day of the history, a deadline by then is a deadline, a class on it a class.
_ONLY_WHEN_SURE = frozenset(
    {"deadline_next", "credential_expiry", "training_history", "explain_requirement", "what_if"}
)
# Lists that are about now only: with a moment behind them they are still these lists, and the answer says so.
_OF_NOW = frozenset({"content-list", "disposals", "holds", "openings"})
_AFTER = re.compile(r"\bafter\b")
_LIMIT = re.compile(r"\b(?:before|by|prior to|through|thru|till?|until|up to)\b")
_BEHIND = re.compile(
    r"\s*\b(?:after|before|by|during|for|from|in|of|on|prior to|since|through|thru|till?|until|up to)(?: the)?\s*$"
)


@dataclass(frozen=True, slots=True)
class _Beside:
    """A day named beside a question: what is asked without it, and what the whole message is taken for with it."""

    parted: Parted
    rest: Understood
    whole: Understood
    today: date

    @property
    def asked_at_it(self) -> Understood:
        """The question, as of the day."""
        return _at(self.rest, self.parted)


def at_its_moment(text: str, words: Words, *, today: date, context: TextContext | None) -> Understood:
    """What is asked, with the moment that it is about where the text names one."""
    if handed_on := answer_given(text) or feedback_given(text, today):
        return handed_on
    parted = part(own_words(text), today=today)
    if parted is None:
        return _log_of_days(text, today) or words(text)
    if parted.sure:
        return _same_question(parted, context) or _by_its_clause(text, parted, words, today, context)
    return (
        _log_of_days(text, today)
        or _same_question(parted, context)
        or _beside_a_day(_Beside(parted, words(parted.rest or "status"), words(text), today))
    )


def _by_its_clause(
    text: str, parted: Parted, words: Words, today: date, context: TextContext | None
) -> Understood:
    """ "As of June 3", "as known on March 2": the words can mean nothing else, but not every question has a moment."""
    if may_name_its_days(parted.rest):
        # "Log of March 1 as known on March 2": the days of the log are named beside the moment.
        rest = at_its_moment(parted.rest, words, today=today, context=context)
    else:
        rest = words(parted.rest or "status")
    if _has_a_moment(rest) or rest.command in _OF_NOW:
        return _at(rest, parted)
    whole = words(text)
    return _at(rest, parted) if _is_typed(parted, rest, whole) else whole


def _beside_a_day(said: _Beside) -> Understood:
    """A day was only named: what the question is decides whether the answer is about that day."""
    return (
        _day_outside_a_name(said)
        or _deadline_that_is_over(said)
        or _question_with_its_own_day(said)
        or _question_of_that_day(said)
        or _word_of_ours(said)
        or said.whole
    )


def _day_outside_a_name(said: _Beside) -> Understood | None:
    """ "Completeness of Ruiz on June 3": the day is no part of the name."""
    is_same = said.rest.command is not None and said.rest.command == said.whole.command
    return said.asked_at_it if is_same and _asks_of_a_day(said.rest) and said.parted.moment.as_of else None


def _deadline_that_is_over(said: _Beside) -> Understood | None:
    """What was due on a day that is over is asked as of that day."""
    day = said.parted.moment.as_of
    is_over = day is not None and day < said.today and _has_its_own_day(said)
    is_due = said.rest.intent == said.whole.intent == "deadline_next"
    return said.asked_at_it if is_over and is_due else None


def _question_with_its_own_day(said: _Beside) -> Understood | None:
    """A class on June 3, a deadline by then: any other question keeps a day as a day."""
    return said.whole if _has_its_own_day(said) else None


def _question_of_that_day(said: _Beside) -> Understood | None:
    """ "Was I good on June 3": asked as of that day."""
    return said.asked_at_it if _asks_of_a_day(said.rest) else None


def _word_of_ours(said: _Beside) -> Understood | None:
    return said.asked_at_it if _is_typed(said.parted, said.rest, said.whole) else None


def _same_question(parted: Parted, context: TextContext | None) -> Understood | None:
    """ "And on June 3?" is the question before it, for that day; a supposed class would be on it."""
    if context is None or context.intent not in _AT_A_MOMENT or not _only_joins(parted.rest):
        return None
    if context.intent == "what_if" and not parted.sure:
        return None
    same = Understood(intent=context.intent, slots=context.slots, confidence=0.85, follow_up=True)
    return _at(same, parted)


def _is_typed(parted: Parted, rest: Understood, whole: Understood) -> bool:
    """A single word may be one that our own answers told somebody to type, and only the caller knows those."""
    return len(parted.rest.split()) == 1 and rest.intent not in RISKY and whole.confidence < ASK_BELOW


def _has_its_own_day(said: _Beside) -> bool:
    whole = said.whole
    is_other = whole.intent not in _AT_A_MOMENT - _ONLY_WHEN_SURE and whole.confidence >= ASK_BELOW
    return is_other and not said.rest.follow_up


def _log_of_days(text: str, today: date) -> Understood | None:
    """A log looks back: at a day or a stretch of days, or at all until one."""
    lower = " ".join(own_words(text).casefold().split()).strip(" .?!")
    pieces = list(find_dates(lower, today=today))
    if len(pieces) != 1 or lower[pieces[0].end :].strip():
        return None
    piece = pieces[0]
    words = f"{lower[: piece.start]}{lower[piece.start : piece.end]}"
    phrase = _BEHIND.sub("", lower[: piece.start]).strip(" ,(")
    asked = phrases().get(phrase)
    if asked is None or asked[1] not in _OF_DAYS:
        return None
    log = Understood(intent=asked[0], confidence=0.95, command=asked[1], rest=phrase)
    first, last = piece.back
    if _AFTER.search(words):
        first, last = last + timedelta(days=1), today
    elif limit := _LIMIT.search(words):
        day = first - timedelta(days=1) if limit[0].startswith(("before", "prior")) else last
        return replace(log, moment=AskedMoment(as_of=day))
    return replace(log, slots={"date": first} if first == last else {"date_range": (first, last)})


def _only_joins(rest: str) -> bool:
    return not set(re.findall(r"[a-z]+", rest.casefold())) - _JOINING


def _has_a_moment(asked: Understood) -> bool:
    """Whether the answer is about a day and a state of the file at all."""
    if asked.command is not None:
        return asked.command in _SEEN_AT_A_MOMENT
    return asked.intent in _AT_A_MOMENT


def _asks_of_a_day(asked: Understood) -> bool:
    """The same where a day was only named: what is surely asked, and has no days of its own."""
    if asked.command is not None or asked.follow_up:
        return _has_a_moment(asked)
    return asked.intent in _AT_A_MOMENT - _ONLY_WHEN_SURE and asked.confidence >= ASK_BELOW


def _at(rest: Understood, parted: Parted) -> Understood:
    day = parted.moment.as_of or parted.moment.known_on
    dated = day is not None and rest.command is None and rest.intent in _AT_A_MOMENT - _ONLY_WHEN_SURE
    slots = {**rest.slots, "date": day} if day is not None and dated else rest.slots
    moment = None if parted.moment == AskedMoment() else parted.moment
    return replace(rest, slots=slots, moment=moment, rest=parted.rest)

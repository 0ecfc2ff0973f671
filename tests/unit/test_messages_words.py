"""The catalogue is strict, and there is one way to write a date, an hour and a name."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages import wording
from messages.remarks import remark_sentence
from messages.words import FactsMismatchError, UnknownSentenceError, load
from rules.standing import Remark

WORDS = load()
TODAY = date(2027, 3, 2)


def test_an_unknown_sentence_is_an_error() -> None:
    with pytest.raises(UnknownSentenceError):
        WORDS.say("no-such-sentence")


@pytest.mark.parametrize("facts", [{}, {"options": "A", "extra": "B"}, {"option": "A"}])
def test_a_sentence_takes_exactly_the_facts_it_names(facts: dict[str, str]) -> None:
    with pytest.raises(FactsMismatchError):
        WORDS.say("reply-with", **facts)


def test_a_sentence_that_counts_needs_a_number_and_another_refuses_one() -> None:
    with pytest.raises(FactsMismatchError):
        WORDS.say("days")
    with pytest.raises(FactsMismatchError):
        WORDS.say_many("thanks", 2)


def test_braces_in_a_fact_are_not_read_as_places() -> None:
    assert WORDS.say("reply-with", options="{name}") == "Reply {name}."


@pytest.mark.parametrize(("n", "said"), [(0, "0 days left"), (1, "1 day left"), (120, "120 days left")])
def test_days_left_agree_with_their_number(n: int, said: str) -> None:
    assert WORDS.say_many("days-left", n) == said


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("31.50", "31.5 h"),
        ("4.00", "4 h"),
        ("1E+1", "10 h"),
        ("0.25", "0.25 h"),
        ("0", "0 h"),
        ("100", "100 h"),
    ],
)
def test_hours_are_exact_without_trailing_zeros(hours: str, said: str) -> None:
    assert wording.hours(Decimal(hours), WORDS) == said


@given(st.decimals(min_value=0, max_value=10_000, places=2))
def test_written_hours_are_the_same_number(hours: Decimal) -> None:
    assert Decimal(wording.number(hours)) == hours


def test_a_date_carries_its_year_only_outside_this_year() -> None:
    assert wording.day(date(2027, 6, 30), TODAY, WORDS) == "Jun 30"
    assert wording.day(date(2028, 6, 30), TODAY, WORDS) == "Jun 30 2028"
    assert wording.moment(datetime(2027, 3, 2, 4, 5), WORDS) == "Mar 2 2027 04:05"  # noqa: DTZ001 - wall time as said


@pytest.mark.parametrize(
    ("days", "said"), [(120, "120 days left"), (0, "last day today"), (-3, "3 days ago")]
)
def test_time_left_has_words_for_today_and_the_past(days: int, said: str) -> None:
    assert wording.days_left(TODAY + timedelta(days=days), TODAY, WORDS) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        ("0.04", "0 seconds"),
        ("1", "1 second"),
        ("7.25", "7.3 seconds"),
        ("59.4", "59.4 seconds"),
        ("59.6", "1 minute"),
        ("92.5", "1 minute 33 seconds"),
        ("3599.6", "1 hour"),
        ("5400", "1 hour 30 minutes"),
        ("86399", "1 day"),
        ("187200", "2 days 4 hours"),
    ],
)
def test_how_long_something_took_is_said_in_the_units_that_fit_it(seconds: str, said: str) -> None:
    assert wording.lasting(timedelta(milliseconds=int(Decimal(seconds) * 1000)), WORDS) == said


def test_a_card_that_is_missing_has_its_name() -> None:
    gap = Remark("card-gap", (("missing", "cpr, first-aid"),))
    assert remark_sentence(gap, TODAY, WORDS) == "No valid card for CPR, first aid is on file."


def test_lists_shorten_visibly() -> None:
    assert wording.first_of(["a", "b", "c"], 2, WORDS) == "a, b and 1 more"
    assert wording.joined_or(["NEXT", "WHY", "MENU"], WORDS) == "NEXT, WHY or MENU"
    assert wording.joined_and(["one"], WORDS) == "one"


def test_a_window_is_named_with_both_years() -> None:
    assert wording.window_label("2024-07-01/2027-06-30", WORDS) == "Jul 1 2024 to Jun 30 2027"
    assert wording.window_label("2027", WORDS) == "2027"
    assert wording.window_label(None, WORDS) == ""


# Codes that the rules and the packs may attach; the structure test finds those in use.
PROMISED = [
    "before-window",
    "after-window",
    "after-as-of",
    "wrong-topic",
    "no-topic",
    "topic-unclear",
    "approval-missing",
    "approval-unknown",
    "instructor-hours",
    "not-passed",
    "never-counts",
    "date-missing",
    "hours-missing",
    "condition-unknown",
    "cycle-unknown",
    "cycle-computed",
    "cycle-extended-by-leave",
    "history-incomplete",
    "rule-unverified",
    "applies-unknown",
    "not-applicable",
    "sources-differ-on-date",
    "split-hours-unclear",
    "enforcement-deferred",
    "card-gap",
    "card-unknown",
    "cards-must-all-cover",
    "leave-relief",
    "on-leave",
    "return-duty",
    "lapsed-on",
    "exempt",
    "extension",
    "waiver",
    "new-licensee-no-proration",
    "first-window-not-owed",
    "year-not-loaded",
    "credit-doubtful",
    "duplicate-suspected",
    "no-records",
    "applied-to-window",
]


@pytest.mark.parametrize("code", PROMISED)
def test_every_reason_has_a_sentence_with_or_without_facts(code: str) -> None:
    assert remark_sentence(Remark(code), TODAY, WORDS).endswith(".")


def test_a_reason_says_its_facts_in_words() -> None:
    assert remark_sentence(Remark("exempt", (("until", "2028-01-31"),)), TODAY, WORDS) == (
        "Exempt until Jan 31 2028 by an approved record."
    )
    assert remark_sentence(Remark("approval-unknown", (("records", "1"),)), TODAY, WORDS) == (
        "Board approval is not on file for 1 record."
    )
    assert remark_sentence(Remark("history-incomplete", (("from", ""),)), TODAY, WORDS) == (
        "The history is not complete for this period."
    )


def test_a_reason_without_a_sentence_is_an_error() -> None:
    with pytest.raises(UnknownSentenceError):
        remark_sentence(Remark("no-such-reason"), TODAY, WORDS)

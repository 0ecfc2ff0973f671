"""Which words of a question name its day and its file, and which only look as if they did?"""

import sys
from datetime import date, time
from types import FrameType

import pytest

from reading.text.model import AskedMoment, TextContext
from reading.text.understand import understand

TODAY = date(2027, 3, 2)


def moment(text: str) -> AskedMoment | None:
    """The moment of a question asked on Tuesday, 2 March 2027."""
    return understand(text, channel="terminal", role="supervisor", today=TODAY, surnames=("Ruiz",)).moment


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("status as of 2026-12-31", date(2026, 12, 31)),
        ("Am I good as of 12/31/2026?", date(2026, 12, 31)),
        ("was I good on Jan 5", date(2027, 1, 5)),
        ("was i good yesterday", date(2027, 3, 1)),
        ("was ruiz good last friday", date(2027, 2, 26)),
        ("how many hours did i have 3 months ago", date(2026, 12, 2)),
        ("am i good on june 30", date(2027, 6, 30)),
        ("will i be good by june 30", date(2027, 6, 30)),
        ("will ruiz be good on june 30", date(2027, 6, 30)),
        ("was i good on taser on feb 1", date(2027, 2, 1)),
        ("who was overdue on feb 1", date(2027, 2, 1)),
        ("team as of the end of june", date(2027, 6, 30)),
    ],
)
def test_the_day_that_is_asked_about(text: str, as_of: date) -> None:
    assert moment(text) == AskedMoment(as_of=as_of)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("status as known on feb 1", AskedMoment(known_on=date(2027, 2, 1))),
        ("status as known on feb 1 2027", AskedMoment(known_on=date(2027, 2, 1))),
        (
            "status as known on feb 1 at 2:10 pm",
            AskedMoment(known_on=date(2027, 2, 1), known_at=time(14, 10)),
        ),
        ("hours as known on 2027-02-01T14:10", AskedMoment(known_on=date(2027, 2, 1), known_at=time(14, 10))),
        ("hours as known on feb 1 at 1410", AskedMoment(known_on=date(2027, 2, 1), known_at=time(14, 10))),
        ("history as it was recorded on feb 1", AskedMoment(known_on=date(2027, 2, 1))),
        ("what did my file say on feb 1?", AskedMoment(known_on=date(2027, 2, 1))),
        ("What did Ruiz's record show on Feb 1", AskedMoment(known_on=date(2027, 2, 1))),
        (
            "list as known on feb 1 2027 and as of jan 5 2027",
            AskedMoment(as_of=date(2027, 1, 5), known_on=date(2027, 2, 1)),
        ),
        (
            "status as of jan 5 as known on feb 1 14:10",
            AskedMoment(as_of=date(2027, 1, 5), known_on=date(2027, 2, 1), known_at=time(14, 10)),
        ),
    ],
)
def test_the_file_that_is_asked_about(text: str, expected: AskedMoment) -> None:
    assert moment(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "am i good", "am i good as of now", "am i good on taser", "is it good on paper", "request a class on june 3",
        "did i take a class on feb 3", "what did i complete on feb 3", "move ruiz to b shift on june 3",
        "what if i take 4 hours on june 3", "approve ruiz as of june 3", "stop as of today", "deadlines 30",
        "is the new policy in force as of june 3", "i am on leave as of june 3", "history 2026",
    ],
)  # fmt: skip
def test_what_is_no_moment(text: str) -> None:
    assert moment(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "status as of june", "hours as known on the day of the shooting", "team as of 2026", "am i good in july",
        "am i good before 2026-12-31", "am i good after june 3", "am i good next week", "am i good in 2028",
        "am i good on 31/12/2027", "am i good on feb 30", "status on Feb 30", "am i good on july 28 and august 30",
        "was i good a year ago today", "will i be good a week from today", "am i good this weekend",
    ],
)  # fmt: skip
def test_words_that_name_no_single_day_are_kept_as_they_are(text: str) -> None:
    found = moment(text)
    assert found is not None
    assert found.unread
    assert found.as_of is found.known_on is None


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("am I good 2026-12-31", date(2026, 12, 31)),
        ("am i good july 28", date(2027, 7, 28)),
        ("am I good (2026-06-30)?", date(2026, 6, 30)),
        ("am i good @ 2026-06-30", date(2026, 6, 30)),
        ("am I good until 2027-12-31", date(2027, 12, 31)),
        ("am i good by end of june", date(2027, 6, 30)),
        ("am i good tomorrow", date(2027, 3, 3)),
        ("am i good in 3 weeks", date(2027, 3, 23)),
        ("am i good on 2027/06/30", date(2027, 6, 30)),
        ("am i good on 20270630", date(2027, 6, 30)),
        ("was ruiz good 2027-02-20", date(2027, 2, 20)),
        ("On 2026-12-31, was I good?", date(2026, 12, 31)),
        ("status 2026-12-31", date(2026, 12, 31)),
        ("was i good the day before yesterday", date(2027, 2, 28)),
        ("was i good two weeks ago", date(2027, 2, 16)),
        ("was i good on march 20", date(2026, 3, 20)),
        ("status as of march 1", date(2027, 3, 1)),
        ("history as of dec 31", date(2026, 12, 31)),
        ("who will be overdue by june 30", date(2027, 6, 30)),
    ],
)
def test_a_day_is_never_left_out(text: str, as_of: date) -> None:
    assert moment(text) == AskedMoment(as_of=as_of)


@pytest.mark.parametrize("text", ["am i good this year", "am i good this month", "am i good in 2027"])
def test_a_time_that_holds_today_is_now(text: str) -> None:
    assert moment(text) is None


def test_a_day_alone_goes_on_with_the_question_before_it() -> None:
    found = understand(
        "and on 2026-12-31?",
        channel="sms",
        role="officer",
        today=TODAY,
        context=TextContext(intent="status_topic", slots={"topic": "autism"}),
    )
    assert (found.intent, found.slots["topic"]) == ("status_topic", "autism")
    assert found.moment == AskedMoment(as_of=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("log as of march 1", AskedMoment(as_of=date(2027, 3, 1))),
        ("log until march 1", AskedMoment(as_of=date(2027, 3, 1))),
        ("log before march 1", AskedMoment(as_of=date(2027, 2, 28))),
        ("log as known on feb 1 14:10", AskedMoment(known_on=date(2027, 2, 1), known_at=time(14, 10))),
        ("who saw my record as of feb 1", AskedMoment(as_of=date(2027, 2, 1))),
        ("duplicates as known on feb 1", AskedMoment(known_on=date(2027, 2, 1))),
        ("completeness of ruiz on dec 31", AskedMoment(as_of=date(2026, 12, 31))),
        ("completeness 2026 as known on feb 1", AskedMoment(known_on=date(2027, 2, 1))),
        ("what if i take 4 hours on june 3 as of june 30", AskedMoment(as_of=date(2027, 6, 30))),
        ("what if i take 4 hours on june 3 as known on feb 1", AskedMoment(known_on=date(2027, 2, 1))),
        ("what if i had taken 4 hours, as of dec 31", AskedMoment(as_of=date(2026, 12, 31))),
        ("what if i take 4 hours as of dec 31", AskedMoment(as_of=date(2027, 12, 31))),
        ("history 2026 as known on feb 1", AskedMoment(known_on=date(2027, 2, 1))),
        ("log of feb 26 as known on march 1", AskedMoment(known_on=date(2027, 3, 1))),
        ("was i overdue on feb 1", AskedMoment(as_of=date(2027, 2, 1))),
    ],
)
def test_what_is_no_answer_about_oneself_has_its_moment_too(text: str, expected: AskedMoment) -> None:
    assert moment(text) == expected


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("log of march 1", {"date": date(2027, 3, 1)}),
        ("show the log on june 3", {"date": date(2026, 6, 3)}),
        ("log yesterday", {"date": date(2027, 3, 1)}),
        ("log last week", {"date_range": (date(2027, 2, 22), date(2027, 2, 28))}),
        ("log since feb 26", {"date_range": (date(2027, 2, 26), TODAY)}),
        ("log after feb 26", {"date_range": (date(2027, 2, 27), TODAY)}),
        ("who saw my record in february", {"date_range": (date(2027, 2, 1), date(2027, 2, 28))}),
        ("log of feb 26 as known on march 1", {"date": date(2027, 2, 26)}),
        ("completeness 2026 as known on feb 1", {"of": "2026"}),
    ],
)
def test_days_of_a_log_and_the_year_of_a_history_stay_what_they_are(
    text: str, slots: dict[str, object]
) -> None:
    assert understand(text, channel="terminal", role="coordinator", today=TODAY).slots == slots


def calls_for(text: str) -> int:
    """How much is done to understand a text, in calls of functions: the same on every machine."""
    calls = 0

    def heard(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(heard)
    try:
        understand(text, channel="sms", role="officer", today=TODAY)
    finally:
        sys.setprofile(None)
    return calls


def test_a_text_of_nothing_but_clauses_is_not_read_again_for_each_of_them() -> None:
    few, many = "log as of " * 3, "log as of " * 90
    calls_for(few)  # tables are read with the first text
    assert calls_for(many) < 20 * calls_for(few)

"""Words first and then the file: the earlier words count when they tell of a class, and when they are fresh."""

import pytest

from tests.fakes.reader import UNREADABLE, certificate
from tests.scenario.cast import Agency
from tests.scenario.upload_cast import OTHER_PHOTO, PHOTO, RUIZ, as_text, reading_as, sends

READ = {PHOTO: UNREADABLE, OTHER_PHOTO: UNREADABLE}


def later(agency: Agency, clock: str) -> None:
    agency.at(f"2027-03-02 {clock}")


@pytest.mark.parametrize(
    "text",
    [
        "autism class today 4 hrs",
        "autism 4h",
        "done with autism 4h today",
        "finished the autism class, 4 hours",
    ],
)
def test_words_of_a_moment_ago_are_taken_with_the_file(embedded: Agency, text: str) -> None:
    with reading_as(embedded, READ) as agency:
        later(agency, "14:10")
        agency.text(RUIZ, text)
        later(agency, "14:20")
        got = as_text(agency, sends(agency, RUIZ, PHOTO))
        assert got.startswith("Got it: U-3001. From your text: Autism, 4 h")
        assert "Your text of Mar 2 2027 14:10 is taken with it." in got


@pytest.mark.parametrize(
    "text",
    [
        "what if i take autism 4 hours on mar 18",
        "is my cpr good on mar 4",
        "did i get 4 hours for autism on mar 2",
        "do i have 4 hours of autism",
        "when is the next autism class",
        "feedback the list is 4 hours too long",
        "am i good?",
        "hours left",
    ],
)
def test_a_question_is_not_taken_with_the_file(embedded: Agency, text: str) -> None:
    with reading_as(embedded, READ) as agency:
        agency.text(RUIZ, text)
        got = as_text(agency, sends(agency, RUIZ, PHOTO))
        assert "is taken with it" not in got
        assert "Still needed: class title, date, hours" in got


def test_what_was_said_longer_ago_was_about_something_else(embedded: Agency) -> None:
    with reading_as(embedded, READ) as agency:
        later(agency, "14:10")
        agency.text(RUIZ, "autism class today 4 hrs")
        later(agency, "14:21")
        assert "is taken with it" not in as_text(agency, sends(agency, RUIZ, PHOTO))


def test_only_the_last_words_count(embedded: Agency) -> None:
    with reading_as(embedded, READ) as agency:
        agency.text(RUIZ, "autism class today 4 hrs")
        agency.text(RUIZ, "am i good?")
        assert "is taken with it" not in as_text(agency, sends(agency, RUIZ, PHOTO))


def test_words_beside_the_file_are_all_that_counts(embedded: Agency) -> None:
    with reading_as(embedded, READ) as agency:
        agency.text(RUIZ, "autism class today 4 hrs")
        got = as_text(agency, sends(agency, RUIZ, PHOTO, text="cpr yesterday 2 hrs"))
        assert "Autism" not in got
        assert "2 h, Mar 1 2027" in got


def test_what_was_said_of_one_certificate_is_not_said_of_the_next(embedded: Agency) -> None:
    with reading_as(embedded, READ) as agency:
        sends(agency, RUIZ, PHOTO, text="autism class today 4 hrs")
        assert "is taken with it" not in as_text(agency, sends(agency, RUIZ, OTHER_PHOTO))
        agency.text(RUIZ, "6 hours")
        assert "is taken with it" not in as_text(agency, sends(agency, RUIZ, PHOTO + b"."))


def test_nothing_is_taken_over_into_another_conversation(embedded: Agency) -> None:
    with reading_as(embedded, READ) as agency:
        agency.text(RUIZ, "autism class today 4 hrs")
        got = sends(agency, RUIZ, PHOTO, channel="slack")
        assert "is taken with it" not in as_text(agency, got)


def test_what_the_file_says_otherwise_is_asked(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate(hours="6")}) as agency:
        agency.text(RUIZ, "autism class today 4 hrs")
        got = as_text(agency, sends(agency, RUIZ, PHOTO))
        assert "The certificate reads 6 h, your text says 4 h. Which is right?" in got

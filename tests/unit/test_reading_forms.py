"""What is entered into a form is read strictly, and nothing that anybody may send gets further than a sentence."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.forms import FieldError, errors_lead, with_errors
from messages.model import ChoiceField, Form, NumberField
from messages.words import load
from reading.forms import LONGEST_ENTRY, EntryProblem, read_choice, read_day, read_hours

WORDS = load()
MOST = Decimal(80)
FIRST, LAST = date(2017, 3, 2), date(2037, 3, 2)
CHOICES = ("autism", "bias-crimes", "x" * (LONGEST_ENTRY + 1))
ANYTHING = st.lists(
    st.one_of(st.text(max_size=60), st.sampled_from(["4", "2027-03-18", "autism"])), max_size=3
)


@pytest.mark.parametrize(
    ("entered", "hours"),
    [
        (("4",), "4"),
        ((" 4.0 ",), "4.0"),
        (("2.25",), "2.25"),
        (("2,25",), "2.25"),
        ((".5",), "0.5"),
        (("4.",), "4"),
        (("+4",), "4"),
        (("80",), "80"),
        (("0.25",), "0.25"),
        (("4", "4"), "4"),
        (("", "4"), "4"),
        (("00004",), "4"),
    ],
)
def test_hours_are_read_as_people_write_them(entered: Sequence[str], hours: str) -> None:
    found = read_hours(entered, most=MOST)

    assert (found.value, found.problem) == (Decimal(hours), None)


@pytest.mark.parametrize(
    ("entered", "problem"),
    [
        ((), "empty"),
        (("",), "empty"),
        (("   \t\n",), "empty"),
        (("4", "5"), "several"),
        (("four",), "not-a-number"),
        (("4 h",), "not-a-number"),
        (("NaN",), "not-a-number"),
        (("sNaN",), "not-a-number"),
        (("Infinity",), "not-a-number"),
        (("-inf",), "not-a-number"),
        (("1e5",), "not-a-number"),
        (("1E-5",), "not-a-number"),
        (("0x10",), "not-a-number"),
        (("1_0",), "not-a-number"),
        (("1.2.3",), "not-a-number"),
        (("1,000.5",), "not-a-number"),
        (("--4",), "not-a-number"),
        (("\u0664",), "not-a-number"),  # an Arabic four
        (("\uff14",), "not-a-number"),  # a wide four
        (("4\u00bd",), "not-a-number"),
        (("4\x00",), "not-a-number"),
        (("4\n5",), "not-a-number"),
        (("9" * 5_000,), "not-a-number"),
        (("0." + "0" * 5_000 + "1",), "not-a-number"),
        (("=4+4",), "not-a-number"),
        (("<script>",), "not-a-number"),
        (("-1",), "too-small"),
        (("0",), "too-small"),
        (("-0",), "too-small"),
        (("-" + "9" * 30,), "too-small"),
        (("80.25",), "too-large"),
        (("9" * LONGEST_ENTRY,), "too-large"),
        (("4.1",), "not-a-quarter"),
        (("0.01",), "not-a-quarter"),
        (("0.2500000000000000000000000000000000001",), "not-a-quarter"),
    ],
)
def test_hours_that_are_none_are_told_apart(entered: Sequence[str], problem: str) -> None:
    assert read_hours(entered, most=MOST).problem == problem


def test_a_number_out_of_bounds_is_kept_with_its_bound() -> None:
    large, small = read_hours(("400",), most=MOST), read_hours(("-1",), most=MOST)

    assert (large.value, large.limit) == (Decimal(400), MOST)
    assert (small.value, small.limit) == (Decimal(-1), Decimal(0))


@pytest.mark.parametrize("written", ["2027-03-18", " 2027-03-18 ", "2028-02-29", "2017-03-02", "2037-03-02"])
def test_a_day_within_bounds_is_read(written: str) -> None:
    found = read_day((written,), first=FIRST, last=LAST)

    assert (found.value, found.problem) == (date.fromisoformat(written.strip()), None)


@pytest.mark.parametrize(
    ("entered", "problem"),
    [
        ((), "empty"),
        (("",), "empty"),
        (("2027-03-18", "2027-03-19"), "several"),
        (("2027-02-30",), "not-a-date"),
        (("2027-02-29",), "not-a-date"),
        (("2027-13-01",), "not-a-date"),
        (("2027-00-10",), "not-a-date"),
        (("0000-01-01",), "not-a-date"),
        (("99999-01-01",), "not-a-date"),
        (("-2027-01-01",), "not-a-date"),
        (("20270318",), "not-a-date"),
        (("2027-W11-4",), "not-a-date"),
        (("2027-3-8",), "not-a-date"),
        (("3/18/2027",), "not-a-date"),
        (("03/04/27",), "not-a-date"),
        (("mar 18",), "not-a-date"),
        (("today",), "not-a-date"),
        (("2027-03-18T10:00",), "not-a-date"),
        (("\u0662\u0660\u0662\u0667-03-18",), "not-a-date"),
        (("2027\u201103\u201118",), "not-a-date"),
        (("2027-03-18\x00",), "not-a-date"),
        (("2" * 100_000,), "not-a-date"),
        (("0001-01-01",), "too-early"),
        (("2017-03-01",), "too-early"),
        (("2037-03-03",), "too-late"),
        (("9999-12-31",), "too-late"),
    ],
)
def test_a_day_that_is_none_is_told_apart(entered: Sequence[str], problem: str) -> None:
    assert read_day(entered, first=FIRST, last=LAST).problem == problem


@pytest.mark.parametrize(
    ("entered", "problem"),
    [
        (("autism",), None),
        ((" autism ",), None),
        (("x" * (LONGEST_ENTRY + 1),), None),
        ((), "empty"),
        (("", " "), "empty"),
        (("autism", "bias-crimes"), "several"),
        (("Autism",), "not-a-choice"),
        (("aut\u0456sm",), "not-a-choice"),  # a letter that only looks like it
        (("x" * LONGEST_ENTRY,), "not-a-choice"),
        (("x" * 100_000,), "not-a-choice"),
        (("'; drop table completion; --",), "not-a-choice"),
    ],
)
def test_only_what_was_offered_can_be_chosen(entered: Sequence[str], problem: str | None) -> None:
    assert read_choice(entered, CHOICES).problem == problem


@given(ANYTHING)
def test_whatever_is_sent_becomes_a_value_or_a_problem(entered: list[str]) -> None:
    hours = read_hours(entered, most=MOST)
    day = read_day(entered, first=FIRST, last=LAST)
    choice = read_choice(entered, CHOICES)

    for found in (hours, day, choice):
        assert found.problem is not None or found.value is not None
        assert len(found.written) <= LONGEST_ENTRY
        assert all(character.isprintable() for character in found.written)
    if hours.problem is None:
        assert hours.value is not None
        assert 0 < hours.value <= MOST
        assert hours.value % Decimal("0.25") == 0


def test_every_problem_has_its_sentence_beside_its_field() -> None:
    form = Form(
        title="",
        route="what-if",
        submit="",
        fields=(
            NumberField(name="hours", label="Hours"),
            ChoiceField(name="topic", label="Topic", choices=()),
        ),
    )
    for problem in EntryProblem:
        error = FieldError(code=problem.value, written="@here <b>", limit=MOST)
        shown = with_errors(form, {"hours": error}, WORDS)
        sentence = dict(shown.errors)["hours"]

        assert sentence
        assert "@" not in sentence
        assert "<" not in sentence
        assert (
            errors_lead(shown, WORDS)
            == "1 field needs another look. Nothing was written. Correct it and send again."
        )
        assert [name for name, _ in shown.errors] == ["hours"]


def test_a_list_with_nothing_chosen_is_not_called_empty() -> None:
    form = Form(
        title="", route="what-if", submit="", fields=(ChoiceField(name="topic", label="Topic", choices=()),)
    )

    assert with_errors(form, {"topic": FieldError(code="empty")}, WORDS).errors == (
        ("topic", "Choose one from the list."),
    )


def test_a_long_entry_is_said_back_short() -> None:
    form = Form(title="", route="what-if", submit="", fields=(NumberField(name="hours", label="Hours"),))
    entry = read_hours(("z" * 10_000,), most=MOST)
    assert entry.problem is not None
    shown = with_errors(
        form, {"hours": FieldError(code=entry.problem.value, written=entry.written)}, WORDS
    ).errors[0][1]

    assert len(shown) < 100
    assert "..." in shown

"""A form that comes back: played through when it is right, shown again with a sentence beside each field when not."""

from dataclasses import replace
from decimal import Decimal

import pytest

from db.integrity import check_integrity
from db.queries.context import ByBadge
from handlers.interaction import Interaction
from messages.kinds import MessageKind
from messages.model import Button, ChoiceField, DateField, Form, Message, NumberField
from messages.model import to_json as as_json
from tests.scenario.cast import OKAFOR, RUIZ, SCREEN, SMS, WHITMAN, Agency, answered, submitted

GOOD = {"topic": ("autism",), "hours": ("4",), "day": ("2027-03-18",)}


def form_of(message: Message) -> Form:
    assert message.form is not None, message
    return message.form


def errors_of(message: Message) -> dict[str, str]:
    return dict(form_of(message).errors)


@pytest.mark.parametrize(
    "text", ["what if", "What if?", "WHAT IF", "what if i take autism", "what if i take 4 hours"]
)
def test_what_if_without_a_whole_class_brings_the_form(embedded: Agency, text: str) -> None:
    form = form_of(embedded.ask(RUIZ, text))
    topic, hours, day = form.fields
    assert (form.route, topic.name, hours.name, day.name) == ("what-if", "topic", "hours", "day")
    assert isinstance(day, DateField)
    assert day.value == embedded.today
    assert isinstance(topic, ChoiceField)
    assert isinstance(hours, NumberField)
    assert topic.value == (("autism",) if "autism" in text else ())
    assert hours.value == (4 if "4 hours" in text else None)
    assert not form.errors


def test_the_button_of_the_menu_and_of_an_answer_bring_the_form(embedded: Agency) -> None:
    menu = embedded.ask(RUIZ, "menu")
    answer = embedded.ask(RUIZ, "what if i take autism 4 hours on mar 18")
    for message in (menu, answer):
        button = next(
            each for each in message.actions if isinstance(each, Button) and each.route == "what-if"
        )
        assert form_of(embedded.press(RUIZ, button)).title == "Try a class"
        assert "cannot play" not in as_json(embedded.press(RUIZ, button))


def test_topics_that_are_still_owed_come_first_and_are_named_as_in_the_pack(embedded: Agency) -> None:
    topic = form_of(embedded.ask(RUIZ, "what if")).fields[0]
    assert isinstance(topic, ChoiceField)
    labels = [choice.label for choice in topic.choices]
    assert labels[:2] == ["Autism", "Bias crimes"]
    assert labels[3:] == sorted(labels[3:], key=str.casefold)
    assert {"Emergency driving", "TASER", "Use of force"} <= set(labels)
    assert len(labels) == len(set(labels))
    of_a_dispatcher = form_of(embedded.ask(WHITMAN, "what if")).fields[0]
    assert isinstance(of_a_dispatcher, ChoiceField)
    assert "Bias crimes" not in [choice.label for choice in of_a_dispatcher.choices]


def test_a_right_form_is_answered_as_the_sentence_would_be(embedded: Agency) -> None:
    typed = embedded.ask(RUIZ, "what if i take autism 4 hours on mar 18")
    message = submitted(embedded, GOOD)
    assert message.kind is MessageKind.WHAT_IF
    assert message.form is None
    assert as_json(message).replace("Autism 4 h on", "autism 4 h on") == as_json(typed)


def test_every_topic_offered_can_be_played_through(embedded: Agency) -> None:
    topic = form_of(embedded.ask(RUIZ, "what if")).fields[0]
    assert isinstance(topic, ChoiceField)
    for choice in topic.choices:
        message = submitted(embedded, GOOD | {"topic": (choice.value,)})
        assert message.title == f"What if: {choice.label} 4 h on Mar 18"


def test_each_wrong_field_gets_its_own_sentence_and_the_others_keep_what_was_entered(
    embedded: Agency,
) -> None:
    message = submitted(embedded, {"topic": ("autism",), "hours": ("400",), "day": ("2027-02-30",)})
    assert errors_of(message) == {
        "hours": "Enter 80 or less.",
        "day": '"2027-02-30" is not a date. Write it as year, month and day, such as 2027-03-18.',
    }
    topic, hours, day = form_of(message).fields
    assert isinstance(topic, ChoiceField)
    assert isinstance(hours, NumberField)
    assert isinstance(day, DateField)
    assert (topic.value, hours.value, day.value) == (("autism",), Decimal(400), None)
    assert "2 fields need another look. Nothing was written." in as_json(message)


@pytest.mark.parametrize(
    ("entered", "wrong"),
    [
        ({}, {"topic", "hours", "day"}),
        ({"other": ("1",)}, {"topic", "hours", "day"}),
        (GOOD | {"topic": ()}, {"topic"}),
        (GOOD | {"topic": ("autism", "taser")}, {"topic"}),
        (GOOD | {"topic": ("made-up",)}, {"topic"}),
        (GOOD | {"topic": ("x" * 100_000,)}, {"topic"}),
        (GOOD | {"hours": ("",)}, {"hours"}),
        (GOOD | {"hours": ("NaN",)}, {"hours"}),
        (GOOD | {"hours": ("1e5",)}, {"hours"}),
        (GOOD | {"hours": ("-1",)}, {"hours"}),
        (GOOD | {"hours": ("0",)}, {"hours"}),
        (GOOD | {"hours": ("4.1",)}, {"hours"}),
        (GOOD | {"hours": ("80.25",)}, {"hours"}),
        (GOOD | {"hours": ("9" * 100_000,)}, {"hours"}),
        (GOOD | {"hours": ("\u0664",)}, {"hours"}),
        (GOOD | {"hours": ("4", "8")}, {"hours"}),
        (GOOD | {"day": ("2027-02-30",)}, {"day"}),
        (GOOD | {"day": ("99999-01-01",)}, {"day"}),
        (GOOD | {"day": ("0001-01-01",)}, {"day"}),
        (GOOD | {"day": ("2017-03-01",)}, {"day"}),
        (GOOD | {"day": ("2037-03-03",)}, {"day"}),
        (GOOD | {"day": ("9999-12-31",)}, {"day"}),
        (GOOD | {"day": ("2027-03-18\x00",)}, {"day"}),
        (GOOD | {"hours": ("x",), "day": ("y",)}, {"hours", "day"}),
    ],
)
def test_whatever_comes_back_is_answered_field_by_field(
    embedded: Agency, entered: dict[str, tuple[str, ...]], wrong: set[str]
) -> None:
    message = submitted(embedded, entered)
    assert message.kind is MessageKind.WHAT_IF
    assert set(errors_of(message)) == wrong
    assert len(as_json(message)) < 10_000


@pytest.mark.parametrize("day", ["2017-03-02", "2037-03-02"])
def test_the_first_and_the_last_day_can_be_played_through(embedded: Agency, day: str) -> None:
    assert submitted(embedded, GOOD | {"day": (day,)}).form is None


@pytest.mark.parametrize("wall_clock", ["2028-02-29 12:00", "2024-02-29 23:59"])
def test_a_leap_day_has_a_first_and_a_last_day_too(embedded: Agency, wall_clock: str) -> None:
    embedded.at(wall_clock)
    assert submitted(embedded, GOOD | {"day": (embedded.today.isoformat(),)}).kind is MessageKind.WHAT_IF


def test_nothing_is_written_but_that_it_was_asked(embedded: Agency) -> None:
    embedded.ask(RUIZ, "am i good")
    classes, kept, entries = embedded.completions(RUIZ), embedded.kept(RUIZ), embedded.entries()
    for number, entered in enumerate((GOOD, {}, GOOD | {"hours": ("x",)}), start=1):
        submitted(embedded, entered)
        assert len(embedded.entries()) == len(entries) + number
        assert embedded.entries()[0].tag == "question:answered"
    assert (embedded.completions(RUIZ), embedded.kept(RUIZ)) == (classes, kept)
    assert "31.5 of 48 h (65%)" in embedded.text(RUIZ, "am i good")
    assert check_integrity(embedded.office.engine) == ()


def test_what_was_entered_wrongly_is_in_no_entry(embedded: Agency) -> None:
    submitted(embedded, {"topic": ("secret-word",), "hours": ("secret-word",), "day": ("secret-word",)})
    assert "secret-word" not in str(embedded.entries()[0])


def test_a_form_for_an_answer_that_knows_none_is_answered_all_the_same(embedded: Agency) -> None:
    for route in ("status", "why", "record", "missing", "no-such-route"):
        pressed = Interaction(
            agency_id=embedded.agency_id, sender=ByBadge(RUIZ), channel="desk", action=route
        )
        with_form = answered(embedded, replace(pressed, form={"topic": ("autism",)}))
        assert with_form.kind is answered(embedded, pressed).kind, route


def test_the_words_of_a_text_are_what_they_were(embedded: Agency) -> None:
    assert embedded.text(RUIZ, "what if") == (
        'I cannot play through "what if". I can suppose a course, its hours or topic, and a date. '
        "For other cases, ask P. Nair. Reply STATUS or HUMAN."
    )
    assert (
        embedded.ask(RUIZ, "what if i quit", SMS)
        .sms[0]
        .text.startswith('I cannot play through "what if i quit"')
    )
    assert "Or write a sentence" in embedded.screen(RUIZ, "what if")
    assert embedded.ask(OKAFOR, "what if", SCREEN).kind is MessageKind.WHAT_IF

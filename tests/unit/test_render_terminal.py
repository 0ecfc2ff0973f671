"""A terminal shows the same words to everyone, with or without color, and nothing that could steer it."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from bot.terminal import render as terminal
from messages.kinds import MessageKind
from messages.model import Button, ChecklistState, Message, Paragraph
from messages.words import load
from tests.unit.form_cast import FORM
from tests.unit.message_cast import EXAMPLES
from tests.unit.message_snapshots import drawn, kept

WORDS = load()


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_message_looks_as_reviewed(name: str) -> None:
    assert drawn(name, "terminal") == kept("terminal", name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_line_is_wider_than_the_window(name: str) -> None:
    message = EXAMPLES[name](WORDS)
    for width in (40, 100):
        text = terminal.plain(message, WORDS, width)

        assert max(len(line) for line in text.splitlines()) <= width
        assert "\x1b" not in text


def test_color_only_repeats_what_words_say() -> None:
    message = EXAMPLES["status-four-groups"](WORDS)
    out = io.StringIO()
    terminal.show(message, Console(file=out, width=80, force_terminal=True, color_system="standard"), WORDS)

    assert "\x1b" in out.getvalue()
    assert set(terminal.MARKS) == set(ChecklistState)
    assert "[ ] Open" in terminal.plain(message, WORDS)


def test_the_first_word_is_the_first_thing_printed() -> None:
    assert terminal.plain(EXAMPLES["status-not-yet"](WORDS), WORDS).startswith("NOT YET, Ruiz.\n")


def test_a_button_can_be_chosen_by_number_or_by_its_word() -> None:
    message = EXAMPLES["status-not-yet"](WORDS)

    typed = terminal.typed_choices(message)

    assert typed["1"] == typed["next"] == Button("Next class", "next", "", "NEXT")
    assert "[1] Next class (NEXT)  [2] Why  [3] Menu" in terminal.plain(message, WORDS)


def test_a_form_shows_its_values_choices_and_errors() -> None:
    message = Message(kind=MessageKind.HELP, title="", body=(), sms=(), form=FORM)

    text = terminal.plain(message, WORDS)

    assert "That day has not come yet." in text
    assert "Autism" in text


def test_a_control_character_in_a_name_does_not_reach_the_terminal() -> None:
    message = Message(
        kind=MessageKind.HELP, title="", body=(Paragraph("Ruiz\x1b[31m\x07 [bold]x[/bold]"),), sms=()
    )

    assert terminal.plain(message, WORDS) == "Ruiz[31m [bold]x[/bold]\n"


def test_an_empty_title_leaves_no_empty_line() -> None:
    message = replace(EXAMPLES["thanks"](WORDS), title="")

    assert terminal.plain(message, WORDS) == "Anytime. Stay safe.\n"

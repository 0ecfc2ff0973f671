"""Does every command say what it is for, and does every command line in a document work?"""

import argparse
import re
import shlex
from collections.abc import Iterator

import pytest

from bot.cli import COMMANDS, Command, command_of, main, parser_of
from messages.words import load
from tests.structure.checkout import documents

WIDE = 80  # an operator's terminal, at night
WIDE_EXAMPLE = 90  # a line that is copied is not broken
EXAMPLE = re.compile(r"^    (.*\brollcall .+)$", re.MULTILINE)
CODE = re.compile(r"^    (\d)  \S", re.MULTILINE)
# A line in a block of a document: what stands before the command, and a remark behind it.
BLOCK_LINE = re.compile(
    r"^(?:\$ )?(?:.*\| |\S+= ?\S+ )*(?:\.venv/bin/)?rollcall ((?:(?! {2,}).)+)", re.MULTILINE
)
BLOCK = re.compile(r"^ *```[a-z]*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
MENTION = re.compile(r"(?<!`)`(?:\.venv/bin/)?rollcall ([^`]+)`(?!`)")
# Capital words stand for something of the reader's own.
STAND_INS = {
    "KIND": "roster",
    "DATE": "2027-07-01",
    "DAY": "2027-07-01",
    "MOMENT": "2027-07-01",
    "COMMAND": "demo",
}


def named(command: Command) -> str:
    """As it is typed."""
    return " ".join(command.words)


EVERY = pytest.mark.parametrize("command", COMMANDS, ids=named)


def options(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """What a command takes, its help apart."""
    return (action for action in parser._actions if action.dest != "help")  # noqa: SLF001  argparse has no other way


def understood(line: str) -> bool:
    """Whether a whole command line is one that Rollcall would run."""
    given = [STAND_INS.get(each, each) for each in shlex.split(line, comments=True) if each != "..."]
    given = given[: given.index("<")] if "<" in given else given
    command = command_of(given)
    if command is None:
        return False
    try:
        parser_of(command).parse_args(given[len(command.words) :])
    except SystemExit:
        return False
    return True


def known(mention: str) -> bool:
    """Whether a command that a sentence names is there, with the options it names; it need not be whole."""
    given = shlex.split(mention)
    command = command_of(given)
    if command is None:
        return given == ["COMMAND", "--help"] or (
            len(given) == 1 and any(each.words[0] == given[0] for each in COMMANDS)
        )
    taken = {option for action in parser_of(command)._actions for option in action.option_strings}  # noqa: SLF001  as above
    return {each.partition("=")[0] for each in given if each.startswith("--")} <= taken


@EVERY
def test_a_command_says_who_runs_it_and_shows_an_example_that_works(command: Command) -> None:
    about = parser_of(command).description or ""
    first, _, rest = about.partition("\n\n")
    assert first.endswith(".")
    assert "\n" not in first
    assert rest.startswith("For ")
    examples = EXAMPLE.findall(about)
    assert examples
    assert [
        line for line in examples if not understood(line[line.index("rollcall ") + len("rollcall ") :])
    ] == []


@EVERY
def test_a_command_says_what_its_exit_codes_mean(command: Command) -> None:
    about = parser_of(command).description or ""
    assert "\nExit codes:\n" in about
    assert CODE.findall(about.partition("\nExit codes:\n")[2]) == ["0", "1", "2"]


@EVERY
def test_each_option_is_described_like_the_others(command: Command) -> None:
    for action in options(parser_of(command)):
        told = action.help or ""
        assert told, action.dest
        assert told == argparse.SUPPRESS or (
            not told[:1].isupper() or told[:2].isupper() or told[:2] == "A "
        ), told
        assert not told.endswith("."), told
        if not action.option_strings and action.choices is None:
            assert str(action.metavar or "").isupper(), action.dest


@EVERY
def test_help_fits_the_screen(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(WIDE))
    text = parser_of(command).format_help()
    assert [
        line for line in text.splitlines() if len(line) > (WIDE_EXAMPLE if "rollcall " in line else WIDE)
    ] == []


def test_the_list_fits_the_screen_and_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if len(line) > WIDE] == []
    shown = [line.strip().partition("  ")[0] for line in lines if line.startswith("  ")]
    assert shown == [named(command) for command in COMMANDS]
    assert [command for command in COMMANDS if load().say(command.help_key)[:1].isupper()] == []


def test_the_first_word_of_some_commands_lists_those(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", "--help"]) == 0
    listed = capsys.readouterr().out
    assert "db restore" in listed
    assert "rules" not in listed
    assert main(["db"]) == 2
    assert "db restore" in capsys.readouterr().err
    for mistake in (["db", "sweep"], ["lunch"], ["lunch", "--help"]):
        assert main(mistake) == 2
        assert f"There is no command {mistake[0]}" in capsys.readouterr().err


def test_every_command_line_in_a_document_works(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = [
        f"{path}: {line}"
        for path, text in documents()
        for block in BLOCK.findall(text)
        for line in BLOCK_LINE.findall(block)
        if not understood(line)
    ]
    assert wrong == [], capsys.readouterr().err


def test_every_command_that_a_sentence_names_is_there() -> None:
    wrong = [
        f"{path}: {line}"
        for path, text in documents()
        for line in MENTION.findall(BLOCK.sub("", text))
        if not known(line)
    ]
    assert wrong == []


def test_a_line_that_would_not_work_is_caught() -> None:
    assert BLOCK_LINE.findall(
        '$ echo "am i good?" | A_B=c .venv/bin/rollcall chat --as 214   # as Ruiz\n'
    ) == ["chat --as 214"]
    assert understood("import roster roster.csv --yes")
    assert not understood("import lunch roster.csv")
    assert not understood("db sweep")
    assert known("transcript BADGE --as-of DAY")
    assert not known("chat --loud")

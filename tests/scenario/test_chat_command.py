"""What does ``rollcall chat`` answer to lines from standard input, on a real file, in each of its three looks?"""

import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import main
from bot.commands.opening import opened, system_user
from bot.terminal.chat import ChatLooks, TerminalChat
from db.queries.audit import after, chain_head
from db.queries.context import ByBadge
from db.records.audit import AuditDraft
from db.unit_of_work import reading, writing
from messages.kinds import MessageKind
from messages.model import Button
from tests.scenario.cast import Agency
from training.agency_setup import the_agency

AM_I_GOOD = (
    "NOT YET, Ruiz. 31.5 of 48 h (65%), 120 days left (Jun 30). Open: Autism 4 h, Bias crimes 1 h, elective 1 h; "
    "rest any topic. If missed: license cannot renew. Reply NEXT, WHY or MENU."
)
WHY = (
    "Rule CE-48 (mn-demo-2026.2): 14 recorded completions since Jul 1 2024 = 31.5 h. 48 - 31.5 = 16.5 h left, of which "
    "topics 6 h. Reply LIST for the 14 lines."
)
RUIZ, NOVAK, OKAFOR = "214", "240", "77"
TUESDAY = "2027-03-02T14:10"


@dataclass(frozen=True, slots=True)
class Said:
    """How the command ended and what it printed."""

    code: int
    out: str
    aside: str

    @property
    def lines(self) -> list[str]:
        """What it printed, without empty lines."""
        return [line for line in self.out.splitlines() if line.strip()]


Chat = Callable[..., Said]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation's own folder, which is also where it is run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROLLCALL_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", f"sqlite:///{tmp_path / 'rollcall.db'}")
    return tmp_path


@pytest.fixture
def chat(
    folder: Path, lakemont_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Chat:
    """``rollcall chat`` on a file with the demo agency, with these lines on standard input."""
    shutil.copyfile(lakemont_file, folder / "rollcall.db")

    def talk(*words: str, lines: str = "") -> Said:
        monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
        try:
            code = main(["chat", *words])
        except SystemExit as left:
            code = int(left.code or 0)
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    return talk


def test_a_patrol_phone_reads_the_story_line_by_line(chat: Chat) -> None:
    said = chat("--as", RUIZ, "--phone", "--at", TUESDAY, lines="am i good?\nwhy\n\nk thx\n")
    assert (said.code, said.aside) == (0, "")
    assert said.lines == [
        AM_I_GOOD,
        WHY,
        "Anytime. Stay safe.",
    ]


def test_whoever_the_command_is_asked_as_the_entry_names_the_account_at_the_machine(chat: Chat) -> None:
    with opened(at_a_shell=False) as office:
        agency_id = the_agency(office)
        assert agency_id is not None
        with reading(office.engine) as conn:
            before = chain_head(conn, agency_id).entries
        chat("--as", RUIZ, lines="am i good?\n")
        chat("--as", NOVAK, "--at", TUESDAY, lines="am i good?\n")
        with writing(office.engine, agency_id, at=datetime(2027, 3, 2, tzinfo=UTC)) as writer:
            writer.audit(AuditDraft(tag="record:viewed"))
        with reading(office.engine) as conn:
            *asked, by_a_service = after(conn, agency_id, before, limit=10)
    assert len({each.actor_id for each in asked}) == 2
    assert {each.data["system_user"] for each in asked} == {system_user()}
    assert "system_user" not in by_a_service.data


def test_a_screen_shows_the_word_first_and_no_control_character(chat: Chat) -> None:
    said = chat("--as", NOVAK, "--at", TUESDAY, lines="am i good?\n")
    assert said.lines[0].startswith("OVERDUE, Novak.")
    assert all(character.isprintable() or character == "\n" for character in said.out)


def test_json_is_one_object_a_line_and_the_same_every_time(chat: Chat) -> None:
    first = chat("--as", RUIZ, "--json", "--at", TUESDAY, lines="am i good?\nwhy\nlist\n")
    objects = [json.loads(line) for line in first.lines]
    assert [each["kind"] for each in objects] == ["status", "why", "list"]
    assert objects[0]["first_word"] == "NOT YET"
    assert set(objects[0]) == {"kind", "title", "body", "sms", "actions", "first_word", "form"}
    assert chat("--as", RUIZ, "--json", "--at", TUESDAY, lines="am i good?\nwhy\nlist\n") == first


@pytest.mark.parametrize(
    ("at", "word"),
    [
        ("2027-06-30T23:59", "NOT YET"),
        ("2027-07-01T00:00", "OVERDUE"),
        ("2027-07-01T04:59+00:00", "NOT YET"),
        ("2027-07-01T05:00+00:00", "OVERDUE"),
        ("2027-06-30", "NOT YET"),
        ("2027-07-01", "OVERDUE"),
    ],
)
def test_another_moment_is_meant_where_the_agency_is_unless_it_names_its_offset(
    chat: Chat, at: str, word: str
) -> None:
    said = chat("--as", RUIZ, "--json", "--at", at, lines="am i good\n")
    assert json.loads(said.lines[0])["first_word"] == word


def test_asking_about_another_day_leaves_todays_standing_alone(chat: Chat, folder: Path) -> None:
    chat("--as", RUIZ, "--phone", "--at", "2031-01-01", lines="am i good\n")
    said = chat("--as", RUIZ, "--phone", "--at", TUESDAY, lines="am i good?\n")
    assert said.lines == [AM_I_GOOD]


def test_a_number_presses_the_button_that_was_shown(chat: Chat) -> None:
    said = chat("--as", RUIZ, "--json", "--at", TUESDAY, lines="am i good\n2\n")
    shown = json.loads(said.lines[0])["actions"]
    assert shown[1]["route"] == "why"
    assert json.loads(said.lines[1])["kind"] == "why"


def test_a_talk_goes_on_where_the_one_before_it_stopped(chat: Chat) -> None:
    chat("--as", RUIZ, "--phone", "--at", TUESDAY, lines="list\n")
    said = chat("--as", RUIZ, "--phone", "--at", TUESDAY, lines="more\n")
    assert "page 2 of" in said.out


@pytest.mark.parametrize("word", ["exit", "QUIT", "bye"])
def test_a_word_of_leaving_ends_it(chat: Chat, word: str) -> None:
    said = chat("--as", RUIZ, "--phone", "--at", TUESDAY, lines=f"k thx\n{word}\nam i good\n")
    assert (said.code, said.lines) == (0, ["Anytime. Stay safe."])


def test_nothing_on_standard_input_says_nothing(chat: Chat) -> None:
    for lines in ("", "\n \n\t\n"):
        said = chat("--as", RUIZ, "--at", TUESDAY, lines=lines)
        assert (said.code, said.out) == (0, "")


@pytest.mark.parametrize(
    "line",
    [
        "a" * 100_000,
        "\x00\x1b[2J am i good",
        "\N{GRINNING FACE}" * 500,
        "\N{RIGHT-TO-LEFT OVERRIDE}doog i ma",
        "am i good " + "and " * 5_000,
        "1" * 400,
        "0",
        "99",
        "\N{SUPERSCRIPT TWO}",
        "\udce9",
    ],
)
def test_no_line_however_odd_ends_the_talk(chat: Chat, line: str) -> None:
    said = chat("--as", RUIZ, "--phone", "--at", TUESDAY, lines=f"{line}\nam i good?\n")
    assert said.code == 0
    assert len(said.lines) == 2, said.out
    assert len(said.lines[0]) <= 306
    assert said.lines[1] == AM_I_GOOD


def test_a_badge_that_nobody_has_is_answered_without_a_word_about_anybody(chat: Chat) -> None:
    said = chat("--as", "99999", "--phone", "--at", TUESDAY, lines="am i good\n")
    assert "Ruiz" not in said.out
    assert said.out.strip()


@pytest.mark.parametrize(
    "words", [(), ("--as",), ("--as", RUIZ, "--at", "tomorrow"), ("--as", RUIZ, "--json", "--phone")]
)
def test_what_was_not_meant_ends_with_two(chat: Chat, words: tuple[str, ...]) -> None:
    said = chat(*words)
    assert (said.code, said.out) == (2, "")
    assert said.aside


def test_a_database_that_is_not_there_yet_is_said_in_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("am i good\n"))
    assert main(["chat", "--as", RUIZ]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "rollcall db upgrade" in printed.err
    assert "Traceback" not in printed.err


def test_a_setting_that_cannot_be_used_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", "somewhere")
    monkeypatch.setattr(sys, "stdin", io.StringIO("am i good\n"))
    assert main(["chat", "--as", RUIZ]) == 1
    assert "ROLLCALL_DATABASE_URL" in capsys.readouterr().err


def test_an_agencys_own_packs_lie_beside_its_data(chat: Chat, folder: Path) -> None:
    (folder / "packs" / "broken").mkdir(parents=True)
    (folder / "packs" / "broken" / "pack.yaml").write_text("id: broken\n", encoding="utf-8")
    said = chat("--as", RUIZ, "--phone", "--at", TUESDAY, lines="am i good?\n")
    assert said.lines == [AM_I_GOOD]


def talking(agency: Agency, badge: str, looks: ChatLooks) -> TerminalChat:
    """A terminal in which somebody talks."""
    return TerminalChat(agency.office, agency.agency_id, "Lakemont PD", ByBadge(badge), agency.words, looks)


@pytest.mark.parametrize("looks", [ChatLooks.TERMINAL, ChatLooks.PHONE])
def test_the_number_of_a_name_is_the_person_and_not_a_badge(embedded: Agency, looks: ChatLooks) -> None:
    embedded.hires("9001", "Rafael", "Ruiz", under=OKAFOR, cycle=("2024-07-01", "2027-06-30"))
    terminal = talking(embedded, OKAFOR, looks)
    assert terminal.answer("how is ruiz").kind is MessageKind.WHICH_PERSON
    answer = terminal.answer("1")
    assert answer.kind is MessageKind.PERSON
    assert "31.5 of 48 h" in repr(answer)


def test_a_number_of_an_older_answer_presses_nothing_of_it(embedded: Agency) -> None:
    terminal = talking(embedded, RUIZ, ChatLooks.TERMINAL)
    offered = [action.route for action in terminal.answer("menu").actions if isinstance(action, Button)]
    number = str(offered.index("history") + 1)
    assert terminal.answer(number).kind is MessageKind.HISTORY
    terminal.answer("menu")
    terminal.answer("k thx")
    assert terminal.answer(number).kind is not MessageKind.HISTORY


def test_two_terminals_talk_to_the_same_record(lakemont: Agency) -> None:
    sergeant, officer = (
        talking(lakemont, OKAFOR, ChatLooks.TERMINAL),
        talking(lakemont, RUIZ, ChatLooks.PHONE),
    )
    sergeant.answer("how is ruiz")
    assert "Okafor" in repr(officer.answer("who saw my record"))

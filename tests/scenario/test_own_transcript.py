"""An officer takes a copy of their own record with them, to print and as a table; that they did is on the record."""

import csv
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import Engine

from bot.cli import main
from bot.sms.render import segments
from db.clock import set_offset_seconds
from db.queries.context import ByBadge
from db.unit_of_work import working
from messages.kinds import MessageKind
from messages.model import Link, Message
from messages.plain import plain_text
from tests.scenario.cast import SMS, Agency
from tests.scenario.link_cast import (
    LEE,
    OKAFOR,
    PUBLIC,
    RUIZ,
    browsing,
    downloads_of,
    is_gone,
    with_links,
    words_of,
)
from tests.scenario.slack_cast import raw_bytes
from training.asking import asking
from training.transcripts.exports import Export, as_csv, own_transcript
from training.transcripts.printing import as_pdf

YEARS_AHEAD = 5 * 366 * 24 * 3600


def path_of(message: Message) -> str:
    """The path of the link in an answer."""
    [link] = [each for each in message.actions if isinstance(each, Link)]
    return link.href.removeprefix(PUBLIC)


def export_of(agency: Agency, badge: str) -> Export:
    """Somebody's own record before it is a file."""
    with asking(agency.office, agency.agency_id, ByBadge(badge), "desk") as question:
        assert question is not None
        return own_transcript(question, agency.words)


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def rows_of(table: bytes) -> list[list[str]]:
    """The table as a spreadsheet reads it."""
    return list(csv.reader(StringIO(table.decode("utf-8-sig"))))


def test_an_officer_asks_for_their_record_and_takes_it_to_print_and_as_a_table(embedded: Agency) -> None:
    agency = with_links(embedded)
    records = agency.completions(RUIZ)
    answer = agency.ask(RUIZ, "my transcript", "desk")
    assert answer.kind is MessageKind.TRANSCRIPT
    assert f"with {len(records)} records" in plain_text(answer, "desk")
    with browsing(agency) as browser:
        page = browser.press(path_of(answer))
        assert "Standing NOT YET" in words_of(page)
        printed, table = (browser.press(each) for each in downloads_of(page))
        assert is_gone(browser.press(path_of(answer)))
    assert printed.headers["content-disposition"] == 'attachment; filename="training-record-214-1.pdf"'
    assert table.headers["content-disposition"] == 'attachment; filename="training-record-214-2.csv"'
    assert table.headers["content-type"].startswith("text/csv")
    first = pages_of(printed.content)[0]
    for said in (
        "Training record of Officer Ruiz",
        "Dana Ruiz, 214",
        "Own copy",
        "Mar 2 2027 14:10",
        "mn-demo-2026.2",
    ):
        assert said in first, said
    listed = [row for row in rows_of(table.content) if len(row) > 8][1:]
    assert len(listed) == len(records)
    newest = records[-1].fact
    assert listed[0][1:4] == [newest.completed_on.isoformat(), newest.title, f"{newest.hours:f}"]
    assert {row[-1] for row in listed} == {"history.csv"}
    (made,) = agency.entries("export:made", about=RUIZ)
    assert (made.actor_id, made.data["purpose"]) == (agency.id_of(RUIZ), "own-copy")
    assert [each.data["purpose"] for each in agency.entries("link:opened", about=RUIZ)] == [
        "download", "download", "look",
    ]  # fmt: skip


def test_hours_and_scores_stand_there_as_they_are_on_file(embedded: Agency) -> None:
    embedded.completes(RUIZ, "2027-03-01", "2.25", "general", "Range day", score="87.5")
    row = next(row for row in export_of(embedded, RUIZ).rows if row[2] == "Range day")
    assert row[3:5] == ("2.25", "87.5")
    assert "2.25 87.5" in pages_of(as_pdf(export_of(embedded, RUIZ), embedded.words))[0]


def test_the_link_is_in_nobodys_archive(embedded: Agency) -> None:
    agency = with_links(embedded)
    token = path_of(agency.ask(RUIZ, "my transcript", "desk")).removeprefix("/f/")
    assert token.encode() not in raw_bytes(agency)


def test_by_text_the_link_fits_into_two_segments(embedded: Agency) -> None:
    said = with_links(embedded).text(RUIZ, "transcript pdf")
    assert f"{PUBLIC}/f/" in said
    assert said.isascii()
    assert segments(said) <= 2


@pytest.mark.parametrize(
    "text",
    [
        "my transcript",
        "transcript pdf",
        "send me my training record",
        "can i get my transcript as a pdf",
        "I need my transcript",
        "Could you print my transcript?",
    ],
)
def test_it_is_asked_for_in_many_words(embedded: Agency, text: str) -> None:
    assert with_links(embedded).ask(RUIZ, text).kind is MessageKind.TRANSCRIPT


@pytest.mark.parametrize(
    "text", ["print boyds transcript", "export everyones hours to excel", "send me my teams training records"]
)
def test_a_report_about_others_is_no_copy_of_ones_own(embedded: Agency, text: str) -> None:
    agency = with_links(embedded)
    assert agency.ask(OKAFOR, text).kind is not MessageKind.TRANSCRIPT
    assert agency.entries("export:made") == ()


def test_nobody_gets_more_than_their_own(embedded: Agency) -> None:
    agency = with_links(embedded)
    path = path_of(agency.ask(LEE, "my transcript", "desk"))
    with browsing(agency) as browser:
        page = browser.press(path)
    assert "Lee" in words_of(page)
    assert "Ruiz" not in words_of(page)


def test_whoever_left_before_pressing_gets_nothing(embedded: Agency) -> None:
    agency = with_links(embedded)
    path = path_of(agency.ask(RUIZ, "my transcript", "desk"))
    agency.leaves(RUIZ, date(2027, 3, 1))
    with browsing(agency) as browser:
        assert is_gone(browser.press(path))


def test_where_no_link_can_be_made_the_answer_says_what_to_do(embedded: Agency) -> None:
    at_terminal = embedded.screen(RUIZ, "my transcript")
    assert "rollcall export transcript 214 --as 214 --purpose own-copy" in at_terminal
    said = plain_text(embedded.ask(RUIZ, "my transcript", "slack"), "slack")
    assert "cannot give you a link here" in said
    assert "Ask P. Nair to make the file" in said
    assert segments(embedded.text(RUIZ, "my transcript")) <= 2
    assert embedded.ask(RUIZ, "my transcript", SMS).kind is MessageKind.TRANSCRIPT
    assert embedded.entries("export:made") == ()


def test_equal_records_give_equal_bytes(embedded: Agency) -> None:
    first, again = (as_pdf(export_of(embedded, RUIZ), embedded.words) for _ in range(2))
    assert first == again
    embedded.completes(RUIZ, "2027-03-01", "1", "general")
    assert as_pdf(export_of(embedded, RUIZ), embedded.words) != first


def test_titles_are_printed_as_text_whatever_they_look_like(embedded: Agency) -> None:
    titles = [
        '<img src="x.png"/>',
        "<b>bold",
        "=1+1",
        "A" * 5_000,
        "Łódź 課程",
        "tab\tand\nline",
        "</para><a href='x'>",
    ]
    for title in titles:
        embedded.completes(RUIZ, "2027-03-01", "1", "general", title)
    export = export_of(embedded, RUIZ)
    printed = " ".join(pages_of(as_pdf(export, embedded.words)))
    assert '<img src="x.png"/>' in printed.replace("< img", "<img")
    assert "shown as a question mark" in printed
    cells = [row[2] for row in rows_of(as_csv(export)) if len(row) > 8]
    assert "Łódź 課程" in cells
    assert "'=1+1" in cells


def test_a_long_record_takes_as_many_pages_as_it_needs_and_each_says_which_it_is(embedded: Agency) -> None:
    for number in range(120):
        embedded.completes(RUIZ, "2026-05-05", "1", "general", f"Seminar {number}")
    pages = pages_of(as_pdf(export_of(embedded, RUIZ), embedded.words))
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Course number" in page
    assert all(f"Seminar {number} " in " ".join(pages) for number in range(120))


def test_somebody_with_nothing_on_file_gets_a_page_that_says_so(embedded: Agency) -> None:
    embedded.hires("4711", "Nova", "Newman")
    [page] = pages_of(as_pdf(export_of(embedded, "4711"), embedded.words))
    assert "Newman" in page
    assert "nothing on file" in page


def test_at_a_terminal_the_command_writes_the_same_to_a_file(
    sqlite_lakemont: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The command has the machine's clock, and the demo's roles begin on its own day.
    with working(sqlite_lakemont) as conn:
        set_offset_seconds(conn, YEARS_AHEAD)
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", f"sqlite:///{tmp_path / 'lakemont.sqlite'}")
    monkeypatch.setenv("ROLLCALL_DATA_DIR", str(tmp_path / "data"))
    target = tmp_path / "record.pdf"
    asked = ["export", "transcript", RUIZ, "--as", RUIZ, "--purpose", "own-copy", "--output", str(target)]
    assert main(asked) == 0
    assert "Training record of Officer Ruiz" in pages_of(target.read_bytes())[0]

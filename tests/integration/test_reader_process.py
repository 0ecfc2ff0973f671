"""Does a file that kills, stalls or swells its reader cost anybody anything but time?"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest

from reading.certificates.model import CertificateReading, PaperKind
from reading.process.model import MEGABYTE, Allowance, ReaderTrouble
from reading.process.reader import Reader
from tests.fakes import loop, papers
from tests.fakes.hostile_papers import form_that_draws_itself
from tests.fakes.odd_reader import COMMAND, file

PATIENCE = 60.0
Readers = Callable[..., Reader]


@pytest.fixture
def readers() -> Iterator[Readers]:
    """Readers that end with the test."""
    with ExitStack() as after:

        def start(*arguments: str, command: tuple[str, ...] = COMMAND, **limits: float) -> Reader:
            reader = Reader((*command, *arguments), Allowance(**limits))  # type: ignore[arg-type]  # numbers, all
            after.callback(reader.close)
            return reader

        yield start


def read(reader: Reader, order: str) -> CertificateReading:
    """The answer, however long it takes."""
    found = reader.read(file(order), within=PATIENCE)
    assert found is not None
    return found


def process_of(found: CertificateReading) -> int:
    """Which process gave it."""
    return int(found.reason.rpartition(":")[2])


def until(condition: Callable[[], bool], what: str) -> None:
    """Look again and again until it is so."""
    end = monotonic() + PATIENCE
    pause = Event()
    while not condition():
        assert monotonic() < end, f"never: {what}"
        pause.wait(0.02)


def lives(pid: int) -> bool:
    """Whether the process is still there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_files_are_read_one_after_the_other_by_one_process(readers: Readers) -> None:
    reader = readers()
    answers = [read(reader, order) for order in ("one", "two", "three")]
    assert [each.reason.partition(":")[0] for each in answers] == ["one", "two", "three"]
    assert len({process_of(each) for each in answers}) == 1
    assert answers[0].previews == (b"picture",)


def test_a_process_that_is_killed_while_it_reads_only_delays(readers: Readers, tmp_path: Path) -> None:
    book = tmp_path / "starts"
    reader = readers(str(book))
    assert reader.read(file("hang-once"), within=0) is None
    until(lambda: book.exists() and bool(book.read_text()), "it reads")
    os.kill(int(book.read_text()), signal.SIGKILL)
    assert read(reader, "hang-once").kind is PaperKind.NOT_CERTIFICATE
    assert len(book.read_text().splitlines()) == 2


def test_a_file_whose_reader_is_killed_again_and_again_is_given_up(readers: Readers, tmp_path: Path) -> None:
    book = tmp_path / "starts"
    reader = readers(str(book))
    found = read(reader, "signal SIGKILL")
    assert (found.kind, found.reason) == (PaperKind.UNREADABLE, ReaderTrouble.STOPPED)
    assert len(book.read_text().splitlines()) == 2
    assert read(reader, "next").kind is PaperKind.NOT_CERTIFICATE


@pytest.mark.parametrize("end", ["signal SIGSEGV", "signal SIGABRT", "exit"])
def test_a_file_that_brings_its_reader_down_is_not_tried_twice(
    readers: Readers, tmp_path: Path, end: str
) -> None:
    book = tmp_path / "starts"
    found = read(readers(str(book)), end)
    assert (found.kind, found.reason) == (PaperKind.UNREADABLE, ReaderTrouble.STOPPED)
    assert len(book.read_text().splitlines()) == 1


def test_a_reader_that_hangs_is_ended_with_its_time_and_the_next_file_is_read(
    readers: Readers, tmp_path: Path
) -> None:
    book = tmp_path / "starts"
    reader = readers(str(book), seconds=1)
    found = read(reader, "hang")
    assert (found.kind, found.reason) == (PaperKind.UNREADABLE, ReaderTrouble.TOO_SLOW)
    assert not lives(int(book.read_text()))
    assert read(reader, "next").kind is PaperKind.NOT_CERTIFICATE


def test_a_reader_that_swells_is_ended(readers: Readers, tmp_path: Path) -> None:
    book = tmp_path / "starts"
    reader = readers(str(book), memory=200 * MEGABYTE)
    found = read(reader, "eat")
    assert (found.kind, found.reason) == (PaperKind.UNREADABLE, ReaderTrouble.TOO_HEAVY)
    assert not lives(int(book.read_text()))


@pytest.mark.parametrize("order", ["nonsense", "endless"])
def test_an_answer_that_is_none_is_not_believed(readers: Readers, order: str) -> None:
    reader = readers()
    found = read(reader, order)
    assert (found.kind, found.reason) == (PaperKind.UNREADABLE, ReaderTrouble.FAILED)
    assert read(reader, "next").kind is PaperKind.NOT_CERTIFICATE


def test_a_reader_that_does_not_start_is_an_answer_too(readers: Readers) -> None:
    for command in (("/nowhere/at/all",), (COMMAND[0], "-c", "raise SystemExit(1)")):
        found = read(readers(command=command), "one")
        assert (found.kind, found.reason) == (PaperKind.UNREADABLE, ReaderTrouble.STOPPED)


def test_what_may_be_mended_by_another_try_is_tried_again_and_the_rest_is_remembered(
    readers: Readers, tmp_path: Path
) -> None:
    book = tmp_path / "starts"
    reader = readers(str(book), seconds=1.5)
    assert read(reader, "hang-once").reason == ReaderTrouble.TOO_SLOW
    again = read(reader, "hang-once")
    assert again.kind is PaperKind.NOT_CERTIFICATE
    # Another process would have another number.
    os.kill(process_of(again), signal.SIGKILL)
    assert read(reader, "hang-once") is again


@pytest.mark.parametrize(("order", "limits"), [("worn", {}), ("one", {"files": 1}), ("one", {"age": 0.0})])
def test_a_worn_process_is_replaced_before_the_next_file(
    readers: Readers, order: str, limits: dict[str, float]
) -> None:
    reader = readers(**limits)
    first = read(reader, order)
    second = read(reader, "two")
    assert process_of(first) != process_of(second)
    until(lambda: not lives(process_of(first)), "the first one is gone")


def test_a_process_that_nobody_needs_is_ended(readers: Readers) -> None:
    reader = readers(idle=0.1)
    first = process_of(read(reader, "one"))
    until(lambda: not lives(first), "it is gone")
    assert read(reader, "two").kind is PaperKind.NOT_CERTIFICATE


def test_whoever_does_not_wait_asks_again_and_gets_what_was_read_meanwhile(readers: Readers) -> None:
    reader = readers()
    assert reader.read(file("one"), within=0) is None
    assert read(reader, "one").reason.startswith("one:")


def test_when_too_many_wait_the_next_is_told_to_come_back(readers: Readers, tmp_path: Path) -> None:
    book = tmp_path / "starts"
    reader = readers(str(book), waiting=2)
    assert reader.read(file("hang-once"), within=0) is None
    until(lambda: book.exists() and bool(book.read_text()), "the first is being read")
    for number in range(3):
        assert reader.read(file(f"wait {number}"), within=0) is None
    assert reader.read(file("wait 2"), within=0.2) is None
    os.kill(int(book.read_text()), signal.SIGKILL)
    assert read(reader, "wait 1").kind is PaperKind.NOT_CERTIFICATE
    assert read(reader, "wait 2").kind is PaperKind.NOT_CERTIFICATE


def test_closing_tells_whoever_waits_and_leaves_no_process(readers: Readers, tmp_path: Path) -> None:
    book = tmp_path / "starts"
    reader = readers(str(book))
    heard: list[CertificateReading | None] = []
    waiting = Thread(target=lambda: heard.append(reader.read(file("hang"), within=PATIENCE)))
    waiting.start()
    until(lambda: book.exists() and bool(book.read_text()), "it reads")
    reader.close()
    waiting.join(PATIENCE)
    assert heard == [None]
    assert not lives(int(book.read_text()))
    assert reader.read(file("one"), within=PATIENCE) is None


def test_the_event_loop_goes_on_while_files_are_read(readers: Readers) -> None:
    reader = readers()

    async def story() -> list[str]:
        said: list[str] = []

        async def ask(order: str) -> None:
            found = await asyncio.to_thread(read, reader, order)
            said.append(found.reason.partition(":")[0])

        asking = asyncio.gather(*(ask(str(number)) for number in range(6)))
        said.append("free")
        await asking
        return said

    said = loop.run(story())
    assert said[0] == "free"
    assert sorted(said[1:]) == [str(number) for number in range(6)]


def test_what_is_no_document_costs_no_process(readers: Readers, tmp_path: Path) -> None:
    book = tmp_path / "starts"
    reader = readers(str(book))
    for content, reason in ((b"", "empty"), (b"PK\x03\x04...", "archive"), (b"<svg/>", "wrong-type")):
        found = reader.read(content, within=0)
        assert found is not None
        assert (found.kind, found.reason) == (PaperKind.REFUSED, reason)
    assert not book.exists()


def test_the_process_is_told_no_secret(readers: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLCALL_SLACK_BOT_TOKEN", "xoxb-secret")
    names = read(readers(), "names").reason
    assert "PYTHONPATH" in names
    assert "ROLLCALL" not in names
    assert "HOME" not in names


@pytest.mark.parametrize(
    ("deed", "end"),
    [
        ("connect", "PermissionError"),
        ("program", "PermissionError"),
        ("memory", "MemoryError"),
    ],
)
def test_the_process_reaches_no_network_and_no_program(readers: Readers, deed: str, end: str) -> None:
    if deed == "memory" and sys.platform != "linux":
        pytest.skip("this system does not bound a process's addresses")
    assert read(readers(), f"try {deed}").reason.startswith(end)


def test_the_process_writes_nothing(readers: Readers, tmp_path: Path) -> None:
    place = tmp_path / "written"
    assert read(readers(), f"try {place}").reason.startswith("OSError")
    assert not place.read_bytes()


def test_a_process_that_is_to_be_ready_later_begins_with_the_first_file_or_when_it_was_quiet(
    readers: Readers, tmp_path: Path
) -> None:
    books = [tmp_path / "asked", tmp_path / "quiet"]
    asked, quiet = (readers(str(book)) for book in books)
    asked.warm(PATIENCE)
    quiet.warm(0.01)
    until(books[1].exists, "it begins by itself")
    assert not books[0].exists()
    assert read(asked, "one").kind is PaperKind.NOT_CERTIFICATE


def test_a_drawing_that_draws_itself_is_given_up_and_the_next_paper_is_read() -> None:
    reader = Reader(allowance=Allowance(seconds=3, memory=1000 * MEGABYTE))
    reader.warm()
    try:
        found = reader.read(form_that_draws_itself(), within=PATIENCE)
        assert found is not None
        assert found.kind is PaperKind.UNREADABLE
        assert found.reason in {ReaderTrouble.TOO_SLOW, ReaderTrouble.TOO_HEAVY}
        after = reader.read(papers.pdf(papers.certificate), within=PATIENCE)
        assert after is not None
        assert after.pages == 1
        assert after.previews[0].startswith(b"\xff\xd8")
        assert len(after.looks) == 16
    finally:
        reader.close()

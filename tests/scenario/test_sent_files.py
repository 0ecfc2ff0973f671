"""A file that is sent: taken first, whatever else came with it, kept closed, and never known by its name."""

import re
from dataclasses import replace
from hashlib import sha256

import pytest

from db.integrity import check_integrity
from db.queries.context import ByBadge
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from handlers.routing import SentFile
from messages.kinds import MessageKind
from messages.model import Message, Paragraph, Picture
from messages.model import to_json as as_json
from reading.certificates.model import refused
from reading.documents.model import FileRefusal
from tests.fakes.reader import UNREADABLE, CannedReader, certificate
from tests.scenario.cast import SCREEN, SMS, Agency

RUIZ = "214"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 1_399_996
PDF = b"%PDF-1.7\n" + b"\x00" * 2_991
PROGRAM = b"MZ\x90\x00" + b"\x00" * 996
READ = {
    JPEG: certificate(),
    PDF: UNREADABLE,
    PROGRAM: refused(FileRefusal.WRONG_TYPE),
    b"": refused(FileRefusal.EMPTY),
}


@pytest.fixture
def lakemont(lakemont: Agency) -> Agency:
    """With somebody who reads what is sent."""
    return replace(lakemont, office=replace(lakemont.office, reader=CannedReader(READ)))


@pytest.fixture
def embedded(embedded: Agency) -> Agency:
    """The same."""
    return replace(embedded, office=replace(embedded.office, reader=CannedReader(READ)))


def answered(agency: Agency, interaction: Interaction) -> Message:
    """The answer to whatever a door hands over; a database that failed is no answer."""
    message = FrontDesk(agency.office, agency.words).answer(interaction, "Lakemont PD")
    assert message.kind is not MessageKind.BROKEN, message
    return message


def send(
    agency: Agency,
    *files: SentFile,
    text: str = "",
    badge: str = RUIZ,
    channel: str = SCREEN,
    action: str = "",
) -> Message:
    return answered(
        agency,
        Interaction(
            agency_id=agency.agency_id,
            sender=ByBadge(badge),
            channel=channel,
            text=text,
            files=files,
            action=action,
        ),
    )


def file(content: bytes, name: str = "cert.pdf", href: str = "") -> SentFile:
    return SentFile(name=name, content=content)


def paragraphs(message: Message) -> list[str]:
    return [part.text for part in message.body if isinstance(part, Paragraph)]


def is_about_the_file(message: Message) -> bool:
    return message.kind in (MessageKind.UPLOAD, MessageKind.UPLOAD_TAKEN)


def test_a_photo_is_answered_first_with_the_number_that_it_has_now(lakemont: Agency) -> None:
    message = send(lakemont, file(JPEG, "IMG_0001.HEIC", "/sent/7"))
    assert paragraphs(message)[0].startswith("Got it: U-3001. Read from the file: Autism Response, 4 h")


def test_nothing_is_added_to_the_record_and_the_log_has_neither_name_nor_content(embedded: Agency) -> None:
    before, entries = embedded.completions(RUIZ), len(embedded.entries())
    send(
        embedded, file(PDF, "ruiz-ssn-123.pdf"), file(JPEG, "ruiz-home.jpg"), text="autism class today 4 hrs"
    )
    assert embedded.completions(RUIZ) == before
    new = embedded.entries()[: len(embedded.entries()) - entries]
    assert sorted(each.tag for each in new) == ["question:answered", "upload:received", "upload:received"]
    [entry] = [each for each in new if each.tag == "question:answered"]
    assert [(each["type"], each["bytes"]) for each in entry.data["files"]] == [
        ("pdf", len(PDF)),
        ("jpeg", len(JPEG)),
    ]
    # A plain fingerprint could be guessed at, by whoever holds a file that they think it is.
    assert all(set(each) == {"type", "bytes", "item", "hash"} for each in entry.data["files"])
    assert sha256(PDF).hexdigest() not in str(new)
    assert "ruiz-" not in str(new)
    assert check_integrity(embedded.office.engine) == ()


def test_several_files_are_answered_one_by_one_by_what_they_are(lakemont: Agency) -> None:
    said = paragraphs(send(lakemont, file(PDF), file(PROGRAM, "cert.pdf"), file(b"", "cert.pdf")))
    assert said[0] == "1 file received: U-3001."
    assert any(each.startswith("That file is not a PDF or picture, whatever its name says.") for each in said)
    assert any(each.startswith("That file is empty (0 bytes).") for each in said)


def test_one_file_sent_twice_in_a_message_counts_once(embedded: Agency) -> None:
    for content in (JPEG, PDF):
        said = paragraphs(send(embedded, file(content), file(content)))
        assert "You sent one of these files twice; it counts once." in said
    assert len(embedded.entries("upload:received")) == 2


def test_ten_are_answered_at_once(embedded: Agency) -> None:
    papers = [PDF + bytes([each]) for each in range(10)]
    office = replace(embedded.office, reader=CannedReader(dict.fromkeys(papers, UNREADABLE)))
    message = send(replace(embedded, office=office), *(file(each) for each in papers))
    assert paragraphs(message)[0].startswith("10 files received: U-3001, ")
    assert len(embedded.entries("question:answered")[0].data["files"]) == 10


def test_an_empty_file_is_told_so(embedded: Agency) -> None:
    assert "That file is empty (0 bytes). Please send it again." in paragraphs(send(embedded, file(b"")))


@pytest.mark.parametrize("text", ["", "status", "autism class today 4 hrs", "stop", "approve 1", "why"])
def test_the_words_beside_a_file_are_not_taken_for_anything_else(embedded: Agency, text: str) -> None:
    for channel, content in ((SMS, PDF), (SCREEN, JPEG)):
        assert is_about_the_file(send(embedded, file(content), text=text, channel=channel))


def test_danger_comes_before_the_file(embedded: Agency) -> None:
    message = send(embedded, file(JPEG), text="officer down, shots fired")
    assert message.kind is MessageKind.EMERGENCY


def test_a_pressed_button_with_a_file_is_answered_as_a_file(embedded: Agency) -> None:
    assert is_about_the_file(send(embedded, file(PDF), action="status"))


def test_no_name_is_ever_said_back(embedded: Agency) -> None:
    names = (
        "<!everyone>.pdf",
        "../../etc/passwd",
        "cert\u202egpj.exe",
        "@here.pdf",
        "a" * 5_000,
        "x\x00y.pdf",
        "",
    )
    said: list[str] = []
    for name in ("cert.pdf", *names):
        # Withdrawn, so that the same file is a new one again.
        number = 3001 + len(said)
        said.append(re.sub(r"\b30\d\d\b", "N", as_json(send(embedded, file(PDF, name)))))
        embedded.ask(RUIZ, f"withdraw U-{number}")
    assert set(said) == {said[0]}


def test_nothing_of_a_file_is_drawn_beside_the_answer(embedded: Agency) -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    heic = b"\x00\x00\x00\x18ftypheic" + b"\x00" * 100
    for content in (svg, PDF, PROGRAM, heic, JPEG, b""):
        message = send(embedded, file(content, "photo.jpg", "/sent/1"))
        assert not [part for part in message.body if isinstance(part, Picture)], content[:12]


def test_a_stranger_with_a_file_learns_nothing(embedded: Agency) -> None:
    entries = len(embedded.entries())
    assert send(embedded, file(PDF), badge="99999").kind is MessageKind.UNKNOWN_SENDER
    assert len(embedded.entries()) == entries


def test_why_after_a_file_that_was_refused_still_means_the_rule_that_was_talked_about(
    embedded: Agency,
) -> None:
    why = as_json(embedded.ask(RUIZ, "why autism"))
    send(embedded, file(PROGRAM))
    assert as_json(embedded.ask(RUIZ, "why")) == why

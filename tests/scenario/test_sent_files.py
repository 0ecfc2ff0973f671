"""A file that is sent before files can be taken: said plainly, kept closed, and never known by its name."""

from hashlib import sha256

import pytest

from db.integrity import check_integrity
from db.queries.context import ByBadge
from handlers.front_desk import FrontDesk, Interaction
from handlers.routing import SentFile
from messages.kinds import MessageKind
from messages.model import Facts, Message, Note, Paragraph, Picture
from messages.model import to_json as as_json
from tests.scenario.cast import SCREEN, SMS, Agency

RUIZ = "214"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 1_399_996
PDF = b"%PDF-1.7\n" + b"\x00" * 2_991
PROGRAM = b"MZ\x90\x00" + b"\x00" * 996


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
    return SentFile(name=name, content=content, href=href)


def paragraphs(message: Message) -> list[str]:
    return [part.text for part in message.body if isinstance(part, Paragraph)]


def test_a_photo_is_answered_first_with_that_nothing_was_added_to_the_record(lakemont: Agency) -> None:
    message = send(lakemont, file(JPEG, "IMG_0001.HEIC", "/sent/7"))
    assert message.kind is MessageKind.FILE_NOT_TAKEN
    assert paragraphs(message) == [
        "Certificates cannot be taken yet. Nothing was added to your record.",
        "Keep the original and give it to P. Nair.",
        "What you sent is a JPEG picture (1.4 MB).",
    ]
    assert [part for part in message.body if isinstance(part, Picture)] == [
        Picture("/sent/7", "Picture you sent, 1.4 MB")
    ]


def test_nothing_is_added_to_the_record_and_the_log_has_neither_name_nor_content(lakemont: Agency) -> None:
    before, entries = lakemont.completions(RUIZ), len(lakemont.entries())
    send(
        lakemont, file(PDF, "ruiz-ssn-123.pdf"), file(JPEG, "ruiz-home.jpg"), text="autism class today 4 hrs"
    )
    assert lakemont.completions(RUIZ) == before
    assert len(lakemont.entries()) == entries + 1
    entry = lakemont.entries()[0]
    assert entry.data["kind"] == "file-not-taken"
    assert [(each["type"], each["bytes"]) for each in entry.data["files"]] == [
        ("pdf", len(PDF)),
        ("jpeg", len(JPEG)),
    ]
    # A plain fingerprint could be guessed at, by whoever holds a file that they think it is.
    assert all(set(each) == {"type", "bytes", "item", "hash"} for each in entry.data["files"])
    assert sha256(PDF).hexdigest() not in str(entry)
    assert "ruiz-" not in str(entry)
    assert check_integrity(lakemont.office.engine) == ()


def test_several_files_are_named_one_by_one_by_what_they_are(lakemont: Agency) -> None:
    message = send(lakemont, file(PDF), file(PROGRAM, "cert.pdf"), file(b"", "cert.pdf"))
    rows = [row.value for part in message.body if isinstance(part, Facts) for row in part.rows]
    assert rows == ["a PDF (3 KB)", "a Windows program (1 KB)", "an empty file (0 bytes)"]
    assert "Keep the originals and give them to P. Nair." in paragraphs(message)


def test_ten_are_shown_and_the_others_counted(embedded: Agency) -> None:
    message = send(embedded, *[file(PDF)] * 13)
    rows = [row for part in message.body if isinstance(part, Facts) for row in part.rows]
    assert len(rows) == 10
    assert Note("and 3 more") in message.body
    assert len(embedded.entries()[0].data["files"]) == 13


def test_an_empty_file_is_told_so(lakemont: Agency) -> None:
    assert "That file is empty (0 bytes)." in paragraphs(send(lakemont, file(b"")))


@pytest.mark.parametrize("text", ["", "status", "autism class today 4 hrs", "stop", "approve 1", "why"])
def test_the_words_beside_a_file_are_not_taken_for_anything_else(embedded: Agency, text: str) -> None:
    for channel in (SMS, SCREEN):
        assert send(embedded, file(PDF), text=text, channel=channel).kind is MessageKind.FILE_NOT_TAKEN


def test_danger_comes_before_the_file(lakemont: Agency) -> None:
    message = send(lakemont, file(JPEG), text="officer down, shots fired")
    assert message.kind is MessageKind.EMERGENCY


def test_a_pressed_button_with_a_file_is_answered_as_a_file(embedded: Agency) -> None:
    assert send(embedded, file(PDF), action="status").kind is MessageKind.FILE_NOT_TAKEN


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
    plain = as_json(send(embedded, file(PDF, "cert.pdf")))
    for name in names:
        assert as_json(send(embedded, file(PDF, name))) == plain, name


def test_what_no_browser_draws_is_shown_as_no_picture(embedded: Agency) -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    heic = b"\x00\x00\x00\x18ftypheic" + b"\x00" * 100
    for content in (svg, PDF, PROGRAM, heic, b""):
        message = send(embedded, file(content, "photo.jpg", "/sent/1"))
        assert not [part for part in message.body if isinstance(part, Picture)], content[:12]


def test_the_text_on_a_phone_says_it_in_two_segments(lakemont: Agency) -> None:
    message = send(lakemont, file(JPEG), channel=SMS)
    assert " ".join(clause.text for clause in message.sms) == (
        "Certificates cannot be taken yet. Nothing was added to your record. "
        "Keep the original and give it to P. Nair. What you sent is a JPEG picture (1.4 MB). Reply STATUS or HUMAN."
    )


def test_a_stranger_with_a_file_learns_nothing(lakemont: Agency) -> None:
    entries = len(lakemont.entries())
    assert send(lakemont, file(PDF), badge="99999").kind is MessageKind.UNKNOWN_SENDER
    assert len(lakemont.entries()) == entries


def test_why_after_a_file_still_means_the_rule_that_was_talked_about(lakemont: Agency) -> None:
    why = as_json(lakemont.ask(RUIZ, "why autism"))
    send(lakemont, file(PDF))
    assert as_json(lakemont.ask(RUIZ, "why")) == why

"""Does a file made to do harm end as it should: refused with its reason, or read with a word of warning?"""

import io
import zipfile

import pytest
from PIL import Image

from reading.documents.limits import MAX_BYTES, MAX_PIXELS
from reading.documents.looks import preview
from reading.documents.model import Document, FileRefusal, Flag
from reading.documents.opening import open_document
from reading.documents.pictures import open_picture
from reading.files import FileType
from tests.fakes import hostile_papers as hostile
from tests.fakes import papers


def opened(content: bytes) -> Document:
    """The document; a test that expects a refusal asks for itself."""
    document = open_document(content)
    assert isinstance(document, Document), document
    return document


def flags(*changes: hostile.Change) -> frozenset[Flag]:
    """What is said of the certificate with these changes."""
    return opened(hostile.changed(*changes)).flags


def an_archive() -> bytes:
    """What every newer Office document is, too."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


CLOSED = {
    "nothing": (b"", FileRefusal.EMPTY),
    "archive": (an_archive(), FileRefusal.ARCHIVE),
    "gzip": (b"\x1f\x8b\x08" + bytes(20), FileRefusal.ARCHIVE),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", FileRefusal.WRONG_TYPE),
    "web page": (b"<!DOCTYPE html><script>alert(1)</script>", FileRefusal.WRONG_TYPE),
    "note": (b"I finished CIT yesterday", FileRefusal.WRONG_TYPE),
    "program": (b"MZ\x90\x00" + bytes(60), FileRefusal.WRONG_TYPE),
    "postscript": (b"%!PS-Adobe-3.0\n", FileRefusal.WRONG_TYPE),
    "photoshop": (b"8BPS\x00\x01" + bytes(40), FileRefusal.WRONG_TYPE),
    "film": (b"\x00\x00\x00\x20ftypisom" + bytes(40), FileRefusal.WRONG_TYPE),
    "zeros": (bytes(4000), FileRefusal.WRONG_TYPE),
    "too large": (b"%PDF-1.7\n" + b" " * MAX_BYTES, FileRefusal.TOO_LARGE),
    "locked": (hostile.locked("secret", "owner"), FileRefusal.LOCKED),
    "pages": (hostile.many_pages(21), FileRefusal.TOO_MANY_PAGES),
    "frames": (hostile.tiff_of(11), FileRefusal.TOO_MANY_PAGES),
    "png bomb": (hostile.png_that_claims(25_000, 25_000), FileRefusal.TOO_MANY_PIXELS),
    "png just above": (hostile.png_that_claims(MAX_PIXELS // 7000 + 1, 7000), FileRefusal.TOO_MANY_PIXELS),
    "gif bomb": (hostile.gif_that_claims(60_000, 60_000), FileRefusal.TOO_MANY_PIXELS),
    "png of no size": (hostile.png_that_claims(0, 0), FileRefusal.DAMAGED),
    "png with a bomb in its note": (hostile.png_with_endless_text(), FileRefusal.DAMAGED),
    "postscript in disguise": (hostile.postscript_in_disguise(), FileRefusal.DAMAGED),
    "pages in a ring": (hostile.pages_that_hold_themselves(), FileRefusal.DAMAGED),
    "no pages": (hostile.no_pages(), FileRefusal.DAMAGED),
    "pdf of nothing": (b"%PDF-1.7\nand then nothing", FileRefusal.DAMAGED),
    "pdf of noise": (b"%PDF-1.7\n" + bytes(range(256)) * 40, FileRefusal.DAMAGED),
    "half a pdf": (hostile.cut(papers.pdf(papers.certificate)), FileRefusal.DAMAGED),
    "half a png": (hostile.cut(papers.saved(papers.picture_of_certificate(), "PNG")), FileRefusal.DAMAGED),
    "half a jpeg": (hostile.cut(papers.saved(papers.picture_of_certificate())), FileRefusal.DAMAGED),
    "half a webp": (hostile.cut(papers.saved(papers.picture_of_certificate(), "WEBP")), FileRefusal.DAMAGED),
    "start of a jpeg": (b"\xff\xd8\xff", FileRefusal.DAMAGED),
    "start of a webp": (b"RIFF\x00\x00\x00\x00WEBPVP8 ", FileRefusal.DAMAGED),
    "start of a heic": (b"\x00\x00\x00\x18ftypheic" + bytes(64), FileRefusal.DAMAGED),
    "start of a tiff": (b"II*\x00\x08\x00\x00\x00\xff\xff", FileRefusal.DAMAGED),
}


@pytest.mark.parametrize("name", CLOSED)
def test_what_is_not_opened_has_its_reason(name: str) -> None:
    content, why = CLOSED[name]
    assert open_document(content) is why


def test_a_broken_file_after_a_locked_one_is_not_called_locked() -> None:
    assert open_document(hostile.locked("secret", "owner")) is FileRefusal.LOCKED
    assert open_document(hostile.no_pages()) is FileRefusal.DAMAGED


def test_an_empty_password_opens_and_it_is_said_that_its_maker_wanted_restrictions() -> None:
    document = opened(hostile.locked("", "owner"))
    assert document.flags == {Flag.OWNER_LOCKED}
    assert papers.NAME in [line.text for line in document.pages[0].lines]


@pytest.mark.parametrize(
    "change",
    [
        hostile.script_in_names,
        hostile.file_inside,
        hostile.starts_by_itself("JavaScript"),
        hostile.starts_by_itself("Launch"),
        hostile.starts_by_itself("URI"),
        hostile.pressed_script,
        hostile.script_of_a_field,
        hostile.script_of_a_field_below,
        hostile.script_after("GoTo"),
        hostile.script_after_a_link,
        hostile.script_in_the_other_place,
        hostile.script_of_a_heading,
        hostile.leads_to_another_file,
        hostile.named_elsewhere,
        hostile.form_that_is_a_program,
    ],
)
def test_what_could_do_something_by_itself_is_read_and_said(change: hostile.Change) -> None:
    document = opened(hostile.changed(change))
    assert document.flags == {Flag.ACTIVE}
    assert papers.NAME in [line.text for line in document.pages[0].lines]


def test_what_hides_behind_an_empty_password_is_found_too() -> None:
    found = flags(hostile.file_inside, lambda writer: writer.encrypt("", "owner", algorithm="AES-256"))
    assert found == {Flag.ACTIVE, Flag.OWNER_LOCKED}


def test_a_script_in_a_file_whose_structure_is_broken_is_found_by_its_word() -> None:
    assert opened(hostile.beginning_nowhere(hostile.changed(hostile.script_in_names))).flags == {Flag.ACTIVE}
    assert opened(hostile.beginning_nowhere(hostile.changed())).flags == frozenset()


@pytest.mark.parametrize(
    "change", [hostile.opens_at_a_page, hostile.links_somewhere, hostile.headings_in_a_ring]
)
def test_a_link_and_a_first_page_are_nothing_to_warn_of(change: hostile.Change) -> None:
    assert flags(change) == frozenset()


def test_twenty_pages_are_read() -> None:
    assert len(opened(hostile.many_pages(20)).pages) == 20


def test_a_vast_page_is_drawn_small() -> None:
    document = opened(hostile.vast_page())
    assert document.pages[0].lines[0].text.startswith("A certificate that fills a wall")
    with Image.open(io.BytesIO(document.previews[0])) as preview:
        assert max(preview.size) <= 1400


def test_a_page_that_unpacks_to_far_more_than_the_file_is_read_to_its_end() -> None:
    content = hostile.page_that_inflates(2 * hostile.MEGABYTE // 10)
    assert len(content) < 10_000
    assert len(opened(content).pages) == 1


def test_a_vast_picture_on_a_page_is_drawn_small() -> None:
    [page] = opened(hostile.picture_of_many_pixels(2_500)).pages
    assert page.lines == ()


@pytest.mark.parametrize("content", [hostile.also_an_archive(), hostile.with_lines_before()])
def test_a_certificate_that_is_also_something_else_is_read_as_one(content: bytes) -> None:
    assert papers.NAME in [line.text for line in opened(content).pages[0].lines]


def test_nothing_that_came_with_a_picture_is_in_its_preview() -> None:
    content = hostile.also_a_page_of_the_web()
    assert b"<script>" in content
    pages = open_picture(content, FileType.JPEG)
    assert not isinstance(pages, FileRefusal)
    assert b"<script>" not in preview(pages[0])

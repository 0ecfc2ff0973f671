"""Are the words of a picture read, whichever way up it came and in whichever format?"""

import io

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reading.documents.model import Document, FileRefusal, Flag, Source
from reading.documents.opening import open_document
from reading.documents.pictures import open_picture
from reading.files import FileType, sniff
from tests.fakes import hostile_papers, papers


@pytest.fixture(scope="module")
def paper() -> Image.Image:
    """The certificate as a scanner sees it."""
    return papers.picture_of_certificate()


def opened(content: bytes) -> Document:
    """The document; a test that expects a refusal asks for itself."""
    document = open_document(content)
    assert isinstance(document, Document), document
    return document


def in_order(document: Document) -> list[str]:
    """Those of the certificate's words that were read, as they stand."""
    return [line.text for page in document.pages for line in page.lines if line.text in papers.WORDS]


@pytest.mark.parametrize("turned", [180, 270])
def test_a_picture_is_read_whichever_way_up_it_came(paper: Image.Image, turned: int) -> None:
    document = opened(papers.saved(paper.rotate(turned, expand=True), quality=85))
    assert in_order(document) == list(papers.WORDS)
    [page] = document.pages
    assert page.source is Source.PICTURE
    assert page.width > page.height
    with Image.open(io.BytesIO(document.previews[0])) as preview:
        assert preview.width > preview.height


def test_a_photograph_is_turned_as_the_telephone_was_held_and_says_no_longer_where(
    paper: Image.Image,
) -> None:
    document = opened(papers.photograph(paper.rotate(90, expand=True), orientation=6))
    assert in_order(document) == list(papers.WORDS)
    with Image.open(io.BytesIO(document.previews[0])) as preview:
        assert not dict(preview.getexif())
        assert preview.format == "JPEG"


def test_a_page_that_is_one_picture_is_read_by_sight_and_its_text_layer_only_hints(
    paper: Image.Image,
) -> None:
    layer = papers.with_words("Date completed: February 9, 2026. 16 hours", invisible=True)
    document = opened(papers.pdf(papers.together(papers.image_on_page(paper), layer)))
    [page] = document.pages
    assert page.source is Source.PICTURE
    assert in_order(document) == list(papers.WORDS)
    assert document.flags == {Flag.HIDDEN_TEXT}


def test_a_page_whose_fonts_say_nothing_is_read_by_sight() -> None:
    document = opened(hostile_papers.changed(hostile_papers.letters_that_lie))
    assert in_order(document) == list(papers.WORDS)
    assert document.pages[0].source is Source.PICTURE


def test_a_name_printed_on_a_picture_of_the_rest_keeps_both(paper: Image.Image) -> None:
    printed = papers.with_words("Officer Amaya Thornquist, 16 hours")
    document = opened(papers.pdf(papers.together(papers.image_on_page(paper), printed)))
    [page] = document.pages
    assert in_order(document) == list(papers.WORDS)
    assert page.lines[-1].text == "Officer Amaya Thornquist, 16 hours"
    assert document.flags == frozenset()


def test_words_that_show_through_a_picture_above_them_are_read() -> None:
    def under_a_veil(canvas: Canvas) -> None:
        papers.certificate(canvas)
        canvas.setFillColorRGB(1, 1, 1)
        veil = Image.new("RGBA", (60, 40), (200, 200, 255, 60))
        canvas.drawImage(ImageReader(veil), 0, 0, papers.WIDTH, papers.HEIGHT, mask="auto")

    assert in_order(opened(papers.pdf(under_a_veil))) == list(papers.WORDS)


@pytest.mark.parametrize("kind", [FileType.PNG, FileType.WEBP, FileType.GIF, FileType.TIFF])
def test_other_formats_are_opened_too(paper: Image.Image, kind: FileType) -> None:
    content = papers.saved(paper, kind.value)
    assert sniff(content) is kind
    pages = open_picture(content, kind)
    assert not isinstance(pages, FileRefusal)
    [page] = pages
    assert page.shape == (paper.height, paper.width, 3)


def test_what_is_transparent_is_paper() -> None:
    pages = open_picture(papers.saved(Image.new("RGBA", (20, 10), (0, 0, 0, 0)), "PNG"), FileType.PNG)
    assert not isinstance(pages, FileRefusal)
    assert int(pages[0].min()) == 255


def test_the_same_paper_by_another_way_looks_alike(paper: Image.Image) -> None:
    scanned = opened(papers.saved(paper.rotate(180), quality=60)).looks
    printed = opened(papers.pdf(papers.certificate)).looks
    assert (int(scanned, 16) ^ int(printed, 16)).bit_count() <= 6
    other = opened(
        papers.pdf(papers.with_words("Roster of the class, with forty letters and more in it"))
    ).looks
    assert (int(other, 16) ^ int(printed, 16)).bit_count() > 10


def test_pages_for_which_no_time_is_left_are_said_to_be_unread(paper: Image.Image) -> None:
    content = papers.pdf(papers.certificate, papers.image_on_page(paper))
    document = open_document(content, seconds=0)
    assert isinstance(document, Document)
    first, second = document.pages
    assert papers.NAME in [line.text for line in first.lines]
    assert second.lines == ()
    assert document.flags == {Flag.PAGES_UNREAD}
    assert len(document.previews) == 2

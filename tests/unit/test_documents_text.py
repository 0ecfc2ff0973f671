"""Are the words of a PDF read where they stand, and only those that somebody can see?"""

import pytest
from reportlab.pdfgen.canvas import Canvas

from reading.documents.model import Document, Flag, Page, Source, TextLine
from reading.documents.opening import open_document
from tests.fakes import hostile_papers, papers


def opened(content: bytes) -> Document:
    """The document; a test that expects a refusal asks for itself."""
    document = open_document(content)
    assert isinstance(document, Document), document
    return document


def only_page(content: bytes) -> Page:
    """The one page of a file."""
    [page] = opened(content).pages
    return page


def texts(page: Page) -> list[str]:
    """What its lines say."""
    return [line.text for line in page.lines]


def test_the_lines_of_a_certificate_come_from_top_to_bottom_and_columns_stay_apart() -> None:
    page = only_page(papers.pdf(papers.certificate))
    assert page.source is Source.TEXT
    assert texts(page) == [
        papers.HEADING,
        "This is to certify that",
        papers.NAME,
        papers.TITLE,
        papers.COMPLETED,
        papers.HOURS,
    ]
    left, right = page.lines[-2:]
    assert left.top == pytest.approx(right.top, abs=0.01)
    assert left.right < right.left
    assert all(line.sure == 1 for line in page.lines)


def test_a_line_says_where_it_stands_in_parts_of_the_page() -> None:
    heading = only_page(papers.pdf(papers.certificate)).lines[0]
    assert (heading.left + heading.right) / 2 == pytest.approx(0.5, abs=0.01)
    assert heading.top < 70 / papers.HEIGHT < heading.bottom + 0.02


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_upright(turned: int) -> None:
    def sideways(canvas: Canvas) -> None:
        canvas.translate(
            *{90: (papers.HEIGHT, 0), 180: (papers.WIDTH, papers.HEIGHT), 270: (0, papers.WIDTH)}[turned]
        )
        canvas.rotate(turned)
        papers.certificate(canvas)

    size = (papers.WIDTH, papers.HEIGHT) if turned == 180 else (papers.HEIGHT, papers.WIDTH)
    page = only_page(papers.pdf(sideways, size=size))
    straight = only_page(papers.pdf(papers.certificate))
    assert texts(page) == texts(straight)
    assert (page.width, page.height) == (straight.width, straight.height)
    for one, other in zip(page.lines, straight.lines, strict=True):
        assert (one.left, one.top) == pytest.approx((other.left, other.top), abs=0.02)


def test_what_was_filled_into_the_boxes_of_a_form_is_read() -> None:
    def form(canvas: Canvas) -> None:
        papers.certificate(canvas)
        canvas.acroForm.textfield(name="instructor", value="J. Halvorsen", x=50, y=60, width=200, height=20)

    assert "J. Halvorsen" in texts(only_page(papers.pdf(form)))


def test_what_was_typed_on_top_of_a_page_is_read() -> None:
    content = hostile_papers.changed(hostile_papers.typed_on_top("Officer Thornquist"))
    assert "Officer Thornquist" in texts(only_page(content))


def test_a_heading_set_with_air_between_its_letters_is_one_phrase() -> None:
    def spaced(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 20)
        canvas.drawString(50, 300, "C E R T I F I C A T E  O F  T R A I N I N G")
        papers.with_words("and forty letters more so that nothing is drawn here")(canvas)

    assert texts(only_page(papers.pdf(spaced)))[0] == "CERTIFICATE OF TRAINING"


@pytest.mark.parametrize(
    "nobody", [papers.with_words("40 hours", invisible=True), papers.with_words("40 hours", white=True)]
)
def test_words_that_nobody_can_see_are_no_line_and_other_hours_among_them_are_said(
    nobody: papers.Draw,
) -> None:
    document = opened(papers.pdf(papers.together(papers.certificate, nobody)))
    [page] = document.pages
    assert "40 hours" not in texts(page)
    assert document.flags == {Flag.HIDDEN_TEXT}


def test_hidden_words_without_other_days_or_hours_are_nothing_to_look_at() -> None:
    for words in ("anchor for the signature", "8 hours", "02/09/2026"):
        nobody = papers.with_words(words, white=True)
        assert opened(papers.pdf(papers.together(papers.certificate, nobody))).flags == frozenset()


def test_characters_that_cannot_be_seen_are_left_out() -> None:
    def tricky(canvas: Canvas) -> None:
        papers.certificate(canvas)
        papers.with_words("a\u00a0b\u00adc")(canvas)

    line: TextLine = only_page(papers.pdf(tricky)).lines[-1]
    assert line.text in {"a bc", "a b-c"}

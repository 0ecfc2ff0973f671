"""Does a file that is chosen, pasted or dropped arrive, and is it shown only when it is a picture?"""

from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import expect

from bot.desk.files import MOST_BYTES
from tests.browser.conftest import RunningDesk
from tests.browser.visitor import Visitor

# The smallest PNG there is: one pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)
GIVE = """(element, [kind, name, bytes]) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], name));
    const event = kind === "paste" ? new ClipboardEvent(kind, {clipboardData: data, bubbles: true, cancelable: true})
                                   : new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true});
    element.dispatchEvent(event);
}"""


def test_a_photo_can_be_chosen_pasted_and_dropped_and_is_seen_in_the_talk(visitor: Visitor) -> None:
    pane = visitor.pane("officer")
    visitor.attaches("officer", "a.png", PNG)
    attached = pane.locator("[data-attached] li")
    expect(attached).to_have_count(1)
    pane.get_by_role("textbox", name="Message").evaluate(GIVE, ["paste", "b.png", list(PNG)])
    expect(attached).to_have_count(2)
    pane.locator(".log").evaluate(GIVE, ["drop", "c.png", list(PNG)])
    expect(attached).to_have_count(3)
    attached.nth(1).get_by_role("button").click()
    expect(attached).to_have_count(2)

    answer = visitor.says("officer", "autism class today 4 hrs")
    expect(attached).to_have_count(0)
    said = pane.locator("article.by-person")
    expect(said.get_by_text("a.png")).to_be_visible()
    expect(said.get_by_role("img")).to_have_count(2)
    expect(answer).to_contain_text("twice")


def test_a_file_alone_can_be_sent_and_the_patrol_phone_has_text_and_takes_no_file(visitor: Visitor) -> None:
    pane = visitor.pane("officer")
    visitor.attaches("officer", "cert.pdf", b"%PDF-1.7")
    expect(pane.locator("[data-attached] li")).to_have_count(1)
    pane.get_by_role("button", name="Send").click()
    expect(visitor.answers("officer")).to_have_count(1)

    phone = visitor.pane("phone")
    expect(phone.locator('input[type="file"]')).to_have_count(0)
    phone.locator(".log").evaluate(GIVE, ["drop", "c.png", list(PNG)])
    visitor.says("phone", "k thx")
    assert phone.locator("[data-attached], article img").count() == 0


def test_a_file_that_is_too_large_is_refused_in_words(visitor: Visitor, tmp_path: Path) -> None:
    pane = visitor.pane("officer")
    film = tmp_path / "film.png"
    film.write_bytes(b"x" * (MOST_BYTES + 1))
    visitor.attaches_from_disk("officer", film)
    expect(pane.locator("[data-notice]")).to_contain_text("That file is over 20 MB")
    film.write_bytes(b"y" * (MOST_BYTES + 1))
    visitor.attaches_from_disk("officer", film)
    expect(pane.locator("[data-notice]")).to_contain_text("That file is over 20 MB")
    assert pane.locator("[data-attached]").count() == 0


def test_a_page_in_disguise_is_never_shown_and_a_picture_is_served_as_the_picture_that_it_is(
    visitor: Visitor, desk: RunningDesk
) -> None:
    pane = visitor.pane("officer")
    visitor.attaches("officer", "photo.png", b"<html><script>1</script></html>")
    expect(pane.locator("[data-attached] li")).to_have_count(1)
    visitor.says("officer", "here")
    expect(pane.locator("article.by-person")).to_contain_text("photo.png")
    assert pane.locator("article.by-person img").count() == 0

    visitor.attaches("officer", "a.html", PNG)
    expect(pane.locator("[data-attached] li")).to_have_count(1)
    visitor.says("officer", "here")
    source = pane.locator("article.by-person img").get_attribute("src")
    with urlopen(f"{desk.address}{source}") as answer:  # noqa: S310  our own desk
        assert answer.headers["content-type"] == "image/png"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.read() == PNG

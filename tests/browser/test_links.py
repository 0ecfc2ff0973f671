"""Does a link that was given at the desk open in a real browser, by keyboard, without a script, and for everybody?"""

from playwright.sync_api import Locator, Page, expect

from tests.browser.visitor import Visitor, violations


def test_an_officer_takes_their_record_along(page: Page, visitor: Visitor) -> None:
    links = [_link_in(visitor.says("officer", "my transcript")) for _ in range(2)]
    for width, href in zip((1200, 320), links, strict=True):
        page.set_viewport_size({"width": width, "height": 800})
        _takes_it_along(page, href)


def _link_in(answer: Locator) -> str:
    href = answer.get_by_role("link", name="Open my training record").get_attribute("href")
    assert href is not None
    return href


def _takes_it_along(page: Page, href: str) -> None:
    page.goto(href)
    assert violations(page) == []
    with page.expect_navigation():
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Training record of Officer Ruiz")
    assert violations(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download file 1 (PDF)").click()
    assert download.value.suggested_filename == "training-record-214-1.pdf"

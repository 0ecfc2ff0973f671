"""Does a link that was given at the desk open in a real browser, by keyboard, without a script, and for everybody?"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitor import Visitor, violations


@pytest.mark.parametrize("width", [1200, 320])
def test_an_officer_takes_their_record_along(page: Page, visitor: Visitor, width: int) -> None:
    answer = visitor.says("officer", "my transcript")
    href = answer.get_by_role("link", name="Open my training record").get_attribute("href")
    assert href is not None
    page.set_viewport_size({"width": width, "height": 800})
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

"""Is the page right at every width, and does it stay on this machine?"""

from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningDesk
from tests.browser.visitor import Visitor

SEATS = ("officer", "phone", "sergeant", "coordinator", "dispatcher", "record")


def test_the_page_never_scrolls_sideways(page: Page, visitor: Visitor) -> None:
    for seat, text in (("officer", "picture"), ("officer", "list")):
        visitor.pane(seat).get_by_role("textbox", name="Message").fill(text)
        visitor.pane(seat).get_by_role("button", name="Send").click()
    expect(visitor.answers("officer")).to_have_count(2)
    for width in (1440, 1024, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_wide_screen_shows_officer_phone_and_sergeant_beside_the_record_and_a_phone_the_pane_that_was_chosen(
    page: Page, visitor: Visitor
) -> None:
    for seat in ("officer", "phone", "sergeant", "record"):
        expect(visitor.pane(seat)).to_be_in_viewport(ratio=0.9)

    page.set_viewport_size({"width": 390, "height": 844})
    for seat in SEATS:
        page.locator(f'[data-show="{seat}"]').click()
        expect(visitor.pane(seat)).to_be_visible()
        for other in SEATS:
            if other != seat:
                expect(visitor.pane(other)).to_be_hidden()
        expect(page.locator(f'[data-show="{seat}"]')).to_have_attribute("aria-current", "true")


def test_nothing_is_asked_of_any_other_machine(browser: Browser, desk: RunningDesk) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.goto(desk.address)
    visitor = Visitor(page)
    visitor.says("officer", "picture")
    expect(visitor.answers("officer")).to_have_count(1)
    context.close()
    places = {urlsplit(url).hostname for url in asked if not url.startswith("data:")}
    assert places == {"localhost"}


def test_a_wish_for_dark_is_kept(page: Page) -> None:
    page.get_by_label("Colors").select_option("dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.reload()
    expect(page.get_by_label("Colors")).to_have_value("dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    page.get_by_label("Colors").select_option("light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark

"""The desk as the README shows it: the first story by clicking, at three widths. Run as a module to draw them anew."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.browser.conftest import FLAGS, found_browser
from tests.browser.visitor import Visitor
from tests.structure.checkout import ROOT

COLORS = 256
FOLDER = ROOT / "docs" / "screenshots"
WIDTHS: dict[int, ViewportSize] = {
    1440: {"width": 1440, "height": 900},
    1024: {"width": 1024, "height": 768},
    390: {"width": 390, "height": 844},
}


def take_all() -> None:
    """Every picture, each from a fresh demo."""
    browser = found_browser()
    if browser is None:
        sys.exit("no Chromium on this machine (Debian: apt-get install chromium)")
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=browser, args=list(FLAGS))
        for width, viewport in WIDTHS.items():
            with _demo() as address:
                context = chromium.new_context(viewport=viewport, reduced_motion="reduce")
                page = context.new_page()
                page.goto(address)
                _tell(Visitor(page), width)
                context.close()
        _request(chromium)
        _dark(chromium)
        chromium.close()


def _tell(visitor: Visitor, width: int) -> None:
    front(visitor, "officer")
    visitor.pane("officer").get_by_role("button", name="am i good?").click()
    answer = visitor.answers("officer").nth(0)
    expect(answer).to_contain_text("NOT YET, Ruiz.")
    if width != 390:
        visitor.says("phone", "am i good?")
        expect(visitor.says("sergeant", "my team")).to_contain_text("Officer Novak")
        front(visitor, "officer")
    expect(visitor.record().filter(has_text="Officer Ruiz asked for their standing").first).to_be_attached()
    shoot(visitor.page, f"status-{width}")
    why = visitor.presses("officer", "Why", on=answer)
    expect(why).to_contain_text("14 recorded completions")
    shoot(visitor.page, f"why-{width}")
    listed = visitor.presses("officer", "List", on=why)
    record = visitor.opens("officer", "Aug 20 2024", on=listed)
    expect(record).to_contain_text("Crisis Intervention")
    shoot(visitor.page, f"record-{width}")
    expect(visitor.says("officer", "picture")).to_contain_text("Hours by topic")
    shoot(visitor.page, f"picture-{width}")
    expect(visitor.says("officer", "what if")).to_contain_text("Try a class")
    shoot(visitor.page, f"form-{width}")


def _request(chromium: Browser) -> None:
    """A request was decided: the card in the sergeant's pane, and what the officer reads."""
    with _demo() as address:
        context = chromium.new_context(viewport=WIDTHS[1024], reduced_motion="reduce")
        page = context.new_page()
        page.goto(address)
        visitor = Visitor(page)
        for text in ("request crisis negotiation school", "2", "negotiator vacancy, want to apply"):
            visitor.says("officer", text)
        # Her shift begins at six.
        for hour in ("15:1", "16:1", "17:1", "18:1"):
            visitor.moves("+1 hour")
            expect(page.locator(".clock .now strong")).to_contain_text(hour)
            expect(page.locator(".clock")).to_have_attribute("aria-busy", "false")
        card = visitor.answers("sergeant").filter(has_text="R-1001 from Ofc. D. Ruiz")
        card.get_by_role("button", name="Approve").click()
        expect(card.get_by_role("button")).to_have_count(0)
        expect(visitor.says("phone", "R-1001")).to_contain_text("With P. Nair")
        told = visitor.answers("officer").filter(has_text="step 1 of 2 approved by Sgt. Okafor")
        for shown in (card, told):
            shown.evaluate("each => each.scrollIntoView({ block: 'end' })")
        picture = Image.open(BytesIO(page.locator(".stage").screenshot()))
        # A page has few colors, and with a palette of them a picture is half as large.
        picture.quantize(COLORS).save(FOLDER / "request-1024.png", optimize=True)
        context.close()


def _dark(chromium: Browser) -> None:
    """Time was moved past a deadline, in the dark."""
    with _demo() as address:
        context = chromium.new_context(viewport=WIDTHS[1440], color_scheme="dark", reduced_motion="reduce")
        page = context.new_page()
        page.goto(address)
        visitor = Visitor(page)
        visitor.says("officer", "am i good?")
        for day in ("Mar 9", "Mar 16", "Mar 23"):
            visitor.moves("+7 days")
            expect(page.locator(".clock .now strong")).to_contain_text(day)
            expect(page.locator(".clock")).to_have_attribute("aria-busy", "false")
        visitor.says("dispatcher", "am i good?")
        expect(visitor.answers("dispatcher")).to_contain_text("OVERDUE")
        front(visitor, "dispatcher")
        shoot(page, "clock-dark-1440")
        context.close()


def front(visitor: Visitor, seat: str) -> None:
    """Bring a pane to the front, as its tab does."""
    visitor.page.locator(f'[data-show="{seat}"]').click()


def shoot(page: Page, name: str) -> None:
    """One picture."""
    page.screenshot(path=FOLDER / f"{name}.png")


@contextmanager
def _demo() -> Iterator[str]:
    command = [sys.executable, "-m", "bot.cli", "demo", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(ROOT)) as process:  # noqa: S603  our own command
        try:
            yield (process.stdout.readline() if process.stdout else "").split()[1]
        finally:
            process.terminate()


if __name__ == "__main__":
    take_all()

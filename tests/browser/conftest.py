"""A real browser on a real desk: Chromium driven by Playwright, against ``rollcall demo`` as its own process."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, ViewportSize, expect, sync_playwright

from bot.commands.demo import make_demo
from bot.desk.deliveries import Schedule
from tests.browser.visitor import Visitor
from tests.browser.warm_demo import running_demo
from tests.fakes.made_once import made_once

# Debian's browser, or another one by name: Playwright's own cannot be fetched everywhere.
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Without the background flags it looks for the outside world at every start.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 20_000  # milliseconds until something that does not come is called missing
WIDE: ViewportSize = {"width": 1440, "height": 900}


@dataclass(frozen=True, slots=True)
class RunningDesk:
    """A desk that answers at ``address``, its record in ``folder``."""

    address: str
    folder: Path


def found_browser() -> str | None:
    """Where the browser is; ``TEST_BROWSER`` names another one."""
    return os.environ.get("TEST_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)


# Without a browser one test stays, and says so.
collect_ignore = (
    []
    if found_browser()
    else [path.name for path in Path(__file__).parent.glob("test_*.py") if path.name != "test_browser.py"]
)


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    """Playwright without a browser."""
    with sync_playwright() as driver:
        expect.set_options(timeout=PATIENCE)
        yield driver


@pytest.fixture(scope="session")
def browser(playwright_driver: Playwright) -> Iterator[Browser]:
    """One browser for a session of tests."""
    found = found_browser()
    assert found is not None, "without a browser only test_browser is collected"
    chromium = playwright_driver.chromium.launch(executable_path=found, args=list(FLAGS))
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def demo_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo agency once whoever is reminded on its day has been, to be copied."""
    return made_once(tmp_path_factory.getbasetemp(), "demo", _reminded)


def _reminded(folder: Path) -> None:
    make_demo(folder).engine.dispose()
    office = make_demo(folder, links_at="http://localhost")
    Schedule(office, lambda *_: None).run()
    office.engine.dispose()


@pytest.fixture
def desk(demo_record: Path, tmp_path: Path) -> Iterator[RunningDesk]:
    """A desk of this test's own, on a free port, stopped as a person stops it."""
    folder = tmp_path / "desk"
    shutil.copytree(demo_record, folder)
    with running_demo(folder) as said:
        assert said.startswith("Open http://localhost:"), said
        yield RunningDesk(said.split()[1], folder)


@pytest.fixture
def page(browser: Browser, desk: RunningDesk) -> Iterator[Page]:
    """The desk as it opens on a wide screen; whatever the page itself complains about fails the test."""
    context = browser.new_context(viewport=WIDE, locale="en-US")
    opened = context.new_page()
    trouble: list[str] = []
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("console", lambda line: trouble.append(line.text) if line.type == "error" else None)
    opened.goto(desk.address)
    yield opened
    context.close()
    # A file that was refused is told to the person by the desk itself; the browser notes the code as well.
    assert not [line for line in trouble if "status of 413" not in line]


@pytest.fixture
def visitor(page: Page) -> Visitor:
    """Somebody who looks at the desk and clicks, where whoever is reminded on the demo's day has been: what they say
    next is the newest that happened."""
    visitor = Visitor(page)
    expect(visitor.record().filter(has_text="handed over a message")).not_to_have_count(0)
    return visitor

"""What a visitor of the desk does and sees, in the words of the page."""

from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Locator, Page

# Where something is in order is not asked: to write all of it down takes as long as to look at it.
FINDINGS_ALONE = {"resultTypes": ["violations"]}


@dataclass(frozen=True, slots=True)
class Visitor:
    """One person in front of one browser."""

    page: Page

    def pane(self, seat: str) -> Locator:
        """The pane of ``officer``, ``phone``, ``sergeant``, ``coordinator``, ``dispatcher`` or ``record``."""
        return self.page.locator(f'.pane[data-seat="{seat}"]')

    def says(self, seat: str, text: str) -> Locator:
        """Type into a pane and send; the pane's newest answer once it is there."""
        answered = self.answers(seat).count()
        field = self.pane(seat).get_by_role("textbox", name="Message")
        field.fill(text)
        field.press("Enter")
        return self._answer(seat, answered)

    def presses(self, seat: str, label: str, *, on: Locator) -> Locator:
        """Press a button of an answer; the answer to it."""
        answered = self.answers(seat).count()
        on.get_by_role("button", name=label, exact=True).click()
        return self._answer(seat, answered)

    def opens(self, seat: str, row: str, *, on: Locator) -> Locator:
        """Press the button of a row of a list; the answer to it."""
        button = on.get_by_role("row").filter(has_text=row).get_by_role("button")
        return self.presses(seat, button.inner_text(), on=on)

    def _answer(self, seat: str, answered: int) -> Locator:
        answer = self.answers(seat).nth(answered)
        answer.wait_for()
        return answer

    def attaches(self, seat: str, name: str, content: bytes) -> None:
        """Choose a file for the next message of a pane."""
        payload: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.pane(seat).locator('input[type="file"]').set_input_files(payload)

    def attaches_from_disk(self, seat: str, file: Path) -> None:
        """The same with a file that lies on the disk, as a large one does."""
        self.pane(seat).locator('input[type="file"]').set_input_files(file)

    def answers(self, seat: str) -> Locator:
        """Everything Rollcall said in a pane."""
        return self.pane(seat).locator("article.by-desk")

    def home(self, seat: str) -> Locator:
        """Where the person of a pane stands now."""
        return self.pane(seat).locator(".home > summary")

    def moves(self, label: str) -> None:
        """Press a button of the clock."""
        self.page.locator(".clock").get_by_role("button", name=label).click()

    def record(self) -> Locator:
        """The lines of the record, newest first."""
        return self.pane("record").locator("li.entry")


def violations(page: Page) -> list[str]:
    """What axe-core finds in light and in dark, each with the place it stands at."""
    # Slow appearing is half transparent for a moment, and half a color is another color.
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    light = Axe().run(page, options=FINDINGS_ALONE).response["violations"]
    page.emulate_media(color_scheme="dark")
    # It is the same page in other colors.
    dark = Axe().run(page, options={**FINDINGS_ALONE, "runOnly": ["color-contrast"]}).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in (*light, *dark) for node in each["nodes"]]

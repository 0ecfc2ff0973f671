"""Rollcall in Microsoft's own playground for Teams: three people of the demo, what they read, at two widths of a card.

Run by `make playground`. The playground opens no dialogs, so the service is asked for each dialog as a client would
ask, and the playground draws the card that it answers with.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, WebSocket, expect, sync_playwright

from bot.commands.demo import make_demo
from bot.demo.agency import NOW
from bot.desk.clock import set_clock
from bot.teams.playground import BOT, TENANT
from tests.browser.conftest import FLAGS, found_browser
from tests.browser.screenshots import COLORS, FOLDER
from tests.integration.service_process import until

WIDTHS = (600, 320)
OFFICER, SERGEANT, COORDINATOR = "214", "77", "902"
PEOPLE = {
    OFFICER: ("Dana", "Ruiz"),
    SERGEANT: ("Kim", "Okafor"),
    COORDINATOR: ("Priya", "Nair"),
    # The playground asks for five others.
    "231": ("Sam", "Lee"),
    "1": ("Alan", "Brandt"),
    "118": ("Marcus", "Adeyemi"),
}
ON_DUTY = NOW + timedelta(hours=4, minutes=12)
ENTRY = "node_modules/@microsoft/m365agentsplayground/cli.js"
PATIENCE = 60.0  # seconds
TALL = 3000
# A card as wide as asked, whatever stands around it.
WIDEN = """(card, width) => {
  card.style.width = card.style.minWidth = card.style.maxWidth = `${width}px`;
  for (let each = card.parentElement; each && each.id !== 'root'; each = each.parentElement) {
    each.style.overflow = 'visible';
    each.style.maxWidth = 'none';
  }
}"""
# What stays in the repository; the others are for looking at.
KEPT = {
    "status-320": "teams-status-320",
    "approval-600": "teams-approval-600",
    "told-320": "teams-request-320",
}


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who sits at a playground of their own."""

    badge: str
    port: int

    @property
    def address(self) -> str:
        """Their playground."""
        return f"http://localhost:{self.port}"

    @property
    def conversation(self) -> str:
        """Their personal chat."""
        return f"personal-chat-{self.badge}"

    @property
    def activities(self) -> str:
        """Where the bot writes to them."""
        return f"{self.address}/_connector/v3/conversations/{self.conversation}/activities"


def user(badge: str) -> dict[str, str]:
    """An account as the tenant would have it: the address is the roster's."""
    given, family = PEOPLE[badge]
    address = f"{given}.{family}@lakemont.example.org".lower()
    return {
        "id": f"user-id-{badge}",
        "name": f"{given} {family}",
        "userPrincipleName": address,  # so Microsoft writes it
        "aadObjectId": f"00000000-0000-0000-0000-0000000000{badge:0>3}",
        "givenName": given,
        "surname": family,
        "email": address,
    }


def configuration(seat: Seat) -> dict[str, Any]:
    """The playground of one person; JSON is YAML."""
    return {
        "version": "0.1.1",
        "tenantId": TENANT,
        "bot": {"id": BOT, "name": "Rollcall"},
        "currentUser": user(seat.badge),
        "users": [user(each) for each in PEOPLE if each != seat.badge],
        "personalChat": {"id": seat.conversation},
        "groupChat": {"id": "group-chat", "name": "Patrol"},
        "team": {
            "id": "team",
            "name": "Lakemont PD",
            "aadGroupId": "00000000-0000-0000-0000-000000000031",
            "channels": [{"id": "announcements", "name": "Announcements"}],
        },
    }


def _data_of(title: str, said: str) -> Iterator[Mapping[str, Any]]:
    """What goes along with each button of this name, in a frame of the playground's."""
    try:
        told: object = json.loads(said[said.index("{") :] if "{" in said else "")
    except ValueError:
        return
    yield from _buttons(title, told)


def _buttons(title: str, told: object) -> Iterator[Mapping[str, Any]]:
    match told:
        case {"title": shown, "data": {"rollcall": str()} as data} if shown == title:
            yield data
        case dict():
            for each in told.values():
                yield from _buttons(title, each)
        case list():
            for each in told:
                yield from _buttons(title, each)
        case _:
            return


def invoke(seat: Seat, data: Mapping[str, Any]) -> dict[str, Any]:
    """What a client sends to open a dialog."""
    me = user(seat.badge)
    return {
        "type": "invoke",
        "name": "task/fetch",
        "id": f"{seat.badge}-{time.monotonic_ns()}",
        "channelId": "msteams",
        "serviceUrl": f"{seat.address}/_connector",
        "from": {"id": me["id"], "aadObjectId": me["aadObjectId"], "name": me["name"]},
        "recipient": {"id": BOT, "name": "Rollcall"},
        "conversation": {"id": seat.conversation, "conversationType": "personal", "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT}},
        "value": {"data": dict(data)},
    }


class Chat:
    """One person's chat, as wide as a window is that shows it."""

    def __init__(self, page: Page, seat: Seat, service: str, pictures: Path) -> None:
        self.page = page
        self._seat = seat
        self._service = service
        self._pictures = pictures
        self._came: list[str] = []
        page.on("websocket", self._hear)

    def _hear(self, line: WebSocket) -> None:
        line.on("framereceived", lambda said: self._came.append(str(said)))

    def open(self) -> None:
        """The page; that installs Rollcall for whoever opens it."""
        self.page.goto(self._seat.address)
        self.page.get_by_title("Toggle Log Panel").click()

    @property
    def cards(self) -> Locator:
        """Every card in the chat."""
        return self.page.locator(".ac-adaptiveCard")

    def says(self, text: str, answer: str) -> Locator:
        """Write something; the last card, once it says what is looked for."""
        self.page.get_by_role("textbox").last.click()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        return self.reads(answer)

    def presses(self, title: str, answer: str) -> Locator:
        """Press a button of the last card that has it; the card that then says what is looked for."""
        self.page.get_by_role("button", name=title, exact=True).last.click()
        return self.reads(answer)

    def reads(self, text: str) -> Locator:
        """The last card that says this."""
        found = self.cards.filter(has_text=text).last
        expect(found).to_be_visible(timeout=PATIENCE * 1000)
        return found

    def dialog(self, title: str, text: str) -> Locator:
        """The dialog behind the last button of this name, drawn as a card of the chat."""
        data = [each for said in self._came for each in _data_of(title, said)][-1]
        answer = httpx.post(f"{self._service}/api/messages", json=invoke(self._seat, data), timeout=PATIENCE)
        attached: Mapping[str, Any] = answer.json()["task"]["value"]["card"]
        httpx.post(
            self._seat.activities,
            json={"type": "message", "from": {"id": BOT}, "attachments": [attached]},
            timeout=PATIENCE,
        ).raise_for_status()
        return self.reads(text)

    def shoot(self, card: Locator, name: str) -> None:
        """One card at each width, with its chat around it left out."""
        for width in WIDTHS:
            card.evaluate(WIDEN, width)
            card.scroll_into_view_if_needed()
            picture = Image.open(BytesIO(card.screenshot()))
            shown = f"{name}-{width}"
            picture.save(self._pictures / f"{shown}.png")
            if shown in KEPT:
                # A card has few colors, and with a palette of them a picture is a third as large.
                picture.quantize(COLORS).save(FOLDER / f"{KEPT[shown]}.png", optimize=True)


def tell(officer: Chat, sergeant: Chat, shift_begins: Callable[[], None]) -> None:
    """A day in Teams: where do I stand, why, a class that is asked for, and whoever decides about it on her shift."""
    officer.shoot(officer.reads("This is Rollcall"), "introduction")
    officer.shoot(officer.says("am i good?", "NOT YET, Ruiz."), "status")
    officer.shoot(officer.presses("Why", "records that do not count"), "why")
    officer.shoot(officer.says("request training", "Choose a class of the calendar"), "request")
    officer.shoot(officer.dialog("Request training", "Tuition"), "request-form")
    officer.says("request crisis negotiation school", "Which")
    officer.says("2", "why")
    officer.shoot(officer.says("negotiator vacancy, want to apply", "R-1001"), "sent")
    sergeant.reads("This is Rollcall")
    sergeant.shoot(sergeant.says("approvals", "1 request waits"), "approvals")
    sergeant.shoot(sergeant.says("open R-1001", "Shifts hit"), "opened")
    sergeant.shoot(sergeant.dialog("Request R-1001", "Decision"), "decide")
    shift_begins()
    # Nobody asked for it: it comes by itself.
    sergeant.shoot(sergeant.reads("Deny with reason"), "approval")
    sergeant.shoot(sergeant.dialog("Deny with reason", "Reason"), "deny")
    sergeant.shoot(sergeant.presses("Approve", "step 1 approved by Sgt. Okafor"), "approved")
    officer.shoot(officer.says("R-1001", "With P. Nair"), "told")


@contextmanager
def process(command: list[str], log: Path, **environment: str) -> Iterator[None]:
    """A program that runs for as long as it is looked at."""
    told = os.environ | environment
    with log.open("wb") as said, subprocess.Popen(command, stdout=said, stderr=said, env=told) as running:  # noqa: S603  our own commands
        try:
            yield
        finally:
            running.terminate()


def answers(address: str) -> bool:
    """Whether anything answers there."""
    try:
        httpx.get(address, timeout=PATIENCE)
    except httpx.TransportError:
        return False
    return True


def chat(chromium: Browser, seat: Seat, service: str, pictures: Path) -> Chat:
    """Somebody opens their chat; that installs Rollcall for them."""
    opened = Chat(chromium.new_page(viewport={"width": 1000, "height": TALL}), seat, service, pictures)
    opened.open()
    return opened


def main(installed: Path, pictures: Path, port: int = 8088) -> None:
    """The story, in the playground that is installed in this folder."""
    browser = found_browser()
    if browser is None:
        sys.exit("no Chromium on this machine (Debian: apt-get install chromium)")
    pictures.mkdir(parents=True, exist_ok=True)
    service = f"http://localhost:{port}"
    seats = {badge: Seat(badge, 56150 + at) for at, badge in enumerate((OFFICER, SERGEANT, COORDINATOR))}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        office = make_demo(folder)
        stack.callback(office.engine.dispose)
        serve = [sys.executable, "-m", "bot.cli", "serve", "--port", str(port), "--teams-playground"]
        stack.enter_context(process(serve, pictures / "serve.log", ROLLCALL_DATA_DIR=str(folder)))
        until(lambda: answers(f"{service}/health/live"), "the service")
        for seat in seats.values():
            given = folder / f"{seat.badge}.yml"
            given.write_text(json.dumps(configuration(seat)))
            opened = ["node", str(installed / ENTRY), "-e", f"{service}/api/messages"]
            opened += ["-c", "msteams", "-p", str(seat.port), "--dt", "true"]
            told = {
                "TEAMSAPPTESTER_BROWSER": "none",
                "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(given),
                "M365_AGENTS_PLAYGROUND_LOGFILE": str(pictures / f"playground-{seat.badge}.log"),
            }
            stack.enter_context(process(opened, pictures / f"said-{seat.badge}.log", **told))
        until(lambda: all(answers(seat.address) for seat in seats.values()), "three playgrounds")
        chromium = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=browser, args=list(FLAGS)
        )
        stack.callback(chromium.close)
        tell(
            chat(chromium, seats[OFFICER], service, pictures),
            chat(chromium, seats[SERGEANT], service, pictures),
            lambda: set_clock(office, ON_DUTY),
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""A pleasant talk with Rollcall in a terminal: history, completion, numbered replies; or plain lines from a pipe."""

import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import InMemoryHistory
from rich.console import Console

from bot.sms.render import render as as_text
from bot.terminal.render import show, typed_choices
from db.queries.context import Sender
from db.records.facts import AgencyId
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from messages.model import Button, Message, to_json
from messages.words import Words
from training.office import Office

CHANNEL = "terminal"
TEXT_CHANNEL = "sms"  # answers as short as a patrol phone needs them
LEAVE = frozenset({"exit", "quit", "bye"})
# What TAB offers: the plain commands, as an officer would type them.
OFFERED = (
    "am i good", "status", "picture", "missing", "hours left", "next", "deadlines", "deadlines 90", "why", "list",
    "more", "record ", "history", "history 2026", "when does my cpr expire", "what if i take autism 4 hours on ",
    "my team", "who saw my record", "are you an ai", "menu", "help", "human", "glossary ",
)  # fmt: skip


class ChatLooks(StrEnum):
    """How answers are shown."""

    TERMINAL = "terminal"
    PHONE = "phone"  # as the text message would read
    JSON = "json"  # the neutral message, one line each


class TerminalChat:
    """One person's conversation in this terminal."""

    def __init__(
        self,
        office: Office,
        agency_id: AgencyId,
        agency_name: str,
        sender: Sender,
        words: Words,
        looks: ChatLooks,
    ) -> None:
        self._desk = FrontDesk(office, words)
        self._agency_id = agency_id
        self._agency_name = agency_name
        self._sender = sender
        self._words = words
        self._looks = looks
        self._choices: Mapping[str, Button] = {}
        self._console = Console(highlight=False)

    def run(self) -> int:
        """Answer every line until the input ends."""
        for line in self._lines():
            if line.strip().lower() in LEAVE:
                break
            if line.strip():
                self._show(self.answer(line.strip()))
        return 0

    def _lines(self) -> Iterator[str]:
        if not sys.stdin.isatty():
            yield from sys.stdin
            return
        self._console.print(self._words.say("cli-chat-welcome"))
        session: PromptSession[str] = PromptSession(
            history=InMemoryHistory(), completer=WordCompleter(list(OFFERED), sentence=True, ignore_case=True)
        )
        while True:
            try:
                yield session.prompt("> ")
            except (EOFError, KeyboardInterrupt):
                return

    def answer(self, text: str) -> Message:
        """The answer to one line, however it was typed."""
        pressed = self._pressed(text)
        interaction = Interaction(
            agency_id=self._agency_id,
            sender=self._sender,
            channel=TEXT_CHANNEL if self._looks is ChatLooks.PHONE else CHANNEL,
            text="" if pressed else text,
            action=pressed.route if pressed else "",
            value=pressed.value if pressed else "",
        )
        message = self._desk.answer(interaction, self._agency_name)
        self._choices = typed_choices(message)
        return message

    def _pressed(self, text: str) -> Button | None:
        """A number is the button of that number in the last answer; its typed word is an ordinary question."""
        return self._choices.get(text) if text.isascii() and text.isdecimal() else None

    def _show(self, message: Message) -> None:
        match self._looks:
            case ChatLooks.JSON:
                print(to_json(message), flush=True)
            case ChatLooks.PHONE:
                print(as_text(message, self._words), flush=True)
            case ChatLooks.TERMINAL:
                show(message, self._console, self._words)
                self._console.print()

"""The mail server as it runs: on loopback, in a thread with a loop of its own, behind TLS when asked."""

import asyncio
import logging
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as MAIL
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.fakes.mail.certificates import Certificate

PATIENCE = 10.0
USER, PASSWORD = "rollcall@lakemont.example", "made up: p@ss/word"
# The library warns of every login that it lets through; the stories have their own asserts.
logging.getLogger("mail.log").setLevel(logging.CRITICAL + 1)


@dataclass
class Letters:
    """What it took, and how it fails. ``answers`` are given once each, by the word of the command."""

    taken: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str], bool]] = field(default_factory=list)
    """From, to, and whether it came encrypted."""
    answers: dict[str, list[str]] = field(default_factory=dict)
    cut_after_taking: int = 0
    """So many letters are taken, and the line is cut before anybody is told."""
    cut_before_taking: int = 0

    def fail(self, command: str, answer: str) -> None:
        """The next time this command comes, it is answered so."""
        self.answers.setdefault(command, []).append(answer)

    def to(self, address: str) -> list[EmailMessage]:
        """Every letter to an address."""
        return [each for each in self.taken if each["To"] == address]


class _Handler:
    """What aiosmtpd asks at each command."""

    def __init__(self, letters: Letters, *, login: bool) -> None:
        self._letters = letters
        self._login = login

    def _next(self, command: str) -> str:
        waiting = self._letters.answers.get(command)
        return waiting.pop(0) if waiting else ""

    async def handle_MAIL(  # noqa: N802  the library's name
        self, _: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._login and not session.authenticated:
            return "530 5.7.0 Authentication required"
        if answer := self._next("MAIL"):
            return answer
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  the library's name
        self, _: SMTP, __: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self._next("RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> str:  # noqa: N802  the name the library calls
        letters = self._letters
        if answer := self._next("DATA"):
            return answer
        if letters.cut_before_taking:
            letters.cut_before_taking -= 1
            _cut(server)
            return "250 OK"
        content = envelope.content
        assert isinstance(content, bytes)
        made: Any = message_from_bytes(content, policy=MAIL)
        letters.taken.append(made)
        assert server.transport is not None
        encrypted = server.transport.get_extra_info("sslcontext") is not None
        letters.envelopes.append((envelope.mail_from or "", list(envelope.rcpt_tos), encrypted))
        if letters.cut_after_taking:
            letters.cut_after_taking -= 1
            _cut(server)
        return "250 OK"


def _cut(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


class MailServer:
    """Use as ``with MailServer() as mail``; ``mail.url`` is what the app is pointed at."""

    def __init__(
        self,
        *,
        encrypted: bool = False,
        starttls: bool = True,
        login: bool = True,
        certificate: Certificate | None = None,
    ) -> None:
        self.certificate = certificate or Certificate()
        self.letters = Letters()
        self.url = ""
        self.port = 0
        self._encrypted, self._starttls, self._login = encrypted, starttls and not encrypted, login
        self._started: Future[int] = Future()
        self._thread = threading.Thread(target=self._run, name="mail-stand-in", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None

    def __enter__(self) -> Self:
        """Start, and wait until it listens."""
        self._thread.start()
        self.port = self._started.result(PATIENCE)
        scheme = "smtps" if self._encrypted else "smtp"
        who = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@" if self._login else ""
        self.url = f"{scheme}://{who}127.0.0.1:{self.port}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        assert self._loop is not None
        assert self._stop is not None
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(PATIENCE)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            if not self._started.done():
                self._started.set_exception(error)
            raise

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        context = self.certificate.shown()
        server = await self._loop.create_server(
            self._session, "127.0.0.1", 0, ssl=context if self._encrypted else None
        )
        self._started.set_result(server.sockets[0].getsockname()[1])
        await self._stop.wait()
        server.close()

    def _session(self) -> SMTP:
        return SMTP(
            _Handler(self.letters, login=self._login),
            hostname="mail.lakemont.example",
            tls_context=self.certificate.shown() if self._starttls else None,
            require_starttls=self._starttls,
            authenticator=_knows if self._login else None,
            # TLS from the first byte is not seen by the library; the handler asks for the login.
            auth_require_tls=False,
        )


def _knows(_: SMTP, __: Session, ___: Envelope, ____: str, told: Any) -> AuthResult:
    right = isinstance(told, LoginPassword) and (told.login, told.password) == (
        USER.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=right, handled=False)

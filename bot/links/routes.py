"""``/u/TOKEN`` takes files, ``/f/TOKEN`` shows and hands them out, ``/calendar/TOKEN.ics`` is what calendars subscribe
to. Only what a person presses uses a link up.

Chat tools fetch every link that is sent to show what is behind it: looking changes nothing here.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from fastapi import APIRouter, Request
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from bot.links import calendar
from bot.links.downloads import headers
from bot.links.multipart import MEGABYTE, MOST_BYTES, MOST_FILES, FormReader, FormTrouble, UnreadableFormError
from bot.links.pages import FORBIDDEN, UNAVAILABLE, LinkPages
from bot.links.turnstile import WINDOW, Turnstile
from bot.links.uploads import HeardByPage, LinkGoneError, Uploads
from db.records.links import LinkPurpose
from handlers.front_desk import WENT_WRONG, FrontDesk
from messages.plain import plain_text
from messages.words import Words, named
from training.links import links, looks
from training.links.links import OpenedLink
from training.links.looks import OPENING, Kinds, OpenedFile, OpenedLook
from training.office import Office
from training.reminders import calendars

log = logging.getLogger(__name__)

UPLOAD, OPEN, CALENDAR = "/u/{token}", "/f/{token}", "/calendar/{token}.ics"
# Seconds for which somebody may go on sending to a link that is gone.
THROWN_AWAY_WITHIN = 20.0
LOOKING = ["GET", "HEAD"]
# Why nothing was taken, as the status says it; the sentence is on the page, with the form again.
BAD, TOO_LONG, TOO_LARGE, TOO_OFTEN = 400, 408, 413, 429
STATUSES = {"too-large": TOO_LARGE, "too-many": TOO_LARGE, "busy": UNAVAILABLE, "slow": TOO_LONG}
# A page, and a small one: how the answer reads there.
ON_PAGE = "web"


class Runs(Protocol):
    """Runs something that touches the database in a worker thread."""

    def __call__(self, work: Callable[[], Any], /) -> Awaitable[Any]:
        """What it gives back."""


Previews = Callable[[bytes], Sequence[bytes]]


def no_previews(_: bytes) -> Sequence[bytes]:
    """Nothing is drawn: the page offers the file alone."""
    return ()


async def nobody_else(_: HeardByPage) -> None:
    """What was answered goes where it goes, and nobody else waits for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDesk:
    """What the pages need. ``previews`` draws a file anew as JPEG pictures, in a worker thread, and gives none of one
    that it cannot read. ``told`` hears of every upload that was answered, in the event loop."""

    office: Office
    words: Words
    front_desk: FrontDesk
    uploads: Uploads
    run: Runs
    kinds: Kinds
    previews: Previews = no_previews
    told: Callable[[HeardByPage], Awaitable[None]] = nobody_else


def link_routes(desk: LinkDesk) -> APIRouter:
    """The routes, for the service and for the demo."""
    behind = _Behind(desk)
    router = APIRouter()
    router.add_api_route(UPLOAD, behind.show_form, methods=LOOKING)
    router.add_api_route(UPLOAD, behind.take_files, methods=["POST"])
    router.add_api_route(OPEN, behind.show_button, methods=LOOKING)
    router.add_api_route(OPEN, behind.open, methods=["POST"])
    router.add_api_route(CALENDAR, behind.calendar, methods=LOOKING)
    return router


async def _thrown_away(request: Request) -> None:
    """What comes to a link that is gone, read to its end and kept nowhere: whoever is answered before they have sent
    everything sees a broken connection instead of the page. More than one file, or a slow one, is not waited for."""
    left = MOST_BYTES
    with suppress(ClientDisconnect, TimeoutError):
        async with asyncio.timeout(THROWN_AWAY_WITHIN):
            async for chunk in request.stream():
                left -= len(chunk)
                if left < 0:
                    return


class _Behind:
    """What is behind the links."""

    def __init__(self, desk: LinkDesk) -> None:
        self._desk = desk
        self._pages = LinkPages(desk.words)
        self._reader = FormReader()
        self._turnstile = Turnstile()

    async def show_form(self, token: str) -> Response:
        link = await self._found(token, (LinkPurpose.UPLOAD,))
        return self._pages.gone() if link is None else self._pages.upload()

    async def take_files(self, token: str, request: Request) -> Response:
        link = await self._found(token, (LinkPurpose.UPLOAD,))
        if link is None:
            await _thrown_away(request)
            return self._unread(self._pages.gone())
        try:
            sent = await self._reader.read(request.headers.get("content-type", ""), request.stream())
        except ClientDisconnect:
            return Response(status_code=BAD)  # half a file is no file, and nobody waits for this answer
        except UnreadableFormError as error:
            log.warning("form-refused", extra={"error": error.code})
            return self._unread(self._pages.upload(self._why(error.code), STATUSES.get(error.code, BAD)))
        if not sent.files and not sent.text:
            return self._pages.upload(self._why("empty"), BAD)
        try:
            heard: HeardByPage = await self._desk.run(lambda: self._desk.uploads.take(link, sent))
        except LinkGoneError:
            return self._pages.gone()
        except WENT_WRONG as error:
            text = plain_text(self._desk.front_desk.broken(error), ON_PAGE)
            return self._pages.said(text, UNAVAILABLE, note=self._desk.words.say("link-works-still"))
        await self._desk.told(heard)
        note = self._desk.words.say("link-answered-there") if heard.serves else ""
        text = plain_text(heard.message, ON_PAGE)
        return self._pages.said(text, note=note) if heard.serves else self._pages.said(text, FORBIDDEN)

    async def show_button(self, token: str) -> Response:
        link = await self._found(token, OPENING)
        return self._pages.gone() if link is None else self._pages.before(link.purpose)

    async def open(self, token: str) -> Response:
        link = await self._found(token, OPENING)
        if link is None:
            return self._pages.gone()
        found = await self._desk.run(lambda: self._opened(link))
        if found is None:
            return self._pages.gone()
        opened, previews = found
        if link.purpose is LinkPurpose.LOOK or not opened.shown:
            return self._pages.look(opened, previews)
        [file] = opened.shown
        return Response(file.content, headers=dict(headers(opened, file)))

    async def calendar(self, token: str) -> Response:
        """One that ended, one that never was and that of somebody who left: nobody can tell which."""
        office = self._desk.office
        if not self._turnstile.lets_in(links.digest_of(token), office.clock.now()):
            again = {"retry-after": str(int(WINDOW.total_seconds()))}
            return Response(status_code=TOO_OFTEN, headers={**calendar.HEADERS, **again})
        due = await self._desk.run(lambda: calendars.due_days(office, token))
        if due is None:
            return self._pages.gone()
        content = calendar.drawn(due, self._desk.words)
        return Response(content, headers=calendar.HEADERS, media_type=calendar.MEDIA_TYPE)

    def _opened(self, link: OpenedLink) -> tuple[OpenedLook, Sequence[Sequence[bytes]]] | None:
        """In a worker thread: opened and drawn first, then used up and written down: what fails uses nothing up."""
        office, kinds = self._desk.office, self._desk.kinds
        opened = looks.open_link(office, link, kinds)
        previews = tuple(map(self._drawn, opened.files))
        used = looks.use_up(office, link, opened, kinds)
        if used is None:
            # Whoever may not see it any more is told what a stranger is told.
            return None
        left = {file.number for file in used.shown}
        kept = [
            drawn if file.number in left else () for file, drawn in zip(opened.files, previews, strict=True)
        ]
        return used, kept

    def _drawn(self, file: OpenedFile) -> Sequence[bytes]:
        # A file that was made for the link is ours, and says itself what it is.
        return () if file.content is None or file.item_id is None else self._desk.previews(file.content)

    async def _found(self, token: str, purposes: Sequence[LinkPurpose]) -> OpenedLink | None:
        found: OpenedLink | None = await self._desk.run(
            lambda: links.found(self._desk.office, token, purposes)
        )
        return found

    def _why(self, code: FormTrouble | Literal["empty"]) -> str:
        words = self._desk.words
        facts = {"megabytes": MOST_BYTES // MEGABYTE, "count": MOST_FILES}
        wanted = named(words.sentence(f"link-upload-{code}"), facts)
        return words.say(f"link-upload-{code}", **wanted)

    @staticmethod
    def _unread(response: Response) -> Response:
        """What is left of the body is not read, so the connection cannot be used again."""
        response.headers["connection"] = "close"
        return response

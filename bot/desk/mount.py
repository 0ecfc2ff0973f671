"""How does the desk become part of the web app? Its own routes first, the page library last.

The library answers for every address that nobody answered before it, so whatever is added after it is never reached.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import unquote

from fastapi import APIRouter, FastAPI, Request
from fastapi.staticfiles import StaticFiles
from nicegui import Client, ui
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse, Response

from bot.desk.desk import Desk
from bot.desk.files import PATH, TooLargeError, read_capped
from bot.desk.page import STATIC, DeskPage
from bot.desk.render import Renderer

HERE = Path(__file__).parent
# Our own mark, so that no picture of the library's is shown.
FAVICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#17549a"/>'
    '<path d="M8 17l5 5 11-12" fill="none" stroke="#fff" stroke-width="4"/></svg>'
)
PAGE_HEAD = f'<link rel="stylesheet" href="{STATIC}/desk.css"><script src="{STATIC}/desk.js"></script>'
NAME_HEADER = "x-rollcall-file"
TOO_LARGE, NO_CONTENT, NOT_FOUND, GONE_AWAY = 413, 204, 404, 400


def mount_desk(web: FastAPI, desk: Desk) -> None:
    """Put the desk into a web app that has all its other routes already."""
    web.mount(STATIC, StaticFiles(directory=HERE / "static"), name="desk-static")
    web.include_router(_files(desk))
    renderer = Renderer(desk.words)

    @ui.page("/", title=desk.words.say("desk-title", agency=desk.agency_name), language="en-US")
    def page(client: Client) -> None:
        ui.add_head_html(PAGE_HEAD)
        DeskPage(desk, renderer).build(client)

    ui.run_with(web, favicon=FAVICON, dark=None, tailwind=False, show_welcome_message=False)


@asynccontextmanager
async def watching(desk: Desk) -> AsyncIterator[None]:
    """The desk looks at record and clock for as long as the app runs."""
    await desk.look()
    watch = asyncio.create_task(desk.watch())
    try:
        yield
    finally:
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch


def _files(desk: Desk) -> APIRouter:
    router = APIRouter()

    @router.post(PATH)
    async def take(request: Request) -> Response:
        """One file as the whole body. The name comes in a header of our own, which no foreign page can send."""
        seat_id = request.query_params.get("seat", "")
        if not desk.takes_files(seat_id) or NAME_HEADER not in request.headers:
            return Response(status_code=NOT_FOUND)
        try:
            content = await read_capped(request.stream())
        except ClientDisconnect:
            return Response(status_code=GONE_AWAY)  # half a file is no file, and nobody waits for this answer
        except TooLargeError:
            sentence = desk.words.say("desk-file-too-large")
            desk.refuse_file(seat_id, sentence)
            return PlainTextResponse(sentence, TOO_LARGE, headers={"connection": "close"})
        desk.attach(seat_id, unquote(request.headers[NAME_HEADER]), content)
        return Response(status_code=NO_CONTENT)

    @router.get(PATH + "/{file_id}")
    async def show(file_id: str) -> Response:
        """A picture that was sent here; any other file is not shown, because it could be a page."""
        picture = desk.pictures.get(file_id)
        if picture is None:
            return Response(status_code=NOT_FOUND)
        return Response(picture.content, media_type=picture.picture, headers={"cache-control": "no-store"})

    return router

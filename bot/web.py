"""The one web app of the service: the doors' routes first, then health and metrics, and nothing for anything else."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp

from bot.service.doors import Door
from bot.service.gate import Gate
from bot.service.hall import Hall
from bot.service.health import health_routes

BAD_REQUEST, NOT_FOUND = 400, 404


def service_app(hall: Hall, doors: Sequence[Door]) -> ASGIApp:
    """Everything that answers on the service's port. ``doors`` are those that are set up."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with hall.at_work():
            yield

    web = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=lifespan)
    # Before anything else: what is mounted first answers first.
    for door in doors:
        door.mount(web, hall)
    web.include_router(health_routes(hall))
    web.add_exception_handler(HTTPException, _refusal(hall))
    web.add_exception_handler(RequestValidationError, _refusal(hall))
    return Gate(web, hall.metrics, {path: room for door in doors for path, room in door.body_limits.items()})


def _refusal(hall: Hall) -> Callable[[Request, Exception], Awaitable[Response]]:
    """A refusal is one plain sentence: whoever knocks learns nothing of what is behind the door."""

    async def refuse(_: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else BAD_REQUEST
        headers = getattr(error, "headers", None)
        return PlainTextResponse(
            hall.words.say("web-not-found" if status == NOT_FOUND else "web-refused"), status, headers
        )

    return refuse

"""The one web app of the service: the doors' routes first, then health and metrics, and nothing for anything else."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp

from bot.health import health_routes
from bot.service.doors import Door
from bot.service.gate import Gate
from bot.service.hall import Hall
from training.errors import place_of

log = logging.getLogger(__name__)

BAD_REQUEST, NOT_FOUND, FAILED, UNAVAILABLE = 400, 404, 500, 503
AGAIN_AFTER = "5"  # seconds


def service_app(hall: Hall, doors: Sequence[Door]) -> ASGIApp:
    """Everything that answers on the service's port. ``doors`` are those that are set up."""
    limits = {path: room for door in doors for path, room in door.body_limits.items()}
    return Gate(routes_of(hall, doors), hall.metrics, limits)


def routes_of(hall: Hall, doors: Sequence[Door]) -> FastAPI:
    """The same without the gate: each address that there is, and what is said at any other."""

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
    web.add_exception_handler(SQLAlchemyError, _later(hall))
    web.add_exception_handler(Exception, _failure(hall))
    return web


def _refusal(hall: Hall) -> Callable[[Request, Exception], Awaitable[Response]]:
    """A refusal is one plain sentence: whoever knocks learns nothing of what is behind the door."""

    async def refuse(_: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else BAD_REQUEST
        headers = getattr(error, "headers", None)
        return PlainTextResponse(
            hall.words.say("web-not-found" if status == NOT_FOUND else "web-refused"), status, headers
        )

    return refuse


def _later(hall: Hall) -> Callable[[Request, Exception], Awaitable[Response]]:
    """The database did not do its part; whoever sent this sends it again."""

    async def put_off(_: Request, error: Exception) -> Response:
        facts = {"error": type(error).__name__, "place": place_of(error)}
        log.warning("put-off", extra=facts)
        return PlainTextResponse(hall.words.say("web-later"), UNAVAILABLE, {"retry-after": AGAIN_AFTER})

    return put_off


def _failure(hall: Hall) -> Callable[[Request, Exception], Awaitable[Response]]:
    """A mistake of ours. The gate logs it, because it comes by there."""

    async def fail(_: Request, __: Exception) -> Response:
        return PlainTextResponse(hall.words.say("web-failed"), FAILED)

    return fail

"""The app of a demo: our own routes first, the desk's page library last, or it would answer for them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from bot.desk.desk import Desk
from bot.desk.mount import mount_desk, watching
from bot.links.routes import link_routes
from bot.local_only import LocalOnly
from bot.service.live import LIVE, live


def desk_app(desk: Desk) -> FastAPI:
    """The desk, for this machine's own browser and nobody else."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with watching(desk):
            yield

    web = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan)
    web.add_api_route(LIVE, live, methods=["GET"])
    web.include_router(link_routes(desk.links()))
    web.add_middleware(LocalOnly, sentence=desk.words.say("desk-forbidden"))
    mount_desk(web, desk)
    return web

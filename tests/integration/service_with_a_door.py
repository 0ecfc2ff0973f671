"""``rollcall serve`` with a door of the tests' own: a question as JSON, the answer's kind and text."""

import argparse

from fastapi import FastAPI, Request

from bot.commands import service
from bot.commands.opening import the_settings
from bot.service.doors import Door
from bot.service.hall import Hall
from bot.sms.render import render
from db.queries.context import ByBadge
from handlers.interaction import Interaction
from messages.words import load
from training.agency_setup import the_agency

PATH = "/test/ask"


def mount(web: FastAPI, hall: Hall) -> None:
    """As a door does it: read who and what, ask in the hall, draw the answer."""

    agency_id = the_agency(hall.office)
    assert agency_id is not None

    @web.post(PATH)
    async def ask(request: Request) -> dict[str, str]:
        given = await request.json()
        sender = ByBadge(given["badge"])
        asked = Interaction(agency_id=agency_id, sender=sender, channel="sms", text=given["text"])
        with hall.metrics.answering():
            message = await hall.work(lambda: hall.front_desk.answer(asked, "Lakemont PD"))
        hall.metrics.answered("sms", message.kind.value, 0)
        return {"kind": message.kind.value, "text": render(message, hall.words)}

    @web.get("/test/agency")
    async def look_up() -> int:
        return await hall.check(lambda: the_agency(hall.office)) or 0

    @web.post("/test/fail/{badge}")
    async def fail(badge: str) -> None:
        raise ValueError(f"no such badge: {badge}")


DOOR = Door("test", lambda _: True, mount, {"/test/": 4 * 1024 * 1024})


def main() -> int:
    """The service, until it is told to stop."""
    parser = argparse.ArgumentParser()
    service.add_arguments(parser, load())
    return service.start(
        parser.parse_args(), service.ProcessRole(the_settings(), doors=(DOOR,), ticking=True)
    )

"""The door of one-time links: always there, because whoever has no link finds nothing behind it."""

from fastapi import FastAPI

from bot.links.kinds import KINDS
from bot.links.multipart import MOST_BODY
from bot.links.previews import previews_of
from bot.links.routes import LinkDesk, link_routes
from bot.links.uploads import Uploads
from bot.service.doors import Door
from bot.service.hall import Hall
from db.records.links import LinkPurpose
from training.ledger.parcels import Carrier
from training.links.links import PATHS

NAME = "links"


def _mount(web: FastAPI, hall: Hall) -> None:
    def carriers() -> dict[str, Carrier]:
        return {staff.name: staff.carrier for staff in hall.staff}

    desk = LinkDesk(
        office=hall.office,
        words=hall.words,
        front_desk=hall.front_desk,
        uploads=Uploads(hall.office, hall.front_desk, carriers),
        run=hall.work,
        kinds=KINDS,
        previews=previews_of(hall.office),
    )
    web.include_router(link_routes(desk))


DOOR = Door(NAME, lambda _: True, _mount, body_limits={PATHS[LinkPurpose.UPLOAD]: MOST_BODY})

"""What becomes of files that came in over a link? The same as of files in the conversation that it belongs to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.links.multipart import SentForm
from bot.service.answers import Answers
from db.queries import agencies
from db.queries.context import ByPerson
from db.records.ledger import Claim
from db.unit_of_work import reading
from handlers.front_desk import FrontDesk, Replied
from handlers.interaction import Interaction
from messages.model import Message
from training.ledger.parcels import Carrier
from training.links import links
from training.links.links import OpenedLink, Origin
from training.office import Office

Carriers = Callable[[], Mapping[str, Carrier]]


class LinkGoneError(Exception):
    """Somebody was first, or its time was over by then: nothing of what was sent is kept."""


@dataclass(frozen=True, slots=True)
class HeardByPage:
    """What was answered, and where besides the page it belongs. ``serves``: the person is with the agency still."""

    message: Message
    origin: Origin
    link: OpenedLink
    serves: bool


class Uploads:
    """Asks the front desk; works in a worker thread. ``carriers`` are the ways out of this process, by channel."""

    def __init__(self, office: Office, front_desk: FrontDesk, carriers: Carriers) -> None:
        self._office = office
        self._front_desk = front_desk
        self._carriers = carriers

    def take(self, link: OpenedLink, sent: SentForm) -> HeardByPage:
        """The answer, once the link is used up and everything that follows is written, together.

        LinkGoneError when it was used meanwhile; what the front desk raises leaves the link as it was.
        """
        origin = links.origin_of(self._office, link)
        carrier = self._carriers().get(origin.channel)
        answers = None if carrier is None else Answers(self._office, carrier)
        claims: list[Claim] = []

        def then(conn: Connection, replied: Replied) -> None:
            claims.clear()
            if not links.take(conn, self._office, link):
                raise LinkGoneError
            if answers is not None and origin.back is not None and replied.person_id is not None:
                claims.extend(
                    answers.keep(conn, link.agency_id, replied.person_id, replied.message, origin.back)
                )

        interaction = Interaction(
            agency_id=link.agency_id,
            sender=ByPerson(link.person_id),
            channel=origin.channel,
            place=origin.place,
            back=origin.back,
            text=sent.text,
            files=sent.files,
            serving_only=True,
            for_files=True,
        )
        replied = self._front_desk.reply(interaction, self._agency_name(link), then)
        if answers is not None:
            answers.send(claims)
        return HeardByPage(replied.message, origin, link, serves=replied.person_id is not None)

    def _agency_name(self, link: OpenedLink) -> str:
        with reading(self._office.engine) as conn:
            return agencies.agency(conn, link.agency_id).fact.name

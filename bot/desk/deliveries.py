"""How does something that is said later reach a pane of the desk? By the ledger, within this process."""

from collections.abc import Callable

from bot.desk.seats import CHANNELS, Talk
from db.records.ledger import Destination
from messages.model import Message
from scheduler.delivery import deliver_what_is_due
from scheduler.jobs import Work
from scheduler.uploads import read_what_waits, remind_of_drafts
from training.ledger.parcels import Carrier, Fate, Found, Parcel, Trace, TryOutcome
from training.ledger.routes import DESK
from training.log.register import unattended
from training.office import Office

Hears = Callable[[Talk, Message], None]


def back_to(talk: Talk) -> Destination:
    """Where an answer goes that comes later: to the pane in which it was asked for."""
    return Destination(channel=talk.channel, address=DESK, place=talk.badge, account=talk.badge)


class DeskCarrier(Carrier):
    """The way into a talk; ``hears`` puts it there, from whatever thread."""

    def __init__(self, hears: Hears) -> None:
        self._hears = hears

    def send(self, parcel: Parcel) -> TryOutcome:
        """It is there at once, and nowhere else: what is shown ends with this process."""
        self._hears(Talk(parcel.route.place, parcel.route.channel), parcel.message)
        return TryOutcome(fate=Fate.HANDED_OVER)

    def find(self, parcel: Parcel) -> Found:  # noqa: ARG002  the port's shape
        """A talk that ended leaves no trace."""
        return Found(trace=Trace.CANNOT_TELL)


class Deliveries:
    """What a service's scheduler does, as far as a desk needs it."""

    def __init__(self, office: Office, hears: Hears) -> None:
        carrier = DeskCarrier(hears)
        self._work = Work(unattended(office), lambda: False, dict.fromkeys(CHANNELS.values(), carrier))

    def run(self) -> None:
        """Read what waits to be read, then say what is due. In a worker thread."""
        read_what_waits(self._work)
        remind_of_drafts(self._work)
        deliver_what_is_due(self._work)

"""The e-mail side of the service: a way out with nobody behind it, for nothing comes in by mail."""

import logging

from fastapi import FastAPI

from bot.email.carrier import EmailCarrier
from bot.email.letter import CHANNEL
from bot.service.doors import Door
from bot.service.hall import Hall
from config.mail import bare_address, mail_server
from config.settings import Settings
from db.records.inbox import InWork
from scheduler.jobs import Work
from training import inbox
from training.accounts import accounts
from training.ledger.parcels import Carrier

log = logging.getLogger(__name__)


class EmailStaff:
    """Who puts letters into the mail, in one process."""

    name = CHANNEL

    def __init__(self, hall: Hall) -> None:
        settings = hall.settings
        url, sender = settings.smtp_url, settings.mail_from
        assert url is not None  # noqa: S101  the door is on only with both
        assert sender is not None  # noqa: S101  the door is off without one
        self._office = hall.office
        self._address = bare_address(sender)
        self.carrier: Carrier = EmailCarrier(mail_server(url.get_secret_value()), sender, hall.office)
        self._is_open = False

    async def open(self, *, listening: bool) -> None:
        """Nothing is held open: each letter has a connection of its own."""

    async def close(self) -> None:
        """Nothing is held open."""

    def work(self, work: InWork) -> None:
        """Nothing comes in by mail."""
        inbox.nothing_to_do(self._office, work)

    def give_up(self, work: InWork, error: Exception) -> None:
        """Nothing comes in by mail."""
        inbox.give_up(self._office, work, type(error).__name__, None, None)

    def follow(self, _: Work) -> int:
        """Whose mail it is has to be known before anybody asks for a code by it."""
        if not self._is_open:
            self._is_open = accounts.open_first_door(self._office, CHANNEL, self._address) is not None
        return 0


def _mount(_: FastAPI, __: Hall) -> None:
    """No routes."""


def _is_on(settings: Settings) -> bool:
    return settings.smtp_url is not None


DOOR = Door(CHANNEL, _is_on, _mount, staff=EmailStaff)

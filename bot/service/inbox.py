"""What becomes of something that came in when its work fails, and of what a process that is gone left behind?"""

import logging
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from bot.service.staff import Staff
from db.records.inbox import InWork
from training import inbox
from training.errors import place_of
from training.inbox import TakenOverError
from training.office import Office

log = logging.getLogger(__name__)


class WornOutError(Exception):
    """Whoever worked on it was gone every time before it was done."""


@dataclass(frozen=True, slots=True)
class Worked:
    """What became of it: what goes into the acknowledgement where there still is one, and whether it failed."""

    ack: object = None
    failed: bool = False


def work_on(office: Office, staff: Staff, work: InWork) -> Worked:
    """Do it. Never raises: what fails is tried again, or told."""
    if inbox.is_worn_out(work):
        _put_back(office, staff, work, WornOutError())
        return Worked(failed=True)
    try:
        return Worked(staff.work(work))
    except TakenOverError:
        log.warning("taken-over", extra={"channel": work.channel})
    except Exception as error:  # noqa: BLE001  whatever goes wrong, what came in is not lost
        facts = {"channel": work.channel, "error": type(error).__name__, "place": place_of(error)}
        log.warning("work-failed", extra=facts)
        _put_back(office, staff, work, error)
        return Worked(failed=True)
    return Worked()


def _put_back(office: Office, staff: Staff, work: InWork, error: Exception) -> None:
    try:
        if inbox.is_last_try(work):
            _give_up(office, staff, work, error)
        else:
            inbox.try_again(office, work, type(error).__name__)
    except SQLAlchemyError as again:
        # It stays ours until the lease is over, and then it is somebody's again.
        log.warning("not-put-back", extra={"channel": work.channel, "error": type(again).__name__})


def _give_up(office: Office, staff: Staff, work: InWork, error: Exception) -> None:
    try:
        staff.give_up(work, error)
    except SQLAlchemyError:
        raise
    except Exception as again:  # noqa: BLE001  what nobody can even read is nobody's to be told of, and ends all the same
        log.warning("not-told", extra={"channel": work.channel, "error": type(again).__name__})
        inbox.give_up(office, work, type(error).__name__, None, None)

"""What is a door? A line in ``bot/doors.py`` and a room of its own: its routes, its limits and who works behind it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from fastapi import FastAPI

from bot.service.hall import Hall, StaffMaker
from config.settings import Settings


@dataclass(frozen=True, slots=True)
class Door:
    """One way in. ``mount`` adds its routes, which verify who knocks before they look at anything.

    ``body_limits``: by the beginning of a path, how large a body may be where the usual room is too small. ``staff``:
    who works behind it, also in a process that lets nobody in.
    """

    name: str
    is_on: Callable[[Settings], bool]
    mount: Callable[[FastAPI, Hall], None]
    body_limits: Mapping[str, int] = field(default_factory=dict)
    staff: StaffMaker | None = None


def staffed(doors: Sequence[Door]) -> Mapping[str, StaffMaker]:
    """Who is to work behind these doors, by the door's name."""
    return {door.name: door.staff for door in doors if door.staff is not None}

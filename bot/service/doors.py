"""What is behind every door, and which doors are there? A door is a line here and a module of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from fastapi import FastAPI

from bot.service.hall import Hall
from config.settings import Settings


@dataclass(frozen=True, slots=True)
class Door:
    """One way in. ``mount`` adds its routes, which verify who knocks before they look at anything.

    ``body_limits``: by the beginning of a path, how large a body may be where the usual room is too small.
    """

    name: str
    is_on: Callable[[Settings], bool]
    mount: Callable[[FastAPI, Hall], None]
    body_limits: Mapping[str, int] = field(default_factory=dict)


# The doors of this release, in the order in which their routes are asked.
DOORS: tuple[Door, ...] = ()


def open_doors(settings: Settings) -> tuple[Door, ...]:
    """The doors that are set up."""
    return tuple(door for door in DOORS if door.is_on(settings))

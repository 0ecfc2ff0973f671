"""Which doors does this release have? In the order in which their routes are asked."""

from bot.email.door import DOOR as EMAIL
from bot.links.door import DOOR as LINKS
from bot.service.doors import Door
from bot.slack.door import DOOR as SLACK
from bot.sms.door import DOOR as SMS
from bot.teams.door import DOOR as TEAMS
from config.settings import Settings

DOORS: tuple[Door, ...] = (SLACK, TEAMS, SMS, EMAIL, LINKS)


def open_doors(settings: Settings) -> tuple[Door, ...]:
    """The doors that are set up."""
    return tuple(door for door in DOORS if door.is_on(settings))

"""How is Rollcall tried in Microsoft's own playground for Teams? It signs nothing, so whoever is on this machine is let
in, and nobody else; `rollcall serve --teams-playground` opens it, and no setting does.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import SecretStr

from bot.service.doors import Door
from bot.service.hall import Hall
from bot.teams.clouds import PLAYGROUND, connector_of
from bot.teams.door import DOOR, TeamsStaff
from bot.teams.knock import CHANNEL_ID, KnockRefusedError, tenants_in
from config.settings import Settings, Teams

log = logging.getLogger(__name__)

TENANT: Final = PLAYGROUND
BOT: Final = "00000000-0000-0000-0000-00000000000011"
# Of another shape than any secret, and asked for by nobody.
NO_SECRET: Final = SecretStr("the-playground-has-none")
# Nothing listens there: whoever reaches for Microsoft in this mode reaches nobody.
NOWHERE: Final = "http://localhost:9"


def settings_for(settings: Settings) -> Settings:
    """The same with the playground's own tenant in the place of an agency's."""
    teams = Teams(
        client_id=BOT,
        client_secret=NO_SECRET,
        tenant_id=TENANT,
        authority_url=NOWHERE,
        openid_url=f"{NOWHERE}/openidconfiguration",
    )
    return settings.model_copy(update={"teams": teams})


def unguarded(door: Door) -> Door:
    """The Teams door as the playground needs it; any other as it is."""
    return replace(door, staff=_staff) if door is DOOR else door


class LocalDoorkeeper:
    """Whatever says that it is answered on this machine, and is about the playground's tenant."""

    is_guard = False

    def __init__(self, settings: Teams) -> None:
        self._connector = connector_of(settings)

    @property
    def has_keys(self) -> bool | None:
        """There is nothing to know anybody by."""
        return None

    def open(self) -> None:
        """Say aloud that nobody is asked."""
        log.warning("teams-unguarded")

    async def close(self) -> None:
        """Nothing was begun."""

    async def check(self, authorization: str, activity: Mapping[str, Any]) -> None:  # noqa: ARG002  unsigned
        """KnockRefusedError for whatever would be answered elsewhere, and for every other tenant."""
        service = activity.get("serviceUrl")
        if not isinstance(service, str) or not self._connector.vouches_for(service):
            raise KnockRefusedError("service-host")
        if activity.get("channelId") != CHANNEL_ID:
            raise KnockRefusedError("channel")
        tenants = tenants_in(activity)
        if not tenants or any(each != TENANT for each in tenants):
            raise KnockRefusedError("tenant")


class NoTokens:
    """The playground's connector asks for no token and gets none."""

    async def token(self, scope: str) -> str | None:  # noqa: ARG002  of no scope
        """None."""
        return None

    def forget(self, scope: str, token: str) -> None:
        """There was none."""

    def close(self) -> None:
        """Nothing was begun."""


def _staff(hall: Hall) -> TeamsStaff:
    return TeamsStaff(hall, LocalDoorkeeper(hall.settings.teams), NoTokens())

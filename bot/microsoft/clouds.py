"""Where does a cloud of Microsoft's keep what we call? Addresses and scopes, with what the settings say instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from config.settings import Graph, Teams, TeamsCloud

_PUBLIC_LOGIN: Final = "https://login.microsoftonline.com"
_GOVERNMENT_LOGIN: Final = "https://login.microsoftonline.us"
_DEFAULT: Final = "/.default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloud:
    """The addresses of one cloud. ``issuer`` signs what comes to the bot, ``openid`` describes its keys; ``graph``
    goes with its version. A local stand-in changes addresses and no scope."""

    authority: str
    bot_scope: str
    issuer: str
    openid: str
    graph: str
    graph_scope: str


def _cloud(login: str, bot: str, keys: str, graph: str) -> Cloud:
    return Cloud(
        authority=login,
        bot_scope=bot + _DEFAULT,
        issuer=bot,
        openid=f"{keys}/v1/.well-known/openidconfiguration",
        graph=f"{graph}/v1.0",
        graph_scope=graph + _DEFAULT,
    )


def _government(graph: str) -> Cloud:
    return _cloud(
        _GOVERNMENT_LOGIN, "https://api.botframework.us", "https://login.botframework.azure.us", graph
    )


_PUBLIC: Final = _cloud(
    _PUBLIC_LOGIN,
    "https://api.botframework.com",
    "https://login.botframework.com",
    "https://graph.microsoft.com",
)
# learn.microsoft.com/graph/deployments and learn.microsoft.com/azure/bot-service/how-to-deploy-gov-cloud-high
CLOUDS: Final[Mapping[TeamsCloud, Cloud]] = {
    TeamsCloud.PUBLIC: _PUBLIC,
    TeamsCloud.GCC: _PUBLIC,
    TeamsCloud.GCC_HIGH: _government("https://graph.microsoft.us"),
    TeamsCloud.DOD: _government("https://dod-graph.microsoft.us"),
}


def cloud_of(teams: Teams, graph: Graph) -> Cloud:
    """The cloud that the settings name, with the addresses that they give instead of its own."""
    own = CLOUDS[teams.cloud]
    return Cloud(
        authority=(teams.authority_url or own.authority).rstrip("/"),
        bot_scope=own.bot_scope,
        issuer=own.issuer,
        openid=teams.openid_url or own.openid,
        graph=(graph.url or own.graph).rstrip("/"),
        graph_scope=own.graph_scope,
    )

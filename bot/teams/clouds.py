"""Where may a conversation in Teams be reached? The connectors of each cloud, what a bot is given there, or a stand-in.

Hosts: learn.microsoft.com/microsoftteams/platform/teams-sdk/essentials/app-configuration/sovereign-cloud; files:
learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from config.settings import Teams, TeamsCloud

# What this door is called wherever channels are told apart; here, where nothing heavy is loaded with it.
CHANNEL = "teams"
OPENID, KEYS = "/openidconfiguration", "/keys"
# Where the connector of a conversation may be, beside the one below.
CONNECTORS = ("smba.trafficmanager.net", ".teams.microsoft.com", ".teams.microsoft.us", ".botframework.com")
# Where people's files lie: SharePoint of each cloud, and its storage.
FILE_HOSTS = (".sharepoint.com", ".sharepoint.us", ".sharepoint-mil.us", ".svc.ms")
# Where a conversation is begun with somebody who never wrote; whoever wrote says where theirs is.
FIRST_SERVICE: Mapping[TeamsCloud, str] = {
    TeamsCloud.PUBLIC: "https://smba.trafficmanager.net/teams",
    TeamsCloud.GCC: "https://smba.infra.gcc.teams.microsoft.com/teams",
    TeamsCloud.GCC_HIGH: "https://smba.infra.gov.teams.microsoft.us/teams",
    TeamsCloud.DOD: "https://smba.infra.dod.teams.microsoft.us/teams",
}
# What Microsoft's playground has for a tenant where nobody gives it another; a directory's own ids are two digits
# shorter, so that no agency ever has this one.
PLAYGROUND = "00000000-0000-0000-0000-0000000000001"
WITHOUT_FILES = frozenset({TeamsCloud.GCC_HIGH, TeamsCloud.DOD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """Where one agency's conversations are. ``first_service`` is empty where only those who wrote can be reached;
    ``takes_files``: a bot can be sent a file; ``is_local``: a stand-in on this machine."""

    first_service: str
    takes_files: bool
    is_local: bool

    def vouches_for(self, service_url: str) -> bool:
        """Whether answers may go there: Microsoft's own hosts over TLS, or this machine where a stand-in is set."""
        try:
            address = urlsplit(service_url)
            host = address.hostname or ""
        except ValueError:
            return False
        if self.is_local:
            return address.scheme in ("http", "https") and is_this_machine(host)
        return address.scheme == "https" and address.username is None and is_one_of(host, CONNECTORS)


def connector_of(settings: Teams) -> Connector:
    """The connector of the agency's cloud, or of the stand-in that the settings point at."""
    is_local = settings.openid_url is not None and is_this_machine(
        urlsplit(settings.openid_url).hostname or ""
    )
    return Connector(
        first_service="" if is_local else FIRST_SERVICE[settings.cloud],
        takes_files=settings.cloud not in WITHOUT_FILES,
        is_local=is_local,
    )


def keys_beside(openid: str) -> str:
    """The address of the keys: beside the document that describes them, where Microsoft's own package looks too."""
    return openid.removesuffix(OPENID) + KEYS


def is_one_of(host: str, names: tuple[str, ...]) -> bool:
    """Whether a host is one of these, or under one that begins with a dot."""
    return any(host == name or (name.startswith(".") and host.endswith(name)) for name in names)


def is_this_machine(host: str) -> bool:
    """Whether nobody else can be there."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

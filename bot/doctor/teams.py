"""Is Microsoft Teams fit for use? The token, the keys, the cloud of the tenant, the way in, and whose door it is."""

import json
from collections.abc import Mapping
from typing import Any, Final

import httpx

from bot.doctor.doors import address_of, addresses_known, is_reached_from_outside
from bot.doctor.model import NOT_CHECKED, CheckFinding, Patient, attention, failed, not_checked, not_set, ok
from bot.doctor.outside import teams as is_set_up
from bot.microsoft.clouds import Cloud, cloud_of
from bot.microsoft.tokens import MicrosoftTokens, NoTokenError
from bot.teams.clouds import CHANNEL, keys_beside
from bot.teams.door import MESSAGES
from bot.teams.keys import keys_in
from config.settings import Settings, TeamsCloud

# A person waits for the line.
PATIENCE_SECONDS: Final = 5.0
GOOD: Final = 200
# What Microsoft calls the clouds in what it says of a tenant to whoever asks; elsewhere it names none.
SUB_SCOPE: Final = "tenant_region_sub_scope"
SUB_SCOPES: Final[Mapping[str, TeamsCloud]] = {
    "GCC": TeamsCloud.GCC,
    "DODCON": TeamsCloud.GCC_HIGH,
    "DOD": TeamsCloud.DOD,
}


def token(patient: Patient) -> CheckFinding:
    """Whether Microsoft gives the bot a token."""
    found = is_set_up(patient)
    settings = _settings(patient)
    if settings is None:
        return found
    cloud = _cloud(settings)
    tokens = MicrosoftTokens(settings.teams, cloud)
    try:
        tokens.token_at_once(cloud.bot_scope)
    except NoTokenError as error:
        if error.refused:
            return failed("teams-token-refused", error=error.why)
        return failed("teams-unreachable", url=cloud.authority)
    finally:
        tokens.close()
    return ok("teams-token")


def keys(patient: Patient) -> CheckFinding:
    """Whether the keys can be had that Microsoft signs with."""
    settings = _settings(patient)
    if settings is None:
        return _unset(patient)
    address = keys_beside(_cloud(settings).openid)
    found = keys_in(_asked(address))
    return ok("teams-keys", count=len(found)) if found else failed("teams-keys-none", url=address)


def cloud(patient: Patient) -> CheckFinding:
    """Whether the tenant is in the cloud that is set."""
    settings = _settings(patient)
    if settings is None:
        return _unset(patient)
    tenant = f"{_cloud(settings).authority}/{settings.teams.tenant_id}"
    found = cloud_in(_asked(f"{tenant}/.well-known/openid-configuration"))
    named = settings.teams.cloud
    if found is None:
        return not_checked("teams-cloud-not-said")
    if found is not named:
        return failed("teams-cloud-other", cloud=named.value, other=found.value)
    return ok("teams-cloud", cloud=named.value)


def cloud_in(said: Mapping[str, Any]) -> TeamsCloud | None:
    """The cloud of a tenant, from what Microsoft says of it; None where it says nothing."""
    if not isinstance(said.get("issuer"), str):
        return None
    named = said.get(SUB_SCOPE)
    return SUB_SCOPES.get(named) if isinstance(named, str) and named else TeamsCloud.PUBLIC


def way_in(patient: Patient) -> CheckFinding:
    """Whether Microsoft can reach us."""
    settings = _settings(patient)
    if settings is None:
        return _unset(patient)
    url = address_of(settings, MESSAGES)
    reached = is_reached_from_outside(settings)
    return ok("teams-way", url=url) if reached else failed("teams-not-reachable", url=url)


def door(patient: Patient) -> CheckFinding:
    """Whether it is known whose the tenant is."""
    settings, office = _settings(patient), patient.usable
    if settings is None:
        return _unset(patient)
    if office is None:
        return NOT_CHECKED
    known = addresses_known(office, CHANNEL)
    if (settings.teams.tenant_id or "").casefold() in known:
        return ok("teams-door")
    return failed("teams-door-other", count=len(known)) if known else attention("teams-door-none")


def _asked(address: str) -> Mapping[str, Any]:
    """What is said there to anybody; empty when it is nothing that can be read."""
    try:
        answer = httpx.get(address, timeout=PATIENCE_SECONDS, trust_env=False)
        said = json.loads(answer.content) if answer.status_code == GOOD else {}
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _cloud(settings: Settings) -> Cloud:
    return cloud_of(settings.teams, settings.graph)


def _settings(patient: Patient) -> Settings | None:
    return patient.settings if patient.settings is not None and patient.settings.teams.is_on else None


def _unset(patient: Patient) -> CheckFinding:
    return NOT_CHECKED if patient.settings is None else not_set("teams-off")

"""Who is behind an account in Teams? The conversation's own word for it is asked once: the address, and whether it is
one of the tenant's own people at all. Never a display name."""

from bot.service.met import AccountStanding, DirectoryUnreachableError, MetAccount, known, matched
from bot.teams.api import FORBIDDEN, NOT_FOUND, TeamsApi, TeamsPlace
from bot.teams.events import TeamsIncoming
from db.records.facts import AgencyId
from messages.words import Words
from training.accounts.accounts import Account
from training.accounts.pilot import is_begun_with
from training.office import Office

NOBODY = MetAccount(standing=AccountStanding.NOBODY)
SILENT = MetAccount(standing=AccountStanding.SILENT)
# In the name of an account that is another tenant's.
OUTSIDE = "#ext#"
GUEST, ANONYMOUS = "guest", "anonymous"


def meet(
    api: TeamsApi,
    office: Office,
    agency_id: AgencyId,
    incoming: TeamsIncoming,
    account: Account,
    words: Words,
    *,
    unasked: bool = False,
) -> MetAccount:
    """Link the account to the one person with its address, or say why it is nobody's. ``unasked``: it did not speak to
    us, so that outside a pilot nothing is said to it."""
    if not incoming.account:
        # A program, a connector, or somebody who is in no directory.
        return SILENT
    place = TeamsPlace(incoming.service, incoming.conversation)
    answer = api.member(place, incoming.user or incoming.account)
    if answer.status in (FORBIDDEN, NOT_FOUND):
        return NOBODY
    if not answer.ok:
        raise DirectoryUnreachableError
    said = {name: str(value).strip().casefold() for name, value in answer.data.items() if value is not None}
    name = said.get("userPrincipalName", "")
    # Where people of several tenants may be, one that is not told is not taken for ours.
    untold = incoming.tenant if incoming.direct else ""
    ours = said.get("aadObjectId") == incoming.account and said.get("tenantId", untold) == incoming.tenant
    if not ours or said.get("userRole") in (GUEST, ANONYMOUS) or OUTSIDE in name:
        return NOBODY
    email = said.get("email") or name
    if unasked and not is_begun_with(office, agency_id, account.account, email):
        return SILENT
    # The id of an account is the one its entry in the directory has.
    by_id = known(office, agency_id, account, words)
    return by_id or matched(office, agency_id, account, email, words)

"""Who is behind a Slack account? The workspace's own word for it is asked once: the address, and whether it is one of
our own people's accounts at all. Never a display name."""

from collections.abc import Mapping
from typing import Any

from bot.service.met import AccountStanding, DirectoryUnreachableError, MetAccount, matched
from bot.slack.api import SlackApi
from bot.slack.events import CHANNEL, SlackIncoming
from db.records.facts import AgencyId
from messages.words import Words
from training.accounts import accounts
from training.accounts.accounts import Account
from training.office import Office


class Directory:
    """The workspace's accounts."""

    def __init__(self, api: SlackApi) -> None:
        self._api = api
        # The workspace and organization of our own token, once Slack said so.
        self._homes: tuple[str, ...] = ()

    def homes(self) -> tuple[str, ...]:
        """Where our own token is of; empty while Slack does not say."""
        if not self._homes:
            answer = self._api.write("auth.test")
            found = (answer.data.get("team_id"), answer.data.get("enterprise_id"))
            self._homes = tuple(str(each) for each in found if each) if answer.ok else ()
        return self._homes

    def meet(
        self, office: Office, agency_id: AgencyId, incoming: SlackIncoming, account: Account, words: Words
    ) -> MetAccount:
        """Link the account to the one person with its address, or say why it is nobody's."""
        if not incoming.account:
            return MetAccount(standing=AccountStanding.SILENT)
        if incoming.from_outside:
            # Somebody of another organization, in a shared channel: not even looked up.
            return MetAccount(standing=AccountStanding.NOBODY)
        answer = self._api.read("users.info", user=incoming.account)
        if answer.error in ("user_not_found", "user_not_visible"):
            return MetAccount(standing=AccountStanding.NOBODY)
        if not answer.ok:
            raise DirectoryUnreachableError
        user = answer.data.get("user")
        if not isinstance(user, Mapping):
            raise DirectoryUnreachableError
        if user.get("is_bot"):
            return MetAccount(standing=AccountStanding.SILENT)
        if not is_member(user, incoming.addresses):
            return MetAccount(standing=AccountStanding.NOBODY)
        return matched(office, agency_id, account, address_of(user), words)


def follow(office: Office, agency_id: AgencyId, incoming: SlackIncoming) -> None:
    """An account changed. One that is no member's any more is nobody's; another address moves no rights."""
    if not is_member(incoming.profile, incoming.addresses):
        account = Account(CHANNEL, incoming.address, incoming.account)
        accounts.unlink(office, agency_id, account, "no-member")


def is_member(user: Mapping[str, Any], addresses: tuple[str, ...]) -> bool:
    """Whether it is a full member's account of this workspace or organization: no guest, stranger, bot or past one."""
    barred = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "is_workflow_bot")
    if any(user.get(name) for name in barred):
        return False
    enterprise = user.get("enterprise_user")
    homes = {user.get("team_id")}
    if isinstance(enterprise, Mapping):
        homes |= {enterprise.get("enterprise_id"), *(enterprise.get("teams") or ())}
    return not homes.isdisjoint(addresses)


def address_of(user: Mapping[str, Any]) -> str:
    """The confirmed address of an account; empty without one."""
    profile = user.get("profile")
    email = profile.get("email") if isinstance(profile, Mapping) else None
    return email if isinstance(email, str) and user.get("is_email_confirmed", True) else ""

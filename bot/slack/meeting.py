"""Who of a list has a Slack account? Found by the roster's address, linked as if they had written, and introduced to.

Nothing is sent from here: the first message waits in the ledger for the service, in the order of the list.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.slack.events import CHANNEL
from bot.slack.identity import client_of, identity
from bot.slack.people import address_of, is_member
from config.settings import Slack
from db.queries import people
from db.records.facts import AgencyId, ContactKind
from db.unit_of_work import reading
from messages.words import Words
from training.accounts import accounts
from training.accounts.account_questions import AccountAsked, by_address
from training.accounts.accounts import Account, Linked
from training.office import Office


class MetHow(StrEnum):
    """What came of looking for one person; the words for it are ``pilot-met-<value>``."""

    INTRODUCED = "introduced"
    KNOWN = "known"  # they had the introduction already
    ASKED = "asked"  # a coordinator is asked whose the account is
    NOT_FOUND = "not-found"
    UNREACHABLE = "unreachable"  # Slack did not answer


def meet(
    office: Office, agency_id: AgencyId, settings: Slack, whom: Sequence[int], words: Words
) -> Mapping[MetHow, int]:
    """Look for each of them, and plan the introduction of whoever has none yet; how many of each."""
    who = identity(settings)
    if not who.addresses:
        return {MetHow.UNREACHABLE: len(whom)}
    accounts.open_first_door(office, CHANNEL, who.addresses[0])
    client = client_of(settings)
    found: Counter[MetHow] = Counter()
    for person_id in whom:
        found[_meet(office, agency_id, client, who.addresses, person_id, words)] += 1
    return found


def _meet(
    office: Office,
    agency_id: AgencyId,
    client: WebClient,
    addresses: tuple[str, ...],
    person_id: int,
    words: Words,
) -> MetHow:
    with reading(office.engine) as conn:
        points = people.contact_points(conn, agency_id, [person_id])
    emails = [each.fact.value for each in points if each.fact.kind is ContactKind.EMAIL]
    for email in emails:
        try:
            user = client.api_call("users.lookupByEmail", params={"email": email}).get("user")
        except SlackApiError as error:
            if error.response.get("error") == "users_not_found":
                continue
            return MetHow.UNREACHABLE
        except (OSError, SlackClientError, ValueError):
            return MetHow.UNREACHABLE
        # The address that Slack has of the account decides, as when its owner writes.
        if not isinstance(user, Mapping) or not is_member(user, addresses) or not address_of(user):
            continue
        account = Account(CHANNEL, addresses[-1], str(user.get("id") or ""))
        match by_address(office, agency_id, account, address_of(user), words):
            case Linked(_, introduction):
                return MetHow.KNOWN if introduction is None else MetHow.INTRODUCED
            case AccountAsked():
                return MetHow.ASKED
    return MetHow.NOT_FOUND

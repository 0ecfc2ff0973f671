"""Whom did an account of a chat tool turn out to be, once the tool said which address it has? Never by a name."""

from dataclasses import dataclass
from enum import StrEnum

from db.records.facts import AgencyId
from messages.words import Words
from training.accounts.account_questions import AccountAsked, by_address, by_directory
from training.accounts.accounts import Account, Linked
from training.office import Office


class DirectoryUnreachableError(Exception):
    """The tool did not say who it is; it is asked again later."""


class AccountStanding(StrEnum):
    """What an account is to us."""

    OURS = "ours"
    NOBODY = "nobody"  # answered as a stranger
    ASKED = "asked"  # somebody is asked whose it is
    SILENT = "silent"  # not answered at all


@dataclass(frozen=True, slots=True, kw_only=True)
class MetAccount:
    """Whom an account turned out to be. ``introduction``: the first message to them, to be sent before the answer."""

    standing: AccountStanding
    person_id: int | None = None
    introduction: str | None = None


def known(office: Office, agency_id: AgencyId, account: Account, words: Words) -> MetAccount | None:
    """The account is linked to whom the directory's own id says it is; None where the roster has no such id."""
    linked = by_directory(office, agency_id, account, words)
    if linked is None:
        return None
    return MetAccount(
        standing=AccountStanding.OURS, person_id=linked.person_id, introduction=linked.introduction
    )


def matched(office: Office, agency_id: AgencyId, account: Account, email: str, words: Words) -> MetAccount:
    """The account is linked to the one person with this address, or it is asked whose it is, or it is nobody's."""
    match by_address(office, agency_id, account, email, words):
        case Linked(person_id, introduction):
            return MetAccount(standing=AccountStanding.OURS, person_id=person_id, introduction=introduction)
        case AccountAsked():
            return MetAccount(standing=AccountStanding.ASKED)
        case _:
            return MetAccount(standing=AccountStanding.NOBODY)

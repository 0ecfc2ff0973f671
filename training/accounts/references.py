"""Where is somebody's own conversation on a chat tool, and is anything still taken there?

Kept as a channel tells it: where it is reached changes, and a person can take Rollcall away and bring it back.
"""

from dataclasses import replace

from db.queries import chat_references
from db.records.facts import AgencyId
from db.records.work import ChatReference
from db.unit_of_work import reading, working
from training.office import Office, shared_now


def keep(office: Office, agency_id: AgencyId, reference: ChatReference, *, own: bool = True) -> bool:
    """Something came from this conversation; False where it is another account's. Written only where that says
    something new. ``own``: it may become the account's own by this, where it is nobody's yet."""
    with reading(office.engine) as conn:
        held = chat_references.named(
            conn, agency_id, reference.channel, reference.address, reference.conversation
        )
    if not own and (held is None or not held.account):
        reference = replace(reference, account="", user="")
    if held == reference:
        return True
    if held is not None and held.account not in ("", reference.account):
        # A personal conversation is one person's for good: nobody else's answers go there.
        return False
    with working(office.engine) as conn:
        chat_references.keep(conn, agency_id, reference, shared_now(office, conn))
    return True


def lose(office: Office, agency_id: AgencyId, channel: str, address: str, account: str, why: str) -> None:
    """Nothing is taken any more where this account is; ``why`` in the channel's own word."""
    with working(office.engine) as conn:
        chat_references.lose(conn, agency_id, channel, address, account, why, shared_now(office, conn))


def forget(office: Office, agency_id: AgencyId, reference: ChatReference) -> None:
    """The channel knows no such conversation any more."""
    with working(office.engine) as conn:
        chat_references.disown(conn, agency_id, reference)


def find(office: Office, agency_id: AgencyId, channel: str, address: str, place: str) -> ChatReference | None:
    """The conversation with this id, or the own one of the account with this id."""
    with reading(office.engine) as conn:
        return chat_references.named(conn, agency_id, channel, address, place) or chat_references.own(
            conn, agency_id, channel, address, place
        )


def service_of(office: Office, agency_id: AgencyId, channel: str, address: str) -> str:
    """Where this tenant's conversations were reached last; empty before the first."""
    with reading(office.engine) as conn:
        return chat_references.service_of(conn, agency_id, channel, address)


def account_of(office: Office, agency_id: AgencyId, channel: str, address: str, user: str) -> str:
    """The directory's id of whom the channel calls so; empty for somebody who never wrote."""
    with reading(office.engine) as conn:
        return chat_references.account_of(conn, agency_id, channel, address, user)

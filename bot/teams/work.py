"""How is one thing that came in from Teams worked on, from who sent it to the answer that was handed over?

Runs in a worker thread, and may run again after a crash at any line: whatever follows from it is written in one
transaction with the mark that it is done.
"""

import json
import logging
from dataclasses import dataclass, replace
from time import monotonic

from sqlalchemy import Connection

from bot.service.answers import Answers
from bot.service.met import AccountStanding
from bot.teams import invokes, people
from bot.teams.api import TeamsApi
from bot.teams.clouds import CHANNEL, PLAYGROUND
from bot.teams.events import INVOKES, TeamsIncoming, TeamsKind, read
from bot.teams.invokes import Shown
from bot.teams.sent_files import fetch
from bot.teams.words_in import typed
from db.queries.context import ByContact, ByPerson, Sender
from db.records.facts import AgencyId, ContactKind
from db.records.inbox import InWork
from db.records.ledger import Claim, Destination
from db.records.work import ChatReference
from handlers.front_desk import FrontDesk, Replied
from handlers.interaction import Interaction
from messages import elsewhere
from messages.kinds import MessageKind
from messages.trouble import Outside
from messages.words import Words
from training import inbox
from training.accounts import accounts, references
from training.accounts.accounts import Account, Behind
from training.ledger.delivering import Worker
from training.ledger.parcels import Carrier
from training.office import Office

log = logging.getLogger(__name__)

MENU = "menu"
# Of the eight seconds that the door waits; the rest is for keeping what was made, and the way back.
SHOWN_WITHIN = 6.0
# What Teams calls the conversations of several; a personal one with a bot is called otherwise.
OF_SEVERAL = "19:"
# Taken away by whoever it was for, or by whoever runs the tenant.
TAKEN_AWAY = "taken-away"
# What somebody asks, and not what the client does by itself.
ASKING = frozenset(
    each.value for each in (TeamsKind.MESSAGE, TeamsKind.MENTION, TeamsKind.PRESS, TeamsKind.OPEN)
)
LEFT_ALONE = (TeamsKind.NOTHING, TeamsKind.CHANGED, TeamsKind.STRAY)


class TenantUnknownError(Exception):
    """No agency has this tenant, or it is not known yet whose it is."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One thing in work: what it is, whose door it came through, and who sent it."""

    work: InWork
    incoming: TeamsIncoming
    agency_id: AgencyId
    agency_name: str
    person_id: int | None
    standing: AccountStanding
    haste: int  # how many messages beyond a minute's worth
    answer_by: float  # until then somebody waits who can be shown a form

    @property
    def can_show(self) -> bool:
        return monotonic() < self.answer_by

    @property
    def sender(self) -> Sender:
        return ByContact(ContactKind.EMAIL, "") if self.person_id is None else ByPerson(self.person_id)


class TeamsWork:
    """The worker of this channel. ``tenant`` is the one that the settings name."""

    def __init__(
        self,
        office: Office,
        words: Words,
        front_desk: FrontDesk,
        api: TeamsApi,
        carrier: Carrier,
        tenant: str,
    ) -> None:
        self._office = office
        self._words = words
        self._front_desk = front_desk
        self._api = api
        self._carrier = carrier
        self._tenant = tenant.casefold()
        self._answers = Answers(office, carrier)
        # When this process was handed what somebody waits for, by the owner of the work.
        self.came: dict[str, float] = {}

    def work(self, work: InWork) -> Shown | None:
        """Do what it asks for; what goes back to a client that waits. What it raises leaves it to be tried again."""
        came_at = self.came.pop(work.owner, None)
        incoming = read(json.loads(inbox.opened(self._office, work)))
        if incoming.kind in LEFT_ALONE:
            inbox.nothing_to_do(self._office, work)
            return None
        behind = self._behind(incoming)
        if behind is None:
            raise TenantUnknownError
        if incoming.kind is TeamsKind.REMOVED:
            self._removed(behind.agency_id, incoming)
            inbox.nothing_to_do(self._office, work)
            return None
        self._remember(behind.agency_id, incoming)
        standing, person_id = AccountStanding.OURS, behind.person_id
        if person_id is None:
            standing, person_id = self._met(behind.agency_id, incoming)
        if standing is AccountStanding.SILENT or incoming.kind is TeamsKind.INSTALLED:
            # The introduction is the ledger's, and was sent if there was one.
            inbox.nothing_to_do(self._office, work)
            return invokes.stray(incoming, self._words) if incoming.kind in INVOKES else None
        return self._answer(
            _Case(
                work=work,
                incoming=incoming,
                agency_id=behind.agency_id,
                agency_name=behind.agency_name,
                person_id=person_id,
                standing=standing,
                haste=inbox.beyond_a_minutes_worth(self._office, work, ASKING),
                answer_by=0.0 if came_at is None else came_at + SHOWN_WITHIN,
            )
        )

    def tell_given_up(self, work: InWork, trouble: Exception) -> None:
        """It failed for good: kept for the coordinator, and the sender is told what to name it by."""
        incoming = read(json.loads(inbox.opened(self._office, work)))
        behind = accounts.behind(self._office, CHANNEL, (incoming.tenant,), incoming.account)
        agency_id, person_id = (None, None) if behind is None else (behind.agency_id, behind.person_id)
        reference = inbox.give_up(self._office, work, type(trouble).__name__, agency_id, person_id)
        if agency_id is None or not incoming.account or work.kind not in ASKING | {TeamsKind.FORM.value}:
            return
        message = self._front_desk.broken(trouble, reference)
        self._answers.send(self._answers.keep_apart(agency_id, person_id, message, _private(incoming)))

    def _behind(self, incoming: TeamsIncoming) -> Behind | None:
        """Whose door it is. The settings make the first one: the tenant that they name."""
        found = accounts.behind(self._office, CHANNEL, (incoming.tenant,), incoming.account)
        if found is not None or incoming.tenant != self._tenant:
            return found
        accounts.open_first_door(self._office, CHANNEL, incoming.tenant, besides=(PLAYGROUND,))
        return accounts.behind(self._office, CHANNEL, (incoming.tenant,), incoming.account)

    def _remember(self, agency_id: AgencyId, incoming: TeamsIncoming) -> None:
        """Where this conversation is reached, for whatever is said in it later."""
        if not incoming.conversation or not incoming.service:
            return
        reference = ChatReference(
            channel=CHANNEL,
            address=incoming.tenant,
            conversation=incoming.conversation,
            service_url=incoming.service,
            account=incoming.account if incoming.direct else "",
            user=incoming.user if incoming.direct else "",
        )
        # A button says in which conversation it stands, not that it is the own one of whoever presses it.
        own = incoming.kind not in INVOKES and not incoming.conversation.startswith(OF_SEVERAL)
        references.keep(self._office, agency_id, reference, own=own)

    def _removed(self, agency_id: AgencyId, incoming: TeamsIncoming) -> None:
        if incoming.direct and incoming.account:
            references.lose(self._office, agency_id, CHANNEL, incoming.tenant, incoming.account, TAKEN_AWAY)

    def _met(self, agency_id: AgencyId, incoming: TeamsIncoming) -> tuple[AccountStanding, int | None]:
        """Somebody whom nobody has linked yet: matched by the roster's address, introduced to, or nobody."""
        account = Account(CHANNEL, incoming.tenant, incoming.account)
        unasked = incoming.kind is TeamsKind.INSTALLED
        met = people.meet(self._api, self._office, agency_id, incoming, account, self._words, unasked=unasked)
        if met.introduction is not None:
            worker = Worker(self._office)
            for claim in worker.claim(message_id=met.introduction):
                worker.deliver(claim, self._carrier)
        return met.standing, met.person_id

    def _answer(self, case: _Case) -> Shown | None:
        incoming = case.incoming
        claims: list[Claim] = []
        back: list[Shown] = []
        reached = incoming.direct or self._reaches(case)

        def then(conn: Connection, replied: Replied) -> None:
            form = replied.message.form
            in_dialog = form is not None and (
                incoming.kind is TeamsKind.OPEN or (incoming.kind is TeamsKind.FORM and bool(form.errors))
            )
            can_show = case.can_show
            # Where nobody waits any more for a form, it is in the chat, and only there.
            if incoming.kind in INVOKES and can_show:
                here = in_dialog or incoming.direct
                back.append(
                    invokes.shown(incoming, replied.message, self._words)
                    if here
                    else invokes.elsewhere(incoming, self._words, reached=reached)
                )
            hasty = case.haste > 1 and replied.message.kind is not MessageKind.EMERGENCY
            if not ((in_dialog and can_show) or hasty):
                claims.extend(self._kept(conn, case, replied, reached=reached))
            inbox.done(conn, case.work, agency_id=case.agency_id, person_id=replied.person_id)

        self._front_desk.reply(self._interaction(case), case.agency_name, then)
        self._answers.send(claims)
        return back[-1] if back else None

    def _interaction(self, case: _Case) -> Interaction:
        """What is asked, in the front desk's words."""
        incoming = case.incoming
        base = Interaction(
            agency_id=case.agency_id,
            sender=case.sender,
            channel=CHANNEL,
            stranger=Outside.ASKED if case.standing is AccountStanding.ASKED else Outside.UNKNOWN,
            serving_only=True,
            back=_private(incoming),
            hasty=case.haste > 0,
        )
        match incoming.kind:
            case TeamsKind.PRESS | TeamsKind.OPEN:
                return replace(base, action=incoming.action, value=incoming.value)
            case TeamsKind.FORM:
                return replace(base, action=incoming.action, form=incoming.entered or {})
        # A stranger's files are not fetched.
        files = () if case.person_id is None else fetch(self._api, incoming.files, incoming.service)
        text = typed(incoming.text, incoming.mentioned, lambda user: self._badge_of(case, user))
        if not text and not files:
            return replace(base, action=MENU)
        return replace(base, text=text, files=files)

    def _badge_of(self, case: _Case, user: str) -> str:
        tenant = case.incoming.tenant
        account = references.account_of(self._office, case.agency_id, CHANNEL, tenant, user)
        return accounts.badge_of(self._office, case.agency_id, CHANNEL, tenant, account) if account else ""

    def _reaches(self, case: _Case) -> bool:
        """Whether there is a personal chat with whoever asked among others; they were introduced to in it, if so."""
        tenant, account = case.incoming.tenant, case.incoming.account
        known = references.find(self._office, case.agency_id, CHANNEL, tenant, account)
        return known is not None and not known.lost

    def _kept(self, conn: Connection, case: _Case, replied: Replied, *, reached: bool) -> tuple[Claim, ...]:
        """The answer where only the asker reads it; where others do, a word that it is there."""
        incoming = case.incoming
        claims = self._answers.keep(
            conn, case.agency_id, replied.person_id, replied.message, _private(incoming)
        )
        if incoming.kind is TeamsKind.MENTION:
            told = elsewhere.answered_privately if reached else elsewhere.not_installed
            note = told(self._words, with_file=bool(incoming.files))
            claims += self._answers.keep(conn, case.agency_id, replied.person_id, note, _in_place(incoming))
        return claims


def _private(incoming: TeamsIncoming) -> Destination:
    """The personal chat with whoever asked, wherever they did."""
    return Destination(
        channel=CHANNEL, address=incoming.tenant, place=incoming.account, account=incoming.account
    )


def _in_place(incoming: TeamsIncoming) -> Destination:
    return Destination(
        channel=CHANNEL, address=incoming.tenant, place=incoming.conversation, account=incoming.account
    )

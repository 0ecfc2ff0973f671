"""How is one thing that came in from Slack worked on, from who sent it to the answer that was handed over?

Runs in a worker thread, and may run again after a crash at any line: whatever follows from it is written in one
transaction with the mark that it is done.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import monotonic

from sqlalchemy import Connection

from bot.service.answers import Answers
from bot.service.met import AccountStanding
from bot.slack import people, windows
from bot.slack.api import SlackApi
from bot.slack.carrier import SlackCarrier
from bot.slack.events import CHANNEL, SlackIncoming, SlackKind, read
from bot.slack.modal import field_errors
from bot.slack.pages import HomeTabs
from bot.slack.sent_files import fetch
from bot.slack.words_in import typed
from db.queries.context import ByContact, ByPerson, Sender
from db.records.facts import AgencyId, ContactKind
from db.records.inbox import InWork
from db.records.ledger import Claim, Destination, Way
from handlers.front_desk import FrontDesk, Replied
from handlers.interaction import Interaction
from handlers.table import WITH_FORM
from messages import elsewhere
from messages.kinds import MessageKind
from messages.trouble import Outside
from messages.words import Words
from training import inbox
from training.accounts import accounts
from training.accounts.accounts import Account, Behind
from training.ledger.delivering import Worker
from training.ledger.parcels import Carrier
from training.office import Office

log = logging.getLogger(__name__)

# Of the three seconds that Slack waits for what a form is answered with; the rest is the way there and back.
FORM_SECONDS = 2.0
# What is asked for with a button or a bare command.
MENU = "menu"
# What somebody asks; looking at a page is nothing that is asked.
ASKING = frozenset(
    each.value
    for each in (
        SlackKind.MESSAGE,
        SlackKind.MENTION,
        SlackKind.COMMAND,
        SlackKind.PRESS,
        SlackKind.SHORTCUT,
    )
)


class WorkspaceUnknownError(Exception):
    """No agency has this workspace, or it is not known yet whose it is."""


@dataclass(frozen=True, slots=True)
class FormErrors:
    """What goes back in the acknowledgement of a form: nothing, or what is wrong with which field."""

    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Case:
    """One thing in work: what it is, whose door it came through, who sent it, and until when a form can be shown."""

    work: InWork
    incoming: SlackIncoming
    agency_id: AgencyId
    agency_name: str
    sender: Sender
    person_id: int | None
    standing: AccountStanding
    answer_by: float
    haste: int  # how many messages beyond a minute's worth

    @property
    def can_show(self) -> bool:
        return monotonic() < self.answer_by


class SlackWork:
    """The worker of this channel."""

    def __init__(self, office: Office, words: Words, front_desk: FrontDesk, api: SlackApi) -> None:
        self._office = office
        self._words = words
        self._front_desk = front_desk
        self._api = api
        self.carrier: Carrier = SlackCarrier(api, words, office)
        self._answers = Answers(office, self.carrier)
        self.directory = people.Directory(api)
        self.pages = HomeTabs(office, words, front_desk, api)
        # When this process was handed what it works on, by the owner of the work: Slack's seconds run from then.
        self.came: dict[str, float] = {}

    def work(self, work: InWork) -> FormErrors | None:
        """Do what it asks for. What it raises leaves it to be tried again."""
        came_at = self.came.pop(work.owner, None)
        incoming = read(json.loads(inbox.opened(self._office, work)))
        if incoming.by_bot or incoming.kind in (SlackKind.NOTHING, SlackKind.CHANGED):
            inbox.nothing_to_do(self._office, work)
            return None
        if incoming.kind is SlackKind.CLOSED:
            log.error("workspace-closed", extra={"channel": CHANNEL})
            inbox.nothing_to_do(self._office, work)
            return None
        return self._of_agency(work, incoming, 0.0 if came_at is None else came_at + FORM_SECONDS)

    def tell_given_up(self, work: InWork, trouble: Exception) -> None:
        """It failed for good: kept for the coordinator, and the sender is told what to name it by."""
        incoming = read(json.loads(inbox.opened(self._office, work)))
        behind = accounts.behind(self._office, CHANNEL, incoming.addresses, incoming.account)
        agency_id, person_id = (None, None) if behind is None else (behind.agency_id, behind.person_id)
        kind = type(trouble).__name__
        reference = inbox.give_up(self._office, work, kind, agency_id, person_id)
        if agency_id is None or not incoming.account or incoming.kind in (SlackKind.HOME, SlackKind.PROFILE):
            return
        message = self._front_desk.broken(trouble, reference)
        self._answers.send(self._answers.keep_apart(agency_id, person_id, message, _private(incoming)))

    def _of_agency(self, work: InWork, incoming: SlackIncoming, answer_by: float) -> FormErrors | None:
        behind = self._behind(incoming)
        if behind is None:
            raise WorkspaceUnknownError
        if incoming.kind is SlackKind.PROFILE:
            people.follow(self._office, behind.agency_id, incoming)
            inbox.nothing_to_do(self._office, work)
            return None
        person_id = behind.person_id
        standing = AccountStanding.OURS if person_id is not None else AccountStanding.NOBODY
        if person_id is None:
            account = Account(CHANNEL, incoming.address, incoming.account)
            standing, person_id = self._met(behind.agency_id, incoming, account)
        elif incoming.from_outside:
            standing, person_id = AccountStanding.NOBODY, None
        case = _Case(
            work=work,
            incoming=incoming,
            agency_id=behind.agency_id,
            agency_name=behind.agency_name,
            sender=ByContact(ContactKind.EMAIL, "") if person_id is None else ByPerson(person_id),
            person_id=person_id,
            standing=standing,
            answer_by=answer_by,
            haste=inbox.beyond_a_minutes_worth(self._office, work, ASKING),
        )
        if incoming.kind is SlackKind.HOME:
            self.pages.show(case.agency_id, case.person_id, incoming.address, incoming.account)
            inbox.nothing_to_do(self._office, work)
            return None
        if standing is AccountStanding.SILENT:
            inbox.nothing_to_do(self._office, work)
            return None
        return self._answer(case)

    def _behind(self, incoming: SlackIncoming) -> Behind | None:
        """Whose door it is. The settings make the first one: the workspace that our own token is of."""
        found = accounts.behind(self._office, CHANNEL, incoming.addresses, incoming.account)
        if found is not None or not set(self.directory.homes()) & set(incoming.addresses):
            return found
        accounts.open_first_door(self._office, CHANNEL, incoming.addresses[0])
        return accounts.behind(self._office, CHANNEL, incoming.addresses, incoming.account)

    def _met(
        self, agency_id: AgencyId, incoming: SlackIncoming, account: Account
    ) -> tuple[AccountStanding, int | None]:
        """Somebody whom nobody has linked yet: matched by the roster's address, introduced to, or nobody."""
        met = self.directory.meet(self._office, agency_id, incoming, account, self._words)
        if met.introduction is not None:
            worker = Worker(self._office)
            for claim in worker.claim(message_id=met.introduction):
                worker.deliver(claim, self.carrier)
        return met.standing, met.person_id

    def _answer(self, case: _Case) -> FormErrors | None:
        incoming = case.incoming
        window = None
        # The window has to be opened before the answer is known: the permission to open one lasts three seconds.
        if incoming.kind is SlackKind.PRESS and incoming.action in WITH_FORM and case.can_show:
            window = windows.open_waiting(self._api, incoming.trigger, self._words)
        interaction = self._interaction(case)
        if interaction is None:
            with_claims = self._answers.keep_apart(
                case.agency_id,
                case.person_id,
                elsewhere.which_file(self._words),
                _private(incoming),
                case.work,
            )
            self._answers.send(with_claims)
            return None
        claims: list[Claim] = []
        shown: list[FormErrors] = []

        def then(conn: Connection, replied: Replied) -> None:
            errors = replied.message.form.errors if replied.message.form is not None else ()
            if (
                incoming.kind is SlackKind.FORM
                and errors
                and case.can_show
                and replied.message.form is not None
            ):
                shown.append(FormErrors(field_errors(replied.message.form)))
            elif case.haste > 1 and replied.message.kind is not MessageKind.EMERGENCY:
                # It was said once that all of it is kept; to say it each time would be the same haste.
                pass
            elif window is None or replied.message.form is None:
                claims.extend(self._kept(conn, case, replied))
            inbox.done(conn, case.work, agency_id=case.agency_id, person_id=replied.person_id)

        replied = self._front_desk.reply(interaction, case.agency_name, then)
        if window is not None:
            thread = incoming.thread if incoming.direct else ""
            windows.fill(self._api, window, replied.message, thread, self._words)
        self._answers.send(claims)
        if replied.decided and incoming.target:
            windows.take_buttons_away(self._api, incoming)
        return shown[0] if shown else None

    def _interaction(self, case: _Case) -> Interaction | None:
        """What is asked, in the front desk's words; None for a shortcut on a message that has no file."""
        incoming = case.incoming
        base = Interaction(
            agency_id=case.agency_id,
            sender=case.sender,
            channel=CHANNEL,
            place=incoming.thread if incoming.direct else "",
            stranger=Outside.ASKED if case.standing is AccountStanding.ASKED else Outside.UNKNOWN,
            serving_only=True,
            back=_private(incoming),
            hasty=case.haste > 0,
        )
        match incoming.kind:
            case SlackKind.PRESS:
                return replace(base, action=incoming.action, value=incoming.value)
            case SlackKind.FORM:
                return replace(base, action=incoming.action, form=incoming.entered or {})
            case SlackKind.SHORTCUT if not incoming.files:
                return None
            case SlackKind.COMMAND if not incoming.text.strip():
                return replace(base, action=MENU)
        # A stranger's files are not fetched.
        files = () if case.person_id is None else fetch(self._api, incoming.files)
        text = typed(incoming.text, incoming.bot, lambda account: self._badge_of(case, account))
        return replace(base, text=text, files=files)

    def _badge_of(self, case: _Case, account: str) -> str:
        return accounts.badge_of(self._office, case.agency_id, CHANNEL, case.incoming.address, account)

    def _kept(self, conn: Connection, case: _Case, replied: Replied) -> tuple[Claim, ...]:
        """The answer where only the asker reads it; where others do, a word that it is there."""
        claims = self._answers.keep(
            conn, case.agency_id, replied.person_id, replied.message, _private(case.incoming)
        )
        incoming = case.incoming
        if incoming.kind is SlackKind.MENTION and not incoming.direct:
            note = elsewhere.answered_privately(self._words, with_file=incoming.own_in_sight)
            claims += self._answers.keep(conn, case.agency_id, replied.person_id, note, _whispered(incoming))
        elif incoming.own_in_sight:
            # Rollcall may not be where the message is, so it is said where it can be.
            note = elsewhere.delete_copy(self._words)
            claims += self._answers.keep(conn, case.agency_id, replied.person_id, note, _private(incoming))
        return claims


def _private(incoming: SlackIncoming) -> Destination:
    """The direct message with whoever asked; in the thread in which they asked.

    A button says in which conversation it stands, not that whoever pressed it is the one who has that conversation.
    """
    theirs = incoming.direct and incoming.kind is not SlackKind.PRESS
    place = incoming.channel if theirs and incoming.channel else incoming.account
    return Destination(
        channel=CHANNEL,
        address=incoming.address,
        place=place,
        thread=incoming.thread if incoming.direct else "",
        account=incoming.account,
    )


def _whispered(incoming: SlackIncoming) -> Destination:
    return Destination(
        channel=CHANNEL,
        address=incoming.address,
        place=incoming.channel,
        thread=incoming.thread,
        account=incoming.account,
        way=Way.WHISPER,
    )

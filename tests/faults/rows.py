"""What is to be delivered in a scenario? Rows of their own words on three ways, two of which can be asked later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from db.records.facts import ChannelAccount, MatchedBy
from db.records.ledger import Destination
from db.records.ledger import Way as SlackWay
from db.unit_of_work import reading, writing
from messages.phones import phone_linked
from messages.reminder import Reminded, ReminderFacts, reminder
from messages.words import load
from tests.faults.providers import OURS, Providers
from tests.faults.sites import Site
from training.ledger.duty import Due, due
from training.ledger.saying import ToSay, plan
from training.office import shared_now
from training.reminders.rules import in_force
from training.reminders.turns import remind

NAME = "Lakemont PD"
# Everything of one place goes one after the other, and Slack takes four in a row there.
MOST_IN_A_PLACE = 4
AT_ONCE = 200
_DAYS, _A_MONTH = timedelta(days=4), timedelta(days=30)


class Route(StrEnum):
    """By which way a row goes: a post in Slack and a text can be asked for later, a whisper in Slack cannot."""

    POST = "post"
    TEXT = "text"
    WHISPER = "whisper"


ASKABLE = (Route.POST, Route.TEXT)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to deliver, and the attempt that the ledger made for it."""

    number: int
    route: Route
    message_id: str


def plan_rows(
    site: Site,
    providers: Providers,
    count: int,
    routes: Sequence[Route] = tuple(Route),
    *,
    first: int = 0,
    later: timedelta | None = None,
) -> tuple[Row, ...]:
    """So many rows, the ways in turn, numbered from the first on; due at once, or so much later."""
    staff, words = site.staff(), load()
    places = max(1, count // MOST_IN_A_PLACE)
    rows: list[Row] = []
    if Route.TEXT in routes:
        link_phones(site, providers, places)
    while len(rows) < count:
        with reading(site.office.engine) as conn:
            now = shared_now(site.office, conn)
        with writing(site.office.engine, site.agency_id, at=now, channel="test") as writer:
            for number in range(first + len(rows), first + min(len(rows) + AT_ONCE, count)):
                route = routes[number % len(routes)]
                place = number // len(routes) % places
                said = ToSay(
                    person_id=staff[place % len(staff)],
                    message=phone_linked(f"{NAME} {number}", words),
                    routes=(_destination(providers, route, place),),
                    about=f"row {number}",
                    due_at=None if later is None else now + later,
                )
                message_id = plan(writer, site.office.keys, said, now=now)
                assert message_id is not None
                rows.append(Row(number, route, message_id))
    return tuple(rows)


def plan_reminders(
    site: Site,
    providers: Providers,
    count: int,
    of_people: int,
    *,
    first: int = 0,
    later: timedelta | None = None,
) -> tuple[Row, ...]:
    """So many reminders by text, of so many people in turn; due at once, or so much later. Of people on leave nobody is
    reminded for months."""
    everybody, words = site.staff(), load()
    link_phones(site, providers, len(everybody))
    with reading(site.office.engine) as conn:
        now = shared_now(site.office, conn)
        rules = in_force(conn, site.agency_id)
        staff = [each for each in everybody if due(conn, site.agency_id, each, now).at < now + _DAYS]
    assert len(staff) >= of_people
    rows = []
    with writing(site.office.engine, site.agency_id, at=now, channel="test") as writer:
        for number in range(first, first + count):
            facts = ReminderFacts(
                agency=f"{NAME} {number}", day=now.date(), duties=(Reminded("CPR", now.date() + _A_MONTH),)
            )
            message_id = remind(
                writer,
                site.office,
                staff[number % of_people],
                reminder(facts, words),
                (),
                rules,
                about=f"row {number}",
                now=now,
                when=Due(now if later is None else now + later),
            )
            assert message_id is not None
            rows.append(Row(number, Route.TEXT, message_id))
    return tuple(rows)


def _destination(providers: Providers, route: Route, place: int) -> Destination:
    if route is Route.TEXT:
        number = providers.phone(place)
        return Destination(channel="sms", address=OURS, place=number, account=number)
    account, conversation = providers.account(place)
    way = SlackWay.WHISPER if route is Route.WHISPER else SlackWay.POST
    return Destination(channel="slack", address=providers.team, place=conversation, account=account, way=way)


def link_phones(site: Site, providers: Providers, places: int) -> None:
    """Telephones of people of the agency, confirmed as theirs."""
    staff = site.staff()
    with reading(site.office.engine) as conn:
        now = shared_now(site.office, conn)
    with writing(site.office.engine, site.agency_id, at=now, channel="test") as writer:
        writer.record(
            *(
                ChannelAccount(
                    person_id=staff[place % len(staff)],
                    channel="sms",
                    address=OURS,
                    account=providers.phone(place),
                    matched_by=MatchedBy.CODE,
                )
                for place in range(places)
            )
        )


def a_phone(person_id: int) -> ChannelAccount:
    """A telephone of somebody's that no stand-in knows, for what is planned and not sent to one."""
    return ChannelAccount(
        person_id=person_id,
        channel="sms",
        address=OURS,
        account=f"+1612556{person_id:04}",
        matched_by=MatchedBy.CODE,
    )

"""What becomes of what comes in several times, in any order, or from somebody else? Scenarios 15 and 16."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import func, select

from bot.slack.door import EVENTS
from bot.sms.door import INBOUND
from db.queries import agencies, audit, people
from db.records.facts import ContactKind
from db.tables import inbox
from db.unit_of_work import reading
from tests.fakes.slack.delivery import Parcel as SlackParcel
from tests.fakes.twilio.delivery import Parcel as TwilioParcel
from tests.faults.by_the_clock import NOTHING_BESIDE, enter_rules
from tests.faults.providers import OURS, PUBLIC, Providers, both
from tests.faults.rows import link_phones
from tests.faults.scenario import Asked
from tests.faults.sites import Site
from tests.faults.tally import Outcome
from tests.faults.waiting import until
from tests.integration.service_process import Running, running
from training.accounts import accounts
from training.audit import AuditTag

PEOPLE = 12
TIMES = 4
REFUSED = (401, 403)
OLD = 400  # seconds
GOOD, BAD = "good", "well"


@dataclass
class Open:
    """Two services on one record, and both doors of each."""

    site: Site
    providers: Providers
    services: tuple[Running, Running]

    def slack(self, parcel: SlackParcel, which: int) -> int:
        """Hand it over to one of them; what it answers."""
        url = self.services[which % 2].address + EVENTS
        return parcel.to(self.providers.slack.door(url)).status

    def twilio(self, parcel: TwilioParcel, which: int) -> int:
        """The same by text."""
        return parcel.to(self.providers.twilio.door(self.services[which % 2].address)).status

    def quiet(self) -> bool:
        """Whether everything that came in is done and everything is said."""
        with reading(self.site.office.engine) as conn:
            waiting = conn.execute(
                select(func.count()).select_from(inbox).where(inbox.c.state.in_(("waiting", "working")))
            ).scalar_one()
        return waiting == 0 and self.site.left("") == 0


@contextmanager
def _open(asked: Asked) -> Iterator[Open]:
    with asked.ground.a_site() as site, both() as providers:
        site.settings |= providers.settings()
        # What is counted here are answers; nothing is said that nobody asked for.
        enter_rules(site, site.agency_id, {"ladder": NOTHING_BESIDE})
        providers.twilio.world.number.sms_url = f"{PUBLIC}{INBOUND}"
        accounts.open_first_door(site.office, "sms", OURS)
        link_phones(site, providers, PEOPLE)
        engine, folder = site.office.engine, site.folder
        given: dict[str, Any] = dict(site.settings)
        with (
            running(folder, engine, "serve", **given) as one,
            running(folder, engine, "serve", **given) as other,
        ):
            yield Open(site, providers, (one, other))


def _accounts(site: Site, providers: Providers) -> list[str]:
    """People of the roster with the addresses that their workspace has of them."""
    with reading(site.office.engine) as conn:
        points = people.contact_points(conn, site.agency_id, site.staff())
    addresses = [each.fact.value for each in points if each.fact.kind is ContactKind.EMAIL]
    return [
        providers.slack.world.add_user(f"U0{number:04}", address, address).id
        for number, address in enumerate(addresses[:PEOPLE])
    ]


def everything_again(asked: Asked) -> Outcome:
    """15: every message, text and status comes four times over, in any order, to two services in turn."""
    chance = Random(asked.seed)  # noqa: S311  the same dice every time
    with _open(asked) as opened:
        site, providers = opened.site, opened.providers
        world = providers.slack.world
        threads, posts = [], []
        for account in _accounts(site, providers):
            place = world.im(account).id
            root = world.put(place, account, "the beginning of a thread")
            threads.append((place, root.ts))
            said = providers.slack.events.message(account, "am i good?", thread_ts=root.ts)
            posts += [said, *(said.again() for _ in range(TIMES - 1))]
        phones = [providers.phone(number) for number in range(PEOPLE)]
        texts = []
        for number in phones:
            asked_by_text = providers.twilio.text(number, "am i good?")
            texts += [asked_by_text, *(asked_by_text.again() for _ in range(TIMES - 1))]
        chance.shuffle(posts)
        chance.shuffle(texts)
        codes = Counter(opened.slack(each, at) for at, each in enumerate(posts))
        codes += Counter(opened.twilio(each, at) for at, each in enumerate(texts))
        until(opened.quiet, "everything is answered")
        statuses = [each for each in providers.twilio.deliver_all() for _ in range(TIMES)]
        chance.shuffle(statuses)
        codes += Counter(opened.twilio(each, at) for at, each in enumerate(statuses))
        until(opened.quiet, "every status is worked on")
        answers = Counter((each.channel, each.thread_ts) for each in world.posted() if each.thread_ts)
        by_text = Counter(each.to for each in providers.twilio.world.messages.values() if each.is_outbound)
        with reading(site.office.engine) as conn:
            delivered = audit.entries(conn, site.agency_id, tags=[AuditTag.MESSAGE_DELIVERED], limit=10_000)
    why = []
    if set(codes) - {200, 204}:
        why.append(f"answered with {dict(codes)}")
    twice = [each for each, times in answers.items() if times > 1]
    lost = [each for each in threads if answers[each] == 0]
    once = Counter(str(each.data["attempt"]) for each in delivered)
    if twice or lost:
        why.append(f"{len(twice)} answered twice in Slack, {len(lost)} not at all")
    if set(by_text.values()) != {1} or set(by_text) != set(phones):
        why.append(f"texts by phone: {dict(Counter(by_text.values()))}, to {len(by_text)} of {len(phones)}")
    if set(once.values()) != {1} or len(once) != len(phones):
        why.append(f"delivered, by the log: {dict(Counter(once.values()))}")
    return Outcome(
        planned=2 * PEOPLE,
        sent=answers.total() + by_text.total(),
        lost=len(lost) + len(set(phones) - set(by_text)),
        doubled=len(twice) + sum(times > 1 for times in by_text.values()),
        why=tuple(why),
        said=(f"{sum(codes.values())} requests for {2 * PEOPLE} questions and their statuses",),
    )


def forged(asked: Asked) -> Outcome:
    """16: old, wrongly signed and altered requests: refused, counted, and nothing of them is kept."""
    with _open(asked) as opened:
        site, providers = opened.site, opened.providers
        account = _accounts(site, providers)[0]
        said = providers.slack.events.message(account, "am i good?")
        text = providers.twilio.text(providers.phone(0), "am i good?")
        with reading(site.office.engine) as conn:
            before = agencies.head_seq(conn, site.agency_id)
        codes = [
            opened.slack(each, at)
            for at, each in enumerate((said.replayed(OLD), said.forged(), said.altered(GOOD, BAD)))
        ]
        codes += [opened.twilio(each, at) for at, each in enumerate((text.forged(), text.altered(GOOD, BAD)))]
        with reading(site.office.engine) as conn:
            kept = conn.execute(select(func.count()).select_from(inbox)).scalar_one()
            after = agencies.head_seq(conn, site.agency_id)
        counted = sum(
            max(
                0.0,
                service.metric(f'rollcall_requests_total{{method="POST",route="{route}",status="{status}"}}'),
            )
            for service in opened.services
            for route in (EVENTS, INBOUND)
            for status in REFUSED
        )
    why = []
    if set(codes) - set(REFUSED):
        why.append(f"answered with {codes}")
    if kept or before != after:
        why.append(f"{kept} were kept, the sequence went from {before} to {after}")
    if counted != len(codes):
        why.append(f"{counted:.0f} of {len(codes)} are counted")
    return Outcome(
        planned=len(codes), why=tuple(why), said=(f"{len(codes)} refused with {sorted(set(codes))}",)
    )

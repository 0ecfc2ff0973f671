"""What is delivered while a channel is slow, a worker sleeps or is told to stop, and a key or a release is missing?"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Event
from time import monotonic

import pytest
from sqlalchemy import update

from bot.email.carrier import EmailCarrier
from config.mail import mail_server
from db.keys import cipher
from db.records.ledger import Destination
from db.tables import attempt, message
from db.unit_of_work import working
from messages.elsewhere import which_file
from messages.model import to_json
from scheduler.delivery import deliver_what_is_due
from scheduler.jobs import Work
from scheduler.table import JOBS
from scheduler.tick import run_due
from tests.fakes.carrier import DIES_BEFORE, ScriptedCarrier
from tests.fakes.keys import a_key_store
from tests.fakes.mail.server import MailServer
from tests.scenario.cast import Agency
from tests.scenario.ledger_cast import A_WHILE, ADDRESS, CHANNEL, OFFICER, Post, asked_to_wait
from tests.scenario.slack_cast import in_slack
from tests.scenario.sms_cast import OURS, by_text
from training.ledger.delivering import UPGRADE
from training.ledger.parcels import CALL_WITHIN, Carrier, Fate, Found, Parcel, TryOutcome

PATIENCE = 10.0


@dataclass
class Held(ScriptedCarrier):
    """Whoever calls waits until the story lets them go."""

    gate: Event = field(default_factory=Event)

    def send(self, parcel: Parcel) -> TryOutcome:
        """Wait, then do it."""
        assert self.gate.wait(PATIENCE), "never let go"
        return super().send(parcel)


def test_a_channel_that_is_slow_to_answer_keeps_no_other_waiting(lakemont: Agency) -> None:
    post, slow, quick = Post(lakemont), Held(), ScriptedCarrier()
    late = post.plan("D1")
    others = [post.plan(f"+1612555{number:04}", channel="sms") for number in range(12)]
    everybody = Event()
    quick.watch = lambda _: everybody.set() if len(quick.calls) == len(others) else None
    with ThreadPoolExecutor(1) as scheduler:
        ticking = scheduler.submit(
            deliver_what_is_due, Work(lakemont.office, lambda: False, {CHANNEL: slow, "sms": quick})
        )
        assert everybody.wait(PATIENCE), f"{len(quick.effects)} of {len(others)} went out"
        assert slow.effects == []
        slow.gate.set()
        assert ticking.result(PATIENCE) == 1 + len(others)
    assert (slow.times(late), [quick.times(each) for each in others]) == (1, [1] * len(others))


def test_what_was_claimed_before_a_channel_asked_for_time_waits_too(lakemont: Agency) -> None:
    post = Post(lakemont)
    hasty, patient = post.plan("D1"), post.plan("D2")
    [first], [other] = post.claim(1), post.claim(1)
    post.carrier.script.append(asked_to_wait(everywhere=True))
    post.deliver(first)
    post.deliver(other)
    assert post.carrier.calls == [f"send {hasty}"]
    assert (post.of(patient).state, post.of(patient).tries) == ("ready", 0)
    post.wait(seconds=A_WHILE.total_seconds() + 1)
    assert post.tick() == 2
    assert (post.carrier.times(hasty), post.carrier.times(patient)) == (1, 1)


def test_a_process_without_a_channel_keeps_nothing_from_one_that_has_it(lakemont: Agency) -> None:
    post = Post(lakemont)
    planned = post.plan()
    deliver_what_is_due(Work(lakemont.office, lambda: False, {"sms": post.carrier}))
    assert (post.of(planned).state, post.of(planned).error) == ("ready", "no-carrier")
    assert post.tick() == 1
    assert (post.carrier.times(planned), post.of(planned).error) == (1, "")


def test_what_one_process_has_just_looked_for_is_delivered_by_one_that_can(lakemont: Agency) -> None:
    post, jobs = Post(lakemont), [each for each in JOBS if each.name == "deliveries"]
    planned = post.plan()
    run_due(jobs, Work(lakemont.office, lambda: False))
    run_due(jobs, Work(lakemont.office, lambda: False, {CHANNEL: post.carrier}))
    assert post.carrier.times(planned) == 1


def test_a_worker_that_is_told_to_stop_hands_back_what_it_has_not_begun(lakemont: Agency) -> None:
    post = Post(lakemont)
    attempts = [post.plan(f"D{number}") for number in range(4)]
    doubtful = post.plan("D5")
    with working(lakemont.office.engine) as conn:
        conn.execute(update(attempt).where(attempt.c.attempt_id == doubtful).values(receipt="unknown"))
    told = Event()
    post.carrier.watch = lambda _: told.set()
    deliver_what_is_due(Work(lakemont.office, told.is_set, {CHANNEL: post.carrier}))
    assert [post.of(each).state for each in attempts] == ["done", "ready", "ready", "ready"]
    assert (post.of(doubtful).state, post.of(doubtful).receipt) == ("ready", "unknown")
    assert post.tick() == 4
    assert [post.carrier.times(each) for each in attempts] == [1, 1, 1, 1]
    assert post.carrier.calls[-1] == f"send {doubtful}"


class Broken(ScriptedCarrier):
    """Whatever it is given breaks it, to send as to look."""

    def find(self, parcel: Parcel) -> Found:  # noqa: ARG002  the port's shape
        """Break."""
        raise LookupError


def test_one_that_breaks_whoever_sends_and_whoever_looks_ends_with_a_reason(lakemont: Agency) -> None:
    post = Post(lakemont, Broken(habit=DIES_BEFORE))
    poison = post.plan("D1")
    for _ in range(3):
        post.tick()
        post.wait(seconds=60)
    kept = post.of(poison)
    assert (kept.state, kept.receipt, kept.error) == ("done", "unknown", "LookupError")
    fine = post.plan("D1")
    post.carrier = ScriptedCarrier()
    post.tick()
    assert post.carrier.times(fine) == 1


def test_what_waits_is_not_given_up_while_the_master_key_is_away(lakemont: Agency) -> None:
    post, office = Post(lakemont), lakemont.office
    waiting = post.plan()
    elsewhere = a_key_store()
    elsewhere.open()
    lakemont.office = replace(office, keys=type(elsewhere)(office.keys.engine, elsewhere._masters))  # noqa: SLF001  another's key beside ours
    post.tick()
    assert (post.of(waiting).state, post.of(waiting).error) == ("ready", "unreadable")
    lakemont.office = office
    post.wait(seconds=61)
    post.tick()
    assert post.carrier.times(waiting) == 1


def _from_a_newer_release(post: Post, attempt_id: str) -> Callable[[], None]:
    """A message of a kind that this release does not know; what comes back makes it one of a kind that it does."""
    agency, kept = post.agency, post.of(attempt_id)
    known = to_json(which_file(agency.words))

    def write(words: str) -> None:
        body = cipher.seal(agency.office.keys.work_key(), words.encode(), f"message:{kept.message_id}")
        with working(agency.office.engine) as conn:
            conn.execute(update(message).where(message.c.message_id == kept.message_id).values(body=body))

    write(known.replace('"which-file"', '"a-kind-of-tomorrow"', 1))
    return lambda: write(known)


def test_what_only_a_newer_release_can_read_is_left_to_it(lakemont: Agency) -> None:
    post = Post(lakemont)
    planned = post.plan()
    as_the_newer_one = _from_a_newer_release(post, planned)
    post.tick()
    assert (post.of(planned).state, post.of(planned).tries) == ("ready", 0)
    as_the_newer_one()
    post.wait(seconds=61)
    post.tick()
    assert post.carrier.times(planned) == 1


def test_what_no_release_can_read_ends_when_an_upgrade_would_be_over(lakemont: Agency) -> None:
    post = Post(lakemont)
    planned = post.plan()
    _from_a_newer_release(post, planned)
    post.wait(seconds=UPGRADE.total_seconds())
    post.tick()
    assert (post.of(planned).state, post.of(planned).receipt) == ("done", "failed")


def slept(parcel: Parcel) -> Parcel:
    """Its worker wrote down the intent and was away before it came to the call."""
    return replace(parcel, begun=monotonic() - CALL_WITHIN.total_seconds() - 1)


def a_parcel(agency: Agency, channel: str, address: str, place: str) -> Parcel:
    """Something on its way to the officer."""
    return Parcel(
        attempt_id="0000002a00000000000000ff",
        agency_id=agency.agency_id,
        person_id=agency.id_of(OFFICER),
        message=which_file(agency.words),
        route=Destination(channel=channel, address=address, place=place),
        since=agency.clock.at,
    )


def sent_awake_and_asleep(carrier: Carrier, parcel: Parcel) -> tuple[Fate, Fate]:
    """What comes of it for a worker that slept, and for one that did not."""
    return carrier.send(slept(parcel)).fate, carrier.send(replace(parcel, begun=monotonic())).fate


def test_nothing_is_posted_by_whoever_slept_over_it(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        place = desk.slack.world.im(desk.account(OFFICER)).id
        [staff] = desk.service.hall.staff
        fates = sent_awake_and_asleep(staff.carrier, a_parcel(embedded, CHANNEL, ADDRESS, place))
        assert fates == (Fate.NOT_NOW, Fate.HANDED_OVER)
        assert len(desk.slack.calls_of("chat.postMessage")) == 1


def test_no_text_is_sent_by_whoever_slept_over_it(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        before = len(desk.twilio.calls_of("messages.create"))
        [staff] = desk.service.hall.staff
        fates = sent_awake_and_asleep(staff.carrier, a_parcel(embedded, "sms", OURS, number))
        assert fates == (Fate.NOT_NOW, Fate.HANDED_OVER)
        assert len(desk.twilio.calls_of("messages.create")) == before + 1


@pytest.mark.parametrize("awake", [False, True])
def test_no_letter_is_mailed_by_whoever_slept_over_it(embedded: Agency, awake: bool) -> None:
    place = "m.ruiz@lakemont.example"
    with MailServer() as mail:
        carrier = EmailCarrier(
            mail_server(mail.url), "training@lakemont.example", embedded.office, mail.certificate.believed()
        )
        parcel = replace(a_parcel(embedded, "email", "training@lakemont.example", place), person_id=None)
        sent = carrier.send(parcel if awake else slept(parcel))
        assert sent.fate is (Fate.HANDED_OVER if awake else Fate.NOT_NOW)
        assert len(mail.letters.taken) == int(awake)

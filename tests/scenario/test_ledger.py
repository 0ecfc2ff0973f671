"""What is said later: once, in order, and found again when nobody knows whether it was said."""

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select, update

from db.tables import message
from db.unit_of_work import working
from messages.elsewhere import which_file
from messages.plain import plain_text
from tests.fakes.carrier import (
    DIES_AFTER,
    DIES_BEFORE,
    FINE,
    REFUSED,
    UNCLEAR_AFTER,
    UNCLEAR_BEFORE,
    UNREACHABLE,
    ScriptedCarrier,
    Turn,
)
from tests.scenario.cast import Agency
from tests.scenario.ledger_cast import A_WHILE, OFFICER, Post, asked_to_wait
from tests.scenario.slack_cast import raw_bytes
from training.ledger.delivering import WAITS
from training.ledger.parcels import Parcel, Trace


def script(*turns: Turn) -> ScriptedCarrier:
    """A carrier that does these first."""
    return ScriptedCarrier(script=deque(turns))


def test_what_is_planned_is_said_once_and_logged_in_order(lakemont: Agency) -> None:
    post = Post(lakemont)
    attempt = post.plan(occasion="introduction")
    assert post.plan(occasion="introduction") == ""
    assert post.tick() == 1
    assert post.tick() == 0
    assert post.carrier.times(attempt) == 1
    assert post.of(attempt).receipt == "handed-over"
    entries = [each.tag for each in reversed(lakemont.entries(about=OFFICER))]
    assert entries[-2:] == ["message:planned", "message:handed-over"]


def test_the_intent_is_committed_before_the_call(lakemont: Agency) -> None:
    seen: list[str] = []

    def look(parcel: Parcel) -> None:
        seen.append(str(post.of(parcel.attempt_id).state))

    post = Post(lakemont, ScriptedCarrier(watch=look))
    post.plan()
    post.tick()
    assert seen == ["sending"]


@pytest.mark.parametrize(
    ("turn", "calls"),
    [(DIES_AFTER, ["send", "find"]), (DIES_BEFORE, ["send", "find", "send"])],
    ids=["after the work", "before the work"],
)
def test_a_worker_that_dies_in_the_call_leaves_something_that_is_looked_up(
    lakemont: Agency, turn: Turn, calls: list[str]
) -> None:
    post = Post(lakemont, script(turn))
    attempt = post.plan()
    [claim] = post.claim()
    post.deliver(claim)
    assert post.claim() == ()
    post.outlive_the_lease()
    post.tick()
    assert [each.split()[0] for each in post.carrier.calls] == calls
    assert post.carrier.times(attempt) == 1
    assert (post.of(attempt).receipt, post.of(attempt).tries) == ("handed-over", calls.count("send"))


def test_a_worker_that_dies_before_it_begins_leaves_something_that_is_sent_without_a_look(
    lakemont: Agency,
) -> None:
    post = Post(lakemont)
    attempt = post.plan()
    post.claim()
    post.outlive_the_lease()
    post.tick()
    assert post.carrier.calls == [f"send {attempt}"]


@pytest.mark.parametrize("turn", [UNCLEAR_BEFORE, UNCLEAR_AFTER], ids=["not done", "done"])
def test_an_unclear_answer_is_looked_up_before_anything_is_repeated(lakemont: Agency, turn: Turn) -> None:
    post = Post(lakemont, script(turn))
    attempt = post.plan()
    post.tick()
    assert (post.of(attempt).receipt, post.of(attempt).state) == ("unknown", "ready")
    post.carrier.looking.append(Trace.NOT_NOW)
    for _ in range(3):
        post.wait(seconds=10)
        post.tick()
    assert post.carrier.calls[:3] == [f"send {attempt}", f"find {attempt}", f"find {attempt}"]
    assert post.carrier.times(attempt) == 1
    assert post.of(attempt).receipt == "handed-over"


def test_what_leaves_no_trace_is_a_persons_to_decide(lakemont: Agency) -> None:
    post = Post(lakemont, script(UNCLEAR_AFTER))
    attempt = post.plan()
    post.tick()
    post.carrier.looking.append(Trace.CANNOT_TELL)
    post.wait(seconds=10)
    post.tick()
    assert (post.of(attempt).receipt, post.of(attempt).state) == ("unknown", "done")
    assert [each.tag for each in lakemont.entries("message:unknown")] == ["message:unknown"]
    assert post.carrier.times(attempt) == 1


def test_a_worker_that_slept_through_its_lease_sends_nothing_and_ends_nothing(lakemont: Agency) -> None:
    post = Post(lakemont)
    attempt = post.plan()
    [asleep] = post.claim()
    post.outlive_the_lease()
    [awake] = post.claim()
    assert post.deliver(asleep) is None
    assert post.carrier.calls == []
    assert post.deliver(awake) is not None
    assert post.deliver(asleep) is None
    assert post.deliver(awake) is None
    assert post.carrier.times(attempt) == 1


def test_a_worker_that_slept_in_the_call_cannot_end_what_another_has(lakemont: Agency) -> None:
    other = Post(lakemont, script(UNREACHABLE))

    def sleep(_: Parcel) -> None:
        other.outlive_the_lease()
        other.tick()

    post = Post(lakemont, ScriptedCarrier(watch=sleep))
    attempt = post.plan()
    [claim] = post.claim()
    assert post.deliver(claim) is None
    assert post.of(attempt).receipt is None
    assert post.of(attempt).state == "ready"


@pytest.mark.parametrize("everywhere", [True, False], ids=["everywhere", "in one place"])
def test_a_channel_that_asks_for_time_is_given_it(lakemont: Agency, *, everywhere: bool) -> None:
    post = Post(lakemont, script(asked_to_wait(everywhere=everywhere)))
    first = post.plan("D1")
    post.tick()
    second, other = post.plan("D1"), post.plan("D2")
    post.tick()
    assert post.carrier.times(other) == (not everywhere)
    post.wait(seconds=A_WHILE.total_seconds() - 3)
    post.tick()
    assert (post.carrier.times(first), post.carrier.times(second)) == (0, 0)
    post.wait(seconds=2)
    post.tick()
    assert [each.attempt_id for each in post.carrier.effects if each.route.place == "D1"] == [first, second]
    assert post.carrier.times(other) == 1


def test_asking_for_time_is_no_failure_however_often(lakemont: Agency) -> None:
    post = Post(lakemont, script(*[asked_to_wait(everywhere=False)] * (len(WAITS) + 3)))
    attempt = post.plan()
    for _ in range(len(WAITS) + 4):
        post.tick()
        post.wait(seconds=A_WHILE.total_seconds() + 1)
    assert post.of(attempt).receipt == "handed-over"


def test_what_waits_in_a_conversation_is_not_overtaken(lakemont: Agency) -> None:
    post = Post(lakemont, script(UNREACHABLE))
    first, second, elsewhere = post.plan("D1"), post.plan("D1"), post.plan("D2")
    post.tick()
    assert [each.attempt_id for each in post.carrier.effects] == [elsewhere]
    post.wait(seconds=60)
    post.tick()
    assert [each.attempt_id for each in post.carrier.effects] == [elsewhere, first, second]


def test_what_surely_cannot_be_sent_ends_in_the_end(lakemont: Agency) -> None:
    post = Post(lakemont, ScriptedCarrier(habit=UNREACHABLE))
    attempt = post.plan()
    for wait in (*WAITS, WAITS[-1]):
        post.tick()
        post.wait(seconds=wait.total_seconds() + 1)
    assert (post.of(attempt).receipt, post.of(attempt).state) == ("failed", "done")
    assert len(lakemont.entries("message:failed")) == 1


def test_one_that_no_worker_survives_ends_and_keeps_nothing_from_being_sent(lakemont: Agency) -> None:
    post = Post(lakemont, ScriptedCarrier(habit=DIES_BEFORE))
    attempt = post.plan("D1")
    for _ in range(len(WAITS) + 3):
        post.tick()
        post.wait(seconds=100)
    assert post.of(attempt).state == "done"
    post.carrier.habit = FINE
    other, after = post.plan("D2"), post.plan("D1")
    post.tick()
    assert (post.carrier.times(other), post.carrier.times(after)) == (1, 1)


def test_a_crash_with_every_try_ends_too(lakemont: Agency) -> None:
    post = Post(lakemont, ScriptedCarrier(habit=DIES_BEFORE))
    attempt = post.plan()
    for _ in range(len(WAITS) + 4):
        for claim in post.claim():
            post.deliver(claim)
        post.outlive_the_lease()
    assert (post.of(attempt).receipt, post.of(attempt).state) == ("failed", "done")


def test_what_cannot_be_read_any_more_ends(lakemont: Agency) -> None:
    post = Post(lakemont)
    broken = post.plan("D1")
    with working(lakemont.office.engine) as conn:
        conn.execute(update(message).values(body=b"not what it was"))
    fine = post.plan("D1")
    post.tick()
    assert post.of(broken).receipt == "failed"
    assert post.carrier.times(fine) == 1


def test_what_no_door_of_this_process_carries_keeps_nothing_from_being_sent(lakemont: Agency) -> None:
    post = Post(lakemont)
    lost = post.plan("D1", channel="pigeon")
    fine = post.plan("D1")
    post.tick()
    assert (post.of(lost).state, post.of(lost).tries) == ("ready", 0)
    assert post.carrier.times(fine) == 1


def test_whoever_left_is_written_to_no_more(lakemont: Agency) -> None:
    post = Post(lakemont, script(UNREACHABLE))
    waiting, new = post.plan("D1"), post.plan("D2")
    post.tick()
    lakemont.leaves(OFFICER, date(2027, 3, 1))
    post.wait(seconds=60)
    post.tick()
    assert post.of(waiting).receipt == "skipped"
    assert post.carrier.times(waiting) == 0
    assert post.carrier.times(new) == 1


def test_several_workers_at_once_send_each_thing_once(lakemont: Agency) -> None:
    post = Post(lakemont)
    attempts = [post.plan(f"D{number % 3}") for number in range(9)]
    with ThreadPoolExecutor(3) as workers:
        for _ in range(4):
            list(workers.map(lambda _: post.tick(), range(3)))
    assert sorted(each.attempt_id for each in post.carrier.effects) == sorted(attempts)
    assert {each.receipt for each in post.all()} == {"handed-over"}


def test_a_clock_that_is_set_back_sends_nothing_again(lakemont: Agency) -> None:
    post = Post(lakemont, script(FINE, UNREACHABLE))
    done, waiting = post.plan("D1"), post.plan("D2")
    post.tick()
    post.wait(seconds=-3600)
    post.tick()
    assert post.carrier.times(done) == 1
    post.wait(seconds=2 * 3600)
    post.tick()
    assert (post.carrier.times(done), post.carrier.times(waiting)) == (1, 1)


def test_what_waits_and_what_was_said_cannot_be_read_in_the_record(embedded: Agency) -> None:
    post = Post(embedded, script(UNREACHABLE, REFUSED))
    post.plan("D1")
    post.plan("D2")
    words = b"That message has no file"
    assert words in plain_text(which_file(embedded.words), "slack").encode()
    for _ in range(3):
        assert words not in raw_bytes(embedded)
        post.tick()
        post.wait(seconds=60)
    with embedded.reading() as conn:
        assert conn.execute(select(message.c.body)).scalars().all() == [None, None]

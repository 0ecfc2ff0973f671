"""Whatever happens in whatever order, each thing is said once or somebody is told that nobody knows."""

from itertools import count

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, update

from db.records.ledger import Claim, Delivery, QueueState
from db.tables import attempt, pause
from db.unit_of_work import working
from tests.examples import examples
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
from tests.scenario.ledger_cast import Post, asked_to_wait
from training.ledger.parcels import Parcel, Trace

RUNS = count(1)
PLACES = ("D1", "D2")
TURNS = (
    FINE,
    REFUSED,
    UNREACHABLE,
    UNCLEAR_BEFORE,
    UNCLEAR_AFTER,
    DIES_BEFORE,
    DIES_AFTER,
    asked_to_wait(everywhere=False),
    asked_to_wait(everywhere=True),
)
ENDS = {
    "handed-over": "message:handed-over",
    "failed": "message:failed",
    "unknown": "message:unknown",
    "skipped": "message:skipped",
}


class Ledger(RuleBasedStateMachine):
    """Planning, claiming, sending, dying, waking up too late, and time that jumps."""

    agency: Agency

    def __init__(self) -> None:
        super().__init__()
        # Each run begins with nothing to say, whatever became of the one before.
        with working(self.agency.office.engine) as conn:
            conn.execute(update(attempt).values(state=QueueState.DONE.value))
            conn.execute(delete(pause))
        self.agency.at("2027-03-02 14:10")
        self.post = Post(self.agency, ScriptedCarrier(watch=self.before_a_call))
        self.planned: list[str] = []
        self.hands: list[Claim] = []
        self.run = next(RUNS)
        # Until when nothing may be asked of a place, and of everywhere.
        self.quiet: dict[str, float] = {}

    def before_a_call(self, parcel: Parcel) -> None:
        """What has to be so whenever something is about to be sent."""
        now = self.agency.clock.at.timestamp()
        place = parcel.route.place
        assert now >= max(self.quiet.get(place, 0), self.quiet.get("", 0)), "the channel asked for time"
        mine = self.post.of(parcel.attempt_id)
        assert mine.state is QueueState.SENDING, "the intent comes before the call"
        earlier = [
            each
            for each in self.post.all()
            if each.route.place == place
            and (each.created_at, each.attempt_id) < (mine.created_at, mine.attempt_id)
        ]
        assert all(each.state is QueueState.DONE for each in earlier), "it overtakes another"

    @rule(place=st.sampled_from(PLACES), occasion=st.sampled_from(("", "a", "b")))
    def plan(self, place: str, occasion: str) -> None:
        said = f"{self.run} {occasion}" if occasion else ""
        attempt = self.post.plan(place, occasion=said)
        if attempt:
            self.planned.append(attempt)

    @rule(limit=st.integers(1, 3))
    def claim(self, limit: int) -> None:
        self.hands += self.post.claim(limit)

    @precondition(lambda self: self.hands)
    @rule(
        data=st.data(), turn=st.sampled_from(TURNS), seen=st.sampled_from((None, None, None, Trace.NOT_NOW))
    )
    def deliver(self, data: st.DataObject, turn: Turn, seen: Trace | None) -> None:
        """One that is in hand; its worker may have slept through the lease. The claim stays in the sleeper's hands."""
        claim = data.draw(st.sampled_from(self.hands))
        self.post.carrier.script.clear()
        self.post.carrier.looking.clear()
        self.post.carrier.script.append(turn)
        if seen is not None:
            self.post.carrier.looking.append(seen)
        called = len(self.post.carrier.calls)
        self.post.deliver(claim)
        asked = turn.answer is not None and turn.answer.after is not None
        if asked and any(each.startswith("send") for each in self.post.carrier.calls[called:]):
            assert turn.answer is not None
            assert turn.answer.after is not None
            place = "" if turn.answer.everywhere else claim.route.place
            until = self.agency.clock.at + turn.answer.after
            self.quiet[place] = max(self.quiet.get(place, 0), until.timestamp())

    @rule(seconds=st.sampled_from((1, 6, 20, 40, 91, 400)))
    def jump(self, seconds: int) -> None:
        self.post.wait(seconds=seconds)

    @precondition(lambda self: self.hands)
    @rule()
    def die(self) -> None:
        """Everybody who has something in hand is gone."""
        self.hands.clear()

    @invariant()
    def nothing_is_said_twice(self) -> None:
        assert all(self.post.carrier.times(each) <= 1 for each in self.planned)

    def mine(self) -> list[Delivery]:
        """What this run planned."""
        return [each for each in self.post.all() if each.attempt_id in self.planned]

    def teardown(self) -> None:
        """The channel is well again and time goes on: everything comes to its end, and the log says so."""
        self.post.carrier.script.clear()
        self.post.carrier.looking.clear()
        for _ in range(40):
            if all(each.state is QueueState.DONE for each in self.mine()):
                break
            self.post.tick()
            self.post.wait(seconds=95)
        entries = [
            (str(each.data["message"]), each.tag)
            for each in reversed(self.agency.entries("message:planned", *ENDS.values()))
        ]
        for each in self.mine():
            assert each.state is QueueState.DONE
            assert each.receipt is not None
            effects = self.post.carrier.times(each.attempt_id)
            assert effects == (each.receipt == "handed-over"), (each, effects)
            logged = [tag for message, tag in entries if message == each.message_id]
            assert logged == ["message:planned", ENDS[each.receipt]]


def test_everything_is_said_at_most_once_whatever_happens_in_whatever_order(embedded: Agency) -> None:
    machine = type("Machine", (Ledger,), {"agency": embedded})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples(25),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

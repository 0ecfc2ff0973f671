"""People of Lakemont who have several ways to be reached, and channels that say what a story has them say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from db.queries import ledger
from db.records.facts import ChannelAccount, MatchedBy
from db.records.ledger import Delivery, Destination, Occasion, Receipt
from db.records.reminders import ReminderRulesEntry, ReminderWish
from db.unit_of_work import Writer
from messages.clauses import Clause
from messages.kinds import MessageKind
from messages.model import Message, Paragraph
from scheduler.delivery import deliver_what_is_due
from scheduler.jobs import Work
from scheduler.reminders import next_ways
from tests.fakes.carrier import ScriptedCarrier, Turn
from tests.scenario.cast import Agency
from tests.scenario.duty_cast import nobodys_shifts_are_known
from training.ledger import receipts
from training.ledger.parcels import Fate, TryOutcome
from training.ledger.receipts import ChannelSaid
from training.ledger.routes import ways_to
from training.log.register import unattended
from training.reminders import rules, turns
from training.sealed.sealing import keep_text

RUIZ, COORDINATOR = "214", "902"
REMINDER = Message(
    kind=MessageKind.REMINDER,
    title="Training due",
    body=(Paragraph("Firearms is due Mar 14."),),
    sms=(Clause("Firearms is due Mar 14."),),
)
TAKEN_WITH_RECEIPTS = Turn(effect=True, answer=TryOutcome(fate=Fate.HANDED_OVER, ref="SM1", hears_later=True))
OURS = {"sms": "+16125550100", "slack": "T0LAKEMONT"}
THEIRS = {"sms": "+16125550142", "slack": "U0214"}


@dataclass
class Ways:
    """An agency, and a carrier for each channel: texts may still say what became of them, chat never does."""

    agency: Agency
    carriers: dict[str, ScriptedCarrier] = field(
        default_factory=lambda: {
            "sms": ScriptedCarrier(habit=TAKEN_WITH_RECEIPTS),
            "slack": ScriptedCarrier(),
            "email": ScriptedCarrier(),
        }
    )
    number: int = 0

    def __post_init__(self) -> None:
        nobodys_shifts_are_known(self.agency)

    def link(self, *channels: str, badge: str = RUIZ) -> "Ways":
        """Somebody is reached on these from now on."""
        with self.agency.writing() as writer:
            writer.record(
                *(
                    ChannelAccount(
                        person_id=self.agency.id_of(badge),
                        channel=each,
                        address=OURS[each],
                        account=THEIRS[each],
                        matched_by=MatchedBy.CODE,
                    )
                    for each in channels
                )
            )
        return self

    def rules(self, order: Sequence[str] = (), **limits: int) -> None:
        """Other limits from now on, and another order of ways where one is given."""
        said = dict(rules.shipped_words())
        said["limits"] = {**said["limits"], **limits}
        if order:
            said["turns"] = {**said["turns"], "order": list(order)}
        with self.agency.writing() as writer:
            keys, person_id = self.agency.office.keys, self.agency.id_of(COORDINATOR)
            item_id = keep_text(writer, keys, person_id, "as the stories need it")
            writer.record(ReminderRulesEntry(version=2, rules=said, item_id=item_id))

    def wishes(self, *channels: str, badge: str = RUIZ) -> None:
        """In which order somebody wants to be reached."""
        with self.agency.writing() as writer:
            writer.record(ReminderWish(person_id=self.agency.id_of(badge), channels=channels))

    def remind(self, *occasions: str, badge: str = RUIZ, due: str = "", step: str = "") -> str:
        """Plan a reminder for these; the id of its message, empty when it was planned already."""
        self.number += 1
        said = occasions or (f"story {self.number}",)
        person_id = self.agency.id_of(badge)
        with self.agency.writing() as writer:
            of_each = [
                Occasion(
                    agency_id=self.agency.agency_id, person_id=person_id, subject=each, due=due, step=step
                )
                for each in said
            ]
            rules_now = rules.in_force(writer.conn, self.agency.agency_id)
            return (
                turns.remind(
                    writer,
                    self.agency.office,
                    person_id,
                    REMINDER,
                    of_each,
                    rules_now,
                    about="reminder",
                    now=self.agency.clock.at,
                )
                or ""
            )

    def tick(self) -> None:
        """What the scheduler does: what is due goes out, and then what has its next way."""
        work = Work(unattended(self.agency.office), lambda: False, self.carriers)
        deliver_what_is_due(work)
        if next_ways(work):
            deliver_what_is_due(work)

    def after(self, wall_clock: str) -> "Ways":
        """Time passes, and the scheduler looks."""
        self.agency.at(wall_clock)
        self.tick()
        return self

    def said(self) -> list[tuple[str, str]]:
        """Every attempt as it stands: the channel, and what is known of it or how far it got."""
        return [(each.route.channel, str(each.receipt or each.state)) for each in self.all()]

    def sent(self) -> dict[str, int]:
        """How many messages each channel took."""
        return {name: len(each.effects) for name, each in self.carriers.items() if each.effects}

    def all(self) -> Sequence[Delivery]:
        """Every attempt as it stands."""
        with self.agency.reading() as conn:
            return ledger.deliveries(conn, self.agency.agency_id)

    def ways(self, badge: str = RUIZ) -> list[str]:
        """The channels on which somebody is reached, in order."""
        with self.agency.reading() as conn:
            order = rules.in_force(conn, self.agency.agency_id).turns.order
            found: Sequence[Destination] = ways_to(
                self.agency.office, conn, self.agency.agency_id, self.agency.id_of(badge), order
            )
        return [each.channel for each in found]

    def carrier_says(
        self,
        receipt: Receipt,
        code: str = "",
        then: Callable[[Writer, Delivery], object] = lambda _writer, _delivery: None,
    ) -> None:
        """A receipt comes for the last text; ``then`` is what follows from it."""
        last = [each for each in self.all() if each.route.channel == "sms"][-1]
        came = ChannelSaid(
            channel="sms",
            attempt_id=last.attempt_id,
            ref="SM1",
            place=last.route.place,
            receipt=receipt,
            error=code,
        )

        def follow(writer: Writer, delivery: Delivery) -> None:
            then(writer, delivery)

        assert receipts.take(self.agency.office, came, lambda *_: None, follow)

"""Who sits at the desk: the panes it opens with, and everybody on the roster who can be put into one."""

from dataclasses import dataclass
from enum import StrEnum

from db.queries import agencies, people, reporting
from db.records.facts import AgencyId
from db.unit_of_work import reading
from training.office import Office, business_now
from training.people import display_name

NO_UNIT = ""


class PaneLooks(StrEnum):
    """How a pane shows what is said."""

    CARDS = "cards"
    PHONE = "phone"  # text and nothing else


# A conversation belongs to a person on a channel; two panes of one person on one channel show the same talk.
CHANNELS = {PaneLooks.CARDS: "desk", PaneLooks.PHONE: "sms"}


@dataclass(frozen=True, slots=True)
class Talk:
    """The conversation of one person on one channel."""

    badge: str
    channel: str


@dataclass(frozen=True, slots=True)
class Seat:
    """One pane, titled ``desk-seat-<seat_id>``; ``starters`` are questions to begin with, ``desk-start-<name>``."""

    seat_id: str
    looks: PaneLooks
    badge: str
    starters: tuple[str, ...]

    @property
    def talk(self) -> Talk:
        """The conversation this pane shows."""
        return Talk(self.badge, CHANNELS[self.looks])


ASK = ("status", "missing", "picture")
LEAD = ("status", "team", "saw")

# As in the stories: who they are stands in the demo agency's roster, under these badges.
SEATS = (
    Seat("officer", PaneLooks.CARDS, "214", ASK),
    Seat("phone", PaneLooks.PHONE, "214", ("status", "why")),
    Seat("sergeant", PaneLooks.CARDS, "77", LEAD),
    Seat("coordinator", PaneLooks.CARDS, "902", LEAD),
    Seat("dispatcher", PaneLooks.CARDS, "611", ASK),
)


@dataclass(frozen=True, slots=True)
class Pickable:
    """A person on the roster as the picker offers them."""

    badge: str
    name: str  # rank and surname
    family: str
    full_name: str
    unit: str


def roster(office: Office, agency_id: AgencyId) -> tuple[Pickable, ...]:
    """Everybody with the agency, by unit and name. For a demo only: it names people to whoever opens the page."""
    at = business_now(office)
    with reading(office.engine) as conn:
        names = {kept.fact.unit_id: kept.fact.name for kept in agencies.units(conn, agency_id)}
        units = {
            person_id: names.get(kept.fact.unit_id, NO_UNIT)
            for person_id, kept in reporting.lines_at(conn, agency_id, at).items()
        }
        found = [
            Pickable(
                badge=person.employment.fact.badge_number,
                name=display_name(person),
                family=person.family,
                full_name=f"{person.given} {person.family}".strip(),
                unit=units.get(person.person_id, NO_UNIT),
            )
            for person in people.roster(conn, agency_id)
            if person.employment.fact.ended_on is None
        ]
    return tuple(sorted(found, key=lambda each: (each.unit, each.full_name)))

"""Rules of review that are proposed, confirmed and drawn by."""

from collections.abc import Mapping

from db.queries.context import ByBadge
from db.records.facts import Role, RoleGrant
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from messages.kinds import MessageKind
from tests.scenario.cast import LONG_AGO, SCREEN, Agency
from tests.scenario.upload_cast import LEE, NAIR, as_text, decides, looks_at
from training.uploads import review_rules
from training.uploads.review_rules import Evidence

TYPES = tuple(each.value for each in Evidence)
CHECKED = ("title", "completed_on", "hours")


def holds(agency: Agency, badge: str, role: Role) -> None:
    with agency.writing() as writer:
        writer.record(RoleGrant(person_id=agency.id_of(badge), role=role, valid_from=LONG_AGO))


def proposes(
    agency: Agency,
    badge: str = NAIR,
    *,
    percent: str = "10",
    reason: str = "Two copies were found.",
    confirmed: dict[str, tuple[str, ...]] | None = None,
    typed: dict[str, tuple[str, ...]] | None = None,
) -> str:
    """The form of a proposal, as it is sent."""
    ticked = dict.fromkeys(TYPES, CHECKED) | (confirmed or {})
    form = {f"confirmed-{name}": values for name, values in ticked.items()}
    form |= {f"typed-{name}": values for name, values in (typed or {}).items()}
    form |= {"second_looks": (percent,), "reason": (reason,)}
    return sent(agency, badge, "propose-review-rules", form)


def sent(agency: Agency, badge: str, route: str, form: Mapping[str, tuple[str, ...]]) -> str:
    """A form that came back."""
    message = FrontDesk(agency.office, agency.words).answer(
        Interaction(
            agency_id=agency.agency_id, sender=ByBadge(badge), channel=SCREEN, action=route, form=form
        ),
        "Lakemont PD",
    )
    assert message.kind is not MessageKind.BROKEN, message
    return as_text(agency, message)


def in_force(agency: Agency) -> review_rules.RulesVersion:
    with agency.reading() as conn:
        return review_rules.in_force(conn, agency.agency_id)


def confirmed(agency: Agency, version: int = 2, by: str = LEE) -> None:
    """A second person confirms what was proposed."""
    holds(agency, by, Role.COORDINATOR)
    assert "in force from now on" in agency.text(by, f"confirm review rules {version}")


def everything_is_drawn(agency: Agency) -> None:
    """Rules under which every approval gets a second look; Lee coordinates as well from here on."""
    proposes(agency, percent="100")
    confirmed(agency)


def approved(agency: Agency, badge: str = NAIR, number: int = 3001) -> None:
    """A reviewer opens the file and approves."""
    looks_at(agency, badge, number)
    assert decides(agency, badge, number=str(number)).startswith(f"U-{number} is on record")

"""Roles are given and taken by a decision that is logged; an auditor's has an end, and nobody helps themselves."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.queries.context import ByBadge
from db.records.facts import Role
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from handlers.routing import Answered, Asked, Router
from handlers.table import ROUTER
from messages.kinds import MessageKind
from tests.scenario.cast import Agency
from training.asking import Question
from training.errors import ErrorCode, RollcallError
from training.grants import disclose, end, grant

RUIZ, LEE, HALL, OKAFOR, NAIR, PARK, BRANDT, ADMINISTRATOR = (
    "214", "231", "205", "77", "902", "905", "1", "930"
)  # fmt: skip


def gives(agency: Agency, by: str, badge: str, role: Role, until: date | None = None) -> None:
    """Somebody grants a role."""
    grant(agency.office, agency.agency_id, ByBadge(by), badge, role, until)


def test_an_auditor_reads_through_the_last_day_and_not_a_minute_longer(lakemont: Agency) -> None:
    with pytest.raises(RollcallError) as refused:
        gives(lakemont, ADMINISTRATOR, RUIZ, Role.AUDITOR)
    assert refused.value.code is ErrorCode.GRANT_NEEDS_END
    gives(lakemont, ADMINISTRATOR, RUIZ, Role.AUDITOR, date(2027, 3, 3))
    assert lakemont.ask(RUIZ, "how is hall").kind is MessageKind.PERSON
    assert lakemont.ask(RUIZ, "log").kind is MessageKind.LOG
    lakemont.at("2027-03-03 23:59")
    assert lakemont.ask(RUIZ, "how is hall").kind is MessageKind.PERSON
    lakemont.at("2027-03-04 00:00")
    assert lakemont.ask(RUIZ, "how is hall").kind is MessageKind.REFUSED_PERSON
    assert lakemont.ask(RUIZ, "log").kind is MessageKind.NOT_ALLOWED
    assert lakemont.entries("role:granted", about=RUIZ)


@pytest.mark.parametrize("by", [RUIZ, OKAFOR, NAIR, PARK])
def test_whoever_does_not_administer_access_grants_nothing(embedded: Agency, by: str) -> None:
    with pytest.raises(RollcallError):
        gives(embedded, by, LEE, Role.COMMAND)
    assert embedded.ask(LEE, "how is hall").kind is MessageKind.REFUSED_PERSON


def test_nobody_grants_a_role_to_themselves(embedded: Agency) -> None:
    for by in (ADMINISTRATOR, BRANDT):
        with pytest.raises(RollcallError):
            gives(embedded, by, by, Role.RECORDS)
    assert not embedded.entries("role:granted")


def test_a_role_that_is_ended_gives_nothing_at_that_instant(lakemont: Agency) -> None:
    assert lakemont.ask(NAIR, "how is hall").kind is MessageKind.PERSON
    assert end(lakemont.office, lakemont.agency_id, ByBadge(BRANDT), NAIR, Role.COORDINATOR) == 1
    assert lakemont.ask(NAIR, "how is hall").kind is MessageKind.REFUSED_PERSON
    assert "Hall" not in lakemont.screen(NAIR, "my team")
    assert lakemont.entries("role:ended", about=NAIR)


@pytest.mark.parametrize(
    ("listed", "kind"),
    [
        ("accounts", MessageKind.ACCOUNTS),
        ("undelivered", MessageKind.UNDELIVERED),
        ("shared phones", MessageKind.SHARED_PHONES),
        ("intakes", MessageKind.INTAKES),
    ],
)
def test_more_of_a_list_is_for_whoever_may_still_see_the_list(
    lakemont: Agency, listed: str, kind: MessageKind
) -> None:
    assert lakemont.ask(NAIR, listed).kind is kind
    assert lakemont.ask(NAIR, "more").kind is kind
    end(lakemont.office, lakemont.agency_id, ByBadge(BRANDT), NAIR, Role.COORDINATOR)
    assert lakemont.ask(NAIR, "more").kind is MessageKind.MISSING


def test_a_role_that_ends_while_a_press_waits_to_be_written_is_used_by_nobody(lakemont: Agency) -> None:
    share = next(each for each in ROUTER.routes if each.name == "share-phone")

    def answered_and_then_ended(question: Question, asked: Asked) -> Answered:
        answered = share.handle(question, asked)
        lakemont.clock.at += timedelta(seconds=1)
        end(lakemont.office, lakemont.agency_id, ByBadge(BRANDT), NAIR, Role.COORDINATOR)
        return answered

    routes = [each for each in ROUTER.routes if each is not share]
    desk = FrontDesk(
        lakemont.office,
        lakemont.words,
        router=Router([*routes, replace(share, handle=answered_and_then_ended)]),
    )
    message = desk.answer(
        Interaction(
            agency_id=lakemont.agency_id,
            sender=ByBadge(NAIR),
            channel="terminal",
            text="share phone +16125550150 Car 12",
        ),
        "Lakemont PD",
    )
    assert message.kind is MessageKind.NOT_ALLOWED
    assert not lakemont.entries("phone:shared")


def test_a_disclosure_is_decided_by_the_custodian_or_the_chief_and_not_for_oneself(lakemont: Agency) -> None:
    for by, viewer in ((OKAFOR, OKAFOR), (NAIR, OKAFOR), (BRANDT, BRANDT)):
        with pytest.raises(RollcallError):
            disclose(lakemont.office, lakemont.agency_id, ByBadge(by), LEE, viewer, "because", None)
    disclose(
        lakemont.office, lakemont.agency_id, ByBadge(PARK), HALL, OKAFOR, "joint operation", date(2027, 3, 2)
    )
    assert lakemont.entries("protected:disclosed", about=HALL)

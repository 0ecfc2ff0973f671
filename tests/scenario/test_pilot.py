"""The pilot: Rollcall begins with a named group, writes to them first and once, and tells others whom to ask."""

from collections import Counter

import pytest

from bot.slack.meeting import MetHow, meet
from db.queries.context import ByBadge
from db.records.facts import Role, RoleGrant
from messages.kinds import MessageKind
from tests.scenario.cast import LONG_AGO, Agency
from tests.scenario.slack_cast import COORDINATOR, OFFICER, in_slack, settings_for
from training.accounts.pilot import add, members, remove
from training.errors import ErrorCode, RollcallError

NAIR = ByBadge(COORDINATOR)


def joins(agency: Agency, *badges: str) -> None:
    add(agency.office, agency.agency_id, NAIR, badges)


def test_while_there_is_a_pilot_nobody_else_is_talked_with(lakemont: Agency) -> None:
    assert lakemont.ask("231", "am i good").kind is MessageKind.STATUS
    joins(lakemont, OFFICER)
    assert lakemont.ask(OFFICER, "am i good").kind is MessageKind.STATUS
    said = lakemont.ask("231", "am i good")
    assert said.kind is MessageKind.OUTSIDE_PILOT
    assert "The training coordinator can tell you when" in str(said.body)
    assert lakemont.ask("231", "my partner is shot").kind is MessageKind.EMERGENCY
    # Whoever runs it is not outside of it.
    assert lakemont.ask(COORDINATOR, "duplicates").kind is MessageKind.DUPLICATES

    remove(lakemont.office, lakemont.agency_id, NAIR, [OFFICER])
    assert lakemont.ask("231", "am i good").kind is MessageKind.STATUS
    assert lakemont.entries("pilot:joined", about=OFFICER)
    assert lakemont.entries("pilot:left", about=OFFICER)


def test_a_pilot_keeps_its_order_and_ends_for_all(embedded: Agency) -> None:
    joins(embedded, "231", OFFICER)
    joins(embedded, "231", "77")
    found = members(embedded.office, embedded.agency_id, NAIR)
    assert [each.badge for each in found] == ["231", OFFICER, "77"]
    assert remove(embedded.office, embedded.agency_id, NAIR, None) == 3
    assert members(embedded.office, embedded.agency_id, NAIR) == ()


def test_a_badge_that_is_nobodys_changes_nothing(embedded: Agency) -> None:
    with pytest.raises(RollcallError) as refused:
        joins(embedded, OFFICER, "99999")
    assert refused.value.code is ErrorCode.BADGE_UNKNOWN
    assert members(embedded.office, embedded.agency_id, NAIR) == ()


@pytest.mark.parametrize("badge", [OFFICER, "77", "930"])
def test_nobody_but_a_coordinator_decides_about_it(embedded: Agency, badge: str) -> None:
    with pytest.raises(RollcallError) as refused:
        add(embedded.office, embedded.agency_id, ByBadge(badge), [OFFICER])
    assert refused.value.code is ErrorCode.ACCESS_REFUSED


def test_first_contact_is_the_introduction_once_in_order_and_without_personal_data(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        joins(embedded, "231", OFFICER, "77")
        for badge in (OFFICER, "231"):
            desk.account(badge)
        whom = [each.person_id for each in members(embedded.office, embedded.agency_id, NAIR)]

        def introduced() -> Counter[MetHow]:
            slack = settings_for(desk.slack).slack
            return Counter(meet(embedded.office, embedded.agency_id, slack, whom, embedded.words))

        assert introduced() == {MetHow.INTRODUCED: 2, MetHow.NOT_FOUND: 1}
        # Asked again nothing is said again.
        assert introduced() == {MetHow.KNOWN: 2, MetHow.NOT_FOUND: 1}
        desk.service.tick()
        for badge, name in ((OFFICER, "Ruiz"), ("231", "Lee")):
            (said,) = desk.said_to(badge)
            assert "This is Rollcall, the training desk of Lakemont PD" in said.text
            assert not any(word in said.text for word in (name, "31.5", "48 h"))
        # Their own standing is one answer away.
        assert desk.ask(OFFICER, "am i good?").text.startswith("NOT YET")
        assert len(desk.said_to(OFFICER)) == 2
        assert "not open to you yet" in desk.ask("205", "am i good?").text


def test_the_unions_observer_reads_rules_templates_and_figures_and_nobodys_record(embedded: Agency) -> None:
    person_id = embedded.id_of("211")
    with embedded.writing() as writer:
        writer.record(RoleGrant(person_id=person_id, role=Role.UNION_OBSERVER, valid_from=LONG_AGO))
    rules = str(embedded.ask("211", "rules").body)
    assert "mn-demo-2026.2" in rules
    assert embedded.ask("211", "figures").kind is MessageKind.FIGURES
    named = embedded.ask("211", "templates")
    assert named.kind is MessageKind.OPEN_TEMPLATES
    assert embedded.ask("211", "more").kind is MessageKind.OPEN_TEMPLATES
    sentence = "I do not know this sender, so I can say nothing here."
    assert sentence in str(embedded.ask("211", "templates unknown-sender").body)
    assert embedded.ask("211", "how is ruiz").kind is MessageKind.REFUSED_PERSON
    assert not any(name in str((rules, named)) for name in ("Ruiz", "Okafor", "Nair"))
    assert embedded.ask(OFFICER, "templates").kind is not MessageKind.OPEN_TEMPLATES

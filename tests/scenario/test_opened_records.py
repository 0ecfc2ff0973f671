"""In an emergency a record is opened for an hour: with a reason, told to the custodian, seen by the officer."""

import pytest

from db.queries import reporting
from db.records.facts import Role, RoleGrant
from messages.kinds import MessageKind
from messages.model import Button, Message
from tests.scenario.cast import LONG_AGO, SCREEN, Agency

RUIZ, HALL, OKAFOR, NAIR, PARK, BRANDT, ADMINISTRATOR, ATTORNEY = (
    "214", "205", "77", "902", "905", "1", "930", "990"
)  # fmt: skip
WHY = "because the hospital asks for the CPR card"


def opens(agency: Agency, badge: str, name: str = "hall") -> Message:
    """Somebody opens a record with a reason."""
    return agency.ask(badge, f"open {name} {WHY}")


def sees(agency: Agency, badge: str, name: str = "hall") -> bool:
    """Whether asking about this surname brings a standing."""
    return agency.ask(badge, f"how is {name}").kind is MessageKind.PERSON


@pytest.mark.parametrize("badge", [OKAFOR, ADMINISTRATOR, ATTORNEY])
def test_a_record_stands_open_for_sixty_minutes_and_closes_by_itself(lakemont: Agency, badge: str) -> None:
    assert not sees(lakemont, badge)
    message = opens(lakemont, badge)
    assert message.kind is MessageKind.RECORD_OPENED
    assert "15:10" in repr(message)
    assert sees(lakemont, badge)
    assert lakemont.ask(badge, "why").kind is MessageKind.WHY
    assert not sees(lakemont, badge, "meyer")
    lakemont.at("2027-03-02 15:09")
    assert sees(lakemont, badge)
    lakemont.at("2027-03-02 15:10")
    for text in ("how is hall", "why", "list", "more"):
        assert "Colin" not in repr(lakemont.ask(badge, text)), text


@pytest.mark.parametrize("badge", [RUIZ, NAIR])
def test_whoever_has_no_such_role_opens_nothing(embedded: Agency, badge: str) -> None:
    assert opens(embedded, badge).kind is MessageKind.REFUSED_PERSON
    assert not embedded.entries("record:opened")


@pytest.mark.parametrize("text", ["break glass on hall", "open hall because yes", "break the glass"])
def test_without_a_reason_nothing_is_opened(embedded: Agency, text: str) -> None:
    message = embedded.ask(OKAFOR, text)
    assert message.kind is MessageKind.RECORD_NOT_OPENED
    assert "BECAUSE" in repr(message)
    assert not sees(embedded, OKAFOR)


def test_a_name_of_two_people_is_not_offered_to_choose_from(embedded: Agency) -> None:
    embedded.hires("9001", "Rafael", "Hall", under="71")
    message = opens(embedded, ADMINISTRATOR)
    assert message.kind is MessageKind.RECORD_NOT_OPENED
    assert "Colin" not in repr(message)
    assert opens(embedded, ADMINISTRATOR, "9001").kind is MessageKind.RECORD_OPENED


def test_the_officer_sees_who_opened_the_record_why_and_every_look_inside(lakemont: Agency) -> None:
    opens(lakemont, OKAFOR)
    lakemont.at("2027-03-02 14:20").ask(OKAFOR, "how is hall", "sms")
    shown = lakemont.screen(HALL, "who saw my record")
    assert "2 looks" in shown
    assert "opened your record for an hour" in shown
    assert "your standing, while it was open" in shown
    assert shown.count("the hospital asks for the CPR card") == 2
    assert "text message" in shown
    looks = lakemont.entries("record:viewed", about=HALL)
    assert [each.data["opening"] for each in looks] == [
        each.data["opening"] for each in looks if isinstance(each.data["opening"], int)
    ]


def test_a_look_in_ones_own_line_is_not_marked(embedded: Agency) -> None:
    opens(embedded, OKAFOR)
    embedded.ask(OKAFOR, "how is ruiz")
    assert "opening" not in embedded.entries("record:viewed", about=RUIZ)[0].data


def test_the_custodian_is_told_with_every_answer_until_it_is_signed(lakemont: Agency) -> None:
    assert "OPENINGS" not in lakemont.screen(PARK, "am i good")
    opens(lakemont, OKAFOR)
    for _ in range(2):
        assert "1 record was opened in an emergency" in lakemont.screen(PARK, "am i good")
    assert "emergency" not in lakemont.screen(NAIR, "am i good")
    assert "emergency" not in lakemont.screen(OKAFOR, "am i good")
    lakemont.at("2027-03-04 09:00")
    shown = lakemont.screen(PARK, "openings")
    for word in ("Okafor", "Hall", "hospital"):
        assert word in shown, word
    opens(lakemont, ADMINISTRATOR, "meyer")
    assert "You signed 1 opening as seen." in lakemont.screen(PARK, "seen")
    assert "1 record was opened in an emergency" in lakemont.screen(PARK, "am i good")
    lakemont.ask(PARK, "openings")
    lakemont.ask(PARK, "seen")
    assert "emergency" not in lakemont.screen(PARK, "am i good")
    assert len(lakemont.entries("openings:seen")) == 2


def test_where_nobody_keeps_the_records_the_coordinator_hears_of_it(embedded: Agency) -> None:
    with embedded.reading() as conn:
        grants = reporting.role_grants(conn, embedded.agency_id, embedded.id_of(PARK))
    from_roster = [each for each in grants if each.fact.role is Role.RECORDS]
    with embedded.writing() as writer:
        writer.withdraw(from_roster[0].id, RoleGrant)
    opens(embedded, OKAFOR)
    assert "1 record was opened in an emergency" in embedded.screen(NAIR, "am i good")
    assert "emergency" not in embedded.screen(PARK, "am i good")


def test_nobody_signs_their_own_opening(embedded: Agency) -> None:
    opens(embedded, OKAFOR)
    with embedded.writing() as writer:
        writer.record(RoleGrant(person_id=embedded.id_of(OKAFOR), role=Role.RECORDS, valid_from=LONG_AGO))
    assert "Nothing waits for you" in embedded.screen(OKAFOR, "openings")
    assert "1 record was opened" in embedded.screen(PARK, "am i good")


def test_a_made_up_button_opens_and_signs_nothing(embedded: Agency) -> None:
    opens(embedded, OKAFOR)
    for badge in (RUIZ, OKAFOR, NAIR):
        message = embedded.press(badge, Button("x", "openings-seen", "99999999999"))
        assert message.kind is MessageKind.NOT_ALLOWED
    assert embedded.press(OKAFOR, Button("x", "open-record", HALL)).kind is MessageKind.RECORD_NOT_OPENED
    assert "1 record was opened" in embedded.screen(PARK, "am i good")


def test_signing_twice_signs_once(lakemont: Agency) -> None:
    opens(lakemont, OKAFOR)
    button = next(
        each
        for each in lakemont.ask(PARK, "openings", SCREEN).actions
        if isinstance(each, Button) and each.route == "openings-seen"
    )
    for _ in range(2):
        lakemont.press(PARK, button)
    assert len(lakemont.entries("openings:seen")) == 1


def test_a_chief_needs_no_emergency(embedded: Agency) -> None:
    assert opens(embedded, BRANDT).kind is MessageKind.PERSON
    assert not embedded.entries("record:opened")


def test_a_lawyer_reads_for_a_stated_matter_and_the_officer_sees_which(lakemont: Agency) -> None:
    refused = lakemont.screen(ATTORNEY, "how is ruiz")
    assert "FOR MATTER" in refused
    assert lakemont.ask(ATTORNEY, "how is ruiz for matter 27-118").kind is MessageKind.PERSON
    assert lakemont.ask(ATTORNEY, "why").kind is MessageKind.WHY
    assert not sees(lakemont, ATTORNEY)
    shown = lakemont.screen(RUIZ, "who saw my record")
    assert shown.count("matter 27-118") == 2
    assert "Hale" in shown
    assert not lakemont.entries("record:viewed", about=HALL)


def test_the_log_is_for_its_keeper_and_reading_it_is_an_entry(lakemont: Agency) -> None:
    opens(lakemont, OKAFOR)
    assert lakemont.ask(NAIR, "log").kind is MessageKind.NOT_ALLOWED
    shown = lakemont.screen(PARK, "log")
    assert "Sergeant Okafor opened the record of Officer Hall for an hour." in shown
    assert "an entry about you in the log" in lakemont.screen(HALL, "who saw my record")
    assert lakemont.entries()[1].data["kind"] == "log"

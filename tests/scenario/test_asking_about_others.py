"""Who may ask about whom, at which minute, and what does the person asked about get to see of it?"""

from dataclasses import replace
from datetime import date

import pytest

from db.queries import audit, people
from messages.kinds import MessageKind
from messages.model import Button, Message
from tests.scenario.cast import SCREEN, SMS, Agency, told
from training.audit import LISTS, VIEWS

RUIZ, LEE, NOVAK, HALL, OKAFOR, ADEYEMI, TORRES, NAIR, PARK, BRANDT, ADMINISTRATOR, ATTORNEY, OBSERVER = (
    "214", "231", "240", "205", "77", "71", "31", "902", "905", "1", "930", "990", "211"
)  # fmt: skip
SQUAD = {"207": "Olawale", "214": "Ruiz", "219": "Salinas", "231": "Lee", "234": "Lindqvist", "240": "Novak"}
REFUSED = (
    "I answer about you, and about the people in your own line of supervision. I say nothing about anyone else, not "
    "even whether they are on file."
)


def may_see(agency: Agency, badge: str, name: str) -> bool:
    """Whether asking about this surname brings this person's standing."""
    message = agency.ask(badge, f"how is {name}")
    assert message.kind in {MessageKind.PERSON, MessageKind.REFUSED_PERSON}, message
    return message.kind is MessageKind.PERSON


def as_said(message: Message) -> tuple[object, ...]:
    """Everything of an answer that its reader can notice."""
    return (message.kind, message.title, message.body, message.sms, message.actions, message.first_word)


def test_a_sergeant_sees_the_whole_squad_and_nobody_elses_officer(lakemont: Agency) -> None:
    shown = lakemont.screen(OKAFOR, "my team")
    for surname in SQUAD.values():
        assert surname in shown, surname
    assert "Rahimi" in shown or "on leave" in shown
    for stranger in ("Hall", "Meyer", "Nakagawa", "Whitman", "Torres", "Okafor"):
        assert stranger not in shown, stranger
    for surname in SQUAD.values():
        assert may_see(lakemont, OKAFOR, surname)
    for stranger in ("Hall", "Whitman", "Torres", "Brandt", "Nair"):
        assert not may_see(lakemont, OKAFOR, stranger), stranger


def test_a_person_in_the_squad_is_answered_with_the_word_first(embedded: Agency) -> None:
    said = embedded.text(OKAFOR, "how is novak")
    assert said.startswith("OVERDUE, Novak. CPR expired Feb 27 2027 (3 days ago).")
    assert "no AED or FTO duty until renewed" in said
    assert "Officer Tom Novak can see it" in said


@pytest.mark.parametrize("badge", [RUIZ, OKAFOR, ADMINISTRATOR, ATTORNEY, OBSERVER])
@pytest.mark.parametrize("channel", [SMS, SCREEN])
def test_a_refusal_reads_the_same_for_somebody_elses_officer_and_for_nobody(
    embedded: Agency, badge: str, channel: str
) -> None:
    nobody = embedded.ask(badge, "how is zzyzx", channel)
    assert nobody.kind is MessageKind.REFUSED_PERSON
    assert REFUSED in nobody.sms[0].text + " " + nobody.sms[1].text
    for name in ("hall", "meyer", "nguyen", "brandt", "officer hall", "colin hall", "wieczorek-smith"):
        assert as_said(embedded.ask(badge, f"how is {name}", channel)) == as_said(nobody), name


def test_what_follows_a_refusal_does_not_tell_the_two_apart_either(embedded: Agency) -> None:
    for follow_up in ("why", "list", "more", "status", "yes", "1"):
        embedded.ask(OKAFOR, "how is hall", SMS)
        after_somebody = embedded.ask(OKAFOR, follow_up, SMS)
        embedded.ask(OKAFOR, "how is zzyzx", SMS)
        assert as_said(embedded.ask(OKAFOR, follow_up, SMS)) == as_said(after_somebody), follow_up


def test_a_refusal_is_on_the_record_without_saying_about_whom(embedded: Agency) -> None:
    embedded.ask(RUIZ, "how is hall")
    embedded.ask(RUIZ, "how is zzyzx")
    entries = embedded.entries("record:refused")
    assert len(entries) == 2
    assert {entry.actor_id for entry in entries} == {embedded.id_of(RUIZ)}
    assert told(entries[0]) == told(entries[1])
    assert not embedded.entries("record:viewed")
    assert not embedded.entries(about=HALL)


def test_the_lieutenant_above_the_sergeant_sees_both_shifts(embedded: Agency) -> None:
    for name in ("ruiz", "okafor", "hall", "adeyemi"):
        assert may_see(embedded, TORRES, name), name
    assert not may_see(embedded, OKAFOR, "torres")


@pytest.mark.parametrize("badge", [NAIR, PARK, BRANDT])
def test_whoever_answers_for_every_record_sees_everybody(embedded: Agency, badge: str) -> None:
    for name in ("ruiz", "hall", "whitman", "ito", "torres"):
        assert may_see(embedded, badge, name), name
    shown = embedded.screen(badge, "my team")
    for name in ("Ruiz", "Whitman", "Okafor"):
        assert name in shown
    assert "Total 52 people" in shown


@pytest.mark.parametrize("badge", [ADMINISTRATOR, ATTORNEY, OBSERVER, RUIZ])
def test_an_administrator_an_attorney_an_observer_and_an_officer_see_nobody(
    embedded: Agency, badge: str
) -> None:
    for text in (
        "my team",
        "who is overdue",
        "who is at risk",
        "how is ruizz",
        "how is hall",
        "how is whitman",
    ):
        figures = badge == OBSERVER and text in ("my team", "who is overdue", "who is at risk")
        kind = MessageKind.FIGURES if figures else MessageKind.REFUSED_PERSON
        message = embedded.ask(badge, text)
        assert message.kind is kind, text
        assert not any(name in repr(message) for name in ("Ruiz", "Hall", "Whitman", "Okafor")), text
    assert not embedded.entries("record:viewed", "list:viewed")


@pytest.mark.parametrize("route", ["team", "overdue", "at-risk"])
def test_a_button_made_up_by_somebody_without_people_shows_nobody(embedded: Agency, route: str) -> None:
    for badge in (RUIZ, ADMINISTRATOR):
        shown = repr(embedded.press(badge, Button("Team", route)))
        assert "Hall" not in shown
        assert "Okafor" not in shown
    assert not embedded.entries("record:viewed")


def test_a_button_with_somebody_elses_badge_shows_nobody(embedded: Agency) -> None:
    for value in (HALL, "99999", "Hall", "*", ""):
        message = embedded.press(OKAFOR, Button("Hall", "person", value))
        assert message.kind is MessageKind.REFUSED_PERSON, value
    assert embedded.press(OKAFOR, Button("Ruiz", "person", RUIZ)).kind is MessageKind.PERSON


def test_a_transfer_changes_who_may_ask_at_that_minute_and_not_before(embedded: Agency) -> None:
    embedded.moves_under(RUIZ, ADEYEMI, "2027-03-02 16:00")
    embedded.at("2027-03-02 15:59:59")
    assert (may_see(embedded, OKAFOR, "ruiz"), may_see(embedded, ADEYEMI, "ruiz")) == (True, False)
    assert "Ruiz" in embedded.screen(OKAFOR, "my team")
    embedded.at("2027-03-02 16:00")
    assert (may_see(embedded, OKAFOR, "ruiz"), may_see(embedded, ADEYEMI, "ruiz")) == (False, True)
    assert "Ruiz" not in embedded.screen(OKAFOR, "my team")
    assert "Ruiz" in embedded.screen(ADEYEMI, "my team")
    assert may_see(embedded, TORRES, "ruiz")


def test_yesterdays_sergeant_gets_nothing_more_from_yesterdays_buttons(embedded: Agency) -> None:
    embedded.at("2027-03-02 15:59")
    embedded.ask(OKAFOR, "my team")
    embedded.ask(OKAFOR, "how is ruiz")
    embedded.moves_under(RUIZ, ADEYEMI, "2027-03-02 16:00")
    embedded.at("2027-03-02 16:00")
    for text in ("more", "why", "list", "status", "how is ruiz"):
        assert "Ruiz" not in repr(embedded.ask(OKAFOR, text)), text
    assert embedded.press(OKAFOR, Button("Ruiz", "person", RUIZ)).kind is MessageKind.REFUSED_PERSON


def test_a_sergeant_who_has_left_sees_nobody_from_the_day_after(embedded: Agency) -> None:
    with embedded.reading() as conn:
        okafor = people.by_badge(conn, embedded.agency_id, OKAFOR)
    assert okafor is not None
    left = replace(okafor.employment.fact, status="separated", ended_on=date(2027, 3, 1))
    with embedded.writing() as writer:
        writer.correct(okafor.employment.id, left)
    for text in ("my team", "how is ruiz", "how is novak"):
        shown = repr(embedded.ask(OKAFOR, text))
        assert "Novak" not in shown, text
        assert "Ruiz" not in shown, text


def test_an_officer_may_ask_about_themselves_by_name(embedded: Agency) -> None:
    own = embedded.text(RUIZ, "am i good")
    for text in ("how is ruiz", "how is dana ruiz", "how is officer ruiz"):
        assert embedded.text(RUIZ, text) == own, text
    assert not embedded.entries("record:viewed", "record:refused")


@pytest.mark.parametrize("text", ["how is 240", "badge 240", "status of 240"])
def test_a_badge_names_a_person_as_well_as_a_surname_does(embedded: Agency, text: str) -> None:
    message = embedded.ask(OKAFOR, text)
    assert message.kind is MessageKind.PERSON
    assert "Novak" in repr(message)


def test_a_number_of_people_is_not_a_badge(embedded: Agency) -> None:
    """The chief was told of four who are overdue; the deputy chief has badge 4."""
    embedded.ask(BRANDT, "how are we doing")
    message = embedded.ask(BRANDT, "who are the 4")
    assert message.kind is not MessageKind.PERSON
    assert not [
        entry for entry in embedded.entries("record:viewed", about="4") if entry.data.get("kind") == "person"
    ]


def test_two_people_of_one_surname_are_asked_about_and_never_guessed(lakemont: Agency) -> None:
    lakemont.hires("9001", "Rafael", "Ruiz", under=OKAFOR, cycle=("2024-07-01", "2027-06-30"))
    message = lakemont.ask(OKAFOR, "how is ruiz")
    assert message.kind is MessageKind.WHICH_PERSON
    assert message.first_word is None
    assert not lakemont.entries("record:viewed")
    choices = [action for action in message.actions if isinstance(action, Button)]
    assert {choice.value for choice in choices} == {RUIZ, "9001"}
    dana = next(choice for choice in choices if choice.value == RUIZ)
    assert "31.5 of 48 h" in repr(lakemont.press(OKAFOR, dana))
    assert "31.5 of 48 h" in repr(lakemont.ask(OKAFOR, "how is dana ruiz"))
    assert lakemont.ask(OKAFOR, "how is rafael ruiz").kind is MessageKind.PERSON


def test_the_number_that_was_offered_is_the_answer_also_in_a_text(embedded: Agency) -> None:
    embedded.hires("9001", "Rafael", "Ruiz", under=OKAFOR, cycle=("2024-07-01", "2027-06-30"))
    asked = embedded.text(OKAFOR, "how is ruiz")
    assert "Reply with the number" in asked
    number = asked.split(", 214")[0].split(":")[-2].strip()[-1]
    assert "31.5 of 48 h" in embedded.text(OKAFOR, number)


def test_a_namesake_in_another_squad_is_not_given_away(embedded: Agency) -> None:
    embedded.hires("9001", "Rafael", "Ruiz", under=ADEYEMI, cycle=("2024-07-01", "2027-06-30"))
    alone = embedded.ask(OKAFOR, "how is ruiz")
    assert alone.kind is MessageKind.PERSON
    assert "Rafael" not in repr(alone)
    assert "31.5 of 48 h" in repr(embedded.ask(RUIZ, "how is ruiz"))


def test_why_and_list_after_a_question_about_somebody_are_not_taken_for_ones_own(embedded: Agency) -> None:
    """An unnamed answer from Okafor's own record would be read as Novak's."""
    own = embedded.text(OKAFOR, "why")
    for follow_up in ("why", "list"):
        embedded.ask(OKAFOR, "how is novak", SMS)
        said = embedded.text(OKAFOR, follow_up)
        assert said != own
        assert "Okafor" in said or "Novak" in said or "MED-3" in said, said


def test_somebodys_history_is_never_answered_with_ones_own(embedded: Agency) -> None:
    own = embedded.text(OKAFOR, "history 2026")
    said = embedded.text(OKAFOR, "novak history 2026")
    assert said != own
    assert said.split(".")[0] != own.split(".")[0]


def test_every_look_is_on_the_record_and_shown_to_the_officer(embedded: Agency) -> None:
    embedded.ask(OKAFOR, "how is ruiz")
    embedded.at("2027-03-02 14:20").ask(NAIR, "how is ruiz")
    embedded.at("2027-03-02 14:30").ask(OKAFOR, "my team")
    embedded.at("2027-03-02 14:40").ask(HALL, "how is ruiz")
    embedded.at("2027-03-02 14:50").ask(RUIZ, "how is ruiz")
    with embedded.reading() as conn:
        entries = audit.views_of(conn, embedded.agency_id, embedded.id_of(RUIZ), VIEWS, lists=LISTS)
    assert [entry.actor_id for entry in entries] == [embedded.id_of(each) for each in (OKAFOR, NAIR, OKAFOR)]
    shown = embedded.screen(RUIZ, "who saw my record")
    assert "3 looks" in shown
    assert shown.count("Okafor") == 2
    assert shown.count("Nair") == 1
    assert "Hall" not in shown
    assert "Mar 2 2027 14:20" in shown or "14:20" in shown
    said = embedded.text(RUIZ, "who saw my record")
    assert "3 looks at your record" in said


def test_a_team_list_is_a_look_at_everybody_on_it_and_at_nobody_else(embedded: Agency) -> None:
    embedded.ask(OKAFOR, "my team")
    (listed,) = embedded.entries("list:viewed")
    assert listed.data[audit.PEOPLE_SHOWN] == sorted(
        embedded.id_of(badge) for badge in (*SQUAD, "246", "224") if _in_list(embedded, badge)
    )
    assert "team list" in embedded.screen(RUIZ, "who saw my record")
    assert "Nobody else has looked" in embedded.screen(HALL, "who saw my record")


def _in_list(agency: Agency, badge: str) -> bool:
    """Whoever is on leave is counted and not shown."""
    with agency.reading() as conn:
        person = people.by_badge(conn, agency.agency_id, badge)
    assert person is not None
    return person.family in agency.screen(OKAFOR, "my team")


def test_nobody_sees_who_looked_at_somebody_else(embedded: Agency) -> None:
    embedded.ask(OKAFOR, "how is ruiz")
    for text in ("who saw my record", "who saw ruiz's record", "who saw ruizs record"):
        assert "Okafor" not in repr(embedded.ask(LEE, text)), text


def test_all_looks_can_be_paged_through_in_a_text(embedded: Agency) -> None:
    for minute in range(10, 20):
        embedded.at(f"2027-03-02 14:{minute}").ask(OKAFOR, "how is ruiz")
    pages = [embedded.text(RUIZ, "who saw my record")]
    while "MORE" in pages[-1] and len(pages) < 12:
        pages.append(embedded.text(RUIZ, "more"))
    assert sum(page.count("Okafor: your standing") for page in pages) == 10, pages


def test_everybody_of_a_team_is_reached_in_a_text_with_more(embedded: Agency) -> None:
    pages = [embedded.text(OKAFOR, "my team")]
    while "MORE" in pages[-1] and len(pages) < 12:
        pages.append(embedded.text(OKAFOR, "more"))
    said = " ".join(pages)
    for badge, surname in SQUAD.items():
        if embedded.standing(badge).word != "YES":
            assert surname in said, pages


def test_a_whole_agency_counts_everybody_once_and_says_who_is_left_out(lakemont: Agency) -> None:
    shown = lakemont.screen(BRANDT, "how are we doing")
    assert "14 of 47 with nothing open (29%)" in shown
    assert "Not counted: 5 (5 on leave)." in shown
    assert "Total 52 people." in shown


def test_a_one_line_answer_about_somebody_still_says_that_the_look_is_recorded(embedded: Agency) -> None:
    for surname in SQUAD.values():
        said = embedded.text(OKAFOR, f"how is {surname.lower()}")
        assert "on the record" in said, said

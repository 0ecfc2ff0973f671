"""Do the picture and the dashboard beside the talk say what the status says, of the right person, and write nothing?"""

import re
from decimal import Decimal

import pytest
from sqlalchemy import Engine
from sqlalchemy import text as sql

from bot.demo.agency import NOW
from db.queries.context import ByBadge
from handlers.front_desk import FrontDesk
from messages import wording
from messages.answer import headline_line
from messages.kinds import MessageKind
from messages.model import (
    Bar,
    Bars,
    Button,
    Checklist,
    ChecklistState,
    Facts,
    Message,
    Note,
    Paragraph,
    Progress,
    Timeline,
)
from messages.replies import Reply, button
from rules.standing import LineState
from tests.scenario.cast import SCREEN, SMS, Agency, counted, new_agency

RUIZ, LEE, NOVAK, WHITMAN, NAIR, OKAFOR, ADEYEMI = "214", "231", "240", "611", "902", "77", "71"
NAKAGAWA, RAHIMI = "229", "224"
STRANGER = "99999"
DESK = "desk"
OF_A_WINDOW = re.compile(r" \((?:\d{4}|.+ to .+)\)$")


def home_of(agency: Agency, badge: str) -> Message | None:
    """What the door shows beside the talk."""
    return FrontDesk(agency.office, agency.words).home(agency.agency_id, ByBadge(badge), DESK)


def home(agency: Agency, badge: str) -> Message:
    """The same of somebody on the roster, on a database that works."""
    message = home_of(agency, badge)
    assert message is not None, badge
    assert message.kind is MessageKind.HOME, message
    return message


def views(agency: Agency, badge: str) -> tuple[Message, Message, Message]:
    """Status, picture and home of one person at one instant."""
    return agency.ask(badge, "status"), agency.ask(badge, "picture"), home(agency, badge)


def hours_said(agency: Agency, message: Message) -> set[str]:
    """``Autism: 0 of 4 h`` for everything counted in hours, whether as a bar, as progress or in a list."""

    def say(label: str, value: Decimal, of: Decimal) -> str:
        progress = wording.hours_of(value, of, agency.words)
        return agency.words.say("line-checklist-hours", label=label, progress=progress)

    said: set[str] = set()
    for part in message.body:
        match part:
            case Progress():
                said.add(say(part.label, part.value, part.of))
            case Bars():
                # Bars of the same duty in two years are told apart by the year, lines of a list by their due date.
                said |= {say(OF_A_WINDOW.sub("", bar.label), bar.value, bar.of) for bar in part.rows}
            case Checklist():
                said |= {item.text for item in part.items if item.text.endswith(" h")}
            case _:
                pass
    return said


def bars_by_label(message: Message) -> dict[str, Bar]:
    return {bar.label: bar for part in message.body if isinstance(part, Bars) for bar in part.rows}


def time_line(message: Message) -> Timeline:
    (line,) = (part for part in message.body if isinstance(part, Timeline))
    return line


def deadlines(message: Message) -> list[Facts]:
    return [part for part in message.body if isinstance(part, Facts)]


def test_the_picture_of_an_officer_shows_the_numbers_of_the_story(embedded: Agency) -> None:
    message = embedded.ask(RUIZ, "picture")

    assert (message.kind, message.title) == (MessageKind.PICTURE, "NOT YET, Ruiz.")
    drawn = bars_by_label(message)
    assert next(iter(drawn)) == "Continuing education"
    for label, value, of, state in (
        ("Continuing education", "31.5", "48", ChecklistState.OPEN),
        ("Autism", "0", "4", ChecklistState.OPEN),
        ("Bias crimes", "0", "1", ChecklistState.OPEN),
        ("Elective learning objectives", "2", "3", ChecklistState.OPEN),
        ("Crisis intervention", "8", "6", ChecklistState.DONE),
        ("Use of force", "2", "1", ChecklistState.DONE),
        ("Emergency driving", "8", "8", ChecklistState.DONE),
    ):
        bar = drawn[label]
        assert (bar.value, bar.of, bar.state) == (Decimal(value), Decimal(of), state), label


def test_the_time_line_holds_the_fourteen_completions_and_the_one_day_that_is_left(embedded: Agency) -> None:
    line = time_line(embedded.ask(RUIZ, "picture"))

    assert line.summary == (
        "14 completions counted from Jul 1 2024 to today, 31.5 of 48 h. 3 things open by Jun 30."
    )
    counted_marks = [mark for mark in line.marks if mark.state is ChecklistState.DONE]
    assert len(counted_marks) == 14
    assert counted_marks[0].day == "Aug 20 2024"
    assert "Bloodborne Pathogens and Naloxone, 1.5 h" in [mark.label for mark in counted_marks]
    (open_mark,) = (mark for mark in line.marks if mark.state is ChecklistState.OPEN)
    assert open_mark.day == "Jun 30 2027"
    assert open_mark.label.startswith("Continuing education (Autism 4 h, Bias crimes 1 h, elective 1 h;")
    assert (line.start_day, line.today_day, line.end_day) == ("Jul 1 2024", "Mar 2 2027", "Jun 30 2027")


@pytest.mark.parametrize("badge", [RUIZ, LEE, NOVAK, WHITMAN, NAIR])
def test_status_picture_and_home_show_the_same_numbers_at_the_same_instant(
    embedded: Agency, badge: str
) -> None:
    told, drawn, beside = views(embedded, badge)

    assert told.title == drawn.title == beside.title
    assert told.first_word == drawn.first_word == beside.first_word
    assert hours_said(embedded, told) == hours_said(embedded, drawn) == hours_said(embedded, beside)
    assert bool(hours_said(embedded, told)) is (badge != NAIR)
    assert told.body[-1] == drawn.body[-1] == beside.body[-1]
    assert [part for part in beside.body if not isinstance(part, Timeline)] == list(told.body)


@pytest.mark.parametrize("wall_clock", ["2027-03-02 14:10", "2027-07-01 00:00", "2028-02-29 09:00"])
def test_everybodys_three_views_agree_on_any_day(embedded: Agency, wall_clock: str) -> None:
    embedded.at(wall_clock)
    for badge in embedded.badges():
        told, drawn, beside = views(embedded, badge)
        assert told.title == drawn.title == beside.title, badge
        assert hours_said(embedded, told) == hours_said(embedded, drawn), badge
        assert deadlines(told) == deadlines(beside), badge
        for line in (part for part in drawn.body if isinstance(part, Timeline)):
            assert line == time_line(beside), badge
            assert all(line.start <= mark.on <= line.end for mark in line.marks), badge


def test_the_hours_of_the_marks_add_up_to_the_bar(embedded: Agency) -> None:
    """Nothing is on the time line that is not in the total, and nothing in the total that is not on the time line."""
    seen = 0
    for badge in embedded.badges():
        judged = embedded.judged(badge)
        message = embedded.ask(badge, "picture")
        headline = headline_line(judged.standing)
        if headline is None or headline.hours_counted is None:
            assert not any(isinstance(part, Timeline) for part in message.body), badge
            continue
        labels = [mark.label for mark in time_line(message).marks if mark.word == "Counted"]
        hours = sum(Decimal(label.removesuffix(" h").rpartition(", ")[2]) for label in labels)
        assert hours == headline.hours_counted == bars_by_label(message)[headline.label].value, badge
        assert time_line(message).summary.startswith(f"{len(labels)} completion"), badge
        seen += 1
    assert seen > 30


def test_past_the_deadline_everything_turns_together(embedded: Agency) -> None:
    embedded.at("2027-06-30 23:59")
    assert [view.first_word for view in views(embedded, RUIZ)] == ["NOT YET"] * 3

    embedded.at("2027-07-01 00:00")
    told, drawn, beside = views(embedded, RUIZ)
    assert [view.first_word for view in (told, drawn, beside)] == ["OVERDUE"] * 3
    assert hours_said(embedded, told) == hours_said(embedded, drawn) == hours_said(embedded, beside)
    for label in ("Continuing education", "Autism", "Bias crimes", "Elective learning objectives"):
        assert bars_by_label(drawn)[label].state is ChecklistState.OVERDUE, label
    for message in (drawn, beside):
        line = time_line(message)
        (late,) = (mark for mark in line.marks if mark.state is ChecklistState.OVERDUE)
        assert late.day == "Jun 30 2027"
        assert "3 things overdue." in line.summary
        assert line.summary.startswith("14 completions counted from Jul 1 2024 to Jun 30 2027, 31.5 of 48 h.")
        assert not any(mark.state is ChecklistState.OPEN for mark in line.marks)


def test_a_cycle_that_ended_without_the_next_on_file_is_drawn_as_not_settled(embedded: Agency) -> None:
    _, drawn, beside = views(embedded.at("2027-07-01 08:00"), LEE)

    assert drawn.first_word == beside.first_word == "UNKNOWN"
    assert bars_by_label(drawn)["Continuing education"].state is ChecklistState.UNKNOWN
    ended = [mark for mark in time_line(drawn).marks if mark.day == "Jun 30 2027"]
    assert [mark.state for mark in ended] == [ChecklistState.UNKNOWN]


def test_a_class_that_is_recorded_shows_in_every_view_at_once(lakemont: Agency) -> None:
    before = time_line(home(lakemont, RUIZ)).summary
    lakemont.completes(RUIZ, "2027-03-01", "4", "autism", "Autism Response")

    told, drawn, beside = views(lakemont, RUIZ)

    assert hours_said(lakemont, told) == hours_said(lakemont, drawn) == hours_said(lakemont, beside)
    assert "Autism: 4 of 4 h" in hours_said(lakemont, beside)
    assert "15 completions counted from Jul 1 2024 to today, 35.5 of 48 h." in time_line(beside).summary
    assert time_line(beside).summary != before
    assert "Autism Response, 4 h" in [mark.label for mark in time_line(drawn).marks]


def test_an_unknown_is_never_drawn_as_done(embedded: Agency) -> None:
    states = {LineState.UNKNOWN: ChecklistState.UNKNOWN, LineState.UNCHECKED: ChecklistState.UNCHECKED}
    doubts = 0
    for wall_clock in ("2027-03-02 14:10", "2027-07-01 08:00"):
        embedded.at(wall_clock)
        for badge in embedded.badges():
            drawn = bars_by_label(embedded.ask(badge, "picture"))
            for line in embedded.standing(badge).in_state(*states):
                if line.hours_counted is not None and line.hours_required is not None:
                    assert drawn[line.label].state is states[line.state], (badge, line)
                    doubts += 1
    assert doubts > 5


def test_a_dispatcher_sees_the_year_and_the_cards_that_run_out_in_it(embedded: Agency) -> None:
    message = embedded.ask(WHITMAN, "picture")

    line = time_line(message)
    assert line.title == "CE, Jan 1 2027 to Dec 31 2027"
    assert [(mark.day, mark.word, mark.label) for mark in line.marks if mark.on > line.today] == [
        ("Mar 20 2027", "OK until then", "CPR"),
        ("Nov 11 2027", "OK until then", "CJIS awareness"),
        ("Dec 31 2027", "Open", "CE 9 h"),
    ]
    assert list(bars_by_label(message)) == ["CE"]
    assert "mn-demo" not in repr(message)


def test_somebody_without_a_total_of_hours_is_told_that_there_is_no_time_line(embedded: Agency) -> None:
    message = embedded.ask(NAIR, "picture")

    assert Paragraph("No time line: no total of hours is asked for in a cycle or a year.") in message.body
    assert not any(isinstance(part, (Timeline, Bars)) for part in message.body)
    (listed,) = (part for part in message.body if isinstance(part, Checklist))
    assert [item.text for item in listed.items] == ["CPR", "CJIS awareness"]
    assert not any(isinstance(part, Timeline) for part in home(embedded, NAIR).body)


def test_somebody_whose_cycle_nobody_has_entered_gets_no_invented_one(embedded: Agency) -> None:
    embedded.hires("299", "Ann", "Bell")

    told, drawn, beside = views(embedded, "299")

    assert told.title == drawn.title == beside.title
    assert not any(isinstance(part, Timeline) for view in (drawn, beside) for part in view.body)
    assert Paragraph("No time line: the dates of the cycle are not settled on our file.") in drawn.body
    assert "Continuing education" not in bars_by_label(drawn)
    shown = [
        (item.text, item.state) for part in drawn.body if isinstance(part, Checklist) for item in part.items
    ]
    assert ("Continuing education", ChecklistState.UNKNOWN) in shown


def test_somebody_no_rule_applies_to_is_told_that_there_is_nothing_to_draw(sqlite_database: Engine) -> None:
    agency = new_agency(sqlite_database, NOW, ("mn",))
    agency.hires("1", "Jan", "Doe", kind="civilian", position="chaplain")

    message = agency.ask("1", "picture")

    assert message.first_word == "UNKNOWN"
    assert Paragraph("There is nothing to draw: no rule that we hold applies.") in message.body
    assert not any(isinstance(part, (Timeline, Bars, Checklist)) for part in message.body)


@pytest.mark.parametrize("pack", ["mn", "or"])
def test_under_the_rules_of_a_real_state_the_three_views_agree(sqlite_database: Engine, pack: str) -> None:
    agency = new_agency(sqlite_database, NOW, (pack,))
    cycle = ("2024-07-01", "2027-06-30") if pack == "mn" else None
    agency.hires("1", "Pat", "Birch", appointed="2024-02-05", certified="2024-03-10", cycle=cycle)
    for year in (2025, 2026, 2027):
        agency.completes("1", f"{year}-02-20", "8", "use-of-force")
        agency.completes("1", f"{year}-02-20", "1.25", "ethics")

    told, drawn, beside = views(agency, "1")

    assert told.title == drawn.title == beside.title
    assert len(hours_said(agency, told)) > 2
    assert hours_said(agency, told) == hours_said(agency, drawn) == hours_said(agency, beside)
    line = time_line(drawn)
    assert line == time_line(beside)
    counted_hours = sum(
        Decimal(mark.label.removesuffix(" h").rpartition(", ")[2])
        for mark in line.marks
        if mark.word == "Counted"
    )
    headline = headline_line(agency.standing("1"))
    assert headline is not None
    total = next(iter(bars_by_label(drawn).values()))
    assert counted_hours == headline.hours_counted == total.value > 0


@pytest.mark.parametrize(
    "text",
    ["picture", "PICTURE", "Picture.", "show me a picture", "timeline", "my progress", "show me my progress"],
)
@pytest.mark.parametrize("channel", [SMS, SCREEN])
def test_the_picture_comes_for_its_word_and_for_plain_wordings(
    embedded: Agency, text: str, channel: str
) -> None:
    for badge in (RUIZ, OKAFOR):
        assert embedded.ask(badge, text, channel).kind is MessageKind.PICTURE, badge


@pytest.mark.parametrize("text", ["photo", "here is a picture of my certificate", "pic"])
def test_whoever_speaks_of_a_photo_is_not_shown_a_picture(embedded: Agency, text: str) -> None:
    assert embedded.ask(RUIZ, text).kind is not MessageKind.PICTURE


def test_the_status_card_offers_the_picture_last_and_the_text_stays_as_told(embedded: Agency) -> None:
    last = embedded.ask(RUIZ, "status").actions[-1]

    assert isinstance(last, Button)
    assert last == button(Reply.PICTURE, embedded.words)
    assert embedded.press(RUIZ, last).kind is MessageKind.PICTURE
    assert embedded.text(RUIZ, "am i good?").endswith("Reply NEXT, WHY or MENU.")


def test_a_picture_fits_two_texts_for_everybody(embedded: Agency) -> None:
    for badge in embedded.badges():
        said = embedded.text(badge, "picture")
        assert said.isascii(), said
        assert len(said) <= 306, said
        assert said.startswith(str(embedded.ask(badge, "status").first_word)), badge


def test_after_a_look_at_somebody_the_picture_is_theirs_and_on_the_record(embedded: Agency) -> None:
    embedded.ask(OKAFOR, "how is novak")
    seen = len(embedded.entries("record:viewed", about=NOVAK))

    message = embedded.ask(OKAFOR, "picture")

    assert message.title == "OVERDUE, Novak."
    assert message.body[-1] == Note("That you looked is on the record, and Novak can see it.")
    assert len(embedded.entries("record:viewed", about=NOVAK)) == seen + 1
    own = embedded.ask(NOVAK, "picture")
    assert bars_by_label(message) == bars_by_label(own)
    assert time_line(message) == time_line(own)
    # The conversation stays with the person.
    assert embedded.ask(OKAFOR, "picture").title == "OVERDUE, Novak."
    assert "MED-3" in embedded.ask(OKAFOR, "why").title


def test_a_civilian_looked_at_keeps_their_position_in_the_title(embedded: Agency) -> None:
    embedded.ask(NAIR, "how is whitman")

    assert embedded.ask(NAIR, "picture").title == "NOT YET, Whitman (telecommunicator, lkm-2027.1):"


def test_yesterdays_sergeant_gets_no_picture_of_a_former_officer(embedded: Agency) -> None:
    embedded.at("2027-03-02 15:50").ask(OKAFOR, "how is ruiz")
    embedded.moves_under(RUIZ, ADEYEMI, "2027-03-02 16:00")
    embedded.at("2027-03-02 16:00")

    message = embedded.ask(OKAFOR, "picture")

    assert message.kind is MessageKind.REFUSED_PERSON
    assert "Ruiz" not in repr(message)


def test_home_is_ones_own_whatever_the_talk_is_about(embedded: Agency) -> None:
    embedded.ask(OKAFOR, "how is novak", DESK)

    message = home(embedded, OKAFOR)

    assert message.title == embedded.ask(OKAFOR, "status").title
    assert "Novak" not in repr(message)


def test_a_picture_reads_no_more_than_why(embedded: Agency) -> None:
    embedded.ask(RUIZ, "status")
    with counted(embedded.office.engine) as why:
        embedded.ask(RUIZ, "why")
    with counted(embedded.office.engine) as picture:
        embedded.ask(RUIZ, "picture")
    with counted(embedded.office.engine) as beside:
        home(embedded, RUIZ)

    # And whether the word answers what somebody asked about a request.
    assert 0 < len(picture.reads) <= len(why.reads) + 1
    assert len(beside.reads) <= len(why.reads)
    assert picture.write_transactions == 1


def test_home_writes_nothing_and_leaves_the_talk_as_it_was(lakemont: Agency) -> None:
    lakemont.ask(RUIZ, "am i good on cpr", DESK)
    # A standing that has to be judged again would be kept by an answer.
    lakemont.completes(RUIZ, "2027-03-01", "1", "general")
    before = lakemont.sequence(), lakemont.kept(RUIZ), lakemont.entries()

    with counted(lakemont.office.engine) as statements:
        message = home(lakemont, RUIZ)

    assert "15 completions counted" in time_line(message).summary
    assert (statements.write_transactions, statements.writes) == (0, [])
    assert all(statement.startswith("SELECT") for statement in statements.reads)
    assert (lakemont.sequence(), lakemont.kept(RUIZ), lakemont.entries()) == before
    assert "MED-3" in repr(lakemont.ask(RUIZ, "why", DESK))
    assert lakemont.sequence() > before[0]


def test_a_stranger_has_no_home_and_leaves_no_trace(embedded: Agency) -> None:
    before = embedded.sequence()

    assert home_of(embedded, STRANGER) is None
    assert embedded.sequence() == before


def test_every_button_of_the_home_leads_somewhere(embedded: Agency) -> None:
    for badge in (RUIZ, LEE, NAIR, NAKAGAWA):
        pressed = [
            embedded.press(badge, action).kind
            for action in home(embedded, badge).actions
            if isinstance(action, Button)
        ]
        assert pressed[1:] == [MessageKind.MISSING, MessageKind.PICTURE, MessageKind.MENU], badge
        assert pressed[0] in {MessageKind.WHY, MessageKind.STATUS}, badge


def test_a_database_that_fails_is_said_and_never_shown(embedded: Agency) -> None:
    with embedded.office.engine.begin() as conn:
        conn.execute(sql("ALTER TABLE completion RENAME TO completion_lost"))

    message = home_of(embedded, RUIZ)

    assert message is not None
    assert message.kind is MessageKind.BROKEN
    assert "completion" not in repr(message).lower().replace("completions", "")
    assert "SELECT" not in repr(message)


def test_leave_and_other_decisions_are_said_beside_the_picture(embedded: Agency) -> None:
    told, drawn, beside = views(embedded, RAHIMI)

    notes = [part for part in told.body if isinstance(part, Note)]
    assert len(notes) > 1
    assert [part for part in drawn.body if isinstance(part, Note)] == notes
    assert [part for part in beside.body if isinstance(part, Note)] == notes
    assert time_line(drawn).end_day == "Jun 30 2029"

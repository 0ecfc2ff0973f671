"""How many texts will a year of reminders take? Counted in real texts, before any is sent."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from bot.cli import main
from bot.composition import ProcessClock, text_rates
from bot.demo.agency import NOW
from bot.desk.clock import set_clock
from bot.sms.render import render, segments
from db.queries import people
from db.records.facts import ContactKind, MatchedBy
from db.records.phones import ConsentBy
from messages.estimate import EstimateFacts
from messages.lines import line_label, top_level
from messages.reminder import Reminded, RemindedAs, ReminderFacts, reminder
from rules.standing import LineState
from tests.fakes.keys import a_key_store
from tests.scenario.cast import Agency, new_agency
from tests.scenario.sms_cast import OURS, PHONES
from training.accounts import accounts
from training.accounts.accounts import Account
from training.office import Office
from training.packs import PackShelf
from training.phones import phones
from training.phones.phones import TextsWord
from training.reminders.estimate import estimate

STANDS = {
    (LineState.OPEN, True): RemindedAs.DUE,
    (LineState.OPEN, False): RemindedAs.DUE,
    (LineState.OVERDUE, True): RemindedAs.EXPIRED,
    (LineState.OVERDUE, False): RemindedAs.DUE,
    (LineState.UNKNOWN, True): RemindedAs.UNSETTLED,
    (LineState.UNKNOWN, False): RemindedAs.UNSETTLED,
    (LineState.MET, True): RemindedAs.EXPIRES,
}
LADDER = (90, 60, 30, 14, 7, 1, 0)


def counted(agency: Agency) -> EstimateFacts:
    """The estimate of today."""
    with agency.reading() as conn:
        return estimate(conn, agency.office.shelf, agency.agency_id, agency.today, agency.words, text_rates())


def link(agency: Agency, badge: str) -> None:
    """A phone that is somebody's."""
    accounts.open_first_door(agency.office, "sms", OURS)
    account = Account("sms", OURS, PHONES[badge])
    person_id = agency.id_of(badge)
    assert accounts.link(agency.office, agency.agency_id, account, person_id, MatchedBy.CODE, agency.words)


def day_by_day(agency: Agency, badge: str, until: date) -> tuple[int, int, int]:
    """The same for one person, walked through a day at a time: texts, steps and segments."""
    lines = [
        line
        for line in top_level(agency.judged(badge).standing.lines)
        if line.due_on is not None
        and (
            line.state in (LineState.OPEN, LineState.OVERDUE, LineState.UNKNOWN)
            or (line.state is LineState.MET and line.window is None and line.due_on >= agency.today)
        )
    ]
    texts = steps = total = 0
    day = agency.today
    while day <= until:
        due = []
        for line in lines:
            due_on = min(each for each in (line.due_on, *line.due_on_alternatives) if each is not None)
            left = (due_on - day).days
            first = day == agency.today and left < 90
            if left in LADDER or (left < 0 and left % 7 == 6) or first:
                due.append(
                    Reminded(line_label(line, agency.words), due_on, STANDS[line.state, line.window is None])
                )
        if due:
            message = reminder(ReminderFacts("Lakemont PD", day, tuple(due)), agency.words)
            texts, steps = texts + 1, steps + len(due)
            total += segments(render(message, agency.words))
        day += timedelta(days=1)
    return texts, steps, total


@pytest.mark.parametrize("badge", ["214", "231", "77", "902"])
@pytest.mark.parametrize(
    ("asked_at", "first", "until"),
    [
        ("2027-03-02 14:10", date(2027, 3, 1), date(2028, 2, 29)),
        # Inside the ladder, between two steps.
        ("2027-06-10 09:00", date(2027, 6, 1), date(2028, 5, 31)),
        # Everything is overdue, on the last day of a month and of a year.
        ("2027-12-31 23:59", date(2027, 12, 1), date(2028, 11, 30)),
    ],
)
def test_it_is_what_a_walk_through_the_days_would_send(
    embedded: Agency, badge: str, asked_at: str, first: date, until: date
) -> None:
    link(embedded, badge)
    embedded.at(asked_at)
    months = counted(embedded).linked.months
    assert months[0].begins == first
    assert len(months) == 12
    texts, steps, total = day_by_day(embedded, badge, until)
    found = (
        sum(each.texts for each in months),
        sum(each.steps for each in months),
        sum(each.segments for each in months),
    )
    assert found == (texts, steps, total)
    assert {each.people for each in months} <= {0, 1}
    assert steps >= texts


def test_who_would_be_texted_now_and_who_if_every_phone_were_linked(embedded: Agency) -> None:
    before = counted(embedded)
    assert (before.linked.people, before.linked.segments) == (0, 0)
    with embedded.reading() as conn:
        roster = people.roster(conn, embedded.agency_id)
        points = people.contact_points(conn, embedded.agency_id, [each.person_id for each in roster])
    mobiles = {each.fact.person_id for each in points if each.fact.kind is ContactKind.MOBILE}
    serving = {each.person_id for each in roster if each.employment.fact.ended_on is None}
    assert before.serving == len(serving)
    assert before.everybody.people == len(mobiles & serving)
    assert before.everybody.segments > 0
    link(embedded, "214")
    after = counted(embedded)
    assert after.linked.people == 1
    assert 0 < after.linked.segments < after.everybody.segments
    assert after.everybody == before.everybody
    assert counted(embedded) == after


def test_whoever_said_stop_is_not_counted(embedded: Agency) -> None:
    link(embedded, "214")
    word = TextsWord(
        number=PHONES["214"],
        person_id=embedded.id_of("214"),
        how=ConsentBy.KEYWORD,
        shown="STOP",
    )
    with embedded.writing() as writer:
        phones.refuse(writer, embedded.office, word, embedded.words)
    assert counted(embedded).linked.people == 0


def test_an_agency_without_people_has_an_estimate_too(sqlite_database: Engine) -> None:
    agency = new_agency(sqlite_database, NOW, ("lkm",))
    found = counted(agency)
    assert (found.serving, found.everybody.people, found.everybody.segments) == (0, 0, 0)
    assert len(found.everybody.months) == 12


def test_the_coordinator_asks_in_chat_and_sees_no_name(embedded: Agency) -> None:
    assert "Texts are not set up" in embedded.screen("902", "estimate")
    embedded.office = replace(embedded.office, text_rates=text_rates())
    said = embedded.screen("902", "estimate")
    assert "text segments in twelve months" in said
    assert "Mar 2027" in said
    assert "Ruiz" not in said
    assert "segment (" not in said
    assert "text segments" not in embedded.screen("214", "estimate")
    assert embedded.text("902", "ESTIMATE").startswith("Lakemont PD: no phone is linked")


def test_a_price_stands_beside_its_source(embedded: Agency) -> None:
    rates = replace(text_rates(), price=Decimal("0.01"), source="Contract 2026-114")
    embedded.office = replace(embedded.office, text_rates=rates)
    total = counted(embedded).everybody.segments
    said = embedded.screen("902", "estimate")
    assert "0.01 a segment (Contract 2026-114)" in said
    assert f"{Decimal(total) / 100:.2f} with every mobile linked" in said


def test_the_command_prints_it_factor_by_factor(
    embedded: Agency, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: object
) -> None:
    engine = embedded.office.engine
    set_clock(Office(engine, ProcessClock(), PackShelf(), a_key_store()), NOW)
    total = counted(embedded).everybody.segments
    monkeypatch.setenv("ROLLCALL_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    assert main(["estimate"]) == 0
    said = capsys.readouterr().out
    assert f"at most {total} text segments" in " ".join(said.split())
    assert "90, 60, 30, 14, 7, 1, 0 days before" in " ".join(said.split())
    assert "every 7 days" in " ".join(said.split())

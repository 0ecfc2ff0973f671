"""A calendar of one's deadlines: an address that is shown once, known to nobody here, and ends when its owner says so
or leaves."""

import asyncio
import logging
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import httpx
import pytest
from fastapi import FastAPI
from icalendar import Calendar

from bot.links import calendar as drawing
from bot.links.routes import LinkDesk, link_routes
from bot.links.turnstile import WINDOW, Turnstile
from bot.links.uploads import Uploads
from handlers.front_desk import FrontDesk
from messages.model import Link, Message
from messages.plain import plain_text
from rules.standing import LineState
from tests.fakes.loop import run
from tests.scenario.cast import RUIZ, SCREEN, SMS, Agency
from tests.scenario.link_cast import PUBLIC, with_links
from tests.scenario.slack_cast import raw_bytes
from training.reminders import calendars


@pytest.fixture
def agency(lakemont: Agency) -> Agency:
    """Lakemont with an address, on both databases."""
    return with_links(lakemont)


@pytest.fixture
def small(embedded: Agency) -> Agency:
    """The same on SQLite alone, where the database is not the matter."""
    return with_links(embedded)


Browser = Callable[[str], httpx.Response]


@pytest.fixture
def browser(small: Agency) -> Browser:
    """A calendar program in front of the links of an installation."""
    front_desk = FrontDesk(small.office, small.words)
    desk = LinkDesk(
        office=small.office,
        words=small.words,
        front_desk=front_desk,
        uploads=Uploads(small.office, front_desk, dict),
        run=asyncio.to_thread,
        kinds={},
    )
    web = FastAPI()
    web.include_router(link_routes(desk))

    def get(path: str) -> httpx.Response:
        async def story() -> httpx.Response:
            async with httpx.AsyncClient(
                transport=httpx.ASGITransport(web), base_url="http://desk"
            ) as client:
                return await client.get(path)

        return run(story())

    return get


def href(message: Message) -> str:
    (link,) = [each for each in message.actions if isinstance(each, Link)]
    assert link.href.startswith(f"{PUBLIC}/calendar/")
    return link.href


def token(message: Message) -> str:
    return href(message).removeprefix(f"{PUBLIC}/calendar/").removesuffix(".ics")


def shown(agency: Agency, message: Message) -> calendars.DueDays | None:
    return calendars.due_days(agency.office, token(message))


def test_an_address_is_shown_once_and_nobody_here_knows_it(agency: Agency) -> None:
    given = agency.ask(RUIZ, "calendar")
    assert "It is shown once." in plain_text(given, SCREEN)
    again = agency.ask(RUIZ, "calendar")
    assert "You have a calendar address since" in plain_text(again, SCREEN)
    assert not [each for each in again.actions if isinstance(each, Link)]

    secret = token(given)
    assert len(secret) >= 43
    assert secret not in agency.screen(RUIZ, "texts")
    (entry,) = agency.entries("calendar:given", about=RUIZ)
    assert secret not in str(entry)
    if agency.office.engine.dialect.name == "sqlite":
        assert secret.encode() not in raw_bytes(agency)


def test_a_new_address_ends_the_one_before_and_off_ends_it(agency: Agency) -> None:
    first = agency.ask(RUIZ, "calendar")
    assert shown(agency, first) is not None
    second = agency.ask(RUIZ, "calendar new", SMS)
    assert "The one before shows nothing any more." in plain_text(second, SMS)
    assert shown(agency, first) is None
    assert shown(agency, second) is not None

    assert agency.text(RUIZ, "calendar off").startswith("Your calendar address has ended")
    assert shown(agency, second) is None
    assert agency.text(RUIZ, "calendar off").startswith("You have no calendar address.")
    assert [each.tag for each in agency.entries("calendar:given", "calendar:ended", about=RUIZ)] == [
        "calendar:ended",
        "calendar:given",
        "calendar:given",
    ]


def test_whoever_left_has_no_calendar(agency: Agency) -> None:
    given = agency.ask(RUIZ, "calendar")
    agency.leaves(RUIZ, agency.today - timedelta(days=1))
    assert shown(agency, given) is None


def test_the_calendar_has_what_deadlines_has_in_the_same_order(agency: Agency) -> None:
    due = shown(agency, agency.ask(RUIZ, "calendar"))
    assert due is not None
    listed = agency.screen(RUIZ, "deadlines 3650")
    assert due.days
    for each in due.days:
        assert each.line.label in listed
    assert {each.due_on for each in due.days if each.line.state is not LineState.MET} >= {date(2027, 6, 30)}


def test_a_duty_keeps_its_uid_while_its_day_and_its_revision_move(agency: Agency) -> None:
    given = agency.ask(RUIZ, "calendar")
    before = shown(agency, given)
    agency.completes(RUIZ, "2027-03-01", "4", "autism", "Autism response")
    after = shown(agency, given)
    assert before is not None
    assert after is not None
    assert after.revision > before.revision
    assert {each.uid for each in before.days} & {each.uid for each in after.days}
    other = shown(agency, agency.ask(RUIZ, "calendar new"))
    assert other is not None
    # A new address is a new calendar: what the old one showed cannot be matched with it.
    assert not {each.uid for each in after.days} & {each.uid for each in other.days}


def test_what_is_sent_is_a_calendar_as_rfc_5545_has_it(browser: Browser, small: Agency) -> None:
    path = href(small.ask(RUIZ, "calendar")).removeprefix(PUBLIC)
    answer = browser(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    raw = answer.content
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    assert b"METHOD" not in raw
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in raw

    read = Calendar.from_ical(raw)
    events = list(read.walk("VEVENT"))
    due = calendars.due_days(small.office, path.removeprefix("/calendar/").removesuffix(".ics"))
    assert due is not None
    assert len(events) == len(due.days)
    assert len({str(each["UID"]) for each in events}) == len(events)
    for event, each in zip(events, due.days, strict=True):
        assert event.decoded("DTSTART") == each.due_on
        assert event.decoded("DTEND") == each.due_on + timedelta(days=1)
        assert event.decoded("DTSTAMP") == event.decoded("LAST-MODIFIED") == due.judged_at
        assert int(str(event["SEQUENCE"])) == due.revision
        assert str(event["SUMMARY"]).startswith(each.line.label)
        assert "LOCATION" not in event
        assert "DESCRIPTION" not in event
    # An id is thirty-two digits of chance, among which any badge may stand.
    without_ids, ids = re.subn(r"UID:[0-9a-f]{32}@rollcall\r\n", "", raw.decode())
    assert ids == len(events)
    for name in ("UID", "Ruiz", "Dana", "214", "Lakemont", "Okafor"):
        assert name not in without_ids
    # The same state gives the same bytes.
    assert browser(path).content == raw


def test_a_title_is_escaped_and_folded_whatever_is_in_it(small: Agency) -> None:
    due = calendars.due_days(small.office, token(small.ask(RUIZ, "calendar")))
    assert due is not None
    strange = "Médiation, conduite; d'urgence\\ " * 6
    line = due.days[0].line._replace(label=strange.strip(), item=None)
    raw = drawing.drawn(replace(due, days=(replace(due.days[0], line=line),)), small.words)
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    assert str(event["SUMMARY"]).startswith(strange.strip())


def test_an_ended_address_and_one_that_never_was_answer_the_same_and_no_token_is_logged(
    browser: Browser, small: Agency, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    path = href(small.ask(RUIZ, "calendar")).removeprefix(PUBLIC)
    small.ask(RUIZ, "calendar off")
    ended, never = browser(path), browser("/calendar/none.ics")
    assert ended.status_code == never.status_code == 404
    assert ended.content == never.content
    assert dict(ended.headers) == dict(never.headers)
    assert path.split("/")[-1].removesuffix(".ics") not in caplog.text


def test_whoever_asks_all_the_time_waits_and_others_do_not(small: Agency) -> None:
    stile = Turnstile(most_of_one=2, most_together=4)
    now = small.clock.at
    assert [stile.lets_in("one", now) for _ in range(3)] == [True, True, False]
    assert stile.lets_in("two", now)
    assert stile.lets_in("three", now)
    assert not stile.lets_in("four", now)
    assert stile.lets_in("one", now + WINDOW)


def test_an_address_is_given_only_where_one_can_be_reached(embedded: Agency) -> None:
    said = embedded.text(RUIZ, "calendar")
    assert said.startswith("No calendar can be given")
    assert embedded.entries("calendar:given") == ()

"""How do due days become a calendar that programs subscribe to? As RFC 5545 has it: whole days, the same bytes for the
same state, nobody's name and no place."""

from datetime import timedelta

from icalendar import Calendar, Event
from icalendar.prop import vDuration

from messages.calendar import calendar_name, event_title
from messages.words import Words
from training.reminders.calendars import DueDays

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Rollcall//Deadlines//EN"
# How often a program is asked to look again (RFC 7986, and the older name that most of them know).
LOOK_AGAIN = timedelta(hours=12)
A_DAY = timedelta(days=1)
HEADERS = {
    "cache-control": "no-store",
    "content-disposition": 'attachment; filename="deadlines.ics"',
    "content-security-policy": "default-src 'none'; sandbox",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
}


def drawn(due: DueDays, words: Words) -> bytes:
    """The calendar as it is sent."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", calendar_name(words))
    calendar.add("x-wr-calname", calendar_name(words))
    calendar.add("refresh-interval", vDuration(LOOK_AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(LOOK_AGAIN))
    for each in due.days:
        event = Event()
        event.add("uid", each.uid)
        # There is no METHOD, so this is when the event was changed last, as LAST-MODIFIED says once more.
        event.add("dtstamp", due.judged_at)
        event.add("last-modified", due.judged_at)
        event.add("sequence", due.revision)
        event.add("dtstart", each.due_on)
        event.add("dtend", each.due_on + A_DAY)
        event.add("summary", event_title(each.line, words))
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content

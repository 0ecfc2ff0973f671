"""Which classes does an iCalendar file tell of? An event is one class; what iCalendar has no property for is said in
properties of ours."""

from collections.abc import Iterator

from icalendar import Event

from reading.tables.ics import EventTable, EventTimes, text_of

# Our column for each property in which a calendar may say it.
PROPERTIES = {
    "title": "SUMMARY",
    "place": "LOCATION",
    "link": "URL",
    "provider": "X-PROVIDER",
    "course_number": "X-COURSE-NUMBER",
    "topics": "X-TOPICS",
    "hours": "X-HOURS",
    "topic_hours": "X-TOPIC-HOURS",
    "miles": "X-MILES",
    "miles_source": "X-MILES-SOURCE",
    "delivery": "X-DELIVERY",
    "seats": "X-SEATS",
    "cost": "X-COST",
    "register_by": "X-REGISTER-BY",
    "board_approved": "X-BOARD-APPROVED",
}
_WHEN = ("starts_on", "begins", "ends_on", "ends", "time_zone", "course_id", "status")


def _classes(event: Event, times: EventTimes, number: str, cancelled: bool) -> Iterator[tuple[str, ...]]:
    status = "cancelled" if cancelled else text_of(event, "STATUS")
    when = (times.day, times.clock, times.end_day, times.end_clock, times.zone, number, status)
    yield (*(text_of(event, name) for name in PROPERTIES.values()), *when)


CLASSES = EventTable((*PROPERTIES, *_WHEN), _classes)

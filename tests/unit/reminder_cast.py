"""Examples of what is said of reminders: the rules, and how people want to be reminded."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import time
from decimal import Decimal
from typing import get_args

from messages import calendar as calendars
from messages import my_reminders as own
from messages import reminder_rules as rules
from messages.forms import FieldError
from messages.model import Message
from messages.words import Words
from reading.reminders.rules import MAY_STAY_AWAY, WEEKDAYS, written_rules
from tests.unit import standing_cast as cast
from training.reminders.rules import shipped_words

WRITTEN = written_rules(shipped_words())
SHIPPED = rules.RulesVersionFacts(version=1, written=WRITTEN, reason="Sixty days leave six weeks.")
ENTERED = rules.RulesVersionFacts(
    version=2,
    written={
        **WRITTEN,
        "days_before": "90, 30, 7",
        "requirements": "mn-mlo-autism-4: 120, 60, 30\nmn-use-of-force: 45, 14",
        "notice_on": "2027-04-01",
        "monthly_segments": "900",
        "only_if_not_empty": "chief, roll-call",
    },
    reason="Classes are monthly here.",
    who="P. Nair",
    at=cast.AT,
    left_out=(("", "Nobody books so early."), ("mn-use-of-force", "It is taught in spring.")),
)
FORM = rules.RulesFormFacts(
    version=1, entries=WRITTEN, choices={"lieutenant_on": WEEKDAYS, "only_if_not_empty": MAY_STAY_AWAY}
)


STEPS = (90, 60, 30, 14, 7, 1, 0)
OWN = own.MyRemindersFacts(
    order=("slack", "sms", "email"),
    begins=time(8),
    ends=time(18),
    agency_begins=time(8),
    agency_ends=time(18),
    steps=STEPS,
    daily_cap=3,
    overdue_every=7,
)
WISH = own.WishFormFacts(steps=STEPS, order="slack", begins="", ends="17:00", without=(14,))


def _own(code: own.MyRemindersCode) -> Callable[[Words], Message]:
    return lambda words: own.my_reminders(replace(OWN, code=code), words)


ADDRESS = "https://desk.lakemont.example/calendar/k0p6cWqC4hJt2m9Yb1eXfR7uN5vA3sLdGzQx8TiPoEw.ics"


def _calendar(code: calendars.CalendarCode) -> Callable[[Words], Message]:
    gives = code in {"given", "instead"}
    facts = calendars.CalendarFacts(
        code=code, href=ADDRESS if gives else "", since=cast.AT, coordinator="P. Nair"
    )
    return lambda words: calendars.calendar(facts, words)


def _rules(code: rules.RemindersCode) -> Callable[[Words], Message]:
    return lambda words: rules.done(
        rules.RulesEnteredFacts(code=code, version=2, written="colour blue"), words
    )


EXAMPLES: Mapping[str, Callable[[Words], Message]] = {
    "reminder-rules-shipped": lambda words: rules.rules(rules.ReminderRulesFacts(in_force=SHIPPED), words),
    "reminder-rules-entered": lambda words: rules.rules(
        rules.ReminderRulesFacts(in_force=ENTERED, earlier=(ENTERED, SHIPPED), may_enter=True), words
    ),
    "reminder-rules-form": lambda words: rules.form(FORM, words),
    "reminder-rules-form-errors": lambda words: rules.form(
        replace(
            FORM,
            entries={**WRITTEN, "daily_cap": "four", "notice_on": "soon"},
            errors={
                "daily_cap": FieldError(code="not-a-number", written="four"),
                "notice_on": FieldError(code="not-a-date", written="soon"),
                "order": FieldError(code="not-a-way", written="pigeon"),
                "urgent": FieldError(code="no-such-duty", written="mn-nothing"),
                "ends": FieldError(code="ends-early", written="07:00"),
                "begins": FieldError(code="not-a-time", written="dawn"),
                "days_before": FieldError(code="not-a-ladder", written="soon"),
                "burst": FieldError(code="too-large", written="9999999", limit=Decimal(1_000_000)),
                "without": FieldError(code="sixty-left-out"),
            },
        ),
        words,
    ),
    "reminder-rules-overtaken": lambda words: rules.form(replace(FORM, version=2, overtaken=True), words),
    **{f"my-reminders-{code}": _own(code) for code in get_args(own.MyRemindersCode)},
    **{f"calendar-{code}": _calendar(code) for code in get_args(calendars.CalendarCode)},
    "my-reminders-shown": lambda words: own.my_reminders(OWN, words),
    "my-reminders-wished": lambda words: own.my_reminders(
        replace(
            OWN,
            ends=time(17),
            steps=(90, 30, 7, 1, 0),
            without=(60, 14),
            reason="I book in January.",
            daily_cap=1,
            overdue_every=1,
            supervisor_after=3,
        ),
        words,
    ),
    "my-reminders-form": lambda words: own.wish_form(WISH, words),
    "my-reminders-form-errors": lambda words: own.wish_form(
        replace(
            WISH,
            errors={
                "order": FieldError(code="wish-no-such-way"),
                "ends": FieldError(code="wish-narrow"),
                "begins": FieldError(code="not-a-time", written="dawn"),
                "without": FieldError(code="wish-all-left-out"),
                "reason": FieldError(code="wish-sixty"),
            },
        ),
        words,
    ),
    **{f"reminder-rules-done-{code}": _rules(code) for code in get_args(rules.RemindersCode)},
}

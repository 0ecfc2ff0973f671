"""Examples of what is said about phones: codes that go by e-mail, reminders, and what texts will take."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from messages import escalation, estimate, phones, reminder
from messages.model import Message
from messages.words import Words

DAY = date(2027, 3, 2)
# One of each way in which a duty may stand.
STANDINGS = (
    reminder.Reminded("Continuing education", date(2027, 6, 30), safe_until=date(2027, 4, 28)),
    reminder.Reminded("De-escalation", date(2027, 3, 30), safe_until=date(2027, 2, 1)),
    reminder.Reminded(
        "Ethics",
        date(2027, 6, 30),
        safe_until=date(2027, 5, 11),
        safe_class=date(2027, 5, 18),
        safe_part="Ethics in policing",
    ),
    reminder.Reminded("CPR", date(2027, 2, 27), reminder.RemindedAs.EXPIRED),
    reminder.Reminded("TASER", date(2027, 3, 9), reminder.RemindedAs.EXPIRES),
    reminder.Reminded("Emergency driving", date(2027, 3, 20), reminder.RemindedAs.UNSETTLED),
    reminder.Reminded("CJIS awareness", date(2027, 3, 2), reminder.RemindedAs.UNDATED),
)
TOLD = (date(2027, 2, 27), date(2027, 3, 1))
REMINDED = (
    reminder.Reminded("Use of force", date(2027, 6, 30)),
    reminder.Reminded("TASER", date(2027, 4, 1)),
    reminder.Reminded("First aid", date(2027, 2, 23)),
)
MONTHS = (
    estimate.MonthFacts(date(2027, 3, 1), people=3, steps=7, texts=5, segments=6, late=2),
    estimate.MonthFacts(date(2027, 4, 1), people=2, steps=2, texts=2, segments=2, late=0),
)
NOBODY = estimate.ForecastFacts(0, 0, ())


def estimated(linked: estimate.ForecastFacts, **more: Any) -> estimate.EstimateFacts:
    """An estimate of forty who serve."""
    return estimate.EstimateFacts(
        agency="Lakemont PD",
        serving=40,
        linked=linked,
        everybody=estimate.ForecastFacts(31, 120, MONTHS),
        steps=("90", "60", "30", "14", "7", "1", "0"),
        every=7,
        **more,
    )


EXAMPLES: dict[str, Callable[[Words], Message]] = {
    "phone-code-letter": lambda words: phones.phone_code_letter(
        phones.CodeFacts(agency="Lakemont PD", code="48291736", number="+16125550100", minutes=10), words
    ),
    "phone-code-letter-service": lambda words: phones.phone_code_letter(
        phones.CodeFacts(agency="Lakemont PD", code="48291736", number="", minutes=10), words
    ),
    "phone-code-mailed": lambda words: phones.phone_code_mailed(
        phones.MailedFacts("Officer Ruiz", minutes=10), words
    ),
    "phone-code-not-mailed-off": lambda words: phones.phone_code_mailed(
        phones.MailedFacts("Officer Ruiz", minutes=10, why_not="off"), words
    ),
    "phone-code-not-mailed-no-address": lambda words: phones.phone_code_mailed(
        phones.MailedFacts("Officer Ruiz", minutes=10, why_not="no-address"), words
    ),
    "phone-code-not-mailed-too-often": lambda words: phones.phone_code_mailed(
        phones.MailedFacts("Officer Ruiz", minutes=10, why_not="too-often"), words
    ),
    "phone-no-number": lambda words: phones.no_number("P. Nair", words, by_text=False),
    "phone-linked-here": lambda words: phones.no_number("P. Nair", words, by_text=True),
    "code-asked": lambda words: phones.code_asked("Lakemont PD", 10, words),
    "reminder": lambda words: reminder.reminder(reminder.ReminderFacts("Lakemont PD", DAY, REMINDED), words),
    "reminder-one": lambda words: reminder.reminder(
        reminder.ReminderFacts("Lakemont PD", DAY, REMINDED[:1]), words
    ),
    "reminder-every-way": lambda words: reminder.reminder(
        reminder.ReminderFacts("Lakemont PD", DAY, STANDINGS), words
    ),
    "reminder-put-off": lambda words: reminder.put_off(
        reminder.PutOffFacts(("CPR", "TASER"), date(2027, 3, 5), DAY), words
    ),
    "reminder-nothing-later": lambda words: reminder.put_off(reminder.PutOffFacts((), None, DAY), words),
    "escalation": lambda words: escalation.escalation(
        escalation.EscalationFacts("Officer Novak", "240", STANDINGS[0], TOLD, DAY), words
    ),
    "escalation-late": lambda words: escalation.escalation(
        escalation.EscalationFacts("Officer Novak", "240", STANDINGS[2], TOLD, DAY), words
    ),
    "escalation-undated": lambda words: escalation.escalation(
        escalation.EscalationFacts("Officer Novak", "240", STANDINGS[-1], (), DAY), words
    ),
    "escalation-lost": lambda words: escalation.escalation(
        escalation.EscalationFacts("Officer Novak", "240", STANDINGS[2], (), DAY, lost=True), words
    ),
    "phone-code": lambda words: phones.phone_code(
        phones.CodeFacts(agency="Lakemont PD", code="48291736", number="+16125550100", minutes=10), words
    ),
    "phone-code-service": lambda words: phones.phone_code(
        phones.CodeFacts(agency="Lakemont PD", code="48291736", number="", minutes=10), words
    ),
    "phone-code-for": lambda words: phones.phone_code(
        phones.CodeFacts(
            agency="Lakemont PD", code="48291736", number="+16125550100", minutes=10, name="Officer Ruiz"
        ),
        words,
    ),
    "phone-code-kept": phones.phone_code_kept,
    "phone-linked": lambda words: phones.phone_linked("Lakemont PD", words),
    "code-wrong": lambda words: phones.code_wrong("Lakemont PD", words),
    "texts-stopped": phones.texts_stopped,
    "texts-used-up": lambda words: phones.texts_used_up(5000, words),
    "route-lost-opted-out": lambda words: phones.route_lost(
        phones.LostFacts("Officer Ruiz", phones.Lost.OPTED_OUT, elsewhere=True), words
    ),
    "route-lost-number": lambda words: phones.route_lost(
        phones.LostFacts("Officer Ruiz", phones.Lost.NUMBER, elsewhere=False), words
    ),
    "estimate": lambda words: estimate.estimate(
        estimated(
            estimate.ForecastFacts(12, 30, MONTHS), price=Decimal("0.0083"), source="Contract 2026-114"
        ),
        words,
    ),
    "estimate-none-linked": lambda words: estimate.estimate(estimated(NOBODY), words),
    "estimate-not-counted": estimate.not_counted,
}

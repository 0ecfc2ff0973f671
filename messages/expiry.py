"""When does it run out? Cards, licenses and qualifications with the day each one ends."""

from dataclasses import dataclass
from datetime import date, datetime

from messages import wording
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.lines import ITEM_STATES
from messages.model import Checklist, ChecklistItem, Message, Note, Paragraph
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words
from rules.standing import LineState

LABEL_ROOM = 60
SMS_CREDENTIALS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialFacts:
    """One credential held or asked for; ``expires_on`` None means that no end is on file."""

    label: str
    state: LineState
    expires_on: date | None = None
    detail: str = ""
    consequence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiryFacts:
    """The credentials asked about (``asked`` empty: all of them), on one day.

    ``within``: only what runs out from the first to the last of these days, or until the last.
    """

    name: str
    credentials: tuple[CredentialFacts, ...]
    at: datetime
    today: date
    agency: str
    asked: str = ""
    within: tuple[date | None, date] | None = None


def expiry(facts: ExpiryFacts, words: Words) -> Message:
    """Earliest end first; what is not on file says so instead of a date."""
    today = facts.today
    credentials = sorted(
        facts.credentials, key=lambda each: (each.expires_on is None, each.expires_on or date.max, each.label)
    )
    texts = [_one(each, today, words) for each in credentials]
    replies = (Reply.STATUS, Reply.DEADLINES, Reply.MENU)
    if not credentials:
        texts = [_none(facts, words)]
    clauses = [Clause(words.say("expiry-sms", name=shortened(facts.name, LABEL_ROOM), first=texts[0]))]
    first = credentials[0] if credentials else None
    if first is not None and first.consequence and first.state is not LineState.UNCHECKED:
        what = wording.phrase(shortened(first.consequence, LABEL_ROOM))
        ended = first.expires_on is not None and first.expires_on < today
        effect = words.say("consequence-overdue" if ended else "consequence-lapse", consequence=what)
        clauses.append(Clause(effect, 3))
    clauses += [Clause(text, 2) for text in texts[1:SMS_CREDENTIALS]]
    body = Checklist(
        facts.asked or _heading(facts, words), tuple(_item(each, today, words) for each in credentials)
    )
    said = words.say("expiry-provenance", agency=facts.agency, moment=wording.moment(facts.at, words))
    return Message(
        kind=MessageKind.EXPIRY,
        title=words.say("expiry-title", name=facts.name),
        body=(Paragraph(texts[0]), *((body,) if credentials else ()), Note(said)),
        sms=(*clauses, reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def _none(facts: ExpiryFacts, words: Words) -> str:
    if facts.within is None:
        return words.say("expiry-none", asked=facts.asked or words.say("expiry-credentials"))
    return words.say("expiry-none-within", days=_days(facts.within, words))


def _heading(facts: ExpiryFacts, words: Words) -> str:
    if facts.within is None:
        return words.say("expiry-heading")
    return words.say("expiry-heading-within", days=_days(facts.within, words))


def _days(within: tuple[date | None, date], words: Words) -> str:
    first, last = within
    if first is None:
        return words.say("expiry-until", day=wording.day_with_year(last, words))
    return wording.span(first, last, words)


def _one(each: CredentialFacts, today: date, words: Words) -> str:
    label = shortened(each.label, LABEL_ROOM)
    if each.expires_on is None:
        return words.say("expiry-no-date", label=label)
    return words.say(
        "expiry-ended" if each.expires_on < today else "expiry-ends",
        label=label,
        day=wording.day_with_year(each.expires_on, words),
        distance=wording.in_days(each.expires_on, today, words),
    )


def _item(each: CredentialFacts, today: date, words: Words) -> ChecklistItem:
    text = words.say("expiry-detail", label=each.label, detail=each.detail) if each.detail else each.label
    due = words.say("expiry-not-on-file")
    if each.expires_on:
        distance = wording.in_days(each.expires_on, today, words)
        due = words.say("day-distance", day=wording.day_with_year(each.expires_on, words), distance=distance)
    return ChecklistItem(
        text=text, state=ITEM_STATES[each.state], word=words.say(f"expiry-state-{each.state.value}"), due=due
    )

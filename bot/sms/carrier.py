"""How does a text get to a phone, and how is it found again? By the attempt in the address Twilio calls back, and by
what Twilio lists for the number."""

import logging
from datetime import timedelta

from bot.sms.api import TRYING_OUT, ListedText, TwilioAnswer, TwilioApi
from bot.sms.codes import Does, does
from bot.sms.events import REF
from bot.sms.render import render, segments
from db.queries import sent_before
from db.records.phones import ConsentBy
from db.unit_of_work import reading
from messages.kinds import MessageKind
from messages.words import Words
from training.accounts.accounts import Account
from training.ledger.parcels import TOO_LATE, Carrier, Fate, Found, Parcel, Trace, TryOutcome
from training.office import Office
from training.phones import phones
from training.phones.phones import TextsWord
from training.reminders import limits

log = logging.getLogger(__name__)

# Whoever has to mend an account or a sender needs a moment.
FOR_AN_OPERATOR = timedelta(seconds=60)
FULL = timedelta(seconds=30)
# What may have been sent is listed within that time, or its status has come: only then is it missed.
SETTLED = timedelta(minutes=3)
# Looked at of what was sent to a number: more than anybody is sent in a day.
LISTED = 100
USED_UP, REMINDERS_USED_UP = "used-up", "reminders-used-up"
# What was or may have been sent is billed.
SPENT = frozenset({Fate.HANDED_OVER, Fate.UNCLEAR})
# The clocks of two services are never quite the same.
EARLIER = timedelta(seconds=60)


class SmsCarrier(Carrier):
    """The way to the telephones of one account."""

    def __init__(
        self, api: TwilioApi, words: Words, office: Office, callback: str, most: int | None = None
    ) -> None:
        """``most``: the segments that an agency sends in a month."""
        self._most = most
        self._api = api
        self._words = words
        self._office = office
        self._callback = callback
        # Without an address to call back nobody says what became of a text.
        self._hears_later = bool(callback)

    def send(self, parcel: Parcel) -> TryOutcome:
        """Hand it over. Twilio keeps the pace of the sender, and asks for time where it must."""
        route = parcel.route
        with reading(self._office.engine) as conn:
            if not phones.wants_texts(conn, parcel.agency_id, route.place):
                return TryOutcome(fate=Fate.UNWANTED, error=Does.OPTED_OUT.value)
            account = Account(route.channel, route.address, route.place)
            if parcel.person_id is not None and (
                why := phones.not_theirs(
                    conn, self._office, parcel.agency_id, account, parcel.person_id, parcel.since
                )
            ):
                return TryOutcome(fate=Fate.UNWANTED, error=why)
        text = render(parcel.message, self._words)
        of_reminders = parcel.message.kind is MessageKind.REMINDER
        if of_reminders and not limits.may_be_spent(
            self._office, parcel.agency_id, segments(text), self._words
        ):
            return TryOutcome(fate=Fate.UNWANTED, error=REMINDERS_USED_UP)
        if not self._may_be_spent(parcel, text):
            if of_reminders:
                limits.give_back(self._office, parcel.agency_id, segments(text))
            return TryOutcome(fate=Fate.UNWANTED, error=USED_UP)
        sent = self._handed_over(parcel, text)
        if sent.fate not in SPENT:
            phones.give_back(self._office, parcel.agency_id, segments(text))
            if of_reminders:
                limits.give_back(self._office, parcel.agency_id, segments(text))
        return sent

    def find(self, parcel: Parcel) -> Found:
        """Look for its words among what was sent to the number since, leaving out what other attempts have sent.

        A status that came back meanwhile has ended the attempt already, and it is not looked for.
        """
        answer = self._api.sent_to(parcel.route.place, LISTED)
        if not answer.ok:
            return Found(trace=Trace.NOT_NOW, after=answer.after or FULL)
        text = render(parcel.message, self._words)
        alike = [each for each in answer.listed if _is_it(each, text, parcel)]
        # Where Twilio keeps no words (message redaction), any of these may be it.
        wordless = [each for each in answer.listed if not each.text and each.at >= parcel.since - EARLIER]
        with reading(self._office.engine) as conn:
            taken = sent_before.refs_of_others(
                conn, parcel.route.channel, [each.sid for each in (*alike, *wordless)], parcel.attempt_id
            )
        found = next((each for each in reversed(alike) if each.sid not in taken), None)
        if found is not None:
            return Found(
                trace=Trace.THERE, ref=found.sid, place=parcel.route.place, hears_later=self._hears_later
            )
        if any(each.sid not in taken for each in wordless):
            return Found(trace=Trace.CANNOT_TELL)
        if len(answer.listed) == LISTED and answer.listed[-1].at > parcel.since:
            # More than was looked at: it may be among the rest.
            return Found(trace=Trace.CANNOT_TELL)
        return Found(trace=Trace.NOT_THERE)

    def _handed_over(self, parcel: Parcel, text: str) -> TryOutcome:
        if parcel.is_too_late:
            return TOO_LATE
        route = parcel.route
        answer = self._api.send(
            to=route.place,
            sender=route.address,
            text=text,
            callback=f"{self._callback}?{REF}={parcel.attempt_id}" if self._callback else "",
        )
        if not answer.ok and not answer.doubtful and does(answer.code) is Does.OPTED_OUT:
            return self._unwanted(parcel)
        return self._sent_as(answer, route.place)

    def _sent_as(self, answer: TwilioAnswer, number: str) -> TryOutcome:
        if answer.ok:
            return TryOutcome(
                fate=Fate.HANDED_OVER, ref=answer.sid, place=number, hears_later=self._hears_later
            )
        if answer.after is not None:
            return TryOutcome(fate=Fate.NOT_NOW, error=answer.code, after=answer.after, everywhere=True)
        if answer.doubtful:
            return TryOutcome(fate=Fate.UNCLEAR, error=answer.code, after=SETTLED)
        if answer.code == TRYING_OUT:
            return TryOutcome(fate=Fate.UNWANTED, error=answer.code)
        if answer.code == "unreachable":
            return TryOutcome(fate=Fate.NOT_NOW, error=answer.code)
        return self._refused(answer.code)

    def _refused(self, code: str) -> TryOutcome:
        match does(code):
            case Does.ALARM:
                log.error("twilio-refuses-us", extra={"error": code})
                return TryOutcome(fate=Fate.NOT_NOW, error=code, after=FOR_AN_OPERATOR, everywhere=True)
            case Does.WAIT:
                return TryOutcome(fate=Fate.NOT_NOW, error=code, after=FULL, everywhere=True)
            case Does.UNCLEAR:
                return TryOutcome(fate=Fate.UNCLEAR, error=code, after=SETTLED)
            case Does.AGAIN:
                return TryOutcome(fate=Fate.NOT_NOW, error=code)
            case Does.OURS:
                log.error("text-refused", extra={"error": code})
            case _:
                log.warning("text-refused", extra={"error": code})
        return TryOutcome(fate=Fate.REFUSED, error=code)

    def _may_be_spent(self, parcel: Parcel, text: str) -> bool:
        danger = parcel.message.kind is MessageKind.EMERGENCY
        return phones.may_be_spent(
            self._office, parcel.agency_id, segments(text), self._most, self._words, in_danger=danger
        )

    def _unwanted(self, parcel: Parcel) -> TryOutcome:
        """Lost, and no error: kept as said by the carrier, for it was not said to us."""
        route = parcel.route
        word = TextsWord(
            number=route.place,
            person_id=parcel.person_id,
            how=ConsentBy.CARRIER,
            shown="",
        )
        phones.refused_by_carrier(self._office, parcel.agency_id, word, self._words)
        return TryOutcome(fate=Fate.UNWANTED, error=Does.OPTED_OUT.value)


def _is_it(listed: ListedText, text: str, parcel: Parcel) -> bool:
    # Before the texts of an account on trial Twilio puts a line of its own, which ends with a dash.
    alike = listed.text == text or listed.text.endswith(f" - {text}")
    return alike and listed.at >= parcel.since - EARLIER

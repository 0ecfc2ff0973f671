"""How does something get into Teams? To the conversation that is on file, or to one that is begun; a bot cannot look
there again, so what may have arrived stays uncertain and is said to be."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.service.pace import SendingPace
from bot.teams.api import FORBIDDEN, NOT_FOUND, UNAUTHORIZED, UNREACHABLE, TeamsAnswer, TeamsApi, TeamsPlace
from bot.teams.clouds import Connector
from bot.teams.render import DrawnActivity, render_message
from db.records.ledger import Way
from db.records.work import ChatReference
from messages.words import Words
from training.accounts import references
from training.accounts.moved import MOVED, moved_on
from training.ledger.parcels import TOO_LATE, Carrier, Fate, Found, Parcel, Trace, TryOutcome
from training.office import Office

log = logging.getLogger(__name__)

CARD = "application/vnd.microsoft.card.adaptive"
# Seven in a second and sixty in thirty seconds in one conversation:
# learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
BURST, EACH = 6, timedelta(seconds=1)
# Whoever has to mend a secret or an installation needs a moment.
FOR_AN_OPERATOR = timedelta(seconds=60)
# Why nothing goes to somebody, until Rollcall is installed for them:
# learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
NOT_INSTALLED = "not-installed"
# Microsoft gave somebody's conversation out for another's.
NOT_THEIRS = "not-theirs"
# Of the whole tenant, and over when its admin says so: no word of it comes to us, and nobody has to write first.
DISABLED = "BotDisabledByAdmin"
# The connector of the conversation is elsewhere by now.
MOVED_HOST = "InvalidBotApiHost"


class TeamsCarrier(Carrier):
    """The way into one tenant, by the connectors of its cloud and no other."""

    def __init__(self, api: TeamsApi, words: Words, office: Office, connector: Connector) -> None:
        self._api = api
        self._words = words
        self._office = office
        self._connector = connector
        self.pace = SendingPace(BURST, EACH)

    def send(self, parcel: Parcel) -> TryOutcome:
        """Put it where it belongs."""
        route = parcel.route
        if moved_on(self._office, parcel):
            return TryOutcome(fate=Fate.UNWANTED, error=MOVED)
        known = references.find(self._office, parcel.agency_id, route.channel, route.address, route.place)
        if known is not None and known.lost:
            return TryOutcome(fate=Fate.UNWANTED, error=known.lost)
        if known is not None and not self._connector.vouches_for(known.service_url):
            # Kept while the settings named a stand-in, or another cloud: no token of ours goes there.
            known = None
        if (wait := self.pace.must_wait(route.place)) is not None:
            return TryOutcome(fate=Fate.NOT_NOW, error="paced", after=wait)
        if known is None:
            begun = self._begun(parcel)
            if isinstance(begun, TryOutcome):
                return begun
            known = begun
        if parcel.is_too_late:
            return TOO_LATE
        place = TeamsPlace(known.service_url, known.conversation)
        activity = as_activity(render_message(parcel.message, self._words))
        if route.way is Way.UPDATE:
            answer = self._api.update(place, route.target, activity)
        else:
            answer = self._api.post(place, activity)
        return self._sent_as(parcel, known, answer)

    def find(self, parcel: Parcel) -> Found:
        """A bot reads no conversation: only what replaces a message may be said again without harm."""
        again = parcel.route.way is Way.UPDATE
        return Found(trace=Trace.NOT_THERE if again else Trace.CANNOT_TELL)

    def _begun(self, parcel: Parcel) -> ChatReference | TryOutcome:
        """A personal conversation with somebody who never wrote: only where Rollcall is installed for them."""
        route = parcel.route
        account = route.account or route.place
        service = references.service_of(self._office, parcel.agency_id, route.channel, route.address)
        if not self._connector.vouches_for(service):
            service = self._connector.first_service
        if not service or route.place != account or route.way is not Way.POST:
            return TryOutcome(fate=Fate.UNWANTED, error=NOT_INSTALLED)
        answer = self._api.begin(service, route.address, account)
        if answer.ok or answer.doubtful:
            # Begun twice it is the same conversation: nothing was said in it yet.
            if not answer.ref:
                return TryOutcome(fate=Fate.NOT_NOW, error=answer.error or "no-conversation")
        else:
            return self._not_sent(parcel, answer, account)
        made = ChatReference(
            channel=route.channel,
            address=route.address,
            conversation=answer.ref,
            service_url=service,
            account=account,
        )
        if not references.keep(self._office, parcel.agency_id, made):
            log.error("route-refused", extra={"channel": route.channel, "error": NOT_THEIRS})
            return TryOutcome(fate=Fate.UNWANTED, error=NOT_THEIRS)
        return made

    def _sent_as(self, parcel: Parcel, known: ChatReference, answer: TeamsAnswer) -> TryOutcome:
        route = parcel.route
        if answer.ok:
            ref = answer.ref or (route.target if route.way is Way.UPDATE else "")
            return TryOutcome(fate=Fate.HANDED_OVER, ref=ref, place=known.conversation)
        if answer.doubtful:
            return TryOutcome(fate=Fate.UNCLEAR, error=answer.error)
        gone = answer.status == NOT_FOUND or answer.error == MOVED_HOST
        if gone and route.way is Way.POST and known.account:
            # The conversation is not there any more: the next try begins it where the tenant is reached now.
            references.forget(self._office, parcel.agency_id, known)
            return TryOutcome(fate=Fate.NOT_NOW, error=answer.error)
        return self._not_sent(parcel, answer, known.account if route.way is Way.POST else "")

    def _not_sent(self, parcel: Parcel, answer: TeamsAnswer, account: str) -> TryOutcome:
        """Surely not sent. ``account``: whose own conversation it was for, where a refusal says that none is taken."""
        if answer.status == UNAUTHORIZED:
            after = max(answer.after or FOR_AN_OPERATOR, FOR_AN_OPERATOR)
            return TryOutcome(fate=Fate.NOT_NOW, error=answer.error, after=after, everywhere=True)
        if answer.after is not None:
            # Asked of one conversation or of the whole bot: Microsoft does not say which.
            self.pace.keep_quiet(answer.after)
            return TryOutcome(fate=Fate.NOT_NOW, error=answer.error, after=answer.after, everywhere=True)
        if answer.error == DISABLED:
            return TryOutcome(fate=Fate.UNWANTED, error=answer.error)
        if answer.status == FORBIDDEN and account:
            log.warning("route-lost", extra={"channel": parcel.route.channel, "error": answer.error})
            route = parcel.route
            references.lose(
                self._office, parcel.agency_id, route.channel, route.address, account, answer.error
            )
            return TryOutcome(fate=Fate.UNWANTED, error=answer.error)
        if answer.error == UNREACHABLE.error:
            return TryOutcome(fate=Fate.NOT_NOW, error=answer.error)
        return TryOutcome(fate=Fate.REFUSED, error=answer.error)


def as_activity(drawn: DrawnActivity) -> Mapping[str, Any]:
    """What is sent: the card, with what a toast says of it, or the words alone."""
    if drawn.card is None:
        return {"text": drawn.text, "textFormat": "plain", "summary": drawn.summary}
    return {
        "summary": drawn.summary,
        "attachments": [{"contentType": CARD, "content": dict(drawn.card)}],
    }

"""One message in, one message out, whatever the door: who asks, what is answered, and what is kept of it, at once.

What the message means and which conversation answers is the hearing's (``hearing.py``).
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import uuid4

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from db.files.errors import FileStoreError
from db.keys.errors import KeyStoreError
from db.queries.context import Sender
from db.records.facts import AgencyId
from db.unit_of_work import Writer, working
from handlers import files, home, outside
from handlers.hearing import Hearing
from handlers.interaction import Interaction
from handlers.notices import beside, with_openings
from handlers.routing import Answered, Asked, Router
from handlers.table import ROUTER
from messages import trouble
from messages.model import Message
from messages.plain import plain_text
from messages.trouble import Outside
from messages.words import Words
from reading.text.model import Understood
from reading.text.purposes import stated
from rules.errors import PackError, UnknownPackError
from training.asking import Exchange, OvertakenError, Question, asking, settle
from training.errors import place_of
from training.ledger.turns import answered_by
from training.office import Office
from training.openings import unseen
from training.reminders.answers import heard

logger = logging.getLogger(__name__)

# Two who do the same thing at once are rare, and three are not in one agency.
OVERTAKEN_TRIES = 3
# What is said to the asker as a failure of ours; anything else is a mistake in the code.
WENT_WRONG = (SQLAlchemyError, KeyStoreError, FileStoreError, OvertakenError, PackError, UnknownPackError)


@dataclass(frozen=True, slots=True)
class Replied:
    """What is said back. ``person_id`` is None for a stranger; ``decided``: the answer did something to the record."""

    message: Message
    person_id: int | None = None
    decided: bool = False


Then = Callable[[Connection, Replied], None]


def _exchange(interaction: Interaction, answered: Answered) -> Exchange:
    """What was typed, pressed or entered, as it came; and the words of the answer."""
    return Exchange(
        kind=answered.message.kind.value,
        asked=interaction.as_kept(),
        answered=plain_text(answered.kept or answered.message, interaction.channel),
        files=tuple(files.given(each) for each in interaction.files if not each.away),
    )


HomeCard = Callable[[Question, Asked], Message | None]


class FrontDesk:
    """The same conversation behind every door. ``router`` and ``home_card`` are what it answers with."""

    def __init__(
        self,
        office: Office,
        words: Words,
        *,
        router: Router = ROUTER,
        home_card: HomeCard = home.own_home,
    ) -> None:
        self._office = office
        self._words = words
        self._hearing = Hearing(words, router)
        self._home_card = home_card

    def answer(self, interaction: Interaction, agency_name: str) -> Message:
        """The answer, after what follows from it is written. What goes wrong is said, never shown."""
        try:
            return self.reply(interaction, agency_name).message
        except WENT_WRONG as error:
            return self.broken(error)

    def reply(self, interaction: Interaction, agency_name: str, then: Then | None = None) -> Replied:
        """The same for a door that keeps what came in until it is answered: what goes wrong is raised.

        ``then`` is given the connection and the reply, and adds what the door has to keep, in the same transaction.
        """
        for _ in range(OVERTAKEN_TRIES):
            try:
                return self._replied(interaction, agency_name, then)
            except OvertakenError:
                # Nothing was written, and what the answer rested on is read again.
                continue
        return self._replied(interaction, agency_name, then)

    def _replied(self, interaction: Interaction, agency_name: str, then: Then | None) -> Replied:
        with asking(
            self._office,
            interaction.agency_id,
            interaction.sender,
            interaction.channel,
            interaction.place,
            interaction.back,
        ) as question:
            why = (
                interaction.stranger
                if question is None
                else outside.why_not(question, serving_only=interaction.serving_only)
            )
            if question is None or why is not None:
                return self._reply_outside(interaction, agency_name, then, why or Outside.UNKNOWN)
            said = stated(interaction.text)
            question = question.stating(said.purpose)  # noqa: PLW2901 the same question, whole
            answered = self._hearing.answer(question, interaction, said.question)
            message, shown = beside(question, answered.message, self._words)
        outcome = answered.outcome
        reply = Replied(
            message,
            person_id=question.asker.person_id,
            decided=outcome.decides and (bool(outcome.facts) or outcome.does is not None),
        )
        outcome = replace(outcome, facts=(*outcome.facts, *shown))

        def follow(writer: Writer) -> None:
            # Whatever somebody says after a reminder, wherever, is an answer to it.
            if question.asker.reminded and self._office.asked_at is None:
                heard(writer, answered_by(writer, question.asker.person_id))
            if then is not None:
                then(writer.conn, reply)

        settle(self._office, question, outcome, _exchange(interaction, answered), follow)
        return reply

    def _reply_outside(
        self, interaction: Interaction, agency_name: str, then: Then | None, why: Outside
    ) -> Replied:
        """To a stranger, and to whoever has left: nothing about anybody, and no entry about anybody."""
        today = self._office.clock.now().date()
        reply = Replied(
            outside.said_to(why, interaction.text, interaction.channel, agency_name, today, self._words)
        )
        if then is not None:
            with working(self._office.engine) as conn:
                then(conn, reply)
        return reply

    def home(
        self, agency_id: AgencyId, sender: Sender, channel: str, *, serving_only: bool = False
    ) -> Message | None:
        """The sender's own dashboard for beside the talk; nobody asked, so nothing is written. None for a stranger."""
        try:
            with asking(self._office, agency_id, sender, channel) as question:
                if question is None:
                    return None
                why = outside.why_not(question, serving_only=serving_only)
                if why is not None:
                    return outside.card(why, question, self._words)
                card = self._home_card(question, Asked("", Understood(intent="status_overall"), self._words))
                return None if card is None else with_openings(card, len(unseen(question)), self._words)
        except WENT_WRONG as error:
            return self.broken(error)

    def broken(self, error: Exception, reference: str = "") -> Message:
        """What a person is told of a failure of ours, with what to name it by."""
        reference = reference or uuid4().hex[:8]
        # No trace: a terminal shows it to the person who asked, and it may hold what somebody wrote.
        kind = type(error).__name__
        facts = {"reference": reference, "error": kind, "place": place_of(error)}
        logger.error("no-answer: reference %s, %s", reference, kind, extra=facts)
        whom = self._words.say("coordinator-unnamed")
        return trouble.broken(trouble.BrokenFacts(reference=reference, coordinator=whom), self._words)

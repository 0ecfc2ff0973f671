"""One message in, one message out, whatever the door: who asks, what was meant, who may, the answer, the entry."""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from db.files.errors import FileStoreError
from db.keys.errors import KeyStoreError
from db.queries.context import Sender
from db.records import ledger
from db.records.facts import AgencyId, Role, SetAside
from db.unit_of_work import working
from handlers import (
    about,
    certificates,
    content,
    files,
    going_on,
    home,
    moments,
    outside,
    team,
)
from handlers.badges import MAY_BE_A_BADGE, badge_meant
from handlers.notices import beside, with_openings
from handlers.routing import (
    Answered,
    Asked,
    Route,
    Router,
    SentFile,
    answers_tickets,
    coordinates,
    custodial,
)
from handlers.status import coordinator, finish
from handlers.table import ROUTER, by_name
from handlers.typed import suggestion, typed_words
from messages import access as say_access
from messages import trouble
from messages.model import Message
from messages.plain import plain_text
from messages.trouble import OutOfScope, Outside
from messages.words import Words
from reading.text.model import Context as TextContext
from reading.text.model import Slot, Understood
from reading.text.purposes import stated
from reading.text.understand import understand
from rules.errors import PackError, UnknownPackError
from training.asking import Exchange, NothingOnFileError, Outcome, OvertakenError, Question, asking, settle
from training.errors import place_of
from training.going_on import elsewhere, taken_over
from training.office import Office
from training.openings import unseen
from training.people import named, names_in_view
from training.permissions import asks_about_others

logger = logging.getLogger(__name__)

# Which role reads a text as whose: an approval is rarely an officer's word. Never a permission.
READ_AS = (
    (Role.COORDINATOR, "coordinator"),
    (Role.COMMAND, "command"),
    (Role.SUPERVISOR, "supervisor"),
)
CLEAR_ENOUGH = 0.5
# A pressed button as it is kept.
PRESSED = re.compile(r"\[(?P<route>[a-z-]+) ?(?P<value>[^\]]*)\]")
# Two who do the same thing at once are rare, and three are not in one agency.
OVERTAKEN_TRIES = 3
# What is said to the asker as a failure of ours; anything else is a mistake in the code.
WENT_WRONG = (SQLAlchemyError, KeyStoreError, FileStoreError, OvertakenError, PackError, UnknownPackError)
# Routes that answer from the asker's own record: with somebody's name in the question they must not.
ABOUT_ONESELF = frozenset(
    {
        "status",
        "status-topic",
        "missing",
        "picture",
        "hours",
        "expiry",
        "next-deadline",
        "deadlines",
        "why",
        "list",
        "what-if",
        "person",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """What a door hands over: the agency it opens on, who came through, and what they typed, pressed or sent."""

    agency_id: AgencyId
    sender: Sender
    channel: str
    place: str = ""  # where on the channel, when it has several conversations
    back: ledger.Route | None = None  # where an answer goes that comes later
    text: str = ""
    action: str = ""  # the route of a pressed button or a form
    value: str = ""
    form: Mapping[str, tuple[str, ...]] | None = None  # what was entered, by the name of the field
    files: tuple[SentFile, ...] = ()
    stranger: Outside = Outside.UNKNOWN  # what is said when the sender is nobody here
    # The agency's own chat tools are for whoever is with it; who has left keeps their record, and asks elsewhere.
    serving_only: bool = False
    # More than anybody reads an answer to: it is kept, and nothing is looked up for it.
    hasty: bool = False
    # A place that nobody else is at later: what was asked elsewhere may be gone on with here.
    private: bool = True
    # A door that takes files and nothing else: words are what the files are, and ask for nothing by themselves.
    for_files: bool = False


@dataclass(frozen=True, slots=True)
class Replied:
    """What is said back. ``person_id`` is None for a stranger; ``decided``: the answer did something to the record."""

    message: Message
    person_id: int | None = None
    decided: bool = False


Then = Callable[[Connection, Replied], None]


def _exchange(interaction: Interaction, answered: Answered) -> Exchange:
    """What was typed, pressed or entered, as it came; and the words of the answer."""
    pressed = f"[{interaction.action} {interaction.value}".rstrip() + "]" if interaction.action else ""
    entered = [f"{name}: {', '.join(values)}" for name, values in (interaction.form or {}).items()]
    return Exchange(
        asked="\n".join(each for each in (pressed, interaction.text, *entered) if each),
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
        self._router = router
        self._home_card = home_card
        self._by_name = by_name(router)
        self._typed = typed_words(words, self._by_name)

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
            answered = self._answered(question, interaction, said.question)
            message, shown = beside(question, answered.message, self._words)
        outcome = answered.outcome
        reply = Replied(
            message,
            person_id=question.asker.person_id,
            decided=outcome.decides and (bool(outcome.facts) or outcome.does is not None),
        )
        outcome = replace(outcome, facts=(*outcome.facts, *shown))
        settle(
            self._office,
            question,
            outcome,
            _exchange(interaction, answered),
            None if then is None else lambda writer: then(writer.conn, reply),
        )
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

    def _answered(self, question: Question, interaction: Interaction, text: str) -> Answered:
        """``text`` is what was typed, without the matter that was stated with it."""
        entered = [entry for entries in (interaction.form or {}).values() for entry in entries]
        spill = content.spill_in(interaction.text, entered, interaction.files)
        if spill is not None:
            return self._spilled(question, interaction, spill)
        if interaction.files or interaction.hasty or interaction.for_files:
            return self._sent(question, interaction)
        if interaction.action:
            return self._pressed(question, interaction)
        understood = self._understood(question, interaction, text)
        asked = Asked(understood.rest or text, understood, self._words)
        if understood.slots.get("emergency") or (
            question.purpose
            and self._understood(question, interaction, interaction.text).slots.get("emergency")
        ):
            return about.emergency(question, asked)
        certificate = certificates.continued(question, replace(asked, text=text))
        if certificate is not None:
            return certificate
        route = self._route(question, asked)
        if route is not None and route.name == going_on.NAME:
            return self._gone_on(question, interaction, asked)
        return self._asked(question, asked, route)

    def _gone_on(self, question: Question, interaction: Interaction, asked: Asked) -> Answered:
        """What was asked elsewhere, asked again here: by the same way, so with whatever is checked on it."""
        if not interaction.private:
            return going_on.not_here(question, asked)
        found = elsewhere(question)
        if found is None:
            return going_on.nothing(question, asked)
        said = stated(found.words)
        question = taken_over(question, found).stating(said.purpose)
        again, route = self._once_more(question, interaction, said.question)
        if route is None or route.name not in going_on.SHOWS:
            return going_on.taken(question, asked, found)
        if route.name == going_on.MORE:
            question = taken_over(question, found, turned_back=True)
        return going_on.asked_again(question, asked, found, self._asked(question, again, route))

    def _once_more(
        self, question: Question, interaction: Interaction, text: str
    ) -> tuple[Asked, Route | None]:
        """Words that were typed, or a button as its kept line says it; and who answers."""
        pressed = PRESSED.fullmatch(text)
        if pressed is not None and pressed["route"] in self._by_name:
            asked = Asked("", Understood(intent="help"), self._words, pressed["value"])
            return asked, self._by_name[pressed["route"]]
        understood = self._understood(question, interaction, text)
        asked = Asked(understood.rest or text, understood, self._words)
        return asked, None if understood.slots.get("emergency") else self._route(question, asked)

    def _asked(self, question: Question, asked: Asked, route: Route | None) -> Answered:
        """The answer of a route, at the moment that is meant."""
        if route is None or route.name in MAY_BE_A_BADGE:
            badge = badge_meant(question, asked.text) or moments.person_before(question, asked)
            if badge:
                route, asked = self._by_name["person"], replace(asked, value=badge)
        elif route.name == "person" and (badge := moments.person_before(question, asked)):
            asked = replace(asked, value=badge)
        if moments.is_about_now_only(question, asked, route):
            return moments.about_now_only(question, asked)
        moment = moments.meant(question, asked, route)
        if moment is None:
            return moments.unread(question, asked)
        question = replace(question, moment=moment)
        return self._at_its_moment(question, asked, lambda asked: self._routed(question, asked, route))

    def _at_its_moment(
        self, question: Question, asked: Asked, answer: Callable[[Asked], Answered]
    ) -> Answered:
        if question.day != question.today:
            asked = replace(asked, words=asked.words.about(question.day))
        try:
            return moments.at_its_moment(question, asked, answer(asked))
        except NothingOnFileError:
            return moments.nothing_on_file(question, asked)

    def _routed(self, question: Question, asked: Asked, route: Route | None) -> Answered:
        if route is None:
            return self._not_understood(question, asked)
        if not route.may_use(question):
            return self._not_theirs(question, asked, route)
        return route.handle(question, asked)

    def _understood(self, question: Question, interaction: Interaction, text: str) -> Understood:
        return understand(
            text,
            channel=interaction.channel,
            role=_reads_as(question),
            today=question.today,
            context=_context(question.remembered()),
            surnames=names_in_view(question) if asks_about_others(question) else (),
        )

    def _route(self, question: Question, asked: Asked) -> Route | None:
        """Who answers; nobody when it is not clear what was meant."""
        typed = self._typed.get(" ".join(asked.text.casefold().split()).strip(".!?"))
        if typed is not None:
            return typed
        understood = asked.understood
        route = self._router.route(understood)
        clear = understood.command is not None or understood.confidence >= CLEAR_ENOUGH
        if route is None or not clear:
            return None
        name = understood.slots.get("person")
        if not isinstance(name, str) or not name or route.name not in ABOUT_ONESELF:
            return route
        found = named(question, name).found
        if len(asked.text.split()) == 1 and not found:
            # One word that is no name the asker may ask about: the same for a slip of the hand and for a stranger.
            return None
        own = [each.person_id for each in found] == [question.asker.person_id]
        return route if own else self._by_name["person"]

    def _sent(self, question: Question, interaction: Interaction) -> Answered:
        """A file, or one of too many: answered before its words mean anything, unless somebody is in danger."""
        understood = understand(
            interaction.text, channel=interaction.channel, role=_reads_as(question), today=question.today
        )
        asked = Asked(interaction.text, understood, self._words, files=interaction.files)
        if understood.slots.get("emergency"):
            return about.emergency(question, asked)
        return about.slow_down(question, asked) if interaction.hasty else certificates.sent(question, asked)

    def _spilled(self, question: Question, interaction: Interaction, spill: SetAside) -> Answered:
        """Set aside before the words mean anything, unless somebody is in danger: then help is named first."""
        understood = understand(
            interaction.text, channel=interaction.channel, role=_reads_as(question), today=question.today
        )
        asked = Asked("", understood, self._words)
        if understood.slots.get("emergency"):
            answered = about.emergency(question, asked)
            return replace(answered, outcome=replace(answered.outcome, spilled=spill))
        return content.spilled(question, asked, spill)

    def _pressed(self, question: Question, interaction: Interaction) -> Answered:
        route = self._by_name.get(interaction.action)
        asked = Asked("", Understood(intent="help"), self._words, interaction.value, interaction.form)
        if route is None:
            return self._not_understood(question, asked)
        if not route.may_use(question):
            return self._not_theirs(question, asked, route)
        question = replace(question, moment=moments.pressed(question, route))
        return self._at_its_moment(question, asked, lambda asked: route.handle(question, asked))

    def _not_theirs(self, question: Question, asked: Asked, route: Route) -> Answered:
        """Something that this person may not ask for."""
        if route.may_use in (coordinates, answers_tickets):
            facts = say_access.NotAllowedFacts(coordinator(question, asked))
            return finish(say_access.not_allowed(facts, self._words), Outcome(kind=""))
        # Nobody else learns that there is such a thing at all.
        return self._not_understood(question, asked) if custodial(route) else team.refuse(question, asked)

    def _not_understood(self, question: Question, asked: Asked) -> Answered:
        if asked.understood.intent == "out_of_scope" and asked.understood.confidence >= CLEAR_ENOUGH:
            abuse = bool(asked.slot("abuse"))
            facts = trouble.OutOfScopeFacts(
                OutOfScope.ABUSE if abuse else OutOfScope.OTHER, coordinator(question, asked)
            )
            return finish(trouble.out_of_scope(facts, self._words), Outcome(kind=""))
        before = question.remembered().get("failures")
        failures = before + 1 if isinstance(before, int) else 1
        message = trouble.not_understood(
            trouble.NotUnderstoodFacts(
                coordinator=coordinator(question, asked),
                failures=failures,
                suggestion=suggestion(asked.text),
            ),
            self._words,
        )
        return finish(message, Outcome(kind=""), failures=failures)


def _reads_as(question: Question) -> str:
    for role, name in READ_AS:
        if question.has(role):
            return name
    return "officer"


def _context(remembered: Mapping[str, Any]) -> TextContext | None:
    intent = remembered.get("intent")
    if not isinstance(intent, str):
        return None
    slots: dict[str, Slot] = {}
    topics = remembered.get("topic")
    if isinstance(topics, list) and topics:
        slots["topic"] = str(topics[0]) if len(topics) == 1 else tuple(str(topic) for topic in topics)
    if isinstance(remembered.get("hours"), str):
        slots["hours"] = Decimal(str(remembered["hours"]))
    if isinstance(remembered.get("date"), str):
        slots["date"] = date.fromisoformat(str(remembered["date"]))
    return TextContext(intent=intent, slots=slots)

"""One message in, one message out, whatever the door: who asks, what was meant, who may, the answer, the entry."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from db.keys.errors import KeyStoreError
from db.queries.context import Sender
from db.records.facts import AgencyId, Role, SetAside
from db.unit_of_work import working
from handlers import (
    about,
    access,
    completeness,
    content,
    deadlines,
    duplicates,
    explain,
    figures,
    files,
    history,
    home,
    intake,
    later,
    lateral,
    log,
    moments,
    openings,
    phone,
    picture,
    record,
    releases,
    status,
    team,
    what_if,
)
from handlers.routing import Answered, Asked, Route, Router, SentFile, coordinates, custodial, everyone
from handlers.status import coordinator, finish
from messages import about as say_about
from messages import access as say_access
from messages import openings as say_openings
from messages import trouble
from messages.kinds import MessageKind
from messages.model import Message
from messages.plain import plain_text
from messages.replies import Reply
from messages.trouble import OutOfScope
from messages.words import Words
from reading.text.model import Context as TextContext
from reading.text.model import Slot, Understood
from reading.text.purposes import stated
from reading.text.understand import nearest, understand
from rules.errors import PackError, UnknownPackError
from training.asking import Exchange, NothingOnFileError, Outcome, Question, asking, settle
from training.errors import place_of
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
# What is said to the asker as a failure of ours; anything else is a mistake in the code.
WENT_WRONG = (SQLAlchemyError, KeyStoreError, PackError, UnknownPackError)
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
# What a bare number is taken for unless it is somebody's badge.
MAY_BE_A_BADGE = frozenset({"later-request"})
BESIDE_A_BADGE = frozenset(
    {
        "how",
        "hows",
        "how's",
        "is",
        "badge",
        "number",
        "status",
        "of",
        "officer",
        "ofc",
        "good",
        "ok",
        "doing",
        "up",
    }
)
PAGES = {
    "missing": status.more_missing,
    "list": explain.next_page,
    "history": history.next_page,
    "team": team.next_page,
    "who-saw": access.next_page,
    "content-list": content.next_page,
    "duplicates": duplicates.next_page,
    "completeness": completeness.next_page,
    "intakes": lateral.next_page,
    "log": log.next_page,
    "releases": releases.next_page,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """What a door hands over: the agency it opens on, who came through, and what they typed, pressed or sent."""

    agency_id: AgencyId
    sender: Sender
    channel: str
    place: str = ""  # where on the channel, when it has several conversations
    text: str = ""
    action: str = ""  # the route of a pressed button or a form
    value: str = ""
    form: Mapping[str, tuple[str, ...]] | None = None  # what was entered, by the name of the field
    files: tuple[SentFile, ...] = ()
    # The agency's own chat tools are for whoever is with it; who has left keeps their record, and asks elsewhere.
    serving_only: bool = False


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
        files=tuple(files.given(each) for each in interaction.files),
    )


def more(question: Question, asked: Asked) -> Answered:
    """The next page of whatever was shown last; after a status, what its short form had no room for."""
    page = PAGES.get(str(question.remembered().get("pages_of")))
    return page(question, asked) if page is not None else status.more_missing(question, asked)


def menu(question: Question, asked: Asked) -> Answered:
    """The few words that do most, for this person."""
    facts = say_about.MenuFacts(ROUTER.menu_for(question), question.name)
    return finish(say_about.menu(facts, asked.words), Outcome(kind=""))


def help_text(question: Question, asked: Asked) -> Answered:
    """Everything this person may ask."""
    if "ai" in asked.text.lower().split():
        return finish(say_about.help_ai(asked.words), Outcome(kind=""))
    facts = say_about.MenuFacts(ROUTER.menu_for(question), question.name)
    return finish(say_about.help_text(facts, asked.words), Outcome(kind=""))


ROUTER = Router(
    (
        *status.ROUTES,
        *picture.ROUTES,
        *deadlines.ROUTES,
        *explain.ROUTES,
        *history.ROUTES,
        *record.ROUTES,
        *what_if.ROUTES,
        *team.ROUTES,
        *figures.ROUTES,
        *access.ROUTES,
        *content.ROUTES,
        *duplicates.ROUTES,
        *completeness.ROUTES,
        *intake.ROUTES,
        *lateral.ROUTES,
        *releases.ROUTES,
        *openings.ROUTES,
        *log.ROUTES,
        *about.ROUTES,
        *later.ROUTES,
        *phone.ROUTES,
        Route(name="more", handle=more, may_use=everyone, commands=("more",)),
        Route(name="menu", handle=menu, may_use=everyone, commands=("menu",)),
        Route(name="help", handle=help_text, may_use=everyone, intents=("help",)),
    )
)


def _by_name(router: Router) -> Mapping[str, Route]:
    """Every route by the word a button carries."""
    next_course = router.route(Understood(intent="course_search", command="next"))
    return {route.name: route for route in router.routes} | (
        {} if next_course is None else {Reply.NEXT.value: next_course}
    )


BY_NAME = _by_name(ROUTER)
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
        self._by_name = _by_name(router)
        self._typed = _typed_words(words, self._by_name)

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
        with asking(
            self._office,
            interaction.agency_id,
            interaction.sender,
            interaction.channel,
            interaction.place,
        ) as question:
            if question is None or (interaction.serving_only and not question.serves):
                return self._reply_outside(interaction, agency_name, then, left=question is not None)
            said = stated(interaction.text)
            question = question.stating(said.purpose)  # noqa: PLW2901 the same question, whole
            answered = self._answered(question, interaction, said.question)
            waiting = len(unseen(question))
        outcome = answered.outcome
        reply = Replied(
            self._noticed(answered.message, waiting),
            person_id=question.asker.person_id,
            decided=bool(outcome.facts) or outcome.does is not None,
        )
        settle(
            self._office,
            question,
            outcome,
            _exchange(interaction, answered),
            None if then is None else lambda writer: then(writer.conn, reply),
        )
        return reply

    def _reply_outside(
        self, interaction: Interaction, agency_name: str, then: Then | None, *, left: bool
    ) -> Replied:
        """To a stranger, and to whoever has left: nothing about anybody, and no entry about anybody."""
        reply = Replied(self._to_a_stranger(interaction, agency_name, left=left))
        if then is not None:
            with working(self._office.engine) as conn:
                then(conn, reply)
        return reply

    def home(self, agency_id: AgencyId, sender: Sender, channel: str) -> Message | None:
        """The sender's own dashboard for beside the talk; nobody asked, so nothing is written.

        None for a stranger, and for whoever has left.
        """
        try:
            with asking(self._office, agency_id, sender, channel) as question:
                if question is None or not question.serves:
                    return None
                card = self._home_card(question, Asked("", Understood(intent="status_overall"), self._words))
                return None if card is None else self._noticed(card, len(unseen(question)))
        except WENT_WRONG as error:
            return self.broken(error)

    def _noticed(self, message: Message, waiting: int) -> Message:
        """Until a custodian has signed, every answer to them says that records were opened; the list itself does."""
        if not waiting or message.kind is MessageKind.OPENINGS:
            return message
        return say_openings.with_notice(message, waiting, self._words)

    def broken(self, error: Exception, reference: str = "") -> Message:
        """What a person is told of a failure of ours, with what to name it by."""
        reference = reference or uuid4().hex[:8]
        # No trace: a terminal shows it to the person who asked, and it may hold what somebody wrote.
        kind = type(error).__name__
        facts = {"reference": reference, "error": kind, "place": place_of(error)}
        logger.error("no-answer: reference %s, %s", reference, kind, extra=facts)
        whom = self._words.say("coordinator-unnamed")
        return trouble.broken(trouble.BrokenFacts(reference=reference, coordinator=whom), self._words)

    def _to_a_stranger(self, interaction: Interaction, agency_name: str, *, left: bool) -> Message:
        """Nothing about anybody; but danger is answered before anyone asks who it is."""
        today = self._office.clock.now().date()
        understood = understand(interaction.text, channel=interaction.channel, role="officer", today=today)
        if understood.slots.get("emergency"):
            return trouble.emergency(trouble.EmergencyFacts(), self._words)
        facts = trouble.UnknownSenderFacts(agency_name)
        return (trouble.access_ended if left else trouble.unknown_sender)(facts, self._words)

    def _answered(self, question: Question, interaction: Interaction, text: str) -> Answered:
        """``text`` is what was typed, without the matter that was stated with it."""
        entered = [entry for entries in (interaction.form or {}).values() for entry in entries]
        spill = content.spill_in(interaction.text, entered, interaction.files)
        if spill is not None:
            return self._spilled(question, interaction, spill)
        if interaction.files:
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
        route = self._route(question, asked)
        if route is None or route.name in MAY_BE_A_BADGE:
            badge = _badge_meant(question, asked.text) or moments.person_before(question, asked)
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
        """A file is answered before the words beside it mean anything, unless somebody is in danger."""
        understood = understand(
            interaction.text, channel=interaction.channel, role=_reads_as(question), today=question.today
        )
        asked = Asked(interaction.text, understood, self._words, files=interaction.files)
        if understood.slots.get("emergency"):
            return about.emergency(question, asked)
        return files.not_taken(question, asked)

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
        if route.may_use is coordinates:
            facts = say_access.NotAllowedFacts(coordinator(question, asked))
            return finish(say_access.not_allowed(facts, self._words), Outcome(kind=""))
        # Nobody else learns that there is such a thing at all.
        return self._not_understood(question, asked) if custodial(route) else team.refuse(question, asked)

    def _not_understood(self, question: Question, asked: Asked) -> Answered:
        if asked.understood.intent == "out_of_scope" and asked.understood.confidence >= CLEAR_ENOUGH:
            facts = trouble.OutOfScopeFacts(OutOfScope.OTHER)
            return finish(trouble.out_of_scope(facts, self._words), Outcome(kind=""))
        before = question.remembered().get("failures")
        failures = before + 1 if isinstance(before, int) else 1
        message = trouble.not_understood(
            trouble.NotUnderstoodFacts(
                coordinator=coordinator(question, asked),
                failures=failures,
                suggestion=_suggestion(asked.text),
            ),
            self._words,
        )
        return finish(message, Outcome(kind=""), failures=failures)


def _badge_meant(question: Question, text: str) -> str:
    """A short question with the badge of somebody the asker may see; a number alone decides nothing else."""
    words = text.strip(" ?!.").split()
    numbers = [word for word in words if word.isdecimal()]
    others = {word.casefold().strip("'") for word in words if not word.isdecimal()}
    if not asks_about_others(question) or len(numbers) != 1 or not others or not others <= BESIDE_A_BADGE:
        return ""
    return numbers[0] if named(question, numbers[0]).found else ""


def _typed_words(words: Words, by_name: Mapping[str, Route]) -> dict[str, Route]:
    """The words that answers tell people to type, in whatever language they are."""
    typed = {words.say(f"reply-{reply.value}-typed"): reply.value for reply in Reply}
    typed |= {words.say(f"menu-{name}-typed"): name for name in say_about.MENU_ROUTES}
    return {text.casefold(): by_name[name] for text, name in typed.items() if name in by_name}


def _suggestion(text: str) -> Reply | None:
    found = nearest(text)
    return Reply(found) if found in {reply.value for reply in Reply} else None


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

"""What was meant, and which conversation answers? A message is heard in one order; the first that can answer does.

Knows no transaction and writes nothing: what follows from an answer is in its outcome.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from db.records.facts import Role, SetAside
from handlers import (
    about,
    approvals,
    certificates,
    certificates_sent,
    content,
    going_on,
    moments,
    open_questions,
    requests,
    team,
)
from handlers.badges import MAY_BE_A_BADGE, badge_meant
from handlers.interaction import Interaction, press_in
from handlers.routing import Answered, Asked, Refusal, Route, Router
from handlers.status import coordinator, finish, keeper
from handlers.table import by_name
from handlers.typed import suggestion, typed_words
from messages import access as say_access
from messages import trouble
from messages.trouble import OutOfScope
from messages.words import Words
from reading.text.model import Slot, TextContext, Understood
from reading.text.purposes import stated
from reading.text.understand import understand
from training.asking import NothingOnFileError, Outcome, Question
from training.going_on import elsewhere, taken_over
from training.people import named, names_in_view
from training.permissions import asks_about_others

# Which role reads a text as whose: an approval is rarely an officer's word. Never a permission.
READ_AS = (
    (Role.COORDINATOR, "coordinator"),
    (Role.COMMAND, "command"),
    (Role.SUPERVISOR, "supervisor"),
)
CLEAR_ENOUGH = 0.5
# What a button or a form carries is no text, and means nothing but itself.
NO_TEXT = Understood(intent="help")


@dataclass(frozen=True)
class Heard:
    """One message of one person. ``text`` is what was typed, without the matter that was stated with it."""

    question: Question
    interaction: Interaction
    text: str
    words: Words

    @cached_property
    def understood(self) -> Understood:
        return meaning(self.question, self.interaction.channel, self.text)

    @cached_property
    def asked(self) -> Asked:
        return Asked(self.understood.rest or self.text, self.understood, self.words)

    @cached_property
    def spill(self) -> SetAside | None:
        """What must not be here, in what was typed, entered or sent."""
        entered = [entry for entries in (self.interaction.form or {}).values() for entry in entries]
        return content.spill_in(self.interaction.text, entered, self.interaction.files)

    @cached_property
    def danger(self) -> Understood | None:
        """What was typed, when it says that somebody is in danger; looked for in the matter as well."""
        whole = self.interaction.text
        if self.text and self.understood.slots.get("emergency"):
            return self.understood
        if whole == self.text or not whole:
            return None
        found = meaning(self.question, self.interaction.channel, whole)
        return found if found.slots.get("emergency") else None


class Hearing:
    """Whatever can be heard, with the routes of one table."""

    def __init__(self, words: Words, router: Router) -> None:
        self._words = words
        self._router = router
        self._by_name = by_name(router)
        self._typed = typed_words(words, self._by_name)
        # A life first; then what must not lie here, before its words mean anything; then what is no text.
        self._order: tuple[Callable[[Heard], Answered | None], ...] = (
            self._danger,
            self._spill,
            self._sent,
            self._pressed,
            self._certificate_in_hand,
            self._request_in_hand,
            self._yes_in_passing,
            self._question_open,
        )

    def answer(self, question: Question, interaction: Interaction, text: str) -> Answered:
        """The answer to one message; ``text`` is what was typed, without the matter that was stated with it."""
        heard = Heard(question, interaction, text, self._words)
        for hear in self._order:
            answered = hear(heard)
            if answered is not None:
                return answered
        route = self._route(question, heard.asked)
        if route is not None and route.name == going_on.NAME:
            return self._gone_on(heard)
        return self._asked(question, heard.asked, route)

    def _danger(self, heard: Heard) -> Answered | None:
        if heard.danger is None:
            return None
        answered = about.emergency(heard.question, Asked(heard.text, heard.danger, self._words))
        return replace(answered, outcome=replace(answered.outcome, spilled=heard.spill))

    def _spill(self, heard: Heard) -> Answered | None:
        if heard.spill is None:
            return None
        return content.spilled(heard.question, Asked("", NO_TEXT, self._words), heard.spill)

    def _sent(self, heard: Heard) -> Answered | None:
        """A file, or one message of too many."""
        interaction = heard.interaction
        asked = Asked(interaction.text, NO_TEXT, self._words, files=interaction.files)
        if interaction.hasty:
            return about.slow_down(heard.question, asked)
        takes = interaction.files or interaction.for_files
        return certificates_sent.sent(heard.question, asked) if takes else None

    def _pressed(self, heard: Heard) -> Answered | None:
        interaction, question = heard.interaction, heard.question
        if not interaction.action:
            return None
        asked = Asked("", NO_TEXT, self._words, interaction.value, interaction.form)
        route = self._by_name.get(interaction.action)
        if route is None or not route.may_use(question):
            return self._refused(question, asked, route)
        question = replace(question, moment=moments.pressed(question, route))
        return self._at_its_moment(question, asked, lambda asked: route.handle(question, asked))

    def _certificate_in_hand(self, heard: Heard) -> Answered | None:
        """While a certificate waits for its sender's word, words may be about it."""
        return certificates.continued(heard.question, replace(heard.asked, text=heard.text))

    def _request_in_hand(self, heard: Heard) -> Answered | None:
        """While a request waits for words of its asker's, words may be those."""
        return requests.continued(heard.question, replace(heard.asked, text=heard.text))

    def _yes_in_passing(self, heard: Heard) -> Answered | None:
        """What sounds like an approval of the card before somebody, and decides nothing."""
        return approvals.near_a_card(heard.question, replace(heard.asked, text=heard.text))

    def _question_open(self, heard: Heard) -> Answered | None:
        """Words that mean nothing by themselves while somebody waits for their sender's answer."""
        return open_questions.unclear(heard.question, replace(heard.asked, text=heard.text))

    def _gone_on(self, heard: Heard) -> Answered:
        """What was asked elsewhere, asked again here: by the same way, so with whatever is checked on it."""
        question, asked = heard.question, heard.asked
        if not heard.interaction.private:
            return going_on.not_here(question, asked)
        found = elsewhere(question)
        if found is None:
            return going_on.nothing(question, asked)
        said = stated(found.words)
        question = taken_over(question, found).stating(said.purpose)
        again, route = self._once_more(question, heard.interaction.channel, said.question)
        if route is None or not route.shows:
            return going_on.taken(question, asked, found)
        if route.name == going_on.MORE:
            question = taken_over(question, found, turned_back=True)
        return going_on.asked_again(question, asked, found, self._asked(question, again, route))

    def _once_more(self, question: Question, channel: str, text: str) -> tuple[Asked, Route | None]:
        """Words that were typed, or a button as its kept line says it; and who answers."""
        name, value = press_in(text)
        if name in self._by_name:
            return Asked("", NO_TEXT, self._words, value), self._by_name[name]
        understood = meaning(question, channel, text)
        asked = Asked(understood.rest or text, understood, self._words)
        return asked, None if understood.slots.get("emergency") else self._route(question, asked)

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
        if not isinstance(name, str) or not name or not route.own_record:
            return route
        found = named(question, name).found
        if len(asked.text.split()) == 1 and not found:
            # One word that is no name the asker may ask about: the same for a slip of the hand and for a stranger.
            return None
        own = [each.person_id for each in found] == [question.asker.person_id]
        return route if own else self._by_name["person"]

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
        """The route's answer, for whoever may use it."""
        if route is None or not route.may_use(question):
            return self._refused(question, asked, route)
        return route.handle(question, asked)

    def _refused(self, question: Question, asked: Asked, route: Route | None) -> Answered:
        """What somebody is told to whom no route answers, or one that they may not use: as its audience says it."""
        if route is None:
            return self._not_understood(question, asked)
        match route.may_use.refusal:
            case Refusal.NOT_YOURS:
                facts = say_access.NotAllowedFacts(keeper(question, asked, route.may_use.belongs_to))
                return finish(say_access.not_allowed(facts, self._words), Outcome())
            case Refusal.ABOUT_OTHERS:
                return team.refuse(question, asked)
            case Refusal.UNHEARD:
                return self._not_understood(question, asked)

    def _not_understood(self, question: Question, asked: Asked) -> Answered:
        if asked.understood.intent == "out_of_scope" and asked.understood.confidence >= CLEAR_ENOUGH:
            abuse = bool(asked.slot("abuse"))
            facts = trouble.OutOfScopeFacts(
                OutOfScope.ABUSE if abuse else OutOfScope.OTHER, coordinator(question, asked)
            )
            return finish(trouble.out_of_scope(facts, self._words), Outcome())
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
        return finish(message, Outcome(), failures=failures)


def meaning(question: Question, channel: str, text: str) -> Understood:
    """What a text means from this person, after what the talk was about, with the names they may ask about."""
    return understand(
        text,
        channel=channel,
        role=next((name for role, name in READ_AS if question.has(role)), "officer"),
        today=question.today,
        context=_context(question.remembered()),
        surnames=names_in_view(question) if asks_about_others(question) else (),
    )


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

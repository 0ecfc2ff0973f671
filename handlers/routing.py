"""Which conversation answers a message? Routes by intent and by bare command, each with who may use it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from messages.model import Message
from messages.words import Words
from reading.text.model import Slot, Understood
from training.asking import Outcome, Question
from training.permission_table import Ask
from training.permissions import may

# A file that was announced and could not be had from where it lies.
NOT_FETCHED = "not-fetched"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file as it came through a door. The name is whatever the sender's machine says and decides nothing.

    ``href`` is where this door can show it to its sender again; empty where it cannot. ``away`` says why a file that
    was announced is not here: ``file-refused-<code>``.
    """

    name: str
    content: bytes
    away: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One message as it was understood. ``text`` is kept only for the answer; nothing here is trusted."""

    text: str
    understood: Understood
    words: Words
    value: str = ""  # what a pressed button carries
    form: Mapping[str, tuple[str, ...]] | None = None  # what was entered, when a form came back
    files: tuple[SentFile, ...] = ()

    def with_value(self, value: str) -> "Asked":
        """The same question, about what a button would carry."""
        return replace(self, value=value)

    def slot(self, name: str) -> Slot | None:
        return self.understood.slots.get(name)

    def topics(self) -> tuple[str, ...]:
        """The topics named, as a tuple however many there are."""
        topic = self.slot("topic")
        if isinstance(topic, str):
            return (topic,)
        return tuple(str(each) for each in topic) if isinstance(topic, tuple) else ()


@dataclass(frozen=True, slots=True)
class Answered:
    """The message to say and what is to be written down with it."""

    message: Message
    outcome: Outcome
    kept: Message | None = None  # kept in the place of an answer that shows what is kept already


Handler = Callable[[Question, Asked], Answered]
Permitted = Callable[[Question], bool]


def everyone(question: Question) -> bool:
    """Anybody on the roster, about themselves."""
    return may(question, Ask.OWN_RECORD)


def sees_own_looks(question: Question) -> bool:
    """Anybody on the roster, about who looked at their record."""
    return may(question, Ask.OWN_LOOKS)


def leads(question: Question) -> bool:
    """Whoever is shown lists of people; which people is decided again per person."""
    return may(question, Ask.LINE_LIST) or may(question, Ask.AGENCY_LIST)


def counts(question: Question) -> bool:
    """Whoever is shown lists of people, or only the figures of groups."""
    return leads(question) or may(question, Ask.AGENCY_FIGURES)


def breaks_glass(question: Question) -> bool:
    """Whoever may open a record outside their reach for an hour, with a reason."""
    return may(question, Ask.BREAK_GLASS)


def keeps_custody(question: Question) -> bool:
    """The custodian of the records, or who stands in."""
    return may(question, Ask.CUSTODY)


def reads_log(question: Question) -> bool:
    """Whoever keeps or audits the log."""
    return may(question, Ask.LOG)


def sees_figures(question: Question) -> bool:
    """Whoever is shown the figures of groups in which nobody is named."""
    return may(question, Ask.AGENCY_FIGURES)


def keeps_records(question: Question) -> bool:
    """Whoever keeps the agency's records: what people wrote is shown to nobody else."""
    return may(question, Ask.KEPT_WORDS)


def sets_aside(question: Question) -> bool:
    """Whoever may hide what somebody wrote, at once."""
    return may(question, Ask.SET_ASIDE)


def confirms(question: Question) -> bool:
    """Whoever may be the second person."""
    return may(question, Ask.SECOND_PERSON)


def holds_back(question: Question) -> bool:
    """Whoever may say that nothing of something goes."""
    return may(question, Ask.HOLD)


def answers_tickets(question: Question) -> bool:
    """Whoever answers what people ask of a person."""
    return may(question, Ask.TICKETS)


def reviews_certificates(question: Question) -> bool:
    """Whoever decides about certificates; about which ones is decided again for each."""
    return may(question, Ask.REVIEW)


def changes_review_rules(question: Question) -> bool:
    """Whoever may propose other rules of review, or take their own proposal back."""
    return may(question, Ask.REVIEW) or may(question, Ask.ACCESS)


def coordinates(question: Question) -> bool:
    """Whoever keeps the agency's training records."""
    return may(question, Ask.RECORD_CARE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One thing that can be asked. ``menu`` is its key in the menu and the help, empty when it is not offered."""

    name: str
    handle: Handler
    may_use: Permitted
    intents: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    menu: str = ""


def custodial(route: Route) -> bool:
    """Whether a route is about kept words and files, which nobody but their keepers hears of."""
    return route.may_use in (keeps_records, sets_aside, confirms, holds_back)


class Router:
    """Routes by what was understood. Two routes for one intent or command are a mistake found at start."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self.routes = tuple(routes)
        self._by_intent = _index((intent, route) for route in self.routes for intent in route.intents)
        self._by_command = _index((command, route) for route in self.routes for command in route.commands)

    def route(self, understood: Understood) -> Route | None:
        """A bare command is more exact than any intent."""
        if understood.command is not None and understood.command in self._by_command:
            return self._by_command[understood.command]
        return self._by_intent.get(understood.intent)

    def menu_for(self, question: Question) -> tuple[str, ...]:
        """What this person may be offered, in the order of the routes."""
        return tuple(
            dict.fromkeys(route.menu for route in self.routes if route.menu and route.may_use(question))
        )


def _index(pairs: Iterable[tuple[str, Route]]) -> Mapping[str, Route]:
    found: dict[str, Route] = {}
    for name, route in pairs:
        if name in found:
            raise ValueError(f"{name} is answered by {found[name].name} and by {route.name}")
        found[name] = route
    return found

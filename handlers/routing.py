"""Which conversation answers a message? Routes by intent and by bare command, each with who may use it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto

from db.records.facts import Role
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
    href: str = ""
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
# What answers with one page of a list.
Listing = Callable[[Question, Asked, int], Answered]


def page_after(question: Question) -> int:
    """Which page MORE asks for: the one after the page that was shown last, or the first."""
    page = question.remembered().get("page")
    return page + 1 if isinstance(page, int) else 1


def following(listing: Listing) -> Handler:
    """MORE of a list that is found again by nothing but its page."""

    def next_page(question: Question, asked: Asked) -> Answered:
        return listing(question, asked, page_after(question))

    return next_page


class Refusal(Enum):
    """What somebody is told who may not use a route."""

    NOT_YOURS = auto()  # that it belongs to somebody else, and to whom
    ABOUT_OTHERS = auto()  # that nothing is said of other people: the same for somebody and for nobody
    UNHEARD = auto()  # nothing: nobody else learns that there is such a thing at all


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may use a route: whoever may ask any of ``asks`` at this moment.

    ``refusal`` is for everybody else, and may name who holds the role that it ``belongs_to``.
    """

    who: str
    asks: tuple[Ask, ...]
    refusal: Refusal = Refusal.NOT_YOURS
    belongs_to: Role = Role.COORDINATOR

    def __call__(self, question: Question) -> bool:
        return any(may(question, ask) for ask in self.asks)


everyone = Audience("anybody on the roster, about themselves", (Ask.OWN_RECORD,))
sees_own_looks = Audience("anybody on the roster, about who looked at their record", (Ask.OWN_LOOKS,))
leads = Audience(
    "whoever is shown lists of people; which people is decided again for each",
    (Ask.LINE_LIST, Ask.AGENCY_LIST),
    Refusal.ABOUT_OTHERS,
)
counts = Audience(
    "whoever is shown lists of people, or only the figures of groups",
    (*leads.asks, Ask.AGENCY_FIGURES),
    Refusal.ABOUT_OTHERS,
)
sees_figures = Audience(
    "whoever is shown the figures of groups in which nobody is named",
    (Ask.AGENCY_FIGURES,),
    Refusal.ABOUT_OTHERS,
)
breaks_glass = Audience(
    "whoever may open a record outside their reach for an hour, with a reason",
    (Ask.BREAK_GLASS,),
    Refusal.ABOUT_OTHERS,
)
keeps_custody = Audience(
    "the custodian of the records, or who stands in", (Ask.CUSTODY,), belongs_to=Role.RECORDS
)
reads_log = Audience("whoever keeps or audits the log", (Ask.LOG,), belongs_to=Role.RECORDS)
reads_rules = Audience("whoever answers for what the agency's rules say", (Ask.AGENCY_FIGURES,))
keeps_records = Audience(
    "whoever keeps the agency's records: what people wrote is shown to nobody else",
    (Ask.KEPT_WORDS,),
    Refusal.UNHEARD,
)
sets_aside = Audience("whoever may hide what somebody wrote, at once", (Ask.SET_ASIDE,), Refusal.UNHEARD)
confirms = Audience("whoever may be the second person", (Ask.SECOND_PERSON,), Refusal.UNHEARD)
holds_back = Audience("whoever may say that nothing of something goes", (Ask.HOLD,), Refusal.UNHEARD)
answers_tickets = Audience("whoever answers what people ask of a person", (Ask.TICKETS,))
reviews_certificates = Audience(
    "whoever decides about certificates; about which ones is decided again for each", (Ask.REVIEW,)
)
changes_review_rules = Audience(
    "whoever may propose other rules of review, or take their own proposal back", (Ask.REVIEW, Ask.ACCESS)
)
confirms_request_rules = Audience(
    "whoever may be the second person for the rules by which requests are decided", (Ask.REVIEW,)
)
changes_request_rules = Audience(
    "whoever may propose other rules of requests, or take their own proposal back", (Ask.REVIEW, Ask.ACCESS)
)
notes_presence = Audience(
    "whoever leads people, or sees to what they asked for: who was at a class; of whom is decided again for each",
    (*leads.asks, Ask.REVIEW),
    Refusal.ABOUT_OTHERS,
)
nudges_people = Audience(
    "whoever leads people, or keeps the training records: they have some reminded now",
    (Ask.LINE_LIST, Ask.RECORD_CARE),
    Refusal.ABOUT_OTHERS,
)
changes_reminder_rules = Audience(
    "whoever may enter other rules of reminding for the agency", (Ask.REMINDER_RULES,)
)
watches_over = Audience(
    "whoever answers for how Rollcall is set up and runs, or audits it",
    (Ask.RECORD_CARE, Ask.ACCESS, Ask.LOG),
)
coordinates = Audience("whoever keeps the agency's training records", (Ask.RECORD_CARE,))


class Tense(Enum):
    """What a route has to do with another day, or with the file as it was once."""

    NOW = auto()  # it is about now, whatever its words name
    NOW_ONLY = auto()  # a list of what waits: asked for another moment, the answer says what to ask instead
    ANEW = auto()  # about the moment that is named; a bare word of it is a new question, about now
    EITHER = auto()  # about the moment that is named, or that the talk is about
    OWN = auto()  # the same, always from the asker's own record: after somebody else's answer about now again
    SUPPOSED = auto()  # the same, and pressed under an answer it goes on with that answer's moment
    CONTINUES = auto()  # it goes on with the answer before it, typed or pressed
    FILE = (
        auto()
    )  # what the file as a whole lacks or holds: nobody's answer, so a word of it goes on with nothing
    LOG = auto()  # what was written down: it happened when it was recorded, so a day is the file of that day


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One thing that can be asked: who may, who answers, and all that is true of it.

    ``menu`` is its key in the menu and the help, empty when it is not offered. ``next_page`` answers MORE after it.
    """

    name: str
    handle: Handler
    may_use: Audience
    intents: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    menu: str = ""
    tense: Tense = Tense.NOW
    # With the name of somebody else in the question it must not answer from the asker's record.
    own_record: bool = False
    # It only shows something: it may be asked once more, on another channel, by its asker's word for it.
    shows: bool = False
    # It may answer with a form; where a form needs a window, that is opened before the answer is known.
    has_form: bool = False
    next_page: Handler | None = None


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

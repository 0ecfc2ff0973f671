"""What Rollcall is and can do: greeting, menu, help, what computes answers, a person, the glossary."""

from collections.abc import Sequence
from dataclasses import dataclass

from messages import wording
from messages.answer import NAME_ROOM
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Button, Fact, Facts, Message, Note, Paragraph
from messages.pages import Pages
from messages.replies import Reply, buttons, reply_clause, typed
from messages.words import Words

GLOSSARY_TERMS = (
    "acknowledgement",
    "board",
    "ce",
    "certificate",
    "completion",
    "coordinator",
    "credential",
    "exemption",
    "extension",
    "generative",
    "licensing-cycle",
    "machine-learning",
    "predictive",
    "requirement",
    "roster",
    "rule",
    "rule-pack",
    "statistical",
    "unit",
    "waiver",
)
GLOSSARY_VERSION = "1"
# Every route that the menu and the help can describe; handlers choose those a person may use.
MENU_ROUTES = (
    "status",
    "missing",
    "hours",
    "next-deadline",
    "deadlines",
    "expiry",
    "why",
    "list",
    "history",
    "my-certificates",
    "my-requests",
    "request-form",
    "what-if",
    "next",
    "team",
    "overdue",
    "at-risk",
    "person",
    "figures",
    "rules",
    "templates",
    "who-saw",
    "texts",
    "proof",
    "my-reminders",
    "calendar",
    "accounts",
    "shared-phones",
    "class-form",
    "undelivered",
    "unreached",
    "estimate",
    "dry-run",
    "duplicates",
    "completeness",
    "intake",
    "jobs",
    "log",
    "reviews",
    "approvals",
    "request-drafts",
    "to-register",
    "presence",
    "budgets",
    "request-figures",
    "tickets",
    "glossary",
    "are-you-ai",
    "human",
)
# What Rollcall never does; requirements ask for five, and a person may hold us to each of them.
NEVER = ("decide", "discipline", "score", "guess", "hide")


# More than these are no help on a phone.
WORDS_OF_A_TEXT = 9


@dataclass(frozen=True, slots=True)
class MenuFacts:
    """Routes this person may use, in the order to offer; each has ``menu-<route>`` in the catalogue.

    ``page``: of the words in a text, which holds a few at a time; a screen shows all at once.
    """

    routes: tuple[str, ...]
    page: int = 1


@dataclass(frozen=True, slots=True)
class GreetingFacts:
    """Who is greeted; ``agency`` is named because a first text must say who writes."""

    name: str
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanFacts:
    """Who answers what Rollcall cannot."""

    coordinator: str


@dataclass(frozen=True, slots=True)
class GlossaryFacts:
    """The term as asked, and the glossary's own term for it, empty when it holds none."""

    asked: str
    term: str = ""


def are_you_ai(words: Words) -> Message:
    """What computes the answers, and five things Rollcall never does."""
    computes = words.say("ai-computes")
    reader = words.say("ai-reader-rules")
    never = [words.say(f"ai-never-{thing}") for thing in NEVER]
    last = words.say("ai-never", things=wording.joined_or(never, words))
    replies = (Reply.WHY, Reply.HUMAN, Reply.MENU)
    return Message(
        kind=MessageKind.ARE_YOU_AI,
        title=words.say("ai-title"),
        body=(Paragraph(f"{computes} {reader}"), Paragraph(last)),
        sms=(Clause(computes), Clause(last), Clause(reader, 1), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def help_ai(words: Words) -> Message:
    """Rules against statistics in under 80 words; Rollcall runs no training scenario."""
    kinds = words.say("ai-kinds")
    scenario = words.say("ai-no-scenario")
    replies = (Reply.HUMAN, Reply.MENU)
    return Message(
        kind=MessageKind.HELP_AI,
        title=words.say("ai-kinds-title"),
        body=(Paragraph(kinds), Paragraph(scenario)),
        sms=(Clause(kinds), Clause(scenario, 1), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def menu(facts: MenuFacts, words: Words) -> Message:
    """The few words that do most."""
    return Message(
        kind=MessageKind.MENU,
        title=words.say("menu-title"),
        body=(Paragraph(words.say("menu-lead")), Facts(_help_rows(facts.routes, words))),
        sms=(_words_to_type(facts, words), Clause(words.say("menu-own-words"), 1)),
        actions=_menu_buttons(facts.routes, words),
    )


def help_text(facts: MenuFacts, words: Words) -> Message:
    """Everything this person may ask, one sentence each; a text gets the words and one example."""
    lead = words.say("help-lead")
    privacy = words.say("help-private")
    return Message(
        kind=MessageKind.HELP,
        title=words.say("help-title"),
        body=(Paragraph(lead), Facts(_help_rows(facts.routes, words)), Note(privacy)),
        sms=(
            Clause(lead),
            _words_to_type(facts, words),
            Clause(privacy, 2),
        ),
        actions=_menu_buttons(facts.routes, words),
    )


def _words_to_type(facts: MenuFacts, words: Words) -> Clause:
    """``Reply STATUS, MISSING or MORE.``: as many words as somebody reads on a phone."""
    pages = Pages(len(facts.routes), WORDS_OF_A_TEXT, facts.page)
    options = [words.say(f"menu-{route}-typed") for route in pages.of(facts.routes)]
    if not pages.is_last:
        options.append(typed(Reply.MORE, words))
    return Clause(words.say("menu", options=wording.joined_or(options, words)))


def greeting(facts: GreetingFacts, words: Words) -> Message:
    """Hello, who writes, and the one question to ask; nothing about the person's record."""
    text = words.say("greeting", name=shortened(facts.name, NAME_ROOM), agency=facts.agency)
    replies = (Reply.STATUS, Reply.HELP)
    return Message(
        kind=MessageKind.GREETING,
        title=words.say("greeting-title", agency=facts.agency),
        body=(Paragraph(text),),
        sms=(Clause(text), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def thanks(words: Words) -> Message:
    """A thank-you is never a command."""
    text = words.say("thanks")
    return Message(kind=MessageKind.THANKS, title="", body=(Paragraph(text),), sms=(Clause(text),))


def human(facts: HumanFacts, words: Words) -> Message:
    """The name of whoever answers, and how to pass a question on."""
    name = shortened(facts.coordinator, NAME_ROOM)
    text = words.say("human", name=name)
    urgent = words.say("human-urgent")
    replies = (Reply.HUMAN, Reply.MENU)
    return Message(
        kind=MessageKind.HUMAN,
        title=words.say("human-title"),
        body=(Paragraph(text), Note(urgent)),
        sms=(Clause(text), Clause(urgent, 1), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def glossary(facts: GlossaryFacts, words: Words) -> Message:
    """The agency's shared meaning of a word; a word it does not hold is said to be missing."""
    asked = shortened(facts.asked, NAME_ROOM)
    if not facts.term:
        text = words.say("glossary-missing", asked=asked)
        known = words.say("glossary-known", terms=wording.listed([_term(term) for term in GLOSSARY_TERMS]))
    else:
        text = words.say(
            "glossary-term", term=_term(facts.term), meaning=words.say(f"glossary-means-{facts.term}")
        )
        known = words.say("glossary-version", version=GLOSSARY_VERSION)
    replies = (Reply.STATUS, Reply.MENU)
    return Message(
        kind=MessageKind.GLOSSARY,
        title=words.say("glossary-title", asked=asked),
        body=(Paragraph(text), Note(known)),
        sms=(Clause(text), Clause(known, 3), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def glossary_term(asked: str) -> str:
    """The glossary's term for what was typed, or empty."""
    plain = "-".join(asked.lower().replace("-", " ").split())
    singular = plain.removesuffix("s")
    return next((term for term in GLOSSARY_TERMS if term in {plain, singular}), "")


def _term(term: str) -> str:
    return term.replace("-", " ")


def _help_rows(routes: Sequence[str], words: Words) -> tuple[Fact, ...]:
    return tuple(Fact(words.say(f"menu-{route}-typed"), words.say(f"menu-{route}-help")) for route in routes)


def _menu_buttons(routes: Sequence[str], words: Words) -> tuple[Button, ...]:
    return tuple(
        Button(words.say(f"menu-{route}-label"), route, "", words.say(f"menu-{route}-typed"))
        for route in routes
    )

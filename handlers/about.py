"""What are you, and what does a word mean? Greeting, thanks, glossary, and the answer to danger."""

from handlers.routing import Answered, Asked, Route, everyone
from handlers.status import coordinator, finish
from messages import about as say
from messages import trouble
from messages.model import Message
from messages.wording import echoed
from training.asking import Outcome, Question


def are_you_ai(_: Question, asked: Asked) -> Answered:
    """What computes the answers, and what Rollcall never does."""
    return _said(say.are_you_ai(asked.words))


def greeting(question: Question, asked: Asked) -> Answered:
    """Hello, and the one question to ask."""
    return _said(say.greeting(say.GreetingFacts(question.name, question.asker.agency_name), asked.words))


def thanks(_: Question, asked: Asked) -> Answered:
    """A thank-you is never a command."""
    return _said(say.thanks(asked.words))


def glossary(_: Question, asked: Asked) -> Answered:
    """The agency's shared meaning of a word."""
    word = asked.slot("term") or asked.slot("course") or asked.value
    text = str(word) if word else asked.text.lower().removeprefix("glossary").strip(" ?")
    return _said(say.glossary(say.GlossaryFacts(echoed(text), say.glossary_term(text)), asked.words))


def emergency(question: Question, asked: Asked) -> Answered:
    """Nobody watches this line; said before anything else. Words of despair are answered for whoever wrote them."""
    office = question.office
    if asked.slot("suicide"):
        facts = trouble.DistressFacts(
            coordinator=coordinator(question, asked), peer_support=office.peer_support
        )
        message = trouble.distress(facts, asked.words)
    else:
        message = trouble.emergency(trouble.EmergencyFacts(office.peer_support), asked.words)
    # HUMAN after it asks for a call and passes none of these words on. What is remembered tells danger from despair as
    # little as the log does.
    return finish(message, Outcome(), danger=True)


def slow_down(question: Question, asked: Asked) -> Answered:
    """That it is kept; the conversation stays on what it was about."""
    return finish(trouble.slow_down(asked.words), Outcome(), **question.remembered())


def _said(message: Message) -> Answered:
    return finish(message, Outcome())


ROUTES = (
    Route(
        name="glossary",
        handle=glossary,
        may_use=everyone,
        commands=("glossary",),
        menu="glossary",
        shows=True,
    ),
    Route(
        name="are-you-ai",
        handle=are_you_ai,
        may_use=everyone,
        commands=("about-ai",),
        menu="are-you-ai",
    ),
    Route(name="greeting", handle=greeting, may_use=everyone, intents=("greeting",)),
    Route(name="thanks", handle=thanks, may_use=everyone, intents=("thanks",)),
)

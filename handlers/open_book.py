"""What are the rules and the sentences? For the union's observer and whoever else may know numbers and no person."""

from collections import Counter
from itertools import accumulate

from handlers.routing import Answered, Asked, Route, page_after, reads_rules
from handlers.status import finish
from messages import open_book as say
from messages.kinds import MessageKind
from messages.pages import lines_for
from messages.words import Words
from training.asking import Outcome, Question
from training.packs import chosen_packs


def rules(question: Question, asked: Asked) -> Answered:
    """The rules that people are judged by today."""
    packs = chosen_packs(question.conn, question.shelf, question.agency_id, question.today)
    facts = tuple(
        say.PackFacts(
            name=pack.name,
            label=pack.label,
            duties=len(pack.requirements),
            unchecked=sum(not each.decides for each in pack.requirements),
            oldest=min((each.reviewed_on for each in pack.requirements), default=None),
        )
        for pack in packs
    )
    outcome = Outcome(data={"packs": [each.name for each in packs]})
    return finish(say.rules(facts, asked.words), outcome)


def templates(question: Question, asked: Asked) -> Answered:
    """Everything that can be said by name, or the sentences of one."""
    return _page(question, asked, asked.value or str(asked.slot("of") or ""), page=1)


def next_page(question: Question, asked: Asked) -> Answered:
    """MORE of them."""
    name = str(question.remembered().get("templates_of") or "")
    return _page(question, asked, name, page=page_after(question))


def _page(question: Question, asked: Asked, name: str, page: int) -> Answered:
    name = "-".join(name.casefold().split())
    facts = say.TemplatesFacts(
        rows=_sentences(name, asked.words) if name else _names(asked.words),
        name=name,
        total=len(asked.words.keys),
        page=page,
        lines=lines_for(question.channel),
    )
    message = say.templates(facts, asked.words)
    return finish(message, Outcome(), page=page, pages_of="templates", templates_of=name)


def _names(words: Words) -> tuple[tuple[str, str], ...]:
    # Each sentence is looked at once, and not once for each kind.
    said = Counter(name for key in words.keys for name in _beginnings(key) for _ in words.sentence(key).forms)
    return tuple((kind.value, str(said[kind.value])) for kind in MessageKind)


def _beginnings(key: str) -> tuple[str, ...]:
    return tuple(accumulate(key.split("-"), "{}-{}".format))


def _sentences(name: str, words: Words) -> tuple[tuple[str, str], ...]:
    return tuple(
        (key, form)
        for key in words.keys
        if key == name or key.startswith(f"{name}-")
        for form in words.sentence(key).forms
    )


ROUTES = (
    Route(
        name="rules",
        handle=rules,
        may_use=reads_rules,
        commands=("rules",),
        menu="rules",
        shows=True,
    ),
    Route(
        name="templates",
        handle=templates,
        may_use=reads_rules,
        commands=("templates",),
        menu="templates",
        shows=True,
        next_page=next_page,
    ),
)

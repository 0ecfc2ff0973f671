"""Which other agency asks for a training record that is held here, and what may be done about it?"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from messages import wording
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Button, Message, Note, Paragraph, Part
from messages.pages import Pages
from messages.replies import Reply, buttons, onward, reply_clause
from messages.words import Words, named

ReleaseState = Literal["allowed", "asked", "left", "newer", "proposed", "released"]

TEXT_ROOM = 190


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingFacts:
    """One request. ``proof`` are codes of ``proof-<code>``; ``name`` is empty for the reader's own record.

    ``state`` is a code of ``releases-state-<code>``.
    """

    key: str
    agency: str
    name: str = ""
    badge: str = ""
    proof: tuple[str, ...] = ()
    state: ReleaseState
    on: date
    several: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasesFacts:
    """Everything the reader may decide about, and the page that is shown."""

    requests: tuple[WaitingFacts, ...]
    page: int = 1
    lines: int = 1


def releases(facts: ReleasesFacts, words: Words) -> Message:
    """How many ask, then a page of them; first of all what would go and what never goes."""
    pages = Pages(len(facts.requests), facts.lines, facts.page)
    shown = list(enumerate(pages.of(facts.requests), (pages.page - 1) * pages.lines + 1))
    n = len(facts.requests)
    head = words.say_many("releases-found", n) if n else words.say("releases-none")
    parts: list[Part] = [Paragraph(head), *(Paragraph(_line(no, each, words)) for no, each in shown)]
    if n:
        parts.append(Note(words.say("releases-what-goes")))
    if pages.count > 1:
        parts.append(Note(words.say("page-of", page=pages.page, pages=pages.count)))
    pressed = [each for no, one in shown for each in _choices(no, one, words)]
    way = onward(pages.page, words, is_last=pages.is_last)
    clauses = [Clause(head)]
    # A text has one request with its words to type, so that nobody answers what they have not read.
    for no, each in shown[:1]:
        kind = "done" if _is_done(each) else "keep" if each.name else "own"
        clauses.append(Clause(shortened(_line(no, each, words), TEXT_ROOM)))
        clauses.append(Clause(words.say(f"releases-type-{kind}", number=no)))
    return Message(
        kind=MessageKind.RELEASES,
        title=words.say("releases-title"),
        body=tuple(parts),
        sms=(*clauses, way.clause),
        actions=(*pressed, *way.actions),
    )


def _line(number: int, facts: WaitingFacts, words: Words) -> str:
    given = {"day": wording.day_with_year(facts.on, words)}
    state = words.say(
        f"releases-state-{facts.state}", **named(words.sentence(f"releases-state-{facts.state}"), given)
    )
    if not facts.name:
        return words.say("releases-own", number=number, agency=facts.agency, state=state)
    proof = wording.joined_and([words.say(f"proof-{each}") for each in facts.proof], words)
    text = words.say(
        "releases-of",
        number=number,
        agency=facts.agency,
        name=facts.name,
        badge=facts.badge,
        state=state,
        proof=proof,
    )
    return f"{text} {words.say('releases-several')}" if facts.several else text


def _is_done(facts: WaitingFacts) -> bool:
    """Whether the reader has said all they have to say, but that it stops."""
    return facts.state in ({"allowed", "released", "newer"} if not facts.name else {"released"})


def _choices(number: int, facts: WaitingFacts, words: Words) -> tuple[Button, ...]:
    what = "allow" if not facts.name else "release"
    go = Button(
        words.say(f"releases-{what}-label", number=number),
        "release",
        facts.key,
        words.say(f"releases-{what}-typed", number=number),
    )
    stop = Button(
        words.say("releases-stop-label", number=number),
        "release-stop",
        facts.key,
        words.say("releases-stop-typed", number=number),
    )
    return (stop,) if _is_done(facts) else (go, stop)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDoneFacts:
    """What became of a press. ``said`` is a code of ``release-done-<code>``; ``doubtful`` records stay here."""

    said: str
    agency: str = ""
    name: str = ""
    classes: int = 0
    doubtful: int = 0


def release_done(facts: ReleaseDoneFacts, words: Words) -> Message:
    """What happened to the record, and who hears of it."""
    given = {"agency": facts.agency, "name": facts.name}
    text = words.say(
        f"release-done-{facts.said}", **named(words.sentence(f"release-done-{facts.said}"), given)
    )
    more = []
    if facts.said == "released":
        more.append(words.say_many("release-classes", facts.classes))
        if facts.doubtful:
            more.append(words.say_many("release-doubtful", facts.doubtful))
    replies = (Reply.STATUS, Reply.MENU)
    return Message(
        kind=MessageKind.RELEASE_DONE,
        title=words.say("release-done-title"),
        body=(Paragraph(text), *(Paragraph(each) for each in more)),
        sms=(Clause(text), *(Clause(each, 1) for each in more), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )

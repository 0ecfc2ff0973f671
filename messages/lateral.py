"""What was asked of another agency for an officer of ours, and what came of it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from messages import wording
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Button, Message, Note, Paragraph, Part
from messages.pages import Pages
from messages.replies import Reply, buttons, onward, reply_clause
from messages.words import Words, named

TEXT_ROOM = 190


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFacts:
    """One request as it stands; ``waits``: a release is to be taken in, ``newer``: there is more where it came from."""

    key: str
    name: str
    agency: str
    asked_on: date
    released_on: date | None = None
    waits: bool = False
    classes: int = 0
    taken_on: date | None = None
    newer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakesFacts:
    """Everything that is asked of other agencies, and the page that is shown."""

    requests: tuple[AskedFacts, ...]
    page: int = 1
    lines: int = 1


def intakes(facts: IntakesFacts, words: Words) -> Message:
    """How many stand, then a page of them with what can be done."""
    pages = Pages(len(facts.requests), facts.lines, facts.page)
    shown = _numbered(pages, facts.requests)
    n = len(facts.requests)
    head = words.say_many("intakes-found", n) if n else words.say("intakes-none")
    parts: list[Part] = [Paragraph(head), *(Paragraph(_line(no, each, words)) for no, each in shown)]
    parts.append(Note(words.say("intakes-silence")))
    if pages.count > 1:
        parts.append(Note(words.say("page-of", page=pages.page, pages=pages.count)))
    pressed = [each for no, one in shown for each in _choices(no, one, words)]
    way = onward(pages.page, words, is_last=pages.is_last)
    clauses = [Clause(head)]
    for no, each in shown:
        clauses.append(Clause(shortened(_line(no, each, words), TEXT_ROOM), 1))
        if each.waits:
            clauses.append(Clause(words.say("intakes-take-typed", number=no), 1))
    return Message(
        kind=MessageKind.INTAKES,
        title=words.say("intakes-title"),
        body=tuple(parts),
        sms=(*clauses, way.clause),
        actions=(*pressed, *way.actions),
    )


def _numbered(pages: Pages, requests: Sequence[AskedFacts]) -> list[tuple[int, AskedFacts]]:
    return list(enumerate(pages.of(requests), (pages.page - 1) * pages.lines + 1))


def _line(number: int, facts: AskedFacts, words: Words) -> str:
    whose = words.say("intakes-whose", number=number, name=facts.name, agency=facts.agency)
    if facts.waits and facts.released_on is not None:
        day = wording.day_with_year(facts.released_on, words)
        state = words.say_many("intakes-released", facts.classes, day=day)
    elif facts.taken_on is not None:
        day = wording.day_with_year(facts.taken_on, words)
        state = words.say("intakes-newer" if facts.newer else "intakes-taken", day=day)
    else:
        state = words.say("intakes-unanswered", day=wording.day_with_year(facts.asked_on, words))
    return f"{whose} {state}"


def _choices(number: int, facts: AskedFacts, words: Words) -> tuple[Button, ...]:
    take = Button(
        words.say("intakes-take-label", number=number),
        "intake-take",
        facts.key,
        words.say("intakes-take-typed", number=number),
    )
    end = Button(
        words.say("intakes-end-label", number=number),
        "intake-end",
        facts.key,
        words.say("intakes-end-typed", number=number),
    )
    return (take, end) if facts.waits else (end,)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeDoneFacts:
    """What became of a press. ``said`` is a code of ``intake-done-<code>``; the counts are those of a taking in."""

    said: str
    agency: str = ""
    name: str = ""
    badge: str = ""
    brought: int = 0
    corrected: int = 0
    withdrawn: int = 0
    doubtful: int = 0
    left_alone: int = 0


def intake_done(facts: IntakeDoneFacts, words: Words) -> Message:
    """What happened, and what to do next."""
    given = {"agency": facts.agency, "name": facts.name, "badge": facts.badge}
    head = words.say(f"intake-done-{facts.said}", **named(words.sentence(f"intake-done-{facts.said}"), given))
    counts = [
        words.say_many(f"intake-{what}", n)
        for what, n in (
            ("brought", facts.brought),
            ("corrected", facts.corrected),
            ("withdrawn", facts.withdrawn),
            ("twice", facts.doubtful),
            ("left-alone", facts.left_alone),
        )
        if n
    ]
    next_step = ""
    if f"intake-next-{facts.said}" in words:
        step = words.sentence(f"intake-next-{facts.said}")
        next_step = words.say(f"intake-next-{facts.said}", **named(step, given))
    replies = (Reply.STATUS, Reply.MENU)
    more = (*counts, next_step) if next_step else tuple(counts)
    return Message(
        kind=MessageKind.INTAKE_DONE,
        title=words.say("intake-done-title"),
        body=(Paragraph(head), *(Paragraph(each) for each in more)),
        sms=(
            Clause(head),
            *(Clause(each, 2) for each in counts),
            *((Clause(next_step, 1),) if next_step else ()),
            reply_clause(replies, words),
        ),
        actions=buttons(replies, words),
    )

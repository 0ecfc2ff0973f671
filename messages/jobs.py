"""What does Rollcall do by itself? A line for each: what for, who answers for it, since which requirement, and how it
runs."""

from dataclasses import dataclass
from datetime import timedelta

from messages import wording
from messages.clauses import Clause
from messages.kinds import MessageKind
from messages.model import Message, Note, Paragraph, Part, Table
from messages.pages import Pages
from messages.replies import onward
from messages.words import Words

COLUMNS = ("what", "owner", "requirement", "last-run")
TROUBLED = ("late", "never")


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFacts:
    """One thing. ``ran`` is a word of ``jobs-<word>``; ``age`` is since it last came to its end, None for unknown."""

    name: str
    owner: str
    requirement: str
    ran: str
    age: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobsFacts:
    """All of them, those that need somebody first, and the page that is shown."""

    jobs: tuple[JobFacts, ...]
    page: int = 1
    lines: int = 10


def jobs(facts: JobsFacts, words: Words) -> Message:
    """Whether all of it runs, then a page of lines."""
    pages = Pages(len(facts.jobs), facts.lines, facts.page)
    shown = pages.of(facts.jobs)
    late = [each.name for each in facts.jobs if each.ran in TROUBLED]
    head = (
        words.say_many("jobs-troubled", len(late), names=wording.first_of(late, 3, words))
        if late
        else words.say("jobs-well", count=str(len(facts.jobs)))
    )
    columns = tuple(words.say(f"column-{name}") for name in COLUMNS)
    parts: list[Part] = [Paragraph(head), Table("", columns, tuple(_row(each, words) for each in shown))]
    if late:
        parts.append(Note(words.say("jobs-next")))
    if pages.count > 1:
        parts.append(Note(words.say("page-of", page=pages.page, pages=pages.count)))
    way = onward(pages.page, words, is_last=pages.is_last)
    return Message(
        kind=MessageKind.JOBS,
        title=words.say("jobs-title"),
        body=tuple(parts),
        sms=(
            Clause(head),
            *((Clause(words.say("jobs-next"), 1),) if late else ()),
            *(
                Clause(words.say("jobs-line", name=each.name, ran=_ran(each, words)), 2 + at)
                for at, each in enumerate(shown)
            ),
            way.clause,
        ),
        actions=way.actions,
    )


def _row(facts: JobFacts, words: Words) -> tuple[str, ...]:
    what = words.say("jobs-what", name=facts.name, what=words.say(f"automation-{facts.name}"))
    return what, words.say(f"owner-{facts.owner}"), facts.requirement, _ran(facts, words)


def _ran(facts: JobFacts, words: Words) -> str:
    said = words.say(f"jobs-{facts.ran}")
    return (
        said if facts.age is None else words.say("jobs-ago", ran=said, ago=wording.lasting(facts.age, words))
    )

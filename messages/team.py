"""How are my people doing? Only the asker's own line, everyone counted once, also those left out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from messages import wording
from messages.answer import NAME_ROOM, StatusFacts, short_answer
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.lines import duty_text, still_owed
from messages.model import Button, Fact, Facts, Message, Note, Paragraph, Part, Table
from messages.pages import TEXT_DOORS, Pages
from messages.replies import Reply, buttons, onward, reply_clause
from messages.status import TopicFacts, status_body, topic_status
from messages.words import Words
from rules.standing import Standing, StandingLine, StandingWord

# A rate over fewer people than this points at one of them.
SMALLEST_GROUP = 5
TEAM_PAGE = 50
TEXT_PEOPLE = 2
LeftOut = Literal["not-yet", "on-leave", "protected"]
_ORDER = {StandingWord.OVERDUE: 0, StandingWord.UNKNOWN: 1, StandingWord.NOT_YET: 2, StandingWord.YES: 3}


class TeamView(StrEnum):
    """What was asked for; overdue and at risk are shown in one answer, the asked group first."""

    ALL = "all"
    OVERDUE = "overdue"
    AT_RISK = "at-risk"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRow:
    """One person: name with rank as it is said, the word, and what is most urgent (see ``most_urgent``)."""

    name: str
    word: StandingWord
    first: StandingLine | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFacts:
    """A group as the asker may see it today. ``excluded`` is pairs of reason code and number of people.

    Reason codes: those of ``excluded-<code>``.
    """

    group: str
    rows: tuple[TeamRow, ...]
    excluded: tuple[tuple[LeftOut, int], ...]
    at: datetime
    today: date
    packs: tuple[str, ...]
    view: TeamView = TeamView.ALL
    page: int = 1
    lines: int = TEAM_PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonStandingFacts:
    """One named person's standing for somebody above them."""

    status: StatusFacts
    full_name: str


@dataclass(frozen=True, slots=True)
class WhichPersonFacts:
    """Several of the asker's own people match: name with rank, and the value that chooses each."""

    asked: str
    choices: tuple[tuple[str, str], ...]


def people_for(channel: str) -> int:
    """People on one page of a channel."""
    return TEXT_PEOPLE if channel in TEXT_DOORS else TEAM_PAGE


def most_urgent(standing: Standing) -> StandingLine | None:
    """The line a supervisor should hear of first."""
    duties = still_owed(standing)
    return duties[0].line if duties else None


def team(facts: TeamFacts, words: Words) -> Message:
    """Counts first, then a row for each person; the counts add up to the rows and the people left out."""
    today = facts.today
    rows = _in_view(facts)
    owing = [row for row in rows if row.word is not StandingWord.YES]
    # A text has room for people with something open only; the counts speak for the others.
    pages = Pages(len(owing if facts.lines < TEAM_PAGE else rows), facts.lines, facts.page)
    shown = pages.of(owing if facts.lines < TEAM_PAGE else rows)
    head = _head(facts, words)
    counts = _counts(facts, words)
    excluded = _excluded(facts, words)
    total = words.say_many("team-total", len(facts.rows) + sum(n for _, n in facts.excluded))
    columns = tuple(words.say(f"column-{name}") for name in ("person", "standing", "first"))
    cells = tuple((row.name, row.word.value, _first(row, today, words)) for row in shown)
    parts: list[Part] = [Paragraph(head), Facts(counts)]
    if cells:
        parts.append(Table(words.say(f"team-heading-{facts.view.value}"), columns, cells))
    if pages.count > 1:
        parts.append(Note(words.say("page-of", page=pages.page, pages=pages.count)))
    parts += [Paragraph(excluded), Note(_as_of(facts, words))]
    clauses = [Clause(head)]
    clauses += [
        Clause(
            words.say("team-line", name=shortened(row.name, NAME_ROOM), first=_first(row, today, words)), 2
        )
        for row in shown
        if row.word is not StandingWord.YES
    ]
    clauses += [Clause(excluded, 1), Clause(total, 3)]
    way = onward(pages.page, words, is_last=pages.is_last)
    return Message(
        kind=MessageKind.TEAM,
        title=words.say("team-title", group=facts.group),
        body=(*parts[:-1], Paragraph(total), parts[-1]),
        sms=(*clauses, way.clause),
        actions=way.actions,
    )


def person(facts: PersonStandingFacts, words: Words) -> Message:
    """The same values the person sees; that somebody looked is on the record and is said."""
    answer = short_answer(facts.status, words)
    looked = words.say("person-looked", name=facts.full_name)
    replies = (Reply.TEAM, Reply.MENU)
    return Message(
        kind=MessageKind.PERSON,
        title=answer.opening,
        body=(*status_body(facts.status, answer, words), Note(looked)),
        sms=(*answer.in_order, Clause(looked), reply_clause(replies, words)),
        actions=buttons(replies, words),
        first_word=facts.status.standing.word.value,
    )


def person_on_topic(
    facts: PersonStandingFacts, asked: str, lines: tuple[StandingLine, ...], words: Words
) -> Message:
    """One duty of somebody, as they see it themselves; ``asked`` is how a reader calls it."""
    status = facts.status
    own = topic_status(
        TopicFacts(
            name=status.name,
            asked=asked,
            lines=lines,
            standing=status.standing,
            at=status.at,
            agency=status.agency,
        ),
        words,
    )
    looked = words.say("person-looked", name=facts.full_name)
    replies = (Reply.WHY, Reply.TEAM, Reply.MENU)
    return replace(
        own,
        body=(*own.body, Note(looked)),
        sms=(*own.sms[:-1], Clause(looked), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def which_person(facts: WhichPersonFacts, words: Words) -> Message:
    """A shared name is asked about, never guessed."""
    names = [shortened(name, NAME_ROOM) for name, _ in facts.choices]
    text = words.say("which-person", asked=shortened(facts.asked, NAME_ROOM))
    numbered = tuple(
        words.say("choice", number=number, label=name) for number, name in enumerate(names, start=1)
    )
    return Message(
        kind=MessageKind.WHICH_PERSON,
        title=words.say("which-person-title"),
        body=(Paragraph(text),),
        sms=(Clause(text), *(Clause(line, 2) for line in numbered), Clause(words.say("reply-number"))),
        actions=tuple(
            Button(name, "person", value, str(number))
            for number, (name, value) in enumerate(facts.choices, start=1)
        ),
    )


def _in_view(facts: TeamFacts) -> Sequence[TeamRow]:
    rows = facts.rows
    if facts.view is not TeamView.ALL:
        rows = tuple(row for row in rows if row.word is not StandingWord.YES)
    asked_first = _ORDER
    if facts.view is TeamView.AT_RISK:
        asked_first = _ORDER | {StandingWord.NOT_YET: -1}
    return sorted(rows, key=lambda row: (asked_first[row.word], _due(row), row.name))


def _due(row: TeamRow) -> date:
    return date.max if row.first is None or row.first.due_on is None else row.first.due_on


def _head(facts: TeamFacts, words: Words) -> str:
    n = len(facts.rows)
    met = sum(row.word is StandingWord.YES for row in facts.rows)
    if not n:
        return words.say("team-empty", group=facts.group)
    if n < SMALLEST_GROUP:
        return words.say("team-head", group=facts.group, met=met, of=n)
    share = wording.percent(met * 100 // n, words)
    return words.say("team-head-percent", group=facts.group, met=met, of=n, percent=share)


def _counts(facts: TeamFacts, words: Words) -> tuple[Fact, ...]:
    return tuple(
        Fact(words.say(f"team-count-{word.name.lower().replace('_', '-')}"), str(n))
        for word in _ORDER
        if (n := sum(row.word is word for row in facts.rows))
    )


def _excluded(facts: TeamFacts, words: Words) -> str:
    reasons = [words.say_many(f"excluded-{code}", n) for code, n in facts.excluded if n]
    if not reasons:
        return words.say("team-none-excluded")
    n = sum(number for _, number in facts.excluded)
    return words.say_many("team-excluded", n, reasons=wording.listed(reasons))


def _first(row: TeamRow, today: date, words: Words) -> str:
    if row.first is None:
        return words.say("team-nothing-open")
    return duty_text(row.first, today, words)


def _as_of(facts: TeamFacts, words: Words) -> str:
    moment = wording.moment(facts.at, words)
    if not facts.packs:
        return words.say("team-as-of-nobody", moment=moment)
    return words.say("team-as-of", moment=moment, packs=wording.joined_and(facts.packs, words))

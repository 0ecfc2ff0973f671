"""The short answer to "am I good?": the deciding word, then what, by when, and what if not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from messages import wording
from messages.clauses import Clause, shortened
from messages.lines import (
    Owed,
    duty_text,
    line_label,
    parts_text,
    progress_text,
    remark_sentences,
    still_owed,
    top_level,
    track_label,
    tracks,
    urgency,
)
from messages.words import Words
from rules.standing import LineState, Measure, Standing, StandingLine, StandingWord

# A credential this close to its end is named although it is still met.
SOON = timedelta(days=30)
# Somebody with this few duties is told all of them, met ones included.
SHORT_LIST = 4
# Names, labels and consequences come from a roster and a pack; in a text they get this much room.
NAME_ROOM = 40
LABEL_ROOM = 60
CONSEQUENCE_ROOM = 90
# Decisions about a person that must be visible in the answer.
RELIEF = frozenset(
    {
        "cycle-extended-by-leave",
        "enforcement-deferred",
        "exempt",
        "extension",
        "leave-relief",
        "on-leave",
        "return-duty",
        "waiver",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFacts:
    """Whose standing, as of which local moment, on whose file.

    ``position`` is named for people outside the sworn pack; ``compared_on`` is when the board's own file was
    last compared; ``tracks`` are labels of groups that a pack names itself.
    """

    name: str
    standing: Standing
    at: datetime
    agency: str
    coordinator: str
    position: str = ""
    compared_on: date | None = None
    tracks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """``opening`` and ``lead`` always stay; the clauses after them may give way."""

    opening: str
    lead: str
    clauses: tuple[Clause, ...]

    @property
    def in_order(self) -> tuple[Clause, ...]:
        """Opening and lead as the one clause that decides, then the others."""
        return (Clause(f"{self.opening} {self.lead}".strip()), *self.clauses)


def short_answer(facts: StatusFacts, words: Words) -> Answer:
    """The whole answer in as few clauses as it can be said in."""
    if facts.standing.word is StandingWord.YES:
        lead, clauses = _met(facts.standing, words)
    elif facts.standing.word is StandingWord.UNKNOWN:
        lead, clauses = _unknown(facts, words)
    else:
        lead, clauses = _owing(facts, words)
    unchecked = _unchecked(facts.standing, words)
    # A YES that rests on fewer rules than there are says so before anything else.
    in_order = [*unchecked, *clauses] if facts.standing.word is StandingWord.YES else [*clauses, *unchecked]
    return Answer(opening(facts, words), lead, (*in_order, *_relief(facts.standing, words)))


def opening(facts: StatusFacts, words: Words) -> str:
    """``NOT YET, Ruiz.`` or ``NOT YET, Whitman (telecommunicator, lkm-2027.1):``."""
    standing = facts.standing
    who = shortened(facts.name, NAME_ROOM)
    if facts.position:
        position = shortened(facts.position, NAME_ROOM)
        packs = wording.joined_and(standing.packs, words)
        who = words.say("status-who-position", name=who, position=position, packs=packs)
    return words.say(
        "status-opening-position" if facts.position else "status-opening", word=standing.word.value, who=who
    )


def headline_line(standing: Standing) -> StandingLine | None:
    """The line whose progress stands for the whole, in the window that is running."""
    lines = [line for line in standing.lines if line.requirement == standing.headline]
    running = [line for line in lines if line.due_on is not None and line.due_on >= standing.as_of]
    return next(iter([*running, *lines]), None)


def headline_text(line: StandingLine, standing: Standing, words: Words) -> str:
    """``31.5 of 48 h (65%), 120 days left (Jun 30).``: progress is never said without the time left."""
    progress = progress_text(line, words, standing.percent)
    if not progress or line.due_on is None:
        return wording.sentence(duty_text(line, standing.as_of, words, standing.percent))
    left = wording.days_left(line.due_on, standing.as_of, words)
    on = wording.day(line.due_on, standing.as_of, words)
    return words.say("status-progress", progress=progress, left=left, day=on)


def consequence_clause(line: StandingLine, words: Words, priority: int = 2) -> list[Clause]:
    """What the pack says happens; nothing when the pack says nothing."""
    if not line.consequence:
        return []
    what = wording.phrase(shortened(line.consequence, CONSEQUENCE_ROOM))
    if line.state is LineState.OVERDUE:
        return [Clause(words.say("consequence-overdue", consequence=what), priority)]
    if line.measure is Measure.CARD:
        return [Clause(words.say("consequence-lapse", consequence=what), priority)]
    return [Clause(words.say("consequence-missed", consequence=what), priority)]


def open_parts_clause(each: Owed, words: Words, priority: int = 1) -> list[Clause]:
    """``Open: Autism 4 h, Bias crimes 1 h, elective 1 h; rest any topic.``, or fewer items."""
    if not each.parts:
        if not (each.holds_topics and each.rest):
            return []
        return [Clause(words.say("status-open-any", hours=wording.hours(each.rest, words)), priority)]
    forms = [
        words.say("status-open", items=parts_text(each, words, shown))
        for shown in range(len(each.parts), 0, -1)
    ]
    counted = words.say_many("status-open-count", len(each.parts))
    return [Clause(forms[0], priority, (*forms[1:], counted))]


def ending_soon(standing: Standing) -> tuple[StandingLine, ...]:
    """Met credentials whose last day is near, earliest first."""
    near = (
        line
        for line in top_level(standing.lines)
        if line.state is LineState.MET
        and line.measure in {Measure.CARD, Measure.EVENT}
        and line.due_on is not None
        and standing.as_of <= line.due_on <= standing.as_of + SOON
    )
    return tuple(sorted(near, key=lambda line: line.due_on or date.max))


def _met(standing: Standing, words: Words) -> tuple[str, list[Clause]]:
    headline = headline_line(standing)
    clauses = [Clause(words.say("status-nothing-open"), 1)]
    dated = [
        line
        for line in top_level(standing.lines)
        if line is not headline and line.due_on is not None and line.due_on >= standing.as_of
    ]
    if dated:
        nearest = min(dated, key=lambda line: line.due_on or date.max)
        item = shortened(line_label(nearest, words), LABEL_ROOM)
        on = wording.day_with_year(nearest.due_on or standing.as_of, words)
        distance = wording.in_days(nearest.due_on or standing.as_of, standing.as_of, words)
        clauses.append(Clause(words.say("status-next-due", label=item, day=on, distance=distance), 3))
    if headline is None:
        return clauses[0].text, clauses[1:]
    return headline_text(headline, standing, words), clauses


def _unknown(facts: StatusFacts, words: Words) -> tuple[str, list[Clause]]:
    """Which fact is missing, and who can settle it."""
    standing = facts.standing
    doubtful = standing.in_state(LineState.UNKNOWN)
    doubts = remark_sentences(doubtful, standing.as_of, words)
    if not doubtful:
        who = shortened(facts.coordinator, NAME_ROOM)
        return words.say("status-no-rule"), [Clause(words.say("status-no-rule-ask", name=who), 1)]
    if not doubts:
        labels = list(dict.fromkeys(line_label(line, words) for line in doubtful))
        doubts = (words.say("status-cannot-tell", labels=wording.first_of(labels, 3, words)),)
    clauses = [
        Clause(
            wording.sentence(words.say("status-who-settles", name=shortened(facts.coordinator, NAME_ROOM))), 1
        )
    ]
    if len(doubts) > 1:
        clauses.append(Clause(words.say_many("status-more-doubts", len(doubts) - 1), 2))
    headline = headline_line(standing)
    if headline is not None and headline.state is not LineState.UNKNOWN:
        clauses.append(Clause(headline_text(headline, standing, words), 3))
    known = [
        each
        for each in still_owed(standing)
        if each.line.state is LineState.OPEN and each.line is not headline
    ]
    return doubts[0], [*clauses, *_groups(known, facts, words)]


def _owing(facts: StatusFacts, words: Words) -> tuple[str, list[Clause]]:
    """What is overdue leads, or else what comes first by date; a card that runs out counts as that."""
    standing = facts.standing
    soon = [Owed(line, (), Decimal(0)) for line in ending_soon(standing)]
    duties = sorted([*still_owed(standing), *soon], key=_order)
    if not duties:
        return words.say("status-nothing-open"), []
    overdue = [each for each in duties if _order(each)[0] == 0]
    lead, others = (overdue, duties[len(overdue) :]) if overdue else (duties[:1], duties[1:])
    clauses: list[Clause] = []
    if len(lead) > 2:
        clauses.append(Clause(words.say_many("status-more-overdue", len(lead) - 2), 1))
    clauses += [*open_parts_clause(lead[0], words), *consequence_clause(lead[0].line, words, 1)]
    for each in lead[1:2]:
        clauses += open_parts_clause(each, words)
    headline = next((each for each in others if each.line.requirement == standing.headline), None)
    if headline is not None:
        text = wording.sentence(duty_text(headline.line, standing.as_of, words, standing.percent))
        clauses += [Clause(text, 2), *open_parts_clause(headline, words, 2)]
    rest = [each for each in others if each is not headline]
    clauses += [*_groups(rest, facts, words), *_rest_of_short_list(lead, others, standing, words)]
    return " ".join(_lead_text(each, standing, words) for each in lead[:2]), clauses


def _order(each: Owed) -> tuple[int, date]:
    """A total with an overdue topic is overdue."""
    if each.line.state is LineState.MET and not each.parts:
        return 1, each.line.due_on or date.max
    return min(urgency(line) for line in (each.line, *(part.line for part in each.parts)))


def _lead_text(each: Owed, standing: Standing, words: Words) -> str:
    if each.line.requirement == standing.headline and each.line.state is not LineState.OVERDUE:
        overdue = [part.line for part in each.parts if part.line.state is LineState.OVERDUE]
        if overdue:
            # Only the total was given more time: what is late is said, not the total's new day.
            return wording.sentence(duty_text(overdue[0], standing.as_of, words))
        return headline_text(each.line, standing, words)
    return wording.sentence(duty_text(each.line, standing.as_of, words))


def _groups(duties: Sequence[Owed], facts: StatusFacts, words: Words) -> list[Clause]:
    """One clause per group, empty ones omitted; a group keeps its name and count when its items go."""
    clauses = []
    for track in tracks(each.line for each in duties):
        texts = [_in_group(each, facts.standing.as_of, words) for each in duties if each.line.track == track]
        label = shortened(track_label(track, words, facts.tracks), LABEL_ROOM)
        forms = [
            words.say("status-group", track=label, items=wording.first_of(texts, shown, words))
            for shown in range(len(texts), 0, -1)
        ]
        counted = words.say_many("status-group-count", len(texts), track=label)
        clauses.append(Clause(forms[0], 2, (*forms[1:], counted)))
    return clauses


def _in_group(each: Owed, today: date, words: Words) -> str:
    text = duty_text(each.line, today, words)
    if not each.parts:
        return text
    return words.say("line-with-parts", duty=text, items=parts_text(each, words))


def _rest_of_short_list(
    lead: Sequence[Owed], others: Sequence[Owed], standing: Standing, words: Words
) -> list[Clause]:
    if len(standing.lines) > SHORT_LIST:
        return []
    said = {id(each.line) for each in (*lead, *others)}
    met = [line for line in standing.lines if line.state is LineState.MET and id(line) not in said]
    return [Clause(wording.sentence(duty_text(line, standing.as_of, words)), 6) for line in met]


def _unchecked(standing: Standing, words: Words) -> list[Clause]:
    """A duty whose rule nobody could verify is never hidden: its number stays when its name has no room."""
    lines = standing.in_state(LineState.UNCHECKED)
    if not lines:
        return []
    labels = list(dict.fromkeys(line_label(line, words) for line in lines))
    said = [
        words.say_many("status-unchecked", len(lines), labels=wording.first_of(labels, shown, words))
        for shown in range(len(labels), 0, -1)
    ]
    said.append(words.say_many("status-unchecked-count", len(lines)))
    if standing.word is StandingWord.YES:
        said = [words.say("status-yes-on-rules", unchecked=each) for each in said]
    return [Clause(said[0], 0, tuple(said[1:]))]


def _relief(standing: Standing, words: Words) -> list[Clause]:
    """Exemptions, extensions and leave behind this answer; a short text says at least how many."""
    texts = remark_sentences(standing.lines, standing.as_of, words, only=RELIEF)
    if not texts:
        return []
    return [Clause(" ".join(texts), 1, (words.say_many("status-relief-count", len(texts)),))]

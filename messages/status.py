"""Am I good, what is missing, how many hours: answers about one's own standing, whole or by topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from messages import wording
from messages.answer import Answer, StatusFacts, consequence_clause, headline_line, short_answer
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.lines import (
    SETTLED,
    STILL_OWED,
    Owed,
    checklist_item,
    deadline_text,
    duty_text,
    line_label,
    nested,
    owed,
    part_text,
    parts_text,
    remark_sentences,
    still_owed,
    track_label,
    tracks,
    urgency,
)
from messages.model import Checklist, Fact, Facts, Message, Note, Paragraph, Part, Progress
from messages.pages import SCREEN_LINES, Pages
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words
from rules.standing import LineState, Standing, StandingLine, StandingWord

DEADLINES_SHOWN = 5
# An item of a text that shows what is missing, so that a page of them fits.
ITEM_ROOM = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicFacts:
    """What was asked about (``asked`` as a reader would say it) and the lines that concern it."""

    name: str
    asked: str
    lines: tuple[StandingLine, ...]
    standing: Standing
    at: datetime
    agency: str


def own_status(facts: StatusFacts, words: Words) -> Message:
    """Everything about one's own standing; the text for a phone is its short form."""
    answer = short_answer(facts, words)
    replies = own_replies(facts.standing.word)
    return Message(
        kind=MessageKind.STATUS,
        title=answer.opening,
        body=status_body(facts, answer, words, mine=True),
        sms=(*answer.in_order, reply_clause(replies, words)),
        actions=buttons((*replies, Reply.PICTURE), words),
        first_word=facts.standing.word.value,
    )


def own_replies(word: StandingWord) -> tuple[Reply, ...]:
    """One next step first: a class when something is owed, a person when a fact is missing."""
    match word:
        case StandingWord.YES:
            return Reply.DEADLINES, Reply.WHY, Reply.MENU
        case StandingWord.UNKNOWN:
            return Reply.WHY, Reply.HUMAN, Reply.MENU
        case StandingWord.NOT_YET | StandingWord.OVERDUE:
            return Reply.NEXT, Reply.WHY, Reply.MENU


def status_body(facts: StatusFacts, answer: Answer, words: Words, *, mine: bool = False) -> tuple[Part, ...]:
    """The answer with everything behind it, and on what it rests."""
    return *status_parts(facts, answer, words, mine=mine), *closing_notes(facts, words)


def status_parts(facts: StatusFacts, answer: Answer, words: Words, *, mine: bool = False) -> tuple[Part, ...]:
    """The answer in sentences, then hours, topics, deadlines and overall percentage, in this order.

    ``mine``: it is the reader's own, so each duty opens the rule behind it.
    """
    standing = facts.standing
    parts: list[Part] = [Paragraph(" ".join([answer.lead, *(clause.text for clause in answer.clauses)]))]
    headline = headline_line(standing)
    if headline is not None and headline.hours_counted is not None and headline.hours_required is not None:
        unit = words.say("unit-hours")
        parts.append(Progress(headline.label, headline.hours_counted, headline.hours_required, unit))
    for track in tracks(standing.lines):
        in_track = [line for line in standing.lines if line.track == track and line is not headline]
        items = tuple(
            checklist_item(line, standing.as_of, words, level=level, mine=mine)
            for line, level in nested(in_track)
        )
        if items:
            parts.append(Checklist(track_label(track, words, facts.tracks), items))
    if deadlines := _deadlines(standing, words):
        parts.append(Facts(deadlines, words.say("heading-deadlines")))
    parts.append(Paragraph(_overall(standing, headline, words)))
    return tuple(parts)


def closing_notes(facts: StatusFacts, words: Words) -> tuple[Note, ...]:
    """What was decided or is in doubt about single duties, then the provenance."""
    remarks = remark_sentences(facts.standing.lines, facts.standing.as_of, words)
    return *(Note(text) for text in remarks), Note(provenance(facts, words))


def provenance(facts: StatusFacts, words: Words) -> str:
    """On whose file, as of when, under which packs, and when the board's own file was last compared."""
    said = words.say(
        "status-provenance",
        agency=facts.agency,
        moment=wording.moment(facts.at, words),
        packs=wording.joined_and(facts.standing.packs, words),
    )
    if facts.compared_on is None:
        return words.say("status-not-compared", provenance=said)
    compared = wording.day_with_year(facts.compared_on, words)
    return words.say("status-compared", provenance=said, day=compared)


def topic_status(facts: TopicFacts, words: Words) -> Message:
    """One requirement or topic; a topic without a rule for this person is said plainly."""
    if not facts.lines:
        return _no_rule(facts, words)
    today = facts.standing.as_of
    lines = tuple(sorted(facts.lines, key=_decisive))
    first = lines[0]
    word = _word_of(first)
    opening = words.say("topic-opening", word=word, name=facts.name)
    lead = wording.sentence(duty_text(first, today, words))
    clauses = [Clause(wording.sentence(duty_text(line, today, words)), 2) for line in lines[1:]]
    clauses += consequence_clause(first, words, 1) if first.state not in SETTLED else []
    clauses += [Clause(text, 3) for text in remark_sentences(lines, today, words)]
    answer = Answer(opening, lead, tuple(clauses))
    replies = (Reply.WHY, Reply.STATUS) if first.state in SETTLED else (Reply.NEXT, Reply.WHY, Reply.STATUS)
    return Message(
        kind=MessageKind.STATUS_TOPIC,
        title=opening,
        body=(
            Paragraph(" ".join([lead, *(clause.text for clause in clauses)])),
            Checklist(facts.asked, tuple(checklist_item(line, today, words) for line in lines)),
            Note(_provenance_of(facts, words)),
        ),
        sms=(*answer.in_order, reply_clause(replies, words)),
        actions=buttons(replies, words, first.requirement),
        first_word=word,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingFacts:
    """What is owed, a page at a time where there is little room; ``page`` begins at 1."""

    status: StatusFacts
    page: int = 1
    lines: int = SCREEN_LINES


def missing(facts: MissingFacts, words: Words) -> Message:
    """Only what is still owed, most urgent first; in a text every item has its turn."""
    standing = facts.status.standing
    duties = still_owed(standing)
    if not duties:
        return _nothing_missing(facts.status, words)
    answer = short_answer(facts.status, words)
    rows = tuple(Fact(_where(each, words), _what_is_left(each, standing.as_of, words)) for each in duties)
    items = _open_items(duties, standing.as_of, words)
    pages = Pages(len(items), facts.lines, facts.page)
    several = pages.count > 1
    head = (
        words.say("missing-page", page=pages.page, pages=pages.count)
        if several
        else words.say("missing-head")
    )
    replies = (Reply.NEXT, Reply.WHY, Reply.DEADLINES)
    offered = replies if pages.is_last else (Reply.MORE, Reply.STATUS)
    return Message(
        kind=MessageKind.MISSING,
        title=answer.opening,
        body=(
            Facts(rows, words.say_many("missing-title", len(rows))),
            *(Note(clause.text) for clause in consequence_clause(duties[0].line, words)),
            Note(provenance(facts.status, words)),
        ),
        sms=(
            Clause(f"{answer.opening} {head}"),
            *(Clause(wording.sentence(shortened(item, ITEM_ROOM)), 1) for item in pages.of(items)),
            reply_clause(offered, words),
        ),
        actions=buttons(replies, words),
        first_word=standing.word.value,
    )


def _open_items(duties: Sequence[Owed], today: date, words: Words) -> list[str]:
    """Each thing that is owed by itself: a topic of a total with its hours, or the duty."""
    items: list[str] = []
    for each in duties:
        if each.line.state in STILL_OWED:
            items.append(duty_text(each.line, today, words))
        items += [part_text(part, words) for part in each.parts]
    return items


def hours_left(facts: StatusFacts, words: Words) -> Message:
    """Hours still owed: in total and for each topic, with the time left."""
    standing = facts.standing
    headline = headline_line(standing)
    counted = [each for each in still_owed(standing) if each.line.hours_left is not None]
    answer = short_answer(facts, words)
    if headline is None or headline.hours_left is None:
        return own_status(facts, words)
    total = owed(headline, standing.lines)
    asked = max(headline.hours_left, sum((part.hours or Decimal(0) for part in total.parts), Decimal(0)))
    left = wording.hours(asked, words)
    lead = words.say("hours-left-none", progress=_progress(headline, words))
    if asked and headline.due_on is not None:
        time = wording.days_left(headline.due_on, standing.as_of, words)
        day = wording.day(headline.due_on, standing.as_of, words)
        lead = words.say("hours-left", left=left, progress=_progress(headline, words), time=time, day=day)
    elif asked:
        lead = words.say("hours-left-no-date", left=left, progress=_progress(headline, words))
    rows = [Fact(line_label(headline, words), left)]
    rows += [
        Fact(part_text(part, words), words.say("hours-left-inside", label=headline.label))
        for part in total.parts
    ]
    if total.rest and total.parts:
        rows.append(Fact(words.say("hours-left-rest"), wording.hours(total.rest, words)))
    others = [each for each in counted if each.line is not headline]
    rows += [
        Fact(line_label(each.line, words), duty_text(each.line, standing.as_of, words)) for each in others
    ]
    clauses = [Clause(f"{answer.opening} {lead}")]
    if total.parts:
        clauses.append(Clause(words.say("status-open", items=parts_text(total, words)), 1))
    clauses += [Clause(wording.sentence(duty_text(each.line, standing.as_of, words)), 2) for each in others]
    replies = (Reply.NEXT, Reply.WHY, Reply.STATUS)
    return Message(
        kind=MessageKind.HOURS_LEFT,
        title=answer.opening,
        body=(Paragraph(lead), Facts(tuple(rows)), Note(provenance(facts, words))),
        sms=(*clauses, reply_clause(replies, words)),
        actions=buttons(replies, words),
        first_word=standing.word.value,
    )


def _nothing_missing(facts: StatusFacts, words: Words) -> Message:
    answer = short_answer(facts, words)
    replies = own_replies(facts.standing.word)
    return Message(
        kind=MessageKind.MISSING,
        title=answer.opening,
        body=(
            Paragraph(words.say("missing-none")),
            *(Paragraph(clause.text) for clause in answer.clauses),
            Note(provenance(facts, words)),
        ),
        sms=(*answer.in_order, reply_clause(replies, words)),
        actions=buttons(replies, words),
        first_word=facts.standing.word.value,
    )


def _no_rule(facts: TopicFacts, words: Words) -> Message:
    packs = wording.joined_and(facts.standing.packs, words)
    text = words.say("topic-no-rule", name=facts.name, asked=facts.asked, packs=packs)
    replies = (Reply.STATUS, Reply.HUMAN)
    return Message(
        kind=MessageKind.STATUS_TOPIC,
        title=words.say("topic-no-rule-title", asked=facts.asked),
        body=(Paragraph(text), Note(_provenance_of(facts, words))),
        sms=(Clause(text), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def _provenance_of(facts: TopicFacts, words: Words) -> str:
    return words.say(
        "status-provenance",
        agency=facts.agency,
        moment=wording.moment(facts.at, words),
        packs=wording.joined_and(
            tuple(dict.fromkeys(line.pack for line in facts.lines)) or facts.standing.packs, words
        ),
    )


def _word_of(line: StandingLine) -> str:
    words_of_states = {
        LineState.MET: StandingWord.YES,
        LineState.EXEMPT: StandingWord.YES,
        LineState.OPEN: StandingWord.NOT_YET,
        LineState.OVERDUE: StandingWord.OVERDUE,
        LineState.UNKNOWN: StandingWord.UNKNOWN,
        LineState.UNCHECKED: StandingWord.UNKNOWN,
    }
    return words_of_states[line.state].value


def _decisive(line: StandingLine) -> tuple[int, date]:
    rank, due = urgency(line)
    later = {LineState.UNKNOWN: 2, LineState.UNCHECKED: 3, LineState.MET: 4, LineState.EXEMPT: 5}
    return later.get(line.state, rank), due


def _deadlines(standing: Standing, words: Words) -> tuple[Fact, ...]:
    """Dates in order, one row for what shares a day inside the same total."""
    open_lines = [each.line for each in still_owed(standing) if each.line.due_on is not None]
    coming = [line for line in standing.lines if line.state is LineState.MET and line.inside is None]
    coming = [line for line in coming if line.due_on is not None and line.due_on >= standing.as_of]
    in_order = sorted([*open_lines, *coming], key=lambda line: line.due_on or date.max)
    return tuple(
        Fact(line_label(line, words), deadline_text(line, standing.as_of, words))
        for line in in_order[:DEADLINES_SHOWN]
    )


def _overall(standing: Standing, headline: StandingLine | None, words: Words) -> str:
    if standing.percent is None:
        return words.say("status-overall-none")
    share = wording.percent(standing.percent, words)
    if headline is None or headline.due_on is None:
        return words.say("status-overall", percent=share)
    day = wording.day(headline.due_on, standing.as_of, words)
    if headline.due_on < standing.as_of:
        return words.say("status-overall-over", percent=share, day=day)
    left = wording.days_left(headline.due_on, standing.as_of, words)
    return words.say("status-overall-time", percent=share, left=left, day=day)


def _where(each: Owed, words: Words) -> str:
    return line_label(each.line, words)


def _what_is_left(each: Owed, today: date, words: Words) -> str:
    texts = [words.say(f"state-{each.line.state.value}")]
    if each.line.hours_left and each.line.state in STILL_OWED:
        texts.append(words.say("hours-to-go", hours=wording.hours(each.line.hours_left, words)))
    if each.parts:
        texts.append(parts_text(each, words))
    if each.line.due_on is not None:
        texts.append(deadline_text(each.line, today, words))
    return "; ".join(texts)


def _progress(line: StandingLine, words: Words) -> str:
    if line.hours_counted is None or line.hours_required is None:
        return ""
    return wording.hours_of(line.hours_counted, line.hours_required, words)

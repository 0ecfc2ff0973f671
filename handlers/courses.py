"""Classes that can be taken: which one next, which there are, one of them by its number."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from db.queries import reporting
from db.records.courses import CourseOffering, OfferingStatus
from handlers.routing import Answered, Asked, Route, everyone, page_after
from handlers.status import coordinator, finish, topic_names
from messages import courses as say
from messages.class_phrases import OfferingFacts, PayFacts, ServedDuty
from messages.lines import line_label
from messages.pages import TEXT_DOORS, lines_for
from messages.ranks import called_short
from messages.words import Words
from reading.text.courses import asks_online, words_for_class
from rules.case import plain
from rules.standing import PoolRole, StandingLine
from training.asking import Outcome, Question
from training.courses import choosing, offerings
from training.courses.choosing import ClassChoice, Served
from training.courses.offerings import Offering, WantedClasses
from training.permission_table import Ask
from training.permissions import hidden, may

NEXT, CLASSES = "next", "classes"
# A list stays short on a phone: two of them, each with its day, fill two texts.
TEXT_LINES = 2
# More numbers than these are nobody's choice.
MOST_REMEMBERED = 50
CLOCK = "%H%M"


def next_class(question: Question, asked: Asked) -> Answered:
    """The class that fits best, with what the day means beside the asker's shifts."""
    choices = choosing.chosen(question)
    owes = choices.standing is not None and choosing.is_anything_open(choices.standing, question.today)
    facts = say.ClassesFacts(
        classes=tuple(_facts(question, asked, each) for each in choices.best),
        today=question.today,
        asks=_asks(question, asked.words),
        any_listed=choices.any_listed,
        nothing_open=not owes,
        coordinator=coordinator(question, asked),
        pay=_pay(question),
    )
    # WHY after NEXT still means what was talked about before.
    remembered = {
        **question.remembered(),
        "classes": [each.number for each in facts.classes],
        "page": 1,
        "pages_of": NEXT,
    }
    return finish(say.next_class(facts, asked.words), _outcome(choices.best), **remembered)


def others(question: Question, asked: Asked) -> Answered:
    """MORE after the best one: those behind it, under the numbers they have."""
    return _page(question, asked, page_after(question) - 1, NEXT, skipped=1)


def search(question: Question, asked: Asked) -> Answered:
    """Classes of a topic, of some days, online, by a word of their title or by their place."""
    topics = asked.topics() or _before(question, asked)
    first, last = _days(asked)
    wanted = WantedClasses(
        topics=tuple(plain(topic) for topic in topics),
        online=asks_online(asked.text),
        text=asked.text,
        first=first,
        last=last,
    )
    choices = choosing.found(question, wanted)
    said = topic_names(topics, asked.words) if topics else " ".join(words_for_class(asked.text))
    facts = say.ClassesFacts(
        classes=tuple(_facts(question, asked, each) for each in choices.best),
        today=question.today,
        asks=_asks(question, asked.words),
        said=said or asked.text,
        lines=_lines(question),
        any_listed=choices.any_listed,
        coordinator=coordinator(question, asked),
        pay=_pay(question),
    )
    remembered: dict[str, object] = {
        "intent": "course_search",
        "topic": list(topics),
        "classes": [each.number for each in facts.classes][:MOST_REMEMBERED],
        "page": 1,
        "pages_of": CLASSES,
    }
    return finish(say.classes(facts, asked.words), _outcome(choices.best), **remembered)


def more(question: Question, asked: Asked) -> Answered:
    """The next page of what was found."""
    return _page(question, asked, page_after(question), CLASSES)


def _page(question: Question, asked: Asked, page: int, pages_of: str, *, skipped: int = 0) -> Answered:
    remembered = question.remembered()
    numbers = [each for each in remembered.get("classes", ()) if isinstance(each, int)][skipped:]
    found = offerings.by_numbers(question.conn, question.agency_id, numbers)
    choices = choosing.choices_of(question, found)
    facts = say.ClassesFacts(
        classes=tuple(_facts(question, asked, each) for each in choices),
        today=question.today,
        asks=_asks(question, asked.words),
        page=page,
        lines=_lines(question),
        first=1 + skipped,
        coordinator=coordinator(question, asked),
        pay=_pay(question),
    )
    kept = {**remembered, "page": page + skipped, "pages_of": pages_of}
    return finish(say.classes(facts, asked.words), _outcome(choices), **kept)


def one(question: Question, asked: Asked) -> Answered:
    """C-12: all that is known about it."""
    offering = meant(question, asked)
    if offering is None:
        return finish(say.no_class(asked.words), Outcome())
    choice = choosing.choices_of(question, (offering,))[0]
    facts = _facts(question, asked, choice)
    may_change = may(question, Ask.RECORD_CARE)
    message = say.one_class(facts, question.today, asked.words, may_change=may_change)
    remembered = {**question.remembered(), "classes": [facts.number]}
    return finish(message, _outcome((choice,)), **remembered)


def meant(question: Question, asked: Asked) -> Offering | None:
    """The class that a button or a typed number names."""
    said = (asked.value or str(asked.slot("number") or "")).upper().removeprefix(offerings.PREFIX)
    number = int(said) if said.isascii() and said.isdecimal() and len(said) <= 6 else 0
    return offerings.by_number(question.conn, question.agency_id, number) if number else None


def _before(question: Question, asked: Asked) -> tuple[str, ...]:
    """The topics that the talk was about, where only other days were said."""
    if not asked.understood.follow_up:
        return ()
    return tuple(str(each) for each in question.remembered().get("topic", ()))


def _days(asked: Asked) -> tuple[date | None, date | None]:
    span, day = asked.slot("date_range"), asked.slot("date")
    if isinstance(span, tuple) and len(span) == 2:
        first, last = span
        return (first, last) if isinstance(first, date) and isinstance(last, date) else (None, None)
    return (day, day) if isinstance(day, date) else (None, None)


def _lines(question: Question) -> int:
    return TEXT_LINES if question.channel in TEXT_DOORS else lines_for(question.channel)


def _outcome(choices: tuple[ClassChoice, ...]) -> Outcome:
    return Outcome(data={"classes": [each.offering.number for each in choices][:MOST_REMEMBERED]})


def _asks(question: Question, words: Words) -> str:
    """Whom a request goes to first: the supervisor of the moment, as people call them."""
    lines = reporting.lines_at(question.conn, question.agency_id, question.asker.now)
    line = lines.get(question.asker.person_id)
    supervisor = None if line is None else line.fact.supervisor_id
    if supervisor is None or supervisor in hidden(question):
        return ""
    found = question.walls.by_ids(question.conn, question.agency_id, [supervisor])
    if not found:
        return ""
    rank = found[0].employment.fact.rank or ""
    return called_short(rank, found[0].given, found[0].family, words)


def _pay(question: Question) -> PayFacts | None:
    note = question.office.day_off_pay
    return None if note is None else PayFacts(says=note.says, source=note.source)


def own_facts(offering: CourseOffering) -> OfferingFacts:
    """A class as it is on file, with all its seats and about nobody."""
    return OfferingFacts(
        number=offering.number,
        title=offering.title,
        starts_on=offering.starts_on,
        ends_on=offering.ends_on,
        begins=offerings.begins(offering).replace(":", ""),
        ends=offerings.ends(offering).replace(":", ""),
        place=offering.place,
        miles=offering.miles,
        miles_source=offering.miles_source or "",
        provider=offering.provider,
        course_number=offering.course_number,
        topics=offering.topics,
        hours=offering.hours,
        topic_hours=offering.topic_hours,
        delivery=offering.delivery,
        seats=offering.seats,
        cost=offering.cost,
        register_by=offering.register_by,
        board_approved=offering.board_approved,
        link=offering.link,
        cancelled=offering.status is OfferingStatus.CANCELLED,
    )


def _facts(question: Question, asked: Asked, choice: ClassChoice) -> OfferingFacts:
    around, words = choice.around, asked.words
    late = [each for each in choice.late_for if each.pool_role is not PoolRole.TOTAL]
    return replace(
        own_facts(choice.offering),
        seats=choice.left,
        serves=tuple(_served(each, words) for each in _named(choice.serves)),
        late_for=tuple(_late(each, words) for each in late),
        closed="" if choice.closed is None else choice.closed.value,
        shift_ends=_clock(question, around.ends_at),
        shift_begins=_clock(question, around.begins_at),
        during_shift=around.during,
        day_off=around.day_off,
        on_leave=around.on_leave,
    )


def _clock(question: Question, at: datetime | None) -> str:
    return "" if at is None else f"{at.astimezone(ZoneInfo(question.asker.time_zone)):{CLOCK}}"


def _named(serves: tuple[Served, ...]) -> tuple[Served, ...]:
    """What it closes, without the totals that this is part of; else the total alone that it adds to."""
    closed = [each for each in serves if each.closes]
    parts = [each for each in closed if each.line.inside and each.line.pool_role is not PoolRole.TOTAL]
    whole = [each for each in closed if not each.line.inside]
    if closed:
        return (*parts, *whole) or tuple(closed)
    parts = [each for each in serves if each.line.inside and each.line.pool_role is not PoolRole.TOTAL]
    return tuple(parts or [each for each in serves if not each.line.inside] or serves)


def _served(served: Served, words: Words) -> ServedDuty:
    hours = served.hours
    needed = served.line.hours_left
    if hours is not None and needed is not None:
        hours = min(hours, needed)
    return ServedDuty(
        label=_label(served.line, words),
        due_on=served.line.due_on,
        hours=hours,
        closes=served.closes,
    )


def _late(line: StandingLine, words: Words) -> ServedDuty:
    return ServedDuty(label=_label(line, words), due_on=line.due_on, hours=Decimal(0), closes=False)


def _label(line: StandingLine, words: Words) -> str:
    return words.say("line-elective") if line.pool_role is PoolRole.ELECTIVE else line_label(line, words)


ROUTES = (
    Route(
        name=NEXT,
        handle=next_class,
        may_use=everyone,
        commands=("next",),
        menu="next",
        own_record=True,
        shows=True,
        next_page=others,
    ),
    Route(
        name=CLASSES,
        handle=search,
        may_use=everyone,
        intents=("course_search",),
        own_record=True,
        shows=True,
        next_page=more,
    ),
    Route(name="class", handle=one, may_use=everyone, commands=("class",), shows=True),
)

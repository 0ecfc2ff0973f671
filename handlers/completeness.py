"""How whole is the history of a year, or of one person? For whoever keeps the training records."""

import re

from handlers.history import WHOLE
from handlers.routing import Answered, Asked, Route, Tense, coordinates, page_after
from handlers.status import finish
from handlers.team import refuse
from messages import completeness as say
from messages.pages import lines_for
from messages.wording import day_with_year
from training.asking import NothingOnFileError, Outcome, Question
from training.completeness import PersonYears, YearLook, completeness, last_whole_year, tally
from training.people import display_name, named
from training.permissions import hidden

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def asked_about(question: Question, asked: Asked) -> Answered:
    """The year named, or the last one that was over on the day asked about; or the person named."""
    of = str(asked.slot("of") or "")
    if not of or _YEAR.fullmatch(of):
        return _year(question, asked, int(of) if of else last_whole_year(question.day), page=1)
    return _person(question, asked, of)


def next_page(question: Question, asked: Asked) -> Answered:
    """MORE people of the year last shown."""
    remembered = question.remembered()
    year = remembered.get("year")
    return _year(
        question,
        asked,
        year if isinstance(year, int) else last_whole_year(question.day),
        page=page_after(question),
    )


def _looked_at(question: Question) -> tuple[PersonYears, ...]:
    return completeness(question.conn, question.agency_id, question.day, known_at=question.known_at)


def _year(question: Question, asked: Asked, year: int, page: int) -> Answered:
    out_of_sight = hidden(question)
    everybody = [each for each in _looked_at(question) if each.person.person_id not in out_of_sight]
    rows = [row for one in everybody if (row := _row(one, year)) is not None]
    facts = say.AgencyYearFacts(
        agency=question.asker.agency_name,
        year=year,
        counts=tuple((look.value, n) for look, n in tally(everybody, year).items()),
        rows=tuple(sorted((row for row, _ in rows), key=_order)),
        page=page,
        lines=lines_for(question.channel),
    )
    outcome = Outcome(
        looked_at=tuple(person_id for _, person_id in rows), data={"of": "everybody", "year": year}
    )
    return finish(say.agency_year(facts, asked.words), outcome, year=year, page=page, pages_of="completeness")


def _row(one: PersonYears, year: int) -> tuple[say.YearFacts, int] | None:
    found = one.of(year)
    if found is None or found.look is YearLook.WHOLE:
        return None
    facts = say.YearFacts(display_name(one.person), year, found.records, found.look.value)
    return facts, one.person.person_id


def _order(row: say.YearFacts) -> tuple[int, str]:
    return (
        [YearLook.EMPTY, YearLook.THIN, YearLook.UNKNOWN, YearLook.PART].index(YearLook(row.look)),
        row.who,
    )


def _person(question: Question, asked: Asked, of: str) -> Answered:
    found = named(question, of).found
    if len(found) != 1:
        return refuse(question, asked)
    person_id = found[0].person_id
    one = next((each for each in _looked_at(question) if each.person.person_id == person_id), None)
    if one is None and question.known_at is not None:
        raise NothingOnFileError(person_id)
    if one is None:
        return refuse(question, asked)
    name = display_name(one.person)
    since = one.complete_from
    facts = say.PersonHistoryFacts(
        name=name,
        complete_from=day_with_year(since, asked.words) if since is not None else "",
        whole=since is not None and since <= WHOLE,
        rows=tuple(say.YearFacts("", each.year, each.records, each.look.value) for each in one.years),
    )
    return finish(say.person_history(facts, asked.words), Outcome(looked_at=(person_id,)))


ROUTES = (
    Route(
        name="completeness",
        handle=asked_about,
        may_use=coordinates,
        commands=("completeness",),
        menu="completeness",
        tense=Tense.FILE,
        shows=True,
        next_page=next_page,
    ),
)

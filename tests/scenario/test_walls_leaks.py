"""Would the grid notice? Leaks as somebody could really build them in, each planted alone where parts are composed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import pytest
from sqlalchemy import Connection, Engine

from db.queries import agencies, one_record, people, reporting
from db.queries.context import ByBadge, context
from db.records.facts import AgencyId, PersonAtAgency, Role
from db.records.work import Context
from db.tables.base import IDS_PER_AGENCY
from handlers import home, record, team
from handlers.front_desk import FrontDesk
from handlers.routing import Answered, Asked, Handler, Router
from handlers.table import ROUTER
from messages.kinds import MessageKind
from messages.model import Message, Paragraph
from tests.scenario.cast import LONG_AGO, Agency
from tests.scenario.walls_cast import NOW, YESTERDAY, DeskOf, Installation, installation, plain_desk, walk
from tests.scenario.walls_expected import differences, expected
from tests.scenario.walls_queries import QUERIES
from training.asking import Question
from training.permission_table import ANYBODY, Ask, Permission, PermissionTable, shipped
from training.walls import PURPOSES, Walls

# An hour before the line of the officer of the other unit ended.
THE_DAY_BEFORE = YESTERDAY - (NOW - YESTERDAY)


class WithoutScope(Walls):
    """A look-up by surname that forgot whose roster it reads."""

    def by_surname(self, conn: Connection, _agency: AgencyId, surname: str) -> tuple[PersonAtAgency, ...]:
        everywhere = agencies.agencies(conn)
        return tuple(each for other in everywhere for each in people.by_surname(conn, other, surname))

    def by_ids(self, conn: Connection, _agency: AgencyId, ids: Sequence[int]) -> tuple[PersonAtAgency, ...]:
        everywhere = agencies.agencies(conn)
        return tuple(each for other in everywhere for each in people.by_ids(conn, other, ids))


class FormerLine(Walls):
    """A line of supervision as it was, instead of as it is."""

    def is_below(self, conn: Connection, asker: Context, person_id: int) -> bool:
        return super().is_below(conn, asker, person_id) or reporting.is_below(
            conn, asker.agency_id, person_id, asker.person_id, THE_DAY_BEFORE
        )


class FormerLineInLists(Walls):
    """The same, where lists are made."""

    def people_below(self, conn: Connection, asker: Context) -> frozenset[int]:
        return reporting.people_below(conn, asker.agency_id, asker.person_id, THE_DAY_BEFORE)


class GrantsThatNeverEnd(Walls):
    """Roles without a look at the clock."""

    def roles(self, asker: Context) -> frozenset[Role]:
        return frozenset(each.role for each in asker.grants if each.valid_to is not None)


class GrantsWithoutAnEnd(Walls):
    """An auditor who was never given an end."""

    def roles(self, asker: Context) -> frozenset[Role]:
        return frozenset(each.role for each in asker.grants if each.runs(asker.now))


class NobodyProtected(Walls):
    """Lists and names without a thought of protected assignments."""

    def protected(self, *_: object) -> frozenset[int]:
        return frozenset()


class EverybodyBelow(Walls):
    """A supervisor is a supervisor."""

    def is_below(self, *_: object) -> bool:
        return True


def allowing(column: str, ask: Ask) -> Walls:
    """The walls with one cell of the table turned to yes."""
    return Walls(PermissionTable(MappingProxyType({**shipped().cells, (column, ask): Permission.YES})))


def _with(route: str, handle: Handler) -> DeskOf:
    """A front desk on which one route is answered by somebody else."""
    routes = tuple(replace(each, handle=handle) if each.name == route else each for each in ROUTER.routes)

    def desk_of(agency: Agency) -> FrontDesk:
        return FrontDesk(agency.office, agency.words, router=Router(routes))

    return desk_of


def _names_whom_it_refuses(question: Question, asked: Asked) -> Answered:
    answered = team.one_person(question, asked)
    name = str(asked.slot("person") or "")
    found = people.by_surname(question.conn, question.agency_id, name)
    if answered.message.kind is not MessageKind.REFUSED_PERSON or not found:
        return answered
    known = Paragraph(f"{found[0].given} is in another squad.")
    return replace(answered, message=replace(answered.message, body=(*answered.message.body, known)))


def _refuses_in_other_words(question: Question, asked: Asked) -> Answered:
    answered = team.one_person(question, asked)
    name = str(asked.slot("person") or "")
    if answered.message.kind is MessageKind.REFUSED_PERSON and people.by_surname(
        question.conn, question.agency_id, name
    ):
        return replace(answered, message=replace(answered.message, title="Not in your line"))
    return answered


def _takes_the_button_at_its_word(question: Question, asked: Asked) -> Answered:
    found = people.by_badge(question.conn, question.agency_id, asked.value)
    answered = team.one_person(question, asked)
    if found is None:
        return answered
    shown = Paragraph(f"{found.given} {found.family}: overdue")
    return replace(answered, message=replace(answered.message, body=(shown,)))


def _any_record(question: Question, asked: Asked) -> Answered:
    answered = record.opened(question, asked)
    found = one_record.record_behind(
        question.conn, AgencyId(int(asked.value) // IDS_PER_AGENCY), int(asked.value)
    )
    if found is None:
        return answered
    shown = Paragraph(found.kept.fact.title)
    return replace(answered, message=replace(answered.message, body=(shown,)))


def _card_of_somebody_else(question: Question, asked: Asked) -> Message | None:
    other = context(question.conn, question.agency_id, ByBadge("304"), question.channel, NOW, fixed=True)
    assert other is not None
    return home.own_home(replace(question, asker=other), asked)


def _desk_with_the_wrong_card(agency: Agency) -> FrontDesk:
    return FrontDesk(agency.office, agency.words, home_card=_card_of_somebody_else)


@dataclass(frozen=True, slots=True)
class Leak:
    """What is built wrong, and the part of the grid that is walked to find it."""

    name: str
    roles: tuple[str, ...]
    queries: tuple[str, ...]
    walls: Callable[[], Walls] = Walls
    desk_of: DeskOf = plain_desk


LEAKS = (
    Leak("a surname is looked up in every agency", ("coordinator",), ("person", "history"), WithoutScope),
    Leak(
        "a record number leads anywhere",
        ("records",),
        ("record-by-button",),
        desk_of=_with("record", _any_record),
    ),
    Leak("yesterday's sergeant still sees the officer", ("supervisor",), ("person", "record"), FormerLine),
    Leak("yesterday's officer is still in the list", ("supervisor",), ("team",), FormerLineInLists),
    Leak("an auditor's grant has ended", ("former-auditor",), ("person", "team"), GrantsThatNeverEnd),
    Leak("an auditor's grant has no end", ("endless-auditor",), ("person",), GrantsWithoutAnEnd),
    Leak("the list names the protected", ("coordinator", "supervisor"), ("team",), NobodyProtected),
    Leak("a name leads to the protected", ("command",), ("person", "record"), NobodyProtected),
    Leak("everybody is below a supervisor", ("supervisor",), ("person",), EverybodyBelow),
    Leak(
        "an administrator reads",
        ("administrator",),
        ("person",),
        lambda: allowing("administrator", Ask.AGENCY_RECORD),
    ),
    Leak(
        "a lawyer reads without a matter",
        ("legal",),
        ("person",),
        lambda: allowing("legal", Ask.AGENCY_RECORD),
    ),
    Leak(
        "whoever left keeps the squad",
        ("left-supervisor",),
        ("person", "team"),
        lambda: allowing(ANYBODY, Ask.LINE_RECORD),
    ),
    Leak(
        "an observer sees the list",
        ("union_observer",),
        ("team",),
        lambda: allowing("union_observer", Ask.AGENCY_LIST),
    ),
    Leak(
        "a refusal names the person",
        ("officer",),
        ("person",),
        desk_of=_with("person", _names_whom_it_refuses),
    ),
    Leak(
        "a refusal has other words for somebody",
        ("officer",),
        ("person",),
        desk_of=_with("person", _refuses_in_other_words),
    ),
    Leak(
        "a button is believed",
        ("supervisor",),
        ("person-by-button",),
        desk_of=_with("person", _takes_the_button_at_its_word),
    ),
    Leak("anybody reads the log", ("officer",), ("log",), lambda: allowing(ANYBODY, Ask.LOG)),
    Leak(
        "anybody opens records",
        ("officer",),
        ("open-record", "record-when-open"),
        lambda: allowing("officer", Ask.BREAK_GLASS),
    ),
    Leak(
        "a file is made without a purpose",
        ("records",),
        ("export-without-purpose",),
        lambda: Walls(purposes=PURPOSES | {""}),
    ),
    Leak("a file has the protected", ("coordinator",), ("export-standings",), NobodyProtected),
    Leak(
        "pseudonyms are no secret",
        ("auditor",),
        ("export-identify",),
        lambda: allowing("auditor", Ask.RE_IDENTIFY),
    ),
    Leak("the card is somebody else's", ("officer",), ("home",), desk_of=_desk_with_the_wrong_card),
)


@pytest.fixture
def place(sqlite_database: Engine) -> Installation:
    """Both agencies, on SQLite alone: a leak is a matter of what is composed, not of where it is kept."""
    return installation(sqlite_database)


def test_the_grid_notices_every_planted_leak(place: Installation) -> None:
    grid, unnoticed = expected(), []
    for leak in LEAKS:
        office = replace(place.lakemont.office, walls=leak.walls())
        queries = tuple(each for each in QUERIES if each.name in leak.queries)
        found = differences(walk(place.with_office(office), queries, leak.roles, leak.desk_of), grid)
        if not list(found):
            unnoticed.append(leak.name)
    assert unnoticed == []


def test_where_a_leak_is_planted_the_grid_is_right_without_it(place: Installation) -> None:
    for leak in LEAKS:
        queries = tuple(each for each in QUERIES if each.name in leak.queries)
        assert list(differences(walk(place, queries, leak.roles), expected())) == [], leak.name
    assert len(LEAKS) >= 10
    assert LONG_AGO < THE_DAY_BEFORE

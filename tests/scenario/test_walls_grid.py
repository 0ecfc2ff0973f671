"""Does everybody get exactly what the grid says: every role, every question, every kind of person asked about?"""

from itertools import chain

import pytest
from sqlalchemy import Engine

from handlers.table import ROUTER
from tests.examples import PROFILE
from tests.scenario.walls_cast import ROLES, installation, targets, walk
from tests.scenario.walls_expected import differences, expected
from tests.scenario.walls_queries import QUERIES, Query

# One walk is most of a minute; in parts it is shared among those who run the tests.
PARTS = 4


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_every_role_gets_what_the_grid_says_and_a_refusal_tells_nothing(
    sqlite_database: Engine, part: int
) -> None:
    roles = ROLES[part::PARTS]
    assert list(differences(walk(installation(sqlite_database), roles=roles), expected())) == []


@pytest.mark.long
def test_postgresql_gives_every_answer_there_is_to_a_question_and_something_to_every_role(
    postgresql_database: Engine,
) -> None:
    place, asked = installation(postgresql_database), each_answer_once()
    if PROFILE != "build":
        asked = dict.fromkeys(ROLES, QUERIES)
    answers = chain.from_iterable(walk(place, queries, (role,)) for role, queries in asked.items())
    assert list(differences(answers, expected())) == []


def each_answer_once() -> dict[str, tuple[Query, ...]]:
    """Who may do what is decided by the same code from the same rows, and its whole grid is walked on SQLite; here each
    question has each of its answers once, from whoever was asked least. ``make thorough`` walks all of it here too."""
    grid, seen = expected(), set()
    asked: dict[str, list[Query]] = {role: [] for role in ROLES}
    for query in QUERIES:
        for role in sorted(ROLES, key=lambda each: len(asked[each])):
            answers = tuple((target, grid[role, query.name, target]) for target in targets(role, query))
            if (query.name, answers) not in seen:
                seen.add((query.name, answers))
                asked[role].append(query)
    return {role: tuple(queries) for role, queries in asked.items()}


def test_what_postgresql_is_asked_leaves_out_no_role_no_question_and_no_answer() -> None:
    grid = expected()
    asked = {
        (role, query.name, target)
        for role, queries in each_answer_once().items()
        for query in queries
        for target in targets(role, query)
    }
    assert {role for role, _, _ in asked} == set(ROLES)
    assert {(query, target, grid[role, query, target]) for role, query, target in asked} == {
        (query, target, found) for (_, query, target), found in grid.items()
    }


def test_every_route_is_asked_by_the_grid() -> None:
    assert {route.name for route in ROUTER.routes} == {query.route for query in QUERIES if query.route}


def test_the_grid_has_a_row_for_every_question_and_none_too_many() -> None:
    asked = {
        (role, query.name, target) for role in ROLES for query in QUERIES for target in targets(role, query)
    }
    assert asked == set(expected())

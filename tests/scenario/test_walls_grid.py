"""Does everybody get exactly what the grid says: every role, every question, every kind of person asked about?"""

import pytest
from sqlalchemy import Engine

from handlers.table import ROUTER
from tests.scenario.walls_cast import ROLES, installation, targets, walk
from tests.scenario.walls_expected import differences, expected
from tests.scenario.walls_queries import QUERIES


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """A database of this test's own, once of each kind."""
    found = request.getfixturevalue(f"{request.param}_database")
    assert isinstance(found, Engine)
    return found


# One walk is a minute and more; in parts it is shared among those who run the tests.
PARTS = 4


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_every_role_gets_what_the_grid_says_and_a_refusal_tells_nothing(engine: Engine, part: int) -> None:
    roles = ROLES[part::PARTS]
    assert list(differences(walk(installation(engine), roles=roles), expected())) == []


def test_every_route_is_asked_by_the_grid() -> None:
    assert {route.name for route in ROUTER.routes} == {query.route for query in QUERIES if query.route}


def test_the_grid_has_a_row_for_every_question_and_none_too_many() -> None:
    asked = {
        (role, query.name, target) for role in ROLES for query in QUERIES for target in targets(role, query)
    }
    assert asked == set(expected())

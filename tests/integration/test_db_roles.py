"""Do the rights that docs/operating.md tells PostgreSQL's owner to give let Rollcall work, and change no fact?"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import ProgrammingError

from db.engine import make_engine
from db.integrity import check_integrity
from db.state import DatabaseState, state_for_writing
from db.tables.base import append_only_tables
from tests.conftest import PostgresServer
from tests.integration.record_cast import a_completion, an_agency, an_officer

PAGE = Path(__file__).parents[2] / "docs" / "operating.md"


@pytest.fixture(scope="module")
def service(postgres_server: PostgresServer) -> Iterator[Engine]:
    """The database as the role of the service sees it."""
    rights = PAGE.read_text(encoding="utf-8").partition("```sql\n")[2].partition("```")[0]
    postgres_server.run("CREATE ROLE rollcall LOGIN")
    with postgres_server.a_database("roles", "migrated_template") as owner:
        with owner.begin() as conn:
            conn.execute(text(rights))
        url = make_url(owner.url.render_as_string(hide_password=False)).set(username="rollcall")
        engine = make_engine(url.render_as_string(hide_password=False))
        yield engine
        engine.dispose()
    postgres_server.run("DROP ROLE rollcall")


def test_the_service_works_with_it(service: Engine) -> None:
    assert state_for_writing(service) is DatabaseState.CURRENT
    agency_id = an_agency(service)
    a_completion(service, agency_id, an_officer(service, agency_id))
    assert check_integrity(service) == ()


def test_no_fact_and_no_entry_can_be_changed_and_no_guard_taken_away(service: Engine) -> None:
    names = [table.name for table in append_only_tables()]
    attacks = [
        *(f"UPDATE {name} SET seq = seq" for name in names),  # noqa: S608  names of our own tables
        *(f"DELETE FROM {name}" for name in names),  # noqa: S608  as above
        *(f"TRUNCATE {name} CASCADE" for name in names),
        *(f"DROP TRIGGER {name}_refuses_change ON {name}" for name in names),
        *(f"ALTER TABLE {name} DISABLE TRIGGER ALL" for name in names),
        "UPDATE alembic_version SET version_num = '0001'",
        "SET session_replication_role = replica",
    ]
    for attack in attacks:
        with (
            pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
            service.begin() as conn,
        ):
            conn.execute(text(attack))

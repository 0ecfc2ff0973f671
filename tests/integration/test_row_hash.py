"""A row hashes to the same when it is written, when it is read again, and on whichever database."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from db import tables
from db.kept_rows import kept_rows
from db.records.facts import AgencyId, Assignment, Completion, Fact, ReportingLine
from db.row_hash import hash_of_kept
from db.unit_of_work import reading, writing
from tests.examples import examples
from tests.integration.record_cast import an_agency, an_officer

# PostgreSQL keeps no NUL, and half a character is no text anywhere.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False).filter(
    lambda each: abs(each.adjusted()) < 60
) | (st.sampled_from([Decimal(text) for text in ("0", "-0", "0.00", "-0.00", "1E+3", "2.50", "2.5", "1e-9")]))
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
# Hypothesis gives bounds without a zone to what has one; days at the very ends have no place in UTC.
INSTANTS = st.datetimes(timezones=ZONES).filter(lambda at: 2 < at.year < 9998)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS | NUMBERS | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def facts_about(person_id: int) -> st.SearchStrategy[Fact]:
    me = st.just(person_id)
    maybe = st.none() | TEXTS
    return st.one_of(
        st.builds(
            Completion,
            person_id=me,
            completed_on=st.dates(),
            hours=st.none() | NUMBERS,
            topics=st.lists(TEXTS, max_size=3).map(tuple),
            topic_hours=st.dictionaries(TEXTS, NUMBERS, max_size=2),
            title=TEXTS,
            board_approved=st.none() | st.booleans(),
            score=st.none() | NUMBERS,
            evidence=st.dictionaries(TEXTS, JSON, max_size=3),
            provider=maybe,
        ),
        st.builds(Assignment, person_id=me, kind=TEXTS, details=st.dictionaries(TEXTS, JSON, max_size=3)),
        st.builds(ReportingLine, person_id=me, valid_from=INSTANTS, valid_to=st.none() | INSTANTS),
    )


def test_any_fact_hashes_the_same_written_and_read_on_both_databases(
    sqlite_database: Engine, postgresql_database: Engine
) -> None:
    both = (sqlite_database, postgresql_database)
    (agency_id,) = {an_agency(each) for each in both}
    (ruiz,) = {an_officer(each, agency_id) for each in both}

    @settings(max_examples=examples(60))
    @given(facts_about(ruiz), INSTANTS)
    def holds(fact: Fact, at: datetime) -> None:
        assert len({kept_hash(each, agency_id, fact, at) for each in both}) == 1

    holds()


def kept_hash(database: Engine, agency_id: AgencyId, fact: Fact, at: datetime) -> str:
    with writing(database, agency_id, at=at) as writer:
        (kept_id,) = writer.record(fact)
    table = {Completion: tables.completion, Assignment: tables.assignment}.get(
        type(fact), tables.reporting_line
    )
    with reading(database) as conn:
        (row,) = [each for each in kept_rows(conn, table) if each["id"] == kept_id]
    assert row["hash"] == hash_of_kept(table.name, row)
    return str(row["hash"])


def test_a_column_that_is_empty_is_no_part_of_the_hash() -> None:
    row = {"id": 1, "hash": "of before", "kind": "card", "level": None}
    assert hash_of_kept("credential", row) == hash_of_kept("credential", {"id": 1, "kind": "card"})
    assert hash_of_kept("credential", row) != hash_of_kept("card", row)
    assert hash_of_kept("credential", row | {"level": ""}) != hash_of_kept("credential", row)


def test_anybody_can_reckon_it(sqlite_database: Engine) -> None:
    """The recipe of docs/record.md, with nothing of ours."""
    an_agency(sqlite_database)
    with reading(sqlite_database) as conn:
        row = next(kept_rows(conn, tables.agency))
    at = datetime(2027, 3, 2, 18, tzinfo=UTC).strftime("%Y-%m-%d %H:%M:%S.000000")
    assert row == {
        "id": 10000000001,
        "agency_id": 1,
        "seq": 1,
        "recorded_at": at,
        "recorded_by": None,
        "source": "rollcall",
        "replaces_id": None,
        "void": 0,
        "hash": "?",
        "name": "Lakemont PD",
        "short_name": "Lakemont",
        "state": "MN",
        "time_zone": "America/Chicago",
    } | {"hash": row["hash"]}


def test_rows_are_read_page_by_page_without_losing_or_repeating_one(database: Engine) -> None:
    agency_id = an_agency(database)
    for badge in ("1", "2", "3", "4", "5"):
        an_officer(database, agency_id, badge=badge)
    with reading(database) as conn:
        for table in (tables.person_name, tables.standing, tables.audit_entry):
            whole = list(kept_rows(conn, table))
            assert len(whole) >= 5
            assert [list(kept_rows(conn, table, page)) for page in (1, 2, 5)] == [whole] * 3

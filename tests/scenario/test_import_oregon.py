"""Do real transcripts, which nobody tidied, come in whole? Every row accepted, rejected or skipped with a reason."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.queries import evaluation
from db.records.facts import AgencyId, Credit
from db.records.imports import RowFate
from db.unit_of_work import reading
from reading.tables.preview import TableKind
from tests.scenario.import_cast import TUESDAY, office_at
from training.agency_setup import found, packs_for
from training.imports.model import Plan
from training.imports.opening import open_file
from training.imports.planning import plan
from training.imports.writing import write
from training.office import Office
from training.standings.compliance import sweep

TRANSCRIPTS = Path(__file__).parents[3] / "shared" / "data" / "oregon-transcripts"
FILES = (
    ("roster", "people.csv"),
    ("history", "training.csv"),
    ("certifications", "certifications.csv"),
    ("cards", "maintenance.csv"),
    ("leave", "employment.csv"),
    ("employment", "employment.csv"),
)

pytestmark = pytest.mark.skipif(
    not TRANSCRIPTS.is_dir(), reason="the Oregon transcripts are not beside this checkout"
)


def brought(office: Office, agency_id: AgencyId, kind: str, name: str) -> Plan:
    """The plan of one of the tables, written."""
    data = (TRANSCRIPTS / name).read_bytes()
    file = open_file(TableKind(kind), name, data, today=TUESDAY.date())
    with reading(office.engine) as conn:
        planned = plan(conn, agency_id, file.preview, TUESDAY.date())
    write(office, agency_id, planned, file_name=name, file_hash=file.digest)
    rows = len([line for line in data.decode().splitlines() if line.strip()]) - 1
    assert len(planned.rows) == rows, kind
    assert len({row.line for row in planned.rows}) == rows, kind
    assert all(row.because for row in planned.rows if row.fate in (RowFate.REJECTED, RowFate.SKIPPED)), kind
    return planned


def test_oregon_comes_in_whole_and_the_second_time_not_at_all(database: Engine) -> None:
    office = office_at(database, TUESDAY)
    packs = packs_for(office, "OR")
    agency_id = found(office, "Portland Police Bureau", "OR", "America/Los_Angeles", packs)
    planned = {kind: brought(office, agency_id, kind, name) for kind, name in FILES}
    assert planned["roster"].count(RowFate.ACCEPTED) == 60
    assert planned["history"].count(RowFate.ACCEPTED) == 4442
    assert planned["certifications"].count(RowFate.ACCEPTED) == 104
    assert planned["leave"].count(RowFate.ACCEPTED) == 13
    # The two cards whose start and end were swapped.
    assert [row.line for row in planned["cards"].of(RowFate.REJECTED)] == [152, 169]
    again = {kind: brought(office, agency_id, kind, name) for kind, name in FILES}
    assert {kind: each.writes for kind, each in again.items()} == dict.fromkeys(again, 0)
    with reading(database) as conn:
        kept = [each.fact for some in evaluation.completions_for(conn, agency_id).values() for each in some]
    assert len(kept) == 4442
    assert all(fact.credit_reason for fact in kept if fact.credit is not Credit.YES)
    assert any(fact.evidence.get("role") == "instructor" for fact in kept)
    assert sweep(office, agency_id, TUESDAY.date()) == 60

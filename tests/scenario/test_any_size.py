"""Is it the same system for ten officers and for a thousand: the same settings, the same commands, the same answers?

What is counted are statements and transactions, never time; `benchmarks/sweep.py` has the times.
"""

import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from db.engine import make_engine
from db.queries import standings
from tests.fakes.clock import MovableClock
from tests.fakes.keys import a_key_store
from tests.scenario.cast import Agency, Statements, agency_in, counted
from tests.scenario.import_cast import command
from training.office import Office
from training.pack_adoption import planned
from training.pack_preview import preview
from training.packs import PackShelf
from training.standings.compliance import BATCH, tick

SIZES = (10, 1_000)
NOON = datetime(2027, 3, 2, 18, tzinfo=UTC)
OFFICER, CHIEF = "1009", "1000"
COURSES = (
    ("Use of force update", "use_of_force", "2027-02-01", 2),
    ("Crisis intervention", "crisis_intervention", "2026-04-01", 6),
    ("Patrol tactics", "general", "2026-06-01", 40),
)


def family(number: int) -> str:
    """A surname of letters, another one for every number."""
    return "".join(chr(ord("a") + number // 26**place % 26) for place in range(3)).capitalize() + "son"


def roster(people: int) -> str:
    """A chief and everybody else, with cycles in three phases."""
    head = "badge_number,name,rank,supervisor_badge,roles,appointed_on,state,cycle_start,cycle_end,position"
    rows = [f'{CHIEF},"{family(0)}, Pat",Chief,,officer;command,{_PHASES[0]}']
    rows += [
        f'{1000 + n},"{family(n)}, Pat",Officer,{CHIEF},officer,{_PHASES[n % 3]}' for n in range(1, people)
    ]
    return "\n".join((head, *rows))


_PHASES = tuple(
    f"2015-04-01,MN,{first}-07-01,{first + 3}-06-30,police-officer" for first in (2024, 2025, 2026)
)


def history(people: int) -> str:
    """The same three classes for everybody."""
    head = "badge_number,course_title,completed_on,hours,topics,provider,board_approved"
    rows = [
        f"{1000 + n},{title},{day},{hours},{topic},Lakemont PD,yes"
        for n in range(people)
        for title, topic, day, hours in COURSES
    ]
    return "\n".join((head, *rows))


@pytest.fixture(scope="module")
def agencies(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Mapping[int, Agency]:
    """One installation of each size, filled by the same commands under the same settings."""
    made = {}
    for size in SIZES:
        folder = tmp_path_factory.mktemp(f"agency-of-{size}")
        shutil.copyfile(migrated_file, folder / "rollcall.db")
        engine = make_engine(f"sqlite:///{folder / 'rollcall.db'}")
        office = Office(engine, MovableClock(NOON), PackShelf(), a_key_store(), fixed=True)
        for kind, text in (("roster", roster(size)), ("history", history(size))):
            (folder / f"{kind}.csv").write_text(text, encoding="utf-8")
            said = command(office, kind, folder / f"{kind}.csv", "--yes")
            assert said.code == 0, said.out
        made[size] = agency_in(engine, NOON + timedelta(days=1))
    return made


def asked(agencies: Mapping[int, Agency], what: Callable[[Agency], object]) -> dict[int, Statements]:
    """What the same thing asks of each database."""
    heard = {}
    for size, agency in agencies.items():
        with counted(agency.office.engine) as statements:
            what(agency)
        heard[size] = statements
    return heard


def test_the_same_commands_take_in_both(agencies: Mapping[int, Agency]) -> None:
    assert {size: len(agency.badges()) for size, agency in agencies.items()} == {size: size for size in SIZES}
    assert len({agency.text(OFFICER, "am i good") for agency in agencies.values()}) == 1


def test_one_officers_answer_costs_the_same(agencies: Mapping[int, Agency]) -> None:
    for text in ("am i good", "why", "history", "deadlines"):
        heard = asked(agencies, partial(Agency.ask, badge=OFFICER, text=text))
        few, many = (heard[size] for size in SIZES)
        assert (len(few.reads), len(few.writes)) == (len(many.reads), len(many.writes)), text


def test_a_pass_over_everybody_costs_batches_and_not_people(agencies: Mapping[int, Agency]) -> None:
    for agency in agencies.values():
        with agency.writing() as writer:
            standings.mark_everybody_dirty(writer.conn, agency.agency_id, seq=writer.head_seq, at=writer.at)
    heard = asked(agencies, lambda agency: tick(agency.office, agency.agency_id, agency.today))
    few, many = (heard[size] for size in SIZES)
    batches = SIZES[1] // BATCH
    assert len(many.reads) + len(many.writes) <= (len(few.reads) + len(few.writes)) * batches


def test_the_chiefs_board_costs_the_same_once_everybody_was_judged(agencies: Mapping[int, Agency]) -> None:
    for agency in agencies.values():
        tick(agency.office, agency.agency_id, agency.today)
    heard = asked(agencies, lambda agency: agency.ask(CHIEF, "my team"))
    few, many = (heard[size] for size in SIZES)
    assert (len(few.reads), len(few.writes)) == (len(many.reads), len(many.writes))


def test_a_preview_over_everybody_costs_batches_and_not_people(agencies: Mapping[int, Agency]) -> None:
    heard = asked(agencies, _previewed)
    few, many = (heard[size] for size in SIZES)
    assert few.writes == many.writes == []
    assert len(many.reads) <= len(few.reads) * (SIZES[1] // BATCH)


def _previewed(agency: Agency) -> None:
    with agency.reading() as conn:
        adoption = planned(conn, agency.office.shelf, agency.agency_id, "lkm", date(2027, 7, 1))
        preview(conn, agency.office.shelf, agency.agency_id, adoption, agency.today)

"""Does the demo agency come in through the ordinary import, with only the rows lost that are meant to be?"""

import pytest
from sqlalchemy import Engine

from bot.demo.agency import NOW, demo_files, intended_standings
from bot.demo.people import UNITS
from db.integrity import check_integrity
from db.queries import agencies, audit, people, standings
from db.unit_of_work import reading
from tests.scenario.import_cast import office_at
from training.agency_setup import DemoFilesError, build_demo
from training.audit import AuditTag
from training.standings.compliance import sweep


def test_the_demo_agency_stands_as_its_stories_say(database: Engine) -> None:
    office = office_at(database, NOW)
    heard: list[str] = []
    agency_id = build_demo(office, demo_files(), lambda kind, _done, _total: heard.append(kind))
    sweep(office, agency_id, NOW.date())
    with reading(database) as conn:
        roster = people.roster(conn, agency_id)
        kept = standings.standings(conn, agency_id, [person.person_id for person in roster])
        words = {each.person_id: each.word for each in kept}
        units = {unit.fact.unit_id: unit.fact for unit in agencies.units(conn, agency_id)}
        audited = audit.entries(conn, agency_id, tags=[AuditTag.IMPORT_WRITTEN])
    said = {person.employment.fact.badge_number: words[person.person_id] for person in roster}
    assert said == {badge: word.value for badge, word in intended_standings().items()}
    above = {
        unit.name: units[unit.parent_unit_id].name if unit.parent_unit_id is not None else None
        for unit in units.values()
    }
    assert above == UNITS
    assert len(audited) == len(demo_files())
    assert set(heard) == set(demo_files())
    assert check_integrity(database) == ()


def test_a_demo_that_loses_more_rows_than_it_means_to_fails_loudly(database: Engine) -> None:
    files = dict(demo_files())
    files["cards"] += b"9999,CPR,2026-01-01,2028-01-01,Nobody\r\n" * 5
    with pytest.raises(DemoFilesError, match="badge-unknown"):
        build_demo(office_at(database, NOW), files)

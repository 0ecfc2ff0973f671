"""What does ``rollcall doctor`` say of a well installation, and of each thing that can be wrong with one?"""

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text, update

from bot.cli import main
from bot.composition import ProcessClock, keys_in
from bot.demo.agency import NOW
from bot.desk.clock import set_clock
from bot.doctor.examination import CHECKS
from db.files.folder import Folder
from db.files.port import name_of
from db.queries.heartbeats import beat
from db.queries.people import contact_points
from db.records.audit import AuditDraft
from db.records.facts import ContactPoint
from db.tables import heartbeat
from db.unit_of_work import working, writing
from rules.loader import held_packs
from scheduler.table import JOBS
from tests.fakes.keys import a_key_store
from tests.fakes.s3.server import ACCESS_KEY, REGION, SECRET_KEY, StandIn
from tests.scenario.cast import Agency, agency_in
from training.agency_setup import found
from training.audit import AuditTag
from training.office import Office
from training.packs import PackShelf


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """How the command ended, and by name of the check what it said."""

    code: int
    found: Mapping[str, tuple[str, str]]

    def state(self, name: str) -> str:
        """The word before the line."""
        return self.found[name][0]

    def line(self, name: str) -> str:
        """What was found and what to do."""
        return self.found[name][1]


Doctor = Callable[..., Diagnosis]


@pytest.fixture
def doctor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Doctor:
    """The command on an installation in a folder of its own."""
    for name in [name for name in os.environ if name.startswith("ROLLCALL_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir(mode=0o700)

    def look(engine: Engine | None = None, **settings: str) -> Diagnosis:
        if engine is not None:
            settings["DATABASE_URL"] = engine.url.render_as_string(hide_password=False)
        with monkeypatch.context() as environment:
            for name, value in settings.items():
                environment.setenv(f"ROLLCALL_{name}", value)
            code = main(["doctor"])
        said = capsys.readouterr()
        assert said.err == ""
        found = {}
        for line in said.out.splitlines():
            state, _, rest = line.partition("  ")
            name, _, what = rest.strip().partition(": ")
            found[name] = (state, what)
        assert len(found) == len(CHECKS)
        return Diagnosis(code, found)

    return look


def well(engine: Engine) -> Agency:
    """Lakemont at the moment of its stories, with a scheduler that works."""
    set_clock(Office(engine, ProcessClock(), PackShelf(), a_key_store()), NOW)
    with working(engine) as conn:
        for job in JOBS:
            beat(conn, job.name)
    return agency_in(engine, NOW)


def test_a_well_installation_has_a_line_for_each_check_and_ends_with_nothing(
    embedded: Agency, doctor: Doctor
) -> None:
    well(embedded.office.engine)
    diagnosis = doctor(embedded.office.engine)
    assert diagnosis.code == 0
    states = {name: state for name, (state, _) in diagnosis.found.items()}
    assert {name: state for name, state in states.items() if state != "OK"} == {
        "keys": "NOT SET",
        "sent files": "NOT SET",
        "virus scan": "NOT SET",
        "anchors": "NOT SET",
        "Slack": "NOT SET",
        "Slack scopes": "NOT SET",
        "Slack way in": "NOT SET",
        "Slack workspace": "NOT SET",
        "Teams": "NOT SET",
        "Teams keys": "NOT SET",
        "Teams cloud": "NOT SET",
        "Teams way in": "NOT SET",
        "Teams tenant": "NOT SET",
        "text messages": "NOT SET",
        "Twilio account": "NOT SET",
        "Twilio API key": "NOT SET",
        "text sender": "NOT SET",
        "text registration": "NOT SET",
        "text address at Twilio": "NOT SET",
        "text way in": "NOT SET",
        "text consent": "NOT SET",
        "text guard": "NOT SET",
        "e-mail": "NOT SET",
        "calendars": "NOT SET",
        "directory": "NOT SET",
        "public address": "NOT SET",
    }
    assert diagnosis.line("agencies").startswith("1 set up")
    assert "Ruiz" not in str(diagnosis.found)


def test_without_a_database_it_says_so_and_makes_none(doctor: Doctor, tmp_path: Path) -> None:
    diagnosis = doctor()
    assert diagnosis.code == 1
    assert diagnosis.found["database"] == ("FAILED", "It is not there yet. Run: rollcall db upgrade")
    assert diagnosis.state("roster") == diagnosis.state("scheduler") == "NOT CHECKED"
    assert diagnosis.state("rule packs") == "OK"
    assert not list((tmp_path / "data").iterdir())


def test_a_folder_that_is_not_there_is_not_made_by_looking(doctor: Doctor, tmp_path: Path) -> None:
    diagnosis = doctor(DATA_DIR=str(tmp_path / "elsewhere"))
    assert diagnosis.state("data folder") == "ATTENTION"
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("sqlite:///notes.txt", "It is no database, or a damaged one."),
        ("postgresql://rollcall:geheim@127.0.0.1:1/rollcall", "It cannot be reached"),
    ],
)
def test_a_database_that_is_none_is_told_from_one_that_cannot_be_reached(
    address: str, said: str, doctor: Doctor, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("Bring the projector to roll call. " * 40)
    diagnosis = doctor(DATABASE_URL=address)
    assert diagnosis.code == 1
    assert diagnosis.line("database").startswith(said)
    assert "geheim" not in str(diagnosis.found)


def test_an_installation_that_was_never_migrated_is_to_be_upgraded(
    empty_database: Engine, doctor: Doctor
) -> None:
    assert doctor(empty_database).line("database") == "It is not there yet. Run: rollcall db upgrade"


def test_a_trigger_that_is_gone_and_a_chain_that_was_cut_are_found(lakemont: Agency, doctor: Doctor) -> None:
    engine = lakemont.office.engine
    well(engine)
    dialect = engine.dialect.name
    with working(engine) as conn:
        name = "completion_refuses_update" if dialect == "sqlite" else "completion_refuses_change"
        conn.execute(text(f"DROP TRIGGER {name}" + ("" if dialect == "sqlite" else " ON completion")))
        conn.execute(text("UPDATE chain_head SET entries = entries + 1"))
    diagnosis = doctor(engine)
    assert diagnosis.code == 1
    assert diagnosis.line("guards of the record").startswith(
        "Triggers that are missing, changed or unknown: 1."
    )
    assert diagnosis.state("audit chain") == "FAILED"


def test_a_clock_that_is_behind_the_record_is_found(lakemont: Agency, doctor: Doctor) -> None:
    engine = lakemont.office.engine
    well(engine)
    with working(engine) as conn:
        # As if this machine's clock had been set back by a day.
        conn.execute(text("UPDATE clock_offset SET seconds = seconds - 86400"))
    diagnosis = doctor(engine)
    assert diagnosis.state("clock") == "FAILED"
    assert "ahead of this machine's clock" in diagnosis.line("clock")


def test_a_clock_that_was_set_back_once_is_said_and_fails_nothing(lakemont: Agency, doctor: Doctor) -> None:
    engine = lakemont.office.engine
    agency = well(engine)
    for at in (NOW - timedelta(hours=1), NOW - timedelta(hours=3)):
        with writing(engine, agency.agency_id, at=at) as writer:
            writer.audit(AuditDraft(tag=AuditTag.RECORD_VIEWED))
    diagnosis = doctor(engine)
    assert (diagnosis.code, diagnosis.state("clock")) == (0, "ATTENTION")
    assert "where a clock was set back: 2. In the last one number" in diagnosis.line("clock")


@pytest.mark.parametrize(
    ("silent", "state", "said"),
    [
        (timedelta(seconds=20), "OK", "It last worked"),
        (timedelta(minutes=5), "ATTENTION", "sign 5 minutes"),
        (timedelta(hours=3), "FAILED", "no sign for 3 hours"),
    ],
)
def test_a_scheduler_that_falls_silent_is_noticed(
    silent: timedelta, state: str, said: str, embedded: Agency, doctor: Doctor
) -> None:
    engine = embedded.office.engine
    well(engine)
    with working(engine) as conn:
        conn.execute(update(heartbeat).values(succeeded_at=datetime.now(UTC) - silent))
    diagnosis = doctor(engine)
    assert diagnosis.state("scheduler") == state
    assert said in diagnosis.line("scheduler")
    assert diagnosis.code == (1 if state == "FAILED" else 0)


def test_a_job_that_never_comes_to_its_end_is_named_though_the_scheduler_works(
    embedded: Agency, doctor: Doctor
) -> None:
    engine = embedded.office.engine
    well(engine)
    with working(engine) as conn:
        old = datetime.now(UTC) - timedelta(hours=2)
        conn.execute(update(heartbeat).where(heartbeat.c.job == "standings").values(succeeded_at=old))
    diagnosis = doctor(engine)
    assert diagnosis.state("scheduler") == "FAILED"
    assert "the job standings" in diagnosis.line("scheduler")


def test_people_nobody_can_reach_and_an_old_roster_are_pointed_at(embedded: Agency, doctor: Doctor) -> None:
    engine = embedded.office.engine
    agency = well(engine)
    assert doctor(engine).state("people") == "OK"
    with agency.writing() as writer:
        ruiz = agency.id_of("214")
        for point in _points(agency, ruiz):
            writer.withdraw(point, ContactPoint)
    set_clock(Office(engine, ProcessClock(), PackShelf(), a_key_store()), NOW + timedelta(days=60))
    diagnosis = doctor(engine)
    assert diagnosis.code == 0
    assert diagnosis.line("people").startswith("Without an address and a number: 1.")
    assert diagnosis.state("roster") == "ATTENTION"


def _points(agency: Agency, person_id: int) -> list[int]:
    with agency.reading() as conn:
        return [each.id for each in contact_points(conn, agency.agency_id, [person_id])]


def test_an_agency_without_a_pack_for_today_is_pointed_at(embedded: Agency, doctor: Doctor) -> None:
    office = well(embedded.office.engine).office
    found(office, "Cedar PD", "WY", "America/Denver", ())
    diagnosis = doctor(embedded.office.engine)
    assert diagnosis.line("agencies").startswith("Without a rule pack for today: 1.")


@pytest.mark.parametrize("broken", ["pack.yaml", "requirements/010-taser.yaml"])
def test_a_pack_of_the_agencys_own_that_cannot_be_read_is_named(
    broken: str, doctor: Doctor, tmp_path: Path
) -> None:
    own = tmp_path / "data" / "packs" / "own"
    shutil.copytree(next(each.folder for each in held_packs() if each.id == "lkm"), own)
    heading = own / "pack.yaml"
    heading.write_text(heading.read_text().replace("id: lkm", "id: own"))
    assert doctor().state("rule packs") == "OK"
    (own / broken).write_text("not: [a, pack")
    diagnosis = doctor()
    assert diagnosis.state("rule packs") == "FAILED"
    assert "own" in diagnosis.line("rule packs")


def test_settings_problems_are_told_and_a_half_set_channel_is_named_with_its_variables(
    doctor: Doctor,
) -> None:
    diagnosis = doctor(TIME_ZONE="America/Lakemont", TWILIO_AUTH_TOKEN="geheim")  # noqa: S106  nobody's
    assert diagnosis.code == 1
    assert "ROLLCALL_TIME_ZONE" in diagnosis.line("settings")
    assert diagnosis.state("Slack") == "NOT CHECKED"
    assert "ROLLCALL_TWILIO_ACCOUNT_SID, ROLLCALL_TWILIO_FROM_NUMBER" in diagnosis.line("text messages")
    assert "geheim" not in str(diagnosis.found)


@pytest.mark.parametrize(
    ("address", "on", "state"),
    [
        ("http://localhost:8000", False, "NOT SET"),
        ("http://localhost:8000", True, "FAILED"),
        ("http://rollcall.example.gov", False, "FAILED"),
        ("https://rollcall.example.gov", True, "OK"),
    ],
)
def test_what_comes_from_outside_is_encrypted_once_a_channel_is_on(
    address: str, on: bool, state: str, doctor: Doctor
) -> None:
    # Nothing answers there, and nobody is asked outside.
    slack = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "geheim",
        "SLACK_API_URL": "http://127.0.0.1:1/api/",
    }
    slack = slack if on else {}
    diagnosis = doctor(PUBLIC_URL=address, **slack)
    assert diagnosis.state("public address") == state
    assert diagnosis.state("Slack") == ("FAILED" if on else "NOT SET")


@pytest.mark.skipif(os.name != "posix", reason="rights of a folder are said differently elsewhere")
def test_a_data_folder_that_others_can_enter_is_pointed_at(doctor: Doctor, tmp_path: Path) -> None:
    (tmp_path / "data").chmod(0o755)
    diagnosis = doctor()
    assert diagnosis.state("data folder") == "ATTENTION"
    assert "chmod 700" in diagnosis.line("data folder")


def test_a_master_key_that_is_gone_and_a_folder_that_is_not_mounted_are_said(
    embedded: Agency, doctor: Doctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    well(embedded.office.engine)
    monkeypatch.setenv("ROLLCALL_ANCHOR_DIR", str(tmp_path / "elsewhere"))
    keys = tmp_path / "keys"
    keys_in(keys).open()
    monkeypatch.setenv("ROLLCALL_KEYS_URL", f"sqlite:///{keys / 'keys.db'}")
    diagnosis = doctor(embedded.office.engine)
    assert diagnosis.state("keys") == "FAILED"
    assert "Put keys/master.key back into the data folder" in diagnosis.line("keys")
    assert diagnosis.state("anchors") == "FAILED"
    assert diagnosis.code == 1


def test_sent_files_and_what_looks_at_them(embedded: Agency, doctor: Doctor, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "files"
    Folder(folder).put(name_of(b"sealed"), b"sealed")
    diagnosis = doctor(embedded.office.engine, SCAN_COMMAND="sh -c true")
    assert diagnosis.state("sent files") == "OK"
    assert str(folder) in diagnosis.line("sent files")
    assert diagnosis.found["virus scan"] == ("OK", "sh looks at each file before anybody opens it.")
    assert list(Folder(folder).names()) == [name_of(b"sealed")]
    shutil.rmtree(folder)
    folder.write_bytes(b"")
    diagnosis = doctor(embedded.office.engine, SCAN_COMMAND="clamdscan-of-nobody -")
    assert diagnosis.code == 1
    assert diagnosis.state("sent files") == "FAILED"
    assert "ROLLCALL_FILES" in diagnosis.line("sent files")
    assert diagnosis.state("virus scan") == "FAILED"


def test_a_bucket_is_tried_out(embedded: Agency, doctor: Doctor) -> None:
    settings = {"FILES_ACCESS_KEY": ACCESS_KEY, "FILES_REGION": REGION, "FILES_URL": "s3://rollcall-files/pd"}
    with StandIn() as s3:
        settings["FILES_ENDPOINT"] = s3.endpoint
        settings["FILES_SECRET_KEY"] = SECRET_KEY
        diagnosis = doctor(embedded.office.engine, **settings)
        assert diagnosis.state("sent files") == "OK"
        assert "s3://rollcall-files/pd" in diagnosis.line("sent files")
        assert s3.objects == {}
        settings["FILES_SECRET_KEY"] = SECRET_KEY[::-1]
        wrong = doctor(embedded.office.engine, **settings)
    assert wrong.state("sent files") == "FAILED"
    assert SECRET_KEY not in str(diagnosis.found)

"""The day the disk died: backup, more work, anchor, loss, restore, and what the coordinator is told to enter again."""

import io
import stat
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, Executable, text

from bot.commands.db_anchor import anchor_database
from bot.commands.db_backup import back_up_database
from bot.commands.db_restore import restore_database
from bot.commands.setup import check_database
from db import tables
from db.migrate import upgrade
from db.queries import ledger
from db.queries.audit import chain_head
from db.records.ledger import Destination, QueueState, Receipt
from db.tables.base import append_only_tables
from db.triggers import installed_triggers
from db.unit_of_work import reading, working
from messages.trouble import slow_down
from scheduler.delivery import deliver_what_is_due
from scheduler.jobs import Work
from tests.scenario.cast import Agency
from training.errors import ErrorCode, RollcallError
from training.ledger.delivering import Worker
from training.ledger.parcels import Carrier, Fate, Found, Parcel, Trace, TryOutcome
from training.ledger.saying import ToSay, plan
from training.safekeeping.anchors import anchor_all, anchors_of, check_anchors


@pytest.fixture
def second_place(tmp_path: Path) -> Path:
    folder = tmp_path / "anchors"
    folder.mkdir()
    return folder


def checked(agency: Agency, anchors: Path | None) -> tuple[int, str]:
    out = io.StringIO()
    return check_database(agency.office.engine, agency.words, out, anchors), out.getvalue()


def anchored(agency: Agency, anchors: Path | None) -> tuple[int, str]:
    out = io.StringIO()
    return anchor_database(agency.office, anchors, agency.words, out), out.getvalue()


def other_engine(agency: Agency, request: pytest.FixtureRequest) -> Engine:
    """Where the record comes back: the other kind of database, so that both ways are drilled."""
    kind = {"sqlite": "postgresql", "postgresql": "sqlite"}[agency.office.engine.dialect.name]
    engine = request.getfixturevalue(f"empty_{kind}")
    assert isinstance(engine, Engine)
    return engine


def test_a_lost_database_is_restored_and_the_anchors_say_what_must_be_entered_again(
    lakemont: Agency, second_place: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    out = io.StringIO()
    # Monday's anchor, a morning's work, the backup at noon, more work, Tuesday's anchor, the loss.
    lakemont.at("2027-03-02 06:00")
    assert anchored(lakemont, second_place)[0] == 0
    lakemont.ask("214", "am i good")
    lakemont.at("2027-03-02 12:00")
    file = tmp_path / "noon.zip"
    assert back_up_database(lakemont.office, file, lakemont.words, out) == 0
    lakemont.at("2027-03-03 09:00").completes("214", "2027-03-02", "4", "crisis-response")
    lakemont.ask("231", "am i good")
    anchor_all(lakemont.office, second_place)
    before = anchors_of(second_place, lakemont.agency_id)[-1].entries
    lakemont.at("2027-03-03 16:00").ask("240", "am i good")

    lost = replace(lakemont, office=replace(lakemont.office, engine=other_engine(lakemont, request)))
    out = io.StringIO()
    assert restore_database(lost.office, file, second_place, lost.words, out) == 0
    said = out.getvalue()
    with reading(lost.office.engine) as conn:
        here = chain_head(conn, lost.agency_id).entries
    assert f"Lakemont PD: the record ends with audit entry {here}, of Mar 2 2027 06:00." in said
    assert f"The last anchor, of Mar 3 2027 09:00, had {before}: {before - here} entries" in said
    assert "What was recorded after Mar 2 2027 12:00 must be entered again" in said
    assert f"Agency 1 was restored on 2027-03-03 and went on after audit entry {here}" in said

    # Work goes on: the same class is entered again, and tomorrow has its anchor.
    assert lost.kept("214") is not None
    lost.at("2027-03-04 08:00").completes("214", "2027-03-02", "4", "crisis-response")
    lost.ask("214", "am i good")
    assert anchored(lost, second_place) == (
        0,
        f"Agency 1: anchor 000004-2027-03-04.json written, {here + 2} audit entries.\n",
    )
    code, said = checked(lost, second_place)
    assert code == 0
    assert "matches the 4 anchors" in said
    assert "went on after audit entry" in said


class Remembering(Carrier):
    """A channel that knows afterwards what it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def send(self, parcel: Parcel) -> TryOutcome:
        self.given.append(parcel.attempt_id)
        return TryOutcome(fate=Fate.HANDED_OVER, ref=f"ref-{len(self.given)}")

    def find(self, parcel: Parcel) -> Found:
        there = parcel.attempt_id in self.given
        return Found(trace=Trace.THERE if there else Trace.NOT_THERE, ref="ref-1")


def test_what_was_sent_after_the_backup_is_not_sent_again(
    lakemont: Agency, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    channel, out = Remembering(), io.StringIO()
    for badge in ("214", "231"):
        with lakemont.writing() as writer:
            said = ToSay(
                person_id=lakemont.id_of(badge),
                message=slow_down(lakemont.words),
                routes=(Destination(channel="slack", address="T0", place=f"U0{badge}"),),
            )
            plan(writer, lakemont.office.keys, said, now=lakemont.clock.at)
    file = tmp_path / "noon.zip"
    assert back_up_database(lakemont.office, file, lakemont.words, out) == 0
    # After the backup only the first of the two goes out, and then the disk dies.
    worker = Worker(lakemont.office)
    (first,) = worker.claim(1)
    assert worker.deliver(first, channel) is not None
    assert channel.given == [first.attempt_id]

    lost = replace(lakemont, office=replace(lakemont.office, engine=other_engine(lakemont, request)))
    assert restore_database(lost.office, file, None, lost.words, out) == 0
    with reading(lost.office.engine) as conn:
        waiting = ledger.deliveries(conn, lost.agency_id)
    assert [(each.state, each.receipt) for each in waiting] == [(QueueState.READY, Receipt.UNKNOWN)] * 2
    deliver_what_is_due(Work(lost.office, lambda: False, {"slack": channel}))
    assert sorted(channel.given) == sorted(each.attempt_id for each in waiting)
    assert checked(lost, None)[0] == 0


def test_an_anchor_is_written_once_a_day_where_the_agency_is(lakemont: Agency, second_place: Path) -> None:
    lakemont.at("2027-03-02 23:59")
    assert len(anchor_all(lakemont.office, second_place)) == 1
    lakemont.ask("214", "am i good")
    assert anchor_all(lakemont.office, second_place) == ()
    # Midnight in Lakemont, and long past it in UTC.
    lakemont.at("2027-03-03 00:01")
    assert [each.name for each in anchor_all(lakemont.office, second_place)] == ["000002-2027-03-03.json"]
    assert checked(lakemont, second_place)[0] == 0


def test_an_anchor_is_never_written_over(embedded: Agency, second_place: Path) -> None:
    (anchor,) = anchor_all(embedded.office, second_place)
    (file,) = second_place.glob("agency-1/*")
    assert stat.S_IMODE(file.stat().st_mode) & 0o222 == 0
    written = file.read_bytes()
    embedded.ask("214", "am i good")
    assert anchored(embedded, second_place) == (0, "Every agency has today's anchor already.\n")
    assert file.read_bytes() == written
    assert anchors_of(second_place, 1) == (anchor,)


def rewrite(agency: Agency, *statements: Executable) -> None:
    """Do what only somebody with the owner's rights could."""
    with working(agency.office.engine) as conn:
        guards = installed_triggers(conn)
        for guard in guards:
            on = f" ON {guard.table}" if conn.dialect.name == "postgresql" else ""
            conn.execute(text(f"DROP TRIGGER {guard.name}{on}"))
        for statement in statements:
            conn.execute(statement)
    upgrade(agency.office.engine)


def test_a_record_cut_together_with_its_head_is_named_by_the_anchor(
    lakemont: Agency, second_place: Path
) -> None:
    with reading(lakemont.office.engine) as conn:
        early = chain_head(conn, lakemont.agency_id)
    for badge in ("214", "231", "240"):
        lakemont.ask(badge, "am i good")
    anchor_all(lakemont.office, second_place)
    with reading(lakemont.office.engine) as conn:
        late = chain_head(conn, lakemont.agency_id)
    rewrite(
        lakemont,
        *(table.delete().where(table.c.seq > early.seq) for table in append_only_tables()),
        tables.chain_head.update().values(asdict(early)),
    )
    (finding,) = check_anchors(lakemont.office.engine, second_place)
    assert finding.code == "anchor-ahead"
    assert (
        f"the anchor of 2027-03-02 has {late.entries} audit entries, the record {early.entries}"
        in checked(lakemont, second_place)[1]
    )


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda files: files[1].unlink(), "anchor-gone"),
        (lambda files: files[0].unlink(), "anchor-gone"),
        (
            lambda files: files[1].write_bytes(files[1].read_bytes().replace(b'"seq"', b'"sea"')),
            "anchor-changed",
        ),
        (lambda files: files[1].write_bytes(b""), "anchor-changed"),
        (lambda files: files[1].write_bytes(files[1].read_bytes() + b" "), "anchor-changed"),
    ],
)
def test_an_anchor_that_was_changed_or_taken_away_is_named(
    embedded: Agency, second_place: Path, spoil: object, code: str
) -> None:
    for day in ("2027-03-02", "2027-03-03", "2027-03-04"):
        anchor_all(embedded.at(f"{day} 09:00").office, second_place)
    files = sorted(second_place.glob("agency-1/*"))
    for file in files:
        file.chmod(0o644)
    assert callable(spoil)
    spoil(files)
    assert code in {each.code for each in check_anchors(embedded.office.engine, second_place)}


def test_without_a_second_place_the_check_says_what_it_cannot_see(
    embedded: Agency, second_place: Path
) -> None:
    assert "no anchor" in checked(embedded, None)[1]
    assert "no anchor" in checked(embedded, second_place)[1]
    assert anchored(embedded, None)[0] == 1


def test_a_second_place_that_is_not_mounted_is_not_made_here(embedded: Agency, tmp_path: Path) -> None:
    with pytest.raises(RollcallError) as refused:
        anchor_all(embedded.office, tmp_path / "away")
    assert refused.value.code is ErrorCode.ANCHOR_FOLDER
    assert not (tmp_path / "away").exists()


@pytest.mark.parametrize(
    ("data", "code"),
    [(None, ErrorCode.BACKUP_NOT_FOUND), (b"PK and more", ErrorCode.BACKUP_FOREIGN)],
)
def test_a_backup_that_is_no_good_is_refused_in_one_sentence(
    empty_sqlite: Engine, embedded: Agency, tmp_path: Path, data: bytes | None, code: ErrorCode
) -> None:
    file = tmp_path / "given.zip"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(RollcallError) as refused:
        restore_database(
            replace(embedded.office, engine=empty_sqlite), file, None, embedded.words, io.StringIO()
        )
    assert refused.value.code is code

"""Sent files in a bucket: the same stories over HTTP, and what is different about backups."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from db import tables
from db.files.address import BucketAddress
from db.files.opening import in_bucket
from db.queries.context import ByBadge
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from handlers.routing import SentFile
from messages.kinds import MessageKind
from tests.fakes.s3.server import ACCESS_KEY, REGION, SECRET_KEY, Fault, StandIn
from tests.scenario.cast import SCREEN, Agency
from tests.scenario.files_cast import (
    HALE,
    NOTE,
    PARK,
    PHOTO,
    RUIZ,
    backed_up,
    checked,
    dispose_of,
    files_of,
    loose,
    number,
    opened,
    other_engine,
    restored,
    said,
    send,
)
from training.content.disposal import finish_all_disposals
from training.sealed.unsealing import Closed

TRIES = 3


@pytest.fixture
def s3() -> Iterator[StandIn]:
    with StandIn() as s3:
        yield s3


@pytest.fixture
def agency(lakemont: Agency, s3: StandIn) -> Agency:
    """Lakemont with its files in a bucket."""
    address = BucketAddress(
        url=f"s3://{s3.bucket}/lakemont",
        access_key=ACCESS_KEY,
        secret_key=SECRET_KEY,
        region=REGION,
        endpoint=s3.endpoint,
        patience=timedelta(milliseconds=500),
    )
    return replace(lakemont, office=replace(lakemont.office, files=in_bucket(address)))


def test_kept_opened_hidden_and_let_go(agency: Agency, s3: StandIn) -> None:
    row, other = send(agency, NOTE), send(agency, PHOTO)
    assert sorted(s3.objects) == sorted(
        f"lakemont/{each.sealed_hash[:2]}/{each.sealed_hash}" for each in (row, other)
    )
    assert not any(b"certificate" in sealed or NOTE in sealed for sealed in s3.objects.values())
    assert NOTE.decode() in said(agency.ask(PARK, f"message {number(row.id)}"))
    assert opened(agency, other.id) == PHOTO
    agency.ask(PARK, f"set aside {number(other.id)}")
    assert opened(agency, other.id) is Closed.SET_ASIDE
    dispose_of(agency, row.id)
    assert [key.rpartition("/")[2] for key in s3.objects] == [other.sealed_hash]
    assert opened(agency, row.id) is Closed.GONE
    assert checked(agency)[0] == 0


def test_a_bucket_that_fails_once_is_not_noticed_and_one_that_goes_on_failing_leaves_no_row(
    agency: Agency, s3: StandIn
) -> None:
    s3.fail("PUT", Fault.BROKEN)
    row = send(agency)
    s3.fail("PUT", *[Fault.BROKEN] * TRIES)
    before = agency.sequence()
    message = FrontDesk(agency.office, agency.words).answer(
        Interaction(
            agency_id=agency.agency_id,
            sender=ByBadge(RUIZ),
            channel=SCREEN,
            files=(SentFile(name="a.jpg", content=PHOTO),),
        ),
        "Lakemont PD",
    )
    assert message.kind is MessageKind.BROKEN
    assert agency.sequence() == before
    assert [each.id for each in files_of(agency)] == [row.id]
    s3.fail("GET", *[Fault.SILENT] * TRIES)
    assert opened(agency, row.id) is Closed.FILES_AWAY
    assert opened(agency, row.id) == PHOTO


def test_a_bucket_that_deletes_nothing_is_asked_again_and_the_key_is_gone_all_the_same(
    agency: Agency, s3: StandIn
) -> None:
    row = send(agency)
    s3.fail("DELETE", Fault.DENIED)
    agency.ask(PARK, f"dispose {number(row.id)} spill")
    assert "is disposed of" in said(agency.ask(HALE, f"confirm {number(row.id)}"))
    assert agency.office.keys.held([row.ref]) == frozenset()
    assert len(s3.objects) == 1
    s3.fail("DELETE", Fault.DENIED)
    assert finish_all_disposals(agency.office) == 0
    assert loose(agency) == ((row.sealed_hash, True),)
    assert finish_all_disposals(agency.office) == 1
    assert s3.objects == {}
    assert loose(agency) == ()


def test_a_backup_says_that_the_bucket_is_not_in_it_and_a_restore_looks_for_every_file(
    agency: Agency, s3: StandIn, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    row, lost = send(agency, NOTE), send(agency)
    file = tmp_path / "noon.zip"
    told = backed_up(agency, file)
    assert "2 kept files lie in the bucket and are not in it. Back the bucket up by its own means." in told
    del s3.objects[f"lakemont/{lost.sealed_hash[:2]}/{lost.sealed_hash}"]
    spare, code, told = restored(agency, file, other_engine(agency, request), agency.office.files)
    assert code == 1
    assert "2 kept files are not in the backup" in told
    assert f"the file of {number(lost.id)} is not where it was kept" in told
    assert number(row.id) not in told
    assert opened(spare, row.id) == NOTE


def test_files_move_from_a_folder_to_a_bucket_by_a_backup(
    lakemont: Agency, agency: Agency, s3: StandIn, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    row = send(lakemont, NOTE)
    file = tmp_path / "noon.zip"
    backed_up(lakemont, file)
    spare, code, told = restored(lakemont, file, other_engine(lakemont, request), agency.office.files)
    assert code == 0, told
    assert [key.rpartition("/")[2] for key in s3.objects] == [row.sealed_hash]
    assert opened(spare, row.id) == NOTE


def test_no_row_knows_where_the_files_lie(agency: Agency) -> None:
    send(agency)
    with agency.reading() as conn:
        rows = conn.execute(select(tables.content_item)).mappings().all()
    assert "s3://" not in str(rows)

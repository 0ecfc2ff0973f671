"""People who send files, and what of it is kept where."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from bot.commands.db_backup import back_up_database
from bot.commands.db_restore import restore_database
from bot.commands.setup import check_database
from db import tables
from db.files.folder import Folder
from db.files.port import FileStore
from db.queries import content, loose_files
from db.queries.context import ByBadge
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from handlers.routing import SentFile
from messages.kinds import MessageKind
from messages.model import Message
from messages.plain import plain_text
from tests.fakes.files import a_file_store
from tests.scenario.cast import SCREEN, Agency
from training.sealed.unsealing import Closed, unsealed

RUIZ, LEE, PARK, HALE = "214", "231", "905", "990"
PHOTO = b"\xff\xd8\xff\xe0" + b"certificate of dana ruiz" * 1_000
NOTE = b"forty hours of crisis intervention, lakemont academy"


def said(message: Message) -> str:
    return plain_text(message, SCREEN)


def send(agency: Agency, sent: bytes = PHOTO, badge: str = RUIZ) -> Any:
    """Somebody sends a file; its row."""
    message = FrontDesk(agency.office, agency.words).answer(
        Interaction(
            agency_id=agency.agency_id,
            sender=ByBadge(badge),
            channel=SCREEN,
            files=(SentFile(name="../../ruiz.jpg", content=sent),),
        ),
        "Lakemont PD",
    )
    assert message.kind in (MessageKind.UPLOAD, MessageKind.UPLOAD_TAKEN), message
    return files_of(agency)[-1]


def files_of(agency: Agency) -> list[Any]:
    items = tables.content_item
    with agency.reading() as conn:
        return list(conn.execute(select(items).where(items.c.kind == "file").order_by(items.c.id)))


def loose(agency: Agency) -> tuple[tuple[str, bool], ...]:
    with agency.reading() as conn:
        return tuple((name, leaving) for name, _, leaving in loose_files.of(conn, agency.agency_id))


def opened(agency: Agency, item_id: int) -> bytes | Closed:
    with agency.reading() as conn:
        item = content.item(conn, agency.agency_id, item_id)
        assert item is not None
        return unsealed(agency.office, conn, agency.agency_id, [item])[item_id]


def checked(agency: Agency) -> tuple[int, str]:
    out = io.StringIO()
    office = agency.office
    return check_database(office.engine, agency.words, out, keys_of=office, files_of=office), out.getvalue()


def number(item_id: int) -> str:
    return f"M-{item_id % 10_000_000_000}"


def folder_of(agency: Agency) -> Path:
    files = agency.office.files
    assert isinstance(files, Folder)
    return files.root


def object_of(agency: Agency, row: Any) -> Path:
    name = str(row.sealed_hash)
    return folder_of(agency) / name[:2] / name


def dispose_of(agency: Agency, item_id: int) -> None:
    agency.ask(PARK, f"dispose {number(item_id)} spill")
    assert "is disposed of" in said(agency.ask(HALE, f"confirm {number(item_id)}"))


def other_engine(agency: Agency, request: pytest.FixtureRequest) -> Engine:
    """A database of the other kind, of this release and with nothing in it; the drill begins with none at all."""
    kind = {"sqlite": "postgresql", "postgresql": "sqlite"}[agency.office.engine.dialect.name]
    engine = request.getfixturevalue(f"{kind}_database")
    assert isinstance(engine, Engine)
    return engine


def backed_up(agency: Agency, file: Path, code: int = 0) -> str:
    out = io.StringIO()
    assert back_up_database(agency.office, file, agency.words, out) == code
    return out.getvalue()


def restored(
    agency: Agency, file: Path, engine: Engine, files: FileStore | None = None
) -> tuple[Agency, int, str]:
    """The agency in another database, with an empty file store unless one is named."""
    lost = replace(agency, office=replace(agency.office, engine=engine, files=files or a_file_store()))
    out = io.StringIO()
    code = restore_database(lost.office, file, None, lost.words, out)
    return lost, code, out.getvalue()

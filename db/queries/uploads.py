"""Which certificates were sent, how does each stand, and by what is a file known again?"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, Select, delete, func, insert, or_, select, update

from db import tables
from db.facts import in_force_rows, kept_of
from db.records.facts import AgencyId, Kept
from db.records.uploads import (
    DraftRow,
    FileMark,
    Stage,
    Step,
    Upload,
    UploadFile,
    UploadLook,
    UploadState,
    UploadStep,
)

_upload = tables.upload
_file = tables.upload_file
_step = tables.upload_step
_look = tables.upload_look
_draft = tables.upload_draft
_mark = tables.upload_mark
# A number of four figures is said in two breaths, and is no badge and no year.
FIRST_NUMBER = 3001
_DRAFT = ("upload_id", "person_id", "stage", "body", "version", "tries", "updated_at")


def next_number(conn: Connection, agency_id: AgencyId) -> int:
    """The number that the next upload of this agency has."""
    last = conn.execute(select(func.max(_upload.c.number)).where(_upload.c.agency_id == agency_id)).scalar()
    return int(last or FIRST_NUMBER - 1) + 1


def by_number(conn: Connection, agency_id: AgencyId, number: int) -> UploadState | None:
    """The upload that people call by this number."""
    found = _states(conn, agency_id, in_force_rows(Upload, agency_id).where(_upload.c.number == number))
    return found[0] if found else None


def by_id(conn: Connection, agency_id: AgencyId, upload_id: int) -> UploadState | None:
    """The upload of this id; None outside the walls."""
    found = _states(conn, agency_id, in_force_rows(Upload, agency_id).where(_upload.c.id == upload_id))
    return found[0] if found else None


def by_ids(conn: Connection, agency_id: AgencyId, upload_ids: Collection[int]) -> tuple[UploadState, ...]:
    """The uploads of these ids, in the order of their numbers."""
    found = in_force_rows(Upload, agency_id).where(_upload.c.id.in_(sorted(upload_ids)))
    return _states(conn, agency_id, found.order_by(_upload.c.number)) if upload_ids else ()


def of_person(
    conn: Connection, agency_id: AgencyId, person_id: int, *, limit: int
) -> tuple[UploadState, ...]:
    """What somebody sent, newest first."""
    sent = in_force_rows(Upload, agency_id).where(_upload.c.person_id == person_id)
    return _states(conn, agency_id, sent.order_by(_upload.c.number.desc()).limit(limit))


def at_step(
    conn: Connection, agency_id: AgencyId, steps: Collection[Step], *, limit: int
) -> tuple[UploadState, ...]:
    """Every upload that stands there now, the one that came first in front."""
    last = (
        select(_step.c.upload_id, func.max(_step.c.position).label("position"))
        .where(_step.c.agency_id == agency_id)
        .group_by(_step.c.upload_id)
        .subquery()
    )
    there = (
        select(_step.c.upload_id)
        .join(last, (last.c.upload_id == _step.c.upload_id) & (last.c.position == _step.c.position))
        .where(_step.c.agency_id == agency_id, _step.c.step.in_(sorted(steps)))
    )
    found = in_force_rows(Upload, agency_id).where(_upload.c.id.in_(there))
    return _states(conn, agency_id, found.order_by(_upload.c.number).limit(limit))


def looks_at(conn: Connection, agency_id: AgencyId, upload_id: int) -> tuple[Kept[UploadLook], ...]:
    """Who opened the files, in order."""
    rows = conn.execute(
        in_force_rows(UploadLook, agency_id).where(_look.c.upload_id == upload_id).order_by(_look.c.id)
    ).mappings()
    return tuple(kept_of(UploadLook, row) for row in rows)


def draft(conn: Connection, agency_id: AgencyId, upload_id: int) -> DraftRow | None:
    """The work on an upload."""
    row = conn.execute(_drafts(agency_id).where(_draft.c.upload_id == upload_id)).mappings().one_or_none()
    return None if row is None else DraftRow(**{**row, "stage": Stage(row["stage"])})


def keep_draft(
    conn: Connection,
    agency_id: AgencyId,
    upload_id: int,
    person_id: int,
    *,
    stage: Stage,
    body: bytes,
    now: datetime,
) -> None:
    """The first state of the work on an upload."""
    conn.execute(
        insert(_draft).values(
            agency_id=agency_id,
            upload_id=upload_id,
            person_id=person_id,
            stage=stage.value,
            body=body,
            version=1,
            tries=0,
            updated_at=now,
        )
    )


def change_draft(
    conn: Connection,
    agency_id: AgencyId,
    upload_id: int,
    version: int,
    *,
    stage: Stage,
    body: bytes,
    now: datetime,
) -> bool:
    """The next state; False when somebody changed it since that version."""
    changed = conn.execute(
        update(_draft)
        .where(_draft.c.agency_id == agency_id, _draft.c.upload_id == upload_id, _draft.c.version == version)
        .values(stage=stage.value, body=body, version=version + 1, updated_at=now, claimed_until=None)
    )
    return changed.rowcount == 1


def claim_unread(
    conn: Connection, *, now: datetime, until: datetime, limit: int
) -> tuple[tuple[AgencyId, int], ...]:
    """Uploads that wait to be read become this worker's until then: agency and upload."""
    due = (
        select(_draft.c.upload_id)
        .where(
            _draft.c.stage == Stage.WAITING.value,
            or_(_draft.c.claimed_until.is_(None), _draft.c.claimed_until <= now),
        )
        .order_by(_draft.c.upload_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        # Chosen once: a subquery that locks may be run again by the planner, and would choose others then.
        .cte("due")
    )
    rows = conn.execute(
        update(_draft)
        .where(_draft.c.upload_id.in_(select(due.c.upload_id)))
        .values(claimed_until=until, tries=_draft.c.tries + 1)
        .returning(_draft.c.agency_id, _draft.c.upload_id)
    ).all()
    return tuple(sorted((AgencyId(row[0]), row[1]) for row in rows))


def left_open(conn: Connection, *, before: datetime, limit: int) -> tuple[tuple[AgencyId, int], ...]:
    """Drafts that nobody touched since then and whose sender was not reminded yet."""
    rows = conn.execute(
        select(_draft.c.agency_id, _draft.c.upload_id)
        .where(
            _draft.c.stage == Stage.OPEN.value,
            _draft.c.reminded_at.is_(None),
            _draft.c.updated_at <= before,
        )
        .order_by(_draft.c.upload_id)
        .limit(limit)
    ).all()
    return tuple((AgencyId(row[0]), row[1]) for row in rows)


def mark_reminded(conn: Connection, agency_id: AgencyId, upload_id: int, now: datetime) -> bool:
    """Whether it was not reminded of before."""
    marked = conn.execute(
        update(_draft)
        .where(
            _draft.c.agency_id == agency_id, _draft.c.upload_id == upload_id, _draft.c.reminded_at.is_(None)
        )
        .values(reminded_at=now)
    )
    return marked.rowcount == 1


def reminded_drafts(conn: Connection, agency_id: AgencyId) -> tuple[DraftRow, ...]:
    """What still waits for its sender after the reminder, the oldest first."""
    rows = conn.execute(
        _drafts(agency_id)
        .where(_draft.c.stage == Stage.OPEN.value, _draft.c.reminded_at.is_not(None))
        .order_by(_draft.c.upload_id)
    ).mappings()
    return tuple(DraftRow(**{**row, "stage": Stage(row["stage"])}) for row in rows)


def keep_marks(conn: Connection, agency_id: AgencyId, marks: Iterable[FileMark]) -> None:
    """By what these files are known again."""
    rows = [
        {
            "agency_id": agency_id,
            "item_id": each.item_id,
            "upload_id": each.upload_id,
            "person_id": each.person_id,
            "sha256": each.sha256,
            "looks": each.looks,
        }
        for each in marks
    ]
    if rows:
        conn.execute(insert(_mark), rows)


def marks_like(conn: Connection, agency_id: AgencyId, hashes: Collection[str]) -> tuple[FileMark, ...]:
    """Files that are the same byte for byte as one of these, the oldest first."""
    if not hashes:
        return ()
    return _marks(conn, _of_marks(agency_id).where(_mark.c.sha256.in_(sorted(hashes))))


def marks_of(conn: Connection, agency_id: AgencyId, person_id: int) -> tuple[FileMark, ...]:
    """Every file of a person, the oldest first."""
    return _marks(conn, _of_marks(agency_id).where(_mark.c.person_id == person_id))


def move_marks(conn: Connection, agency_id: AgencyId, upload_id: int, to: int) -> None:
    """The files of one upload are another's from now on."""
    conn.execute(
        update(_mark)
        .where(_mark.c.agency_id == agency_id, _mark.c.upload_id == upload_id)
        .values(upload_id=to)
    )


def sharing_files(conn: Connection, agency_id: AgencyId, upload_id: int) -> tuple[UploadState, ...]:
    """Other uploads that hold one of these files, the first sent in front."""
    files = select(_file.c.item_id).where(_file.c.agency_id == agency_id, _file.c.upload_id == upload_id)
    others = select(_file.c.upload_id).where(
        _file.c.agency_id == agency_id, _file.c.item_id.in_(files), _file.c.upload_id != upload_id
    )
    found = in_force_rows(Upload, agency_id).where(_upload.c.id.in_(others))
    return _states(conn, agency_id, found.order_by(_upload.c.number))


def forget_marks(conn: Connection, agency_id: AgencyId, item_id: int) -> None:
    """The file is gone, and nothing is left by which it could be known."""
    conn.execute(delete(_mark).where(_mark.c.agency_id == agency_id, _mark.c.item_id == item_id))


def set_looks(conn: Connection, agency_id: AgencyId, item_id: int, looks: str) -> None:
    """How the file looks, once it was read."""
    conn.execute(
        update(_mark).where(_mark.c.agency_id == agency_id, _mark.c.item_id == item_id).values(looks=looks)
    )


def _drafts(agency_id: AgencyId) -> Select[tuple[object, ...]]:
    return select(*(_draft.c[name] for name in _DRAFT)).where(_draft.c.agency_id == agency_id)


def _of_marks(agency_id: AgencyId) -> Select[tuple[object, ...]]:
    names = ("item_id", "upload_id", "person_id", "sha256", "looks")
    return select(*(_mark.c[name] for name in names)).where(_mark.c.agency_id == agency_id)


def _marks(conn: Connection, statement: Select[tuple[object, ...]]) -> tuple[FileMark, ...]:
    return tuple(FileMark(**row) for row in conn.execute(statement.order_by(_mark.c.item_id)).mappings())


def _states(
    conn: Connection, agency_id: AgencyId, statement: Select[tuple[object, ...]]
) -> tuple[UploadState, ...]:
    kept = [kept_of(Upload, row) for row in conn.execute(statement).mappings()]
    ids = [each.id for each in kept]
    if not ids:
        return ()
    files: Mapping[int, list[Kept[UploadFile]]] = {each: [] for each in ids}
    steps: Mapping[int, list[Kept[UploadStep]]] = {each: [] for each in ids}
    found_files = in_force_rows(UploadFile, agency_id).where(_file.c.upload_id.in_(ids))
    for row in conn.execute(found_files.order_by(_file.c.position)).mappings():
        files[row["upload_id"]].append(kept_of(UploadFile, row))
    found_steps = in_force_rows(UploadStep, agency_id).where(_step.c.upload_id.in_(ids))
    for row in conn.execute(found_steps.order_by(_step.c.position)).mappings():
        steps[row["upload_id"]].append(kept_of(UploadStep, row))
    return tuple(
        UploadState(kept=each, files=tuple(files[each.id]), steps=tuple(steps[each.id])) for each in kept
    )

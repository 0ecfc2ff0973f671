"""How is an upload kept: its draft closed and opened again, whose it is, and where the next step goes?"""

from db.keys import cipher
from db.keys.store import KeyStore
from db.queries import uploads
from db.records.uploads import Stage, UploadState
from db.unit_of_work import Writer
from training.asking import OvertakenError, Question
from training.uploads.values import Draft, draft_json, draft_of


def closed_draft(keys: KeyStore, upload_id: int, draft: Draft) -> bytes:
    """The draft as it waits: closed, and bound to its place."""
    return cipher.seal(keys.work_key(), draft_json(draft), _place(upload_id))


def opened_draft(keys: KeyStore, upload_id: int, body: bytes) -> Draft:
    """The draft again."""
    return draft_of(cipher.unseal(keys.work_key(), body, _place(upload_id)))


def _place(upload_id: int) -> str:
    return f"upload:{upload_id}"


def draft_at(question: Question, state: UploadState) -> tuple[Draft, int] | None:
    """What the upload says so far, with the version it has; None when no draft of it is kept."""
    row = uploads.draft(question.conn, question.agency_id, state.kept.id)
    if row is None:
        return None
    return opened_draft(question.office.keys, state.kept.id, row.body), row.version


def change(writer: Writer, keys: KeyStore, upload_id: int, version: int, draft: Draft, stage: Stage) -> None:
    """The draft as it is from now on. OvertakenError when it is no longer the one that was read."""
    changed = uploads.change_draft(
        writer.conn,
        writer.agency_id,
        upload_id,
        version,
        stage=stage,
        body=closed_draft(keys, upload_id, draft),
        now=writer.at,
    )
    if not changed:
        raise OvertakenError


def own(question: Question, number: int) -> UploadState | None:
    """The asker's upload of this number; None for any other, whether it exists or not."""
    found = uploads.by_number(question.conn, question.agency_id, number)
    return found if found is not None and found.kept.fact.person_id == question.asker.person_id else None


def as_it_was(writer: Writer, expected: UploadState) -> UploadState:
    """The upload as it still stands. OvertakenError when somebody took a step meanwhile."""
    now = uploads.by_id(writer.conn, writer.agency_id, expected.kept.id)
    if now is None or now.last.id != expected.last.id:
        raise OvertakenError
    return now


def next_position(writer: Writer, expected: UploadState) -> int:
    """Where the next step goes, unless somebody took one meanwhile."""
    return as_it_was(writer, expected).last.fact.position + 1

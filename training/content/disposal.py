"""How does an item go for good? One asks under a code, another confirms, no hold stands, and its key is destroyed; then
the object of a file is deleted."""

import logging
from collections.abc import Iterable

from sqlalchemy.exc import SQLAlchemyError

from db.files.errors import FileStoreError
from db.keys.errors import KeyStoreError
from db.queries import agencies, content, loose_files, uploads
from db.records.audit import AuditDraft
from db.records.content import ItemState, OpenDisposal
from db.records.facts import AgencyId, ContentDisposal, ContentTombstone, DisposalCode
from db.unit_of_work import Writer, reading
from training.asking import Question
from training.audit import AuditTag
from training.content.custody import CONFIRMED_BY, CUSTODIANS, CustodyDone, Verdict, acting, refused
from training.content.holds import holding
from training.office import Office, unmoved_now
from training.sealed import loose

log = logging.getLogger(__name__)

# Names of keys asked after at once.
BATCH = 500


def propose(question: Question, item_id: int, code: DisposalCode) -> CustodyDone:
    """The first person asks. Nothing is gone yet."""
    with acting(question) as writer:
        found = _may_go(writer, question, refused(writer, question, item_id, *CUSTODIANS))
        if isinstance(found, CustodyDone):
            return found
        if found.disposal is not None:
            return CustodyDone(verdict=Verdict.ALREADY, item=found)
        writer.record(ContentDisposal(item_id=item_id, code=code))
        writer.audit(_entry(AuditTag.CONTENT_DISPOSAL_ASKED, found, code))
        return CustodyDone(verdict=Verdict.DONE, item=found)


def keep(question: Question, item_id: int) -> CustodyDone:
    """The request is taken back, by anybody who could have confirmed it."""
    with acting(question) as writer:
        found = refused(writer, question, item_id, *CONFIRMED_BY)
        if isinstance(found, CustodyDone):
            return found
        if found.disposal is None:
            return CustodyDone(verdict=Verdict.NOTHING_OPEN, item=found)
        writer.withdraw(found.disposal.id, ContentDisposal)
        writer.audit(_entry(AuditTag.CONTENT_DISPOSAL_REFUSED, found, found.disposal.code))
        return CustodyDone(verdict=Verdict.DONE, item=found)


def confirm(question: Question, item_id: int) -> CustodyDone:
    """The second person does it: the tombstone first, then the key. Roles and holds are those of this moment."""
    with acting(question) as writer:
        found = _may_go(writer, question, refused(writer, question, item_id, *CONFIRMED_BY))
        if isinstance(found, CustodyDone):
            return found
        asked = found.disposal
        if asked is None or asked.proposed_by is None:
            return CustodyDone(verdict=Verdict.NOTHING_OPEN, item=found)
        if asked.proposed_by == question.asker.person_id:
            return CustodyDone(verdict=Verdict.SECOND, item=found)
        writer.record(_tombstone(found, asked, asked.proposed_by, question.asker.person_id))
        uploads.forget_marks(writer.conn, writer.agency_id, item_id)
        writer.audit(_entry(AuditTag.CONTENT_DISPOSED, found, asked.code))
        if found.sealed_hash is not None:
            at = unmoved_now(question.office, writer.conn)
            loose_files.leave(writer.conn, writer.agency_id, found.sealed_hash, at)
    _destroy(question.office, question.agency_id, found)
    return CustodyDone(verdict=Verdict.DONE, item=found)


def finish_all_disposals(office: Office) -> int:
    """Destroy the keys that tombstones have left behind, after a crash or after old keys were restored, and delete the
    objects that no row stands for; in every agency. How many."""
    with reading(office.engine) as conn:
        found = agencies.agencies(conn)
    return sum(_finish_keys(office, each) for each in found) + _finish_objects(office, found)


def _finish_keys(office: Office, agency_id: AgencyId) -> int:
    with reading(office.engine) as conn:
        refs = content.disposed_refs(conn, agency_id)
    return sum(_destroy_left(office, some) for some in _batches(refs))


def _finish_objects(office: Office, found: Iterable[AgencyId]) -> int:
    done = 0
    try:
        for agency_id in found:
            done += loose.clear(office, agency_id)
    except FileStoreError as error:
        # Not for every agency anew: a store that does not answer takes its time over it. The next tick tries again.
        log.warning("file-not-deleted", extra={"error": type(error).__name__})
    return done


def _destroy_left(office: Office, refs: tuple[str, ...]) -> int:
    left = office.keys.held(refs)
    return office.keys.destroy(sorted(left)) if left else 0


def _batches(refs: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    return (refs[first : first + BATCH] for first in range(0, len(refs), BATCH))


def _may_go(writer: Writer, question: Question, found: CustodyDone | ItemState) -> CustodyDone | ItemState:
    """What forbids it whoever asks: one's own words, and a hold."""
    if isinstance(found, CustodyDone):
        return found
    if question.asker.person_id in found.parties:
        return CustodyDone(verdict=Verdict.OWN, item=found)
    zone = agencies.agency(writer.conn, writer.agency_id).fact.time_zone
    if (held := holding(content.holds(writer.conn, writer.agency_id), found, zone)) is not None:
        return CustodyDone(verdict=Verdict.HELD, item=found, hold_id=held.id)
    return found


def _tombstone(
    found: ItemState, asked: OpenDisposal, proposed_by: int, confirmed_by: int
) -> ContentTombstone:
    return ContentTombstone(
        item_id=found.id,
        disposal_id=asked.id,
        proposed_by=proposed_by,
        confirmed_by=confirmed_by,
        code=asked.code,
        keyed_hash=found.keyed_hash,
    )


def _entry(tag: AuditTag, found: ItemState, code: DisposalCode) -> AuditDraft:
    data = {"item": found.id, "hash": found.keyed_hash, "code": code.value}
    return AuditDraft(tag=tag, subject_id=found.person_id, data=data)


def _destroy(office: Office, agency_id: AgencyId, item: ItemState) -> None:
    try:
        office.keys.destroy([item.ref])
        if item.sealed_hash is not None:
            loose.clear(office, agency_id)
    except (SQLAlchemyError, KeyStoreError, FileStoreError) as error:
        # The tombstone stands, so nobody is shown the item; the next start or tick does the rest.
        log.warning("a disposed item is not gone yet: %s", type(error).__name__)

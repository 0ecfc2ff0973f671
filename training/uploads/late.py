"""What becomes of a file that took longer to read, and of a draft that its sender has forgotten?"""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from db.queries import agencies, content, uploads
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, ContentQuarantine, SetAside
from db.records.uploads import DraftRow, Stage, Step, UploadState, UploadStep
from db.unit_of_work import Writer, reading, working, writing
from messages import uploads as say
from messages.model import Message
from messages.words import Words
from reading.certificates.model import CertificateReading, PaperKind
from reading.certificates.told import told
from training.audit import AuditTag
from training.office import Office, business_now, local_day, shared_now
from training.sealed.unsealing import Closed, unsealed
from training.uploads import reviewers
from training.uploads.drafting import draft_from, looks_like
from training.uploads.keeping import closed_draft, opened_draft
from training.uploads.telling import tell_sender
from training.uploads.values import Draft, entry_json, from_reading, read_json
from training.uploads.wording import topic_titles, upload_facts

# Longer than reading one file can take, the reader's own limit and a start of it included.
LEASE = timedelta(minutes=2)
SECONDS = 45.0
MOST_TRIES = 5
# A draft is spoken of once after so long, and then listed where somebody can help.
FORGOTTEN = timedelta(days=3)
SET_ASIDE = Draft(kind=PaperKind.REFUSED.value)
NOT_READ = CertificateReading(kind=PaperKind.UNREADABLE, reason="not-read")


def read_waiting(office: Office, words: Words, *, limit: int) -> int:
    """Files that wait to be read, each by one worker; how many were read. A crash only delays it."""
    if office.reader is None:
        return 0
    with working(office.engine) as conn:
        now = shared_now(office, conn)
        found = uploads.claim_unread(conn, now=now, until=now + LEASE, limit=limit)
    return sum(_read(office, agency_id, upload_id, words) for agency_id, upload_id in found)


def _read(office: Office, agency_id: AgencyId, upload_id: int, words: Words) -> int:
    with reading(office.engine) as conn:
        state = uploads.by_id(conn, agency_id, upload_id)
        row = uploads.draft(conn, agency_id, upload_id)
        zone = agencies.agency(conn, agency_id).fact.time_zone
        file = Closed.GONE if state is None else _bytes(office, conn, agency_id, state)
    if state is None or row is None or office.reader is None:
        return 0
    if file is Closed.FILES_AWAY:
        found = None
    else:
        found = NOT_READ if isinstance(file, Closed) else office.reader.read(file, within=SECONDS)
    if found is None:
        if row.tries < MOST_TRIES:
            return 0
        found = NOT_READ
    _keep(office, agency_id, state, row, found, words, zone)
    return 1


def _bytes(office: Office, conn: Connection, agency_id: AgencyId, state: UploadState) -> bytes | Closed:
    """The file as it came, or why it cannot be had."""
    item_id = state.files[0].fact.item_id
    item = content.item(conn, agency_id, item_id)
    return Closed.GONE if item is None else unsealed(office, conn, agency_id, [item])[item_id]


def _keep(
    office: Office,
    agency_id: AgencyId,
    state: UploadState,
    row: DraftRow,
    found: CertificateReading,
    words: Words,
    zone: str,
) -> None:
    """What was read becomes the draft, and its sender hears of it where the file was sent; once."""
    fact = state.kept.fact
    with writing(office.engine, agency_id, at=business_now(office)) as writer:
        now = uploads.draft(writer.conn, agency_id, state.kept.id)
        if now is None or now.version != row.version or now.stage is not Stage.WAITING:
            return
        # What must not be here is not read, and the log never forgets: nothing of it goes on.
        draft = SET_ASIDE if found.spill else _draft(office, writer, state, row, found, words, zone)
        ended = _ended(office, writer, state, found, words)
        changed = uploads.change_draft(
            writer.conn,
            agency_id,
            state.kept.id,
            row.version,
            stage=Stage.OPEN if ended is None else Stage.CLOSED,
            body=closed_draft(office.keys, state.kept.id, draft),
            now=writer.at,
        )
        if not changed:
            return
        if not found.spill:
            uploads.set_looks(writer.conn, agency_id, state.files[0].fact.item_id, found.looks)
        today = local_day(business_now(office), zone)
        facts = upload_facts(fact.number, Step.RECEIVED, draft, today)
        message = ended or say.taken(say.TakenFacts(of_each=(facts,)), words)
        tell_sender(writer, office, fact, message, f"read {state.kept.id}")
        writer.audit(
            AuditDraft(
                tag=AuditTag.UPLOAD_READ,
                subject_id=fact.person_id,
                data={
                    "number": fact.number,
                    "read": found.kind.value,
                    "entries": []
                    if found.spill
                    else [entry_json(each) for each in from_reading(found).entries],
                    "values": read_json(draft),
                },
            )
        )


def _draft(
    office: Office,
    writer: Writer,
    state: UploadState,
    row: DraftRow,
    found: CertificateReading,
    words: Words,
    zone: str,
) -> Draft:
    fact = state.kept.fact
    before = opened_draft(office.keys, state.kept.id, row.body)
    own = uploads.marks_of(writer.conn, writer.agency_id, fact.person_id)
    item_id = state.files[0].fact.item_id
    digest = next((mark.sha256 for mark in own if mark.item_id == item_id), "")
    same_as = looks_like(writer.conn, writer.agency_id, digest, found.looks, own)
    said = told(before.words, today=local_day(fact.received_at, zone))
    return draft_from(found, replace(before, same_as=same_as), said, topic_titles(said, words))


def _ended(
    office: Office, writer: Writer, state: UploadState, found: CertificateReading, words: Words
) -> Message | None:
    """Nothing more can come of it: it cannot be opened, or holds what must not be here. What its sender is told."""
    reason = found.spill or (found.reason if found.kind is PaperKind.REFUSED else "")
    if not reason:
        return None
    if found.spill:
        for file in state.files:
            writer.record(ContentQuarantine(item_id=file.fact.item_id, reason=SetAside(found.spill)))
    step = Step.SET_ASIDE if found.spill else Step.WITHDRAWN
    position = state.last.fact.position + 1
    writer.record(UploadStep(upload_id=state.kept.id, position=position, step=step, reason=reason))
    one: say.OneSent = say.RefusedFacts(code=reason)
    if found.spill:
        custodian = reviewers.custodian(office, writer.conn, writer.agency_id, business_now(office))
        one = say.SpilledFacts(kind=reason, custodian=custodian)
    return say.taken(say.TakenFacts(of_each=(one,)), words)


def remind(office: Office, words: Words, *, limit: int) -> int:
    """Drafts that wait for their sender for three days: said once, and listed from then on."""
    before = business_now(office) - FORGOTTEN
    with reading(office.engine) as conn:
        found = uploads.left_open(conn, before=before, limit=limit)
    return sum(_remind(office, agency_id, upload_id, words, before) for agency_id, upload_id in found)


def _remind(office: Office, agency_id: AgencyId, upload_id: int, words: Words, before: datetime) -> int:
    with writing(office.engine, agency_id, at=business_now(office)) as writer:
        state = uploads.by_id(writer.conn, agency_id, upload_id)
        row = uploads.draft(writer.conn, agency_id, upload_id)
        if state is None or row is None or row.stage is not Stage.OPEN or row.updated_at > before:
            return 0
        if not uploads.mark_reminded(writer.conn, agency_id, upload_id, writer.at):
            return 0
        fact = state.kept.fact
        zone = agencies.agency(writer.conn, agency_id).fact.time_zone
        draft = opened_draft(office.keys, upload_id, row.body)
        # What was returned is its sender's again, as it was when it came.
        facts = upload_facts(fact.number, Step.RECEIVED, draft, local_day(business_now(office), zone))
        tell_sender(
            writer, office, fact, say.reminder(facts, words), f"remind {upload_id}", own_question=True
        )
        writer.audit(
            AuditDraft(tag=AuditTag.UPLOAD_REMINDED, subject_id=fact.person_id, data={"number": fact.number})
        )
    return 1

"""What becomes of files that somebody sent? Each is read, known again if it came before, and kept as an upload."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from db.queries import uploads
from db.records.audit import AuditDraft
from db.records.facts import ContentQuarantine, SetAside
from db.records.uploads import FileMark, Stage, Step, Upload, UploadFile, UploadState, UploadStep
from db.unit_of_work import Writer
from reading.certificates.model import CertificateReading, PaperKind, refused
from reading.certificates.told import Told
from reading.documents.model import FileRefusal
from reading.files import sniff
from training.asking import OvertakenError, Question
from training.audit import AuditTag
from training.office import Office
from training.ports import Scanned
from training.uploads.drafting import ENDED, draft_from, looks_like
from training.uploads.keeping import closed_draft
from training.uploads.values import Draft, entry_json, from_reading, read_json

# A person waits this long for what was read; what takes longer is said when it is done.
PATIENCE = 4.0

Takes = Callable[[Writer, Sequence[int]], Iterable[AuditDraft]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenFile:
    """One file as it came, and what was read of it; None while it waits to be read."""

    content: bytes
    reading: CertificateReading | None

    @property
    def digest(self) -> str:
        """Its SHA-256 in hexadecimal."""
        return sha256(self.content).hexdigest()

    @property
    def is_refused(self) -> bool:
        return self.reading is not None and self.reading.kind is PaperKind.REFUSED

    @property
    def spill(self) -> SetAside | None:
        """What it holds that this desk must not hold."""
        code = "" if self.reading is None else self.reading.spill
        return SetAside(code) if code else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A file that its sender sent before, byte for byte."""

    earlier: UploadState


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUpload:
    """An upload about to be made of one file."""

    number: int
    sent: TakenFile
    draft: Draft

    @property
    def waits(self) -> bool:
        return self.sent.reading is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What becomes of the files of one message, in the order in which they came."""

    of_each: tuple[TakenFile | Known | NewUpload, ...]
    takes: Takes | None

    @property
    def new(self) -> tuple[NewUpload, ...]:
        return tuple(each for each in self.of_each if isinstance(each, NewUpload))


def read_all(question: Question, contents: Sequence[bytes]) -> tuple[TakenFile, ...]:
    """The files with what was read of them in the time that a person waits."""
    each = PATIENCE / max(len(contents), 1)
    return tuple(
        TakenFile(content=content, reading=_read(question.office, content, each)) for content in contents
    )


def _read(office: Office, content: bytes, within: float) -> CertificateReading | None:
    """What the agency's own scanner stops is not opened at all."""
    if content and office.scan(content) is Scanned.INFECTED:
        return refused(FileRefusal.INFECTED)
    return None if office.reader is None else office.reader.read(content, within=within)


def take(
    question: Question,
    sent: Sequence[TakenFile],
    told: Told,
    words: str,
    titles: Mapping[str, str],
    *,
    again: bool = False,
) -> Taken:
    """The uploads that these files become. ``titles`` names topics; ``again``: for another class on purpose."""
    number = uploads.next_number(question.conn, question.agency_id)
    marks = uploads.marks_like(question.conn, question.agency_id, {each.digest for each in sent})
    own = uploads.marks_of(question.conn, question.agency_id, question.asker.person_id)
    found: list[TakenFile | Known | NewUpload] = []
    seen: set[str] = set()
    # What was said beside several files is about none of them in particular.
    alone = sum(not each.is_refused for each in sent) == 1
    for each in sent:
        earlier = None if again else _own_earlier(question, marks, each)
        if each.is_refused or each.spill is not None or each.digest in seen:
            found.append(each)
        elif earlier is not None:
            found.append(Known(earlier=earlier))
        else:
            draft = _draft(question, each, marks, own, told if alone else Told(), words, titles)
            found.append(NewUpload(number=number, sent=each, draft=draft))
            number += 1
        seen.add(each.digest)
    return Taken(of_each=tuple(found), takes=_takes(question, sent, found))


def _own_earlier(question: Question, marks: Sequence[FileMark], sent: TakenFile) -> UploadState | None:
    for mark in marks:
        if mark.sha256 == sent.digest and mark.person_id == question.asker.person_id:
            state = uploads.by_id(question.conn, question.agency_id, mark.upload_id)
            if state is not None and state.step not in ENDED:
                return state
    return None


def _draft(
    question: Question,
    sent: TakenFile,
    marks: Sequence[FileMark],
    own: Sequence[FileMark],
    told: Told,
    words: str,
    titles: Mapping[str, str],
) -> Draft:
    asker = question.asker.person_id
    looks = "" if sent.reading is None else sent.reading.looks
    before = Draft(
        words=words,
        held_by_another=any(each.sha256 == sent.digest and each.person_id != asker for each in marks),
        same_as=looks_like(question.conn, question.agency_id, sent.digest, looks, own),
    )
    return draft_from(sent.reading, before, told, titles)


def _takes(
    question: Question, sent: Sequence[TakenFile], found: Sequence[TakenFile | Known | NewUpload]
) -> Takes | None:
    new = [(place, each) for place, each in enumerate(found) if isinstance(each, NewUpload)]
    spilled = [(place, each.spill) for place, each in enumerate(sent) if each.spill is not None]
    if not new and not spilled:
        return None

    def takes(writer: Writer, item_ids: Sequence[int]) -> Iterable[AuditDraft]:
        for place, reason in spilled:
            if reason is not None:
                writer.record(ContentQuarantine(item_id=item_ids[place], reason=reason))
        for place, each in new:
            yield _receive(writer, question, each, item_ids[place])

    return takes


def _receive(writer: Writer, question: Question, new: NewUpload, item_id: int) -> AuditDraft:
    if uploads.by_number(writer.conn, writer.agency_id, new.number) is not None:
        raise OvertakenError
    asker, back = question.asker, question.back
    (upload_id,) = writer.record(
        Upload(
            person_id=asker.person_id,
            number=new.number,
            channel=question.channel,
            address=back.address if back is not None else "",
            place=back.place if back is not None else question.place,
            thread=back.thread if back is not None else "",
            account=back.account if back is not None else "",
            received_at=asker.now,
        )
    )
    kind = sniff(new.sent.content).value
    writer.record(
        UploadFile(upload_id=upload_id, item_id=item_id, position=1, type=kind),
        UploadStep(
            upload_id=upload_id,
            position=1,
            step=Step.RECEIVED,
            entries=_as_read(new.sent.reading),
            read=read_json(new.draft),
        ),
    )
    looks = "" if new.sent.reading is None else new.sent.reading.looks
    uploads.keep_marks(
        writer.conn,
        writer.agency_id,
        [
            FileMark(
                item_id=item_id,
                upload_id=upload_id,
                person_id=asker.person_id,
                sha256=new.sent.digest,
                looks=looks,
            )
        ],
    )
    uploads.keep_draft(
        writer.conn,
        writer.agency_id,
        upload_id,
        asker.person_id,
        stage=Stage.WAITING if new.waits else Stage.OPEN,
        body=closed_draft(question.office.keys, upload_id, new.draft),
        now=writer.at,
    )
    return AuditDraft(
        tag=AuditTag.UPLOAD_RECEIVED,
        subject_id=asker.person_id,
        data={"number": new.number, "item": item_id, "type": kind, "read": new.draft.kind},
    )


def _as_read(reading: CertificateReading | None) -> list[Mapping[str, object]]:
    """The values as they were read, whatever its sender says of them; none while nothing was read."""
    return [] if reading is None else [entry_json(each) for each in from_reading(reading).entries]

"""What does a sender do with what they sent? They put it right, say that it is right, join files, take it back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from db.queries import uploads
from db.records.audit import AuditDraft
from db.records.facts import Kept
from db.records.uploads import Stage, Step, UploadFile, UploadState, UploadStep
from db.unit_of_work import Writer
from messages.words import Words
from reading.certificates.model import PaperKind
from reading.certificates.told import Told
from training.asking import OvertakenError, Question
from training.audit import AuditTag
from training.uploads import checks, outlook, reviewers
from training.uploads.keeping import change, closed_draft, draft_at, next_position
from training.uploads.values import Draft, Entry, From, entry_json, read_json, said, with_topics

Does = Callable[[Writer], Iterable[AuditDraft]]
Seen = TypeVar("Seen")
# Why an upload came in without a file of its own.
AGAIN = "again"
# Steps after which the sender has the word.
WITH_SENDER = frozenset({Step.RECEIVED, Step.RETURNED})
# What a file that says so is; of several the first that one of them is.
PROOFS = (PaperKind.TRANSCRIPT.value, PaperKind.CERTIFICATE.value)
# A list of one's own uploads looks at so many.
MOST_LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """An upload of the asker's and what it says so far."""

    state: UploadState
    draft: Draft
    version: int

    @property
    def number(self) -> int:
        return self.state.kept.fact.number

    @property
    def with_sender(self) -> bool:
        """Whether the next word is the sender's."""
        return self.state.step in WITH_SENDER

    @property
    def waits(self) -> bool:
        """Whether the file is still to be read."""
        return not self.draft.kind


def mine(question: Question, state: UploadState) -> Mine | None:
    """The upload with its draft; None when none is kept."""
    found = draft_at(question, state)
    return None if found is None else Mine(state=state, draft=found[0], version=found[1])


def all_mine(question: Question) -> tuple[UploadState, ...]:
    """What the asker sent, newest first."""
    return uploads.of_person(question.conn, question.agency_id, question.asker.person_id, limit=MOST_LISTED)


def next_number(question: Question) -> int:
    """The number that the next upload has."""
    return uploads.next_number(question.conn, question.agency_id)


def put_right(mine: Mine, told: Told, titles: Mapping[str, str]) -> Draft:
    """The draft with what its sender says now beside what was read; an open question is answered by it."""
    open_question = mine.draft.unclear
    if open_question is not None and open_question.code == "each-day-or-in-all" and told.hours is not None:
        # 16 or 32: the sender names the whole, so the number of days asks nothing any more.
        told = replace(told, days=None)
    if mine.draft.is_list:
        return mine.draft
    unclear = checks.unclear(told)
    spoken = checks.without_unclear(told, unclear)
    answered = spoken.says_something or open_question is None
    entry = said(mine.draft.entry, spoken, From.OFFICER, titles)
    return replace(mine.draft.with_entry(entry), unclear=unclear or (None if answered else open_question))


def keeps(question: Question, mine: Mine, draft: Draft) -> Does:
    """What keeps the draft as it is now said."""
    keys, upload_id = question.office.keys, mine.state.kept.id

    def does(writer: Writer) -> Iterable[AuditDraft]:
        change(writer, keys, upload_id, mine.version, draft, Stage.OPEN)
        return ()

    return does


def notes(question: Question, mine: Mine, text: str) -> Does:
    """What is said of a file that is still being read: kept beside it, and taken with what is read."""
    keys, upload_id = question.office.keys, mine.state.kept.id
    draft = replace(mine.draft, words=". ".join(each for each in (mine.draft.words, text) if each.strip()))

    def does(writer: Writer) -> Iterable[AuditDraft]:
        change(writer, keys, upload_id, mine.version, draft, Stage.WAITING)
        return ()

    return does


def submits(question: Question, mine: Mine, words: Words) -> Does:
    """The sender says that it is right: the values are kept as they are, and whoever reviews hears of it."""
    keys, upload_id = question.office.keys, mine.state.kept.id
    whom = reviewers.for_sender(question)
    draft = replace(mine.draft, entries=tuple(with_topics(each) for each in mine.draft.entries))
    card = outlook.whole_card(question, mine.state, draft)

    def does(writer: Writer) -> Iterable[AuditDraft]:
        position = next_position(writer, mine.state)
        change(writer, keys, upload_id, mine.version, draft, Stage.CLOSED)
        (step_id,) = writer.record(
            UploadStep(
                upload_id=upload_id,
                position=position,
                step=Step.SUBMITTED,
                entries=[entry_json(each) for each in draft.entries],
                read=read_json(draft),
            )
        )
        reviewers.tell(writer, question, step_id, card, whom, words)
        yield AuditDraft(
            tag=AuditTag.UPLOAD_SUBMITTED,
            subject_id=question.asker.person_id,
            data={"number": mine.number, "told": sorted(whom.accounts)},
        )

    return does


def withdraws(question: Question, mine: Mine) -> Does:
    """The sender takes it back. What was kept stays kept; nothing of it goes on record."""
    keys, upload_id = question.office.keys, mine.state.kept.id

    def does(writer: Writer) -> Iterable[AuditDraft]:
        position = next_position(writer, mine.state)
        change(writer, keys, upload_id, mine.version, mine.draft, Stage.CLOSED)
        writer.record(UploadStep(upload_id=upload_id, position=position, step=Step.WITHDRAWN))
        yield AuditDraft(
            tag=AuditTag.UPLOAD_WITHDRAWN,
            subject_id=question.asker.person_id,
            data={"number": mine.number},
        )

    return does


def joins(question: Question, first: Mine, others: Sequence[Mine]) -> Does:
    """Several files are one certificate: they become files of the first, and the others are taken back."""
    keys = question.office.keys

    def does(writer: Writer) -> Iterable[AuditDraft]:
        next_position(writer, first.state)
        place = len(first.state.files)
        for each in others:
            position = next_position(writer, each.state)
            for file in each.state.files:
                place += 1
                writer.record(_moved(file, first.state.kept.id, place))
            uploads.move_marks(writer.conn, writer.agency_id, each.state.kept.id, first.state.kept.id)
            change(writer, keys, each.state.kept.id, each.version, each.draft, Stage.CLOSED)
            writer.record(
                UploadStep(
                    upload_id=each.state.kept.id, position=position, step=Step.WITHDRAWN, reason="joined"
                )
            )
        joined = _together(first.draft, [each.draft for each in others])
        change(writer, keys, first.state.kept.id, first.version, joined, Stage.OPEN)
        yield AuditDraft(
            tag=AuditTag.UPLOAD_JOINED,
            subject_id=question.asker.person_id,
            data={"number": first.number, "others": [each.number for each in others]},
        )

    return does


def _moved(file: Kept[UploadFile], upload_id: int, position: int) -> UploadFile:
    return replace(file.fact, upload_id=upload_id, position=position)


def _together(first: Draft, others: Sequence[Draft]) -> Draft:
    """What one page leaves open another may say."""
    every = (first, *others)
    entry = first.entry
    for other in others:
        for name in checks.missing(entry):
            value = getattr(other.entry, name)
            if value:
                entry = replace(
                    entry,
                    **{name: value},
                    sources={**entry.sources, name: other.entry.sources.get(name, From.READ)},
                    sure={**entry.sure, name: other.entry.sure.get(name, 1.0)},
                )
    is_list = any(each.is_list for each in every)
    entries = tuple(one for each in every for one in each.entries if one != Entry()) if is_list else (entry,)
    return replace(
        first,
        entries=entries or (entry,),
        kind=next((kind for kind in PROOFS if any(each.kind == kind for each in every)), first.kind),
        person_name=next((each.person_name for each in every if each.person_name), ""),
        doubts=_every_one(each.doubts for each in every),
        flags=_every_one(each.flags for each in every),
        numbers=_every_one(each.numbers for each in every),
        pages=sum(each.pages for each in every),
        held_by_another=any(each.held_by_another for each in every),
    )


def _every_one(found: Iterable[tuple[Seen, ...]]) -> tuple[Seen, ...]:
    return tuple(dict.fromkeys(one for each in found for one in each))


def joined(first: Mine, others: Sequence[Mine]) -> Draft:
    """The draft that the files have together."""
    return _together(first.draft, [each.draft for each in others])


def for_another_class(question: Question, earlier: UploadState) -> Draft:
    """What was read is about the other class, so its sender says everything; what is so of the file stays so."""
    asker, kept = question.asker.person_id, draft_at(question, earlier)
    items = {each.fact.item_id for each in earlier.files}
    marks = uploads.marks_of(question.conn, question.agency_id, asker)
    same = {each.sha256 for each in marks if each.item_id in items}
    another = any(
        each.person_id != asker for each in uploads.marks_like(question.conn, question.agency_id, same)
    )
    draft = Draft(kind=PaperKind.CERTIFICATE.value, held_by_another=another)
    if kept is None:
        return draft
    return replace(
        draft,
        person_name=kept[0].person_name,
        flags=kept[0].flags,
        held_by_another=another or kept[0].held_by_another,
    )


def begun_again(question: Question, earlier: UploadState) -> Mine | None:
    """The upload of the same file that its sender has begun already and said nothing of."""
    found = uploads.sharing_files(question.conn, question.agency_id, earlier.kept.id)
    for state in reversed(found):
        if state.step is Step.RECEIVED and state.last.fact.reason == AGAIN:
            begun = mine(question, state)
            if begun is not None and begun.draft.entry == Entry():
                return begun
    return None


def again(question: Question, earlier: UploadState, number: int, draft: Draft) -> Does:
    """The same file for another class, on its sender's word: an upload of its own, with the file that is kept."""
    keys, asker = question.office.keys, question.asker

    def does(writer: Writer) -> Iterable[AuditDraft]:
        if uploads.by_number(writer.conn, writer.agency_id, number) is not None:
            raise OvertakenError
        (upload_id,) = writer.record(replace(earlier.kept.fact, number=number, received_at=asker.now))
        for file in earlier.files:
            writer.record(replace(file.fact, upload_id=upload_id))
        writer.record(UploadStep(upload_id=upload_id, position=1, step=Step.RECEIVED, reason=AGAIN))
        uploads.keep_draft(
            writer.conn,
            writer.agency_id,
            upload_id,
            asker.person_id,
            stage=Stage.OPEN,
            body=closed_draft(keys, upload_id, draft),
            now=writer.at,
        )
        yield AuditDraft(
            tag=AuditTag.UPLOAD_RECEIVED,
            subject_id=asker.person_id,
            data={"number": number, "again": earlier.kept.fact.number},
        )

    return does

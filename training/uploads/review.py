"""Whoever reviews an upload looks, then decides: recorded, returned, or looked into. How, and what follows from it?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from db.queries import content, uploads
from db.records.audit import AuditDraft
from db.records.facts import Card, Completion, Fact
from db.records.uploads import Stage, Step, UploadLook, UploadState, UploadStep
from db.unit_of_work import Writer
from messages.model import Message
from training.asking import OvertakenError, Question
from training.audit import AuditTag
from training.links.looks import Look, LookKind
from training.permissions import hidden
from training.sealed.sealing import keep_text
from training.uploads import reviewers
from training.uploads.keeping import closed_draft, draft_at, next_position
from training.uploads.review_rules import RulesVersion, in_force, is_drawn, reviews
from training.uploads.telling import tell_sender
from training.uploads.values import Draft, Entry, entry_json, entry_of, read_json

# Steps at which a reviewer has the word.
WITH_REVIEWER = frozenset({Step.SUBMITTED, Step.REFERRED})
MOST_LISTED = 500
SOURCE = "upload"
# Under which name an approval says by which rules it was made.
RULES = "rules"

Does = Callable[[Writer], Iterable[AuditDraft]]


@dataclass(frozen=True, slots=True, kw_only=True)
class InReview:
    """An upload that the asker may decide about, with its values as they were submitted and what was read."""

    state: UploadState
    draft: Draft
    version: int
    looked: bool

    @property
    def number(self) -> int:
        return self.state.kept.fact.number

    @property
    def submitted_at(self) -> datetime:
        """Since when it waits."""
        return self.state.last.recorded_at


def queue(question: Question) -> tuple[UploadState, ...]:
    """What waits for the asker's review, the oldest first."""
    closed = hidden(question)
    found = uploads.at_step(question.conn, question.agency_id, WITH_REVIEWER, limit=MOST_LISTED)
    allowed: dict[int, bool] = {}
    listed = []
    for state in found:
        sender = state.kept.fact.person_id
        if sender not in allowed:
            allowed[sender] = sender not in closed and reviewers.may_decide(question, state)
        if allowed[sender]:
            listed.append(state)
    return tuple(listed)


def found(question: Question, number: int) -> UploadState | None:
    """The upload of this number, if the asker may decide about it; None for any other, whether it exists or not."""
    state = uploads.by_number(question.conn, question.agency_id, number)
    if state is None or state.kept.fact.person_id in hidden(question):
        return None
    return state if reviewers.may_decide(question, state) else None


def in_review(question: Question, state: UploadState) -> InReview | None:
    """The upload as its reviewer sees it; None when it is with its sender."""
    kept = draft_at(question, state)
    if kept is None or state.step not in WITH_REVIEWER:
        return None
    draft, version = kept
    submitted = state.submitted
    draft = replace(draft, entries=tuple(entry_of(each) for each in submitted.fact.entries))
    seen = _seen(question.conn, state, question.asker.person_id)
    return InReview(state=state, draft=draft, version=version, looked=seen)


def _seen(conn: Connection, state: UploadState, viewer: int) -> bool:
    """Whether somebody has seen what is under review, and can see it again: what was seen before it was put right was
    another thing, and what was set aside since then is nobody's evidence."""
    agency_id, since = state.kept.agency_id, state.submitted.seq
    looks = uploads.looks_at(conn, agency_id, state.kept.id)
    if not any(each.fact.viewer_id == viewer and each.seq > since for each in looks):
        return False
    items = (content.item(conn, agency_id, each.fact.item_id) for each in state.files)
    return all(each is not None and each.set_aside is None and each.gone is None for each in items)


def look_at(under: InReview, title: str, fields: Sequence[tuple[str, str]]) -> Look:
    """What a reviewer's link shows: the files beside the values."""
    return Look(
        kind=LOOK,
        name=f"U-{under.number}",
        title=title,
        items=tuple(each.fact.item_id for each in under.state.files),
        fields=tuple(fields),
        about=under.state.kept.fact.person_id,
        more={"upload": under.number, "submitted": under.state.submitted.id},
    )


def _may_look(question: Question, look: Look) -> bool:
    state = uploads.by_number(question.conn, question.agency_id, int(look.more["upload"]))
    return (
        state is not None
        and state.kept.fact.person_id not in hidden(question)
        and reviewers.may_decide(question, state)
        and _shows(state, look)
    )


def _shows(state: UploadState, look: Look) -> bool:
    """Whether the values beside the files are those under review: put right since then, they are others."""
    return state.step in WITH_REVIEWER and state.submitted.id == look.more["submitted"]


def looked_at(writer: Writer, viewer: int, look: Look) -> None:
    """Every file of an upload was before their eyes; where one could not be shown, it was not looked at."""
    state = uploads.by_number(writer.conn, writer.agency_id, int(look.more["upload"]))
    if state is None or {each.fact.item_id for each in state.files} - set(look.items):
        return
    writer.record(UploadLook(upload_id=state.kept.id, viewer_id=viewer))
    writer.audit(
        AuditDraft(
            tag=AuditTag.UPLOAD_LOOKED,
            subject_id=state.kept.fact.person_id,
            # The first look is what a review is; any other says what it was for.
            data={"number": state.kept.fact.number, **({} if look.kind == LOOK else {"look": look.kind})},
        )
    )


LOOK = "review"
REVIEWED = LookKind(LOOK, may=_may_look, looked=looked_at)


def not_approved(under: InReview, why: str) -> AuditDraft:
    """An approval that was pressed and not taken, for the log."""
    return AuditDraft(
        tag=AuditTag.UPLOAD_NOT_APPROVED,
        subject_id=under.state.kept.fact.person_id,
        data={"number": under.number, "why": why},
    )


def records_of(under: InReview, entries: Sequence[Entry]) -> tuple[Fact, ...]:
    """What goes on record: of a card the card, and the class as far as the paper speaks of one."""
    fact = under.state.kept.fact
    evidence = {
        "upload": fact.number,
        "files": [each.fact.item_id for each in under.state.files],
        "automation": "rules only",
    }
    made: list[Fact] = []
    for place, entry in enumerate(entries, start=1):
        if entry.completed_on is None:
            raise ValueError(under.number)
        key = f"{SOURCE}:{fact.number}:{place}"
        if entry.expires_on is not None and entry.topics:
            made.append(
                Card(
                    person_id=fact.person_id,
                    covers=entry.topics,
                    valid_from=entry.completed_on,
                    valid_to=entry.expires_on,
                    provider=entry.provider or None,
                    source_key=f"{key}:card",
                )
            )
        made.append(
            Completion(
                person_id=fact.person_id,
                completed_on=entry.completed_on,
                hours=entry.hours,
                topics=entry.topics,
                title=entry.title,
                course_number=entry.number or None,
                provider=entry.provider or None,
                board_approved=True if entry.number else None,
                evidence=evidence,
                source_key=key,
            )
        )
    return tuple(made)


def records(
    question: Question,
    under: InReview,
    entries: Sequence[Entry],
    confirmed: Sequence[str],
    rules: RulesVersion,
    message: Message,
) -> Does:
    """It goes on record in its reviewer's name, by these rules; the sender hears of it. The first decision stands."""
    facts = records_of(under, entries)

    def does(writer: Writer) -> Iterable[AuditDraft]:
        position = _next_position(writer, question, under)
        if not _seen(writer.conn, under.state, question.asker.person_id):
            raise OvertakenError
        # Other rules hold since the form was read: what they need was not asked for.
        if in_force(writer.conn, writer.agency_id).version != rules.version:
            raise OvertakenError
        ids = writer.record(*facts, source=f"{SOURCE}:{under.number}")
        _step(
            writer,
            under,
            UploadStep(
                upload_id=under.state.kept.id,
                position=position,
                step=Step.RECORDED,
                entries=[entry_json(each) for each in entries],
                read={**read_json(under.draft), RULES: rules.version},
                confirmed=tuple(confirmed),
                records=ids,
            ),
            question,
            Stage.CLOSED,
        )
        tell_sender(
            writer,
            question.office,
            under.state.kept.fact,
            message,
            f"recorded {position} {under.state.kept.id}",
        )
        yield AuditDraft(
            tag=AuditTag.UPLOAD_RECORDED,
            subject_id=under.state.kept.fact.person_id,
            data={
                "number": under.number,
                "records": ids,
                "confirmed": list(confirmed),
                "changed": changed(under.draft.entries, entries),
                "rules": rules.version,
                "draw": {
                    "seed": rules.seed,
                    "percent": rules.second_looks,
                    "drawn": is_drawn(rules, writer.agency_id, under.number),
                },
            },
        )

    return does


def returns(
    question: Question, under: InReview, reason: str, text: str, message: Message, kept: Message
) -> Does:
    """It goes back to its sender with the reason, who can put it right or take it back."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        position = _next_position(writer, question, under)
        fact = under.state.kept.fact
        item_id = keep_text(writer, question.office.keys, fact.person_id, text) if text else None
        step = UploadStep(
            upload_id=under.state.kept.id,
            position=position,
            step=Step.RETURNED,
            reason=reason,
            item_id=item_id,
        )
        _step(writer, under, step, question, Stage.OPEN)
        tell_sender(
            writer,
            question.office,
            fact,
            message,
            f"returned {position} {under.state.kept.id}",
            kept=kept,
        )
        yield AuditDraft(
            tag=AuditTag.UPLOAD_RETURNED,
            subject_id=fact.person_id,
            data={"number": under.number, "why": reason, **({"words": item_id} if item_id else {})},
        )

    return does


def refers(question: Question, under: InReview, message: Message) -> Does:
    """A person looks into it: from here on nobody is asked anything about it by Rollcall."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        position = _next_position(writer, question, under)
        step = UploadStep(upload_id=under.state.kept.id, position=position, step=Step.REFERRED)
        _step(writer, under, step, question, Stage.CLOSED)
        tell_sender(
            writer,
            question.office,
            under.state.kept.fact,
            message,
            f"referred {position} {under.state.kept.id}",
        )
        yield AuditDraft(
            tag=AuditTag.UPLOAD_REFERRED,
            subject_id=under.state.kept.fact.person_id,
            data={"number": under.number},
        )

    return does


def changed(before: Sequence[Entry], after: Sequence[Entry]) -> list[Mapping[str, object]]:
    """Which values a reviewer changed: each with what it was and what it is."""
    found: list[Mapping[str, object]] = []
    for place, (one, other) in enumerate(zip(before, after, strict=True), start=1):
        was, now = entry_json(one), entry_json(other)
        found += [
            {"line": place, "value": name, "was": was.get(name), "is": now.get(name)}
            for name in (
                "title",
                "topics",
                "started_on",
                "completed_on",
                "expires_on",
                "hours",
                "provider",
                "number",
            )
            if was.get(name) != now.get(name)
        ]
    return found


def _next_position(writer: Writer, question: Question, under: InReview) -> int:
    """Where the step goes. OvertakenError when somebody decided meanwhile, or the asker holds the role no more."""
    reviews(question)
    if under.state.kept.fact.person_id == question.asker.person_id:
        raise OvertakenError
    return next_position(writer, under.state)


def _step(writer: Writer, under: InReview, step: UploadStep, question: Question, stage: Stage) -> None:
    writer.record(step)
    upload_id = under.state.kept.id
    uploads.change_draft(
        writer.conn,
        writer.agency_id,
        upload_id,
        under.version,
        stage=stage,
        body=closed_draft(question.office.keys, upload_id, under.draft),
        now=writer.at,
    )

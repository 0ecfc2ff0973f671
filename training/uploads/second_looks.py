"""Which approvals does a second reviewer look at, and does the file agree? Nothing of the first decision changes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.queries import review_rules as kept
from db.queries import uploads
from db.records.audit import AuditDraft
from db.records.facts import Kept
from db.records.review_rules import SecondLook
from db.records.uploads import Step, UploadLook, UploadState, UploadStep
from db.unit_of_work import Writer
from training.asking import OvertakenError, Question
from training.audit import AuditTag
from training.links.looks import Look, LookKind
from training.permission_table import Ask
from training.permissions import hidden, may
from training.uploads.keeping import as_it_was
from training.uploads.review import RULES, looked_at
from training.uploads.review_rules import RulesVersion, every_version, is_drawn, reviews
from training.uploads.values import Entry, entry_of, in_order

LOOK = "second-look"

Does = Callable[[Writer], Iterable[AuditDraft]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """An approval that was drawn, as the asker sees it. ``said``: what a second reviewer said, once somebody did."""

    state: UploadState
    step: Kept[UploadStep]
    rules: RulesVersion
    looked: bool
    said: Kept[SecondLook] | None

    @property
    def number(self) -> int:
        return self.state.kept.fact.number

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What went on record."""
        return tuple(entry_of(each) for each in self.step.fact.entries)


def waiting(question: Question) -> tuple[Second, ...]:
    """What waits for a second look that the asker may take, the oldest first."""
    if not may(question, Ask.REVIEW):
        return ()
    conn, agency_id = question.conn, question.agency_id
    known = {rules.version: rules for rules in every_version(conn, agency_id)}
    drawn = [
        each.upload_id
        for each in kept.not_looked_at_twice(conn, agency_id)
        if is_drawn(known[_version(each.read)], agency_id, each.number)
    ]
    states = uploads.by_ids(conn, agency_id, drawn)
    found = (
        _second(question, state, known[_version(state.last.fact.read)])
        for state in states
        if state.step is Step.RECORDED
    )
    return tuple(each for each in found if each is not None and each.said is None)


def found(question: Question, number: int) -> Second | None:
    """The drawn approval of this number that the asker may look at; None for any other, whether it exists or not."""
    conn, agency_id = question.conn, question.agency_id
    state = uploads.by_number(conn, agency_id, number)
    if state is None or state.step is not Step.RECORDED or not may(question, Ask.REVIEW):
        return None
    known = {rules.version: rules for rules in every_version(conn, agency_id)}
    rules = known[_version(state.last.fact.read)]
    return _second(question, state, rules) if is_drawn(rules, agency_id, number) else None


def _version(read: Mapping[str, Any]) -> int:
    """By which rules an approval was made."""
    return int(read.get(RULES, kept.SHIPPED_VERSION))


def _second(question: Question, state: UploadState, rules: RulesVersion) -> Second | None:
    """None where the asker may not look: it is their own, they approved it, or its sender is hidden from them."""
    asker, sender = question.asker.person_id, state.kept.fact.person_id
    if asker in (sender, state.last.recorded_by) or sender in hidden(question):
        return None
    seen = uploads.looks_at(question.conn, question.agency_id, state.kept.id)
    said = kept.second_looks(question.conn, question.agency_id)
    return Second(
        state=state,
        step=state.last,
        rules=rules,
        looked=_looked(seen, state, asker),
        said=next((each for each in said if each.fact.step_id == state.last.id), None),
    )


def _looked(seen: Iterable[Kept[UploadLook]], state: UploadState, viewer: int) -> bool:
    """Whether somebody opened the file since it was approved: before that it was another question."""
    return any(each.fact.viewer_id == viewer and each.seq > state.last.seq for each in seen)


def look_at(second: Second, title: str, fields: Sequence[tuple[str, str]]) -> Look:
    """What the link shows: the files beside what went on record."""
    return Look(
        kind=LOOK,
        name=f"U-{second.number}",
        title=title,
        items=tuple(each.fact.item_id for each in second.state.files),
        fields=tuple(fields),
        about=second.state.kept.fact.person_id,
        more={"upload": second.number},
    )


def _may_look(question: Question, look: Look) -> bool:
    return found(question, int(look.more["upload"])) is not None


SECOND_LOOK = LookKind(LOOK, may=_may_look, looked=looked_at)


def says(question: Question, second: Second, differs: Sequence[str]) -> Does:
    """What the second reviewer found; the record stays as it is. The first word stands."""
    agrees = not differs

    def does(writer: Writer) -> Iterable[AuditDraft]:
        reviews(question)
        state = as_it_was(writer, second.state)
        said = kept.second_looks(writer.conn, writer.agency_id)
        seen = uploads.looks_at(writer.conn, writer.agency_id, state.kept.id)
        if any(each.fact.step_id == second.step.id for each in said) or not _looked(
            seen, state, question.asker.person_id
        ):
            raise OvertakenError
        writer.record(
            SecondLook(
                upload_id=state.kept.id,
                step_id=second.step.id,
                approved_by=second.step.recorded_by or 0,
                viewer_id=question.asker.person_id,
                agrees=agrees,
                differs=in_order(differs),
            )
        )
        yield AuditDraft(
            tag=AuditTag.UPLOAD_SECOND_LOOK,
            subject_id=state.kept.fact.person_id,
            data={
                "number": second.number,
                "agrees": agrees,
                "differs": list(in_order(differs)),
                "rules": second.rules.version,
                "seed": second.rules.seed,
            },
        )

    return does

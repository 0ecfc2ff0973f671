"""What is behind this one record? Opened from a list or by its number, for whoever may see it at this moment."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from db.records.facts import Completion, Credit, Kept
from db.records.imports import IMPORTED
from handlers.routing import Answered, Asked, Route, Tense, everyone
from handlers.status import about, finish, still
from messages import record as say
from messages.record_content import ContentFacts, TopicSaid
from messages.records import RecordFacts
from messages.wording import topic_name
from messages.words import Words
from rules.case import plain
from rules.pack import Pack, Requirement
from rules.standing import Remark, StandingLine
from training.asking import Outcome, Question
from training.audit import AuditTag
from training.packs import chosen_packs
from training.standings.compliance import Judged
from training.transcripts.records import OneRecord, one_record_of, record_meant, record_number

# Where a fact came from when nothing else was said about it.
OWN_SOURCE = "rollcall"


def opened(question: Question, asked: Asked) -> Answered:
    """The record pressed or named by number; the same answer for none and for one that is not the asker's to see."""
    written = asked.value or str(asked.slot("record") or "")
    record_id = record_meant(question, written)
    found = None if record_id is None else one_record_of(question, record_id)
    if found is None:
        outcome = Outcome(tag=AuditTag.RECORD_REFUSED)
        return finish(say.no_record(asked.words), outcome, **still(question))
    person_id = found.kept.fact.person_id
    looked_at = () if person_id == question.asker.person_id else (person_id,)
    judged = found.judged
    outcome = Outcome(
        looked_at=looked_at,
        keep=(judged.to_keep(),) if judged is not None else (),
        data={"record": found.kept.id}
        | ({} if judged is None else about(judged.standing, _lines(found, judged))),
    )
    message = say.one_record(_facts(question, asked.words, found, bool(looked_at)), asked.words)
    return finish(message, outcome, **_remembered(question, person_id))


def _lines(found: OneRecord, judged: Judged) -> tuple[StandingLine, ...]:
    """The lines that the answer rests on."""
    duties = {each.requirement.id for each in found.serves} | {
        each.requirement.id for each in found.serves_not
    }
    return tuple(line for line in judged.standing.lines if line.requirement in duties)


def _remembered(question: Question, person_id: int) -> dict[str, object]:
    """The conversation stays on its rule while it is about the same person, so that WHY still means that rule."""
    own = question.asker.person_id
    remembered = still(question)
    if (remembered.get("about") or own) == person_id:
        return remembered
    turned: dict[str, object] = {"intent": "explain_requirement"}
    return turned if person_id == own else turned | {"about": person_id}


def _facts(question: Question, words: Words, found: OneRecord, is_of_another: bool) -> say.OneRecordFacts:
    kept = found.kept
    zone = ZoneInfo(question.asker.time_zone)
    judged = found.judged
    # Of every pack of the agency: a record that is no longer judged still has topics with names.
    packs = chosen_packs(
        question.conn, question.shelf, question.agency_id, question.day, known_at=question.known_at
    )
    is_import = kept.source.startswith(IMPORTED)
    return say.OneRecordFacts(
        name=found.person,
        today=question.day,
        content=_content(kept, packs, words),
        recorded_at=kept.recorded_at.astimezone(zone),
        recorded_by=found.recorded_by,
        is_import=is_import,
        file_name=found.file_name,
        source="" if is_import or kept.source == OWN_SOURCE else kept.source,
        before=_other(found.before, zone),
        before_content=_content(found.before, packs, words) if found.before is not None else None,
        moved_from=found.moved_from,
        after=_other(found.after, zone),
        withdrawn=found.withdrawn,
        ended_at=_local(found.ended_at, zone),
        served=tuple(
            say.ServedFacts(
                duty=_duty(each.requirement, each.window, each.item), hours=each.hours, surplus=each.surplus
            )
            for each in found.serves
        ),
        unserved=tuple(
            say.UnservedFacts(
                duty=_duty(each.requirement, each.window, each.item),
                reason=Remark(each.reason),
                doubtful=each.doubtful,
            )
            for each in found.serves_not
        ),
        packs=judged.standing.packs if judged is not None else (),
        looked_at=found.full_name if is_of_another else "",
    )


def _other(kept: Kept[Completion] | None, zone: ZoneInfo) -> say.OtherWording | None:
    if kept is None:
        return None
    return say.OtherWording(record=_record(kept), recorded_at=kept.recorded_at.astimezone(zone))


def _local(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return None if moment is None else moment.astimezone(zone)


def _duty(requirement: Requirement, window: str | None, item: str | None) -> say.DutyFacts:
    return say.DutyFacts(short=requirement.short, label=requirement.label, window=window, item=item)


def _record(kept: Kept[Completion]) -> RecordFacts:
    fact = kept.fact
    told = (fact.evidence.get("firearm_type"), fact.evidence.get("role"))
    return RecordFacts(
        ref=str(kept.id),
        number=str(record_number(kept.id)),
        on=fact.completed_on,
        title=fact.title,
        hours=fact.hours if fact.hours else None,
        score=fact.score,
        passed=fact.passed,
        evidence=", ".join(str(each).replace("-", " ") for each in told if each),
    )


def _content(kept: Kept[Completion], packs: Iterable[Pack], words: Words) -> ContentFacts:
    fact = kept.fact
    reason = fact.credit_reason or {Credit.NO: "not-passed", Credit.DOUBTFUL: "credit-doubtful"}.get(
        fact.credit
    )
    return ContentFacts(
        record=_record(kept),
        topics=tuple(
            TopicSaid(
                label=_label(topic, packs, words),
                hours=fact.topic_hours.get(topic),
                written=_written(fact.topic_reasons.get(topic)),
            )
            for topic in fact.topics
        ),
        provider=fact.provider or "",
        course_number=fact.course_number or "",
        delivery=(fact.delivery or "").replace("-", " "),
        approved=fact.board_approved,
        credit=fact.credit.value,
        credit_reason=Remark(reason) if reason and fact.credit is not Credit.YES else None,
    )


def _label(topic: str, packs: Iterable[Pack], words: Words) -> str:
    """The pack's own name of a topic; of one that no pack knows the word itself."""
    name = plain(topic)
    for pack in packs:
        label = pack.topic_labels.get(pack.topics.get(name, name))
        if label:
            return label
    return topic_name(topic, words)


def _written(reason: object) -> str:
    """The words of the title that named a topic, when it was read from there."""
    return str(reason.get("written", "")) if isinstance(reason, Mapping) else ""


ROUTES = (
    Route(
        name="record",
        handle=opened,
        may_use=everyone,
        commands=("record",),
        tense=Tense.CONTINUES,
        shows=True,
    ),
)

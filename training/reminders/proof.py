"""What became of the reminders of a duty? From the ledger and the log alone, and never more than a channel said.

Whoever may see a person's record may see it; the look is an entry, and so is a file of it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db.queries import audit, ledger, notified
from db.queries.notified import Notified
from db.records.audit import AuditEntry
from db.records.ledger import Delivery
from messages import proof as say
from messages.kinds import MessageKind
from messages.proof import ProofFacts, ProofStep, ReminderProof, StateNow, WrittenDown
from messages.words import Words
from rules.standing import Standing
from training.asking import Question
from training.audit import AuditTag
from training.links.links import Offer
from training.links.looks import Look, LookKind, Made, offer_look
from training.people import Concerned
from training.permission_table import Ask
from training.permissions import may, may_see
from training.phones.texts import state_of, why_of
from training.purposes import Purpose
from training.standings.duties import lines_about, rule_of
from training.standings.judging import standing_for
from training.transcripts.exports import Export, as_csv
from training.transcripts.printing import as_pdf

_TAGS = (
    AuditTag.MESSAGE_ANSWERED,
    AuditTag.MESSAGE_CANCELLED,
    AuditTag.MESSAGE_DELIVERED,
    AuditTag.MESSAGE_FAILED,
    AuditTag.MESSAGE_HANDED_OVER,
    AuditTag.MESSAGE_HELD,
    AuditTag.MESSAGE_NEXT_WAY,
    AuditTag.MESSAGE_PLANNED,
    AuditTag.MESSAGE_SKIPPED,
    AuditTag.MESSAGE_UNDELIVERED,
    AuditTag.MESSAGE_UNKNOWN,
)
# Nobody is written to so often that more is behind one duty.
MOST = 20_000


@dataclass(frozen=True, slots=True)
class ProvenReminders:
    """Every reminder of somebody about what was asked for, the newest first; ``duties`` are what it was about."""

    whom: Concerned
    duties: tuple[str, ...]
    reminders: tuple[ReminderProof, ...]


def proof_of(question: Question, whom: Concerned, topics: Sequence[str], rule: str) -> ProvenReminders:
    """The reminders of a duty by its topic or the short name of its rule; of every duty where neither is named."""
    standing, _ = standing_for(question, whom.person_id)
    said = _said(question, whom.person_id)
    labels = _labels(question, notified.subjects(said), standing)
    if topics or rule:
        about = (
            {each.requirement for each in lines_about(question.shelf, standing, tuple(topics))}
            if (topics and standing is not None)
            else set()
        )
        said = tuple(
            each
            for each in said
            if _requirement(each.subject) in about or (rule and rule.casefold() in labels[each.subject].names)
        )
    duties = tuple(dict.fromkeys(labels[each.subject].label for each in said))
    return ProvenReminders(whom, duties, tuple(_reminders(question, whom.person_id, said, labels)))


def _said(question: Question, person_id: int) -> tuple[Notified, ...]:
    """Every step that a reminder said, by the log: a step that was said anew stands in the ledger under its last
    message alone. By the ledger whatever the log does not know."""
    planned = audit.entries(
        question.conn,
        question.agency_id,
        subject_id=person_id,
        tags=(AuditTag.REMINDER_PLANNED,),
        limit=MOST,
    )
    by_log = tuple(
        Notified(
            subject=each["subject"],
            due=each["due"],
            step=each["step"],
            message_id=entry.data["message"],
            planned_at=entry.at,
        )
        for entry in planned
        for each in entry.data["steps"]
    )
    known = {each.message_id for each in by_log}
    kept = notified.of_kind(question.conn, question.agency_id, person_id, MessageKind.REMINDER.value)
    every = (*by_log, *(each for each in kept if each.message_id not in known))
    return tuple(sorted(every, key=lambda each: each.planned_at, reverse=True))


@dataclass(frozen=True, slots=True)
class _Label:
    label: str
    names: frozenset[str]


def _labels(question: Question, subjects: Sequence[str], standing: Standing | None) -> Mapping[str, _Label]:
    found = {}
    for subject in subjects:
        requirement, _, item = subject.partition("|")
        rule = None if standing is None else rule_of(question.shelf, standing, requirement)
        name = requirement if rule is None else rule[1].label
        short = requirement if rule is None else rule[1].short
        label = f"{name} ({item.replace('-', ' ')})" if item else name
        found[subject] = _Label(label, frozenset({requirement.casefold(), short.casefold()}))
    return found


def _requirement(subject: str) -> str:
    return subject.partition("|")[0]


def _reminders(
    question: Question, person_id: int, said: Sequence[Notified], labels: Mapping[str, _Label]
) -> Iterator[ReminderProof]:
    ids = dict.fromkeys(each.message_id for each in said if each.message_id is not None)
    entries = _entries(question, person_id, ids.keys())
    tries: dict[str, list[Delivery]] = {each: [] for each in ids}
    for each in ledger.deliveries(question.conn, question.agency_id, person_id=person_id):
        if each.message_id in tries:
            tries[each.message_id].append(each)
    for message_id in ids:
        of_it = [each for each in said if each.message_id == message_id]
        yield ReminderProof(
            planned_at=_local(question, of_it[0].planned_at),
            about=tuple((labels[each.subject].label, each.step, _day(each.due)) for each in of_it),
            # One answer answers every copy of it.
            steps=tuple(dict.fromkeys(_step(question, each) for each in entries.get(message_id, ()))),
            now=tuple(
                StateNow(each.route.channel, state_of(each), why_of(each)) for each in tries[message_id]
            ),
        )


def _entries(question: Question, person_id: int, ids: Collection[str]) -> Mapping[str, list[AuditEntry]]:
    found: dict[str, list[AuditEntry]] = {}
    entries = audit.entries(question.conn, question.agency_id, subject_id=person_id, tags=_TAGS, limit=MOST)
    for each in reversed(entries):
        message_id = each.data.get("message")
        if isinstance(message_id, str) and message_id in ids:
            found.setdefault(message_id, []).append(each)
    return found


def _step(question: Question, entry: AuditEntry) -> ProofStep:
    data = entry.data
    channels = data.get("channels")
    planned_on = str(channels[0]) if isinstance(channels, list) and channels else ""
    until = data.get("until")
    return ProofStep(
        at=_local(question, entry.at),
        what=WrittenDown(entry.tag.removeprefix("message:")),
        channel=(entry.channel or "")
        if entry.tag == AuditTag.MESSAGE_ANSWERED
        else str(data.get("channel") or data.get("sent_on") or planned_on or entry.channel or ""),
        why=str(data.get("because") or data.get("why") or data.get("error") or ""),
        until=_local(question, datetime.fromisoformat(until)) if isinstance(until, str) else None,
        held_for=str(data.get("waits") or ""),
    )


def _local(question: Question, at: datetime) -> datetime:
    return at.astimezone(question.at.tzinfo)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def may_have_file(question: Question, person_id: int) -> bool:
    """Whether the asker may take this away as a file at this moment."""
    own = person_id == question.asker.person_id
    return may_see(question, person_id) and may(question, Ask.OWN_EXPORT if own else Ask.RECORD_EXPORT)


def file_of(
    question: Question, proof: ProvenReminders, facts: ProofFacts, words: Words
) -> tuple[Offer, Export] | None:
    """A link to the same as pages and as a table; None where no link can be given."""
    own = proof.whom.person_id == question.asker.person_id
    export = Export(
        kind="export-proof",
        head=say.file_head(
            facts,
            question.asker.agency_name,
            question.at,
            Purpose.OWN_COPY.value if own else Purpose.AUDIT.value,
            words,
        ),
        columns=say.file_columns(words),
        rows=say.file_rows(facts, words),
        people=(proof.whom.person_id,),
        purpose=Purpose.OWN_COPY.value if own else Purpose.AUDIT.value,
    )
    look = Look(
        kind=REMINDER_PROOF.name,
        name="reminder-proof",
        title=export.head[1][1],
        made=(
            Made(content=as_pdf(export, words), media_type="application/pdf"),
            Made(content=as_csv(export), media_type="text/csv"),
        ),
        fields=export.head,
        about=proof.whom.person_id,
    )
    offer = offer_look(question, look)
    return None if offer is None else (offer, export)


def _may(question: Question, look: Look) -> bool:
    return look.about is not None and may_have_file(question, look.about)


REMINDER_PROOF = LookKind("reminder-proof", may=_may)

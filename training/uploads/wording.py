"""How do the values of an upload become the facts that a message is built from?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from db.records.uploads import Step
from messages.entry_values import EntryFacts
from messages.uploads import UnclearFacts, UploadFacts
from messages.wording import topic_name
from messages.words import Words
from reading.certificates.model import PaperKind
from reading.certificates.told import Told
from training.uploads import checks
from training.uploads.values import Doubtful, Draft, Entry

# What reads like a proof that a class was finished.
PROOFS = frozenset({PaperKind.CERTIFICATE.value, PaperKind.TRANSCRIPT.value})


def upload_facts(number: int, step: Step, draft: Draft, today: date) -> UploadFacts:
    """An upload as its sender reads of it; while it is theirs, with the question that it raises by itself."""
    with_sender = step is Step.RECEIVED
    waits = not draft.kind
    raised = checks.impossible(draft, today) if with_sender else None
    return UploadFacts(
        number=number,
        state=step.value,
        entries=entries_facts(draft),
        unclear=unclear_facts(draft.unclear or raised),
        reading=with_sender and waits,
        is_proof=waits or draft.kind in PROOFS,
        was_read=draft.kind != PaperKind.UNREADABLE.value,
        same_as=draft.same_as,
    )


def topic_titles(told: Told, words: Words) -> Mapping[str, str]:
    """What a class is called of which its sender named no more than the topic."""
    return {each: topic_name(each, words) for each in told.topics}


def entry_facts(entry: Entry) -> EntryFacts:
    """One class, with what is still asked for."""
    return EntryFacts(
        title=entry.title,
        topics=entry.topics,
        completed_on=entry.completed_on,
        started_on=entry.started_on,
        expires_on=entry.expires_on,
        hours=entry.hours,
        no_hours=entry.no_hours,
        provider=entry.provider,
        number=entry.number,
        no_number=entry.no_number,
        sources={name: source.value for name, source in entry.sources.items()},
        missing=checks.missing(entry),
    )


def unclear_facts(question: Doubtful | None) -> UnclearFacts | None:
    """The clerical question that is open."""
    if question is None:
        return None
    return UnclearFacts(code=question.code, facts=question.facts)


def entries_facts(draft: Draft) -> tuple[EntryFacts, ...]:
    """Every class; of several only what none can be recorded without is missing."""
    found = tuple(entry_facts(each) for each in draft.entries)
    if not draft.is_list:
        return found
    needed = set(checks.lacking(draft))
    return tuple(
        replace(each, missing=tuple(name for name in each.missing if name in needed)) for each in found
    )

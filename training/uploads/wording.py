"""How do the values of an upload become the facts that a message is built from?"""

from dataclasses import replace

from messages.entry_values import EntryFacts
from messages.uploads import UnclearFacts
from training.uploads import checks
from training.uploads.values import Doubtful, Draft, Entry


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

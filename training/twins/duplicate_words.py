"""How is a proposal named: which person, which record, which of two goes?"""

from db.queries.likeness import CompletionLook
from db.records.facts import LikenessOf, PersonAtAgency
from messages.duplicates import DuplicateProposalFacts
from messages.wording import day_with_year, hours
from messages.words import Words
from training.people import display_name
from training.transcripts.records import record_number
from training.twins.duplicates import Proposals
from training.twins.likeness import Proposal


def proposal_facts(found: Proposals, proposal: Proposal, words: Words) -> DuplicateProposalFacts:
    """One proposal, ready to be said."""
    what = other = stays = goes = ""
    if proposal.subject in (LikenessOf.COMPLETIONS, LikenessOf.DATE):
        one, two = found.records[proposal.one], found.records[proposal.other]
        who = found.people.get(one.person_id)
        record = _record(one, words)
        what = words.say("duplicates-of", who=_name(who), record=record)
        other = _record(two, words)
        if proposal.withdraw is not None:
            gone = proposal.withdraw
            goes = str(record_number(gone))
            stays = str(record_number(proposal.other if gone == proposal.one else proposal.one))
    else:
        what, other = (_person(found.people.get(each), words) for each in (proposal.one, proposal.other))
    return DuplicateProposalFacts(
        key=proposal.key,
        subject=proposal.subject.value,
        what=what,
        other=other,
        reasons=tuple(each.value for each in proposal.reasons),
        stays=stays,
        goes=goes,
        records=proposal.records,
    )


def _name(person: PersonAtAgency | None) -> str:
    return "" if person is None else display_name(person)


def _person(person: PersonAtAgency | None, words: Words) -> str:
    if person is None:
        return ""
    name = f"{person.given} {person.family}".strip()
    return words.say("duplicates-person", name=name, badge=person.employment.fact.badge_number)


def _record(look: CompletionLook, words: Words) -> str:
    number, title, day = str(record_number(look.id)), look.title, day_with_year(look.completed_on, words)
    if look.hours is None:
        return words.say("duplicates-record", number=number, title=title, day=day)
    return words.say(
        "duplicates-record-hours", number=number, title=title, day=day, hours=hours(look.hours, words)
    )

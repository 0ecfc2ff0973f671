"""What is put before a reviewer: an upload with whatever a person should weigh, and what lies about undecided?"""

from collections.abc import Sequence
from dataclasses import replace

from db.queries import uploads
from db.records.facts import PersonAtAgency
from db.records.uploads import UploadState
from messages import review as say
from messages import review_lists
from messages.wording import topic_name
from messages.words import Words
from training.asking import Question
from training.people import display_name
from training.permissions import hidden
from training.standings.duties import packs_of
from training.standings.judging import judged_for
from training.uploads.effects import moves
from training.uploads.resembling import is_other_name, on_record, same_as
from training.uploads.values import Draft
from training.uploads.wording import entry_facts


def card(question: Question, state: UploadState, draft: Draft) -> say.CardFacts:
    """The upload as a list shows it to its reviewer."""
    sender = sender_of(question, state)
    return say.CardFacts(
        number=state.kept.fact.number,
        who=display_name(sender),
        badge=sender.employment.fact.badge_number,
        at=state.kept.fact.received_at.astimezone(question.at.tzinfo),
        channel=state.kept.fact.channel,
        entries=tuple(entry_facts(each) for each in draft.entries),
        kind=draft.kind,
        person_name=draft.person_name,
        doubts=draft.doubts,
        flags=draft.flags,
        held_by_another=draft.held_by_another,
        other_name=is_other_name(draft.person_name, sender),
        on_record=tuple(on_record(question, sender.person_id, draft.entries)),
    )


def whole_card(question: Question, state: UploadState, draft: Draft) -> say.CardFacts:
    """The same with what it would close and what it resembles: more than a list has time for."""
    return replace(
        card(question, state, draft),
        same_as=same_as(question, state, draft),
        moves=moves(question, state.kept.fact.person_id, draft.entries),
    )


def is_unmatched(facts: say.CardFacts) -> bool:
    """Whether it matches no person or no requirement as it stands."""
    return facts.other_name or not any(each.topics for each in facts.entries)


def forgotten(question: Question) -> tuple[UploadState, ...]:
    """What still waits for its sender after the reminder, of people that the asker may see, the oldest first."""
    closed = hidden(question)
    found = (
        uploads.by_id(question.conn, question.agency_id, each.upload_id)
        for each in uploads.reminded_drafts(question.conn, question.agency_id)
        if each.person_id not in closed and each.person_id != question.asker.person_id
    )
    return tuple(each for each in found if each is not None)


def forgotten_line(question: Question, state: UploadState) -> review_lists.ForgottenFacts:
    """One of these as a list shows it; what is in it is its sender's until they submit it."""
    return review_lists.ForgottenFacts(
        number=state.kept.fact.number,
        who=display_name(sender_of(question, state)),
        at=state.kept.fact.received_at.astimezone(question.at.tzinfo),
    )


def topics(
    question: Question, person_id: int, chosen: Sequence[str], words: Words
) -> tuple[tuple[str, str], ...]:
    """The topics of the person's packs with their names, and those that are chosen already."""
    judged = judged_for(question, person_id)
    labels: dict[str, str] = {}
    if judged is not None:
        for pack in packs_of(question.shelf, judged.standing):
            for topic, label in pack.topic_labels.items():
                labels.setdefault(topic, label)
    for each in chosen:
        labels.setdefault(each, topic_name(each, words))
    return tuple(sorted(labels.items(), key=lambda pair: pair[1].casefold()))


def sender_of(question: Question, state: UploadState) -> PersonAtAgency:
    """Whoever sent it."""
    (found,) = question.walls.by_ids(question.conn, question.agency_id, [state.kept.fact.person_id])
    return found

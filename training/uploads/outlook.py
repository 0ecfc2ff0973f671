"""What does a reviewer see beside the values: whose name is printed, what is on record already, what it would close?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from rapidfuzz import fuzz

from db.queries import evaluation, uploads
from db.records.facts import PersonAtAgency
from db.records.uploads import Step, UploadState
from messages import review as say
from messages import review_lists
from messages.answer import StatusFacts
from messages.lines import line_label
from messages.model import Message
from messages.wording import topic_name
from messages.words import Words
from rules.case import plain
from rules.model import Completion
from rules.standing import LineState, Standing, StandingLine
from training import compliance, tickets
from training.asking import Question
from training.compliance import Judged
from training.duties import packs_of
from training.judging import judged_for
from training.people import display_name
from training.permissions import hidden
from training.uploads.review import InReview
from training.uploads.values import Draft, Entry
from training.uploads.wording import entry_facts

# Titles of one day so alike are probably of one class.
LIKE = 80
# A printed name so alike is the person's, ranks and order apart.
SAME_NAME = 84
DONE = frozenset({LineState.MET, LineState.EXEMPT})

StatusOf = Callable[[Standing, str, str], StatusFacts]


def card(question: Question, under: InReview) -> say.CardFacts:
    """The upload as its reviewer reads it."""
    sender = _person(question, under.state.kept.fact.person_id)
    facts = base_card(question, under.state, under.draft, sender)
    return replace(
        facts,
        on_record=tuple(_on_record(question, sender.person_id, under.draft.entries)),
    )


def _same_as(question: Question, state: UploadState, draft: Draft) -> tuple[int, ...]:
    """Other uploads of the same sender with one of these files, or a picture that looks the same."""
    sharing = uploads.sharing_files(question.conn, question.agency_id, state.kept.id)
    found = [each.kept.fact.number for each in sharing if each.step is not Step.WITHDRAWN]
    if draft.same_as is not None:
        found.append(draft.same_as)
    return tuple(sorted(set(found)))


def whole_card(question: Question, under: InReview) -> say.CardFacts:
    """The same with what it would close and what it resembles: more than a list has time for."""
    sender = under.state.kept.fact.person_id
    would_move = moves(question, sender, under.draft.entries)
    same_as = _same_as(question, under.state, under.draft)
    return replace(card(question, under), same_as=same_as, moves=would_move)


def first_card(question: Question, state: UploadState, draft: Draft) -> say.CardFacts:
    """The card of an upload that its sender is about to submit."""
    sender = _person(question, state.kept.fact.person_id)
    found = tuple(_on_record(question, state.kept.fact.person_id, draft.entries))
    return replace(
        base_card(question, state, draft, sender),
        on_record=found,
        same_as=_same_as(question, state, draft),
        moves=moves(question, sender.person_id, draft.entries),
    )


def base_card(question: Question, state: UploadState, draft: Draft, sender: PersonAtAgency) -> say.CardFacts:
    """The same without what has to be looked up."""
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
    )


def is_other_name(printed: str, person: PersonAtAgency) -> bool:
    """Whether the name on the paper is not the person's; an empty one says nothing."""
    if not printed:
        return False
    own = f"{person.given} {person.family}"
    score = max(
        fuzz.WRatio(_folded(printed), _folded(own)),
        fuzz.WRatio(_folded(printed), _folded(f"{person.family} {person.given}")),
    )
    return score < SAME_NAME


def _folded(name: str) -> str:
    return " ".join("".join(each if each.isalpha() else " " for each in name.casefold()).split())


def _on_record(question: Question, person_id: int, entries: Iterable[Entry]) -> Iterable[str]:
    """Records of the same days with a title that is alike."""
    kept = evaluation.completions_for(question.conn, question.agency_id, [person_id]).get(person_id, ())
    for entry in entries:
        for each in kept:
            same_day = each.fact.completed_on == entry.completed_on
            if same_day and fuzz.token_set_ratio(each.fact.title.casefold(), entry.title.casefold()) >= LIKE:
                yield each.fact.title


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
        who=display_name(_person(question, state.kept.fact.person_id)),
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


def recorded_message(
    question: Question, under: InReview, entries: Sequence[Entry], words: Words, status_of: StatusOf
) -> Message:
    """What the sender hears: what is on record now, what it closed, and where they stand with it."""
    person_id = under.state.kept.fact.person_id
    sender = _person(question, person_id)
    before, after = _with_and_without(question, person_id, entries)
    status: StatusFacts | None = None
    closed: tuple[str, ...] = ()
    if before is not None and after is not None:
        employment = sender.employment.fact
        position = "" if employment.kind == "officer" else employment.position.replace("-", " ")
        status = status_of(after.standing, sender.family, position)
        closed = tuple(_closed(before.standing, after.standing, words))
    return say.recorded(
        say.RecordedFacts(
            number=under.number,
            entries=tuple(entry_facts(each) for each in entries),
            who=tickets.own_name(question),
            at=question.at,
            status=status,
            closed=closed,
        ),
        words,
    )


def moves(question: Question, person_id: int, entries: Sequence[Entry]) -> tuple[say.MoveFacts, ...]:
    """Which duties it would bring on, and from where to where, if it went on record as it is."""
    before, after = _with_and_without(question, person_id, entries)
    if before is None or after is None:
        return ()
    now = {_key(each): each for each in before.standing.lines}
    return tuple(
        say.MoveFacts(before=now[_key(each)], after=each)
        for each in after.standing.lines
        if _key(each) in now and (each.hours_counted, each.state) != _place(now[_key(each)])
    )


def _place(line: StandingLine) -> tuple[Decimal | None, LineState]:
    return (line.hours_counted, line.state)


def _with_and_without(
    question: Question, person_id: int, entries: Sequence[Entry]
) -> tuple[Judged | None, Judged | None]:
    """The person's standing as it is, and as it would be with these entries on record."""
    after = compliance.judge(
        question.conn,
        question.shelf,
        question.agency_id,
        person_id,
        question.today,
        extra=[_supposed(place, each) for place, each in enumerate(entries) if each.completed_on is not None],
    )
    return judged_for(question, person_id), after


def _supposed(place: int, entry: Entry) -> Completion:
    return Completion(
        f"upload {place}",
        entry.completed_on or date.max,
        entry.hours,
        frozenset(plain(each) for each in entry.topics),
        approved=True if entry.number else None,
    )


def _closed(before: Standing, after: Standing, words: Words) -> Iterable[str]:
    open_before = {_key(each) for each in before.lines if each.state not in DONE}
    for each in after.lines:
        if each.state in DONE and _key(each) in open_before:
            yield line_label(each, words)


def _key(line: StandingLine) -> tuple[str, str | None, str | None]:
    return (line.requirement, line.window, line.item)


def _person(question: Question, person_id: int) -> PersonAtAgency:
    (found,) = question.walls.by_ids(question.conn, question.agency_id, [person_id])
    return found

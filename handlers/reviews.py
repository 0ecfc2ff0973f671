"""Certificates that wait for a reviewer: the list, one with its form, and the decision."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from db.records.uploads import Step, UploadState
from handlers import entry_form
from handlers.entry_form import form_facts
from handlers.review_form import MOST_WORDS, OTHER, Entered, entered, typed_in
from handlers.routing import Answered, Asked, Route, following, page_after, reviews_certificates
from handlers.status import finish, status_of
from messages import review as say
from messages import review_lists
from messages.lines import line_label
from messages.model import Message
from messages.pages import lines_for
from reading.text.upload_numbers import number_meant
from training import tickets
from training.asking import Outcome, Question
from training.links.looks import offer_look
from training.uploads import cards, effects, outlook, review, reviewers
from training.uploads.deciding import Approve, Decision, NotYet, Refer, Return, confirmed, not_yet
from training.uploads.keeping import own
from training.uploads.review import InReview
from training.uploads.review_rules import Checked, RulesVersion, in_force, steps_for
from training.uploads.values import Entry, in_order
from training.uploads.wording import entry_facts


def waiting(question: Question, asked: Asked) -> Answered:
    """What waits for the asker's review."""
    return _page(question, asked, 1)


def _page(question: Question, asked: Asked, page: int, *, only_unmatched: bool = False) -> Answered:
    states = review.queue(question)
    found = [each for each in (review.in_review(question, state) for state in states) if each is not None]
    cards = {each.number: outlook.card(question, each.state, each.draft) for each in found}
    unmatched = [each for each in found if outlook.is_unmatched(cards[each.number])]
    listed = unmatched if only_unmatched else found
    facts = review_lists.QueueFacts(
        waiting=tuple(cards[each.number] for each in listed),
        unmatched=len(unmatched),
        unmatched_oldest=_oldest(question, unmatched),
        forgotten=len(outlook.forgotten(question)),
        oldest=_oldest(question, listed),
        only_unmatched=only_unmatched,
        page=page,
        lines=lines_for(question.channel),
    )
    looked_at = tuple({each.state.kept.fact.person_id for each in listed})
    outcome = Outcome(looked_at=looked_at, data={"reviews": len(listed)})
    pages_of = "unmatched" if only_unmatched else "reviews"
    return finish(review_lists.queue(facts, asked.words), outcome, page=page, pages_of=pages_of)


def _oldest(question: Question, listed: Sequence[InReview]) -> int:
    """For how many days the first of these waits."""
    return max(((question.asker.now - each.submitted_at).days for each in listed), default=0)


def unmatched(question: Question, asked: Asked) -> Answered:
    """What matches no person or no requirement as it stands."""
    return _page(question, asked, 1, only_unmatched=True)


def next_unmatched(question: Question, asked: Asked) -> Answered:
    """MORE of it."""
    return _page(question, asked, page_after(question), only_unmatched=True)


def left_lying(question: Question, asked: Asked) -> Answered:
    """Drafts that their senders have not answered about since the reminder."""
    states = outlook.forgotten(question)
    found = tuple(outlook.forgotten_line(question, each) for each in states)
    looked_at = tuple({each.kept.fact.person_id for each in states})
    return finish(review_lists.forgotten(found, asked.words), Outcome(looked_at=looked_at))


def one(question: Question, asked: Asked) -> Answered:
    """One certificate with the form that decides it; the form as it came back."""
    form = asked.form
    if form is not None:
        asked = asked.with_value(entry_form.number_in(form))
    found = _meant(question, asked)
    if isinstance(found, Answered):
        return found
    if form is None:
        # The values as they were submitted, and nothing ticked.
        return _form(question, asked, found, Entered(line=0, entry=found.draft.entry))
    return _submitted(question, asked, found, form)


def _meant(question: Question, asked: Asked) -> InReview | Answered:
    """The upload that is meant, or why there is nothing to decide about it."""
    slot = asked.slot("upload_id")
    number = number_meant(asked.value or (slot if isinstance(slot, str) else ""))
    state = None if number is None else review.found(question, number)
    if state is None:
        mine = None if number is None else own(question, number)
        if mine is None or number is None:
            return _done(asked, say.ReviewDoneFacts(code="none"))
        return _done(asked, say.ReviewDoneFacts(code="own", number=number))
    under = review.in_review(question, state)
    return _decided_before(question, asked, state) if under is None else under


def _decided_before(question: Question, asked: Asked, state: UploadState) -> Answered:
    if state.step not in (Step.RECORDED, Step.RETURNED):
        return _done(asked, say.ReviewDoneFacts(code="none"))
    facts = say.ReviewDoneFacts(
        code="decided",
        number=state.kept.fact.number,
        who=reviewers.name_of(question, state.last.recorded_by),
        at=state.last.recorded_at.astimezone(question.at.tzinfo),
    )
    return _done(asked, facts)


def _form(question: Question, asked: Asked, under: InReview, entered: Entered) -> Answered:
    entry = entered.entry
    topics = outlook.topics(question, under.state.kept.fact.person_id, entry.topics, asked.words)
    steps = steps_for(in_force(question.conn, question.agency_id), under.draft)
    facts = say.ReviewFormFacts(
        entry=form_facts(under.number, under.draft, entered.line, entry),
        topics=topics,
        chosen_topics=entry.topics,
        must=steps.confirmed,
        typed=steps.typed,
        confirmed=entered.confirmed,
        decision=entered.chosen,
        reason=entered.reason,
        words=entered.words,
        errors=entered.errors,
    )
    message = say.form(outlook.whole_card(question, under.state, under.draft), facts, asked.words)
    outcome = Outcome(
        looked_at=(under.state.kept.fact.person_id,), decides=False, data={"upload": under.number}
    )
    return finish(message, outcome)


def _submitted(
    question: Question, asked: Asked, under: InReview, form: Mapping[str, tuple[str, ...]]
) -> Answered:
    offered = dict(outlook.topics(question, under.state.kept.fact.person_id, (), asked.words))
    found = entered(form, under.draft, question.today, offered)
    if found.decision is None:
        return _form(question, asked, under, found)
    return _decide(question, asked, under, found.decision)


def open_file(question: Question, asked: Asked) -> Answered:
    """A link that shows the file beside the values, once; that it was opened is written down when it is."""
    found = _meant(question, asked)
    if isinstance(found, Answered):
        return found
    card = outlook.whole_card(question, found.state, found.draft)
    look = review.look_at(found, say.title(found.number, asked.words), say.fields(card, asked.words))
    offered = offer_look(question, look)
    if offered is None:
        return _done(asked, say.ReviewDoneFacts(code="no-link", number=found.number))
    facts = say.ReviewDoneFacts(code="opened", number=found.number, link=offered.href)
    kept = say.decided(replace(facts, link=""), asked.words)
    outcome = Outcome(does=offered.does, decides=False, data={"upload": found.number})
    # The link is a key: it is in the answer and nowhere else.
    return replace(_done(asked, facts, outcome), kept=kept)


def approve(question: Question, asked: Asked) -> Answered:
    """APPROVE U-3107 as a button or in words: refused, and logged, until the file was opened and values confirmed."""
    found = _meant(question, asked)
    if isinstance(found, Answered):
        return found
    said = asked.slot("confirmed")
    hours, day = ([str(asked.slot(name) or "")] for name in ("typed_hours", "typed_day"))
    checked = Checked(in_order(said) if isinstance(said, tuple) else (), typed_in(hours, day, question.today))
    return _decide(question, asked, found, Approve(entries=found.draft.entries, checked=checked))


def give_back(question: Question, asked: Asked) -> Answered:
    """RETURN U-3107 because ... in words."""
    found = _meant(question, asked)
    if isinstance(found, Answered):
        return found
    said = str(asked.slot("words") or "")[:MOST_WORDS]
    return _decide(question, asked, found, Return(reason=OTHER if said else "", text=said))


def _decide(question: Question, asked: Asked, under: InReview, decision: Decision) -> Answered:
    """The decision written down, or what is still to be done before it holds."""
    rules = in_force(question.conn, question.agency_id)
    refused = not_yet(decision, under, rules)
    if refused is not None:
        return _refused(asked, under, decision, refused)
    match decision:
        case Approve():
            return _approved(question, asked, under, decision, rules)
        case Return():
            return _returned(question, asked, under, decision)
        case Refer():
            return _referred(question, asked, under)


def _refused(asked: Asked, under: InReview, decision: Decision, refused: NotYet) -> Answered:
    entries = (review.not_approved(under, refused.why),) if isinstance(decision, Approve) else ()
    outcome = Outcome(entries=entries, decides=False, data={"upload": under.number})
    facts = say.ReviewDoneFacts(code=refused.why, number=under.number, values=refused.values)
    return _done(asked, facts, outcome)


def _approved(
    question: Question, asked: Asked, under: InReview, decision: Approve, rules: RulesVersion
) -> Answered:
    entries = decision.entries
    message = _recorded(question, asked, under, entries)
    records = review.records(question, under, entries, confirmed(decision, under, rules), rules, message)
    card = outlook.card(question, under.state, replace(under.draft, entries=entries))
    outcome = Outcome(
        does=cards.settling(question, card, "recorded", asked.words, records),
        looked_at=(under.state.kept.fact.person_id,),
        data={"upload": under.number},
    )
    return _done(asked, say.ReviewDoneFacts(code="recorded", number=under.number, at=question.at), outcome)


def _recorded(question: Question, asked: Asked, under: InReview, entries: Sequence[Entry]) -> Message:
    """What its sender hears: what is on record now, what it closed, and where they stand with it."""
    sender = outlook.sender_of(question, under.state)
    seen = effects.recorded(question, sender.person_id, entries)
    status = None if seen is None else status_of(question, asked, seen.standing, sender)
    return say.recorded(
        say.RecordedFacts(
            number=under.number,
            entries=tuple(entry_facts(each) for each in entries),
            who=tickets.own_name(question),
            at=question.at,
            status=status,
            closed=() if seen is None else tuple(line_label(each, asked.words) for each in seen.closed),
        ),
        asked.words,
    )


def _returned(question: Question, asked: Asked, under: InReview, decision: Return) -> Answered:
    who, reason = tickets.own_name(question), decision.reason
    message = say.returned(under.number, who, reason, decision.text, asked.words)
    kept = say.returned(under.number, who, reason, "", asked.words)
    returns = review.returns(question, under, reason, decision.text, message, kept)
    return _settled(question, asked, under, "returned", returns)


def _referred(question: Question, asked: Asked, under: InReview) -> Answered:
    refers = review.refers(question, under, say.referred(under.number, asked.words))
    return _settled(question, asked, under, "referred", refers)


def _settled(
    question: Question,
    asked: Asked,
    under: InReview,
    code: Literal["referred", "returned"],
    does: review.Does,
) -> Answered:
    card = outlook.card(question, under.state, under.draft)
    settles = cards.settling(question, card, code, asked.words, does)
    facts = say.ReviewDoneFacts(code=code, number=under.number)
    return _done(asked, facts, Outcome(does=settles, data={"upload": under.number}))


def _done(asked: Asked, facts: say.ReviewDoneFacts, outcome: Outcome | None = None) -> Answered:
    return finish(say.decided(facts, asked.words), outcome or Outcome())


ROUTES = (
    Route(
        name="reviews",
        handle=waiting,
        may_use=reviews_certificates,
        commands=("reviews",),
        menu="reviews",
        next_page=following(_page),
    ),
    Route(
        name="unmatched",
        handle=unmatched,
        may_use=reviews_certificates,
        commands=("unmatched",),
        next_page=next_unmatched,
    ),
    Route(name="drafts", handle=left_lying, may_use=reviews_certificates, commands=("drafts",)),
    Route(
        name="review-certificate",
        handle=one,
        may_use=reviews_certificates,
        commands=("review-certificate",),
        has_form=True,
    ),
    Route(
        name="open-certificate",
        handle=open_file,
        may_use=reviews_certificates,
        commands=("open-certificate",),
    ),
    Route(
        name="approve-certificate",
        handle=approve,
        may_use=reviews_certificates,
        commands=("approve-certificate",),
    ),
    Route(
        name="return-certificate",
        handle=give_back,
        may_use=reviews_certificates,
        commands=("return-certificate",),
    ),
)

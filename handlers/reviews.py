"""Certificates that wait for a reviewer: the list, one with its form, and the decision."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from db.records.uploads import Step, UploadState
from handlers import entry_form
from handlers.routing import Answered, Asked, Route, reviews_certificates
from handlers.status import finish, following, status_facts
from messages import entry_form as say_form
from messages import review as say
from messages import review_lists
from messages.acts import ActFacts
from messages.answer import StatusFacts
from messages.forms import FieldError
from messages.pages import lines_for
from reading.forms import EntryProblem, read_choice, read_day, read_hours, read_words
from rules.standing import Standing
from training import tickets
from training.asking import Outcome, Question
from training.looks import offer_look
from training.uploads import cards, outlook, review
from training.uploads.keeping import number_meant
from training.uploads.review import InReview
from training.uploads.review_rules import Checked, Typed, in_force, steps_for, why_not
from training.uploads.values import NAMES, Entry, From
from training.uploads.wording import entry_facts

MOST_WORDS = 500


def waiting(question: Question, asked: Asked) -> Answered:
    """What waits for the asker's review."""
    return _page(question, asked, 1)


def next_page(question: Question, asked: Asked) -> Answered:
    """MORE of it."""
    return _page(question, asked, following(question))


def _page(question: Question, asked: Asked, page: int, *, only_unmatched: bool = False) -> Answered:
    states = review.queue(question)
    found = [each for each in (review.in_review(question, state) for state in states) if each is not None]
    cards = {each.number: outlook.card(question, each) for each in found}
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
    outcome = Outcome(kind="", looked_at=looked_at, data={"reviews": len(listed)})
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
    return _page(question, asked, following(question), only_unmatched=True)


def left_lying(question: Question, asked: Asked) -> Answered:
    """Drafts that their senders have not answered about since the reminder."""
    states = outlook.forgotten(question)
    found = tuple(outlook.forgotten_line(question, each) for each in states)
    looked_at = tuple({each.kept.fact.person_id for each in states})
    return finish(review_lists.forgotten(found, asked.words), Outcome(kind="", looked_at=looked_at))


def one(question: Question, asked: Asked) -> Answered:
    """One certificate with the form that decides it; the form as it came back."""
    form = asked.form
    if form is not None:
        asked = asked.with_value(entry_form.number_in(form))
    found = _meant(question, asked)
    if isinstance(found, Answered):
        return found
    if form is None:
        return _form(question, asked, found, say_entered(found, {}))
    return _submitted(question, asked, found, form)


def _meant(question: Question, asked: Asked) -> InReview | Answered:
    """The upload that is meant, or why there is nothing to decide about it."""
    slot = asked.slot("upload_id")
    number = number_meant(asked.value or (slot if isinstance(slot, str) else ""))
    state = None if number is None else review.found(question, number)
    if state is None:
        own = None if number is None else outlook.own(question, number)
        facts = ActFacts(code="none") if own is None else ActFacts(code="own", number=number or 0)
        return _done(asked, facts)
    under = review.in_review(question, state)
    return _decided_before(question, asked, state) if under is None else under


def _decided_before(question: Question, asked: Asked, state: UploadState) -> Answered:
    if state.step not in (Step.RECORDED, Step.RETURNED):
        return _done(asked, ActFacts(code="none"))
    decided_by = state.last.recorded_by
    people = (
        [] if decided_by is None else question.walls.by_ids(question.conn, question.agency_id, [decided_by])
    )
    facts = ActFacts(
        code="decided",
        number=state.kept.fact.number,
        who=tickets.called(people[0]) if people else "",
        at=state.last.recorded_at.astimezone(question.at.tzinfo),
    )
    return _done(asked, facts)


def say_entered(under: InReview, errors: Mapping[str, FieldError]) -> say.ReviewFormFacts:
    """The form as it is first shown: the values as they were submitted, and nothing ticked."""
    return _entered(under, 0, under.draft.entry, errors)


def _entered(
    under: InReview, line: int, entry: Entry, errors: Mapping[str, FieldError]
) -> say.ReviewFormFacts:
    return say.ReviewFormFacts(
        entry=say_form.EntryFormFacts(
            number=under.number,
            route="review-certificate",
            entry=entry_facts(entry),
            lines=tuple(each.title or str(place) for place, each in enumerate(under.draft.entries, start=1)),
            line=line,
        ),
        chosen_topics=entry.topics,
        errors=errors,
    )


def _form(question: Question, asked: Asked, under: InReview, entered: say.ReviewFormFacts) -> Answered:
    topics = outlook.topics(question, under.state.kept.fact.person_id, entered.chosen_topics, asked.words)
    steps = steps_for(in_force(question.conn, question.agency_id), under.draft)
    entered = replace(entered, topics=topics, must=steps.confirmed, typed=steps.typed)
    message = say.form(outlook.whole_card(question, under), entered, asked.words)
    outcome = Outcome(
        kind="", looked_at=(under.state.kept.fact.person_id,), decides=False, data={"upload": under.number}
    )
    return finish(message, outcome, upload_reviewed=under.number)


def _submitted(
    question: Question, asked: Asked, under: InReview, form: Mapping[str, tuple[str, ...]]
) -> Answered:
    decision = read_choice(form.get("decision", ()), say.DECISIONS)
    found = entry_form.filled(form, under.draft, question.today)
    entry = under.draft.entries[found.line]
    if found.turned:
        return _form(question, asked, under, _entered(under, found.line, entry, {}))
    topics = tuple(form.get("topics", ()))
    values = dict(found.values)
    # Nothing ticked is what a reviewer says who took the ticks away.
    if set(topics) != set(entry.topics):
        values["topics"] = topics
    entered = entry.with_value(From.REVIEWER, **values)
    errors = _problems(question, under, found, entered, topics, asked) if decision.value == "approve" else {}
    if decision.problem is not None:
        errors["decision"] = FieldError(code=decision.problem.value, written=decision.written)
    confirmed = tuple(each for each in NAMES if each in form.get("confirmed", ()))
    typed = Typed(
        hours=read_hours(form.get("typed-hours", ()), most=entry_form.LONGEST_CLASS).value,
        completed_on=read_day(
            form.get("typed-completed_on", ()), first=entry_form.EARLIEST, last=question.today
        ).value,
    )
    reason = read_choice(form.get("reason", ()), say.RETURN_REASONS).value or ""
    text = (read_words(form.get("words", ()), most=MOST_WORDS).value or "")[:MOST_WORDS]
    if errors or decision.value is None:
        facts = replace(
            _entered(under, found.line, under.draft.entry.with_value(From.REVIEWER, **values), errors),
            confirmed=confirmed,
            decision=decision.value or "",
            reason=reason,
            words=text,
        )
        return _form(question, asked, under, facts)
    if decision.value == "return":
        return _returned(question, asked, under, reason or ("other" if text else ""), text)
    if decision.value == "refer":
        return _referred(question, asked, under)
    entries = (*under.draft.entries[: found.line], entered, *under.draft.entries[found.line + 1 :])
    return _approved(question, asked, under, entries, Checked(confirmed, typed))


def _problems(
    question: Question,
    under: InReview,
    found: entry_form.Filled,
    entered: Entry,
    topics: Sequence[str],
    asked: Asked,
) -> dict[str, FieldError]:
    """What is in the way of approving what was entered: each value by itself, and what they say together."""
    sender = under.state.kept.fact.person_id
    offered = {
        each
        for each, _ in outlook.topics(question, sender, under.draft.entries[found.line].topics, asked.words)
    }
    errors = entry_form.together(entered, question.today) | dict(found.errors)
    if not offered.issuperset(topics):
        errors["topics"] = FieldError(code=EntryProblem.NOT_A_CHOICE.value)
    return errors


def open_file(question: Question, asked: Asked) -> Answered:
    """A link that shows the file beside the values, once; that it was opened is written down when it is."""
    found = _meant(question, asked)
    if isinstance(found, Answered):
        return found
    card = outlook.whole_card(question, found)
    look = review.look_at(found, say.title(found.number, asked.words), say.fields(card, asked.words))
    offered = offer_look(question, look)
    if offered is None:
        return _done(asked, ActFacts(code="no-link", number=found.number))
    facts = ActFacts(code="opened", number=found.number, link=offered.href)
    kept = say.decided(replace(facts, link=""), asked.words)
    outcome = Outcome(kind="", does=offered.does, decides=False, data={"upload": found.number})
    # The link is a key: it is in the answer and nowhere else.
    return replace(_done(asked, facts, outcome), kept=kept)


def approve(question: Question, asked: Asked) -> Answered:
    """APPROVE U-3107 as a button or in words: refused, and logged, until the file was opened and values confirmed."""
    found = _meant(question, asked)
    if isinstance(found, Answered):
        return found
    said = asked.slot("confirmed")
    confirmed = tuple(each for each in NAMES if isinstance(said, tuple) and each in said)
    hours, day = (asked.slot(name) for name in ("typed_hours", "typed_day"))
    typed = Typed(
        hours=read_hours([str(hours or "")], most=entry_form.LONGEST_CLASS).value,
        completed_on=read_day([str(day or "")], first=entry_form.EARLIEST, last=question.today).value,
    )
    return _approved(question, asked, found, found.draft.entries, Checked(confirmed, typed))


def _approved(
    question: Question, asked: Asked, under: InReview, entries: tuple[Entry, ...], checked: Checked
) -> Answered:
    rules = in_force(question.conn, question.agency_id)
    steps = steps_for(rules, under.draft)
    why = why_not(steps, entries, checked, looked=under.looked)
    if why is not None:
        entry = review.not_approved(under, why)
        outcome = Outcome(kind="", entries=(entry,), decides=False, data={"upload": under.number})
        values = {"type-first": steps.typed, "confirm-first": steps.ticked}.get(why, steps.confirmed)
        facts = ActFacts(code=why, number=under.number, values=values)
        return _done(asked, facts, outcome)
    confirmed = tuple(each for each in NAMES if each in checked.confirmed or each in steps.typed)
    message = outlook.recorded_message(
        question, under, entries, asked.words, status_facts_of(question, asked)
    )
    does = cards.settling(
        question,
        outlook.card(question, replace(under, draft=replace(under.draft, entries=entries))),
        "recorded",
        asked.words,
        review.records(question, under, entries, confirmed, rules, message),
    )
    facts = ActFacts(code="recorded", number=under.number, at=question.at)
    outcome = Outcome(
        kind="",
        does=does,
        looked_at=(under.state.kept.fact.person_id,),
        data={"upload": under.number},
    )
    return _done(asked, facts, outcome)


def status_facts_of(question: Question, asked: Asked) -> outlook.StatusOf:
    """How the sender's standing is told to them."""

    def of(standing: Standing, name: str, position: str) -> StatusFacts:
        return replace(status_facts(question, asked, standing), name=name, position=position)

    return of


def give_back(question: Question, asked: Asked) -> Answered:
    """RETURN U-3107 because ... in words."""
    found = _meant(question, asked)
    if isinstance(found, Answered):
        return found
    said = asked.slot("words")
    return _returned(question, asked, found, "other" if said else "", str(said or "")[:MOST_WORDS])


def _returned(question: Question, asked: Asked, under: InReview, reason: str, text: str) -> Answered:
    if not reason:
        return _done(asked, ActFacts(code="why-first", number=under.number))
    who = tickets.own_name(question)
    message = say.returned(under.number, who, reason, text, asked.words)
    kept = say.returned(under.number, who, reason, "", asked.words)
    returns = review.returns(question, under, reason, text, message, kept)
    does = cards.settling(question, outlook.card(question, under), "returned", asked.words, returns)
    facts = ActFacts(code="returned", number=under.number)
    return _done(asked, facts, Outcome(kind="", does=does, data={"upload": under.number}))


def _referred(question: Question, asked: Asked, under: InReview) -> Answered:
    refers = review.refers(question, under, say.referred(under.number, asked.words))
    does = cards.settling(question, outlook.card(question, under), "referred", asked.words, refers)
    facts = ActFacts(code="referred", number=under.number)
    return _done(asked, facts, Outcome(kind="", does=does, data={"upload": under.number}))


def _done(asked: Asked, facts: ActFacts, outcome: Outcome | None = None) -> Answered:
    return finish(say.decided(facts, asked.words), outcome or Outcome(kind=""))


ROUTES = (
    Route(
        name="reviews", handle=waiting, may_use=reviews_certificates, commands=("reviews",), menu="reviews"
    ),
    Route(name="unmatched", handle=unmatched, may_use=reviews_certificates, commands=("unmatched",)),
    Route(name="drafts", handle=left_lying, may_use=reviews_certificates, commands=("drafts",)),
    Route(
        name="review-certificate",
        handle=one,
        may_use=reviews_certificates,
        commands=("review-certificate",),
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

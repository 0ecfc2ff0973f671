"""What waits for a person: who is told, who may see it, and how does the answer get back to where it was asked?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.queries import accounts, tickets
from db.records.audit import AuditDraft
from db.records.facts import ChannelAccount, Kept, PersonAtAgency, Role
from db.records.ledger import Destination, Occasion
from db.records.tickets import Ticket, TicketAnswer, TicketAnswerShown, TicketKind, TicketState
from db.unit_of_work import Writer
from messages import tickets as say
from messages.words import Words
from training.asking import OvertakenError, Question
from training.audit import AuditTag
from training.content.reasons import reasons
from training.exchanges import PastExchange, last_exchanges
from training.ledger.saying import ToSay, plan
from training.office import shared_now
from training.people import display_name
from training.permission_table import Ask
from training.permissions import hidden, may
from training.sealed.sealing import keep_text

# So many of one person may wait; what comes on top is said to be too much instead of burying the rest.
MOST_OF_ONE = 10
# What a list looks at: more wait only where nobody answers.
MOST_LISTED = 200
# HUMAN said again so soon is the same wish.
SAME_WISH = timedelta(minutes=30)
# As much as one answer takes on every channel, whole.
MOST_CHARACTERS = 2_000

Does = Callable[[Writer], Iterable[AuditDraft]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerers:
    """Who answers, and how each can be reached by a chat tool; nobody while the task is vacant.

    ``own``: how the asker is called, when nobody but they would answer.
    """

    people: tuple[PersonAtAgency, ...] = ()
    accounts: Mapping[int, Kept[ChannelAccount]]
    own: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """As people are named in answers: initial and surname."""
        return tuple(called(each) for each in self.people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A ticket about to be opened: what it is called, who hears of it, and what opens it."""

    number: int
    answerers: Answerers
    does: Does


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTicket:
    """A ticket as somebody may see it. ``words`` are empty where there are none to show."""

    state: TicketState
    asker: PersonAtAgency
    words: str = ""
    answers: tuple[str, ...] = ()
    answered_by: tuple[str, ...] = ()
    said: tuple[PastExchange, ...] = ()


def called(person: PersonAtAgency) -> str:
    """Initial and surname, as the coordinator is called everywhere."""
    return f"{person.given[:1]}. {person.family}" if person.given else person.family


def answerers(question: Question) -> Answerers:
    """Who answers the asker: whoever coordinates and may see them, for somebody who is hidden the records desk."""
    own = question.asker.person_id
    ids = who_hear(question, Role.COORDINATOR, own) or who_hear(question, Role.RECORDS, own)
    found = question.walls.by_ids(question.conn, question.agency_id, ids) if ids else ()
    serving = tuple(each for each in found if each.employment.fact.ended_on is None)
    links = {each.person_id: _account(question, each.person_id) for each in serving}
    return Answerers(
        people=serving,
        accounts={whose: link for whose, link in links.items() if link is not None},
        own=own_name(question) if not serving and question.has(Role.COORDINATOR) else "",
    )


def who_hear(question: Question, role: Role, about: int) -> tuple[int, ...]:
    """Everybody of a role who may hear of this person's matter at this moment."""
    return question.walls.who_hear(
        question.conn, question.agency_id, role, about, question.asker.now, protected=question.protected
    )


def _account(question: Question, person_id: int) -> Kept[ChannelAccount] | None:
    found = accounts.of_person(question.conn, question.agency_id, person_id)
    return found[0] if found else None


def same_wish(question: Question) -> TicketState | None:
    """The wish for a person that was made here a moment ago and waits still."""
    for each in mine(question):
        fact = each.kept.fact
        here = fact.channel == question.channel and fact.place == _place(question)
        soon = question.asker.now - fact.opened_at <= SAME_WISH
        if here and soon and each.ended_by is None and fact.kind in (TicketKind.HUMAN, TicketKind.DISTRESS):
            return each
    return None


def has_too_many(question: Question) -> bool:
    """Whether so much of the asker waits that one more would only bury it."""
    return sum(each.ended_by is None for each in mine(question)) >= MOST_OF_ONE


def mine(question: Question) -> tuple[TicketState, ...]:
    """What the asker asked, newest first."""
    return tickets.of_person(question.conn, question.agency_id, question.asker.person_id, limit=MOST_LISTED)


def opening(question: Question, kind: TicketKind, text: str, words: Words, *, about: str = "") -> Opening:
    """A ticket with these words of the asker's; for a wish for a person the last of the conversation goes along."""
    number = tickets.next_number(question.conn, question.agency_id)
    whom = answerers(question)
    with_talk = kind in (TicketKind.HUMAN, TicketKind.QUESTION)
    facts = say.TicketFacts(
        number=number,
        kind=kind.value,
        who=asker_name(question),
        badge=question.asker.badge_number,
        at=question.at,
        words=text,
        said=_lines(question, _before_now(question)) if with_talk else (),
    )

    def does(writer: Writer) -> Iterable[AuditDraft]:
        if tickets.by_number(writer.conn, writer.agency_id, number) is not None:
            raise OvertakenError
        _open(writer, question, kind, text, number, about)
        for person in whom.people:
            if (link := whom.accounts.get(person.person_id)) is not None:
                _tell(writer, question, facts, person.person_id, link.fact, words)
        yield AuditDraft(
            tag=AuditTag.TICKET_OPENED,
            subject_id=question.asker.person_id,
            data={"number": number, "told": sorted(whom.accounts)},
        )

    return Opening(number=number, answerers=whom, does=does)


def asker_name(question: Question) -> str:
    """Rank, when there is one, and surname."""
    asker = question.asker
    return f"{asker.rank} {asker.family}" if asker.rank else asker.family


def _open(writer: Writer, question: Question, kind: TicketKind, text: str, number: int, about: str) -> None:
    asker, back = question.asker, question.back
    item_id = keep_text(writer, question.office.keys, asker.person_id, text) if text else None
    writer.record(
        Ticket(
            person_id=asker.person_id,
            number=number,
            kind=kind,
            about=about,
            item_id=item_id,
            channel=question.channel,
            address=back.address if back is not None else "",
            place=_place(question),
            thread=back.thread if back is not None else "",
            account=back.account if back is not None else "",
            opened_at=asker.now,
        )
    )


def _place(question: Question) -> str:
    return question.back.place if question.back is not None else question.place


def _tell(
    writer: Writer,
    question: Question,
    facts: say.TicketFacts,
    person_id: int,
    account: ChannelAccount,
    words: Words,
) -> None:
    """To one who answers, on the way of the ledger. The words are kept with the ticket and not once more."""
    to_say = ToSay(
        person_id=person_id,
        message=say.ticket(facts, words),
        kept=say.ticket(say.without_words(facts), words),
        routes=(Destination(channel=account.channel, address=account.address, place=account.account),),
        about=f"ticket {facts.number}",
        occasion=Occasion(
            agency_id=writer.agency_id, person_id=person_id, subject="ticket", step=str(facts.number)
        ),
    )
    plan(writer, question.office.keys, to_say, now=shared_now(question.office, writer.conn))


def _before_now(question: Question) -> tuple[PastExchange, ...]:
    """What the asker said last here. Nobody in a protected assignment is shown through somebody else's words."""
    closed = question.protected - {question.asker.person_id}
    return last_exchanges(question, question.asker.person_id, question.channel, closed)


def _lines(question: Question, said: Iterable[PastExchange]) -> tuple[say.SaidFacts, ...]:
    zone = question.at.tzinfo
    return tuple(
        say.SaidFacts(at=each.at.astimezone(zone), asked=each.asked, answered=each.answered) for each in said
    )


def waiting(question: Question) -> tuple[TicketState, ...]:
    """What waits and the asker may answer or look at, oldest first."""
    if not may(question, Ask.TICKETS):
        return ()
    unseen = hidden(question)
    return tuple(
        each
        for each in tickets.open_ones(question.conn, question.agency_id, limit=MOST_LISTED)
        if each.kept.fact.person_id not in unseen and each.kept.fact.person_id != question.asker.person_id
    )


def found(question: Question, number: int) -> TicketState | None:
    """The ticket of this number that the asker may see; None for any other, whether it exists or not."""
    state = tickets.by_number(question.conn, question.agency_id, number)
    if state is None:
        return None
    if state.kept.fact.person_id == question.asker.person_id:
        return state
    if not may(question, Ask.TICKETS) or state.kept.fact.person_id in hidden(question):
        return None
    return state


def shown(
    question: Question, states: Iterable[TicketState], *, with_talk: bool = False
) -> tuple[ShownTicket, ...]:
    """With words and names, for whoever may see them, which the caller has decided."""
    listed = tuple(states)
    ids = {each.kept.fact.person_id for each in listed}
    ids |= {answer.fact.answered_by for each in listed for answer in each.answers}
    people = {
        each.person_id: each for each in question.walls.by_ids(question.conn, question.agency_id, sorted(ids))
    }
    items = [each.kept.fact.item_id for each in listed]
    items += [answer.fact.item_id for each in listed for answer in each.answers]
    words = reasons(question, (each for each in items if each is not None))
    return tuple(
        ShownTicket(
            state=each,
            asker=people[each.kept.fact.person_id],
            words=words.get(each.kept.fact.item_id or 0, ""),
            answers=tuple(words.get(answer.fact.item_id, "") for answer in each.answers),
            answered_by=tuple(
                called(people[answer.fact.answered_by]) if answer.fact.answered_by in people else ""
                for answer in each.answers
            ),
            said=_said_before(question, each) if with_talk else (),
        )
        for each in listed
        if each.kept.fact.person_id in people
    )


def _said_before(question: Question, state: TicketState) -> tuple[PastExchange, ...]:
    """What was said before the ticket was opened, as far as whoever looks may see it."""
    fact = state.kept.fact
    if fact.kind not in (TicketKind.HUMAN, TicketKind.QUESTION):
        return ()
    return last_exchanges(question, fact.person_id, fact.channel, hidden(question), ticket=state.kept)


def lines_of(question: Question, one: ShownTicket) -> tuple[say.SaidFacts, ...]:
    """The conversation as a message shows it."""
    return _lines(question, one.said)


def opened_at(question: Question, state: TicketState) -> datetime:
    """When it was opened, where the asker is."""
    return state.kept.fact.opened_at.astimezone(question.at.tzinfo)


def name_of(one: ShownTicket) -> str:
    """Rank, when there is one, and surname of whoever asked."""
    return display_name(one.asker)


def answers(question: Question, state: TicketState, text: str, words: Words, *, closes: bool) -> Does:
    """What answers it: the words, and the message to where it was asked."""
    ticket = state.kept.fact
    asker = question.asker

    def does(writer: Writer) -> Iterable[AuditDraft]:
        now = tickets.by_number(writer.conn, writer.agency_id, ticket.number)
        if now is None or len(now.answers) != len(state.answers):
            raise OvertakenError
        item_id = keep_text(writer, question.office.keys, asker.person_id, text)
        answer = TicketAnswer(
            ticket_id=state.kept.id, answered_by=asker.person_id, item_id=item_id, closes=closes
        )
        (answer_id,) = writer.record(answer)
        if ticket.address:
            _send_back(writer, question, ticket, text, answer_id, words, closes=closes)
        yield AuditDraft(
            tag=AuditTag.TICKET_ANSWERED,
            subject_id=ticket.person_id,
            data={"number": ticket.number, "closes": closes, "answer": answer_id},
        )

    return does


def _send_back(
    writer: Writer,
    question: Question,
    ticket: Ticket,
    text: str,
    answer_id: int,
    words: Words,
    *,
    closes: bool,
) -> None:
    facts = say.AnswerFacts(number=ticket.number, who=own_name(question), words=text, closes=closes)
    to_say = ToSay(
        person_id=ticket.person_id,
        message=say.answer(facts, words),
        kept=say.answer(say.without_answer(facts), words),
        routes=(
            Destination(
                channel=ticket.channel,
                address=ticket.address,
                place=ticket.place,
                thread=ticket.thread,
                account=ticket.account,
            ),
        ),
        about=f"ticket {ticket.number}",
        occasion=Occasion(
            agency_id=writer.agency_id,
            person_id=ticket.person_id,
            subject="ticket-answer",
            step=str(answer_id),
        ),
    )
    plan(writer, question.office.keys, to_say, now=shared_now(question.office, writer.conn))


def own_name(question: Question) -> str:
    """The asker by initial and surname."""
    asker = question.asker
    return f"{asker.given[:1]}. {asker.family}" if asker.given else asker.family


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Answers that no channel carried, and the facts that say that they are shown now."""

    answers: tuple[say.AnswerFacts, ...] = ()
    facts: tuple[TicketAnswerShown, ...] = ()


def news(question: Question) -> News:
    """What was answered to the asker since they last wrote; it costs nothing while there is nothing."""
    if not question.asker.answers_waiting or question.office.asked_at is not None:
        return News()
    unseen = tickets.not_shown(question.conn, question.agency_id, question.asker.person_id)
    said: list[tuple[int, say.AnswerFacts]] = []
    for one in shown(question, (each for each in reversed(mine(question)) if each.answers)):
        rows = zip(one.state.answers, one.answers, one.answered_by, strict=True)
        said += [
            (
                kept.id,
                say.AnswerFacts(
                    number=one.state.kept.fact.number, who=who, words=text, closes=kept.fact.closes
                ),
            )
            for kept, text, who in rows
            if kept.id in unseen
        ]
    return News(
        answers=tuple(each for _, each in said),
        facts=tuple(TicketAnswerShown(answer_id=answer_id) for answer_id, _ in said),
    )

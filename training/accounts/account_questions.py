"""Whose is an account that its address alone does not tell? Asked of whoever keeps the roster, decided once.

An address that two people have, or whose owner has an account already, is no proof: a person says whose it is.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from db.queries import accounts, directory, people, reporting
from db.queries.context import ByPerson
from db.records.accounts import AccountAnswer, AccountQuestion
from db.records.audit import AuditDraft
from db.records.facts import (
    AgencyId,
    ChannelAccount,
    Kept,
    MatchedBy,
    PersonAtAgency,
    Role,
)
from db.records.ledger import Destination, Occasion
from db.unit_of_work import Writer, reading, writing
from messages import accounts as say
from messages.words import Words
from training.accounts.accounts import (
    Account,
    Linked,
    candidates,
    introduce,
    let_go,
    link,
    linked_to,
    outdate,
    take_away,
)
from training.asking import Question, asking
from training.audit import AuditTag
from training.ledger.saying import ToSay, plan
from training.office import Office, shared_now
from training.permission_table import Ask
from training.permissions import hidden, may

SUBJECT = "account"


@dataclass(frozen=True, slots=True)
class AccountAsked:
    """Somebody was asked whose the account is."""


def by_address(
    office: Office, agency_id: AgencyId, account: Account, email: str, words: Words
) -> Linked | AccountAsked | None:
    """Link the account to the one person with this address, or have it asked; None where it is nobody's."""
    with reading(office.engine) as conn:
        last = accounts.last_question(conn, agency_id, account.channel, account.address, account.account)
        answer = None if last is None else accounts.answer_to(conn, agency_id, last.id)
    if last is not None and answer is None:
        return AccountAsked()
    found = candidates(office, agency_id, email) if email else ()
    if not found:
        return None
    if (
        last is not None
        and answer is not None
        and answer.fact.person_id is None
        and set(found) <= set(last.fact.candidates)
    ):
        # It was said of all of them already that it is not theirs.
        return None
    if len(found) == 1 and not _has_another(office, agency_id, account, found[0]):
        linked = link(office, agency_id, account, found[0], MatchedBy.EMAIL, words)
        if linked is not None:
            return linked
    _ask(office, agency_id, account, found, words)
    return AccountAsked()


def by_directory(office: Office, agency_id: AgencyId, account: Account, words: Words) -> Linked | None:
    """Link the account to whoever the confirmed roster gives its entry of the directory; None where it says nothing,
    and where somebody was asked about the account before: what a person says of it holds."""
    with reading(office.engine) as conn:
        person_id = directory.owner(conn, agency_id, account.account)
        last = accounts.last_question(conn, agency_id, account.channel, account.address, account.account)
    if person_id is None or last is not None or _has_another(office, agency_id, account, person_id):
        return None
    # Whoever keeps the roster said so when they confirmed the import that brought the id.
    return link(office, agency_id, account, person_id, MatchedBy.COORDINATOR, words)


def _has_another(office: Office, agency_id: AgencyId, account: Account, person_id: int) -> bool:
    with reading(office.engine) as conn:
        held = accounts.of_person(conn, agency_id, person_id)
    place = (account.channel, account.address)
    return any(
        (each.fact.channel, each.fact.address) == place and each.fact.account != account.account
        for each in held
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """A coordinator who can be written to, and whom they must not learn of."""

    person_id: int
    route: Destination
    unseen: frozenset[int]


def _ask(office: Office, agency_id: AgencyId, account: Account, found: Sequence[int], words: Words) -> None:
    with reading(office.engine) as conn:
        now = shared_now(office, conn)
        coordinators = reporting.holders_of(conn, agency_id, Role.COORDINATOR, now)
        named = people.by_ids(conn, agency_id, list(found))
    readers = [each for one in coordinators for each in _reader(office, agency_id, one)]
    with writing(office.engine, agency_id, at=now, channel=account.channel) as writer:
        last = accounts.last_question(
            writer.conn, agency_id, account.channel, account.address, account.account
        )
        if last is not None and accounts.answer_to(writer.conn, agency_id, last.id) is None:
            # Another of the same account's messages was first: the chain's lock is ours now.
            return
        question_id = _record(writer, account, found)
        for reader in readers:
            message = say.question(_facts(question_id, account, named, reader.unseen), words)
            said = ToSay(
                person_id=reader.person_id,
                message=message,
                routes=(reader.route,),
                about=f"{SUBJECT} {question_id}",
                occasion=Occasion(
                    agency_id=agency_id,
                    person_id=reader.person_id,
                    subject=SUBJECT,
                    window=str(question_id),
                ),
                own_question=True,
            )
            plan(writer, office.keys, said, now=now)


def _reader(office: Office, agency_id: AgencyId, person_id: int) -> Iterable[_Reader]:
    with reading(office.engine) as conn:
        held = accounts.of_person(conn, agency_id, person_id)
    if not held:
        return
    first = held[0].fact
    with asking(office, agency_id, ByPerson(person_id), first.channel) as question:
        if question is not None and may(question, Ask.RECORD_CARE):
            route = Destination(channel=first.channel, address=first.address, place=first.account)
            yield _Reader(person_id, route, hidden(question))


def _record(writer: Writer, account: Account, found: Sequence[int]) -> int:
    asked = AccountQuestion(
        channel=account.channel,
        address=account.address,
        account=account.account,
        candidates=tuple(found),
    )
    (question_id,) = writer.record(asked)
    data = {"question": question_id, "candidates": len(found)}
    writer.audit(AuditDraft(tag=AuditTag.ACCOUNT_ASKED, data=data))
    return question_id


def _facts(
    question_id: int, account: Account, named: Iterable[PersonAtAgency], unseen: Collection[int]
) -> say.QuestionFacts:
    return say.QuestionFacts(
        question_id=question_id,
        account=account.account,
        candidates=tuple(
            say.CandidateFacts(each.person_id, full_name(each), each.employment.fact.badge_number)
            for each in named
            if each.person_id not in unseen
        ),
    )


def full_name(person: PersonAtAgency) -> str:
    """Both names: it is about telling people apart."""
    return f"{person.given} {person.family}".strip()


# What a coordinator reads and decides.


def waiting(question: Question) -> tuple[say.QuestionFacts, ...]:
    """Every question that nobody has decided, without whomever the asker must not learn of."""
    kept = accounts.open_questions(question.conn, question.agency_id)
    unseen = hidden(question)
    ids = sorted({each for one in kept for each in one.fact.candidates})
    named = {each.person_id: each for each in people.by_ids(question.conn, question.agency_id, ids)}
    return tuple(
        _facts(
            one.id,
            account_of(one.fact),
            [named[each] for each in one.fact.candidates if each in named],
            unseen,
        )
        for one in kept
    )


def linked(question: Question) -> tuple[say.LinkFacts, ...]:
    """Every link that stands, the newest first, without whomever the asker must not learn of."""
    kept = accounts.everybodys(question.conn, question.agency_id)
    unseen = hidden(question)
    ids = sorted({each.fact.person_id for each in kept} - unseen)
    named = {each.person_id: each for each in people.by_ids(question.conn, question.agency_id, ids)}
    return tuple(
        say.LinkFacts(
            link_id=each.id,
            name=full_name(named[each.fact.person_id]),
            badge=named[each.fact.person_id].employment.fact.badge_number,
            channel=each.fact.channel,
            account=each.fact.account,
            since=each.recorded_at.astimezone(question.at.tzinfo),
            matched_by=each.fact.matched_by.value,
        )
        for each in kept
        if each.fact.person_id in named
    )


@dataclass(frozen=True, slots=True)
class AccountCase:
    """One question as it stands: who may be chosen, and what was decided when something was."""

    kept: Kept[AccountQuestion]
    candidates: Mapping[int, PersonAtAgency]
    answer: Kept[AccountAnswer] | None


def case(question: Question, question_id: int) -> AccountCase | None:
    """The question behind a button; None for a number that is none of this agency."""
    kept = accounts.question(question.conn, question.agency_id, question_id)
    if kept is None:
        return None
    unseen = hidden(question)
    named = people.by_ids(question.conn, question.agency_id, list(kept.fact.candidates))
    return AccountCase(
        kept,
        {each.person_id: each for each in named if each.person_id not in unseen},
        accounts.answer_to(question.conn, question.agency_id, question_id),
    )


def decided(question: Question, of: AccountCase) -> say.AccountDecidedFacts:
    """Who decided a question, when, and what."""
    answer = of.answer
    assert answer is not None  # noqa: S101  asked of a decided question only
    whom = () if answer.recorded_by is None else (answer.recorded_by,)
    by = people.by_ids(question.conn, question.agency_id, whom)
    owner = of.candidates.get(answer.fact.person_id or 0)
    return say.AccountDecidedFacts(
        account=of.kept.fact.account,
        name="" if owner is None else full_name(owner),
        badge="" if owner is None else owner.employment.fact.badge_number,
        by=full_name(by[0]) if by else "",
        at=answer.recorded_at.astimezone(question.at.tzinfo),
    )


def decides(
    question: Question, of: AccountCase, person_id: int | None, words: Words
) -> Callable[[Writer], Iterable[AuditDraft]]:
    """What a decision does: it is kept, once; the account is the person's, who is introduced to Rollcall."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        # A second one at this very moment is refused by the database, and is told on the next try who was first.
        writer.record(AccountAnswer(question_id=of.kept.id, person_id=person_id))
        data = {"question": of.kept.id}
        if person_id is None:
            yield AuditDraft(tag=AuditTag.ACCOUNT_REFUSED, data=data)
            return
        account = account_of(of.kept.fact)
        yield from let_go(writer, account, "coordinator")
        yield linked_to(writer, account, person_id, MatchedBy.COORDINATOR, **data)
        introduce(writer, question.office, account, person_id, words)

    return does


def takes_away(link_id: int, account: Account, person_id: int) -> Callable[[Writer], Iterable[AuditDraft]]:
    """What ends a link by a coordinator's word; the address alone does not bring it back."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        take_away(writer, link_id, person_id)
        yield AuditDraft(tag=AuditTag.ACCOUNT_UNLINKED, subject_id=person_id, data={"why": "coordinator"})
        outdate(writer, account)
        _record(writer, account, (person_id,))

    return does


def link_named(question: Question, wanted: str) -> tuple[Kept[ChannelAccount], PersonAtAgency] | None:
    """The one link that a number or a badge points at; None for none, for several, and for whom the asker must not
    learn of."""
    kept = accounts.everybodys(question.conn, question.agency_id)
    found = [each for each in kept if str(each.id) == wanted]
    if not found:
        person = people.by_badge(question.conn, question.agency_id, wanted)
        found = [] if person is None else [each for each in kept if each.fact.person_id == person.person_id]
    if len(found) != 1 or found[0].fact.person_id in hidden(question):
        return None
    named = people.by_ids(question.conn, question.agency_id, [found[0].fact.person_id])
    return (found[0], named[0]) if named else None


def account_of(fact: AccountQuestion | ChannelAccount) -> Account:
    """The account that a fact speaks of."""
    return Account(fact.channel, fact.address, fact.account)

"""Whose is an account of a chat tool? What a coordinator reads, decides and hears about accounts and their owners."""

from dataclasses import dataclass
from datetime import datetime

from messages import wording
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Button, Message, Note, Paragraph, Part, Table
from messages.pages import Pages
from messages.replies import Reply, buttons, onward, reply_clause
from messages.words import Words

NAME_ROOM = 40
ACCOUNT_ROOM = 30
# Open questions that one answer shows with their buttons; the rest follow once these are decided.
QUESTIONS_SHOWN = 3
NOBODY = 0


@dataclass(frozen=True, slots=True)
class CandidateFacts:
    """Somebody whose account it may be."""

    person_id: int
    name: str
    badge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFacts:
    """One account whose owner has to be named."""

    question_id: int
    account: str
    candidates: tuple[CandidateFacts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts:
    """One account with its owner."""

    link_id: int
    name: str
    badge: str
    channel: str
    account: str
    since: datetime
    matched_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsFacts:
    """Everything that is linked, the page that is shown, and what waits for a decision."""

    questions: tuple[QuestionFacts, ...]
    links: tuple[LinkFacts, ...]
    page: int = 1
    lines: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDecidedFacts:
    """What was decided; ``name`` is empty for nobody. ``by`` and ``at`` when somebody else was first."""

    account: str
    name: str = ""
    badge: str = ""
    by: str = ""
    at: datetime | None = None


def question(facts: QuestionFacts, words: Words) -> Message:
    """One question with a button for each candidate and one for none of them."""
    text = _line(facts, words)
    note = words.say("account-question-note")
    return Message(
        kind=MessageKind.ACCOUNT_QUESTION,
        title=words.say("account-question-title"),
        body=(Paragraph(text), Note(note)),
        sms=(Clause(text), Clause(note, 1), reply_clause((Reply.MENU,), words)),
        actions=_choices(facts, words),
    )


def decided(facts: AccountDecidedFacts, words: Words) -> Message:
    """What holds now; to whoever comes second, who decided and when."""
    account = shortened(facts.account, ACCOUNT_ROOM)
    if facts.at is not None:
        when = wording.moment(facts.at, words)
        if facts.name:
            text = words.say(
                "account-decided-before",
                by=facts.by,
                at=when,
                account=account,
                name=facts.name,
                badge=facts.badge,
            )
        else:
            text = words.say("account-decided-before-none", by=facts.by, at=when, account=account)
    elif facts.name:
        text = words.say("account-decided", account=account, name=facts.name, badge=facts.badge)
    else:
        text = words.say("account-decided-none", account=account)
    return _said(MessageKind.ACCOUNT_DECIDED, text, words)


def not_ones_own(words: Words) -> Message:
    """Nobody links an account to themselves."""
    return _said(MessageKind.ACCOUNT_DECIDED, words.say("account-not-ones-own"), words)


def unlinked(facts: AccountDecidedFacts, words: Words) -> Message:
    """The account is nobody's until somebody decides."""
    account = shortened(facts.account, ACCOUNT_ROOM)
    text = words.say("account-unlinked", account=account, name=facts.name, badge=facts.badge)
    return _said(MessageKind.ACCOUNT_DECIDED, text, words)


def nothing_to_unlink(words: Words) -> Message:
    """No account was named, or more than one."""
    return _said(MessageKind.ACCOUNT_DECIDED, words.say("account-unlink-which"), words)


def accounts(facts: AccountsFacts, words: Words) -> Message:
    """What waits first, each with its buttons; then a page of what is linked."""
    pages = Pages(len(facts.links), facts.lines, facts.page)
    shown = pages.of(facts.links)
    waiting = facts.questions[:QUESTIONS_SHOWN]
    head = words.say_many("accounts-linked", len(facts.links)) if facts.links else words.say("accounts-none")
    parts: list[Part] = []
    clauses: list[Clause] = []
    if facts.questions:
        text = words.say_many("accounts-waiting", len(facts.questions))
        parts.append(Paragraph(text))
        clauses.append(Clause(text))
        parts += [Paragraph(_line(each, words)) for each in waiting]
        clauses += [Clause(_line(each, words), 2) for each in waiting]
    parts.append(Paragraph(head))
    clauses.append(Clause(head))
    if shown:
        columns = tuple(
            words.say(f"column-{name}")
            for name in ("number", "person", "badge", "door", "account", "since", "how")
        )
        parts.append(Table("", columns, tuple(_row(each, words) for each in shown)))
        clauses.append(Clause(words.say("accounts-unlink-typed"), 1))
        parts.append(Note(words.say("accounts-unlink-typed")))
    if pages.count > 1:
        parts.append(Note(words.say("page-of", page=pages.page, pages=pages.count)))
    way = onward(pages.page, words, is_last=pages.is_last)
    pressed = [each for one in waiting for each in _choices(one, words)]
    return Message(
        kind=MessageKind.ACCOUNTS,
        title=words.say("accounts-title"),
        body=tuple(parts),
        sms=(*clauses, way.clause),
        actions=(*pressed, *way.actions),
    )


def _line(facts: QuestionFacts, words: Words) -> str:
    names = [
        words.say("account-candidate", name=shortened(each.name, NAME_ROOM), badge=each.badge)
        for each in facts.candidates
    ]
    account = shortened(facts.account, ACCOUNT_ROOM)
    if not names:
        return words.say("account-question-unnamed", account=account)
    return words.say("account-question", account=account, names=wording.joined_or(names, words))


def _choices(facts: QuestionFacts, words: Words) -> tuple[Button, ...]:
    account = shortened(facts.account, ACCOUNT_ROOM)
    named = [
        Button(
            words.say("account-choose", name=shortened(each.name, NAME_ROOM), badge=each.badge),
            "account-is",
            f"{facts.question_id} {each.person_id}",
            words.say("menu-accounts-typed"),
        )
        for each in facts.candidates
    ]
    none = Button(
        words.say("account-choose-none", account=account),
        "account-is",
        f"{facts.question_id} {NOBODY}",
        words.say("menu-accounts-typed"),
    )
    return (*named, none)


def _row(facts: LinkFacts, words: Words) -> tuple[str, ...]:
    return (
        str(facts.link_id),
        facts.name,
        facts.badge,
        wording.door_in_words(facts.channel, words),
        facts.account,
        wording.day_with_year(facts.since.date(), words),
        words.say(f"matched-by-{facts.matched_by}"),
    )


def _said(kind: MessageKind, text: str, words: Words) -> Message:
    replies = (Reply.STATUS, Reply.MENU)
    return Message(
        kind=kind,
        title="",
        body=(Paragraph(text),),
        sms=(Clause(text), reply_clause(replies, words)),
        actions=(
            Button(words.say("menu-accounts-label"), "accounts", "", words.say("menu-accounts-typed")),
            *buttons(replies, words),
        ),
    )

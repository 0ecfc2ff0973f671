"""Messages about whose account something is, and about who is talked with."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from messages import accounts, open_book, trouble, undelivered
from messages.model import Message
from messages.words import Words
from tests.unit import standing_cast as cast

RUIZ = accounts.CandidateFacts(10000000003, "Dana Ruiz", "214")
LEE = accounts.CandidateFacts(10000000007, "Sam Lee", "231")
QUESTION = accounts.QuestionFacts(question_id=10000002016, account="U0214", candidates=(RUIZ, LEE))
LINK = accounts.LinkFacts(
    link_id=10000002001,
    name="Kim Okafor",
    badge="77",
    channel="slack",
    account="W0OKAFOR",
    since=cast.AT,
    matched_by="email",
)
LINKED = accounts.AccountDecidedFacts(account="U0214", name="Dana Ruiz", badge="214")
NOBODYS = accounts.AccountDecidedFacts(account="U0214")
LOST = tuple(
    undelivered.TroubleFacts(trouble=each, at=cast.AT, who=who, what=what, reference="9f3c21ab")
    for each, who, what in (
        (undelivered.Trouble.NOT_ANSWERED, "Ofc. Ruiz", "Sent to me"),
        (undelivered.Trouble.NOT_SENT, "Ofc. Lee", "Sent by me"),
        (undelivered.Trouble.UNCLEAR, "", "Sent by me"),
    )
)
PACK = open_book.PackFacts(
    name="mn-demo-2026.2",
    label="Minnesota POST, as the demo has it",
    duties=14,
    unchecked=1,
    oldest=date(2026, 11, 1),
)
HERE = trouble.UnknownSenderFacts("Lakemont PD")

EXAMPLES: dict[str, Callable[[Words], Message]] = {
    "account-question": lambda words: accounts.question(QUESTION, words),
    "account-question-unnamed": lambda words: accounts.question(replace(QUESTION, candidates=()), words),
    "account-decided": lambda words: accounts.decided(LINKED, words),
    "account-decided-none": lambda words: accounts.decided(NOBODYS, words),
    "account-decided-before": lambda words: accounts.decided(
        replace(LINKED, by="Priya Nair", at=cast.AT), words
    ),
    "account-decided-before-none": lambda words: accounts.decided(
        replace(NOBODYS, by="Priya Nair", at=cast.AT), words
    ),
    "account-not-ones-own": accounts.not_ones_own,
    "account-unlinked": lambda words: accounts.unlinked(LINKED, words),
    "account-unlink-which": accounts.nothing_to_unlink,
    "accounts": lambda words: accounts.accounts(
        accounts.AccountsFacts(questions=(QUESTION,), links=(LINK,)), words
    ),
    "accounts-none": lambda words: accounts.accounts(accounts.AccountsFacts(questions=(), links=()), words),
    "undelivered": lambda words: undelivered.undelivered(undelivered.UndeliveredFacts(found=LOST), words),
    "undelivered-none": lambda words: undelivered.undelivered(undelivered.UndeliveredFacts(found=()), words),
    "open-rules": lambda words: open_book.rules((PACK,), words),
    "open-rules-none": lambda words: open_book.rules((), words),
    "open-templates": lambda words: open_book.templates(
        open_book.TemplatesFacts(rows=(("status", "12"), ("greeting", "2")), total=900), words
    ),
    "open-templates-of": lambda words: open_book.templates(
        open_book.TemplatesFacts(
            rows=(("greeting", "Hello, {name}."), ("greeting-title", "{agency} training desk")),
            name="greeting",
        ),
        words,
    ),
    "open-templates-missing": lambda words: open_book.templates(
        open_book.TemplatesFacts(rows=(), name="flux"), words
    ),
    "account-asked": lambda words: trouble.account_asked(HERE, words),
    "outside-pilot": lambda words: trouble.outside_pilot(HERE, words),
    "slow-down": trouble.slow_down,
}

"""Examples of everything that is said of a certificate on its way to the record, to its sender and to its reviewer."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import get_args

from messages import entry_form as form
from messages import review, review_lists, upload_help
from messages import uploads as say
from messages.entry_values import EntryFacts
from messages.forms import FieldError
from messages.model import Message
from messages.words import Words
from rules.standing import LineState
from tests.unit import standing_cast as cast

TOLD = EntryFacts(
    title="Autism",
    topics=("autism",),
    completed_on=date(2027, 3, 2),
    hours=Decimal(4),
    sources=dict.fromkeys(("title", "topics", "completed_on", "hours"), "officer"),
    missing=("provider", "number"),
)
WHOLE = EntryFacts(
    title="Autism Response",
    topics=("autism",),
    completed_on=date(2027, 3, 2),
    started_on=date(2027, 3, 1),
    hours=Decimal("4.5"),
    provider="Hennepin Tech",
    number="9100-0442",
    sources={"title": "read", "hours": "officer", "provider": "read", "number": "reviewer"},
)
CARD = EntryFacts(
    title="CPR/AED",
    completed_on=date(2027, 3, 1),
    expires_on=date(2029, 3, 1),
    no_hours=True,
    no_number=True,
    provider="Red Cross",
    sources={"title": "read", "expires_on": "read"},
)
ONE = say.UploadFacts(number=3107, state="received", entries=(TOLD,))
READ = replace(ONE, entries=(WHOLE,))
WAITS = replace(ONE, entries=(), reading=True)
TERMINAL, CHAT = upload_help.WithoutFiles.TERMINAL, upload_help.WithoutFiles.CHAT
HELP = upload_help.HelpFacts(why=upload_help.Help.HOW, coordinator="P. Nair")
LINK = "https://rollcall.example.org/u/abc"
AT = cast.AT - timedelta(minutes=9)
UNCLEAR: Mapping[say.UnclearCode, tuple[str, Mapping[str, str]]] = {
    "future": ("completed_on", {"day": "2027-03-09"}),
    "backwards": ("completed_on", {"day": "2027-03-01"}),
    "no-time": ("hours", {"hours": "0"}),
    "too-long-for-a-day": ("hours", {"hours": "40", "days": "1"}),
    "too-long-for-days": ("hours", {"hours": "80", "days": "2"}),
    "each-day-or-in-all": ("hours", {"hours": "16", "days": "2", "every": "32"}),
    "which-day": ("completed_on", {"written": "3/4/27"}),
    "differs": ("hours", {"read": "4", "said": "6"}),
}
REFUSALS = (
    "empty",
    "too-large",
    "wrong-type",
    "archive",
    "locked",
    "damaged",
    "too-many-pages",
    "too-many-pixels",
    "infected",
)
FORM = form.EntryFormFacts(number=3107, entry=WHOLE)
MOVES = (
    review.MoveFacts(
        before=cast.hours_line("AUT-4", "Autism", "0", "4"),
        after=cast.hours_line("AUT-4", "Autism", "4", "4"),
    ),
    review.MoveFacts(before=cast.TASER, after=cast.TASER._replace(state=LineState.MET)),
)
UNDER = review.CardFacts(
    number=3107,
    who="Ofc. Ruiz",
    badge="214",
    at=AT,
    channel="sms",
    entries=(WHOLE,),
    kind="certificate",
)
HARD = replace(
    UNDER,
    entries=(TOLD, CARD),
    kind="not_certificate",
    person_name="Dana Ruz",
    other_name=True,
    held_by_another=True,
    on_record=("Autism Response",),
    moves=MOVES,
    same_as=(3101,),
    doubts=(
        "hours-and-ceu",
        "hours-and-days",
        "hours-and-topics",
        "several-people",
        "several-certificates",
        "hidden-text",
        "handwritten",
        "taught",
    ),
    flags=("active", "hidden-text", "pages-unread", "owner-locked"),
)
ENTERED = review.ReviewFormFacts(
    entry=form.EntryFormFacts(number=3107, entry=WHOLE, lines=("one", "two")),
    topics=(("autism", "Autism"), ("elective", "Elective")),
    chosen_topics=("autism",),
    must=("title", "completed_on", "hours"),
)
RECORDED = review.RecordedFacts(
    number=3107,
    entries=(WHOLE,),
    who="P. Nair",
    at=cast.AT,
    status=cast.ruiz(),
    closed=("Autism",),
)


def _one(facts: say.OneSent) -> Callable[[Words], Message]:
    return lambda words: say.taken(say.TakenFacts(of_each=(facts,)), words)


def _shown(facts: say.UploadFacts) -> Callable[[Words], Message]:
    return lambda words: say.shown(facts, words)


def _decided(code: review.ReviewCode) -> Callable[[Words], Message]:
    facts = review.ReviewDoneFacts(
        code=code, number=3107, who="P. Nair", at=cast.AT, values=("title", "completed_on", "hours")
    )
    return lambda words: review.decided(facts, words)


def _done(code: say.UploadCode) -> Callable[[Words], Message]:
    return lambda words: say.done(code, 3107, words)


def _too_late(state: str) -> Callable[[Words], Message]:
    facts = replace(READ, state=state, since=AT, who="P. Nair")
    return lambda words: say.too_late(facts, words)


def _settled(code: review.SettledCode) -> Callable[[Words], Message]:
    what = review.SettledFacts(code=code, who="P. Nair", at=AT)
    return lambda words: review.settled(UNDER, what, words)


EXAMPLES: Mapping[str, Callable[[Words], Message]] = {
    "upload-from-text": _one(ONE),
    "upload-from-both": _one(READ),
    "upload-from-file": _one(replace(ONE, entries=(CARD,))),
    "upload-waits": _one(WAITS),
    "upload-unreadable": _one(replace(ONE, entries=(EntryFacts(missing=("title",)),), was_read=False)),
    "upload-earlier": _one(replace(ONE, earlier=AT)),
    "upload-no-proof": _one(replace(ONE, is_proof=False, same_as=3101)),
    "upload-list": _one(replace(ONE, entries=(WHOLE, CARD, replace(WHOLE, title="", hours=None)))),
    "upload-list-open": _one(replace(ONE, entries=(WHOLE, TOLD))),
    "upload-known": _one(say.SentBeforeFacts(number=3107, state="in-review", since=AT)),
    "upload-spilled": _one(say.SpilledFacts(kind="health", custodian="L. Park")),
    "upload-several": lambda words: say.taken(
        say.TakenFacts(of_each=(READ, replace(ONE, number=3108), replace(WAITS, number=3109))), words
    ),
    "upload-one-of-two": lambda words: say.taken(
        say.TakenFacts(of_each=(say.RefusedFacts(code="locked"), READ)), words
    ),
    **{f"upload-refused-{code}": _one(say.RefusedFacts(code=code)) for code in REFUSALS},
    **{
        f"upload-unclear-{code}": _shown(replace(ONE, unclear=say.UnclearFacts(code=code, facts=facts)))
        for code, (about, facts) in UNCLEAR.items()
    },
    **{
        f"upload-shown-{state}": _shown(
            replace(READ, state=state, since=AT, who="P. Nair", reason="wrong-values", words="It reads 4 h.")
        )
        for state in ("received", "in-review", "returned", "recorded", "withdrawn", "set-aside", "referred")
    },
    "upload-still-waits": lambda words: say.reminder(ONE, words),
    "upload-sent": lambda words: say.sent(3107, ("P. Nair",), True, words),
    "upload-listed": lambda words: say.sent(3107, ("P. Nair", "J. Moss"), False, words),
    "upload-sent-nobody": lambda words: say.sent(3107, (), False, words),
    **{f"upload-done-{code}": _done(code) for code in get_args(say.UploadCode)},
    **{
        f"upload-too-late-{state}": _too_late(state)
        for state in ("in-review", "recorded", "withdrawn", "set-aside", "referred")
    },
    "uploads": lambda words: say.mine(
        say.MineFacts(uploads=(ONE, replace(READ, state="in-review"), READ, WAITS), lines=10), words
    ),
    "uploads-none": lambda words: say.mine(say.MineFacts(uploads=()), words),
    **{
        f"upload-help-{why.value}": lambda words, why=why: upload_help.help_with(  # type: ignore[misc]  # a lambda with a default has no type of its own
            replace(HELP, why=why), words
        )
        for why in upload_help.Help
    },
    "upload-help-how-link": lambda words: upload_help.help_with(replace(HELP, link=LINK), words),
    "upload-help-lost-link": lambda words: upload_help.help_with(
        replace(HELP, why=upload_help.Help.LOST, link=LINK), words
    ),
    "upload-help-terminal": lambda words: upload_help.help_with(replace(HELP, without=TERMINAL), words),
    "upload-help-terminal-link": lambda words: upload_help.help_with(
        replace(HELP, without=TERMINAL, link=LINK), words
    ),
    "upload-help-chat": lambda words: upload_help.help_with(replace(HELP, without=CHAT), words),
    "upload-help-chat-link": lambda words: upload_help.help_with(
        replace(HELP, without=CHAT, link=LINK), words
    ),
    "upload-not-fetched": lambda words: upload_help.help_with(
        replace(HELP, away="not-fetched", link=LINK), words
    ),
    "upload-form": lambda words: form.entry_form(FORM, words),
    "upload-form-errors": lambda words: form.entry_form(
        replace(
            FORM, lines=("one", "two"), errors={"hours": FieldError(code="not-a-number", written="four")}
        ),
        words,
    ),
    "review-card": lambda words: review.card(UNDER, words),
    "review-card-hard": lambda words: review.card(HARD, words),
    "review-card-unread": lambda words: review.card(replace(UNDER, kind="unreadable"), words),
    **{f"review-settled-{code}": _settled(code) for code in get_args(review.SettledCode)},
    "review-form": lambda words: review.form(UNDER, ENTERED, words),
    "review-form-typed": lambda words: review.form(
        UNDER, replace(ENTERED, typed=("completed_on", "hours")), words
    ),
    "review-form-errors": lambda words: review.form(
        UNDER,
        replace(ENTERED, decision="approve", errors={"decision": FieldError(code="empty")}),
        words,
    ),
    "reviews": lambda words: review_lists.queue(
        review_lists.QueueFacts(waiting=(UNDER, HARD), unmatched=1, forgotten=2, oldest=3), words
    ),
    "reviews-unmatched": lambda words: review_lists.queue(
        review_lists.QueueFacts(waiting=(HARD,), unmatched=1, oldest=3, only_unmatched=True), words
    ),
    "reviews-unmatched-none": lambda words: review_lists.queue(
        review_lists.QueueFacts(waiting=(), only_unmatched=True), words
    ),
    "drafts": lambda words: review_lists.forgotten(
        (review_lists.ForgottenFacts(number=3101, who="Ofc. Ruiz", at=AT),), words
    ),
    "drafts-none": lambda words: review_lists.forgotten((), words),
    "reviews-none": lambda words: review_lists.queue(review_lists.QueueFacts(waiting=()), words),
    **{
        f"review-done-{code}": _decided(code)
        for code in get_args(review.ReviewCode)
        if code not in ("opened", "no-link")
    },
    "upload-decided-recorded": lambda words: review.recorded(RECORDED, words),
    "upload-decided-recorded-bare": lambda words: review.recorded(
        replace(RECORDED, status=None, closed=()), words
    ),
    "upload-decided-returned": lambda words: review.returned(
        3107, "P. Nair", "wrong-values", "The certificate reads 4 h.", words
    ),
    "upload-decided-returned-bare": lambda words: review.returned(3107, "P. Nair", "unreadable", "", words),
    "upload-decided-referred": lambda words: review.referred(3107, words),
}

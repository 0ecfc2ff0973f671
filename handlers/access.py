"""Who saw my record? Every look by somebody else, by day and page; one's own looks are no news."""

from handlers.days import following_days, kept_days, named_days
from handlers.routing import Answered, Asked, Route, Tense, sees_own_looks
from handlers.status import finish
from messages import access as say
from messages.pages import lines_for
from messages.wording import door_in_words, purpose_in_words
from messages.words import Words
from training.access import RecordLook, looks_at_me
from training.asking import Outcome, Question
from training.log.stretches import Days


def who_saw(question: Question, asked: Asked) -> Answered:
    """Every look at the asker's record by somebody else, newest first, on the days that were named."""
    return _page(question, asked, 1, named_days(asked))


def _page(question: Question, asked: Asked, page: int, days: Days | None) -> Answered:
    looks = tuple(
        say.LookFacts(
            at=look.at,
            who=asked.words.say("trail-rollcall") if look.who is None else look.who,
            what=_what(look, asked.words),
            door=door_in_words(look.door, asked.words),
            purpose=purpose_in_words(look.purpose, asked.words),
        )
        for look in looks_at_me(question, days)
    )
    facts = say.WhoSawFacts(
        name=question.name,
        looks=looks,
        page=page,
        lines=lines_for(question.channel),
        days=None if days is None else (days.first, days.last),
    )
    outcome = Outcome()
    return finish(say.who_saw(facts, asked.words), outcome, page=page, pages_of="who-saw", **kept_days(days))


def _what(look: RecordLook, words: Words) -> str:
    if look.to:
        return words.say("look-released-to", agency=look.to)
    what = words.say(f"look-{look.what}" if f"look-{look.what}" in words else "look-other")
    return words.say("look-inside", what=what) if look.inside else what


ROUTES = (
    Route(
        name="who-saw",
        handle=who_saw,
        may_use=sees_own_looks,
        commands=("who-saw",),
        menu="who-saw",
        tense=Tense.LOG,
        shows=True,
        next_page=following_days(_page),
    ),
)

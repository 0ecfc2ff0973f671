"""Standings as the picture draws them, and what it draws."""

from messages.answer import StatusFacts
from messages.model import Message
from messages.words import load
from rules.standing import StandingLine, StandingWord
from tests.unit import standing_cast as cast
from tests.unit.message_cast import cycle, picture_of

WORDS = load()


def drawn(facts: StatusFacts, records: int = 0) -> Message:
    return picture_of(cycle(facts, records), WORDS)


def standing_of(*lines: StandingLine, word: StandingWord = StandingWord.NOT_YET) -> StatusFacts:
    return cast.status_of("Ruiz", cast.standing(word, lines))

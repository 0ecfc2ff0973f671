"""Phones: does whoever has a number want texts there, how do we know, and which phones does nobody have alone?"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from db.records.facts import Fact


class ConsentWord(StrEnum):
    """Whether somebody wants texts."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class ConsentBy(StrEnum):
    """How they said so."""

    CODE = "code"  # a code texted from the phone, below words that say what it means
    KEYWORD = "keyword"  # STOP, START and their like
    WORDS = "words"  # in words of their own
    CARRIER = "carrier"  # a text was refused because the number had said STOP there


@dataclass(frozen=True, slots=True, kw_only=True)
class TextConsent(Fact):
    """Whether whoever has a number wants texts there. ``shown`` names the words that were shown, or that they said."""

    person_id: int | None
    number: str
    word: ConsentWord
    how: ConsentBy
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPhone(Fact):
    """A phone of the agency that many use; ``name`` is what it is called there, and may be empty."""

    number: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneSession:
    """Who has a shared phone now, until when; the id is that of the conversation on it."""

    number: str
    person_id: int
    session_id: str
    began_at: datetime
    ends_at: datetime

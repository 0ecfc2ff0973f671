"""What is kept about accounts whose owner somebody names, and about who is of the pilot."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.records.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountQuestion(Fact):
    """Whose is this account? Asked of whoever keeps the roster, where the address alone does not say it."""

    channel: str
    address: str
    account: str
    candidates: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountAnswer(Fact):
    """What somebody decided about an account: whose it is, or that it is none of those who were named."""

    question_id: int
    person_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotMember(Fact):
    """Somebody who is of the pilot; while anybody is, Rollcall talks with nobody else."""

    person_id: int

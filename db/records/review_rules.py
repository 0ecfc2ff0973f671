"""By which rules certificates are reviewed: what was proposed, what a second person said to it, and second looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from db.records.facts import Fact


class RulesWord(StrEnum):
    """What became of proposed rules; the catalogue holds ``review-rules-state-<code>`` for each."""

    CONFIRMED = "confirmed"  # by a second person: in force from then on
    REFUSED = "refused"  # by a second person, or taken back by whoever proposed them


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRules(Fact):
    """A version of an agency's rules of review, as somebody proposed it. ``item_id`` holds their reason in words.

    ``seed`` is the key of the draw of second looks while the version is in force.
    """

    version: int
    rules: Mapping[str, Any]
    seed: str
    item_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRulesDecision(Fact):
    """What was said to a proposed version. Confirmed by nobody who proposed it."""

    rules_id: int
    word: RulesWord
    proposed_by: int
    decided_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLook(Fact):
    """A second reviewer compared an approval with the file. ``step_id`` is the approval, which stays as it is."""

    upload_id: int
    step_id: int
    approved_by: int
    viewer_id: int
    agrees: bool
    differs: tuple[str, ...] = ()

"""What may be kept about somebody with two employers of one installation: a request, a word about it, a release, a
taking in."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from db.records.facts import Fact


class ReleaseSaid(StrEnum):
    """What was said about a request of another agency, where the record is."""

    ALLOWED = "allowed"  # by the person it is about, through their own door
    PROPOSED = "proposed"  # by the first of two who keep the record, of somebody who has left
    KEPT_BACK = "kept-back"  # by either: nothing more goes


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeRequest(Fact):
    """An agency asks another one of the installation for the training record of somebody on its own roster."""

    person_id: int
    holder_id: int  # the number of the agency that is asked


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseWord(Fact):
    """What somebody said about a request where the record is; ``person_id`` is whose record it would be."""

    person_id: int
    request_id: int
    word: ReleaseSaid


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRelease(Fact):
    """What was released of one person to the agency that asked: day, hours and topics of classes, and nothing else.

    ``proof`` names what agreed in both agencies.
    """

    person_id: int
    request_id: int
    proof: tuple[str, ...]
    classes: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeTaken(Fact):
    """A release was taken in: its classes are the agency's own records from here on."""

    person_id: int
    request_id: int
    release_id: int

"""A certificate that somebody sent, every step on its way to the record, and who looked at it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from db.records.facts import Fact, Kept


class Step(StrEnum):
    """What became of an upload; the catalogue holds ``upload-state-<code>`` for each."""

    RECEIVED = "received"
    SUBMITTED = "in-review"
    RETURNED = "returned"
    RECORDED = "recorded"
    WITHDRAWN = "withdrawn"
    SET_ASIDE = "set-aside"  # it holds what this desk must not hold; the custodian decides
    REFERRED = "referred"  # a person looks into it; nobody is asked about it any more


class Stage(StrEnum):
    """Where the work on an upload is that nobody has decided yet."""

    WAITING = "waiting"  # to be read
    OPEN = "open"  # with the officer
    CLOSED = "closed"  # with a reviewer, or done


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload(Fact):
    """Something that was sent to go on somebody's record, and where it was sent: there the answers go.

    ``number`` is what people say, ``U-3107``.
    """

    person_id: int
    number: int
    channel: str
    address: str = ""
    place: str = ""
    thread: str = ""
    account: str = ""
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadFile(Fact):
    """One file of an upload. The bytes are a content item; ``type`` is what it is by its content."""

    upload_id: int
    item_id: int
    position: int
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadStep(Fact):
    """One step. ``entries`` are the values at that moment, ``read`` what was read from the file.

    ``reason`` is a code, ``item_id`` the content item with words of whoever took the step; ``confirmed`` names the
    values that a reviewer checked against the file; ``records`` are the completions and cards that it made.
    """

    upload_id: int
    position: int
    step: Step
    entries: Sequence[Mapping[str, Any]] = ()
    read: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    item_id: int | None = None
    confirmed: tuple[str, ...] = ()
    records: Sequence[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLook(Fact):
    """Somebody opened the files of an upload and had them before their eyes."""

    upload_id: int
    viewer_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadState:
    """An upload as it stands: ``steps`` in their order, the first is always that it came in."""

    kept: Kept[Upload]
    files: tuple[Kept[UploadFile], ...]
    steps: tuple[Kept[UploadStep], ...]

    @property
    def last(self) -> Kept[UploadStep]:
        """The step that says how it stands."""
        return self.steps[-1]

    @property
    def step(self) -> Step:
        return self.last.fact.step

    @property
    def submitted(self) -> Kept[UploadStep]:
        """The last time that its sender said that it is right; of one that was submitted."""
        return next(each for each in reversed(self.steps) if each.fact.step is Step.SUBMITTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """The work on an upload. ``body`` is closed; ``version`` grows with each change."""

    upload_id: int
    person_id: int
    stage: Stage
    body: bytes
    version: int
    tries: int
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMark:
    """By what a file is known again: the hash of its bytes, and how its first page looks. Gone with the file."""

    item_id: int
    upload_id: int
    person_id: int
    sha256: str
    looks: str

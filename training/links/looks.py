"""What does a link of ours show, and to whom still at this moment? Kept files beside lines of text.

A look is used up and written down in one transaction, so that "opened before approved" can rest on it.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any

from db.queries import content
from db.queries.context import ByPerson
from db.records.audit import AuditDraft
from db.records.content import ItemState
from db.records.facts import ContentKind
from db.records.links import LinkPurpose
from db.unit_of_work import Writer, reading, writing
from training.asking import Question, asked_by, written_at
from training.audit import AuditTag
from training.content.items import opened_for
from training.links import links
from training.links.links import OpenedLink
from training.office import Office
from training.sealed.unsealing import Closed

# The door that a link is, as the log names it.
CHANNEL = "link"
OPENING = (LinkPurpose.LOOK, LinkPurpose.DOWNLOAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file that was made for this link and lies nowhere else."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a link shows: kept items and files made for it, under a heading, beside labels with values.

    ``kind`` is the name of its ``LookKind``, ``name`` what its files are called (``U-3107``: ``U-3107-1.pdf``), counted
    from ``first``. ``about``: whose record it is; the person's own where it is None. ``more`` is the issuer's.
    """

    kind: str
    name: str
    title: str
    items: tuple[int, ...] = ()
    made: tuple[Made, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    about: int | None = None
    first: int = 1
    more: Mapping[str, Any] = field(default_factory=dict)


May = Callable[[Question, Look], bool]
Looked = Callable[[Writer, int, Look], None]


def nothing_more(_: Writer, __: int, ___: Look) -> None:
    """That it was opened is in the log, and nothing rests on it."""


@dataclass(frozen=True, slots=True)
class LookKind:
    """One thing that can be looked at. ``may``: whether whoever it was made for may see it at this moment.

    ``looked`` is called in the transaction that uses the link up, with the items that were shown and no others.
    """

    name: str
    may: May
    looked: Looked = nothing_more


Kinds = Mapping[str, LookKind]


def kinds_by_name(kinds: Iterable[LookKind]) -> Kinds:
    """The kinds of this release, as ``open_link`` wants them."""
    return {each.name: each for each in kinds}


class Away(StrEnum):
    """Why a file cannot be shown; the catalogue holds ``link-file-<code>`` for each."""

    SET_ASIDE = "set-aside"
    GONE = "gone"
    LOST = "lost"  # its key is not there


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFile:
    """One file: what it holds, or why it cannot be shown. ``item_id`` is None for one that was made for the link."""

    number: int
    media_type: str
    item_id: int | None = None
    content: bytes | None = None
    away: Away | None = None
    keyed_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedLook:
    """A look with its files. ``tokens``: of the links under which each file is handed out, by the file's number."""

    look: Look
    files: tuple[OpenedFile, ...]
    tokens: Mapping[int, str] = field(default_factory=dict)

    @property
    def shown(self) -> tuple[OpenedFile, ...]:
        """The files that can be seen."""
        return tuple(each for each in self.files if each.content is not None)


def payload_of(look: Look) -> links.Payload:
    """The look as a link carries it."""
    return {
        "kind": look.kind,
        "name": look.name,
        "title": look.title,
        "items": list(look.items),
        "made": [
            {"content": b64encode(each.content).decode(), "media_type": each.media_type} for each in look.made
        ],
        "fields": [list(each) for each in look.fields],
        "about": look.about,
        "first": look.first,
        "more": dict(look.more),
    }


def look_of(payload: links.Payload) -> Look:
    """The look again."""
    return Look(
        kind=str(payload["kind"]),
        name=str(payload["name"]),
        title=str(payload["title"]),
        items=tuple(payload["items"]),
        made=tuple(
            Made(content=b64decode(each["content"]), media_type=each["media_type"])
            for each in payload["made"]
        ),
        fields=tuple((label, value) for label, value in payload["fields"]),
        about=payload["about"],
        first=payload["first"],
        more=payload["more"],
    )


def offer_look(question: Question, look: Look) -> links.Offer | None:
    """A link that shows this to the asker; None where no link can be made."""
    return links.offer(question, LinkPurpose.LOOK, payload_of(look))


def open_link(office: Office, link: OpenedLink, kinds: Kinds) -> OpenedLook:
    """What is behind a link, opened: no file for whoever may not see it now. Nothing is used up or written down yet."""
    look = look_of(link.payload)
    with reading(office.engine) as conn:
        question = asked_by(office, conn, link.agency_id, ByPerson(link.person_id), CHANNEL)
        allowed = question is not None and _may(question, kinds, look)
        found = tuple(_files(question, look)) if question is not None and allowed else ()
    return OpenedLook(look=look, files=found)


def use_up(office: Office, link: OpenedLink, opened: OpenedLook, kinds: Kinds) -> OpenedLook | None:
    """Use the link up and write down what was seen, together; None when somebody was first or may not see it now.

    What was set aside meanwhile is not shown any more. Of a look each file has a link of its own afterwards.
    """
    with reading(office.engine) as conn:
        question = asked_by(office, conn, link.agency_id, ByPerson(link.person_id), CHANNEL)
    if question is None:
        return None
    with writing(
        office.engine,
        link.agency_id,
        at=written_at(office, question),
        actor_id=link.person_id,
        channel=CHANNEL,
    ) as writer:
        if not links.take(writer.conn, office, link):
            return None
        now = asked_by(office, writer.conn, link.agency_id, ByPerson(link.person_id), CHANNEL)
        if now is None or not opened.files or not _may(now, kinds, opened.look):
            # It was theirs when it was made; that it is not any more is told to nobody, and kept.
            writer.audit(AuditDraft(tag=AuditTag.RECORD_REFUSED, data={"kind": CHANNEL}))
            return None
        still = replace(opened, files=tuple(_still(now, each) for each in opened.files))
        if not still.shown:
            return still
        writer.audit(_entry(link, still))
        seen = replace(
            still.look, items=tuple(each.item_id for each in still.shown if each.item_id is not None)
        )
        kinds[still.look.kind].looked(writer, link.person_id, seen)
        tokens = _tokens(writer, office, link, still) if link.purpose is LinkPurpose.LOOK else {}
        return replace(still, tokens=tokens)


def _may(question: Question, kinds: Kinds, look: Look) -> bool:
    kind = kinds.get(look.kind)
    return question.serves and kind is not None and kind.may(question, look)


def _files(question: Question, look: Look) -> Iterable[OpenedFile]:
    number = look.first
    for item_id in look.items:
        found = opened_for(question, item_id)
        if found is None:
            yield OpenedFile(number=number, media_type="", item_id=item_id, away=Away.GONE)
        else:
            state = found.item
            opened = None if isinstance(found.content, Closed) else found.content
            away = _away(state) or (Away.LOST if opened is None else None)
            yield OpenedFile(
                number=number,
                media_type=state.media_type,
                item_id=item_id,
                content=opened,
                away=away,
                keyed_hash=state.keyed_hash,
            )
        number += 1
    for each in look.made:
        yield OpenedFile(number=number, media_type=each.media_type, content=each.content)
        number += 1


def _away(state: ItemState) -> Away | None:
    if state.gone is not None:
        return Away.GONE
    return Away.SET_ASIDE if state.set_aside is not None else None


def _still(question: Question, opened: OpenedFile) -> OpenedFile:
    """The file, unless it was hidden since it was opened."""
    if opened.item_id is None or opened.content is None:
        return opened
    state = content.item(question.conn, question.agency_id, opened.item_id)
    away = Away.GONE if state is None else _away(state)
    return opened if away is None else replace(opened, content=None, away=away)


def _entry(link: OpenedLink, opened: OpenedLook) -> AuditDraft:
    files = [
        {"item": each.item_id, "hash": each.keyed_hash}
        if each.item_id is not None
        else {"hash": sha256(each.content or b"").hexdigest()}
        for each in opened.shown
    ]
    data = {"kind": CHANNEL, "look": opened.look.kind, "purpose": link.purpose.value, "files": files}
    about = opened.look.about if opened.look.about is not None else link.person_id
    return AuditDraft(tag=AuditTag.LINK_OPENED, subject_id=about, data=data)


def _tokens(writer: Writer, office: Office, link: OpenedLink, opened: OpenedLook) -> Mapping[int, str]:
    return {
        each.number: links.issue(
            writer, office, link.person_id, LinkPurpose.DOWNLOAD, payload_of(_one(opened.look, each))
        )
        for each in opened.shown
    }


def _one(look: Look, one: OpenedFile) -> Look:
    """The same look with one file of it."""
    items = () if one.item_id is None else (one.item_id,)
    made = () if one.content is None or items else (Made(content=one.content, media_type=one.media_type),)
    return replace(look, items=items, made=made, first=one.number)


def _their_own(question: Question, look: Look) -> bool:
    """Whether the asker sent every one of these files."""
    states = [content.item(question.conn, question.agency_id, each) for each in look.items]
    return all(
        each is not None and each.kind is ContentKind.FILE and each.person_id == question.asker.person_id
        for each in states
    )


# Whoever sent a file may see it again.
OWN_FILE = LookKind("own-file", may=_their_own)

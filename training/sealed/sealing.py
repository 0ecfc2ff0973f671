"""How do words and files become content items? Each under a key of its own, which is kept before the item is; a file is
written beside the record, and only then its row into it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from secrets import token_hex

from db.files.port import name_of
from db.keys import cipher
from db.keys.store import KeyStore
from db.records.facts import AgencyId, ContentItem, ContentKind, Retention
from db.unit_of_work import Writer
from training.office import Office
from training.sealed import loose

PLAIN_TEXT = "text/plain"
_REF_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSeal:
    """Something that is about to be kept, as it came. ``about``: others whose record it shows."""

    kind: ContentKind
    person_id: int
    content: bytes
    media_type: str = PLAIN_TEXT
    about: Sequence[int] = ()


RETENTIONS: Mapping[ContentKind, Retention] = {
    ContentKind.MESSAGE: Retention.CONVERSATION,
    ContentKind.ANSWER: Retention.CONVERSATION,
    ContentKind.FILE: Retention.SENT_FILE,
    ContentKind.FREE_TEXT: Retention.DECISION,
}


def closed(keys: KeyStore, agency_id: AgencyId, drafts: Sequence[ToSeal]) -> list[ContentItem]:
    """Words as facts to record. Their keys are committed by now: what may be left over is a key, never an item that
    nobody can open. Where there are files among them: ``put_away``."""
    if any(draft.kind is ContentKind.FILE for draft in drafts):
        raise ValueError("a file lies beside the record")
    return _sealed(keys, agency_id, drafts)


def put_away(office: Office, agency_id: AgencyId, drafts: Sequence[ToSeal]) -> list[ContentItem]:
    """Words and files as facts to record. Files are in the store by now: what may be left over is a key or an object,
    never a row without its object. FilesAwayError when the store takes nothing; no transaction may be open."""
    items = _sealed(office.keys, agency_id, drafts)
    sealed = {
        at: item.ciphertext
        for at, item in enumerate(items)
        if item.kind is ContentKind.FILE and item.ciphertext is not None
    }
    names = {at: name_of(each) for at, each in sealed.items()}
    if names:
        loose.begin(office, agency_id, list(names.values()))
    for at, name in names.items():
        office.files.put(name, sealed[at])
        items[at] = replace(items[at], ciphertext=None, sealed_hash=name)
    return items


def _sealed(keys: KeyStore, agency_id: AgencyId, drafts: Sequence[ToSeal]) -> list[ContentItem]:
    if not drafts:
        return []
    # Not the row's own number: a restored record counts on from an older one, and would meet another item's key.
    refs = [token_hex(_REF_BYTES) for _ in drafts]
    return [
        ContentItem(
            person_id=draft.person_id,
            about=tuple(draft.about),
            kind=draft.kind,
            retention=RETENTIONS[draft.kind],
            media_type=draft.media_type,
            size=len(draft.content),
            keyed_hash=cipher.keyed_hash(key, draft.content),
            ref=ref,
            ciphertext=cipher.seal(key, draft.content, place(agency_id, ref)),
        )
        for draft, ref, key in zip(drafts, refs, keys.new_keys(refs), strict=True)
    ]


def keep_text(writer: Writer, keys: KeyStore, person_id: int, text: str) -> int:
    """Words that somebody wrote about a person, such as the reason for a decision, as an item; its id for the fact."""
    draft = ToSeal(kind=ContentKind.FREE_TEXT, person_id=person_id, content=as_bytes(text))
    return writer.record(*closed(keys, writer.agency_id, [draft]))[0]


def as_bytes(text: str) -> bytes:
    """Words as they are kept; a pipe may bring half a letter, and that is kept as it is."""
    return text.encode("utf-8", "surrogatepass")


def as_text(content: bytes) -> str:
    """The words again."""
    return content.decode("utf-8", "surrogatepass")


def place(agency_id: AgencyId, ref: str) -> str:
    """Where an item belongs; moved over a wall or under another name it does not open."""
    return f"{agency_id}:{ref}"


def reference(item_id: int, item: ContentItem) -> Mapping[str, object]:
    """How a fact or an entry of the log speaks of an item."""
    return {"item": item_id, "hash": item.keyed_hash}

"""Does a PDF bring scripts, actions that start by themselves, or files inside? Looked at, never followed."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, StreamObject

from reading.documents.limits import MAX_PAGES

# What an action may do once it is pressed, beside showing another page of the file or an address.
_PRESSED = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/Rendition",
        "/GoToR",
        "/GoToE",
        "/RichMediaExecute",
    }
)
_STARTS = _PRESSED | {"/URI"}
_INSIDE = frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D"})
_MOST_PARTS = 2000  # of one page, one form, one list of headings or one chain of actions
_MARKS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|FileAttachment)\b")


def is_active(content: bytes) -> bool:
    """Whether a person should know before opening it. What cannot be walked is searched for the words."""
    try:
        return _is_active(PdfReader(io.BytesIO(content), strict=False))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  a broken structure fails in the library's own ways; none says that nothing is there
        return _MARKS.search(content) is not None


def _is_active(reader: PdfReader) -> bool:
    if reader.is_encrypted:
        reader.decrypt("")
    root = _dictionary(reader.trailer["/Root"])
    names = _dictionary(root.get("/Names"))
    if any(_something(names.get(name)) for name in ("/JavaScript", "/EmbeddedFiles")):
        return True
    if (
        _something(root.get("/AA"))
        or _something(root.get("/AF"))
        or _is_action(root.get("/OpenAction"), _STARTS)
    ):
        return True
    form = _dictionary(root.get("/AcroForm"))
    # A form of the other kind is a program that draws its pages itself.
    if _something(form.get("/XFA")) or any(map(_does_something, _walk([form.get("/Fields")], "/Kids"))):
        return True
    headings = _dictionary(root.get("/Outlines")).get("/First")
    if any(map(_does_something, _walk([headings], "/Next", "/First"))):
        return True
    return any(
        _something(page.get("/AA")) or any(_does_something(part) for part in _parts(page.get("/Annots")))
        for page in islice(reader.pages, MAX_PAGES)
    )


def _does_something(part: DictionaryObject) -> bool:
    return (
        _resolved(part.get("/Subtype")) in _INSIDE
        or _something(part.get("/AA"))
        or any(_is_action(part.get(name), _PRESSED) for name in ("/A", "/PA"))
    )


def _is_action(value: object, kinds: frozenset[str]) -> bool:
    """Whether it, or one that follows it, is of these kinds."""
    return any(_resolved(action.get("/S")) in kinds for action in _walk([value], "/Next"))


def _walk(first: Iterable[object], *onward: str) -> Iterator[DictionaryObject]:
    """Parts, and those that they lead to under these names; a ring ends with the count."""
    waiting = list(first)
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part = _resolved(waiting.pop())
        if isinstance(part, ArrayObject):
            waiting += islice(part, _MOST_PARTS)
        elif isinstance(part, DictionaryObject):
            yield part
            waiting += [part[name] for name in onward if name in part]


def _parts(value: object) -> Iterator[DictionaryObject]:
    found = _resolved(value)
    if isinstance(found, ArrayObject):
        for each in islice(found, _MOST_PARTS):
            yield _dictionary(each)


def _resolved(value: object) -> object:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _dictionary(value: object) -> DictionaryObject:
    found = _resolved(value)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _something(value: object) -> bool:
    found = _resolved(value)
    if found is None or isinstance(found, NullObject):
        return False
    return isinstance(found, StreamObject) or not isinstance(found, Mapping | list) or bool(found)

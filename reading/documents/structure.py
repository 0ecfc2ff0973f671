"""Does a PDF bring scripts, actions that start by themselves, or files inside? Looked at, never followed."""

import io
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject

from reading.documents.limits import MAX_PAGES

_STARTS = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/URI", "/GoToR", "/GoToE"})
_SCRIPTS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/Rendition"})
_INSIDE = frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D"})
_MOST_PARTS = 2000  # of one page or one form
_MARKS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|FileAttachment)\b")


def is_active(content: bytes) -> bool:
    """Whether a person should know before opening it. What cannot be walked is searched for the words."""
    try:
        return _is_active(PdfReader(io.BytesIO(content), strict=False))
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OSError):
        # A broken structure fails in the library's own ways; none of them says that nothing is there.
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
    if any(_does_something(field) for field in _parts(_dictionary(root.get("/AcroForm")).get("/Fields"))):
        return True
    return any(
        _something(page.get("/AA")) or any(_does_something(part) for part in _parts(page.get("/Annots")))
        for page in islice(reader.pages, MAX_PAGES)
    )


def _does_something(part: DictionaryObject) -> bool:
    return (
        part.get("/Subtype") in _INSIDE or _something(part.get("/AA")) or _is_action(part.get("/A"), _SCRIPTS)
    )


def _is_action(value: object, kinds: frozenset[str]) -> bool:
    return _dictionary(value).get("/S") in kinds


def _parts(value: object) -> Iterator[DictionaryObject]:
    found = value.get_object() if isinstance(value, IndirectObject) else value
    if isinstance(found, ArrayObject):
        for each in islice(found, _MOST_PARTS):
            yield _dictionary(each)


def _dictionary(value: object) -> DictionaryObject:
    found = value.get_object() if isinstance(value, IndirectObject) else value
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _something(value: object) -> bool:
    found = value.get_object() if isinstance(value, IndirectObject) else value
    if found is None or isinstance(found, NullObject):
        return False
    return not isinstance(found, Mapping | list) or bool(found)

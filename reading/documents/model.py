"""What is a document once it is opened? Pages of lines, each with where it stands and how surely it was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class FileRefusal(StrEnum):
    """Why a file is not opened; the catalogue holds ``file-refused-<code>`` for each."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    WRONG_TYPE = "wrong-type"  # no document and no picture, whatever it is called
    ARCHIVE = "archive"
    LOCKED = "locked"  # needs a password
    DAMAGED = "damaged"  # cut off, or not what its first bytes promise
    TOO_MANY_PAGES = "too-many-pages"
    TOO_MANY_PIXELS = "too-many-pixels"
    INFECTED = "infected"  # the agency's own scanner says so


class Flag(StrEnum):
    """What a person should know before opening the file; the catalogue holds ``file-flag-<code>`` for each."""

    ACTIVE = "active"  # scripts, actions that start by themselves, or files inside
    HIDDEN_TEXT = "hidden-text"  # the text layer and the picture disagree
    PAGES_UNREAD = "pages-unread"  # its last pages are pictures for which there was no time left
    OWNER_LOCKED = "owner-locked"  # opened without a password, though its maker asked for restrictions


class Source(StrEnum):
    """Where the lines of a page come from."""

    TEXT = "text"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """One line or cell. The box is in parts of the page's width and height, 0 to 1, from its upper left corner.

    ``sure`` is how surely the letters were read, 0 to 1; text that was never a picture has 1.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    sure: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The lines of one page from top to bottom, those at one height from left to right."""

    lines: Sequence[TextLine]
    source: Source
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file that was opened. ``previews`` are drawn anew, one JPEG a page, without place or camera;
    ``looks`` is a hash of how its first page looks, in hexadecimal: near ones look alike."""

    pages: Sequence[Page]
    flags: frozenset[Flag] = frozenset()
    previews: Sequence[bytes] = ()
    looks: str = ""

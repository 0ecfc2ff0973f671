"""Which sheets does a workbook have, and what do its cells refer to? Names, dates' origin, formats and texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from xml.sax.xmlreader import AttributesImpl

from reading.tables.cells import MAX_LINE_CHARACTERS
from reading.tables.codes import FileCode
from reading.tables.xlsx.package import Package, PackagePart
from reading.tables.xlsx.refused import RefusedError
from reading.tables.xlsx.values import Format, builtin_format, format_of, plain_text

ROOT = "_rels/.rels"
SHEET_TYPE = "/worksheet"
MAX_SHEETS = 100  # each is looked into for its header; with a name only that one is
MAX_NAMED = 10_000  # sheets, and relations: a name for every part that there may be, several times over
MAX_FORMATS = 65_536  # what Excel allows
# Texts of a workbook, kept while its cells are read: twice what the largest CSV file may hold.
MAX_TEXTS = 2_000_000
MAX_TEXT_CHARACTERS = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SheetName:
    """One sheet as its tab shows it, and the part that has its rows."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All that is needed to read any sheet of the workbook."""

    sheets: tuple[SheetName, ...]
    from_1904: bool
    formats: Sequence[Format]
    texts: Sequence[str]
    links_elsewhere: bool


def main_part(package: Package) -> str | None:
    """The part that lists the sheets; None when this is no workbook."""
    if ROOT not in package:
        return None
    relations = _Relations()
    package.hear(ROOT, relations)
    found = [target for kind, target in relations.found.values() if kind.endswith("/officeDocument")]
    return _at("", found[0]) if found else None


def open_book(package: Package, main: str) -> Book:
    """Everything but the rows."""
    listed = _Sheets()
    package.hear(main, listed)
    folder = dirname(main)
    relations = _Relations()
    relations_part = join(folder, "_rels", f"{main.rpartition('/')[2]}.rels")
    if relations_part not in package:
        raise RefusedError(FileCode.DAMAGED)
    package.hear(relations_part, relations)
    parts = {kind.rpartition("/")[2]: _at(folder, target) for kind, target in relations.found.values()}
    formats, texts = _Formats(), _Texts()
    if (styles := parts.get("styles")) and styles in package:
        package.hear(styles, formats)
    if (strings := parts.get("sharedStrings")) and strings in package:
        package.hear(strings, texts)
    return Book(
        sheets=tuple(
            SheetName(name, _at(folder, target), hidden)
            for name, relation, hidden in listed.found
            if (kind_and_target := relations.found.get(relation)) is not None
            and kind_and_target[0].endswith(SHEET_TYPE)
            and (target := kind_and_target[1])
        ),
        from_1904=listed.from_1904,
        formats=formats.found,
        texts=texts.found,
        links_elsewhere="externalLink" in parts,
    )


def local(name: str) -> str:
    """The name of an element without the prefix its writer chose."""
    return name.rpartition(":")[2] if ":" in name else name


def is_on(value: str | None) -> bool:
    """How the format writes true."""
    return value in {"1", "true"}


def _mind_the_names(count: int) -> None:
    if count >= MAX_NAMED:
        raise RefusedError(FileCode.TOO_MANY_PARTS, parts=f"{count:,}", limit=f"{MAX_NAMED:,}")


def _at(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))


class _Relations(PackagePart):
    """Id to kind and target. What lies outside the file is not even remembered."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, tuple[str, str]] = {}

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  the parser's name for it
        self.events += 1
        if local(name) == "Relationship" and attrs.get("TargetMode") != "External":
            _mind_the_names(len(self.found))
            self.found[attrs.get("Id", "")] = (attrs.get("Type", ""), attrs.get("Target", ""))


class _Sheets(PackagePart):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, bool]] = []
        self.from_1904 = False

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  the parser's name for it
        self.events += 1
        match local(name):
            case "workbookPr":
                self.from_1904 = is_on(attrs.get("date1904"))
            case "sheet":
                relation = next((attrs[each] for each in attrs.getNames() if each.endswith(":id")), "")
                hidden = attrs.get("state", "visible") != "visible"
                _mind_the_names(len(self.found))
                self.found.append((plain_text(attrs.get("name", "")), relation, hidden))


class _Formats(PackagePart):
    """The format of each cell style, in the order in which cells refer to them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Format] = []
        self._codes: dict[str, str] = {}
        self._in_cells = False

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  the parser's name for it
        self.events += 1
        match local(name):
            case "numFmt" if len(self._codes) < MAX_FORMATS:
                self._codes[attrs.get("numFmtId", "")] = attrs.get("formatCode", "")
            case "cellXfs":
                self._in_cells = True
            case "xf" if self._in_cells and len(self.found) < MAX_FORMATS:
                number = attrs.get("numFmtId", "0")
                self.found.append(format_of(self._codes.get(number) or builtin_format(int(number))))

    def endElement(self, name: str) -> None:  # noqa: N802  the parser's name for it
        if local(name) == "cellXfs":
            self.done = True


class TextPart(PackagePart):
    """A part with texts in ``t``, perhaps in several pieces; how a text is pronounced is no part of it."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._listening = False
        self._pronounced = False
        self._length = 0

    def listen(self) -> None:
        """A text begins."""
        self._listening = not self._pronounced

    def pronounced(self, *, begins: bool) -> None:
        """A phonetic reading begins or ends."""
        self._pronounced = begins

    def stop(self) -> None:
        """A piece ends."""
        self._listening = False

    def characters(self, content: str) -> None:
        """Part of a piece; an enormous cell is cut where it can no longer be meant."""
        self.events += 1
        if self._listening and self._length <= MAX_LINE_CHARACTERS:
            self.pieces.append(content)
            self._length += len(content)

    def taken(self) -> str:
        """All pieces since the last time."""
        if not self.pieces:
            return ""
        text = self.pieces[0] if len(self.pieces) == 1 else "".join(self.pieces)
        self.pieces.clear()
        self._length = 0
        return text


class _Texts(TextPart):
    """The shared texts; cells name them by number."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._characters = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: ARG002, N802  the parser's form
        self.events += 1
        tag = local(name)
        if tag == "t":
            self.listen()
        elif tag == "rPh":
            self.pronounced(begins=True)

    def endElement(self, name: str) -> None:  # noqa: N802  the parser's name for it
        tag = local(name)
        if tag == "t":
            self.stop()
        elif tag == "rPh":
            self.pronounced(begins=False)
        elif tag == "si":
            text = plain_text(self.taken())
            self._characters += len(text)
            if len(self.found) == MAX_TEXTS or self._characters > MAX_TEXT_CHARACTERS:
                limit = str(MAX_TEXT_CHARACTERS // (1024 * 1024))
                raise RefusedError(FileCode.UNPACKS_TOO_LARGE, limit=limit)
            self.found.append(text)

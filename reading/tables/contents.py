"""What is in these bytes? Judged by content alone: text and its alphabet, or something that is no table."""

from reading.tables.codes import FileNote, Noticed

# What other files begin with. The name and the sender's word for the type prove nothing.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "packed"),
    (b"PK\x05\x06", "packed"),
    (b"\x1f\x8b", "zip"),
    (b"7z\xbc\xaf", "zip"),
    (b"Rar!", "zip"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"RIFF", "image"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3", "binary"),
    (b"\x7fELF", "binary"),
)
# What Office wrote before 2007 is one container for everything; the names of what is in it are UTF-16.
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "encrypted"
OLD_INSIDE = tuple(
    (name.encode("utf-16-le"), word)
    for name, word in (
        ("EncryptedPackage", ENCRYPTED),
        ("WordDocument", "document"),
        ("PowerPoint Document", "slides"),
    )
)
MARKUP = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<svg", b"<script")
BLANK = b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"
SAMPLE = 4096


def is_blank(data: bytes) -> bool:
    """True when there is nothing but white space and byte order marks."""
    return not data.strip(BLANK)


def sniff(data: bytes) -> str:
    """``text``, or a word for what the content is instead."""
    beginning = data[:SAMPLE]
    if b"%PDF-" in beginning[:1024]:
        return "pdf"
    if data.startswith(OLD_OFFICE):
        return next((word for name, word in OLD_INSIDE if name in data), "xls")
    for start, word in SIGNATURES:
        if data.startswith(start):
            return word
    if data[4:8] == b"ftyp":
        return "image"
    if beginning.lstrip(BLANK).lower().startswith(MARKUP):
        return "html"
    return "text" if _is_text(beginning) else "binary"


def _is_text(sample: bytes) -> bool:
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")) or _utf16_without_mark(sample):
        return True
    # A few stray control bytes and NULs are slips of an old export; a picture or a program is full of them.
    controls = sum(1 for byte in sample if byte < 32 and byte not in b"\t\r\n\x0b\x0c\x1a\x1b\x00")
    return controls * 50 <= len(sample) and sample.count(0) * 20 <= max(len(sample), 100)


def _utf16_without_mark(sample: bytes) -> str | None:
    half = len(sample) // 2
    if half < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd * 10 > half * 8 and even * 10 < half:
        return "utf-16-le"
    if even * 10 > half * 8 and odd * 10 < half:
        return "utf-16-be"
    return None


def decode(data: bytes) -> tuple[str, list[Noticed]]:
    """The text, and what had to be given up for it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _without_nul(data.decode("utf-16", errors="replace"))
    if unmarked := _utf16_without_mark(data[:SAMPLE]):
        return _without_nul(data.decode(unmarked, errors="replace"))
    try:
        return _without_nul(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _decode_by_line(data)


def _decode_by_line(data: bytes) -> tuple[str, list[Noticed]]:
    # One pasted line in the old Windows alphabet must not turn every other name of a UTF-8 file into rubbish.
    lines: list[str] = []
    windows: list[int] = []
    lost: list[int] = []
    unicode_lines = 0
    for number, raw in enumerate(data.split(b"\n"), 1):
        text = _decoded(raw, "utf-8")
        if text is not None:
            unicode_lines += not raw.isascii()
        else:
            windows.append(number)
            text = _decoded(raw, "cp1252")
            if text is None:
                lost.append(number)
                text = raw.decode("cp1252", errors="replace")
        lines.append(text)
    read, noticed = _without_nul("\n".join(lines))
    if unicode_lines:
        noticed.append(Noticed(FileNote.ENCODING_MIXED, (("lines", _some(windows)),)))
    else:
        noticed.append(Noticed(FileNote.ENCODING_FALLBACK, (("encoding", "cp1252"),)))
    if lost:
        noticed.append(Noticed(FileNote.LETTERS_LOST, (("lines", _some(lost)),)))
    return read, noticed


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _some(lines: list[int]) -> str:
    shown = ", ".join(str(line) for line in lines[:10])
    return f"{shown} (+{len(lines) - 10})" if len(lines) > 10 else shown


def _without_nul(text: str) -> tuple[str, list[Noticed]]:
    text = text.removeprefix("\ufeff")
    count = text.count("\x00")
    if not count:
        return text, []
    return text.replace("\x00", ""), [Noticed(FileNote.NUL_REMOVED, (("count", str(count)),))]

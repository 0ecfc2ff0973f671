"""A file is what its first bytes say, whatever it is called, and no bytes at all can upset the look at it."""

import io
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.files import size
from messages.words import load
from reading.files import HEAD, FileType, sniff

WORDS = load()
PADDING = bytes(range(256)) * 20


def a_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("certificate.pdf", b"%PDF-1.4")
    return out.getvalue()


def a_tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as file:
        file.addfile(tarfile.TarInfo("certificate.pdf"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", FileType.EMPTY),
        (b"%PDF-1.7\n" + PADDING, FileType.PDF),
        (b"\xef\xbb\xbf%PDF-1.4\n" + PADDING, FileType.PDF),
        (b"\n\n%PDF-1.4\n" + PADDING, FileType.PDF),
        (b"\xff\xd8\xff\xe0" + PADDING, FileType.JPEG),
        (b"\xff\xd8\xff\xe1Exif" + PADDING, FileType.JPEG),
        (b"\x89PNG\r\n\x1a\n" + PADDING, FileType.PNG),
        (b"GIF89a" + PADDING, FileType.GIF),
        (b"GIF87a" + PADDING, FileType.GIF),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 " + PADDING, FileType.WEBP),
        (b"RIFF\x00\x00\x00\x00WAVEfmt " + PADDING, FileType.UNKNOWN),
        (b"II*\x00" + PADDING, FileType.TIFF),
        (b"MM\x00*" + PADDING, FileType.TIFF),
        (b"\x00\x00\x00\x18ftypheic" + PADDING, FileType.HEIC),
        (b"\x00\x00\x00\x18ftypmif1" + PADDING, FileType.HEIC),
        (b"\x00\x00\x00\x18ftypisom" + PADDING, FileType.UNKNOWN),  # a film
        (b"MZ\x90\x00\x03" + PADDING, FileType.PROGRAM),
        (b"MZ", FileType.TEXT),  # a note that says so
        (b"\x7fELF" + PADDING, FileType.UNKNOWN),
        (a_zip(), FileType.ARCHIVE),
        (a_tar(), FileType.ARCHIVE),
        (b"\x1f\x8b\x08" + PADDING, FileType.ARCHIVE),
        (b"7z\xbc\xaf'\x1c" + PADDING, FileType.ARCHIVE),
        (b"Rar!\x1a\x07\x00" + PADDING, FileType.ARCHIVE),
        (b"BZh91AY&SY" + PADDING, FileType.ARCHIVE),
        (b"\xfd7zXZ\x00" + PADDING, FileType.ARCHIVE),
        (b"MSCF\x00\x00\x00\x00" + PADDING, FileType.ARCHIVE),
        (b"autism class, 4 hours\r\n", FileType.TEXT),
        ("Jos\u00e9 \u2013 certificate".encode(), FileType.TEXT),
        ("certificate".encode("utf-16"), FileType.TEXT),
        (b"<html><script>alert(1)</script>", FileType.TEXT),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", FileType.TEXT),
        (b"#!/bin/sh\nrm -rf /\n", FileType.TEXT),
        ("\u00e9".encode() * HEAD, FileType.TEXT),  # a letter lies across the end of what is looked at
        (b"x" + "\u00e9".encode() * HEAD, FileType.TEXT),
        (b"\xc3", FileType.UNKNOWN),
        (b"text with \x00 in it", FileType.UNKNOWN),
        (b"\x00", FileType.UNKNOWN),
        (b"\xff\xfe\x00", FileType.UNKNOWN),
        (b" " * 10, FileType.TEXT),
        (b"%PDF", FileType.TEXT),  # cut too early to be one
        (b"\x00\x00\x00\x18ftyp", FileType.UNKNOWN),
        (b"RIFF", FileType.TEXT),
        (b"html first, then %PDF-1.4", FileType.TEXT),
    ],
)
def test_a_file_is_known_by_its_content(content: bytes, found: FileType) -> None:
    assert sniff(content) is found


@given(st.binary(max_size=400))
def test_no_bytes_upset_the_look(content: bytes) -> None:
    assert sniff(content) in FileType


@given(st.sampled_from([b"%PDF-", b"\x89PNG\r\n\x1a\n", b"II+\x00", b"\xff\xfe", b"MZ", b"PK"]), st.binary())
def test_whatever_follows_a_mark_is_looked_at_calmly(mark: bytes, rest: bytes) -> None:
    assert sniff(mark + rest) is not FileType.EMPTY


@pytest.mark.parametrize(
    ("bytes_", "said"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_000, "1 KB"),
        (1_449, "1.4 KB"),
        (9_960, "10 KB"),
        (14_500, "15 KB"),
        (999_499, "999 KB"),
        (999_500, "1 MB"),
        (1_400_000, "1.4 MB"),
        (20_000_000, "20 MB"),
        (999_999_999, "1 GB"),
        (5_000_000_000_000, "5000 GB"),
    ],
)
def test_a_size_is_said_as_telephones_say_it(bytes_: int, said: str) -> None:
    assert size(bytes_, WORDS) == said

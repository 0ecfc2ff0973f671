"""Is a form read no further, and held no longer, than one message may take?"""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.links.multipart import MOST_BODY, FormReader, SentForm, UnreadableFormError
from tests.fakes.loop import run

TYPE = "multipart/form-data; boundary=x"
FILE = b'--x\r\nContent-Disposition: form-data; name="files"; filename="%b"\r\n\r\n%b\r\n'
WORDS = b'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\n%b\r\n'
END = b"--x--\r\n"


async def chunks(*parts: bytes) -> AsyncIterator[bytes]:
    """A body as it comes."""
    for part in parts:
        yield part


def read(reader: FormReader, *parts: bytes) -> SentForm:
    """What the reader makes of a body."""
    return run(reader.read(TYPE, chunks(*parts)))


def refused(reader: FormReader, *parts: bytes) -> str:
    """Why the reader takes nothing of it."""
    with pytest.raises(UnreadableFormError) as error:
        read(reader, *parts)
    return error.value.code


def test_files_and_words_come_as_they_were_sent_however_they_are_cut() -> None:
    body = FILE % (b"a.pdf", b"\r\n--x-not-the-end\r\n") + WORDS % "Año 4 h".encode() + END
    whole = read(FormReader(), body)
    assert [(each.name, each.content) for each in whole.files] == [("a.pdf", b"\r\n--x-not-the-end\r\n")]
    assert whole.text == "Año 4 h"
    assert read(FormReader(), *(body[at : at + 1] for at in range(len(body)))) == whole


def test_a_field_that_was_left_empty_is_no_file() -> None:
    assert read(FormReader(), FILE % (b"", b"") + WORDS % b" " + END) == SentForm((), "")


def test_an_empty_file_with_a_name_is_one_so_that_it_is_spoken_of() -> None:
    [file] = read(FormReader(), FILE % (b"cert.pdf", b"") + END).files
    assert (file.name, file.content) == ("cert.pdf", b"")


def test_what_all_send_at_once_has_an_end_and_room_comes_back() -> None:
    reader = FormReader(most_at_once=1_000)
    assert refused(reader, FILE % (b"a", b"y" * 2_000), END) == "busy"
    assert read(reader, FILE % (b"a", b"y" * 500), END).files


def test_of_a_body_without_end_no_more_is_taken_than_a_message_may_weigh() -> None:
    part = b"y" * 2**20
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        yield b"--y"
        while True:
            taken += len(part)
            yield part

    with pytest.raises(UnreadableFormError, match="too-large"):
        run(FormReader().read(TYPE, endless()))
    assert taken <= MOST_BODY + len(part)


def test_nobody_holds_a_place_for_longer_than_the_patience_lasts() -> None:
    async def stops() -> AsyncIterator[bytes]:
        yield FILE % (b"a", b"y")
        await asyncio.Event().wait()

    with pytest.raises(UnreadableFormError, match="slow"):
        run(FormReader(patience=timedelta()).read(TYPE, stops()))

"""A file was sent, and files are not taken yet: what it was, that nothing was kept, and what to do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from messages import wording
from messages.answer import NAME_ROOM
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Fact, Facts, Message, Note, Paragraph, Part, Picture
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words

MOST_SHOWN = 10
TEXT_SHOWN = 3
# As telephones and shops count it.
UNIT = 1000
UNITS = ("kb", "mb", "gb")
# From here on a digit behind the point tells nobody anything.
WHOLE_FROM = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """One file: bytes, what it is by its content (``file-type-<type>``), and where it can be shown, if it can be."""

    size: int
    type: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileNotTakenFacts:
    """The files of one message, and who takes the originals."""

    files: tuple[FileFacts, ...]
    coordinator: str


def file_not_taken(facts: FileNotTakenFacts, words: Words) -> Message:
    """First that nothing was kept, then file by file."""
    files = facts.files[:MOST_SHOWN]
    lead = words.say("file-not-taken")
    keep = words.say_many("file-keep", len(facts.files), name=shortened(facts.coordinator, NAME_ROOM))
    parts: list[Part] = [Paragraph(lead), Paragraph(keep), *_listed(files, words)]
    more = len(facts.files) - len(files)
    if more:
        parts.append(Note(words.say_many("file-more", more)))
    parts += [_picture(file, words) for file in files if file.href]
    parts.append(Note(words.say_many("file-log", len(facts.files))))
    replies = (Reply.STATUS, Reply.HUMAN)
    return Message(
        kind=MessageKind.FILE_NOT_TAKEN,
        title=words.say("file-not-taken-title"),
        body=tuple(parts),
        sms=(Clause(lead), Clause(keep), Clause(_got(facts.files, words), 1), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def size(bytes_: int, words: Words) -> str:
    """``512 bytes``, ``14 KB``, ``1.4 MB``."""
    if bytes_ < UNIT:
        return words.say_many("size-bytes", bytes_)
    for power, unit in enumerate(UNITS, start=1):
        number = Decimal(bytes_) / UNIT**power
        number = number.quantize(Decimal("1" if number >= WHOLE_FROM else "0.1"), ROUND_HALF_UP)
        if number < UNIT or unit == UNITS[-1]:
            return words.say(f"size-{unit}", number=wording.number(number))
    raise AssertionError(bytes_)


def _listed(files: Sequence[FileFacts], words: Words) -> tuple[Part, ...]:
    """Of a single file a sentence, of several a row each."""
    if len(files) == 1:
        return (Paragraph(_sentence(files[0], words)),)
    return (
        Facts(
            tuple(
                Fact(words.say("file-number", number=number), _said(file, words))
                for number, file in enumerate(files, start=1)
            )
        ),
    )


def _sentence(file: FileFacts, words: Words) -> str:
    if not file.size:
        return words.say("file-is-empty")
    return words.say("file-is", type=words.say(f"file-type-{file.type}"), size=size(file.size, words))


def _said(file: FileFacts, words: Words) -> str:
    return words.say("file-line", type=words.say(f"file-type-{file.type}"), size=size(file.size, words))


def _got(files: Sequence[FileFacts], words: Words) -> str:
    if len(files) == 1:
        return _sentence(files[0], words)
    items = wording.first_of([_said(file, words) for file in files], TEXT_SHOWN, words)
    return words.say("file-got", items=items)


def _picture(file: FileFacts, words: Words) -> Picture:
    return Picture(file.href, words.say("file-picture", size=size(file.size, words)))

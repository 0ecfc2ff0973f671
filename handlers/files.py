"""A file came in. Until certificates can be taken, the answer says so first; the file is kept closed, as it came."""

from handlers.routing import Answered, Asked, SentFile
from handlers.status import coordinator, finish
from messages import files as say
from reading.files import SHOWN_BY_BROWSERS, FileType, media_type, sniff
from training.asking import GivenFile, Outcome, Question


def not_taken(question: Question, asked: Asked) -> Answered:
    """What each file is by its content. Its name is kept nowhere."""
    found = tuple((file, sniff(file.content)) for file in asked.files)
    facts = say.FileNotTakenFacts(
        files=tuple(_file(file, kind) for file, kind in found),
        coordinator=coordinator(question, asked),
    )
    # The conversation stays on what it was about: WHY after a photo still means the same rule.
    return finish(say.file_not_taken(facts, asked.words), Outcome(kind=""), **question.remembered())


def given(file: SentFile) -> GivenFile:
    """The file as it is kept."""
    kind = sniff(file.content)
    return GivenFile(content=file.content, type=kind.value, media_type=media_type(kind))


def _file(file: SentFile, kind: FileType) -> say.FileFacts:
    """A door shows again only what every browser draws as a picture, whatever it was called."""
    return say.FileFacts(
        size=len(file.content), type=kind.value, href=file.href if kind in SHOWN_BY_BROWSERS else ""
    )

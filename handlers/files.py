"""A file came in. Until certificates can be taken, the answer says so first, and nothing of the file is kept."""

from hashlib import sha256

from handlers.routing import Answered, Asked, SentFile
from handlers.status import coordinator, finish
from messages import files as say
from reading.files import SHOWN_BY_BROWSERS, FileType, sniff
from training.asking import Outcome, Question


def not_taken(question: Question, asked: Asked) -> Answered:
    """What each file is by its content. The log has kind, size and fingerprint, and neither name nor content."""
    found = tuple((file, sniff(file.content)) for file in asked.files)
    facts = say.FileNotTakenFacts(
        files=tuple(_file(file, kind) for file, kind in found),
        coordinator=coordinator(question, asked),
    )
    logged = [
        {"type": kind.value, "bytes": len(file.content), "sha256": sha256(file.content).hexdigest()}
        for file, kind in found
    ]
    outcome = Outcome(kind="", data={"files": logged})
    # The conversation stays on what it was about: WHY after a photo still means the same rule.
    return finish(say.file_not_taken(facts, asked.words), outcome, **question.remembered())


def _file(file: SentFile, kind: FileType) -> say.FileFacts:
    """A door shows again only what every browser draws as a picture, whatever it was called."""
    return say.FileFacts(
        size=len(file.content), type=kind.value, href=file.href if kind in SHOWN_BY_BROWSERS else ""
    )

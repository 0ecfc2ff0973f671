"""What is a file that came in, as it is kept? By its content; its name is kept nowhere."""

from handlers.routing import SentFile
from reading.files import media_type, sniff
from training.asking import GivenFile


def given(file: SentFile) -> GivenFile:
    """The file as it is kept."""
    kind = sniff(file.content)
    return GivenFile(content=file.content, type=kind.value, media_type=media_type(kind))

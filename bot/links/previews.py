"""How does a kept file look? Drawn anew by the process that reads files; nothing of the file itself is shown."""

from collections.abc import Callable, Sequence

from training.office import Office

# As long as reading one file may take.
SECONDS = 20.0


def previews_of(office: Office) -> Callable[[bytes], Sequence[bytes]]:
    """JPEG pictures of the pages of a file; none of one that cannot be read."""

    def drawn(content: bytes) -> Sequence[bytes]:
        found = None if office.reader is None else office.reader.read(content, within=SECONDS)
        return () if found is None else found.previews

    return drawn

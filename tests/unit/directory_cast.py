"""Examples of what is told of the agency's directory."""

from collections.abc import Callable

from messages import directory
from messages.directory import DirectoryFacts
from messages.model import Message
from messages.words import Words

EXAMPLES: dict[str, Callable[[Words], Message]] = {
    "directory-waits": lambda words: directory.waiting(
        DirectoryFacts(new=3, changed=1, rejected=1, gone=2), words
    ),
    "directory-waits-one": lambda words: directory.waiting(DirectoryFacts(gone=1), words),
}

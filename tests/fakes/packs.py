"""The shipped packs, read once for all tests: nobody writes to them, and to read them takes longer than to answer."""

from functools import cache

from training.packs import PackShelf


@cache
def shipped_packs() -> PackShelf:
    """A shelf with the shipped packs alone."""
    return PackShelf()

"""What does the record need from day to day, beside being judged? Disposals come to their end, chains are anchored."""

from scheduler.jobs import Work
from training.content.disposal import finish_all_disposals
from training.ledger.another import forget_what_is_over
from training.links.links import clear_expired
from training.safekeeping.anchors import anchor_all


def finish_what_goes(work: Work) -> int:
    """Destroy the keys of items whose tombstone stands and whose key was left behind by a crash."""
    return finish_all_disposals(work.office)


def clear_links(work: Work) -> int:
    """Let go of one-time links whose time is over: what they would have opened is kept no longer than they work.

    Administrators own it; nobody's record changes.
    """
    return clear_expired(work.office)


def forget_words(work: Work) -> int:
    """Words that were kept in case a carrier says that they did not arrive."""
    return forget_what_is_over(work.office)


def anchor_the_day(work: Work) -> int:
    """Write today's end of every chain to the second place, once a day; nothing where nobody named one."""
    folder = work.office.anchors
    return 0 if folder is None else len(anchor_all(work.office, folder))

"""Which parts of a long text stay when a channel has little room: clauses in order, with priorities."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

# What stands for the part that was cut, in characters every channel has.
ELLIPSIS = "..."


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of a short text. Priority 0 always stays; the highest number goes first.

    ``shorter`` holds ready wordings of the same clause, longest first, tried before it is dropped.
    """

    text: str
    priority: int = 0
    shorter: tuple[str, ...] = ()


def fit(clauses: Iterable[Clause], fits: Callable[[str], bool], more: str) -> str:
    """The clauses joined in order, shortened and dropped by priority until ``fits`` says yes.

    ``more`` is the sentence that offers the rest; it is added only when a clause was dropped. The first
    clause decides the answer: it is never dropped, and is cut only when it alone does not fit.
    """
    kept = [clause for clause in clauses if clause.text]
    offers = ""
    while not fits(_joined(kept, offers)):
        index = _least_needed(kept)
        if index is None:
            return _cut(_joined(kept, offers), fits)
        clause = kept[index]
        if clause.shorter:
            kept[index] = Clause(clause.shorter[0], clause.priority, clause.shorter[1:])
        else:
            del kept[index]
            offers = more
    return _joined(kept, offers)


def shortened(text: str, room: int) -> str:
    """``text`` cut at a word to at most ``room`` characters, visibly."""
    if len(text) <= room:
        return text
    head = text[: max(room - len(ELLIPSIS), 0)]
    at_word, space, _ = head.rpartition(" ")
    # A single endless word is cut inside; losing all of it would say nothing.
    return (at_word if space and len(at_word) * 2 >= len(head) else head).rstrip(" ,;:.") + ELLIPSIS


def _joined(clauses: list[Clause], more: str) -> str:
    texts = [clause.text for clause in clauses]
    return " ".join([*texts, more] if more else texts)


def _least_needed(clauses: list[Clause]) -> int | None:
    """The clause that gives way next: it says itself shorter while it can, and only then goes.

    Among equals all are shortened before one is dropped, the last first, so that a group keeps its name.
    """
    candidates = [
        index for index, clause in enumerate(clauses) if clause.shorter or (index and clause.priority)
    ]
    if not candidates:
        return None
    return max(candidates, key=lambda at: (clauses[at].priority, bool(clauses[at].shorter), at))


def _cut(whole: str, fits: Callable[[str], bool]) -> str:
    """Last resort for endless names and labels: the longest beginning that fits."""
    short, long = 0, len(whole)
    while short < long:
        room = (short + long + 1) // 2
        if fits(shortened(whole, room)):
            short = room
        else:
            long = room - 1
    return shortened(whole, short)

"""May this word be said to what somebody proposed? A second person confirms or refuses it; whoever proposed it may only
take it back, and the first word stands."""

from collections.abc import Sequence

from db.records.facts import Role
from training.asking import OvertakenError, Question


def first_word(
    question: Question,
    *,
    own: bool,
    open_still: bool,
    confirms: bool,
    proposers: Sequence[Role],
    seconds: Sequence[Role],
) -> None:
    """OvertakenError when somebody was first, the asker confirms what is their own, or holds no role for it."""
    holds(question, proposers if own else seconds)
    if not open_still or (own and confirms):
        raise OvertakenError


def holds(question: Question, roles: Sequence[Role]) -> None:
    """OvertakenError when the asker holds none of these roles. That they are those of the moment at which it is written
    down, ``settle`` has seen inside the same transaction."""
    if not question.has(*roles):
        raise OvertakenError

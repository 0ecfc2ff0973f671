"""Is a number in a short question somebody's badge?"""

from training.asking import Question
from training.people import named
from training.permissions import asks_about_others

# What a bare number is taken for unless it is somebody's badge.
MAY_BE_A_BADGE = frozenset({"request"})
BESIDE_A_BADGE = frozenset(
    {
        "how",
        "hows",
        "how's",
        "is",
        "badge",
        "number",
        "status",
        "of",
        "officer",
        "ofc",
        "good",
        "ok",
        "doing",
        "up",
    }
)


def badge_meant(question: Question, text: str) -> str:
    """A short question with the badge of somebody the asker may see; a number alone decides nothing else."""
    words = text.strip(" ?!.").split()
    numbers = [word for word in words if word.isdecimal()]
    others = {word.casefold().strip("'") for word in words if not word.isdecimal()}
    if not asks_about_others(question) or len(numbers) != 1 or not others or not others <= BESIDE_A_BADGE:
        return ""
    return numbers[0] if named(question, numbers[0]).found else ""

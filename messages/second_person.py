"""What can be pressed about a version of rules that waits: a second person confirms or refuses it, whoever proposed it
takes it back."""

from typing import Literal

from messages.model import Button
from messages.words import Words

RulesName = Literal["request-rules", "review-rules"]


def answers(
    rules: RulesName, version: int, words: Words, *, own: bool, may_confirm: bool
) -> tuple[Button, ...]:
    """The buttons under what waits. ``rules`` is what the keys and the routes of these rules are called by."""
    acts = ("confirm", "refuse") if may_confirm else ("refuse",)
    return tuple(
        Button(
            words.say(f"{rules}-{'take-back' if own else act}-label", version=version),
            f"{act}-{rules}",
            str(version),
            words.say(f"{rules}-{act}-typed", version=version),
        )
        for act in acts
    )

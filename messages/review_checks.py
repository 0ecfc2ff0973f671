"""What does a reviewer have to compare with the file? Fields to tick and fields to type into, empty to begin with."""

from collections.abc import Sequence

from messages.entry_values import value_label
from messages.model import Choice, ChoiceField, DateField, Field, NumberField
from messages.words import Words


def checks(
    must: Sequence[str], typed: Sequence[str], confirmed: Sequence[str], words: Words
) -> tuple[Field, ...]:
    """What is compared with the file: ticked, or typed from it and never filled in before."""
    ticked = tuple(each for each in must if each not in typed)
    found: list[Field] = []
    if ticked:
        found.append(
            ChoiceField(
                name="confirmed",
                label=words.say("review-confirmed"),
                choices=tuple(Choice(name, value_label(name, words)) for name in ticked),
                value=tuple(confirmed),
                hint=words.say("review-confirmed-hint"),
                required=False,
                many=True,
            )
        )
    if "completed_on" in typed:
        found.append(
            DateField(
                name="typed-completed_on",
                label=words.say("review-typed-completed_on"),
                hint=words.say("review-typed-hint"),
                required=False,
            )
        )
    if "hours" in typed:
        found.append(
            NumberField(
                name="typed-hours",
                label=words.say("review-typed-hours"),
                hint=words.say("review-typed-hint"),
                required=False,
            )
        )
    return tuple(found)

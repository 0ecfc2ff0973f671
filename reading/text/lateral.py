"""Is this about the record of an officer with two employers? Exact forms only: none is taken out of a sentence."""

import re

from reading.text.model import Slot, Understood

_NUMBER = r"(?:number |no |#)?(?P<choice>\d{1,4})"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (command, re.compile(form))
    for command, form in (
        (
            "intake",
            r"(?:lateral )?intake (?:of |for )?(?:badge )?(?P<of>[^?]{1,60}?) from (?P<agency>[^?]{2,80})",
        ),
        ("intakes", r"(?:lateral )?(?:intakes|intake requests)"),
        ("intake-take", rf"take in {_NUMBER}"),
        ("intake-end", rf"end intake {_NUMBER}"),
        ("releases", r"(?:my )?releases|who asks for my record|release requests"),
        ("release", rf"(?:allow|release) {_NUMBER}"),
        ("release-stop", rf"keep back {_NUMBER}"),
    )
)


def lateral_command(raw: str) -> Understood | None:
    """The command and its slots, or None for every other text."""
    text = " ".join(raw.casefold().split()).rstrip(".!?")
    for command, form in _FORMS:
        said = form.fullmatch(text)
        if said is not None:
            slots: dict[str, Slot] = {
                name: found.strip() for name, found in said.groupdict().items() if found
            }
            if "choice" in slots:
                slots["choice"] = int(str(slots["choice"]))
            return Understood(intent="training_history", slots=slots, confidence=0.95, command=command)
    return None

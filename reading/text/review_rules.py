"""Which word about the rules of review, second looks and their figures is this? Exact forms only."""

import re

from reading.text.model import Slot, Understood
from reading.text.upload_numbers import NUMBER

_RULES = r"(?:review rules|rules of review)"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (command, re.compile(form))
    for command, form in (
        ("review-rules", rf"(?:show )?(?:the )?{_RULES}"),
        ("propose-review-rules", rf"(?:propose|change) {_RULES}"),
        (
            "propose-review-rules",
            (
                rf"propose {_RULES}:? (?:second looks )?(?P<percent>\d{{1,3}}) ?(?:percent|%)(?: second looks)?,?"
                r" because (?P<words>.+)"
            ),
        ),
        ("confirm-review-rules", rf"confirm {_RULES}(?: version)? (?P<version>\d{{1,6}})"),
        ("refuse-review-rules", rf"refuse {_RULES}(?: version)? (?P<version>\d{{1,6}})"),
        ("second-looks", r"second looks"),
        ("open-second-look", rf"open second look(?: at)? {NUMBER}"),
        (
            "second-look",
            rf"second look(?: at)? {NUMBER}(?:,? (?P<said>agrees|differs)(?:,? (?:in )?(?P<values>[a-z, ]+))?)?",
        ),
        (
            "certificate-figures",
            r"certificate figures(?:,? (?:for )?(?:the )?(?:last )?(?P<days>\d{1,3}) days?)?",
        ),
    )
)
_VALUES = {
    "class": "title",
    "title": "title",
    "date": "completed_on",
    "day": "completed_on",
    "hours": "hours",
    "provider": "provider",
    "number": "number",
}


def review_rules_command(raw: str) -> Understood | None:
    """The command and what it names, or None for every other text."""
    text = " ".join(raw.casefold().split()).rstrip(".!?")
    for command, form in _FORMS:
        said = form.fullmatch(text)
        if said is not None:
            slots: dict[str, Slot] = {name: told for name, told in said.groupdict().items() if told}
            if "words" in slots:
                # As it was written: whoever confirms reads it.
                slots["words"] = " ".join(raw.split())[-len(said["words"]) :]
            if "values" in slots:
                named = (_VALUES[word] for word in re.findall(r"[a-z]+", said["values"]) if word in _VALUES)
                slots["values"] = tuple(dict.fromkeys(named))
            return Understood(intent="certificate_status", slots=slots, confidence=0.95, command=command)
    return None

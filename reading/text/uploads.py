"""Which word about a sent certificate is this? Exact forms only: none of them may be taken out of a sentence."""

import re

from reading.text.model import Slot, Understood

_NUMBER = r"u ?-? ?(?P<upload_id>\d{3,9})"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (command, re.compile(form))
    for command, form in (
        ("my-certificates", r"(?:show |list )?my (?:certificates|uploads)|uploads"),
        ("certificate", rf"(?:(?:show|status of|status|open) )?{_NUMBER}"),
        ("certificate-withdraw", rf"(?:withdraw|take back|cancel)(?: certificate| upload)? {_NUMBER}"),
        ("certificate-withdraw", r"withdraw(?: it| that| certificate| upload)?"),
        ("certificate-correct", rf"(?:correct|fix|change|edit)(?: certificate| upload)? {_NUMBER}"),
        ("reviews", r"(?:certificates? )?(?:reviews|to review|review list|review queue|what is to review)"),
        ("review-certificate", rf"review {_NUMBER}"),
    )
)


def upload_command(raw: str) -> Understood | None:
    """The command and the number it names, or None for every other text."""
    text = " ".join(raw.casefold().split()).rstrip(".!?")
    for command, form in _FORMS:
        said = form.fullmatch(text)
        if said is not None:
            number = said.groupdict().get("upload_id")
            slots: dict[str, Slot] = {} if number is None else {"upload_id": f"U-{number}"}
            return Understood(intent="certificate_status", slots=slots, confidence=0.95, command=command)
    return None

"""Which word about a sent certificate is this? Exact forms only: none of them may be taken out of a sentence."""

import re

from reading.text.model import Slot, Understood
from reading.text.upload_numbers import NUMBER

_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (command, re.compile(form))
    for command, form in (
        ("my-certificates", r"(?:show |list )?my (?:certificates?|certs?|uploads?)|uploads"),
        ("certificate", rf"(?:(?:show|status of|status) )?{NUMBER}"),
        ("certificate-withdraw", rf"(?:withdraw|take back|cancel)(?: certificate| upload)? {NUMBER}"),
        ("certificate-withdraw", r"withdraw(?: it| that| certificate| upload)?"),
        ("certificate-correct", rf"(?:correct|fix|change|edit)(?: certificate| upload)? {NUMBER}"),
        ("reviews", r"(?:certificates? )?(?:reviews|to review|review list|review queue|what is to review)"),
        ("unmatched", r"(?:unmatched|unmatched (?:certificates|evidence)|what matches nobody)"),
        ("drafts", r"(?:forgotten |open )?drafts"),
        ("review-certificate", rf"review {NUMBER}"),
        ("open-certificate", rf"open(?: the)?(?: file(?: of)?)? {NUMBER}"),
        (
            "approve-certificate",
            (
                rf"approve {NUMBER}(?:,? ?(?:checked|confirmed|confirming|with)?:? ?(?P<confirmed>[a-z, ]*?))?"
                r"(?: ?typed (?P<typed>[a-z0-9., -]+))?"
            ),
        ),
        ("return-certificate", rf"(?:return|send back) {NUMBER}(?:,? ?(?:because|:)? ?(?P<words>.+))?"),
    )
)


_ASKS = re.compile(
    r"\?|^\W*(?:how|where|what|which|who|can|could|do|does|may|should|is|are|will)\b|\bhow (?:do|to|can)\b"
)
_CAME = re.compile(
    r"\b(?:here(?:'?s| is| are| it is)|attach(?:ed|ing)|enclosed|sending|sent|uploaded|uploading|submitting|submitted"
    r"|turning in|turned in|this is|these are|see (?:the )?(?:file|photo|picture|attach\w*))\b"
)
_TAKEN = re.compile(r"\b(?:took|taken|attended|finished|completed|did|done|passed|been (?:to|at)|went to)\b")


def says_a_file_came(text: str) -> bool:
    """Whether words speak of a file that is with them, and do not ask how to send one."""
    plain = _plain(text)
    return _ASKS.search(plain) is None and _CAME.search(plain) is not None


def says_a_class_was_taken(text: str) -> bool:
    """Whether words tell of a class that was taken, and do not ask about it."""
    plain = _plain(text)
    return _ASKS.search(plain) is None and _TAKEN.search(plain) is not None


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("\u2019", "'").split())


_CHECKED = {
    "title": "title",
    "class": "title",
    "topic": "title",
    "date": "completed_on",
    "hours": "hours",
    "provider": "provider",
    "number": "number",
}
_TYPED = {
    "typed_hours": re.compile(r"hours? (\d{1,4}(?:\.\d{1,2})?)"),
    "typed_day": re.compile(r"(?:date|day) (\d{4}-\d{2}-\d{2})"),
}


def _confirmed(written: str) -> tuple[str, ...]:
    """The values that a reviewer says were checked against the file."""
    return tuple(dict.fromkeys(_CHECKED[word] for word in re.findall(r"[a-z]+", written) if word in _CHECKED))


def upload_command(raw: str) -> Understood | None:
    """The command and the number it names, or None for every other text."""
    text = " ".join(raw.casefold().split()).rstrip(".!?")
    for command, form in _FORMS:
        said = form.fullmatch(text)
        if said is not None:
            named = said.groupdict()
            number, confirmed, words = (named.get(each) for each in ("upload_id", "confirmed", "words"))
            slots: dict[str, Slot] = {} if number is None else {"upload_id": f"U-{number}"}
            if confirmed:
                slots["confirmed"] = _confirmed(confirmed)
            for name, pattern in _TYPED.items():
                if (told := pattern.search(named.get("typed") or "")) is not None:
                    slots[name] = told[1]
            if words:
                # As it was written: whoever gets it back reads it.
                slots["words"] = " ".join(raw.split())[-len(words) :]
            return Understood(intent="certificate_status", slots=slots, confidence=0.95, command=command)
    return None

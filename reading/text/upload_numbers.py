"""How do people write the number of a certificate? ``U-3107``, alone or among other words, is read here alone."""

import re

# Numbers begin at 3001; "u 2" and "u 16" are a word and a figure.
_FIGURES = r"[0-9]{3,9}"
# Where the whole text is a command, the number may stand apart from its letter.
NUMBER = rf"u ?-? ?(?P<upload_id>{_FIGURES})"
# In a sentence it may not: "are u 100 percent sure".
IN_A_SENTENCE = rf"(?<![\w-])u-?{_FIGURES}\b"
_ALONE = re.compile(rf"(?:u ?-? ?)?({_FIGURES})", re.IGNORECASE)
_AMONG = re.compile(rf"{IN_A_SENTENCE}[.,:;]*", re.IGNORECASE)


def number_meant(written: str) -> int | None:
    """The number behind ``U-3107``, ``u3107`` or ``3107``; None for anything else."""
    found = _ALONE.fullmatch(written.strip())
    return None if found is None else int(found[1])


def without_numbers(text: str) -> str:
    """The words of a sentence without the certificates that it names."""
    return " ".join(_AMONG.sub(" ", text).split())

"""Does a text hold what this desk must not hold? Numbers that open a person's life, criminal-justice and health words.

Only the obvious: a false alarm costs one step of the custodian, and a word such as "criminal history" in the name of a
class costs everybody their trust in the detector.
"""

import codecs
import re
from enum import StrEnum

# Figures of a text file beyond this are looked at by people.
MOST_CHARACTERS = 200_000


class Spill(StrEnum):
    """What was found; the catalogue holds ``spill-<code>`` for each."""

    SOCIAL_SECURITY = "social-security"
    PAYMENT_CARD = "payment-card"
    CRIMINAL_JUSTICE = "criminal-justice"
    HEALTH = "health"


# Numbers that were never given out are no social-security numbers: 000, 666 and 9xx, group 00, serial 0000.
_SOCIAL_SECURITY = re.compile(
    r"(?<![\d-])(?!000|666|9\d\d)\d{3}([- .])(?!00)\d{2}\1(?!0000)\d{4}(?![\d-])"
    r"|\b(?:ssn|ss ?#|social(?: security)?(?: number| no)?)\b\W{0,3}(?:is\W{0,2})?(?!000|666|9\d\d)\d{9}\b",
    re.IGNORECASE,
)
_CARD = re.compile(r"(?<![\d-])(?:\d[ -]?){14,15}\d(?![\d-])")
# Length and first figures of the four brands that people carry.
_BRANDS = re.compile(r"4\d{15}|5[1-5]\d{14}|2[2-7]\d{14}|6(?:011|5\d\d)\d{12}|3[47]\d{13}")
_ABOUT_TRAINING = re.compile(
    r"\b(?:class(?:es)?|course|training|certificat\w+|policy|seminar|hours|module|exam|requirement)\b",
    re.IGNORECASE,
)
_CRIMINAL_JUSTICE = re.compile(
    r"\b(?:rap sheet|ncic (?:hit|return|response|record|printout)|criminal history (?:of|for|shows|says|printout)"
    r"|(?:has|had|with) (?:a |an )?(?:active |open |outstanding )?(?:felony |misdemeanor )?warrants? (?:for|out of)"
    r"|(?:victim|suspect|witness|juvenile|informant)(?:'s)? (?:name|names|dob|date of birth|address|statement)\b)",
    re.IGNORECASE,
)
_HEALTH = re.compile(
    r"\b(?:(?:was|been|am|is|got) diagnosed with"
    r"|(?:my|his|her|their) (?:diagnosis|prescription|medication|medical records?|therapist|psychiatrist|blood test)"
    r"|hiv positive|doctor'?s note says|psych(?:iatric)? eval(?:uation)? (?:of|for|says|result))\b",
    re.IGNORECASE,
)


def found_in(text: str) -> Spill | None:
    """The first thing found that must not be here; None for everything else."""
    if _SOCIAL_SECURITY.search(text):
        return Spill.SOCIAL_SECURITY
    if any(_is_card(match.group()) for match in _CARD.finditer(text)):
        return Spill.PAYMENT_CARD
    if _ABOUT_TRAINING.search(text):
        return None
    if _CRIMINAL_JUSTICE.search(text):
        return Spill.CRIMINAL_JUSTICE
    return Spill.HEALTH if _HEALTH.search(text) else None


def text_of(content: bytes) -> str:
    """The words of a file that is plain text."""
    coding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    return content.decode(coding, "replace")[:MOST_CHARACTERS]


def _is_card(written: str) -> bool:
    figures = re.sub(r"\D", "", written)
    return bool(_BRANDS.fullmatch(figures)) and _check_figure_is_right(figures)


def _check_figure_is_right(figures: str) -> bool:
    total = 0
    for at, figure in enumerate(reversed(figures)):
        doubled = int(figure) * (1 + at % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0

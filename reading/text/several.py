"""Is more than one class asked for in one sentence? Each is a request of its own, with a decision of its own."""

import re

# What joins two of them; "staff and command" is one, and what stands on both sides decides.
_JOINED = re.compile(
    r",? (?:and|plus|&|y|e)(?: (?:also|then|maybe|tambien))?(?: (?:for|into|to|in))? |,? as well as |; ?| then also "
    r"|, (?:also |then )?(?=the |a |an )",
    re.IGNORECASE,
)
# Behind these somebody says why, and asks for nothing more.
_WHY = re.compile(
    r"\b(?:because|since|so (?:that|i)|in order to|to (?:prepare|be|become|get|apply)|for my|porque|para)\b",
    re.I,
)
_NOUN = re.compile(
    r"\b(?:class|course|school|seminar|workshop|academy|conference|training|recert(?:ification)?|certification|clinic"
    r"|clase|curso|escuela|seminario|taller)\b",
    re.IGNORECASE,
)
MOST = 4


def asked_one_by_one(text: str) -> tuple[str, ...]:
    """The pieces that may each be a class of its own; none where only one is asked for."""
    why = _WHY.search(text)
    asked = text if why is None else text[: why.start()]
    pieces = tuple(each.strip(" ,.;") for each in _JOINED.split(" ".join(asked.split())))
    pieces = tuple(each for each in pieces if re.search(r"[^\W\d_]{3}", each))
    return pieces[:MOST] if len(pieces) > 1 else ()


def each_names_a_class(pieces: tuple[str, ...]) -> bool:
    """Whether every piece says itself that it is a class."""
    return all(_NOUN.search(each) for each in pieces)

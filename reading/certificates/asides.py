"""Is a text about something else than the certificate that waits for its sender's word?"""

import re

from reading.certificates.words import any_of, groups
from reading.text.tables import word_lists

_ASKS = re.compile(
    r"\?|^(?:so |and |ok |but )?"
    r"(?:who|what|whats|when|where|why|which|whose|how|is|are|am|does|did|do|can|could|will|would|was i"
    r"|should (?:i|we|he|she|they)|have i|has)(?![\w-])"
)
# What somebody else did or needs is on no record of the asker's.
_OTHERS = re.compile(
    r"^(?:my |our |the )?(?P<who>[a-z.' ]{2,30}?) "
    r"(?:has|have|had|did|took|needs?|says|said|owes|wants|went|goes|gets|got)\b"
)
_PEOPLE = re.compile(
    r"\b(?:partner|wife|husband|buddy|chief|sgt|sergeant|lt|lieutenant|capt|captain|ofc"
    r"|officer|deputy|cpl|boss|supervisor|coordinator)\b"
)
_MYSELF = frozenset(
    {"i", "we", "it", "this", "that", "class", "course", "training", "squad", "unit", "both of us"}
)
_ELSEWHERE = re.compile(
    r"\b(?:court|on leave|leave from|off (?:until|till|from|on)|days? off|day off|vacation|sick|lunch|overtime"
    r"|on shift|my shift|i work|i worked|working|call me|text me|my (?:cell|phone|badge)|i moved|moved to"
    r"|i lost|lost (?:my|the|it)|you have me|have me down|good (?:morning|afternoon|evening|night)|see you|meet)\b"
)
_BEGINS = re.compile(r"(?:next|request|remind|register|sign me up|tell|ask|show|list|find|cancel)\b")
_SMALL_TALK = re.compile(
    r"(?:lol|haha+|hmm+|wow|nice|cool|great|idk|i dont know|dunno|no idea|not sure"
    r"|wait|hold on|nvm|never ?mind|oops|thank you.*|thanks.*|[.,]*)[.! ]*"
)
_NUMBER_OF_A_PHONE = re.compile(r"(?<!\d)(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)")
# Nobody types more than this about a draft; what is behind it is pasted.
MOST = 2000


def is_aside(text: str) -> bool:
    """Whether it is a question, about somebody else, or about the sender's day: then it changes no draft."""
    plain = " ".join(re.sub(r"[\u2018\u2019']", "", text[:MOST].casefold()).split())
    if (
        _ASKS.search(plain)
        or _ELSEWHERE.search(plain)
        or _BEGINS.match(plain)
        or _NUMBER_OF_A_PHONE.search(plain)
    ):
        return True
    return bool(_SMALL_TALK.fullmatch(plain)) or _about_another(plain)


def _about_another(plain: str) -> bool:
    found = _OTHERS.match(plain)
    if found is None:
        return False
    who = found["who"].split()
    if _PEOPLE.search(found["who"]):
        return True
    return not (
        _MYSELF.intersection(who)
        or any_of(groups("providers.txt")["organisation"]).search(found["who"])
        or any(each in word_lists()["beside a file"] for each in who)
    )

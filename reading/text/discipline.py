"""Do words about somebody speak of discipline or of an inquiry? They are never refused: whoever wrote them is asked
once more before an officer reads them."""

import re

_WHOM = r"(?:him|her|them|you|this|that|it)"
_SPEAKS_OF_IT = re.compile(
    r"\b(?:"
    r"pips?|performance (?:improvement )?plan|improvement plan"
    r"|internal affairs|professional standards"
    r"|loudermill|garrity|giglio|brady (?:list|letter|cop|officer|issue)"
    r"|(?:tell|told|under|open|opened|pending) ia|ia (?:case|complaint|file|investigation|inquiry|matter|number)s?"
    rf"|(?:under|pending) (?:an? )?(?:investigation|inquiry)|being investigated"
    rf"|investigat(?:ed|ion) (?:of|into) {_WHOM}"
    r"|(?<!class is )(?<!class was )(?<!course is )(?<!course was )(?<!training is )(?<!training was )suspended"
    r"|suspension|(?:admin|administrative|unpaid) leave|desk duty|relieved of duty"
    rf"|writ(?:e|es|ing) {_WHOM} up|wrote {_WHOM} up|(?:got|was|is|being|be) written up|written (?:warning|reprimand)"
    r"|write-ups?|(?:a|an|the|another|last|his|her|their|your|open) write ?ups?"
    r"|(?:verbal|final) warning|last chance agreement|reprimand\w*"
    r"|letter of counsel\w*|counsel+ing (?:memo|letter|form|statement)|(?:was|were|been|got) counsel+ed"
    r"|disciplin\w*|insubordinat\w*|misconduct|dereliction|neglect of duty|conduct unbecoming"
    r"|(?:rule|policy) violations?|demot(?:ed|ion)|terminat(?:ed|ion)|fired|probation extended"
    rf"|(?:citizen|open|sustained|pending) complaints?|complaints? (?:against|about|on) {_WHOM}|grievances?"
    r"|sancion\w*|suspendid[oa]s?|asuntos internos|amonesta\w+|disciplinari[oa]s?"
    r")\b",
    re.IGNORECASE,
)
_INTERNAL_AFFAIRS = re.compile(r"\bIA\b")
# Iowa, behind the name of a town.
_IOWA = re.compile(r"\b[A-Z][a-z]+,? IA\b")


def speaks_of_discipline(text: str) -> bool:
    """Whether any of it is named."""
    straight = _IOWA.sub(" ", " ".join(text.replace("\u2019", "'").split()))
    return bool(_SPEAKS_OF_IT.search(straight) or _INTERNAL_AFFAIRS.search(straight))

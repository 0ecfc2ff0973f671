"""Which word about a request for training is this: R-1042, CHANGE, WITHDRAW, APPEAL, ANSWER, REQUEST C-12?"""

import re

from reading.text.model import Slot, Understood
from reading.text.normal import as_written, without_accents

_FIGURES = r"[0-9]{3,9}"
# Where the whole text is a command, the number may stand apart from its letter.
NUMBER = rf"(?:request |solicitud )?(?:la |el )?(?:number |no |#)?r ?-? ?(?P<request_id>{_FIGURES})"
_SAID = r"(?:[,:]? ?(?:because|porque)|[,:]| -) ?(?P<words>.+)"
_SHOW = (
    r"(?:(?:please )?(?:show(?: me)?|see|give me|pull up|let me see|look at|status(?: of| on| for)?|update on"
    r"|what is|what's|whats|what about|what happened (?:to|with)|what is (?:up|happening|going on) with"
    r"|where is|wheres|where's|who has|how is|muestrame|ver|estado de"
    r"|como (?:va|esta)|quien tiene|que paso con|que pasa con|donde esta)(?: the| my| request| mi| la)? )"
)
_NO_QUESTION = r"(?!(?:how|what|when|where|who|why|can|could|should|is|status)\b)"
_FOR = r"(?: for (?:badge )?(?P<person>(?!my\b|me\b|the\b|a\b|an\b|our\b|us\b)[a-z0-9][a-z0-9 .'-]{0,60}?))?"
_FORMS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (command, intent, re.compile(form))
    for command, intent, form in (
        (
            "my-requests",
            "request_status",
            (
                r"(?:show |list )?my (?:training )?requests|requests|(?:ver )?mis solicitudes|solicitudes"
                r"|(?:what|which) (?:training )?requests do i have(?: open)?|do i have (?:any )?(?:open )?requests"
            ),
        ),
        (
            "request-drafts",
            "request_status",
            r"(?:forgotten |open |unsent )requests|requests? (?:drafts|that wait)",
        ),
        ("request", "request_status", rf"{_SHOW}?{NUMBER}(?: status| please)?"),
        (
            "request-withdraw",
            "cancel_request",
            rf"(?:withdraw|cancel|take back|pull|retirar|retiro|retira|cancelar|cancelo|cancela) {NUMBER}",
        ),
        (
            "request-change",
            "request_training",
            (
                rf"(?:change|move|switch|reschedule|edit|correct|cambiar|cambio|cambia) {NUMBER}"
                r"(?:(?: to|[:,]| -)? (?P<words>.+))?"
            ),
        ),
        (
            "request-appeal",
            "request_status",
            (
                rf"(?:appeal(?: the denial of)?|apelar|apelo) {NUMBER}"
                rf"(?:(?:[,:]? ?(?:because|porque)|[,:]| -)? (?P<words>{_NO_QUESTION}.+))?"
            ),
        ),
        (
            "request-again",
            "request_training",
            rf"(?:resubmit|submit|resend|send|reenviar|enviar) {NUMBER}(?: again| otra vez)?",
        ),
        (
            "request-answer",
            "request_status",
            rf"(?:answer|reply|responder|respondo|contestar|contesto)(?: to| a)? {NUMBER}(?:[:,]? (?P<words>.+))?",
        ),
        ("request-reason", "request_training", rf"(?:reason (?:for )?)?{NUMBER}{_SAID}"),
        (
            "request-reason",
            "request_training",
            rf"(?:reason|motivo|razon) (?:for |de |para )?{NUMBER}(?:[:,]? (?P<words>.+))?",
        ),
        (
            "request-new",
            "request_training",
            (
                r"request(?: class| course)? c ?[-#]? ?(?P<offering>[0-9]{1,6})"
                rf"{_FOR}(?:[,:]? because (?P<words>.+))?"
            ),
        ),
        ("request-form", "request_training", r"(?:new |request )?(?:training )?request form"),
        (
            "request-form",
            "request_training",
            (
                r"how (?:do|can|would|should) i (?:request|ask for|sign up for|apply for|get into|get) "
                r"(?:a |some |my )?(?:class|course|training|school|classes)"
                r"|how (?:do i|to) (?:make|file|submit|send) a (?:training )?request"
            ),
        ),
    )
)
_NUMBER_MEANT = re.compile(rf"(?:r ?-? ?)?({_FIGURES})", re.IGNORECASE)
# "Request swat school for Lee" is for Lee; "request swat school with Lee" is not.
_ON_BEHALF = re.compile(r"\bfor (?:[a-z]{2,10}\.? )?(?P<name>(?:badge )?[^\W_][^,.;$]{0,60})$", re.IGNORECASE)
# What takes back a request that is talked about, and can mean nothing else then.
_WITHDRAWS = re.compile(
    r"(?:please )?(?:withdraw|take back|cancel|drop|pull|forget)(?: (?:it|that|this|my request|the request))"
    r"(?: please)?|withdraw|never ?mind|nvm"
)
_DROPS = frozenset(
    {"cancel", "stop", "quit", "exit", "abort", "cancelar", "cancela", "olvidalo", "scratch that"}
)
_ANOTHER = re.compile(
    r"(?:describe )?(?:another|other)(?: one)?|none(?: of (?:them|these|those))?|neither|something else"
)

_NO_REASON = re.compile(
    r"(?:i )?(?:idk|dunno|do(?: not|n't|nt) know|no idea|(?:no|none|nothing|n/?a|nope|nada|ninguna?)(?: reason)?"
    r"|(?:just )?because|whatever|same|x{1,5}|tbd|no se|porque si)"
)
# Words about something else, however they are put, while a request waits for words.
_CLEARLY = 0.85
_ELSEWHERE = frozenset({"cancel_request", "stop_messages", "human_help", "help", "request_status"})
_ANSWERS = frozenset({"yes", "no", "pick"})
_COURTESY = frozenset({"thanks", "greeting"})
_A_FEW_WORDS = 3
_OF_A_CLASS = frozenset(
    {
        "request_training",
        "course_search",
        "out_of_scope",
        "training_history",
        "status_topic",
        "certificate_upload_help",
        "person_status",
        "expense_submit",
    }
)
_ASKS_ANEW = ("request ", "requesting ", "sign me up", "enroll me", "put me in for")
_ASKED_AS_A_QUESTION = (
    "am i ",
    "what ",
    "when ",
    "where ",
    "which ",
    "who ",
    "why ",
    "how ",
    "do i ",
    "can i ",
)
# One word describes nothing; it is rather a slip.
_WORDS_THAT_DESCRIBE = 2


def request_command(raw: str, whole: str = "") -> Understood | None:
    """The command and what it names, or None for every other text; ``whole`` is the text with what it quotes."""
    text = without_accents(" ".join(raw.casefold().split()).strip("\u00bf\u00a1").rstrip(".!? "))
    for command, intent, form in _FORMS:
        said = form.fullmatch(text)
        if said is not None:
            named = {name: told for name, told in said.groupdict().items() if told}
            words = named.pop("words", "")
            slots: dict[str, Slot] = {**named}
            if "request_id" in slots:
                slots["request_id"] = f"R-{slots['request_id']}"
            if words:
                slots["words"] = as_written(said, raw, whole)
            return Understood(intent=intent, slots=slots, confidence=0.95, command=command)
    return None


def request_meant(written: str) -> int | None:
    """The number behind ``R-1042``, ``r1042`` or ``1042``; None for anything else."""
    found = _NUMBER_MEANT.fullmatch(written.strip())
    return None if found is None else int(found[1])


_NUMBER_FIRST = re.compile(rf"(?:re:? )?{NUMBER}[,:]?(?: -)? (?P<words>\S.*)", re.IGNORECASE)


def number_and_words(raw: str) -> tuple[int, str] | None:
    """The number that stands first, and what is said behind it; None for every other text."""
    found = _NUMBER_FIRST.fullmatch(" ".join(raw.split()))
    return None if found is None else (int(found["request_id"]), found["words"])


def on_behalf_of(raw: str) -> str:
    """Whose name stands behind FOR at the end of a request; empty when none does."""
    found = _ON_BEHALF.search(" ".join(raw.split()).rstrip(".!? "))
    return "" if found is None else found["name"].strip()


def takes_back(raw: str) -> bool:
    """Whether nothing but taking back is said, of whatever is talked about."""
    return _WITHDRAWS.fullmatch(" ".join(raw.casefold().split()).rstrip(".!?")) is not None


def drops_it(raw: str, understood: Understood) -> bool:
    """Whether what was begun and not sent is given up, by words that stop texts where a carrier reads them."""
    is_carriers = understood.intent == "stop_messages" and understood.confidence >= 1.0
    return not is_carriers and " ".join(raw.casefold().split()).rstrip(".!?") in _DROPS


def wants_another(raw: str) -> bool:
    """Whether none of the classes shown is meant."""
    return _ANOTHER.fullmatch(" ".join(raw.casefold().split()).rstrip(".!?")) is not None


def may_describe(raw: str) -> bool:
    """Whether there are words enough to describe a class."""
    return len(raw.split()) >= _WORDS_THAT_DESCRIBE


def is_elsewhere(raw: str, understood: Understood, *, answers: bool = False) -> bool:
    """Whether words that came while a request waits for some are clearly a question or a command of their own.
    ``answers``: a question was asked, so yes, no or a number may be all that is said to it."""
    text = " ".join(raw.casefold().split())
    if answers and understood.command in _ANSWERS:
        return False
    if not text or understood.command is not None or understood.confidence >= 1.0:
        return True
    if understood.follow_up:
        # A day or a name alone goes on with what is talked about.
        return False
    if text.endswith("?") or text.startswith((*_ASKED_AS_A_QUESTION, *_ASKS_ANEW)):
        return True
    if understood.intent in _COURTESY:
        return len(text.split()) <= _A_FEW_WORDS
    return understood.intent in _ELSEWHERE and understood.confidence >= _CLEARLY


def says_no_reason(raw: str) -> bool:
    """Whether the words only say that there is none to say."""
    return _NO_REASON.fullmatch(" ".join(raw.casefold().split()).rstrip(".!?")) is not None


def is_about_no_class(understood: Understood) -> bool:
    """Whether words that name a day or an amount are still clearly about something other than a class."""
    is_of_it = understood.follow_up or understood.intent in _OF_A_CLASS
    return not is_of_it and understood.confidence >= _CLEARLY


def is_said_in(name: str, written: str) -> bool:
    """Whether a name stands in what was written, in whatever letters."""
    return name.casefold() in written.casefold()


def without_whom(raw: str, whom: str) -> str:
    """A request without FOR and whose name stands behind it."""
    return raw[: raw.casefold().rindex(whom.casefold())].rsplit(" for ", 1)[0]


_OFFERING = re.compile(r"(?:to )?(?:class |course )?c ?[-#]? ?(?P<offering>[0-9]{1,6})", re.IGNORECASE)


def offering_meant(written: str) -> int | None:
    """The class behind ``C-12``, alone; None for anything else."""
    found = _OFFERING.fullmatch(written.strip().rstrip(".!?"))
    return None if found is None else int(found["offering"])

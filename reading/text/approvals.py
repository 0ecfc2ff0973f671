"""Which word of somebody who decides about requests is this: APPROVE, DENY, ASK, HAND, OPEN R-1042? Exact forms only; a
decision is never taken out of a sentence."""

import re
from datetime import date
from decimal import Decimal

from reading.text.model import Slot, Understood
from reading.text.normal import as_written, without_accents

# "La R-1042" as well: every word of theirs may be said in Spanish.
_NUMBER = r"(?:request |solicitud )?(?:la |el )?(?:number |no |#)?r ?-? ?(?P<request_id>[0-9]{3,9})"
_CODE = r"(?:,? ?code (?P<code>[0-9]{4}))?"
_CHECK = r"(?:dates?|days?|costs?|money|staffing|shifts|hours|budget)"
_CHECKED = rf"(?:,? ?(?:checked|confirmed|confirming):? ?(?P<confirmed>{_CHECK}(?:(?:, ?and |, ?| and | ){_CHECK})*))?"
_TYPED = r"(?:,? ?typed (?P<typed>(?:dates?|cost|hours) [$0-9.-]+(?:,? (?:dates?|cost|hours) [$0-9.-]+)*))?"
_BECAUSE = r"(?:[,:]? ?(?:because|porque)|[,:]| -) ?(?P<words>.+)"
_FORMS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (command, intent, re.compile(form))
    for command, intent, form in (
        (
            "approve-request",
            "approve",
            rf"(?:(?:i )?approve|aprobar|apruebo) {_NUMBER}{_CODE}{_CHECKED}{_TYPED}(?:{_BECAUSE})?",
        ),
        (
            "deny-request",
            "deny",
            rf"(?:(?:i )?deny|negar|niego|denegar|deniego|rechazar|rechazo) {_NUMBER}{_CODE}(?:{_BECAUSE})?",
        ),
        (
            "ask-request",
            "approval_queue",
            rf"(?:ask(?: about)?|preguntar(?: sobre)?|pregunto(?: sobre)?) {_NUMBER}(?:[,:]? (?P<words>.+))?",
        ),
        (
            "hand-request",
            "approval_queue",
            (
                rf"(?:hand|leave|pass|pasar|paso)(?: over)? {_NUMBER}(?: over)?"
                r"(?: (?:to|a) (?P<person>[a-z0-9][a-z0-9 .'-]{0,60}))?"
            ),
        ),
        ("open-request", "approval_queue", rf"(?:open|review|decide|abrir|abre|revisar) {_NUMBER}"),
        (
            "approvals",
            "approval_queue",
            (
                r"(?:show |list |my )?(?:pending |open )?approvals|what (?:is )?waits? for me|what waits"
                r"|to approve|approval queue|queue|my queue|pending(?: list)?"
                r"|(?:so )?(?:what|anything|whats|what's|is there anything|is anything|is something|who)"
                r"(?: is|'s| are| do i have| have i got| i have)?"
                r" (?:still )?(?:waiting|pending|outstanding|on my (?:plate|desk|list)|in my (?:queue|inbox|tray)"
                r"|to (?:approve|decide|sign off(?: on)?)|there to (?:approve|decide))"
                r"(?: (?:for|on) (?:me|my (?:approval|decision|ok|sign ?off)))?(?: to (?:approve|decide))?"
                r"(?: (?:today|now|right now))?"
                r"|(?:is there )?anything (?:for me|waiting|new)? ?(?:to (?:approve|decide|sign off)|for me)"
                r"|(?:show|list|give me) (?:what is |what's |whats |everything |all )?(?:waiting|pending)"
                r"(?: requests| for me)?"
                r"|que (?:tengo|hay|queda) (?:pendiente|por aprobar)s?|pendientes|aprobaciones"
                r"|que (?:me )?espera(?: por mi)?(?: aprobacion| decision)?"
            ),
        ),
        (
            "decide-all",
            "approval_queue",
            (
                r"(?:i )?(?:please )?"
                r"(?:approve|deny|reject|ok|okay|sign off(?: on)?|aprobar?|apruebo|aprueba|negar|niega)"
                r" (?:all|everything|them all|all of (?:them|these|it)|every(?:one| one of them| request)"
                r"|both(?: of them)?|the (?:whole|entire) (?:list|queue)"
                r"|all (?:the |my )?(?:requests|pending(?: requests)?|approvals)"
                r"|everything (?:that is |that's )?(?:waiting|pending|in my queue)|todo|todas|todos)"
                r"(?: (?:for me|now|please|in my queue|in the queue))?(?:,? because .*)?"
            ),
        ),
    )
)
_DECIDES = frozenset({"approve-request", "deny-request"})
# What people write under a card and mean as a yes. None of it is a decision.
_LOOKS_GOOD = re.compile(
    r"(?:(?:that |it |this |all )?(?:looks|sounds|seems|is) (?:good|fine|ok|okay|great|right)(?: to me)?"
    r"|lgtm|good to go|all good|go ahead|fine(?: by| with)? ?(?:me)?|ok(?:ay)?|k|yes|yep|yeah|yup|sure|do it"
    r"|approved?|i approve|approve (?:it|this|that)|granted|agreed|good|great|thumbs up|\+1|no problem|works for me)"
    r"(?:[ ,]+(?:with me|by me|thanks|thank you|sarge|go ahead|ok|approved))?"
)
_THUMBS = frozenset(
    "\U0001f44d\U0001f44c\u2705\u2714\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
)
_MEANT = re.compile(r"(?:r ?-? ?)?([0-9]{3,9})", re.IGNORECASE)
_NAMED = re.compile(r"\br ?- ?([0-9]{3,9})\b", re.IGNORECASE)
_CHECKS = {
    "date": "dates",
    "dates": "dates",
    "day": "dates",
    "days": "dates",
    "cost": "cost",
    "costs": "cost",
    "money": "cost",
    "staffing": "staffing",
    "shifts": "staffing",
    "hours": "hours",
    "budget": "budget",
}
_DAY = re.compile(r"\bdates? (\d{4}-\d{2}-\d{2})")
_COST = re.compile(r"\bcost \$?(\d{1,7}(?:\.\d{1,2})?)")
_HOURS = re.compile(r"\bhours (\d{1,4}(?:\.\d{1,2})?)")


def approval_command(raw: str, whole: str = "") -> Understood | None:
    """The command and what it names, or None for every other text; ``whole`` is the text with what it quotes."""
    line = " ".join(raw.casefold().replace("\u2019", "'").split())
    text = without_accents(line.strip("\u00bf\u00a1").rstrip(".!? "))
    asks = "?" in raw.strip()[-2:]
    for command, intent, form in _FORMS:
        said = form.fullmatch(text)
        if said is not None:
            if asks and command in _DECIDES and not said["words"]:
                # "Approve R-1042?" asks, and decides nothing.
                slots = _slots(said, raw, whole)
                return Understood(intent="request_status", slots=slots, confidence=0.95, command="request")
            return Understood(intent=intent, slots=_slots(said, raw, whole), confidence=0.95, command=command)
    return None


def _slots(said: re.Match[str], raw: str, whole: str) -> dict[str, Slot]:
    named = {name: told.strip() for name, told in said.groupdict().items() if told}
    words, confirmed, typed = (named.pop(each, "") for each in ("words", "confirmed", "typed"))
    slots: dict[str, Slot] = {**named}
    if "request_id" in slots:
        slots["request_id"] = f"R-{slots['request_id']}"
    if words:
        slots["words"] = as_written(said, raw, whole)
    checked = (_CHECKS[each] for each in re.findall(r"[a-z]+", confirmed) if each in _CHECKS)
    if found := tuple(dict.fromkeys(checked)):
        slots["confirmed"] = found
    return slots | _typed(typed)


def _typed(written: str) -> dict[str, Slot]:
    found: dict[str, Slot] = {}
    if day := _DAY.search(written):
        try:
            found["typed_dates"] = date.fromisoformat(day[1])
        except ValueError:
            return {}
    for name, pattern in (("typed_cost", _COST), ("typed_hours", _HOURS)):
        if told := pattern.search(written):
            found[name] = Decimal(told[1])
    return found


def request_meant(written: str) -> int | None:
    """The number behind ``R-1042``, ``r1042`` or ``1042``; None for anything else."""
    found = _MEANT.fullmatch(written.strip())
    return None if found is None else int(found[1])


def numbers_in(raw: str) -> tuple[int, ...]:
    """Every request that is named, in order."""
    return tuple(dict.fromkeys(int(each) for each in _NAMED.findall(raw)))


def looks_like_a_yes(raw: str) -> bool:
    """Whether nothing but a yes is said, of whatever is before somebody."""
    text = " ".join(raw.casefold().replace("\u2019", "'").split()).strip(".!, ")
    if text and set(text.replace(" ", "")) <= _THUMBS:
        return True
    return _LOOKS_GOOD.fullmatch(text) is not None

"""Which word of somebody who decides about requests is this: APPROVE, DENY, ASK, HAND, OPEN R-1042? Exact forms only; a
decision is never taken out of a sentence."""

import re
from datetime import date
from decimal import Decimal

from reading.text.model import Slot, Understood

_NUMBER = r"(?:request )?(?:number |no |#)?r ?-? ?(?P<request_id>[0-9]{3,9})"
_CODE = r"(?:,? ?code (?P<code>[0-9]{4}))?"
_CHECK = r"(?:dates?|days?|costs?|money|staffing|shifts|hours|budget)"
_CHECKED = rf"(?:,? ?(?:checked|confirmed|confirming):? ?(?P<confirmed>{_CHECK}(?:(?:, ?and |, ?| and | ){_CHECK})*))?"
_TYPED = r"(?:,? ?typed (?P<typed>(?:dates?|cost|hours) [$0-9.-]+(?:,? (?:dates?|cost|hours) [$0-9.-]+)*))?"
_BECAUSE = r"(?:[,:]? ?because|[,:]| -) ?(?P<words>.+)"
_FORMS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (command, intent, re.compile(form))
    for command, intent, form in (
        (
            "approve-request",
            "approve",
            rf"(?:i )?approve {_NUMBER}{_CODE}{_CHECKED}{_TYPED}(?:{_BECAUSE})?",
        ),
        ("deny-request", "deny", rf"(?:i )?deny {_NUMBER}{_CODE}(?:{_BECAUSE})?"),
        ("ask-request", "approval_queue", rf"ask(?: about)? {_NUMBER}(?:[,:]? (?P<words>.+))?"),
        (
            "hand-request",
            "approval_queue",
            rf"(?:hand|leave|pass)(?: over)? {_NUMBER}(?: over)?(?: to (?P<person>[a-z0-9][a-z0-9 .'-]{{0,60}}))?",
        ),
        ("open-request", "approval_queue", rf"(?:open|review|decide) {_NUMBER}"),
        (
            "approvals",
            "approval_queue",
            (
                r"(?:show |list |my )?(?:pending |open )?approvals|what (?:is )?waits? for me|what waits"
                r"|what(?:'s| is) waiting for (?:me|my (?:approval|decision))|to approve|approval queue|queue|my queue"
            ),
        ),
    )
)
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


def approval_command(raw: str) -> Understood | None:
    """The command and what it names, or None for every other text."""
    text = " ".join(raw.casefold().replace("\u2019", "'").split()).rstrip(".!?")
    for command, intent, form in _FORMS:
        said = form.fullmatch(text)
        if said is not None:
            return Understood(intent=intent, slots=_slots(said, raw), confidence=0.95, command=command)
    return None


def _slots(said: re.Match[str], raw: str) -> dict[str, Slot]:
    named = {name: told.strip() for name, told in said.groupdict().items() if told}
    words, confirmed, typed = (named.pop(each, "") for each in ("words", "confirmed", "typed"))
    slots: dict[str, Slot] = {**named}
    if "request_id" in slots:
        slots["request_id"] = f"R-{slots['request_id']}"
    if words:
        # As it was written: the officer reads it.
        slots["words"] = " ".join(raw.split()).rstrip(".!?")[-len(words) :]
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


def looks_like_a_yes(raw: str) -> bool:
    """Whether nothing but a yes is said, of whatever is before somebody."""
    text = " ".join(raw.casefold().replace("\u2019", "'").split()).strip(".!, ")
    if text and set(text.replace(" ", "")) <= _THUMBS:
        return True
    return _LOOKS_GOOD.fullmatch(text) is not None

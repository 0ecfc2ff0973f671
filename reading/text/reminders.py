"""Which word about reminders is this: the agency's rules, or how somebody wants to be reminded? Exact forms only."""

import re

from reading.text.model import Slot, TextContext, Understood
from reading.text.normal import Plain

_RULES = r"(?:rules of reminding|reminder rules|reminding rules)"
_WAYS = r"(?:texts?|sms|slack|teams|e-?mails?|desk)"
_MESSAGES = r"(?:which|what) (?:messages|reminders|texts)"
_BECAUSE = r",? because (?P<words>.+?)"
_WITHOUT = r"[;,.]? (?:and )?without (?:the )?(?:60|sixty)(?: ?-?days?)?(?: step)? because (?P<without>.+)"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (command, re.compile(form, re.S))
    for command, form in (
        ("pause-reminders", rf"pause (?:all )?(?:the )?reminders(?:{_BECAUSE})?"),
        ("resume-reminders", rf"resume (?:all )?(?:the )?reminders(?:{_BECAUSE})?"),
        ("go-ahead", r"go ahead with (?:the )?reminders"),
        ("dry-run", r"dry ?-?run(?: (?:of )?(?:the )?reminders)?(?: for)?(?: tomorrow)?"),
        (
            "dry-run",
            rf"(?:what|{_MESSAGES}) (?:(?:will )?goe?s? out|(?:is|are) going out|(?:will be|is|are) sent) tomorrow",
        ),
        ("dry-run", r"(?:show (?:me )?)?tomorrow'?s (?:messages|reminders)"),
        ("reminder-rules", rf"(?:show )?(?:me )?(?:the )?{_RULES}"),
        ("enter-reminder-rules", rf"(?:enter|change|set) (?:the )?{_RULES}"),
        (
            "enter-reminder-rules",
            rf"(?:(?:enter|change|set) )?{_RULES}:? (?P<settings>.+?){_BECAUSE}(?:{_WITHOUT})?",
        ),
        ("nudge", r"nudge(?: (?:my (?:team|people|squad)|everybody|all|them))?"),
        ("nudge-send", r"send (?:the )?(?:nudges?|reminders now)|nudge send"),
        ("nudge", r"nudge (?P<of>[a-z0-9][a-z0-9 .'-]{0,40})"),
        ("my-reminders", rf"{_WAYS}(?: me)? (?:first|last)(?:,? .+)?"),
        ("my-reminders", rf"remind me (?:only )?(?:on|by|via) {_WAYS}\b.*"),
        ("my-reminders", r"quiet (?:after|before|until|till|between|from) .+"),
        ("my-reminders", r"(?:leave out|skip|put back)(?: the)? \d{1,3}\b.*"),
        ("my-reminders", r"reset my reminders|my reminders as usual"),
        # Without a reason it is still what somebody wants to enter, and not a question about themselves.
        ("enter-reminder-rules", rf"(?:(?:enter|change|set) )?{_RULES}:? (?P<settings>.+)"),
    )
)
_HEARS_OF_REMINDERS = frozenset({"coordinator", "command"})
# As a setting is said in words.
SAID: dict[str, str] = {
    "days before": "days_before",
    "days": "days_before",
    "steps": "days_before",
    "ladder": "days_before",
    "overdue from": "overdue_from",
    "overdue every": "overdue_every",
    "own ladders": "requirements",
    "hours begin": "begins",
    "begin": "begins",
    "begins": "begins",
    "hours end": "ends",
    "end": "ends",
    "ends": "ends",
    "hold hours": "hold_hours",
    "hold": "hold_hours",
    "urgent": "urgent",
    "holidays": "holidays",
    "order": "order",
    "wait minutes": "wait_minutes",
    "wait": "wait_minutes",
    "list hours": "list_hours",
    "daily cap": "daily_cap",
    "cap": "daily_cap",
    "monthly segments": "monthly_segments",
    "segments": "monthly_segments",
    "burst": "burst",
    "later days": "later_days",
    "later": "later_days",
    "hours per month": "hours_per_month",
    "pace": "hours_per_month",
    "lead days": "lead_days",
    "notice on": "notice_on",
    "notice": "notice_on",
    "escalation from": "from_days_before",
    "supervisor after": "supervisor_after",
    "coordinator after": "coordinator_after",
    "roll call minutes": "roll_call_minutes_before",
    "coordinator at": "coordinator_at",
    "lieutenant on": "lieutenant_on",
    "chief on": "chief_on",
    "only if not empty": "only_if_not_empty",
}
_LONGEST_FIRST = sorted(SAID, key=len, reverse=True)
_OWN_LADDER = re.compile(
    r"(?:days|steps|ladder) (?:for|of) (?P<duty>.+?):? (?P<steps>[0-9][0-9, ]*|none|off)"
)
_JOINED = re.compile(r"(?: to| is| are| at)?\s*[:=]?\s*")
# Not a comma: a ladder has them.
_NEXT = re.compile(r"\s*;\s*")


def reminder_command(raw: str) -> Understood | None:
    """The command and what it names, or None for every other text."""
    text = " ".join(raw.casefold().split()).rstrip(".!?")
    for command, form in _FORMS:
        said = form.fullmatch(text)
        if said is not None:
            slots: dict[str, Slot] = {name: told for name, told in said.groupdict().items() if told}
            for name in ("words", "without"):
                if name in slots:
                    # As it was written: whoever reads the rules reads it.
                    slots[name] = _as_written(raw, text, *said.span(name))
            return Understood(intent="reminder_settings", slots=slots, confidence=0.95, command=command)
    return None


def go_ahead(plain: Plain, context: TextContext | None, role: str) -> Understood | None:
    """GO AHEAD of somebody who may have been told that reminders wait; with a question open it is a yes to that."""
    asked = context is not None and context.asked is not None
    if plain.text != "go ahead" or asked or role not in _HEARS_OF_REMINDERS:
        return None
    return Understood(intent="reminder_settings", confidence=0.95, command="go-ahead")


def _as_written(raw: str, text: str, start: int, end: int) -> str:
    written = " ".join(raw.split())
    return written[start:end] if len(written.casefold()) == len(written) >= len(text) else text[start:end]


def settings_said(text: str) -> tuple[dict[str, str], dict[str, str], str]:
    """``daily cap 2; days for firearms 120 60``: entries by setting, ladders by requirement, and what is no setting."""
    found: dict[str, str] = {}
    own: dict[str, str] = {}
    for part in _NEXT.split(text.strip()):
        ladder = _OWN_LADDER.fullmatch(part)
        if ladder is not None:
            own[ladder["duty"]] = ladder["steps"].strip()
            continue
        name = next((each for each in _LONGEST_FIRST if part == each or part.startswith(f"{each} ")), None)
        if name is None:
            return found, own, part
        rest = part[len(name) :]
        joined = _JOINED.match(rest)
        found[SAID[name]] = rest[joined.end() :] if joined else rest.strip()
    return found, own, ""

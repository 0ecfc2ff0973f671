"""Which word about what follows the approval of a request is this: registered, was there, cost, budget? Exact forms
only."""

import re

from reading.money import AMOUNT
from reading.text.model import Slot, Understood
from reading.text.upload_numbers import NUMBER

_R = r"r ?-? ?(?P<request>\d{3,9})"
_HOURS = r"(?P<hours>\d{1,3}(?:[.,]\d{1,2})?) ?(?:h|hrs?|hours?)"
_ABSENT = r"no[ -]?show|(?:was |were )?(?:not there|absent)|did not (?:attend|come)|didn't (?:attend|come)|not attended"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (command, re.compile(form))
    for command, form in (
        ("to-register", r"(?:show )?(?:what is |who is )?to register"),
        ("registrations", r"(?:show )?(?:the )?registrations"),
        ("presence", r"(?:show )?(?:who was there|who attended|presence)"),
        ("register-request", rf"registered {_R}|register {_R.replace('request', 'request2')}"),
        ("register-request", rf"{_R} (?:is |was )?registered"),
        ("seat-request", rf"(?:give )?(?:a )?seat (?:to |for )?{_R}"),
        ("request-presence", rf"{_R} (?:attended|was there) (?:for )?{_HOURS}"),
        ("request-presence", rf"{_R} (?P<said>attended|was there)"),
        ("request-presence", rf"{_R} (?P<said>{_ABSENT})"),
        ("request-presence", rf"presence (?:of |for )?{_R}"),
        ("own-presence", rf"(?:yes,? )?i was (?:there|at it)(?:,? (?:for |at )?{_R})?"),
        ("own-presence", rf"i (?:was at|attended) {_R}|{_R.replace('request', 'request2')},? i was there"),
        ("link-certificate", rf"{NUMBER} (?:is |belongs )?(?:for|to) {_R}"),
        ("request-costs", rf"{_R} costs?(?: (?P<amount>{AMOUNT}))?(?:,? (?P<own>{AMOUNT}) own)?"),
        ("costs-of-request", rf"(?:show )?(?:the )?(?:costs?|price|expenses) (?:of|for|on) {_R}"),
        ("costs-of-request", rf"what (?:does|did|will|would) {_R} cost"),
        ("costs-of-request", rf"how much (?:is|was|does|did) {_R}(?: cost)?"),
        ("costs-of-request", rf"(?:cuanto cuesta|costos? de) {_R}"),
        ("close-request", rf"close {_R}(?P<anyway> anyway)?"),
        ("class-file", rf"calendar (?:file )?(?:of |for )?{_R}"),
        ("training-costs", r"training costs(?: (?:of |for |in )?(?P<year>20\d\d))?"),
        ("budgets", r"(?:show )?(?:the )?(?:training )?budgets?(?: (?:of |for |in )?(?P<year>20\d\d))?"),
        (
            "enter-budget",
            rf"(?:training )?budget (?P<unit>.{{1,60}}?) (?P<year>20\d\d):? (?P<amount>{AMOUNT})",
        ),
        ("enter-budget", r"enter (?:a )?(?:training )?budget"),
        ("request-figures", r"request figures(?:,? (?:for )?(?:the )?(?:last )?(?P<days>\d{1,3}) days?)?"),
        ("my-pending", r"(?:show )?my pending(?: requests)?"),
    )
)


def after_approval_command(raw: str) -> Understood | None:
    """The command and what it names, or None for every other text."""
    text = " ".join(raw.casefold().split()).rstrip(".!?")
    for command, form in _FORMS:
        said = form.fullmatch(text)
        if said is not None:
            told = {name.removesuffix("2"): value for name, value in said.groupdict().items() if value}
            slots: dict[str, Slot] = {name: value.strip() for name, value in told.items()}
            if command == "request-presence" and "said" in slots:
                slots["said"] = "there" if slots["said"] in ("attended", "was there") else "absent"
            return Understood(intent="request_status", slots=slots, confidence=0.95, command=command)
    return None

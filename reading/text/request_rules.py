"""Which word about the rules of requests is this, and what did somebody enter as rules? Every setting by its name;
whole rules come out only when nothing is wrong with any of them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from reading.text.model import Slot, Understood

RequestRulesTrouble = Literal[
    "no-step-for-all", "not-a-choice", "not-a-number", "not-a-step", "too-large", "too-small"
]
_RULES = r"(?:request rules|rules of requests)"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (command, re.compile(form))
    for command, form in (
        ("request-rules", rf"(?:show )?(?:the )?{_RULES}"),
        ("propose-request-rules", rf"(?:propose|change) {_RULES}"),
        ("propose-request-rules", rf"propose {_RULES}:? (?P<settings>.+?),? because (?P<words>.+)"),
        ("confirm-request-rules", rf"confirm {_RULES}(?: version)? (?P<version>\d{{1,6}})"),
        ("refuse-request-rules", rf"refuse {_RULES}(?: version)? (?P<version>\d{{1,6}})"),
    )
)
WHO = ("supervisor", "second-supervisor", "coordinator", "command", "records", "legal", "administrator")
CHECKED = ("dates", "cost", "staffing", "hours", "budget")
TYPED = ("dates", "cost", "hours")
APPEALS = ("above", "command", "coordinator")
NOTHING = frozenset({"", "none", "nothing", "off", "no"})
# Each setting in the order of the form, by the words that name it in a line.
SETTINGS: Mapping[str, str] = {
    "way": "way",
    "checked": "checked",
    "confirm": "confirm",
    "type": "type",
    "by_text": "by text",
    "staffing": "staffing",
    "cards_a_day": "cards a day",
    "remind_after": "remind after",
    "escalate_after": "escalate after",
    "before_deadline": "before deadline",
    "fiscal_year_month": "fiscal year month",
    "outside_reviewer": "outside reviewer",
    "appeal": "appeal",
}
_WAITING = ("cards_a_day", "remind_after", "escalate_after", "before_deadline")
_MOST = {**dict.fromkeys(_WAITING, 90), "fiscal_year_month": 12}
MOST_PEOPLE = 999
_PART = re.compile(
    r"(?:over )?\$ ?(?P<cost>\d{1,7}(?:\.\d{1,2})?)|any (?P<any>cost)|over (?P<days>\d{1,3}) days?"
    r"|over (?P<hours>\d{1,4}(?:\.\d{1,2})?) h(?:ours?)?|over (?P<budget>budget)|out of (?P<away>town)"
    r"|(?:over|farther than) (?P<miles>\d{1,4}) mi(?:les?)?"
    r"|on (?P<duty>duty)(?: time)?|unit (?P<unit>.{1,60})"
)
_BY_TEXT = re.compile(
    r"(?:on )?up to \$ ?(?P<cost>\d{1,7}(?:\.\d{1,2})?)(?:,| and)? ?(?P<days>\d{1,3}) days?"
)
_BADGE = re.compile(r"[A-Za-z0-9-]{1,16}")


class RequestRulesError(ValueError):
    """What was entered cannot be what was asked for."""

    def __init__(self, code: RequestRulesTrouble, written: str = "") -> None:
        super().__init__(code)
        self.code: RequestRulesTrouble = code
        self.written = "".join(each for each in written[:40] if each.isprintable())


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredRequestRules:
    """What was read. ``rules`` is whole, or None while anything is wrong; ``troubles`` by setting."""

    rules: Mapping[str, Any] | None
    troubles: Mapping[str, RequestRulesError] = field(default_factory=dict)


def request_rules_command(raw: str) -> Understood | None:
    """The command and what it names, or None for every other text."""
    whole = " ".join(raw.split()).rstrip(".!?")
    for command, form in _FORMS:
        said = re.fullmatch(form.pattern, whole, re.IGNORECASE)
        if said is not None:
            # As it was written: a unit's name, and the reason that the second person reads.
            slots: dict[str, Slot] = {name: told for name, told in said.groupdict().items() if told}
            return Understood(intent="request_status", slots=slots, confidence=0.95, command=command)
    return None


def request_settings_said(text: str) -> tuple[dict[str, str], str]:
    """``command over $2000; remind after 3``: entries by setting, steps as ``step <who>``, and what is no setting."""
    found: dict[str, str] = {}
    names = {said: name for name, said in SETTINGS.items() if name != "way"} | {
        who: f"step {who}" for who in WHO
    }
    for part in (each.strip() for each in text.split(";")):
        low = part.casefold()
        said = next((each for each in sorted(names, key=len, reverse=True) if _begins(low, each)), None)
        if said is None:
            return found, part
        found[names[said]] = part[len(said) :].lstrip(" :")
    return found, ""


def _begins(text: str, said: str) -> bool:
    return text == said or text.startswith((f"{said} ", f"{said}:"))


def with_steps(way: str, steps: Mapping[str, str]) -> str:
    """A way with other conditions for these steps; OFF leaves a step out, a new one comes last."""
    lines = {line.partition(":")[0].strip(): line.partition(":")[2].strip() for line in way.splitlines()}
    for who, when in steps.items():
        if when.casefold() in NOTHING - {""}:
            lines.pop(who, None)
        else:
            lines[who] = when
    return "\n".join(f"{who}: {when}" if when else who for who, when in lines.items())


def written_request_rules(rules: Mapping[str, Any]) -> dict[str, str]:
    """Rules as somebody would enter them, by setting."""
    by_text, agency = rules["by_text"], rules["agency"]
    on = f"up to ${by_text['up_to_cost']} and {by_text['up_to_days']} days"
    return {
        "way": "\n".join(
            ": ".join(filter(None, (each["who"], _written_condition(each)))) for each in rules["way"]
        ),
        "checked": _written_condition(rules["checks"]) or "always",
        "confirm": ", ".join(rules["checks"]["confirm"]),
        "type": ", ".join(rules["checks"]["type"]),
        "by_text": on if by_text["on"] else "off",
        "staffing": "\n".join(f"{unit}: {least}" for unit, least in rules["staffing"].items()),
        **{name: str(rules["waiting"][name]) for name in _WAITING},
        "fiscal_year_month": str(agency["fiscal_year_month"]),
        "outside_reviewer": agency["outside_reviewer"],
        "appeal": ", ".join(rules["appeal"]["to"]),
    }


def _written_condition(said: Mapping[str, Any]) -> str:
    cost = said.get("over_cost")
    parts = [
        "" if cost is None else "any cost" if cost == "0" else f"over ${cost}",
        f"over {said['over_days']} days" if "over_days" in said else "",
        f"over {said['over_hours']} hours" if "over_hours" in said else "",
        f"over {said['over_miles']} miles" if "over_miles" in said else "",
        "over budget" if said.get("over_budget") else "",
        "out of town" if said.get("out_of_town") else "",
        "on duty" if said.get("on_duty") else "",
        *(f"unit {each}" for each in said.get("units", ())),
    ]
    return ", ".join(filter(None, parts))


def read_request_rules(entered: Mapping[str, str]) -> EnteredRequestRules:
    """Whole rules of what stands in the fields, or what is wrong with each."""
    read: dict[str, Any] = {}
    troubles: dict[str, RequestRulesError] = {}
    for name, reads in _READ.items():
        try:
            read[name] = reads(entered.get(name, "").strip())
        except RequestRulesError as error:
            troubles[name] = error
    if troubles:
        return EnteredRequestRules(rules=None, troubles=troubles)
    rules = {
        "way": read["way"],
        "checks": {**read["checked"], "confirm": read["confirm"], "type": read["type"]},
        "by_text": read["by_text"],
        "staffing": read["staffing"],
        "waiting": {name: read[name] for name in _WAITING},
        "agency": {
            "fiscal_year_month": read["fiscal_year_month"],
            "outside_reviewer": read["outside_reviewer"],
        },
        "appeal": {"to": read["appeal"]},
    }
    return EnteredRequestRules(rules=rules)


def _way(text: str) -> list[dict[str, Any]]:
    steps = []
    for line in filter(None, (each.strip() for each in text.splitlines())):
        who, _, when = (each.strip() for each in line.partition(":"))
        if who.casefold() not in WHO:
            raise RequestRulesError("not-a-step", line)
        steps.append({"who": who.casefold(), **_condition(when)})
    if not any(set(each) == {"who"} for each in steps):
        raise RequestRulesError("no-step-for-all")
    return steps


def _condition(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        said = re.fullmatch(_PART.pattern, part, re.IGNORECASE)
        if part.casefold() in {"always", "every request"}:
            continue
        if said is None:
            raise RequestRulesError("not-a-step", part)
        if said["cost"] or said["any"]:
            found["over_cost"] = said["cost"] or "0"
        elif said["days"]:
            found["over_days"] = int(said["days"])
        elif said["hours"]:
            found["over_hours"] = said["hours"]
        elif said["miles"]:
            found["over_miles"] = int(said["miles"])
        elif said["budget"]:
            found["over_budget"] = True
        elif said["away"]:
            found["out_of_town"] = True
        elif said["duty"]:
            found["on_duty"] = True
        else:
            found["units"] = [*found.get("units", ()), said["unit"].strip()]
    return found


def _names(known: tuple[str, ...], text: str) -> list[str]:
    if text.casefold() in NOTHING:
        return []
    said = [each.strip().casefold() for each in text.split(",") if each.strip()]
    strange = next((each for each in said if each not in known), None)
    if strange is not None:
        raise RequestRulesError("not-a-choice", strange)
    return list(dict.fromkeys(said))


def _appeal(text: str) -> list[str]:
    return _names(APPEALS, text) or list(APPEALS)


def _by_text(text: str) -> dict[str, Any]:
    if text.casefold() in NOTHING:
        return {"on": False, "up_to_cost": "0", "up_to_days": 1}
    said = _BY_TEXT.fullmatch(text.casefold())
    if said is None:
        raise RequestRulesError("not-a-step", text)
    return {"on": True, "up_to_cost": said["cost"], "up_to_days": int(said["days"])}


def _staffing(text: str) -> dict[str, int]:
    found = {}
    if text.casefold() in NOTHING:
        return {}
    for line in filter(None, (each.strip() for each in text.replace(",", "\n").splitlines())):
        unit, _, least = line.rpartition(":")
        if not unit.strip():
            raise RequestRulesError("not-a-number", line)
        found[unit.strip()] = _whole(least.strip(), MOST_PEOPLE)
    return found


def _whole(text: str, most: int) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > len(str(MOST_PEOPLE)):
        raise RequestRulesError("not-a-number", text)
    number = int(text)
    if number < 1:
        raise RequestRulesError("too-small", text)
    if number > most:
        raise RequestRulesError("too-large", text)
    return number


def _badge(text: str) -> str:
    if text.casefold() in NOTHING:
        return ""
    if _BADGE.fullmatch(text) is None:
        raise RequestRulesError("not-a-choice", text)
    return text


def _figure(name: str) -> Callable[[str], int]:
    return lambda text: _whole(text, _MOST[name])


_READ: Mapping[str, Callable[[str], Any]] = {
    "way": _way,
    "checked": _condition,
    "confirm": lambda text: _names(CHECKED, text),
    "type": lambda text: _names(TYPED, text),
    "by_text": _by_text,
    "staffing": _staffing,
    **{name: _figure(name) for name in _MOST},
    "outside_reviewer": _badge,
    "appeal": _appeal,
}

"""Is it a command that carries a word or a number: RECORD NUMBER, GLOSSARY WORD, OPEN NAME, a button by number?"""

import re

from reading.text.model import Slot, TextContext, Understood
from reading.text.normal import Plain
from reading.text.openings import opening_asked

_PICK = re.compile(r"^(?:option |number |no |# ?|choice |pick |request |the )*(?P<choice>[1-9]|10)$")
_PICK_WORDS = {
    "first one": 1,
    "the first one": 1,
    "first": 1,
    "second one": 2,
    "the second one": 2,
    "last one": 3,
}
# A request, a badge, a time or a plate: what exists decides, so it is asked.
_BARE_NUMBER = re.compile(r"\d{3,5}")
_RECORD = re.compile(r"(?:(?:show|open|see) (?:me )?)?record (?:number |no |#)?(?P<record>\d{1,19})")
# Words of whoever keeps the training records: which of the proposals shown, which year or person.
_SAME = re.compile(
    r"(?P<word>same|not (?:the )?same|different|(?:date )?(?:is )?right) (?:number |no )?#?(?P<choice>\d{1,4})"
)
_COMPLETENESS = re.compile(r"completeness(?: (?:of|for|in))?(?: (?P<of>[^?]{1,60}))?\??")
_INTAKE = re.compile(r"(?:lateral )?intake(?: (?:of|for))?(?: (?:badge )?(?P<of>[^?]{1,60}))?\??")
_TEMPLATES = re.compile(r"templates? (?:(?:of|for) )?(?P<of>[a-z0-9 -]{1,60})")
_UNLINK = re.compile(
    r"unlink(?: (?:the )?account)?(?: (?:of|for))?(?: (?:badge |number )?(?P<of>(?!my\b)[^?]{1,60}))?\??"
)
_TEXTS = re.compile(r"texts (?:of|for|to) (?:badge )?(?P<of>(?!me\b)[^?]{1,60})\??")
_ABOUT_SOMETHING = (
    ("completeness", _COMPLETENESS),
    ("intake", _INTAKE),
    ("templates", _TEMPLATES),
    ("texts", _TEXTS),
    ("unlink", _UNLINK),
)
_GLOSSARY = re.compile(
    r"^(?:glossary|define|definition of|what does) (?!signing|acknowledg|my |that |it )"
    r"(?P<word>[a-z0-9 -]{2,40}?)(?: mean)?$"
)
_GLOSSARY_START = ("glossary", "define", "definition")


def bare_command(plain: Plain, context: TextContext | None) -> Understood | None:
    """Commands that carry a word or a number: a button picked by number, RECORD NUMBER, GLOSSARY WORD, OPEN NAME."""
    opening = opening_asked(plain.raw)
    if opening is not None:
        asked_for = {"person": opening.person, "reason": opening.reason}
        slots: dict[str, Slot] = {name: value for name, value in asked_for.items() if value}
        return Understood(intent="person_status", slots=slots, confidence=0.95, command="open-record")
    named = _RECORD.fullmatch(plain.text)
    if named:
        return Understood(
            intent="training_history", slots={"record": named["record"]}, confidence=0.95, command="record"
        )
    kept = _of_the_record_keeper(plain)
    if kept is not None:
        return kept
    picked = _PICK.match(plain.text)
    choice = int(picked["choice"]) if picked else _PICK_WORDS.get(plain.text)
    if choice is not None:
        intent = context.intent if context and context.intent else "help"
        if plain.words[0] == "request":
            intent = "request_training"
        return Understood(
            intent=intent,
            slots={"choice": choice},
            confidence=0.9 if context else 0.5,
            command="pick",
            follow_up=True,
        )
    if _BARE_NUMBER.fullmatch(plain.text):
        return Understood(
            intent="request_status",
            slots={"request_id": plain.text},
            confidence=0.5,
            clarify=("request_status", "link_identity"),
        )
    asked = _GLOSSARY.match(plain.text)
    if asked and (
        plain.words[0] in _GLOSSARY_START or (plain.text.endswith(" mean") and len(plain.words) <= 5)
    ):
        return Understood(intent="help", slots={"word": asked["word"]}, confidence=0.95, command="glossary")
    return None


def _of_the_record_keeper(plain: Plain) -> Understood | None:
    """SAME 2, NOT THE SAME 2, RIGHT 2, COMPLETENESS 2026, INTAKE 0311."""
    chosen = _SAME.fullmatch(plain.text)
    if chosen:
        command = "same" if chosen["word"] == "same" else "not-same"
        slots = {"choice": int(chosen["choice"])}
        return Understood(intent="training_history", slots=slots, confidence=0.95, command=command)
    for command, pattern in _ABOUT_SOMETHING:
        asked = pattern.fullmatch(plain.text)
        if asked:
            of = {"of": asked["of"].strip()} if asked["of"] else {}
            return Understood(intent="training_history", slots=of, confidence=0.95, command=command)
    return None

"""What does a message name? Topics, people, days, hours and numbers are found and replaced by markers."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from reading.text.dates import FoundDate, find_dates
from reading.text.model import Slot
from reading.text.normal import Plain
from reading.text.tables import is_word, topic_words, word_lists
from reading.text.upload_numbers import IN_A_SENTENCE

_RANKS = f"(?:{'|'.join(word_lists()['ranks'])})"
_TITLE = re.compile(
    r"\b(?:my |the )?(?:sgt|sergeant|sarge|lt|lieutenant|captain|capt|cpl|corporal|chief|boss|supervisor)\b"
)
_RANK_AND_NAME = re.compile(rf"\b{_RANKS}\.? (?P<name>[^\W\d_][\w'-]+(?: (?:[A-Z][\w'-]+))?)", re.IGNORECASE)
_CAPITALISED = re.compile(r"(?<![\w'])([A-Z][a-z][\w'-]*(?: [A-Z][a-z][\w'-]*)?)")
_NOT_NAMES = frozenset({*word_lists()["never names"], *word_lists()["ranks"]})
# Surnames that are ordinary words are only believed after a rank or with a capital inside the sentence.
_NAME = r"(?P<name>[a-z]{3,14}(?: [a-z]{3,14})?)"
_JUDGED = "good|ok|okay|compliant|current|legal|late|overdue|up|behind|expired|caught|doing"
_BEFALLEN = "can|has|is|will|promoted|retired|resigned|quit|transferred|left|status|hours|moved|goes|covers"
_BEFORE_NAME = (
    "approve|deny|decline|let|for|move|transfer|promote|remove|add|assign|adding|hire|recruit"
    "|to|of|on|does|did|has|check|show|by|from"
)
_SHAPES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:is|was|are|how is|how about|what about|and) {_NAME}(?= (?:{_JUDGED})\b|$)",
        rf"^{_NAME} (?=(?:{_BEFALLEN})\b)",
        rf"\b(?:pause|deactivate|reactivate|reinstate|suspend|remove|promote) {_NAME}\b",
        rf"\b(?:{_BEFORE_NAME}) {_NAME}\b",
        r"^(?P<name>[a-z]{3,14})$",
        rf"\b{_NAME} (?=TOPIC|hours|status|retired|promoted|resigned|transferred)",
    )
)
_NUMBERED = ("order", "policy", "directive", "go", "number")
_SIGNED = ("sign", "signed", "acknowledge", "acknowledged", "read")
_POLICY = re.compile(
    r"\b(?:general order|special order|directive|policy|order|sop|dir|go|number) (?:number |no )?"
    rf"(?:\d+(?:[.-]\d+)+|(?:{'|'.join(rf'(?<={word} )' for word in _NUMBERED)})\d{{3,4}})\b"
    rf"|(?:{'|'.join(rf'(?<={word} )' for word in _SIGNED)})\d{{3,4}}(?:\.\d+)*\b"
)
_VERB_BEFORE_NUMBER = (
    r"(?:approve|approved|approving|deny|denied|decline|reject|cancel|withdraw|sign off(?: on)?|ok|okay"
    r"|yes(?: to)?|no(?: to)?|turn down|send back|authorize|refuse|pull|drop|request(?: number)?"
    r"|status of|update on|about|(?:up|going on|happening) with)"
)
_REQUEST = re.compile(
    rf"\b(r-? ?\d{{3,6}})\b|#(\d{{3,6}})\b|\b{_VERB_BEFORE_NUMBER} (\d{{3,6}})\b"
    r"|(?:^|(?<= ))(\d{3,6})(?= (?:is |was |been |has been |got |gets |looks )?"
    r"(?:approved?|denied|rejected|declined|pending|good to go|ok to go)\b)"
)
_RULE = re.compile(r"\b(?!r-|u-|is-|ics-|covid-|q-)([a-z]{2,5}-\d{1,3})\b")
_UPLOAD = re.compile(rf"({IN_A_SENTENCE})")
_CODE = re.compile(
    r"^(?:(?:my |the )?(?:code|pin|verify|verification|confirm)(?: code)?(?: is)? )?(\d{6})$"
    r"|\bcode(?: is)? (\d{4,8})\b"
)
_MONEY = re.compile(r"\$(\d[\d,]{0,9}(?:\.\d{1,2})?)|\b(\d[\d,]{0,9}(?:\.\d{1,2})?) (?:dollars|bucks|usd)\b")
_HOURS = re.compile(r"\b(\d{1,4}(?:\.\d{1,3})?) (?:more |extra |ce )?hours\b")
_LEAD = re.compile(
    r"\b(\d{1,4}) (day|days|week|weeks|month|months) "
    r"(?:before|ahead|out|in advance|early|earlier|prior|beforehand|notice)\b"
)
# Four figures that may be a year are one.
_DEADLINES = re.compile(
    r"^(?:my )?deadlines?(?: in| next| within)? (\d{1,3}|(?!(?:19|20)\d\d\b)\d{4,6})(?: days?)?$"
)
# 2024 after "from" is a year; 2000 after "before" is the evening.
_TIME = re.compile(
    r"\b(?:[01]?\d|2[0-3]):[0-5]\d(?: ?[ap]m)?\b|\b\d{1,2} ?[ap]m\b"
    r"|(?:(?<=\bbefore )|(?<=\bafter )|(?<=\bat ))[0-2]\d[0-5]\d\b"
    r"|(?:(?<=\bfrom )|(?<=\bto )|(?<=\buntil ))(?!20[0-4]\d)[0-2]\d[0-5]\d\b"
)
_UNIT = re.compile(
    r"\b([a-d] (?:squad|shift|platoon|team|watch)|(?:squad|shift|platoon|team|unit|watch) [a-d1-9]"
    r"|(?:days?|nights?|swing|graveyard|evening|midnight|first|second|third) (?:shift|watch|crew)"
    r"|detectives|investigations|patrol(?= (?:division|compliance|doing|good|status|unit|on))"
    r"|(?:the |to )?(?:traffic|swat|k9|records|dispatch|narcotics)(?: unit| division)?)\b"
)
# "not asking about X, asking about Y" is about Y.
_SET_ASIDE = re.compile(
    r"\b(?:i am )?not (?:asking|talking|worried) about (?:\S+ ){1,5}?(?=asking|talking|but|i mean|just)"
)
_DAYS_PER = {"day": 1, "week": 7, "month": 30}


@dataclass(slots=True)
class Marked:
    """A message with what it names replaced by markers, and the values behind them."""

    text: str
    slots: dict[str, Slot] = field(default_factory=dict)
    dates: list[FoundDate] = field(default_factory=list)

    def put(self, slot: str, value: Slot) -> None:
        self.slots.setdefault(slot, value)

    def mark(self, start: int, end: int, marker: str) -> None:
        self.text = " ".join(f"{self.text[:start]} {marker} {self.text[end:]}".split())


def _known(name: str) -> bool:
    return is_word(name) or name in _NOT_NAMES


def names_in(raw: str, surnames: Collection[str]) -> dict[str, str]:
    """Lower-case words of the message that are somebody's name, with the name as written."""
    found: dict[str, str] = {}

    def keep(written: str) -> None:
        clean = re.sub(r"'s?$", "", written).strip()
        for word in clean.split():
            found.setdefault(re.sub(r"'s?$", "", word).casefold(), clean)

    roster = {surname.casefold() for surname in surnames}
    for match in _RANK_AND_NAME.finditer(raw):
        words = match["name"].split()
        first = re.sub(r"'s?$", "", words[0])
        if not _known(first.casefold()) or (first[0].isupper() and first.casefold() in roster):
            keep(" ".join([words[0], *(word for word in words[1:] if not _known(word.casefold()))]))
    shouting = raw.isupper()
    for match in _CAPITALISED.finditer(raw):
        words = [word for word in match[1].split() if not _known(re.sub(r"'s?$", "", word).casefold())]
        if words and not shouting:
            keep(" ".join(words))
    for word in re.findall(r"[^\W\d_][\w'-]+", raw):
        clean = re.sub(r"'s?$", "", word)
        if clean.casefold() in roster and (clean[0].isupper() or not _known(clean.casefold())):
            keep(clean)
    return found


def _mark_numbers(marked: Marked) -> None:
    if found := _DEADLINES.search(marked.text):
        marked.put("lead_days", int(found[1]))
        marked.mark(*found.span(1), "DAYS")
    if found := _LEAD.search(marked.text):
        marked.put("lead_days", int(found[1]) * _DAYS_PER[found[2].rstrip("s")])
        marked.mark(*found.span(), "DAYS before")
    if found := _POLICY.search(marked.text):
        marked.mark(*found.span(), "POLICYNO")
    if found := _CODE.search(marked.text):
        marked.mark(*found.span(), "CODE")
    if found := _UPLOAD.search(marked.text):
        marked.put("upload_id", found[1].upper())
        marked.mark(*found.span(), "UPLOAD")
    if found := _RULE.search(marked.text):
        marked.put("requirement", found[1].upper())
        marked.mark(*found.span(), "RULE")
    if found := _MONEY.search(marked.text):
        marked.put("money", Decimal((found[1] or found[2]).replace(",", "")))
        marked.mark(*found.span(), "MONEY")
    if found := _HOURS.search(marked.text):
        marked.put("hours", Decimal(found[1]))
        marked.mark(*found.span(1), "HOURS")
        marked.text = marked.text.replace("HOURS hours", "HOURS").replace("HOURS more hours", "HOURS")
    while found := _TIME.search(marked.text):
        marked.mark(*found.span(), "TIME")


def _mark_request(marked: Marked, raw: str) -> None:
    for found in _REQUEST.finditer(marked.text):
        group = next(number for number in (1, 2, 3, 4) if found[number])
        digits = re.sub(r"\D", "", found[group])
        written = re.search(rf"[rR]-? ?{digits}|{digits}", raw)
        marked.put("request_id", written[0] if written else found[group])
        marked.mark(*found.span(group), "REQ")
        marked.text = re.sub(r"(?:request|req)(?: number)? REQ|#REQ|# REQ", "REQ", marked.text)
        return


def _mark_topics(marked: Marked) -> None:
    words = marked.text.split()
    table = topic_words()
    topics: list[str] = []
    result: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(5, len(words) - at), 0, -1):
            named = table.get(" ".join(words[at : at + length]))
            if named is not None and not (
                length == 1 and words[at] == "range" and words[at - 1 : at] == ["date"]
            ):
                topics.extend(topic for topic in named if topic not in topics)
                if result[-2:] not in (["TOPIC", "and"], ["TOPIC", "or"]):
                    result.append("TOPIC")
                else:
                    result.pop()
                at += length
                break
        else:
            result.append(words[at])
            at += 1
    if topics:
        marked.put("topic", topics[0] if len(topics) == 1 else tuple(topics))
        marked.text = re.sub(r"TOPIC(?: TOPIC)+", "TOPIC", " ".join(result))


def _mark_dates(marked: Marked, today: date) -> None:
    found = sorted(find_dates(marked.text, today=today), key=lambda piece: piece.start)
    marked.dates = found
    for piece in reversed(found):
        marked.mark(piece.start, piece.end, "RANGE" if piece.is_range else "DATE")


def _mark_names(marked: Marked, names: dict[str, str]) -> None:
    words = marked.text.split()
    result: list[str] = []
    for word in words:
        if word in names:
            marked.put("person", names[word])
            if result[-1:] != ["NAME"]:
                result.append("NAME")
        else:
            result.append(word)
    marked.text = re.sub(rf"\b{_RANKS} NAME\b", "NAME", " ".join(result))
    if "person" in marked.slots:
        return
    for shape in _SHAPES:
        for found in shape.finditer(marked.text):
            first, _, second = found["name"].partition(" ")
            if not _known(first):
                name = first if _known(second) else found["name"]
                marked.put("person", name)
                marked.mark(found.start("name"), found.start("name") + len(name), "NAME")
                marked.text = re.sub(rf"\b{_RANKS} NAME\b", "NAME", marked.text)
                return


def mark(plain: Plain, *, today: date, names: dict[str, str]) -> Marked:
    """The message with markers; days are kept in both readings until the intent is known."""
    marked = Marked(_SET_ASIDE.sub("", plain.text))
    _mark_request(marked, plain.raw)
    _mark_numbers(marked)
    _mark_dates(marked, today)
    _mark_topics(marked)
    _mark_names(marked, names)
    if found := _UNIT.search(marked.text):
        written = re.search(
            re.escape(found[1].removeprefix("to ").removeprefix("the ")), plain.raw, re.IGNORECASE
        )
        marked.put("unit", written[0] if written else found[1].removeprefix("to ").removeprefix("the "))
        lead = "to " if found[1].startswith("to ") else ""
        marked.mark(*found.span(1), f"{lead}UNIT")
    marked.text = _TITLE.sub("TITLE", marked.text)
    return marked

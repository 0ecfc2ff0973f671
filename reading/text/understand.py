"""What did this person just ask for? Grammar only: guards, then slots, then a table of sentence shapes."""

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from rapidfuzz import fuzz

from reading.text.after_approval import after_approval_command
from reading.text.approvals import approval_command
from reading.text.asked_moments import at_its_moment
from reading.text.bare_commands import bare_command
from reading.text.courses import course_command
from reading.text.custody import custody_command
from reading.text.delegations import delegation_command
from reading.text.guards import answer_to_question, carrier_keyword, guarded
from reading.text.lateral import lateral_command
from reading.text.model import ABOUT_ONESELF, ASK_BELOW, RISKY, Slot, TextContext, Understood
from reading.text.normal import Plain, normalise, own_words
from reading.text.phrases import phrases
from reading.text.proof import proof_asked
from reading.text.reminders import go_ahead, reminder_command
from reading.text.request_rules import request_rules_command
from reading.text.requests import request_command
from reading.text.review_rules import review_rules_command
from reading.text.roll_calls import roll_call_command
from reading.text.shared_phones import sharing_command
from reading.text.slots import Marked, mark, names_in
from reading.text.tables import rows, sentences, word_lists
from reading.text.uploads import upload_command

_LEADS = frozenset({"supervisor", "coordinator", "command", "administrator"})
_FOR_LEADS = frozenset({"team_status", "overdue_list", "at_risk_list", "approval_queue", "approve", "deny"})
_LOOK_BACK = frozenset(
    {
        "training_history",
        "record_dispute",
        "certificate_upload_help",
        "certificate_status",
        "request_status",
        "incident_report",
        "expense_submit",
        "report_request",
    }
)
_ABOUT_UNITS = frozenset({"team_status", "overdue_list", "at_risk_list", "roster_change", "report_request"})
_WITHOUT_SLOTS = frozenset({"greeting", "thanks", "help", "human_help", "stop_messages", "link_identity"})
_DECIDING = frozenset({"approve", "deny"})
# What a risky sentence is about when it turns out to be only a question.
_ONLY_ASKED = {
    "approve": "request_status",
    "deny": "request_status",
    "cancel_request": "request_status",
    "policy_acknowledge": "policy_question",
    "stop_messages": "reminder_settings",
    "roster_change": "person_status",
}
_QUESTION = re.compile(
    r"^(?:and |so |but |ok |hey |just wondering )*"
    r"(?:who|what|when|where|why|how|which|was|is|are|did|does|do i|do we|has|have i|have you"
    r"|can i|could i|may i|should|would i|if|whether|will)\b"
    r"|\b(?:if i|if we|what if|whether|tell me if|should i|what would you|what do you)\b"
)
_POLITE = re.compile(r"^(?:hey |please |ok |rollcall )*(?:can|could|will|would) (?:you|we)\b")
_MARKERS = frozenset({"TOPIC", "NAME", "DATE", "RANGE", "HOURS", "UNIT", "TITLE"})
_COURSE = re.compile(
    r"\b(?:attend|take|join|go to|to the|request|enroll in|for) (?:the |a |an )?(?P<course>[^?.,!]+)",
    re.IGNORECASE,
)
_COURSE_END = re.compile(r"\s+(?:on|in|at|from|next|this|because|it|please|that|with)\b.*", re.IGNORECASE)
_COURSE_WORD = re.compile(
    r"\b(?:school|conference|course|class|seminar|academy|workshop|training)\b", re.IGNORECASE
)
_TOPIC_HOURS = re.compile(r"\bTOPIC (?:for )?(\d{1,2}(?:\.\d+)?)\b")
_CLOSE = 0.02
_NEAREST = 72
_COVERAGE_BONUS = 0.02


def understand(
    text: str,
    *,
    channel: str,
    role: str,
    today: date,
    context: TextContext | None = None,
    surnames: Collection[str] = (),
) -> Understood:
    """The intent and slots of one message; `surnames` of the roster make lower-case names certain."""
    return at_its_moment(
        text,
        lambda words: _understood(words, channel, role, today, context, surnames),
        today=today,
        context=context,
    )


def _understood(
    text: str, channel: str, role: str, today: date, context: TextContext | None, surnames: Collection[str]
) -> Understood:
    names = names_in(own_words(text), surnames)
    plain = normalise(text, keep=names)
    if not plain.words:
        return Understood(intent="out_of_scope", confidence=0.1)
    marked = mark(plain, today=today, names=names)
    exact = request_command(plain.raw, plain.whole) or approval_command(plain.raw, plain.whole)
    if exact is not None and exact.command == "decide-all":
        # By itself it is no order to us, and it decides nothing.
        return exact
    return (
        guarded(plain, marked, is_command=exact is not None)
        or carrier_keyword(plain, channel)
        or go_ahead(plain, context, role)
        or answer_to_question(plain, context)
        or custody_command(plain.raw)
        or delegation_command(plain.raw)
        or lateral_command(plain.raw)
        or upload_command(plain.raw)
        or exact
        or sharing_command(plain.raw)
        or request_rules_command(plain.raw)
        or review_rules_command(plain.raw)
        or after_approval_command(plain.raw)
        or proof_asked(marked)
        or reminder_command(plain.raw)
        or roll_call_command(plain.raw)
        or course_command(plain.raw)
        or _whole_message(plain, marked, today)
        or bare_command(plain, context)
        or _follow_up(marked, context, today)
        or _by_sentence(plain, marked, context, role, today)
    )


def _whole_message(plain: Plain, marked: Marked, today: date) -> Understood | None:
    spoken = re.sub(r"[^\w\s'-]", " ", plain.raw).replace("'", "").casefold()
    for candidate in (" ".join(spoken.split()), plain.text):
        if candidate in phrases():
            intent, command = phrases()[candidate]
            slots = {} if intent == "status_overall" or command else _slots(intent, marked, today)
            return Understood(intent=intent, slots=slots, confidence=1.0, command=command)
    return None


def _follow_up(marked: Marked, context: TextContext | None, today: date) -> Understood | None:
    """A short message with nothing but a slot keeps the intent and swaps the slot."""
    words = marked.text.split()
    fillers = _MARKERS.union(word_lists()["fillers"])
    if context is None or context.intent is None or len(words) > 8:
        return None
    if context.intent in RISKY or any(word not in fillers for word in words):
        return None
    said = _MARKERS.intersection(words)
    if not said:
        return None
    intent = context.intent
    if "NAME" in said and (
        intent in ABOUT_ONESELF or intent in ("team_status", "overdue_list", "at_risk_list")
    ):
        intent = "person_status"
    elif "UNIT" in said and intent in ("person_status", "status_overall"):
        intent = "team_status"
    elif "TOPIC" in said and intent == "status_overall":
        intent = "status_topic"
    return Understood(intent=intent, slots=_slots(intent, marked, today), confidence=0.85, follow_up=True)


# "Sgt Okafor said approve it" is the sergeant's word, and only the sender's own decides.
_REPORTED = re.compile(r"\b(?:said|says|say|told|wrote|asked me|tells|according|fwd|fw|forwarded)\b")
# "i do not want to cancel it" is no cancellation; deny has its own rows that begin with "not".
_NEGATED = re.compile(
    r"\b(?:not|never)(?: (?:want|wish|mean|going|ready|plan|planning|trying|try|to|you|please|just|ever|really))* $"
)
# Two requests in one decision: a decision is never taken for one of them and dropped for the other.
_NUMBERS_OF_REQUESTS = re.compile(r"\b(?:r-? ?\d{3,6}|(?!20[0-4]\d\b)\d{4})\b")


def _candidates(marked: Marked, role: str) -> tuple[dict[str, float], set[str]]:
    """Intents with their scores, and the risky ones that were named only to be negated."""
    text = f"{marked.text} "
    found: dict[str, float] = {}
    negated: set[str] = set()
    for sentence in sentences():
        if sentence.leads_only and role not in _LEADS:
            continue
        match = sentence.words.search(text)
        if match is None:
            continue
        if sentence.intent in _ONLY_ASKED and _NEGATED.search(text[: match.start()]):
            negated.add(sentence.intent)
            continue
        if sentence.unless and sentence.unless.search(text):
            continue
        score = sentence.confidence + _COVERAGE_BONUS * (match.end() - match.start()) / len(text)
        if sentence.intent in _FOR_LEADS and role not in _LEADS:
            score -= 0.06
        # Somebody else's name makes it a question about them.
        if sentence.intent in ABOUT_ONESELF and "NAME" in text.split():
            score -= 0.1
        found[sentence.intent] = max(found.get(sentence.intent, 0.0), score)
    # Named once to be refused, it is not taken from another row of the table either.
    return {intent: score for intent, score in found.items() if intent not in negated}, negated


def _by_sentence(
    plain: Plain, marked: Marked, context: TextContext | None, role: str, today: date
) -> Understood:
    found, negated = _candidates(marked, role)
    asked_only = min(negated, default=None)
    # An officer's own request is asked after with the same words with which it is decided.
    asks = (plain.question or bool(_QUESTION.search(plain.text))) and not _POLITE.search(plain.text)
    if asks or _REPORTED.search(plain.text):
        for intent in RISKY & found.keys() & _ONLY_ASKED.keys():
            if asked_only is None or found[intent] > found.get(asked_only, 0.0):
                asked_only = intent
            found.pop(intent)
    ranked = sorted(found, key=lambda intent: -found[intent])
    if not ranked:
        return _guess(marked, asked_only, today, plain)
    best = ranked[0]
    close = [intent for intent in ranked if found[best] - found[intent] <= _CLOSE][:3]
    confidence = round(min(found[best], 0.95) - (0.1 if len(close) > 1 else 0.0), 2)
    clarify = tuple(ranked[:3]) if confidence < ASK_BELOW or len(close) > 2 else ()
    if best in _DECIDING and len(set(_NUMBERS_OF_REQUESTS.findall(plain.text))) > 1:
        confidence, clarify = 0.5, (best, "approval_queue")
    slots = _slots(best, marked, today, plain)
    # "approve" or "not this time" right after a request was shown is about that request.
    follow_up = (
        best in _DECIDING and "request_id" not in slots and bool(context and "request_id" in context.slots)
    )
    return Understood(intent=best, slots=slots, confidence=confidence, clarify=clarify, follow_up=follow_up)


def _guess(marked: Marked, asked_only: str | None, today: date, plain: Plain) -> Understood:
    """No sentence fits: say the nearest thing with little confidence and offer what it may have been."""
    clarify: tuple[str, ...]
    if asked_only is not None:
        intent = _ONLY_ASKED[asked_only]
        clarify = (intent, asked_only)
    elif "topic" in marked.slots:
        intent, clarify = "status_topic", ("status_topic", "course_search", "explain_requirement")
    elif "request_id" in marked.slots:
        intent, clarify = "request_status", ("request_status", "approval_queue")
    elif "person" in marked.slots and len(marked.text.split()) <= 3:
        intent, clarify = "person_status", ("person_status",)
    else:
        return Understood(intent="out_of_scope", confidence=0.2)
    return Understood(
        intent=intent, slots=_slots(intent, marked, today, plain), confidence=0.4, clarify=clarify
    )


def _slots(intent: str, marked: Marked, today: date, plain: Plain | None = None) -> dict[str, Slot]:
    """The slots that mean something for this intent, with every day read in its usual direction."""
    if intent in _WITHOUT_SLOTS:
        return {}
    slots = dict(marked.slots)
    if intent not in _ABOUT_UNITS:
        slots.pop("unit", None)
    if intent in ABOUT_ONESELF or intent == "course_search":
        slots.pop("person", None)
    for found in marked.dates:
        first, last = found.days(look_back=intent in _LOOK_BACK, today=today)
        if found.is_range:
            slots.setdefault("date_range", (first, last))
        else:
            slots.setdefault("date", first)
    if intent == "what_if" and "hours" not in slots and (bare := _TOPIC_HOURS.search(marked.text)):
        slots["hours"] = Decimal(bare[1])
    if intent == "request_training" and "topic" not in slots and plain and (course := _course(plain.raw)):
        slots["course"] = course
    return slots


def _course(raw: str) -> str | None:
    """The words that name the course, when they end in something like `school` or `conference`."""
    for found in _COURSE.finditer(raw):
        name = _COURSE_END.sub("", found["course"]).strip()
        if _COURSE_WORD.search(name) and len(name.split()) > 1:
            return name
    return None


def nearest(text: str) -> str | None:
    """The one command a mistyped text may have meant, or None; to be offered, never carried out."""
    typed = normalise(text).text
    if not typed:
        return None
    score, best = max((fuzz.ratio(typed, row["says"]), row["says"]) for row in rows("phrases.csv"))
    return best if score >= _NEAREST else None

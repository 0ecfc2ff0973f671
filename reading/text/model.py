"""What can a typed sentence mean? The intents, the commands, and the one shape of an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from types import MappingProxyType

Slot = str | bool | int | Decimal | date | tuple[date, date] | tuple[str, ...]
"""A slot's value: topic str or tuple of str, date, date_range (both ends included), hours and money Decimal,
lead_days int, emergency True, everything else the words as they were written."""

INTENTS = (
    "status_overall",
    "status_topic",
    "hours_remaining",
    "deadline_next",
    "credential_expiry",
    "explain_requirement",
    "what_if",
    "training_history",
    "record_dispute",
    "certificate_upload_help",
    "certificate_status",
    "request_training",
    "request_status",
    "cancel_request",
    "approve",
    "deny",
    "approval_queue",
    "delegate_approvals",
    "team_status",
    "person_status",
    "overdue_list",
    "at_risk_list",
    "course_search",
    "policy_pending",
    "policy_acknowledge",
    "policy_question",
    "reminder_settings",
    "stop_messages",
    "report_request",
    "expense_submit",
    "incident_report",
    "roster_change",
    "link_identity",
    "human_help",
    "help",
    "greeting",
    "thanks",
    "out_of_scope",
)

RISKY = frozenset(
    {
        "approve",
        "deny",
        "cancel_request",
        "delegate_approvals",
        "policy_acknowledge",
        "stop_messages",
        "roster_change",
    }
)
"""Intents that change something for somebody: never taken from a question, a conditional or a negation."""

ABOUT_ONESELF = frozenset(
    {"status_overall", "status_topic", "hours_remaining", "deadline_next", "credential_expiry"}
)
"""Intents that ask about whoever wrote; with somebody else's name beside them they ask about that person."""

ASK_BELOW = 0.6
"""The confidence under which the sender is asked what was meant."""

COMMANDS = (
    "about-ai",
    "answer-ticket",
    "approvals",
    "approve-certificate",
    "approve-request",
    "ask-request",
    "accounts",
    "budgets",
    "calendar",
    "calendar-new",
    "calendar-off",
    "certificate",
    "certificate-correct",
    "certificate-figures",
    "certificate-withdraw",
    "class",
    "class-cancel",
    "class-change",
    "class-file",
    "class-new",
    "close-request",
    "confirm-disposal",
    "costs-of-request",
    "confirm-request-rules",
    "confirm-review-rules",
    "content-item",
    "content-list",
    "decide-all",
    "delegate",
    "delegations",
    "disposals",
    "dispose",
    "completeness",
    "deny-request",
    "done",
    "drafts",
    "dry-run",
    "duplicates",
    "end-delegation",
    "enter-budget",
    "enter-reminder-rules",
    "estimate",
    "feedback",
    "figures",
    "glossary",
    "go-ahead",
    "go-on",
    "hand-request",
    "hold",
    "holds",
    "jobs",
    "keep-item",
    "lift-hold",
    "intake",
    "intake-end",
    "intake-take",
    "intakes",
    "link-certificate",
    "list",
    "log",
    "menu",
    "more",
    "my-certificates",
    "my-pending",
    "my-reminders",
    "my-requests",
    "my-tickets",
    "next",
    "not-same",
    "nudge",
    "nudge-send",
    "open-certificate",
    "open-record",
    "open-request",
    "open-second-look",
    "openings",
    "openings-seen",
    "own-presence",
    "pause-reminders",
    "pick",
    "presence",
    "proof",
    "propose-request-rules",
    "propose-review-rules",
    "put-back",
    "record",
    "record-roll-call",
    "refuse-request-rules",
    "refuse-review-rules",
    "refuse-roll-call",
    "register-request",
    "registrations",
    "release",
    "reminder-rules",
    "request",
    "request-again",
    "request-answer",
    "request-appeal",
    "request-change",
    "request-drafts",
    "request-form",
    "request-new",
    "request-reason",
    "request-withdraw",
    "release-stop",
    "releases",
    "request-rules",
    "request-costs",
    "request-figures",
    "request-presence",
    "resume-reminders",
    "return-certificate",
    "review-certificate",
    "review-rules",
    "reviews",
    "roll-call-covered",
    "roll-call-hours",
    "roll-calls",
    "picture",
    "rules",
    "seat-request",
    "second-look",
    "second-looks",
    "set-aside",
    "set-my-reminders",
    "same",
    "share-phone",
    "shared-phones",
    "snooze",
    "start",
    "ticket",
    "tickets",
    "to-register",
    "training-costs",
    "transcript",
    "who-answers",
    "templates",
    "texts",
    "undelivered",
    "unreached",
    "unlink",
    "unmatched",
    "unshare-phone",
    "who-approves",
    "who-saw",
    "why",
    "yes",
    "no",
)
"""Bare words of a chat that are more exact than any intent; `intent` then holds the nearest one."""

_NOTHING: Mapping[str, Slot] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class TextContext:
    """What the conversation was about a moment ago; the caller forgets it after a few minutes."""

    intent: str | None = None
    slots: Mapping[str, Slot] = field(default_factory=lambda: _NOTHING)
    asked: str | None = None
    """The intent that a yes would carry out, when a question of ours is still open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedMoment:
    """About which day somebody asks, and when the file is to be read; None is now.

    ``known_at`` is the wall clock of ``known_on``; without it the whole of that day counts. ``unread``: words that
    should have named one day and do not.
    """

    as_of: date | None = None
    known_on: date | None = None
    known_at: time | None = None
    unread: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What one message was taken to mean; nothing has been done yet."""

    intent: str
    slots: Mapping[str, Slot] = field(default_factory=lambda: _NOTHING)
    confidence: float = 0.0
    clarify: tuple[str, ...] = ()
    """Up to three intents to offer as buttons, best first; empty when there is nothing to ask."""
    command: str | None = None
    """One of COMMANDS when the message was a bare command."""
    moment: AskedMoment | None = None
    """The day the question is about and when the file is read, when it says so."""
    rest: str = ""
    """The message without the words of its moment; empty when it names none."""
    follow_up: bool = False
    """Continues the context's question: slots not said again still hold, and the caller puts them back."""

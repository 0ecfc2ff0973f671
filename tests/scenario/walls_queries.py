"""What can be asked, and about which kinds of people: every route once or more, as it is typed or pressed."""

from dataclasses import dataclass

SELF, OWN_LINE, OTHER_UNIT, OTHER_AGENCY, PROTECTED, UNKNOWN = (
    "self", "own-line", "other-unit", "other-agency", "protected", "unknown",
)  # fmt: skip
OTHERS = (OWN_LINE, OTHER_UNIT, OTHER_AGENCY, PROTECTED, UNKNOWN)
REVIEW = "> review-certificate {upload}"
OPENING = "open {family} because the hospital asks for it"
LISTED = (OWN_LINE, OTHER_UNIT, OTHER_AGENCY, PROTECTED)


@dataclass(frozen=True, slots=True)
class Query:
    """One thing that can be asked. ``own`` and ``other`` are what is said, one message after the other.

    A message that opens with ``>`` is a pressed button, ``> route value``; empty texts: it cannot be asked so.
    ``lists``: it names many people, and a target is shown when the list names them. ``last``: only the last answer
    counts.
    """

    name: str
    route: str
    own: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    lists: bool = False
    last: bool = False

    @property
    def targets(self) -> tuple[str, ...]:
        """The kinds of people it is asked about."""
        others = LISTED if self.lists else OTHERS if self.other else ()
        return ((SELF,) if self.own and not self.lists else ()) + others


def about_oneself(name: str, own: str, other: str = "") -> Query:
    """A question about one's own record, which can be tried with somebody else's name."""
    return Query(name, name, (own,), (other,) if other else ())


def follows(name: str, said: str) -> Query:
    """A question that follows a look at somebody."""
    return Query(name, name, (said,), ("how is {family}", said))


QUERIES: tuple[Query, ...] = (
    # First, so that nothing was asked elsewhere yet: what it asks again is asked by its own question.
    Query("go-on", "go-on", ("continue",)),
    about_oneself("status", "am i good", "is {family} good"),
    about_oneself("missing", "> missing"),
    about_oneself("status-topic", "is my use of force current"),
    about_oneself("hours", "hours left", "how many hours does {family} have left"),
    about_oneself("expiry", "> expiry"),
    about_oneself("next-deadline", "what is my next deadline"),
    about_oneself("deadlines", "deadlines 90"),
    about_oneself("history", "history", "what classes did {family} take in 2026"),
    about_oneself(
        "what-if", "what if i take autism 4 hours on mar 18", "what if {family} takes autism 4 hours on mar 18"
    ),
    about_oneself("who-saw", "who saw my record"),
    follows("why", "why"),
    follows("list", "list"),
    follows("picture", "> picture"),
    Query("more", "more", ("history", "more"), ("what classes did {family} take in 2026", "more")),
    Query("pick", "pick", (), ("how is {family}", "1")),
    Query("person", "person", ("how is {family}",), ("how is {family}",)),
    Query("person-by-badge", "person", (), ("how is {badge}",)),
    Query("person-by-button", "person", ("> person {badge}",), ("> person {badge}",)),
    Query("person-for-a-matter", "person", (), ("how is {family} for matter 27-118",)),
    Query("why-for-a-matter", "why", (), ("how is {family} for matter 27-118", "why")),
    Query("record", "record", ("record {record}",), ("record {record}",)),
    Query("record-by-button", "record", ("> record {id}",), ("> record {id}",)),
    Query("team", "team", ("my team",), ("my team",), lists=True),
    Query("overdue", "overdue", ("who is overdue",), ("who is overdue",), lists=True),
    Query("at-risk", "at-risk", ("who is at risk",), ("who is at risk",), lists=True),
    Query("team-by-button", "team", ("> team",), ("> team",), lists=True),
    Query("figures", "figures", ("figures",), ("figures",), lists=True),
    Query("home", "status", ("@home",)),
    Query("log", "log", ("log",)),
    Query("export-transcript", "", ("@transcript litigation",), ("@transcript litigation",)),
    Query("export-without-purpose", "", ("@transcript",), ("@transcript",)),
    Query("export-standings", "", ("@standings staffing",), ("@standings staffing",), lists=True),
    Query("export-analytics", "", ("@analytics audit",), ("@analytics audit",), lists=True),
    Query("export-identify", "", ("@identify audit",), ("@identify audit",)),
    Query("log-for-a-matter", "log", ("log for matter 27-118",)),
    Query("openings", "openings", ("openings",)),
    Query("openings-seen", "openings-seen", ("> openings-seen 1",)),
    *(
        Query(name, name, (f"> {name}",))
        for name in (
            "glossary", "are-you-ai", "who-answers", "human", "my-tickets", "greeting", "thanks", "menu", "help",
            "next", "classes", "class", "class-form", "class-cancel", "later-dispute", "later-policy",
            "later-reminders", "unasked", "transcript", "later-expense", "later-incident", "later-roster",
            "link-phone",
        )
    ),
    Query("feedback", "feedback", ("feedback the list is too long",)),
    Query("tickets", "tickets", ("tickets",), ("tickets",), lists=True),
    Query("ticket", "ticket", (), ("> ticket {ticket}",)),
    Query("answer-ticket", "answer-ticket", (), ("> answer-ticket {ticket}",)),
    *(
        Query(name, name, (f"> {name} 999999",), (f"> {name} {{upload}}",))
        for name in (
            "certificate", "certificate-correct", "certificate-ok", "certificate-withdraw", "certificate-new",
            "certificate-one", "certificate-each",
        )
    ),
    *(
        Query(name, name, (f"> {name} 999999",))
        for name in (
            "request", "request-form", "request-reason", "request-change", "request-withdraw", "request-again",
            "request-answer", "request-appeal", "request-new",
        )
    ),
    Query("request-wanted", "request-wanted", ("> request-wanted",)),
    Query("my-requests", "my-requests", ("my requests",)),
    Query("request-drafts", "request-drafts", ("unsent requests",)),
    Query("certificate-by-words", "certificate", ("U-999999",), ("U-{upload}",)),
    Query("certificate-help", "certificate-help", ("> certificate-help",)),
    Query("my-certificates", "my-certificates", ("my certificates",)),
    Query("reviews", "reviews", ("reviews",), ("reviews",), lists=True),
    Query("unmatched", "unmatched", ("unmatched",), ("unmatched",), lists=True),
    Query("drafts", "drafts", ("drafts",)),
    Query("review-certificate", "review-certificate", ("> review-certificate 999999",), (REVIEW,)),
    *(
        Query(name, name, (f"> {name} 999999",), (REVIEW, f"> {name} {{upload}}"))
        for name in ("open-certificate", "approve-certificate", "return-certificate")
    ),
    Query("link-phone-of", "link-phone", (), ("link phone {badge}",)),
    Query("messages-of", "content-list", (), ("messages {badge}",)),
    Query("intake", "intake", (), ("intake {badge}",)),
    Query("intake-from", "intake", (), ("intake {badge} from Ashby Sheriff",)),
    Query("completeness", "completeness", (), ("completeness {badge}",)),
    *(
        Query(name, name, (f"> {name} 999999",))
        for name in (
            "content-item", "set-aside", "put-back", "dispose", "dispose-under", "confirm-disposal", "keep-item",
            "disposals", "hold", "hold-item", "holds", "lift-hold", "duplicates", "same", "not-same",
            "account-is",
            "intakes", "intake-take", "intake-end", "releases", "release", "release-stop",
        )
    ),
    *(
        Query(name, name, (f"> {name}",))
        for name in (
            "review-rules", "propose-review-rules", "second-looks", "certificate-figures",
            "reminder-rules", "enter-reminder-rules", "my-reminders", "set-my-reminders",
            "calendar", "calendar-new", "calendar-off", "snooze", "done",
            "roll-call-covered", "roll-call-hours", "roll-calls",
        )
    ),
    *(
        Query(name, name, (f"> {name} 999999",))
        for name in (
            "confirm-review-rules", "refuse-review-rules", "second-look", "open-second-look",
            "record-roll-call", "refuse-roll-call",
        )
    ),
    *(
        Query(name, name, (f"> {name}",))
        for name in (
            "to-register", "registrations", "presence", "training-costs", "budgets", "enter-budget", "request-figures",
            "my-pending",
        )
    ),
    *(
        Query(name, name, (f"> {name} 999999",))
        for name in (
            "register-request", "seat-request", "request-presence", "own-presence", "link-certificate",
            "close-request", "class-file", "request-costs", "costs-of-request",
        )
    ),
    *(
        Query(name, name, (f"> {name}",))
        for name in (
            "approvals", "no-decision", "who-approves", "delegations", "delegate", "end-delegation",
            "request-rules", "propose-request-rules", "decide-all",
        )
    ),
    *(
        Query(name, name, (f"> {name} 999999",))
        for name in (
            "approve-request", "deny-request", "ask-request", "hand-request", "open-request",
            "confirm-request-rules", "refuse-request-rules",
        )
    ),
    Query("nudge", "nudge", ("nudge",), ("nudge",), lists=True),
    Query("nudge-of", "nudge", (), ("nudge {badge}",)),
    Query("nudge-send", "nudge-send", ("> nudge-send",), ("> nudge-send",), lists=True),
    Query("accounts", "accounts", ("accounts",)),
    Query("rules", "rules", ("rules",)),
    Query("templates", "templates", ("templates",)),
    Query("undelivered", "undelivered", ("undelivered",)),
    Query("estimate", "estimate", ("estimate",)),
    Query("dry-run", "dry-run", ("dry run",)),
    Query("jobs", "jobs", ("jobs",)),
    Query("texts", "texts", ("texts",)),
    Query("texts-of", "texts", (), ("texts of {badge}",)),
    Query("proof", "proof", ("proof autism",), ("proof {badge} autism",)),
    *(Query(name, name, (f"> {name}",)) for name in ("pause-reminders", "resume-reminders", "go-ahead")),
    Query("unreached", "unreached", ("unreached",)),
    Query("proof-file", "proof-file", ("> proof-file |",), ("> proof-file {badge}|,autism",)),
    Query("shared-phones", "shared-phones", ("shared phones",)),
    Query("share-phone", "share-phone", ("> share-phone",)),
    Query("unshare-phone", "unshare-phone", ("> unshare-phone 999999",)),
    Query("unlink", "unlink", ("> unlink 999999",), ("unlink {badge}",)),
    # Last, because what was opened stays open for the rest of a role's questions.
    Query("open-record", "open-record", (OPENING,), (OPENING,)),
    Query("record-when-open", "record", (), (OPENING, "record {record}"), last=True),
)  # fmt: skip

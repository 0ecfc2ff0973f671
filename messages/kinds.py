"""Every message Rollcall can send: an inventory that can be counted, tested and printed."""

from enum import StrEnum


class MessageKind(StrEnum):
    """One kind per builder; handlers and ledgers name a message by its kind."""

    # Where a person stands
    STATUS = "status"
    STATUS_TOPIC = "status-topic"
    PICTURE = "picture"
    HOME = "home"
    MISSING = "missing"
    HOURS_LEFT = "hours-left"
    NEXT_DEADLINE = "next-deadline"
    DEADLINES = "deadlines"
    EXPIRY = "expiry"

    # Why, from which records
    WHY = "why"
    WHY_NOT_MINE = "why-not-mine"
    LIST = "list"
    HISTORY = "history"
    RECORD = "record"
    TRANSCRIPT = "transcript"
    NO_RECORD = "no-record"
    WHAT_IF = "what-if"

    # Classes that can be taken
    NEXT_CLASS = "next-class"
    CLASSES = "classes"
    CLASS = "class"
    CLASS_FORM = "class-form"
    CLASS_DONE = "class-done"

    # Other people, and who looked
    TEAM = "team"
    FIGURES = "figures"
    PERSON = "person"
    REFUSED_PERSON = "refused-person"
    WHICH_PERSON = "which-person"
    WHO_SAW = "who-saw"
    RECORD_OPENED = "record-opened"
    RECORD_NOT_OPENED = "record-not-opened"
    OPENINGS = "openings"
    LOG = "log"

    # What is kept of words and files, for whoever keeps the records
    CONTENT_LIST = "content-list"
    CONTENT_ITEM = "content-item"
    CONTENT_NONE = "content-none"
    CONTENT_DONE = "content-done"
    DISPOSE = "dispose"
    DISPOSALS = "disposals"
    HOLDS = "holds"

    # The state of the record itself
    DUPLICATES = "duplicates"
    DUPLICATE_DECIDED = "duplicate-decided"
    COMPLETENESS = "completeness"
    DIRECTORY = "directory"
    INTAKE = "intake"
    INTAKES = "intakes"
    INTAKE_DONE = "intake-done"
    RELEASES = "releases"
    RELEASE_DONE = "release-done"

    # About Rollcall
    ARE_YOU_AI = "are-you-ai"
    HELP_AI = "help-ai"
    GLOSSARY = "glossary"
    MENU = "menu"
    HELP = "help"
    GREETING = "greeting"
    INTRODUCTION = "introduction"
    ANSWERED_PRIVATELY = "answered-privately"

    # Phones
    PHONE_CODE = "phone-code"
    PHONE_LINKED = "phone-linked"
    PHONE_CODE_LETTER = "phone-code-letter"
    PHONE_CODE_MAILED = "phone-code-mailed"
    CODE_ASKED = "code-asked"
    CODE_WRONG = "code-wrong"
    NO_NUMBER = "no-number"
    TEXTS_STOPPED = "texts-stopped"
    ROUTE_LOST = "route-lost"
    TEXTS_USED_UP = "texts-used-up"
    ESCALATION = "escalation"
    REMINDER = "reminder"
    PROOF = "proof"
    REMINDERS_HELD = "reminders-held"
    REMINDER_SWITCH = "reminder-switch"
    REMINDER_PUT_OFF = "reminder-put-off"
    ESTIMATE = "estimate"
    DRY_RUN = "dry-run"
    REMINDER_RULES = "reminder-rules"
    MY_REMINDERS = "my-reminders"
    CALENDAR = "calendar"

    # Summaries that come by themselves
    ROLL_CALL = "roll-call"
    ROLL_CALL_DONE = "roll-call-done"
    ROLL_CALLS = "roll-calls"
    COORDINATORS_DAY = "coordinators-day"
    LIEUTENANTS_WEEK = "lieutenants-week"
    CHIEFS_MONTH = "chiefs-month"
    NUDGE = "nudge"
    NUDGED = "nudged"

    # Certificates on their way to the record
    UPLOAD_TAKEN = "upload-taken"
    UPLOAD = "upload"
    UPLOAD_SENT = "upload-sent"
    UPLOAD_DONE = "upload-done"
    UPLOADS = "uploads"
    UPLOAD_HELP = "upload-help"
    UPLOAD_DECIDED = "upload-decided"
    REVIEW_CARD = "review-card"
    REVIEWS = "reviews"
    REVIEW_DONE = "review-done"
    TEXTS = "texts"
    SHARED_PHONES = "shared-phones"
    SHARED_PHONE = "shared-phone"
    SHARED_LOST = "shared-lost"
    SHARED_LOCKED = "shared-locked"
    SHIFT_ASKED = "shift-asked"
    SHIFT_CODE = "shift-code"
    SHIFT_ON = "shift-on"
    SHIFT_OFF = "shift-off"
    REVIEW_RULES = "review-rules"
    DELEGATIONS = "delegations"
    DELEGATION_TOLD = "delegation-told"
    WHO_APPROVES = "who-approves"
    REQUEST_RULES = "request-rules"
    SECOND_LOOKS = "second-looks"
    CERTIFICATE_FIGURES = "certificate-figures"

    # Requests for training, as whoever asks reads of them
    REQUEST_FOUND = "request-found"
    REQUEST = "request"
    REQUEST_SENT = "request-sent"
    REQUEST_DONE = "request-done"
    REQUESTS = "requests"
    # What follows the approval of a request for training
    REQUEST_NEWS = "request-news"
    REQUEST_FOLLOWED = "request-followed"
    REGISTRATIONS = "registrations"
    PRESENCE = "presence"
    TRAINING_COSTS = "training-costs"
    BUDGETS = "budgets"
    REQUEST_FIGURES = "request-figures"

    # The same as whoever decides reads of them
    APPROVAL_CARD = "approval-card"
    APPROVAL_DONE = "approval-done"
    APPROVAL_NEWS = "approval-news"
    APPROVAL_WAITS = "approval-waits"
    APPROVALS = "approvals"

    GO_ON = "go-on"
    THANKS = "thanks"
    HUMAN = "human"

    # What a person answers
    FEEDBACK = "feedback"
    TICKET = "ticket"
    TICKETS = "tickets"
    TICKET_ANSWER = "ticket-answer"
    TICKET_ANSWERED = "ticket-answered"
    MY_TICKETS = "my-tickets"
    # Whose account it is
    ACCOUNT_QUESTION = "account-question"
    ACCOUNT_DECIDED = "account-decided"
    ACCOUNTS = "accounts"
    UNDELIVERED = "undelivered"
    UNREACHED = "unreached"
    SELF_CHECK = "self-check"

    # For whoever watches over Rollcall
    OPEN_RULES = "open-rules"
    OPEN_TEMPLATES = "open-templates"
    JOBS = "jobs"

    # When there is no answer
    NOT_UNDERSTOOD = "not-understood"
    NOT_YET_AVAILABLE = "not-yet-available"
    NOW_ONLY = "now-only"  # a list of what waits, asked for another moment
    UNASKED = "unasked"
    FILE_NOT_TAKEN = "file-not-taken"  # of releases that took no certificates; the log names it still
    SPILL = "spill"
    NOT_ENOUGH_DATA = "not-enough-data"
    NOT_ALLOWED = "not-allowed"
    OUT_OF_SCOPE = "out-of-scope"
    UNKNOWN_SENDER = "unknown-sender"
    WHICH_FILE = "which-file"
    ACCESS_ENDED = "access-ended"
    ACCOUNT_ASKED = "account-asked"
    OUTSIDE_PILOT = "outside-pilot"
    SLOW_DOWN = "slow-down"
    BROKEN = "broken"
    EMERGENCY = "emergency"

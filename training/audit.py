"""What is written into the audit chain, as ``subject:action`` tags.

The subject is what the entry is about, the action what happened to it; a tag never changes its meaning. The database
keeps the entries and refuses to change them; nothing but a unit of work appends.
"""

from enum import StrEnum


class AuditTag(StrEnum):
    """Every kind of entry there is, sorted by what it writes."""

    ACCOUNT_ASKED = "account:asked"
    ACCOUNT_LINKED = "account:linked"
    ACCOUNT_REFUSED = "account:refused"
    ACCOUNT_UNLINKED = "account:unlinked"
    AGENCY_FOUNDED = "agency:founded"
    AGENCY_PACKS_CHOSEN = "agency:packs-chosen"
    CALENDAR_ENDED = "calendar:ended"
    CALENDAR_GIVEN = "calendar:given"
    COMPLETION_CORRECTED = "completion:corrected"
    COMPLETION_WITHDRAWN = "completion:withdrawn"
    CONSENT_GIVEN = "consent:given"
    CONSENT_WITHDRAWN = "consent:withdrawn"
    CONTENT_DISPOSAL_ASKED = "content:disposal-asked"
    CONTENT_DISPOSAL_REFUSED = "content:disposal-refused"
    CONTENT_DISPOSED = "content:disposed"
    CONTENT_HELD = "content:held"
    CONTENT_HOLD_LIFT_ASKED = "content:hold-lift-asked"
    CONTENT_HOLD_LIFTED = "content:hold-lifted"
    CONTENT_PUT_BACK = "content:put-back"
    CONTENT_SET_ASIDE = "content:set-aside"
    DIGEST_PREPARED = "digest:prepared"
    DOOR_OPENED = "door:opened"
    EVENT_FAILED = "event:failed"
    EXPORT_MADE = "export:made"
    IMPORT_WRITTEN = "import:written"
    INTAKE_ASKED = "intake:asked"
    INTAKE_ENDED = "intake:ended"
    INTAKE_TAKEN = "intake:taken"
    LIKENESS_DECIDED = "likeness:decided"
    LINK_OPENED = "link:opened"
    LIST_VIEWED = "list:viewed"
    MESSAGE_DELIVERED = "message:delivered"
    MESSAGE_FAILED = "message:failed"
    MESSAGE_HANDED_OVER = "message:handed-over"
    MESSAGE_PLANNED = "message:planned"
    MESSAGE_SKIPPED = "message:skipped"
    MESSAGE_UNDELIVERED = "message:undelivered"
    MESSAGE_UNKNOWN = "message:unknown"
    OPENINGS_SEEN = "openings:seen"
    PERSON_RE_IDENTIFIED = "person:re-identified"
    PHONE_LOGGED_IN = "phone:logged-in"
    PHONE_LOGGED_OUT = "phone:logged-out"
    PHONE_SHARED = "phone:shared"
    PHONE_UNSHARED = "phone:unshared"
    PILOT_JOINED = "pilot:joined"
    PILOT_LEFT = "pilot:left"
    PROTECTED_DISCLOSED = "protected:disclosed"
    QUESTION_ANSWERED = "question:answered"
    RECORD_OPENED = "record:opened"
    RECORD_REFUSED = "record:refused"
    RECORD_RELEASED = "record:released"
    RECORD_SEALED = "record:sealed"
    RECORD_VIEWED = "record:viewed"
    RELEASE_ALLOWED = "release:allowed"
    RELEASE_PROPOSED = "release:proposed"
    RELEASE_STOPPED = "release:stopped"
    REMINDER_RULES_ENTERED = "reminder-rules:entered"
    REMINDER_STEP_LEFT_OUT = "reminder-step:left-out"
    REMINDER_WISH_ENTERED = "reminder-wish:entered"
    REVIEW_RULES_CONFIRMED = "review-rules:confirmed"
    REVIEW_RULES_PROPOSED = "review-rules:proposed"
    REVIEW_RULES_REFUSED = "review-rules:refused"
    ROLE_ENDED = "role:ended"
    ROLE_GRANTED = "role:granted"
    ROLL_CALL_COVERED = "roll-call:covered"
    ROLL_CALL_HOURS_ASKED = "roll-call:hours-asked"
    ROLL_CALL_PREPARED = "roll-call:prepared"
    ROLL_CALL_RECORDED = "roll-call:recorded"
    ROLL_CALL_REFUSED = "roll-call:refused"
    TICKET_ANSWERED = "ticket:answered"
    TICKET_OPENED = "ticket:opened"
    UPLOAD_JOINED = "upload:joined"
    UPLOAD_LOOKED = "upload:looked"
    UPLOAD_NOT_APPROVED = "upload:not-approved"
    UPLOAD_READ = "upload:read"
    UPLOAD_RECEIVED = "upload:received"
    UPLOAD_RECORDED = "upload:recorded"
    UPLOAD_REFERRED = "upload:referred"
    UPLOAD_REMINDED = "upload:reminded"
    UPLOAD_RETURNED = "upload:returned"
    UPLOAD_SECOND_LOOK = "upload:second-look"
    UPLOAD_SUBMITTED = "upload:submitted"
    UPLOAD_WITHDRAWN = "upload:withdrawn"


# Entries that say that somebody looked at a person's record; and those that name everybody whom they showed inside.
VIEWS = (
    AuditTag.EXPORT_MADE,
    AuditTag.LINK_OPENED,
    AuditTag.PERSON_RE_IDENTIFIED,
    AuditTag.RECORD_OPENED,
    AuditTag.RECORD_RELEASED,
    AuditTag.RECORD_VIEWED,
)
LISTS = (AuditTag.EXPORT_MADE, AuditTag.LIST_VIEWED)

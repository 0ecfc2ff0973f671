"""The tables by subject, on one metadata. Importing this package loads them all."""

from db.tables.access import disclosure, opening_seen, record_opening
from db.tables.agencies import agency, agency_pack, door
from db.tables.base import metadata
from db.tables.calendar_entries import calendar_entry, calendar_refusal
from db.tables.calendars import calendar_address
from db.tables.content import (
    content_disposal,
    content_hold,
    content_hold_lift,
    content_item,
    content_quarantine,
    content_tombstone,
)
from db.tables.courses import course_offering
from db.tables.credentials import assignment, card, credential, exemption, leave
from db.tables.directory import directory_state
from db.tables.inbox import inbox
from db.tables.lateral import intake_request, intake_taken, record_release, release_word
from db.tables.ledger import attempt, chat_reference, home_page, message, notification, pause
from db.tables.links import one_time_link
from db.tables.people import (
    account_answer,
    account_question,
    channel_account,
    contact_point,
    directory_entry,
    employment,
    person,
    person_name,
    pilot_member,
)
from db.tables.phones import link_code, phone_session, shared_phone, shift_code, text_consent, text_use
from db.tables.record import audit_entry, completion, import_batch
from db.tables.reminders import reminder_case, reminder_rules, reminder_wish, step_left_out
from db.tables.requests import (
    approval_code,
    approval_delegation,
    request_look,
    request_rules,
    request_rules_decision,
    request_step,
    training_budget,
    training_request,
)
from db.tables.review import likeness_decision
from db.tables.review_rules import review_rules, review_rules_decision, second_look
from db.tables.roll_calls import roll_call, roll_call_covered, roll_call_decision, roll_call_training
from db.tables.shifts import shift_pattern, work_span
from db.tables.switches import reminder_switch
from db.tables.tickets import ticket, ticket_answer, ticket_answer_shown
from db.tables.units import reporting_line, role_grant, unit
from db.tables.uploads import upload, upload_draft, upload_file, upload_look, upload_mark, upload_step
from db.tables.work import chain_head, clock_offset, conversation, heartbeat, loose_file, standing

__all__ = [
    "account_answer",
    "account_question",
    "agency",
    "agency_pack",
    "approval_code",
    "approval_delegation",
    "assignment",
    "attempt",
    "audit_entry",
    "calendar_address",
    "calendar_entry",
    "calendar_refusal",
    "card",
    "chain_head",
    "channel_account",
    "chat_reference",
    "clock_offset",
    "completion",
    "contact_point",
    "content_disposal",
    "content_hold",
    "content_hold_lift",
    "content_item",
    "content_quarantine",
    "content_tombstone",
    "conversation",
    "course_offering",
    "credential",
    "directory_entry",
    "directory_state",
    "disclosure",
    "door",
    "employment",
    "exemption",
    "heartbeat",
    "home_page",
    "import_batch",
    "inbox",
    "intake_request",
    "intake_taken",
    "leave",
    "likeness_decision",
    "link_code",
    "loose_file",
    "message",
    "metadata",
    "notification",
    "one_time_link",
    "opening_seen",
    "pause",
    "person",
    "person_name",
    "phone_session",
    "pilot_member",
    "record_opening",
    "record_release",
    "release_word",
    "reminder_case",
    "reminder_rules",
    "reminder_switch",
    "reminder_wish",
    "reporting_line",
    "request_look",
    "request_rules",
    "request_rules_decision",
    "request_step",
    "review_rules",
    "review_rules_decision",
    "role_grant",
    "roll_call",
    "roll_call_covered",
    "roll_call_decision",
    "roll_call_training",
    "second_look",
    "shared_phone",
    "shift_code",
    "shift_pattern",
    "standing",
    "step_left_out",
    "text_consent",
    "text_use",
    "ticket",
    "ticket_answer",
    "ticket_answer_shown",
    "training_budget",
    "training_request",
    "unit",
    "upload",
    "upload_draft",
    "upload_file",
    "upload_look",
    "upload_mark",
    "upload_step",
    "work_span",
]

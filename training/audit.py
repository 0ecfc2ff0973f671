"""What is written into the audit chain, as ``subject:action`` tags.

The subject is what the entry is about, the action what happened to it; a tag never changes its meaning. The database
keeps the entries and refuses to change them; nothing but a unit of work appends.
"""

from enum import StrEnum


class AuditTag(StrEnum):
    """Every kind of entry there is, in sorted order."""

    AGENCY_FOUNDED = "agency:founded"
    AGENCY_PACKS_CHOSEN = "agency:packs-chosen"
    COMPLETION_CORRECTED = "completion:corrected"
    COMPLETION_WITHDRAWN = "completion:withdrawn"
    IMPORT_WRITTEN = "import:written"
    LIST_VIEWED = "list:viewed"
    OPENINGS_SEEN = "openings:seen"
    QUESTION_ANSWERED = "question:answered"
    RECORD_OPENED = "record:opened"
    RECORD_REFUSED = "record:refused"
    RECORD_VIEWED = "record:viewed"
    REPORTING_LINE_CHANGED = "reporting-line:changed"


# Entries that say that somebody looked at a person's record; and those that name everybody whom they showed inside.
VIEWS = (AuditTag.RECORD_OPENED, AuditTag.RECORD_VIEWED)
LISTS = (AuditTag.LIST_VIEWED,)

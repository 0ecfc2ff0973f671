"""What was said about all reminders of an agency at once, by whom and why."""

from sqlalchemy import ForeignKey, Text

from db.records.switches import SwitchWord
from db.tables.base import closed_words, fact_table, key, official_fact

reminder_switch = fact_table(
    "reminder_switch",
    official_fact("word", Text()),
    key("item_id", ForeignKey("content_item.id"), nullable=True),
    closed_words("word", SwitchWord),
)

"""What waits for a person to answer it, what was answered, and which answers were shown at a door that carries none."""

from sqlalchemy import Boolean, ForeignKey, Index, Integer, Text

from db.records.tickets import TicketKind
from db.tables.base import closed_words, contact, fact_table, inside_the_walls, key, official_fact, to_person
from db.types import UtcInstant

ticket = fact_table(
    "ticket",
    to_person(),
    official_fact("number", Integer()),
    official_fact("kind", Text()),
    official_fact("about", Text()),
    key("item_id", ForeignKey("content_item.id"), nullable=True),
    official_fact("channel", Text()),
    contact("address", Text()),
    contact("place", Text()),
    contact("thread", Text()),
    contact("account", Text()),
    official_fact("opened_at", UtcInstant()),
    closed_words("kind", TicketKind),
    inside_the_walls("item_id"),
)
# Two who ask at once cannot both be H-12.
Index("uq_ticket_agency_id_number", ticket.c.agency_id, ticket.c.number, unique=True)
Index("ix_ticket_agency_id_person_id", ticket.c.agency_id, ticket.c.person_id)

ticket_answer = fact_table(
    "ticket_answer",
    key("ticket_id", ForeignKey("ticket.id")),
    to_person("answered_by"),
    key("item_id", ForeignKey("content_item.id")),
    official_fact("closes", Boolean()),
    inside_the_walls("ticket_id"),
)
Index("ix_ticket_answer_agency_id_ticket_id", ticket_answer.c.agency_id, ticket_answer.c.ticket_id)

ticket_answer_shown = fact_table(
    "ticket_answer_shown",
    key("answer_id", ForeignKey("ticket_answer.id")),
    inside_the_walls("answer_id"),
)
Index(
    "ix_ticket_answer_shown_agency_id_answer_id",
    ticket_answer_shown.c.agency_id,
    ticket_answer_shown.c.answer_id,
)

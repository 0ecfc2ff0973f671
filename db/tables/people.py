"""People: who they are, what they are called, where they can be reached and who employs them."""

from sqlalchemy import Date, ForeignKey, Index, Text

from db.records.facts import ContactKind, MatchedBy, NameKind
from db.tables.base import closed_words, contact, fact_table, key, official_fact, to_person
from db.types import CanonicalJson

person = fact_table("person")

person_name = fact_table(
    "person_name",
    to_person(),
    official_fact("kind", Text()),
    official_fact("given", Text()),
    official_fact("family", Text()),
    official_fact("valid_from", Date(), nullable=True),
    closed_words("kind", NameKind),
)
Index("ix_person_name_agency_id_person_id", person_name.c.agency_id, person_name.c.person_id)

contact_point = fact_table(
    "contact_point",
    to_person(),
    contact("kind", Text()),
    contact("value", Text()),
    closed_words("kind", ContactKind),
)
Index(
    "ix_contact_point_agency_id_kind_value",
    contact_point.c.agency_id,
    contact_point.c.kind,
    contact_point.c.value,
)
Index("ix_contact_point_agency_id_person_id", contact_point.c.agency_id, contact_point.c.person_id)

# An account of a chat tool that was found to be a person's own: a workspace or tenant, and the id it has there.
channel_account = fact_table(
    "channel_account",
    to_person(),
    contact("channel", Text()),
    contact("address", Text()),
    contact("account", Text()),
    official_fact("matched_by", Text()),
    closed_words("matched_by", MatchedBy),
)
Index(
    "ix_channel_account_channel_address_account",
    channel_account.c.channel,
    channel_account.c.address,
    channel_account.c.account,
)
Index("ix_channel_account_agency_id_person_id", channel_account.c.agency_id, channel_account.c.person_id)

# An entry of the agency's Microsoft directory: with this id a Teams account says whose it is.
directory_entry = fact_table("directory_entry", to_person(), contact("object_id", Text()))
Index("ix_directory_entry_agency_id_object_id", directory_entry.c.agency_id, directory_entry.c.object_id)
Index("ix_directory_entry_agency_id_person_id", directory_entry.c.agency_id, directory_entry.c.person_id)

# An account whose owner somebody has to name, and what was decided: once.
account_question = fact_table(
    "account_question",
    contact("channel", Text()),
    contact("address", Text()),
    contact("account", Text()),
    key("candidates", type_=CanonicalJson()),
)
Index(
    "ix_account_question_channel_address_account",
    account_question.c.channel,
    account_question.c.address,
    account_question.c.account,
)

account_answer = fact_table(
    "account_answer",
    key("question_id", ForeignKey("account_question.id")),
    to_person(nullable=True),
)
Index("uq_account_answer_question_id", account_answer.c.question_id, unique=True)

# While anybody is of the pilot, nobody else is talked with.
pilot_member = fact_table("pilot_member", to_person())
Index("ix_pilot_member_agency_id_person_id", pilot_member.c.agency_id, pilot_member.c.person_id)

employment = fact_table(
    "employment",
    to_person(),
    official_fact("badge_number", Text()),
    official_fact("kind", Text()),
    official_fact("position", Text()),
    official_fact("rank", Text(), nullable=True),
    official_fact("status", Text()),
    official_fact("appointed_on", Date(), nullable=True),
    official_fact("ended_on", Date(), nullable=True),
    official_fact("licensed_on", Date(), nullable=True),
    official_fact("history_complete_from", Date(), nullable=True),
    official_fact("time_zone", Text(), nullable=True),
    official_fact("facts", CanonicalJson()),
)
Index("ix_employment_agency_id_person_id", employment.c.agency_id, employment.c.person_id)
Index("ix_employment_agency_id_badge_number", employment.c.agency_id, employment.c.badge_number)

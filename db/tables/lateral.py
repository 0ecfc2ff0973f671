"""One person with two employments: what an agency asks another for, what is released to it, and what it took in.

Each row stands in the chain of the agency that wrote it. The two chains name each other by the request and the release,
never by the other agency's person.
"""

from sqlalchemy import ForeignKey, Index, Text

from db.records.lateral import ReleaseSaid
from db.tables.base import closed_words, fact_table, key, official_fact, to_person
from db.types import CanonicalJson, WordList

intake_request = fact_table(
    "intake_request",
    to_person(),
    # The agency that is asked.
    key("holder_id", ForeignKey("chain_head.agency_id")),
)
Index("ix_intake_request_agency_id_person_id", intake_request.c.agency_id, intake_request.c.person_id)
Index("ix_intake_request_holder_id", intake_request.c.holder_id)

release_word = fact_table(
    "release_word",
    to_person(),
    # Of the agency that asks.
    key("request_id", ForeignKey("intake_request.id")),
    official_fact("word", Text()),
    closed_words("word", ReleaseSaid),
)
Index("ix_release_word_request_id", release_word.c.request_id)

record_release = fact_table(
    "record_release",
    to_person(),
    # Of the agency that asks.
    key("request_id", ForeignKey("intake_request.id")),
    official_fact("proof", WordList()),
    official_fact("classes", CanonicalJson()),
)
Index("ix_record_release_request_id", record_release.c.request_id)

intake_taken = fact_table(
    "intake_taken",
    to_person(),
    key("request_id", ForeignKey("intake_request.id")),
    # Of the agency that released.
    key("release_id", ForeignKey("record_release.id")),
)
Index("ix_intake_taken_agency_id_person_id", intake_taken.c.agency_id, intake_taken.c.person_id)

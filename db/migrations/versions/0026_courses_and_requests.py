"""Classes that can be taken, requests for training, and who decides about them."""

import sqlalchemy as sa
from alembic import op

from db.migrations.sealed_shape import create_sealed_fact_table
from db.migrations.shape import EXACT, ID, INSTANT, create_lookup, create_source_key_index, person_link

revision = "0026"
down_revision = "0025"

_ACTS = (
    "begun",
    "filled",
    "submitted",
    "approved",
    "denied",
    "asked",
    "answered",
    "handed",
    "withdrawn",
    "appealed",
    "seated",
    "waiting-for-seat",
    "registered",
    "class-cancelled",
    "attended",
    "partly-attended",
    "not-attended",
    "certificate-linked",
    "costs-entered",
    "closed",
)


def upgrade() -> None:
    _courses()
    _requests()
    _deciding()
    create_lookup("notification", "agency_id", "subject", "step")


def _courses() -> None:
    create_sealed_fact_table(
        "course_offering",
        _number("number"),
        *_texts("title", "sessions", "zone", "place", "provider", "course_number", "topics", "topic_hours"),
        *_texts("delivery", "link", "status", "ref"),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("register_by", sa.Date(), nullable=True),
        sa.Column("hours", EXACT, nullable=True),
        sa.Column("cost", EXACT, nullable=True),
        sa.Column("board_approved", sa.Boolean(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.CheckConstraint("status IN ('open', 'full', 'cancelled')", name="status"),
        sa.CheckConstraint("ends_on >= starts_on", name="ends_on"),
        sa.CheckConstraint("seats >= 0", name="seats"),
    )
    create_source_key_index("course_offering")
    create_lookup("course_offering", "agency_id", "ends_on")
    create_lookup("course_offering", "agency_id", "number")


def _requests() -> None:
    create_sealed_fact_table(
        "training_request",
        person_link(),
        _number("number"),
        *_texts("channel", "address", "place", "thread", "account"),
        sa.Column("received_at", INSTANT, nullable=False),
    )
    create_lookup("training_request", "agency_id", "person_id")
    _unique("training_request", "agency_id", "number")
    create_sealed_fact_table(
        "request_step",
        _link("request_id", "training_request"),
        _number("position"),
        *_texts("act", "body"),
        _link("item_id", "content_item", nullable=True),
        sa.CheckConstraint(f"act IN ({', '.join(repr(each) for each in _ACTS)})", name="act"),
        _inside("request_id"),
    )
    _unique("request_step", "request_id", "position")
    create_lookup("request_step", "agency_id", "act")
    create_sealed_fact_table(
        "request_look",
        _link("request_id", "training_request"),
        person_link("viewer_id"),
        _number("position"),
        _inside("request_id"),
    )
    create_lookup("request_look", "agency_id", "request_id")


def _deciding() -> None:
    create_sealed_fact_table(
        "approval_delegation",
        person_link("from_id"),
        person_link("to_id"),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=True),
        sa.CheckConstraint("from_id <> to_id", name="two_persons"),
        sa.CheckConstraint("ends_at > starts_at", name="ends_at"),
    )
    create_lookup("approval_delegation", "agency_id", "from_id")
    create_sealed_fact_table(
        "training_budget",
        sa.Column("unit_id", ID, nullable=True),
        _number("fiscal_year"),
        sa.Column("amount", EXACT, nullable=False),
    )
    create_lookup("training_budget", "agency_id", "fiscal_year")
    create_sealed_fact_table(
        "request_rules",
        _number("version"),
        *_texts("rules"),
        _link("item_id", "content_item"),
        _inside("item_id"),
    )
    _unique("request_rules", "agency_id", "version")
    create_sealed_fact_table(
        "request_rules_decision",
        _link("rules_id", "request_rules"),
        *_texts("word"),
        person_link("proposed_by"),
        person_link("decided_by"),
        sa.CheckConstraint("word IN ('confirmed', 'refused')", name="word"),
        sa.CheckConstraint("word <> 'confirmed' OR proposed_by <> decided_by", name="two_persons"),
        _inside("rules_id"),
    )
    _unique("request_rules_decision", "rules_id")
    op.create_table(
        "approval_code",
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        person_link(),
        _link("request_id", "training_request"),
        _number("position"),
        *_texts("code_hash"),
        sa.Column("expires_at", INSTANT, nullable=False),
        _number("tries"),
        sa.PrimaryKeyConstraint("person_id", "request_id", "position"),
    )


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _link(name: str, table: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, ID, sa.ForeignKey(f"{table}.id"), nullable=nullable)


def _inside(column: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} / 10000000000 = agency_id", name=column)


def _unique(table: str, *columns: str) -> None:
    op.create_index(f"uq_{table}_{'_'.join(columns)}", table, list(columns), unique=True)

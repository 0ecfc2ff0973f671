"""Which table keeps which kind of fact, and how does a record become a row and a row a record?"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import StrEnum
from functools import cache
from typing import Any, get_type_hints

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    FromClause,
    RowMapping,
    Select,
    Table,
    bindparam,
    exists,
    select,
)

from db import tables
from db.records import (
    accounts,
    courses,
    facts,
    lateral,
    phones,
    reminders,
    requests,
    review_rules,
    roll_calls,
    shifts,
    switches,
    tickets,
    uploads,
)
from db.records.facts import AgencyId, Fact, FactT, Kept

# Stand for the agency, and for the place in its sequence, in statements that are composed once and run for any:
# composing one costs more than running it.
SCOPE: BindParameter[int] = bindparam("agency_id", type_=BigInteger())
THEN: BindParameter[int] = bindparam("known_at", type_=BigInteger())

TABLES: Mapping[type[Fact], Table] = {
    facts.Agency: tables.agency,
    facts.AgencyPack: tables.agency_pack,
    facts.Door: tables.door,
    facts.Person: tables.person,
    facts.PersonName: tables.person_name,
    facts.ContactPoint: tables.contact_point,
    facts.ChannelAccount: tables.channel_account,
    facts.DirectoryEntry: tables.directory_entry,
    accounts.AccountQuestion: tables.account_question,
    accounts.AccountAnswer: tables.account_answer,
    accounts.PilotMember: tables.pilot_member,
    phones.SharedPhone: tables.shared_phone,
    phones.TextConsent: tables.text_consent,
    facts.Employment: tables.employment,
    facts.Unit: tables.unit,
    facts.ReportingLine: tables.reporting_line,
    facts.RoleGrant: tables.role_grant,
    facts.Credential: tables.credential,
    facts.Card: tables.card,
    facts.Assignment: tables.assignment,
    facts.Leave: tables.leave,
    facts.Exemption: tables.exemption,
    facts.Completion: tables.completion,
    facts.LikenessDecision: tables.likeness_decision,
    facts.ImportBatch: tables.import_batch,
    facts.ContentItem: tables.content_item,
    facts.ContentQuarantine: tables.content_quarantine,
    facts.ContentHold: tables.content_hold,
    facts.ContentHoldLift: tables.content_hold_lift,
    facts.ContentDisposal: tables.content_disposal,
    facts.ContentTombstone: tables.content_tombstone,
    facts.RecordOpening: tables.record_opening,
    facts.OpeningSeen: tables.opening_seen,
    facts.Disclosure: tables.disclosure,
    lateral.IntakeRequest: tables.intake_request,
    lateral.ReleaseWord: tables.release_word,
    lateral.RecordRelease: tables.record_release,
    lateral.IntakeTaken: tables.intake_taken,
    tickets.Ticket: tables.ticket,
    tickets.TicketAnswer: tables.ticket_answer,
    tickets.TicketAnswerShown: tables.ticket_answer_shown,
    uploads.Upload: tables.upload,
    uploads.UploadFile: tables.upload_file,
    uploads.UploadStep: tables.upload_step,
    uploads.UploadLook: tables.upload_look,
    review_rules.ReviewRules: tables.review_rules,
    review_rules.ReviewRulesDecision: tables.review_rules_decision,
    review_rules.SecondLook: tables.second_look,
    reminders.ReminderRulesEntry: tables.reminder_rules,
    reminders.ReminderWish: tables.reminder_wish,
    shifts.WorkSpan: tables.work_span,
    shifts.ShiftPattern: tables.shift_pattern,
    switches.ReminderSwitch: tables.reminder_switch,
    reminders.StepLeftOut: tables.step_left_out,
    roll_calls.RollCall: tables.roll_call,
    roll_calls.RollCallCovered: tables.roll_call_covered,
    roll_calls.RollCallTraining: tables.roll_call_training,
    roll_calls.RollCallDecision: tables.roll_call_decision,
    courses.CourseOffering: tables.course_offering,
    requests.TrainingRequest: tables.training_request,
    requests.RequestStep: tables.request_step,
    requests.RequestLook: tables.request_look,
    requests.ApprovalDelegation: tables.approval_delegation,
    requests.TrainingBudget: tables.training_budget,
    requests.RequestRules: tables.request_rules,
    requests.RequestRulesDecision: tables.request_rules_decision,
}


def _words_of(kind: type[Fact]) -> dict[str, Callable[[str], StrEnum]]:
    hints = get_type_hints(kind)
    return {
        name: hint for name, hint in hints.items() if isinstance(hint, type) and issubclass(hint, StrEnum)
    }


_FIELDS = {kind: tuple(each.name for each in fields(kind)) for kind in TABLES}
_WORDS = {kind: _words_of(kind) for kind in TABLES}


def columns_of(fact: Fact) -> dict[str, Any]:
    """The fact's own columns."""
    kind = type(fact)
    row = {name: getattr(fact, name) for name in _FIELDS[kind]}
    for name in _WORDS[kind]:
        row[name] = str(row[name])
    return row


def fact_of(kind: type[FactT], row: RowMapping) -> FactT:
    """The fact that a row says."""
    said: dict[str, Any] = {name: row[name] for name in _FIELDS[kind]}
    for name, word in _WORDS[kind].items():
        said[name] = word(said[name])
    return kind(**said)


def kept_of(kind: type[FactT], row: RowMapping) -> Kept[FactT]:
    """The fact with how we came to know it."""
    return Kept(
        id=row["id"],
        agency_id=AgencyId(row["agency_id"]),
        seq=row["seq"],
        recorded_at=row["recorded_at"],
        recorded_by=row["recorded_by"],
        source=row["source"],
        replaces_id=row["replaces_id"],
        fact=fact_of(kind, row),
    )


@cache
def _later(table: Table) -> FromClause:
    """The same table once more, for what replaced a row; made once, for its columns cost more than the question."""
    return table.alias()


@cache
def _neither_withdrawn_nor_replaced(table: Table) -> ColumnElement[bool]:
    """As it stands now. Made once as well: every answer asks it a dozen times."""
    return table.c.void.is_(False) & ~exists().where(_later(table).c.replaces_id == table.c.id)


def in_force(
    table: FromClause,
    agency_id: AgencyId | BindParameter[int],
    known_at: int | BindParameter[int] | None = None,
) -> ColumnElement[bool]:
    """Rows of the agency that stood at a place in its sequence: neither withdrawn nor replaced by then."""
    if isinstance(table, Table) and known_at is None:
        mine: ColumnElement[bool] = table.c.agency_id == agency_id
        return mine & _neither_withdrawn_nor_replaced(table)
    later = _later(table) if isinstance(table, Table) else table.alias()
    replaced = exists().where(later.c.replaces_id == table.c.id)
    standing = (table.c.agency_id == agency_id) & table.c.void.is_(False)
    if known_at is not None:
        replaced = replaced.where(later.c.seq <= known_at)
        standing &= table.c.seq <= known_at
    return standing & ~replaced


def in_force_rows(
    kind: type[Fact],
    agency_id: AgencyId | BindParameter[int],
    known_at: int | BindParameter[int] | None = None,
) -> Select[Any]:
    """The same as a statement that can be narrowed further."""
    table = TABLES[kind]
    return select(table).where(in_force(table, agency_id, known_at))

"""What would a list of cards add? Cards with their days, and the licensing cycles that states list among them."""

from collections.abc import Hashable

from sqlalchemy import Connection

from db.queries import evaluation
from db.queries.imports import source_keys
from db.records.facts import AgencyId, Card, Credential
from reading.tables.codes import RowCode
from reading.tables.preview import AcceptedRow, Preview, TableKind
from reading.tables.rows import CardRow, CycleRow
from training.imports.model import PlanCode, PlannedRow, why, whys
from training.imports.reconcile import Candidate, Keys, draft_of, keeping, person_of, reconcile
from training.imports.register import Register
from training.standings.person_facts import CYCLE_KIND

YEARLY = 1
COLUMN_OF = {"valid_from": "issued_on", "valid_to": "expires_on", "provider": "issuer"}


def plan_cards(
    conn: Connection, agency_id: AgencyId, preview: Preview, register: Register, state: str
) -> tuple[tuple[PlannedRow, ...], int]:
    """Every row's plan, and how many imported cards and cycles the file lacks."""
    keys = Keys(TableKind.CARDS)
    cards = [_card(accepted, row, register, keys) for accepted, row in preview.of(CardRow)]
    cycles = [_cycle(accepted, row, register, keys, state) for accepted, row in preview.of(CycleRow)]
    of_cards = {each.fact.person_id for each in cards if each.fact is not None}
    of_cycles = {each.fact.person_id for each in cycles if each.fact is not None}
    ids = sorted(of_cards | of_cycles)
    people = evaluation.facts_for(conn, agency_id, ids) if ids else {}
    said = {use.column for use in preview.columns}
    absent = [field for field, column in COLUMN_OF.items() if column not in said]
    rows, cards_left = reconcile(
        cards,
        [kept for person in people.values() for kept in person.cards],
        source_keys(conn, agency_id, Card, ids),
        _same_card,
        lambda earlier, new: keeping(earlier, new, absent),
    )
    windows, cycles_left = reconcile(
        cycles,
        [kept for person in people.values() for kept in person.credentials if kept.fact.kind == CYCLE_KIND],
        source_keys(conn, agency_id, Credential, ids),
        _same_cycle,
        lambda earlier, new: keeping(earlier, new, ("number", "status", "discipline")),
    )
    return tuple(sorted([*rows, *windows], key=lambda row: row.line)), cards_left + cycles_left


def _card(accepted: AcceptedRow, row: CardRow, register: Register, keys: Keys) -> Candidate[Card]:
    draft = draft_of(accepted, row.badge_number)
    person_id = person_of(register, draft)
    # A card cannot be taken both ways, and one that ends as it begins would make somebody look uncovered.
    draft.because += whys(doubt for doubt in accepted.doubts if doubt.code is RowCode.CARD_DATES_DOUBTFUL)
    if draft.because or person_id is None:
        return Candidate(draft, None)
    fact = Card(
        person_id=person_id,
        covers=row.covers,
        valid_from=row.issued_on,
        valid_to=row.expires_on,
        provider=row.issuer,
        source_key=keys.key(row, person_id),
    )
    return Candidate(draft, fact)


def _cycle(
    accepted: AcceptedRow, row: CycleRow, register: Register, keys: Keys, state: str
) -> Candidate[Credential]:
    draft = draft_of(accepted, row.badge_number)
    person_id = person_of(register, draft)
    if person_id is None:
        return Candidate(draft, None)
    if row.closed or row.cycle_end is None:
        draft.because.append(why(PlanCode.WINDOW_CLOSED, card=row.name))
        return Candidate(draft, None, skipped=True)
    if row.years == YEARLY:
        draft.because.append(why(PlanCode.WINDOW_YEARLY, card=row.name))
        return Candidate(draft, None, skipped=True)
    fact = Credential(
        person_id=person_id,
        kind=CYCLE_KIND,
        level=row.track,
        state=state,
        cycle_start=row.cycle_start,
        cycle_end=row.cycle_end,
        source_key=keys.key(row, person_id),
    )
    return Candidate(draft, fact)


def _same_card(card: Card) -> Hashable:
    return (tuple(sorted(card.covers)), card.valid_from or card.valid_to)


def _same_cycle(credential: Credential) -> Hashable:
    return (credential.kind, credential.level, credential.cycle_start)

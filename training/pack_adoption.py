"""From which day is an agency judged by another version of a pack, or by a further pack, and what is in the way?"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from db.queries import agencies
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, AgencyPack, Kept
from db.unit_of_work import writing
from rules.pack import Pack
from training.audit import AuditTag
from training.errors import ErrorCode, RollcallError
from training.office import Office, business_now
from training.packs import PackShelf

SOURCE = "rules adopt"


@dataclass(frozen=True, slots=True)
class Adoption:
    """What taking a pack up would write.

    ``corrections`` are rows with what they would say instead, ``added`` a new row, ``after`` everything as it would
    stand. ``instead_of`` names the version that ends the day before.
    """

    pack: Pack
    starts_on: date
    before: tuple[AgencyPack, ...]
    after: tuple[AgencyPack, ...]
    corrections: tuple[tuple[int, AgencyPack], ...] = ()
    added: AgencyPack | None = None
    instead_of: str | None = None

    @property
    def too_early(self) -> bool:
        """Whether the day lies before the first one that this version is meant for."""
        effective = self.pack.effective_from
        return effective is not None and self.starts_on < effective


def planned(conn: Connection, shelf: PackShelf, agency_id: AgencyId, named: str, starts_on: date) -> Adoption:
    """What would be written to take this pack up from this day; an id alone is its newest version.

    The earlier version ends the day before. Taking up again what begins on another day moves that day. RollcallError
    when the pack is not held, is another state's, begins already, or would be judged beside its own duties.
    """
    versions = shelf.versions(named)
    if not versions:
        raise RollcallError(ErrorCode.PACK_UNKNOWN, pack=named, known=shelf.held)
    pack = shelf.pack(versions[-1].name)
    state = agencies.agency(conn, agency_id).fact.state
    if pack.state.upper() != state.upper():
        raise RollcallError(ErrorCode.PACK_OTHER_STATE, pack=pack.name, state=pack.state, own=state)
    rows = agencies.packs(conn, agency_id)
    own = sorted(
        (kept for kept in rows if _id_of(shelf, kept.fact.pack) == pack.id),
        key=lambda kept: kept.fact.starts_on,
    )
    others = [kept.fact for kept in rows if kept not in own]
    _check_apart(shelf, pack, others, starts_on)
    corrections, added = _rows(shelf, pack, own, starts_on)
    said = dict(corrections)
    after = [said.get(kept.id, kept.fact) for kept in rows]
    ended = [each.pack for _, each in corrections if each.ends_on == starts_on - timedelta(days=1)]
    return Adoption(
        pack=pack,
        starts_on=starts_on,
        before=tuple(kept.fact for kept in rows),
        after=tuple(after if added is None else (*after, added)),
        corrections=corrections,
        added=added,
        instead_of=_name_of(shelf, ended[0]) if ended else None,
    )


def adopt(office: Office, agency_id: AgencyId, adoption: Adoption, *, channel: str) -> None:
    """Write it, together with its entry; everybody is judged again by the next tick.

    RollcallError when the agency's packs are no longer what they were when it was planned.
    """
    name = adoption.pack.name
    with writing(office.engine, agency_id, at=business_now(office), channel=channel, source=SOURCE) as writer:
        if planned(writer.conn, office.shelf, agency_id, name, adoption.starts_on) != adoption:
            raise RollcallError(ErrorCode.PACKS_MOVED, pack=name)
        for kept_id, fact in adoption.corrections:
            writer.correct(kept_id, fact)
        if adoption.added is not None:
            writer.record(adoption.added)
        data = {"packs": [name], "as_of": adoption.starts_on.isoformat(), "digest": adoption.pack.digest}
        if adoption.instead_of is not None:
            data["instead_of"] = adoption.instead_of
        writer.audit(AuditDraft(tag=AuditTag.AGENCY_PACKS_CHOSEN, data=data))


def _rows(
    shelf: PackShelf, pack: Pack, own: list[Kept[AgencyPack]], starts_on: date
) -> tuple[tuple[tuple[int, AgencyPack], ...], AgencyPack | None]:
    """The rows of this pack to put right, and the row to add."""
    day_before = starts_on - timedelta(days=1)
    earlier = [kept for kept in own if kept.fact.starts_on < starts_on]
    last = own[-1] if own else None
    if last is not None and _name_of(shelf, last.fact.pack) == pack.name and len(own) > 1:
        if last.fact.starts_on == starts_on:
            raise RollcallError(ErrorCode.PACK_ALREADY_CHOSEN, pack=pack.name, day=starts_on)
        previous = own[-2]
        if previous.fact.starts_on < starts_on:
            return (
                (previous.id, replace(previous.fact, ends_on=day_before)),
                (last.id, replace(last.fact, starts_on=starts_on)),
            ), None
    later = [kept.fact for kept in own if kept.fact.starts_on >= starts_on]
    running = [kept for kept in earlier if kept.fact.ends_on is None or kept.fact.ends_on >= starts_on]
    for each in (*(kept.fact for kept in running), *later):
        if _name_of(shelf, each.pack) == pack.name:
            raise RollcallError(ErrorCode.PACK_ALREADY_CHOSEN, pack=pack.name, day=each.starts_on)
    if later:
        raise RollcallError(
            ErrorCode.PACK_OVERLAPS, pack=pack.name, other=later[0].pack, day=later[0].starts_on
        )
    ended = tuple((kept.id, replace(kept.fact, ends_on=day_before)) for kept in running)
    return ended, AgencyPack(pack=pack.name, starts_on=starts_on)


def _check_apart(shelf: PackShelf, pack: Pack, others: list[AgencyPack], starts_on: date) -> None:
    """No duty may be judged twice on one day, under two packs that both have it."""
    duties = {requirement.id for requirement in pack.requirements}
    for each in others:
        other = shelf.find(each.pack)
        if other is None or (each.ends_on is not None and each.ends_on < starts_on):
            continue
        if any(requirement.id in duties for requirement in other.requirements):
            raise RollcallError(
                ErrorCode.PACK_OVERLAPS, pack=pack.name, other=other.name, day=max(each.starts_on, starts_on)
            )


def _name_of(shelf: PackShelf, named: str) -> str:
    """The whole name of what a kept row says; of a version that is gone, what the row says."""
    pack = shelf.find(named)
    return named if pack is None else pack.name


def _id_of(shelf: PackShelf, named: str) -> str:
    pack = shelf.find(named)
    return pack.id if pack is not None else named.rpartition("-")[0] or named

"""What must not go, however old it is? A hold is placed by one person and lifted by two."""

from collections.abc import Iterable
from datetime import date

from db.queries import content
from db.records.audit import AuditDraft
from db.records.content import ItemState
from db.records.facts import ContentHold, ContentHoldLift, Kept
from db.unit_of_work import Writer
from training.asking import Question
from training.audit import AuditTag
from training.content.custody import CONFIRMED_BY, HELD_BY, CustodyDone, Verdict, acting, still_holds
from training.office import local_day


def holding(holds: Iterable[Kept[ContentHold]], item: ItemState, zone: str) -> Kept[ContentHold] | None:
    """The first of these holds that keeps the item; days are days where the agency is."""
    return next((each for each in holds if _keeps(each.fact, item, local_day(item.recorded_at, zone))), None)


def _keeps(hold: ContentHold, item: ItemState, day: date) -> bool:
    return (
        (hold.item_id is None or hold.item_id == item.id)
        and (hold.person_id is None or hold.person_id in item.parties)
        and (hold.first_day is None or hold.first_day <= day)
        and (hold.last_day is None or day <= hold.last_day)
    )


def place_hold(question: Question, hold: ContentHold) -> CustodyDone:
    """From this moment nothing of it may go. One person is enough."""
    with acting(question) as writer:
        if not still_holds(writer, question, *HELD_BY):
            return CustodyDone(verdict=Verdict.NOT_YOURS)
        if hold.item_id is not None and content.item(writer.conn, writer.agency_id, hold.item_id) is None:
            return CustodyDone(verdict=Verdict.NOT_THERE)
        if any(each.fact == hold for each in content.holds(writer.conn, writer.agency_id)):
            return CustodyDone(verdict=Verdict.ALREADY)
        hold_id = writer.record(hold)[0]
        writer.audit(_entry(AuditTag.CONTENT_HELD, hold_id, hold))
        return CustodyDone(verdict=Verdict.DONE, hold_id=hold_id)


def lift_hold(question: Question, hold_id: int) -> CustodyDone:
    """The first person asks (NOTHING_OPEN says that now somebody has), a second one lifts it."""
    with acting(question) as writer:
        standing = {each.id: each for each in content.holds(writer.conn, writer.agency_id)}.get(hold_id)
        asked = content.lifts_asked_for(writer.conn, writer.agency_id).get(hold_id)
        roles = HELD_BY if asked is None else CONFIRMED_BY
        if not still_holds(writer, question, *roles):
            return CustodyDone(verdict=Verdict.NOT_YOURS)
        if standing is None:
            return CustodyDone(verdict=Verdict.NOT_THERE)
        if _is_about(writer, standing.fact, question.asker.person_id):
            return CustodyDone(verdict=Verdict.OWN, hold_id=hold_id)
        if asked is None:
            return _ask(writer, standing)
        if asked.recorded_by == question.asker.person_id:
            return CustodyDone(verdict=Verdict.SECOND, hold_id=hold_id)
        writer.withdraw(hold_id, ContentHold)
        writer.audit(_entry(AuditTag.CONTENT_HOLD_LIFTED, hold_id, standing.fact))
        return CustodyDone(verdict=Verdict.DONE, hold_id=hold_id)


def _is_about(writer: Writer, hold: ContentHold, person_id: int) -> bool:
    """Whether it keeps somebody's own words by name or by number; one that only names days keeps everybody's."""
    if hold.item_id is None:
        return hold.person_id == person_id
    item = content.item(writer.conn, writer.agency_id, hold.item_id)
    return item is not None and person_id in item.parties


def _ask(writer: Writer, hold: Kept[ContentHold]) -> CustodyDone:
    writer.record(ContentHoldLift(hold_id=hold.id))
    writer.audit(_entry(AuditTag.CONTENT_HOLD_LIFT_ASKED, hold.id, hold.fact))
    return CustodyDone(verdict=Verdict.NOTHING_OPEN, hold_id=hold.id)


def _entry(tag: AuditTag, hold_id: int, hold: ContentHold) -> AuditDraft:
    data = {"hold": hold_id}
    return AuditDraft(tag=tag, subject_id=hold.person_id, data=data | _on(hold))


def _on(hold: ContentHold) -> dict[str, int]:
    return {} if hold.item_id is None else {"item": hold.item_id}

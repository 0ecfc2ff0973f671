"""How is an item hidden at once, and how does it come back when it was a false alarm?"""

from db.queries import content
from db.records.audit import AuditDraft
from db.records.facts import ContentQuarantine, SetAside
from training.asking import Question
from training.audit import AuditTag
from training.content.custody import CUSTODIANS, SET_ASIDE_BY, CustodyDone, Verdict, acting, refused


def set_aside(question: Question, item_id: int) -> CustodyDone:
    """From this moment nobody is shown the item."""
    with acting(question) as writer:
        found = refused(writer, question, item_id, *SET_ASIDE_BY)
        if isinstance(found, CustodyDone):
            return found
        if found.set_aside is not None:
            return CustodyDone(verdict=Verdict.ALREADY, item=found)
        writer.record(ContentQuarantine(item_id=item_id, reason=SetAside.BY_HAND))
        writer.audit(
            AuditDraft(
                tag=AuditTag.CONTENT_SET_ASIDE,
                subject_id=found.person_id,
                data={"item": item_id, "hash": found.keyed_hash},
            )
        )
        return CustodyDone(verdict=Verdict.DONE, item=found)


def put_back(question: Question, item_id: int) -> CustodyDone:
    """It was a false alarm: whatever hides the item is withdrawn."""
    with acting(question) as writer:
        found = refused(writer, question, item_id, *CUSTODIANS)
        if isinstance(found, CustodyDone):
            return found
        hiding = content.quarantines(writer.conn, writer.agency_id, item_id)
        if not hiding:
            return CustodyDone(verdict=Verdict.NOTHING_OPEN, item=found)
        for each in hiding:
            writer.withdraw(each, ContentQuarantine)
        writer.audit(
            AuditDraft(
                tag=AuditTag.CONTENT_PUT_BACK,
                subject_id=found.person_id,
                data={"item": item_id, "hash": found.keyed_hash},
            )
        )
        return CustodyDone(verdict=Verdict.DONE, item=found)

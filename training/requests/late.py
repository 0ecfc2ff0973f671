"""What becomes of a request that somebody began and never sent? It is spoken of once, and then listed where somebody
can help."""

from datetime import datetime, timedelta

from db.queries import agencies, requests
from db.records.audit import AuditDraft
from db.records.facts import AgencyId
from db.records.ledger import Destination, Occasion
from db.records.requests import KeptRequest, RequestAct
from db.unit_of_work import reading, writing
from messages import requests as say
from messages.words import Words
from training.asking import Question
from training.audit import AuditTag
from training.ledger.saying import ToSay, plan
from training.office import Office, business_now, shared_now
from training.permissions import hidden
from training.requests.behalf import SUBJECT
from training.requests.drafting import OwnRequest, missing
from training.requests.forming import class_values
from training.requests.life import RequestStage, life_of

# The same three days as for a certificate.
FORGOTTEN = timedelta(days=3)
_UNSENT = (RequestAct.BEGUN, RequestAct.FILLED)


def forgotten(question: Question) -> tuple[OwnRequest, ...]:
    """Requests that nobody sent for days, of everybody whom the asker may see, the oldest first."""
    before = question.asker.now - FORGOTTEN
    unseen = hidden(question)
    found = requests.last_acts(question.conn, question.agency_id, _UNSENT)
    return tuple(
        OwnRequest(request=each, life=life_of(each))
        for each in found
        if each.steps[-1].recorded_at <= before and each.kept.fact.person_id not in unseen
    )


def remind(office: Office, words: Words, *, limit: int) -> int:
    """Requests that wait for their asker for three days: said once, where they were begun."""
    before = business_now(office) - FORGOTTEN
    done = 0
    with reading(office.engine) as conn:
        found = [
            (agency_id, each)
            for agency_id in agencies.agencies(conn)
            for each in requests.last_acts(conn, agency_id, _UNSENT)
            if each.steps[-1].recorded_at <= before and each.kept.fact.address
        ]
    for agency_id, each in found:
        if done >= limit:
            break
        done += _remind(office, agency_id, each, words, before)
    return done


def _remind(office: Office, agency_id: AgencyId, request: KeptRequest, words: Words, before: datetime) -> int:
    with writing(office.engine, agency_id, at=business_now(office)) as writer:
        now = requests.by_id(writer.conn, agency_id, request.kept.id)
        if now is None or now.steps[-1].recorded_at > before:
            return 0
        life, fact = life_of(now), now.kept.fact
        if life.stage is not RequestStage.DRAFT:
            return 0
        facts = say.DraftFacts(
            number=fact.number,
            values=class_values(life.values),
            effects=say.EffectFacts(),
            missing=missing(life.values),
            reminds=True,
        )
        asker = now.kept.recorded_by or fact.person_id
        to_say = ToSay(
            person_id=asker,
            message=say.drafted(facts, words),
            routes=(
                Destination(
                    channel=fact.channel,
                    address=fact.address,
                    place=fact.place,
                    thread=fact.thread,
                    account=fact.account,
                ),
            ),
            about=f"request R-{fact.number}",
            own_question=True,
            occasion=Occasion(
                agency_id=agency_id, person_id=asker, subject=SUBJECT, step=f"remind {now.kept.id}"
            ),
        )
        if plan(writer, office.keys, to_say, now=shared_now(office, writer.conn)) is None:
            return 0
        writer.audit(
            AuditDraft(tag=AuditTag.REQUEST_DRAFT_REMINDED, subject_id=asker, data={"number": fact.number})
        )
    return 1

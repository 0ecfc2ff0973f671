"""Which requests have something that follows their approval, who sees to it, and of whom is it shown to the asker?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from db.queries import reporting, requests
from db.records.courses import CourseOffering
from db.records.facts import AgencyId, Kept
from db.records.requests import RequestAct
from messages.after_approval import RequestClassFacts
from training.asking import Question
from training.courses import offerings
from training.permission_table import Ask
from training.permissions import hidden, may
from training.requests.life import Life, RequestStage, StandingRequest, life_of
from training.uploads import reviewers

# Whatever was done last, something may follow it.
_LAST = (
    RequestAct.APPROVED,
    RequestAct.SEATED,
    RequestAct.WAITING_FOR_SEAT,
    RequestAct.REGISTERED,
    RequestAct.CLASS_CANCELLED,
    RequestAct.ATTENDED,
    RequestAct.PARTLY_ATTENDED,
    RequestAct.NOT_ATTENDED,
    RequestAct.CERTIFICATE_LINKED,
    RequestAct.COSTS_ENTERED,
)
STAGES = frozenset(
    {
        RequestStage.APPROVED,
        RequestStage.WAITING_FOR_SEAT,
        RequestStage.REGISTERED,
        RequestStage.CLASS_CANCELLED,
        RequestStage.ATTENDED,
        RequestStage.NOT_ATTENDED,
        RequestStage.CERTIFIED,
    }
)
# What is over is read only where it is asked for.
STAGE_OF_END = {
    RequestStage.CLOSED: RequestAct.CLOSED,
    RequestStage.DENIED: RequestAct.DENIED,
    RequestStage.WITHDRAWN: RequestAct.WITHDRAWN,
}
# What an act says that its person noted for themselves, because nobody else of the agency sees to it.
ALONE = "alone"
# Approved, and nobody said yet whether somebody was there.
BEFORE_PRESENCE = frozenset({RequestStage.APPROVED, RequestStage.REGISTERED})


@dataclass(frozen=True, slots=True)
class Followed(StandingRequest):
    """One request with how it stands."""

    @property
    def last_day(self) -> date | None:
        """The last day of its class; None where no day was said."""
        return self.life.values.ends_on or self.life.values.starts_on

    @property
    def approved_seq(self) -> int:
        """When the last approval of this version came: the place in a line."""
        return max((each.seq for each in self.life.approvals.values()), default=0)


def everything(question: Question, stages: Iterable[RequestStage] = STAGES) -> tuple[Followed, ...]:
    """Every request of the agency at these stages, whoever asks: for the line of a class, and for the clock."""
    return everything_of(question.conn, question.agency_id, stages)


def everything_of(
    conn: Connection, agency_id: AgencyId, stages: Iterable[RequestStage] = STAGES
) -> tuple[Followed, ...]:
    """The same for whoever asks in nobody's name."""
    wanted = frozenset(stages)
    ended = {STAGE_OF_END[each] for each in wanted & STAGE_OF_END.keys()}
    found = requests.last_acts(conn, agency_id, (*_LAST, *ended))
    lives = (Followed(each, life_of(each)) for each in found)
    return tuple(each for each in lives if each.life.stage in wanted)


def in_care(question: Question, stages: Iterable[RequestStage] = STAGES) -> tuple[Followed, ...]:
    """Those that the asker sees to."""
    return tuple(each for each in everything(question, stages) if cares(question, each.person_id))


def found(question: Question, number: int | None) -> Followed | None:
    """The request of a number, where something may follow it or it is over; None where there is no such request."""
    kept = None if number is None else requests.by_number(question.conn, question.agency_id, number)
    return None if kept is None else Followed(kept, life_of(kept))


def carers(question: Question, person_id: int) -> tuple[int, ...]:
    """Who sees to what follows an approval for somebody. Nobody does for themselves while there is anybody else; where
    there is nobody, whoever it is for notes it, and it is marked as their own word. It decides nothing."""
    others = reviewers.whom(question, person_id).people
    if others:
        return tuple(each.person_id for each in others)
    now = question.asker.now
    holds = (
        reporting.holders_of(question.conn, question.agency_id, role, now) for role in reviewers.IN_ORDER
    )
    return (person_id,) if any(person_id in each for each in holds) else ()


def cares(question: Question, person_id: int) -> bool:
    """Whether the asker is one of those who see to what follows for this person."""
    if not question.serves or not may(question, Ask.REVIEW):
        return False
    return question.asker.person_id in carers(question, person_id)


def is_alone(question: Question, person_id: int) -> bool:
    """Whether the asker notes for themselves what somebody else would, because there is nobody else."""
    return person_id == question.asker.person_id and cares(question, person_id)


def own_word(question: Question, person_id: int) -> Mapping[str, bool]:
    """How an act says that it was noted so; nothing of any other."""
    return {ALONE: True} if is_alone(question, person_id) else {}


def supervises(question: Question, person_id: int) -> bool:
    """Whether the person is below the asker as of now, and shown to them."""
    return (
        person_id != question.asker.person_id
        and may(question, Ask.LINE_LIST)
        and person_id in question.below
        and person_id not in hidden(question)
    )


def supervisor_of(question: Question, person_id: int) -> int | None:
    """Whom the person reports to as of now."""
    lines = reporting.lines_at(question.conn, question.agency_id, question.asker.now)
    line = lines.get(person_id)
    return None if line is None else line.fact.supervisor_id


def offering_of(question: Question, life: Life) -> Kept[CourseOffering] | None:
    """The class of our calendar that a request is for, as it is by now."""
    number = life.values.offering
    return None if number is None else offerings.by_number(question.conn, question.agency_id, number)


def class_facts(question: Question, followed: Followed) -> RequestClassFacts:
    """The request as messages speak of it."""
    values = followed.life.values
    return RequestClassFacts(
        number=followed.number,
        who=reviewers.name_of(question, followed.person_id),
        title=values.title,
        first=values.starts_on,
        last=followed.last_day,
        place=values.place,
        hours=values.hours,
        register_by=values.register_by,
    )

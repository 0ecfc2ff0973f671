"""Who gets the app in Teams without asking for it? Whoever serves, is known by their entry in the directory and has
never had it: what somebody took away is not put back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.queries import agencies, chat_references, people, reminders
from db.queries import directory as kept
from db.queries.context import Sender
from db.records.audit import AuditDraft
from db.records.facts import AgencyId
from db.unit_of_work import writing
from training.asking import Question, asking
from training.audit import AuditTag
from training.directory.model import AgencyDirectory, AppAtPerson, InstallOutcome
from training.errors import ErrorCode, RollcallError
from training.office import Office, local_day
from training.people import is_serving
from training.permission_table import Ask
from training.permissions import hidden, may

CHANNEL = "command"
TEAMS = "teams"


@dataclass(frozen=True, slots=True)
class WithoutApp:
    """Somebody who would get it."""

    person_id: int
    object_id: str


def without_app(
    office: Office, agency_id: AgencyId, sender: Sender, tenant: str, badges: Sequence[str] = ()
) -> tuple[WithoutApp, ...]:
    """Whoever would get it, of these or of everybody, of the pilot alone while there is one. RollcallError for a badge
    that is nobody's."""
    with asking(office, agency_id, sender, CHANNEL) as question:
        asker = _allowed(question)
        conn, unseen = asker.conn, hidden(asker)
        pilot = reminders.pilot(conn, agency_id)
        day = local_day(asker.asker.now, agencies.agency(conn, agency_id).fact.time_zone)
        serving = {each.person_id: each for each in people.roster(conn, agency_id) if is_serving(each, day)}
        wanted = {_person(asker, badge) for badge in badges} or serving.keys()
        found = []
        for each in kept.entries(conn, agency_id):
            who, object_id = each.fact.person_id, each.fact.object_id
            if who not in wanted or who not in serving or who in unseen or (pilot and who not in pilot):
                continue
            if chat_references.own(conn, agency_id, TEAMS, tenant.casefold(), object_id) is None:
                found.append(WithoutApp(who, object_id))
        return tuple(found)


def install(
    office: Office,
    agency_id: AgencyId,
    sender: Sender,
    directory: AgencyDirectory,
    app: str,
    whom: Sequence[WithoutApp],
) -> Mapping[InstallOutcome, int]:
    """Have it installed for these people; what came of it, counted. What stopped it is raised once everything that was
    done is written down."""
    with asking(office, agency_id, sender, CHANNEL) as question:
        asker = _allowed(question)
        now, actor = asker.asker.now, asker.asker.person_id
    owners = {each.object_id: each.person_id for each in whom}
    done: list[AppAtPerson] = []
    try:
        for each in directory.install(app, list(owners)):
            done.append(each)  # noqa: PERF402  what came before a failure has to be kept
    finally:
        new = [owners[each.object_id] for each in done if each.outcome is InstallOutcome.INSTALLED]
        if new:
            with writing(office.engine, agency_id, at=now, actor_id=actor, channel=CHANNEL) as writer:
                writer.audit(*(AuditDraft(tag=AuditTag.APP_INSTALLED, subject_id=who) for who in new))
    return Counter(each.outcome for each in done)


def _allowed(question: Question | None) -> Question:
    if question is None or not may(question, Ask.RECORD_CARE):
        raise RollcallError(ErrorCode.ACCESS_REFUSED)
    return question


def _person(question: Question, badge: str) -> int:
    found = people.by_badge(question.conn, question.agency_id, badge)
    if found is None or found.person_id in hidden(question):
        raise RollcallError(ErrorCode.BADGE_UNKNOWN, badge=badge)
    return found.person_id

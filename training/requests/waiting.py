"""What becomes of requests that wait? Whoever decides is reminded in their working time, somebody above hears of what
waits too long, and a card follows whoever has the next word now. Nothing is decided, and nothing ends by waiting.

Each step is planned once, however often, how late and on how many machines it is asked.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta

from db.queries import ledger, occasions
from db.records.facts import AgencyId, PersonAtAgency
from db.records.ledger import Occasion
from db.unit_of_work import Writer, reading, writing
from messages import wording
from messages.approval_news import WaitsFacts, digest, reminder
from messages.class_values import title_of
from messages.kinds import MessageKind
from messages.model import Message
from messages.words import Words
from training.ledger.saying import ToSay, plan
from training.office import Office, business_now, shared_now
from training.requests import cards
from training.requests.forming import class_values
from training.requests.life import RequestStage
from training.requests.queue import days_waiting
from training.requests.sight import SeenRequest, Sight, all_that_wait, by_id, sight_now

REMINDED = "approval-reminder"
# What does not come singly is gathered for so long, and no two lists come sooner after one another: one in a shift.
GATHERS, APART = timedelta(minutes=120), timedelta(minutes=720)


def go_on(
    office: Office, agency_id: AgencyId, words: Words, *, stopping: Callable[[], bool] = lambda: False
) -> int:
    """Everything that is to be said now about what waits at one agency; how much was planned."""
    with reading(office.engine) as conn:
        # Nothing is said of most of them in most minutes: only what may be due takes the agency's lock.
        found = all_that_wait(sight_now(office, conn, agency_id))
        due = [each.request.kept.id for each in found if _is_due(each, words)]
        many = _held(found)
    planned = 0
    for request_id in due:
        if stopping():
            return planned
        planned += _one(office, agency_id, request_id, words)
    # A card that went out now may be the one after which the next come as a list.
    return planned + (_lists(office, agency_id, words) if many or due else 0)


def _is_due(one: SeenRequest, words: Words) -> bool:
    return cards.is_due(one, words) or _reminding(one) is not None


def _one(office: Office, agency_id: AgencyId, request_id: int, words: Words) -> int:
    with writing(office.engine, agency_id, at=business_now(office)) as writer:
        one = by_id(sight_now(office, writer.conn, agency_id), request_id)
        if one is None or not one.waits:
            return 0
        planned = cards.follow(writer, one, words)
        if one.life.stage is RequestStage.QUESTION:
            return planned
        return planned + cards.bring_above(writer, one, words) + _remind(writer, one, words)


def _remind(writer: Writer, one: SeenRequest, words: Words) -> int:
    occasion, asked = _reminding(one), one.approver.person
    if occasion is None or asked is None:
        return 0
    return _say(writer, one, asked, reminder(waits_facts(one, words), words), [occasion])


def _reminding(one: SeenRequest) -> Occasion | None:
    """The last reminder whose day has come and that was not said; those before it are not made up for."""
    asked = one.approver.person
    if asked is None or one.life.stage is RequestStage.QUESTION:
        return None
    came = cards.came_at(one)
    many = 0 if came is None else one.sight.working_days(came) // one.sight.rules.waiting.remind_after
    if not many:
        return None
    step = f"{cards.step_of(one, one.turn)}/{many}"
    occasion = Occasion(agency_id=one.sight.agency_id, person_id=asked.person_id, subject=REMINDED, step=step)
    return None if ledger.is_planned(one.sight.conn, occasion) else occasion


def _held(found: Iterable[SeenRequest]) -> Mapping[int, Sequence[SeenRequest]]:
    """What does not come singly, by whom it is for."""
    held: dict[int, list[SeenRequest]] = defaultdict(list)
    for one in found:
        asked = one.approver.person
        if asked is None or one.life.stage is RequestStage.QUESTION:
            continue
        if not cards.has_it(one, cards.ASKED, asked.person_id) and cards.is_held(one):
            held[asked.person_id].append(one)
    return held


def _lists(office: Office, agency_id: AgencyId, words: Words) -> int:
    """One list for each who has more than come singly, once the first of it has waited a while."""
    planned = 0
    with writing(office.engine, agency_id, at=business_now(office)) as writer:
        sight = sight_now(office, writer.conn, agency_id)
        for person_id, ones in sorted(_held(all_that_wait(sight)).items()):
            if _list_is_due(writer, sight, person_id, ones):
                reasons = [cards.occasion(each, cards.ASKED, person_id) for each in ones]
                facts = tuple(waits_facts(each, words) for each in ones)
                planned += _say(writer, ones[0], sight.people[person_id], digest(facts, words), reasons)
    return planned


def _list_is_due(writer: Writer, sight: Sight, person_id: int, ones: Sequence[SeenRequest]) -> bool:
    if min(each.life.since for each in ones) > sight.now - GATHERS:
        return False
    kind = MessageKind.APPROVAL_WAITS.value
    since = sight.now - APART
    return not occasions.said_since(writer.conn, writer.agency_id, person_id, cards.ASKED, kind, since)


def _say(
    writer: Writer, one: SeenRequest, person: PersonAtAgency, message: Message, reasons: Sequence[Occasion]
) -> int:
    route = cards.way_to(one, person)
    if route is None:
        return 0
    office = one.sight.office
    to_say = ToSay(
        person_id=person.person_id,
        message=message,
        routes=(route,),
        about=cards.about(one.number) if len(reasons) == 1 else "",
        own_question=True,
        occasions=reasons,
    )
    return int(plan(writer, office.keys, to_say, now=shared_now(office, writer.conn)) is not None)


def waits_facts(one: SeenRequest, words: Words) -> WaitsFacts:
    """One line about what waits."""
    closes = one.life.values.register_by
    return WaitsFacts(
        number=one.number,
        who=one.sight.whole_name(one.requester, words),
        title=title_of(class_values(one.life.values), words),
        since=one.life.since.astimezone(one.sight.zone),
        closes="" if closes is None else wording.day_with_year(closes, words),
        days=days_waiting(one),
    )

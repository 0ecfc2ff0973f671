"""Somebody decides about a request while it goes past them: what holds, and does the ledger show who was late?
Scenario 17.

Every request has waited as long as the rules let it. Two processes take it to whoever is above; in one more whoever was
asked approves it, and in another whoever is above denies it.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from random import Random

from bot.composition import compose
from config.settings import load
from db.integrity import check_integrity
from db.queries import ledger, occasions, people, requests
from db.queries.audit import entries
from db.queries.context import ByBadge
from db.records.audit import AuditEntry
from db.records.facts import AgencyId
from db.records.ledger import QueueState
from db.records.requests import (
    RequestAct,
    RequestRules,
    RequestRulesDecision,
    RequestRulesWord,
    RequestStep,
    TrainingRequest,
)
from db.unit_of_work import reading, writing
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from messages.plain import plain_text
from messages.words import load as load_words
from tests.faults.deciding import answered_while_it_goes_past
from tests.faults.planning import with_phones
from tests.faults.rows import NAME
from tests.faults.scenario import Asked
from tests.faults.sites import Site
from tests.faults.tally import Outcome, added
from tests.faults.waiting import pause
from training.audit import AuditTag
from training.office import business_now
from training.requests import cards, waiting
from training.requests.rules import shipped
from training.requests.sight import all_that_wait, sight_now
from training.sealed.sealing import keep_text

_FORKED = get_context("forkserver")
FOLLOWERS = 2
PATIENCE = 120.0
A_HEAD_START = 1.5  # seconds, of whoever goes first
# Longer than the working days after which the shipped rules take a request past whoever has it.
LATE = timedelta(days=8)
FIRST_NUMBER = 2001
MANY = 100_000
APPROVES, DENIES = "approve R-{} because fine", "deny R-{} because no cover"
ENDS = (RequestAct.APPROVED, RequestAct.DENIED)
DECIDED = (AuditTag.REQUEST_APPROVED, AuditTag.REQUEST_DENIED)


@dataclass(frozen=True, slots=True)
class Late:
    """A request that waits too long: whom it was asked of, and who is above them, by their badges."""

    number: int
    asked: str
    above: str


def _follows(environment: Mapping[str, str], folder: str, number: int, begin: Barrier, after: float) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    office, words = compose(load()), load_words()
    begin.wait(PATIENCE)
    pause(after)
    waiting.go_on(office, AgencyId(number), words)


def _says(
    environment: Mapping[str, str],
    folder: str,
    number: int,
    begin: Barrier,
    after: float,
    said: Sequence[tuple[str, str]],
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    desk = FrontDesk(compose(load()), load_words())

    def says(badge: str, words: str) -> str:
        asked = Interaction(agency_id=AgencyId(number), sender=ByBadge(badge), channel="terminal", text=words)
        return plain_text(desk.answer(asked, NAME), "terminal")

    # What is read at the first answer is read: the race is between the two, not between their modules.
    says(said[0][0], "menu")
    begin.wait(PATIENCE)
    pause(after)
    for badge, words in said:
        says(badge, words)


def _asked_for(site: Site, count: int) -> None:
    """So many requests wait for a decision that needs nothing but a word, and everybody has a phone."""
    with_phones(site)
    words = dict(shipped().written)
    words["checks"] = {**words["checks"], "over_cost": "100000", "over_days": 300}
    words["waiting"] = {**words["waiting"], "cards_a_day": MANY}
    with reading(site.office.engine) as conn:
        roster = people.roster(conn, site.agency_id)
    officers = [each.person_id for each in roster if each.employment.fact.rank == "Officer"]
    first = roster[0].person_id
    with writing(site.office.engine, site.agency_id, at=business_now(site.office), channel="test") as writer:
        item_id = keep_text(writer, site.office.keys, first, "As the scenario has it.")
        (rules_id,) = writer.record(RequestRules(version=2, rules=words, item_id=item_id))
        writer.record(
            RequestRulesDecision(
                rules_id=rules_id,
                word=RequestRulesWord.CONFIRMED,
                proposed_by=first,
                decided_by=roster[1].person_id,
            )
        )
        values = {"title": "Report writing", "starts_on": "2027-12-20", "costs": [["tuition", "100"]]}
        for at in range(count):
            (request_id,) = writer.record(
                TrainingRequest(
                    person_id=officers[at % len(officers)],
                    number=FIRST_NUMBER + at,
                    channel="desk",
                    received_at=writer.at,
                )
            )
            body = {"values": values, "way": ["supervisor", "coordinator"], "rules": 2}
            writer.record(
                RequestStep(request_id=request_id, position=1, act=RequestAct.BEGUN, body={"values": values}),
                RequestStep(request_id=request_id, position=2, act=RequestAct.SUBMITTED, body=body),
            )
    waiting.go_on(site.office, site.agency_id, load_words())


def _late(site: Site) -> list[Late]:
    """The requests that have gone past somebody by the clock, and nobody has looked yet."""
    found = []
    with reading(site.office.engine) as conn:
        for one in all_that_wait(sight_now(site.office, conn, site.agency_id)):
            above = None if one.escalated is None else one.escalated.person
            asked = one.approver.person
            if asked is not None and above is not None:
                badges = (each.employment.fact.badge_number for each in (asked, above))
                found.append(Late(one.number, *badges))
    return found


def decided_or_answered_while_it_goes_past(asked: Asked) -> Outcome:
    """17: a request is decided, and a reminder answered, while two processes take each past whoever has it."""
    return added(_decided(asked), answered_while_it_goes_past(asked))


def _decided(asked: Asked) -> Outcome:
    """Of whoever was asked, whoever is above, and two processes that take it there, one is first."""
    chance = Random(asked.seed)  # noqa: S311  the same dice every time
    with asked.ground.a_site() as site:
        _asked_for(site, max(8, asked.rows // 16))
        site.jump(LATE)
        late = _late(site)
        begin = _FORKED.Barrier(FOLLOWERS + 2)
        given = (dict(site.environment()), str(site.folder), int(site.agency_id), begin)
        approves = [(each.asked, APPROVES.format(each.number)) for each in late]
        denies = [(each.above, DENIES.format(each.number)) for each in late]
        for said in (approves, denies):
            chance.shuffle(said)
        hands = [
            _FORKED.Process(target=_says, args=(*given, chance.uniform(0, A_HEAD_START), said), daemon=True)
            for said in (approves, denies)
        ]
        hands += [
            _FORKED.Process(target=_follows, args=(*given, chance.uniform(0, A_HEAD_START)), daemon=True)
            for _ in range(FOLLOWERS)
        ]
        for each in hands:
            each.start()
        for each in hands:
            each.join(PATIENCE)
        codes = {each.exitcode for each in hands}
        waiting.go_on(site.office, site.agency_id, load_words())
        outcome = _judged(site, late)
    return outcome.also(*([f"ended with {codes}"] if codes != {0} else []))


def _judged(site: Site, late: Sequence[Late]) -> Outcome:
    why = [f"I4: the record says {each}" for each in check_integrity(site.office.engine)]
    approved = once = past = untold = 0
    with reading(site.office.engine) as conn:
        log = list(reversed(entries(conn, site.agency_id, limit=MANY)))
        who = {
            each.employment.fact.badge_number: each.person_id for each in people.roster(conn, site.agency_id)
        }
        for each in late:
            kept = requests.by_number(conn, site.agency_id, each.number)
            assert kept is not None
            first = [step for step in kept.steps if step.fact.act in ENDS and step.fact.body.get("step") == 0]
            if len(first) != 1:
                why.append(f"R-{each.number} has {len(first)} outcomes")
                continue
            once += 1
            approved += first[0].fact.act is RequestAct.APPROVED
            loser = who[each.above if first[0].recorded_by == who[each.asked] else each.asked]
            untold += not _is_told(log, loser, each.number)
            decided = _place(log, DECIDED, "number", each.number)
            turn = f"{kept.kept.id}/2"
            for planned in occasions.planned_for(conn, site.agency_id, cards.LATE, turn):
                past += 1
                at = _place(log, (AuditTag.MESSAGE_PLANNED,), "message", planned.message_id)
                if at > decided:
                    why.append(f"R-{each.number} was decided, and went past them after that")
                why += [
                    f"the card of R-{each.number} is {attempt.state} and not taken back"
                    for attempt in ledger.attempts_of(conn, site.agency_id, str(planned.message_id))
                    if (attempt.state, attempt.error) != (QueueState.DONE, cards.OVER)
                ]
    if untold:
        why.append(f"{untold} who were too late: the log does not say so")
    if not late:
        why.append("nothing waited too long")
    said = f"{len(late)} requests: {approved} approved and {once - approved} denied, each once"
    cards_ = f"{past} had gone past whoever was asked, and their cards were taken back"
    return Outcome(planned=len(late), sent=once, why=tuple(why[:10]), said=(said, cards_))


def _is_told(log: Sequence[AuditEntry], person_id: int, number: int) -> bool:
    """Whether the log has what the other one was answered about it."""
    return any(
        each.tag == AuditTag.QUESTION_ANSWERED
        and each.actor_id == person_id
        and each.data.get("request") == number
        for each in log
    )


def _place(log: Sequence[AuditEntry], tags: Sequence[AuditTag], name: str, value: object) -> int:
    """The first entry of these that is about it."""
    return next(at for at, each in enumerate(log) if each.tag in tags and each.data.get(name) == value)

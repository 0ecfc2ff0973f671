"""Where does a person stand? Kept standings while they are still true, the whole working when somebody asks why."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, groupby
from operator import itemgetter

from sqlalchemy import Connection

from db.queries import agencies, evaluation, standings
from db.queries.evaluation import StreamRow
from db.records.facts import AgencyId, AgencyPack, PersonFacts
from db.records.work import KeptStanding, NewStanding
from db.unit_of_work import reading, working
from rules.evaluate import ENGINE, Evaluation, evaluate, summarise
from rules.model import Completion
from rules.pack import Pack
from rules.periods import day_after
from rules.standing import (
    LineState,
    Measure,
    Remark,
    Standing,
    StandingLine,
    StandingWord,
    from_json,
    to_json,
)
from training.office import Office, business_now, local_day
from training.packs import PACK_NOT_HELD, PackShelf, RulesOfDay, digest, taken_up
from training.standings.person_facts import completion_of, completion_of_row, facts_of

# People judged in one transaction: small enough that a reply never waits long for the writer's place.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Judged:
    """One person judged just now: the whole working, and what is kept of it. ``known_at``: the sequence it rests on."""

    person: PersonFacts
    evaluation: Evaluation
    standing: Standing
    known_at: int
    pack_hash: str

    def to_keep(self) -> NewStanding:
        """The row for the table of standings."""
        return _to_keep(self.person.person_id, self.standing, self.known_at, self.pack_hash)


def judge(
    conn: Connection,
    shelf: PackShelf,
    agency_id: AgencyId,
    person_id: int,
    day: date,
    *,
    extra: Iterable[Completion] = (),
    known_at: int | None = None,
) -> Judged | None:
    """Judge one person on a day from everything on file; ``extra`` records are only supposed, for "what if".

    ``known_at`` asks for what was on file at that place of the sequence, the packs taken up by then included. None when
    the agency does not employ the person.
    """
    head = agencies.head_seq(conn, agency_id) if known_at is None else known_at
    rules = rules_on(shelf, taken_up(conn, agency_id, known_at), day)
    person = evaluation.facts_for(conn, agency_id, [person_id], known_at=known_at).get(person_id)
    if person is None:
        return None
    kept = evaluation.completions_for(conn, agency_id, [person_id], known_at=known_at).get(person_id, ())
    records = (*(completion_of(each) for each in kept), *extra)
    return judged_under(rules, person, records, head)


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """What people are judged by on a day, and the next day on which the agency takes up or lays down a pack."""

    day: date
    of_day: RulesOfDay
    turns_on: date | None


def rules_on(shelf: PackShelf, chosen: Sequence[AgencyPack], day: date) -> RulesInForce:
    """The rules of a day, worked out once for everybody who is judged on it."""
    turns = (
        turn
        for each in chosen
        for turn in (each.starts_on, each.ends_on and day_after(each.ends_on))
        if turn is not None and turn > day
    )
    return RulesInForce(day, shelf.in_force(chosen, day), min(turns, default=None))


def judged_under(
    rules: RulesInForce, person: PersonFacts, records: Iterable[Completion], known_at: int
) -> Judged:
    """One person judged by these rules from these records."""
    packs, missing = rules.of_day.packs, rules.of_day.missing
    found = evaluate(packs, facts_of(person, rules.day), records, rules.day)
    standing = _without(missing, summarise(found))
    if rules.turns_on is not None:
        standing = standing.until(rules.turns_on)
    return Judged(person, found, standing, known_at, digest(found.packs, missing))


# The highest share of somebody of whom not everything is known to be met.
MOST_UNSETTLED = 99


def _without(missing: Sequence[str], standing: Standing) -> Standing:
    """The standing with a line for each pack that is not held: what it asks is not known, so nobody is told YES."""
    if not missing:
        return standing
    known_late = standing.word is StandingWord.OVERDUE
    lines = tuple(
        StandingLine(
            requirement=name,
            short=name,
            label=name,
            track="rules",
            pack=name,
            measure=Measure.STATUS,
            state=LineState.UNKNOWN,
            decides=True,
            remarks=(Remark(PACK_NOT_HELD),),
        )
        for name in missing
    )
    return replace(
        standing,
        word=standing.word if known_late else StandingWord.UNKNOWN,
        compliant=standing.compliant if known_late else None,
        percent=None if standing.percent is None else min(standing.percent, MOST_UNSETTLED),
        lines=(*lines, *standing.lines),
        packs=tuple(dict.fromkeys((*standing.packs, *missing))),
    )


def current(kept: KeptStanding | None, shelf: PackShelf, day: date) -> Standing | None:
    """The kept standing when it is still true on ``day``: no new fact, the same rules, no date passed."""
    if kept is None or kept.body is None or kept.dirty or kept.as_of is None:
        return None
    if not kept.intact or kept.engine != ENGINE:
        return None
    if day < kept.as_of or (kept.next_change_on is not None and day >= kept.next_change_on):
        return None
    standing = from_json(kept.body)
    held = {pack.name: pack for pack in _packs_named(shelf, standing.packs)}
    if (
        set(held) != set(standing.packs)
        or digest(tuple(held[name] for name in standing.packs)) != kept.pack_hash
    ):
        return None
    return standing.on(day)


def _packs_named(shelf: PackShelf, names: Iterable[str]) -> Iterator[Pack]:
    """Packs by the name a standing keeps; one that is no longer held in that version is left out."""
    for name in names:
        pack = shelf.find(name)
        if pack is not None:
            yield pack


def standing_of(
    conn: Connection,
    shelf: PackShelf,
    agency_id: AgencyId,
    person_id: int,
    day: date,
    *,
    known_at: int | None = None,
) -> tuple[Standing | None, NewStanding | None]:
    """Where a person stands, and the row to keep when it had to be judged again. None outside the agency.

    Standings are kept for what is known now; what was known at an earlier place is judged from the record.
    """
    if known_at is None:
        standing = current(standings.standing(conn, agency_id, person_id), shelf, day)
        if standing is not None:
            return standing, None
    judged = judge(conn, shelf, agency_id, person_id, day, known_at=known_at)
    return (None, None) if judged is None else (judged.standing, judged.to_keep())


def standings_of(
    conn: Connection,
    shelf: PackShelf,
    agency_id: AgencyId,
    person_ids: Sequence[int],
    day: date,
    *,
    known_at: int | None = None,
) -> tuple[dict[int, Standing], list[NewStanding]]:
    """The same for several people, in as few statements; people outside the agency are left out."""
    found: dict[int, Standing] = {}
    for kept in standings.standings(conn, agency_id, person_ids) if known_at is None else ():
        standing = current(kept, shelf, day)
        if standing is not None:
            found[kept.person_id] = standing
    stale = [person_id for person_id in person_ids if person_id not in found]
    judged = list(_judge_many(conn, shelf, agency_id, stale, day, known_at=known_at)) if stale else []
    found.update((each.person.person_id, each.standing) for each in judged)
    return found, [each.to_keep() for each in judged]


def _judge_many(
    conn: Connection,
    shelf: PackShelf,
    agency_id: AgencyId,
    person_ids: Sequence[int],
    day: date,
    *,
    known_at: int | None = None,
) -> Iterator[Judged]:
    head = agencies.head_seq(conn, agency_id) if known_at is None else known_at
    rules = rules_on(shelf, taken_up(conn, agency_id, known_at), day)
    people = evaluation.facts_for(conn, agency_id, person_ids, known_at=known_at)
    # Closed here also when judging fails midway: the cursor must not outlive its connection.
    with closing(evaluation.stream_completions(conn, agency_id, person_ids, known_at=known_at)) as stream:
        for person, rows in with_rows(people, stream):
            yield judged_under(rules, person, map(completion_of_row, rows), head)


def _never() -> bool:
    return False


def tick(office: Office, agency_id: AgencyId, day: date, *, stopping: Callable[[], bool] = _never) -> int:
    """Judge again whoever changed, whose day has come or whose rules were replaced; how many people.

    Running it twice, late or on two machines at once keeps the same rows; so does leaving off after a batch.
    """
    done = 0
    while True:
        if stopping():
            return done
        with reading(office.engine) as conn:
            due = _due(conn, office.shelf, agency_id, day)
            judged = (
                [each.to_keep() for each in _judge_many(conn, office.shelf, agency_id, due, day)]
                if due
                else []
            )
        if not due:
            return done
        gone = set(due).difference(each.person_id for each in judged)
        with working(office.engine) as conn:
            standings.keep(conn, agency_id, judged)
            standings.forget(conn, agency_id, sorted(gone))
        done += len(judged)


def waiting(office: Office) -> tuple[int, int]:
    """How many people of all agencies wait for the tick: dirty by a change, due by the calendar."""
    dirty = due_by_day = 0
    now = business_now(office)
    with reading(office.engine) as conn:
        for agency_id in agencies.agencies(conn):
            zone = agencies.agency(conn, agency_id).fact.time_zone
            counts = standings.waiting(conn, agency_id, local_day(now, zone))
            dirty, due_by_day = dirty + counts[0], due_by_day + counts[1]
    return dirty, due_by_day


def _due(conn: Connection, shelf: PackShelf, agency_id: AgencyId, day: date) -> tuple[int, ...]:
    due = standings.due(conn, agency_id, day, limit=BATCH)
    if due:
        return due
    rules = shelf.in_force(taken_up(conn, agency_id), day)
    held = [
        digest(some, rules.missing)
        for size in range(len(rules.packs) + 1)
        for some in combinations(rules.packs, size)
    ]
    return standings.outdated(conn, agency_id, held, ENGINE, limit=BATCH)


def sweep(office: Office, agency_id: AgencyId, day: date) -> int:
    """Judge everybody of an agency again, a range of people at a time; how many people.

    Each range is read in a snapshot of its own: a reader that stayed for the whole of a state would keep the database
    from clearing up behind it. What is written in between leaves those people dirty, because a standing names its place
    in the sequence.
    """
    done = last = 0
    while True:
        with reading(office.engine) as conn:
            batch = evaluation.employed_people(conn, agency_id, after=last, limit=BATCH)
            judged = (
                [each.to_keep() for each in _judge_many(conn, office.shelf, agency_id, batch, day)]
                if batch
                else []
            )
        if not batch:
            return done
        with working(office.engine) as conn:
            standings.keep(conn, agency_id, judged)
        done += len(judged)
        last = batch[-1]


def with_rows(
    people: Mapping[int, PersonFacts], rows: Iterable[StreamRow]
) -> Iterator[tuple[PersonFacts, Iterable[StreamRow]]]:
    """Everybody with their own rows; the stream is in the order of the people, and some have none."""
    waiting = iter(sorted(people))
    ahead = next(waiting, None)
    for person_id, own in groupby(rows, key=itemgetter(0)):
        while ahead is not None and ahead < person_id:
            yield people[ahead], ()
            ahead = next(waiting, None)
        if ahead == person_id:
            yield people[person_id], own
            ahead = next(waiting, None)
    while ahead is not None:
        yield people[ahead], ()
        ahead = next(waiting, None)


def _to_keep(person_id: int, standing: Standing, known_at: int, pack_hash: str) -> NewStanding:
    return NewStanding(
        person_id=person_id,
        as_of=standing.as_of,
        word=standing.word.value,
        next_change_on=standing.next_change_on,
        fact_seq=known_at,
        pack_hash=pack_hash,
        engine=ENGINE,
        body=to_json(standing),
    )

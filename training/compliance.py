"""Where does a person stand? Kept standings while they are still true, the whole working when somebody asks why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import combinations, groupby
from operator import itemgetter

from sqlalchemy import Connection

from db.queries import agencies, evaluation, standings
from db.queries.evaluation import StreamRow
from db.records.facts import AgencyId, AgencyPack, Kept, PersonFacts
from db.records.work import KeptStanding, NewStanding
from db.unit_of_work import reading, working
from rules.evaluate import ENGINE, Evaluation, evaluate, summarise
from rules.model import Completion
from rules.pack import Pack
from rules.periods import day_after
from rules.standing import Standing, from_json, to_json
from training.content.disposal import finish_disposals
from training.office import Office
from training.packs import PackShelf, digest
from training.person_facts import completion_of, completion_of_row, facts_of

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

    None when the agency does not employ the person.
    """
    head = agencies.head_seq(conn, agency_id) if known_at is None else known_at
    chosen = agencies.packs(conn, agency_id, known_at=known_at)
    person = evaluation.facts_for(conn, agency_id, [person_id], known_at=known_at).get(person_id)
    if person is None:
        return None
    kept = evaluation.completions_for(conn, agency_id, [person_id], known_at=known_at).get(person_id, ())
    records = (*(completion_of(each) for each in kept), *extra)
    return _judged(shelf, chosen, person, records, day, head)


def _judged(
    shelf: PackShelf,
    chosen: Sequence[Kept[AgencyPack]],
    person: PersonFacts,
    records: Iterable[Completion],
    day: date,
    known_at: int,
) -> Judged:
    packs = shelf.in_force(chosen, day)
    found = evaluate(packs, facts_of(person, day), records, day)
    standing = _until_packs_change(summarise(found), chosen)
    return Judged(person, found, standing, known_at, digest(found.packs))


def _until_packs_change(standing: Standing, chosen: Sequence[Kept[AgencyPack]]) -> Standing:
    """A standing also changes when the agency takes up or lays down a pack."""
    turns = [
        day
        for kept in chosen
        for day in (kept.fact.starts_on, kept.fact.ends_on and day_after(kept.fact.ends_on))
        if day is not None and day > standing.as_of
    ]
    if not turns:
        return standing
    return standing.until(min(turns))


def current(kept: KeptStanding | None, shelf: PackShelf, day: date) -> Standing | None:
    """The kept standing when it is still true on ``day``: no new fact, the same rules, no date passed."""
    if kept is None or kept.body is None or kept.dirty or kept.as_of is None or kept.engine != ENGINE:
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
        pack_id = name.rpartition("-")[0]
        if pack_id in shelf.held and shelf.pack(pack_id).name == name:
            yield shelf.pack(pack_id)


def standing_of(
    conn: Connection, shelf: PackShelf, agency_id: AgencyId, person_id: int, day: date
) -> tuple[Standing | None, NewStanding | None]:
    """Where a person stands, and the row to keep when it had to be judged again. None outside the agency."""
    standing = current(standings.standing(conn, agency_id, person_id), shelf, day)
    if standing is not None:
        return standing, None
    judged = judge(conn, shelf, agency_id, person_id, day)
    return (None, None) if judged is None else (judged.standing, judged.to_keep())


def standings_of(
    conn: Connection, shelf: PackShelf, agency_id: AgencyId, person_ids: Sequence[int], day: date
) -> tuple[dict[int, Standing], list[NewStanding]]:
    """The same for several people, in as few statements; people outside the agency are left out."""
    found: dict[int, Standing] = {}
    for kept in standings.standings(conn, agency_id, person_ids):
        standing = current(kept, shelf, day)
        if standing is not None:
            found[kept.person_id] = standing
    stale = [person_id for person_id in person_ids if person_id not in found]
    judged = list(_judge_many(conn, shelf, agency_id, stale, day)) if stale else []
    found.update((each.person.person_id, each.standing) for each in judged)
    return found, [each.to_keep() for each in judged]


def _judge_many(
    conn: Connection, shelf: PackShelf, agency_id: AgencyId, person_ids: Sequence[int], day: date
) -> Iterator[Judged]:
    head = agencies.head_seq(conn, agency_id)
    chosen = agencies.packs(conn, agency_id)
    people = evaluation.facts_for(conn, agency_id, person_ids)
    # Closed here also when judging fails midway: the cursor must not outlive its connection.
    with closing(evaluation.stream_completions(conn, agency_id, person_ids)) as stream:
        for person, rows in _with_rows(people, stream):
            yield _judged(shelf, chosen, person, map(completion_of_row, rows), day, head)


def tick(office: Office, agency_id: AgencyId, day: date) -> int:
    """Judge again whoever changed, whose day has come or whose rules were replaced; how many people.

    Running it twice, late or on two machines at once keeps the same rows. A disposal that was cut short is finished.
    """
    finish_disposals(office, agency_id)
    done = 0
    while True:
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


def _due(conn: Connection, shelf: PackShelf, agency_id: AgencyId, day: date) -> tuple[int, ...]:
    due = standings.due(conn, agency_id, day, limit=BATCH)
    if due:
        return due
    packs = shelf.in_force(agencies.packs(conn, agency_id), day)
    held = [digest(some) for size in range(len(packs) + 1) for some in combinations(packs, size)]
    return standings.outdated(conn, agency_id, held, ENGINE, limit=BATCH)


def sweep(office: Office, agency_id: AgencyId, day: date) -> int:
    """Judge everybody of an agency again, a batch at a time from one snapshot; how many people."""
    done = 0
    with reading(office.engine) as conn:
        everybody = evaluation.employed_people(conn, agency_id)
        for first in range(0, len(everybody), BATCH):
            batch = everybody[first : first + BATCH]
            judged = [each.to_keep() for each in _judge_many(conn, office.shelf, agency_id, batch, day)]
            with working(office.engine) as keeping:
                standings.keep(keeping, agency_id, judged)
            done += len(judged)
    return done


def _with_rows(
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

"""Whom would taking up a pack move? Everybody judged twice on one day, under the rules before and after; nothing is
written."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date

from sqlalchemy import Connection

from db.queries import evaluation, people
from db.records.facts import AgencyId, PersonFacts
from messages.pack_preview import Moved, PackChangeReason, PackPreview
from messages.standing_change import StandingChange
from rules.diff import PackDiff, compare
from rules.pack import Pack
from rules.standing import StandingWord
from training.asking import SEPARATED
from training.pack_adoption import Adoption
from training.packs import PackShelf
from training.standings.compliance import BATCH, judged_under, rules_on, with_rows
from training.standings.person_facts import completion_of_row
from training.standings.standing_change import compared


def preview(
    conn: Connection, shelf: PackShelf, agency_id: AgencyId, adoption: Adoption, today: date
) -> PackPreview:
    """The agency counted, a batch of people in memory at a time. Judged on the first day, or today when it is past."""
    day = max(adoption.starts_on, today)
    words: Counter[tuple[StandingWord, StandingWord]] = Counter()
    moved: list[int] = []
    everybody = evaluation.employed_people(conn, agency_id)
    for person_id, change in _judged_twice(conn, shelf, agency_id, adoption, day, everybody):
        words[change.before, change.after] += 1
        if change:
            moved.append(person_id)
    return PackPreview(
        pack=adoption.pack,
        starts_on=adoption.starts_on,
        instead_of=adoption.instead_of,
        too_early=adoption.too_early,
        day=day,
        words=words,
        moved=tuple(moved),
        reasons=_reasons(adoption.pack, _differences(shelf, adoption)),
    )


def moved_people(
    conn: Connection, shelf: PackShelf, agency_id: AgencyId, adoption: Adoption, found: PackPreview
) -> Iterator[Moved]:
    """Whoever would notice, a batch at a time, from the snapshot that was counted."""
    for first in range(0, len(found.moved), BATCH):
        batch = found.moved[first : first + BATCH]
        named = {each.person_id: each for each in people.by_ids(conn, agency_id, batch)}
        for person_id, change in _judged_twice(conn, shelf, agency_id, adoption, found.day, batch):
            person = named.get(person_id)
            if person is not None:
                badge = person.employment.fact.badge_number
                yield Moved(badge, person.given, person.family, change)


def _judged_twice(
    conn: Connection,
    shelf: PackShelf,
    agency_id: AgencyId,
    adoption: Adoption,
    day: date,
    person_ids: Sequence[int],
) -> Iterator[tuple[int, StandingChange]]:
    before, after = (rules_on(shelf, rows, day) for rows in (adoption.before, adoption.after))
    for first in range(0, len(person_ids), BATCH):
        batch = person_ids[first : first + BATCH]
        facts = evaluation.facts_for(conn, agency_id, batch)
        changes = []
        with closing(evaluation.stream_completions(conn, agency_id, batch)) as stream:
            for person, rows in with_rows(facts, stream):
                if _serves(person, day):
                    records = tuple(map(completion_of_row, rows))
                    was = judged_under(before, person, records, 0).standing
                    now = judged_under(after, person, records, 0).standing
                    changes.append((person.person_id, compared(was, now)))
        yield from changes


def _serves(person: PersonFacts, day: date) -> bool:
    employment = person.employment.fact
    return employment.status != SEPARATED and (employment.ended_on is None or day <= employment.ended_on)


def _differences(shelf: PackShelf, adoption: Adoption) -> PackDiff | None:
    earlier = None if adoption.instead_of is None else shelf.find(adoption.instead_of)
    return None if earlier is None else compare(earlier, adoption.pack)


def _reasons(pack: Pack, differences: PackDiff | None) -> dict[str, PackChangeReason]:
    if differences is None:
        return {requirement.id: PackChangeReason.ADDED for requirement in pack.requirements}
    return {
        **{each.id: PackChangeReason.ADDED for each in differences.added},
        **{each.id: PackChangeReason.REMOVED for each in differences.removed},
        **{each.after.id: PackChangeReason.CHANGED for each in differences.changed},
    }

"""Whose standing changed by itself as a day began, and on which day does the next one?

For a clock that is moved by hand. A standing is computed and no fact, so nothing here is an audit entry.
"""

from collections.abc import Mapping
from datetime import date

from db.queries import people, standings
from db.records.facts import AgencyId
from db.unit_of_work import reading
from messages.daybreak import Turn, TurnedLine
from messages.lines import SETTLED, STILL_OWED, top_level, urgency
from rules.standing import Standing, StandingLine, from_json
from training.office import Office
from training.packs import PackShelf
from training.people import display_name
from training.standings.compliance import tick
from training.standings.duties import rule_facts, rule_of

# A duty in one window or for one item; and the duty itself, whatever the window.
Duty = tuple[str, str | None]


def turns(office: Office, agency_id: AgencyId, day: date) -> tuple[Turn, ...]:
    """Judge again whoever this day concerns, and say whose word or duties are no longer what they were.

    By name; with them whoever's record changed since. A first standing, or one that ends, is no turn. Ask as the day
    begins: somebody who is answered on that day first has turned already. Asking again finds nothing more.
    """
    before = _bodies(office, agency_id)
    if not tick(office, agency_id, day):
        return ()
    after = _bodies(office, agency_id)
    moved = [each for each, body in before.items() if each in after and after[each] != body]
    with reading(office.engine) as conn:
        names = {each.person_id: display_name(each) for each in people.by_ids(conn, agency_id, moved)}
    found = (
        _turn(office.shelf, day, each, names.get(each, ""), from_json(before[each]), from_json(after[each]))
        for each in (*names, *(each for each in moved if each not in names))
    )
    return tuple(each for each in found if each is not None)


def next_change(office: Office, agency_id: AgencyId, after_day: date) -> date | None:
    """The first later day on which a kept standing is to be judged again; None when nothing more is to come."""
    with reading(office.engine) as conn:
        return standings.next_change(conn, agency_id, after_day)


def _bodies(office: Office, agency_id: AgencyId) -> Mapping[int, str]:
    with reading(office.engine) as conn:
        kept = standings.standings(conn, agency_id)
    return {each.person_id: each.body for each in kept if each.body is not None}


def _turn(
    shelf: PackShelf, day: date, person_id: int, name: str, before: Standing, after: Standing
) -> Turn | None:
    changed = _changed(before, after)
    if before.word is after.word and not changed:
        return None
    rules = (rule_of(shelf, after, each.line.requirement) for each in changed[:1])
    return Turn(
        day=day,
        person_id=person_id,
        name=name,
        before=before.word,
        after=after.word,
        changed=changed,
        rules=tuple(rule_facts(*rule) for rule in rules if rule is not None),
    )


def _changed(before: Standing, after: Standing) -> tuple[TurnedLine, ...]:
    """Every line in another state than it was; a new window goes on from the one before it."""
    was = {line.place: line for line in before.lines}
    latest = {_duty(line): line for line in sorted(before.lines, key=lambda line: line.window or "")}
    leading = {line.place for line in (*top_level(before.lines), *top_level(after.lines))}
    changed = []
    for line in after.lines:
        old = was.get(line.place) or latest.get(_duty(line))
        state = None if old is None else old.state
        # A duty that is met from its first day is nothing anybody waits for.
        if state is not line.state and not (state is None and line.state in SETTLED):
            changed.append(TurnedLine(line=line, before=state, after=line.state, leads=line.place in leading))
    still = {_duty(line) for line in after.lines}
    changed += [
        TurnedLine(line=line, before=line.state, after=None, leads=line.place in leading)
        for line in before.lines
        if _duty(line) not in still and line.state in STILL_OWED
    ]
    return tuple(sorted(changed, key=lambda each: (each.after is None, not each.leads, urgency(each.line))))


def _duty(line: StandingLine) -> Duty:
    return line.requirement, line.item

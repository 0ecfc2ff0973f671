"""The agency that speed is measured on: ten thousand officers with long records, the same rows every time."""

import argparse
import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from db.engine import make_engine
from db.migrate import newest_revision, upgrade
from db.records.facts import (
    Agency,
    AgencyId,
    AgencyPack,
    Assignment,
    Card,
    Completion,
    Credential,
    Credit,
    Employment,
    Exemption,
    ExemptionKind,
    Fact,
    Leave,
    Person,
    PersonName,
)
from db.unit_of_work import found_agency, writing

PACKS = Path(__file__).parent / "pack"
PACK = "bench"
PEOPLE = 10_000
COMPLETIONS = 150
AS_OF = date(2027, 3, 2)
RECORDED_AT = datetime(2027, 3, 1, 18, 0, tzinfo=UTC)
FIRST_DAY = date(2023, 3, 1)
AT_A_TIME = 100


@dataclass(frozen=True, slots=True)
class Course:
    """A kind of class: how often it is taken, for how long, and in which topics."""

    title: str
    topics: tuple[str, ...]
    lengths: tuple[str, ...]
    share: int
    approved: tuple[bool | None, ...] = (*(True,) * 8, None, False)
    split: Mapping[str, Decimal] = field(default_factory=dict)
    evidence: tuple[Mapping[str, str], ...] = ({},)
    passed: bool | None = None


WEAPONS = ("handgun", "patrol-rifle", "shotgun")
COURSES = (
    Course("Roll call briefing", ("general",), ("0.25", "0.5", "0.75"), 24, (None, False)),
    Course("Patrol tactics", ("general",), ("2", "4", "8"), 10),
    Course("Report writing", ("general",), ("1", "1.5"), 6),
    Course("Crisis intervention", ("crisis-intervention",), ("2", "4", "8"), 5),
    Course("Mental health first aid", ("mental-health",), ("4", "8"), 2),
    Course("Autism awareness", ("autism",), ("1", "2", "4"), 3),
    Course("Conflict management and mediation", ("conflict-management",), ("1", "2"), 4),
    Course("Implicit bias", ("implicit-bias",), ("1", "2"), 3),
    Course("Crimes motivated by bias", ("hate-crime",), ("1",), 2),
    Course("Officer wellness", ("officer-wellness",), ("1", "2"), 4),
    Course("Use of force update", ("use-of-force",), ("4", "8"), 7),
    Course("Defensive tactics", ("use-of-force",), ("1", "2", "4"), 7),
    Course("Ethics", ("ethics",), ("1", "2"), 3),
    Course("Legal update", ("legal-update",), ("1", "2"), 5),
    Course("Hazardous materials refresher", ("hazardous-materials",), ("1",), 3, passed=True),
    Course("Emergency vehicle operations", ("emergency-vehicle-operations",), ("4", "8"), 2),
    Course("Domestic violence", ("domestic-violence",), ("2", "4"), 3),
    Course("CJIS security awareness", ("cjis-awareness",), ("0.5",), 4, passed=True),
    Course("Bloodborne pathogens", ("bloodborne-pathogens",), ("0.5",), 4, passed=True),
    Course("TASER refresher", ("taser",), ("1",), 4, passed=True),
    Course(
        "Firearms qualification",
        ("firearms-qualification",),
        ("0.5", "1"),
        16,
        (None,),
        evidence=tuple({"firearm_type": weapon} for weapon in ("handgun", "handgun", *WEAPONS)),
        passed=True,
    ),
    Course("First line supervision", ("leadership", "supervision"), ("4", "8"), 2),
    Course("Force, law and the duty to intervene", ("use-of-force", "legal-update", "ethics"), ("4",), 2),
    Course(
        "Crisis response and conflict",
        ("crisis-intervention", "conflict-management"),
        ("4",),
        3,
        split={"crisis-intervention": Decimal("2.5"), "conflict-management": Decimal("1.5")},
    ),
    Course("Conference", (), ("4", "6.5"), 2, (None,)),
)
SHARES = [course.share for course in COURSES]
# Most people take these every year in the same month; what else they take is up to chance.
YEARLY = (
    "Use of force update",
    "Ethics",
    "Legal update",
    "Hazardous materials refresher",
    "CJIS security awareness",
    "Bloodborne pathogens",
    "TASER refresher",
)
QUALIFICATION = "Firearms qualification"
BY_TITLE = {course.title: course for course in COURSES}


def build(path: Path, people: int = PEOPLE, completions: int = COMPLETIONS) -> AgencyId:
    """Make the database anew, through the record's own writer; the number of its one agency."""
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    agency = Agency(name="Benchmark PD", short_name="Benchmark", state="MN", time_zone="America/Chicago")
    agency_id = found_agency(engine, agency, at=RECORDED_AT)
    with writing(engine, agency_id, at=RECORDED_AT) as writer:
        writer.record(AgencyPack(pack=PACK, starts_on=date(2020, 1, 1)))
    for first in range(0, people, AT_A_TIME):
        with writing(engine, agency_id, at=RECORDED_AT, source="benchmark") as writer:
            numbers = range(first, min(first + AT_A_TIME, people))
            person_ids = writer.record(*(Person() for _ in numbers))
            facts = [
                fact
                for number, person_id in zip(numbers, person_ids, strict=True)
                for fact in _facts(number, person_id, completions)
            ]
            # One insert a kind of fact.
            writer.record(*sorted(facts, key=lambda fact: type(fact).__name__))
    engine.dispose()
    return agency_id


def cached(people: int = PEOPLE, completions: int = COMPLETIONS) -> Path:
    """The database from an earlier run, or a new one when this module or the schema has changed since."""
    key = f"{newest_revision()}:{people}:{completions}:".encode() + Path(__file__).read_bytes()
    folder = Path(tempfile.gettempdir()) / "rollcall-benchmark"
    folder.mkdir(exist_ok=True)
    path = folder / f"{hashlib.sha256(key).hexdigest()[:16]}.sqlite"
    if not path.exists():
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        build(unfinished, people, completions)
        unfinished.rename(path)
    return path


def _facts(number: int, person_id: int, completions: int) -> Iterator[Fact]:
    # Each person has a generator of their own, so that no record depends on who came before.
    chance = Random(number)  # noqa: S311 the rows must be the same in every run, and protect nothing
    rank = "sergeant" if number % 9 == 0 else "lieutenant" if number % 50 == 1 else "officer"
    appointed_on = date(2005, 1, 1) + timedelta(days=chance.randrange(7_600))
    yield PersonName(person_id=person_id, given=f"Given{number % 97}", family=f"Family{number}")
    yield Employment(
        person_id=person_id,
        badge_number=str(10_000 + number),
        kind="officer",
        position="police-officer",
        rank=rank,
        status="active",
        appointed_on=appointed_on,
        licensed_on=appointed_on,
        history_complete_from=FIRST_DAY,
        facts={"works_with_informants": number % 12 == 0},
    )
    cycle_start = date(2024 + number % 3, 7, 1)
    yield Credential(
        person_id=person_id,
        kind="license",
        discipline="police",
        level=chance.choice(("basic", "intermediate", "advanced")),
        status="active",
        issued_on=appointed_on,
        cycle_start=cycle_start,
        cycle_end=date(cycle_start.year + 3, 6, 30),
    )
    yield from _cards(number, person_id, chance)
    yield from _assignments(number, person_id)
    yield from _exceptions(number, person_id)
    regular = list(_regular(chance))[:completions]
    for on, course in regular:
        yield _completion(person_id, course, on, chance)
    for course in chance.choices(COURSES, weights=SHARES, k=completions - len(regular)):
        yield _completion(person_id, course, _some_day(chance), chance)


def _cards(number: int, person_id: int, chance: Random) -> Iterator[Card]:
    kinds: Iterable[tuple[str, ...]] = (("first-aid", "cpr"),) if number % 4 else (("first-aid",), ("cpr",))
    for covers in (*kinds, *((("radar",),) if number % 5 == 0 else ())):
        given_on = FIRST_DAY + timedelta(days=chance.randrange(720))
        for _ in range(2):
            yield Card(
                person_id=person_id, covers=covers, valid_from=given_on, valid_to=_later(given_on, 730)
            )
            given_on = _later(given_on, 720)


def _assignments(number: int, person_id: int) -> Iterator[Assignment]:
    held = ["firearm:handgun"]
    held += ["taser"] if number % 10 else []
    held += ["firearm:patrol-rifle"] if number % 3 == 0 else []
    held += ["traffic"] if number % 5 == 0 else []
    for kind in held:
        yield Assignment(person_id=person_id, kind=kind, starts_on=date(2022, 1, 1))


def _exceptions(number: int, person_id: int) -> Iterator[Fact]:
    if number % 20 == 0:
        left_on = date(2026, 3, 1) + timedelta(days=number % 200)
        yield Leave(
            person_id=person_id,
            kind="military",
            starts_on=left_on,
            ends_on=_later(left_on, 120),
            returned_on=_later(left_on, 121),
        )
    if number % 50 == 0:
        yield Exemption(
            person_id=person_id,
            requirement="bench-evoc-8",
            kind=ExemptionKind.EXTENSION,
            new_due=date(2027, 9, 30),
            reason="no track available",
        )


def _regular(chance: Random) -> Iterator[tuple[date, Course]]:
    """What the agency calls everybody in for; one in fifty misses it."""
    plan = [(chance.randrange(340), 365, BY_TITLE[title]) for title in YEARLY]
    plan.append((chance.randrange(170), 175, BY_TITLE[QUALIFICATION]))
    for first, again, course in plan:
        for days in range(first, (AS_OF - FIRST_DAY).days, again):
            if chance.randrange(50):
                yield FIRST_DAY + timedelta(days=days), course


def _some_day(chance: Random) -> date:
    return FIRST_DAY + timedelta(days=chance.randrange((AS_OF - FIRST_DAY).days))


def _completion(person_id: int, course: Course, on: date, chance: Random) -> Completion:
    doubtful = chance.randrange(100) == 0
    untold = chance.randrange(100) == 0
    return Completion(
        person_id=person_id,
        completed_on=on,
        hours=sum(course.split.values(), start=Decimal(0)) or Decimal(chance.choice(course.lengths)),
        topics=() if untold else course.topics,
        topic_hours={} if untold else course.split,
        title=course.title,
        course_number=f"{chance.randrange(10_000, 12_000)}",
        provider=chance.choice(("Agency", "State academy", "Regional center")),
        delivery=chance.choice((None, "classroom", "online")),
        board_approved=chance.choice(course.approved),
        credit=Credit.DOUBTFUL if doubtful else Credit.YES,
        credit_reason="hours-unclear" if doubtful else None,
        passed=course.passed,
        evidence=chance.choice(course.evidence),
    )


def _later(day: date, days: int) -> date:
    return day + timedelta(days=days)


def main() -> None:
    """Make the database, or say where it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    print(cached(parser.parse_args().people))


if __name__ == "__main__":
    main()

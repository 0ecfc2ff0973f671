"""A small made-up board with one duty of every shape, and the people and records that are put before it."""

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st

from rules.evaluate import Evaluation, evaluate
from rules.finding import Finding
from rules.model import (
    Assignment,
    Card,
    Completion,
    Credit,
    Fact,
    KnownFacts,
    Leave,
    RecordFact,
    Relief,
    ReliefKind,
    Truth,
)
from rules.pack import (
    AfterLeave,
    AfterSeparation,
    AtAllTimes,
    BeforeAssignment,
    CalendarYear,
    Clock,
    Confidence,
    Counts,
    Cycle,
    CycleItself,
    CycleRule,
    DatedAmount,
    Deferral,
    Lapse,
    LicensingCycle,
    Pack,
    Reckoned,
    RecordCondition,
    Requirement,
    Rolling,
    Track,
    Transition,
    UnsaidNumber,
    Unverified,
)
from rules.periods import Length
from rules.standing import Measure, PoolRole
from tests.examples import examples

CYCLE_START = date(2024, 7, 1)
CYCLE_END = date(2027, 6, 30)
AS_OF = date(2026, 3, 10)
TOPICS = ("ethics", "dialogue", "firearms", "driving", "school", "general")
WEAPONS = ("handgun", "shotgun")
REFS = itertools.count()
# Explaining a failure takes longer than finding it.
PHASES = (Phase.explicit, Phase.generate, Phase.shrink)


def quickly(thoroughly: int) -> settings:
    """No deadline, nothing written to disk, the profile's own choice of examples."""
    return settings(deadline=None, max_examples=examples(thoroughly), database=None, phases=PHASES)


def sworn(facts: KnownFacts) -> Truth:
    status = facts.values.get("status")
    return None if status is None else status == "active"


def approved(record: Completion) -> Truth:
    return record.approved


APPROVED = RecordCondition(approved, "approval-missing", "approval-unknown")


def counts(*topics: str, approval: bool = False, surplus_of: tuple[str, ...] = ()) -> Counts:
    return Counts(
        frozenset(topics) if topics else None, (APPROVED,) if approval else (), surplus_of=surplus_of
    )


def duty(
    short: str, clock: Clock, owed: str | UnsaidNumber, counting: Counts | None = None, **more: Any
) -> Requirement:
    """A verified duty of this board; ``owed`` in hours."""
    fields: dict[str, Any] = {
        "id": short.lower(),
        "short": short,
        "label": short,
        "duty": f"The duty {short}.",
        "track": "mandated",
        "measure": Measure.HOURS,
        "clock": clock,
        "applies": sworn,
        "amounts": (
            DatedAmount(
                date.min, Reckoned.WINDOW_END, owed if isinstance(owed, UnsaidNumber) else Decimal(owed)
            ),
        ),
        "counts": counting or counts(),
        "consequence": "license cannot renew",
        "confidence": Confidence.OFFICIAL,
        "references": (),
        "reviewed_on": date(2026, 1, 5),
        "reviewed_by": "a test",
        "verdicts": ("renewal",),
    }
    return Requirement(**{**fields, **more})


TOTAL = duty("TOTAL-20", LicensingCycle(), "20")
POOL = duty(
    "POOL-8",
    LicensingCycle(),
    "8",
    counts("ethics", "dialogue", approval=True),
    inside="total-20",
    pool_role=PoolRole.TOTAL,
)
ETHICS = duty(
    "ETH-3",
    LicensingCycle(),
    "3",
    counts("ethics", approval=True),
    inside="pool-8",
    pool_role=PoolRole.FLOOR,
)
DIALOGUE = duty(
    "DIA-2",
    LicensingCycle(),
    "2",
    counts("dialogue", approval=True),
    inside="pool-8",
    pool_role=PoolRole.FLOOR,
)
ELECTIVE = duty(
    "ELE-3",
    LicensingCycle(),
    "3",
    counts("ethics", "dialogue", approval=True, surplus_of=("eth-3", "dia-2")),
    inside="pool-8",
    pool_role=PoolRole.ELECTIVE,
)
YEARLY = duty(
    "UOF-1",
    CalendarYear(),
    "1",
    counts("firearms", approval=True),
    deferrals=(Deferral(date(2024, 1, 1), date(2024, 12, 31), "an order"),),
)
DRIVING = duty("EVOC-4", Rolling(Length(years=2)), "4", counts("driving", approval=True))
WEAPON = duty(
    "FQ-6",
    Rolling(Length(months=6), "firearms_carried", "firearm_type"),
    "0",
    counts("firearms"),
    measure=Measure.EVENT,
)
CARDS = duty(
    "CARDS",
    AtAllTimes(frozenset({"cpr", "first-aid"}), 90, 30),
    "0",
    Counts(frozenset()),
    measure=Measure.CARD,
)
LEAVE = duty("LEAVE-4", AfterLeave(90, 30), "4", counts("firearms"))
RETURN = duty("RETURN-4", AfterSeparation(Length(years=1), Length(years=5), 30), "4", counts("firearms"))
SCHOOL = duty(
    "SRO-1",
    BeforeAssignment(
        "school-resource-officer",
        date(2025, 9, 1),
        Length(years=3),
        (
            Transition("earlier_basic_sro_course", is_value=False, due_on=date(2025, 9, 1)),
            Transition(
                "earlier_basic_sro_course",
                is_value=True,
                due_on=date(2027, 6, 1),
                alternatives=(date(2027, 6, 30),),
            ),
        ),
    ),
    "1",
    counts("school", approval=True),
)
THE_CYCLE = duty("CYCLE", CycleItself(), "0", Counts(frozenset()), measure=Measure.STATUS)
LAPSE = duty("LAPSE", Lapse(Length(months=3)), "0", Counts(frozenset()), measure=Measure.STATUS)
INFORMANTS = duty(
    "CI",
    Unverified(),
    UnsaidNumber.NOT_KNOWN,
    Counts(frozenset()),
    confidence=Confidence.UNVERIFIED,
    ask="how often",
)

EVERY_DUTY = (
    TOTAL,
    POOL,
    ETHICS,
    DIALOGUE,
    YEARLY,
    DRIVING,
    WEAPON,
    CARDS,
    LEAVE,
    RETURN,
    SCHOOL,
    THE_CYCLE,
    LAPSE,
    INFORMANTS,
    ELECTIVE,
)
# What is judged together: an elective has no meaning without the floors it lives on.
GROUPS: Mapping[str, tuple[Requirement, ...]] = {
    **{each.id: (each,) for each in EVERY_DUTY if each is not ELECTIVE},
    ELECTIVE.id: (ETHICS, DIALOGUE, ELECTIVE),
}
GIVEN = Cycle(CycleRule.GIVEN, years=3)
COMPUTED = Cycle(CycleRule.HALF_YEAR, 3, ("certified_on",), Length(months=6))


def board(*requirements: Requirement, cycle: Cycle = GIVEN) -> Pack:
    return Pack(
        id="xx",
        version="2026.1",
        state="XX",
        label="A board",
        cycle=cycle,
        requirements=requirements,
        topics={topic: topic for topic in TOPICS},
        general_topic="general",
        topic_labels={topic: topic for topic in TOPICS},
        tracks=(Track("mandated", "State"),),
        verdicts=("renewal",),
        headline=("total-20",),
    )


WHOLE = board(*EVERY_DUTY)
WHOLE_COMPUTED = board(*EVERY_DUTY, cycle=COMPUTED)


def officer(
    values: Mapping[str, Fact] | None = None, *, without: Iterable[str] = (), **more: Any
) -> KnownFacts:
    """An active officer in the middle of a cycle; ``without`` takes facts away, which makes them unknown."""
    known: dict[str, Fact] = {
        "status": "active",
        "appointed_on": date(2015, 4, 1),
        "cycle_start": CYCLE_START,
        "cycle_end": CYCLE_END,
        "firearms_carried": ("handgun",),
        **(values or {}),
    }
    for name in without:
        del known[name]
    return KnownFacts(known, **more)


def took(
    topic: str | None,
    on: date | None,
    hours: str | None = "4",
    *,
    ref: str = "r1",
    approved: bool | None = True,
    **more: Any,
) -> Completion:
    """One class in one topic; ``topic`` None: nobody has said which."""
    return Completion(
        ref,
        on,
        None if hours is None else Decimal(hours),
        None if topic is None else frozenset({topic}),
        approved=approved,
        **more,
    )


def judged(
    requirement: Requirement,
    facts: KnownFacts,
    records: Iterable[Completion] = (),
    as_of: date = AS_OF,
    **more: bool,
) -> Evaluation:
    """One duty by itself."""
    return evaluate((board(requirement),), facts, records, as_of, **more)


def only(evaluation: Evaluation) -> Finding:
    (finding,) = evaluation.findings
    return finding


Place = tuple[str, str | None, str | None]


def by_place(evaluation: Evaluation) -> dict[Place, Finding]:
    """Findings by requirement, window and item."""
    return {
        (each.requirement.id, each.window.label if each.window else None, each.item): each
        for each in evaluation.findings
    }


# --- generated people and records -----------------------------------------------------------------------------------

# Mistakes live on the first and last days of things, so most of what is drawn lies on one of those.
ASKED_ABOUT = (AS_OF, date(2024, 12, 31), date(2026, 1, 1), CYCLE_END, date(2027, 7, 1), date(2027, 12, 31))
LENGTHS = (
    Length(),
    *(Length(days=days) for days in (30, 90)),
    *(Length(months=months) for months in (3, 6)),
    *(Length(years=years) for years in (1, 2, 3)),
)
EDGES = sorted(
    {
        length.before(day) + timedelta(days=apart)
        for day, length, apart in itertools.product(ASKED_ABOUT, LENGTHS, (-1, 0, 1, 20))
    }
)
DAYS = st.one_of(st.sampled_from(EDGES), st.dates(date(2021, 1, 1), date(2029, 12, 31)))
RECENT = st.one_of(st.sampled_from(EDGES), st.dates(date(2024, 1, 1), date(2027, 12, 31)))
ASKED = st.one_of(st.sampled_from(ASKED_ABOUT), st.dates(date(2024, 8, 1), date(2027, 12, 31)))
HOURS = st.sampled_from(["0.25", "0.5", "1", "2", "3", "4", "8", "20"]).map(Decimal)


@st.composite
def sure_records(draw: st.DrawFn, topics: tuple[str, ...] = TOPICS) -> Completion:
    """A class about which nothing is in doubt."""
    topic = draw(st.sampled_from(topics))
    facts: dict[str, RecordFact] = {}
    if topic == "firearms":
        facts["firearm_type"] = draw(st.sampled_from(WEAPONS))
    return Completion(
        f"r{next(REFS)}",
        draw(RECENT),
        draw(HOURS),
        frozenset({topic}),
        approved=draw(st.sampled_from([True, True, False])),
        facts=facts or None,
    )


def _unapproved(record: Completion) -> Completion:
    return record._replace(approved=None)


def _untold(record: Completion) -> Completion:
    return record._replace(topics=None)


def _maybe(record: Completion) -> Completion:
    return record._replace(credit=Credit.DOUBTFUL)


def _hourless(record: Completion) -> Completion:
    return record._replace(hours=None)


def _undated(record: Completion) -> Completion:
    return record._replace(on=None)


def _unsplit(record: Completion) -> Completion:
    return record._replace(topics=frozenset({"ethics", "dialogue", "firearms"}))


def _unnamed(record: Completion) -> Completion:
    return record._replace(facts=None)


SPOILT: tuple[Callable[[Completion], Completion], ...] = (
    _unapproved,
    _untold,
    _maybe,
    _hourless,
    _undated,
    _unsplit,
    _unnamed,
)


@st.composite
def doubtful_records(draw: st.DrawFn, topics: tuple[str, ...] = TOPICS) -> Completion:
    """A class with one or two things that nobody has said."""
    record = draw(sure_records(topics))
    for spoil in draw(st.lists(st.sampled_from(SPOILT), min_size=1, max_size=2, unique=True)):
        record = spoil(record)
    return record


def histories(topics: tuple[str, ...] = TOPICS, most: int = 7) -> st.SearchStrategy[list[Completion]]:
    """Sure and doubtful classes together."""
    sure_one = sure_records(topics)
    return st.lists(st.one_of(sure_one, sure_one, doubtful_records(topics)), max_size=most)


def topics_of(duties: Iterable[Requirement]) -> tuple[str, ...]:
    """The topics that serve any of these duties, so that most of what is drawn has to do with them."""
    served = {topic for each in duties for topic in each.counts.topics or ()}
    return tuple(sorted(served)) or TOPICS


@st.composite
def spans(draw: st.DrawFn) -> tuple[date, date]:
    start = draw(RECENT)
    return start, start + timedelta(days=draw(st.integers(0, 500)))


@st.composite
def cards(draw: st.DrawFn) -> Card:
    start, end = draw(spans())
    return Card(
        draw(
            st.sampled_from([frozenset({"cpr"}), frozenset({"first-aid"}), frozenset({"cpr", "first-aid"})])
        ),
        draw(st.sampled_from([start, start, start, None])),
        draw(st.sampled_from([end, end, end, None])),
    )


@st.composite
def leaves(draw: st.DrawFn) -> Leave:
    start, end = draw(spans())
    return Leave(start, draw(st.sampled_from([end, end, None])))


@st.composite
def assignments(draw: st.DrawFn) -> Assignment:
    start, end = draw(spans())
    known = draw(st.sampled_from([True, False, None]))
    return Assignment(
        "school-resource-officer",
        draw(st.sampled_from([start, start, None])),
        draw(st.sampled_from([end, None])),
        () if known is None else (("earlier_basic_sro_course", known),),
    )


@st.composite
def reliefs(draw: st.DrawFn) -> Relief:
    start, end = draw(spans())
    return Relief(
        draw(st.sampled_from(list(ReliefKind))),
        draw(st.sampled_from(["*", "uof-1", "evoc-4", "cards", "total-20"])),
        "an approved reason",
        None,
        start,
        end,
        end,
    )


@st.composite
def people(draw: st.DrawFn, relieved: bool = True) -> KnownFacts:
    """Officers of all kinds; what is not drawn is unknown."""
    values: dict[str, Fact] = {"appointed_on": draw(st.one_of(st.just(date(2015, 4, 1)), DAYS))}
    values["status"] = draw(st.sampled_from(["active", "active", "active", "inactive"]))
    if draw(st.integers(0, 4)):
        values["cycle_start"], values["cycle_end"] = CYCLE_START, CYCLE_END
    if draw(st.integers(0, 3)):
        values["firearms_carried"] = draw(st.sampled_from([("handgun",), WEAPONS, ()]))
    if not draw(st.integers(0, 3)):
        values["history_complete_from"] = draw(DAYS)
    if draw(st.booleans()):
        values["certified_on"] = draw(st.dates(date(2015, 1, 1), date(2026, 1, 1)))
    if not draw(st.integers(0, 3)):
        values["separated_on"], values["returned_on"] = draw(spans())
    return KnownFacts(
        values,
        leave=tuple(draw(st.lists(leaves(), max_size=2))),
        cards=draw(st.one_of(st.none(), st.lists(cards(), max_size=3).map(tuple))),
        assignments=tuple(draw(st.lists(assignments(), max_size=1))),
        reliefs=tuple(draw(st.lists(reliefs(), max_size=1))) if relieved else (),
    )


def sure(record: Completion, **changes: Any) -> Completion:
    """The same class when somebody has answered what was missing."""
    return record._replace(credit=Credit.YES, **changes)


def with_facts(facts: KnownFacts, **values: Fact) -> KnownFacts:
    return replace(facts, values={**facts.values, **values})

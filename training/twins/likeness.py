"""Which people and records may be the same, and which days cannot be right? Proposals with their reasons, no decisions.

Pure. Only what shares a key is compared: a number, an address, a name, or one person within two days.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rapidfuzz.distance import OSA

from db.queries.lateral import FROM_INTAKE
from db.queries.likeness import CompletionLook
from db.records.facts import Credit, LikenessOf
from reading.tables.keys import same_title
from reading.tables.twins import ALIKE, DAYS_APART, provider_letters, title_words

# Nobody now in service trained before this day; the import doubts such days for the same reason.
OLDEST_LIKELY = date(1950, 1, 2)
# So many people with one number or address share it on purpose, such as the telephone of a squad.
MOST_OF_ONE_KEY = 6
# A person has a handful of records around one day; a file of thousands must not be compared all with all.
COMPARED_AROUND_A_DAY = 40
NEXT_DAY = 1
LAST_TWIN_DAY = max(DAYS_APART)


Keys = Callable[["PersonLook"], Iterable[str]]


class Alike(StrEnum):
    """Why something is proposed."""

    LICENSE = "license"
    EMAIL = "email"
    MOBILE = "mobile"
    NAME_AND_BADGE = "name-and-badge"
    NAME_TURNED = "name-turned"
    SAME_DAY = "same-day"
    DAYS_APART = "days-apart"
    SAME_TITLE = "same-title"
    LIKE_TITLE = "like-title"
    SAME_HOURS = "same-hours"
    HOURS_MISSING = "hours-missing"
    TWO_SOURCES = "two-sources"
    IN_FUTURE = "in-future"
    TOO_OLD = "too-old"
    BEFORE_APPOINTMENT = "before-appointment"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLook:
    """As much of a person as it takes to see that it is another one again."""

    person_id: int
    badge_number: str
    given: str
    family: str
    licenses: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    mobiles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Two things that may be one, or one that may be wrong. ``withdraw`` is the record that goes if they are one."""

    subject: LikenessOf
    one: int
    other: int
    reasons: tuple[Alike, ...]
    withdraw: int | None = None
    records: int = 0  # of records before an appointment, how many

    @property
    def key(self) -> str:
        """Names the proposal in a button."""
        return f"{self.subject.value}:{self.one}:{self.other}"


def people_alike(people: Sequence[PersonLook]) -> Iterator[Proposal]:
    """Pairs of people with a number, an address or a name in common."""
    found: defaultdict[tuple[int, int], set[Alike]] = defaultdict(set)
    by_id = {each.person_id: each for each in people}
    for reason, groups in (
        (Alike.LICENSE, _by_key(people, lambda each: each.licenses)),
        (Alike.EMAIL, _by_key(people, lambda each: each.emails)),
        (Alike.MOBILE, _by_key(people, lambda each: each.mobiles)),
    ):
        for ids in groups:
            for pair in _pairs(ids):
                found[pair].add(reason)
    for ids in _by_key(people, lambda each: (_name_key(each),)):
        for one, other in _pairs(ids):
            alike = _alike_by_name(by_id[one], by_id[other])
            if alike is not None:
                found[one, other].add(alike)
    order = list(Alike)
    for (one, other), reasons in sorted(found.items()):
        yield Proposal(
            subject=LikenessOf.PEOPLE, one=one, other=other, reasons=tuple(sorted(reasons, key=order.index))
        )


def _by_key(people: Iterable[PersonLook], keys_of: Keys) -> Iterator[list[int]]:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for each in people:
        for key in keys_of(each):
            if key:
                groups[key].append(each.person_id)
    return (ids for ids in groups.values() if 1 < len(ids) <= MOST_OF_ONE_KEY)


def _pairs(ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    ordered = sorted(set(ids))
    return ((one, other) for place, one in enumerate(ordered) for other in ordered[place + 1 :])


def _name_key(person: PersonLook) -> str:
    first = person.given.split()[:1]
    return " ".join(sorted(word.casefold() for word in (*first, person.family)))


def _alike_by_name(one: PersonLook, other: PersonLook) -> Alike | None:
    if one.family.casefold() != other.family.casefold():
        return Alike.NAME_TURNED
    return Alike.NAME_AND_BADGE if near_badges(one.badge_number, other.badge_number) else None


def near_badges(one: str, other: str) -> bool:
    """One slip of the keyboard apart, or the same but for zeros in front."""
    bare, other_bare = one.casefold().lstrip("0"), other.casefold().lstrip("0")
    return bare == other_bare or OSA.distance(one.casefold(), other.casefold(), score_cutoff=1) <= 1


def completions_alike(looks: Iterable[CompletionLook]) -> Iterator[Proposal]:
    """Pairs of one person's records that may be one class. ``looks`` come by person and then by day."""
    around: deque[CompletionLook] = deque(maxlen=COMPARED_AROUND_A_DAY)
    for look in looks:
        while around and (
            around[0].person_id != look.person_id
            or (look.completed_on - around[0].completed_on).days > LAST_TWIN_DAY
        ):
            around.popleft()
        for earlier in around:
            reasons = _alike(earlier, look)
            if reasons:
                yield Proposal(
                    subject=LikenessOf.COMPLETIONS,
                    one=earlier.id,
                    other=look.id,
                    reasons=reasons,
                    withdraw=_lesser(earlier, look).id,
                )
        around.append(look)


def _alike(one: CompletionLook, other: CompletionLook) -> tuple[Alike, ...]:
    if one.instructed is not other.instructed:
        return ()
    reasons: list[Alike] = []
    if FROM_INTAKE in (one.source[: len(FROM_INTAKE)], other.source[: len(FROM_INTAKE)]):
        return _alike_without_title(one, other)
    same = same_title(one.title) == same_title(other.title)
    if not same and not _like_titles(one.title, other.title):
        return ()
    days = (other.completed_on - one.completed_on).days
    elsewhere = provider_letters(one.course_number) != provider_letters(other.course_number)
    # Two offices report one class up to two days apart; a class of one office on the next day may be its second day.
    if days > NEXT_DAY and not elsewhere:
        return ()
    if one.hours is not None and other.hours is not None and one.hours != other.hours:
        return ()
    reasons.append(Alike.DAYS_APART if days else Alike.SAME_DAY)
    reasons.append(Alike.SAME_TITLE if same else Alike.LIKE_TITLE)
    reasons.append(Alike.SAME_HOURS if one.hours == other.hours else Alike.HOURS_MISSING)
    if one.source != other.source or elsewhere:
        reasons.append(Alike.TWO_SOURCES)
    return tuple(reasons)


def _alike_without_title(one: CompletionLook, other: CompletionLook) -> tuple[Alike, ...]:
    """Of a class that another agency released only the day, the hours and the topics are known."""
    holders = [look.source.removeprefix(FROM_INTAKE).partition(":")[0] for look in (one, other)]
    one_release = one.source.startswith(FROM_INTAKE) and other.source.startswith(FROM_INTAKE)
    if (one_release and holders[0] == holders[1]) or one.completed_on != other.completed_on:
        return ()
    if one.hours is None or one.hours != other.hours:
        return ()
    return (Alike.SAME_DAY, Alike.SAME_HOURS, Alike.TWO_SOURCES)


def _like_titles(one: str, other: str) -> bool:
    words, others = title_words(one), title_words(other)
    common = len(words & others)
    return common >= 2 and common >= ALIKE * len(words | others)


def _lesser(one: CompletionLook, other: CompletionLook) -> CompletionLook:
    """The record that says less; of two that say the same, the one that came later."""
    return other if _says(one) >= _says(other) else one


def _says(look: CompletionLook) -> tuple[bool, bool, bool, bool, bool]:
    return (
        look.credit is Credit.YES,
        look.hours is not None,
        look.board_approved is True,
        bool(look.course_number),
        look.has_topics,
    )


def impossible_days(
    looks: Iterable[CompletionLook], appointed: Mapping[int, date], today: date
) -> Iterator[Proposal]:
    """Records of days that cannot be, one by one; those before an appointment together, because most are right."""
    early: dict[int, tuple[int, int]] = {}
    for look in looks:
        on = look.completed_on
        reason = Alike.IN_FUTURE if on > today else Alike.TOO_OLD if on < OLDEST_LIKELY else None
        if reason is not None:
            yield Proposal(subject=LikenessOf.DATE, one=look.id, other=look.id, reasons=(reason,))
        elif (start := appointed.get(look.person_id)) is not None and on < start:
            first, count = early.get(look.person_id, (look.id, 0))
            early[look.person_id] = (first, count + 1)
    for person_id, (_first, count) in sorted(early.items()):
        yield Proposal(
            subject=LikenessOf.EARLY,
            one=person_id,
            other=person_id,
            reasons=(Alike.BEFORE_APPOINTMENT,),
            records=count,
        )

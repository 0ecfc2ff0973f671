"""Which people and records are proposed as one, and for which reasons; and what is never proposed?"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from db.queries.likeness import CompletionLook
from db.records.facts import Credit, LikenessOf
from training.twins.likeness import (
    COMPARED_AROUND_A_DAY,
    Alike,
    PersonLook,
    completions_alike,
    impossible_days,
    near_badges,
    people_alike,
)

DAY = date(2026, 5, 24)
LEE: dict[str, Any] = {"given": "Sam", "family": "Lee"}


def look(record: int, **said: Any) -> CompletionLook:
    given: dict[str, Any] = {
        "person_id": 1, "completed_on": DAY, "hours": Decimal(4), "title": "Crisis Intervention for Patrol",
        "course_number": "", "source": "import:history", "credit": Credit.YES, "credit_reason": "",
        "board_approved": None, "has_topics": True, "instructed": False,
    }  # fmt: skip
    return CompletionLook(id=record, **(given | said))


def person(
    person_id: int, given: str = "Dana", family: str = "Ruiz", badge: str = "", **said: Any
) -> PersonLook:
    number = badge or str(person_id * 1000)
    return PersonLook(person_id=person_id, badge_number=number, given=given, family=family, **said)


def reasons(*people: PersonLook) -> list[tuple[int, int, tuple[Alike, ...]]]:
    return [(each.one, each.other, each.reasons) for each in people_alike(people)]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"licenses": frozenset({"1"})}, LEE | {"licenses": frozenset({"1"})}, Alike.LICENSE),
        ({"emails": frozenset({"a@b"})}, LEE | {"emails": frozenset({"a@b"})}, Alike.EMAIL),
        ({"mobiles": frozenset({"+1"})}, LEE | {"mobiles": frozenset({"+1"})}, Alike.MOBILE),
        ({"badge": "214"}, {"badge": "0214"}, Alike.NAME_AND_BADGE),
        ({"badge": "214"}, {"badge": "241"}, Alike.NAME_AND_BADGE),
        ({"badge": "214"}, {"given": "Ruiz", "family": "Dana", "badge": "900"}, Alike.NAME_TURNED),
    ],
)  # fmt: skip
def test_people_are_proposed_for_what_they_share(
    one: dict[str, Any], other: dict[str, Any], why: Alike
) -> None:
    assert reasons(person(1, **one), person(2, **other)) == [(1, 2, (why,))]


def test_a_shared_name_alone_or_a_telephone_of_a_whole_squad_proposes_nobody() -> None:
    assert reasons(person(1, badge="214"), person(2, badge="877")) == []
    squad = [person(n, given=f"G{n}", family=f"F{n}", mobiles=frozenset({"+1"})) for n in range(1, 9)]
    assert reasons(*squad) == []


def test_badges_are_near_by_one_slip_of_the_keyboard() -> None:
    assert near_badges("214", "2144")
    assert near_badges("A-12", "a-12")
    assert not near_badges("214", "421")


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({}, (Alike.SAME_DAY, Alike.SAME_TITLE, Alike.SAME_HOURS)),
        ({"title": "CRISIS INTERVENTION, for patrol"}, (Alike.SAME_DAY, Alike.SAME_TITLE, Alike.SAME_HOURS)),
        ({"title": "Crisis Intervention Patrol Training"}, (Alike.SAME_DAY, Alike.LIKE_TITLE, Alike.SAME_HOURS)),
        ({"completed_on": date(2026, 5, 25)}, (Alike.DAYS_APART, Alike.SAME_TITLE, Alike.SAME_HOURS)),
        ({"hours": None}, (Alike.SAME_DAY, Alike.SAME_TITLE, Alike.HOURS_MISSING)),
        ({"source": "import:other"}, (Alike.SAME_DAY, Alike.SAME_TITLE, Alike.SAME_HOURS, Alike.TWO_SOURCES)),
        (
            {"completed_on": date(2026, 5, 26), "course_number": "POST-9"},
            (Alike.DAYS_APART, Alike.SAME_TITLE, Alike.SAME_HOURS, Alike.TWO_SOURCES),
        ),
    ],
)  # fmt: skip
def test_two_records_are_proposed_as_one_class(other: dict[str, object], why: tuple[Alike, ...]) -> None:
    (found,) = completions_alike([look(1), look(2, **other)])
    assert (found.one, found.other, found.reasons) == (1, 2, why)


@pytest.mark.parametrize(
    "other",
    [
        {"hours": Decimal(2)},
        {"title": "Use of Force"},
        {"completed_on": date(2026, 5, 26)},
        {"person_id": 2},
        {"instructed": True},
    ],
)
def test_what_differs_in_more_than_a_slip_is_two(other: dict[str, object]) -> None:
    assert not list(completions_alike([look(1), look(2, **other)]))


def test_the_record_that_says_less_goes_and_of_equals_the_later() -> None:
    assert [each.withdraw for each in completions_alike([look(1), look(2)])] == [2]
    assert [each.withdraw for each in completions_alike([look(1, hours=None), look(2)])] == [1]
    doubted = look(1, credit=Credit.DOUBTFUL)
    assert [each.withdraw for each in completions_alike([doubted, look(2)])] == [1]


def test_thousands_of_records_of_one_day_are_not_compared_all_with_all() -> None:
    found = list(completions_alike(look(n) for n in range(3_000)))
    assert len(found) <= 3_000 * COMPARED_AROUND_A_DAY


def test_days_that_cannot_be_are_proposed_and_early_records_once_for_a_person() -> None:
    looks = [
        look(1, completed_on=date(1949, 1, 1), person_id=9),
        look(2, completed_on=date(2014, 1, 1)),
        look(3, completed_on=date(2014, 1, 2)),
        look(4, completed_on=date(2026, 12, 1)),
    ]
    found = list(impossible_days(looks, {1: date(2015, 4, 1)}, date(2026, 11, 27)))
    assert [(each.subject, each.one, each.reasons[0], each.records) for each in found] == [
        (LikenessOf.DATE, 1, Alike.TOO_OLD, 0),
        (LikenessOf.DATE, 4, Alike.IN_FUTURE, 0),
        (LikenessOf.EARLY, 1, Alike.BEFORE_APPOINTMENT, 2),
    ]

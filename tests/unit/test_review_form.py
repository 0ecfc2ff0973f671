"""What a reviewer enters makes one decision, or says what is in its way; in words it is the same decision."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from handlers.review_form import entered
from training.uploads.deciding import Approve, Decision, Refer, Return
from training.uploads.review_rules import Typed
from training.uploads.values import Draft, Entry

TODAY = date(2027, 3, 2)
ONE = Entry(
    title="Autism Response",
    completed_on=TODAY,
    hours=Decimal(4),
    provider="FEMA",
    number="1",
    topics=("autism",),
)
OTHER = replace(ONE, title="Use of Force", hours=Decimal(2), topics=("use_of_force",))
ALONE, BOTH = Draft(entries=(ONE,), kind="certificate"), Draft(entries=(ONE, OTHER), kind="transcript")
AS_IT_STANDS = {
    "upload": ("3107",),
    "title": ("Autism Response",),
    "completed_on": ("2027-03-02",),
    "hours": ("4",),
    "provider": ("FEMA",),
    "number": ("1",),
    "topics": ("autism",),
}
OF_THE_OTHER = {
    **AS_IT_STANDS,
    "upload": ("3107/2",),
    "line": ("2",),
    "title": ("Use of Force",),
    "hours": ("2",),
    "topics": ("use_of_force",),
}


def decision(form: Mapping[str, tuple[str, ...]], draft: Draft = ALONE) -> Decision | None:
    return entered({**AS_IT_STANDS, **form}, draft, TODAY, {"autism", "evoc"}).decision


def test_an_approval_takes_the_values_as_they_were_entered() -> None:
    found = decision(
        {"decision": ("approve",), "hours": ("6",), "confirmed": ("hours", "title"), "typed-hours": ("6",)}
    )
    assert isinstance(found, Approve)
    assert [each.hours for each in found.entries] == [Decimal(6)]
    assert found.checked.confirmed == ("title", "hours")
    assert found.checked.typed == Typed(hours=Decimal(6))


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"decision": ("approve",), "hours": ("four",)}, "hours"),
        ({"decision": ("approve",), "hours": ("20",)}, "hours"),
        ({"decision": ("approve",), "completed_on": ("2027-03-03",)}, "completed_on"),
        ({"decision": ("approve",), "topics": ("narcotics",)}, "topics"),
        ({"decision": ()}, "decision"),
        ({"decision": ("shred",)}, "decision"),
    ],
)
def test_what_is_in_the_way_is_said_beside_its_field(form: Mapping[str, tuple[str, ...]], field: str) -> None:
    found = entered({**AS_IT_STANDS, **form}, ALONE, TODAY, {"autism"})
    assert set(found.errors) == {field}
    assert found.decision is None


@pytest.mark.parametrize(
    ("form", "made"),
    [
        ({"reason": ("unreadable",), "words": ("Too dark.",)}, Return(reason="unreadable", text="Too dark.")),
        ({"words": ("Too dark.",)}, Return(reason="other", text="Too dark.")),
        ({"hours": ("four",)}, Return(reason="")),
    ],
)
def test_what_goes_back_may_be_wrong_as_it_stands(
    form: Mapping[str, tuple[str, ...]], made: Decision
) -> None:
    assert decision({"decision": ("return",), **form}) == made


def test_a_person_may_look_into_anything() -> None:
    assert decision({"decision": ("refer",), "hours": ("four",)}) == Refer()


def test_turning_to_another_class_of_the_list_decides_nothing() -> None:
    turned = {**AS_IT_STANDS, "upload": ("3107/1",), "line": ("2",), "decision": ("approve",)}
    found = entered(turned, BOTH, TODAY, ())
    assert (found.line, found.entry, found.decision) == (1, OTHER, None)


def test_what_is_wrong_with_the_second_class_is_shown_beside_its_own_values() -> None:
    found = entered({**OF_THE_OTHER, "decision": ("approve",), "hours": ("four",)}, BOTH, TODAY, ())
    assert set(found.errors) == {"hours"}
    assert (found.entry.title, found.entry.topics) == ("Use of Force", ("use_of_force",))


def test_an_approved_list_keeps_the_classes_that_were_not_changed() -> None:
    found = decision({**OF_THE_OTHER, "decision": ("approve",), "hours": ("3",)}, BOTH)
    assert isinstance(found, Approve)
    assert found.entries[0] == ONE
    assert (found.entries[1].title, found.entries[1].hours) == ("Use of Force", Decimal(3))

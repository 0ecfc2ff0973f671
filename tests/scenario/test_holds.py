"""A hold keeps what it names, whoever asks and whoever confirms; two people end it, and nobody their own."""

from datetime import UTC

import pytest

from db.integrity import check_integrity
from tests.scenario.cast import Agency
from tests.scenario.custody_cast import (
    BRANDT,
    HALE,
    PARK,
    asks,
    has_key,
    number,
    said,
)


def test_a_hold_placed_in_between_stops_the_second_person(lakemont: Agency) -> None:
    item_id = asks(lakemont)
    lakemont.ask(PARK, f"dispose {number(item_id)} retention")
    lakemont.ask(HALE, "hold 214")
    assert "A hold keeps it" in said(lakemont.ask(HALE, f"confirm {number(item_id)}"))
    assert has_key(lakemont, item_id)
    hold = lakemont.entries("content:held")[0].data["hold"] % 10_000_000_000
    assert "until a second person lifts it" in said(lakemont.ask(HALE, f"lift H-{hold}"))
    assert "a second person has to confirm" in said(lakemont.ask(HALE, f"lift H-{hold}"))
    assert "A hold keeps it" in said(lakemont.ask(HALE, f"confirm {number(item_id)}"))
    assert "is lifted" in said(lakemont.ask(BRANDT, f"lift H-{hold}"))
    assert "is disposed of" in said(lakemont.ask(HALE, f"confirm {number(item_id)}"))
    assert check_integrity(lakemont.office.engine) == ()


def test_a_hold_has_a_number_in_every_answer_and_in_the_log(embedded: Agency) -> None:
    item_id = asks(embedded)
    shown = said(embedded.ask(HALE, f"hold {number(item_id)}"))
    (placed,) = embedded.entries("content:held")
    named = f"H-{placed.data['hold'] % 10_000_000_000}"
    assert placed.data == {"hold": placed.data["hold"], "item": item_id}
    assert placed.subject_id is None
    assert "Nothing was changed" in said(embedded.ask(HALE, f"hold {number(item_id)}"))
    assert f"{named} holds." in shown
    for badge, says in (
        (HALE, "{} holds until a second person lifts it"),
        (HALE, "a second person has to confirm"),
        (BRANDT, "{} is lifted"),
    ):
        assert says.format(named) in said(embedded.ask(badge, f"lift {named}"))
    for tag in ("content:hold-lift-asked", "content:hold-lifted"):
        (entry,) = embedded.entries(tag)
        assert entry.data == placed.data
    embedded.ask(HALE, "hold 214")
    about = embedded.entries("content:held")[0]
    assert (about.subject_id, list(about.data)) == (embedded.id_of("214"), ["hold"])


def test_nobody_lifts_a_hold_on_their_own_words(embedded: Agency) -> None:
    item_id = asks(embedded, BRANDT)
    for placed in ("hold 1", f"hold {number(item_id)}"):
        embedded.ask(HALE, placed)
        hold = embedded.entries("content:held")[0].data["hold"] % 10_000_000_000
        embedded.ask(HALE, f"lift H-{hold}")
        assert "others decide" in said(embedded.ask(BRANDT, f"lift H-{hold}")), placed
        assert "is lifted" in said(embedded.ask(PARK, f"lift H-{hold}")), placed


def test_the_chief_is_a_second_person_and_no_first(embedded: Agency) -> None:
    embedded.ask(HALE, "hold 214")
    hold = embedded.entries("content:held")[0].data["hold"]
    assert "no longer hold the role" in said(embedded.ask(BRANDT, f"lift H-{hold % 10_000_000_000}"))
    assert not embedded.entries("content:hold-lift-asked")


@pytest.mark.parametrize(
    ("hold", "keeps"),
    [
        ("hold {}", True),
        ("hold 214", True),
        ("hold 231", False),
        ("hold 2027-03-02 to 2027-03-02", True),
        ("hold 2027-03-03 to 2027-12-31", False),
        ("hold 2026-01-01 to 2027-03-01", False),
        ("hold 214 2027-03-01 to 2027-03-31", True),
        ("hold 231 2027-03-01 to 2027-03-31", False),
        ("hold 214 2026-03-01 to 2026-03-31", False),
    ],
)
def test_a_hold_keeps_what_it_names_and_nothing_else(embedded: Agency, hold: str, keeps: bool) -> None:
    item_id = asks(embedded)
    assert "holds. Nothing under it" in said(embedded.ask(PARK, hold.format(number(item_id))))
    embedded.ask(PARK, f"dispose {number(item_id)} retention")
    embedded.ask(HALE, f"confirm {number(item_id)}")
    assert has_key(embedded, item_id) is keeps


def test_a_day_of_a_hold_is_a_day_where_the_agency_is(embedded: Agency) -> None:
    embedded.at("2027-03-02 23:30")
    item_id = asks(embedded)
    assert embedded.clock.at.astimezone(UTC).day == 3
    embedded.ask(PARK, "hold 2027-03-02 to 2027-03-02")
    assert "A hold keeps it" in said(embedded.ask(PARK, f"dispose {number(item_id)} retention"))

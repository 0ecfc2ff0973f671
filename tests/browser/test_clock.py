"""Does time go forward in front of the visitor, with everything on the way in its order?"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor

WEEK = 120_000  # milliseconds, beside other tests


def wait_for(visitor: Visitor, moment: str) -> None:
    """Until the clock shows it and stands still again."""
    # At each of a week's stops somebody may be told something.
    expect(visitor.page.locator(".clock .now strong")).to_have_text(re.compile(moment), timeout=WEEK)
    expect(visitor.page.locator(".clock")).to_have_attribute("aria-busy", "false")


def test_the_clock_moves_by_an_hour_and_a_day_on_the_wall_and_what_was_opened_stays_open_while_its_numbers_change(
    visitor: Visitor,
) -> None:
    visitor.home("officer").click()
    inside = visitor.pane("officer").locator(".home .inside")
    expect(inside).to_contain_text("120 days left")
    strong = visitor.page.locator(".clock .now strong")
    expect(strong).to_have_text(re.compile(r"Tue Mar 2 2027 14:\d\d"))
    visitor.moves("+1 hour")
    expect(strong).to_have_text(re.compile(r"Tue Mar 2 2027 15:\d\d"))
    visitor.moves("+1 day")
    expect(strong).to_have_text(re.compile(r"Wed Mar 3 2027 15:\d\d"))
    expect(inside).to_contain_text("119 days left")
    expect(inside).to_be_visible()


# One walk through three weeks, for everything that is seen on the way: a week has forty stops.
@pytest.mark.long
def test_weeks_go_by_on_the_wall_and_a_deadline_on_the_way_is_told_in_its_place_and_changes_the_answer(
    visitor: Visitor,
) -> None:
    home = visitor.home("dispatcher")
    expect(home).to_contain_text("NOT YET, Whitman")
    for day in ("Tue Mar 9", "Tue Mar 16", "Tue Mar 23"):
        visitor.moves("+7 days")
        # Summer time began on 14 March; the wall clock shows the same hour all the same.
        wait_for(visitor, rf"{day} 2027 14:\d\d")
    expect(home).to_contain_text("OVERDUE, Whitman")
    expect(visitor.page.locator('[data-show="dispatcher"]')).to_contain_text("OVERDUE")
    days = visitor.page.locator(".entry.is-turn .time").all_inner_texts()
    as_numbers = [int(day.split()[1]) for day in reversed(days)]
    assert len(as_numbers) >= 2
    assert as_numbers == sorted(as_numbers)
    assert all(day.startswith("Mar ") for day in days)
    expect(visitor.says("dispatcher", "am i good?").get_by_role("heading", level=3)).to_contain_text(
        "OVERDUE"
    )
    expect(visitor.record().filter(has_text="Whitman: NOT YET became OVERDUE")).to_have_count(1)


def test_the_next_change_is_named_before_it_is_pressed_and_is_where_it_leads(visitor: Visitor) -> None:
    button = visitor.page.locator(".clock").get_by_role("button", name="Next change")
    expect(button).to_be_enabled()
    named = button.inner_text().removeprefix("Next change: ")
    button.click()
    expect(visitor.page.locator(".clock .now strong")).to_have_text(re.compile(rf"\w+ {named} 00:0\d"))
    expect(button).not_to_have_text(f"Next change: {named}")

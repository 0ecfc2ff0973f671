"""Is every entry seen as it is written, with the rule and its source one click away?"""

import re

from playwright.sync_api import expect

from tests.browser.visitor import Visitor


def test_an_answer_is_in_the_record_at_once_with_its_rule_and_the_law_behind_one_click(
    visitor: Visitor,
) -> None:
    visitor.says("officer", "am i good?")
    newest = visitor.record().nth(0)
    expect(newest).to_contain_text("Officer Ruiz asked for their standing")
    expect(newest).to_contain_text("NOT YET")
    newest.locator("summary").click()
    rule = newest.locator(".rule")
    expect(rule).to_contain_text("CE-48")
    expect(rule).to_contain_text("Minn. R. 6700.1000")
    expect(rule.get_by_role("link").first).to_have_attribute("href", re.compile("^https://"))


def test_a_look_at_somebody_else_is_an_entry_about_them_and_the_founding_is_the_first_of_all(
    visitor: Visitor,
) -> None:
    expect(visitor.record().last).to_contain_text("Lakemont PD was founded")
    visitor.says("sergeant", "is ruiz good?")
    expect(
        visitor.record().filter(has_text="Sergeant Okafor looked at the record of Officer Ruiz")
    ).to_have_count(1)
    saw = visitor.says("officer", "who saw my record")
    expect(saw).to_contain_text("Okafor")


def test_an_entry_that_was_opened_stays_open_when_the_next_one_comes(visitor: Visitor) -> None:
    visitor.says("officer", "am i good?")
    opened = visitor.record().filter(has_text="Officer Ruiz asked for their standing")
    opened.locator("summary").click()
    visitor.says("officer", "hours")
    expect(visitor.record().nth(0)).to_contain_text("hours")
    expect(opened.locator(".rule")).to_be_visible()

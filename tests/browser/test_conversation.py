"""Does the agency talk on the desk as in its stories, and is nothing lost on the way?"""

import io
import re
import sys

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.cli import main
from tests.browser.conftest import WIDE, RunningDesk
from tests.browser.visitor import Visitor

NUMBERS = re.compile(r"\d+(?:\.\d+)?")
NOT_YET_RUIZ = (
    "NOT YET, Ruiz. 31.5 of 48 h (65%), 120 days left (Jun 30). Open: Autism 4 h, Bias crimes 1 h, elective 1 h; "
    "rest any topic. If missed: license cannot renew. Reply NEXT, WHY or MENU."
)
WHY_RUIZ = (
    "Rule CE-48 (mn-demo-2026.2): 14 recorded completions since Jul 1 2024 = 31.5 h. 48 - 31.5 = 16.5 h left, of which "
    "topics 6 h. Reply LIST for the 14 lines."
)


# One page for the three widths: a page of its own is most of what a story costs.
def test_officer_ruiz_finds_out_what_she_owes_why_and_from_which_record_by_clicking(
    visitor: Visitor, page: Page
) -> None:
    for width in (1440, 1024, 390):
        page.set_viewport_size({"width": width, "height": 844})
        _finds_out_by_clicking(visitor)


def _finds_out_by_clicking(visitor: Visitor) -> None:
    pane = visitor.pane("officer")
    said = visitor.answers("officer").count()
    pane.get_by_role("button", name="am i good?").click()
    answer = visitor.answers("officer").nth(said)
    expect(answer.get_by_role("heading", level=3)).to_have_text("NOT YET, Ruiz.")
    expect(answer).to_contain_text("31.5 of 48 h (65%), 120 days left (Jun 30).")

    why = visitor.presses("officer", "Why", on=answer)
    expect(why).to_contain_text("14 recorded completions since Jul 1 2024 = 31.5 h")
    expect(why.get_by_role("link").first).to_have_attribute("href", re.compile("^https://"))

    listed = visitor.presses("officer", "List", on=why)
    expect(listed).to_contain_text("14 records counted.")
    record = visitor.opens("officer", "Aug 20 2024", on=listed)
    expect(record).to_contain_text("Crisis Intervention: Mental Health Calls")
    expect(record).to_contain_text("Aug 20 2024")

    autism = visitor.presses("officer", "Autism: 0 of 4 h", on=answer)
    expect(autism).to_contain_text("4 h")
    expect(autism.get_by_role("link").first).to_have_attribute("href", re.compile("^https://"))


def test_the_patrol_phone_reads_as_the_story_says_word_for_word(visitor: Visitor) -> None:
    expect(visitor.says("phone", "am i good?").locator(".bubble")).to_have_text(NOT_YET_RUIZ)
    expect(visitor.says("phone", "why").locator(".bubble")).to_have_text(WHY_RUIZ)
    expect(visitor.says("phone", "k thx").locator(".bubble")).to_have_text("Anytime. Stay safe.")
    expect(visitor.pane("phone").locator(".home")).to_be_hidden()
    assert visitor.answers("phone").get_by_role("button").count() == 0


def test_several_people_are_answered_side_by_side_each_from_their_own_duties(visitor: Visitor) -> None:
    team = visitor.says("sergeant", "my team")
    expect(team).to_contain_text("Officer Novak")
    dispatcher = visitor.says("dispatcher", "do i owe anything")
    expect(dispatcher.get_by_role("heading", level=3)).to_contain_text("telecommunicator, lkm-2027.1")
    expect(visitor.pane("dispatcher")).not_to_contain_text("Use of force")


def test_anybody_on_the_roster_can_sit_down_and_their_talk_stays_theirs(visitor: Visitor) -> None:
    visitor.says("officer", "am i good?")
    picker = visitor.pane("officer").get_by_label("Who sits here")
    picker.select_option("231")
    expect(visitor.home("officer")).to_contain_text("YES, Lee.")
    expect(visitor.answers("officer")).to_have_count(0)
    expect(visitor.says("officer", "am i good?").get_by_role("heading", level=3)).to_have_text("YES, Lee.")
    expect(visitor.says("officer", "is ruiz good?")).not_to_contain_text("31.5")

    picker.select_option("214")
    expect(visitor.answers("officer")).to_have_count(1)
    expect(visitor.answers("officer").nth(0)).to_contain_text("NOT YET, Ruiz.")


def test_nothing_is_lost_when_the_page_is_loaded_again(visitor: Visitor, page: Page) -> None:
    visitor.says("officer", "am i good?")
    visitor.says("phone", "why")
    field = visitor.pane("officer").get_by_role("textbox", name="Message")
    field.press_sequentially("half a sent")
    visitor.attaches("officer", "card.pdf", b"%PDF-1.7 card")
    expect(visitor.pane("officer").locator("[data-attached]")).to_contain_text("card.pdf")

    page.reload()
    expect(visitor.answers("officer")).to_have_count(1)
    expect(visitor.answers("phone")).to_have_count(1)
    expect(field).to_have_value("half a sent")
    expect(visitor.pane("officer").locator("[data-attached]")).to_contain_text("card.pdf")


def test_a_message_sent_while_the_connection_is_away_is_not_lost(visitor: Visitor, page: Page) -> None:
    page.context.set_offline(True)
    field = visitor.pane("officer").get_by_role("textbox", name="Message")
    field.fill("am i good?")
    field.press("Enter")
    page.context.set_offline(False)
    page.reload()
    # Either it went through, or it stands in the field again.
    expect(
        visitor.pane("officer").locator("article.by-person").or_(page.locator("#officer-text")).first
    ).to_be_visible()
    written = field.input_value()
    assert written == "am i good?" or visitor.pane("officer").locator("article.by-person").count() == 1


def test_what_happens_in_one_browser_is_seen_in_the_other_at_once(
    visitor: Visitor, browser: Browser, desk: RunningDesk
) -> None:
    context = browser.new_context(viewport=WIDE)
    other = Visitor(context.new_page())
    other.page.goto(desk.address)
    expect(other.home("officer")).to_contain_text("NOT YET, Ruiz.")

    visitor.says("officer", "am i good?")
    expect(other.answers("officer")).to_have_count(1)
    other.says("phone", "why")
    expect(visitor.answers("phone").locator(".bubble")).to_have_text(WHY_RUIZ)
    context.close()


WORD = "NOT YET|YES|OVERDUE|UNKNOWN"


def test_the_desk_and_the_terminal_say_the_same_numbers_at_the_same_time(
    visitor: Visitor, desk: RunningDesk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ROLLCALL_DATA_DIR", str(desk.folder))
    monkeypatch.setenv("COLUMNS", "400")
    for seat, badge in (
        ("officer", "214"),
        ("sergeant", "77"),
        ("coordinator", "902"),
        ("dispatcher", "611"),
    ):
        visitor.says(seat, "am i good?")
        # A summary that comes meanwhile is no answer.
        shown = visitor.answers(seat).filter(has_text=re.compile(WORD)).last
        expect(shown.get_by_role("heading", level=3)).to_be_visible()
        # The sentence of the answer holds every number of it; the terminal draws the same message.
        sentence = shown.locator("p").nth(0).inner_text()
        monkeypatch.setattr(sys, "stdin", io.StringIO("am i good?\n"))
        assert main(["chat", "--as", badge]) == 0
        terminal = capsys.readouterr().out
        assert sentence in terminal
        bars = shown.locator(".amount").all_inner_texts()
        assert all(amount in terminal for amount in bars)
        assert NUMBERS.findall(sentence)


def test_what_people_type_and_call_their_files_is_text_and_never_markup(visitor: Visitor, page: Page) -> None:
    attack = '<img src=x onerror="document.title=1"><!channel>'
    visitor.says("officer", attack)
    expect(visitor.pane("officer").locator("article.by-person .bubble").nth(0)).to_have_text(attack)
    visitor.attaches("officer", "<b>x</b>.pdf", b"%PDF")
    expect(visitor.pane("officer").locator("[data-attached]")).to_contain_text("<b>x</b>.pdf")
    assert page.title() == "Rollcall desk: Lakemont PD"
    assert page.locator("article img, [data-attached] b").count() == 0

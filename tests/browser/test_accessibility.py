"""Can everybody use the desk: with a screen reader, with the keyboard alone, in dark, large or still?"""

import re
from collections.abc import Callable, Iterable

from playwright.sync_api import Browser, Page, expect

from bot.desk.render import Renderer
from messages.words import load
from tests.browser.visitor import Visitor, violations
from tests.structure.checkout import ROOT
from tests.unit.message_cast import EXAMPLES

WORDS_INSIDE = re.compile(
    r'\b(aria-describedby|aria-label|aria-labelledby|data-press|for|href|id|name|style|title|value)="[^"]+"'
)
WORDS_IN_BETWEEN = re.compile(r">[^<>]*\w[^<>]*<")
STYLE = (ROOT / "bot" / "desk" / "static" / "desk.css").read_text(encoding="utf-8")


def test_axe_finds_nothing_while_people_talk_however_wide_the_page_is(page: Page, visitor: Visitor) -> None:
    for text in ("am i good?", "picture", "why", "what if"):
        visitor.says("officer", text)
        expect(visitor.answers("officer").last).to_be_visible()
    visitor.says("phone", "am i good?")
    visitor.attaches("officer", "card.pdf", b"%PDF")
    expect(visitor.pane("officer").locator("[data-attached]")).to_be_visible()
    visitor.home("officer").click()
    expect(visitor.record().filter(has_text="by text")).to_have_count(1)
    visitor.record().nth(0).locator("summary").click()
    for width in (1440, 1024, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], width


def test_axe_finds_nothing_in_any_message_there_is(browser: Browser) -> None:
    words = load()
    renderer = Renderer(words)
    cards = "".join(
        f'<article class="said by-desk"><div class="bubble">{card}</div></article>'
        for card in one_of_each_form(renderer.card(build(words), name) for name, build in EXAMPLES.items())
    )
    page = browser.new_page()
    page.set_content(
        f'<!doctype html><html lang="en"><head><title>Cards</title><style>{STYLE}</style></head>'
        f"<body><main><h1>Cards</h1><h2>All</h2>{cards}</main></body></html>"
    )
    found = violations(page)
    page.close()
    assert found == []


def one_of_each_form(cards: Iterable[str]) -> list[str]:
    """Axe looks at elements, their states and whether they have words, not at which words: the same card with other
    words is not looked at again."""
    return list(
        {
            WORDS_IN_BETWEEN.sub(">words<", WORDS_INSIDE.sub(r'\1="words"', each)): each for each in cards
        }.values()
    )


def test_a_card_is_left_out_only_where_another_has_other_words_alone() -> None:
    card = '<p class="a" title="x">One</p>'
    others = [
        '<p class="b" title="x">One</p>',
        '<p class="a" title="">One</p>',
        '<p class="a" title="x"> </p>',
        '<p class="a">One</p>',
        '<p class="a" title="x"><b>One</b></p>',
    ]
    assert one_of_each_form([card, *others]) == [card, *others]
    same = '<p class="a" title="y z">Two of them</p>'
    assert one_of_each_form([card, same]) == [same]


def test_axe_would_find_something_if_there_were(browser: Browser) -> None:
    page = browser.new_page()
    # A gray that can be read on white and not on black.
    page.set_content(
        "<html><style>@media (prefers-color-scheme: dark) { body { background: #000; } }</style>"
        '<body style="color: #555"><img src="x.png"><button></button>Words</body></html>'
    )
    assert {each.partition(":")[0] for each in violations(page)} >= {
        "image-alt",
        "button-name",
        "html-has-lang",
        "color-contrast",
    }
    page.close()


def test_the_page_says_its_language_and_title_has_one_first_heading_and_shows_what_has_the_focus(
    page: Page,
) -> None:
    expect(page.locator("html")).to_have_attribute("lang", "en-US")
    expect(page).to_have_title("Rollcall desk: Lakemont PD")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("main")).to_have_count(1)

    for _ in range(25):
        page.keyboard.press("Tab")
        style = page.evaluate(
            """() => {
                const shown = document.activeElement.closest(".attach") ?? document.activeElement;
                return [shown.outerHTML.slice(0, 90), getComputedStyle(shown).outlineStyle];
            }"""
        )
        assert style[1] == "solid", style[0]


def test_a_question_is_asked_and_followed_up_with_the_keyboard_alone_and_its_answer_announced_with_who_spoke(
    page: Page, visitor: Visitor
) -> None:
    field = visitor.pane("officer").get_by_role("textbox", name="Message")
    press_until(page, lambda: field.evaluate("element => element === document.activeElement"))
    page.keyboard.type("am i good?")
    page.keyboard.press("Enter")
    why = visitor.answers("officer").nth(0).get_by_role("button", name="Why")
    expect(why).to_be_visible()
    log = visitor.pane("officer").get_by_role("log")
    expect(log).to_have_attribute("aria-label", "Talk with Officer Ruiz")
    expect(log.get_by_role("article").last).to_contain_text("Rollcall, Mar 2 2027")
    press_until(page, lambda: why.evaluate("element => element === document.activeElement"), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(visitor.answers("officer").nth(1)).to_contain_text("14 recorded completions")


def test_at_four_times_the_size_everything_is_read_in_one_column(page: Page, visitor: Visitor) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    visitor.says("officer", "am i good?")
    answer = visitor.answers("officer").nth(0)
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 256})
        answer.scroll_into_view_if_needed()
        expect(answer).to_be_in_viewport()
        box = answer.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def press_until(page: Page, there: Callable[[], bool], key: str = "Tab") -> None:
    """Press a key until the focus is where it should be; a person would give up after a hundred."""
    for _ in range(100):
        if there():
            return
        page.keyboard.press(key)
    raise AssertionError("the keyboard does not get there")

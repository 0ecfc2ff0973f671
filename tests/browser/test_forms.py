"""Does a form say beside each field what is wrong, keep what was entered, and go away once it was sent?"""

from playwright.sync_api import Locator, Page, expect

from tests.browser.visitor import Visitor


def supposed_class(visitor: Visitor) -> Locator:
    """The form behind a bare "what if"."""
    answer = visitor.says("officer", "what if")
    expect(answer.get_by_role("group", name="Try a class")).to_be_visible()
    return answer


def send(visitor: Visitor, answer: Locator) -> Locator:
    """Send the form of an answer; the answer to that."""
    return visitor.presses("officer", "Show what changes", on=answer)


def test_a_class_is_tried_out_with_a_form_and_a_field_that_needs_another_try_says_so_the_first_with_the_focus(
    visitor: Visitor,
) -> None:
    answer = supposed_class(visitor)
    answer.get_by_label("Hours").fill("four-ish")
    again = send(visitor, answer)
    topic, hours = again.get_by_label("Topic"), again.get_by_label("Hours")
    for field in (topic, hours):
        expect(field).to_have_attribute("aria-invalid", "true")
        described = (field.get_attribute("aria-describedby") or "").split()[-1]
        expect(again.locator(f"#{described}")).not_to_be_empty()
    expect(hours).to_have_value("four-ish")
    expect(topic).to_be_focused()

    topic.select_option(label="Autism")
    hours.fill("4")
    result = send(visitor, again)
    expect(result).to_contain_text("35.5 of 48 h (73%)")
    expect(result).to_contain_text("Nothing was written.")
    expect(again.get_by_role("textbox")).to_have_count(0)
    expect(again).to_contain_text("Sent.")
    expect(again).to_contain_text("Autism")


def test_what_comes_to_somebody_else_meanwhile_does_not_take_the_focus_from_what_needs_another_try(
    visitor: Visitor,
) -> None:
    answer = supposed_class(visitor)
    answer.get_by_label("Hours").fill("four-ish")
    # Between the press and its answer, which the server has not even been asked for yet.
    answer.get_by_role("button", name="Show what changes").evaluate(
        """(button) => {
          button.click();
          const other = document.createElement("article");
          other.className = "by-desk";
          other.dataset.message = "a reminder of the sergeant's";
          document.querySelector('.pane[data-seat="sergeant"] [data-log]').append(other);
        }"""
    )
    expect(visitor.answers("officer").nth(1).get_by_label("Topic")).to_be_focused()


def test_a_form_half_filled_in_is_still_there_after_a_reload(visitor: Visitor, page: Page) -> None:
    supposed_class(visitor).get_by_label("Hours").fill("2.25")
    page.reload()
    expect(visitor.answers("officer").nth(0).get_by_label("Hours")).to_have_value("2.25")

"""What people mean when they write about requests for training, in the words in which they write it."""

import pytest

from db.records.requests import RequestAct
from messages.model import TextField
from tests.scenario.approval_cast import a_desk, asks, nothing_is_checked, says, sends
from tests.scenario.cast import Agency
from tests.scenario.request_cast import LEE, NAIR, OKAFOR, RUIZ, acts_of, asked, life
from training.content.reasons import words_of
from training.requests.life import RequestStage

A = RequestAct


def written(agency: Agency, act: RequestAct) -> str:
    """The words that are kept with the last act of this kind."""
    item_id = acts_of(agency, act)[-1].fact.item_id or 0
    with agency.reading() as conn:
        return words_of(agency.office, conn, agency.agency_id, [item_id])[item_id]


@pytest.mark.parametrize(
    "said", ["R-1001", "show me R-1001", "status of R-1001", "r1001?", "what's R 1001", "who has R-1001"]
)
def test_whoever_may_decide_it_gets_the_card_and_everybody_else_how_it_stands(
    embedded: Agency, said: str
) -> None:
    nothing_is_checked(embedded)
    asked(embedded)
    card = embedded.ask(OKAFOR, said)
    assert [each.label for each in card.actions][:2] == ["Approve", "Deny with reason"]
    assert "With Sgt. Okafor since" in embedded.screen(RUIZ, said)
    assert "With Sgt. Okafor since" in embedded.screen(NAIR, said)
    assert "no such request" in embedded.screen(LEE, said)


def test_the_card_of_a_later_step_says_what_was_decided_before(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    asked(embedded)
    says(embedded, OKAFOR, "approve R-1001 because nights are covered")
    shown = embedded.screen(NAIR, "R-1001")
    assert "Approve (approve R-1001 because ...)" in shown
    assert 'step 1 approved by Sgt. Okafor: "nights are covered"' in shown
    assert "Approve" not in embedded.screen(OKAFOR, "R-1001")


def test_words_are_kept_as_they_were_written_with_what_they_quote(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    asked(embedded)
    says(embedded, OKAFOR, 'ask R-1001 did Lee say "any time"?')
    assert written(embedded, A.ASKED) == 'did Lee say "any time"?'
    says(embedded, RUIZ, 'answer R-1001 he said "mostly".')
    assert written(embedded, A.ANSWERED) == 'he said "mostly"'
    says(embedded, OKAFOR, "deny R-1001 because the memo says \u201cno travel in June\u201d.")
    assert written(embedded, A.DENIED) == 'the memo says "no travel in June"'


@pytest.mark.parametrize(
    "why",
    [
        "he is on a PIP",
        "IA has him",
        "there was a write-up",
        "he is suspended",
        "write him up",
        "open complaint",
    ],
)
def test_words_about_discipline_are_shown_before_the_officer_reads_them(embedded: Agency, why: str) -> None:
    nothing_is_checked(embedded)
    asked(embedded)
    shown = says(embedded, OKAFOR, f"deny R-1001 because {why}")
    assert shown.startswith(
        "R-1001: Ofc. D. Ruiz reads these words, and they stay on record. Nothing is decided yet."
    )
    assert f'You wrote: "{why}".' in shown
    assert life(embedded).stage is RequestStage.WITH_APPROVER
    # Other words are other words.
    assert "Nothing is decided yet" in says(embedded, OKAFOR, f"deny R-1001 because {why} again")
    assert "denied by Sgt. Okafor" in says(embedded, OKAFOR, f"deny R-1001 because {why} again")
    assert written(embedded, A.DENIED) == f"{why} again"


def test_a_question_a_note_and_the_forms_are_shown_first_as_well(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    asked(embedded)
    for said in ("ask R-1001 is that your grievance?", "approve R-1001 because he was reprimanded already"):
        assert "Nothing is decided yet" in says(embedded, OKAFOR, said)
        assert life(embedded).stage is RequestStage.WITH_APPROVER
    shown = embedded.ask(OKAFOR, "deny R-1001 because he is on a PIP").form
    # The form that comes with it is filled in.
    assert shown is not None
    assert [each.value for each in shown.fields if isinstance(each, TextField)] == ["he is on a PIP"]
    version = str(life(embedded).last.fact.position)
    bare = {"request": (f"1001/{version}",), "words": ("he is insubordinate",)}
    for action, form in (("deny-request", bare), ("open-request", {**bare, "decision": ("deny",)})):
        assert "stay on record" in sends(embedded, OKAFOR, action, form)
        assert life(embedded).stage is RequestStage.WITH_APPROVER
        # Something else in between, and it is shown once more.
        embedded.ask(OKAFOR, "menu")
    sends(embedded, OKAFOR, "open-request", {**bare, "decision": ("deny",)})
    assert "denied by Sgt. Okafor" in sends(embedded, OKAFOR, "open-request", {**bare, "decision": ("deny",)})


@pytest.mark.parametrize("why", ["June is short on nights", "the course was suspended", "too far, Ames IA"])
def test_other_reasons_are_taken_at_once(embedded: Agency, why: str) -> None:
    nothing_is_checked(embedded)
    asked(embedded)
    assert "denied by Sgt. Okafor" in says(embedded, OKAFOR, f"deny R-1001 because {why}")


ASKED = "ask R-1001 can you swap the 10th?"


@pytest.mark.parametrize(
    "said", ["yes, Lee takes it", "yes", "no", "I will ask around tomorrow", "R-1001 yes"]
)
def test_what_is_written_where_a_question_came_last_is_its_answer(embedded: Agency, said: str) -> None:
    nothing_is_checked(embedded)
    desk = a_desk(embedded)
    asks(embedded)
    says(embedded, OKAFOR, ASKED)
    desk.deliver()
    assert "your answer is with Sgt. Okafor" in says(embedded, RUIZ, said)
    assert written(embedded, A.ANSWERED) == said.removeprefix("R-1001 ")


@pytest.mark.parametrize("shows", ["what is waiting for me", "R-1001"])
def test_what_is_written_after_a_question_was_shown_is_its_answer(embedded: Agency, shows: str) -> None:
    nothing_is_checked(embedded)
    asked(embedded)
    says(embedded, OKAFOR, ASKED)
    assert '"can you swap the 10th?"' in says(embedded, RUIZ, shows)
    assert "your answer is with Sgt. Okafor" in says(embedded, RUIZ, "yes")
    assert 'Answer: "yes".' in embedded.screen(OKAFOR, "R-1001")


@pytest.mark.parametrize(
    "said", ["am i good?", "next", "withdraw R-1001", "request autism class", "menu", "when is my cpr due"]
)
def test_a_command_is_no_answer(embedded: Agency, said: str) -> None:
    nothing_is_checked(embedded)
    desk = a_desk(embedded)
    asks(embedded)
    says(embedded, OKAFOR, ASKED)
    desk.deliver()
    says(embedded, RUIZ, said)
    assert not acts_of(embedded, A.ANSWERED)


def test_words_that_came_elsewhere_are_passed_to_nobody_and_the_question_is_said_again(
    embedded: Agency,
) -> None:
    nothing_is_checked(embedded)
    asked(embedded)
    says(embedded, OKAFOR, ASKED)
    said = embedded.text(RUIZ, "talked to lee about it")
    assert said.startswith("A question waits for your answer. What you wrote was sent to nobody.")
    assert 'Sgt. Okafor asks about R-1001: "can you swap the 10th?".' in said
    assert not acts_of(embedded, A.ANSWERED)
    assert "your answer is with Sgt. Okafor" in embedded.text(RUIZ, "Lee takes it")


def test_of_two_open_questions_none_is_answered_by_a_bare_yes(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    desk = a_desk(embedded)
    asked(embedded)
    asks(embedded)
    for number in (1001, 1002):
        says(embedded, OKAFOR, f"ask R-{number} are you rested?")
    desk.deliver()
    said = says(embedded, RUIZ, "yes")
    assert "2 questions wait for your answer." in said
    assert "ANSWER R-1001" in said
    assert "ANSWER R-1002" in said
    assert not [*acts_of(embedded, A.ANSWERED), *acts_of(embedded, A.ANSWERED, 1002)]
    assert "R-1002: your answer" in says(embedded, RUIZ, "R-1002 yes")


def test_an_answer_that_comes_late_or_from_a_stranger_changes_nothing(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    asked(embedded)
    says(embedded, OKAFOR, ASKED)
    assert says(embedded, LEE, "R-1001 yes he can") == says(embedded, LEE, "R-1999 yes he can")
    says(embedded, OKAFOR, "deny R-1001 because nights")
    assert "Denied by Sgt. Okafor" in says(embedded, RUIZ, "R-1001 yes i can")

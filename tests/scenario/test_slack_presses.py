"""Buttons and forms in Slack: whoever presses, twice, late, or with something missing."""

from concurrent.futures import ThreadPoolExecutor

from tests.fakes.slack import faults
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import (
    OFFICER,
    SERGEANT,
    filled,
    first,
    held_record,
    in_slack,
    with_button,
    words_of,
)


def test_a_button_carries_an_id_and_is_answered_for_whoever_presses_it(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        card = desk.ask(OFFICER, "am i good?")
        assert desk.press(OFFICER, card, first(card, "why")).text.startswith("Why")
        values = [each.get("value", "") for _, each in card.elements()]
        assert all("Ruiz" not in value and len(value) < 80 for value in values)
        # Somebody else's press of the same button shows them their own record.
        forwarded = desk.slack.acts.block_action(desk.account(SERGEANT), card, first(card, "why"))
        desk.send(forwarded)
        desk.until_quiet()
        assert not any("Ruiz" in words_of(each) for each in desk.said_to(SERGEANT))


def test_a_press_that_comes_twice_is_answered_once(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        card = desk.ask(OFFICER, "am i good?")
        press = desk.slack.acts.block_action(desk.account(OFFICER), card, first(card, "why"))
        desk.answer_to(OFFICER, press)
        before = len(desk.said_to(OFFICER))
        assert desk.send(press).ok
        assert desk.send(press.again()).ok
        desk.until_quiet()
        assert len(desk.said_to(OFFICER)) == before


def test_what_if_opens_a_form_whose_fields_say_what_is_wrong(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        account = desk.account(OFFICER)
        card = with_button(desk, OFFICER, "what-if")
        assert desk.send(desk.slack.acts.block_action(account, card, first(card, "what-if"))).ok
        desk.slack.journal.until_called("views.update")
        desk.until_quiet()
        modal = desk.slack.world.modal(account)
        said_before = len(desk.said_to(OFFICER))
        names = {each["action_id"] for _, each in modal.elements()}
        assert names == {"topic", "hours", "day"}
        wrong = desk.send(desk.slack.acts.view_submission(account, filled(desk, account, "lots")))
        assert wrong.ok, wrong.trouble
        told = wrong.json()
        assert told["response_action"] == "errors"
        assert "hours" in told["errors"]
        assert len(desk.said_to(OFFICER)) == said_before
        right = desk.send(desk.slack.acts.view_submission(account, filled(desk, account, "4")))
        assert right.ok, right.trouble
        desk.until_quiet()
        assert desk.slack.world.modals[account] == []
        assert len(desk.said_to(OFFICER)) == said_before + 1


def test_a_form_opened_from_a_thread_is_answered_in_the_thread(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        account = desk.account(OFFICER)
        root = desk.slack.events.message(account, "what if")
        desk.answer_to(OFFICER, root)
        assert root.said is not None
        card = desk.ask(OFFICER, "what if", thread_ts=root.said.ts)
        assert desk.send(desk.slack.acts.block_action(account, card, first(card, "what-if"))).ok
        desk.slack.journal.until_called("views.update")
        answer = desk.answer_to(OFFICER, desk.slack.acts.view_submission(account, filled(desk, account, "4")))
        assert answer.thread_ts == root.said.ts


def test_a_form_that_may_not_open_any_more_is_a_message(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        card = with_button(desk, OFFICER, "what-if")
        desk.slack.faults.next("views.open", faults.refused("expired_trigger_id"))
        answer = desk.answer_to(
            OFFICER, desk.slack.acts.block_action(desk.account(OFFICER), card, first(card, "what-if"))
        )
        assert answer.text


def test_a_form_whose_answer_is_slow_is_answered_in_the_talk(served: Agency) -> None:
    with in_slack(served) as desk:
        account = desk.account(OFFICER)
        card = with_button(desk, OFFICER, "what-if")
        assert desk.send(desk.slack.acts.block_action(account, card, first(card, "what-if"))).ok
        desk.slack.journal.until_called("views.update")
        desk.until_quiet()
        before = len(desk.said_to(OFFICER))
        submitted = desk.slack.acts.view_submission(account, filled(desk, account, "lots"))
        with held_record(served):
            told = desk.send(submitted)
            assert told.ok, told.trouble
            assert told.json()["response_action"] == "update"
        desk.until_quiet()
        # What is wrong is said where there is still somebody to read it.
        assert len(desk.said_to(OFFICER)) == before + 1


def test_a_form_that_waited_its_turn_too_long_loses_no_answer(embedded: Agency) -> None:
    with in_slack(embedded) as desk, ThreadPoolExecutor(1) as slack:
        account = desk.account(OFFICER)
        card = with_button(desk, OFFICER, "what-if")
        assert desk.send(desk.slack.acts.block_action(account, card, first(card, "what-if"))).ok
        desk.slack.journal.until_called("views.update")
        desk.until_quiet()
        gate = faults.held(after=True)
        desk.slack.faults.next("chat.postMessage", gate)
        assert desk.send(desk.slack.events.message(account, "hi")).ok
        gate.gate.wait_reached()
        before = len(desk.said_to(OFFICER))
        told = slack.submit(
            desk.send, desk.slack.acts.view_submission(account, filled(desk, account, "lots"))
        ).result()
        assert told.json()["response_action"] == "update"
        gate.gate.release()
        desk.until_quiet()
        assert len(desk.said_to(OFFICER)) == before + 1

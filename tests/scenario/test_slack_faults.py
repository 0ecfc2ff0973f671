"""Slack, or the record, is slow or fails: whatever came in is acknowledged, answered, and not answered twice."""

import json

import pytest
from sqlalchemy import select

from db.tables import attempt, inbox
from tests.fakes.slack import faults
from tests.fakes.slack.delivery import Answer
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import (
    OFFICER,
    RUIZ,
    SERGEANT,
    deliveries,
    first,
    held_record,
    in_slack,
    kept_events,
    raw_bytes,
    words_of,
)

# What is slow


def test_slack_is_answered_while_every_answer_waits_for_slack(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        gate = faults.held(after=False)
        desk.slack.faults.always("chat.postMessage", gate)
        badges = embedded.badges()[:12]
        for badge in badges:
            parcel = desk.slack.events.message(desk.account(badge), "am i good?")
            answer = desk.send_within(parcel, 3.0)
            assert answer.ok, (badge, answer.failure)
        assert sum(kept_events(embedded).values()) == len(badges)
        gate.gate.release()
        desk.until_quiet()


def test_a_record_that_is_written_to_by_somebody_else_delays_the_answer_and_not_slack(
    served: Agency,
) -> None:
    with in_slack(served) as desk:
        desk.ask(OFFICER, "hi")
        asked = desk.slack.events.message(desk.account(OFFICER), "am i good?")
        with held_record(served):
            assert desk.send_within(asked, 3.0).ok
            assert len(desk.said_to(OFFICER)) == 2
        desk.until_quiet()
        assert words_of(desk.said_to(OFFICER)[-1]).startswith(RUIZ)


def test_what_cannot_be_kept_is_not_acknowledged_and_is_kept_when_it_comes_again(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        desk.ask(OFFICER, "hi")
        asked = desk.slack.events.message(desk.account(OFFICER), "am i good?")
        with held_record(embedded):
            assert desk.send_within(asked, 1.0).failure == "http_timeout"
        assert desk.send(asked.again()).ok
        desk.until_quiet()
        answers = [each for each in desk.said_to(OFFICER) if words_of(each).startswith(RUIZ)]
        assert len(answers) == 1


# What goes wrong on the way out


def test_an_answer_whose_line_was_cut_is_looked_up_and_not_said_twice(lakemont: Agency) -> None:
    with in_slack(lakemont, same_clock=True) as desk:
        desk.ask(OFFICER, "hi")
        desk.slack.faults.next("chat.postMessage", faults.dropped(after=True))
        desk.answer_to(OFFICER, desk.slack.events.message(desk.account(OFFICER), "am i good?"))
        lakemont.at("2027-03-02 14:12")
        desk.service.tick()
        said = [words_of(each) for each in desk.said_to(OFFICER)]
        assert sum(each.startswith(RUIZ) for each in said) == 1
        assert {each.receipt for each in deliveries(lakemont)} == {"handed-over"}


@pytest.mark.parametrize(
    "fault",
    [
        faults.failed(after=False),
        faults.dropped(after=False),
        faults.page(),
        faults.refused("internal_error"),
    ],
    ids=lambda fault: str(fault.kind),
)
def test_an_answer_that_was_not_sent_is_said_by_a_later_tick(embedded: Agency, fault: faults.Fault) -> None:
    with in_slack(embedded, same_clock=True) as desk:
        desk.ask(OFFICER, "hi")
        desk.slack.faults.next("chat.postMessage", fault)
        assert desk.send(desk.slack.events.message(desk.account(OFFICER), "am i good?")).ok
        desk.until_quiet()
        assert len(desk.said_to(OFFICER)) == 2
        embedded.at("2027-03-02 14:12")
        desk.service.tick()
        assert words_of(desk.said_to(OFFICER)[-1]).startswith(RUIZ)
        assert {each.receipt for each in deliveries(embedded)} == {"handed-over"}


def test_an_answer_in_a_thread_that_is_gone_ends_and_is_not_looked_for_for_ever(embedded: Agency) -> None:
    with in_slack(embedded, same_clock=True) as desk:
        root = desk.slack.events.message(desk.account(OFFICER), "hi")
        desk.answer_to(OFFICER, root)
        assert root.said is not None
        desk.slack.faults.next("chat.postMessage", faults.failed(after=False))
        asked = desk.slack.events.message(desk.account(OFFICER), "am i good?", thread_ts=root.said.ts)
        assert desk.send(asked).ok
        desk.until_quiet()
        root.said.deleted = True
        embedded.at("2027-03-02 14:12")
        desk.service.tick()
        assert {str(each.state) for each in deliveries(embedded)} == {"done"}


def test_blocks_that_a_workspace_does_not_take_are_said_in_words(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        desk.slack.faults.next("chat.postMessage", None, *[faults.refused("invalid_blocks")] * 2)
        answer = desk.ask(OFFICER, "am i good?")
        assert answer.text.startswith(RUIZ)
        assert answer.blocks == []


def test_a_question_whose_work_fails_is_tried_again_and_then_told_with_a_reference(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        desk.ask(OFFICER, "hi")
        other = desk.account(SERGEANT)
        desk.slack.faults.always("users.info", faults.failed(after=False))
        assert desk.send(desk.slack.events.message(other, "am i good?")).ok
        desk.until_quiet()
        assert (
            b'rollcall_answers_total{channel="slack",kind="broken"} 1.0' in desk.service.hall.metrics.text()
        )
        for minute in range(1, 60, 8):
            embedded.at(f"2027-03-02 15:{minute:02d}")
            desk.service.tick()
        assert kept_events(embedded) == {"done": 1, "failed": 1}
        [entry] = embedded.entries("event:failed")
        assert entry.data["reference"] in words_of(desk.said_to(SERGEANT)[-1])


def test_waiting_rows_hold_no_readable_word(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        gate = faults.held(after=False)
        desk.slack.faults.next("users.info", gate)
        typed = "zebra quicksilver umbrella"
        assert desk.send(desk.slack.events.message(desk.account(OFFICER), typed)).ok
        gate.gate.wait_reached()
        raw = raw_bytes(embedded)
        assert desk.account(OFFICER).encode() in raw
        assert b"quicksilver" not in raw
        gate.gate.release()
        desk.until_quiet()
        assert b"quicksilver" not in raw_bytes(embedded)
        with embedded.reading() as conn:
            assert conn.execute(select(inbox.c.body)).scalars().all() == [None]
            assert conn.execute(select(attempt.c.state).distinct()).scalars().all() == ["done"]


def test_what_is_said_to_slack_is_only_json_that_it_takes(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        for text in ("list", "picture", "menu"):
            desk.ask(OFFICER, text)
        assert desk.slack.world.remarks == []
        assert all(call.error == "" for call in desk.slack.calls), json.dumps(
            [c.answer for c in desk.slack.calls]
        )


def test_by_the_line_the_same_is_answered_once(embedded: Agency) -> None:
    with in_slack(embedded, sockets=True) as desk:
        asked = desk.slack.events.message(desk.account(OFFICER), "am i good?")
        assert words_of(desk.answer_to(OFFICER, asked)).startswith(RUIZ)
        again: Answer = desk.send(asked.again())
        assert again.ok
        card = desk.said_to(OFFICER)[-1]
        assert desk.press(OFFICER, card, first(card, "why")).text
        assert len(desk.said_to(OFFICER)) == 3
        assert "NOT YET" in desk.home(OFFICER)

"""One record: happened and recorded stand apart, what changed stands side by side, and rows can be opened."""

from dataclasses import replace

import pytest

from bot.sms import render as sms
from bot.terminal import render as terminal
from messages import record
from messages.model import Button, Facts, Message, Note, Table
from messages.words import load
from rules.standing import Remark
from tests.unit import entry_cast as entries
from tests.unit.message_cast import EXAMPLES

WORDS = load()


def facts_of(message: Message) -> dict[str, str]:
    return {row.label: row.value for part in message.body if isinstance(part, Facts) for row in part.rows}


def tables_of(message: Message) -> list[Table]:
    return [part for part in message.body if isinstance(part, Table)]


def test_the_day_it_happened_and_the_moment_it_was_recorded_have_a_label_each() -> None:
    facts = facts_of(EXAMPLES["record"](WORDS))

    assert (facts["Happened"], facts["Recorded"]) == ("Feb 9 2026", "Mar 2 2027 14:10")


def test_a_correction_shows_only_what_is_different_before_and_after() -> None:
    change = tables_of(EXAMPLES["record-corrected"](WORDS))[0]

    assert [row[0] for row in change.rows] == ["On file", "Topics", "Approved by the board"]
    assert change.rows[0][1:] == ("4 h, score 92, passed", "2.25 h, passed")


def test_a_correction_that_changed_nothing_shown_says_so() -> None:
    same = replace(
        entries.CORRECTED, content=replace(entries.CLASS, record=entries.EARLIER.record), unserved=()
    )
    message = record.one_record(same, WORDS)

    assert not tables_of(message)
    assert Note("Nothing that is shown here changed with the correction.") in message.body


def test_one_reason_for_every_duty_is_said_once() -> None:
    text = terminal.plain(EXAMPLES["record-no-credit"](WORDS), WORDS)

    assert text.splitlines()[1] == "It counts for no duty today. It was not passed or not completed."
    assert "Does not count for" not in text


def test_different_reasons_are_said_duty_by_duty() -> None:
    two = (
        record.UnservedFacts(duty=entries.TOTAL, reason=Remark("before-window")),
        record.UnservedFacts(duty=entries.AUTISM, reason=Remark("approval-missing")),
    )
    table = tables_of(record.one_record(replace(entries.A_RECORD, served=(), unserved=two), WORDS))[-1]

    assert [row[0] for row in table.rows] == ["CE-48 Continuing education", "AUT-4 Autism"]


def test_the_text_of_a_record_of_somebody_else_says_that_the_look_is_known() -> None:
    assert "Officer Dana Ruiz can see it." in sms.render(EXAMPLES["record-corrected"](WORDS), WORDS)


def test_file_names_and_sources_call_nobody() -> None:
    hostile = replace(entries.A_RECORD, file_name="<!everyone> @here https://x.example/a.csv")
    source = facts_of(record.one_record(hostile, WORDS))["Came from"]

    assert not {"<", "@", "://"} & set(source)
    assert "://" not in source


def test_a_table_that_can_be_pressed_has_a_button_for_each_row_named_like_its_last_cell() -> None:
    tables = [(name, table) for name, build in EXAMPLES.items() for table in tables_of(build(WORDS))]
    pressable = [(name, table) for name, table in tables if table.actions]

    assert pressable
    for name, table in pressable:
        assert [button.label for button in table.actions] == [row[-1] for row in table.rows], name
        assert all(button.typed and button.value for button in table.actions), name


@pytest.mark.parametrize("name", ["list", "history", "why"])
def test_records_in_a_list_can_be_opened(name: str) -> None:
    tables = tables_of(EXAMPLES[name](WORDS))

    assert tables
    for table in tables:
        assert {button.route for button in table.actions} == {"record"}


def test_a_record_ends_with_why_and_status() -> None:
    for name in ("record", "record-corrected", "record-replaced", "record-withdrawn"):
        buttons = [each for each in EXAMPLES[name](WORDS).actions if isinstance(each, Button)]
        assert [button.route for button in buttons][-2:] == ["why", "status"], name

"""What does one question cost, what does it write, and does the same record give the same answer byte for byte?"""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.demo.agency import NOW
from db.clock import set_offset_seconds
from db.engine import make_engine
from db.integrity import check_integrity
from db.records.facts import Completion
from db.unit_of_work import working
from messages.kinds import MessageKind
from messages.model import to_json
from tests.fakes.clock import MovableClock
from tests.scenario.cast import SCREEN, SMS, Agency, Statements, agency_in, counted
from training.office import Office

RUIZ, LEE, NOVAK, WHITMAN, OKAFOR, NAIR = "214", "231", "240", "611", "77", "902"
TALK = (
    (RUIZ, "am i good?"), (RUIZ, "why"), (RUIZ, "list"), (RUIZ, "more"), (RUIZ, "history 2026"), (RUIZ, "more"),
    (RUIZ, "what if i take autism 4 hours on mar 18"), (OKAFOR, "my team"), (OKAFOR, "how is novak"),
    (WHITMAN, "do i owe anything"), (NAIR, "how are we doing"), (RUIZ, "who saw my record"), (RUIZ, "k thx"),
)  # fmt: skip


def cost_of(agency: Agency, badge: str, text: str) -> Statements:
    """What one answer asked of the database, with the connections already open."""
    with agency.reading():
        pass
    with counted(agency.office.engine) as statements:
        agency.ask(badge, text)
    return statements


# Words that could answer what somebody asked about a request cost one look whether anything was asked.
@pytest.mark.parametrize(
    ("text", "reads"),
    [("am i good", 2), ("hours left", 3), ("what is due next", 2), ("when does my cpr expire", 2)],
)
def test_a_status_answer_costs_two_reads_and_one_write_transaction(
    lakemont: Agency, text: str, reads: int
) -> None:
    lakemont.ask(RUIZ, "am i good")
    cost = cost_of(lakemont, RUIZ, text)
    assert len(cost.reads) == reads, cost.reads
    assert all(statement.startswith("SELECT") for statement in cost.reads)
    assert cost.write_transactions == 1


def test_everything_an_answer_writes_is_in_one_group(lakemont: Agency) -> None:
    lakemont.ask(RUIZ, "am i good")
    cost = cost_of(lakemont, RUIZ, "am i good")
    inserted = [statement for statement in cost.writes if statement.startswith("INSERT")]
    # What was said, that it was said, and what the talk is about: three kinds of row, one statement each.
    assert len(inserted) == 3, cost.writes
    assert len(cost.writes) <= 5, cost.writes


def test_the_keys_of_what_was_said_are_written_in_one_go(lakemont: Agency) -> None:
    lakemont.ask(RUIZ, "am i good")
    with counted(lakemont.office.keys.engine) as cost:
        lakemont.ask(RUIZ, "am i good")
    assert cost.write_transactions == 1
    assert [statement.split()[0] for statement in cost.writes] == ["SELECT", "INSERT"]
    assert cost.reads == []


def test_a_standing_that_has_to_be_judged_again_is_still_kept_in_the_same_one_transaction(
    lakemont: Agency,
) -> None:
    lakemont.completes(RUIZ, "2027-03-01", "1", "general")
    cost = cost_of(lakemont, RUIZ, "am i good")
    assert cost.write_transactions == 1
    assert sum("standing" in statement for statement in cost.writes) == 1
    assert len(cost_of(lakemont, RUIZ, "am i good").reads) == 2


def test_a_team_of_any_size_is_read_in_as_many_statements(lakemont: Agency) -> None:
    for badge in (OKAFOR, NAIR):
        lakemont.ask(badge, "my team")
    small, large = cost_of(lakemont, OKAFOR, "my team"), cost_of(lakemont, NAIR, "my team")
    assert abs(len(small.reads) - len(large.reads)) <= 1, (small.reads, large.reads)
    assert (small.write_transactions, large.write_transactions) == (1, 1)


def test_supposing_a_class_writes_only_that_it_was_asked(lakemont: Agency) -> None:
    lakemont.ask(RUIZ, "am i good")
    classes, kept, entries = lakemont.completions(RUIZ), lakemont.kept(RUIZ), len(lakemont.entries())
    said = lakemont.text(RUIZ, "what if i take autism 4 hours on mar 18")
    assert said.startswith("If you add autism 4 h on Mar 18: NOT YET (today NOT YET). 35.5 of 48 h (73%)")
    assert "Nothing was written." in said
    assert (lakemont.completions(RUIZ), lakemont.kept(RUIZ)) == (classes, kept)
    assert len(lakemont.entries()) == entries + 1
    assert "31.5 of 48 h (65%)" in lakemont.text(RUIZ, "am i good")


def test_supposing_everything_that_is_missing_says_yes_and_changes_nothing(lakemont: Agency) -> None:
    for topic, hours in (("bias-crimes", "2"), ("general", "11.5")):
        lakemont.completes(RUIZ, "2027-03-01", hours, topic)
    assert lakemont.text(RUIZ, "what if i take autism 4 hours today").startswith("If you add autism 4 h")
    message = lakemont.ask(RUIZ, "what if i take autism 4 hours today", SMS)
    assert message.kind is MessageKind.WHAT_IF
    assert ": YES (today NOT YET)" in " ".join(clause.text for clause in message.sms)
    assert lakemont.text(RUIZ, "am i good").startswith("NOT YET")


@pytest.mark.parametrize(
    "text",
    ["what if i take autism 4 hours on mar 18", "what if i quit", "what if i take 4000 hours", "what if"],
)
def test_no_supposition_is_ever_stored(embedded: Agency, text: str) -> None:
    before = embedded.completions(RUIZ)
    embedded.ask(RUIZ, text)
    embedded.ask(RUIZ, "yes")
    assert embedded.completions(RUIZ) == before


def test_every_question_leaves_exactly_one_entry_of_its_own_and_the_chain_holds(lakemont: Agency) -> None:
    for number, (badge, text) in enumerate(TALK, start=1):
        lakemont.ask(badge, text)
        answered = lakemont.entries("question:answered", "record:refused")
        assert len(answered) == number, text
        assert answered[0].actor_id == lakemont.id_of(badge)
    assert check_integrity(lakemont.office.engine) == ()


def test_the_same_record_gives_the_same_answers_byte_for_byte(lakemont_file: Path, tmp_path: Path) -> None:
    told: list[list[str]] = []
    for name in ("first", "second"):
        path = tmp_path / f"{name}.sqlite"
        shutil.copyfile(lakemont_file, path)
        engine = make_engine(f"sqlite:///{path}")
        agency = agency_in(engine, NOW)
        told.append([to_json(agency.ask(badge, text)) for badge, text in TALK])
        engine.dispose()
    assert told[0] == told[1]


def test_both_databases_give_the_same_answers(sqlite_lakemont: Engine, postgresql_lakemont: Engine) -> None:
    one, other = agency_in(sqlite_lakemont, NOW), agency_in(postgresql_lakemont, NOW)
    for badge, text in TALK:
        for channel in (SMS, SCREEN):
            assert to_json(one.ask(badge, text, channel)) == to_json(other.ask(badge, text, channel)), text


def test_everybodys_kept_standing_is_the_same_text_whenever_it_is_judged(embedded: Agency) -> None:
    first = {badge: embedded.judged(badge).to_keep().body for badge in embedded.badges()}
    again = {badge: embedded.judged(badge).to_keep().body for badge in reversed(embedded.badges())}
    assert first == again


def test_a_conversation_is_forgotten_after_half_an_hour(lakemont: Agency) -> None:
    lakemont.ask(RUIZ, "history 2026", SMS)
    lakemont.clock.at += timedelta(minutes=29)
    assert lakemont.ask(RUIZ, "more", SMS).kind is MessageKind.HISTORY
    lakemont.clock.at += timedelta(minutes=31)
    assert lakemont.ask(RUIZ, "more", SMS).kind is not MessageKind.HISTORY


def test_a_talk_on_one_channel_does_not_turn_the_page_on_another(embedded: Agency) -> None:
    embedded.ask(RUIZ, "history 2026", SMS)
    assert embedded.ask(RUIZ, "more", SCREEN).kind is not MessageKind.HISTORY


def test_two_people_who_talk_at_once_keep_their_own_pages(embedded: Agency) -> None:
    embedded.ask(RUIZ, "list", SMS)
    embedded.ask(LEE, "history 2026", SMS)
    assert "CE-48, page 2" in embedded.text(RUIZ, "more")
    assert "CE-48" not in embedded.text(LEE, "more")


def test_nothing_that_is_asked_changes_what_is_owed(embedded: Agency) -> None:
    people = (RUIZ, LEE, NOVAK, WHITMAN)
    before = {badge: embedded.standing(badge) for badge in people}
    for badge in people:
        for text in (
            "done",
            "approve",
            "delete my record",
            "set my hours to 48",
            "i took autism",
            "yes",
            "ok",
            "1",
        ):
            embedded.ask(badge, text)
    assert {badge: embedded.standing(badge) for badge in people} == before
    with embedded.writing() as writer:
        assert writer.head_seq > 0
    assert all(kept.fact.__class__ is Completion for kept in embedded.completions(RUIZ))


def test_a_question_as_of_another_day_is_written_down_at_the_records_own_time(embedded: Agency) -> None:
    """An entry with the machine's time in a record whose clock was moved would blur what was known when."""
    moved = timedelta(days=60)
    with working(embedded.office.engine) as conn:
        set_offset_seconds(conn, int(moved.total_seconds()))
    office = Office(
        embedded.office.engine,
        MovableClock(NOW - moved),
        embedded.office.shelf,
        embedded.office.keys,
        asked_at=NOW + timedelta(days=9),
    )
    Agency(office, embedded.clock, embedded.agency_id).ask(RUIZ, "am i good")
    assert embedded.entries("question:answered")[0].at == NOW

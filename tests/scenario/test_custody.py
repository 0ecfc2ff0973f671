"""The custodian at the desk: what is kept is found, hidden, held, and let go for good by two persons, never by one."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.demo.agency import NOW
from db import tables
from db.integrity import check_integrity
from db.keys import cipher
from db.keys.errors import UnreadableItemError
from db.keys.store import KeyStore
from db.queries.context import ByBadge
from db.records.facts import ContentTombstone, DisposalCode, Role, RoleGrant
from db.unit_of_work import reading
from messages.kinds import MessageKind
from messages.model import Button, to_json
from scheduler.jobs import Work
from scheduler.table import JOBS
from scheduler.tick import run_due
from tests.scenario.cast import SCREEN, Agency, agency_in
from tests.scenario.custody_cast import (
    ADMINISTRATOR,
    BRANDT,
    HALE,
    LEE,
    NAIR,
    OKAFOR,
    PARK,
    RUIZ,
    WORDS,
    asks,
    dispose_of,
    has_key,
    number,
    row_of,
    said,
    tombstones,
)
from training.agency_setup import found
from training.asking import asking
from training.content.custody import Verdict
from training.content.disposal import confirm, finish_all_disposals
from training.grants import end
from training.sealed.sealing import place


def test_the_custodian_finds_opens_and_leaves_a_trace(lakemont: Agency) -> None:
    item_id = asks(lakemont)
    listed = lakemont.ask(PARK, "messages 214")
    assert listed.kind is MessageKind.CONTENT_LIST
    assert number(item_id) in said(listed)
    assert WORDS not in said(listed)
    assert WORDS in said(lakemont.ask(PARK, f"message {number(item_id)}"))
    looks = lakemont.entries("record:viewed", about=RUIZ)
    assert [(each.actor_id, each.reason, each.data["kind"]) for each in looks] == [
        (lakemont.id_of(PARK), "custody", "content-item"),
        (lakemont.id_of(PARK), "custody", "content-list"),
    ]
    saw = said(lakemont.ask(RUIZ, "who saw my record"))
    assert "one of your kept messages | terminal | keeping the records" in saw


def test_what_the_custodian_read_is_not_kept_a_second_time(lakemont: Agency) -> None:
    item_id = asks(lakemont)
    assert WORDS in said(lakemont.ask(PARK, f"message {number(item_id)}"))
    answered = lakemont.entries("question:answered")[0].data["answered"]["item"]
    again = said(lakemont.ask(PARK, f"message {number(answered)}"))
    assert WORDS not in again
    assert "is kept once only" in again


@pytest.mark.parametrize("badge", [RUIZ, LEE, OKAFOR, ADMINISTRATOR])
@pytest.mark.parametrize(
    "command",
    [
        "messages 214", "message {}", "set aside {}", "put back {}", "dispose {}", "dispose {} spill", "confirm {}",
        "keep {}", "disposals", "hold 214", "hold {}", "holds", "lift H-1",
    ],
)  # fmt: skip
def test_without_the_role_nobody_learns_that_an_item_exists(
    embedded: Agency, badge: str, command: str
) -> None:
    item_id = asks(embedded)
    head = len(tombstones(embedded))
    message = embedded.ask(badge, command.format(number(item_id)))
    assert message.kind is MessageKind.NOT_UNDERSTOOD
    nobodys = embedded.ask(badge, command.format("M-999999"))
    assert nobodys.kind is MessageKind.NOT_UNDERSTOOD
    assert len(tombstones(embedded)) == head
    assert not embedded.entries("content:set-aside", "content:held", "content:disposal-asked")


def test_a_button_in_the_hands_of_somebody_else_does_nothing(embedded: Agency) -> None:
    item_id = asks(embedded)
    for route, value in (
        ("content-item", str(item_id)),
        ("dispose-under", f"spill {item_id}"),
        ("confirm-disposal", str(item_id)),
        ("hold-item", str(item_id)),
    ):
        pressed = embedded.press(OKAFOR, Button("x", route, value))
        assert pressed.kind is MessageKind.NOT_UNDERSTOOD, route


def test_a_coordinator_sets_aside_by_number_and_reads_nothing(lakemont: Agency) -> None:
    item_id = asks(lakemont)
    assert lakemont.ask(NAIR, f"message {number(item_id)}").kind is MessageKind.NOT_UNDERSTOOD
    assert "is set aside" in said(lakemont.ask(NAIR, f"set aside {number(item_id)}"))
    shown = said(lakemont.ask(PARK, f"message {number(item_id)}"))
    assert "This item is set aside." in shown
    assert WORDS not in shown
    assert lakemont.ask(NAIR, f"put back {number(item_id)}").kind is MessageKind.NOT_UNDERSTOOD
    lakemont.ask(PARK, f"put back {number(item_id)}")
    assert WORDS in said(lakemont.ask(PARK, f"message {number(item_id)}"))
    assert [entry.tag for entry in lakemont.entries("content:set-aside", "content:put-back")] == [
        "content:put-back",
        "content:set-aside",
    ]
    assert check_integrity(lakemont.office.engine) == ()


def test_a_disposed_message_leaves_exactly_its_tombstone(lakemont: Agency) -> None:
    item_id = asks(lakemont)
    before, standing = row_of(lakemont, item_id), lakemont.standing(RUIZ)
    rested = lakemont.entries("question:answered")[0]
    assert "is disposed of" in said(dispose_of(lakemont, item_id))
    [stone] = tombstones(lakemont)
    assert (stone.item_id, stone.proposed_by, stone.confirmed_by) == (
        item_id,
        lakemont.id_of(PARK),
        lakemont.id_of(HALE),
    )
    assert (stone.code, stone.keyed_hash) == ("spill", before.keyed_hash)
    assert row_of(lakemont, item_id) == before
    assert rested in lakemont.entries("question:answered")
    assert rested.data["asked"]["hash"] == before.keyed_hash
    assert lakemont.standing(RUIZ) == standing
    assert not has_key(lakemont, item_id)
    assert check_integrity(lakemont.office.engine) == ()
    gone = said(lakemont.ask(PARK, f"message {number(item_id)}"))
    assert "cannot be brought back" in gone
    assert WORDS not in gone
    assert lakemont.entries("content:disposed")[0].data == {
        "item": item_id,
        "hash": before.keyed_hash,
        "code": "spill",
    }


def test_each_step_names_the_item_in_its_answer_and_in_the_log(embedded: Agency) -> None:
    item_id = asks(embedded)
    known = {"item": item_id, "hash": row_of(embedded, item_id).keyed_hash}
    for badge, words, says, tag, data in (
        (
            PARK,
            "dispose {} retention",
            "{} stays until a second person confirms",
            "content:disposal-asked",
            {"code": "retention-schedule"},
        ),
        (
            HALE,
            "keep {}",
            "{} stays. The request is taken back.",
            "content:disposal-refused",
            {"code": "retention-schedule"},
        ),
        (PARK, "set aside {}", "{} is set aside", "content:set-aside", {}),
        (PARK, "put back {}", "{} is shown again", "content:put-back", {}),
    ):
        named = number(item_id)
        assert says.format(named) in said(embedded.ask(badge, words.format(named))), words
        (entry,) = embedded.entries(tag)
        assert (entry.actor_id, entry.subject_id) == (embedded.id_of(badge), embedded.id_of(RUIZ))
        assert entry.data == known | data
        # What was answered names it too, so that the log of the custodian is whole.
        assert embedded.entries("question:answered")[0].data["item"] == item_id


@pytest.mark.parametrize(
    ("meant", "badge"),
    [("of ruiz", RUIZ), ("of officer ruiz", RUIZ), (LEE, LEE), (f"of {RUIZ}", RUIZ), ("of nobody", "")],
)
def test_somebody_is_meant_by_badge_or_by_a_surname(embedded: Agency, meant: str, badge: str) -> None:
    asks(embedded, badge or RUIZ)
    listed = embedded.ask(PARK, f"messages {meant}")
    assert (listed.kind is MessageKind.CONTENT_LIST) is bool(badge)
    assert (number(embedded.entries("question:answered")[1].data["asked"]["item"]) in said(listed)) is bool(
        badge
    )


def test_the_master_key_opens_nothing_of_what_was_disposed_of(lakemont: Agency) -> None:
    item_id, other = asks(lakemont), asks(lakemont, text="something else")
    dispose_of(lakemont, item_id)
    row = row_of(lakemont, item_id)
    where = place(lakemont.agency_id, row.ref)
    others = lakemont.office.keys.keys_of([row_of(lakemont, other).ref])
    for key in (*others.values(), *lakemont.office.keys._masters.held()):  # noqa: SLF001  every key there is
        with pytest.raises(UnreadableItemError):
            cipher.unseal(key, row.ciphertext, where)


def test_nobody_disposes_alone(lakemont: Agency) -> None:
    item_id = asks(lakemont)
    lakemont.ask(PARK, f"dispose {number(item_id)} spill")
    assert "a second person has to confirm" in said(lakemont.ask(PARK, f"confirm {number(item_id)}"))
    assert has_key(lakemont, item_id)
    assert tombstones(lakemont) == []


def test_nobody_confirms_what_nobody_asked_for(lakemont: Agency) -> None:
    item_id = asks(lakemont)
    assert "Nobody has asked" in said(lakemont.ask(HALE, f"confirm {number(item_id)}"))
    lakemont.ask(PARK, f"dispose {number(item_id)} retention")
    lakemont.ask(BRANDT, f"keep {number(item_id)}")
    assert "Nobody has asked" in said(lakemont.ask(HALE, f"confirm {number(item_id)}"))
    assert has_key(lakemont, item_id)


def test_nobody_disposes_of_their_own_message_or_of_one_about_them(lakemont: Agency) -> None:
    own = asks(lakemont, PARK, "am i good")
    assert "your own or about you" in said(lakemont.ask(PARK, f"dispose {number(own)} retention"))
    chiefs = asks(lakemont, BRANDT, "am i good")
    lakemont.ask(PARK, f"dispose {number(chiefs)} retention")
    assert "your own or about you" in said(lakemont.ask(BRANDT, f"confirm {number(chiefs)}"))
    lakemont.ask(OKAFOR, "am i good")
    lakemont.ask(NAIR, "how is brandt")
    about_brandt = lakemont.entries("question:answered")[0].data["answered"]["item"]
    lakemont.ask(PARK, f"dispose {number(about_brandt)} retention")
    assert "your own or about you" in said(lakemont.ask(BRANDT, f"confirm {number(about_brandt)}"))
    assert tombstones(lakemont) == []
    assert "is disposed of" in said(lakemont.ask(HALE, f"confirm {number(about_brandt)}"))


def test_the_role_is_needed_when_the_button_is_pressed(lakemont: Agency) -> None:
    item_id = asks(lakemont)
    lakemont.ask(PARK, f"dispose {number(item_id)} spill")
    card = lakemont.ask(HALE, f"dispose {number(item_id)}")
    [button] = [
        each for each in card.actions if isinstance(each, Button) and each.route == "confirm-disposal"
    ]
    with lakemont.writing() as writer:
        grants = tables.role_grant
        kept = writer.conn.execute(
            select(grants).where(grants.c.person_id == lakemont.id_of(HALE), grants.c.role == "legal")
        ).one()
        writer.correct(
            kept.id,
            RoleGrant(
                person_id=kept.person_id,
                role=Role.LEGAL,
                valid_from=kept.valid_from,
                valid_to=lakemont.clock.at,
            ),
        )
    assert lakemont.press(HALE, button).kind is MessageKind.NOT_UNDERSTOOD
    assert has_key(lakemont, item_id)


def test_a_role_that_ends_between_the_question_and_the_act_confirms_nothing(lakemont: Agency) -> None:
    item_id = asks(lakemont)
    lakemont.ask(PARK, f"dispose {number(item_id)} spill")
    with asking(lakemont.office, lakemont.agency_id, ByBadge(HALE), SCREEN) as question:
        assert question is not None
        lakemont.clock.at += timedelta(seconds=1)
        assert end(lakemont.office, lakemont.agency_id, ByBadge(BRANDT), HALE, Role.LEGAL) == 1
        assert confirm(question, item_id).verdict is Verdict.NOT_YOURS
    assert has_key(lakemont, item_id)


def test_of_two_who_confirm_at_once_one_does_it(lakemont: Agency) -> None:
    item_id = asks(lakemont)
    lakemont.ask(PARK, f"dispose {number(item_id)} spill")
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(lambda badge: said(lakemont.ask(badge, f"confirm {number(item_id)}")), [HALE, BRANDT])
        )
    assert sorted("is disposed of" in each for each in answers) == [False, True]
    assert sum("was disposed of already" in each for each in answers) == 1
    assert len(tombstones(lakemont)) == 1
    assert check_integrity(lakemont.office.engine) == ()


class Deaf(KeyStore):
    """A key store that cannot destroy anything, as when the power fails right after the tombstone."""

    def destroy(self, refs: Sequence[str]) -> int:
        raise PowerCutError(refs)


class PowerCutError(Exception):
    """The machine went down."""


@pytest.mark.parametrize("who", ["tick", "start"])
def test_a_crash_after_the_tombstone_is_finished_by_the_next_tick_or_start(
    lakemont: Agency, who: str
) -> None:
    item_id = asks(lakemont)
    lakemont.ask(PARK, f"dispose {number(item_id)} spill")
    keys = lakemont.office.keys
    crashing = agency_in(lakemont.office.engine, NOW, keys=Deaf(keys.engine, keys._masters))  # noqa: SLF001  the same masters, and a store that is deaf
    with pytest.raises(PowerCutError):
        crashing.ask(HALE, f"confirm {number(item_id)}")
    assert has_key(lakemont, item_id)
    assert "cannot be brought back" in said(lakemont.ask(PARK, f"message {number(item_id)}"))
    if who == "tick":
        run_due(JOBS, Work(lakemont.office, lambda: False))
    else:
        assert finish_all_disposals(lakemont.office) == 1
    assert not has_key(lakemont, item_id)
    assert finish_all_disposals(lakemont.office) == 0


def test_a_restored_backup_of_the_record_brings_no_content_back(embedded: Agency) -> None:
    item_id = asks(embedded)
    path = str(embedded.office.engine.url.database)
    with reading(embedded.office.engine) as conn:
        conn.exec_driver_sql("SELECT 1")
    backup = _copy_of(embedded.office.engine)
    dispose_of(embedded, item_id)
    embedded.office.engine.dispose()
    _restore(path, backup)
    restored = agency_in(embedded.office.engine, NOW, keys=embedded.office.keys)
    assert tombstones(restored) == []
    shown = said(restored.ask(PARK, f"message {number(item_id)}"))
    assert WORDS not in shown
    assert "not in the key store" in shown
    # The restored record counts on from an older number and meets no key of another item.
    again = asks(restored, text="a new one")
    assert "a new one" in said(restored.ask(PARK, f"message {number(again)}"))
    assert check_integrity(restored.office.engine) == ()


def _copy_of(engine: Engine) -> bytes:
    raw = engine.raw_connection()
    try:
        driver = raw.driver_connection
        assert driver is not None
        copy: bytes = driver.serialize()
    finally:
        raw.close()
    return copy


def _restore(path: str, copy: bytes) -> None:
    for suffix in ("", "-wal", "-shm"):
        place_ = Path(path + suffix)
        if suffix:
            place_.unlink(missing_ok=True)
        else:
            place_.write_bytes(copy)


def test_restored_keys_are_destroyed_again_at_the_next_start(lakemont: Agency) -> None:
    item_id = asks(lakemont)
    path = Path(str(lakemont.office.keys.engine.url.database))
    old_keys = path.read_bytes()
    dispose_of(lakemont, item_id)
    path.write_bytes(old_keys)
    assert has_key(lakemont, item_id)
    assert finish_all_disposals(lakemont.office) == 1
    assert not has_key(lakemont, item_id)


def test_another_agencys_items_are_not_there(lakemont: Agency) -> None:
    item_id = asks(lakemont)
    office = lakemont.office
    ashby = Agency(office, lakemont.clock, found(office, "Ashby Sheriff", "MN", "America/Chicago", ()))
    for badge, role in (("905", Role.RECORDS), ("990", Role.LEGAL)):
        ashby.hires(
            badge, "Ada", f"Keeper{badge}", kind="civilian", position="records-custodian", roles=[role]
        )
    nothing = to_json(ashby.ask(PARK, "message M-99999999"))
    for whole in (str(item_id), number(item_id).removeprefix("M-")):
        for command in ("message M-{}", "set aside M-{}", "dispose M-{} spill", "hold M-{}", "put back M-{}"):
            assert to_json(ashby.ask(PARK, command.format(whole))) == nothing, command
        assert to_json(ashby.ask(HALE, f"confirm M-{whole}")) == nothing
    assert to_json(ashby.ask(PARK, "messages 214")) == nothing
    assert has_key(lakemont, item_id)
    with lakemont.reading() as conn:
        assert conn.execute(select(tables.content_quarantine)).all() == []


def test_the_database_itself_refuses_one_person_and_a_second_tombstone(lakemont: Agency) -> None:
    item_id = asks(lakemont)
    dispose_of(lakemont, item_id)
    [stone] = tombstones(lakemont)
    for confirmed_by in (stone.confirmed_by, stone.proposed_by):
        with pytest.raises(Exception, match=r"(?i)constraint|only added to"), lakemont.writing() as writer:
            writer.record(
                ContentTombstone(
                    item_id=item_id,
                    disposal_id=stone.disposal_id,
                    proposed_by=stone.proposed_by,
                    confirmed_by=confirmed_by,
                    code=DisposalCode.SPILL,
                    keyed_hash=stone.keyed_hash,
                )
            )


def test_the_list_turns_its_pages(embedded: Agency) -> None:
    for _ in range(8):
        embedded.ask(RUIZ, "am i good")
    first, second = embedded.ask(PARK, "messages 214"), embedded.ask(PARK, "more")
    assert "Page 1 of 2" in said(first)
    assert "Page 2 of 2" in said(second)

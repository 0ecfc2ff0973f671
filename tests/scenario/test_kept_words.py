"""What was asked and answered is kept word by word, closed, and the log only refers to it."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, select, text

from db import tables
from db.integrity import check_integrity
from db.keys import cipher
from db.keys.cipher import keyed_hash
from db.queries.context import ByBadge
from db.records.facts import Exemption, ExemptionKind
from db.unit_of_work import reading, working
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from handlers.routing import SentFile
from messages.kinds import MessageKind
from messages.plain import plain_text
from tests.scenario.cast import SCREEN, SMS, Agency
from training.sealed.sealing import as_text, keep_text, place

RUIZ, OKAFOR, PARK = "214", "77", "905"
PHOTO = b"\xff\xd8\xff\xe0" + b"certificate of dana ruiz" * 100


def opened(agency: Agency, item_id: int) -> bytes:
    """A kept item as only a test may open it: with everything at hand."""
    table = tables.content_item
    with agency.reading() as conn:
        row = conn.execute(select(table).where(table.c.id == item_id)).one()
    key = agency.office.keys.keys_of([row.ref])[row.ref]
    sealed = row.ciphertext or agency.office.files.get(row.sealed_hash)
    content = cipher.unseal(key, sealed, place(agency.agency_id, row.ref))
    assert row.keyed_hash == keyed_hash(key, content)
    assert row.size == len(content)
    return content


def words_of(agency: Agency, item_id: int) -> str:
    return as_text(opened(agency, item_id))


@pytest.mark.parametrize("channel", [SCREEN, SMS])
def test_what_was_asked_and_answered_is_kept_as_it_was_said(lakemont: Agency, channel: str) -> None:
    message = lakemont.ask(RUIZ, "am I good??", channel)
    data = lakemont.entries("question:answered")[0].data
    assert words_of(lakemont, data["asked"]["item"]) == "am I good??"
    answer = words_of(lakemont, data["answered"]["item"])
    assert all(clause.text in answer for clause in message.sms) if channel == SMS else message.title in answer
    assert "NOT YET" in answer
    assert check_integrity(lakemont.office.engine) == ()


def test_a_pressed_button_and_a_look_at_somebody_are_kept_too(embedded: Agency) -> None:
    embedded.ask(OKAFOR, "how is ruiz")
    entry = embedded.entries("question:answered")[0]
    table = tables.content_item
    with embedded.reading() as conn:
        row = conn.execute(select(table).where(table.c.id == entry.data["answered"]["item"])).one()
    assert row.person_id == embedded.id_of(OKAFOR)
    assert row.about == [embedded.id_of(RUIZ)]
    FrontDesk(embedded.office, embedded.words).answer(
        Interaction(
            agency_id=embedded.agency_id,
            sender=ByBadge(RUIZ),
            channel=SCREEN,
            action="what-if",
            form={"topic": ("autism",), "hours": ("4",)},
        ),
        "Lakemont PD",
    )
    asked = embedded.entries("question:answered")[0].data["asked"]
    assert words_of(embedded, asked["item"]) == "[what-if]\ntopic: autism\nhours: 4"


def test_half_a_letter_is_kept_as_it_came(embedded: Agency) -> None:
    embedded.ask(RUIZ, "caf\udce9")
    asked = embedded.entries("question:answered")[0].data["asked"]
    assert words_of(embedded, asked["item"]) == "caf\udce9"


def test_a_sent_file_outlives_the_process_under_what_it_is(lakemont: Agency) -> None:
    interaction = Interaction(
        agency_id=lakemont.agency_id,
        sender=ByBadge(RUIZ),
        channel=SCREEN,
        files=(SentFile(name="cert.exe", content=PHOTO),),
    )
    FrontDesk(lakemont.office, lakemont.words).answer(interaction, "Lakemont PD")
    [kept] = lakemont.entries("question:answered")[0].data["files"]
    table = tables.content_item
    with lakemont.reading() as conn:
        row = conn.execute(select(table.c.kind, table.c.media_type).where(table.c.id == kept["item"])).one()
    assert tuple(row) == ("file", "image/jpeg")
    assert opened(lakemont, kept["item"]) == PHOTO


def everything_in(engine: Engine) -> bytes:
    """Every value of every row, as bytes."""
    found = []
    with reading(engine) as conn:
        for name in inspect(conn).get_table_names():
            for row in conn.execute(text(f'SELECT * FROM "{name}"')):  # noqa: S608  names from the database
                found += [each if isinstance(each, bytes) else str(each).encode() for each in row]
    return b"\n".join(found)


def test_no_word_of_it_can_be_read_in_the_database(lakemont: Agency, tmp_path: Path) -> None:
    said = "zebra crossing quartz"
    lakemont.ask(RUIZ, said)
    interaction = Interaction(
        agency_id=lakemont.agency_id,
        sender=ByBadge(RUIZ),
        channel=SCREEN,
        files=(SentFile(name="quartz.jpg", content=PHOTO),),
    )
    FrontDesk(lakemont.office, lakemont.words).answer(interaction, "Lakemont PD")
    places = [everything_in(lakemont.office.engine), everything_in(lakemont.office.keys.engine)]
    if lakemont.office.engine.dialect.name == "sqlite":
        places += [each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()]
    for secret in (b"zebra", b"quartz", b"certificate of dana", b"I did not understand that"):
        assert not [place for place in places if secret in place], secret


def test_a_reason_in_own_words_is_kept_apart_from_the_decision(lakemont: Agency) -> None:
    ruiz = lakemont.id_of(RUIZ)
    with lakemont.writing() as writer:
        reason = keep_text(writer, lakemont.office.keys, ruiz, "recovering from quartz dust")
        writer.record(
            Exemption(person_id=ruiz, requirement="x", kind=ExemptionKind.WAIVER, reason_item_id=reason)
        )
    assert words_of(lakemont, reason) == "recovering from quartz dust"
    assert b"quartz" not in everything_in(lakemont.office.engine)
    lakemont.ask(RUIZ, "am i good")
    shown = plain_text(lakemont.ask(PARK, f"message M-{reason % 10_000_000_000}"), SCREEN)
    assert "recovering from quartz dust" in shown
    assert check_integrity(lakemont.office.engine) == ()


def test_without_its_keys_the_desk_says_that_something_went_wrong_and_gives_no_answer(
    embedded: Agency,
) -> None:
    embedded.ask(RUIZ, "am i good")
    entries = len(embedded.entries())
    with working(embedded.office.keys.engine) as conn:
        conn.execute(text("DROP TABLE item_key"))
    interaction = Interaction(
        agency_id=embedded.agency_id, sender=ByBadge(RUIZ), channel=SCREEN, text="am i good"
    )
    message = FrontDesk(embedded.office, embedded.words).answer(interaction, "Lakemont PD")
    assert message.kind is MessageKind.BROKEN
    assert len(embedded.entries()) == entries

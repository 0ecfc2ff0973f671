"""What must not lie here is set aside before anybody can read it; a life in danger comes first."""

import pytest
from sqlalchemy import select

from db import tables
from db.queries.context import ByBadge
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from handlers.routing import SentFile
from messages.kinds import MessageKind
from messages.model import to_json
from tests.scenario.cast import SCREEN, SMS, Agency
from tests.scenario.custody_cast import PARK, RUIZ, dispose_of, number, said


@pytest.mark.parametrize(
    ("text", "code"),
    [("my ssn is 123-45-6789", "social-security"), ("i was diagnosed with ptsd", "health")],
)
@pytest.mark.parametrize("channel", [SCREEN, SMS])
def test_a_spill_is_set_aside_before_anybody_can_read_it(
    lakemont: Agency, text: str, code: str, channel: str
) -> None:
    why = to_json(lakemont.ask(RUIZ, "why autism", channel))
    message = lakemont.ask(RUIZ, text, channel)
    assert message.kind is MessageKind.SPILL
    entry = lakemont.entries("question:answered")[0]
    item_id = entry.data["asked"]["item"]
    with lakemont.reading() as conn:
        [row] = conn.execute(select(tables.content_quarantine)).all()
    assert (row.item_id, row.reason) == (item_id, code)
    shown = said(lakemont.ask(PARK, f"message {number(item_id)}"))
    assert "This item is set aside." in shown
    assert text not in shown
    answer = said(lakemont.ask(PARK, f"message {number(entry.data['answered']['item'])}"))
    assert "123" not in answer
    # The talk goes on where it was.
    assert to_json(lakemont.ask(RUIZ, "why", channel)) == why
    assert "is disposed of" in said(dispose_of(lakemont, item_id))


def test_a_file_of_words_and_a_form_are_looked_through_too(embedded: Agency) -> None:
    desk = FrontDesk(embedded.office, embedded.words)
    sent = Interaction(
        agency_id=embedded.agency_id,
        sender=ByBadge(RUIZ),
        channel=SCREEN,
        files=(SentFile(name="a.txt", content=b"name, ssn\nRuiz, 123-45-6789\n"),),
    )
    assert desk.answer(sent, "Lakemont PD").kind is MessageKind.SPILL
    data = embedded.entries("question:answered")[0].data
    shown = said(embedded.ask(PARK, f"message {number(data['files'][0]['item'])}"))
    assert "This item is set aside." in shown
    entered = Interaction(
        agency_id=embedded.agency_id,
        sender=ByBadge(RUIZ),
        channel=SCREEN,
        action="what-if",
        form={"topic": ("autism",), "hours": ("123-45-6789",)},
    )
    assert desk.answer(entered, "Lakemont PD").kind is MessageKind.SPILL


def test_help_is_named_before_a_spill_and_the_words_are_set_aside_all_the_same(embedded: Agency) -> None:
    message = embedded.ask(RUIZ, "officer down, shots fired, ssn 123-45-6789")
    assert message.kind is MessageKind.EMERGENCY
    item_id = embedded.entries("question:answered")[0].data["asked"]["item"]
    assert "This item is set aside." in said(embedded.ask(PARK, f"message {number(item_id)}"))

"""Does the desk, without its page, keep every conversation whole, in order, and only as it was offered?"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any
from zoneinfo import ZoneInfo

from bot.desk.clock import Daybreak
from bot.desk.desk import Desk, DeskChange, Redraw
from bot.desk.files import MOST_WAITING_FILES
from bot.desk.presses import item_token
from bot.desk.seats import Talk
from bot.desk.talk import SaidAtDesk
from messages.kinds import MessageKind
from messages.model import Button, Checklist, Message, Paragraph, Table
from tests.fakes.loop import run
from tests.scenario.cast import LAKEMONT, Agency

OFFICER, RUIZ = "officer", Talk("214", "desk")
OKAFOR = Talk("77", "desk")


def at_desk(agency: Agency, story: Callable[[Desk], Coroutine[Any, Any, None]]) -> Desk:
    """A story told at a desk of this agency; the desk afterwards."""

    async def told() -> Desk:
        daybreak = Daybreak(agency.office, agency.agency_id, ZoneInfo(LAKEMONT.key))
        desk = Desk(agency.office, agency.agency_id, agency.words, [daybreak])
        await desk.look()
        await story(desk)
        return desk

    return run(told())


def token_of(message: Message | None, duty: str) -> str:
    """The token of the line of a checklist that begins with these words."""
    assert message is not None
    return next(
        item_token(at, place)
        for at, part in enumerate(message.body)
        if isinstance(part, Checklist)
        for place, item in enumerate(part.items)
        if item.text.startswith(duty)
    )


def kinds(said: tuple[SaidAtDesk, ...]) -> list[MessageKind]:
    """What Rollcall said, by kind."""
    return [each.message.kind for each in said if each.message is not None]


def test_what_is_said_at_once_is_answered_in_its_order(lakemont: Agency) -> None:
    async def story(desk: Desk) -> None:
        await asyncio.gather(*(desk.send(OFFICER, text) for text in ("am i good?", "why", "list", "k thx")))

    said = at_desk(lakemont, story).talks.said(RUIZ)
    assert kinds(said) == [MessageKind.STATUS, MessageKind.WHY, MessageKind.LIST, MessageKind.THANKS]
    assert [each.number for each in said] == list(range(1, 9))


def test_a_button_does_what_it_was_offered_for_and_no_other_token_does_anything(embedded: Agency) -> None:
    async def story(desk: Desk) -> None:
        await desk.send(OFFICER, "am i good?")
        for number, token in (
            (1, "action-0"),
            (2, "action-99"),
            (2, "row-0-0"),
            (9, "action-0"),
            (0, ""),
            (-1, ""),
        ):
            await desk.press(OFFICER, number, token)
        await desk.press("nobody", 2, "action-0")
        assert kinds(desk.talks.said(RUIZ)) == [MessageKind.STATUS]
        await desk.press(OFFICER, 2, "action-1")

    said = at_desk(embedded, story).talks.said(RUIZ)
    assert kinds(said) == [MessageKind.STATUS, MessageKind.WHY]
    assert said[2].text == "Why"


def test_a_row_of_a_list_opens_the_record_behind_it(embedded: Agency) -> None:
    async def story(desk: Desk) -> None:
        await desk.send(OFFICER, "list")
        message = desk.talks.said(RUIZ)[1].message
        assert message is not None
        at = next(at for at, part in enumerate(message.body) if isinstance(part, Table))
        await desk.press(OFFICER, 2, f"row-{at}-0")

    assert kinds(at_desk(embedded, story).talks.said(RUIZ)) == [MessageKind.LIST, MessageKind.RECORD]


def test_each_duty_of_the_answer_opens_the_rule_behind_it(embedded: Agency) -> None:
    async def story(desk: Desk) -> None:
        await desk.send(OFFICER, "am i good?")
        await desk.press(OFFICER, 2, token_of(desk.talks.said(RUIZ)[1].message, "Autism"))
        await desk.press_home(OFFICER, token_of(desk.home(desk.seats[0]), "TASER"))
        await desk.press_home(OFFICER, "item-99-99")

    said = at_desk(embedded, story).talks.said(RUIZ)
    assert kinds(said) == [MessageKind.STATUS, MessageKind.WHY, MessageKind.WHY]
    titles = [each.message.title for each in said if each.message is not None]
    assert ["Autism" in titles[1], "TASER" in titles[2]] == [True, True]


def test_a_duty_on_ones_own_card_stays_ones_own_after_a_look_at_somebody_else(embedded: Agency) -> None:
    async def story(desk: Desk) -> None:
        await desk.send("sergeant", "am i good?")
        await desk.send("sergeant", "is ruiz good?")
        own = desk.talks.said(OKAFOR)[1].message
        await desk.press("sergeant", 2, token_of(own, "Autism"))

    message = at_desk(embedded, story).talks.said(OKAFOR)[-1].message
    assert message is not None
    assert message.kind is MessageKind.WHY
    # Okafor has the four hours; Ruiz has none.
    assert "Autism" in message.title
    assert any(isinstance(part, Paragraph) and "= 4 h" in part.text for part in message.body)


def test_a_form_is_taken_once_and_only_with_the_fields_it_has(embedded: Agency) -> None:
    async def story(desk: Desk) -> None:
        await desk.send(OFFICER, "what if")
        values = {"topic": ("autism",), "hours": ("4",), "day": ("2027-03-18",), "badge": ("231",)}
        await asyncio.gather(desk.submit(OFFICER, 2, values), desk.submit(OFFICER, 2, values))

    said = at_desk(embedded, story).talks.said(RUIZ)
    assert len(said) == 4
    assert said[1].sent_form is not None
    assert "badge" not in said[1].sent_form


def test_a_file_goes_with_the_message_it_was_seen_with(embedded: Agency) -> None:
    async def story(desk: Desk) -> None:
        desk.attach(OFFICER, "a.pdf", b"%PDF-1")
        first = desk.attached(OFFICER)[0].file_id
        desk.attach(OFFICER, "late.pdf", b"%PDF-2")
        await desk.send(OFFICER, "", [first])
        assert [file.name for file in desk.attached(OFFICER)] == ["late.pdf"]
        await desk.send(OFFICER, "", ["no such file"])

    said = at_desk(embedded, story).talks.said(RUIZ)
    assert [file.name for file in said[0].files] == ["a.pdf"]
    assert len(said) == 2


def test_a_waiting_file_stays_with_the_person_who_attached_it(embedded: Agency) -> None:
    async def story(desk: Desk) -> None:
        desk.attach(OFFICER, "ruiz.pdf", b"%PDF-1")
        waiting = [file.file_id for file in desk.attached(OFFICER)]
        await desk.put(OFFICER, "231")
        assert desk.attached(OFFICER) == ()
        await desk.send(OFFICER, "hi", waiting)
        assert not any(each.files for each in desk.talks.said(Talk("231", "desk")))
        await desk.put(OFFICER, "214")
        assert [file.name for file in desk.attached(OFFICER)] == ["ruiz.pdf"]

    at_desk(embedded, story)


def test_files_that_wait_have_a_limit_and_the_phone_takes_none(embedded: Agency) -> None:
    async def story(desk: Desk) -> None:
        for number in range(MOST_WAITING_FILES + 2):
            desk.attach(OFFICER, f"{number}.pdf", b"%PDF")
        assert len(desk.attached(OFFICER)) == MOST_WAITING_FILES
        assert desk.notice(OFFICER).startswith("No more files fit")
        await desk.send(OFFICER, "", [file.file_id for file in desk.attached(OFFICER)])
        assert (desk.attached(OFFICER), desk.notice(OFFICER)) == ((), "")
        desk.attach("phone", "a.pdf", b"%PDF")
        assert desk.attached("phone") == ()

    at_desk(embedded, story)


def test_of_a_sent_file_only_a_picture_is_held_and_of_a_removed_one_nothing(embedded: Agency) -> None:
    picture = b"\x89PNG\r\n\x1a\n"

    async def story(desk: Desk) -> None:
        for name, content in (("a.png", picture), ("b.pdf", b"%PDF"), ("removed.png", picture)):
            desk.attach(OFFICER, name, content)
        sent, paper, removed = desk.attached(OFFICER)
        desk.detach(OFFICER, removed.file_id)
        assert desk.pictures.get(sent.file_id) is None
        await desk.send(OFFICER, "", [sent.file_id, paper.file_id])
        assert desk.pictures.get(sent.file_id) == sent
        assert desk.pictures.get(paper.file_id) is None
        assert desk.pictures.get(removed.file_id) is None

    said = at_desk(embedded, story).talks.said(RUIZ)[0]
    assert [(file.name, bool(file.href)) for file in said.files] == [("a.png", True), ("b.pdf", False)]


def test_what_was_set_aside_is_not_shown_in_the_pane_any_more(embedded: Agency) -> None:
    async def story(desk: Desk) -> None:
        await desk.send(OFFICER, "my ssn is 123-45-6789")

    said = at_desk(embedded, story).talks.said(RUIZ)
    assert [each.text for each in said] == ["Your message was set aside", ""]
    assert kinds(said) == [MessageKind.SPILL]


def test_two_panes_of_one_person_show_one_talk_and_a_phone_is_another(lakemont: Agency) -> None:
    async def story(desk: Desk) -> None:
        await desk.put("sergeant", "214")
        await desk.send("sergeant", "am i good?")
        await desk.send("phone", "am i good?")

    desk = at_desk(lakemont, story)
    assert len(desk.talks.said(RUIZ)) == 2
    assert len(desk.talks.said(Talk("214", "sms"))) == 2


def test_only_people_of_the_roster_can_be_put_into_a_pane(embedded: Agency) -> None:
    async def story(desk: Desk) -> None:
        await desk.put(OFFICER, "no such badge")
        await desk.put("no such pane", "231")

    assert [seat.badge for seat in at_desk(embedded, story).seats] == ["214", "214", "77", "902", "611"]


def test_every_page_hears_of_a_change_until_it_stops_listening(embedded: Agency) -> None:
    heard: list[DeskChange] = []

    async def story(desk: Desk) -> None:
        stop = desk.listen(heard.append)
        await desk.send(OFFICER, "am i good?")
        assert DeskChange(Redraw.TALK, OFFICER) in heard
        assert DeskChange(Redraw.STRIP) in heard
        heard.clear()
        stop()
        await desk.send(OFFICER, "hours")

    at_desk(embedded, story)
    assert heard == []


def test_each_entry_stands_on_the_strip_once_however_often_the_desk_looks(lakemont: Agency) -> None:
    async def story(desk: Desk) -> None:
        await desk.send(OFFICER, "am i good?")
        await asyncio.gather(*(desk.look() for _ in range(8)))

    keys = [line.key for line in at_desk(lakemont, story).strip.lines]
    assert len(keys) == len(set(keys))
    assert keys[-1] == f"entry-{len(keys)}"


def test_what_another_program_writes_is_seen_at_the_next_look(embedded: Agency) -> None:
    async def story(desk: Desk) -> None:
        embedded.ask("240", "am i good?")
        await desk.look()

    assert "Novak" in at_desk(embedded, story).strip.lines[-1].line.sentence


def test_looking_writes_nothing_and_costs_no_reading_while_nothing_changes(lakemont: Agency) -> None:
    changes: list[DeskChange] = []

    async def story(desk: Desk) -> None:
        before = lakemont.sequence()
        desk.listen(changes.append)
        for _ in range(3):
            await desk.look()
        assert lakemont.sequence() == before

    at_desk(lakemont, story)
    assert changes == []


def test_what_takes_the_place_of_something_stands_where_it_was_said_and_can_be_pressed_no_more(
    embedded: Agency,
) -> None:
    def said(text: str, *actions: Button) -> Message:
        return Message(
            kind=MessageKind.APPROVAL_CARD, title="", body=(Paragraph(text),), sms=(), actions=actions
        )

    before, after = said("to decide", Button("Menu", "menu", "", "MENU")), said("decided")

    async def story(desk: Desk) -> None:
        for ref in ("first", "second"):
            desk.talks.hear(RUIZ, before, ref=ref)
        desk.talks.change(RUIZ, "first", after)
        desk.talks.change(RUIZ, "of an earlier process", after)
        await desk.press(OFFICER, 1, "action-0")

    told = at_desk(embedded, story).talks.said(RUIZ)
    assert [(each.number, each.message) for each in told] == [(1, after), (2, before)]

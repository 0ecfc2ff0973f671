"""Pictures by text: fetched with the key where the key belongs, within a size, kept, and acknowledged."""

import pytest
from sqlalchemy import func, select

from bot.sms.media import MOST_BYTES
from db.records.facts import ContentKind
from db.tables import content_item
from tests.fakes.twilio import faults
from tests.scenario.cast import Agency
from tests.scenario.sms_cast import STRANGER, by_text

OFFICER = "214"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 2000


def _files(agency: Agency) -> int:
    with agency.reading() as conn:
        kept = select(func.count()).where(content_item.c.kind == ContentKind.FILE.value)
        return int(conn.execute(kept).scalar_one())


def test_a_picture_is_fetched_kept_and_acknowledged(lakemont: Agency) -> None:
    with by_text(lakemont) as desk:
        number = desk.link(OFFICER)
        before = _files(lakemont)
        desk.send_all(desk.twilio.text(number, "autism class today 4 hrs", (JPEG, "image/jpeg")))
        [said] = desk.said_to(number)
        assert said.startswith("Got it: U-3001.")
        assert _files(lakemont) == before + 1
        first, second = desk.twilio.calls_of("media.download") + desk.twilio.calls_of("media.content")
        assert (first.has_credentials, second.has_credentials) == (True, False)


def test_several_pictures_are_all_kept(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        before = _files(embedded)
        pictures = [(JPEG + bytes([each]), "image/jpeg") for each in range(3)]
        desk.send_all(desk.twilio.text(number, "", *pictures))
        assert _files(embedded) == before + 3
        assert len(desk.said_to(number)) == 1


@pytest.mark.parametrize(
    "elsewhere",
    [
        "http://127.0.0.1:9/2010-04-01/Accounts/{account}/Messages/MM1/Media/ME1",
        "https://evil.example/2010-04-01/Accounts/{account}/Messages/MM1/Media/ME1",
        "{api}/2010-04-01/Accounts/{account}/Messages/../../../steal",
        "{api}.evil.example/2010-04-01/Accounts/{account}/Messages/MM1/Media/ME1",
        "file:///etc/passwd",
        "",
    ],
)
def test_the_key_goes_nowhere_else(embedded: Agency, elsewhere: str) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        url = elsewhere.format(api=desk.twilio.api_url, account=desk.twilio.world.account.sid)
        calls = len(desk.twilio.calls)
        desk.send_all(desk.twilio.text(number, "a card", (JPEG, "image/jpeg")).with_fields(MediaUrl0=url))
        assert [each.method for each in desk.twilio.calls[calls:]] == ["messages.create"]
        assert len(desk.said_to(number)) == 1


def test_a_picture_that_is_too_large_or_does_not_come_is_spoken_of(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        before = _files(embedded)
        desk.send_all(desk.twilio.text(number, "", (JPEG + b"\x00" * MOST_BYTES, "image/jpeg")))
        desk.twilio.faults.next("media.download", faults.failed(after=False))
        desk.send_all(desk.twilio.text(number, "", (JPEG, "image/jpeg")))
        assert len(desk.said_to(number)) == 2
        assert all(each.startswith("That file did not come through.") for each in desk.said_to(number))
        assert _files(embedded) == before


def test_a_strangers_pictures_are_not_fetched(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        desk.send_all(desk.twilio.text(STRANGER, "look", (JPEG, "image/jpeg")))
        assert desk.twilio.calls_of("media.download") == []

"""A certificate from a phone that has only texts: photo and words, put right, sent, decided, told; never twice."""

import re

import pytest

from db.queries import content, uploads
from db.records.uploads import Step
from reading.certificates.model import CertificateReading
from tests.fakes.reader import UNREADABLE, CannedReader, certificate
from tests.fakes.twilio import faults
from tests.fakes.twilio.segments import count
from tests.scenario.cast import Agency
from tests.scenario.sms_cast import PHONES, SmsDesk, by_text
from tests.scenario.upload_cast import (
    NAIR,
    OTHER_PHOTO,
    PHOTO,
    RUIZ,
    THIRD_PHOTO,
    decides,
    looks_at,
    reading_as,
    upload,
)
from training.sealed.unsealing import unsealed
from training.uploads import late

MOST_SEGMENTS = 2
JPEG = "image/jpeg"


def pictures(desk: SmsDesk, text: str, *photos: bytes) -> str:
    """A picture message from Ruiz, and the answer to it."""
    number = PHONES[RUIZ]
    before = len(desk.said_to(number))
    desk.send_all(desk.twilio.text(number, text, *((each, JPEG) for each in photos)))
    said = desk.said_to(number)[before:]
    assert len(said) == 1, said
    return said[0]


def fit(desk: SmsDesk) -> None:
    """Everything that was said to Ruiz is plain and short."""
    for each in desk.said_to(PHONES[RUIZ]):
        assert each.isascii(), each
        assert count(each) <= MOST_SEGMENTS, each


def test_a_class_told_by_text_with_its_picture_is_on_record_once_opened_and_checked(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: UNREADABLE}) as agency, by_text(agency) as desk:
        desk.link(RUIZ)
        got = pictures(desk, "autism class today 4 hrs", PHOTO)
        assert got.startswith("Got it: U-3001. From your text: Autism, 4 h, Mar 2 2027.")
        assert "Still needed: provider, POST course number" in got
        assert desk.ask(RUIZ, "hennepin tech 9100-0442") == (
            "U-3001: Autism, 4 h, Mar 2 2027, Hennepin Tech, course 9100-0442. "
            "Reply OK to send for review, or correct any part."
        )
        assert desk.ask(RUIZ, "ok") == (
            "It is kept for P. Nair, who has no chat account here and will find it in the list. "
            "Not recorded until approved. Ask U-3001 any time."
        )
        looks_at(agency, NAIR, 3001)
        assert decides(agency, title="Autism").startswith("U-3001 is on record, approved by you")
        desk.service.tick()
        told = desk.said_to(PHONES[RUIZ])[-1]
        assert told.startswith("RECORDED U-3001: Autism, 4 h, Mar 2 2027, Hennepin Tech, course 9100-0442")
        assert "approved by P. Nair" in told
        assert "35.5 of 48 h (73%)" in told
        assert told.endswith("Not yet filed with the state.")
        # Said once, however often the scheduler wakes.
        before = len(desk.said_to(PHONES[RUIZ]))
        desk.service.tick()
        assert len(desk.said_to(PHONES[RUIZ])) == before
        fit(desk)


def test_what_goes_back_is_told_by_text(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency, by_text(agency) as desk:
        desk.link(RUIZ)
        pictures(desk, "", PHOTO)
        desk.ask(RUIZ, "ok")
        decides(agency, decision="return", reason="wrong-values", words="It reads 4 h.")
        desk.service.tick()
        told = desk.said_to(PHONES[RUIZ])[-1]
        assert told.startswith("RETURNED U-3001 by P. Nair: a value does not match the certificate.")
        assert "It reads 4 h." in told
        fit(desk)


def test_a_webhook_that_comes_twice_makes_one_upload(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate()}) as agency, by_text(agency) as desk:
        number = desk.link(RUIZ)
        once = desk.twilio.text(number, "", (PHOTO, JPEG))
        desk.send_all(once, once, once)
        assert len(desk.said_to(number)) == 1
        with agency.reading() as conn:
            assert len(uploads.of_person(conn, agency.agency_id, agency.id_of(RUIZ), limit=9)) == 1
        assert len(agency.entries("upload:received")) == 1


def test_the_kept_file_is_what_the_carrier_delivered(lakemont: Agency) -> None:
    photo = PHOTO + bytes(range(256)) * 40
    with reading_as(lakemont, {photo: certificate()}) as agency, by_text(agency) as desk:
        desk.link(RUIZ)
        pictures(desk, "", photo)
        [file] = upload(agency).files
        with agency.reading() as conn:
            item = content.item(conn, agency.agency_id, file.fact.item_id)
            assert item is not None
            said = unsealed(agency.office, conn, agency.agency_id, [item])
        assert said[item.id] == photo


def test_three_photos_in_one_message(embedded: Agency) -> None:
    files: dict[bytes, CertificateReading] = {
        PHOTO: certificate(),
        OTHER_PHOTO: UNREADABLE,
        THIRD_PHOTO: UNREADABLE,
    }
    with reading_as(embedded, files) as agency, by_text(agency) as desk:
        desk.link(RUIZ)
        got = pictures(desk, "these are all mine", *files)
        assert got.startswith("3 files received: U-3001, U-3002, U-3003.")
        assert got.endswith("One class or several? Reply ONE or THREE.")
        assert desk.ask(RUIZ, "one").startswith("U-3001: Autism Response, 4 h, Mar 2 2027")
        assert len(upload(agency).files) == 3
        fit(desk)


def test_a_file_that_cannot_be_fetched_is_said_plainly_with_another_way(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency, by_text(agency) as desk:
        desk.link(RUIZ)
        desk.twilio.faults.next("media.download", faults.failed(after=False))
        said = pictures(desk, "autism class today 4 hrs", PHOTO)
        assert said.startswith("That file did not come through. Please send it again.")
        assert "Nothing was added to your record." in said
        assert re.search(r"\(works once, 30 min\): https://rollcall\.example\.org/u/\S{20,}", said)
        with agency.reading() as conn:
            assert not uploads.of_person(conn, agency.agency_id, agency.id_of(RUIZ), limit=9)
        # Nothing is kept in the place of what never came.
        assert all("files" not in each.data for each in agency.entries("question:answered"))
        # It is sent again, and what was said about it the first time counts.
        again = pictures(desk, "", PHOTO)
        assert "Your text of Mar 2 2027" in again
        fit(desk)


def test_of_two_files_one_that_does_not_come_is_named_beside_the_other(embedded: Agency) -> None:
    with reading_as(embedded, {OTHER_PHOTO: certificate()}) as agency, by_text(agency) as desk:
        desk.link(RUIZ)
        desk.twilio.faults.next("media.download", faults.failed(after=False))
        said = pictures(desk, "", PHOTO, OTHER_PHOTO)
        assert "U-3001" in said
        assert "That file did not come through." in said
        assert upload(agency).step is Step.RECEIVED


@pytest.mark.parametrize("text", ["here is my cert", "here is my certificate"])
def test_words_without_a_file_are_answered_with_a_link_that_works_once(embedded: Agency, text: str) -> None:
    with reading_as(embedded, {}) as agency, by_text(agency) as desk:
        desk.link(RUIZ)
        said = desk.ask(RUIZ, text)
        assert said.startswith(
            "I got your text but no file. Large photos are sometimes dropped by the carrier."
        )
        assert "https://rollcall.example.org/u/" in said
        fit(desk)
    with by_text(embedded) as desk:
        # Where nobody outside reaches a page of ours, no link is promised.
        said = desk.ask(RUIZ, text)
        assert "/u/" not in said
        assert "Send the photo or PDF here" in said


def test_a_file_that_takes_longer_is_told_by_text_when_it_is_read(lakemont: Agency) -> None:
    with reading_as(lakemont, {}) as agency, by_text(agency) as desk:
        desk.link(RUIZ)
        assert pictures(desk, "", PHOTO).startswith("Got it: U-3001. I am reading it")
        reader = agency.office.reader
        assert isinstance(reader, CannedReader)
        reader.readings[PHOTO] = certificate()
        assert late.read_waiting(agency.office, agency.words, limit=5) == 1
        desk.service.tick()
        assert desk.said_to(PHONES[RUIZ])[-1].startswith(
            "Got it: U-3001. Read from the file: Autism Response, 4 h"
        )
        fit(desk)


def test_texts_first_and_then_the_photo(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: UNREADABLE}) as agency, by_text(agency) as desk:
        desk.link(RUIZ)
        desk.ask(RUIZ, "autism class today 4 hrs")
        desk.later(minutes=9)
        got = pictures(desk, "", PHOTO)
        assert got.startswith("Got it: U-3001. From your text: Autism, 4 h, Mar 2 2027.")
        assert "Your text of Mar 2 2027 14:10 is taken with it." in got
        fit(desk)

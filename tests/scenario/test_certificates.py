"""An officer sends a certificate: it is received by a number, put right in plain words, and sent for review."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.queries import uploads
from db.queries.context import ByBadge
from db.records.uploads import Step
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from messages.kinds import MessageKind
from messages.model import Message
from messages.words import load
from reading.certificates.model import PaperKind, refused
from reading.documents.model import FileRefusal
from tests.fakes.reader import UNREADABLE, CannedReader, certificate
from tests.scenario.cast import SMS, Agency
from tests.scenario.upload_cast import (
    LEE,
    OTHER_PHOTO,
    PHOTO,
    RUIZ,
    THIRD_PHOTO,
    as_text,
    reading_as,
    sends,
    submitted,
    upload,
)
from training.uploads import late
from training.uploads.keeping import opened_draft
from training.uploads.values import Draft


def test_a_photo_with_a_few_words_is_put_right_and_sent(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: UNREADABLE}) as agency:
        got = as_text(agency, sends(agency, RUIZ, PHOTO, text="autism class today 4 hrs"))
        assert got.startswith("Got it: U-3001. From your text: Autism, 4 h, Mar 2 2027.")
        assert "Still needed: provider, POST course number" in got

        put_right = agency.text(RUIZ, "hennepin tech 9100-0442")
        assert put_right == (
            "U-3001: Autism, 4 h, Mar 2 2027, Hennepin Tech, course 9100-0442. "
            "Reply OK to send for review, or correct any part."
        )
        assert upload(agency, 3001).step is Step.RECEIVED

        assert "P. Nair" in agency.text(RUIZ, "ok")
        assert upload(agency, 3001).step is Step.SUBMITTED
        assert "in review with P. Nair" in agency.text(RUIZ, "U-3001")
        # It is not on record before somebody approves it.
        assert agency.text(RUIZ, "am i good?").startswith("NOT YET, Ruiz. 31.5 of 48 h")


def test_what_was_read_and_what_was_said_are_both_kept(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate(hours="4")}) as agency:
        sends(agency, RUIZ, PHOTO)
        agency.text(RUIZ, "6 hours")
        agency.text(RUIZ, "ok")
        first, submitted = (step.fact for step in upload(agency, 3001).steps)
    assert first.entries[0]["hours"] == "4"
    assert submitted.entries[0]["hours"] == "6"
    assert submitted.entries[0]["sources"]["hours"] == "officer"


@pytest.mark.parametrize(
    "thanks", ["k thx", "thanks", "am i good?", "why", "menu", "was i good on 2026-12-31"]
)
def test_a_question_of_its_own_changes_no_draft(embedded: Agency, thanks: str) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        sends(agency, RUIZ, PHOTO)
        before = _draft(agency, 3001)
        agency.text(RUIZ, thanks)
        assert upload(agency, 3001).step is Step.RECEIVED
        assert _draft(agency, 3001) == before


def _draft(agency: Agency, number: int) -> Draft:
    found = upload(agency, number)
    with agency.reading() as conn:
        row = uploads.draft(conn, agency.agency_id, found.kept.id)
    assert row is not None
    return opened_draft(agency.office.keys, found.kept.id, row.body)


@pytest.mark.parametrize(
    ("why", "says"),
    [
        (FileRefusal.EMPTY, "That file is empty (0 bytes)."),
        (FileRefusal.WRONG_TYPE, "That file is not a PDF or picture, whatever its name says."),
        (FileRefusal.LOCKED, "That PDF needs a password, so nobody can review it."),
        (FileRefusal.ARCHIVE, "That is an archive or an Office document"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_sentence(
    embedded: Agency, why: FileRefusal, says: str
) -> None:
    with reading_as(embedded, {PHOTO: refused(why)}) as agency:
        answer = as_text(agency, sends(agency, RUIZ, PHOTO))
        assert answer.startswith(says)
        assert "Nothing was added to your record." in answer
        with agency.reading() as conn:
            assert not uploads.of_person(conn, agency.agency_id, agency.id_of(RUIZ), limit=9)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("autism class march 9 4 hrs", "Mar 9 2027 has not happened yet. Which date is on the certificate?"),
        (
            "crisis intervention yesterday 40 hrs",
            "40 h in 1 day cannot be right. How many hours, and which days?",
        ),
        ("cit 2 days 16", "I am not sure: 16 hours over 2 days, or 16 on each day? Reply 16 or 32"),
        ("cpr 3/4/27 4h", "3/4/27 can be read in two ways."),
    ],
)
def test_what_cannot_be_right_is_asked_and_never_guessed(embedded: Agency, text: str, asks: str) -> None:
    with reading_as(embedded, {PHOTO: UNREADABLE}) as agency:
        assert asks in as_text(agency, sends(agency, RUIZ, PHOTO, text=text))
        # However often its sender says OK, it stays a draft.
        agency.text(RUIZ, "ok")
        assert upload(agency, 3001).step is Step.RECEIVED


def test_hours_of_two_days_are_settled_by_the_answer(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: UNREADABLE}) as agency:
        sends(agency, RUIZ, PHOTO, text="cit 2 days 16")
        agency.text(RUIZ, "32, feb 1 2027 to feb 2 2027")
        entry = _draft(agency, 3001).entry
        assert (entry.hours, entry.started_on, entry.completed_on) == (
            Decimal(32),
            date(2027, 2, 1),
            date(2027, 2, 2),
        )


def test_the_same_file_again_adds_nothing_unless_it_is_for_another_class(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        sends(agency, RUIZ, PHOTO)
        agency.text(RUIZ, "ok")
        again = as_text(agency, sends(agency, RUIZ, PHOTO))
        assert again.startswith("I already have this exact file as U-3001 (in review since")
        assert "Nothing was added. Reply NEW if it is for a different class." in again
        with agency.reading() as conn:
            assert len(uploads.of_person(conn, agency.agency_id, agency.id_of(RUIZ), limit=9)) == 1
        assert agency.text(RUIZ, "new").startswith("U-3002")


def test_a_file_that_somebody_else_sent_is_taken_and_nobody_is_named(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        sends(agency, RUIZ, PHOTO)
        answer = as_text(agency, sends(agency, LEE, PHOTO))
        assert answer.startswith("Got it: U-3002.")
        assert "Ruiz" not in answer
        assert _draft(agency, 3002).held_by_another is True


def test_another_photograph_of_the_same_paper_is_pointed_out(embedded: Agency) -> None:
    alike = {PHOTO: certificate(looks="ff00ff00ff00ff00"), OTHER_PHOTO: certificate(looks="ff00ff00ff00ff01")}
    with reading_as(embedded, alike) as agency:
        sends(agency, RUIZ, PHOTO)
        assert "It looks like U-3001" in as_text(agency, sends(agency, RUIZ, OTHER_PHOTO))


def test_three_files_are_one_certificate_or_three_by_their_senders_word(embedded: Agency) -> None:
    files = {PHOTO: certificate(number=""), OTHER_PHOTO: UNREADABLE, THIRD_PHOTO: certificate(title="")}
    with reading_as(embedded, files) as agency:
        got = as_text(agency, sends(agency, RUIZ, *files, text="these are all mine"))
        assert got.startswith("3 files received: U-3001, U-3002, U-3003.")
        assert got.endswith("One class or several? Reply ONE or THREE.")
        one = agency.text(RUIZ, "one")
        # What the first page leaves open, another says.
        assert one.startswith("U-3001: Autism Response, 4 h, Mar 2 2027, Hennepin Tech, course 9100-0442.")
        assert [upload(agency, number).step for number in (3001, 3002, 3003)] == [
            Step.RECEIVED,
            Step.WITHDRAWN,
            Step.WITHDRAWN,
        ]
        assert len(upload(agency, 3001).files) == 3


def test_nobody_hears_of_anothers_certificate(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate()}) as agency:
        sends(agency, RUIZ, PHOTO)
        for asks in ("U-3001", "withdraw U-3001", "ok U-3001", "correct U-3001", "U-3001 6 hours"):
            assert agency.text(LEE, asks) == agency.text(LEE, asks.replace("3001", "3999")), asks
        assert upload(agency, 3001).step is Step.RECEIVED


def test_its_sender_takes_it_back_until_somebody_decides(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        sends(agency, RUIZ, PHOTO)
        agency.text(RUIZ, "ok")
        assert agency.text(RUIZ, "withdraw u-3001").startswith("U-3001 is withdrawn.")
        assert upload(agency, 3001).step is Step.WITHDRAWN
        # What is withdrawn does not come back by a word.
        agency.text(RUIZ, "ok u-3001")
        assert upload(agency, 3001).step is Step.WITHDRAWN


def test_a_correction_that_comes_too_late_is_not_taken_and_said_not_to_be(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        submitted(agency)
        late = agency.text(RUIZ, "u-3001 6 hours")
        assert late.startswith("U-3001")
        assert "is in review with P. Nair since" in late
        assert "What you wrote now was not added to it. To change it, reply WITHDRAW U-3001" in late
        # A question about it is no correction, and neither is a yes.
        for asks in ("u-3001", "ok u-3001", "u-3001 was it approved?"):
            assert "was not added" not in agency.text(RUIZ, asks), asks
        assert "was not added" in as_text(agency, _enters(agency, {"upload": "3001", "hours": "6"}))

        agency.text(RUIZ, "withdraw u-3001")
        late = agency.text(RUIZ, "u-3001 6 hours")
        assert late.startswith("U-3001")
        assert "is withdrawn." in late
        assert "Send the file again to have it recorded." in late
        assert upload(agency).step is Step.WITHDRAWN


def test_what_holds_a_number_that_must_not_be_here_is_set_aside_unread(lakemont: Agency) -> None:
    spilled = replace(certificate(), spill="social-security")
    with reading_as(lakemont, {PHOTO: spilled}) as agency:
        answer = as_text(agency, sends(agency, RUIZ, PHOTO))
        assert "set aside unread" in answer
        with agency.reading() as conn:
            assert not uploads.of_person(conn, agency.agency_id, agency.id_of(RUIZ), limit=9)
        assert not agency.entries("upload:received")


def test_a_file_that_takes_longer_is_read_later_and_said_once(lakemont: Agency) -> None:
    with reading_as(lakemont, {}) as agency:
        first = as_text(agency, sends(agency, RUIZ, PHOTO, text="6 hrs"))
        assert first.startswith("Got it: U-3001. I am reading it")
        assert "still being read" in agency.text(RUIZ, "provider fema")
        reader = agency.office.reader
        assert isinstance(reader, CannedReader)
        reader.readings[PHOTO] = certificate(hours=None, provider="")

        assert late.read_waiting(agency.office, load(), limit=5) == 1
        assert late.read_waiting(agency.office, load(), limit=5) == 0
        shown = agency.text(RUIZ, "U-3001")
    # What was said while it was being read counts as well.
    assert "Autism Response, 6 h, Mar 2 2027, FEMA, course 9100-0442" in shown


def test_a_file_that_cannot_be_read_in_time_is_asked_about_in_the_end(embedded: Agency) -> None:
    with reading_as(embedded, {}) as agency:
        sends(agency, RUIZ, PHOTO)
        for _ in range(late.MOST_TRIES):
            late.read_waiting(agency.office, load(), limit=5)
            agency.clock.at += late.LEASE
        assert "Still needed" in agency.text(RUIZ, "U-3001")


def test_a_draft_is_spoken_of_once_after_three_days(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: UNREADABLE}) as agency:
        sends(agency, RUIZ, PHOTO)
        agency.at("2027-03-05 14:00")
        assert late.remind(agency.office, load(), limit=9) == 0
        agency.at("2027-03-05 14:11")
        assert late.remind(agency.office, load(), limit=9) == 1
        assert late.remind(agency.office, load(), limit=9) == 0
        assert len(agency.entries("upload:reminded")) == 1


def test_a_list_of_classes_is_taken_as_one_certificate(embedded: Agency) -> None:
    one, other = certificate(), certificate(title="Use of Force Update", hours="2")
    both = replace(one, kind=PaperKind.TRANSCRIPT, courses=(*one.courses, *other.courses))
    with reading_as(embedded, {PHOTO: both}) as agency:
        answer = as_text(agency, sends(agency, RUIZ, PHOTO))
        assert "2 classes on it: Autism Response and Use of Force Update." in answer.replace(", ", " and ")
        agency.text(RUIZ, "ok")
        assert len(upload(agency, 3001).last.fact.entries) == 2


def test_rows_that_were_not_finished_or_only_taught_are_no_classes_to_record(embedded: Agency) -> None:
    done = certificate()
    rows = (
        *done.courses,
        *(replace(done.courses[0], status=status) for status in ("not-finished", "instructed", "passed")),
    )
    with reading_as(embedded, {PHOTO: replace(done, kind=PaperKind.TRANSCRIPT, courses=rows)}) as agency:
        sends(agency, RUIZ, PHOTO)
        assert len(_draft(agency, 3001).entries) == 2


def test_the_form_puts_right_what_words_could_not(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: UNREADABLE}) as agency:
        sends(agency, RUIZ, PHOTO)
        wrong = _enters(
            agency, {"upload": "3001", "title": "X", "completed_on": "2027-03-09", "hours": "four"}
        )
        assert wrong.form is not None
        assert {name for name, _ in wrong.form.errors} == {"completed_on", "hours", "provider"}
        right = _enters(
            agency,
            {
                "upload": "3001",
                "title": "Verbal Judo",
                "completed_on": "2027-02-09",
                "hours": "7.5",
                "provider": "LETAC",
            },
        )
        assert right.form is None
        assert agency.text(RUIZ, "u-3001").startswith(
            "U-3001: Verbal Judo, 7.5 h, Feb 9 2027, LETAC, no course number."
        )


def test_correct_with_a_number_asks_for_the_form_and_says_nothing_of_what_is_in_it(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        sends(agency, RUIZ, PHOTO)
        assert agency.ask(RUIZ, "correct u-3001").form is not None
        assert upload(agency).step is Step.RECEIVED
        agency.ask(RUIZ, "correct")
        assert upload(agency).step is Step.SUBMITTED


def _enters(agency: Agency, values: dict[str, str]) -> Message:
    message = FrontDesk(agency.office, agency.words).answer(
        Interaction(
            agency_id=agency.agency_id,
            sender=ByBadge(RUIZ),
            channel=SMS,
            action="certificate-correct",
            form={name: (value,) for name, value in values.items()},
        ),
        "Lakemont PD",
    )
    assert message.kind is not MessageKind.BROKEN
    return message


@pytest.mark.parametrize("text", ["how do i send a certificate", "i took a class"])
def test_who_asks_how_is_told_how_and_of_no_file_that_was_lost(embedded: Agency, text: str) -> None:
    by_text, typed = embedded.text(RUIZ, text), embedded.screen(RUIZ, text)
    assert "but no file" not in by_text
    assert "Send the photo or PDF here" in by_text
    assert "This terminal takes no files." in typed


def test_without_a_file_the_answer_says_how_to_send_one(embedded: Agency) -> None:
    answer = embedded.text(RUIZ, "here is my cert")
    assert answer.startswith("I got your text but no file.")

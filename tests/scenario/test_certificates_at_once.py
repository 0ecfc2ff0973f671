"""Certificates when two things happen at once, at the turn of a day, or about somebody whom few may see."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from db.integrity import check_integrity
from db.queries import uploads
from db.records.uploads import Step
from messages.words import load
from tests.fakes.reader import UNREADABLE, CannedReader, certificate
from tests.scenario.cast import Agency
from tests.scenario.upload_cast import (
    LEE,
    NAIR,
    OTHER_PHOTO,
    PHOTO,
    RUIZ,
    as_text,
    draft,
    looks_at,
    presses,
    reading_as,
    reviews,
    sends,
    submitted,
    upload,
)
from tests.scenario.walls_cast import is_protected
from training.uploads import late

PARK = "905"
Act = Callable[[Agency], object]


def says(badge: str, text: str) -> Act:
    return lambda agency: agency.text(badge, text)


def steps(agency: Agency) -> list[Step]:
    return [each.fact.step for each in upload(agency).steps]


@pytest.mark.parametrize(
    ("one", "other", "ends"),
    [
        (says(RUIZ, "ok u-3001"), says(RUIZ, "ok u-3001"), {Step.SUBMITTED}),
        (says(RUIZ, "ok u-3001"), says(RUIZ, "withdraw u-3001"), {Step.SUBMITTED, Step.WITHDRAWN}),
        (says(RUIZ, "ok u-3001"), says(RUIZ, "u-3001 6 hours"), {Step.SUBMITTED}),
        (says(RUIZ, "withdraw u-3001"), says(RUIZ, "withdraw u-3001"), {Step.WITHDRAWN}),
    ],
)
def test_of_two_words_at_once_each_is_whole(lakemont: Agency, one: Act, other: Act, ends: set[Step]) -> None:
    with reading_as(lakemont, {PHOTO: certificate()}) as agency:
        sends(agency, RUIZ, PHOTO)
        with ThreadPoolExecutor(2) as both:
            done = [both.submit(one, agency), both.submit(other, agency)]
        said = [each.result() for each in done]
        assert not any("went wrong" in str(each) for each in said), said
        assert upload(agency).step in ends
        assert len(steps(agency)) == len(set(steps(agency)))
        if upload(agency).step is Step.SUBMITTED:
            # What was said to be right is what goes to the reviewer, whole.
            assert draft(agency, 3001).entry.hours == upload(agency).last.fact.entries[0]["hours"] or str(
                draft(agency, 3001).entry.hours
            ) == str(upload(agency).last.fact.entries[0]["hours"])
        assert check_integrity(agency.office.engine) == ()


def test_an_officer_who_takes_it_back_and_a_reviewer_who_approves_end_in_one_of_both(
    lakemont: Agency,
) -> None:
    with reading_as(lakemont, {PHOTO: certificate()}) as agency:
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        before = len(agency.completions(RUIZ))
        with ThreadPoolExecutor(2) as both:
            done = [both.submit(agency.text, RUIZ, "withdraw u-3001"), both.submit(reviews, agency)]
        for each in done:
            each.result()
        recorded = upload(agency).step is Step.RECORDED
        assert recorded or upload(agency).step is Step.WITHDRAWN
        assert len(agency.completions(RUIZ)) == before + recorded
        assert check_integrity(agency.office.engine) == ()


def test_files_that_come_in_at_once_have_a_number_each(lakemont: Agency) -> None:
    files = {PHOTO: certificate(), OTHER_PHOTO: certificate()}
    with reading_as(lakemont, files) as agency:
        with ThreadPoolExecutor(2) as both:
            done = [both.submit(sends, agency, RUIZ, PHOTO), both.submit(sends, agency, LEE, OTHER_PHOTO)]
        for each in done:
            each.result()
        assert {upload(agency, 3001).kept.fact.person_id, upload(agency, 3002).kept.fact.person_id} == {
            agency.id_of(RUIZ),
            agency.id_of(LEE),
        }


def test_what_is_taken_back_while_it_is_read_stays_taken_back(lakemont: Agency) -> None:
    with reading_as(lakemont, {}) as agency:
        sends(agency, RUIZ, PHOTO)
        agency.text(RUIZ, "withdraw u-3001")
        reader = agency.office.reader
        assert isinstance(reader, CannedReader)
        reader.readings[PHOTO] = certificate()
        late.read_waiting(agency.office, load(), limit=5)
        assert upload(agency).step is Step.WITHDRAWN


def test_a_spill_found_late_is_set_aside_and_its_words_with_it(lakemont: Agency) -> None:
    with reading_as(lakemont, {}) as agency:
        sends(agency, RUIZ, PHOTO)
        sends(agency, LEE, PHOTO)
        reader = agency.office.reader
        assert isinstance(reader, CannedReader)
        reader.readings[PHOTO] = replace(certificate(), spill="social-security")
        late.read_waiting(agency.office, load(), limit=5)
        for number, badge in ((3001, RUIZ), (3002, LEE)):
            assert upload(agency, number).step is Step.SET_ASIDE
            agency.text(badge, f"ok u-{number}")
            agency.text(badge, f"u-{number} 4 hours")
            assert upload(agency, number).step is Step.SET_ASIDE
            assert "Autism" not in agency.text(badge, f"u-{number}")
        assert not any("Autism" in str(each.data) for each in agency.entries("upload:read"))


def test_whoever_is_protected_is_reviewed_by_the_custodian_and_listed_to_nobody_else(
    lakemont: Agency,
) -> None:
    with reading_as(lakemont, {PHOTO: certificate(number="")}) as agency:
        is_protected(agency, RUIZ)
        sends(agency, RUIZ, PHOTO)
        agency.at("2027-03-06 09:00")
        late.remind(agency.office, agency.words, limit=9)
        assert "U-3001" not in agency.screen(NAIR, "drafts")
        assert "1 draft" not in agency.screen(NAIR, "reviews")
        agency.text(RUIZ, "u-3001 no number")
        agency.text(RUIZ, "ok u-3001")
        for asks in ("reviews", "unmatched", "review u-3001", "open u-3001", "approve u-3001"):
            other = agency.screen(NAIR, asks.replace("3001", "3999")).replace("3999", "3001")
            assert agency.screen(NAIR, asks) == other, asks
            assert "Ruiz" not in agency.screen(NAIR, asks)
        reviews(agency, NAIR)
        assert upload(agency).step is Step.SUBMITTED
        assert "U-3001" in agency.screen(PARK, "reviews")


def test_whoever_becomes_protected_is_taken_out_of_a_card_that_was_sent(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate()}) as agency:
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        is_protected(agency, RUIZ)
        reviews(agency, NAIR)
        presses(agency, NAIR, "open-certificate", "3001")
        assert upload(agency).step is Step.SUBMITTED


def test_a_reviewer_who_left_decides_nothing(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        agency.leaves(NAIR, date(2027, 3, 2))
        agency.at("2027-03-03 09:00")
        for asks in ("approve u-3001 checked class date hours", "return u-3001 because no", "open u-3001"):
            agency.text(NAIR, asks)
        reviews(agency, NAIR)
        assert upload(agency).step is Step.SUBMITTED
        # Nobody is not an answer: it is with whoever comes next.
        assert any("U-3001" in agency.screen(each, "reviews") for each in agency.badges() if each != NAIR)


def test_somebody_who_left_meanwhile_still_has_what_they_sent_decided(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        submitted(agency)
        agency.leaves(RUIZ, date(2027, 3, 2))
        agency.at("2027-03-03 09:00")
        looks_at(agency, NAIR, 3001)
        reviews(agency, NAIR)
        assert upload(agency).step is Step.RECORDED


@pytest.mark.parametrize(
    ("at", "text", "asked"),
    [
        # 23:30 in Lakemont is the next day in UTC; today is still today.
        ("2027-03-02 23:30", "autism class today 4 hrs", False),
        ("2027-03-02 23:30", "autism class 3/3/2027 4 hrs", True),
        ("2027-03-03 00:01", "autism class 3/3/2027 4 hrs", False),
        # The night in which clocks go forward, and the one in which they go back.
        ("2027-03-14 03:01", "autism class today 4 hrs", False),
        ("2027-03-13 23:59", "autism class 3/14/2027 4 hrs", True),
        ("2027-11-07 01:30", "autism class 11/7/2027 4 hrs", False),
        ("2027-11-06 23:59", "autism class 11/7/2027 4 hrs", True),
        ("2028-02-29 12:00", "autism class today 4 hrs", False),
    ],
)
def test_a_day_that_has_not_come_is_the_agencys_day(
    embedded: Agency, at: str, text: str, asked: bool
) -> None:
    with reading_as(embedded, {PHOTO: UNREADABLE}) as agency:
        agency.at(at)
        answer = as_text(agency, sends(agency, RUIZ, PHOTO, text=text))
        assert ("has not happened yet" in answer) is asked, answer


def test_after_all_of_it_the_file_is_whole(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate(), OTHER_PHOTO: certificate(number="")}) as agency:
        sends(agency, RUIZ, PHOTO, OTHER_PHOTO)
        agency.text(RUIZ, "one")
        agency.text(RUIZ, "ok")
        looks_at(agency, NAIR, 3001)
        assert "on record" in reviews(agency)
        presses(agency, RUIZ, "certificate-new", "3001")
        with agency.reading() as conn:
            assert len(uploads.of_person(conn, agency.agency_id, agency.id_of(RUIZ), limit=9)) == 3
        assert check_integrity(agency.office.engine) == ()

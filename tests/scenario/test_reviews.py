"""A coordinator reviews what an officer sent: opened, checked, decided once, never about one's own."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from db.queries.context import ByBadge
from db.queries.reporting import role_grants
from db.records.facts import ChannelAccount, MatchedBy, Role, RoleGrant
from db.records.ledger import Destination
from db.records.uploads import Step
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from handlers.routing import SentFile
from reading.certificates.model import PaperKind
from tests.fakes.reader import UNREADABLE, certificate
from tests.scenario.cast import LONG_AGO, Agency
from tests.scenario.custody_cast import PARK
from tests.scenario.upload_cast import (
    LEE,
    NAIR,
    OTHER_PHOTO,
    PHOTO,
    RUIZ,
    as_text,
    decides,
    looks_at,
    reading_as,
    sends,
    submitted,
    upload,
)
from training.uploads import late


def test_nothing_is_approved_before_it_was_opened_and_checked(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate()}) as agency:
        submitted(agency)
        assert agency.screen(NAIR, "reviews").count("U-3001") == 1
        assert "Autism 0 of 4 h to 4 of 4 h" in agency.screen(NAIR, "review u-3001", 2000)
        assert "Nothing was approved." in decides(agency)
        (pressed,) = agency.entries("upload:not-approved")
        assert pressed.data["number"] == 3001

        looks_at(agency, NAIR, 3001)
        assert "Nothing was approved." in decides(agency, confirmed=("title", "hours"))
        assert upload(agency).step is Step.SUBMITTED

        assert decides(agency).startswith("U-3001 is on record, approved by you")
        assert agency.text(RUIZ, "am i good?").startswith("NOT YET, Ruiz. 35.5 of 48 h (73%)")
        (record,) = agency.completions(RUIZ, "autism")[-1:]
        assert record.fact.evidence == {
            "upload": 3001,
            "files": [each.fact.item_id for each in upload(agency).files],
            "automation": "rules only",
        }
        (looked,) = agency.entries("upload:looked")
        assert (looked.subject_id, looked.data) == (agency.id_of(RUIZ), {"number": 3001})
        assert record.fact.course_number == "9100-0442"
        assert record.recorded_by == agency.id_of(NAIR)


def test_what_a_reviewer_changes_is_kept_beside_what_was_sent(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate(hours="6")}) as agency:
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        decides(agency, hours="4")
        (entry,) = agency.entries("upload:recorded")
        assert {"line": 1, "value": "hours", "was": "6", "is": "4"} in entry.data["changed"]
        first, sent, recorded = (step.fact for step in upload(agency).steps)
        assert [each.entries[0]["hours"] for each in (first, sent, recorded)] == ["6", "6", "4"]
        assert agency.completions(RUIZ, "autism")[-1].fact.hours == Decimal(4)


def test_a_topic_that_a_reviewer_takes_away_is_not_on_record(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        decides(agency, topics="")
        assert agency.completions(RUIZ)[-1].fact.topics == ()
        (entry,) = agency.entries("upload:recorded")
        assert {"line": 1, "value": "topics", "was": ["autism"], "is": None} in entry.data["changed"]


def test_the_second_press_says_who_decided_and_changes_nothing(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate()}) as agency:
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        decides(agency)
        before = agency.sequence()
        assert decides(agency).startswith("U-3001 was decided by P. Nair")
        assert decides(agency, decision="return", reason="other").startswith("U-3001 was decided by P. Nair")
        assert len(agency.entries("upload:recorded")) == 1
        assert agency.sequence() > before  # only that it was asked


def test_of_two_who_decide_at_the_same_instant_one_is_first(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate()}) as agency:
        _holds(agency, LEE, Role.COORDINATOR)
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        looks_at(agency, LEE, 3001)
        with ThreadPoolExecutor(2) as both:
            said = list(both.map(lambda badge: decides(agency, badge), (NAIR, LEE)))
        assert sum(each.startswith("U-3001 is on record") for each in said) == 1, said
        assert sum(each.startswith("U-3001 was decided by") for each in said) == 1, said
        assert len(agency.completions(RUIZ, "autism")) == 1


def _holds(agency: Agency, badge: str, role: Role) -> None:
    with agency.writing() as writer:
        writer.record(RoleGrant(person_id=agency.id_of(badge), role=role, valid_from=LONG_AGO))


def test_nobody_decides_about_their_own(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        submitted(agency, NAIR)
        assert upload(agency).step is Step.SUBMITTED
        for asks in ("review u-3001", "approve u-3001 checked hours date class", "open u-3001"):
            assert agency.text(NAIR, asks).startswith("U-3001 is your own, so somebody else decides.")
        assert decides(agency).startswith("U-3001 is your own")
        assert upload(agency).step is Step.SUBMITTED
        # It is with somebody all the same: whoever comes next where nobody else coordinates.
        others = [each for each in agency.badges() if "U-3001" in agency.screen(each, "reviews")]
        assert others
        assert NAIR not in others


@pytest.mark.parametrize("badge", [LEE, RUIZ, "77"])
def test_who_does_not_review_learns_nothing(embedded: Agency, badge: str) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        submitted(agency)
        for asks in ("reviews", "review u-3001", "approve u-3001", "return u-3001 because no", "open u-3001"):
            answer = agency.text(badge, asks)
            assert answer == agency.text(badge, asks.replace("3001", "3999")), asks
        assert upload(agency).step is Step.SUBMITTED


def test_a_role_that_ended_decides_nothing_although_the_form_stands_open(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate()}) as agency:
        _holds(agency, LEE, Role.COORDINATOR)
        submitted(agency)
        looks_at(agency, LEE, 3001)
        with agency.reading() as conn:
            kept = role_grants(conn, agency.agency_id, agency.id_of(LEE))
        grants = [each.id for each in kept if each.fact.role is Role.COORDINATOR]
        assert grants
        with agency.writing() as writer:
            for each in grants:
                writer.withdraw(each, RoleGrant)
        decides(agency, LEE)
        assert upload(agency).step is Step.SUBMITTED


def test_what_goes_back_comes_with_the_reason_and_can_be_put_right(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate(hours="6")}) as agency:
        submitted(agency)
        assert decides(agency, decision="return").startswith("Say why U-3001 goes back")
        assert decides(agency, decision="return", reason="wrong-values", words="It reads 4 h.").startswith(
            "U-3001 is back with the officer"
        )
        shown = agency.text(RUIZ, "u-3001")
        assert "came back from P. Nair: a value does not match the certificate" in shown
        agency.text(RUIZ, "u-3001 4 hours")
        agency.text(RUIZ, "ok u-3001")
        assert upload(agency).step is Step.SUBMITTED
        # What was seen before it was put right was another thing.
        looks_before = decides(agency)
        assert "Nothing was approved." in looks_before


def test_what_a_reviewer_wrote_reaches_the_sender_and_is_kept_as_their_words_alone(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate(hours="6")}) as agency:
        with agency.writing() as writer:
            writer.record(
                ChannelAccount(
                    person_id=agency.id_of(NAIR),
                    channel="slack",
                    address="T0LKM",
                    account="U0902",
                    matched_by=MatchedBy.EMAIL,
                )
            )
        back = Destination(channel="slack", address="T0LKM", place="D0214", thread="", account="U0214")
        sent = Interaction(
            agency_id=agency.agency_id,
            sender=ByBadge(RUIZ),
            channel="slack",
            place="D0214",
            back=back,
            files=(SentFile(name="IMG_0001.HEIC", content=PHOTO),),
        )
        FrontDesk(agency.office, agency.words).answer(sent, "Lakemont PD")
        agency.text(RUIZ, "ok u-3001")
        (card,) = agency.entries("message:planned")
        assert (card.subject_id, card.data["about"]) == (agency.id_of(NAIR), "upload 3001")
        decides(agency, decision="return", reason="wrong-values", words="It reads 4 h.")
        news = next(
            each for each in agency.entries("message:planned") if each.subject_id == agency.id_of(RUIZ)
        )
        assert news.data["about"] == "upload 3001"
        assert agency.entries("upload:returned")[0].data["why"] == "wrong-values"
        (returned,) = agency.entries("upload:returned")
        for item, has_words in ((returned.data["words"], True), (news.data["words"]["item"], False)):
            shown = agency.screen(PARK, f"message M-{item % 10_000_000_000}")
            assert ("It reads 4 h." in shown) is has_words, shown


def test_what_a_person_looks_into_is_asked_about_no_more(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate()}) as agency:
        submitted(agency)
        assert decides(agency, decision="refer").startswith("U-3001 is with you.")
        own = agency.text(RUIZ, "u-3001")
        assert "with a person now" in own
        agency.text(RUIZ, "u-3001 5 hours")
        agency.text(RUIZ, "ok u-3001")
        assert upload(agency).step is Step.REFERRED
        (referred,) = agency.entries("upload:referred")
        assert (referred.subject_id, referred.data) == (agency.id_of(RUIZ), {"number": 3001})
        looks_at(agency, NAIR, 3001)
        assert decides(agency).startswith("U-3001 is on record")


def test_a_card_goes_on_record_as_a_card_and_invents_no_hours(lakemont: Agency) -> None:
    cpr = certificate(
        title="CPR/AED", hours=None, expires_on=date(2029, 3, 31), completed_on=date(2027, 3, 1)
    )
    with reading_as(lakemont, {PHOTO: cpr}) as agency:
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        decides(agency, title="CPR/AED", hours="", completed_on="2027-03-01", topics="first_aid_cpr")
        (step,) = [each.fact for each in upload(agency).steps if each.fact.step is Step.RECORDED]
        assert len(step.records) == 2
        record = agency.completions(RUIZ)[-1].fact
        assert record.title == "CPR/AED"
        assert record.hours is None


def test_facts_that_only_a_person_can_weigh_are_shown_to_the_reviewer_alone(embedded: Agency) -> None:
    files = {PHOTO: certificate(person="Samuel Lee"), OTHER_PHOTO: UNREADABLE}
    with reading_as(embedded, files) as agency:
        sends(agency, LEE, PHOTO)
        own = as_text(agency, sends(agency, RUIZ, PHOTO))
        assert "Lee" not in own
        agency.text(RUIZ, "ok")
        card = agency.screen(NAIR, "review u-3002")
        assert "The name on the paper reads Samuel Lee." in card
        assert "The same file is held for somebody else as well." in card


def test_it_is_recorded_when_it_was_decided_and_happened_when_it_happened(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate(completed_on=date(2027, 2, 9))}) as agency:
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        agency.at("2027-03-05 09:00")
        decides(agency, completed_on="2027-02-09")
        record = agency.completions(RUIZ, "autism")[-1]
        assert record.fact.completed_on == date(2027, 2, 9)
        assert record.recorded_at == datetime.fromisoformat("2027-03-05T15:00+00:00")


def test_what_matches_nobody_or_nothing_has_a_list_with_count_and_age(lakemont: Agency) -> None:
    files = {PHOTO: certificate(person="Wanda Stranger"), OTHER_PHOTO: certificate(person="Lee, Sam")}
    with reading_as(lakemont, files) as agency:
        submitted(agency)
        submitted(agency, LEE, OTHER_PHOTO)
        agency.at("2027-03-06 14:10")
        assert "1 of them has matched no person or no requirement for 4 days." in agency.screen(
            NAIR, "reviews"
        )
        listed = agency.screen(NAIR, "unmatched")
        assert "U-3001" in listed
        assert "U-3002" not in listed


def test_a_draft_that_its_sender_left_lying_is_listed_without_what_is_in_it(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate(number="")}) as agency:
        sends(agency, RUIZ, PHOTO)
        agency.at("2027-03-05 14:11")
        late.remind(agency.office, agency.words, limit=9)
        assert "1 draft waits for its officer since the reminder." in agency.screen(NAIR, "reviews")
        listed = agency.screen(NAIR, "drafts")
        assert "U-3001" in listed
        assert "Autism" not in listed
        # It is not anybody's to decide yet.
        assert "No certificate by that number" in agency.screen(NAIR, "review u-3001")


def test_of_a_list_only_what_was_changed_is_meant_for_the_line_that_was_chosen(lakemont: Agency) -> None:
    one, other = (
        certificate(),
        certificate(title="Use of Force Update", hours="2", provider="", number="77-1"),
    )
    both = replace(one, kind=PaperKind.TRANSCRIPT, courses=(*one.courses, *other.courses))
    with reading_as(lakemont, {PHOTO: both}) as agency:
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        # The form shows the first line; on the second only the hours are wrong.
        assert decides(agency, line="2", hours="3").startswith("U-3001 is on record")
        [recorded] = agency.entries("upload:recorded")
        assert {"line": 2, "value": "hours", "was": "2", "is": "3"} in recorded.data["changed"]
        first, second = (each.fact for each in agency.completions(RUIZ)[-2:])
        assert (first.title, first.hours, first.course_number) == ("Autism Response", Decimal(4), "9100-0442")
        assert (second.title, second.hours, second.course_number) == (
            "Use of Force Update",
            Decimal(3),
            "77-1",
        )
        # What the line lacked it takes from the form as it stood.
        assert second.provider == "Hennepin Tech"


def test_a_list_goes_on_record_without_a_provider(embedded: Agency) -> None:
    one, other = certificate(provider=""), certificate(title="Use of Force Update", hours="2", provider="")
    both = replace(one, kind=PaperKind.TRANSCRIPT, courses=(*one.courses, *other.courses))
    with reading_as(embedded, {PHOTO: both}) as agency:
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        assert decides(agency, provider="").startswith("U-3001 is on record")
        assert [each.fact.provider for each in agency.completions(RUIZ)[-2:]] == [None, None]

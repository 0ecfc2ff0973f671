"""What a certificate must survive: forged and stale forms, files joined and sent again, a link from before a change."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.links.kinds import KINDS
from db.queries import uploads
from db.records.facts import Role, RoleGrant
from db.records.uploads import Step
from messages.model import ChoiceField, Link, Message, TextField
from reading.certificates.model import CertificateReading, PaperKind
from tests.fakes.reader import UNREADABLE, certificate
from tests.scenario.cast import LONG_AGO, SMS, Agency
from tests.scenario.upload_cast import (
    FORM,
    LEE,
    NAIR,
    OTHER_PHOTO,
    PHOTO,
    RUIZ,
    THIRD_PHOTO,
    as_text,
    decides,
    draft,
    looks_at,
    presses,
    reading_as,
    reviews,
    sends,
    submitted,
    upload,
)
from training.links import links, looks
from training.links.looks import OPENING


def chosen(message: Message, name: str) -> tuple[str, ...]:
    assert message.form is not None
    (found,) = [each for each in message.form.fields if isinstance(each, ChoiceField) and each.name == name]
    return found.value


def _list(*titles: str) -> CertificateReading:
    courses = tuple(course for each in titles for course in certificate(title=each).courses)
    return replace(certificate(), kind=PaperKind.TRANSCRIPT, courses=courses)


def test_a_link_from_before_it_was_put_right_shows_nothing_that_counts(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate(hours="6")}) as agency:
        submitted(agency)
        message = agency.ask(NAIR, "open u-3001")
        (link,) = [each for each in message.actions if isinstance(each, Link)]
        reviews(agency, decision=("return",), reason=("wrong-values",))
        agency.text(RUIZ, "u-3001 4 hours")
        agency.text(RUIZ, "ok u-3001")
        # The page with six hours beside the file was never the one with four.
        found = links.found(agency.office, link.href.rpartition("/")[2], OPENING)
        assert found is not None
        opened = looks.open_link(agency.office, found, KINDS)
        seen = looks.use_up(agency.office, found, opened, KINDS)
        assert seen is None or not seen.shown
        assert "Nothing was approved." in reviews(agency)
        assert upload(agency).step is Step.SUBMITTED


def test_files_that_are_joined_keep_what_only_a_person_can_weigh(lakemont: Agency) -> None:
    files = {PHOTO: certificate(person="", number=""), OTHER_PHOTO: certificate(person="Samuel Lee")}
    with reading_as(lakemont, files) as agency:
        sends(agency, LEE, OTHER_PHOTO)
        sends(agency, RUIZ, PHOTO, OTHER_PHOTO)
        agency.text(RUIZ, "one")
        assert draft(agency, 3002).held_by_another
        agency.text(RUIZ, "ok")
        card = agency.screen(NAIR, "review u-3002")
        assert "The same file is held for somebody else as well." in card
        assert "The name on the paper reads Samuel Lee." in card


def test_lists_that_are_joined_lose_no_class(embedded: Agency) -> None:
    files = {PHOTO: _list("Autism Response", "Use of Force Update"), OTHER_PHOTO: _list("Bias Crimes", "CPR")}
    with reading_as(embedded, files) as agency:
        sends(agency, RUIZ, PHOTO, OTHER_PHOTO)
        agency.text(RUIZ, "one")
        assert [each.title for each in draft(agency, 3001).entries] == [
            "Autism Response",
            "Use of Force Update",
            "Bias Crimes",
            "CPR",
        ]


def test_a_page_that_was_joined_is_known_again(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate(number=""), OTHER_PHOTO: certificate()}) as agency:
        sends(agency, RUIZ, PHOTO, OTHER_PHOTO)
        agency.text(RUIZ, "one")
        agency.text(RUIZ, "ok")
        again = as_text(agency, sends(agency, RUIZ, OTHER_PHOTO))
        assert again.startswith("I already have this exact file as U-3001")


def test_one_names_itself_twice_and_is_joined_with_nothing(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate(), OTHER_PHOTO: certificate()}) as agency:
        sends(agency, RUIZ, PHOTO)
        sends(agency, LEE, OTHER_PHOTO)
        presses(agency, RUIZ, "certificate-one", "3001,3001,3002,x,-1,")
        assert upload(agency, 3001).step is Step.RECEIVED
        assert len(upload(agency, 3001).files) == 1
        assert upload(agency, 3002).step is Step.RECEIVED


def test_the_same_file_for_another_class_says_so_to_whoever_reviews(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate(person="Samuel Lee")}) as agency:
        sends(agency, LEE, PHOTO)
        submitted(agency)
        sends(agency, RUIZ, PHOTO)
        agency.text(RUIZ, "new")
        agency.text(RUIZ, "bias crimes class yesterday 4 hrs, provider Hennepin Tech, no number")
        assert "P. Nair" in agency.text(RUIZ, "ok")
        card = agency.screen(NAIR, "review u-3003")
        assert "U-3002" in card
        assert "The same file is held for somebody else as well." in card
        assert "The name on the paper reads Samuel Lee." in card


def test_new_pressed_twice_is_one_more_class(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        submitted(agency)
        presses(agency, RUIZ, "certificate-new", "3001")
        presses(agency, RUIZ, "certificate-new", "3001")
        with agency.reading() as conn:
            assert len(uploads.of_person(conn, agency.agency_id, agency.id_of(RUIZ), limit=9)) == 2
            presses(agency, LEE, "certificate-new", "3001")
            assert not uploads.of_person(conn, agency.agency_id, agency.id_of(LEE), limit=9)


def test_a_topic_that_was_not_offered_goes_on_no_record(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        before = len(agency.completions(RUIZ))
        for topics in (("<!everyone>",), ("autism", "no_such_topic"), ("x" * 400,)):
            reviews(agency, topics=topics)
            assert upload(agency).step is Step.SUBMITTED, topics
            assert len(agency.completions(RUIZ)) == before, topics


def test_a_class_that_is_not_on_the_list_changes_none_of_it(embedded: Agency) -> None:
    lines = ("0", "3", "-1", "1e9", "\u0661")
    with reading_as(embedded, {PHOTO: _list("Autism Response", "Use of Force Update")}) as agency:
        sends(agency, RUIZ, PHOTO)
        before = draft(agency, 3001)
        for line in lines:
            form = {**FORM, "line": (line,), "title": ("Something else",)}
            presses(agency, RUIZ, "certificate-correct", form=form)
            assert draft(agency, 3001) == before, line
        agency.text(RUIZ, "ok")
        looks_at(agency, NAIR, 3001)
        for line in lines:
            reviews(agency, line=(line,), title=("Something else",))
            assert upload(agency).step is Step.SUBMITTED, line


MEANINGLESS = (
    ("hours", "0"),
    ("hours", "-4"),
    ("hours", "1e9"),
    ("hours", "NaN"),
    ("hours", "Infinity"),
    ("hours", "9" * 500),
    ("hours", "40"),
    ("completed_on", "2027-03-03"),
    ("completed_on", "0001-01-01"),
    ("completed_on", "02.03.2027"),
    ("started_on", "2027-03-05"),
    ("title", ""),
    ("title", "x" * 5000),
    ("decision", "approve it"),
    ("upload", "3999"),
    ("upload", ""),
)


def test_what_a_reviewers_form_cannot_mean_goes_on_no_record(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        before = len(agency.completions(RUIZ))
        for name, written in MEANINGLESS:
            values: tuple[str, ...] = (written,) if written else ()
            reviews(agency, NAIR, **{name: values})
            assert upload(agency).step is Step.SUBMITTED, (name, written)
            assert len(agency.completions(RUIZ)) == before, (name, written)


def test_two_values_for_one_decision_are_none(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        reviews(agency, decision=("approve", "return"))
        reviews(agency, hours=("4", "40"))
        reviews(agency, upload=("3999", "3001"))
        assert upload(agency).step is Step.SUBMITTED


def test_a_class_put_behind_the_end_of_its_card_is_asked_about(embedded: Agency) -> None:
    cpr = certificate(
        title="CPR/AED", hours=None, expires_on=date(2026, 3, 31), completed_on=date(2026, 3, 1)
    )
    with reading_as(embedded, {PHOTO: cpr}) as agency:
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        reviews(agency, title=("CPR/AED",), hours=(), completed_on=("2027-03-01",))
        assert upload(agency).step is Step.SUBMITTED


def test_a_title_with_markup_is_only_words_wherever_it_is_shown(embedded: Agency) -> None:
    evil = '<!everyone> =HYPERLINK("https://evil.example","x") <b>a</b> https://evil.example'
    with reading_as(embedded, {PHOTO: certificate(title=evil)}) as agency:
        shown = as_text(agency, sends(agency, RUIZ, PHOTO))
        assert "U-3001" in shown
        agency.text(RUIZ, "ok")
        looks_at(agency, NAIR, 3001)
        assert "on record" in reviews(agency, title=(evil,))
        assert agency.completions(RUIZ)[-1].fact.title == evil


def test_a_list_of_two_hundred_classes_is_answered_and_recorded(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: _list(*(f"Class {each}" for each in range(200)))}) as agency:
        answer = as_text(agency, sends(agency, RUIZ, PHOTO))
        assert len(answer) <= 320
        agency.text(RUIZ, "ok")
        assert len(agency.text(NAIR, "review u-3001")) <= 320
        looks_at(agency, NAIR, 3001)
        before = len(agency.completions(RUIZ))
        assert "on record" in reviews(agency, line=("1",), title=("Class 0",))
        assert len(agency.completions(RUIZ)) == before + 200


def test_what_is_asked_about_another_day_writes_nothing(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate(), OTHER_PHOTO: certificate()}) as agency:
        sends(agency, RUIZ, PHOTO)
        before = (draft(agency, 3001), upload(agency, 3001))
        then = replace(agency, office=replace(agency.office, asked_at=agency.clock.at))
        for text in ("6 hours", "ok", "withdraw u-3001", "new", "one"):
            then.text(RUIZ, text)
        presses(then, RUIZ, "certificate-new", "3001")
        sends(then, RUIZ, OTHER_PHOTO)
        assert (draft(agency, 3001), upload(agency, 3001)) == before
        with agency.reading() as conn:
            assert len(uploads.of_person(conn, agency.agency_id, agency.id_of(RUIZ), limit=9)) == 1


def test_what_is_withdrawn_while_somebody_decides_is_not_recorded(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate()}) as agency:
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        agency.text(RUIZ, "withdraw u-3001")
        reviews(agency)
        agency.text(NAIR, "return u-3001 because it is cut off")
        assert upload(agency).step is Step.WITHDRAWN


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.RECORDS, Role.COMMAND])
def test_no_role_of_ones_own_lets_anybody_decide_about_themselves(embedded: Agency, role: Role) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        submitted(agency)
        looks_before = upload(agency)
        with agency.writing() as writer:
            writer.record(RoleGrant(person_id=agency.id_of(RUIZ), role=role, valid_from=LONG_AGO))
        for asks in ("open u-3001", "approve u-3001 checked class date hours", "return u-3001 because no"):
            agency.text(RUIZ, asks)
        reviews(agency, RUIZ)
        assert upload(agency) == looks_before
        assert "U-3001" not in agency.screen(RUIZ, "reviews")


def test_somebody_elses_number_in_ones_own_form_changes_nothing(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate(), OTHER_PHOTO: UNREADABLE}) as agency:
        sends(agency, RUIZ, PHOTO)
        sends(agency, LEE, OTHER_PHOTO)
        before = draft(agency, 3001)
        presses(agency, LEE, "certificate-correct", form={**FORM, "title": ("Mine now",)})
        for action in ("certificate-ok", "certificate-withdraw", "certificate-new", "certificate-each"):
            presses(agency, LEE, action, "3001")
        assert draft(agency, 3001) == before
        assert upload(agency, 3001).step is Step.RECEIVED


def test_hours_that_no_form_can_mean_are_kept_exact(lakemont: Agency) -> None:
    with reading_as(lakemont, {PHOTO: certificate()}) as agency:
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        reviews(agency, hours=("1,33",))
        assert agency.completions(RUIZ)[-1].fact.hours == Decimal("1.33")


def test_three_files_of_one_paper_are_all_seen_before_it_is_approved(embedded: Agency) -> None:
    files = {PHOTO: certificate(), OTHER_PHOTO: UNREADABLE, THIRD_PHOTO: UNREADABLE}
    with reading_as(embedded, files) as agency:
        sends(agency, RUIZ, *files)
        agency.text(RUIZ, "one")
        agency.text(RUIZ, "ok")
        message = agency.ask(NAIR, "open u-3001")
        (link,) = [each for each in message.actions if isinstance(each, Link)]
        found = links.found(agency.office, link.href.rpartition("/")[2], OPENING)
        assert found is not None
        assert len(looks.open_link(agency.office, found, KINDS).files) == 3


def test_the_words_of_the_form_are_asked_again_by_the_door_of_texts(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        submitted(agency)
        looks_at(agency, NAIR, 3001)
        # Ticked in words, but not all of them.
        assert "Nothing was approved." in agency.text(NAIR, "approve u-3001 checked class date")
        assert SMS
        assert "on record" in agency.text(NAIR, "approve u-3001 checked class, date and hours")


@pytest.mark.parametrize("route", ["certificate-correct", "review-certificate"])
def test_another_class_of_a_list_is_shown_before_anything_is_entered_for_it(
    embedded: Agency, route: str
) -> None:
    with reading_as(embedded, {PHOTO: _list("Autism Response", "Use of Force Update")}) as agency:
        sends(agency, RUIZ, PHOTO)
        badge = RUIZ
        if route == "review-certificate":
            agency.text(RUIZ, "ok")
            looks_at(agency, NAIR, 3001)
            badge = NAIR
        shown = presses(agency, badge, route, "3001")
        assert shown.form is not None
        before = draft(agency, 3001)
        # The second class is chosen while the values of the first still stand there.
        form = {**FORM, "upload": chosen(shown, "upload"), "line": ("2",)}
        other = presses(agency, badge, route, form=form)
        assert draft(agency, 3001) == before
        assert upload(agency).step in (Step.RECEIVED, Step.SUBMITTED)
        assert other.form is not None
        assert "Use of Force Update" in [
            each.value for each in other.form.fields if isinstance(each, TextField)
        ]
        again = {**form, "upload": chosen(other, "upload"), "title": ("Use of Force",)}
        presses(agency, badge, route, form=again)
        entries = upload(agency).last.fact.entries if badge == NAIR else None
        titles = (
            [each["title"] for each in entries] if entries else [e.title for e in draft(agency, 3001).entries]
        )
        assert titles == ["Autism Response", "Use of Force"]


@pytest.mark.parametrize(
    "read",
    [
        certificate(title="x" * 20_000),
        certificate(
            title="\u202e\u0000gnp.exe \ud83d\ude93".encode("utf-16", "surrogatepass").decode("utf-16")
        ),
        certificate(number="see the back of the card, it is the long one below the seal " * 9),
        certificate(hours="0.01"),
        certificate(hours="1" + "0" * 40),
        certificate(hours="-4"),
        certificate(completed_on=date.max),
        certificate(completed_on=date.min),
        certificate(person="@here <!channel> =1+1 " * 50),
        certificate(expires_on=date.min, hours=None),
    ],
    ids=["title", "turned", "number", "tiny", "huge", "negative", "last", "first", "person", "expired"],
)
def test_whatever_was_read_is_answered_listed_and_reviewed(
    lakemont: Agency, read: CertificateReading
) -> None:
    with reading_as(lakemont, {PHOTO: read}) as agency:
        assert "U-3001" in as_text(agency, sends(agency, RUIZ, PHOTO))
        agency.screen(RUIZ, "my certificates")
        agency.text(RUIZ, "u-3001 6 hours, mar 1, no number")
        agency.text(RUIZ, "ok u-3001")
        agency.screen(NAIR, "reviews")
        card = agency.screen(NAIR, "review u-3001")
        assert "\u202e" not in card
        if upload(agency).step is Step.SUBMITTED:
            looks_at(agency, NAIR, 3001)
        agency.text(NAIR, "approve u-3001 checked class date hours")
        assert upload(agency).step in (Step.RECEIVED, Step.RECORDED, Step.SUBMITTED)


def test_marks_that_nobody_sees_are_in_no_title_that_is_entered(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as agency:
        sends(agency, RUIZ, PHOTO)
        presses(agency, RUIZ, "certificate-correct", form={**FORM, "title": ("Aut\u0000ism \u202eResponse",)})
        agency.text(RUIZ, "ok u-3001")
        looks_at(agency, NAIR, 3001)
        agency.text(NAIR, "approve u-3001 checked class date hours")
        assert agency.completions(RUIZ)[-1].fact.title == "Aut ism Response"


def test_half_a_character_in_the_words_keeps_no_certificate_and_no_decision_from_its_way(
    lakemont: Agency,
) -> None:
    with reading_as(lakemont, {PHOTO: certificate(), OTHER_PHOTO: UNREADABLE}) as agency:
        assert as_text(agency, sends(agency, RUIZ, PHOTO, text="\ud83d autism class")).startswith("Got it")
        # Words of a moment ago go with the file that comes next.
        agency.text(LEE, "autism 4h today \udc80")
        assert as_text(agency, sends(agency, LEE, OTHER_PHOTO)).startswith("Got it")
        agency.text(RUIZ, "ok u-3001")
        looks_at(agency, NAIR, 3001)
        decides(agency, decision="return", reason="other", words="It reads 4 h \ud83d", number="3001")
        assert upload(agency).step is Step.RETURNED

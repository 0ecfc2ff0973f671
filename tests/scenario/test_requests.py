"""An officer asks for training: it is found or described, the reason is said, and it goes to whoever decides."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from db.queries import requests
from db.queries.context import ByBadge
from db.records.facts import Leave
from db.records.ledger import Destination
from db.records.requests import RequestAct
from db.records.shifts import WorkKind, WorkSpan
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from messages.kinds import MessageKind
from tests.scenario.cast import LAKEMONT, SMS, Agency
from tests.scenario.request_cast import (
    LEE,
    NAIR,
    NOVAK,
    OKAFOR,
    RUIZ,
    a_class,
    acts_as,
    asked,
    life,
    request_of,
)
from tests.scenario.upload_cast import as_text, presses
from training.requests import late
from training.requests.effects import found_of
from training.requests.life import RequestStage
from training.requests.values import CostKind

FOUND = (
    "Found 2: (1) Basic Crisis Negotiation, 40 h, 12-16 Apr 2027, Duluth, $595; "
    "(2) same, 7-11 Jun 2027, St. Cloud, $525. Reply 1, 2 or describe another."
)
BEGUN = (
    "Request R-1001: Basic Crisis Negotiation, 40 h, 7-11 Jun 2027, St. Cloud, $525. "
    "Counts: 16.5 h toward your 48 (rest over the minimum). Does not close: Autism 4 h, Bias crimes 1 h. "
    "Your shifts hit: 4. Why do you want it? (one line)"
)
SENT = "R-1001 sent to Sgt. Okafor (step 1 of 2, then P. Nair for cost). I will tell you either way."


def test_a_class_is_found_chosen_and_sent_with_its_reason(lakemont: Agency) -> None:
    assert lakemont.text(RUIZ, "request crisis negotiation school") == FOUND
    assert lakemont.text(RUIZ, "2") == BEGUN
    assert life(lakemont).stage is RequestStage.DRAFT
    assert lakemont.text(RUIZ, "negotiator vacancy, want to apply") == SENT

    stands = life(lakemont)
    assert (stands.stage, stands.way, stands.version) == (
        RequestStage.WITH_APPROVER,
        ("supervisor", "coordinator"),
        1,
    )
    kept = found_of(stands.found)
    assert (len(kept.shifts_hit), kept.counts_hours, kept.leaves_open) == (
        4,
        Decimal("16.5"),
        ("Autism 4 h", "Bias crimes 1 h"),
    )
    shown = lakemont.screen(RUIZ, "what happened to my request")
    assert "R-1001: With Sgt. Okafor since Mar 2 2027 14:10 (step 1 of 2)." in shown
    assert 'Reason: "negotiator vacancy, want to apply".' in shown
    tags = [each.tag for each in lakemont.entries("request:begun", "request:submitted", about=RUIZ)]
    assert tags == ["request:submitted", "request:begun"]


def test_what_was_said_about_a_request_does_not_end_with_the_conversation(embedded: Agency) -> None:
    asked(embedded)
    shown = embedded.at("2027-05-20 09:00").screen(RUIZ, "R-1001")
    assert "With Sgt. Okafor since Mar 2 2027 14:10" in shown


@pytest.mark.parametrize("question", ["am i good?", "k thx", "menu", "why", "is it too late?"])
def test_a_question_of_its_own_is_no_reason(embedded: Agency, question: str) -> None:
    embedded.text(RUIZ, "request crisis negotiation school")
    embedded.text(RUIZ, "2")
    embedded.text(RUIZ, question)
    assert life(embedded).stage is RequestStage.DRAFT


def test_one_class_is_shown_at_once_and_words_choose_among_several(embedded: Agency) -> None:
    a_class(embedded, 77, "2027-05-03", "2027-05-04", "Mankato", None, title="Homicide Scene School", seats=0)
    shown = embedded.text(RUIZ, "request homicide scene school")
    assert shown.startswith("Request R-1001: Homicide Scene School, 40 h, 3-4 May 2027, Mankato.")
    assert "No seat is left: if approved, it waits for one." in shown
    embedded.text(LEE, "request crisis negotiation school")
    assert "R-1002: Basic Crisis Negotiation, 40 h, 12-16 Apr 2027" in embedded.text(LEE, "the one in duluth")


def test_what_is_in_no_calendar_is_asked_for_value_by_value(lakemont: Agency) -> None:
    first = lakemont.text(RUIZ, "request underwater search school in Duluth")
    assert first == (
        "Request R-1001: underwater search school, Duluth. Still needed: its dates, the cost. "
        "Reply like: Jun 7-11, $525, or no cost"
    )
    assert "Still needed: the cost." in lakemont.text(RUIZ, "june 3-4")
    assert "Why do you want it?" in lakemont.text(RUIZ, "$400, travel $120")
    assert lakemont.text(RUIZ, "the dive team lost two") == SENT
    values = life(lakemont).values
    assert (values.title, values.place, values.cost) == ("underwater search school", "Duluth", Decimal(520))


def test_a_reason_that_comes_first_is_kept_until_the_rest_is_there(embedded: Agency) -> None:
    embedded.text(RUIZ, "request underwater search school in Duluth jun 3")
    assert "Still needed: the cost." in embedded.text(RUIZ, "R-1001 because the dive team lost two")
    assert embedded.text(RUIZ, "no cost") == "R-1001 sent to Sgt. Okafor. I will tell you either way."
    assert 'Reason: "the dive team lost two".' in embedded.screen(RUIZ, "R-1001")


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("jun 1 2026, $5", "1 Jun 2026 is over already."),
        ("2027-06-11 to 2027-06-07, $5", "Jun 11 2027-Jun 7 2027: its last day would be before its first."),
        ("jun 3, $1e9", "I cannot read that cost"),
        ("jun 3, $1000000000", "I cannot read that cost"),
    ],
)
def test_what_cannot_be_is_asked_for_again(embedded: Agency, said: str, asks: str) -> None:
    embedded.text(RUIZ, "request underwater search school in Duluth")
    assert asks in embedded.text(RUIZ, said)
    assert life(embedded).stage is RequestStage.DRAFT


def test_a_dot_is_no_reason(embedded: Agency) -> None:
    embedded.text(RUIZ, "request crisis negotiation school")
    embedded.text(RUIZ, "2")
    for nothing in (".", "?!", "--"):
        assert "sent to" not in embedded.text(RUIZ, nothing), nothing
    assert life(embedded).stage is RequestStage.DRAFT
    assert "sent to" in embedded.text(RUIZ, "k9 handler spot")


def test_an_appeal_needs_no_because(embedded: Agency) -> None:
    asked(embedded)
    embedded.screen(OKAFOR, "deny R-1001 because nights")
    assert "sent to" not in embedded.text(RUIZ, "appeal R-1001 how")
    assert life(embedded).stage is RequestStage.DENIED
    assert "Lt. Torres" in embedded.screen(RUIZ, "appeal R-1001 nights are covered, Lee offered to swap")
    assert life(embedded).stage is RequestStage.APPEALED


def test_hostile_words_are_kept_and_call_nobody(embedded: Agency) -> None:
    embedded.text(RUIZ, "request crisis negotiation school")
    embedded.text(RUIZ, "1")
    assert "longer than 500 characters" in embedded.text(RUIZ, "x" * 5_000)
    assert life(embedded).stage is RequestStage.DRAFT
    embedded.text(RUIZ, '=HYPERLINK("http://bad.example") @here <!everyone>')
    shown = embedded.screen(RUIZ, "R-1001")
    assert "@here" not in shown
    assert "<!" not in shown
    assert "://" not in shown


def test_a_medical_reason_is_set_aside_and_the_draft_stays(embedded: Agency) -> None:
    embedded.text(RUIZ, "request crisis negotiation school")
    embedded.text(RUIZ, "1")
    answer = embedded.ask(RUIZ, "my doctor diagnosed depression, out until may", SMS)
    assert answer.kind is MessageKind.SPILL
    assert life(embedded).stage is RequestStage.DRAFT
    assert life(embedded).reason_item is None


def test_a_change_goes_its_way_anew_and_what_was_approved_is_void(lakemont: Agency) -> None:
    asked(lakemont)
    _approves(lakemont, OKAFOR)
    assert life(lakemont).at == 1
    changed = lakemont.text(RUIZ, "change R-1001 to April")
    assert changed == (
        "R-1001 changed: dates: 7-11 Jun 2027 -> 12-16 Apr 2027; place: St. Cloud -> Duluth; cost: $525 -> $595. "
        "The approval given before is void. It is with Sgt. Okafor again (step 1 of 2, then P. Nair for cost), "
        "who is shown what changed. I will tell you either way."
    )
    now = life(lakemont)
    assert (now.version, now.at, dict(now.approvals)) == (2, 0, {})
    assert now.before is not None
    assert now.before.place == "St. Cloud"
    # The reason was not said anew, and holds.
    assert 'Reason: "negotiator vacancy, want to apply".' in lakemont.screen(RUIZ, "R-1001")
    assert "says so already" in lakemont.text(RUIZ, "change R-1001: $595")


def _approves(agency: Agency, badge: str, act: RequestAct = RequestAct.APPROVED) -> None:
    """As whoever decides will: the act itself, by that person."""
    acts_as(agency, badge, act, {"step": life(agency).at}, "why not")


@pytest.mark.parametrize(
    "until", ["draft", "sent", "approved once", "approved", "asked", "denied and appealed"]
)
def test_a_request_is_taken_back_wherever_it_stands(embedded: Agency, until: str) -> None:
    if until == "draft":
        embedded.text(RUIZ, "request crisis negotiation school")
        embedded.text(RUIZ, "2")
    else:
        asked(embedded)
    if until.startswith("approved"):
        _approves(embedded, OKAFOR)
    if until == "approved":
        _approves(embedded, NAIR)
    if until == "asked":
        acts_as(embedded, OKAFOR, RequestAct.ASKED, {})
    if until == "denied and appealed":
        _approves(embedded, OKAFOR, RequestAct.DENIED)
        embedded.text(RUIZ, "appeal R-1001 because it is the only class this year")
    assert "R-1001 is withdrawn" in embedded.text(RUIZ, "withdraw R-1001")
    assert life(embedded).stage is RequestStage.WITHDRAWN
    assert "withdrawn already" in embedded.text(RUIZ, "withdraw R-1001")
    assert "sent again to Sgt. Okafor" in embedded.text(RUIZ, "resubmit R-1001") or until == "draft"


def test_words_that_only_wish_take_nothing_back(embedded: Agency) -> None:
    asked(embedded)
    embedded.at("2027-03-03 09:00")
    for said in ("cancel my request", "i cant make the class in june", "cancel"):
        embedded.text(RUIZ, said)
        assert life(embedded).stage is RequestStage.WITH_APPROVER, said
    # Shown, it is what "it" means.
    embedded.text(RUIZ, "R-1001")
    assert "R-1001 is withdrawn" in embedded.text(RUIZ, "withdraw it")


def test_a_question_is_answered_and_a_denial_appealed_once_to_somebody_else(lakemont: Agency) -> None:
    asked(lakemont)
    assert "Nothing is asked about R-1001" in lakemont.text(RUIZ, "answer R-1001 yes")
    acts_as(lakemont, OKAFOR, RequestAct.ASKED, {}, "Who covers?")
    assert "Sgt. Okafor asked something first" in lakemont.text(RUIZ, "R-1001")
    assert "your answer is with Sgt. Okafor" in lakemont.text(RUIZ, "answer R-1001 Lee covers all four")
    assert life(lakemont).stage is RequestStage.WITH_APPROVER

    _approves(lakemont, OKAFOR, RequestAct.DENIED)
    shown = lakemont.screen(RUIZ, "why was R-1001 denied")
    assert 'step 1 denied by Sgt. Okafor: "why not"' in shown
    appealed = lakemont.text(RUIZ, "appeal R-1001 because it is the only class this year")
    assert "your appeal is with Lt. Torres, who did not decide it before" in appealed
    assert "was appealed before" in lakemont.text(RUIZ, "appeal R-1001 because please")


def test_a_supervisor_asks_for_somebody_below_who_may_take_it_back(lakemont: Agency) -> None:
    begun = lakemont.text(OKAFOR, "request crisis negotiation school for Lee")
    assert begun.startswith("Found 2:")
    assert "Request R-1001 for Ofc. S. Lee:" in lakemont.text(OKAFOR, "1")
    sent = lakemont.text(OKAFOR, "he is next in line")
    # Whoever entered it does not decide it.
    assert sent.startswith("R-1001 sent to Lt. Torres (step 1 of 2, then P. Nair for cost).")
    assert "Ofc. S. Lee is told, may withdraw it" in sent
    request = request_of(lakemont)
    assert request.kept.fact.person_id == lakemont.id_of(LEE)
    assert life(lakemont).approvals == {}
    assert "Entered for you by Sgt. Okafor." in lakemont.screen(LEE, "R-1001")
    assert "R-1001 is withdrawn" in lakemont.text(LEE, "withdraw R-1001")


def test_nobody_asks_for_somebody_who_is_not_theirs(embedded: Agency) -> None:
    for said in (
        "request C-9 for Novak",
        "request crisis negotiation school for Novak",
        "request C-9 for Nobody",
    ):
        assert "I know nobody of that name for whom you can ask" in embedded.text(LEE, said)
    with embedded.reading() as conn:
        assert requests.by_number(conn, embedded.agency_id, 1001) is None


def test_what_was_not_sent_is_nobody_elses_yet(embedded: Agency) -> None:
    embedded.text(RUIZ, "request crisis negotiation school")
    embedded.text(RUIZ, "2")
    assert life(embedded).stage is RequestStage.DRAFT
    assert embedded.text(OKAFOR, "R-1001") == embedded.text(OKAFOR, "R-1999").replace("1999", "1001")
    assert "negotiation" not in embedded.text(OKAFOR, "R-1001").casefold()


def test_a_strangers_number_is_answered_as_none(embedded: Agency) -> None:
    asked(embedded)
    there, nowhere = embedded.text(LEE, "R-1001"), embedded.text(LEE, "R-1999")
    assert there == nowhere
    for said in (
        "withdraw R-{}",
        "change R-{} to june",
        "appeal R-{} because no",
        "answer R-{} yes",
        "resubmit R-{}",
    ):
        assert embedded.text(NOVAK, said.format(1001)) == embedded.text(NOVAK, said.format(1999))
    assert life(embedded).stage is RequestStage.WITH_APPROVER
    # The line above and whoever keeps the records read it, and the look is on record.
    assert "R-1001 from Ofc. D. Ruiz:" in embedded.screen(OKAFOR, "R-1001")
    assert "For Ofc. D. Ruiz." in embedded.screen(NAIR, "R-1001")


def test_requests_are_listed_page_by_page(embedded: Agency) -> None:
    for title in ("alpha school", "bravo school", "carol school", "delta school"):
        embedded.text(RUIZ, f"request {title}, jun 3, Duluth, $5")
        embedded.text(RUIZ, "for the team")
    first = embedded.text(RUIZ, "my requests")
    assert first.startswith(
        "4 requests, newest first. R-1004: delta school, waits for a decision with Sgt. Okafor."
    )
    assert "R-1001: alpha school" in embedded.text(RUIZ, "more")


def test_the_form_asks_for_the_same(lakemont: Agency) -> None:
    opened = lakemont.ask(RUIZ, "request")
    assert opened.form is not None
    form: dict[str, tuple[str, ...]] = {
        "request": ("new",),
        "offering": ("0",),
        "title": ("Underwater Search",),
        "starts_on": ("2027-06-09",),
        "ends_on": ("2027-06-07",),
        "place": ("Duluth",),
        "cost-tuition": ("1e9",),
        "reason": ("the team lost two",),
    }
    again = presses(lakemont, RUIZ, "request-form", form=form)
    assert again.form is not None
    assert {name for name, _ in again.form.errors} == {"ends_on", "cost-tuition"}
    right = {**form, "ends_on": ("2027-06-10",), "cost-tuition": ("$1,250",), "cost-backfill": ("300",)}
    sent = as_text(lakemont, presses(lakemont, RUIZ, "request-form", form=right))
    assert sent.startswith("R-1001 sent to Sgt. Okafor (step 1 of 3, then P. Nair for cost, then")
    values = life(lakemont).values
    assert {each.kind: each.amount for each in values.costs} == {
        CostKind.TUITION: Decimal(1250),
        CostKind.BACKFILL: Decimal(300),
    }
    cheaper = {**right, "request": ("1001",), "cost-tuition": ("400",), "reason": ()}
    changed = as_text(lakemont, presses(lakemont, RUIZ, "request-form", form=cheaper))
    assert changed.startswith("R-1001 changed: cost: $1,550 -> $700.")


def test_a_draft_is_spoken_of_once_and_then_listed(embedded: Agency) -> None:
    thread = Destination(channel="slack", address="T0LKM", place="D0214", thread="17.1", account="U0214")
    FrontDesk(embedded.office, embedded.words).answer(
        Interaction(
            agency_id=embedded.agency_id,
            sender=ByBadge(RUIZ),
            channel="slack",
            back=thread,
            text="request underwater search school in Duluth",
        ),
        "Lakemont PD",
    )
    embedded.at("2027-03-05 14:00")
    assert late.remind(embedded.office, embedded.words, limit=9) == 0
    embedded.at("2027-03-05 15:00")
    assert late.remind(embedded.office, embedded.words, limit=9) == 1
    assert late.remind(embedded.office, embedded.words, limit=9) == 0
    assert len(embedded.entries("request:draft-reminded", about=RUIZ)) == 1
    listed = embedded.screen(NAIR, "unsent requests")
    assert "1 request was begun and not sent for three days." in listed
    assert "Ofc. D. Ruiz: underwater search school, not sent" in listed


def test_what_stands_against_the_days_is_shown_and_kept_without_its_reason(lakemont: Agency) -> None:
    person_id = lakemont.id_of(RUIZ)
    court = datetime(2027, 6, 8, 9, tzinfo=LAKEMONT)
    with lakemont.writing() as writer:
        writer.record(
            Leave(
                person_id=person_id, kind="medical", starts_on=date(2027, 6, 10), ends_on=date(2027, 6, 20)
            ),
            WorkSpan(
                person_id=person_id,
                kind=WorkKind.COURT,
                starts_at=court,
                ends_at=court.replace(hour=12),
                zone=LAKEMONT.key,
            ),
        )
    lakemont.text(RUIZ, "request crisis negotiation in june")
    shown = lakemont.screen(RUIZ, "R-1001")
    # On leave nobody works a shift, so two of the four are none.
    assert "Your shifts hit: 2. You are on leave on some of these days. You are in court on 8 Jun." in shown
    lakemont.text(RUIZ, "R-1001 because we need one")
    kept = life(lakemont).found
    found = found_of(kept)
    assert (found.on_leave, found.in_court, len(found.shifts_hit)) == (True, (date(2027, 6, 8),), 2)
    assert found.planned_staffing is not None
    assert "medical" not in str(kept)


def test_a_class_after_the_license_period_closes_nothing_of_it(embedded: Agency) -> None:
    a_class(
        embedded, 78, "2027-07-05", "2027-07-06", "Mankato", "10", title="Zebra School", topics=("autism",)
    )
    shown = embedded.text(RUIZ, "request zebra school")
    assert "Does not close: Autism 4 h, Bias crimes 1 h, elective 1 h." in shown


def test_next_leads_to_a_request_by_its_number(embedded: Agency) -> None:
    assert "Reply REQUEST 1" in embedded.text(RUIZ, "next")
    begun = embedded.text(RUIZ, "request 1")
    assert begun.startswith("Request R-1001: Autism Response, 4 h, 18 Mar 2027, Station 2")
    assert "Closes: Autism 4 h." in begun

"""What people mean when they write about requests for training, in the words in which they write it."""

from db.records.requests import RequestAct
from messages.model import TextField
from messages.plain import plain_text
from tests.scenario.approval_cast import a_desk, asks, nothing_is_checked, says, sends
from tests.scenario.cast import SCREEN, Agency
from tests.scenario.request_cast import LEE, NAIR, OKAFOR, RUIZ, acts_of, asked, life
from training.content.reasons import words_of
from training.requests.life import RequestStage

A = RequestAct
SCHOOL = "request crisis negotiation school"
CLOUD, DULUTH = "7-11 Jun 2027, St. Cloud", "12-16 Apr 2027, Duluth"
ASKED = "ask R-1001 can you swap the 10th?"


def written(agency: Agency, act: RequestAct) -> str:
    """The words that are kept with the last act of this kind."""
    item_id = acts_of(agency, act)[-1].fact.item_id or 0
    with agency.reading() as conn:
        return words_of(agency.office, conn, agency.agency_id, [item_id])[item_id]


def begins(agency: Agency, *said: str) -> str:
    """What the last of these is answered, at the terminal."""
    answers = [says(agency, RUIZ, each) for each in said]
    return answers[-1]


def test_whoever_may_decide_it_gets_the_card_and_everybody_else_how_it_stands(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    asked(embedded)
    forms = ("R-1001", "show me R-1001", "status of R-1001", "r1001?", "who has R-1001", "approve R-1001?")
    for said in (*forms, "\u00bfc\u00f3mo va la R-1001?"):
        card = embedded.ask(OKAFOR, said)
        assert [each.label for each in card.actions][:2] == ["Approve", "Deny with reason"], said
    for badge in (RUIZ, NAIR):
        assert "With Sgt. Okafor since" in embedded.screen(badge, "show me R-1001")
    assert "no such request" in embedded.screen(LEE, "show me R-1001")
    assert life(embedded).stage is RequestStage.WITH_APPROVER


def test_the_card_of_a_later_step_says_what_was_decided_before(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    asked(embedded)
    says(embedded, OKAFOR, "approve R-1001 because nights are covered")
    shown = embedded.screen(NAIR, "R-1001")
    assert "Approve (approve R-1001 because ...)" in shown
    assert 'step 1 approved by Sgt. Okafor: "nights are covered"' in shown
    assert "Approve (" not in embedded.screen(OKAFOR, "R-1001")


def test_words_are_kept_as_they_were_written_with_what_they_quote(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    asked(embedded)
    says(embedded, OKAFOR, 'ask R-1001 did Lee say "any time"?')
    assert written(embedded, A.ASKED) == 'did Lee say "any time"?'
    says(embedded, RUIZ, 'answer R-1001 he said "mostly".')
    assert written(embedded, A.ANSWERED) == 'he said "mostly"'
    says(embedded, OKAFOR, "deny R-1001 because the memo says \u201cno travel in June\u201d.")
    assert written(embedded, A.DENIED) == 'the memo says "no travel in June"'


def test_words_about_discipline_are_shown_before_the_officer_reads_them(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    asked(embedded)
    for why in ("he is on a PIP", "IA has him", "there is an open complaint"):
        shown = says(embedded, OKAFOR, f"deny R-1001 because {why}")
        assert shown.startswith("R-1001: Ofc. D. Ruiz reads these words, and they stay on record.")
        assert f'You wrote: "{why}".' in shown
        assert life(embedded).stage is RequestStage.WITH_APPROVER
    # Other words are other words, and the same ones once more are meant.
    assert "Nothing is decided yet" in says(embedded, OKAFOR, "deny R-1001 because IA has him")
    assert "denied by Sgt. Okafor" in says(embedded, OKAFOR, "deny R-1001 because IA has him.")
    assert written(embedded, A.DENIED) == "IA has him"


def test_a_question_a_note_and_the_forms_are_shown_first_as_well(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    asked(embedded)
    for said in ("ask R-1001 is that your grievance?", "approve R-1001 because he was reprimanded already"):
        assert "Nothing is decided yet" in says(embedded, OKAFOR, said)
    shown = embedded.ask(OKAFOR, "deny R-1001 because he is on a PIP").form
    # The form that comes with it is filled in.
    assert shown is not None
    assert [each.value for each in shown.fields if isinstance(each, TextField)] == ["he is on a PIP"]
    bare = {"request": (f"1001/{life(embedded).last.fact.position}",), "words": ("he is insubordinate",)}
    decided = {**bare, "decision": ("deny",)}
    assert "stay on record" in sends(embedded, OKAFOR, "deny-request", bare)
    # Something else in between, and it is shown once more.
    embedded.ask(OKAFOR, "menu")
    assert "stay on record" in sends(embedded, OKAFOR, "open-request", decided)
    assert life(embedded).stage is RequestStage.WITH_APPROVER
    assert "denied by Sgt. Okafor" in sends(embedded, OKAFOR, "open-request", decided)


def test_what_is_written_where_a_question_came_last_is_its_answer(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    desk = a_desk(embedded)
    asks(embedded)
    for said in ("yes, Lee takes it", "yes", "I will ask around tomorrow", "R-1001 no"):
        says(embedded, OKAFOR, ASKED)
        desk.deliver()
        assert "your answer is with Sgt. Okafor" in says(embedded, RUIZ, said)
        assert written(embedded, A.ANSWERED) == said.removeprefix("R-1001 ")
    assert 'Answer: "no".' in embedded.screen(OKAFOR, "R-1001")


def test_what_is_written_after_a_question_was_shown_is_its_answer(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    asked(embedded)
    for shows in ("what is waiting for me", "R-1001"):
        says(embedded, OKAFOR, ASKED)
        assert '"can you swap the 10th?"' in says(embedded, RUIZ, shows)
        assert "your answer is with Sgt. Okafor" in says(embedded, RUIZ, "yes")


def test_a_command_is_no_answer(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    desk = a_desk(embedded)
    asks(embedded)
    says(embedded, OKAFOR, ASKED)
    desk.deliver()
    for said in ("am i good?", "next", "request autism class", "menu", "withdraw R-1001"):
        says(embedded, RUIZ, said)
        assert not acts_of(embedded, A.ANSWERED), said


def test_words_that_came_elsewhere_are_passed_to_nobody_and_the_question_is_said_again(
    embedded: Agency,
) -> None:
    nothing_is_checked(embedded)
    asked(embedded)
    says(embedded, OKAFOR, ASKED)
    said = embedded.text(RUIZ, "talked to lee about it")
    assert said.startswith("A question waits for your answer. What you wrote was sent to nobody.")
    assert 'Sgt. Okafor asks about R-1001: "can you swap the 10th?".' in said
    assert not acts_of(embedded, A.ANSWERED)
    assert "your answer is with Sgt. Okafor" in embedded.text(RUIZ, "Lee takes it")


def test_of_two_open_questions_none_is_answered_by_a_bare_yes(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    desk = a_desk(embedded)
    asked(embedded)
    asks(embedded)
    for number in (1001, 1002):
        says(embedded, OKAFOR, f"ask R-{number} are you rested?")
    desk.deliver()
    said = says(embedded, RUIZ, "yes")
    assert "2 questions wait for your answer." in said
    assert "ANSWER R-1001" in said
    assert "ANSWER R-1002" in said
    assert not [*acts_of(embedded, A.ANSWERED), *acts_of(embedded, A.ANSWERED, 1002)]
    assert "R-1002: your answer" in says(embedded, RUIZ, "R-1002 yes")


def test_an_answer_that_comes_late_or_from_a_stranger_changes_nothing(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    asked(embedded)
    says(embedded, OKAFOR, ASKED)
    assert says(embedded, LEE, "R-1001 yes he can") == says(embedded, LEE, "R-1999 yes he can")
    says(embedded, OKAFOR, "deny R-1001 because nights")
    assert "Denied by Sgt. Okafor" in says(embedded, RUIZ, "R-1001 yes i can")


def test_a_class_is_chosen_by_its_place_its_cost_or_its_day(embedded: Agency) -> None:
    chosen = {"the second": CLOUD, "la segunda": CLOUD, "first one please": DULUTH, "the cheaper one": CLOUD}
    for said, shown in (chosen | {"the earliest": DULUTH}).items():
        assert shown in begins(embedded, SCHOOL, said), said


def test_a_list_that_nothing_is_chosen_from_stays(embedded: Agency) -> None:
    begins(embedded, SCHOOL)
    for said in ("9", "0", "-1", "1.5", "yes", "both", "1 or 2 dont care", "the third"):
        assert begins(embedded, said).startswith("One request is for one class. Which one?"), said
    assert CLOUD in begins(embedded, "2")


def test_of_two_classes_in_one_sentence_the_first_is_begun_and_the_other_is_named(embedded: Agency) -> None:
    said = begins(embedded, "request the autism class and the negotiation school in june")
    assert said.startswith("These are 2 classes, and each is a request of its own. This is about the first.")
    assert "Autism Response" in said
    assert "For the next, reply REQUEST the negotiation school in june." in said
    described = begins(embedded, "request the homicide school and the arson course in May, Duluth, $400")
    assert "Request R-1001: homicide school." in described
    assert "REQUEST the arson course in May, Duluth, $400" in described


def test_a_class_that_is_over_is_said_to_be_and_the_later_ones_are_shown(embedded: Agency) -> None:
    embedded.at("2027-03-19 09:00")
    said = begins(embedded, "request the autism class on march 18")
    assert said.startswith("18 Mar 2027 is over already.")
    assert "Found 1: (1) Autism Response, 4 h, 18 May 2027" in said
    described = begins(embedded, "request taser instructor feb 10 in Mankato $400")
    assert "10 Feb 2027 is over already." in described
    assert "Why do you want it?" not in described


def test_a_day_that_cannot_be_is_asked_for_again_and_nothing_is_sent(embedded: Agency) -> None:
    said = begins(embedded, "request swat basic 30 feb 2028 to 2 mar 2028 camp ripley $0")
    assert "Request R-1001: swat basic, camp ripley, $0." in said
    assert "There is no 30 feb 2028. Which day is it?" in said
    assert "There is no april 31." in begins(embedded, "april 31")
    assert "Why do you want it?" in begins(embedded, "mar 1 2028 to mar 2 2028")
    said = begins(embedded, "request patrol rifle monday june 8 2027 in St. Cloud $120")
    assert '"monday" does not fit: that day is Tue Jun 8 2027.' in said


def test_a_rate_is_asked_about_and_the_number_that_answers_presses_no_button(embedded: Agency) -> None:
    first = embedded.ask(RUIZ, "request Reid, 3-5 May 2027, Brooklyn Park, tuition $595, hotel $120 a night")
    assert not first.actions
    assert '"hotel $120 a night": for how many, and how much is that in all?' in plain_text(first, SCREEN)
    assert "Request R-1001: Reid, 3-5 May 2027, Brooklyn Park, $955." in begins(embedded, "3")
    assert "sent to Sgt. Okafor" in begins(embedded, "detective test")


def test_a_bare_day_where_the_reason_is_asked_for_puts_the_draft_right(embedded: Agency) -> None:
    described = "request street survival seminar 3/4/27 in Edina $229"
    assert "3 Apr 2027, Edina, $229." in begins(embedded, described, "april 3")
    assert "3 Apr 2027, Edina, $250." in begins(embedded, "$250")
    assert "sent to" in begins(embedded, "for the team")
    assert DULUTH in begins(embedded, SCHOOL, "2", "april 12")


def test_a_value_that_fits_no_class_is_no_reason_and_neither_is_none(embedded: Agency) -> None:
    begins(embedded, SCHOOL, "2")
    for said in ("0800", "april 3", "525"):
        assert "and not as a reason" in begins(embedded, said)
    for said in ("idk", "no reason", "n/a"):
        assert "why is it wanted?" in begins(embedded, said)
    assert life(embedded).stage is RequestStage.DRAFT
    assert "sent to" in begins(embedded, "negotiator vacancy")


def test_cancel_where_a_reason_is_asked_for_gives_the_draft_up_and_by_text_it_is_the_carriers(
    embedded: Agency,
) -> None:
    embedded.text(RUIZ, "request autism class")
    embedded.text(RUIZ, "1")
    embedded.text(RUIZ, "CANCEL")
    assert life(embedded).stage is RequestStage.DRAFT
    assert "R-1002 is withdrawn; it was never sent." in begins(embedded, SCHOOL, "2", "cancel")


def test_a_change_names_the_other_dates_by_their_place(embedded: Agency) -> None:
    asked(embedded)
    said = begins(embedded, "change R-1001 to the duluth dates")
    assert "dates: 7-11 Jun 2027 -> 12-16 Apr 2027" in said


def test_what_waits_is_asked_for_in_many_words_and_nothing_is_decided_all_at_once(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    asked(embedded)
    for said in ("what is waiting", "what's on my plate", "anything for me to approve?", "que hay pendiente"):
        assert "R-1001" in says(embedded, OKAFOR, said), said
    assert "Nothing waits for your decision." in says(embedded, LEE, "what is waiting")
    for said in ("approve all", "approve everything", "deny all of them", "approve all requests"):
        answer = says(embedded, OKAFOR, said)
        assert answer.startswith("Requests are decided one by one, each by its number. Nothing was decided.")
        assert "Begin with: open R-1001" in answer
    assert life(embedded).stage is RequestStage.WITH_APPROVER


def test_of_two_that_wait_no_sentence_decides_one_and_is_silent_about_the_other(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    asked(embedded)
    asks(embedded)
    says(embedded, OKAFOR, "what is waiting")
    for said in ("approve", "approve R-1001 and R-1002 because both fit", "approve R-1002 and deny R-1001"):
        answer = says(embedded, OKAFOR, said)
        assert "Nothing was decided." in answer, said
        assert "R-1001" in answer
        assert "R-1002" in answer
    assert not [*acts_of(embedded, A.APPROVED), *acts_of(embedded, A.APPROVED, 1002)]


def test_a_change_to_what_it_is_already_voids_no_approval(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    asked(embedded)
    says(embedded, OKAFOR, "approve R-1001 because nights are covered")
    assert "R-1001 says so already. Nothing changed." in begins(
        embedded, "change R-1001 to 7-11 june st cloud"
    )
    assert life(embedded).approvals


def test_a_title_may_stand_in_quotation_marks(embedded: Agency) -> None:
    said = begins(embedded, "request \u201cStreet Survival\u201d seminar, 3-5 May 2027, Duluth, $650")
    assert "Request R-1001: Street Survival seminar, 3-5 May 2027, Duluth, $650." in said


def test_what_a_request_costs_is_told_to_whoever_may_see_it(embedded: Agency) -> None:
    described = "request Reid, 3-5 May 2027, Brooklyn Park, tuition $595, hotel 2 nights at $120"
    begins(embedded, described, "test")
    for badge in (RUIZ, OKAFOR, NAIR):
        assert "R-1001 asks for $835: Tuition $595, Lodging $240." in says(embedded, badge, "cost of R-1001")
    assert says(embedded, LEE, "cost of R-1001") == says(embedded, LEE, "cost of R-1999")
    begins(embedded, "request Reid 2, 3-5 May 2027, Brooklyn Park")
    assert "R-1002: no cost is named." in begins(embedded, "how much is R-1002?")


def test_a_request_is_made_followed_and_decided_in_spanish(embedded: Agency) -> None:
    nothing_is_checked(embedded)
    begun = begins(embedded, "quiero pedir la clase de autismo del 18 de marzo, por favor")
    assert begun.startswith("Request R-1001: Autism Response, 4 h, 18 Mar 2027")
    assert "sent to Sgt. Okafor" in begins(embedded, "cierra mis horas")
    assert CLOUD in begins(embedded, "quiero solicitar el curso de negociaci\u00f3n", "la segunda")
    assert "With Sgt. Okafor since" in begins(embedded, "estado de mi solicitud", "estado de R-1001")
    says(embedded, OKAFOR, "preguntar R-1001 \u00bfpuede cambiar el turno?")
    assert written(embedded, A.ASKED) == "\u00bfpuede cambiar el turno?"
    assert "your answer is with" in begins(embedded, "que hay pendiente", "s\u00ed")
    assert "R-1001 step 1 approved" in says(embedded, OKAFOR, "aprobar R-1001 porque hay personal")
    assert written(embedded, A.APPROVED) == "hay personal"
    assert "R-1002 is withdrawn" in begins(embedded, "ya no quiero ir, retira mi solicitud R-1002")
    described = begins(embedded, "necesito pedir una clase de taser en Mankato 7-11 de junio $500")
    assert "taser, 7-11 Jun 2027, Mankato, $500." in described

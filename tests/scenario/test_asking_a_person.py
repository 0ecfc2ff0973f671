"""An officer asks for a person, somebody answers, and the answer comes back to where it was asked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.integrity import check_integrity
from db.queries import ledger, tickets
from db.queries.context import ByBadge
from db.records.facts import ChannelAccount, Disclosure, MatchedBy
from db.records.ledger import Delivery, Destination
from db.records.tickets import TicketKind, TicketState
from db.tables import conversation
from handlers import tickets as handled
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from handlers.routing import Answered, Asked, Router
from handlers.table import ROUTER
from messages.kinds import MessageKind
from messages.model import Button, Message
from messages.plain import plain_text
from tests.scenario.cast import LONG_AGO, SMS, Agency
from tests.scenario.walls_cast import is_protected
from training.asking import Question, asking
from training.content.quarantine import set_aside
from training.ledger.saying import opened_body
from training.office import shared_now
from training.sealed.sealing import keep_text

RUIZ, OKAFOR, NAIR, PARK = "214", "77", "902", "905"
THREAD = Destination(
    channel="slack", address="T0LKM", place="D0214", thread="1790000000.000100", account="U0214"
)


def said(message: Message) -> str:
    return plain_text(message, "terminal")


def ask_in(agency: Agency, badge: str, text: str, back: Destination = THREAD) -> Message:
    """Asked in a thread that an answer can come back to."""
    interaction = Interaction(
        agency_id=agency.agency_id,
        sender=ByBadge(badge),
        channel=back.channel,
        place=back.thread,
        back=back,
        text=text,
    )
    return FrontDesk(agency.office, agency.words).answer(interaction, "Lakemont PD")


def send_form(agency: Agency, badge: str, **entered: str) -> Message:
    interaction = Interaction(
        agency_id=agency.agency_id,
        sender=ByBadge(badge),
        channel="terminal",
        action="answer-ticket",
        form={name: (value,) for name, value in entered.items()},
    )
    return FrontDesk(agency.office, agency.words).answer(interaction, "Lakemont PD")


def has_account(agency: Agency, badge: str) -> None:
    person_id = agency.id_of(badge)
    with agency.writing() as writer:
        writer.record(
            ChannelAccount(
                person_id=person_id,
                channel="slack",
                address="T0LKM",
                account=f"U0{badge}",
                matched_by=MatchedBy.EMAIL,
            )
        )


def of(agency: Agency, badge: str) -> Sequence[TicketState]:
    with agency.reading() as conn:
        return tickets.of_person(conn, agency.agency_id, agency.id_of(badge), limit=100)


def sent_to(agency: Agency, badge: str) -> list[Delivery]:
    person_id = agency.id_of(badge)
    with agency.reading() as conn:
        found = ledger.deliveries(conn, agency.agency_id)
    return [each for each in found if each.person_id == person_id]


def written_to(agency: Agency, badge: str) -> list[Message]:
    """What waits to be sent to somebody, opened."""
    person_id = agency.id_of(badge)
    with agency.office.engine.begin() as conn:
        now = shared_now(agency.office, conn)
        claims = ledger.claim(conn, now=now, owner="test", until=now + timedelta(minutes=1), limit=50)
    return [opened_body(agency.office.keys, each) for each in claims if each.person_id == person_id]


def test_human_names_who_answers_and_the_conversation_reaches_them(embedded: Agency) -> None:
    has_account(embedded, NAIR)
    ask_in(embedded, RUIZ, "am i good")
    answer = said(ask_in(embedded, RUIZ, "human"))
    assert "H-1 is with P. Nair now" in answer
    assert "I cannot promise a time." in answer

    (message,) = written_to(embedded, NAIR)
    assert message.kind is MessageKind.TICKET
    assert "am i good" in said(message)
    assert "NOT YET" in said(message)
    (opened,) = embedded.entries("ticket:opened")
    assert opened.subject_id == embedded.id_of(RUIZ)
    assert opened.data == {"number": 1, "told": [embedded.id_of(NAIR)]}
    assert [each.about for each in sent_to(embedded, NAIR)] == ["ticket 1"]
    assert check_integrity(embedded.office.engine) == ()


def test_the_answer_goes_back_to_the_same_conversation(embedded: Agency) -> None:
    ask_in(embedded, RUIZ, "i need to talk to a person about the range")
    done = embedded.ask(NAIR, "answer H-1 The range is yours at 9:00. Bring water.")
    assert "goes to Officer Ruiz where it was asked" in said(done)

    (delivery,) = sent_to(embedded, RUIZ)
    assert delivery.route == THREAD
    (message,) = written_to(embedded, RUIZ)
    assert "P. Nair: The range is yours at 9:00. Bring water." in said(message)
    assert of(embedded, RUIZ)[0].ended_by is not None
    (answered,) = embedded.entries("ticket:answered")
    assert answered.subject_id == embedded.id_of(RUIZ)
    assert answered.data == {"number": 1, "closes": True, "answer": of(embedded, RUIZ)[0].answers[0].id}
    assert delivery.about == "ticket 1"
    assert check_integrity(embedded.office.engine) == ()


def test_at_a_door_that_carries_nothing_the_answer_is_shown_once_when_the_person_next_writes(
    lakemont: Agency,
) -> None:
    lakemont.ask(RUIZ, "human")
    lakemont.ask(NAIR, "answer H-1 Come by at three.")
    assert sent_to(lakemont, RUIZ) == []

    assert "Reply MY TICKETS" in lakemont.text(RUIZ, "am i good")
    assert "Come by at three." in said(lakemont.ask(RUIZ, "am i good"))
    assert "Come by at three." not in said(lakemont.ask(RUIZ, "am i good"))
    assert "Come by at three." in said(lakemont.ask(RUIZ, "my tickets"))


def test_who_asks_for_their_questions_has_seen_the_answers(embedded: Agency) -> None:
    embedded.ask(RUIZ, "human")
    embedded.ask(NAIR, "answer H-1 Come by at three.")
    assert "Come by at three." in said(embedded.ask(RUIZ, "my tickets"))
    assert "Come by at three." not in said(embedded.ask(RUIZ, "am i good"))


def test_an_answer_that_leaves_it_open_is_followed_by_another(embedded: Agency) -> None:
    ask_in(embedded, RUIZ, "human")
    first = send_form(embedded, NAIR, ticket="1", words="I am asking the range.", after="stays-open")
    assert first.kind is MessageKind.TICKET_ANSWERED
    assert of(embedded, RUIZ)[0].ended_by is None
    send_form(embedded, NAIR, ticket="1", words="It is yours.", after="closes")
    assert len(of(embedded, RUIZ)[0].answers) == 2
    assert len(written_to(embedded, RUIZ)) == 1  # in turn: the second waits for the first
    assert len(sent_to(embedded, RUIZ)) == 2


def test_a_form_without_words_says_so_beside_the_field_and_sends_nothing(embedded: Agency) -> None:
    embedded.ask(RUIZ, "human")
    again = send_form(embedded, NAIR, ticket="1", words=" ", after="closes")
    assert again.form is not None
    assert [name for name, _ in again.form.errors] == ["words"]
    assert of(embedded, RUIZ)[0].answers == ()
    too_long = send_form(embedded, NAIR, ticket="1", words="x" * 2001, after="closes")
    assert too_long.form is not None
    assert [name for name, _ in too_long.form.errors] == ["words"]


def test_what_is_not_taken_is_said_in_a_plain_sentence(embedded: Agency) -> None:
    embedded.ask(RUIZ, "human")
    assert "No question of this number" in said(embedded.ask(NAIR, "answer H-99 hello there"))
    assert embedded.ask(RUIZ, "answer H-1 I know").kind is MessageKind.NOT_ALLOWED
    assert embedded.ask(OKAFOR, "answer H-1 I know").kind is MessageKind.NOT_ALLOWED
    embedded.ask(NAIR, "human")
    assert "your own question" in said(embedded.ask(NAIR, "answer H-2 I answer myself"))
    assert "over 2000 characters" in said(embedded.ask(NAIR, "answer H-1 " + "word " * 500))
    embedded.ask(NAIR, "answer H-1 first")
    assert "was answered by P. Nair" in said(embedded.ask(PARK, "answer H-1 second"))
    assert len(of(embedded, RUIZ)[0].answers) == 1


def test_a_coordinator_sees_what_waits_and_opens_it_by_number(embedded: Agency) -> None:
    embedded.ask(RUIZ, "am i good")
    embedded.ask(RUIZ, "i want to talk to somebody about my range score")
    assert "1 question waits for your answer" in said(embedded.ask(NAIR, "help"))
    listed = embedded.ask(NAIR, "tickets")
    assert "range score" in said(listed)
    opened = embedded.ask(NAIR, "H-1")
    assert "am i good" in said(opened)
    assert [entry.data["ticket"] for entry in embedded.entries("record:viewed", about=RUIZ)] == [1]
    assert "a question of yours" in said(embedded.ask(RUIZ, "who saw my record"))
    assert embedded.ask(RUIZ, "tickets").kind is MessageKind.NOT_ALLOWED


def test_nobody_at_the_training_desk_loses_nothing(embedded: Agency) -> None:
    for badge in (NAIR, PARK):
        embedded.leaves(badge, date(2027, 2, 1))
    answer = said(embedded.ask(RUIZ, "human"))
    assert "Nobody is training coordinator right now" in answer
    assert len(of(embedded, RUIZ)) == 1


def test_a_coordinator_who_is_the_only_one_reads_that_the_question_is_their_own(embedded: Agency) -> None:
    assert "nobody else answers yet" not in said(embedded.ask(NAIR, "human"))
    embedded.leaves(PARK, date(2027, 2, 1))
    embedded.clock.at += timedelta(hours=1)
    assert "nobody else answers yet" in said(embedded.ask(NAIR, "human"))


def test_human_said_again_is_the_same_wish(embedded: Agency) -> None:
    embedded.ask(RUIZ, "human")
    assert "H-1 is with P. Nair already" in said(embedded.ask(RUIZ, "0"))
    assert len(of(embedded, RUIZ)) == 1
    embedded.ask(RUIZ, "i need to talk to a person about my range score")
    assert len(of(embedded, RUIZ)) == 2


def test_despair_tells_nobody_and_one_word_asks_for_a_call_without_the_words(embedded: Agency) -> None:
    has_account(embedded, NAIR)
    answer = ask_in(embedded, RUIZ, "i cant do this anymore")
    assert "988" in said(answer)
    assert "I have told nobody" in said(answer)
    assert answer.form is None
    assert of(embedded, RUIZ) == ()
    assert written_to(embedded, NAIR) == []

    told = said(ask_in(embedded, RUIZ, "human"))
    assert "Nothing you wrote goes along." in told
    (ticket,) = of(embedded, RUIZ)
    assert ticket.kept.fact.kind is TicketKind.DISTRESS
    assert ticket.kept.fact.item_id is None
    (message,) = written_to(embedded, NAIR)
    assert "cant do this" not in said(message)
    assert "am i good" not in said(message)
    assert "cant do this" not in said(embedded.ask(NAIR, "H-1"))


def test_words_of_despair_never_go_along_with_a_later_question(embedded: Agency) -> None:
    embedded.ask(RUIZ, "i want to kill myself")
    embedded.ask(RUIZ, "am i good")
    embedded.ask(RUIZ, "i need to talk to a person about the range")
    opened = said(embedded.ask(NAIR, "H-1"))
    assert "am i good" in opened
    assert "kill" not in opened


def test_the_log_does_not_tell_despair_from_danger(embedded: Agency) -> None:
    embedded.ask(RUIZ, "i want to kill myself")
    embedded.ask(RUIZ, "officer down")
    despair, danger = (entry.data["kind"] for entry in embedded.entries("question:answered")[:2])
    assert despair == danger


def test_what_is_remembered_does_not_tell_despair_from_danger_either(embedded: Agency) -> None:
    def remembered() -> tuple[object, ...]:
        with embedded.reading() as conn:
            return tuple(conn.execute(select(conversation.c.topic, conversation.c.payload)).one())

    embedded.ask(RUIZ, "i want to kill myself")
    despair = remembered()
    embedded.ask(RUIZ, "officer down")
    assert remembered() == despair


def test_after_two_misses_a_person_is_offered_and_reads_what_was_missed(embedded: Agency) -> None:
    embedded.ask(RUIZ, "flurb the grommet")
    missed = embedded.ask(RUIZ, "grommet the flurb")
    offered = next(each for each in missed.actions if isinstance(each, Button) and each.route == "human")
    assert "H-1 is kept for P. Nair" in said(embedded.press(RUIZ, offered))
    opened = said(embedded.ask(NAIR, "H-1"))
    assert "flurb the grommet" in opened
    assert "grommet the flurb" in opened


def test_the_agency_says_how_to_reach_its_peers_and_when_a_person_answers(embedded: Agency) -> None:
    office = replace(embedded.office, peer_support="call 555-0100", answer_time="by tomorrow noon")
    place = replace(embedded, office=office)
    assert "Peer support: call 555-0100." in said(place.ask(RUIZ, "i want to end it"))
    assert "You hear from a person by tomorrow noon." in said(place.ask(OKAFOR, "human"))


def test_what_was_set_aside_does_not_go_along(embedded: Agency) -> None:
    embedded.ask(RUIZ, "am i good ssn 123-45-6789")
    embedded.ask(RUIZ, "what is my next deadline")
    embedded.ask(RUIZ, "am i good")
    item_id = embedded.entries("question:answered")[0].data["asked"]["item"]
    with asking(embedded.office, embedded.agency_id, ByBadge(NAIR), "terminal") as question:
        assert question is not None
        set_aside(question, item_id)
    embedded.ask(RUIZ, "i need to talk to a person about the range")
    opened = said(embedded.ask(NAIR, "H-1"))
    assert "next deadline" in opened
    assert "123-45" not in opened
    assert "am i good" not in opened


def test_somebody_in_a_protected_assignment_is_answered_by_the_records_desk_alone(embedded: Agency) -> None:
    is_protected(embedded, RUIZ)
    has_account(embedded, NAIR)
    answer = said(embedded.ask(RUIZ, "human"))
    assert "Nair" not in answer
    assert "Park" in answer
    assert written_to(embedded, NAIR) == []
    assert "Nothing waits" in said(embedded.ask(NAIR, "tickets"))
    assert "No question of this number" in said(embedded.ask(NAIR, "H-1"))
    assert "No question of this number" in said(embedded.ask(NAIR, "answer H-1 hello"))
    assert "Ruiz" in said(embedded.ask(PARK, "tickets"))


def test_a_decision_that_discloses_somebody_lets_the_coordinator_answer(embedded: Agency) -> None:
    is_protected(embedded, RUIZ)
    ids = embedded.id_of(RUIZ), embedded.id_of(NAIR)
    with embedded.writing() as writer:
        why = keep_text(writer, embedded.office.keys, ids[1], "joint task force")
        writer.record(Disclosure(person_id=ids[0], viewer_id=ids[1], reason_item_id=why, valid_from=LONG_AGO))
    assert "P. Nair" in said(embedded.ask(RUIZ, "human"))
    assert "Ruiz" in said(embedded.ask(NAIR, "tickets"))


def test_what_shows_somebody_protected_does_not_go_along(embedded: Agency) -> None:
    is_protected(embedded, RUIZ)
    has_account(embedded, NAIR)
    embedded.ask(PARK, "how is ruiz")
    embedded.ask(PARK, "i need to talk to a person about the range")
    (sent,) = written_to(embedded, NAIR)
    assert "ruiz" not in said(sent).casefold()
    opened = said(embedded.ask(NAIR, "H-1"))
    assert "Ruiz" not in opened
    assert "ruiz" not in opened


def test_what_cannot_be_answered_yet_is_passed_to_a_person(embedded: Agency) -> None:
    answer = said(ask_in(embedded, RUIZ, "my autism class on march 18 is missing from my record"))
    assert "H-1 is kept for P. Nair" in answer
    (ticket,) = of(embedded, RUIZ)
    assert (ticket.kept.fact.kind, ticket.kept.fact.about) == (TicketKind.QUESTION, "dispute")
    assert "autism class on march 18" in said(embedded.ask(NAIR, "tickets"))


@pytest.mark.parametrize(
    "text",
    [
        *("next", "snooze", "1187", "thanks", "am i good", "who answers", "feedback"),
        # A slip of the hand, one word, a question, and what is answered whole.
        *("attach /nonexistent.pdf", "mileage", "what is the pursuit policy", "stop", "link phone"),
    ],
)
def test_what_asks_nothing_of_a_person_opens_nothing(embedded: Agency, text: str) -> None:
    embedded.ask(RUIZ, text)
    assert of(embedded, RUIZ) == ()


def test_that_a_record_is_wrong_reaches_a_person(embedded: Agency) -> None:
    answer = said(embedded.ask(RUIZ, "my record is wrong"))
    assert "Reply LIST for its lines" in answer
    assert "H-1" in answer


def test_whoever_coordinates_is_not_sent_to_themselves(embedded: Agency) -> None:
    for text in ("add a completion for ruiz", "transcript ruiz", "book a hotel for ruiz"):
        answer = said(embedded.ask(NAIR, text))
        assert "Nair" not in answer, answer
    assert of(embedded, NAIR) == ()
    embedded.ask(NAIR, "xyzzy")
    assert "HUMAN asks L. Park to help." in said(embedded.ask(NAIR, "xyzzy"))


def test_stop_in_chat_says_what_is_sent_without_a_question(embedded: Agency) -> None:
    officer, coordinator = (said(embedded.ask(badge, "stop")) for badge in (RUIZ, NAIR))
    assert "news of a certificate" in officer
    assert "Texts end with STOP" in officer
    assert "something waits for you" not in officer
    assert "something waits for you" in coordinator


def test_a_phone_is_linked_to_nothing_where_texts_are_not_set_up(embedded: Agency) -> None:
    assert "Texts are not set up at this agency" in said(embedded.ask(RUIZ, "link phone"))


def test_nobody_buries_the_desk(embedded: Agency) -> None:
    for number in range(12):
        embedded.ask(RUIZ, f"my autism class on march {number + 1} is missing from my record")
    assert len(of(embedded, RUIZ)) == 10


def test_feedback_is_kept_with_the_thread_in_which_it_was_written(lakemont: Agency) -> None:
    answer = ask_in(lakemont, RUIZ, "feedback: the useless list is too long for matter 27-118")
    assert "Kept as H-1" in said(answer)
    (ticket,) = of(lakemont, RUIZ)
    fact = ticket.kept.fact
    assert fact.kind is TicketKind.FEEDBACK
    assert (fact.channel, fact.address, fact.place, fact.thread) == (
        THREAD.channel, THREAD.address, THREAD.place, THREAD.thread,
    )  # fmt: skip
    assert "the useless list is too long for matter 27-118" in said(lakemont.ask(NAIR, "H-1"))


def test_danger_in_feedback_is_danger(embedded: Agency) -> None:
    assert embedded.ask(RUIZ, "feedback i want to kill myself").kind is MessageKind.EMERGENCY
    assert of(embedded, RUIZ) == ()


def test_an_answer_is_handed_on_to_the_last_word(embedded: Agency) -> None:
    ask_in(embedded, RUIZ, "human")
    embedded.ask(NAIR, "answer H-1: need backup gun qual by June 3 for matter 27-118")
    (message,) = written_to(embedded, RUIZ)
    assert "need backup gun qual by June 3 for matter 27-118" in said(message)


def test_a_number_in_an_answer_that_must_not_be_here_is_not_sent(embedded: Agency) -> None:
    ask_in(embedded, RUIZ, "human")
    assert embedded.ask(NAIR, "answer H-1 your ssn is 123-45-6789").kind is MessageKind.SPILL
    assert sent_to(embedded, RUIZ) == []


@pytest.mark.parametrize("text", ["human", "who answers", "0", "feedback you are slow", "tickets", "H-1"])
def test_a_stranger_learns_of_nobody(embedded: Agency, text: str) -> None:
    embedded.ask(RUIZ, "human")
    answer = said(embedded.ask("99999", text))
    assert answer == said(embedded.ask("99999", "am i good"))
    assert "Nair" not in answer
    assert len(of(embedded, RUIZ)) == 1


def test_despair_of_a_stranger_is_answered_and_names_nobody(embedded: Agency) -> None:
    answer = said(embedded.ask("99999", "i want to end it all"))
    assert "988" in answer
    assert "HUMAN" not in answer


@pytest.mark.parametrize("text", ["fuck you", "you useless bot", "this is bullshit"])
def test_abuse_is_met_calmly_with_a_person(embedded: Agency, text: str) -> None:
    answer = embedded.ask(RUIZ, text)
    assert answer.kind is MessageKind.OUT_OF_SCOPE
    assert "P. Nair can help" in said(answer)
    assert answer.actions[0].label == "Ask a person"


def test_two_who_ask_at_once_have_a_number_each(lakemont: Agency) -> None:
    """Between the reading and the writing of one wish another is made: it is read again, and nothing is lost."""
    meanwhile = iter([OKAFOR])

    def slow(question: Question, asked: Asked) -> Answered:
        answered = handled.human(question, asked)
        for badge in meanwhile:
            lakemont.ask(badge, "human")
        return answered

    router = Router(
        tuple(replace(each, handle=slow) if each.name == "human" else each for each in ROUTER.routes)
    )
    desk = FrontDesk(lakemont.office, lakemont.words, router=router)
    answer = desk.answer(
        Interaction(
            agency_id=lakemont.agency_id, sender=ByBadge(RUIZ), channel="terminal", text="i want a human"
        ),
        "Lakemont PD",
    )
    assert "H-2" in said(answer)
    assert of(lakemont, OKAFOR)[0].kept.fact.number == 1
    assert of(lakemont, RUIZ)[0].kept.fact.number == 2


def test_two_who_answer_at_once_send_one_answer(lakemont: Agency) -> None:
    ask_in(lakemont, RUIZ, "human")
    meanwhile = iter([PARK])

    def slow(question: Question, asked: Asked) -> Answered:
        answered = handled.answer(question, asked)
        for badge in meanwhile:
            lakemont.ask(badge, "answer H-1 from the records desk")
        return answered

    router = Router(
        tuple(replace(each, handle=slow) if each.name == "answer-ticket" else each for each in ROUTER.routes)
    )
    desk = FrontDesk(lakemont.office, lakemont.words, router=router)
    answer = desk.answer(
        Interaction(
            agency_id=lakemont.agency_id, sender=ByBadge(NAIR), channel="terminal", text="answer H-1 from me"
        ),
        "Lakemont PD",
    )
    assert "was answered by" in said(answer)
    assert len(sent_to(lakemont, RUIZ)) == 1


def test_a_text_has_its_short_form(embedded: Agency) -> None:
    assert embedded.text(RUIZ, "human").startswith("H-1 is kept for P. Nair")
    assert embedded.ask(RUIZ, "human", SMS).kind is MessageKind.HUMAN

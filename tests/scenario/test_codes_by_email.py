"""A code by e-mail: for whoever texts from the very number of the roster, and for whomever the coordinator names."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from pydantic import SecretStr

from db.queries import people, phones
from db.records.facts import ContactKind, ContactPoint
from db.records.ledger import Receipt
from db.records.phones import ConsentBy, ConsentWord
from messages.phones import NOTICE
from tests.fakes.mail.server import MailServer
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import SlackDesk, deliveries, words_of
from tests.scenario.sms_cast import OURS, PHONES, STRANGER, SmsDesk, by_text, by_text_and_in_slack

OFFICER, OTHER, COORDINATOR = "214", "231", "902"
FROM = "training@lakemont.example"
ASKED = "if this number is on the roster"


@dataclass
class Post:
    """What the mail server took, and where the roster sends it."""

    agency: Agency
    server: MailServer

    def address(self, badge: str) -> str:
        """The roster's address of somebody."""
        with self.agency.reading() as conn:
            points = people.contact_points(conn, self.agency.agency_id, [self.agency.id_of(badge)])
        return next(each.fact.value for each in points if each.fact.kind is ContactKind.EMAIL)

    def codes(self, badge: str) -> list[str]:
        """The codes in the letters to somebody, in order."""
        letters = [str(each.get_content()) for each in self.server.letters.to(self.address(badge))]
        return [found[0] for each in letters if (found := re.search(r"\b\d{8}\b", each))]


def _settings(mail: MailServer) -> dict[str, object]:
    # On this machine no certificate is asked for.
    return {"smtp_url": SecretStr(mail.url), "mail_from": FROM}


@contextmanager
def by_text_and_mail(
    agency: Agency, *, slack: bool = False
) -> Iterator[tuple[SmsDesk, SlackDesk | None, Post]]:
    """Phones and mail, and Slack where it is asked for."""
    with MailServer(starttls=False) as mail:
        if slack:
            with by_text_and_in_slack(agency, mail=_settings(mail)) as (desk, chat):
                desk.service.tick()
                yield desk, chat, Post(agency, mail)
        else:
            with by_text(agency, mail=_settings(mail)) as desk:
                desk.service.tick()
                yield desk, None, Post(agency, mail)


def test_an_officer_without_chat_is_linked_by_a_code_that_came_by_mail(lakemont: Agency) -> None:
    with by_text_and_mail(lakemont) as (desk, _, post):
        assert ASKED in desk.ask(OFFICER, "LINK")
        desk.service.tick()
        [code] = post.codes(OFFICER)
        [letter] = post.server.letters.taken
        said = str(letter.get_content())
        assert OURS in said
        assert "agree to texts" in said
        assert NOTICE in said
        assert not any(each in said for each in ("Ruiz", OFFICER, PHONES[OFFICER], "NOT YET"))
        assert "is linked" in desk.ask(OFFICER, code)
        assert desk.ask(OFFICER, "am i good?").startswith("NOT YET, Ruiz.")
        with lakemont.reading() as conn:
            kept = phones.consent(conn, lakemont.agency_id, PHONES[OFFICER])
        assert kept is not None
        assert (kept.fact.word, kept.fact.how, kept.fact.shown) == (
            ConsentWord.GIVEN,
            ConsentBy.CODE,
            NOTICE,
        )
        [delivery] = [each for each in deliveries(lakemont) if each.route.channel == "email"]
        assert delivery.receipt is Receipt.HANDED_OVER
        assert delivery.ref == letter["Message-ID"]


def test_every_unknown_number_hears_the_same_and_only_the_rosters_causes_a_letter(lakemont: Agency) -> None:
    with by_text_and_mail(lakemont) as (desk, _, post):
        answers = {desk.ask_from(number, "link phone") for number in (STRANGER, PHONES[OFFICER])}
        assert len(answers) == 1
        desk.service.tick()
        assert len(post.server.letters.taken) == 1


def test_three_an_hour_and_then_nothing_is_said_or_sent(embedded: Agency) -> None:
    with by_text_and_mail(embedded) as (desk, _, post):
        for number in (PHONES[OFFICER], STRANGER):
            for _ in range(5):
                desk.text(number, "LINK")
            assert len(desk.said_to(number)) == 3
        desk.service.tick()
        first, second, third = post.codes(OFFICER)
        for over in (first, second):
            assert "not open" in desk.ask(OFFICER, over)
        desk.later(minutes=61)
        assert ASKED in desk.ask(OFFICER, "LINK")
        desk.service.tick()
        assert len(post.codes(OFFICER)) == 4
        assert third not in post.codes(OFFICER)[3:]


def test_a_number_of_two_is_nobodys(embedded: Agency) -> None:
    with by_text_and_mail(embedded) as (desk, _, post):
        _on_the_roster(embedded, OTHER, ContactKind.MOBILE, PHONES[OFFICER])
        assert ASKED in desk.ask(OFFICER, "LINK")
        desk.service.tick()
        assert post.server.letters.taken == []


def test_an_address_of_two_is_nobodys(embedded: Agency) -> None:
    with by_text_and_mail(embedded) as (desk, _, post):
        _on_the_roster(embedded, OTHER, ContactKind.EMAIL, post.address(OFFICER))
        assert ASKED in desk.ask(OFFICER, "LINK")
        desk.service.tick()
        assert post.server.letters.taken == []


def _on_the_roster(agency: Agency, badge: str, kind: ContactKind, value: str) -> None:
    with agency.writing() as writer:
        writer.record(ContactPoint(person_id=agency.id_of(badge), kind=kind, value=value))


def test_the_code_lasts_as_long_as_any_other_and_is_kept_nowhere(embedded: Agency) -> None:
    with by_text_and_mail(embedded) as (desk, _, post):
        desk.text(PHONES[OFFICER], "LINK")
        desk.service.tick()
        [code] = post.codes(OFFICER)
        with embedded.reading() as conn:
            dump = "\n".join(conn.connection.driver_connection.iterdump())  # type: ignore[union-attr]  # sqlite3's own connection
        assert code not in dump
        desk.later(minutes=10, seconds=1)
        assert "not open" in desk.ask(OFFICER, code)


def test_without_mail_a_stranger_who_asks_hears_what_every_stranger_hears(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        assert "do not know this sender" in desk.ask(OFFICER, "LINK")


def test_whoever_said_stop_is_not_answered_and_causes_no_letter(embedded: Agency) -> None:
    with by_text_and_mail(embedded) as (desk, _, post):
        desk.text(PHONES[OFFICER], "STOP")
        desk.text(PHONES[OFFICER], "LINK")
        desk.service.tick()
        assert desk.said_to(PHONES[OFFICER]) == []
        assert post.server.letters.taken == []


def test_the_coordinator_has_it_sent_and_does_not_see_it(lakemont: Agency) -> None:
    with by_text_and_mail(lakemont, slack=True) as (desk, slack, post):
        assert slack is not None
        said = words_of(slack.ask(COORDINATOR, "link phone 214 by email"))
        assert said.startswith("On its way")
        assert "Ruiz" in said
        assert re.search(r"\b\d{8}\b", said) is None
        desk.service.tick()
        [code] = post.codes(OFFICER)
        assert "is linked" in desk.ask(OFFICER, code)
        for asker, text in ((OFFICER, "link phone 231 by email"), ("77", "link phone 214 by e-mail")):
            assert "On its way" not in words_of(slack.ask(asker, text))
        desk.service.tick()
        assert len(post.server.letters.taken) == 1


def test_the_coordinator_is_told_when_none_can_be_sent(embedded: Agency) -> None:
    asking = "link phone 214 by email"
    with by_text(embedded) as desk:
        desk.service.tick()
        assert "No e-mail goes out" in embedded.screen(COORDINATOR, asking)
    with by_text_and_mail(embedded) as (desk, _, post):
        for _ in range(3):
            assert "On its way" in embedded.screen(COORDINATOR, asking)
        assert "three codes within the hour" in embedded.screen(COORDINATOR, asking)
        with embedded.writing() as writer:
            person_id = embedded.id_of(OTHER)
            for point in people.contact_points(writer.conn, writer.agency_id, [person_id]):
                writer.withdraw(point.id, ContactPoint)
        assert "no e-mail" in embedded.screen(COORDINATOR, "link phone 231 by email")
        desk.service.tick()
        assert len(post.server.letters.taken) == 3
        assert re.search(r"\b\d{8}\b", embedded.screen(COORDINATOR, "link phone 214"))


def test_a_server_that_is_away_is_waited_for_and_a_doubt_is_never_repeated(embedded: Agency) -> None:
    with by_text_and_mail(embedded) as (desk, _, post):
        post.server.letters.fail("RCPT", "450 busy")
        desk.text(PHONES[OFFICER], "LINK")
        desk.service.tick()
        assert post.server.letters.taken == []
        desk.later(minutes=1)
        post.server.letters.cut_after_taking = 1
        desk.service.tick()
        for _ in range(4):
            desk.later(minutes=1)
            desk.service.tick()
        assert len(post.server.letters.taken) == 1
        [delivery] = [each for each in deliveries(embedded) if each.route.channel == "email"]
        assert delivery.receipt is Receipt.UNKNOWN
        # The letter has it, whatever was said of it.
        assert "is linked" in desk.ask(OFFICER, post.codes(OFFICER)[0])


def test_whoever_has_left_is_sent_none(embedded: Agency) -> None:
    with by_text_and_mail(embedded) as (desk, _, post):
        with embedded.writing() as writer:
            person = people.by_badge(writer.conn, writer.agency_id, OFFICER)
            assert person is not None
            kept = person.employment
            writer.correct(kept.id, replace(kept.fact, ended_on=date(2027, 3, 1), status="separated"))
        assert ASKED in desk.ask(OFFICER, "LINK")
        desk.service.tick()
        assert post.server.letters.taken == []


def test_an_address_that_is_refused_for_good_is_for_the_coordinator(embedded: Agency) -> None:
    with by_text_and_mail(embedded) as (desk, _, post):
        post.server.letters.fail("RCPT", "550 no such user")
        desk.text(PHONES[OFFICER], "LINK")
        desk.service.tick()
        [delivery] = [each for each in deliveries(embedded) if each.route.channel == "email"]
        assert (delivery.receipt, delivery.error) == (Receipt.FAILED, "550")
        assert "1" in embedded.screen(COORDINATOR, "undelivered")

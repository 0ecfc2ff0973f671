"""What becomes of a letter at a mail server that takes it, refuses it, or falls silent?"""

import socket
import threading
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest

from bot.email.carrier import EmailCarrier
from config.mail import mail_server
from db.records.facts import ContactKind, ContactPoint
from db.records.ledger import Destination
from messages import phones
from tests.fakes.mail.certificates import Certificate
from tests.fakes.mail.server import USER, MailServer
from tests.scenario.cast import Agency
from training.ledger.parcels import Fate, Parcel, Trace

OURS = "Lakemont PD Training <training@lakemont.example>"
FACTS = phones.CodeFacts(agency="Lakemont PD", code="48291736", number="+16125550100", minutes=10)


def parcel(agency: Agency, address: str = "") -> Parcel:
    """A code to somebody with an address on the roster."""
    person_id = agency.id_of("214")
    if address:
        with agency.writing() as writer:
            writer.record(ContactPoint(person_id=person_id, kind=ContactKind.EMAIL, value=address))
    place = address or "m.ruiz@lakemont.example"
    return Parcel(
        attempt_id="0000002a00000000000000ff",
        agency_id=agency.agency_id,
        person_id=person_id,
        message=phones.phone_code_letter(FACTS, agency.words),
        route=Destination(channel="email", address="training@lakemont.example", place=place, account=place),
        since=agency.clock.at,
    )


def carrier(agency: Agency, mail: MailServer, certificate: Certificate | None = None) -> EmailCarrier:
    """The way to this server, believing its certificate."""
    believed = (certificate or mail.certificate).believed()
    return EmailCarrier(mail_server(mail.url), OURS, agency.office, believed)


def words(letter: EmailMessage) -> str:
    """What somebody reads."""
    return str(letter.get_content())


@pytest.mark.parametrize("encrypted", [True, False])
def test_a_letter_is_handed_over_encrypted_and_holds_the_code_and_the_agency_alone(
    embedded: Agency, encrypted: bool
) -> None:
    with MailServer(encrypted=encrypted) as mail:
        sent = carrier(embedded, mail).send(parcel(embedded, "ruiz@lakemont.example"))
        assert (sent.fate, sent.ref) == (
            Fate.HANDED_OVER,
            "<0000002a00000000000000ff@lakemont.example>",
        )
        [letter] = mail.letters.to("ruiz@lakemont.example")
        assert mail.letters.envelopes == [("training@lakemont.example", ["ruiz@lakemont.example"], True)]
        assert letter["Message-ID"] == sent.ref
        assert letter["From"] == OURS
        assert letter["Auto-Submitted"] == "auto-generated"
        assert letter.get_content_type() == "text/plain"
        assert "48291736" in words(letter)
        assert "STOP" in words(letter)
        assert phones.NOTICE in words(letter)
        assert not any(each in words(letter) for each in ("Ruiz", "214", "5550142"))


@pytest.mark.parametrize(
    ("command", "answer", "fate"),
    [
        ("RCPT", "450 mailbox busy", Fate.NOT_NOW),
        ("RCPT", "550 no such user", Fate.REFUSED),
        ("MAIL", "451 later", Fate.NOT_NOW),
        ("MAIL", "553 not yours", Fate.NOT_NOW),
        ("DATA", "452 disk full", Fate.NOT_NOW),
        ("DATA", "554 looks like spam", Fate.REFUSED),
    ],
)
def test_what_the_server_says_decides(embedded: Agency, command: str, answer: str, fate: Fate) -> None:
    with MailServer() as mail:
        mail.letters.fail(command, answer)
        to_send = parcel(embedded, "ruiz@lakemont.example")
        sent = carrier(embedded, mail).send(to_send)
        assert (sent.fate, sent.error) == (fate, answer[:3])
        # A sender that nobody believes is the same trouble for every letter.
        assert sent.everywhere is (answer == "553 not yours")
        assert mail.letters.taken == []
        assert carrier(embedded, mail).send(to_send).fate is Fate.HANDED_OVER


def test_a_line_that_is_cut_after_the_letter_leaves_a_doubt_that_nobody_can_look_up(embedded: Agency) -> None:
    with MailServer() as mail:
        to_send = parcel(embedded, "ruiz@lakemont.example")
        mail.letters.cut_after_taking = 1
        assert carrier(embedded, mail).send(to_send).fate is Fate.UNCLEAR
        mail.letters.cut_before_taking = 1
        assert carrier(embedded, mail).send(to_send).fate is Fate.UNCLEAR
        assert len(mail.letters.taken) == 1
        assert carrier(embedded, mail).find(to_send).trace is Trace.CANNOT_TELL


def test_nobody_there_is_no_doubt(embedded: Agency) -> None:
    with socket.create_server(("127.0.0.1", 0)) as place:
        port = place.getsockname()[1]
    way = EmailCarrier(mail_server(f"smtp://127.0.0.1:{port}"), OURS, embedded.office)
    sent = way.send(parcel(embedded, "ruiz@lakemont.example"))
    assert (sent.fate, sent.error) == (Fate.NOT_NOW, "unreachable")


def test_a_server_that_hangs_up_at_once_is_no_doubt(embedded: Agency) -> None:
    with socket.create_server(("127.0.0.1", 0)) as place:

        def hang_up() -> None:
            place.accept()[0].close()

        thread = threading.Thread(target=hang_up, daemon=True)
        thread.start()
        way = EmailCarrier(mail_server(f"smtp://127.0.0.1:{place.getsockname()[1]}"), OURS, embedded.office)
        assert way.send(parcel(embedded, "ruiz@lakemont.example")).fate is Fate.NOT_NOW
        thread.join()


@pytest.mark.parametrize("encrypted", [True, False])
@pytest.mark.parametrize("name", ["127.0.0.1", "mail.evil.example"])
def test_a_certificate_that_is_not_its_own_gets_neither_password_nor_letter(
    embedded: Agency, encrypted: bool, name: str
) -> None:
    with MailServer(encrypted=encrypted, certificate=Certificate(name)) as mail:
        sent = carrier(embedded, mail, Certificate()).send(parcel(embedded, "ruiz@lakemont.example"))
        assert (sent.fate, sent.everywhere) == (Fate.NOT_NOW, True)
        assert mail.letters.taken == []


def test_a_certificate_for_another_name_is_not_enough_though_it_is_believed(embedded: Agency) -> None:
    certificate = Certificate("mail.lakemont.example")
    with MailServer(encrypted=True, certificate=certificate) as mail:
        sent = carrier(embedded, mail).send(parcel(embedded, "ruiz@lakemont.example"))
        assert (sent.fate, sent.everywhere) == (Fate.NOT_NOW, True)


def test_a_wrong_password_is_the_operators_and_the_letter_waits(embedded: Agency) -> None:
    with MailServer() as mail:
        server = replace(mail_server(mail.url), password="somebody else's")  # noqa: S106  nobody's
        way = EmailCarrier(server, OURS, embedded.office, mail.certificate.believed())
        sent = way.send(parcel(embedded, "ruiz@lakemont.example"))
        assert (sent.fate, sent.error, sent.everywhere) == (Fate.NOT_NOW, "SMTPAuthenticationError", True)


def test_a_server_elsewhere_that_does_not_encrypt_gets_nothing(embedded: Agency) -> None:
    with MailServer(starttls=False, login=False) as mail:
        # On this machine nothing is on a wire.
        assert (
            carrier(embedded, mail).send(parcel(embedded, "ruiz@lakemont.example")).fate is Fate.HANDED_OVER
        )
        there = replace(mail_server(mail.url), host="127.1")
        # Another way to write the same place, which nobody can tell from a name elsewhere.
        way = EmailCarrier(there, OURS, embedded.office)
        sent = way.send(parcel(embedded, "ruiz@lakemont.example"))
        assert (sent.fate, sent.error) == (Fate.NOT_NOW, "NotEncryptedError")
        assert len(mail.letters.taken) == 1


@pytest.mark.parametrize(
    "address",
    [
        "ruiz@lakemont.example\r\nBcc: all@lakemont.example",
        "ruiz@lakemont.example, all@lakemont.example",
        "ruiz",
        "",
        "@",
    ],
)
def test_an_address_never_becomes_another_line_or_another_person(embedded: Agency, address: str) -> None:
    with MailServer() as mail:
        to_send = replace(parcel(embedded), person_id=None)
        to_send = replace(to_send, route=replace(to_send.route, place=address))
        sent = carrier(embedded, mail).send(to_send)
        assert (sent.fate, sent.error) == (Fate.REFUSED, "address")
        assert mail.letters.taken == []


def test_a_title_never_becomes_another_line(embedded: Agency) -> None:
    with MailServer() as mail:
        to_send = parcel(embedded, "ruiz@lakemont.example")
        forged = replace(to_send.message, title="A code\r\nBcc: all@lakemont.example")
        assert carrier(embedded, mail).send(replace(to_send, message=forged)).fate is Fate.HANDED_OVER
        [letter] = mail.letters.taken
        assert letter["Bcc"] is None
        assert letter["Subject"] == "A code Bcc: all@lakemont.example"


def test_an_address_that_the_roster_gave_up_gets_nothing(embedded: Agency) -> None:
    with MailServer() as mail:
        to_send = parcel(embedded, "ruiz@lakemont.example")
        other = replace(to_send.route, place="old@lakemont.example")
        sent = carrier(embedded, mail).send(replace(to_send, route=other))
        assert (sent.fate, sent.error) == (Fate.UNWANTED, "address-changed")


def test_a_code_that_is_over_is_not_sent_any_more(embedded: Agency) -> None:
    with MailServer() as mail:
        to_send = parcel(embedded, "ruiz@lakemont.example")
        embedded.clock.at += timedelta(minutes=10, seconds=1)
        sent = carrier(embedded, mail).send(to_send)
        assert (sent.fate, sent.error) == (Fate.UNWANTED, "too-late")
        assert mail.letters.taken == []


def test_the_password_is_nowhere_to_be_read() -> None:
    server = mail_server(f"smtps://{USER.replace('@', '%40')}:geheim@mail.example.gov")
    assert server.user == USER
    assert server.port == 465
    assert "geheim" not in repr(server)

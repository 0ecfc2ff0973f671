"""Files come in over a link as they would in the conversation; whatever is no form of ours is refused in words."""

import re
from datetime import date

import httpx
import pytest
from starlette.types import Message

from bot.desk.app import desk_app
from bot.desk.desk import Desk
from bot.desk.seats import Talk
from bot.links.door import DOOR as LINKS
from bot.links.multipart import MOST_BODY, MOST_BYTES, MOST_FILES
from bot.links.pages import POLICY
from bot.service.doors import staffed
from bot.service.hall import Hall
from bot.service.metrics import Metrics
from bot.web import service_app
from config.settings import Settings
from db.integrity import check_integrity
from db.records.ledger import Receipt
from messages.kinds import MessageKind
from tests.fakes.loop import run
from tests.scenario.cast import Agency
from tests.scenario.link_cast import (
    JPEG,
    NAIR,
    PDF,
    RUIZ,
    Browser,
    browsing,
    is_gone,
    kept_files,
    links_left,
    upload_link,
    with_links,
    words_of,
)
from tests.scenario.slack_cast import in_slack
from tests.scenario.slack_cast import words_of as slack_words_of
from tests.scenario.sms_cast import OURS, by_text
from training.accounts import accounts
from training.accounts.accounts import Account


@pytest.fixture
def agency(lakemont: Agency) -> Agency:
    """Lakemont with pages, on both databases."""
    return with_links(lakemont)


@pytest.fixture
def small(embedded: Agency) -> Agency:
    """The same on SQLite alone, where the database is not the matter."""
    return with_links(embedded)


def test_files_sent_over_a_link_are_answered_as_in_the_conversation_and_kept_as_they_came(
    agency: Agency,
) -> None:
    with browsing(agency) as browser:
        path = upload_link(agency, RUIZ)
        page = browser.get(path)
        assert page.status_code == 200
        assert "Choose the files" in words_of(page)
        answer = browser.send(path, ("IMG_1.HEIC", JPEG), ("cert.pdf", PDF), words="autism 4h mar 2")
        assert answer.status_code == 200
        assert "also where you asked for the link" in words_of(answer)
    assert [each.size for each in kept_files(agency, RUIZ)] == [len(PDF), len(JPEG)]
    (asked,) = agency.entries("question:answered", about=RUIZ)
    assert (asked.channel, len(asked.data["files"])) == ("desk", 2)
    assert check_integrity(agency.office.engine) == ()


def test_the_answer_is_also_texted_to_the_phone_that_asked(embedded: Agency) -> None:
    with by_text(with_links(embedded)) as desk, httpx.Client(base_url=desk.service.url) as client:
        number = desk.link(RUIZ)
        page = Browser(client).send(upload_link(desk.agency, RUIZ, "sms"), ("a.pdf", PDF))
        assert page.status_code == 200
        [said] = desk.said_to(number)
        assert said.split(".")[0] in words_of(page)
        [delivery] = desk.answers()
        assert delivery.receipt is Receipt.HANDED_OVER


def test_the_answer_is_also_in_the_conversation_in_slack(embedded: Agency) -> None:
    with in_slack(with_links(embedded)) as desk, httpx.Client(base_url=desk.service.url) as client:
        desk.ask(RUIZ, "hi")
        before = len(desk.said_to(RUIZ))
        page = Browser(client).send(upload_link(desk.agency, RUIZ, "slack"), ("a.pdf", PDF))
        [said] = desk.said_to(RUIZ)[before:]
        assert slack_words_of(said).splitlines()[0] in words_of(page)


def test_a_link_given_to_a_phone_ends_with_it(embedded: Agency) -> None:
    with by_text(with_links(embedded)) as desk, httpx.Client(base_url=desk.service.url) as client:
        number = desk.link(RUIZ)
        path = upload_link(desk.agency, RUIZ, "sms")
        accounts.unlink(
            desk.agency.office, desk.agency.agency_id, Account("sms", OURS, number), "number-moved"
        )
        assert Browser(client).send(path, ("a.pdf", PDF)).status_code == 404
        assert desk.said_to(number) == []
        assert kept_files(desk.agency, RUIZ) == []


def test_at_the_desk_the_answer_stands_in_the_talk_too(embedded: Agency) -> None:
    agency = with_links(embedded)
    path = upload_link(agency, RUIZ)

    async def story() -> list[MessageKind]:
        desk = Desk(agency.office, agency.agency_id, agency.words)
        transport = httpx.ASGITransport(desk_app(desk))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
            given = {"data": {"words": "autism 4h"}, "files": [("files", ("a.pdf", PDF))]}
            page = await client.post(path, headers={"origin": "http://localhost:8000"}, **given)  # type: ignore[arg-type]  # whatever a test names
            assert page.status_code == 200
            # The pages say themselves what they let in: the desk's own policy is wider.
            assert page.headers.get_list("content-security-policy") == [POLICY]
            assert page.headers.get_list("referrer-policy") == ["same-origin"]
            assert (
                await client.post(path, headers={"origin": "https://elsewhere.example"})
            ).status_code == 403
        return [each.message.kind for each in desk.talks.said(Talk(RUIZ, "desk")) if each.message is not None]

    assert run(story()) == [MessageKind.UPLOAD]


# What is not taken


def test_a_file_that_is_too_large_is_refused_and_the_link_still_works(small: Agency) -> None:
    with browsing(small) as browser:
        path = upload_link(small, RUIZ)
        page = browser.send(path, ("big.pdf", PDF + b"\0" * MOST_BYTES))
        assert page.status_code == 413
        assert "may have up to 20 MB" in words_of(page)
        assert browser.send(path, ("a.pdf", PDF)).status_code == 200
    assert len(kept_files(small, RUIZ)) == 1


def test_ten_files_are_taken_and_eleven_are_not(small: Agency) -> None:
    with browsing(small) as browser:
        path = upload_link(small, RUIZ)
        page = browser.send(path, *(("a.pdf", PDF) for _ in range(MOST_FILES + 1)))
        assert page.status_code == 413
        assert "at most 10 files" in words_of(page)
        assert kept_files(small, RUIZ) == []
        assert browser.send(path, *(("a.pdf", PDF) for _ in range(MOST_FILES))).status_code == 200
    assert len(kept_files(small, RUIZ)) == MOST_FILES


FORM = "multipart/form-data; boundary=x"
FIELD = b'--x\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n--x--\r\n'
BROKEN = {
    "json": ("application/json", b'{"files": 1}'),
    "no boundary": ("multipart/form-data", b"--x\r\n\r\n--x--\r\n"),
    "long boundary": (FORM + "x" * 5_000, b"--x--"),
    "no part": (FORM, b"no part at all"),
    "broken off": (
        FORM,
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nhalf a f',
    ),
    "long header": (FORM, b"--x\r\n" + b"A" * 100_000 + b": b\r\n\r\n\r\n--x--\r\n"),
    "long words": (FORM, FIELD % (b"words", b"w" * 99_999)),
    "another field": (FORM, FIELD % (b"other", b"w")),
    "nothing": ("", b""),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_no_form_of_ours_is_refused_with_a_sentence(small: Agency, broken: str) -> None:
    content_type, body = BROKEN[broken]
    with browsing(small) as browser:
        path = upload_link(small, RUIZ)
        page = browser.client.post(path, content=body, headers={"content-type": content_type})
        assert page.status_code == 400
        assert 'role="alert"' in page.text
        assert links_left(small) == 1
    assert kept_files(small, RUIZ) == []


def test_a_form_with_a_thousand_parts_is_left_after_a_few(small: Agency) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\nw\r\n'
    with browsing(small) as browser:
        path = upload_link(small, RUIZ)
        headers = {"content-type": "multipart/form-data; boundary=x"}
        assert (
            browser.client.post(path, content=part * 1_000 + b"--x--\r\n", headers=headers).status_code == 413
        )


def test_more_than_a_message_may_weigh_is_not_even_begun(small: Agency) -> None:
    async def asks() -> int:
        async def nothing() -> Message:
            raise AssertionError("the body was asked for")

        answered: list[Message] = []

        async def send(message: Message) -> None:
            answered.append(message)

        hall = Hall(small.office, Settings.model_construct(), small.words, Metrics(), None, staffed((LINKS,)))
        said = [(b"content-length", str(MOST_BODY + 1).encode())]
        scope = {"type": "http", "method": "POST", "path": "/u/x", "headers": said}
        await service_app(hall, (LINKS,))(scope, nothing, send)
        return int(answered[0]["status"])

    assert run(asks()) == 413


def test_whoever_has_left_meanwhile_is_told_so_and_nothing_is_kept(agency: Agency) -> None:
    with browsing(agency) as browser:
        path = upload_link(agency, RUIZ)
        agency.leaves(RUIZ, date(2027, 3, 1))
        page = browser.send(path, ("a.pdf", PDF))
        assert page.status_code == 403
        assert is_gone(browser.get(path))
    assert kept_files(agency, RUIZ) == []


def test_words_of_danger_are_answered_with_help_on_the_page_too(small: Agency) -> None:
    with browsing(small) as browser:
        answer = browser.send(upload_link(small, RUIZ), words="officer down shots fired")
        assert "911" in words_of(answer)


def test_whoever_has_an_upload_link_can_ask_nothing_with_it(small: Agency) -> None:
    asking = ("am i good?", "who is overdue", "214", "link phone", "continue", "my transcript")
    with browsing(small) as browser:
        small.ask(NAIR, "who is overdue", "desk")
        before = len(small.entries("record:viewed", "list:viewed"))
        for words in asking:
            said = words_of(browser.send(upload_link(small, NAIR, "slack"), words=words))
            assert "no file" in said, words
            assert not re.search(r"\b\d{8}\b|OVERDUE|NOT YET|Ruiz|/f/", said), words
        assert len(small.entries("record:viewed", "list:viewed")) == before


def test_names_and_words_are_shown_as_text_and_never_as_markup(small: Agency) -> None:
    with browsing(small) as browser:
        answer = browser.send(
            upload_link(small, RUIZ),
            ('"><script>alert(1)</script>.pdf', PDF),
            words="<img src=x onerror=alert(1)>",
        )
        assert "<script" not in answer.text
        assert "<img" not in answer.text

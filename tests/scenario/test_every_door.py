"""The same conversations behind every door: what is said first, and every number that matters, is the same.

With a photo or two of somebody's, as far as a door takes files: what follows is the same as well.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

import pytest

from bot.desk.files import held
from bot.desk.seats import Talk
from bot.desk.talk import Talks
from bot.sms.limits import MOST_SEGMENTS
from bot.sms.render import segments
from bot.terminal.render import plain
from handlers.front_desk import FrontDesk
from messages.pages import TEXT_LINES
from tests.fakes import loop
from tests.fakes.reader import UNREADABLE, CannedReader
from tests.scenario.cast import SCREEN, Agency
from tests.scenario.slack_cast import OFFICER, SERGEANT, in_slack, words_of
from tests.scenario.sms_cast import by_text
from tests.scenario.upload_cast import OTHER_PHOTO, PHOTO, sends

# Who says what, one thing after the other. A conversation in Slack takes a few answers at once, so each is short.
CONVERSATIONS = {
    "status": (OFFICER, ("am i good?", "why", "list")),
    "a moment": (OFFICER, ("was i good on 2026-12-31", "status as known on 2027-01-15")),
    "a sentence": (OFFICER, ("what if i take autism 4 hours on mar 18", "hours left")),
    "a slip": (OFFICER, ("am i god", "xyzzy plugh", "more")),
    "a team": (SERGEANT, ("my team", "how is ruiz")),
    "a refusal": (OFFICER, ("how is okafor", "my team")),
    "a person": (OFFICER, ("human",)),
}
HOURS = re.compile(r"\b\d+(?:\.\d+)? h\b")


class Door(Protocol):
    """A way to ask and to read the answer."""

    def __call__(self, badge: str, texts: Sequence[str]) -> list[str]:
        """Every answer, as text."""


@contextmanager
def at_a_terminal(agency: Agency) -> Iterator[Door]:
    """Somebody at the keyboard of the station."""
    yield lambda badge, texts: [agency.screen(badge, text) for text in texts]


@contextmanager
def at_the_desk(agency: Agency) -> Iterator[Door]:
    """A pane of the desk."""

    def ask(badge: str, texts: Sequence[str]) -> list[str]:
        desk = FrontDesk(agency.office, agency.words)
        talks = Talks(desk, agency.agency_id, "Lakemont PD", agency.clock.now, lambda _: None)
        talk = Talk(badge, "desk")

        async def say() -> None:
            for text in texts:
                await talks.send(talk, text)

        loop.run(say())
        answers = [each.message for each in talks.said(talk) if each.message is not None]
        return [plain(each, agency.words, 200) for each in answers]

    yield ask


@contextmanager
def by_slack(agency: Agency, *, sockets: bool = False) -> Iterator[Door]:
    """A direct message in Slack."""
    with in_slack(agency, sockets=sockets) as desk:
        yield lambda badge, texts: [words_of(desk.ask(badge, text)) for text in texts]


@contextmanager
def by_the_line(agency: Agency) -> Iterator[Door]:
    """The same where nothing may come in."""
    with by_slack(agency, sockets=True) as door:
        yield door


@contextmanager
def by_a_text(agency: Agency) -> Iterator[Door]:
    """A phone of their own."""
    with by_text(agency) as desk:

        def ask(badge: str, texts: Sequence[str]) -> list[str]:
            desk.link(badge)
            return [desk.ask(badge, text) for text in texts]

        yield ask


DOORS = {"desk": at_the_desk, "slack": by_slack, "slack by the line": by_the_line}


@pytest.mark.parametrize("talk", CONVERSATIONS)
@pytest.mark.parametrize("door", DOORS)
def test_a_conversation_says_the_same_at_every_door(embedded: Agency, door: str, talk: str) -> None:
    badge, texts = CONVERSATIONS[talk]
    with at_a_terminal(embedded) as ask:
        expected = ask(badge, texts)
    with DOORS[door](embedded) as ask:
        said = ask(badge, texts)
    assert [first_of(each) for each in said] == [first_of(each) for each in expected]
    for mine, theirs in zip(said, expected, strict=True):
        assert set(HOURS.findall(mine)) == set(HOURS.findall(theirs))


# What differs by design in a text, and nothing else does:
#   - it has two segments: the first clause always, then as many as have room, by their priority; MORE brings the rest;
#   - it has no title, which on a screen may stand above the first sentence, and no buttons but the words to type;
#   - a page of a list has three lines instead of ten, so "page 1 of 2" is another number of pages;
#   - a text lists the records that count and the people with something open; of the others it says how many;
#   - where a screen draws a bar or says what is to go, a text says how much of how much: both are on the status card.
# So a text is held to what it says: the same first sentence, the same deciding word, and no measure, percentage or day
# that the screen does not show to the same person.
DECIDING = re.compile(r"YES|NOT YET|OVERDUE|UNKNOWN")
PAGED = re.compile(r"^[^.]{1,60}, page \d+ of \d+: ")
MEASURED = re.compile(
    r"\d+(?:\.\d+)?(?: of \d+(?:\.\d+)?)? (?:h|days)\b|\d+%|\b[A-Z][a-z]{2} \d{1,2}(?: \d{4})?\b"
)
TICKET = re.compile(r"\bH-\d+")
MOST_PAGES = 15
TOP = 3  # lines in which a screen has said what it is about


@pytest.mark.parametrize("talk", CONVERSATIONS)
def test_a_conversation_by_text_says_the_same_in_two_segments(embedded: Agency, talk: str) -> None:
    badge, texts = CONVERSATIONS[talk]
    with at_a_terminal(embedded) as ask:
        card, *on_screen = ask(badge, ("am i good?", *texts))
    with by_a_text(embedded) as ask:
        said = ask(badge, texts)
    for sent, shown in zip(said, on_screen, strict=True):
        # Whoever asks for a person twice has two questions waiting.
        mine, theirs = (TICKET.sub("H-1", each) for each in (sent, shown))
        assert mine.isascii()
        assert segments(mine) <= MOST_SEGMENTS
        assert decided(mine) == decided(theirs)
        top = [line for line in theirs.splitlines() if line.strip()][:TOP]
        assert first_of(PAGED.sub("", mine)) in {first_of(line) for line in top}
        assert set(MEASURED.findall(mine)) <= set(MEASURED.findall(f"{card} {theirs}"))


def decided(text: str) -> str | None:
    """The word that decides, where there is one."""
    found = DECIDING.match(text.strip())
    return None if found is None else found[0]


def all_pages(door: Door, badge: str, text: str) -> str:
    """An answer with all that MORE brings."""
    (said,) = door(badge, (text,))
    pages = [said]
    while re.search(r"\bmore\b", pages[-1], re.IGNORECASE):
        pages += door(badge, ("more",))
        assert len(pages) <= MOST_PAGES, pages
    return "\n".join(pages)


@pytest.mark.parametrize(
    ("badge", "before", "text", "told"),
    [
        # The days of the cycle: what lies before it does not count.
        (
            OFFICER,
            ("why",),
            "list",
            r"\b(?:[A-Z][a-z]{2} \d{1,2} 202[567]|(?:Aug|Sep|Oct|Nov|Dec) \d{1,2} 2024)",
        ),
        (OFFICER, (), "history", r"\b[A-Z][a-z]{2} \d{1,2} 20\d\d\b(?= )"),
        (SERGEANT, (), "my team", r"(Officer [A-Z][a-z]+)(?! +\| YES)\b"),
    ],
    ids=["list", "history", "team"],
)
def test_more_brings_by_text_what_there_was_no_room_for(
    embedded: Agency, badge: str, before: Sequence[str], text: str, told: str
) -> None:
    found = []
    for door in (at_a_terminal, by_a_text):
        with door(embedded) as ask:
            for each in before:
                ask(badge, (each,))
            found.append(re.findall(told, all_pages(ask, badge, text)))
    on_screen, by_text_ = found
    assert len(set(by_text_)) > TEXT_LINES
    assert set(by_text_) == set(on_screen)


def first_of(text: str) -> str:
    """The first sentence, which decides."""
    line = next(each for each in text.splitlines() if each.strip())
    return re.split(r"(?<=[.?!:])\s", line.strip())[0]


# What is said beside the photo, and after it.
BESIDE = "autism class today 4 hrs"
AFTER = ("hennepin tech 9100-0442", "ok")


def sent_at_the_desk(agency: Agency, photo: bytes) -> list[str]:
    """A pane, into which the file is dropped."""
    desk = FrontDesk(agency.office, agency.words)
    talks = Talks(desk, agency.agency_id, "Lakemont PD", agency.clock.now, lambda _: None)
    talk = Talk(OFFICER, "desk")

    async def say() -> None:
        await talks.send(talk, BESIDE, (held("IMG_1.JPG", photo),))
        for text in AFTER:
            await talks.send(talk, text)

    loop.run(say())
    answers = [each.message for each in talks.said(talk) if each.message is not None]
    return [plain(each, agency.words, 200) for each in answers]


def sent_in_slack(agency: Agency, photo: bytes) -> list[str]:
    """A direct message with a file."""
    with in_slack(agency) as desk:
        shared = desk.slack.events.file_share(
            desk.account(OFFICER), "IMG_1.JPG", photo, "image/jpeg", text=BESIDE
        )
        return [
            words_of(desk.answer_to(OFFICER, shared)),
            *(words_of(desk.ask(OFFICER, text)) for text in AFTER),
        ]


def sent_by_text(agency: Agency, photo: bytes) -> list[str]:
    """A picture message."""
    with by_text(agency) as desk:
        number = desk.link(OFFICER)
        desk.send_all(desk.twilio.text(number, BESIDE, (photo, "image/jpeg")))
        return [desk.said_to(number)[-1], *(desk.ask(OFFICER, text) for text in AFTER)]


SENDING = {"desk": sent_at_the_desk, "slack": sent_in_slack, "texts": sent_by_text}
VALUES = ("Autism, 4 h, Mar 2 2027", "Hennepin Tech, course 9100-0442")


@pytest.mark.parametrize("door", SENDING)
def test_a_certificate_says_the_same_at_every_door(embedded: Agency, door: str) -> None:
    reader = CannedReader({PHOTO: UNREADABLE, OTHER_PHOTO: UNREADABLE})
    agency = replace(embedded, office=replace(embedded.office, reader=reader))
    expected = [plain(sends(agency, OFFICER, PHOTO, text=BESIDE, channel=SCREEN), agency.words, 200)]
    expected += [agency.screen(OFFICER, text) for text in AFTER]
    said = SENDING[door](agency, OTHER_PHOTO)
    for number, answers in (("U-3001", expected), ("U-3002", said)):
        got, put_right, submitted = (each.replace("\n", " ") for each in answers)
        assert f"Got it: {number}. From your text: {VALUES[0]}." in got
        assert "Still needed: provider, POST course number" in got
        assert f"{number}: {VALUES[0]}, {VALUES[1]}." in put_right
        assert "P. Nair" in submitted
        assert f"Ask {number} any time." in submitted
    for mine, theirs in zip(said, expected, strict=True):
        assert set(HOURS.findall(mine)) == set(HOURS.findall(theirs))

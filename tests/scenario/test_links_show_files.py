"""A file is shown once, to whom it still may be, and that it was seen is kept with it."""

import asyncio
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import httpx
import pytest
from fastapi import FastAPI

from bot.links.kinds import KINDS
from bot.links.routes import LinkDesk, link_routes
from bot.links.uploads import Uploads
from db.integrity import check_integrity
from db.records.facts import ContentQuarantine, SetAside
from handlers.front_desk import FrontDesk
from tests.fakes.loop import run
from tests.scenario.cast import Agency
from tests.scenario.link_cast import (
    JPEG,
    LEE,
    NAIR,
    PDF,
    RUIZ,
    browsing,
    downloads_of,
    is_gone,
    links_left,
    look_link,
    own_files,
    sends,
    upload_link,
    with_links,
    words_of,
)
from training.links import links, looks


@pytest.fixture
def agency(lakemont: Agency) -> Agency:
    """Lakemont with pages, on both databases."""
    return with_links(lakemont)


@pytest.fixture
def small(embedded: Agency) -> Agency:
    """The same on SQLite alone, where the database is not the matter."""
    return with_links(embedded)


def test_an_officer_opens_a_file_they_sent_and_takes_it_with_them(agency: Agency) -> None:
    with browsing(agency) as browser:
        (item,) = sends(agency, RUIZ, PDF)
        look = own_files((item,), fields=(("Course", "Autism <Response>"), ("Hours", "4 h")))
        path = look_link(agency, RUIZ, look)
        assert "Autism" not in browser.get(path).text
        page = browser.press(path)
        assert page.status_code == 200
        assert "Course Autism <Response> Hours 4 h" in words_of(page)
        assert "<Response>" not in page.text
        (download,) = downloads_of(page)
        assert download != path
        assert is_gone(browser.press(path))
        assert "Autism" not in browser.get(download).text
        file = browser.press(download)
        assert file.content == PDF
        assert is_gone(browser.press(download))
    assert file.headers["content-type"] == "application/pdf"
    assert file.headers["content-disposition"] == 'attachment; filename="U-3107-1.pdf"'
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.headers["cache-control"] == "no-store"
    entries = agency.entries("link:opened", about=RUIZ)
    assert [each.data["purpose"] for each in entries] == ["download", "look"]
    assert {each.data["files"][0]["item"] for each in entries} == {item.id}
    assert check_integrity(agency.office.engine) == ()


def test_what_is_no_document_leaves_as_bytes_that_nothing_opens(small: Agency) -> None:
    with browsing(small) as browser:
        items = sends(small, RUIZ, b"<html><script>alert(1)</script></html>", b"\x00\x01\x02")
        page = browser.press(
            look_link(small, RUIZ, replace(own_files(items), name="../../U <x>\r\nset-cookie: a"))
        )
        assert "<script" not in page.text
        for path, name in zip(downloads_of(page), ("1.txt", "2.bin"), strict=True):
            file = browser.press(path)
            assert file.headers["content-type"] in {
                "text/plain; charset=utf-8",
                "text/plain",
                "application/octet-stream",
            }
            assert file.headers["content-disposition"].startswith("attachment; ")
            assert file.headers["content-disposition"].endswith(f'U-x-set-cookie-a-{name}"')
            assert "sandbox" in file.headers["content-security-policy"]
            assert "set-cookie" not in file.headers


def test_pages_carry_a_policy_that_lets_nothing_in(small: Agency) -> None:
    with browsing(small) as browser:
        for page in (browser.get(upload_link(small, RUIZ)), browser.get("/f/none")):
            policy = page.headers["content-security-policy"]
            assert policy.startswith("default-src 'none'; style-src 'sha256-")
            assert "unsafe" not in policy
            assert "script" not in policy
            assert page.headers["cache-control"] == "no-store"
            assert page.headers["x-robots-tag"].startswith("noindex")


def test_a_file_that_was_set_aside_is_not_shown_and_nothing_counts_as_seen(agency: Agency) -> None:
    with browsing(agency) as browser:
        (item,) = sends(agency, RUIZ, PDF)
        path = look_link(agency, RUIZ, own_files((item,)))
        with agency.writing() as writer:
            writer.record(ContentQuarantine(item_id=item.id, reason=SetAside.BY_HAND))
        page = browser.press(path)
        assert page.status_code == 200
        assert "set aside" in words_of(page)
        assert downloads_of(page) == []
    assert agency.entries("link:opened") == ()


def test_of_two_files_the_one_that_is_set_aside_is_left_out(small: Agency) -> None:
    with browsing(small) as browser:
        items = sends(small, RUIZ, PDF, JPEG)
        path = look_link(small, RUIZ, own_files(items))
        with small.writing() as writer:
            writer.record(ContentQuarantine(item_id=items[0].id, reason=SetAside.BY_HAND))
        page = browser.press(path)
        (download,) = downloads_of(page)
        assert browser.press(download).headers["content-disposition"] == 'attachment; filename="U-3107-2.jpg"'


def test_a_file_set_aside_after_it_was_seen_is_not_handed_out(small: Agency) -> None:
    with browsing(small) as browser:
        (item,) = sends(small, RUIZ, PDF)
        (download,) = downloads_of(browser.press(look_link(small, RUIZ, own_files((item,)))))
        with small.writing() as writer:
            writer.record(ContentQuarantine(item_id=item.id, reason=SetAside.BY_HAND))
        page = browser.press(download)
        assert "set aside" in words_of(page)
        assert PDF not in page.content


@pytest.mark.parametrize("badge", [LEE, NAIR])
def test_nobody_opens_as_their_own_what_somebody_else_sent(small: Agency, badge: str) -> None:
    with browsing(small) as browser:
        items = sends(small, RUIZ, PDF)
        path = look_link(small, badge, own_files(items))
        assert is_gone(browser.press(path))
        assert is_gone(browser.press(path))
    (refused,) = small.entries("record:refused")
    assert refused.actor_id == small.id_of(badge)
    assert small.entries("link:opened") == ()


def test_whoever_has_left_meanwhile_opens_nothing(agency: Agency) -> None:
    with browsing(agency) as browser:
        path = look_link(agency, RUIZ, own_files(sends(agency, RUIZ, PDF)))
        agency.leaves(RUIZ, date(2027, 3, 1))
        assert is_gone(browser.press(path))
    assert agency.entries("link:opened") == ()


def test_a_look_of_a_kind_that_this_release_does_not_know_opens_nothing(small: Agency) -> None:
    with browsing(small) as browser:
        look = replace(own_files(sends(small, RUIZ, PDF)), kind="other")
        assert is_gone(browser.press(look_link(small, RUIZ, look)))


def test_of_two_who_open_at_once_one_sees_it(agency: Agency) -> None:
    with browsing(agency) as browser, ThreadPoolExecutor(4) as pool:
        path = look_link(agency, RUIZ, own_files(sends(agency, RUIZ, PDF)))
        pages = list(pool.map(lambda _: browser.press(path), range(4)))
    assert sorted(each.status_code for each in pages) == [200, 404, 404, 404]
    assert len(agency.entries("link:opened")) == 1


def test_pictures_that_were_drawn_anew_stand_beside_what_is_said_and_the_upload_itself_does_not(
    small: Agency,
) -> None:
    drawn = JPEG + b"drawn anew"
    asked: list[bytes] = []

    def previews(content: bytes) -> list[bytes]:
        asked.append(content)
        return [drawn, b"<svg onload=alert(1)>"]

    front_desk = FrontDesk(small.office, small.words)
    desk = LinkDesk(
        office=small.office,
        words=small.words,
        front_desk=front_desk,
        uploads=Uploads(small.office, front_desk, dict),
        run=asyncio.to_thread,
        kinds=KINDS,
        previews=previews,
    )
    web = FastAPI()
    web.include_router(link_routes(desk))
    path = look_link(small, RUIZ, own_files(sends(small, RUIZ, PDF)))

    async def story() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://desk") as client:
            return await client.post(path)

    page = run(story())
    assert asked == [PDF]
    assert page.text.count("<img") == 1
    assert f"data:image/jpeg;base64,{b64encode(drawn).decode()}" in page.text
    assert 'alt="File 1, page 1"' in page.text
    assert b64encode(PDF).decode()[:40] not in page.text


# What a look rests on


def test_a_look_is_written_down_with_the_use_of_its_link_or_not_at_all(agency: Agency) -> None:
    (item,) = sends(agency, RUIZ, PDF)
    look = replace(own_files((item,)), kind="review", about=agency.id_of(RUIZ), more={"upload": 3107})
    token = look_link(agency, NAIR, look).removeprefix("/f/")
    seen: list[tuple[int, looks.Look]] = []

    def fails(*_: object) -> None:
        raise RuntimeError

    kind = looks.LookKind(
        "review", lambda question, _: bool(question.roles), lambda _, who, what: seen.append((who, what))
    )
    failing = looks.kinds_by_name([replace(kind, looked=fails)])
    link = links.found(agency.office, token, looks.OPENING)
    assert link is not None
    opened = looks.open_link(agency.office, link, failing)
    with pytest.raises(RuntimeError):
        looks.use_up(agency.office, link, opened, failing)
    assert (links_left(agency), agency.entries("link:opened")) == (1, ())
    kinds = looks.kinds_by_name([kind])
    assert looks.use_up(agency.office, link, opened, kinds) is not None
    assert looks.use_up(agency.office, link, opened, kinds) is None
    ((who, what),) = seen
    assert (who, what.items, what.more) == (agency.id_of(NAIR), (item.id,), {"upload": 3107})
    shown = agency.screen(RUIZ, "who saw my record")
    assert "Nair" in shown
    assert "opened a file of yours" in shown


def test_a_role_that_ends_between_the_look_and_the_press_opens_nothing(small: Agency) -> None:
    (item,) = sends(small, RUIZ, PDF)
    allowed = [True]
    kinds = looks.kinds_by_name([looks.LookKind("own-file", lambda _, __: allowed[0])])
    link = links.found(
        small.office, look_link(small, RUIZ, own_files((item,))).removeprefix("/f/"), looks.OPENING
    )
    assert link is not None
    opened = looks.open_link(small.office, link, kinds)
    allowed[0] = False
    assert looks.use_up(small.office, link, opened, kinds) is None
    assert small.entries("link:opened") == ()


def test_a_file_that_is_set_aside_while_its_pictures_are_drawn_is_not_shown_either(agency: Agency) -> None:
    kept, hidden = sends(agency, RUIZ, PDF, JPEG)
    path = look_link(agency, RUIZ, own_files((kept, hidden)))
    seen: list[tuple[int, ...]] = []
    kinds = looks.kinds_by_name(
        [looks.LookKind("own-file", lambda _, __: True, lambda _, __, what: seen.append(what.items))]
    )
    link = links.found(agency.office, path.removeprefix("/f/"), looks.OPENING)
    assert link is not None
    opened = looks.open_link(agency.office, link, kinds)
    assert len(opened.shown) == 2
    with agency.writing() as writer:
        writer.record(ContentQuarantine(item_id=hidden.id, reason=SetAside.BY_HAND))
    used = looks.use_up(agency.office, link, opened, kinds)
    assert used is not None
    assert [each.item_id for each in used.shown] == [kept.id]
    assert set(used.tokens) == {1}
    assert seen == [(kept.id,)]

"""A one-time link does one thing for one person, once, and tells nothing to anybody else."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.composition import compose
from config.settings import load
from db.records.links import LinkPurpose
from db.tables import one_time_link
from db.unit_of_work import working
from scheduler.jobs import Work
from scheduler.keeping import clear_links
from tests.scenario.cast import Agency
from tests.scenario.link_cast import (
    JPEG,
    NAIR,
    PDF,
    PUBLIC,
    RUIZ,
    browsing,
    is_gone,
    kept_files,
    links_left,
    look_link,
    own_files,
    sends,
    upload_link,
    with_links,
)
from tests.scenario.slack_cast import raw_bytes
from training.links.links import LASTS, found, new_token


@pytest.fixture
def agency(lakemont: Agency) -> Agency:
    """Lakemont with pages, on both databases."""
    return with_links(lakemont)


@pytest.fixture
def small(embedded: Agency) -> Agency:
    """The same on SQLite alone, where the database is not the matter."""
    return with_links(embedded)


def test_a_link_is_used_once(agency: Agency) -> None:
    with browsing(agency) as browser:
        path = upload_link(agency, RUIZ)
        assert browser.send(path, ("a.pdf", PDF)).status_code == 200
        assert is_gone(browser.get(path))
        assert is_gone(browser.send(path, ("a.pdf", PDF)))
    assert len(kept_files(agency, RUIZ)) == 1
    assert links_left(agency) == 0


def test_of_two_who_send_at_once_one_is_taken(agency: Agency) -> None:
    with browsing(agency) as browser, ThreadPoolExecutor(4) as pool:
        path = upload_link(agency, RUIZ)
        answers = list(pool.map(lambda _: browser.send(path, ("a.pdf", PDF)), range(4)))
    assert sorted(each.status_code for each in answers) == [200, 404, 404, 404]
    assert len(kept_files(agency, RUIZ)) == 1


def test_looking_at_a_link_changes_nothing_however_often_a_chat_tool_does(small: Agency) -> None:
    with browsing(small) as browser:
        path = upload_link(small, RUIZ)
        look = look_link(small, RUIZ, own_files(sends(small, RUIZ, JPEG)))
        before = small.sequence()
        for each in (path, look):
            for _ in range(3):
                assert browser.get(each).status_code == 200
                assert browser.client.head(each).status_code == 200
        assert (links_left(small), small.sequence()) == (2, before)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_no_other_way_of_asking_does_anything(small: Agency, method: str) -> None:
    with browsing(small) as browser:
        path = upload_link(small, RUIZ)
        assert browser.client.request(method, path).status_code == 405
        assert browser.send(path, ("a.pdf", PDF)).status_code == 200


def test_a_link_is_over_after_half_an_hour(small: Agency) -> None:
    with browsing(small) as browser:
        path = upload_link(small, RUIZ)
        small.clock.at += timedelta(minutes=29, seconds=59)
        assert browser.get(path).status_code == 200
        small.clock.at += timedelta(seconds=1)
        assert is_gone(browser.get(path))
        assert is_gone(browser.send(path, ("a.pdf", PDF)))
    assert kept_files(small, RUIZ) == []


def test_used_over_foreign_and_invented_links_say_the_same(small: Agency) -> None:
    with browsing(small) as browser:
        used, over, upload = (upload_link(small, RUIZ) for _ in range(3))
        browser.send(used, ("a.pdf", PDF))
        look = look_link(small, RUIZ, own_files(sends(small, RUIZ, JPEG)))
        pages = [
            browser.get(used),
            browser.get(f"/u/{new_token()}"),
            browser.get("/u/x"),
            browser.get("/f/%00"),
        ]
        # A link of one kind opens nothing of another.
        pages += [browser.get(upload.replace("/u/", "/f/")), browser.press(upload.replace("/u/", "/f/"))]
        pages += [
            browser.get(look.replace("/f/", "/u/")),
            browser.send(look.replace("/f/", "/u/"), ("a", PDF)),
        ]
        small.clock.at += LASTS[LinkPurpose.UPLOAD]
        pages += [browser.get(over), browser.press(look)]
    assert {each.status_code for each in pages} == {404}
    assert len({each.text for each in pages}) == 1


def test_the_token_lies_nowhere_and_what_it_carries_is_closed(embedded: Agency) -> None:
    agency = with_links(embedded)
    look = replace(own_files(sends(agency, RUIZ, JPEG)), title="Zweibrueckenkurs")
    path = look_link(agency, RUIZ, look)
    kept = raw_bytes(agency)
    assert path.removeprefix("/f/").encode() not in kept
    assert b"Zweibrueckenkurs" not in kept
    assert b"U-3107" not in kept


def test_a_row_that_was_made_somebody_elses_opens_nothing(embedded: Agency) -> None:
    small = with_links(embedded)
    token = upload_link(small, RUIZ).rpartition("/")[2]
    assert found(small.office, token, [LinkPurpose.UPLOAD]) is not None
    with working(small.office.engine) as conn:
        conn.execute(update(one_time_link).values(person_id=small.id_of(NAIR)))
    assert found(small.office, token, [LinkPurpose.UPLOAD]) is None


def test_links_that_nobody_used_are_let_go_of(agency: Agency) -> None:
    upload_link(agency, RUIZ)
    look_link(agency, RUIZ, own_files(sends(agency, RUIZ, PDF)))
    work = Work(agency.office, lambda: False)
    assert clear_links(work) == 0
    agency.clock.at += LASTS[LinkPurpose.LOOK]
    assert (clear_links(work), links_left(agency)) == (1, 1)
    agency.clock.at += LASTS[LinkPurpose.UPLOAD]
    assert (clear_links(work), links_left(agency)) == (1, 0)


def test_without_an_address_no_link_is_made(embedded: Agency) -> None:
    with pytest.raises(AssertionError):
        upload_link(embedded, RUIZ)
    assert links_left(embedded) == 0


@pytest.mark.parametrize(("named", "links_at"), [("", ""), (PUBLIC, PUBLIC)])
def test_an_address_that_nobody_named_is_given_to_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, links_at: str
) -> None:
    monkeypatch.setenv("ROLLCALL_DATA_DIR", str(tmp_path))
    if named:
        monkeypatch.setenv("ROLLCALL_PUBLIC_URL", named)
    assert compose(load()).links_at == links_at

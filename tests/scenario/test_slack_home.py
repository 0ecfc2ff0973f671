"""The Home tab in Slack: the same numbers as everywhere, and never yesterday's."""

from datetime import date

from db.queries.context import ByBadge
from handlers.front_desk import FrontDesk
from tests.fakes.slack import faults
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import (
    OFFICER,
    SERGEANT,
    in_slack,
    kept_events,
    words_of,
)


def home_of(agency: Agency, badge: str) -> str:
    """The numbers of the home card as every door has them."""
    card = FrontDesk(agency.office, agency.words).home(agency.agency_id, ByBadge(badge), "slack")
    assert card is not None
    return card.title


def test_the_home_tab_the_answer_and_the_desk_say_the_same(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        home = desk.home(OFFICER)
        answer = desk.ask(OFFICER, "am i good?")
        assert home.startswith(home_of(embedded, OFFICER))
        assert words_of(answer).split(".")[0] == home.split(".")[0] == "NOT YET, Ruiz"


def test_an_open_home_tab_follows_a_change_and_midnight(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        before = desk.home(OFFICER)
        desk.home(SERGEANT)
        desk.service.tick()
        assert len(desk.slack.calls_of("views.publish")) == 2
        embedded.completes(OFFICER, "2027-03-01", "4", "autism")
        desk.service.tick()
        assert len(desk.slack.calls_of("views.publish")) == 3
        after = desk.shown_home(OFFICER)
        assert after != before
        assert after.startswith(home_of(embedded, OFFICER))
        embedded.at("2027-03-03 00:00")
        desk.service.tick()
        assert len(desk.slack.calls_of("views.publish")) == 5
        assert desk.shown_home(OFFICER).startswith(home_of(embedded, OFFICER))
        desk.service.tick()
        assert len(desk.slack.calls_of("views.publish")) == 5


def test_the_home_of_a_stranger_and_of_somebody_who_left_say_nothing_of_anybody(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        desk.home(OFFICER)
        embedded.leaves(OFFICER, date(2027, 3, 1))
        assert "Ruiz" not in desk.home(OFFICER)
        stranger = desk.slack.world.add_user("U0STRANGER", "Dana Ruiz", "dana@elsewhere.example")
        desk.accounts["stranger"] = stranger.id
        assert "Ruiz" not in desk.home("stranger")


def test_a_home_tab_that_slack_does_not_take_is_shown_by_a_later_tick(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        desk.slack.faults.next("views.publish", faults.failed(after=False))
        assert desk.send(desk.slack.events.app_home_opened(desk.account(OFFICER))).ok
        desk.until_quiet()
        assert kept_events(embedded) == {"waiting": 1}
        embedded.at("2027-03-02 14:11")
        desk.service.tick()
        assert "NOT YET" in desk.shown_home(OFFICER)
        assert kept_events(embedded) == {"done": 1}

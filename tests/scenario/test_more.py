"""Is MORE true wherever a text says it? It brings what was being read, and is offered where it does."""

import pytest

from db.queries.context import ByBadge
from messages.replies import GOES_ON
from tests.scenario.cast import SMS, Agency
from tests.scenario.custody_cast import NAIR, OKAFOR, PARK, RUIZ
from training.asking import asking

PAGED = [
    *(
        (RUIZ, each)
        for each in ("missing", "history", "who saw my record", "my tickets", "my certificates", "help")
    ),
    *((RUIZ, each) for each in ("menu", "texts to me")),
    *((OKAFOR, each) for each in ("team", "why")),
    *((NAIR, each) for each in ("duplicates", "accounts", "completeness", "reviews", "unmatched", "tickets")),
    *((NAIR, each) for each in ("second looks", "undelivered", "intakes", "shared phones")),
    *((PARK, each) for each in ("messages 214", "log", "templates")),
]
WHOLE = [
    *((RUIZ, each) for each in ("picture", "deadlines", "when does my cpr expire", "my transcript")),
    *(
        (RUIZ, each)
        for each in ("human", "thanks", "are you an ai", "what if i take autism 4 hours on june 1")
    ),
    *((NAIR, each) for each in ("review rules", "certificate figures", "figures", "intake 214")),
    *((PARK, each) for each in ("holds", "disposals", "openings", "rules")),
]


def goes_on(agency: Agency, badge: str) -> bool:
    """Whether MORE would bring the next page of what was shown."""
    with asking(agency.office, agency.agency_id, ByBadge(badge), SMS) as question:
        assert question is not None
        return question.remembered().get("pages_of") is not None


@pytest.mark.parametrize(("badge", "text"), PAGED)
def test_what_is_shown_page_by_page_offers_more(embedded: Agency, badge: str, text: str) -> None:
    message = embedded.ask(badge, text, SMS)
    assert (goes_on(embedded, badge), message.kind in GOES_ON) == (True, True), message.kind


@pytest.mark.parametrize(("badge", "text"), WHOLE)
def test_what_has_no_next_page_offers_none(embedded: Agency, badge: str, text: str) -> None:
    message = embedded.ask(badge, text, SMS)
    assert (goes_on(embedded, badge), message.kind in GOES_ON) == (False, False), message.kind


def test_more_after_a_status_is_what_the_status_had_no_room_for(embedded: Agency) -> None:
    embedded.ask(RUIZ, "am i good", SMS)
    assert embedded.ask(RUIZ, "more", SMS).kind in GOES_ON

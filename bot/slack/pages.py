"""Which Home tabs stand open, and do they still show what is true? Shown when opened, and again when it changed."""

import logging

from bot.slack.api import SlackApi
from bot.slack.events import CHANNEL
from bot.slack.home import render_home
from db.queries.context import ByPerson
from db.records.facts import AgencyId
from db.records.work import HomePage
from handlers.front_desk import FrontDesk
from messages import wording
from messages.words import Words
from training import pages
from training.office import Office

log = logging.getLogger(__name__)


class HomeNotShownError(Exception):
    """Slack did not take the page; it is tried again."""


class HomeTabs:
    """The Home tabs of one workspace or organization."""

    def __init__(self, office: Office, words: Words, front_desk: FrontDesk, api: SlackApi) -> None:
        self._office = office
        self._words = words
        self._front_desk = front_desk
        self._api = api

    def show(self, agency_id: AgencyId, person_id: int | None, address: str, account: str) -> None:
        """Publish somebody's own page, and remember that it is open; a stranger's says nothing about anybody."""
        shown = pages.about_to_show(self._office, agency_id, person_id)
        message = (
            None
            if person_id is None
            else self._front_desk.home(agency_id, ByPerson(person_id), CHANNEL, serving_only=True)
        )
        view = render_home(
            message,
            self._words,
            as_of=wording.moment(shown.at, self._words),
            agency=shown.agency_name,
            nonce=f"{shown.at.timestamp():.0f}",
        )
        answer = self._api.write("views.publish", user_id=account, view=view)
        if not answer.ok:
            raise HomeNotShownError(answer.error)
        if person_id is not None:
            page = HomePage(
                person_id=person_id,
                channel=CHANNEL,
                address=address,
                account=account,
                shown=shown.standing,
            )
            pages.keep(self._office, agency_id, page)

    def follow(self) -> int:
        """Publish again every page that no longer shows what is true; how many."""
        done = 0
        for agency_id, page in pages.behind(self._office, CHANNEL):
            person_id = pages.still_behind(self._office, agency_id, page)
            if person_id is None:
                # Nobody's account any more: the page must not go on showing somebody's record.
                pages.forget(self._office, agency_id, page)
            try:
                self.show(agency_id, person_id, page.address, page.account)
            except HomeNotShownError as error:
                log.warning("home-not-shown", extra={"error": str(error)})
                continue
            done += 1
        return done

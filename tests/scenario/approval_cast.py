"""Requests that wait for a decision: rules for a story, forms that are sent, and what was read at the desk."""

import json
import re
from collections.abc import Mapping
from typing import Any

from db.queries.context import ByBadge
from db.records.requests import RequestRules, RequestRulesDecision, RequestRulesWord
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from messages.model import Button, Message
from messages.plain import plain_text
from scheduler.approvals import follow_requests
from tests.scenario.cast import SCREEN, Agency
from tests.scenario.reminder_cast import Desk
from tests.scenario.request_cast import NAIR, RUIZ, a_class
from training.requests.rules import shipped
from training.sealed.sealing import keep_text

TORRES, BRANDT = "31", "1"
REASON = "negotiator vacancy, want to apply"


def other_rules(agency: Agency, **changed: Mapping[str, Any]) -> None:
    """Rules of requests that two people agreed on: those of the release with these values in these parts."""
    words = json.loads(json.dumps(dict(shipped().written), default=str))
    for part, values in changed.items():
        words[part] = {**words[part], **values}
    with agency.writing() as writer:
        who = agency.id_of(NAIR)
        (rules_id,) = writer.record(
            RequestRules(
                version=2,
                rules=words,
                item_id=keep_text(writer, agency.office.keys, who, "So that the story has it."),
            )
        )
        writer.record(
            RequestRulesDecision(
                rules_id=rules_id,
                word=RequestRulesWord.CONFIRMED,
                proposed_by=who,
                decided_by=agency.id_of(BRANDT),
            )
        )


def nothing_is_checked(agency: Agency) -> None:
    """No request has to be opened before it is approved."""
    other_rules(agency, checks={"over_cost": "100000", "over_days": 300})


def a_desk(agency: Agency) -> Desk:
    """Panes of a desk, in which no reminder comes between."""
    return Desk(agency)


def goes_on(desk: Desk) -> int:
    """What the scheduler does about requests, and what is due is put into the panes; how much was planned."""
    planned = follow_requests(desk.work)
    desk.deliver()
    return planned


def card(desk: Desk, badge: str) -> Message:
    """The last thing that somebody read in their pane."""
    desk.deliver()
    who = desk.agency.id_of(badge)
    return [message for _, person_id, message in desk.panes.read if person_id == who][-1]


def read(desk: Desk, badge: str) -> list[str]:
    """What somebody read, in order."""
    desk.deliver()
    return [text for _, text in desk.heard(badge)]


def button(message: Message, label: str) -> Button:
    """A button of a message by what stands on it."""
    return next(each for each in message.actions if isinstance(each, Button) and each.label == label)


def sends(agency: Agency, badge: str, action: str, form: Mapping[str, tuple[str, ...]]) -> str:
    """A form, as it is sent; what is answered."""
    message = FrontDesk(agency.office, agency.words).answer(
        Interaction(
            agency_id=agency.agency_id, sender=ByBadge(badge), channel=SCREEN, action=action, form=form
        ),
        "Lakemont PD",
    )
    return plain_text(message, SCREEN)


def says(agency: Agency, badge: str, words: str) -> str:
    """What words at a terminal are answered with, without the title."""
    return plain_text(agency.ask(badge, words), SCREEN).partition("\n")[2]


def presses(agency: Agency, badge: str, pressed: Button) -> str:
    """What a press is answered with."""
    return plain_text(agency.press(badge, pressed), SCREEN).splitlines()[1]


def asks(
    agency: Agency,
    badge: str = RUIZ,
    *,
    number: int = 950,
    cost: str | None = "0",
    day: str = "2027-06-21",
    register_by: str | None = None,
) -> int:
    """Somebody asks for a short class and says why; the number of the request."""
    a_class(
        agency,
        number,
        day,
        day,
        "Lakemont",
        cost,
        title=f"Report writing {number}",
        hours="4",
        topics=(),
        register_by=register_by,
    )
    agency.text(badge, f"request C-{number}")
    said = agency.text(badge, REASON)
    found = re.search(r"R-(\d+) sent to", said)
    assert found is not None, said
    return int(found[1])

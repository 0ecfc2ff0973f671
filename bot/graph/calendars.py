"""How is an entry made in somebody's own calendar? By three requests written by hand: the kit's own event has a hundred
fields and as many imports, of which nine are used."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any, Final
from urllib.parse import quote

from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation

from bot.graph.kit import GoneError, GraphKit, ThereError
from bot.graph.parsed import MadeEvent
from training.directory.calendars import CalendarEntry
from training.errors import ErrorCode, RollcallError

WRITE: Final = "Calendars.ReadWrite"
RAW: Final = "request-raw-url"
# As long as a calendar takes them.
LONGEST: Final = 255
# The id stays when the officer moves it into another calendar of theirs.
PREFER: Final = 'IdType="ImmutableId"'


async def enter(kit: GraphKit, object_id: str, entry: CalendarEntry, transaction: str) -> str | None:
    """Its id; None where nobody has such a calendar, or somebody has used the transaction for something else."""
    body = {**_body(entry), "transactionId": transaction}
    request = partial(_request, Method.POST, _events(kit, object_id), body)
    try:
        made = await kit.read(request, MadeEvent, WRITE)
    except (GoneError, ThereError):
        return None
    if not made.id:
        raise RollcallError(ErrorCode.DIRECTORY_UNCLEAR, why="no id")
    return made.id


async def change(kit: GraphKit, object_id: str, event_id: str, entry: CalendarEntry) -> bool:
    """False where it is not there any more."""
    where = f"{_events(kit, object_id)}/{quote(event_id, safe='')}"
    try:
        await kit.act(partial(_request, Method.PATCH, where, _body(entry)), WRITE)
    except GoneError:
        return False
    return True


async def remove(kit: GraphKit, object_id: str, event_id: str) -> None:
    """What is gone already is as good."""
    where = f"{_events(kit, object_id)}/{quote(event_id, safe='')}"
    try:
        await kit.act(partial(_request, Method.DELETE, where, None), WRITE)
    except GoneError:
        return


def _events(kit: GraphKit, object_id: str) -> str:
    return f"{kit.root}/users/{quote(object_id, safe='')}/events"


def _request(method: Method, where: str, body: Mapping[str, Any] | None) -> RequestInformation:
    request = RequestInformation(method, "{+" + RAW + "}", {RAW: where})
    request.headers.try_add("Accept", "application/json")
    request.headers.try_add("Prefer", PREFER)
    if body is not None:
        request.set_stream_content(json.dumps(body).encode(), "application/json")
    return request


def _body(entry: CalendarEntry) -> Mapping[str, Any]:
    """Private: others who may look into the calendar see that the time is taken."""
    return {
        "subject": entry.title[:LONGEST],
        "body": {"contentType": "text", "content": entry.note},
        "start": {"dateTime": entry.begins, "timeZone": entry.zone},
        "end": {"dateTime": entry.ends, "timeZone": entry.zone},
        "isAllDay": entry.whole_days,
        "location": {"displayName": entry.place[:LONGEST]},
        "sensitivity": "private",
        "showAs": "busy",
    }

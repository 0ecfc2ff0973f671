"""What do a person, a conversation and an activity look like when Teams tells of them?"""

import html
import uuid
from datetime import datetime
from typing import Any

from tests.fakes.teams.world import Chat, Message, Person, World

Json = dict[str, Any]

CARD = "application/vnd.microsoft.card.adaptive"
FILE = "application/vnd.microsoft.teams.file.download.info"
CHANNEL = "msteams"


def stamp(at: datetime) -> str:
    """An instant as Teams writes it."""
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def event_id() -> str:
    """The id of an activity that is no message."""
    return f"f:{uuid.uuid4()}"


def account(person: Person, *, named: bool = True) -> Json:
    """A person as the sender of an activity; events leave the name out."""
    told: Json = {"id": person.id, "aadObjectId": person.aad}
    return told | {"name": person.name} if named else told


def conversation(chat: Chat, thread: str = "") -> Json:
    """A conversation as an activity tells it."""
    told: Json = {"conversationType": chat.kind, "tenantId": chat.tenant, "id": chat.id}
    if chat.kind != "personal":
        told["isGroup"] = True
    if thread:
        told["id"] = f"{chat.id};messageid={thread}"
    return told


def channel_data(chat: Chat) -> Json:
    """What only Teams has: the tenant, and the team of a channel."""
    told: Json = {"tenant": {"id": chat.tenant}}
    if chat.team is not None:
        told |= {
            "teamsChannelId": chat.id,
            "teamsTeamId": chat.team.id,
            "channel": {"id": chat.id},
            "team": {"id": chat.team.id, "name": chat.team.name, "aadGroupId": chat.team.group},
        }
    return told


def activity(world: World, kind: str, person: Person, chat: Chat, said: Message | None, named: bool) -> Json:
    """What every activity has."""
    now = world.clock.now()
    return {
        "type": kind,
        "id": event_id(),
        "timestamp": stamp(now),
        "localTimestamp": stamp(now).replace("Z", "+00:00"),
        "localTimezone": person.timezone,
        "serviceUrl": world.service_url,
        "channelId": CHANNEL,
        "from": account(person, named=named),
        "conversation": conversation(chat, said.thread if said is not None else ""),
        "recipient": {"id": world.app.id, "name": world.app.name},
        "entities": [client_info(person)],
        "channelData": channel_data(chat),
        "locale": person.locale,
    }


def client_info(person: Person) -> Json:
    """What Teams tells of the person's client."""
    return {
        "locale": person.locale,
        "country": person.locale.rpartition("-")[2],
        "platform": person.platform,
        "timezone": person.timezone,
        "type": "clientInfo",
    }


def written(text: str) -> Json:
    """The attachment that comes with every message: the same words as a web page."""
    return {"contentType": "text/html", "content": f"<p>{html.escape(text, quote=False)}</p>"}


def member(person: Person) -> Json:
    """A person as the roster tells them."""
    told: Json = {
        "id": person.id,
        "name": person.name,
        "objectId": person.aad,
        "givenName": person.name.partition(" ")[0],
        "surname": person.surname,
        "userPrincipalName": person.upn,
        "tenantId": person.tenant,
        "userRole": "guest" if person.guest else "user",
    }
    told |= {"email": person.email} if person.email else {}
    return {name: value for name, value in told.items() if name not in person.untold}

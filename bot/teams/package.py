"""What does a Teams administrator upload? A package with the manifest of this installation's own bot, and two icons.

The manifest is version 1.22 of learn.microsoft.com/microsoftteams/platform/resources/schema/manifest-schema.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from PIL import Image, ImageDraw

from bot.teams.clouds import connector_of
from config.settings import Settings
from messages.words import Words

VERSION = "1.22"
SCHEMA = f"https://developer.microsoft.com/json-schemas/teams/v{VERSION}/MicrosoftTeams.schema.json"
MANIFEST, COLOR, OUTLINE = "manifest.json", "color.png", "outline.png"
COLOR_SIZE, OUTLINE_SIZE = 192, 32
ACCENT = "#1d3557"
LONGEST_FULL_NAME = 100
# What a person is offered to write, in the order in which it is needed.
OFFERED = ("status", "next", "upload", "request", "reminders", "help")
# A package is the same whenever it is made from the same settings.
MADE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where an agency says who it is, what becomes of data, and on which terms; all are shown before installing."""

    website: str
    privacy: str
    terms: str


def app_id(bot_id: str) -> str:
    """The id of the app in its package. The app is not the bot, and stays the same app when it is uploaded again."""
    return str(uuid5(NAMESPACE_URL, f"rollcall:{bot_id}"))


def manifest(settings: Settings, version: str, addresses: Addresses, words: Words) -> Mapping[str, Any]:
    """The manifest of this installation's bot. ``version`` rises with each upload."""
    teams = settings.teams
    bot_id = teams.client_id or ""
    host = urlsplit(settings.public_url).hostname or ""
    full_name = words.say("teams-app-full-name", agency=settings.agency_name)
    return {
        "$schema": SCHEMA,
        "manifestVersion": VERSION,
        "version": version,
        "id": app_id(bot_id),
        "developer": {
            "name": words.say("teams-app-developer"),
            "websiteUrl": addresses.website,
            "privacyUrl": addresses.privacy,
            "termsOfUseUrl": addresses.terms,
        },
        "name": {"short": words.say("teams-app-name"), "full": full_name[:LONGEST_FULL_NAME]},
        "description": {
            "short": words.say("teams-app-short"),
            "full": words.say("teams-app-full", agency=settings.agency_name),
        },
        "icons": {"color": COLOR, "outline": OUTLINE},
        "accentColor": ACCENT,
        "bots": [
            {
                "botId": bot_id,
                "scopes": ["personal", "team", "groupChat"],
                "supportsFiles": connector_of(teams).takes_files,
                "isNotificationOnly": False,
                "commandLists": [{"scopes": ["personal"], "commands": _commands(words)}],
            }
        ],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [host],
        "webApplicationInfo": {"id": bot_id, "resource": f"api://{host}/{bot_id}"},
    }


def package(said: Mapping[str, Any]) -> bytes:
    """The file to upload, for one manifest."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        written = json.dumps(said, ensure_ascii=False, indent=2).encode()
        for name, content in ((MANIFEST, written), (COLOR, _color()), (OUTLINE, _outline())):
            archive.writestr(ZipInfo(name, MADE), content, ZIP_DEFLATED)
    return made.getvalue()


def _commands(words: Words) -> list[Mapping[str, str]]:
    return [
        {
            "title": words.say(f"teams-command-{each}"),
            "description": words.say(f"teams-command-{each}-does"),
        }
        for each in OFFERED
    ]


def _color() -> bytes:
    """A white check mark on the accent color, inside the middle that a client shows when it rounds the corners."""
    return _drawn(COLOR_SIZE, ACCENT, 18)


def _outline() -> bytes:
    """The same in white on nothing."""
    return _drawn(OUTLINE_SIZE, (0, 0, 0, 0), 3)


def _drawn(size: int, ground: str | tuple[int, int, int, int], stroke: int) -> bytes:
    picture = Image.new("RGBA", (size, size), ground)
    corners = [(0.28 * size, 0.52 * size), (0.44 * size, 0.68 * size), (0.74 * size, 0.34 * size)]
    draw = ImageDraw.Draw(picture)
    draw.line(corners, fill="white", width=stroke, joint="curve")
    half = stroke / 2
    for x, y in (corners[0], corners[-1]):
        draw.ellipse((x - half, y - half, x + half, y + half), fill="white")
    made = BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()

"""Whose token is it, and what may it do? Asked once by whoever examines the installation, outside any event loop."""

import logging
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from config.settings import Slack

# A person waits for the line.
PATIENCE_SECONDS = 5
# What goes wrong is an answer here, and the library would write it to the screen as well.
_QUIET = logging.getLogger("rollcall.quiet")
_QUIET.setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What Slack says of our token; ``refused`` is its own word for why not, ``reached`` whether it said anything."""

    reached: bool
    refused: str = ""
    team: str = ""
    addresses: tuple[str, ...] = ()
    scopes: frozenset[str] = frozenset()


def client_of(settings: Slack) -> WebClient:
    """For a command that asks a few things and ends."""
    return WebClient(
        token="" if settings.bot_token is None else settings.bot_token.get_secret_value(),
        base_url=settings.api_url,
        timeout=PATIENCE_SECONDS,
        retry_handlers=[],
        logger=_QUIET,
    )


def identity(settings: Slack) -> Identity:
    """Ask Slack. Never raises for what Slack or the network does."""
    client = client_of(settings)
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        return Identity(reached=True, refused=str(error.response.get("error") or "unclear"))
    except (OSError, SlackClientError, ValueError):
        return Identity(reached=False)
    headers = {str(name).lower(): value for name, value in dict(answer.headers).items()}
    granted = headers.get("x-oauth-scopes") or ""
    found = (answer.get("team_id"), answer.get("enterprise_id"))
    return Identity(
        reached=True,
        team=str(answer.get("team") or ""),
        addresses=tuple(str(each) for each in found if each),
        scopes=frozenset(each.strip() for each in str(granted).split(",") if each.strip()),
    )

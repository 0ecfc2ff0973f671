"""The smallest app that the Slack library makes: says back what it is told. Run as a module with the stand-in's
address."""

import os
import sys
from typing import Any

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.routing import Route

from bot.serving import SayingServer, take_port


def main() -> None:
    """Serve until killed; the address is the first line."""
    client = AsyncWebClient(token=os.environ["ROLLCALL_SLACK_BOT_TOKEN"], base_url=sys.argv[1])
    app = AsyncApp(client=client, signing_secret=os.environ["ROLLCALL_SLACK_SIGNING_SECRET"])

    @app.event("message")
    async def _(event: dict[str, Any], say: Any) -> None:
        await say(text=f"You said {event['text']}")

    place = take_port("127.0.0.1", 0)
    web = Starlette(routes=[Route("/slack/events", AsyncSlackRequestHandler(app).handle, methods=["POST"])])

    def opened() -> None:
        print(f"Rollcall answers at http://127.0.0.1:{place.getsockname()[1]}.", file=sys.stderr, flush=True)

    SayingServer(uvicorn.Config(web, log_level="warning", access_log=False), opened).run(sockets=[place])


if __name__ == "__main__":
    main()

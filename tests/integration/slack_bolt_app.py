"""The smallest Bolt app that answers, over HTTP or Socket Mode: what the Slack stand-in is tried against."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.fakes.slack.server import StandIn
from tests.integration.service_process import PATIENCE, until

Json = dict[str, Any]


def client(slack: StandIn, handlers: Sequence[AsyncRetryHandler] = ()) -> AsyncWebClient:
    """The SDK's client of the app, with these retries and no others."""
    token = slack.world.bot.token
    return AsyncWebClient(token=token, base_url=slack.api_url, retry_handlers=list(handlers))


def echo(slack: StandIn) -> AsyncApp:
    """Says back what it is told; a command opens a form; a button edits its message; the Home tab greets."""
    app = AsyncApp(client=client(slack), signing_secret=slack.world.app.signing_secret)

    @app.event("message")
    async def _(event: Json, say: Any) -> None:
        if "subtype" in event and event["subtype"] != "file_share":
            return
        button = {"type": "button", "action_id": "yes", "value": "R-1", "text": _plain("Yes")}
        blocks = [_section(f"You said {event['text']}"), {"type": "actions", "elements": [button]}]
        await say(text=f"You said {event['text']}", blocks=blocks)

    @app.event("app_home_opened")
    async def _(event: Json, client: AsyncWebClient) -> None:
        await client.views_publish(
            user_id=event["user"], view={"type": "home", "blocks": [_section("Hello")]}
        )

    @app.action("yes")
    async def _(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        ts, channel = body["container"]["message_ts"], body["container"]["channel_id"]
        await client.chat_update(channel=channel, ts=ts, text="Decided", blocks=[])

    @app.command("/rollcall")
    async def _(ack: Any, body: Json, client: AsyncWebClient, respond: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        await respond(f"Opened for {body['text']}")

    @app.view("request")
    async def _(ack: Any, body: Json) -> None:
        hours = body["view"]["state"]["values"]["hours"]["amount"]["value"]
        if hours.isdecimal():
            await ack()
        else:
            await ack(response_action="errors", errors={"hours": "Hours are a number."})

    return app


FORM = {
    "type": "modal",
    "callback_id": "request",
    "title": {"type": "plain_text", "text": "Request"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "hours",
            "label": {"type": "plain_text", "text": "Hours"},
            "element": {"type": "plain_text_input", "action_id": "amount"},
        }
    ],
}


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def _section(text: str) -> Json:
    return {"type": "section", "text": _plain(text)}


@contextmanager
def over_http(slack: StandIn) -> Iterator[str]:
    """The app's request URL while it runs."""
    handler = AsyncSlackRequestHandler(echo(slack))

    async def events(request: Request) -> Response:
        answer: Response = await handler.handle(request)
        return answer

    web = Starlette(routes=[Route("/slack/events", events, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(web, port=0, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until(lambda: server.started, "the app listens")
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}/slack/events"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


@contextmanager
def over_sockets(slack: StandIn, connections: int = 1) -> Iterator[None]:
    """The app with so many connections of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def run(work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(PATIENCE)

    async def connect() -> list[AsyncSocketModeHandler]:
        app = echo(slack)
        made = [
            AsyncSocketModeHandler(app, slack.world.app.app_token, ping_interval=0.2)
            for _ in range(connections)
        ]
        for each in made:
            await each.connect_async()  # type: ignore[no-untyped-call]  # the kit has no type for it
        return made

    async def close(handlers: list[AsyncSocketModeHandler]) -> None:
        for each in handlers:
            await each.close_async()  # type: ignore[no-untyped-call]  # the kit has no type for it
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    handlers = run(connect())
    try:
        yield
    finally:
        run(close(handlers))
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE)
        loop.close()

"""Slack at one's own desk: ``python -m tests.fakes.slack --port 9000``, then write as the people in it.

``ruiz: am i good?`` is a direct message, ``ruiz: /rollcall help`` a command, ``ruiz: @C0ALL hello`` a mention in a
channel, ``ruiz: home`` opens the Home tab, ``ruiz: press ACTION [VALUE]`` clicks in the newest message or the Home
tab, ``ruiz: submit ACTION=VALUE ...`` sends the open form, ``ruiz: file PATH [words]`` uploads.
"""

import argparse
import mimetypes
from pathlib import Path
from typing import Any

from tests.fakes.desk import MAIL, PEOPLE, until_stopped, write
from tests.fakes.slack.delivery import Door, Parcel
from tests.fakes.slack.journal import Call
from tests.fakes.slack.limits import Limits
from tests.fakes.slack.server import StandIn
from tests.fakes.slack.world import App, Message, View, elements

CHANNEL = "C0ALL"
AS_REGISTERED = App()


def words_of(blocks: list[dict[str, Any]]) -> list[str]:
    """What can be clicked or filled in."""
    return [
        f"[{each.get('text', {}).get('text', each['type'])}: {each['action_id']} {each.get('value', '')}".rstrip()
        + "]"
        for _, each in elements(blocks)
    ]


def tell(call: Call) -> None:
    """One call of the app, as soon as it is answered."""
    given = call.parameters
    to = given.get("channel") or given.get("user_id") or ""
    outcome = call.error or (call.fault or "") or ("" if call.status == 200 else str(call.status))
    write(f"  {call.method} {to} {outcome}".rstrip())
    for shown in (given.get("text"), given.get("markdown_text")):
        if shown:
            write(f"    {shown}")
    told = call.answer.get("message") or call.answer.get("view") or {}
    for each in words_of(told.get("blocks", [])):
        write(f"    {each}")


def newest(slack: StandIn, user: str) -> Message | View:
    """What this person would click in: the open form, the newest message with something to click, or the Home tab."""
    if slack.world.modals.get(user):
        return slack.world.modal(user)
    said = [each for each in slack.world.said_to(user) if any(each.elements())]
    return said[-1] if said else slack.world.homes[user]


def parcel(slack: StandIn, user: str, words: str) -> Parcel:
    """What Slack sends for a line."""
    first, _, rest = words.partition(" ")
    match first:
        case "home":
            return slack.events.app_home_opened(user)
        case "press":
            action, _, value = rest.partition(" ")
            return slack.acts.block_action(user, newest(slack, user), action, value or None)
        case "submit":
            return slack.acts.view_submission(user, dict(each.split("=", 1) for each in rest.split()))
        case "file":
            name, _, text = rest.partition(" ")
            path = Path(name)
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return slack.events.file_share(user, path.name, path.read_bytes(), kind, text)
        case _ if first.startswith("/"):
            return slack.acts.command(user, first, rest)
        case _ if first.startswith("@"):
            return slack.events.mention(user, rest, first[1:])
        case _:
            return slack.events.message(user, words)


def carry(slack: StandIn, door: Door, line: str) -> None:
    """Carry one line to the app, or tell why it cannot be."""
    who, colon, words = line.partition(":")
    user = f"U0{who.strip().upper()}"
    if not colon or user not in slack.world.users:
        write(f"  Begin with a name and a colon: {', '.join(slack.world.users)}")
        return
    try:
        answer = parcel(slack, user, words.strip()).to(door)
    except (AssertionError, LookupError, OSError, ValueError) as error:
        write(f"  Cannot be done: {error}")
        return
    if not answer.ok:
        write(f"  The app answered {answer.status} {answer.failure} {answer.trouble}")


def main() -> None:
    """Run until a signal comes; the end of the input is not the end."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.slack", description=__doc__)
    parser.add_argument("--port", type=int, default=9000)
    parser.add_argument(
        "--app", default="http://127.0.0.1:8000/slack/events", help="where the app takes events"
    )
    parser.add_argument("--socket-mode", action="store_true", help="send over the app's own connections")
    parser.add_argument("--no-limits", action="store_true", help="never answer 429")
    parser.add_argument(
        "--person", action="append", help="mail-name:Real Name, once for each; replaces the cast"
    )
    parser.add_argument("--mail", default=MAIL, help="what follows the @ of everybody's e-mail")
    parser.add_argument("--bot-token", help="instead of the stand-in's own")
    parser.add_argument("--app-token", default=AS_REGISTERED.app_token)
    parser.add_argument("--signing-secret", default=AS_REGISTERED.signing_secret)
    given = parser.parse_args()
    limits = Limits.none() if given.no_limits else None
    app = App(app_token=given.app_token, signing_secret=given.signing_secret)
    with StandIn(port=given.port, limits=limits, app=app) as slack:
        if given.bot_token:
            install = slack.world.installs.pop(slack.world.bot.token)
            install.token = given.bot_token
            slack.world.installs[install.token] = install
        for each in given.person or PEOPLE:
            mail, _, name = each.partition(":")
            slack.world.add_user(f"U0{mail.rpartition('.')[2].upper()}", name, f"{mail}@{given.mail}")
        slack.world.add_channel(CHANNEL, *slack.world.users, name="all-hands")
        slack.journal.listeners.append(tell)
        write(f"ROLLCALL_SLACK_API_URL={slack.api_url}")
        write(f"ROLLCALL_SLACK_BOT_TOKEN={slack.world.bot.token}")
        write(f"ROLLCALL_SLACK_SIGNING_SECRET={slack.world.app.signing_secret}")
        if given.socket_mode:
            write(f"ROLLCALL_SLACK_APP_TOKEN={slack.world.app.app_token}")
        door: Door = slack.socket_door() if given.socket_mode else slack.door(given.app)
        until_stopped(lambda line: carry(slack, door, line))


if __name__ == "__main__":
    main()

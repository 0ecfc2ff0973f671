"""Teams at one's own desk: ``python -m tests.fakes.teams --port 9200``, then write as the people in it.

``ruiz: am i good?`` is a message to the bot, ``ruiz: @help`` a mention in the team's channel, ``ruiz: press TITLE``
presses a button of the newest card, ``ruiz: submit NAME=VALUE ...`` sends the open dialog, ``ruiz: file PATH [words]``
sends a file, ``ruiz: install`` and ``ruiz: uninstall`` bring and take the app.
"""

import argparse
import mimetypes
from pathlib import Path
from typing import Any

from tests.fakes.desk import MAIL, PEOPLE, until_stopped, write
from tests.fakes.teams import buttons
from tests.fakes.teams.clouds import CLOUDS
from tests.fakes.teams.connector import card_of
from tests.fakes.teams.delivery import HttpDoor, Parcel
from tests.fakes.teams.journal import Call
from tests.fakes.teams.limits import Limits
from tests.fakes.teams.server import StandIn
from tests.fakes.teams.world import App, Chat, Message, Person

REGISTERED = App()
PATIENCE = 15.0
"""Seconds after which Teams gives up on an app."""


def words_of(card: dict[str, Any]) -> list[str]:
    """What a card says, can be filled in, and can be pressed."""
    said = [str(each["text"]) for each in buttons.elements(card) if "text" in each]
    said += [
        f"{fact['title']}: {fact['value']}"
        for each in buttons.elements(card)
        for fact in each.get("facts", [])
    ]
    said += [f"[{each['type']} {each['id']}]" for each in buttons.inputs(card)]
    return said + [f"[{each.get('title', '')}]" for each in buttons.actions(card)]


def tell(call: Call) -> None:
    """One call of the app, as soon as it is answered."""
    outcome = call.reason or call.fault or ("" if call.status < 300 else str(call.status))
    write(f"  {call.method} {call.conversation} {outcome}".rstrip())
    if text := call.parameters.get("text"):
        write(f"    {text}")
    if call.done and (card := card_of(call.parameters.get("attachments", []))):
        for line in words_of(card):
            write(f"    {line}")


class Desk:
    """Who writes from where, and the app's address."""

    def __init__(self, teams: StandIn, door: HttpDoor, people: dict[str, Person], channel: Chat) -> None:
        self._teams, self._door, self._people, self._channel = teams, door, people, channel

    def carry(self, line: str) -> None:
        """Carry one line to the app, or tell why it cannot be."""
        who, colon, words = line.partition(":")
        person = self._people.get(who.strip().lower())
        if not colon or person is None:
            write(f"  Begin with a name and a colon: {', '.join(self._people)}")
            return
        try:
            answer = self._parcel(person, words.strip()).to(self._door)
        except (AssertionError, LookupError, OSError, ValueError) as error:
            write(f"  Cannot be done: {error}")
            return
        if not answer.ok:
            write(f"  The app answered {answer.status} {answer.failure} {answer.trouble}".rstrip())
        for notice in self._teams.world.notices.pop(person.id, []):
            write(f"  {notice}")
        if dialog := self._teams.world.dialogs.get(person.id):
            write(f"  Dialog: {dialog.title}")
            for each in words_of(dialog.card):
                write(f"    {each}")

    def _parcel(self, person: Person, words: str) -> Parcel:
        acts = self._teams.acts
        first, _, rest = words.partition(" ")
        match first:
            case "press":
                return acts.press(person, self._newest(person), rest)
            case "submit":
                return acts.submit(person, dict(each.split("=", 1) for each in rest.split()))
            case "file":
                name, _, text = rest.partition(" ")
                path = Path(name)
                kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
                return acts.file(person, path.name, path.read_bytes(), kind, text)
            case "install":
                return acts.install(person)
            case "uninstall":
                return acts.uninstall(person)
            case _ if words.startswith("@"):
                return acts.mention(person, words[1:].strip(), self._channel)
            case _:
                return acts.message(person, words)

    def _newest(self, person: Person) -> Message:
        cards = [each for each in self._teams.world.said_to(person) if each.card_for(person)]
        assert cards, "there is no card yet"
        return cards[-1]


def main() -> None:
    """Run until a signal comes; the end of the input is not the end."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.teams", description=__doc__)
    parser.add_argument("--port", type=int, default=9200)
    parser.add_argument(
        "--app", default="http://127.0.0.1:8000/api/messages", help="where the app takes activities"
    )
    parser.add_argument("--cloud", choices=CLOUDS, default="public")
    parser.add_argument("--no-limits", action="store_true", help="never answer 429")
    parser.add_argument(
        "--person", action="append", help="mail-name:Real Name, once for each; replaces the cast"
    )
    parser.add_argument("--mail", default=MAIL, help="what follows the @ of everybody's e-mail")
    parser.add_argument("--client-id", default=REGISTERED.client_id)
    parser.add_argument("--client-secret", default=REGISTERED.client_secret)
    given = parser.parse_args()
    limits = Limits.none() if given.no_limits else None
    app = App(given.client_id, given.client_secret)
    with StandIn(port=given.port, limits=limits, app=app, cloud=given.cloud) as teams:
        people = {}
        for each in given.person or PEOPLE:
            mail, _, name = each.partition(":")
            person = teams.world.add_person(name, f"{mail}@{given.mail}")
            people[mail.rpartition(".")[2].lower()] = person
        channel = teams.world.add_team("All hands", *people.values()).general
        teams.journal.listeners.append(tell)
        write(f"ROLLCALL_TEAMS_CLIENT_ID={app.client_id}")
        write(f"ROLLCALL_TEAMS_CLIENT_SECRET={app.client_secret}")
        write(f"ROLLCALL_TEAMS_TENANT_ID={teams.world.tenant}")
        write(f"ROLLCALL_TEAMS_CLOUD={given.cloud}")
        write(f"ROLLCALL_TEAMS_AUTHORITY_URL={teams.authority_url}")
        write(f"ROLLCALL_TEAMS_OPENID_URL={teams.openid_url}")
        desk = Desk(teams, teams.door(given.app, PATIENCE), people, channel)
        until_stopped(desk.carry)


if __name__ == "__main__":
    main()

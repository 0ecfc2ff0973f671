"""Twilio at one's own desk: ``python -m tests.fakes.twilio --port 9100``, then write as the people in it.

``ruiz: am i good?`` is a text to the account's number, ``ruiz: picture PATH [words]`` a picture message;
``ruiz: !landline`` (or any other fate) changes what becomes of messages to that phone.
"""

import argparse
import mimetypes
import threading
from pathlib import Path

from tests.fakes.desk import until_stopped, write
from tests.fakes.twilio.delivery import HttpDoor, Parcel
from tests.fakes.twilio.journal import Call
from tests.fakes.twilio.limits import Limits
from tests.fakes.twilio.server import StandIn
from tests.fakes.twilio.world import PUBLIC, Account, Fate

PEOPLE = (
    "ruiz:+16125550111",
    "okafor:+16125550112",
    "torres:+16125550113",
    "nair:+16125550114",
    "lee:+16125550115",
)
MADE_UP = Account()


class Desk:
    """Who texts from where, and what was shown already."""

    def __init__(self, twilio: StandIn, door: HttpDoor, people: dict[str, str]) -> None:
        self.twilio, self.door, self.people = twilio, door, people
        self._names = {number: name for name, number in people.items()}
        self._shown = dict.fromkeys(self._names, 0)
        self._work = threading.Lock()

    def tell(self, call: Call) -> None:
        """One call of the app, as soon as it is answered; a message taken goes all its way at once."""
        outcome = str(call.code or call.fault or call.status)
        write(f"  {call.method} {call.parameters.get('To', '')} {outcome}")
        if call.method == "messages.create" and call.done:
            threading.Thread(target=self.carry_out, daemon=True).start()

    def carry_out(self) -> None:
        """All that is under way arrives, the app is told, and what is new on a phone is shown."""
        with self._work:
            parcels = self.twilio.deliver_all()
            for number, name in self._names.items():
                seen = self.twilio.world.seen_by(number)
                for text in seen[self._shown[number] :]:
                    write(f"  {name} < {text.body}")
                self._shown[number] = len(seen)
            for parcel in parcels:
                self._carry(parcel)

    def hear(self, line: str) -> None:
        """Carry one line to the app, or tell why it cannot be."""
        name, colon, words = (each.strip() for each in line.partition(":"))
        if not colon or name not in self.people:
            write(f"  Begin with a name and a colon: {', '.join(self.people)}")
            return
        number = self.people[name]
        try:
            if words.startswith("!"):
                self.twilio.world.phones[number].fate = Fate(words[1:])
                return
            media, words = _media(words)
        except (OSError, ValueError) as error:
            write(f"  Cannot be done: {error}")
            return
        self._carry(self.twilio.text(number, words, *media))
        self.carry_out()

    def _carry(self, parcel: Parcel) -> None:
        try:
            answer = parcel.to(self.door)
        except AssertionError as error:
            write(f"  Cannot be done: {error}")
            return
        for each in answer.alerts:
            write(f"  debugger: {each.code} {each.text}")


def _media(words: str) -> tuple[list[tuple[bytes, str]], str]:
    first, _, rest = words.partition(" ")
    if first != "picture":
        return [], words
    name, _, text = rest.partition(" ")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return [(Path(name).read_bytes(), kind)], text


def main() -> None:
    """Run until a signal comes; the end of the input is not the end."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.twilio", description=__doc__)
    parser.add_argument("--port", type=int, default=9100)
    parser.add_argument("--app", default="http://127.0.0.1:8000", help="where the app really listens")
    parser.add_argument("--public", default=PUBLIC, help="the app's public address, which is signed")
    parser.add_argument("--sms-path", default="/sms/messages", help="where the app takes texts")
    parser.add_argument("--number", default="+16125550100", help="the account's number")
    parser.add_argument("--service", action="store_true", help="put the number into a messaging service")
    parser.add_argument("--person", action="append", help="name:number, once for each; replaces the cast")
    parser.add_argument("--no-limits", action="store_true", help="never answer 20429 or 21611")
    parser.add_argument("--account-sid", default=MADE_UP.sid)
    parser.add_argument("--auth-token", default=MADE_UP.auth_token)
    given = parser.parse_args()
    limits = Limits.none() if given.no_limits else None
    account = Account(given.account_sid, given.auth_token)
    with StandIn(port=given.port, limits=limits, account=account, public=given.public) as twilio:
        world = twilio.world
        world.numbers.clear()
        world.number = world.add_number(given.number, sms_url=f"{world.public}{given.sms_path}")
        people = dict(person.split(":", 1) for person in given.person or PEOPLE)
        for number in people.values():
            world.add_phone(number)
        desk = Desk(twilio, twilio.door(given.app), people)
        twilio.journal.listeners.append(desk.tell)
        write(f"ROLLCALL_TWILIO_API_URL={twilio.api_url}")
        write(f"ROLLCALL_TWILIO_ACCOUNT_SID={world.account.sid}")
        write(f"ROLLCALL_TWILIO_AUTH_TOKEN={world.account.auth_token}")
        if given.service:
            write(f"ROLLCALL_TWILIO_MESSAGING_SERVICE_SID={world.add_service().sid}")
        else:
            write(f"ROLLCALL_TWILIO_FROM_NUMBER={world.number.number}")
        until_stopped(desk.hear)


if __name__ == "__main__":
    main()

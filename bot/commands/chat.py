"""Talk to Rollcall in this terminal, as the person with a badge.

For whoever runs Rollcall, to see what somebody would be told. Lines from
standard input are answered too. The question is on file like any other. With
--at it answers as of another moment and writes nothing but the question.

Examples:
    rollcall chat --as 214
    rollcall chat --as 214 --at 2027-07-01
    echo "am i good?" | rollcall chat --as 214 --phone

Exit codes:
    0  done
    1  refused
    2  not understood
"""

import argparse
from datetime import datetime

from bot.commands.opening import opened
from bot.terminal.chat import ChatLooks, TerminalChat
from db.queries import agencies
from db.queries.context import ByBadge
from db.unit_of_work import reading
from messages.words import load
from training.agency_setup import the_agency
from training.errors import ErrorCode, RollcallError
from training.office import Office


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who talks, when, and how the answers look."""
    words = load()
    add = parser.add_argument
    add("--as", dest="badge", required=True, metavar="BADGE", help=words.say("help-chat-as"))
    add("--at", type=moment, default=None, metavar="2027-03-02T14:10", help=words.say("help-chat-at"))
    looks = parser.add_mutually_exclusive_group()
    look = looks.add_argument
    look("--json", dest="looks", action="store_const", const=ChatLooks.JSON, help=words.say("help-chat-json"))
    look(
        "--phone",
        dest="looks",
        action="store_const",
        const=ChatLooks.PHONE,
        help=words.say("help-chat-phone"),
    )
    parser.set_defaults(looks=ChatLooks.TERMINAL)


def moment(text: str) -> datetime:
    """A date and time where the agency is, or with its own offset; a date alone is its noon."""
    return datetime.fromisoformat(text if "T" in text or " " in text else f"{text}T12:00")


def run(arguments: argparse.Namespace) -> int:
    """Talk until the input ends."""
    with opened(arguments.at) as office:
        return talk(office, arguments.badge, arguments.looks)


def talk(office: Office, badge: str, looks: ChatLooks) -> int:
    """A conversation as this badge."""
    words = load()
    agency_id = the_agency(office)
    if agency_id is None:
        raise RollcallError(ErrorCode.NO_AGENCY)
    with reading(office.engine) as conn:
        agency = agencies.agency(conn, agency_id).fact
    chat = TerminalChat(office, agency_id, agency.name, ByBadge(badge), words, looks)
    return chat.run()

"""Make the demo agency in a fresh record, and open its desk in a browser.

For whoever wants to look or to try something out; no account, no settings. The
desk answers to this machine's own browser only. Nothing is kept when it ends,
unless --folder names a place. The agency's own record is not touched.

Examples:
    rollcall demo
    rollcall demo --folder demo-data
    rollcall demo --as 214 --phone

Exit codes:
    0  ended by you
    1  refused
    2  not understood
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.commands.chat import talk
from bot.composition import FILES_FOLDER, KEYS_FOLDER, ProcessClock, keys_in, text_rates
from bot.demo.agency import DAY_OFF_PAY, NOW, TIME_ZONE, demo_files
from bot.desk.app import desk_app
from bot.desk.clock import Daybreak, set_clock
from bot.desk.desk import Desk
from bot.serving import DEFAULT_HOST, DEFAULT_PORT, READER_AFTER, is_loopback, serve, take_port
from bot.terminal.chat import ChatLooks
from db.engine import make_engine
from db.files.folder import Folder
from db.migrate import upgrade
from db.queries.context import ByBadge
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from messages.words import Words, load
from reading.process.reader import Reader
from training.agency_setup import DEMO_NAME, build_demo, the_agency
from training.errors import ErrorCode, RollcallError
from training.ledger.routes import DESK_CHANNEL
from training.office import Office, PayNote, business_now, local_day
from training.packs import PackShelf
from training.standings.compliance import tick

IMPORTED_BEFORE = timedelta(hours=1)
# What an agency sets for itself, said as its people say it: how many a patrol shift needs, by two of them.
SAID_BEFORE = (
    (
        "902",
        "propose request rules staffing A shift: 6, B shift: 6 because a patrol shift has six beats",
    ),
    ("1", "confirm request rules 2"),
)
# At a desk the panes come before the phone, and what nobody answers goes on.
SAID_AT_A_DESK = (
    (
        "902",
        "reminder rules order desk, text, email; notice on 2027-02-01 because notice was given in February",
    ),
    ("214", "text me first"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the desk answers, where the record is kept, or whom to be in the terminal instead."""
    words = load()
    add = parser.add_argument
    add("--host", default=DEFAULT_HOST, help=words.say("help-demo-host"))
    add("--port", type=int, default=DEFAULT_PORT, help=words.say("help-demo-port"))
    add("--folder", type=Path, default=None, help=words.say("help-demo-folder"))
    add("--as", dest="badge", default=None, metavar="BADGE", help=words.say("help-demo-as"))
    add(
        "--phone",
        dest="looks",
        action="store_const",
        const=ChatLooks.PHONE,
        default=ChatLooks.TERMINAL,
        help=words.say("help-chat-phone"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Make the agency and open its desk; with ``--as`` talk in the terminal."""
    words = load()
    if not is_loopback(arguments.host):
        raise RollcallError(ErrorCode.DESK_NOT_LOCAL, host=arguments.host)
    with _folder(arguments.folder) as folder:
        print(words.say("cli-demo-making"), file=sys.stderr)
        if arguments.badge is not None:
            office = make_demo(folder)
            print(words.say("cli-demo-ready"), file=sys.stderr)
            try:
                return talk(office, arguments.badge, arguments.looks)
            finally:
                office.engine.dispose()
        return open_desk(folder, arguments.host, arguments.port, words)


def open_desk(folder: Path, host: str, port: int, words: Words) -> int:
    """Serve the desk until Ctrl+C. The port is taken first: nobody waits for an import that cannot be shown."""
    place = take_port(host, port)
    name = f"[{host}]" if ":" in host else "localhost"
    address = f"http://{name}:{place.getsockname()[1]}"
    office = make_demo(folder, links_at=address)
    try:
        agency_id = the_agency(office)
        if agency_id is None:
            raise RollcallError(ErrorCode.NO_AGENCY)
        if office.reader is not None:
            office.reader.warm(READER_AFTER)
        desk = Desk(office, agency_id, words, [Daybreak(office, agency_id, ZoneInfo(TIME_ZONE))])
        serve(desk_app(desk), place, lambda: print(words.say("cli-demo-open", address=address), flush=True))
    finally:
        place.close()
        office.engine.dispose()
    return 0


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    """The folder that was named, or one that goes with the demo."""
    with tempfile.TemporaryDirectory(prefix="rollcall-demo-") as temporary:
        folder = given or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        yield folder


def make_demo(folder: Path, links_at: str = "") -> Office:
    """The demo agency in this folder, its clock moved to the moment of the stories; one that is there is kept.

    ``links_at``: where its pages are, when a desk shows any."""
    engine = make_engine(f"sqlite:///{folder / 'rollcall.db'}")
    upgrade(engine)
    office = Office(
        engine,
        ProcessClock(),
        PackShelf(),
        keys_in(folder / KEYS_FOLDER),
        links_at=links_at,
        reader=Reader(),
        local_desk=bool(links_at),
        day_off_pay=PayNote(*DAY_OFF_PAY),
        text_rates=text_rates(),
        files=Folder(folder / FILES_FOLDER),
    )
    agency_id = the_agency(office)
    if agency_id is None:
        # The files come in a little earlier, so that roles and lines hold when the talk begins.
        set_clock(office, NOW - IMPORTED_BEFORE)
        agency_id = build_demo(office, demo_files())
        for badge, text in (*SAID_BEFORE, *(SAID_AT_A_DESK if office.local_desk else ())):
            who = Interaction(agency_id=agency_id, sender=ByBadge(badge), channel=DESK_CHANNEL, text=text)
            FrontDesk(office, load()).answer(who, DEMO_NAME)
        set_clock(office, NOW)
    # Everybody is judged once, so that the next date on which anything changes is known.
    tick(office, agency_id, local_day(business_now(office), TIME_ZONE))
    return office

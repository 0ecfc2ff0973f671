"""``rollcall demo``: a fresh record, the demo agency through the ordinary import, and a talk as Officer Ruiz."""

import argparse
import sys
import tempfile
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path

from bot.commands.chat import talk
from bot.composition import ProcessClock
from bot.demo.agency import NOW, demo_files
from bot.terminal.chat import Looks
from db.clock import set_offset_seconds
from db.engine import make_engine
from db.migrate import upgrade
from db.unit_of_work import working
from messages.words import load
from training.agency_setup import build_demo, the_agency
from training.office import Office
from training.packs import PackShelf

RUIZ = "214"
IMPORTED_BEFORE = timedelta(hours=1)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whom to be, how answers look, and where to keep the record."""
    words = load()
    add = parser.add_argument
    add("--as", dest="badge", default=RUIZ, metavar="BADGE", help=words.say("help-chat-as"))
    add(
        "--phone",
        dest="looks",
        action="store_const",
        const=Looks.PHONE,
        default=Looks.TERMINAL,
        help=words.say("help-chat-phone"),
    )
    add("--folder", type=Path, default=None, help=words.say("help-demo-folder"))


def run(arguments: argparse.Namespace) -> int:
    """Make the agency, say what to try, and talk."""
    words = load()
    with tempfile.TemporaryDirectory(prefix="rollcall-demo-") as temporary:
        folder = arguments.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        print(words.say("cli-demo-making"), file=sys.stderr)
        office = make_demo(folder)
        print(words.say("cli-demo-ready"), file=sys.stderr)
        try:
            return talk(office, arguments.badge, arguments.looks)
        finally:
            office.engine.dispose()


def make_demo(folder: Path) -> Office:
    """The demo agency in this folder, its clock moved to the moment of the stories; one that is there is kept."""
    engine = make_engine(f"sqlite:///{folder / 'rollcall.db'}")
    upgrade(engine)
    office = Office(engine, ProcessClock(), PackShelf())
    if the_agency(office) is None:
        # The files come in a little earlier, so that roles and lines hold when the talk begins.
        _set_clock(office, NOW - IMPORTED_BEFORE)
        build_demo(office, demo_files())
        _set_clock(office, NOW)
    return office


def _set_clock(office: Office, moment: datetime) -> None:
    ahead = ceil((moment - office.clock.now()).total_seconds())
    with working(office.engine) as conn:
        set_offset_seconds(conn, ahead)

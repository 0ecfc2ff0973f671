"""``rollcall serve`` whose files are read by a process that misbehaves on demand.

Given the name of a file in which that process counts its starts.
"""

import argparse
import sys
from dataclasses import replace

from bot.commands.opening import opened, the_settings
from bot.doors import open_doors
from bot.service.doors import staffed
from bot.service.hall import Hall
from bot.service.jobs import jobs_of
from bot.service.metrics import Metrics
from bot.service.running import run
from bot.serving import take_port
from bot.web import service_app
from messages.words import load
from reading.process.reader import Reader
from scheduler.table import JOBS
from scheduler.ticker import Ticker
from tests.fakes.odd_reader import COMMAND


def main() -> int:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("book")
    parser.add_argument("--port", type=int)
    given = parser.parse_args()
    settings, words = the_settings(), load()
    doors = open_doors(settings)
    with opened() as composed:
        office = replace(composed, reader=Reader((*COMMAND, given.book)))

        def ticker(hall: Hall) -> Ticker:
            carriers = {staff.name: staff.carrier for staff in hall.staff}
            return Ticker((*JOBS, *jobs_of(hall)), office, lambda _: None, carriers=carriers)

        place = take_port("127.0.0.1", given.port)
        hall = Hall(office, settings, words, Metrics(), ticker, staffed(doors))
        address = f"http://127.0.0.1:{place.getsockname()[1]}"

        def opened_up() -> None:
            sys.stderr.write(words.say("cli-serve-open", address=address) + "\n")
            sys.stderr.flush()

        return run(service_app(hall, doors), hall, place, opened_up)

"""Say how many text segments reminders will take, month by month.

For whoever pays for text messages, before any is sent. It sends nothing and
changes nothing. docs/sms.md says how it is reckoned.

Example:
    rollcall estimate

Exit codes:
    0  told
    1  refused
    2  not understood
"""

import argparse

from bot.commands.opening import agency_and_day, opened
from bot.composition import text_rates
from bot.terminal.render import plain
from config.settings import load as load_settings
from db.unit_of_work import reading
from messages import estimate as say
from messages.words import load
from training.reminders.estimate import estimate

WIDTH = 100


def add_arguments(_: argparse.ArgumentParser) -> None:
    """None: it is about the agency as it is."""


def run(_: argparse.Namespace) -> int:
    """0 when told."""
    words = load()
    with opened() as office:
        agency_id, today = agency_and_day(office)
        with reading(office.engine) as conn:
            facts = estimate(
                conn, office.shelf, agency_id, today, words, office.text_rates or text_rates(load_settings())
            )
    print(plain(say.estimate(facts, words), words, WIDTH), end="")
    return 0

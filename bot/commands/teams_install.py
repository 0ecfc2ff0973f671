"""Install Rollcall in Teams for people who do not have it yet.

For whoever begins with Teams; docs/directory.md has the permissions. Nothing is
installed without --yes. Everybody who serves and whose entry in the directory
is on the roster gets it, or those named; while there is a pilot, only its
members. Whoever took it away is left alone.

Examples:
    rollcall teams install --as 902
    rollcall teams install 214 231 --as 902 --yes

Exit codes:
    0  done or shown
    1  refused
    2  not understood
"""

import argparse
import logging

from bot.commands.exporting import clerk
from bot.commands.opening import the_settings
from bot.graph.opening import directory_of
from bot.teams.package import app_id
from config.settings import Settings
from messages.words import load
from training.directory.installing import install, without_app
from training.directory.model import AgencyDirectory, InstallOutcome
from training.errors import ErrorCode, RollcallError
from training.transcripts.exports import Clerk


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """For whom, and who decides it."""
    words = load()
    parser.add_argument("people", nargs="*", metavar="BADGE", help=words.say("help-teams-install-badges"))
    parser.add_argument(
        "--as", dest="badge", required=True, metavar="BADGE", help=words.say("help-access-as")
    )
    parser.add_argument("--yes", action="store_true", help=words.say("help-teams-install-yes"))


def run(arguments: argparse.Namespace) -> int:
    """0 done or shown, 1 refused."""
    logging.getLogger("bot").addHandler(logging.NullHandler())
    settings = the_settings()
    directory = directory_of(settings)
    if directory is None:
        raise RollcallError(ErrorCode.DIRECTORY_OFF)
    with clerk(arguments.badge) as by:
        for line in installed(arguments, by, directory, settings):
            print(line)
    return 0


def installed(
    arguments: argparse.Namespace, by: Clerk, directory: AgencyDirectory, settings: Settings
) -> list[str]:
    """What is said of it; with ``--yes`` once it is done."""
    teams = settings.teams
    whom = without_app(by.office, by.agency_id, by.sender, teams.tenant_id or "", arguments.people)
    if not arguments.yes or not whom:
        return [
            by.words.say_many("teams-install-would", len(whom))
            if whom
            else by.words.say("teams-install-none")
        ]
    app = app_id(teams.client_id or "")
    found = install(by.office, by.agency_id, by.sender, directory, app, whom)
    return [
        by.words.say_many(f"teams-install-{outcome}", found[outcome])
        for outcome in InstallOutcome
        if found.get(outcome)
    ]

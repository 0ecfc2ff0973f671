"""Write the package that a Teams administrator uploads, from the settings.

For whoever sets Rollcall up in Microsoft Teams; docs/teams.md has each step.
The addresses are shown to people before they install it. Raise the version
with each upload: Teams takes no package whose version it has.

Examples:
    rollcall teams package
    rollcall teams package --out lakemont.zip --version 1.0.1
    rollcall teams package --privacy https://lakemont.example.gov/privacy

Exit codes:
    0  written
    1  refused
    2  not understood
"""

import argparse
import re
from pathlib import Path
from urllib.parse import urlsplit

from bot.commands.opening import the_settings
from bot.teams.package import Addresses, manifest, package
from messages.words import load
from training.errors import ErrorCode, RollcallError

VERSION = re.compile(r"(0|[1-9][0-9]{0,4})(\.(0|[1-9][0-9]{0,4})){2}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where it is written, which upload it is, and the addresses that are shown."""
    words = load()
    add = parser.add_argument
    add(
        "--out",
        type=Path,
        default=Path("rollcall-teams.zip"),
        metavar="FILE",
        help=words.say("help-teams-out"),
    )
    add("--version", type=_version, default="1.0.0", metavar="1.0.0", help=words.say("help-teams-version"))
    for name in ("website", "privacy", "terms"):
        add(f"--{name}", type=_address, metavar="URL", help=words.say(f"help-teams-{name}"))


def run(arguments: argparse.Namespace) -> int:
    """0 when it was written, 1 when the settings of Teams are not complete or its place cannot be written."""
    settings, words = the_settings(), load()
    public = settings.public_url
    if not settings.teams.is_on or urlsplit(public).scheme != "https":
        raise RollcallError(ErrorCode.TEAMS_NOT_SET)
    addresses = Addresses(
        website=arguments.website or public,
        privacy=arguments.privacy or public,
        terms=arguments.terms or public,
    )
    made = package(manifest(settings, arguments.version, addresses, words))
    try:
        arguments.out.write_bytes(made)
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise RollcallError(
            ErrorCode.PACKAGE_NOT_WRITTEN, file=str(arguments.out), problem=problem
        ) from error
    print(words.say("teams-package-written", file=str(arguments.out)))
    return 0


def _version(given: str) -> str:
    if VERSION.fullmatch(given) is None:
        raise argparse.ArgumentTypeError(load().say("help-teams-version-wrong"))
    return given


def _address(given: str) -> str:
    parts = urlsplit(given)
    if parts.scheme != "https" or not parts.hostname:
        raise argparse.ArgumentTypeError(load().say("help-teams-address-wrong"))
    return given

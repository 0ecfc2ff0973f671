"""How the export commands get who asks, for what and where to; the key of pseudonyms lies outside the database."""

import argparse
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.commands.opening import opened
from config.settings import load as load_settings
from db.queries.context import ByBadge
from messages.words import load
from training.agency_setup import the_agency
from training.errors import ErrorCode, RollcallError
from training.transcripts.exports import Clerk, Export, as_csv, as_text, purposes
from training.transcripts.printing import as_pdf

CHANNEL = "terminal"
KEY_FILE = "pseudonym.key"
KEY_BYTES = 32


def add_arguments(parser: argparse.ArgumentParser, *, output: bool = True) -> None:
    """Who asks, for what, and where the file goes."""
    words = load()
    add = parser.add_argument
    listed = ", ".join(purposes())
    add("--as", dest="badge", required=True, metavar="BADGE", help=words.say("help-export-as"))
    add(
        "--purpose",
        required=True,
        choices=list(purposes()),
        metavar="WORD",
        help=words.say("help-export-purpose", purposes=listed),
    )
    if output:
        add("--output", required=True, type=Path, metavar="FILE", help=words.say("help-export-output"))


@contextmanager
def clerk(badge: str) -> Iterator[Clerk]:
    """Whoever asks, at the installation's agency."""
    with opened() as office:
        agency_id = the_agency(office)
        if agency_id is None:
            raise RollcallError(ErrorCode.NO_AGENCY)
        yield Clerk(office, agency_id, ByBadge(badge), CHANNEL, load())


def write(arguments: argparse.Namespace, make: Callable[[Clerk], Export]) -> int:
    """Make the file and say where it is; .txt is to read, .pdf to print, anything else is CSV."""
    words = load()
    with clerk(arguments.badge) as asking:
        export = make(asking)
    match arguments.output.suffix.lower():
        case ".txt":
            content = as_text(export)
        case ".pdf":
            content = as_pdf(export, words)
        case _:
            content = as_csv(export)
    try:
        arguments.output.write_bytes(content)
    except OSError as error:
        raise RollcallError(
            ErrorCode.EXPORT_NOT_KEPT,
            file=str(arguments.output),
            problem=error.strerror or type(error).__name__,
        ) from error
    print(words.say_many("export-made", len(export.rows), file=str(arguments.output)))
    return 0


def pseudonym_key() -> bytes:
    """The key from the settings, or from a file beside the data that is made once and that only its owner reads."""
    settings = load_settings()
    if settings.pseudonym_key is not None:
        return settings.pseudonym_key.get_secret_value().encode("utf-8")
    path = settings.data_dir / KEY_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_hex(KEY_BYTES))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii").strip().encode("ascii")

"""How is an installation put together? Settings in, an office out; the only place that knows every part."""

import shlex
from base64 import b64decode
from datetime import UTC, datetime
from pathlib import Path

from bot.scanning import Program
from bot.sms.render import render, segments
from bot.teams.clouds import CHANNEL as TEAMS
from bot.teams.clouds import connector_of
from config.settings import Settings, load
from db.engine import make_engine, make_key_engine
from db.files.address import BucketAddress
from db.files.folder import Folder
from db.files.opening import in_bucket
from db.files.port import FileStore
from db.keys.masters import GivenMasters, MasterFile
from db.keys.store import KeyStore
from reading.process.reader import Reader
from training.errors import ErrorCode, RollcallError
from training.office import Office, PayNote
from training.packs import PackShelf
from training.ports import Scan, TextRates, unscanned

# An agency's own packs lie beside its data, so that an upgrade never touches them.
PACKS_FOLDER = "packs"
# Beside the record and never in the same file: whoever copies the record for a backup leaves this folder out.
KEYS_FOLDER = "keys"
MASTER_FILE = "master.key"
KEYS_FILE = "keys.db"
FILES_FOLDER = "files"


class ProcessClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(UTC)


def open_office(settings: Settings | None = None, at: datetime | None = None) -> Office:
    """The office of this installation. ``at`` is the instant that questions are answered for."""
    settings = settings or load()
    try:
        # What lies in it is nobody else's on this machine.
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise RollcallError(ErrorCode.FOLDER_NOT_MADE, folder=str(settings.data_dir)) from error
    return compose(settings, at)


def compose(settings: Settings, at: datetime | None = None) -> Office:
    """The same without making anything: nothing is opened before it is used."""
    return Office(
        engine=make_engine(settings.database_url.get_secret_value()),
        clock=ProcessClock(),
        shelf=PackShelf(settings.data_dir / PACKS_FOLDER),
        keys=open_keys(settings),
        asked_at=at,
        anchors=settings.anchor_dir,
        peer_support=settings.peer_support or "",
        answer_time=settings.answer_time or "",
        day_off_pay=_day_off_pay(settings),
        files=open_files(settings),
        scan=scan_of(settings),
        reader=Reader(),
        # The default is an address that nobody but this machine reaches: no link to give to anybody.
        links_at=settings.public_url if "public_url" in settings.model_fields_set else "",
        text_rates=text_rates(settings),
        without_files=frozenset() if connector_of(settings.teams).takes_files else frozenset({TEAMS}),
    )


def _day_off_pay(settings: Settings) -> PayNote | None:
    """Pay is said only with where it is written."""
    if settings.day_off_pay is None or settings.day_off_pay_source is None:
        return None
    return PayNote(settings.day_off_pay, settings.day_off_pay_source)


def text_rates(settings: Settings | None = None) -> TextRates:
    """How a message is counted as a text, and the price that the settings give with its source."""
    twilio = None if settings is None else settings.twilio
    return TextRates(
        segments=lambda message, words: segments(render(message, words)),
        price=None if twilio is None else twilio.segment_price,
        source="" if twilio is None else twilio.segment_price_source or "",
    )


def open_keys(settings: Settings) -> KeyStore:
    """The key store of this installation; nothing is opened until it is used."""
    given = settings.master_key
    masters = (
        MasterFile(settings.data_dir / KEYS_FOLDER / MASTER_FILE)
        if given is None
        else GivenMasters([b64decode(each) for each in given.get_secret_value().split(",")])
    )
    return KeyStore(make_key_engine(settings.keys_url.get_secret_value()), masters)


def open_files(settings: Settings) -> FileStore:
    """Where sent files lie; nothing is made until the first is kept."""
    bucket = settings.files
    if bucket.url is None or bucket.access_key is None or bucket.secret_key is None:
        return Folder(settings.data_dir / FILES_FOLDER)
    return in_bucket(
        BucketAddress(
            url=bucket.url,
            access_key=bucket.access_key,
            secret_key=bucket.secret_key.get_secret_value(),
            region=bucket.region,
            endpoint=bucket.endpoint or f"https://s3.{bucket.region}.amazonaws.com",
        )
    )


def scan_of(settings: Settings) -> Scan:
    """What looks for viruses in a file; where no program is named, nothing does."""
    command = settings.scan.command
    return unscanned if command is None else Program(shlex.split(command), settings.scan.seconds)


def keys_in(folder: Path) -> KeyStore:
    """A key store of its own in a folder, with its master key beside it: for a demo, which reads no settings."""
    return KeyStore(make_key_engine(f"sqlite:///{folder / KEYS_FILE}"), MasterFile(folder / MASTER_FILE))

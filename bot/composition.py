"""How is an installation put together? Settings in, an office out; the only place that knows every part."""

from datetime import UTC, datetime

from config.settings import Settings, load
from db.engine import make_engine
from training.errors import ErrorCode, RollcallError
from training.office import Office
from training.packs import PackShelf

# An agency's own packs lie beside its data, so that an upgrade never touches them.
PACKS_FOLDER = "packs"


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
        asked_at=at,
    )

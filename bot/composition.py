"""How is an installation put together? Settings in, an office out; the only place that knows every part."""

from datetime import UTC, datetime

from config.settings import Settings, load
from db.engine import make_engine
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
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return Office(
        engine=make_engine(settings.database_url.get_secret_value()),
        clock=ProcessClock(),
        shelf=PackShelf(settings.data_dir / PACKS_FOLDER),
        asked_at=at,
    )

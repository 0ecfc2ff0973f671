"""How is an installation put together? Settings in, an office out; the only place that knows every part."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class FixedClock:
    """One instant for as long as it is asked: ``--at``, and tests."""

    at: datetime

    def now(self) -> datetime:
        """Always the same instant."""
        return self.at


def open_office(settings: Settings | None = None, at: datetime | None = None) -> Office:
    """The office of this installation. ``at`` fixes its clock, whatever the record's own offset says."""
    settings = settings or load()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return Office(
        engine=make_engine(settings.database_url.get_secret_value()),
        clock=ProcessClock() if at is None else FixedClock(at),
        shelf=PackShelf(settings.data_dir / PACKS_FOLDER),
        fixed=at is not None,
    )

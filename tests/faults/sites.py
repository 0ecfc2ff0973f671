"""Where do the faults happen? In installations that all begin as the demo agency, each with a record of its own."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, make_url, select

from bot.composition import KEYS_FOLDER, ProcessClock, keys_in
from bot.demo.agency import NOW, TIME_ZONE, demo_files
from bot.desk.clock import set_clock
from db.clock import offset_seconds, set_offset_seconds
from db.engine import make_engine
from db.migrate import upgrade
from db.queries import people
from db.records.facts import AgencyId
from db.tables import attempt, message
from db.unit_of_work import reading, working
from tests.fakes.clock import MovableClock
from tests.faults.stores import Store, a_home
from training.agency_setup import build_demo, the_agency
from training.office import Office, local_day, shared_now
from training.packs import PackShelf
from training.standings.compliance import tick


@dataclass
class Site:
    """One installation. ``settings`` are what its processes are given; ``office`` is how the scenario looks at it."""

    kind: str
    folder: Path
    address: str
    office: Office
    agency_id: AgencyId
    settings: dict[str, str] = field(default_factory=dict)

    def environment(self) -> Mapping[str, str]:
        """The settings as variables, with nothing of this machine's own."""
        given = {"DATA_DIR": str(self.folder), "DATABASE_URL": self.address, **self.settings}
        return {f"ROLLCALL_{name}": value for name, value in given.items()}

    def moved_to(self, folder: Path) -> None:
        """The file of the record lies in another folder from now on; nobody has it open."""
        self.office.engine.dispose()
        path = Path(str(make_url(self.address).database))
        self.address = f"sqlite:///{shutil.move(path, folder / path.name)}"
        self.office = replace(self.office, engine=make_engine(self.address))

    def staff(self) -> tuple[int, ...]:
        """Everybody whom the agency employs."""
        with reading(self.office.engine) as conn:
            roster = people.roster(conn, self.agency_id)
        return tuple(each.person_id for each in roster if each.employment.fact.ended_on is None)

    def left(self, about: str = "row ", *, due: bool = False) -> int:
        """How much is still to be sent, or is due at this moment, of what is about something that begins so: a
        scenario's rows. What the scheduler says beside them may wait for days."""
        rows = (
            select(func.count())
            .select_from(attempt)
            .join(message, message.c.message_id == attempt.c.message_id)
            .where(attempt.c.state != "done", message.c.about.like(f"{about}%"))
        )
        with reading(self.office.engine) as conn:
            if due:
                now = shared_now(self.office, conn)
                # In somebody's hands it is due at the end of their lease.
                rows = rows.where((attempt.c.due_at <= now) | (attempt.c.state != "ready"))
            return int(conn.execute(rows).scalar_one())

    def jump(self, ahead: timedelta) -> None:
        """Business time and the time of leases are so much later."""
        with working(self.office.engine) as conn:
            set_offset_seconds(conn, offset_seconds(conn) + round(ahead.total_seconds()))


@dataclass
class Ground:
    """Makes installations, each as a copy of the first one."""

    store: Store
    home: Path
    first: Site | None = None
    made: int = 0

    @contextmanager
    def a_site(self) -> Iterator[Site]:
        """An installation of one scenario's own, gone afterwards."""
        first = self._first()
        self.made += 1
        folder = self._folder(f"site-{self.made}")
        shutil.copytree(first.folder / KEYS_FOLDER, folder / KEYS_FOLDER)
        address = self.store.copied(first.address, folder)
        site = opened(self.store.kind, folder, address)
        set_clock(site.office, NOW)
        try:
            yield site
        finally:
            site.office.engine.dispose()
            site.office.keys.engine.dispose()
            self.store.drop(address)
            shutil.rmtree(folder, ignore_errors=True)

    def _first(self) -> Site:
        if self.first is None:
            folder = self._folder("first")
            address = self.store.address(folder)
            engine = make_engine(address)
            upgrade(engine)
            keys = keys_in(folder / KEYS_FOLDER)
            office = Office(engine, MovableClock(NOW), PackShelf(), keys, fixed=True)
            agency_id = build_demo(office, demo_files())
            tick(office, agency_id, local_day(NOW, TIME_ZONE))
            keys.work_key()
            # A database with an open connection cannot be copied.
            engine.dispose()
            keys.engine.dispose()
            self.first = Site(self.store.kind, folder, address, office, agency_id)
        return self.first

    def _folder(self, name: str) -> Path:
        folder = self.home / name
        folder.mkdir(mode=0o700)
        return folder


def opened(kind: str, folder: Path, address: str) -> Site:
    """The installation in this folder, as it was left."""
    office = Office(make_engine(address), ProcessClock(), PackShelf(), keys_in(folder / KEYS_FOLDER))
    agency_id = the_agency(office)
    assert agency_id is not None
    return Site(kind, folder, address, office, agency_id)


@contextmanager
def a_ground(store: Store) -> Iterator[Ground]:
    """A place for installations, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="rc-faults-", dir=a_home(), ignore_cleanup_errors=True) as home:
        yield Ground(store, Path(home))

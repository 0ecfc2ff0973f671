"""How is Microsoft asked for something beside the tick? In a thread of its own, however long it takes: what is due to
be said waits for nobody's directory."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread

from db.queries import agencies
from db.records.facts import AgencyId
from db.unit_of_work import reading
from scheduler.jobs import Work
from training.office import Office

TEAMS = "teams"


class Aside:
    """A job: each run says what the last one came to, and begins the next one unless one is under way. ``does`` is for
    the one agency whose tenant it is."""

    def __init__(self, tenant: str, does: Callable[[Work, AgencyId], int]) -> None:
        self._tenant = tenant
        self._does = does
        self._lock = Lock()
        self._under_way: Future[int] | None = None

    def __call__(self, work: Work) -> int:
        """How many were told since the last run. What the look raised is raised here."""
        with self._lock:
            last = self._under_way
            if last is not None and not last.done():
                return 0
            agency_id = whose(work.office, self._tenant)
            self._under_way = None
            if agency_id is not None and not work.stopping():
                self._under_way = apart(lambda: self._does(work, agency_id))
        return 0 if last is None else last.result()


def apart(work: Callable[[], int]) -> Future[int]:
    """Begin it in a thread that keeps no process from ending: whatever is cut short is looked at again."""
    coming: Future[int] = Future()

    def run() -> None:
        try:
            coming.set_result(work())
        except Exception as error:  # noqa: BLE001  raised again where the job's run is told what came of it
            coming.set_exception(error)

    Thread(target=run, name="directory", daemon=True).start()
    return coming


def whose(office: Office, tenant: str) -> AgencyId | None:
    """The agency whose tenant it is: the only one, or the one with its door; None where nobody can tell."""
    with reading(office.engine) as conn:
        numbers = agencies.agencies(conn)
        return numbers[0] if len(numbers) == 1 else agencies.at_door(conn, TEAMS, tenant)

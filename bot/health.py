"""Can this process work? Asked by whatever sends it requests, so it says what is wrong and nothing about anybody."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from fastapi import APIRouter
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response

from bot.doctor import outside, record, rulebooks
from bot.doctor.examination import finding_of
from bot.doctor.model import Check, CheckFinding, Patient, State, attention, failed, ok
from bot.doctor.scheduler import QUIET, heartbeat
from bot.service.hall import Hall
from bot.service.live import LIVE, live
from bot.service.metrics import CONTENT_TYPE
from bot.service.staff import ChannelLine, OnALine, ToldByKeys, Unguarded
from db.state import state_of
from scheduler.ticker import Ticker
from training.inbox import queues
from training.log.automations import SILENT
from training.standings.compliance import waiting

log = logging.getLogger(__name__)

READY, METRICS = "/health/ready", "/metrics"
NOT_READY = 503
# A database that hangs is told as such before whoever asks gives up.
PATIENCE = timedelta(seconds=4)
CHECKS = (
    Check("settings", outside.settings),
    Check("database", record.database),
    Check("keys", record.keys),
    Check("packs", rulebooks.chosen_packs),
)
SCHEDULER = Check("scheduler", heartbeat)
Found = Mapping[str, CheckFinding]


def health_routes(hall: Hall) -> APIRouter:
    """The three routes that whoever runs the service asks."""
    router = APIRouter()
    looks = _OneLookAtOnce(hall)
    router.add_api_route(LIVE, live, methods=["GET"])

    @router.get(READY)
    async def ready() -> Response:
        found = await looks.found()
        well = all(each.state is not State.FAILED for each in found.values())
        lines = [
            {"name": name, "state": each.state.value, "line": each.line(hall.words)}
            for name, each in found.items()
        ]
        answer = {"status": "ready" if well else "not ready", "checks": lines}
        return JSONResponse(answer, 200 if well else NOT_READY, headers={"cache-control": "no-store"})

    @router.get(METRICS)
    async def metrics() -> Response:
        hall.metrics.waiting(await _waiting(hall))
        hall.metrics.queued(*await _queued(hall))
        return Response(hall.metrics.text(), media_type=CONTENT_TYPE)

    return router


class _OneLookAtOnce:
    """However many ask, the database is asked once at a time."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._look: asyncio.Future[Found] | None = None

    async def found(self) -> Found:
        if self._look is None or self._look.done():
            self._look = asyncio.ensure_future(self._hall.check(self._found))
        try:
            # The look goes on when nobody waits for it any more, and the next to ask gets what it finds.
            found = await asyncio.wait_for(asyncio.shield(self._look), PATIENCE.total_seconds())
        except TimeoutError:
            found = {"database": failed("database-silent", span=PATIENCE)}
        found = {**found, **await self._lines(), **self._keys(), **self._unguarded()}
        ticker = self._hall.ticker
        return found if ticker is None else {**found, SCHEDULER.name: of_ticker(ticker)}

    async def _lines(self) -> Found:
        lines = {staff.name: await staff.line() for staff in self._hall.staff if isinstance(staff, OnALine)}
        return {f"{name}-line": of_line(line) for name, line in lines.items() if line is not None}

    def _keys(self) -> Found:
        told = {staff.name: staff.has_keys for staff in self._hall.staff if isinstance(staff, ToldByKeys)}
        return {f"{name}-keys": of_keys(has) for name, has in told.items() if has is not None}

    def _unguarded(self) -> Found:
        open_ = [staff for staff in self._hall.staff if isinstance(staff, Unguarded) and staff.is_unguarded]
        return {f"{staff.name}-knock": attention("unguarded") for staff in open_}

    def _found(self) -> Found:
        hall = self._hall
        patient = Patient(hall.settings, (), hall.office, state_of(hall.office.engine))
        found = {check.name: finding_of(check, patient) for check in CHECKS}
        if hall.ticker is None:
            # The work is somebody else's: that it is not done is worth saying, and no reason to send nobody here.
            found[SCHEDULER.name] = softened(finding_of(SCHEDULER, patient))
        return found


def softened(finding: CheckFinding) -> CheckFinding:
    """The same, but nothing that keeps this process from answering."""
    return replace(finding, state=State.ATTENTION) if finding.state is State.FAILED else finding


def of_line(line: ChannelLine) -> CheckFinding:
    """How a line is. What is due is still sent without it, so it keeps nobody from being sent here."""
    if not line.is_open:
        return attention("line-closed")
    if line.silent_for is None:
        return ok("line-silent")
    return ok("line-open", span=_whole(line.silent_for))


def of_keys(has: bool) -> CheckFinding:
    """Whether there are keys to know by who knocks. What is due is still sent without them."""
    return ok("keys-fetched") if has else attention("keys-not-fetched")


def of_ticker(ticker: Ticker) -> CheckFinding:
    """How this process's own scheduler is; another's may be well while this one sleeps."""
    silence = ticker.silent_for
    if silence > SILENT:
        return failed("scheduler-silent", span=silence)
    if silence > QUIET:
        return attention("scheduler-quiet", span=silence)
    if ticker.failures:
        return attention("scheduler-failing", count=ticker.failures)
    return ok("scheduler", span=_whole(silence))


def _whole(span: timedelta) -> timedelta:
    """In seconds: nobody needs to know it better."""
    return timedelta(seconds=round(span.total_seconds()))


async def _waiting(hall: Hall) -> Mapping[str, int] | None:
    try:
        dirty, due = await asyncio.wait_for(
            hall.check(lambda: waiting(hall.office)), PATIENCE.total_seconds()
        )
    except (SQLAlchemyError, TimeoutError):
        return None
    return {"dirty": dirty, "due": due}


async def _queued(hall: Hall) -> tuple[Mapping[str, int], Mapping[str, int]]:
    try:
        return await asyncio.wait_for(hall.check(lambda: queues(hall.office)), PATIENCE.total_seconds())
    except (SQLAlchemyError, TimeoutError):
        return {}, {}

"""Whose kept standing is no longer true? Judged again, for every agency, on the day it is where the agency is."""

import logging

from db.queries import agencies
from db.records.facts import AgencyId
from db.unit_of_work import reading
from rules.errors import PackError, UnknownPackError
from scheduler.jobs import Work
from training.office import business_now, local_day
from training.standings.compliance import tick

log = logging.getLogger(__name__)


class AgenciesLeftOutError(Exception):
    """Some agencies could not be judged, because a pack of theirs cannot be used. The others were."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} agencies were left out")
        self.count = count


def judge_again(work: Work) -> int:
    """Every dirty and every due standing of every agency; how many people."""
    with reading(work.office.engine) as conn:
        numbers = agencies.agencies(conn)
    done = left_out = 0
    for agency_id in numbers:
        if work.stopping():
            break
        try:
            done += _judge_agency(work, agency_id)
        except (PackError, UnknownPackError) as error:
            left_out += 1
            log.error("agency-left-out", extra={"agency": agency_id, "error": type(error).__name__})  # noqa: TRY400  a trace says nothing more
    if left_out:
        raise AgenciesLeftOutError(left_out)
    return done


def _judge_agency(work: Work, agency_id: AgencyId) -> int:
    with reading(work.office.engine) as conn:
        zone = agencies.agency(conn, agency_id).fact.time_zone
    today = local_day(business_now(work.office), zone)
    return tick(work.office, agency_id, today, stopping=work.stopping)

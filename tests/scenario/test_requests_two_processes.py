"""Two people decide about one request at the same instant, each in a process of their own: one decision."""

from collections.abc import Mapping
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

from db.engine import make_engine
from db.records.requests import ApprovalDelegation, RequestAct
from tests.scenario.approval_cast import TORRES, asks, nothing_is_checked, says
from tests.scenario.cast import Agency, agency_in
from tests.scenario.request_cast import OKAFOR, request_of

_FORKED = get_context("forkserver")
_FORKED.set_forkserver_preload(["tests.fakes.forked", __name__])
PATIENCE = 60.0
WORDS: Mapping[str, str] = {OKAFOR: "approve R-1001 because fine", TORRES: "deny R-1001 because no cover"}


def _decides(url: str, at: datetime, badge: str, begin: Barrier, said: "Queue[str]") -> None:
    agency = agency_in(make_engine(url), at)
    # What is read at the first answer is read: the race is between the two, not between their modules.
    says(agency, badge, "hello")
    begin.wait(PATIENCE)
    said.put(says(agency, badge, WORDS[badge]))


def test_of_two_processes_at_the_same_instant_one_decides(lakemont: Agency) -> None:
    nothing_is_checked(lakemont)
    asks(lakemont)
    with lakemont.writing() as writer:
        writer.record(
            ApprovalDelegation(
                from_id=lakemont.id_of(OKAFOR), to_id=lakemont.id_of(TORRES), starts_at=lakemont.clock.at
            )
        )
    url = lakemont.office.engine.url.render_as_string(hide_password=False)
    begin, said = _FORKED.Barrier(len(WORDS)), _FORKED.Queue()
    other = _FORKED.Process(target=_decides, args=(url, lakemont.clock.at, TORRES, begin, said), daemon=True)
    other.start()
    says(lakemont, OKAFOR, "hello")
    begin.wait(PATIENCE)
    # This process is the one, and the other is another.
    answers = [says(lakemont, OKAFOR, WORDS[OKAFOR]), said.get(timeout=PATIENCE)]
    other.join(PATIENCE)
    acts = [
        each.fact.act
        for each in request_of(lakemont).steps
        if each.fact.act in (RequestAct.APPROVED, RequestAct.DENIED)
    ]
    assert len(acts) == 1, answers
    assert sum("Nothing changed" in each for each in answers) == 1, answers

"""Said in advance: what a person does and what Rollcall does by itself. The scheduler cannot do a person's work."""

from collections.abc import Sequence

import pytest

from db.errors import RefusedActionError
from db.records.audit import AuditDraft
from db.unit_of_work import writing
from scheduler.jobs import Job, Work
from scheduler.table import JOBS
from scheduler.tick import run_due
from scheduler.ticker import Ticker
from tests.fakes.loop import run
from tests.scenario.cast import Agency
from training.audit import AuditTag
from training.log.register import DoneBy, register, unattended

HUMAN = [each.tag for each in register() if each.by is DoneBy.HUMAN]


def test_every_action_that_is_written_down_has_its_line_in_the_register() -> None:
    assert [each.tag for each in register()] == sorted(AuditTag)
    assert all(each.what_for for each in register())


def test_whatever_touches_a_record_a_role_or_a_decision_is_a_persons() -> None:
    decisions = ("completion:", "content:disposed", "role:", "export:", "import:", "likeness:", "protected:")
    assert {tag for tag in AuditTag if tag.startswith(decisions)} <= set(HUMAN)


@pytest.mark.parametrize("tag", HUMAN)
def test_the_scheduler_cannot_write_down_what_is_a_persons(embedded: Agency, tag: AuditTag) -> None:
    engine = unattended(embedded.office).engine
    before = embedded.sequence()
    with (
        pytest.raises(RefusedActionError, match=tag.value),
        writing(engine, embedded.agency_id, at=embedded.clock.at) as writer,
    ):
        writer.audit(AuditDraft(tag=tag))
    assert embedded.sequence() == before


def test_a_job_that_tries_fails_and_the_others_go_on(lakemont: Agency) -> None:
    tried: list[str] = []

    def grant(work: Work) -> int:
        tried.append("grant")
        with writing(work.office.engine, lakemont.agency_id, at=lakemont.clock.at) as writer:
            writer.audit(AuditDraft(tag=AuditTag.ROLE_GRANTED))
        return 1

    jobs: Sequence[Job] = (Job("grant", JOBS[0].every, grant), *JOBS)

    async def one_tick() -> list[str]:
        ticked = run_due(jobs, Ticker(jobs, lakemont.office).work)
        return [each.job for each in ticked.ran if each.failed]

    assert run(one_tick()) == ["grant"]
    assert tried == ["grant"]
    assert lakemont.entries("role:granted") == ()

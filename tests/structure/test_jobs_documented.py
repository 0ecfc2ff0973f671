"""Does docs/operating.md name every job that runs by itself, with how often it runs? And does everything that happens
without a person say what it is for, who answers for it and since which requirement?"""

import ast
import re
from collections.abc import Iterable

from messages.words import load
from scheduler.jobs import Job
from scheduler.table import JOBS
from tests.structure.checkout import ROOT, modules
from training.log.automations import Automation, Wakes, automations
from training.log.register import DoneBy, register

ROW = re.compile(r"^\| `([a-z]+)` \| ([^|]+) \|", re.MULTILINE)
# As the requirements number them: a row, or a section.
REQUIREMENT = re.compile(r"[A-D]-\d{2}|E\.\d")


def documented() -> dict[str, str]:
    page = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    return dict(ROW.findall(page.partition("## Jobs")[2].partition("\n## ")[0]))


def every(job: Job) -> str:
    """How often a job runs, in words."""
    seconds = int(job.every.total_seconds())
    if not seconds:
        return "each tick"
    return f"{seconds} seconds" if seconds < 60 else f"{seconds // 60} minutes"


def of_doors() -> set[str]:
    """Jobs that are made where a door is set up."""
    return {
        str(node.args[0].value)
        for _, tree in modules("bot")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Job"
        if isinstance(node.args[0], ast.Constant)
    }


def test_the_page_names_every_job() -> None:
    assert documented().keys() == {job.name for job in JOBS} | of_doors()
    assert of_doors()


def test_the_page_says_how_often_a_job_runs() -> None:
    page = documented()
    assert {job.name: page.get(job.name) for job in JOBS} == {job.name: every(job) for job in JOBS}


def incomplete(lines: Iterable[Automation]) -> list[str]:
    """Those that have no purpose in words or no requirement. That each has an owner is seen when the table is read."""
    words = load()
    return [
        each.name
        for each in lines
        if f"automation-{each.name}" not in words or not REQUIREMENT.fullmatch(each.requirement)
    ]


def test_every_line_has_a_purpose_an_owner_and_a_requirement() -> None:
    assert incomplete(automations()) == []


def test_a_line_without_is_caught() -> None:
    heartbeat = automations()[0]
    planted = [
        Automation(
            name=name,
            runs=Wakes.OCCASION,
            every=heartbeat.every,
            owner=heartbeat.owner,
            requirement=requirement,
            actions=(),
        )
        for name, requirement in (("moon", "C-01"), ("heartbeat", ""), ("heartbeat", "C1"))
    ]
    assert incomplete(planted) == ["moon", "heartbeat", "heartbeat"]


def test_every_job_has_its_line_and_every_line_its_job() -> None:
    of_schedule = {each.name: each.every for each in automations() if each.runs is Wakes.SCHEDULE}
    assert of_schedule == {job.name: job.every for job in JOBS}
    assert {each.name for each in automations() if each.runs is Wakes.DOOR} == of_doors()


def test_whatever_is_written_down_without_a_person_belongs_to_a_line() -> None:
    automated = {each.tag for each in register() if each.by is not DoneBy.HUMAN}
    assert {tag for each in automations() for tag in each.actions} == automated

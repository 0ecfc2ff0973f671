"""Does docs/operating.md name every job that runs by itself, with how often it runs?"""

import ast
import re

from scheduler.jobs import Job
from scheduler.table import JOBS
from tests.structure.checkout import ROOT, modules

ROW = re.compile(r"^\| `([a-z]+)` \| ([^|]+) \|", re.MULTILINE)


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

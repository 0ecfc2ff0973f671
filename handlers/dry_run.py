"""What goes out tomorrow? For whoever enters the rules of reminding; named are the people they may see."""

from collections import Counter
from zoneinfo import ZoneInfo

from db.records.facts import PersonAtAgency
from handlers.routing import Answered, Asked, Route, changes_reminder_rules, following
from handlers.status import finish
from messages import dry_run as say
from messages.pages import SCREEN_LINES, TEXT_DOORS
from training.asking import Outcome, Question
from training.dry_run import Coming, DryRun, dry_run
from training.office import local_day
from training.people import display_name, in_view

# Beside the figures.
TEXT_ROWS = 2


def shown(question: Question, asked: Asked) -> Answered:
    """Tomorrow, a page at a time; nothing is planned by it."""
    return _page(question, asked, page=1)


def _page(question: Question, asked: Asked, page: int) -> Answered:
    run = dry_run(question.office, question.conn, question.agency_id, question.asker.now, asked.words)
    seen = {each.person_id: each for each in in_view(question)}
    every = (*run.goes, *run.held)
    rows = tuple(each for each in every if {each.person_id, each.about} - {None} <= seen.keys())
    facts = say.DryRunFacts(
        day=run.day,
        messages=len(run.goes),
        people=len({each.person_id for each in run.goes}),
        ways=tuple(Counter(each.way for each in run.goes).most_common()),
        segments=sum(each.segments for each in run.goes),
        held=len(run.held),
        rows=tuple(_facts(each, run, seen) for each in rows),
        unshown=len(every) - len(rows),
        paused=run.paused,
        waiting=run.waiting,
        burst=run.burst,
        page=page,
        lines=TEXT_ROWS if question.channel in TEXT_DOORS else SCREEN_LINES,
    )
    named = {who for each in rows for who in (each.person_id, each.about) if who is not None}
    outcome = Outcome(
        looked_at=tuple(sorted(named - {question.asker.person_id})), data={"messages": len(run.goes)}
    )
    return finish(say.dry_run(facts, asked.words), outcome, page=page, pages_of="dry-run")


def _facts(coming: Coming, run: DryRun, seen: dict[int, PersonAtAgency]) -> say.ComingFacts:
    return say.ComingFacts(
        who=display_name(seen[coming.person_id]),
        at=coming.at.astimezone(ZoneInfo(run.zone)),
        way=coming.way,
        title=coming.title,
        duties=coming.duties,
        about="" if coming.about is None else display_name(seen[coming.about]),
        waits="" if coming.waits is None else coming.waits.value,
        held=local_day(coming.at, run.zone) > run.day,
        then=coming.then,
    )


ROUTES = (
    Route(
        name="dry-run",
        handle=shown,
        may_use=changes_reminder_rules,
        commands=("dry-run",),
        menu="dry-run",
        shows=True,
        next_page=following(_page),
    ),
)

"""Why does it say so, and which records are behind it? The rule, the arithmetic, the list, a page at a time."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from handlers.routing import Answered, Asked, Route, Tense, everyone, following
from handlers.status import about, by_topic, finish, overall
from handlers.team import refuse
from messages import explain
from messages.lines import named_line
from messages.pages import TEXT_DOORS, lines_for
from messages.records import RecordFacts
from rules.evaluate import Evaluation
from rules.finding import Finding
from rules.model import Completion
from rules.pack import AtAllTimes
from rules.standing import PoolRole, Remark, Standing, StandingLine
from rules.working import credited, refused
from training.asking import Outcome, Question
from training.people import Concerned, oneself, talked_about
from training.standings.compliance import Judged
from training.standings.duties import explained_first, finding_behind, lines_about, rule_facts
from training.standings.judging import judged_for
from training.transcripts.records import ELSEWHERE, record_number

MOST_CARDS = 2
# A record of another period: shown last where there is room, and not in a text.
OTHER_PERIOD = frozenset({"before-window", "after-window", "applied-to-window", "bookkeeping"})


def why(question: Question, asked: Asked) -> Answered:
    """The rule, its version, the records counted and the arithmetic, for what was named or what decides."""
    # A duty on one's own card is one's own, whoever the conversation has turned to since.
    whom = talked_about(question) if named_line(asked.value) is None else oneself(question)
    if whom is None:
        return refuse(question, asked)
    found = _behind(question, asked, whom)
    if found is None:
        return by_topic(question, asked) if asked.topics() else overall(question, asked)
    judged, line, finding = found
    facts = explain.WhyFacts(
        rule=rule_facts(finding.pack, finding.requirement, finding),
        state=line.state,
        today=question.day,
        counted=tuple(_counted(finding)),
        not_counted=tuple(_not_counted(question, finding, judged.evaluation)),
        hours_counted=line.hours_counted,
        hours_required=line.hours_required,
        topics_left=topics_left(judged.standing, line),
        since=_since(finding),
        due_on=line.due_on,
        remarks=line.remarks,
        requirement=line.requirement,
        cards=_cards(finding, judged.evaluation),
    )
    message = explain.why(facts, asked.words)
    return finish(message, _outcome(judged, whom, line), **_remembered(line, whom, page=0))


def listing(question: Question, asked: Asked) -> Answered:
    """The records behind the rule that was last talked about."""
    return _page(question, asked, page=1)


def _page(question: Question, asked: Asked, page: int) -> Answered:
    whom = talked_about(question)
    if whom is None:
        return refuse(question, asked)
    found = _behind(question, asked, whom)
    if found is None:
        return overall(question, asked)
    judged, line, finding = found
    not_counted = _not_counted(question, finding, judged.evaluation)
    subject = judged.evaluation.subject_of(finding)
    every_reason = [each.reason for each in refused(finding, subject) if each.reason not in ELSEWHERE]
    facts = explain.ListFacts(
        rule=rule_facts(finding.pack, finding.requirement, finding),
        today=question.day,
        counted=tuple(_counted(finding)),
        not_counted=tuple(not_counted),
        left_out=len(every_reason) - len(not_counted),
        page=page,
        lines=lines_for(question.channel),
    )
    message = explain.record_list(facts, asked.words)
    return finish(message, _outcome(judged, whom, line), **_remembered(line, whom, page=page))


def _behind(question: Question, asked: Asked, whom: Concerned) -> tuple[Judged, StandingLine, Finding] | None:
    """The line in question, judged with its whole working."""
    judged = judged_for(question, whom.person_id)
    if judged is None:
        return None
    line = _line(question, asked, judged.standing)
    finding = finding_behind(judged.evaluation, line) if line is not None else None
    return None if line is None or finding is None else (judged, line, finding)


def _line(question: Question, asked: Asked, standing: Standing) -> StandingLine | None:
    topics = asked.topics()
    if topics:
        lines = lines_about(question.shelf, standing, topics)
        return lines[0] if lines else None
    if (named := named_line(asked.value)) is not None:
        return _held(standing, named)
    if asked.value:
        return standing.line(asked.value)
    remembered = question.remembered().get("requirement")
    if isinstance(remembered, list) and remembered:
        return _held(standing, remembered)
    return explained_first(standing)


def _held(standing: Standing, named: Sequence[str | None]) -> StandingLine | None:
    """The line that was named; the same duty when its window has passed since, and what decides when it is gone."""
    held = [line for line in standing.lines if [line.requirement, line.window, line.item] == list(named)]
    return held[0] if held else standing.line(str(named[0])) or explained_first(standing)


def _remembered(line: StandingLine, whom: Concerned, page: int) -> dict[str, object]:
    about = {"about": whom.person_id} if whom.looked_at else {}
    return {
        **about,
        "intent": "explain_requirement",
        "requirement": [line.requirement, line.window, line.item],
        "page": page,
        "pages_of": "list",
    }


def _outcome(judged: Judged, whom: Concerned, line: StandingLine) -> Outcome:
    data = about(judged.standing, (line,))
    return Outcome(keep=(judged.to_keep(),), looked_at=whom.looked_at, data=data)


def _cards(finding: Finding, evaluation: Evaluation) -> tuple[tuple[date, date], ...]:
    """The cards behind a duty that rests on cards, the last to end first; at most two."""
    clock = finding.requirement.clock
    if not isinstance(clock, AtAllTimes):
        return ()
    held = [
        (card.valid_from, card.valid_to)
        for card in evaluation.subject_of(finding).facts.cards or ()
        if card.covers & clock.covers and card.valid_from is not None and card.valid_to is not None
    ]
    return tuple(sorted(held, key=lambda span: span[1], reverse=True)[:MOST_CARDS])


def topics_left(standing: Standing, line: StandingLine) -> Decimal | None:
    """Hours still owed in named topics inside a total, each hour once; None where it holds no topics."""
    same_window = [each for each in standing.lines if each.window == line.window and each is not line]
    inner = {line.requirement}
    while True:
        wider = inner | {each.requirement for each in same_window if each.inside in inner}
        if wider == inner:
            break
        inner = wider
    parts = [
        each.hours_left or Decimal(0)
        for each in same_window
        if each.requirement in inner and each.pool_role in {PoolRole.FLOOR, PoolRole.ELECTIVE}
    ]
    return sum(parts, start=Decimal(0)) if parts else None


def _since(finding: Finding) -> date | None:
    return finding.window.start if finding.window is not None else None


def _counted(finding: Finding) -> Iterator[RecordFacts]:
    for each in credited(finding):
        yield record_facts(each.completion, counted=each.hours)


def _not_counted(question: Question, finding: Finding, evaluation: Evaluation) -> list[RecordFacts]:
    """What somebody can do something about first, then the newest; other topics are no part of this duty."""
    hidden = ELSEWHERE | OTHER_PERIOD if question.channel in TEXT_DOORS else ELSEWHERE
    left = [each for each in refused(finding, evaluation.subject_of(finding)) if each.reason not in hidden]
    left.sort(key=lambda each: each.completion.on or date.min, reverse=True)
    left.sort(key=lambda each: (not each.doubtful, each.reason in OTHER_PERIOD))
    return [record_facts(each.completion, reasons=(Remark(each.reason),)) for each in left]


def record_facts(
    completion: Completion, counted: Decimal | None = None, reasons: tuple[Remark, ...] = ()
) -> RecordFacts:
    """A completion with whatever exists of it; nothing is invented."""
    facts = completion.facts or {}
    passed = facts.get("passed")
    return RecordFacts(
        ref=completion.ref,
        number=str(record_number(int(completion.ref))),
        on=completion.on,
        title=completion.title,
        hours=completion.hours,
        counted=counted,
        passed=passed if isinstance(passed, bool) else None,
        reasons=reasons,
    )


ROUTES = (
    Route(
        name="why",
        handle=why,
        may_use=everyone,
        intents=("explain_requirement",),
        commands=("why",),
        menu="why",
        tense=Tense.CONTINUES,
        own_record=True,
        shows=True,
    ),
    Route(
        name="list",
        handle=listing,
        may_use=everyone,
        commands=("list",),
        menu="list",
        tense=Tense.CONTINUES,
        own_record=True,
        shows=True,
        next_page=following(_page),
    ),
)

"""Show me where I stand: the cycle as a time line and hours as bars, about whomever the conversation is about."""

from dataclasses import replace

from handlers.explain import record_facts
from handlers.routing import Answered, Asked, Route, Tense, everyone
from handlers.status import about, finish, status_facts
from handlers.team import refuse
from messages import picture
from messages.answer import headline_line
from messages.timeline import CycleFacts
from rules.working import credited
from training.asking import Outcome, Question
from training.people import Concerned, talked_about
from training.standings.compliance import Judged
from training.standings.duties import finding_behind
from training.standings.judging import judged_for


def drawn(question: Question, asked: Asked) -> Answered:
    """The standing as a picture; after a look at somebody it is theirs, if the asker may still see them."""
    whom = talked_about(question)
    if whom is None:
        return refuse(question, asked)
    judged = judged_for(question, whom.person_id)
    if judged is None:
        return refuse(question, asked)
    facts = picture.PictureFacts(
        cycle=cycle_facts(question, asked, judged, whom),
        looked_at=whom.name if whom.looked_at else "",
    )
    outcome = Outcome(keep=(judged.to_keep(),), looked_at=whom.looked_at, data=about(judged.standing))
    message = picture.picture(facts, asked.words)
    if whom.looked_at:
        return finish(message, outcome, intent="person_status", about=whom.person_id)
    return finish(message, outcome, intent="status_overall")


def cycle_facts(question: Question, asked: Asked, judged: Judged, whom: Concerned) -> CycleFacts:
    """What a time line of this person is drawn from: the headline's window and the records behind it."""
    standing = judged.standing
    status = status_facts(question, asked, standing)
    if whom.looked_at:
        employment = judged.person.employment.fact
        position = "" if employment.kind == "officer" else employment.position.replace("-", " ")
        status = replace(status, name=whom.name, position=position)
    headline = headline_line(standing)
    finding = finding_behind(judged.evaluation, headline) if headline is not None else None
    if finding is None or finding.window is None:
        return CycleFacts(status=status)
    return CycleFacts(
        status=status,
        start=finding.window.start,
        end=finding.window.end,
        counted=tuple(record_facts(each.completion, counted=each.hours) for each in credited(finding)),
    )


ROUTES = (
    Route(
        name="picture",
        handle=drawn,
        may_use=everyone,
        commands=("picture",),
        tense=Tense.CONTINUES,
        own_record=True,
        shows=True,
    ),
)

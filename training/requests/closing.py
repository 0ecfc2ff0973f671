"""What is still open of a request, and when is it over? By a person's word alone; nothing closes itself."""

from collections.abc import Iterator

from db.records.audit import AuditDraft
from db.records.requests import RequestAct
from db.unit_of_work import Writer
from messages.after_approval import OpenCode
from training.asking import Question, at_the_writing
from training.requests.after import Does
from training.requests.following import Followed, own_word
from training.requests.keeping import acts
from training.requests.life import RequestStage

A = RequestAct


def open_still(followed: Followed) -> tuple[OpenCode, ...]:
    """What somebody may want to wait for: ``after-open-<code>`` for each."""
    life = followed.life
    found: list[OpenCode] = []
    if life.stage is RequestStage.ATTENDED:
        found.append("certificate")
    went = life.presence is not None and life.presence.fact.act is not A.NOT_ATTENDED
    if went and life.costs is None and life.values.cost:
        found.append("costs")
    return tuple(found)


def closes(question: Question, followed: Followed) -> Does:
    """It is over."""

    def does(writer: Writer) -> Iterator[AuditDraft]:
        here = at_the_writing(writer, question)
        entry, _ = acts(writer, here, followed.request, A.CLOSED, own_word(here, followed.person_id))
        yield entry

    return does

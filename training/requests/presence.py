"""Was somebody at the class? Said by whoever sees to the request or leads the person; a person's own word counts until
one of them says otherwise, and puts nothing on record."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from db.records.audit import AuditDraft
from db.records.requests import RequestAct
from db.unit_of_work import Writer
from training.asking import Question, at_the_writing
from training.requests import news
from training.requests.after import CLEARED, Does
from training.requests.following import BEFORE_PRESENCE, Followed, cares, everything, own_word, supervises
from training.requests.keeping import acts
from training.requests.life import RequestStage, allowed

A = RequestAct
PRESENCE = frozenset({A.ATTENDED, A.PARTLY_ATTENDED, A.NOT_ATTENDED})


def may_say(question: Question, followed: Followed) -> bool:
    """Whether the asker may say it of somebody else."""
    return cares(question, followed.person_id) or supervises(question, followed.person_id)


def waiting(question: Question) -> tuple[Followed, ...]:
    """Every class that is over, of which nobody has said whether they were there, for whoever may say it."""
    over = (each for each in everything(question, BEFORE_PRESENCE) if is_over(each, question.today))
    mine = (each for each in over if may_say(question, each))
    return tuple(sorted(mine, key=lambda each: (each.last_day or date.max, each.number)))


def without_certificate(question: Question) -> tuple[Followed, ...]:
    """Whoever was there and has no certificate linked yet, the longest wait in front; for whoever sees to it."""
    there = everything(question, [RequestStage.ATTENDED])
    mine = (each for each in there if cares(question, each.person_id))
    return tuple(sorted(mine, key=lambda each: (each.life.since, each.number)))


def is_over(followed: Followed, today: date) -> bool:
    """Whether its last day is past."""
    return followed.last_day is not None and followed.last_day < today


def too_early(followed: Followed, act: RequestAct, today: date) -> bool:
    """Whether it cannot be said yet: of somebody who was there not before its last day, of somebody who did not come
    not before its first."""
    values = followed.life.values
    day = values.starts_on if act is A.NOT_ATTENDED else followed.last_day
    return day is not None and today < day


def own_waiting(question: Question) -> tuple[Followed, ...]:
    """The asker's own classes of which nobody has said whether they were there."""
    return tuple(
        each
        for each in everything(question, BEFORE_PRESENCE)
        if each.person_id == question.asker.person_id and not too_early(each, A.ATTENDED, question.today)
    )


def may_be_said(followed: Followed, act: RequestAct) -> bool:
    """Whether the request stands so that it can be said of it."""
    return act in allowed(followed.life)


def says(question: Question, followed: Followed, act: RequestAct, hours: Decimal | None = None) -> Does:
    """It is noted; whoever was there is asked for the certificate, in their own hours."""
    body = {} if hours is None else {"hours": f"{hours:f}"}

    def does(writer: Writer) -> Iterator[AuditDraft]:
        here = at_the_writing(writer, question)
        said = {**body, **own_word(here, followed.person_id)}
        entry, step_id = acts(writer, here, followed.request, act, said)
        yield entry
        if act is A.NOT_ATTENDED:
            news.nothing_more(writer, followed, CLEARED)
            news.to_requester(writer, here, followed, "not-there", str(step_id))
        elif followed.life.certificate is None:
            news.to_requester(
                writer,
                here,
                followed,
                "certificate-asked",
                str(followed.request.kept.id),
                own_question=followed.person_id != here.asker.person_id,
            )

    return does


def objects(question: Question, followed: Followed) -> Does:
    """Somebody says that they were there, and it is noted that they were not: whoever said so is told, and nothing
    changes."""

    def does(writer: Writer) -> Iterator[AuditDraft]:
        here = at_the_writing(writer, question)
        news.to_carers(writer, here, followed, "says-there", str(followed.life.last.id))
        yield from ()

    return does

"""How are my people, and how is this one? Only along the line as of now; anybody else gets the same refusal."""

from dataclasses import replace
from functools import partial

from db.records.facts import PersonAtAgency
from handlers.figures import shown as figures_shown
from handlers.routing import Answered, Asked, Route, Tense, counts, everyone, leads, page_after
from handlers.status import about, coordinator, finish, overall, topic_names, track_labels
from messages import access, team
from messages.answer import StatusFacts
from messages.team import TeamView
from messages.wording import echoed
from reading.text.model import Slot
from rules.standing import Standing
from training.asking import NothingOnFileError, Outcome, Question
from training.audit import AuditTag
from training.people import display_name, named
from training.permission_table import Ask, Permission
from training.permissions import leaves_of
from training.standings.duties import lines_about
from training.standings.judging import standing_for
from training.standings.team import Team, team_of


def board(question: Question, asked: Asked, view: TeamView = TeamView.ALL) -> Answered:
    """The squad, unit or agency as words and counts; overdue and at risk in one answer, the asked group first.

    Whoever may know the numbers and not the people gets the numbers.
    """
    if not leads(question):
        return figures_shown(question, asked)
    return _board(question, asked, view, page=1)


def next_page(question: Question, asked: Asked) -> Answered:
    """MORE of the team last shown."""
    remembered = question.remembered()
    view = TeamView(remembered.get("view") or TeamView.ALL)
    return _board(question, asked, view, page=page_after(question))


def _board(question: Question, asked: Asked, view: TeamView, page: int) -> Answered:
    found = team_of(question)
    if not found.rows and not found.on_leave and not found.not_yet:
        if question.known_at is not None:
            raise NothingOnFileError(question.asker.person_id)
        return refuse(question, asked)
    facts = team.TeamFacts(
        group=_group(question, asked, found),
        rows=tuple(
            team.TeamRow(name=display_name(person), word=standing.word, first=team.most_urgent(standing))
            for person, standing in found.rows
        ),
        excluded=(
            ("on-leave", found.on_leave),
            ("not-yet", found.not_yet),
            ("protected", found.unshown),
        ),
        at=question.at,
        today=question.day,
        packs=_packs(found),
        view=view,
        page=page,
        lines=team.people_for(question.channel),
    )
    outcome = Outcome(
        looked_at=tuple(person.person_id for person, _ in found.rows),
        keep=found.keep,
        data={"people": len(found.rows), "packs": list(_packs(found))},
    )
    return finish(team.team(facts, asked.words), outcome, view=view.value, page=page, pages_of="team")


def _group(question: Question, asked: Asked, found: Team) -> str:
    return question.asker.agency_name if found.whole else asked.words.say("team-own-group")


def _packs(found: Team) -> tuple[str, ...]:
    return tuple(dict.fromkeys(pack for _, standing in found.rows for pack in standing.packs))


def one_person(question: Question, asked: Asked) -> Answered:
    """One named person's standing, for somebody above them at this moment."""
    name = asked.value or _name(asked.slot("person"))
    found = named(question, name).found if name else ()
    if not found:
        return refuse(question, asked)
    if len(found) > 1:
        choices = tuple(
            (f"{display_name(each)}, {each.employment.fact.badge_number}", each.employment.fact.badge_number)
            for each in found
        )
        facts = team.WhichPersonFacts(asked=echoed(name), choices=choices)
        badges = [badge for _, badge in choices]
        return finish(
            team.which_person(facts, asked.words), Outcome(), intent="person_status", choices=badges
        )
    person = found[0]
    if person.person_id == question.asker.person_id:
        return overall(question, asked)
    standing, keep = standing_for(question, person.person_id)
    if standing is None:
        if question.known_at is not None:
            raise NothingOnFileError(person.person_id)
        return refuse(question, asked)
    outcome = Outcome(
        looked_at=(person.person_id,),
        keep=(keep,) if keep is not None else (),
        data=about(standing),
    )
    seen = team.PersonStandingFacts(
        status=_status(question, asked, person, standing), full_name=full_name(person)
    )
    if lines := lines_about(question.shelf, standing, asked.topics()):
        return finish(
            team.person_on_topic(seen, topic_names(asked.topics(), asked.words), lines, asked.words),
            replace(outcome, data=about(standing, lines)),
            intent="person_status",
            about=person.person_id,
            requirement=[lines[0].requirement],
        )
    return finish(team.person(seen, asked.words), outcome, intent="person_status", about=person.person_id)


def picked(question: Question, asked: Asked) -> Answered:
    """The number of a name that was offered; a number that was not is no answer."""
    choices = question.remembered().get("choices")
    number = asked.slot("choice")
    if not isinstance(choices, list) or not isinstance(number, int) or not 0 < number <= len(choices):
        return overall(question, asked)
    return one_person(question, replace(asked, value=str(choices[number - 1])))


def _status(question: Question, asked: Asked, person: PersonAtAgency, standing: Standing) -> StatusFacts:
    employment = person.employment.fact
    return StatusFacts(
        name=person.family,
        standing=standing,
        at=question.at,
        agency=question.asker.agency_name,
        coordinator=coordinator(question, asked),
        position="" if employment.kind == "officer" else employment.position.replace("-", " "),
        tracks=track_labels(question, standing),
    )


def full_name(person: PersonAtAgency) -> str:
    """Rank, when there is one, given name and surname."""
    name = f"{person.given} {person.family}".strip()
    rank = person.employment.fact.rank
    return f"{rank} {name}" if rank else name


def _name(slot: Slot | None) -> str:
    return slot if isinstance(slot, str) else ""


def refuse(question: Question, asked: Asked) -> Answered:
    """The same words for nobody and for somebody who is not the asker's to see."""
    facts = access.RefusedPersonFacts(
        coordinator=coordinator(question, asked),
        matter=Permission.PURPOSE in leaves_of(question, Ask.AGENCY_RECORD),
    )
    outcome = Outcome(tag=AuditTag.RECORD_REFUSED)
    return finish(access.refused_person(facts, asked.words), outcome)


ROUTES = (
    Route(
        name="team",
        handle=board,
        may_use=counts,
        intents=("team_status",),
        menu="team",
        tense=Tense.EITHER,
        shows=True,
        next_page=next_page,
    ),
    Route(
        name="overdue",
        handle=partial(board, view=TeamView.OVERDUE),
        may_use=counts,
        intents=("overdue_list",),
        menu="overdue",
        tense=Tense.EITHER,
        shows=True,
    ),
    Route(
        name="at-risk",
        handle=partial(board, view=TeamView.AT_RISK),
        may_use=counts,
        intents=("at_risk_list",),
        menu="at-risk",
        tense=Tense.EITHER,
        shows=True,
    ),
    # Everyone may ask about a name: the refusal must not depend on who asks.
    Route(
        name="person",
        handle=one_person,
        may_use=everyone,
        intents=("person_status",),
        tense=Tense.EITHER,
        own_record=True,
        shows=True,
    ),
    Route(name="pick", handle=picked, may_use=everyone, commands=("pick",), tense=Tense.CONTINUES),
)

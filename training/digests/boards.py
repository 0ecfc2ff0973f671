"""How does a lieutenant's line stand this week, and the agency this month? In the figures that everybody else is given,
with names only of people whom the reader may see anyway."""

from collections import Counter
from datetime import date

from db.queries import audit
from messages import digests as say
from messages.figures import GroupFacts
from messages.words import Words
from training.asking import Question
from training.audit import AuditTag
from training.digests.exceptions import overdue_since
from training.standings.figures import Group, figures_of, group_facts
from training.standings.team import SMALLEST_GROUP, Team, team_of


def lines_board(question: Question, words: Words) -> tuple[say.BoardFacts, tuple[int, ...]]:
    """The reader's own line, by name where something is overdue; and whom it names."""
    team = team_of(question)
    late = overdue_since(team, date.min, question.day, words)
    counts = _counted(team)
    facts = say.BoardFacts(
        group=words.say("team-own-group"),
        at=question.at,
        packs=tuple(dict.fromkeys(pack for _, standing in team.rows for pack in standing.packs)),
        people_counted=counts.people,
        whole=counts if counts.people >= SMALLEST_GROUP else None,
        not_counted=team.on_leave + team.not_yet + team.unshown,
        people=tuple(each for _, each in late),
    )
    return facts, tuple({who for who, _ in late[: say.MOST_NAMES]})


def agency_board(question: Question) -> say.BoardFacts:
    """The whole agency by unit, without anybody's name."""
    found = figures_of(question)
    whole = None if found.whole is None else group_facts(found.whole)
    return say.BoardFacts(
        group=question.asker.agency_name,
        at=question.at,
        packs=found.packs,
        people_counted=0 if whole is None else whole.people,
        whole=whole,
        not_counted=found.on_leave + found.unshown + found.not_yet,
        groups=tuple(group_facts(each) for each in found.groups),
        chief=True,
    )


def last_figures(question: Question, subject: str) -> tuple[date, int] | None:
    """What the summary before this one said: on which day, and how many had nothing open."""
    before = audit.entries(
        question.conn,
        question.agency_id,
        subject_id=question.asker.person_id,
        tags=(AuditTag.DIGEST_PREPARED.value,),
    )
    for each in before:
        if each.data.get("digest") == subject and isinstance(each.data.get("met"), int):
            return date.fromisoformat(str(each.data["day"])), int(each.data["met"])
    return None


def _counted(team: Team) -> GroupFacts:
    return group_facts(Group((), Counter(standing.word for _, standing in team.rows)))

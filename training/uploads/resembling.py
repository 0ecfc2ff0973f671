"""What does an upload resemble: whose name is printed, what is on record already, which others show the same paper?"""

from collections.abc import Iterable

from rapidfuzz import fuzz

from db.queries import evaluation, uploads
from db.records.facts import PersonAtAgency
from db.records.uploads import Step, UploadState
from training.asking import Question
from training.uploads.values import Draft, Entry

# Titles of one day so alike are probably of one class.
LIKE = 80
# A printed name so alike is the person's, ranks and order apart.
SAME_NAME = 84


def same_as(question: Question, state: UploadState, draft: Draft) -> tuple[int, ...]:
    """Other uploads of the same sender with one of these files, or a picture that looks the same."""
    sharing = uploads.sharing_files(question.conn, question.agency_id, state.kept.id)
    found = [each.kept.fact.number for each in sharing if each.step is not Step.WITHDRAWN]
    if draft.same_as is not None:
        found.append(draft.same_as)
    return tuple(sorted(set(found)))


def is_other_name(printed: str, person: PersonAtAgency) -> bool:
    """Whether the name on the paper is not the person's; an empty one says nothing."""
    if not printed:
        return False
    own = f"{person.given} {person.family}"
    score = max(
        fuzz.WRatio(_folded(printed), _folded(own)),
        fuzz.WRatio(_folded(printed), _folded(f"{person.family} {person.given}")),
    )
    return score < SAME_NAME


def _folded(name: str) -> str:
    return " ".join("".join(each if each.isalpha() else " " for each in name.casefold()).split())


def on_record(question: Question, person_id: int, entries: Iterable[Entry]) -> Iterable[str]:
    """Records of the same days with a title that is alike."""
    kept = evaluation.completions_for(question.conn, question.agency_id, [person_id]).get(person_id, ())
    for entry in entries:
        for each in kept:
            same_day = each.fact.completed_on == entry.completed_on
            if same_day and fuzz.token_set_ratio(each.fact.title.casefold(), entry.title.casefold()) >= LIKE:
                yield each.fact.title

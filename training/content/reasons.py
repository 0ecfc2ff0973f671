"""Why did somebody do it, in their own words? Shown to whoever may see what was done, while the words are there."""

from collections.abc import Iterable, Mapping

from db.queries import content
from training.asking import Question
from training.sealed.sealing import as_text
from training.sealed.unsealing import unsealed


def reasons(question: Question, item_ids: Iterable[int]) -> Mapping[int, str]:
    """The words of these items, without those that are set aside or disposed of. Who may read them is decided by the
    caller, before asking."""
    wanted = sorted(set(item_ids))
    found = [content.item(question.conn, question.agency_id, each) for each in wanted]
    items = [each for each in found if each is not None]
    said = unsealed(question.office, question.conn, question.agency_id, items)
    return {item_id: as_text(each) for item_id, each in said.items() if isinstance(each, bytes)}

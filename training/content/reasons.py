"""Why did somebody do it, in their own words? Shown to whoever may see what was done, while the words are there."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from db.queries import content
from db.records.facts import AgencyId
from training.asking import Question
from training.office import Office
from training.sealed.sealing import as_text
from training.sealed.unsealing import unsealed


def reasons(question: Question, item_ids: Iterable[int]) -> Mapping[int, str]:
    """The words of these items, without those that are set aside or disposed of. Who may read them is decided by the
    caller, before asking."""
    return words_of(question.office, question.conn, question.agency_id, item_ids)


def words_of(
    office: Office, conn: Connection, agency_id: AgencyId, item_ids: Iterable[int]
) -> Mapping[int, str]:
    """The same where nobody asks."""
    wanted = sorted(set(item_ids))
    found = [content.item(conn, agency_id, each) for each in wanted]
    items = [each for each in found if each is not None]
    said = unsealed(office, conn, agency_id, items)
    return {item_id: as_text(each) for item_id, each in said.items() if isinstance(each, bytes)}

"""What becomes of objects that no row stands for? Written down before they are written, and deleted a day later when
no row came; a disposed file goes the same way at once."""

from collections.abc import Sequence
from datetime import timedelta

from db.files.port import is_name
from db.queries import loose_files
from db.records.facts import AgencyId
from db.unit_of_work import reading, working
from training.office import Office, unmoved_now

# Whoever wrote an object and is not at its row by then never gets there.
PATIENCE = timedelta(days=1)


def begin(office: Office, agency_id: AgencyId, names: Sequence[str]) -> None:
    """Objects of these names are about to be written. Committed when this returns: whatever crashes now, somebody
    knows of them."""
    with working(office.engine) as conn:
        loose_files.begin(conn, agency_id, names, unmoved_now(office, conn))


def clear(office: Office, agency_id: AgencyId) -> int:
    """Delete what is to be deleted, and what no row came for; how many objects.

    Only what this record itself wrote down is ever deleted. Whatever else is in the store may be another record's: a
    backup that was restored beside the living one knows nothing of what came after it. FilesAwayError when the store
    does not answer: what is left stays written down.
    """
    with reading(office.engine) as conn:
        found = loose_files.of(conn, agency_id)
        before = unmoved_now(office, conn) - PATIENCE
    if any(not leaving and since < before for _, since, leaving in found):
        with working(office.engine) as conn:
            # From this commit on no row can be recorded for them.
            loose_files.give_up(conn, agency_id, before)
            found = loose_files.of(conn, agency_id)
    leaving = [name for name, _, leaves in found if leaves]
    for name in leaving:
        # Only tampering or a broken disk makes a name under which nothing can lie.
        if is_name(name):
            office.files.delete(name)
        with working(office.engine) as conn:
            loose_files.gone(conn, agency_id, name)
    return len(leaving)

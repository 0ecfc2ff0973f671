"""What becomes of objects that no row stands for? Written down before they are written, and deleted a day later when
no row came; a disposed file goes the same way at once."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from db.files.errors import FileStoreError
from db.files.port import is_name
from db.queries import loose_files
from db.records.facts import AgencyId
from db.unit_of_work import reading, working
from training.office import Office, unmoved_now

log = logging.getLogger(__name__)

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
    backup that was restored beside the living one knows nothing of what came after it.
    """
    with reading(office.engine) as conn:
        found = loose_files.of(conn, agency_id)
        before = unmoved_now(office, conn) - PATIENCE
    if any(not leaving and since < before for _, since, leaving in found):
        with working(office.engine) as conn:
            # From this commit on no row can be recorded for them.
            loose_files.give_up(conn, agency_id, before)
            found = loose_files.of(conn, agency_id)
    return sum(_delete(office, agency_id, name) for name, _, leaving in found if leaving)


def _delete(office: Office, agency_id: AgencyId, name: str) -> bool:
    try:
        # Only tampering or a broken disk makes a name under which nothing can lie.
        if is_name(name):
            office.files.delete(name)
    except FileStoreError as error:
        # It stays written down, and the next tick tries again.
        log.warning("file-not-deleted", extra={"error": type(error).__name__})
        return False
    with working(office.engine) as conn:
        loose_files.gone(conn, agency_id, name)
    return True

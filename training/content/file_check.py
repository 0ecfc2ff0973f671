"""Is every kept file where its row says, and what it was? Its name is the hash of its sealed bytes, so no key is
needed to tell."""

from collections.abc import Iterator
from itertools import islice

from db.files.errors import FileChangedError, FileMissingError, FilesAwayError
from db.files.port import fetched
from db.queries import agencies, content, loose_files
from db.records.audit import FindingCode, IntegrityFinding
from db.records.facts import AgencyId
from db.unit_of_work import reading
from training.office import Office
from training.transcripts.records import record_number

# A store that is gone brings a line for every file.
MOST = 100


def check_files(office: Office) -> tuple[IntegrityFinding, ...]:
    """Codes: files-away, file-missing, file-changed, more. A store that nobody needs yet is not looked for."""
    try:
        found = tuple(islice(_findings(office), MOST + 1))
    except FilesAwayError as error:
        return (IntegrityFinding("files-away", (("problem", str(error)),)),)
    return found if len(found) <= MOST else (*found[:MOST], IntegrityFinding("more", (("most", str(MOST)),)))


def _findings(office: Office) -> Iterator[IntegrityFinding]:
    with reading(office.engine) as conn:
        kept = {number: content.kept_objects(conn, number) for number in agencies.agencies(conn)}
    for number, objects in kept.items():
        for name, item_id in objects.items():
            try:
                fetched(office.files, name)
            except FileMissingError:
                code: FindingCode = "file-missing"
            except FileChangedError:
                code = "file-changed"
            else:
                continue
            if not _went_meanwhile(office, number, name):
                facts = (("agency", str(number)), ("item", str(record_number(item_id))), ("name", name))
                yield IntegrityFinding(code, facts)


def _went_meanwhile(office: Office, number: AgencyId, name: str) -> bool:
    with reading(office.engine) as conn:
        return name in content.disposed_objects(conn, number)


def loose_in(office: Office) -> tuple[str, ...]:
    """Names in the store that nothing in this record speaks of: from after the backup that was restored, or another
    record's. No error: the record is whole without them, and nobody but a person can tell whose they are."""
    try:
        # The store first: whatever is written after it was listed is not in the list.
        there = set(office.files.names())
        with reading(office.engine) as conn:
            for number in agencies.agencies(conn):
                there -= content.kept_objects(conn, number).keys()
                there -= {name for name, _, _ in loose_files.of(conn, number)}
    except FilesAwayError:
        return ()
    return tuple(sorted(there))

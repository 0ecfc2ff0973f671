"""What do kept items say? One way for words in the record and for files beside it. Who may read them is decided by the
caller, before asking."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from sqlalchemy import Connection

from db.files.errors import FileChangedError, FileMissingError, FilesAwayError
from db.files.port import fetched
from db.keys import cipher
from db.queries import content
from db.records.content import ItemState
from db.records.facts import AgencyId
from training.office import Office
from training.sealed.sealing import place


class Closed(StrEnum):
    """Why an item cannot be opened; the catalogue holds a sentence for each."""

    SET_ASIDE = "set-aside"
    GONE = "gone"
    NO_KEY = "no-key"
    FILE_MISSING = "file-missing"
    FILE_CHANGED = "file-changed"
    FILES_AWAY = "files-away"


def unsealed(
    office: Office, conn: Connection, agency_id: AgencyId, items: Iterable[ItemState]
) -> Mapping[int, bytes | Closed]:
    """Of each item what it says, or why that cannot be said."""
    wanted = list(items)
    shown = [each for each in wanted if each.set_aside is None and each.gone is None]
    keys = office.keys.keys_of(sorted(each.ref for each in shown)) if shown else {}
    return {each.id: _opened(office, conn, agency_id, each, keys) for each in wanted}


def _opened(
    office: Office, conn: Connection, agency_id: AgencyId, item: ItemState, keys: Mapping[str, bytes]
) -> bytes | Closed:
    if item.gone is not None:
        return Closed.GONE
    if item.set_aside is not None:
        return Closed.SET_ASIDE
    key = keys.get(item.ref)
    if key is None:
        return Closed.NO_KEY
    sealed = _sealed(office, conn, agency_id, item)
    return sealed if isinstance(sealed, Closed) else cipher.unseal(key, sealed, place(agency_id, item.ref))


def _sealed(office: Office, conn: Connection, agency_id: AgencyId, item: ItemState) -> bytes | Closed:
    if item.sealed_hash is None:
        return content.ciphertext(conn, agency_id, item.id) or Closed.FILE_MISSING
    try:
        return fetched(office.files, item.sealed_hash)
    except FileMissingError:
        return Closed.FILE_MISSING
    except FileChangedError:
        return Closed.FILE_CHANGED
    except FilesAwayError:
        return Closed.FILES_AWAY

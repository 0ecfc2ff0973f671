"""Is the key of everything that is kept still there, and what it was? A key that is lost is found by nobody before the
day on which somebody asks for the words."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy.exc import SQLAlchemyError

from db.keys.errors import KeyStoreError
from db.queries import agencies, content
from db.records.audit import FindingCode, IntegrityFinding
from db.records.facts import AgencyId
from db.unit_of_work import reading
from training.office import Office

_AT_ONCE = 500


def check_keys(office: Office) -> tuple[IntegrityFinding, ...]:
    """Codes: keys-away, keys-damaged, key-missing, key-changed. A store that nobody needs yet is not looked for."""
    with reading(office.engine) as conn:
        refs = {number: content.kept_refs(conn, number) for number in agencies.agencies(conn)}
    if not any(refs.values()):
        return ()
    try:
        if not office.keys.is_begun():
            return (IntegrityFinding("keys-away"),)
        damage = office.keys.damage()
        if damage:
            return tuple(IntegrityFinding("keys-damaged", (("problem", line),)) for line in damage)
        return tuple(_of_agencies(office, refs))
    except (KeyStoreError, SQLAlchemyError, OSError, ValueError):
        # A master key that is away or another one has its own line in the doctor.
        return (IntegrityFinding("keys-away"),)


def _of_agencies(office: Office, refs: Mapping[AgencyId, Sequence[str]]) -> Iterator[IntegrityFinding]:
    for number, named in refs.items():
        missing = changed = 0
        for first in range(0, len(named), _AT_ONCE):
            counts = office.keys.unusable(named[first : first + _AT_ONCE])
            missing, changed = missing + counts[0], changed + counts[1]
        found: dict[FindingCode, int] = {"key-missing": missing, "key-changed": changed}
        for code, count in found.items():
            if count:
                yield IntegrityFinding(code, (("agency", str(number)), ("count", str(count))))

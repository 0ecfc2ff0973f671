"""How does an agency begin? Founded with its packs and its terminal door; the demo through the ordinary import."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from hashlib import sha256

from db.queries import agencies
from db.records.audit import AuditDraft
from db.records.facts import Agency, AgencyId, AgencyPack, Door
from db.records.imports import RowFate
from db.unit_of_work import found_agency, reading, writing
from reading.tables.preview import TableKind
from reading.tables.reader import read_table
from rules.errors import UnknownPackError
from training.audit import AuditTag
from training.errors import ErrorCode, RollcallError
from training.imports.planning import plan
from training.imports.writing import write
from training.office import Office, business_now, local_day

TERMINAL = "terminal"
# Everything that was ever owed under a pack is judged by it; releases inside it carry their own dates.
SINCE_EVER = date(1900, 1, 1)

DEMO_NAME = "Lakemont PD"
DEMO_STATE = "MN"
DEMO_ZONE = "America/Chicago"
DEMO_PACKS = ("mn-demo", "lkm")
# The demo's own files hold this many rows that no importer may take: two days that never were, a year without its
# century, and a badge that nobody has.
DEMO_REJECTIONS = 4

# Kind of file, rows done, rows in all.
DemoProgress = Callable[[str, int, int], None]


class DemoFilesError(Exception):
    """The demo's own files were not taken as they are meant to be: a mistake of ours, never of a visitor."""

    def __init__(self, kind: str, problems: Sequence[str]) -> None:
        super().__init__(f"demo {kind}: {'; '.join(problems)}")
        self.kind = kind
        self.problems = tuple(problems)


def the_agency(office: Office) -> AgencyId | None:
    """The one agency of an embedded installation; None before a roster was imported, or where there are several."""
    with reading(office.engine) as conn:
        found = agencies.agencies(conn)
    return found[0] if len(found) == 1 else None


def agency_called(office: Office, name: str | None) -> AgencyId:
    """The agency of this name, long or short; without a name the only one. RollcallError when that says no one."""
    with reading(office.engine) as conn:
        held = {each: agencies.agency(conn, each).fact for each in agencies.agencies(conn)}
    if not held:
        raise RollcallError(ErrorCode.NO_AGENCY)
    known = tuple(fact.name for fact in held.values())
    if name is None:
        if len(held) > 1:
            raise RollcallError(ErrorCode.AGENCY_NOT_NAMED, known=known)
        return next(iter(held))
    wanted = name.strip().casefold()
    meant = [
        each for each, fact in held.items() if wanted in {fact.name.casefold(), fact.short_name.casefold()}
    ]
    if len(meant) != 1:
        raise RollcallError(ErrorCode.AGENCY_UNKNOWN, agency=name, known=known)
    return meant[0]


def found(office: Office, name: str, state: str, time_zone: str, packs: Sequence[str]) -> AgencyId:
    """A new agency, judged by these packs, spoken to from this machine's own terminal.

    An id alone is taken up in the newest version effective by now. UnknownPackError for what is not held.
    """
    at = business_now(office)
    packs = [office.shelf.named_on(pack, local_day(at, time_zone)) for pack in packs]
    agency = Agency(name=name, short_name=short_name(name), state=state, time_zone=time_zone)
    begun = AuditDraft(tag=AuditTag.AGENCY_FOUNDED, data={"name": name, "state": state})
    agency_id = found_agency(office.engine, agency, begun, at=at, channel=TERMINAL)
    with writing(office.engine, agency_id, at=at, channel=TERMINAL) as writer:
        writer.record(*(AgencyPack(pack=pack, starts_on=SINCE_EVER) for pack in packs))
        writer.record(Door(channel=TERMINAL, address=str(agency_id)))
        writer.audit(AuditDraft(tag=AuditTag.AGENCY_PACKS_CHOSEN, data={"packs": list(packs)}))
    return agency_id


def short_name(name: str) -> str:
    """Up to the first word for the kind of agency: ``Lakemont`` of ``Lakemont Police Department``."""
    words = name.split()
    ends = [at for at, word in enumerate(words) if at and word.casefold().strip(".") in KINDS_OF_AGENCY]
    return " ".join(words[: ends[0]] if ends else words)


KINDS_OF_AGENCY = frozenset({"pd", "police", "sheriff", "sheriff's", "county", "department", "public", "so"})


def packs_for(office: Office, state: str) -> tuple[str, ...]:
    """The board's own pack for a state, where one is shipped, and the agency's own packs for it beside its data.

    Each in the newest version that is effective by now.
    """
    shelf, today = office.shelf, business_now(office).date()
    own = shelf.own_for(state)
    try:
        chosen = (shelf.default_for(state), *own)
    except UnknownPackError:
        chosen = own
    return tuple(shelf.named_on(pack, today) for pack in chosen)


def build_demo(
    office: Office, files: Mapping[str, bytes], on_progress: DemoProgress | None = None
) -> AgencyId:
    """Lakemont PD through the ordinary import, file by file in the order given.

    DemoFilesError when a file is refused, asks something, or loses more rows than are meant to be lost.
    """
    agency_id = found(office, DEMO_NAME, DEMO_STATE, DEMO_ZONE, DEMO_PACKS)
    today = local_day(business_now(office), DEMO_ZONE)
    rejected: list[str] = []
    for kind, data in files.items():
        preview = read_table(TableKind(kind), data, today=today)
        if not preview.ready:
            codes = [each.code.value for each in preview.questions]
            raise DemoFilesError(kind, codes if preview.refusal is None else [preview.refusal.code.value])
        with reading(office.engine) as conn:
            planned = plan(conn, agency_id, preview, today)
        rejected += [
            f"{kind} row {row.line}: {', '.join(each.code for each in row.because)}"
            for row in planned.of(RowFate.REJECTED)
        ]
        if len(rejected) > DEMO_REJECTIONS:
            raise DemoFilesError(kind, rejected)
        write(
            office,
            agency_id,
            planned,
            file_name=f"{kind}.csv",
            file_hash=sha256(data).hexdigest(),
            channel=TERMINAL,
            on_progress=_of_kind(on_progress, kind),
        )
    return agency_id


def _of_kind(on_progress: DemoProgress | None, kind: str) -> Callable[[int, int], None] | None:
    if on_progress is None:
        return None
    told = on_progress
    return lambda done, total: told(kind, done, total)

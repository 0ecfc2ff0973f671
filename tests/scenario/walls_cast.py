"""Two agencies in one installation, somebody of every role, and a walk of every question about every kind of person."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

from sqlalchemy import Engine

from db.queries.context import ByBadge
from db.records.facts import AgencyId, Assignment, Disclosure, Door, ReportingLine, Role, RoleGrant
from db.tables.base import IDS_PER_AGENCY
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from messages.kinds import MessageKind
from messages.model import Message, Paragraph
from tests.fakes.clock import MovableClock
from tests.fakes.files import a_file_store
from tests.fakes.keys import a_key_store
from tests.fakes.packs import shipped_packs
from tests.fakes.reader import CannedReader, certificate
from tests.scenario.cast import LAKEMONT, LONG_AGO, Agency
from tests.scenario.upload_cast import sends
from tests.scenario.walls_queries import (
    OTHER_AGENCY,
    OTHER_UNIT,
    PROTECTED,
    QUERIES,
    SELF,
    Query,
)
from training.agency_setup import found
from training.errors import RollcallError
from training.office import Office
from training.sealed.sealing import keep_text
from training.standings.compliance import tick
from training.transcripts.exports import Clerk, analytics, as_text, re_identify, standings_list, transcript
from training.transcripts.pseudonyms import pseudonym

NOW = datetime(2027, 3, 2, 20, 10, tzinfo=UTC)
YESTERDAY, TOMORROW = NOW - timedelta(days=1), NOW + timedelta(days=1)
PACKS = ("mn-demo", "lkm")
KEY = b"a key of the test's own"
PHOTOS = tuple(b"\xff\xd8\xff\xe0" + bytes([each]) * 500 for each in range(4))
FIRST_UPLOAD = 3001

SHOWN, REFUSED, NOT_FOUND, AGGREGATE = "shown", "refused", "not-found", "aggregate"


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who can be recognized in an answer: by given name and class title always, by surname where nobody typed it."""

    badge: str
    given: str
    family: str

    @property
    def course(self) -> str:
        """The title of this person's only class, which is nobody else's."""
        return f"Seminar {self.given}ville"

    def is_named(self, text: str, *, typed: bool) -> bool:
        """Whether a text says anything of this person; ``typed``: their surname was in the question."""
        marks = (self.given,) if typed else (self.given, self.family)
        return any(mark in text for mark in marks)


# Badge, given name, family name, roles, and the sergeant above.
STAFF: Mapping[str, tuple[Somebody, tuple[Role, ...], str]] = {
    "supervisor": (Somebody("77", "Kimbra", "Okaforde"), (Role.OFFICER, Role.SUPERVISOR), ""),
    "disclosed-supervisor": (Somebody("78", "Marekus", "Adeyemo"), (Role.OFFICER, Role.SUPERVISOR), ""),
    "left-supervisor": (Somebody("79", "Leander", "Gonsalves"), (Role.OFFICER, Role.SUPERVISOR), ""),
    "two-roles": (Somebody("80", "Duarte", "Twofold"), (Role.SUPERVISOR, Role.UNION_OBSERVER), ""),
    "officer": (Somebody("301", "Odelia", "Finchley"), (Role.OFFICER,), "77"),
    "protected-officer": (Somebody("303", "Undina", "Shadwell"), (Role.OFFICER,), "77"),
    "no-role": (Somebody("499", "Norwin", "Plainview"), (), "77"),
    "civilian": (Somebody("401", "Cilvia", "Deskman"), (Role.CIVILIAN,), "77"),
    "coordinator": (Somebody("902", "Priyanka", "Nairobi"), (Role.CIVILIAN, Role.COORDINATOR), ""),
    "command": (Somebody("1", "Alanis", "Brandtner"), (Role.OFFICER, Role.COMMAND), ""),
    "records": (Somebody("905", "Lenka", "Parkhurst"), (Role.CIVILIAN, Role.RECORDS), ""),
    "legal": (Somebody("990", "Mayabel", "Halevy"), (Role.CIVILIAN, Role.LEGAL), ""),
    "auditor": (Somebody("950", "Audra", "Checkers"), (), ""),
    "former-auditor": (Somebody("951", "Formosa", "Endicott"), (), ""),
    "endless-auditor": (Somebody("952", "Endlessa", "Openshaw"), (Role.AUDITOR,), ""),
    "union_observer": (Somebody("211", "Maitai", "Vangelis"), (Role.OFFICER, Role.UNION_OBSERVER), "77"),
    "administrator": (Somebody("930", "Tomasz", "Wieczorny"), (Role.CIVILIAN, Role.ADMINISTRATOR), ""),
}
ROLES = tuple(STAFF)
OTHER_STAFF = {
    "302": (Somebody("302", "Danilo", "Ruizman"), "77"),
    "304": (Somebody("304", "Colman", "Hallett"), "78"),
    "305": (Somebody("305", "Petrina", "Westbrook"), "79"),
    "306": (Somebody("306", "Quirina", "Eastwood"), "80"),
}
ELSEWHERE = Somebody("777", "Ewalina", "Elsworthy")
NOBODY = Somebody("99999", "Zyzzo", "Zzyzxson")
OWN_PEOPLE = {"left-supervisor": "305", "two-roles": "306", "disclosed-supervisor": "304"}


@dataclass(slots=True)
class Installation:
    """Lakemont with everybody in it, and Ashby with one officer whom Lakemont must never hear of."""

    lakemont: Agency
    records: Mapping[str, int]
    people: Mapping[str, int]
    channels: Iterator[int] = field(default_factory=count)
    tickets: Mapping[str, int] = field(default_factory=dict)
    uploads: Mapping[str, int] = field(default_factory=dict)

    def target(self, role: str, target: str) -> Somebody:
        """Whom a kind of target means to somebody of this role."""
        match target:
            case "self":
                return STAFF[role][0]
            case "own-line":
                return OTHER_STAFF[OWN_PEOPLE.get(role, "302")][0]
            case "other-unit":
                return OTHER_STAFF["304"][0]
            case "other-agency":
                return ELSEWHERE
            case "protected":
                return STAFF["protected-officer"][0]
        return NOBODY

    def with_office(self, office: Office) -> "Installation":
        """The same record behind another office."""
        return replace(self, lakemont=replace(self.lakemont, office=office))


def installation(engine: Engine) -> Installation:
    """Both agencies, with everybody judged once."""
    reader = CannedReader({each: certificate(person="", looks="") for each in PHOTOS})
    office = Office(
        engine,
        MovableClock(NOW),
        shipped_packs(),
        a_key_store(),
        fixed=True,
        reader=reader,
        files=a_file_store(),
    )
    lakemont = Agency(office, MovableClock(NOW), found(office, "Lakemont PD", "MN", LAKEMONT.key, PACKS))
    ashby = Agency(office, MovableClock(NOW), found(office, "Ashby Sheriff", "MN", LAKEMONT.key, PACKS))
    hired = {
        somebody.badge: _hired(lakemont, somebody, roles, above) for somebody, roles, above in STAFF.values()
    }
    hired |= {
        somebody.badge: _hired(lakemont, somebody, (Role.OFFICER,), above)
        for somebody, above in OTHER_STAFF.values()
    }
    hired[ELSEWHERE.badge] = _hired(ashby, ELSEWHERE, (Role.OFFICER, Role.COORDINATOR), "")
    _arranged(lakemont)
    records = {
        each.badge: agency.completes(each.badge, "2026-05-05", "4", "use_of_force", each.course)
        for agency, people in (
            (lakemont, [*(row[0] for row in STAFF.values()), *(row[0] for row in OTHER_STAFF.values())]),
            (ashby, [ELSEWHERE]),
        )
        for each in people
    }
    for agency in (lakemont, ashby):
        tick(office, agency.agency_id, agency.today)
    return Installation(
        lakemont,
        records,
        hired,
        tickets=_asked_a_person(lakemont, ashby),
        uploads=_sent_certificates(lakemont, ashby),
    )


def _asked_a_person(lakemont: Agency, ashby: Agency) -> Mapping[str, int]:
    """Questions that wait, by who asked; the number of another agency's is none that Lakemont uses."""
    for badge in ("302", "304", STAFF["protected-officer"][0].badge):
        lakemont.ask(badge, "human")
    ashby.ask(ELSEWHERE.badge, "human")
    return {"302": 1, "304": 2, STAFF["protected-officer"][0].badge: 3}


def _sent_certificates(lakemont: Agency, ashby: Agency) -> Mapping[str, int]:
    """Certificates that wait for review, by who sent them. Lakemont has none of the number of another agency."""
    numbers = {}
    senders = ("302", "304", STAFF["protected-officer"][0].badge)
    for agency, badges in ((lakemont, senders), (ashby, (ELSEWHERE.badge,) * 4)):
        for number, badge in enumerate(badges):
            sends(agency, badge, PHOTOS[number])
            agency.text(badge, "ok")
            numbers[badge] = FIRST_UPLOAD + number
    return numbers


def _hired(agency: Agency, somebody: Somebody, roles: Sequence[Role], above: str) -> int:
    return agency.hires(
        somebody.badge,
        somebody.given,
        somebody.family,
        roles=roles,
        under=above or None,
        cycle=("2024-07-01", "2027-06-30"),
    )


def _arranged(agency: Agency) -> None:
    """Grants that end, a line that ended yesterday, somebody who left, and an assignment that nobody is to know of."""
    ids = {badge: agency.id_of(badge) for badge in ("77", "78", "303", "304", "950", "951")}
    with agency.writing() as writer:
        # Without a number of the agency there are no codes for phones.
        writer.record(Door(channel="sms", address="+16125550100"))
        writer.record(
            RoleGrant(person_id=ids["950"], role=Role.AUDITOR, valid_from=LONG_AGO, valid_to=TOMORROW),
            RoleGrant(person_id=ids["951"], role=Role.AUDITOR, valid_from=LONG_AGO, valid_to=NOW),
            ReportingLine(
                person_id=ids["304"], supervisor_id=ids["77"], valid_from=LONG_AGO, valid_to=YESTERDAY
            ),
            Assignment(person_id=ids["303"], kind="undercover", starts_on=date(2026, 9, 1)),
        )
        why = keep_text(writer, agency.office.keys, ids["78"], "joint task force")
        writer.record(
            Disclosure(person_id=ids["303"], viewer_id=ids["78"], reason_item_id=why, valid_from=LONG_AGO)
        )
    agency.leaves("79", date(2027, 3, 1))


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one question: its class, the words as a stranger would see them, and who else was named in it."""

    role: str
    query: str
    target: str
    found: str
    words: str
    named: frozenset[str]


REFUSALS = {
    MessageKind.REFUSED_PERSON,
    MessageKind.NO_RECORD,
    MessageKind.NOT_ALLOWED,
    MessageKind.NOT_UNDERSTOOD,
}
DeskOf = Callable[[Agency], FrontDesk]


def plain_desk(agency: Agency) -> FrontDesk:
    """The front desk as it is composed."""
    return FrontDesk(agency.office, agency.words)


def walk(
    place: Installation,
    queries: Sequence[Query] = QUERIES,
    roles: Sequence[str] = ROLES,
    desk_of: DeskOf = plain_desk,
) -> Iterator[Answer]:
    """Every role asks every question about every kind of person."""
    desk = desk_of(place.lakemont)
    for role in roles:
        asker = STAFF[role][0]
        for query in queries:
            messages: list[Message] = []
            for target in targets(role, query):
                somebody = STAFF[role][0] if target == SELF else place.target(role, target)
                said = query.own if target == SELF else query.other
                # A list is the same whoever is looked for in it.
                if not messages or not query.lists:
                    messages = _conversation(place, desk, asker, somebody, said)
                    messages = messages[-1:] if query.last else messages
                yield _answer(place, role, query, target, messages)


def targets(role: str, query: Query) -> tuple[str, ...]:
    """Whom this role asks about; somebody who is protected is to themselves no target but self."""
    return tuple(each for each in query.targets if not (each == PROTECTED and role == "protected-officer"))


def _conversation(
    place: Installation, desk: FrontDesk, asker: Somebody, target: Somebody, said: Sequence[str]
) -> list[Message]:
    channel = f"walls-{next(place.channels)}"
    record = place.records.get(target.badge, IDS_PER_AGENCY * place.lakemont.agency_id + 999_999)
    own = record // IDS_PER_AGENCY == place.lakemont.agency_id
    told = {
        "family": target.family,
        "badge": target.badge,
        "record": record % IDS_PER_AGENCY if own else record,
        "id": record,
        "ticket": place.tickets.get(target.badge, 999_999),
        "upload": place.uploads.get(target.badge, 999_999),
    }
    messages: list[Message] = []
    for text in said:
        if text.startswith("@") and text != "@home":
            messages.append(_exported(place, asker, target, text.removeprefix("@")))
            continue
        if text == "@home":
            message = desk.home(place.lakemont.agency_id, ByBadge(asker.badge), channel)
            assert message is not None
        else:
            words = text.format(**told)
            pressed = words.removeprefix("> ").split(" ", 1) if words.startswith(">") else None
            message = desk.answer(
                Interaction(
                    agency_id=place.lakemont.agency_id,
                    sender=ByBadge(asker.badge),
                    channel=channel,
                    text="" if pressed else words,
                    action=pressed[0] if pressed else "",
                    value=pressed[1] if pressed and len(pressed) > 1 else "",
                ),
                "Lakemont PD",
            )
        assert message.kind is not MessageKind.BROKEN, (asker, said)
        messages.append(message)
    return messages


def _exported(place: Installation, asker: Somebody, target: Somebody, asked: str) -> Message:
    """A file as it would leave, or its refusal, as if it were said."""
    office, agency_id = place.lakemont.office, place.lakemont.agency_id
    what, _, purpose = asked.partition(" ")
    clerk = Clerk(office, agency_id, ByBadge(asker.badge), "terminal", place.lakemont.words)
    kind = MessageKind.HISTORY
    try:
        match what:
            case "transcript":
                text = as_text(transcript(clerk, target.badge, purpose)).decode("utf-8")
            case "standings":
                text = as_text(standings_list(clerk, purpose)).decode("utf-8")
            case "analytics":
                text = as_text(analytics(clerk, purpose, KEY)).decode("utf-8").partition("\n\n")[2]
                kind = MessageKind.FIGURES
            case _:
                record = place.records.get(target.badge, 0)
                agency = AgencyId(record // IDS_PER_AGENCY) if record else agency_id
                text = re_identify(
                    clerk, pseudonym(KEY, agency, place.people.get(target.badge, 0)), purpose, KEY
                )
    except RollcallError as error:
        kind, text = MessageKind.REFUSED_PERSON, error.code.value
    return Message(kind=kind, title="", body=(Paragraph(text),), sms=())


def _answer(place: Installation, role: str, query: Query, target: str, messages: Sequence[Message]) -> Answer:
    somebody = place.target(role, target)
    text = repr(messages)
    typed = any("{family}" in said for said in query.other)
    others = frozenset(
        each
        for each in (OTHER_UNIT, OTHER_AGENCY, PROTECTED)
        if each != target and place.target(role, each) != STAFF[role][0]
        if place.target(role, each).is_named(text, typed=False)
    )
    kinds = {message.kind for message in messages}
    shown = not kinds & REFUSALS if target == SELF else somebody.is_named(text, typed=typed)
    if shown:
        found = SHOWN
    elif MessageKind.FIGURES in kinds:
        found = AGGREGATE
    else:
        found = NOT_FOUND if MessageKind.NO_RECORD in kinds else REFUSED
    return Answer(role, query.name, target, found, _as_typed(text, somebody), others)


def _as_typed(text: str, somebody: Somebody) -> str:
    """The same words whoever was asked about: an echo of the question tells nobody anything."""
    for spelling in (somebody.family, somebody.family.lower(), somebody.family.upper()):
        text = text.replace(spelling, "NAME")
    return text


def is_protected(agency: Agency, badge: str) -> None:
    person_id = agency.id_of(badge)
    with agency.writing() as writer:
        writer.record(Assignment(person_id=person_id, kind="undercover", starts_on=date(2026, 9, 1)))

"""Which headers have agencies been seen to use? One table per kind: column, then the ways it is written.

Headers are compared after ``columns.plain``: lower case, ``#`` and ``No.`` as ``number``, no punctuation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reading.tables.preview import TableKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What a kind of table may hold.

    ``needs`` are the sets of columns that make a file one of the kind: any one of them, whole.
    ``private`` tables keep nothing under unknown headers: beside a leave stands its reason, often of health.
    ``either`` are headers that fit more than one column; ``unsure`` fit one, perhaps in another meaning.
    """

    names: Mapping[str, tuple[str, ...]]
    dates: frozenset[str] = frozenset()
    needs: tuple[tuple[str, ...], ...]
    either: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unsure: Mapping[str, str] = field(default_factory=dict)
    private: bool = False


BADGE = (
    "badge number", "badge", "badge id", "shield", "shield number", "star number", "star", "employee id",
    "employee number", "emp number", "emp id", "empl id", "ee id", "ee number", "personnel number",
    "personnel id", "person id", "person number", "officer id", "officer number", "officer badge",
    "dpsst number", "dpsst", "id", "id number", "pid", "serial number", "member id", "member number",
    "staff id", "officer badge number", "employee badge", "employee badge number",
)  # fmt: skip
NAME = (
    "name", "full name", "officer name", "officer", "employee name", "member name", "member",
    "staff name", "person", "person name", "display name", "last first", "last name first name",
    "name last first", "last first mi", "last first m", "last first middle", "officer last first",
    "employee last first",
)  # fmt: skip
# A header in minutes is a header for hours, read in another unit.
MINUTES = frozenset(
    {"minutes", "mins", "min", "total minutes", "duration minutes", "duration mins", "duration min",
     "course minutes", "instruction minutes", "training minutes", "number of minutes"}
)  # fmt: skip
HOURS = (
    "hours", "hrs", "hr", "hour", "credits", "credit", "credit hours", "credit hrs", "ce hours",
    "ce credits", "post credits", "post hours", "training hours", "course hours", "class hours",
    "total hours", "hours completed", "hours earned", "hours credited", "contact hours", "number hours",
    "number of hours", "length hours", "duration hours", "duration hrs", "hours awarded",
    "credits earned", "clock hours", *sorted(MINUTES),
)  # fmt: skip
EXPIRES = (
    "expires on", "expires", "expiration date", "expiration", "expiry date", "expiry", "exp date", "exp",
    "expire date", "valid until", "valid to", "valid through", "good through", "renew by",
    "renewal date", "date expires", "date of expiration", "expire", "recommended renewal date",
)  # fmt: skip

TABLES: Mapping[TableKind, Columns] = {
    TableKind.ROSTER: Columns(
        names={
            "badge_number": BADGE,
            "name": NAME,
            "family_name": (
                "family name", "last name", "last", "surname", "lname", "l name", "officer last name",
            ),
            "given_name": (
                "given name", "first name", "first", "fname", "f name", "forename", "officer first name",
            ),
            "middle_name": ("middle name", "middle", "middle initial", "mi", "m i", "mid init"),
            "email": (
                "email", "e mail", "email address", "e mail address", "work email", "department email",
                "mail", "agency email", "user principal name",
            ),
            "mobile_phone": (
                "mobile phone", "mobile", "cell", "cell phone", "cellphone", "cell number",
                "mobile number", "mobile phone number", "cell phone number", "work cell",
                "department cell", "phone mobile", "text number", "sms", "sms number",
            ),
            "rank": ("rank", "rank title", "current rank"),
            "unit": (
                "unit", "division", "squad", "section", "team", "platoon", "watch", "assigned unit",
                "unit name", "bureau", "unit assigned",
            ),
            "supervisor_badge": (
                "supervisor badge", "supervisor id", "supervisor number", "supervisor badge number",
                "sup badge", "supervisor employee id", "sgt badge", "manager id", "reports to badge",
                "reports to id", "manager badge", "manager employee id",
            ),
            "roles": ("roles", "role", "system role", "system roles", "access", "rollcall role"),
            "employment_status": (
                "employment status", "emp status", "employee status", "officer status", "duty status",
            ),
            "appointed_on": (
                "appointed on", "appointment date", "date appointed", "hire date", "date hired",
                "hired on", "hired", "date of hire", "doh", "start date", "employment date",
                "date of appointment", "appointed", "sworn date", "date sworn",
            ),
            "state": ("state", "licensing state", "license state", "state of license"),
            "license_number": (
                "license number", "licence number", "license", "post number", "post id", "post license",
                "post license number", "peace officer license number", "certification number",
                "cert number", "peace officer number", "state id",
            ),
            "license_status": ("license status", "licence status", "post status", "post license status"),
            "cycle_start": (
                "cycle start", "cycle start date", "license start", "license issued", "ce cycle start",
                "cycle begins", "cycle begin", "cycle from", "licensing cycle start",
            ),
            "cycle_end": (
                "cycle end", "cycle end date", "license expires", "license expiration",
                "license expiration date", "ce cycle end", "cycle ends", "cycle to", "license exp date",
                "licensing cycle end", "post expiration",
            ),
            "position": (
                "position", "position title", "job title", "job", "classification", "job classification",
                "job class",
            ),
            "assignments": (
                "assignments", "assignment", "special assignments", "special assignment",
                "collateral duties", "additional duties",
            ),
            "time_zone": ("time zone", "timezone", "tz"),
            "history_complete_from": (
                "history complete from", "training complete from", "history complete since",
                "records complete from",
            ),
            "directory_id": (
                "directory id", "object id", "directory object id", "entra object id", "azure object id",
                "aad object id",
            ),
        },
        dates=frozenset({"appointed_on", "cycle_start", "cycle_end", "history_complete_from"}),
        needs=(("badge_number", "name"), ("badge_number", "family_name", "given_name")),
        either={
            "status": ("employment_status", "license_status"),
            "title": ("rank", "position"),
            "employee": ("badge_number", "name"),
        },
        unsure={
            "phone": "mobile_phone",
            "phone number": "mobile_phone",
            "telephone": "mobile_phone",
            "contact number": "mobile_phone",
            "supervisor": "supervisor_badge",
            "reports to": "supervisor_badge",
            "manager": "supervisor_badge",
            "number": "badge_number",
            "expires": "cycle_end",
            "expiration date": "cycle_end",
        },
    ),
    TableKind.HISTORY: Columns(
        names={
            "badge_number": BADGE,
            "course_title": (
                "course title", "title", "course", "course name", "class", "class name", "class title",
                "training", "training title", "training name", "course description", "class description",
                "training course", "event", "event title", "event name", "course taken",
                "training topic title", "program", "training event", "subject title", "session title",
                "lesson",
            ),
            "completed_on": (
                "completed on", "date completed", "completion date", "completed", "date",
                "date of completion", "completion", "class date", "course date", "training date",
                "date attended", "date taken", "date of training", "date of class", "end date",
                "course end date", "attended on", "date complete", "comp date", "finish date",
                "date finished", "training end date", "event date", "session date",
            ),
            "hours": HOURS,
            "topics": (
                "topics", "topic", "category", "categories", "training category", "mandate", "mandates",
                "subject area", "topic area", "requirement", "learning objectives",
            ),
            "provider": (
                "provider", "training provider", "sponsor", "vendor", "agency providing", "provided by",
                "school", "academy", "source", "course provider", "training agency", "hosted by",
                "organization", "sponsoring agency", "host",
            ),
            "course_number": (
                "course number", "course id", "course code", "class number", "class id",
                "approval number", "post course number", "course approval number", "control number",
                "post course id", "course control number", "tcole course number", "event number",
                "training id",
            ),
            "board_approved": (
                "board approved", "approved", "post approved", "state approved", "accredited",
                "post approved y n", "board approved y n", "approved course", "post certified",
            ),
            "delivery": (
                "delivery", "delivery method", "method", "format", "mode", "training method",
                "delivery mode", "delivery type", "modality",
            ),
            "status": (
                "status", "result", "completion status", "outcome", "pass fail", "grade status",
                "course status", "training status", "attendance status", "attendance", "disposition",
            ),
            "score": ("score", "grade", "test score", "score percent", "exam score", "final score"),
            "firearm_type": ("firearm type", "weapon", "weapon type", "firearm"),
        },
        dates=frozenset({"completed_on"}),
        needs=(("badge_number", "course_title", "completed_on"),),
        either={
            "number": ("badge_number", "course_number"),
            "post number": ("badge_number", "course_number"),
            "post id": ("badge_number", "course_number"),
        },
        unsure={
            "name": "course_title",
            "employee": "badge_number",
            "officer": "badge_number",
            "ceu": "hours",
            "ceus": "hours",
            "units": "hours",
            "duration": "hours",
            "length": "hours",
            "time": "hours",
        },
    ),
    TableKind.CERTIFICATIONS: Columns(
        names={
            "badge_number": BADGE,
            "certificate": (
                "certificate", "certification", "certificate name", "certification name",
                "certificate type", "certification type", "credential", "cert", "cert type",
                "license type", "discipline",
            ),
            "level": ("level", "certificate level", "certification level", "cert level", "class level"),
            "status": ("status", "certificate status", "certification status", "cert status"),
            "date": (
                "date", "certificate date", "certification date", "issued on", "issue date",
                "date issued", "issued", "granted on", "date granted", "cert date", "award date",
                "date awarded", "certified on",
            ),
            "status_date": ("status date", "status on", "date of status", "status effective"),
            "expires_on": EXPIRES,
            "probation_date": ("probation date", "probation until", "probation end", "probation ends"),
        },
        dates=frozenset({"date", "status_date", "expires_on", "probation_date"}),
        needs=(("badge_number", "certificate"),),
    ),
    TableKind.CARDS: Columns(
        names={
            "badge_number": BADGE,
            "card": (
                "card", "value", "card name", "card type", "certification", "certification name", "cert",
                "certificate", "credential", "course", "type",
            ),
            "group": ("group", "topic", "card group", "category"),
            "issued_on": (
                "issued on", "issue date", "date issued", "issued", "effective date", "effective",
                "effective on", "valid from", "date completed", "completion date", "completed on",
                "date",
            ),
            "expires_on": EXPIRES,
            "number": (
                "card number", "ecard code", "ecard number", "card id", "certificate number", "number",
            ),
            "issuer": ("issuer", "issued by", "training center", "provider", "organization"),
        },
        dates=frozenset({"issued_on", "expires_on"}),
        needs=(("badge_number", "card", "expires_on"), ("badge_number", "card", "issued_on")),
    ),
    TableKind.LEAVE: Columns(
        names={
            "badge_number": BADGE,
            "starts_on": (
                "starts on", "start", "start date", "leave start", "leave start date", "from",
                "date from", "leave from", "begin date", "begins", "leave began", "first day",
            ),
            "ends_on": (
                "ends on", "end", "end date", "leave end", "leave end date", "to", "date to", "leave to",
                "through", "last day", "expected return", "expected end",
            ),
            "returned_on": (
                "returned on", "return date", "returned", "date returned", "back on", "return to duty",
            ),
            "kind": ("kind", "type", "leave type", "leave kind", "absence type"),
            "on": ("on", "date", "action date", "effective date"),
            "action": ("action", "employment action", "event", "status change", "personnel action"),
            "agency": ("agency", "employer", "department", "agency name"),
        },
        dates=frozenset({"starts_on", "ends_on", "returned_on", "on"}),
        needs=(("badge_number", "starts_on"), ("badge_number", "on", "action")),
        private=True,
    ),
    TableKind.ASSIGNMENTS: Columns(
        names={
            "badge_number": BADGE,
            "assignment": (
                "assignment", "duty", "special assignment", "collateral duty", "assignment name",
                "assigned to",
            ),
            "starts_on": (
                "starts on", "start", "start date", "assigned on", "assignment date", "from",
                "effective date", "date", "begin date", "assignment start", "date assigned",
            ),
            "ends_on": (
                "ends on", "end", "end date", "to", "until", "assignment end", "date ended",
                "removed on",
            ),
        },
        dates=frozenset({"starts_on", "ends_on"}),
        needs=(("badge_number", "assignment"),),
    ),
    TableKind.EMPLOYMENT: Columns(
        names={
            "badge_number": BADGE,
            "on": ("on", "date", "action date", "effective date", "date of action"),
            "agency": ("agency", "employer", "department", "agency name"),
            "action": ("action", "employment action", "event", "status change", "personnel action"),
            "rank": ("rank", "rank title"),
            "classification": ("classification", "class", "job classification"),
            "assignment": ("assignment",),
        },
        dates=frozenset({"on"}),
        needs=(("badge_number", "on", "action"),),
    ),
    TableKind.SHIFTS: Columns(
        names={
            "badge_number": BADGE,
            "email": (
                "email", "e mail", "email address", "e mail address", "work email", "employee email",
            ),
            "date": (
                "date", "shift date", "work date", "start date", "starts on", "on", "day", "date of shift",
                "start date time", "start datetime", "starts at", "shift start", "begins at",
            ),
            "starts": (
                "starts", "start", "start time", "begin", "begins", "begin time", "time in", "in", "from",
                "time from", "from time", "time start",
            ),
            "end_date": (
                "end date", "ends on", "end date time", "end datetime", "ends at", "shift end",
            ),
            "ends": (
                "ends", "end", "end time", "finish", "finish time", "time out", "out", "to", "time to",
                "to time", "until", "stop time", "time end",
            ),
            "kind": (
                "kind", "type", "shift type", "event type", "work type", "work code", "pay code", "code",
                "activity", "status",
            ),
            "shift": ("shift", "shift name", "watch", "platoon", "schedule", "schedule name", "title"),
            "time_zone": ("time zone", "timezone", "tz"),
            "shift_id": (
                "shift id", "event id", "schedule id", "entry id", "uid", "shift number", "event number",
            ),
        },
        dates=frozenset({"date", "end_date"}),
        needs=(("badge_number", "date"), ("email", "date")),
        private=True,
    ),
    TableKind.PATTERNS: Columns(
        names={
            "badge_number": BADGE,
            "unit": (
                "unit", "division", "squad", "section", "team", "platoon", "watch", "unit name", "bureau",
            ),
            "pattern": ("pattern", "pattern name", "rotation", "schedule", "schedule name", "shift"),
            "first_day": (
                "first day", "anchor", "anchor date", "day 1", "cycle start", "rotation start",
                "first day of cycle",
            ),
            "cycle_days": (
                "cycle days", "days in cycle", "cycle length", "cycle", "rotation days", "rotation length",
            ),
            "works": ("works", "days worked", "work days", "working days", "days on", "on days", "days"),
            "starts": ("starts", "start", "start time", "begins", "begin time", "from"),
            "ends": ("ends", "end", "end time", "finish", "to", "until"),
            "starts_on": (
                "starts on", "valid from", "effective", "effective on", "effective date", "start date",
                "from date",
            ),
            "ends_on": ("ends on", "valid to", "valid until", "end date", "to date", "last day"),
            "time_zone": ("time zone", "timezone", "tz"),
        },
        dates=frozenset({"first_day", "starts_on", "ends_on"}),
        needs=(("unit", "works", "starts", "ends"), ("badge_number", "works", "starts", "ends")),
        private=True,
    ),
    TableKind.COURSES: Columns(
        names={
            "title": (
                "title", "course title", "class title", "course", "class", "course name", "class name", "name",
                "training", "training title", "event", "event title", "summary", "subject",
            ),
            "starts_on": (
                "starts on", "start date", "date", "class date", "course date", "first day", "begin date",
                "begins on", "from date", "date from", "event date", "date start", "start datetime",
            ),
            "ends_on": (
                "ends on", "end date", "last day", "to date", "date to", "finish date", "date end",
                "end datetime",
            ),
            "sessions": ("sessions", "session dates", "class dates", "dates", "meeting dates", "days"),
            "begins": (
                "begins", "start time", "begin time", "time", "class time", "starts", "start", "from",
                "time start", "from time",
            ),
            "ends": ("ends", "end time", "finish time", "end", "until", "to", "time end", "to time"),
            "time_zone": ("time zone", "timezone", "tz"),
            "place": (
                "place", "location", "where", "venue", "site", "city", "address", "room", "training site",
                "class location", "training location",
            ),
            "provider": (
                "provider", "sponsor", "vendor", "training provider", "hosted by", "host", "host agency",
                "school", "organization", "organizer", "presented by", "offered by",
            ),
            "course_number": (
                "course number", "post course number", "post number", "course code", "class number",
                "approval number", "course approval number", "catalog number",
            ),
            "topics": ("topics", "topic", "subject area", "category", "categories", "subjects"),
            "hours": HOURS,
            "topic_hours": (
                "topic hours", "hours by topic", "hours per topic", "topic hour split", "hours split", "split of hours",
            ),
            "delivery": (
                "delivery", "format", "delivery method", "mode", "modality", "method", "class format",
                "delivery format",
            ),
            "seats": (
                "seats", "seats available", "available seats", "open seats", "capacity", "max seats",
                "class size", "spots", "openings", "seats left",
            ),
            "miles": ("miles", "distance", "distance in miles", "miles away", "distance miles", "one way miles"),
            "miles_source": ("miles source", "distance source", "source of miles", "source of distance"),
            "cost": ("cost", "price", "fee", "tuition", "course cost", "course fee", "cost per seat", "amount"),
            "register_by": (
                "register by", "registration deadline", "deadline", "registration closes", "enroll by",
                "registration due", "last day to register", "registration ends",
            ),
            "board_approved": (
                "board approved", "post approved", "approved", "post credit", "is approved",
                "board approval", "accredited",
            ),
            "link": ("link", "url", "registration link", "website", "web page", "register at", "register here"),
            "status": ("status", "class status", "course status", "state of class"),
            "course_id": ("course id", "class id", "event id", "offering id", "section id", "uid", "section"),
        },
        dates=frozenset({"starts_on", "ends_on", "register_by"}),
        needs=(("title", "starts_on"), ("title", "sessions")),
    ),
}  # fmt: skip

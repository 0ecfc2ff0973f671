"""Which classes were on offer to Lakemont PD, on which days, and how people wrote their titles down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

LAKES: Final = "Northern Lakes Regional Training"
PRAIRIE: Final = "Prairie Rivers College"
CEDAR: Final = "Cedar Line e-Learning"
COUNTY: Final = "County Dispatch Academy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One class. ``misspelt`` are other ways to find its title on a line; the topic is the packs' word."""

    topic: str
    title: str
    hours: str
    number: str
    days: tuple[date, ...]
    provider: str = "Lakemont PD"
    approved: str = "Yes"
    delivery: str = "classroom"
    misspelt: tuple[str, ...] = ()


def _days(*texts: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(text) for text in texts)


# The mandated topics of one licensing cycle: crisis 6, autism 4, conflict 2, diversity 2 and bias crimes 2
# are the 16 hours with their elective credits; then the wellness hour and the agency's own de-escalation.
MANDATED: Final = (
    Course(
        topic="crisis-intervention",
        title="Crisis Intervention: Mental Health Calls",
        hours="4",
        number="9100-0211",
        provider=LAKES,
        days=_days("2024-09-17", "2025-03-06", "2025-10-07", "2026-03-12", "2026-09-22", "2027-02-04"),
        misspelt=("CIT Mental Health Calls", "Crisis Intervension - MH calls"),
    ),
    Course(
        topic="crisis-intervention",
        title="Crisis Intervention Refresher",
        hours="2",
        number="9100-0218",
        days=_days("2024-11-12", "2025-04-24", "2025-11-18", "2026-05-21", "2026-12-08", "2027-01-21"),
        misspelt=("CIT Refresh", "crisis intervention refresher "),
    ),
    Course(
        topic="autism",
        title="Autism Response",
        hours="4",
        number="9100-0442",
        provider=PRAIRIE,
        days=_days("2024-10-22", "2025-05-15", "2025-12-11", "2026-04-16", "2026-10-29", "2027-02-18"),
        misspelt=("Autisim Response", "Autism Awareness & Response"),
    ),
    Course(
        topic="conflict-management",
        title="Conflict Management and Mediation",
        hours="2",
        number="9100-0305",
        days=_days("2024-08-27", "2025-02-27", "2025-09-25", "2026-02-26", "2026-09-10", "2026-11-17"),
        misspelt=("Conflict Mgmt & Mediation",),
    ),
    Course(
        topic="diversity-implicit-bias",
        title="Community Diversity and Implicit Bias",
        hours="2",
        number="9100-0327",
        provider=CEDAR,
        delivery="online",
        days=_days("2024-12-05", "2025-06-12", "2025-10-30", "2026-01-15", "2026-08-20", "2027-01-28"),
        misspelt=("Implicit Bias / Comm. Diversity", "Implict Bias and Community Diversity"),
    ),
    Course(
        topic="bias-crimes",
        title="Crimes Motivated by Bias",
        hours="2",
        number="9100-0361",
        days=_days("2024-09-26", "2025-01-30", "2025-11-06", "2026-03-26", "2026-10-13", "2027-02-11"),
        misspelt=("Bias Motivated Crimes", "Bias Crimes (state mandated)"),
    ),
    Course(
        topic="officer-wellness",
        title="Officer Wellness and Resilience",
        hours="1",
        number="9100-0388",
        days=_days("2024-11-19", "2025-05-29", "2025-12-04", "2026-06-11", "2026-11-05", "2027-01-19"),
        misspelt=("Officer Welness", "WELLNESS - roll call block"),
    ),
    Course(
        topic="de-escalation",
        title="De-escalation Scenarios",
        hours="2",
        number="9100-0274",
        days=_days("2024-10-03", "2025-03-20", "2025-09-11", "2026-03-17", "2026-08-27", "2026-12-15"),
        misspelt=("De-escallation scenarios", "DeEscalation Scenario Day"),
    ),
)

# What fills the rest of a cycle. No mandated topic is among them, so a missing topic changes no answer.
GENERAL: Final = (
    Course(
        topic="legal-update",
        title="Legal Update: Search and Seizure",
        hours="2",
        number="9100-0502",
        days=_days("2024-09-10", "2025-02-06", "2025-09-09", "2026-02-05", "2026-09-03", "2027-01-07"),
        misspelt=("Legal Updates", "Legal Update - Search & Siezure"),
    ),
    Course(
        topic="domestic-violence",
        title="Domestic Violence Response",
        hours="4",
        number="9100-0517",
        provider=LAKES,
        days=_days("2024-10-15", "2025-04-08", "2025-12-02", "2026-04-28", "2026-11-10"),
        misspelt=("DV Response", "Domestic Violance Response"),
    ),
    Course(
        topic="report-writing",
        title="Report Writing for Patrol",
        hours="2",
        number="9100-0533",
        days=_days("2024-10-08", "2025-05-06", "2025-11-13", "2026-05-05", "2026-10-06"),
        misspelt=("Report Writting",),
    ),
    Course(
        topic="hazmat-bloodborne",
        title="Bloodborne Pathogens and Naloxone",
        hours="1.5",
        number="9100-0548",
        delivery="online",
        provider=CEDAR,
        approved="No",
        days=_days("2024-08-13", "2025-01-23", "2025-08-21", "2026-01-29", "2026-10-20", "2027-01-14"),
        misspelt=("BBP / Narcan", "Blood Borne Pathogens + Naloxone (Narcan) Refresher Ann"),
    ),
    Course(
        topic="active-shooter",
        title="Active Threat: Solo Officer Response",
        hours="8",
        number="9100-0561",
        provider=LAKES,
        days=_days("2024-11-06", "2025-06-03", "2025-10-21", "2026-06-02", "2026-12-01"),
        misspelt=("Active Shooter - solo resp.",),
    ),
    Course(
        topic="general",
        title="Traffic Stops and Patrol Tactics",
        hours="3",
        number="9100-0579",
        approved="No",
        days=_days("2024-12-17", "2025-05-20", "2025-11-20", "2026-05-12", "2026-09-29", "2027-02-02"),
        misspelt=("Traffic stops/patrol tactics",),
    ),
    Course(
        topic="human-trafficking",
        title="Recognizing Human Trafficking",
        hours="3",
        number="9100-0586",
        provider=PRAIRIE,
        days=_days("2024-09-24", "2025-03-27", "2025-12-09", "2026-03-31", "2026-11-19"),
        misspelt=("Human Traficking",),
    ),
    Course(
        topic="ethics",
        title="Ethics in Public Service",
        hours="1",
        number="0093-0118",
        provider=CEDAR,
        delivery="online",
        days=_days("2024-07-25", "2025-01-16", "2025-07-24", "2026-01-08", "2026-07-23", "2027-01-05"),
        misspelt=("Ethics in Public Servise",),
    ),
    Course(
        topic="leadership",
        title="Field Leadership Workshop",
        hours="6",
        number="0093-0145",
        provider=PRAIRIE,
        days=_days("2024-10-29", "2025-04-15", "2025-10-14", "2026-04-21", "2026-10-27"),
        misspelt=("Field Ldrshp Wkshp",),
    ),
)

# By calendar year: four days in spring and one in autumn for those who joined late.
USE_OF_FORCE_DAYS: Final[Mapping[int, tuple[date, ...]]] = {
    2022: _days("2022-01-18", "2022-02-08", "2022-02-24", "2022-03-15", "2022-10-11"),
    2023: _days("2023-01-17", "2023-02-07", "2023-02-23", "2023-03-14", "2023-10-10"),
    2024: _days("2024-01-16", "2024-02-06", "2024-02-22", "2024-03-12", "2024-10-08"),
    2025: _days("2025-01-14", "2025-02-11", "2025-02-20", "2025-03-11", "2025-10-14"),
    2026: _days("2026-01-13", "2026-01-20", "2026-02-19", "2026-03-10", "2026-10-06"),
    2027: _days("2027-01-12", "2027-01-26", "2027-02-09", "2027-02-23"),
}
USE_OF_FORCE: Final = Course(
    topic="use-of-force",
    title="Use of Force Annual Update",
    hours="2",
    number="9100-0103",
    days=tuple(day for days in USE_OF_FORCE_DAYS.values() for day in days),
    misspelt=("Use of Forse annual update", "UOF Annual", "USE OF FORCE ANNUAL UPDATE  "),
)

EMERGENCY_DRIVING: Final = Course(
    topic="evoc",
    title="Emergency Vehicle Operations and Pursuit",
    hours="8",
    number="9100-0150",
    provider=LAKES,
    days=_days(
        "2022-09-14",
        "2022-11-16",
        "2023-05-17",
        "2023-08-23",
        "2024-05-22",
        "2024-09-18",
        "2025-06-18",
        "2025-09-17",
        "2026-05-20",
        "2026-09-16",
    ),
    misspelt=("EVOC", "Emerg. Vehicle Ops & Pursuit", "EVOC / Persuit"),
)

SCHOOL_RESOURCE_OFFICER: Final = Course(
    topic="school-resource-officer",
    title="School Resource Officer Course",
    hours="8",
    number="9100-0620",
    provider=PRAIRIE,
    days=_days("2026-08-11"),
)

TELECOMMUNICATOR: Final = (
    Course(
        topic="telecommunicator",
        title="Telecommunicator CE: Active Assailant Calls",
        hours="3",
        number="TC-0301",
        days=(),
        provider=COUNTY,
        misspelt=("TC CE - active assailant",),
    ),
    Course(
        topic="telecommunicator",
        title="Telecommunicator CE: Callers in Crisis",
        hours="4",
        number="TC-0304",
        days=(),
        provider=COUNTY,
        misspelt=("Telecomunicator CE: Callers in Crisis",),
    ),
    Course(
        topic="telecommunicator",
        title="Telecommunicator CE: Radio Discipline",
        hours="2",
        number="TC-0307",
        days=(),
        misspelt=("Radio disipline",),
    ),
    Course(
        topic="telecommunicator",
        title="Telecommunicator CE: Next Generation 911",
        hours="4",
        number="TC-0310",
        days=(),
        provider=CEDAR,
        delivery="online",
        misspelt=("NG911",),
    ),
    Course(
        topic="telecommunicator",
        title="Telecommunicator CE: Missing Persons",
        hours="3",
        number="TC-0313",
        days=(),
        provider=COUNTY,
    ),
)

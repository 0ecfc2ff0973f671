"""Who works at Lakemont PD: one line a person, unit by unit, and how far each has come."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from bot.demo.model import SWORN, TELECOMMUNICATOR, DemoPerson, Story
from rules.standing import StandingWord

ADMINISTRATION: Final = "Administration"
PATROL: Final = "Patrol"
A_SHIFT: Final = "A shift"
B_SHIFT: Final = "B shift"
SUPPORT: Final = "Support services"
INVESTIGATIONS: Final = "Investigations"
K9: Final = "K9"
COMMUNITY: Final = "Community"
COMMUNICATIONS: Final = "Communications"
RECORDS: Final = "Records"

# Unit to the unit above it.
UNITS: Final[Mapping[str, str | None]] = {
    ADMINISTRATION: None,
    PATROL: ADMINISTRATION,
    A_SHIFT: PATROL,
    B_SHIFT: PATROL,
    SUPPORT: ADMINISTRATION,
    INVESTIGATIONS: SUPPORT,
    K9: SUPPORT,
    COMMUNITY: SUPPORT,
    COMMUNICATIONS: ADMINISTRATION,
    RECORDS: ADMINISTRATION,
}

BEHIND, DONE, STEADY, TOLD = Story.BEHIND, Story.DONE, Story.STEADY, Story.TOLD
PISTOL, RIFLE, SHOTGUN = ("handgun",), ("handgun", "patrol-rifle"), ("handgun", "shotgun")

# badge, name, rank, unit, supervisor, appointed, July in which the cycle began, phone, weapons, story
_SWORN_PEOPLE: Final = (
    ("1", "Alan Brandt", "Chief", ADMINISTRATION, "", "1998-06-01", 2024, "0101", PISTOL, DONE),
    ("4", "Ellen Sorensen", "Deputy Chief", ADMINISTRATION, "1", "2001-09-10", 2025, "0102", PISTOL, STEADY),
    ("31", "Ray Torres", "Lieutenant", PATROL, "4", "2004-03-15", 2024, "0103", RIFLE, DONE),
    ("33", "Denise Whitlock", "Lieutenant", SUPPORT, "4", "2005-08-22", 2026, "0104", PISTOL, STEADY),
    ("71", "Marcus Adeyemi", "Sergeant", A_SHIFT, "31", "2009-05-11", 2024, "0105", RIFLE, DONE),
    ("203", "Lucas Bergstrom", "Officer", A_SHIFT, "71", "2016-03-14", 2025, "0106", RIFLE, STEADY),
    ("205", "Colin Hall", "Officer", A_SHIFT, "71", "2017-10-02", 2025, "0107", PISTOL, STEADY),
    ("209", "Erika Meyer", "Officer", A_SHIFT, "71", "2018-02-05", 2025, "0108", RIFLE, STEADY),
    ("211", "Mai Vang", "Officer", A_SHIFT, "71", "2018-09-17", 2026, "0109", SHOTGUN, STEADY),
    ("217", "Andre Fontaine", "Officer", A_SHIFT, "71", "2019-06-10", 2025, "0110", RIFLE, STEADY),
    ("222", "Grace Holmquist", "Officer", A_SHIFT, "71", "2020-01-13", 2026, "0111", PISTOL, STEADY),
    ("226", "Rosa Delgadillo", "Officer", A_SHIFT, "71", "2020-08-03", 2026, "0112", PISTOL, STEADY),
    ("229", "Peter Nakagawa", "Officer", A_SHIFT, "71", "2021-01-11", 2024, "0113", RIFLE, DONE),
    ("236", "Imani Brooks", "Officer", A_SHIFT, "71", "2021-09-07", 2024, "0114", PISTOL, BEHIND),
    ("251", "Tyler Hostetler", "Officer", A_SHIFT, "71", "2026-09-14", 2026, "0115", PISTOL, STEADY),
    ("77", "Kim Okafor", "Sergeant", B_SHIFT, "31", "2010-04-19", 2024, "0120", RIFLE, DONE),
    ("207", "Bridget Olawale", "Officer", B_SHIFT, "77", "2017-05-22", 2025, "0121", RIFLE, STEADY),
    ("214", "Dana Ruiz", "Officer", B_SHIFT, "77", "2015-04-01", 2024, "0142", RIFLE, TOLD),
    ("219", "Hector Salinas", "Officer", B_SHIFT, "77", "2019-07-15", 2025, "0122", SHOTGUN, STEADY),
    ("224", "Noor Rahimi", "Officer", B_SHIFT, "77", "2020-06-01", 2026, "0123", PISTOL, STEADY),
    ("231", "Sam Lee", "Officer", B_SHIFT, "77", "2018-08-06", 2024, "0124", RIFLE, TOLD),
    ("234", "Wyatt Lindqvist", "Officer", B_SHIFT, "77", "2021-03-01", 2025, "0125", RIFLE, STEADY),
    ("240", "Tom Novak", "Officer", B_SHIFT, "77", "2022-01-10", 2024, "0126", PISTOL, DONE),
    ("246", "Keisha Tillman", "Officer", B_SHIFT, "77", "2023-07-10", 2026, "0127", PISTOL, STEADY),
    ("62", "Laura Pentti", "Sergeant", INVESTIGATIONS, "33", "2008-11-03", 2025, "0130", PISTOL, STEADY),
    ("151", "Omar Haddad", "Detective", INVESTIGATIONS, "62", "2013-02-11", 2024, "0131", PISTOL, STEADY),
    ("154", "Sylvia Grant", "Detective", INVESTIGATIONS, "62", "2014-06-23", 2024, "0132", PISTOL, BEHIND),
    ("158", "Chue Xiong", "Detective", INVESTIGATIONS, "62", "2016-10-17", 2025, "0133", PISTOL, STEADY),
    ("66", "Brian Castellano", "Sergeant", K9, "33", "2009-01-26", 2026, "0134", RIFLE, STEADY),
    ("172", "Jolene Redbird", "Officer", K9, "66", "2015-09-08", 2025, "0135", RIFLE, DONE),
    ("175", "Mateo Ibarra", "Officer", K9, "66", "2017-04-10", 2026, "0136", RIFLE, STEADY),
    ("68", "Annika Strand", "Sergeant", COMMUNITY, "33", "2011-08-15", 2025, "0137", PISTOL, STEADY),
    ("181", "Deshawn Pruitt", "Officer", COMMUNITY, "68", "2014-01-06", 2024, "0138", PISTOL, DONE),
    ("184", "Leah Goldfarb", "Officer", COMMUNITY, "68", "2016-05-09", 2026, "0139", PISTOL, STEADY),
    ("187", "Victor Nguyen", "Officer", COMMUNITY, "68", "2018-11-05", 2024, "0140", PISTOL, DONE),
)

# badge, name, position, unit, supervisor, appointed, phone, story
_CIVILIANS: Final = (
    ("601", "Carol Jankowski", TELECOMMUNICATOR, COMMUNICATIONS, "4", "2007-02-12", "0150", STEADY),
    ("604", "Naomi Ito", TELECOMMUNICATOR, COMMUNICATIONS, "601", "2014-09-02", "0151", STEADY),
    ("607", "Luis Arroyo", TELECOMMUNICATOR, COMMUNICATIONS, "601", "2016-06-20", "0152", STEADY),
    ("611", "Jo Whitman", TELECOMMUNICATOR, COMMUNICATIONS, "601", "2022-05-03", "0153", TOLD),
    ("613", "Fatima Warsame", TELECOMMUNICATOR, COMMUNICATIONS, "601", "2018-03-26", "0154", STEADY),
    ("615", "Beth Amundson", TELECOMMUNICATOR, COMMUNICATIONS, "601", "2019-10-14", "0155", STEADY),
    ("618", "Curtis Ogden", TELECOMMUNICATOR, COMMUNICATIONS, "601", "2020-02-24", "0156", STEADY),
    ("621", "Mee Lor", TELECOMMUNICATOR, COMMUNICATIONS, "601", "2021-05-17", "0157", DONE),
    ("624", "Shelby Reinhardt", TELECOMMUNICATOR, COMMUNICATIONS, "601", "2023-01-09", "0158", STEADY),
    ("627", "Dominic Paszek", TELECOMMUNICATOR, COMMUNICATIONS, "601", "2025-08-18", "0159", STEADY),
    ("902", "Priya Nair", "training-coordinator", ADMINISTRATION, "4", "2012-07-09", "0160", DONE),
    ("930", "Tomas Wieczorek", "systems-administrator", ADMINISTRATION, "4", "2019-03-04", "0161", DONE),
    ("990", "Maya Hale", "city-attorney", ADMINISTRATION, "", "2020-11-16", "0162", DONE),
    ("905", "Lena Park", "records-custodian", RECORDS, "4", "2011-05-02", "0163", DONE),
    ("911", "Joan Kittelson", "records-clerk", RECORDS, "905", "2006-10-30", "0164", DONE),
    ("914", "Abdi Nur", "records-clerk", RECORDS, "905", "2021-08-23", "0165", DONE),
    ("917", "Teresa Malone", "records-clerk", RECORDS, "905", "2023-04-17", "0166", DONE),
)

# Roles beyond officer and civilian. Whoever has somebody below them is a supervisor without being named here.
_ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "1": ("command",),
    "4": ("command",),
    "211": ("union_observer",),
    "902": ("coordinator",),
    "905": ("records",),
    "930": ("administrator",),
    "990": ("legal",),
}

_DUTIES: Final[Mapping[str, tuple[str, ...]]] = {
    "172": ("k9-handler",),
    "175": ("k9-handler",),
    "203": ("field-training-officer",),
    "207": ("field-training-officer",),
}

# Who is meant to hear something else than their story alone says.
_STANDINGS: Final[Mapping[str, StandingWord]] = {
    "240": StandingWord.OVERDUE,  # Novak: CPR card, 27 Feb
    "205": StandingWord.OVERDUE,  # Hall: TASER, 24 Feb
    "604": StandingWord.OVERDUE,  # Ito: CJIS awareness, 1 Mar
    "209": StandingWord.OVERDUE,  # Meyer: rifle, 18 Feb
    "229": StandingWord.UNKNOWN,  # Nakagawa: the autism class has lost its topic
    "187": StandingWord.UNKNOWN,  # Nguyen: nobody wrote down whether the bias-crimes class was approved
    "231": StandingWord.YES,  # Lee: told, and complete
}

_SUPERVISORS: Final = {row[4] for row in (*_SWORN_PEOPLE, *_CIVILIANS)}


def _roles(badge: str, kind: str) -> tuple[str, ...]:
    return (kind, *(("supervisor",) if badge in _SUPERVISORS else ()), *_ROLES.get(badge, ()))


def _standing(badge: str, story: Story) -> StandingWord:
    """Somebody who has done everything hears YES, everybody else NOT YET."""
    return _STANDINGS.get(badge, StandingWord.YES if story is DONE else StandingWord.NOT_YET)


def _people() -> tuple[DemoPerson, ...]:
    sworn = [
        DemoPerson(
            badge=badge,
            name=name,
            rank=rank,
            unit=unit,
            supervisor=supervisor,
            position=SWORN,
            roles=_roles(badge, "officer"),
            appointed_on=date.fromisoformat(appointed),
            cycle=cycle,
            phone=phone,
            weapons=weapons,
            duties=_DUTIES.get(badge, ()),
            story=story,
            standing=_standing(badge, story),
        )
        for badge, name, rank, unit, supervisor, appointed, cycle, phone, weapons, story in _SWORN_PEOPLE
    ]
    civilians = [
        DemoPerson(
            badge=badge,
            name=name,
            unit=unit,
            supervisor=supervisor,
            position=position,
            roles=_roles(badge, "civilian"),
            appointed_on=date.fromisoformat(appointed),
            phone=phone,
            story=story,
            standing=_standing(badge, story),
        )
        for badge, name, position, unit, supervisor, appointed, phone, story in _CIVILIANS
    ]
    return (*sworn, *civilians)


PEOPLE: Final = _people()

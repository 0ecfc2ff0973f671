"""Which histories do the stories depend on? Line by line: change Ruiz, Lee or Whitman here, nowhere else."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from bot.demo.model import HistoryLine

_Told = tuple[str, str, str, str, str, str]

# day, title, hours, topics, course number, approved by the board
_RUIZ: Final[tuple[_Told, ...]] = (
    # Before the cycle: these prove duties and add nothing to the 48.
    ("2022-08-14", "Emergency Vehicle Operations and Pursuit", "8", "evoc", "9100-0150", "Yes"),
    ("2022-02-08", "Use of Force Annual Update", "2", "use-of-force", "9100-0103", "Yes"),
    ("2023-02-07", "Use of Force Annual Update", "2", "use-of-force", "9100-0103", "Yes"),
    ("2024-02-06", "Use of Force Annual Update", "2", "use-of-force", "9100-0103", "Yes"),
    # The 14 completions since 1 Jul 2024: 31.5 h. Crisis is 8, so 2 of the 3 elective credits are there.
    (
        "2024-08-20",
        "Crisis Intervention: Mental Health Calls",
        "4",
        "crisis-intervention",
        "9100-0211",
        "Yes",
    ),
    ("2024-10-08", "Report Writing for Patrol", "2", "report-writing", "9100-0533", "Yes"),
    ("2024-11-19", "Officer Wellness and Resilience", "1", "officer-wellness", "9100-0388", "Yes"),
    ("2025-02-11", "Use of Force Annual Update", "2", "use-of-force", "9100-0103", "Yes"),
    ("2025-04-15", "Conflict Management and Mediation", "1", "conflict-management", "9100-0306", "Yes"),
    (
        "2025-05-13",
        "Community Diversity and Implicit Bias",
        "1",
        "diversity-implicit-bias",
        "9100-0328",
        "Yes",
    ),
    ("2025-09-09", "Legal Update: Search and Seizure", "2", "legal-update", "9100-0502", "Yes"),
    (
        "2025-10-07",
        "Crisis Intervention: Families and Caregivers",
        "4",
        "crisis-intervention",
        "9100-0214",
        "Yes",
    ),
    ("2025-12-02", "Domestic Violence Response", "4", "domestic-violence", "9100-0517", "Yes"),
    ("2026-01-20", "Use of Force Annual Update", "2", "use-of-force", "9100-0103", "Yes"),
    ("2026-03-17", "De-escalation Scenarios", "2", "de-escalation", "9100-0274", "Yes"),
    ("2026-05-12", "Traffic Stops and Patrol Tactics", "3", "general", "9100-0579", "No"),
    ("2026-10-20", "Bloodborne Pathogens and Naloxone", "1.5", "hazmat-bloodborne", "9100-0548", "No"),
    ("2027-01-12", "Use of Force Annual Update", "2", "use-of-force", "9100-0103", "Yes"),
)

_LEE: Final[tuple[_Told, ...]] = (
    ("2022-02-24", "Use of Force Annual Update", "2", "use-of-force", "9100-0103", "Yes"),
    ("2023-02-23", "Use of Force Annual Update", "2", "use-of-force", "9100-0103", "Yes"),
    ("2024-02-22", "Use of Force Annual Update", "2", "use-of-force", "9100-0103", "Yes"),
    # Since 1 Jul 2024: 49.5 h, of which 16 in the mandated topics (6 + 4 + 2 + 2 + 2).
    ("2024-08-27", "Conflict Management and Mediation", "2", "conflict-management", "9100-0305", "Yes"),
    (
        "2024-09-17",
        "Crisis Intervention: Mental Health Calls",
        "4",
        "crisis-intervention",
        "9100-0211",
        "Yes",
    ),
    ("2024-09-26", "Crimes Motivated by Bias", "2", "bias-crimes", "9100-0361", "Yes"),
    ("2024-11-19", "Officer Wellness and Resilience", "1", "officer-wellness", "9100-0388", "Yes"),
    ("2025-02-20", "Use of Force Annual Update", "2", "use-of-force", "9100-0103", "Yes"),
    ("2025-03-20", "De-escalation Scenarios", "2", "de-escalation", "9100-0274", "Yes"),
    ("2025-04-24", "Crisis Intervention Refresher", "2", "crisis-intervention", "9100-0218", "Yes"),
    ("2025-05-15", "Autism Response", "4", "autism", "9100-0442", "Yes"),
    (
        "2025-06-12",
        "Community Diversity and Implicit Bias",
        "2",
        "diversity-implicit-bias",
        "9100-0327",
        "Yes",
    ),
    ("2025-09-17", "Emergency Vehicle Operations and Pursuit", "8", "evoc", "9100-0150", "Yes"),
    ("2025-10-14", "Field Leadership Workshop", "6", "leadership", "0093-0145", "Yes"),
    ("2026-01-13", "Use of Force Annual Update", "2", "use-of-force", "9100-0103", "Yes"),
    ("2026-04-28", "Domestic Violence Response", "4", "domestic-violence", "9100-0517", "Yes"),
    ("2026-05-12", "Traffic Stops and Patrol Tactics", "3", "general", "9100-0579", "No"),
    ("2026-09-03", "Legal Update: Search and Seizure", "2", "legal-update", "9100-0502", "Yes"),
    ("2026-10-20", "Bloodborne Pathogens and Naloxone", "1.5", "hazmat-bloodborne", "9100-0548", "No"),
    ("2027-01-12", "Use of Force Annual Update", "2", "use-of-force", "9100-0103", "Yes"),
)

# A telecommunicator since 3 May 2022: twelve hours in every calendar year, three so far in 2027.
_WHITMAN: Final[tuple[_Told, ...]] = (
    ("2022-06-14", "Telecommunicator CE: Callers in Crisis", "4", "telecommunicator", "TC-0304", "Yes"),
    ("2022-09-20", "Telecommunicator CE: Next Generation 911", "4", "telecommunicator", "TC-0310", "Yes"),
    ("2022-11-15", "Telecommunicator CE: Protocol Week", "4", "telecommunicator", "TC-0316", "Yes"),
    ("2023-03-22", "Telecommunicator CE: Callers in Crisis", "4", "telecommunicator", "TC-0304", "Yes"),
    ("2023-06-06", "Telecommunicator CE: Active Assailant Calls", "3", "telecommunicator", "TC-0301", "Yes"),
    ("2023-10-24", "Telecommunicator CE: Radio Discipline", "2", "telecommunicator", "TC-0307", "Yes"),
    ("2023-12-05", "Telecommunicator CE: Missing Persons", "3", "telecommunicator", "TC-0313", "Yes"),
    ("2024-02-27", "Telecommunicator CE: Next Generation 911", "4", "telecommunicator", "TC-0310", "Yes"),
    ("2024-07-16", "Telecommunicator CE: Callers in Crisis", "4", "telecommunicator", "TC-0304", "Yes"),
    ("2024-11-12", "Telecommunicator CE: Protocol Week", "4", "telecommunicator", "TC-0316", "Yes"),
    ("2025-01-28", "Telecommunicator CE: Active Assailant Calls", "3", "telecommunicator", "TC-0301", "Yes"),
    ("2025-05-20", "Telecommunicator CE: Radio Discipline", "2", "telecommunicator", "TC-0307", "Yes"),
    ("2025-08-19", "Telecommunicator CE: Missing Persons", "3", "telecommunicator", "TC-0313", "Yes"),
    ("2025-11-18", "Telecommunicator CE: Protocol Week", "4", "telecommunicator", "TC-0316", "Yes"),
    ("2026-03-24", "Telecommunicator CE: Callers in Crisis", "4", "telecommunicator", "TC-0304", "Yes"),
    ("2026-07-14", "Telecommunicator CE: Next Generation 911", "4", "telecommunicator", "TC-0310", "Yes"),
    ("2026-11-17", "Telecommunicator CE: Protocol Week", "4", "telecommunicator", "TC-0316", "Yes"),
    ("2027-02-16", "Telecommunicator CE: Active Assailant Calls", "3", "telecommunicator", "TC-0301", "Yes"),
)

_BY_BADGE: Final[Mapping[str, tuple[_Told, ...]]] = {"214": _RUIZ, "231": _LEE, "611": _WHITMAN}

# Last day on which somebody did what has to be done again and again, where a story names it.
# Whoever is not here is current: the generator picks a day that is well inside the time allowed.
LAST_DONE: Final[Mapping[tuple[str, str], date]] = {
    ("205", "taser"): date(2026, 2, 24),  # Hall: ran out six days ago
    ("209", "patrol-rifle"): date(2026, 8, 18),  # Meyer: ran out twelve days ago
    ("604", "cjis-awareness"): date(2026, 3, 1),  # Ito: ran out yesterday
    ("222", "taser"): date(2026, 3, 19),  # Holmquist: 17 days left
    ("613", "cjis-awareness"): date(2026, 3, 9),  # Warsame: 7 days left
    ("217", "evoc"): date(2022, 3, 23),  # Fontaine: 21 days left
    ("62", "evoc"): date(2022, 5, 18),  # Pentti: 77 days left
    ("214", "taser"): date(2026, 9, 22),
    ("214", "cjis-awareness"): date(2026, 10, 14),
    ("214", "handgun"): date(2027, 1, 26),
    ("214", "patrol-rifle"): date(2027, 1, 26),
    ("231", "taser"): date(2026, 9, 23),
    ("231", "cjis-awareness"): date(2026, 12, 2),
    ("231", "handgun"): date(2027, 1, 27),
    ("231", "patrol-rifle"): date(2027, 1, 27),
    ("611", "cjis-awareness"): date(2026, 11, 11),
}

# Day of issue of the CPR card that is held now; it runs for 24 months.
CARD_ISSUED: Final[Mapping[str, date]] = {
    "240": date(2025, 2, 27),  # Novak: ran out three days ago
    "611": date(2025, 3, 20),  # Whitman: 18 days left
    "214": date(2025, 11, 5),
    "231": date(2026, 1, 22),
}


def told_lines(badge: str) -> list[HistoryLine]:
    """The training of somebody whose history is written out, without what is done again and again."""
    return [
        HistoryLine(
            on=date.fromisoformat(day),
            title=title,
            hours=hours,
            topics=topics,
            number=number,
            approved=approved,
            score="90" if topics == "use-of-force" else "",
        )
        for day, title, hours, topics, number, approved in _BY_BADGE[badge]
    ]

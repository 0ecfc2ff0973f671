"""What is wrong with the demo's histories, on purpose? Each kind of disorder once or twice, where it sits.

No line here changes anybody's intended standing: it lands on people with hours to spare or hours still open.
The two lines that do are named in ``NO_TOPIC`` and ``APPROVAL_NOT_WRITTEN``.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from bot.demo.model import HistoryLine

# Badge to the topic whose line has lost it: the autism hours may or may not be there.
NO_TOPIC: Final[Mapping[str, str]] = {"229": "autism"}
UNTOLD_TITLE: Final = "Regional Training Day, block C"

# Badge to the topic whose line does not say whether the board approved the class.
APPROVAL_NOT_WRITTEN: Final[Mapping[str, str]] = {"187": "bias-crimes"}

_DAY: Final = date.fromisoformat

EXTRA_LINES: Final[tuple[tuple[str, HistoryLine], ...]] = (
    # One class entered by the regional provider and again, a day later, by the agency.
    (
        "172",
        HistoryLine(
            on=_DAY("2026-11-12"),
            title="Winter Driving Awareness",
            hours="2",
            topics="general",
            number="9100-0702",
            provider="Northern Lakes Regional Training",
        ),
    ),
    (
        "172",
        HistoryLine(
            on=_DAY("2026-11-13"),
            title="Winter Driving Awareness",
            hours="2",
            topics="general",
            number="LKM-0061",
        ),
    ),
    (
        "211",
        HistoryLine(
            on=_DAY("2026-10-21"),
            title="Missing Children Response",
            hours="1.5",
            topics="general",
            number="9100-0711",
        ),
    ),
    (
        "211",
        HistoryLine(
            on=_DAY("2026-10-21"),
            title="Missing Children Response",
            hours="1.50",
            topics="general",
            number="0711-L",
        ),
    ),
    # Took a class and taught it again the same day.
    (
        "71",
        HistoryLine(
            on=_DAY("2026-04-23"),
            title="TASER Instructor Update",
            hours="4",
            topics="general",
            number="9100-0730",
        ),
    ),
    (
        "71",
        HistoryLine(
            on=_DAY("2026-04-23"),
            title="TASER Instructor Update",
            hours="2",
            topics="general",
            number="9100-0730",
            status="Instructed",
        ),
    ),
    (
        "66",
        HistoryLine(
            on=_DAY("2026-09-08"),
            title="Range Safety Officer Course",
            hours="3",
            topics="general",
            number="9100-0744",
            status="Instructed",
        ),
    ),
    # Failed first, passed later under the same number.
    (
        "211",
        HistoryLine(
            on=_DAY("2026-10-27"),
            title="Accident Scene Photography",
            hours="2",
            topics="general",
            number="9100-0749",
            status="Failed",
            score="58",
            passed="No",
        ),
    ),
    (
        "211",
        HistoryLine(
            on=_DAY("2026-11-03"),
            title="Accident Scene Photography",
            hours="2",
            topics="general",
            number="9100-0749",
            score="84",
            passed="Yes",
        ),
    ),
    # Cancelled, missed, not finished, not yet held.
    (
        "203",
        HistoryLine(
            on=_DAY("2026-06-18"),
            title="Crash Reconstruction I",
            hours="16",
            topics="general",
            number="9100-0755",
            status="Cancelled",
        ),
    ),
    (
        "154",
        HistoryLine(
            on=_DAY("2026-10-29"),
            title="Autism Response",
            hours="4",
            topics="autism",
            number="9100-0442",
            provider="Prairie Rivers College",
            status="No Show",
        ),
    ),
    (
        "624",
        HistoryLine(
            on=_DAY("2027-01-19"),
            title="Telecommunicator CE: Next Generation 911",
            hours="4",
            topics="telecommunicator",
            number="TC-0310",
            delivery="online",
            status="Incomplete",
        ),
    ),
    (
        "236",
        HistoryLine(
            on=_DAY("2027-03-18"),
            title="Autism Response",
            hours="4",
            topics="autism",
            number="9100-0442",
            status="Registered",
        ),
    ),
    (
        "154",
        HistoryLine(
            on=_DAY("2027-03-18"),
            title="Autism Response",
            hours="4",
            topics="autism",
            number="9100-0442",
            status="registered ",
        ),
    ),
    # No status, or bookkeeping that is no training.
    (
        "175",
        HistoryLine(
            on=_DAY("2026-12-03"),
            title="Scent Work Seminar",
            hours="1",
            topics="general",
            number="9100-0760",
            status="",
        ),
    ),
    (
        "33",
        HistoryLine(
            on=_DAY("2026-07-01"),
            title="License renewal processed",
            hours="0",
            approved="",
            status="Completed",
        ),
    ),
    # An academy long before the cycle, and before the first day of work.
    (
        "251",
        HistoryLine(
            on=_DAY("2026-06-12"),
            title="Basic Peace Officer Education",
            hours="640",
            topics="general",
            number="0012-0001",
            provider="Prairie Rivers College",
        ),
    ),
    # What a spreadsheet does by itself: an error in a cell, a formula, quotation marks, a cut title.
    (
        "219",
        HistoryLine(
            on=_DAY("2026-02-24"),
            title="Night Vision Familiarization",
            hours="1",
            topics="general",
            number="#N/A",
            provider="#N/A",
            approved="No",
        ),
    ),
    (
        "68",
        HistoryLine(
            on=_DAY("2026-09-24"),
            title="=Community Policing Forum",
            hours="2",
            topics="general",
            approved="No",
        ),
    ),
    (
        "151",
        HistoryLine(
            on=_DAY("2026-02-17"),
            title='Interview Skills: "Listening First", part 2',
            hours="1.25",
            topics="general",
            number="04410",
            provider="Prairie Rivers College",
        ),
    ),
    (
        "62",
        HistoryLine(
            on=_DAY("2026-03-04"),
            title="Property Room Procedures and Evidence Handling for Sup",
            hours="1",
            topics="general",
            approved="No",
        ),
    ),
    (
        "4",
        HistoryLine(
            on=_DAY("2026-05-06"),
            title="  BUDGETING FOR COMMAND STAFF ",
            hours="3",
            topics="LEADERSHIP",
            number="0093-0151",
            status="PASSED",
        ),
    ),
    (
        "66",
        HistoryLine(
            on=_DAY("2026-11-18"),
            title="K9 Trafic Stop Deployments",
            hours="1.75",
            topics="general",
            number="9100-0766",
            status="passed ",
        ),
    ),
    # Days that never were: the importer has to refuse these two.
    (
        "207",
        HistoryLine(
            on=_DAY("2026-02-28"),
            title="Courtroom Testimony",
            hours="1",
            topics="general",
            number="9100-0771",
            written_date="2/30/2026",
        ),
    ),
    (
        "184",
        HistoryLine(
            on=_DAY("2026-09-01"),
            title="School Safety Meeting",
            hours="1",
            topics="general",
            written_date="1/0/1900",
        ),
    ),
    # Which century, and which of the two is the month? The importer has to refuse it.
    (
        "209",
        HistoryLine(
            on=_DAY("2026-04-03"),
            title="Drone Operations Overview",
            hours="2",
            topics="general",
            number="9100-0779",
            written_date="4/3/26",
        ),
    ),
    # A badge that nobody has.
    (
        "2140",
        HistoryLine(
            on=_DAY("2026-01-20"),
            title="Use of Force Annual Update",
            hours="2",
            topics="use-of-force",
            number="9100-0103",
        ),
    ),
)


def spoilt(badge: str, lines: list[HistoryLine]) -> list[HistoryLine]:
    """A person's lines with what is wrong with them, in the order in which a spreadsheet would hold them."""
    return sorted(
        [*(_with_gaps(badge, line) for line in lines), *(line for who, line in EXTRA_LINES if who == badge)],
        key=lambda line: line.on,
    )


def _with_gaps(badge: str, line: HistoryLine) -> HistoryLine:
    if line.topics and NO_TOPIC.get(badge) == line.topics:
        return line.with_gap(topics="", approved=line.approved, title=UNTOLD_TITLE)
    if line.topics and APPROVAL_NOT_WRITTEN.get(badge) == line.topics:
        return line.with_gap(topics=line.topics, approved="", title=line.title)
    return line

"""Standings of the people of the stories, as the rules would hand them to the messages."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from messages.answer import StatusFacts
from rules.standing import LineState, Measure, PoolRole, Remark, Standing, StandingLine, StandingWord

AS_OF = date(2027, 3, 2)
AT = datetime(2027, 3, 2, 14, 10, tzinfo=ZoneInfo("America/Chicago"))
STATE_PACK = "mn-demo-2026.2"
AGENCY_PACK = "lkm-2027.1"
CYCLE_END = date(2027, 6, 30)


def hours_line(short: str, label: str, counted: str, required: str, **changes: object) -> StandingLine:
    met = Decimal(counted) >= Decimal(required)
    line = StandingLine(
        requirement=f"mn-{short.lower()}",
        short=short,
        label=label,
        track="mandated",
        pack=STATE_PACK,
        measure=Measure.HOURS,
        state=LineState.MET if met else LineState.OPEN,
        decides=True,
        window="2024-07-01/2027-06-30",
        hours_counted=Decimal(counted),
        hours_required=Decimal(required),
        due_on=CYCLE_END,
        consequence="license cannot renew",
    )
    return line._replace(**changes)  # type: ignore[arg-type]  # whatever a test names


def dated_line(short: str, label: str, due_on: date | None, **changes: object) -> StandingLine:
    line = StandingLine(
        requirement=f"lkm-{short.lower()}",
        short=short,
        label=label,
        track="custom",
        pack=AGENCY_PACK,
        measure=Measure.EVENT,
        state=LineState.MET,
        decides=True,
        due_on=due_on,
    )
    return line._replace(**changes)  # type: ignore[arg-type]  # whatever a test names


def ce_lines(total: str, autism: str, bias: str, elective: str) -> tuple[StandingLine, ...]:
    """48 hours, of which 16 in named topics, of which each topic has its floor."""
    floor = {"inside": "mn-mlo-16", "pool_role": PoolRole.FLOOR}
    named = Decimal(autism) + Decimal(bias) + Decimal(elective) + 8
    return (
        hours_line("CE-48", "Continuing education", total, "48"),
        hours_line(
            "MLO-16", "Learning objectives", str(named), "16", inside="mn-ce-48", pool_role=PoolRole.TOTAL
        ),
        hours_line("ELE-3", "Electives", elective, "3", inside="mn-mlo-16", pool_role=PoolRole.ELECTIVE),
        hours_line("CRI-6", "Crisis intervention", "6", "6", **floor),
        hours_line("AUT-4", "Autism", autism, "4", **floor),
        hours_line("CON-1", "Conflict management", "1", "1", **floor),
        hours_line("DIV-1", "Diversity", "1", "1", **floor),
        hours_line("BIAS-1", "Bias crimes", bias, "1", **floor),
        hours_line("WEL-1", "Officer wellness", "1", "1", inside="mn-ce-48", pool_role=PoolRole.FLOOR),
        dated_line(
            "UOF-1", "Use of force", date(2027, 12, 31), track="mandated", pack=STATE_PACK, window="2027"
        ),
        dated_line("EVOC-8", "Emergency driving", date(2027, 8, 14), track="mandated", pack=STATE_PACK),
    )


def standing(word: StandingWord, lines: tuple[StandingLine, ...], **changes: object) -> Standing:
    compliant = {StandingWord.OVERDUE: False, StandingWord.UNKNOWN: None}.get(word, True)
    found = Standing(
        as_of=AS_OF,
        word=word,
        compliant=compliant,
        headline="mn-ce-48",
        percent=65,
        lines=lines,
        verdicts=(),
        next_change_on=date(2027, 6, 30),
        packs=(STATE_PACK, AGENCY_PACK),
        engine="1",
    )
    return replace(found, **changes)  # type: ignore[arg-type]  # whatever a test names


def status_of(name: str, of: Standing, **changes: object) -> StatusFacts:
    facts = StatusFacts(name=name, standing=of, at=AT, agency="Lakemont PD", coordinator="P. Nair")
    return replace(facts, **changes)  # type: ignore[arg-type]  # whatever a test names


TASER = dated_line("TSR-12", "TASER", date(2027, 10, 4))
CPR = dated_line("MED-3", "CPR", date(2028, 5, 1), measure=Measure.CARD)


def ruiz() -> StatusFacts:
    """31.5 of 48 hours, two topics and one elective open."""
    return status_of("Ruiz", standing(StandingWord.NOT_YET, (*ce_lines("31.5", "0", "0", "2"), TASER, CPR)))


def lee() -> StatusFacts:
    """Everything met."""
    lines = (*ce_lines("52", "4", "1", "3"), TASER, CPR)
    return status_of("Lee", standing(StandingWord.YES, lines, percent=100), compared_on=date(2027, 2, 15))


def novak() -> StatusFacts:
    """CPR expired on 27 February."""
    expired = CPR._replace(
        state=LineState.OVERDUE,
        due_on=date(2027, 2, 27),
        consequence="no AED or FTO duty until renewed",
        remarks=(Remark("card-gap", (("missing", "cpr"),)),),
    )
    lines = (*ce_lines("40", "4", "1", "3"), TASER, expired)
    return status_of("Novak", standing(StandingWord.OVERDUE, lines, percent=83))


def whitman() -> StatusFacts:
    """A dispatcher: CPR ends in 18 days, 3 of 12 hours for the year."""
    lines = (
        dated_line(
            "MED-3",
            "CPR",
            date(2027, 3, 20),
            measure=Measure.CARD,
            consequence="no EMD call-taking",
            state=LineState.OPEN,
        ),
        hours_line("TC-12", "CE", "3", "12")._replace(
            requirement="lkm-tc-12",
            track="custom",
            pack=AGENCY_PACK,
            window="2027",
            due_on=date(2027, 12, 31),
            consequence="",
        ),
        dated_line("CJIS-1", "CJIS awareness", date(2027, 11, 11)),
    )
    of = standing(StandingWord.NOT_YET, lines, headline="lkm-tc-12", percent=25, packs=(AGENCY_PACK,))
    return status_of("Whitman", of, position="telecommunicator")


def doubtful() -> StatusFacts:
    """One record without approval decides between YES and NOT YET."""
    lines = list(ce_lines("44", "4", "1", "3"))
    lines[0] = lines[0]._replace(
        state=LineState.UNKNOWN, remarks=(Remark("approval-unknown", (("records", "2"),)),)
    )
    return status_of("Hall", standing(StandingWord.UNKNOWN, tuple(lines), percent=91, compliant=None))


def unchecked() -> StatusFacts:
    """Everything met on the rules we hold; one duty has no verified rule."""
    duty = TASER._replace(
        label="Wellness plan", state=LineState.UNCHECKED, decides=False, due_on=None, track="policy"
    )
    lines = (*ce_lines("50", "4", "1", "3"), TASER, duty)
    return status_of("Ito", standing(StandingWord.YES, lines, percent=99))


def three_groups() -> StatusFacts:
    """Something open in each group, and a fourth group that only the configuration knows."""
    lines = (
        *ce_lines("31.5", "0", "0", "2"),
        TASER._replace(state=LineState.OPEN, due_on=date(2027, 4, 2)),
        dated_line("POL-402", "Policy 402 v4", date(2027, 3, 16), state=LineState.OPEN, track="policy"),
        dated_line("K9-1", "K9 certification", date(2027, 5, 1), state=LineState.OPEN, track="k9-unit"),
        CPR._replace(remarks=(Remark("extension", (("until", "2027-05-01"), ("reason", "not for a text"))),)),
    )
    return status_of("Meyer", standing(StandingWord.NOT_YET, lines))


def cards_only() -> StatusFacts:
    """A civilian: two things to hold, no hours to take."""
    lines = (CPR, dated_line("CJIS-1", "CJIS awareness", date(2028, 2, 19)))
    of = standing(StandingWord.YES, lines, headline=None, percent=100, packs=(AGENCY_PACK,))
    return status_of("Nair", of, position="training coordinator")


def cycle_unknown() -> StatusFacts:
    """Nobody has entered the cycle, so no hours can be counted toward it."""
    total = hours_line("CE-48", "Continuing education", "0", "48")._replace(
        state=LineState.UNKNOWN,
        window=None,
        hours_counted=None,
        hours_required=None,
        due_on=None,
        remarks=(Remark("cycle-unknown"),),
    )
    of = standing(StandingWord.UNKNOWN, (total, TASER, CPR), percent=None, compliant=None)
    return status_of("Hall", of)


def no_rules() -> StatusFacts:
    """Somebody to whom no pack applies."""
    return status_of("Doe", standing(StandingWord.UNKNOWN, (), headline=None, percent=None, compliant=None))

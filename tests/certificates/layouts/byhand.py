"""How do printed blanks look once somebody has filled them with a pen?"""

from tests.certificates import paper as p
from tests.certificates.dice import Dice, plain_hours, written
from tests.certificates.paper import Paper
from tests.certificates.truth import Course, Truth

Drawn = tuple[bytes, Truth]


def _fitting(text: str, width: float, most: float) -> float:
    """The size at which block letters stay on their line."""
    return min(most, 1.12 * width / max(len(text), 1))


def diploma(dice: Dice) -> Drawn:
    """A bought certificate with name, course, date and hours written on its lines."""
    page = Paper(p.WIDE, dice)
    person, day, title, agency = dice.person(), dice.day(), dice.title(), dice.agency()
    hours, hue = dice.hours("2", "4", "8", "16"), dice.of(p.HUES)
    page.tint(p.IVORY)
    page.border(hue, dice.one("guilloche", "double", "thick"))
    page.centre(110, "Certificate of Completion", p.SERIF_BOLD, 36, hue)
    page.centre(146, "This certificate is presented to", p.SERIF_ITALIC, 16)
    name = f"{person.first} {person.last}"
    for text, y, most in ((name, 200, 24.0), (title, 286, 19.0)):
        size = _fitting(text, 500, most)
        page.hand(page.middle - len(text) * size * 0.41, y, text, size)
        page.rule(120, y + 7, 672)
    page.centre(242, "for successfully completing", p.SERIF_ITALIC, 16)
    page.text(140, 352, "Date:", p.SERIF, 15)
    page.hand(190, 350, written(day, dice.one("us", "short", "dashed")), 17)
    page.rule(180, 357, 380)
    page.text(430, 352, "Hours:", p.SERIF, 15)
    page.hand(492, 350, plain_hours(hours), 17)
    page.rule(482, 357, 640)
    page.signature(100, 480, 220, dice.teacher(), "Instructor", p.SERIF)
    page.text(560, 476, agency, p.SERIF_BOLD, 13, hue, "centre")
    page.text(560, 492, "Training Section", p.SERIF, 10, p.GRAY, "centre")
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        hours=plain_hours(hours),
        provider=agency,
        also={"title": [title.upper()], "provider": [None, f"{agency} Training Section"]},
    )
    return page.done(), Truth(
        person_name=name, courses=[course], kind="agency", notes="values by hand on lines"
    )


def roll_call(dice: Dice) -> Drawn:
    """A half-sheet for roll-call training: printed labels, everything else by hand, minutes instead of hours."""
    page = Paper((396, 612), dice)
    person, day, title, agency = dice.person(), dice.day(), dice.title(), dice.agency()
    hours = dice.hours("0.5", "0.25", "0.75")
    page.text(198, 50, agency, p.SANS_BOLD, 13, p.BLACK, "centre")
    page.text(198, 70, "ROLL CALL TRAINING COMPLETED", p.SANS_BOLD, 15, p.BLACK, "centre")
    minutes = f"{int(hours * 60)} MIN"
    name = f"{person.last}, {person.first}"
    giver = f"SGT {dice.teacher().split()[2].rstrip(',')}"
    rows = (
        ("Officer", name),
        ("Topic", title),
        ("Date", written(day, "us")),
        ("Length", minutes),
        ("Given by", giver),
    )
    y = 130.0
    for label, value in rows:
        page.text(30, y, f"{label}:", p.SANS, 11)
        page.hand(96, y - 1, value, _fitting(value, 262, 16.0))
        page.rule(92, y + 6, 366)
        y += 58
    page.tick(30, y + 10, True, 12)
    page.text(50, y + 9, "Attended in full and passed the quiz", p.SANS, 11)
    page.signature(90, y + 110, 220, dice.teacher(), "Shift Supervisor")
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        hours=plain_hours(hours),
        also={"title": [title.upper()], "provider": [agency]},
    )
    return page.done(), Truth(person_name=name, courses=[course], kind="agency", notes="by hand; minutes")

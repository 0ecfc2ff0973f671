"""How do the federal online school's diploma, its transcript and the CPR cards look?"""

from datetime import date
from decimal import Decimal

from tests.certificates import paper as p
from tests.certificates import words
from tests.certificates.dice import Dice, written
from tests.certificates.paper import Paper
from tests.certificates.truth import Course, Truth

Drawn = tuple[bytes, Truth]


def _hours_of(ceu: str) -> str:
    return f"{(Decimal(ceu) * 10).normalize():f}"


def diploma(dice: Dice) -> Drawn:
    """Landscape and centred, a course code above its title, a legal date, credit in CEU and no instructor."""
    page = Paper(p.WIDE, dice)
    code, padded, title, ceu = dice.of(words.FEDERAL)
    shown = dice.one(code, padded)
    person, day = dice.person(), dice.day()
    hue = dice.of(p.HUES)
    page.border(hue, dice.one("double", "guilloche"))
    page.logo(page.middle, 86, 46, hue)
    page.centre(138, "Federal Readiness Institute", p.SERIF_BOLD, 26, hue)
    page.centre(168, "This Certificate of Achievement is to acknowledge that", p.SERIF_ITALIC, 15)
    printed = person.plain.upper() if dice.chance(0.4) else person.plain
    page.centre(210, printed, p.SERIF_BOLD, 30)
    if dice.chance(0.5):
        page.centre(
            246,
            "has reaffirmed a dedication to serve in times of crisis through continued",
            p.SERIF_ITALIC,
            13,
        )
        page.centre(
            263,
            "professional development and completion of the independent study course:",
            p.SERIF_ITALIC,
            13,
        )
    else:
        page.centre(252, "has successfully completed the independent study course", p.SERIF_ITALIC, 14)
    joined = dice.chance(0.4)
    if joined:
        page.centre(312, f"{shown}: {title}", p.SERIF_BOLD, 20)
    else:
        page.centre(302, shown, p.SERIF_BOLD, 20)
        page.centre(330, title, p.SERIF_BOLD, 20)
    style = dice.one("legal", "anno") if not dice.tricky else dice.one("legal", "anno", "spelled")
    page.centre(384, f"Issued this {written(day, style)}", p.SERIF, 14)
    page.signature(500, 490, 200, dice.teacher(), "Superintendent (Acting)", p.SERIF)
    page.text(560, 530, "Federal Readiness Institute", p.SERIF, 8.5, p.GRAY)
    page.text(76, 512, f"{ceu} IACET CEU", p.SERIF_BOLD, 13)
    page.text(76, 530, "The Institute is accredited to award CEU by the council.", p.SANS, 7, p.GRAY)
    page.seal(396, 486, 44, p.GOLD, "OFFICIAL")
    course = Course(
        title=f"{shown}: {title}" if joined else title,
        completed_on=day.isoformat(),
        hours=_hours_of(ceu),
        provider="Federal Readiness Institute",
        approval_number=shown,
        also={
            "hours": [None],
            "title": [title, f"{shown} {title}", f"{shown}: {title}"],
            "approval_number": [None, code, padded],
        },
    )
    return page.done(), Truth(
        person_name=printed, courses=[course], kind="federal", notes="legal date; credit only as CEU"
    )


def transcript(dice: Dice) -> Drawn:
    """The student's own unofficial transcript: several rows with course code, title, date and CEU."""
    page = Paper(p.LETTER, dice)
    person = dice.person()
    page.text(48, 60, "Federal Readiness Institute", p.SANS_BOLD, 16, p.NAVY)
    page.text(48, 78, "Independent Study Program - Unofficial Student Transcript", p.SANS, 11)
    page.rule(48, 88, 564, p.NAVY, 1.6)
    page.text(48, 110, "Student Name:", p.SANS_BOLD, 10)
    page.text(140, 110, person.listed, p.SANS, 10)
    page.text(48, 126, "Student ID:", p.SANS_BOLD, 10)
    page.text(140, 126, dice.number_like("000#######"), p.SANS, 10)
    printed_on = date(2026, 11, dice.random.randint(2, 20))
    page.text(564, 110, f"Date Printed: {written(printed_on, 'us')}", p.SANS, 10, p.BLACK, "right")
    rows = [["Course", "Course Title", "Completion Date", "CEU"]]
    courses = []
    picked = dice.random.sample(list(words.FEDERAL), dice.random.randint(3, 6))
    for code, _, title, ceu in picked:
        day = dice.day()
        rows.append([code, title, written(day, "us"), ceu])
        courses.append(
            Course(
                title=title,
                completed_on=day.isoformat(),
                hours=_hours_of(ceu),
                provider="Federal Readiness Institute",
                approval_number=code,
                also={
                    "hours": [None],
                    "title": [title, f"{code} {title}", f"{code}: {title}"],
                    "approval_number": [None],
                },
            )
        )
    end = page.table(48, 150, [64, 300, 100, 52], rows, p.SANS, 9.5, lines=dice.chance(0.5), high=21)
    total = sum((Decimal(row[3]) for row in picked), Decimal(0))
    page.text(516, end + 24, f"Total CEU: {total}", p.SANS_BOLD, 10, p.BLACK, "right")
    page.text(
        48, end + 60, "This transcript is unofficial and for the student's own use.", p.SANS_ITALIC, 9, p.GRAY
    )
    return page.done(), Truth(
        person_name=person.listed,
        courses=courses,
        expect="transcript",
        kind="federal",
        notes="rows; the total is no course; print date",
    )


CARDS = (
    ("BLS Provider", "Basic Life Support"),
    ("Heartsaver First Aid CPR AED", "Heartsaver"),
    ("CPR/AED for Public Safety", "Rescue Line"),
    ("First Aid, CPR and AED", "Rescue Line"),
)


def _expiry(day: date) -> date:
    return date(day.year + 2, day.month, 1)


def card_above(dice: Dice) -> Drawn:
    """A resuscitation card: gray labels above the values, two columns, renewal as month and year, no hours."""
    page = Paper(p.CARD, dice)
    person, day, hue = dice.person(), dice.day(), dice.one(p.MAROON, p.NAVY)
    title, brand = dice.of(CARDS)
    page.box(0, 0, page.width, 50, hue, None)
    page.text(18, 24, brand.upper(), p.SANS_BOLD, 11, p.WHITE)
    page.text(18, 41, title, p.SANS_BOLD, 15, p.WHITE)
    page.logo(page.width - 34, 25, 30, p.GOLD)
    page.text(18, 78, person.plain, p.SANS_BOLD, 16)
    page.prose(
        18,
        94,
        396,
        f"has successfully completed the cognitive and skills evaluations in accordance with the curriculum of the "
        f"National Resuscitation Council {title} Program.",
        p.SANS,
        7.8,
    )
    left = (
        ("Issue Date", written(day, dice.one("us", "long", "us"))),
        ("Training Center Name", f"{dice.of(words.TOWNS)} Fire Rescue"),
        ("Training Center ID", dice.number_like("@@#####")),
    )
    right = (
        ("Renew By", written(_expiry(day), "month")),
        ("Instructor Name", dice.teacher()),
        ("eCard Code", dice.number_like("###########")),
    )
    for x, column in ((18, left), (190, right)):
        y = 138.0
        for label, value in column:
            page.text(x, y, label, p.SANS, 7.5, p.GRAY)
            page.text(x, y + 13, value, p.SANS_BOLD, 10)
            y += 38
    page.qr(352, 150, 60)
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        provider=left[1][1],
        also={
            "title": [f"{brand} {title}", title],
            "provider": [None, "National Resuscitation Council", brand],
        },
    )
    return page.done(), Truth(
        person_name=person.plain,
        courses=[course],
        kind="card",
        notes="labels above; renewal MM/YYYY; no hours",
    )


def card_below(dice: Dice) -> Drawn:
    """The same kind of card with labels below ruled values, as older training centers print them."""
    page = Paper(p.CARD, dice)
    person, day, hue = dice.person(), dice.day(), dice.of(p.HUES)
    title, brand = dice.of(CARDS)
    page.box(6, 6, page.width - 12, page.height - 12, None, hue, 2, 10)
    page.text(page.middle, 34, title, p.SANS_BOLD, 17, hue, "centre")
    page.text(
        page.middle, 50, "This card certifies that the individual named below", p.SANS, 8.5, p.BLACK, "centre"
    )
    page.text(
        page.middle, 61, "has successfully completed the course requirements.", p.SANS, 8.5, p.BLACK, "centre"
    )
    page.text(24, 96, person.plain, p.SERIF_BOLD, 16)
    page.rule(24, 100, 300)
    page.text(24, 109, "Name of Card Holder", p.SANS, 7, p.GRAY)
    cells = (
        (24, 142, written(day, dice.one("us", "abbreviated")), "Date Completed"),
        (170, 142, written(_expiry(day), "month"), "Recommended Renewal Date"),
        (24, 186, f"{dice.of(words.TOWNS)} Safety Training", "Training Center"),
        (230, 186, dice.number_like("#####-##"), "Center No."),
        (24, 230, dice.teacher(), "Instructor"),
        (230, 230, dice.number_like("########"), "Instructor No."),
    )
    for x, y, value, label in cells:
        page.text(x, y, value, p.SERIF, 12)
        page.rule(x, y + 4, x + (125 if x < 200 else 150))
        page.text(x, y + 13, label, p.SANS, 7, p.GRAY)
    page.logo(364, 92, 44, hue)
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        provider=cells[2][2],
        also={"title": [f"{brand} {title}"], "provider": [None, brand]},
    )
    return page.done(), Truth(
        person_name=person.plain,
        courses=[course],
        kind="card",
        notes="labels below; renewal MM/YYYY; no hours",
    )

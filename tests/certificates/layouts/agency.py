"""How do an agency's own papers look: in-service forms, qualification cards, forms with fields, packets?"""

from datetime import timedelta

from reportlab.lib.colors import Color

from tests.certificates import paper as p
from tests.certificates import words
from tests.certificates.dice import Dice, hours_written, plain_hours, written
from tests.certificates.paper import Paper
from tests.certificates.truth import Course, Truth

Drawn = tuple[bytes, Truth]


def _form(dice: Dice, by_hand: bool) -> Drawn:
    page = Paper(p.LETTER, dice)
    person, day, title, agency = dice.person(), dice.day(), dice.title(), dice.agency()
    hours = dice.hours("1", "2", "4", "8", "1.5") if not by_hand else dice.hours("1", "2", "4", "8")
    page.text(54, 60, agency.upper(), p.SANS_BOLD, 14)
    page.text(54, 78, "IN-SERVICE TRAINING RECORD", p.SANS, 12)
    page.text(558, 60, f"Form TR-{dice.digits(2)}", p.SANS, 9, p.GRAY, "right")
    page.rule(54, 88, 558, p.BLACK, 1.5)
    instructor = f"{dice.of(words.TEACHERS_FIRST)} {dice.of(words.TEACHERS_LAST)}"
    name = f"{person.first} {person.last}" if by_hand else person.listed
    shown_day = written(day, dice.one("us", "short") if by_hand else dice.style())
    amount = plain_hours(hours) if by_hand else hours_written(hours, dice.hours_style(hours))
    fields = (
        ("EMPLOYEE", name, 54, 108, 320),
        ("BADGE", dice.digits(3), 384, 108, 174),
        ("COURSE / TOPIC", title, 54, 166, 504),
        ("DATE OF TRAINING", shown_day, 54, 224, 160),
        ("HOURS", amount, 224, 224, 150),
        ("LOCATION", "BRIEFING ROOM", 384, 224, 174),
        ("INSTRUCTOR", instructor, 54, 282, 320),
        ("LESSON PLAN #", dice.number_like("LP-##-##"), 384, 282, 174),
    )
    for label, value, x, y, width in fields:
        page.box(x, y, width, 50, None, p.BLACK, 0.9)
        page.text(x + 5, y + 11, label, p.SANS_BOLD, 7)
        if by_hand:
            size = 15.0 if len(value) * 13.4 < width else max(9.0, 1.12 * width / len(value))
            page.hand(x + 10, y + 38, value, size)
        else:
            fitted = 12.0
            while p.width_of(value, p.SANS, fitted) > width - 10:
                fitted -= 0.25
            page.text(x + 8, y + 34, value, p.SANS, fitted)
    page.text(54, 366, "RESULT", p.SANS_BOLD, 9)
    for n, word in enumerate(("PASS", "FAIL", "ATTENDED ONLY")):
        page.tick(120 + n * 90, 367, n == 0, 11)
        page.text(136 + n * 90, 366, word, p.SANS, 10)
    page.text(54, 394, "METHOD", p.SANS_BOLD, 9)
    marked = dice.random.randint(0, 2)
    for n, word in enumerate(("LECTURE", "PRACTICAL", "SCENARIO")):
        page.tick(120 + n * 90, 395, n == marked, 11)
        page.text(136 + n * 90, 394, word, p.SANS, 10)
    page.text(54, 440, "This employee completed the training described above.", p.SANS, 10)
    page.signature(54, 520, 220, instructor, "Instructor")
    page.signature(330, 520, 220, dice.teacher(), "Training Coordinator")
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        hours=plain_hours(hours),
        also={"provider": [agency], "approval_number": [fields[7][1]], "title": [title.upper()]},
    )
    note = "filled by hand in capitals" if by_hand else "boxes and ticks"
    return page.done(), Truth(person_name=name, courses=[course], kind="agency", notes=note)


def inservice(dice: Dice) -> Drawn:
    """A one-page in-service record with boxes, typed, and three results of which one is ticked."""
    return _form(dice, by_hand=False)


def inservice_by_hand(dice: Dice) -> Drawn:
    """The same record filled with a pen."""
    return _form(dice, by_hand=True)


def firearms(dice: Dice) -> Drawn:
    """A firearms qualification card: weapon, serial, score and pass, no hours at all."""
    page = Paper((500, 330), dice)
    person, day, agency = dice.person(), dice.day(), dice.agency()
    weapon = dice.one("Handgun", "Patrol Rifle", "Shotgun", "Off-Duty Handgun")
    light = dice.one("Day", "Low Light", "Night")
    title = f"{weapon} Qualification - {light}"
    page.tint(Color(0.99, 0.98, 0.93))
    page.box(8, 8, 484, 314, None, p.BLACK, 1.5)
    page.text(250, 34, agency, p.SANS_BOLD, 13, p.BLACK, "centre")
    page.text(250, 54, "FIREARMS QUALIFICATION RECORD", p.SANS_BOLD, 14, p.MAROON, "centre")
    page.text(24, 86, "Officer", p.SANS, 8, p.GRAY)
    page.text(24, 102, person.listed, p.SANS_BOLD, 13)
    page.text(330, 86, "Badge", p.SANS, 8, p.GRAY)
    page.text(330, 102, dice.digits(4), p.SANS_BOLD, 13)
    page.text(24, 128, "Course of fire", p.SANS, 8, p.GRAY)
    page.text(24, 144, title, p.SANS_BOLD, 13)
    cells = (
        ("Date", written(day, dice.style())),
        ("Make / Model", dice.one("Argent 17", "Hollis M9", "Kestrel 45")),
        ("Serial No.", dice.number_like("@@@###")),
    )
    for n, (label, value) in enumerate(cells):
        page.text(24 + n * 153, 172, label, p.SANS, 8, p.GRAY)
        page.text(24 + n * 153, 188, value, p.SANS_BOLD, 12)
    score = dice.random.randint(80, 100)
    rows = [
        ["Rounds", "Hits", "Score", "Minimum", "Result"],
        ["50", str(score // 2), f"{score}%", "80%", "QUALIFIED"],
    ]
    page.table(24, 208, [84, 84, 84, 84, 116], rows, p.SANS, 10, high=20)
    page.signature(24, 288, 200, dice.teacher(), "Range Instructor")
    page.text(290, 288, "Qualified officers requalify each year.", p.SANS, 8, p.GRAY)
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        also={
            "title": [
                f"Firearms Qualification - {title}",
                f"{weapon} Qualification",
                "Firearms Qualification",
            ],
            "provider": [agency],
        },
    )
    return page.done(), Truth(
        person_name=person.listed, courses=[course], kind="firearms", notes="a score, no hours"
    )


def fillable(dice: Dice) -> Drawn:
    """A PDF form whose values stand in its fields, which most text readers skip."""
    page = Paper(p.LETTER, dice)
    person, day, title, sponsor = dice.person(), dice.day(), dice.title(), dice.provider()
    hours, hue = dice.hours("2", "4", "8", "6.5"), dice.of(p.HUES)
    number = dice.number_like("####-####")
    page.box(0, 0, page.width, 84, hue, None)
    page.text(54, 50, "Certificate of Course Completion", p.SANS_BOLD, 22, p.WHITE)
    page.text(54, 70, sponsor, p.SANS, 12, p.WHITE)
    page.prose(
        54,
        124,
        500,
        "The sponsor named above certifies that the student has completed the following course.",
        p.SANS,
        11,
    )
    fields = (
        ("Student name", "student", person.plain),
        ("Course title", "title", title),
        ("Completion date", "done", written(day, "us")),
        ("Credit hours", "hours", plain_hours(hours)),
        ("Course approval number", "number", number),
        ("Instructor", "teacher", dice.teacher()),
    )
    y = 170.0
    for label, key, value in fields:
        page.text(54, y, label, p.SANS_BOLD, 10)
        page.canvas.acroForm.textfield(
            name=key,
            # The form kit writes Latin letters only.
            value=value.replace("\u2019", "'"),
            x=210,
            y=page.height - y - 6,
            width=330,
            height=22,
            fontSize=11,
            borderWidth=0.5,
            forceBorder=True,
        )
        y += 40
    page.text(54, y + 10, "Course passed", p.SANS_BOLD, 10)
    page.canvas.acroForm.checkbox(name="passed", x=210, y=page.height - y - 14, size=16, checked=True)
    page.signature(54, y + 110, 220, fields[5][2], "Sponsor representative")
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        hours=plain_hours(hours),
        provider=sponsor,
        approval_number=number,
    )
    return page.done(), Truth(
        person_name=person.plain, courses=[course], kind="agency", notes="values in form fields"
    )


def packet(dice: Dice) -> Drawn:
    """A cover memo, the agenda, and the certificate on the third page."""
    page = Paper(p.LETTER, dice)
    person, day, title, sponsor = dice.person(), dice.day(), dice.title(), dice.provider()
    hours = dice.hours("4", "6", "8")
    chief = dice.teacher()
    page.text(72, 80, "MEMORANDUM", p.SANS_BOLD, 18)
    lines = (
        f"TO:        {chief}",
        f"FROM:    {person.plain}",
        f"DATE:     {written(day + timedelta(days=9), 'long')}",
        "RE:        Training documents",
    )
    for n, line in enumerate(lines):
        page.text(72, 120 + n * 20, line, p.SANS, 11)
    page.rule(72, 200, 540)
    page.prose(
        72,
        230,
        468,
        "Attached are the agenda and the certificate for the class I attended. Mileage was "
        "84 miles and lunch was $14.25. Please add it to my file.",
        p.SANS,
        11,
        1.5,
    )
    page.next_page()
    page.text(72, 80, f"Agenda: {title}", p.SANS_BOLD, 15)
    rows = [
        ["Time", "Block", "Length"],
        ["0800-0850", "Introductions", "1 hour"],
        ["0900-1150", "Case law", "3 hours"],
        ["1300-1450", "Exercises", "2 hours"],
        ["1500-1650", "Exam and review", "2 hours"],
    ]
    page.table(72, 110, [110, 240, 100], rows, p.SANS, 11, high=24)
    page.next_page()
    hue = dice.of(p.HUES)
    page.border(hue, "double")
    page.centre(130, "Certificate of Training", p.SERIF_BOLD, 34, hue)
    page.centre(190, "This certifies that", p.SERIF_ITALIC, 15)
    page.centre(240, person.plain, p.SERIF_BOLD, 27)
    page.centre(280, "successfully completed", p.SERIF_ITALIC, 15)
    page.centre(326, title, p.SERIF_BOLD, 19)
    page.centre(366, f"{hours_written(hours, 'plain')} of instruction on {written(day, 'long')}", p.SERIF, 14)
    page.centre(400, f"Presented by {sponsor}", p.SERIF, 13)
    page.signature(206, 560, 200, dice.teacher(), dice.of(words.POSTS), p.SERIF)
    course = Course(title=title, completed_on=day.isoformat(), hours=plain_hours(hours), provider=sponsor)
    return page.done(), Truth(
        person_name=person.plain,
        courses=[course],
        kind="packet",
        notes="memo date and agenda hours are traps",
    )


def two_in_one(dice: Dice) -> Drawn:
    """Two small certificates of one person on one sheet, as a copier makes them."""
    page = Paper(p.LETTER, dice)
    person = dice.person()
    courses = []
    for n, top in enumerate((30.0, 410.0)):
        day, title, sponsor = dice.day(), dice.title(), dice.of(words.PROVIDERS)
        hours, hue = dice.hours("2", "3", "4", "8"), dice.of(p.HUES)
        page.box(40, top, 532, 350, None, hue, 3 if n else 6)
        page.text(
            306,
            top + 50,
            dice.one("Certificate of Completion", "Certificate of Training"),
            p.SERIF_BOLD,
            24,
            hue,
            "centre",
        )
        page.text(306, top + 84, "This is to certify that", p.SERIF_ITALIC, 12, p.BLACK, "centre")
        page.text(306, top + 120, person.plain, p.SERIF_BOLD, 21, p.BLACK, "centre")
        page.text(306, top + 148, "has completed", p.SERIF_ITALIC, 12, p.BLACK, "centre")
        page.text(306, top + 182, title, p.SERIF_BOLD, 16, p.BLACK, "centre")
        page.text(
            306,
            top + 212,
            f"Date: {written(day, 'long')}     Hours: {plain_hours(hours)}",
            p.SERIF,
            12.5,
            p.BLACK,
            "centre",
        )
        page.text(306, top + 234, sponsor, p.SERIF, 12, p.GRAY, "centre")
        page.signature(206, top + 306, 200, dice.teacher(), dice.of(words.POSTS), p.SERIF)
        courses.append(
            Course(title=title, completed_on=day.isoformat(), hours=plain_hours(hours), provider=sponsor)
        )
    return page.done(), Truth(
        person_name=person.plain,
        courses=courses,
        expect_also=["transcript"],
        kind="several",
        notes="two certificates of one person in one scan",
    )


def two_people(dice: Dice) -> Drawn:
    """One class, two officers' certificates on one sheet: whose it is must be asked."""
    page = Paper(p.LETTER, dice)
    day, title, sponsor, hours = dice.day(), dice.title(), dice.provider(), dice.hours("2", "4", "8")
    hue = dice.of(p.HUES)
    for top in (30.0, 410.0):
        person = dice.person()
        page.box(40, top, 532, 350, None, hue, 4)
        page.text(306, top + 54, "CERTIFICATE OF ATTENDANCE", p.SANS_BOLD, 21, hue, "centre")
        page.text(306, top + 110, person.plain, p.SANS_BOLD, 20, p.BLACK, "centre")
        page.text(306, top + 140, "attended and completed", p.SANS, 11, p.BLACK, "centre")
        page.text(306, top + 174, title, p.SANS_BOLD, 15, p.BLACK, "centre")
        page.text(
            306,
            top + 204,
            f"{written(day, 'us')}   {hours_written(hours, 'plain')}   {sponsor}",
            p.SANS,
            11,
            p.BLACK,
            "centre",
        )
        page.signature(206, top + 300, 200, dice.teacher(), "Instructor")
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        hours=plain_hours(hours),
        provider=sponsor,
    )
    return page.done(), Truth(
        person_name=None,
        courses=[course],
        expect_also=["transcript"],
        ask=["person_name"],
        kind="several",
        notes="two people: the name is left empty or unsure",
    )

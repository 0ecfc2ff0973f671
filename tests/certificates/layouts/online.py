"""How do the certificates of online academies, webinars and vendors look?"""

from datetime import timedelta
from decimal import Decimal

from tests.certificates import paper as p
from tests.certificates import words
from tests.certificates.dice import Dice, hours_written, plain_hours, written
from tests.certificates.paper import Paper
from tests.certificates.truth import Course, Truth

Drawn = tuple[bytes, Truth]


def stamped(dice: Dice) -> Drawn:
    """Completion stamp with a time, duration, score, several numbers, and a print date that is another day."""
    page = Paper(p.WIDE, dice)
    person, day, title, sponsor = dice.person(), dice.day(), dice.title(), dice.of(words.ONLINE)
    hue, hours = dice.of(p.HUES), dice.hours("1.5", "1", "2", "0.75", "2.5", "3")
    ncp = dice.number_like("#####-####")
    page.border(hue, dice.one("bars", "corners"))
    page.logo(86, 92, 50, hue)
    page.text(124, 98, sponsor, p.SANS_BOLD, 20, hue)
    page.centre(166, "Certificate of Completion", p.SANS_BOLD, 32)
    page.centre(200, "is hereby granted to", p.SANS, 12, p.GRAY)
    page.centre(242, person.plain, p.SANS_BOLD, 28, hue)
    page.centre(270, "to certify that he/she has completed to satisfaction", p.SANS, 12, p.GRAY)
    page.centre(308, title, p.SANS_BOLD, 21)
    stamp = f"{written(day, dice.one('us', 'long', 'abbreviated'))} {dice.clock()} PM"
    duration = (
        hours_written(hours, "clock") if hours % 1 else hours_written(hours, dice.one("plain", "clock"))
    )
    if dice.tricky and hours < 4:
        duration = hours_written(hours, dice.one("minutes", "clock"))
    page.centre(350, f"Completed: {stamp} (CST)", p.SANS, 12.5)
    page.centre(372, f"Course duration: {duration}     Score: {dice.random.randint(80, 100)}%", p.SANS, 12.5)
    page.centre(400, f"NCP Certification Number: {ncp}", p.SANS, 11)
    page.text(70, 520, f"Credential ID: {dice.number_like('#@@#-#####-@@##')}", p.SANS, 8.5, p.GRAY)
    page.text(70, 534, f"Course ID: {dice.digits(6)}", p.SANS, 8.5, p.GRAY)
    page.text(
        70,
        548,
        f"Printed on {written(day + timedelta(days=dice.random.randint(20, 200)), 'us')}",
        p.SANS,
        8.5,
        p.GRAY,
    )
    page.signature(500, 520, 210, dice.teacher(), dice.of(words.POSTS))
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        hours=plain_hours(hours),
        provider=sponsor,
        approval_number=ncp,
    )
    return page.done(), Truth(
        person_name=person.plain, courses=[course], kind="online", notes="print date, score"
    )


def sidebar(dice: Dice) -> Drawn:
    """A modern page: facts in a colored column at the right, title and person left, labels above values."""
    page = Paper(p.WIDE, dice)
    person, day, title, sponsor = dice.person(), dice.day(), dice.title(), dice.of(words.ONLINE)
    hue, hours = dice.of(p.HUES), dice.hours("1", "2", "3", "4", "1.5", "0.5")
    serial = dice.number_like("@@@-########")
    page.box(560, 0, 232, page.height, hue, None)
    page.text(64, 96, sponsor.upper(), p.VERA_BOLD, 13, hue)
    page.text(64, 150, "Certificate of Achievement", p.VERA, 27)
    page.rule(64, 168, 180, hue, 3)
    page.text(64, 226, person.plain, p.VERA_BOLD, 23)
    page.text(
        64,
        256,
        dice.one("has completed", "successfully completed the course", "has passed"),
        p.VERA,
        11.5,
        p.GRAY,
    )
    y = page.prose(64, 296, 460, title, p.VERA_BOLD, 17, 1.3)
    page.prose(
        64,
        y + 18,
        440,
        "This self-paced course covers current law, policy considerations and practical exercises, and ends with a "
        "scored assessment of twenty questions.",
        p.VERA,
        9.5,
        1.5,
        color=p.GRAY,
    )
    page.text(64, 540, dice.teacher(), p.VERA_BOLD, 10)
    page.text(64, 555, "Chief Learning Officer", p.VERA, 9, p.GRAY)
    style = "iso" if dice.tricky and dice.chance(0.5) else dice.style()
    cells = [
        ("COMPLETION DATE", written(day, style)),
        ("TRAINING HOURS", hours_written(hours, dice.hours_style(hours))),
        ("FINAL SCORE", f"{dice.random.randint(80, 100)} / 100"),
        ("CERTIFICATE NO.", serial),
        ("VALID UNTIL", written(day + timedelta(days=365), style)),
    ]
    if dice.tricky:
        dice.random.shuffle(cells)
    y = 120.0
    for label, value in cells:
        page.text(584, y, label, p.VERA_BOLD, 8, p.MIST)
        page.text(584, y + 20, value, p.VERA, 12.5, p.WHITE)
        y += 74
    page.box(640, 500, 66, 66, p.WHITE, None)
    page.qr(643, 506, 60)
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        hours=plain_hours(hours),
        provider=sponsor,
        approval_number=None,
        also={"approval_number": [serial]},
    )
    return page.done(), Truth(
        person_name=person.plain, courses=[course], kind="online", notes="white on color"
    )


def webinar(dice: Dice) -> Drawn:
    """A live webinar's plain page: minutes instead of hours and a stamp in universal time."""
    page = Paper(p.LETTER, dice)
    person, day, title, sponsor = dice.person(), dice.day(), dice.title(), dice.provider()
    hours = dice.hours("1", "1.5", "0.75", "1.25")
    host = dice.teacher()
    page.text(60, 84, "Webinar attendance certificate", p.SANS_BOLD, 22)
    page.text(60, 106, sponsor, p.SANS, 12, p.GRAY)
    page.rule(60, 120, 552, p.BLACK, 1)
    y = page.prose(
        60,
        160,
        490,
        f"We confirm that {person.plain} attended the full live session of the webinar named below and completed the "
        "closing poll.",
        p.SANS,
        12,
    )
    # Noon is the same day in every American zone, so the day printed is the day meant.
    stamp = f"{day.isoformat()}T{dice.random.randint(16, 21)}:{dice.random.randint(10, 59)}:07Z"
    shown = stamp if dice.tricky else written(day, "long")
    rows = (
        ("Webinar", title),
        ("Attendee", person.plain),
        ("Presented by", host),
        ("Session ended", shown),
        ("Time in session", hours_written(hours, "minutes")),
        ("Registration ID", dice.number_like("###-###-###")),
    )
    y += 20
    for label, value in rows:
        page.text(60, y, label, p.SANS_BOLD, 11)
        page.text(190, y, value, p.SANS, 11)
        page.rule(60, y + 8, 552, p.PALE)
        y += 30
    page.text(60, y + 20, "Please retain this page for your records.", p.SANS_ITALIC, 9.5, p.GRAY)
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        hours=plain_hours(hours),
        provider=sponsor,
        approval_number=None,
    )
    return page.done(), Truth(
        person_name=person.plain, courses=[course], kind="online", notes="minutes; ISO with Z"
    )


def vendor_user(dice: Dice) -> Drawn:
    """A weapon maker's user certificate: effective and expiration dates side by side, and credit as CEU."""
    page = Paper(p.WIDE, dice)
    person, day = dice.person(), dice.day()
    title = dice.one(
        "Energy Weapon User Recertification",
        "Energy Weapon 10 User Course",
        "OC Aerosol User Course",
        "Less Lethal Launcher User Course",
        "Restraint Device User Course",
    )
    sponsor = "Voltline Tactical, Inc."
    ceu = dice.one("0.4", "0.8", "0.6")
    page.border(p.COAL, "thick")
    page.watermark("VOLTLINE", 120)
    page.centre(92, sponsor, p.SANS_BOLD, 22)
    page.centre(130, "USER CERTIFICATION", p.SANS_BOLD, 30, p.MAROON)
    page.centre(170, "This is to certify that", p.SANS, 12)
    printed = dice.name(person)
    page.centre(210, printed, p.SANS_BOLD, 26)
    page.centre(240, f"of {dice.agency()}", p.SANS, 12)
    page.centre(268, "has met all requirements of and successfully completed the", p.SANS, 12)
    page.centre(306, title, p.SANS_BOLD, 22)
    style = dice.style()
    page.text(220, 362, "Certification Date", p.SANS, 9.5, p.GRAY, "centre")
    page.text(220, 382, written(day, style), p.SANS_BOLD, 14, p.BLACK, "centre")
    page.text(572, 362, "Expiration Date", p.SANS, 9.5, p.GRAY, "centre")
    page.text(572, 382, written(day + timedelta(days=365), style), p.SANS_BOLD, 14, p.BLACK, "centre")
    page.centre(420, f"Continuing education: {ceu} CEU", p.SANS, 12)
    name = dice.teacher()
    page.script(396, 480, name, 26, p.PEN, "centre")
    page.rule(276, 488, 516)
    page.centre(502, f"{name}, Certified Instructor No. {dice.digits(5)}", p.SANS, 9.5)
    hours = f"{(Decimal(ceu) * 10).normalize():f}"
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        hours=hours,
        provider=sponsor,
        also={"hours": [None]},
    )
    return page.done(), Truth(
        person_name=printed,
        courses=[course],
        kind="vendor",
        notes="expiry beside completion; CEU; instructor in script",
    )


def eight_ceu(dice: Dice) -> Drawn:
    """A provider that writes 8 CEU for one day and means eight hours; nobody can know from the paper."""
    page = Paper(p.LETTER, dice)
    person, day, title, sponsor = dice.person(), dice.day(), dice.title(), dice.provider()
    count = dice.one("8", "6", "7")
    hue = dice.of(p.HUES)
    page.box(0, 0, page.width, 120, hue, None)
    page.text(page.middle, 60, "CERTIFICATE", p.SERIF_BOLD, 36, p.WHITE, "centre")
    page.text(page.middle, 90, "of continuing education", p.SERIF_ITALIC, 18, p.WHITE, "centre")
    page.centre(190, sponsor, p.SERIF, 16, p.GRAY)
    page.centre(230, "certifies that", p.SERIF_ITALIC, 14)
    page.centre(276, person.plain, p.SERIF_BOLD, 26)
    page.centre(316, "participated in and completed", p.SERIF_ITALIC, 14)
    page.centre(360, title, p.SERIF_BOLD, 19, hue)
    page.centre(400, f"on {written(day, dice.style())}", p.SERIF, 14)
    page.box(226, 440, 160, 66, None, hue, 2)
    page.text(306, 476, f"{count} CEU", p.SERIF_BOLD, 24, hue, "centre")
    page.text(306, 496, "awarded", p.SERIF, 11, p.GRAY, "centre")
    page.signature(206, 620, 200, dice.teacher(), dice.of(words.POSTS), p.SERIF)
    page.seal(110, 650, 44, hue, "AWARDED")
    course = Course(
        title=title, completed_on=day.isoformat(), hours=count, provider=sponsor, also={"hours": [None]}
    )
    return page.done(), Truth(
        person_name=person.plain,
        courses=[course],
        kind="online",
        ask=["hours"],
        notes="8 CEU meaning 8 hours",
    )

"""How do the papers of state boards look: Minnesota, California, Texas, Indiana, Ohio?"""

from datetime import timedelta
from decimal import Decimal

from tests.certificates import paper as p
from tests.certificates import words
from tests.certificates.dice import Dice, hours_written, plain_hours, spanned, written
from tests.certificates.paper import Paper
from tests.certificates.truth import Course, Truth

Drawn = tuple[bytes, Truth]


def minnesota_five(dice: Dice) -> Drawn:
    """A sponsor's certificate with the five things the board asks for, label before value."""
    page = Paper(p.WIDE, dice)
    person, day, title, sponsor = dice.person(), dice.day(), dice.title(), dice.provider()
    hue, hours = dice.of(p.HUES), dice.hours("2", "3", "4", "6", "8", "16", "7.5")
    number = dice.number_like("#####-####")
    page.border(hue, dice.one("double", "corners", "thick"))
    page.centre(104, "Certificate of Completion", p.SERIF_BOLD, 34, hue)
    page.centre(134, sponsor, p.SERIF_ITALIC, 17)
    printed = person.ranked if dice.chance(0.3) else person.plain
    labels = dice.one(
        ("Officer Name:", "Course Title:", "Course Date:", "POST Course #:", "POST Credits:"),
        (
            "Name of Peace Officer:",
            "Title of Course:",
            "Date Completed:",
            "MN POST Course Number:",
            "Credit Hours:",
        ),
    )
    # A number a board gives and the credits beside it look alike; only the label tells them apart.
    values = (printed, title, written(day, dice.style()), number, plain_hours(hours))
    y = 200.0
    for label, value in zip(labels, values, strict=True):
        page.text(310, y, label, p.SANS_BOLD, 13, p.BLACK, "right")
        size = 15.0
        while p.width_of(value, p.SANS, size) > 410:
            size -= 0.5
        page.text(326, y, value, p.SANS, size)
        if dice.number % 2:
            page.rule(322, y + 5, 730)
        y += 42
    page.centre(
        436, "Approved by the Minnesota Board of Peace Officer Standards and Training", p.SANS, 9.5, p.GRAY
    )
    page.signature(290, 520, 212, dice.teacher(), dice.of(words.POSTS))
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        hours=plain_hours(hours),
        provider=sponsor,
        approval_number=number,
    )
    return page.done(), Truth(person_name=printed, courses=[course], kind="minnesota", notes="five items")


def minnesota_objectives(dice: Dice) -> Drawn:
    """One class that serves several mandates: learning objectives as bullets, one of them with hours of its own."""
    page = Paper(p.LETTER, dice)
    person, day, title, sponsor = dice.person(), dice.day(), dice.title(), dice.provider()
    hue, hours = dice.of(p.HUES), dice.hours("4", "6", "8")
    number = dice.number_like("####-####")
    page.logo(78, 76, 54, hue)
    page.text(120, 72, sponsor, p.SERIF_BOLD, 20, hue)
    page.text(120, 92, f"POST Sponsor {dice.digits(5)}", p.SANS, 9, p.GRAY)
    page.rule(48, 116, 564, hue, 2)
    page.centre(170, "CERTIFICATE OF ATTENDANCE", p.SERIF_BOLD, 25)
    y = page.prose(
        72,
        214,
        468,
        f"This certifies that {person.ranked} attended and successfully completed the following course approved "
        "for continuing education by the Board of Peace Officer Standards and Training.",
        p.SERIF,
        13,
    )
    page.text(page.middle, y + 30, title, p.SERIF_BOLD, 17, p.BLACK, "centre")
    y += 64
    page.text(72, y, f"Course number: {number}", p.SERIF, 13)
    page.text(330, y, f"Date: {written(day, dice.style())}", p.SERIF, 13)
    page.text(72, y + 22, f"Credits: {hours_written(hours, 'plain')}", p.SERIF, 13)
    page.text(330, y + 22, "Location: Training Room B", p.SERIF, 13)
    page.text(72, y + 62, "Mandated learning objectives met by this course:", p.SERIF_BOLD, 12)
    y += 84
    for objective in dice.random.sample(list(words.OBJECTIVES), 4):
        page.canvas.setFillColor(p.BLACK)
        page.canvas.circle(88, page.height - y + 4, 2, 0, 1)
        page.text(98, y, objective, p.SERIF, 12)
        y += 19
    page.signature(72, 680, 210, dice.teacher(), dice.of(words.POSTS))
    page.signature(340, 680, 210, dice.teacher(), "Instructor")
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        hours=plain_hours(hours),
        provider=sponsor,
        approval_number=number,
    )
    return page.done(), Truth(
        person_name=person.ranked,
        courses=[course],
        kind="minnesota",
        notes="hours inside an objective are no credit",
    )


def california_letter(dice: Dice) -> Drawn:
    """A signed letter of completion on letterhead; the letter's own date is not the course's."""
    page = Paper(p.LETTER, dice)
    person, end, title, sponsor = dice.person(), dice.day(), dice.title(), dice.provider()
    start = end - timedelta(days=dice.random.randint(1, 4))
    letter_date = end + timedelta(days=dice.random.randint(6, 30))
    hours = dice.hours("16", "24", "32", "40")
    control = dice.number_like("####-#####-##001")
    page.text(page.middle, 70, sponsor.upper(), p.SERIF_BOLD, 17, p.NAVY, "centre")
    page.text(
        page.middle,
        88,
        f"{dice.digits(4)} Foothill Road, {dice.of(words.TOWNS)}, California",
        p.SERIF,
        10,
        p.GRAY,
        "centre",
    )
    page.rule(72, 98, 540, p.NAVY, 1.2)
    page.text(72, 134, written(letter_date, "long"), p.SERIF, 12)
    page.text(72, 170, f"Re: Letter of Completion - {title}", p.SERIF_BOLD, 12)
    page.text(72, 204, "To Whom It May Concern:", p.SERIF, 12)
    span = (
        spanned(start, end, dice.one("long", "through"))
        if start.month == end.month
        else spanned(start, end, "long")
    )
    body = dice.one(
        f"This letter confirms that {person.ranked} of the {dice.agency()} successfully completed the course "
        f"{title}, POST Control Number {control}, presented {span} in {dice.of(words.TOWNS)}. "
        f"The course consisted of {plain_hours(hours)} hours of instruction.",
        f"Please accept this letter as verification that {person.ranked} attended all sessions of {title} (control "
        f"number {control}) from {span} and met every requirement for successful completion. Total hours of "
        f"instruction: {plain_hours(hours)}.",
    )
    y = page.prose(72, 236, 468, body, p.SERIF, 12, 1.5)
    y = page.prose(
        72,
        y + 14,
        468,
        "A course roster was submitted to the Commission. A certificate was not issued for this presentation; this "
        "letter serves in its place.",
        p.SERIF,
        12,
        1.5,
    )
    page.text(72, y + 24, "Sincerely,", p.SERIF, 12)
    page.signature(72, y + 90, 200, dice.teacher(), dice.of(words.POSTS), p.SERIF)
    course = Course(
        title=title,
        completed_on=end.isoformat(),
        started_on=start.isoformat(),
        hours=plain_hours(hours),
        provider=sponsor,
        approval_number=control,
    )
    return page.done(), Truth(
        person_name=person.ranked, courses=[course], kind="california", notes="letter date"
    )


def california_certificate(dice: Dice) -> Drawn:
    """A certificate with the control number in tiny type at the foot, and a suffix or a rank in the name."""
    page = Paper(p.WIDE, dice)
    person, day, title, sponsor = dice.person(), dice.day(), dice.title(), dice.provider()
    hue, hours = dice.of(p.HUES), dice.hours("4", "8", "16", "24")
    control = dice.number_like("####-#####")
    page.tint(p.IVORY)
    page.border(hue, dice.one("guilloche", "thick"))
    page.seal(108, 116, 46, hue, "ACADEMY")
    page.text(430, 112, sponsor, p.SERIF_BOLD, 24, hue, "centre")
    page.text(430, 138, "hereby awards this certificate to", p.SERIF_ITALIC, 15, p.BLACK, "centre")
    printed = dice.name(person)
    page.centre(206, printed, p.SERIF_BOLD, 31)
    page.rule(170, 216, 622)
    page.centre(
        250,
        dice.one(
            "for satisfactory completion of",
            "who has satisfactorily completed",
            "for having successfully completed the POST-certified course",
        ),
        p.SERIF_ITALIC,
        15,
    )
    page.centre(296, title, p.SERIF_BOLD, 23, hue)
    page.centre(334, f"{hours_written(hours, dice.hours_style(hours))}", p.SERIF, 15)
    page.centre(362, f"Completed {written(day, dice.style())}", p.SERIF, 15)
    page.signature(90, 490, 220, dice.teacher(), dice.of(words.POSTS), p.SERIF)
    page.signature(482, 490, 220, dice.teacher(), "Presenter", p.SERIF)
    page.text(
        page.middle,
        566,
        f"POST Control No. {control}   Plan III - Certificate Serial {dice.digits(6)}",
        p.SANS,
        7.5,
        p.GRAY,
        "centre",
    )
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        hours=plain_hours(hours),
        provider=sponsor,
        approval_number=control,
    )
    return page.done(), Truth(
        person_name=printed, courses=[course], kind="california", notes="two numbers in one line"
    )


def texas_range(dice: Dice) -> Drawn:
    """An active-attack course: short state number, hours and a range of days, printed from an account."""
    page = Paper(p.WIDE, dice)
    person, end = dice.person(), dice.day()
    start = end - timedelta(days=1)
    title = dice.one(
        "Active Attack Response, Level 1",
        "Solo Officer Rapid Deployment",
        "Breaching and Entry",
        "Exterior Response to Active Events",
        "Fire and EMS Integration",
    )
    hours = dice.hours("16")
    sponsor, number = "Center for Rapid Response Training", dice.digits(4)
    page.box(0, 0, 150, page.height, p.COAL, None)
    page.box(150, 0, 6, page.height, p.MAROON, None)
    page.logo(75, 120, 90, p.MAROON)
    page.text(75, 560, "AT STATE UNIVERSITY", p.SANS_BOLD, 8, p.WHITE, "centre")
    page.text(190, 96, sponsor.upper(), p.SANS_BOLD, 15, p.MAROON)
    page.text(190, 150, "CERTIFICATE", p.SANS_BOLD, 42)
    page.text(190, 174, "OF COMPLETION", p.SANS, 18, p.GRAY)
    page.text(190, 216, dice.one("Presented to", "Awarded to"), p.SANS, 11, p.GRAY)
    page.text(190, 252, person.plain, p.SANS_BOLD, 27)
    page.text(190, 292, "for successful completion of", p.SANS, 11, p.GRAY)
    page.text(190, 324, title, p.SANS_BOLD, 20, p.MAROON)
    wording = (
        spanned(start, end, dice.one("long", "slashed", "to")) if dice.tricky else spanned(start, end, "to")
    )
    cells = (
        ("DATES", wording),
        ("TCOLE COURSE #", number),
        ("HOURS", plain_hours(hours)),
        ("LOCATION", dice.of(words.TOWNS)),
    )
    x = 190.0
    for label, value in cells:
        page.text(x, 386, label, p.SANS, 8.5, p.GRAY)
        page.text(x, 406, value, p.SANS_BOLD, 12.5)
        x += 170 if label == "DATES" else 115
    page.signature(190, 510, 190, dice.teacher(), "Executive Director")
    page.text(
        760,
        584,
        f"Printed {written(end + timedelta(days=dice.random.randint(9, 30)), 'us')}",
        p.SANS,
        7.5,
        p.GRAY,
        "right",
    )
    course = Course(
        title=title,
        completed_on=end.isoformat(),
        started_on=start.isoformat(),
        hours=plain_hours(hours),
        provider=sponsor,
        approval_number=number,
    )
    return page.done(), Truth(
        person_name=person.plain, courses=[course], kind="texas", notes="values below labels"
    )


def indiana_module(dice: Dice) -> Drawn:
    """The board's one-hour online module: what a browser prints, with a person's login and the year's number."""
    page = Paper(p.LETTER, dice)
    person, day, title = dice.person(), dice.day(), dice.title()
    hours = dice.hours("1", "1", "0.5", "2")
    sponsor = "Indiana Law Enforcement Academy"
    page.text(
        40, 36, f"{day:%m/%d/%y}, {dice.random.randint(1, 11)}:{dice.random.randint(10, 59)} PM", p.SERIF, 8
    )
    page.text(320, 36, "Certificate", p.SERIF, 8)
    page.box(54, 80, 504, 360, None, p.NAVY, 5)
    page.box(62, 88, 488, 344, None, p.GOLD, 1)
    page.seal(page.middle, 140, 36, p.NAVY, "ACADEMY")
    page.centre(187, sponsor, p.VERA, 10, p.GRAY)
    page.centre(206, "Mandatory In-Service Online Training", p.VERA_BOLD, 16, p.NAVY)
    page.centre(236, person.plain, p.VERA_BOLD, 20)
    page.centre(262, "has completed the online module", p.VERA, 11)
    page.centre(292, title, p.VERA_BOLD, 15, room=140)
    style = "joined" if dice.tricky and hours in (1, 2) else dice.hours_style(hours)
    amount = hours_written(hours, style)
    sentence = f"a {amount} training" if style == "joined" else f"Training time: {amount}"
    page.centre(318, sentence, p.VERA, 11)
    page.centre(346, f"Date of completion: {written(day, dice.style())}", p.VERA, 11)
    page.signature(200, 402, 212, dice.teacher(), "Executive Director", p.VERA)
    page.prose(
        54,
        470,
        504,
        "Forward this certificate to your agency's training coordinator. Credit is for calendar "
        f"year {day.year}.",
        p.SERIF,
        10,
    )
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        hours=plain_hours(hours),
        provider=sponsor,
        also={"provider": [None, "Academy"]},
    )
    return page.done(), Truth(
        person_name=person.plain, courses=[course], kind="indiana", notes="browser print"
    )


def ohio_notice(dice: Dice) -> Drawn:
    """A vendor's certificate as an Ohio agency keeps it: the name in a box, Last First, hours by topic and a total."""
    page = Paper(p.LETTER, dice)
    person, day, title, sponsor = dice.person(), dice.day(), dice.title(), dice.provider()
    hue = dice.of(p.HUES)
    parts = (("Legal update", Decimal(1)), ("Scenario practice", Decimal(2)), ("Written test", Decimal(1)))
    total = sum((part[1] for part in parts), Decimal(0))
    page.text(54, 62, "CONTINUING PROFESSIONAL TRAINING", p.SANS_BOLD, 17, hue)
    page.text(54, 80, f"Certificate of Course Completion   {sponsor}", p.SANS, 11)
    page.rule(54, 92, 558, hue, 3)
    fields = (
        ("1. Participant (Last, First MI)", person.listed, 54, 120, 300),
        ("2. Agency", dice.agency(), 364, 120, 194),
        ("3. Course", title, 54, 176, 300),
        ("4. Course no.", dice.number_like("OH##-####"), 364, 176, 194),
        ("5. Date completed", written(day, dice.style()), 54, 232, 145),
        ("6. Reported to agency by", written(day + timedelta(days=30), "us"), 209, 232, 145),
        ("7. Total hours", f"{total:.1f}", 364, 232, 194),
    )
    for label, value, x, y, width in fields:
        page.box(x, y, width, 44)
        page.text(x + 5, y + 12, label, p.SANS, 7.5, p.GRAY)
        size = 12.0
        while p.width_of(value, p.SANS_BOLD, size) > width - 10:
            size -= 0.25
        page.text(x + 5, y + 32, value, p.SANS_BOLD, size)
    rows = [["Block", "Hours"], *([name, f"{part:.1f}"] for name, part in parts)]
    end = page.table(54, 306, [200, 70], rows, size=10)
    page.text(
        54, end + 34, "The participant attended the entire course and passed the written test.", p.SANS, 11
    )
    page.signature(54, end + 110, 220, dice.teacher(), "Instructor")
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        hours=plain_hours(total),
        provider=sponsor,
        approval_number=fields[3][1],
    )
    return page.done(), Truth(
        person_name=person.listed, courses=[course], kind="ohio", notes="blocks add to the total"
    )

"""How do seminars, academies and conferences certify: large script, date ranges, letters in prose, session lists?"""

from datetime import timedelta
from decimal import Decimal

from tests.certificates import paper as p
from tests.certificates import words
from tests.certificates.dice import Dice, hours_written, month, ordinal, plain_hours, spanned, written
from tests.certificates.paper import Paper
from tests.certificates.truth import Course, Truth

Drawn = tuple[bytes, Truth]


def script_seminar(dice: Dice) -> Drawn:
    """A touring seminar: everything in large script, a city, two days, "16-hour", the instructor larger than life."""
    page = Paper(p.WIDE, dice)
    person, end, title, sponsor = dice.person(), dice.day(), dice.title(), dice.provider()
    start = end - timedelta(days=1)
    hue = dice.of(p.HUES)
    page.tint(p.CREAM)
    page.border(hue, dice.one("guilloche", "double"))
    page.script(page.middle, 110, "Certificate of Training", 58, hue, "centre")
    page.centre(150, dice.one("presented to", "awarded to", "This is to certify that"), p.SERIF_ITALIC, 16)
    if dice.chance(0.5):
        page.script(page.middle, 204, person.plain, 42, p.BLACK, "centre")
    else:
        page.centre(204, person.plain, p.SERIF_BOLD, 32)
    page.rule(190, 214, 602, hue)
    page.centre(246, "has attended and successfully completed the 16-hour", p.SERIF_ITALIC, 15)
    page.centre(286, title, p.SERIF_BOLD, 24, hue)
    page.centre(318, "seminar", p.SERIF_ITALIC, 15)
    style = dice.one("long", "through", "slashed") if dice.tricky else "long"
    if start.year != end.year or (style == "through" and start.month == end.month):
        style = "long"
    page.centre(
        354,
        f"{spanned(start, end, style)}   {dice.of(words.TOWNS)}, {dice.one('MN', 'OH', 'TX', 'OR')}",
        p.SERIF,
        15,
    )
    name = dice.teacher().split(",")[0]
    page.script(240, 466, name, 46, p.PEN, "centre")
    page.rule(110, 478, 370)
    page.text(240, 493, "Seminar Instructor", p.SERIF, 10, p.GRAY, "centre")
    page.text(560, 470, sponsor, p.SERIF_BOLD, 14, hue, "centre")
    if dice.chance(0.7):
        number: str | None = dice.number_like("@@-####-##")
        page.text(560, 486, f"State approval {number}", p.SANS, 7, p.GRAY, "centre")
    else:
        number = None
    course = Course(
        title=title,
        completed_on=end.isoformat(),
        started_on=start.isoformat(),
        hours="16",
        provider=sponsor,
        approval_number=number,
        also={"title": [f"{title} seminar"], "provider": [None]},
    )
    return page.done(), Truth(
        person_name=person.plain, courses=[course], kind="seminar", notes="instructor in script"
    )


def two_signatures(dice: Dice) -> Drawn:
    """A classic: seal in the middle, two signatures, the date in a sentence, a range over a month or a year."""
    page = Paper(p.WIDE, dice)
    person, end, title, sponsor = dice.person(), dice.day(), dice.title(), dice.provider()
    if dice.tricky:
        # A course that began in the month before; every other one, in the year before.
        end = end.replace(day=dice.random.randint(1, 2), month=1 if dice.number % 2 else end.month)
    start = end - timedelta(days=dice.random.randint(2, 4))
    hours = dice.hours("24", "32", "40", "20")
    hue = dice.of(p.HUES)
    page.border(hue, "double")
    page.centre(96, sponsor.upper(), p.SERIF_BOLD, 22)
    page.centre(122, "Be it known that", p.SERIF_ITALIC, 15)
    printed = dice.name(person)
    page.centre(172, printed, p.SERIF_BOLD, 32, hue)
    page.centre(
        208,
        f"having satisfied all requirements, is awarded this {dice.one('Diploma', 'Certificate')} in",
        p.SERIF_ITALIC,
        15,
    )
    page.centre(254, title, p.SERIF_BOLD, 25)
    page.centre(288, f"{hours_written(hours, dice.one('plain', 'contact'))} of instruction", p.SERIF, 14)
    page.centre(314, f"Conducted {spanned(start, end, dice.one('long', 'to'))}", p.SERIF, 14)
    given = end + timedelta(days=dice.random.randint(0, 3))
    page.centre(
        346, f"Given this {ordinal(given.day)} day of {month(given)}, {given.year}", p.SERIF_ITALIC, 13
    )
    page.signature(80, 480, 210, dice.teacher(), dice.of(words.POSTS), p.SERIF)
    page.seal(page.middle, 460, 56, dice.one(p.GOLD, hue), "EXCELLENCE")
    page.signature(502, 480, 210, dice.teacher(), "Chief of Police", p.SERIF)
    course = Course(
        title=title,
        completed_on=end.isoformat(),
        started_on=start.isoformat(),
        hours=plain_hours(hours),
        provider=sponsor,
    )
    return page.done(), Truth(
        person_name=printed, courses=[course], kind="seminar", notes="range and a later given-on day"
    )


def conference_letter(dice: Dice) -> Drawn:
    """A letter in prose with total contact hours; the sessions below have hours of their own."""
    page = Paper(p.LETTER, dice)
    person, end = dice.person(), dice.day()
    start = end - timedelta(days=2)
    year = end.year
    title = dice.one(
        f"{ordinal(dice.random.randint(12, 44))} Annual Midwest Training Conference",
        f"{year} State Chiefs Association Winter Conference",
        f"{year} Crimes Against Children Summit",
        f"{year} Regional Traffic Safety Conference",
        f"{year} Gang Investigators Conference",
    )
    sponsor = dice.one("Midwest Peace Officers Association", "State Association of Training Officers")
    sessions = dice.random.sample(list(words.TITLES), 5)
    lengths = [Decimal(dice.one("1.5", "2", "3", "1")) for _ in sessions]
    hours = dice.hours("14", "16", "18.5", "20")
    page.logo(86, 74, 56, p.FOREST)
    page.text(130, 70, sponsor, p.SERIF_BOLD, 18, p.FOREST)
    page.text(130, 88, f"Post Office Box {dice.digits(4)}, {dice.of(words.TOWNS)}", p.SERIF, 10, p.GRAY)
    sent = end + timedelta(days=dice.random.randint(4, 20))
    page.text(72, 138, written(sent, "long"), p.SERIF, 12)
    page.text(72, 168, f"Dear {person.ranked}:", p.SERIF, 12)
    span = spanned(start, end, "long")
    y = page.prose(
        72,
        196,
        468,
        f"Thank you for joining us. This letter certifies that you attended and completed the {title}, held {span} at "
        f"the {dice.of(words.TOWNS)} Convention Center, for a total of {hours_written(hours, 'contact')}. The sessions "
        "you signed in for were:",
        p.SERIF,
        12,
        1.45,
    )
    for session, length in zip(sessions, lengths, strict=True):
        page.text(90, y + 6, f"-  {session} ({hours_written(length, 'plain')})", p.SERIF, 11.5)
        y += 18
    y = page.prose(
        72,
        y + 22,
        468,
        f"The registration fee of ${dice.random.randint(150, 495)}.00 has been paid in full. Next year we meet in "
        f"{dice.of(words.TOWNS)}; registration opens on January 5, {year + 1}.",
        p.SERIF,
        12,
        1.45,
    )
    page.text(72, y + 24, "Sincerely,", p.SERIF, 12)
    page.signature(72, y + 84, 200, dice.teacher(), "Conference Chair", p.SERIF)
    course = Course(
        title=title,
        completed_on=end.isoformat(),
        started_on=start.isoformat(),
        hours=plain_hours(hours),
        provider=sponsor,
        also={"title": [f"the {title}"]},
    )
    return page.done(), Truth(
        person_name=person.ranked,
        courses=[course],
        kind="conference",
        notes="sessions are no courses; fee; next year",
    )


def conference_diploma(dice: Dice) -> Drawn:
    """A conference's certificate with a table of sessions and the attended total."""
    page = Paper(p.WIDE, dice)
    person, end = dice.person(), dice.day()
    start = end - timedelta(days=1)
    title = dice.one(
        "Law Enforcement Wellness Symposium",
        "Cold Case Symposium",
        "Digital Forensics Conference",
        "Women in Policing Leadership Conference",
        "School Safety Summit",
    )
    sponsor, hue = dice.provider(), dice.of(p.HUES)
    hours = dice.hours("9", "10.5", "11", "12")
    page.border(hue, "corners")
    page.text(60, 90, "CERTIFICATE OF PARTICIPATION", p.SANS_BOLD, 26, hue)
    page.text(60, 116, f"{title}", p.SANS_BOLD, 17)
    page.text(
        60, 138, f"{spanned(start, end, 'long')}   {dice.of(words.TOWNS)} Event Center", p.SANS, 12, p.GRAY
    )
    page.text(60, 196, person.plain, p.SANS_BOLD, 28)
    earned = (
        f"{hours_written(hours, 'contact')} over 2 days" if dice.tricky else hours_written(hours, "contact")
    )
    page.text(60, 222, f"completed this program and earned {earned}.", p.SANS, 12.5)
    rows = [["Session", "Room", "Hours"]]
    rows.extend(
        [session, f"{dice.of('ABCD')}{dice.random.randint(1, 9)}", dice.one("1.5", "2.0", "3.0")]
        for session in dice.random.sample(list(words.TITLES), 4)
    )
    page.table(60, 252, [300, 50, 50], rows, p.SANS, 9.5)
    page.signature(60, 500, 200, dice.teacher(), "Program Chair")
    page.text(300, 500, f"Presented by {sponsor}", p.SANS, 11)
    page.seal(640, 440, 62, hue, "SUMMIT")
    course = Course(
        title=title,
        completed_on=end.isoformat(),
        started_on=start.isoformat(),
        hours=plain_hours(hours),
        provider=sponsor,
    )
    return page.done(), Truth(
        person_name=person.plain, courses=[course], kind="conference", notes="session table"
    )


def academy_prose(dice: Dice) -> Drawn:
    """One sentence over the whole page, hours in words and figures inside it."""
    page = Paper(p.WIDE, dice)
    person, day, title, sponsor = dice.person(), dice.day(), dice.title(), dice.provider()
    hue, hours = dice.of(p.HUES), dice.hours("8", "4", "16", "12", "10")
    page.border(hue, dice.one("thick", "guilloche", "double"))
    page.logo(page.middle, 84, 50, hue)
    page.centre(150, sponsor, p.SERIF_BOLD, 24, hue)
    page.centre(196, person.plain, p.SERIF_BOLD, 28)
    amount = hours_written(hours, "spelled")
    if dice.tricky and dice.number % 3 == 0:
        hours = dice.hours("1.5", "2.5", "3.5", "1.25")
        amount = hours_written(hours, "fraction")
    when = written(day, dice.one("legal", "anno", "spelled", "long") if dice.tricky else "long")
    lead = "on" if when.startswith(month(day)) else "on the"
    body = dice.one(
        f"has successfully completed {amount} of training in",
        f"attended and passed {amount} of classroom and practical instruction in",
    )
    page.centre(244, body, p.SERIF, 16)
    page.centre(292, title, p.SERIF_BOLD, 22)
    page.centre(336, f"{lead} {when}", p.SERIF, 16)
    page.centre(360, f"at {dice.of(words.TOWNS)}", p.SERIF, 14)
    page.signature(120, 490, 200, dice.teacher(), dice.of(words.POSTS), p.SERIF)
    page.signature(470, 490, 200, dice.teacher(), "Instructor", p.SERIF)
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        hours=plain_hours(hours),
        provider=sponsor,
        approval_number=None,
    )
    return page.done(), Truth(
        person_name=person.plain, courses=[course], kind="seminar", notes="eight (8) hours"
    )

"""How do the records of states and learning systems look: rows with a status, screens with a due date, e-mails?"""

from datetime import date, timedelta
from decimal import Decimal

from tests.certificates import paper as p
from tests.certificates import words
from tests.certificates.dice import Dice, hours_written, plain_hours, written
from tests.certificates.paper import Paper
from tests.certificates.truth import Course, Truth

Drawn = tuple[bytes, Truth]
SCREEN = (720.0, 480.0)


def state_record(dice: Dice) -> Drawn:
    """A state's record of one person: date, code, title, Passed or Instructed, score, hours with two decimals."""
    page = Paper(p.WIDE, dice)
    person, sponsor = dice.person(), "Department of Public Safety Standards"
    page.text(40, 50, f"{sponsor} and Training", p.SERIF_BOLD, 15)
    page.text(40, 68, "Individual Training Record", p.SERIF, 13)
    page.text(40, 98, f"Name: {person.listed}", p.SERIF, 11)
    page.text(300, 98, f"DPSST #: {dice.digits(5)}", p.SERIF, 11)
    page.text(430, 98, f"Agency: {dice.agency()}", p.SERIF, 11)
    page.text(40, 114, f"As of: {written(date(2026, 11, dice.random.randint(1, 20)), 'us')}", p.SERIF, 11)
    rows = [["Date", "Course", "Title", "Status", "Score", "Hours"]]
    courses = []
    taught = dice.random.randint(1, 4)
    days = sorted((dice.day() for _ in range(6)), reverse=True)
    for n, day in enumerate(days):
        title, number = dice.title(), dice.number_like("@@##-####")
        hours = dice.hours("1", "2", "4", "8", "1.5", "10")
        status = "Instructed" if n == taught else "Passed"
        score = f"{dice.random.randint(80, 100)}" if dice.chance(0.3) else ""
        rows.append([written(day, "us"), number, title, status, score, f"{hours:.2f}"])
        courses.append(
            Course(
                title=title,
                completed_on=day.isoformat(),
                hours=plain_hours(hours),
                approval_number=number,
                also={"provider": [sponsor, f"{sponsor} and Training"]},
                optional=status == "Instructed",
            )
        )
    end = page.table(40, 134, [74, 84, 340, 76, 50, 60], rows, p.SERIF, 11, lines=dice.chance(0.5), high=22)
    total = sum((Decimal(row[5]) for row in rows[1:]), Decimal(0))
    page.text(720, end + 22, f"Total hours: {total:.2f}", p.SERIF_BOLD, 11, p.BLACK, "right")
    page.text(40, 580, "Page 1 of 1", p.SERIF, 9, p.GRAY)
    return page.done(), Truth(
        person_name=person.listed,
        courses=courses,
        expect="transcript",
        kind="oregon",
        notes="a row says Instructed: listed or left out, never a completed course of the person's own",
    )


def single_form(dice: Dice) -> Drawn:
    """A state's form for one person and one course, filled by typewriter letters in boxes."""
    page = Paper(p.LETTER, dice)
    person, day, title, sponsor = dice.person(), dice.day(), dice.title(), dice.provider()
    hours = dice.hours("4", "8", "2.5", "6", "1.75")
    page.text(
        page.middle, 56, "COURSE ROSTER - SINGLE PERSON (FORM F-6S)", p.SANS_BOLD, 13, p.BLACK, "centre"
    )
    page.text(page.middle, 72, "Submit within 30 days of the end of training", p.SANS, 9, p.GRAY, "centre")
    fields = (
        (54, 92, 340, "LAST NAME, FIRST NAME, MIDDLE INITIAL", person.listed.upper()),
        (394, 92, 164, "DPSST NUMBER", dice.digits(5)),
        (54, 136, 504, "EMPLOYING AGENCY", dice.agency().upper()),
        (54, 180, 340, "COURSE TITLE", title.upper()),
        (394, 180, 164, "COURSE CODE", dice.number_like("@@##-#####")),
        (54, 224, 168, "BEGIN DATE", written(day, "us")),
        (222, 224, 172, "END DATE", written(day, "us")),
        (394, 224, 164, "CLASS HOURS", f"{hours:.2f}"),
        (54, 268, 340, "TRAINING PROVIDER", sponsor.upper()),
        (394, 268, 164, "SCORE / GRADE", "PASS"),
    )
    for x, y, width, label, value in fields:
        page.box(x, y, width, 44, None, p.BLACK, 0.9)
        page.text(x + 4, y + 10, label, p.SANS, 6.5, p.BLACK)
        size = 12.5
        while p.width_of(value, p.MONO_BOLD, size) > width - 8:
            size -= 0.25
        page.text(x + 4, y + 32, value, p.MONO_BOLD, size)
    page.text(54, 344, "STATUS:", p.SANS_BOLD, 10)
    for n, (word, marked) in enumerate(
        (("Passed", True), ("Failed", False), ("Incomplete", False), ("Instructed", False))
    ):
        page.tick(120 + n * 100, 345, marked)
        page.text(134 + n * 100, 344, word, p.SANS, 10)
    page.text(54, 380, "I certify that the person named above completed this training.", p.SANS, 10)
    page.signature(54, 450, 220, dice.teacher(), "Training Officer")
    page.text(340, 440, f"Date signed: {written(day + timedelta(days=3), 'us')}", p.SANS, 10)
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        hours=plain_hours(hours),
        provider=sponsor,
        approval_number=fields[4][4],
        also={"started_on": [day.isoformat()], "title": [title.upper()]},
    )
    return page.done(), Truth(
        person_name=person.listed,
        courses=[course],
        kind="oregon",
        notes="capitals; four status boxes, one ticked",
    )


def learning_transcript(dice: Dice) -> Drawn:
    """A learning system's transcript over two pages, finished and unfinished rows mixed."""
    page = Paper(p.LETTER, dice)
    person, sponsor, hue = dice.person(), dice.of(words.ONLINE), dice.of(p.HUES)
    courses, unfinished = [], []
    agency = dice.agency()
    # A printed date like the others, so that only its label tells it apart.
    printed_on = written(date(2026, 11, dice.random.randint(1, 20)), "us")
    for number in (1, 2):
        page.box(0, 0, page.width, 60, hue, None)
        page.text(40, 38, f"{sponsor}  |  Training Transcript", p.VERA_BOLD, 15, p.WHITE)
        page.text(40, 84, f"Learner: {person.plain}", p.VERA_BOLD, 11)
        page.text(40, 101, f"Organization: {agency}", p.VERA, 9)
        page.text(572, 84, f"Generated {printed_on}", p.VERA, 9, p.GRAY, "right")
        page.text(572, 101, f"Page {number} of 2", p.VERA, 9, p.GRAY, "right")
        rows = [["Course", "Status", "Due", "Completed", "Hours"]]
        for _ in range(8 if number == 1 else 4):
            day, title, hours = dice.day(), dice.title(), dice.hours("0.5", "1", "1.5", "2", "4")
            due = written(day + timedelta(days=dice.random.randint(3, 40)), "us")
            if dice.chance(0.3):
                rows.append([title, dice.one("In progress", "Not started", "Overdue", "Failed"), due, "", ""])
                unfinished.append(title)
                continue
            rows.append([title, "Completed", due, written(day, "us"), plain_hours(hours)])
            courses.append(
                Course(
                    title=title,
                    completed_on=day.isoformat(),
                    hours=plain_hours(hours),
                    also={"provider": [sponsor]},
                )
            )
        page.table(40, 120, [262, 76, 72, 72, 50], rows, p.VERA, 8, high=24)
        if number == 1:
            page.next_page()
    return page.done(), Truth(
        person_name=person.plain,
        courses=courses,
        expect="transcript",
        kind="learning system",
        unfinished=unfinished,
        notes="two pages; unfinished rows are no completions; due dates",
    )


def learning_screen(dice: Dice) -> Drawn:
    """A picture of a learning system's page about one course: status, completion date and due date."""
    page = Paper(SCREEN, dice)
    person, day, title, sponsor = dice.person(), dice.day(), dice.title(), dice.of(words.ONLINE)
    hours, hue = dice.hours("1", "2", "1.5", "0.5"), dice.of(p.HUES)
    page.tint(p.SKY)
    page.box(0, 0, page.width, 44, hue, None)
    page.text(20, 28, sponsor, p.VERA_BOLD, 14, p.WHITE)
    # Such a picture often says nowhere whose account it is; then it must be asked.
    shown = None if dice.tricky and dice.chance(0.5) else person.plain
    page.text(700, 28, shown or "My account", p.VERA, 10, p.WHITE, "right")
    page.box(0, 44, 130, page.height - 44, p.SLATE, None)
    for n, word in enumerate(("Home", "My Courses", "Assignments", "Certificates", "Help")):
        page.text(18, 78 + n * 30, word, p.VERA, 9.5, p.MIST)
    page.box(150, 64, 550, 392, p.WHITE, p.MIST, 1, 6)
    page.text(172, 100, title, p.VERA_BOLD, 15 if len(title) < 44 else 12.5)
    page.box(172, 116, 92, 20, p.MINT, None, 0, 9)
    page.text(218, 130, "COMPLETED", p.VERA_BOLD, 8, p.FOREST, "centre")
    style = dice.one("us", "abbreviated")
    rows = [
        ("Assigned", written(day - timedelta(days=dice.random.randint(15, 60)), style)),
        ("Due date", written(day + timedelta(days=dice.random.randint(1, 30)), style)),
        ("Completion date", written(day, style)),
        ("Credit", hours_written(hours, dice.one("plain", "decimal"))),
        ("Score", f"{dice.random.randint(80, 100)}%"),
        ("Attempts", "1"),
    ]
    y = 166.0
    for label, value in rows:
        page.text(172, y, label, p.VERA, 9.5, p.GRAY)
        page.text(320, y, value, p.VERA, 10.5)
        page.rule(172, y + 10, 680, p.PALE)
        y += 32
    page.box(172, y + 6, 140, 28, hue, None, 0, 4)
    page.text(242, y + 24, "Print certificate", p.VERA_BOLD, 9.5, p.WHITE, "centre")
    page.box(322, y + 6, 110, 28, None, hue, 1, 4)
    page.text(377, y + 24, "Retake course", p.VERA, 9.5, hue, "centre")
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        hours=plain_hours(hours),
        also={"provider": [sponsor]},
    )
    return page.done(), Truth(
        person_name=shown,
        courses=[course],
        kind="learning system",
        notes="assigned, due and completed; the person is the account's name",
    )


def notice_mail(dice: Dice) -> Drawn:
    """An e-mail that says a course was completed, printed from a mail program."""
    page = Paper(p.LETTER, dice)
    person, day, title, sponsor = dice.person(), dice.day(), dice.title(), dice.of(words.ONLINE)
    hours = dice.hours("1", "2", "4", "1.5")
    sent = day + timedelta(days=dice.random.randint(1, 3))
    page.text(50, 60, f"Course completion: {title}", p.SANS_BOLD, 14)
    page.rule(50, 72, 562)
    page.text(50, 92, f"From:  {sponsor} <no-reply@mail.example>", p.SANS, 10)
    page.text(50, 108, f"To:  {person.first} {person.last}", p.SANS, 10)
    page.text(
        50,
        124,
        f"Sent:  {written(sent, 'long')} {dice.random.randint(6, 11)}:{dice.random.randint(10, 59)} AM",
        p.SANS,
        10,
    )
    page.rule(50, 136, 562)
    y = page.prose(50, 170, 500, f"Congratulations {person.first},", p.SANS, 11)
    y = page.prose(
        50,
        y + 10,
        500,
        f"You have successfully completed {title} on {written(day, 'long')}. You earned "
        f"{hours_written(hours, 'decimal' if hours % 1 else 'plain')} of credit and a score of "
        f"{dice.random.randint(80, 100)} percent.",
        p.SANS,
        11,
        1.5,
    )
    y = page.prose(
        50, y + 10, 500, "Your certificate is available in your account for one year.", p.SANS, 11, 1.5
    )
    page.prose(50, y + 24, 500, f"The {sponsor} Team", p.SANS, 11)
    page.text(50, 740, "This mailbox is not monitored.  Unsubscribe  |  Privacy", p.SANS, 8, p.GRAY)
    course = Course(
        title=title,
        completed_on=day.isoformat(),
        hours=plain_hours(hours),
        also={"provider": [sponsor]},
    )
    return page.done(), Truth(
        person_name=f"{person.first} {person.last}", courses=[course], kind="e-mail", notes="sent date; prose"
    )

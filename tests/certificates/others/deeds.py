"""Which papers of an officer's life are no training at all? Other certificates, cards, receipts and notes."""

from datetime import timedelta

from tests.certificates import paper as p
from tests.certificates import words
from tests.certificates.dice import Dice, written
from tests.certificates.others.sheets import Sheet, diploma, letter
from tests.certificates.paper import Paper


def birth(dice: Dice) -> bytes:
    """A birth certificate."""
    person = dice.person()
    return diploma(
        dice,
        "Certificate of Live Birth",
        [
            (f"County of {dice.of(words.TOWNS)}, Department of Health", 14),
            (f"Name of child: {person.plain}", 20),
            (f"Date of birth: {written(dice.day(), 'long')}   Hour: 4:12 AM", 14),
            (f"Mother: {dice.person().plain}     Father: {dice.person().plain}", 14),
            (f"State file number {dice.number_like('###-##-######')}", 12),
        ],
    )


def gift(dice: Dice) -> bytes:
    """A gift certificate."""
    return diploma(
        dice,
        "Gift Certificate",
        [
            (f"To: {dice.person().plain}", 22),
            (f"From: {dice.person().plain}", 16),
            (f"Amount: ${dice.one('25', '50', '100')}.00", 24),
            (f"Good for one class at {dice.of(words.TOWNS)} Cooking School", 14),
            (f"Expires {written(dice.day(), 'us')}   No. {dice.digits(6)}", 12),
        ],
    )


def insurance(dice: Dice) -> bytes:
    """A certificate of liability insurance."""
    page = Paper(p.LETTER, dice)
    page.text(50, 60, "CERTIFICATE OF LIABILITY INSURANCE", p.SANS_BOLD, 16)
    page.text(552, 60, f"DATE {written(dice.day(), 'us')}", p.SANS, 10, p.BLACK, "right")
    page.prose(
        50,
        84,
        500,
        "THIS CERTIFICATE IS ISSUED AS A MATTER OF INFORMATION ONLY AND CONFERS NO RIGHTS UPON THE "
        "CERTIFICATE HOLDER.",
        p.SANS,
        9,
    )
    rows = [["Type of insurance", "Policy number", "Effective", "Expires", "Limit"]]
    for kind in ("General liability", "Automobile", "Umbrella", "Workers compensation"):
        day = dice.day()
        rows.append(
            [
                kind,
                dice.number_like("@@#######"),
                written(day, "us"),
                written(day + timedelta(days=365), "us"),
                "$1,000,000",
            ]
        )
    page.table(50, 130, [140, 110, 80, 80, 90], rows, size=9)
    page.text(50, 300, f"Insured: {dice.provider()}", p.SANS, 11)
    page.text(50, 320, f"Certificate holder: {dice.agency()}", p.SANS, 11)
    page.signature(330, 420, 200, dice.teacher(), "Authorized representative")
    return page.done()


def award(dice: Dice) -> bytes:
    """An award or a thank-you."""
    kind = dice.one(
        "Certificate of Appreciation", "Award for Valor", "Officer of the Month", "Certificate of Recognition"
    )
    return diploma(
        dice,
        kind,
        [
            ("presented to", 15),
            (dice.person().ranked, 28),
            (
                dice.one(
                    "in gratitude for ten years of dedicated service",
                    "for volunteering at the annual toy drive",
                    "for courage in the face of danger",
                    "for outstanding service to the community",
                ),
                16,
            ),
            (f"{dice.agency()}", 15),
            (written(dice.day(), "long"), 14),
        ],
    )


def vaccination(dice: Dice) -> bytes:
    """A vaccination card."""
    page = Paper(p.CARD, dice)
    page.text(16, 30, "Vaccination Record Card", p.SANS_BOLD, 15)
    person = dice.person()
    page.text(16, 56, f"Last name: {person.last}   First name: {person.first}", p.SANS, 10)
    page.text(16, 72, f"Date of birth: {written(dice.day(), 'us')}   Record no. {dice.digits(6)}", p.SANS, 10)
    rows = [["Vaccine", "Lot", "Date", "Site"]]
    rows += [
        [f"Dose {n}", dice.number_like("@@####"), written(dice.day(), "us"), f"{dice.of(words.TOWNS)} Clinic"]
        for n in (1, 2, 3)
    ]
    page.table(16, 90, [70, 80, 90, 160], rows, size=9, high=26)
    return page.done()


def doctor(dice: Dice) -> bytes:
    """A doctor's note."""
    return letter(
        dice,
        f"{dice.of(words.TOWNS)} Family Medicine",
        "Return to work note",
        [
            f"Patient: {dice.person().plain}     Date: {written(dice.day(), 'us')}",
            (
                f"This certifies that the patient was seen in this office and may not work for "
                f"{dice.random.randint(2, 14)} days. "
                "Light duty for 4 hours a day after that."
            ),
            f"{dice.teacher()}, M.D.",
        ],
    )


def till_receipt(dice: Dice) -> bytes:
    """A restaurant's or a shop's receipt."""
    page = Paper((226, 480), dice)
    page.text(113, 40, f"{dice.of(words.TOWNS)} Diner", p.MONO_BOLD, 13, p.BLACK, "centre")
    page.text(
        113, 58, f"{written(dice.day(), 'us')} 12:{dice.random.randint(10, 59)}", p.MONO, 9, p.BLACK, "centre"
    )
    total = 0.0
    for n, item in enumerate(("Burger", "Fries", "Coffee", "Pie", "Officer discount")):
        price = dice.between(2, 12) if n < 4 else -2.0
        total += price
        page.text(14, 100 + n * 22, item, p.MONO, 10)
        page.text(210, 100 + n * 22, f"{price:.2f}", p.MONO, 10, p.BLACK, "right")
    page.text(210, 230, f"TOTAL {total:.2f}", p.MONO_BOLD, 12, p.BLACK, "right")
    page.text(113, 290, "THANK YOU", p.MONO, 11, p.BLACK, "centre")
    return page.done()


def license_card(dice: Dice) -> bytes:
    """A driver's license."""
    page = Paper(p.CARD, dice)
    page.box(0, 0, page.width, 44, p.NAVY, None)
    page.text(16, 30, "DRIVER LICENSE", p.SANS_BOLD, 18, p.WHITE)
    page.box(16, 60, 110, 140, p.MIST, p.GRAY)
    person = dice.person()
    for n, line in enumerate(
        (
            f"DL {dice.number_like('@#######')}",
            f"LN {person.last.upper()}",
            f"FN {person.first.upper()}",
            f"DOB {written(dice.day(), 'us')}",
            f"ISS {written(dice.day(), 'us')}",
            f"EXP {written(dice.day(), 'us')}",
        )
    ):
        page.text(146, 82 + n * 24, line, p.SANS_BOLD, 13)
    return page.done()


def citation(dice: Dice) -> bytes:
    """A traffic ticket."""
    page = Paper((360, 560), dice)
    page.text(180, 40, "UNIFORM TRAFFIC CITATION", p.SANS_BOLD, 14, p.BLACK, "centre")
    person = dice.person()
    rows = [
        ["Citation", dice.number_like("@######")],
        ["Name", person.listed],
        ["Date", written(dice.day(), "us")],
        ["Violation", "Speeding 45 in a 30"],
        ["Officer", dice.teacher()],
        ["Fine", f"${dice.random.randint(80, 250)}"],
        ["Court", dice.of(words.TOWNS)],
    ]
    page.table(24, 66, [110, 200], rows, p.MONO, 10, head=False, high=34)
    return page.done()


def evaluation(dice: Dice) -> bytes:
    """A performance review with training goals."""
    return letter(
        dice,
        "Annual Performance Evaluation",
        dice.agency(),
        [
            f"Employee: {dice.person().listed}     Period ending {written(dice.day(), 'us')}",
            "Overall rating: Meets standards",
            f"Goal: attend {dice.title()} (16 hours) in the coming year. Completed goals: improved report writing.",
            f"Reviewed by {dice.teacher()}.",
        ],
    )


def other_deed(dice: Dice) -> bytes:
    """Deeds that are called certificates and have nothing to do with a class."""
    head, line = dice.one(
        ("Certificate of Title", "Vehicle: 2019 sedan, odometer 48,210"),
        ("Certificate of Marriage", f"were united in marriage before {dice.teacher()}"),
        ("Certificate of Destruction", "14 boxes of records were destroyed"),
        ("Certificate of Service", "a copy of the foregoing motion was served by mail"),
        ("Certificate of Authenticity", "this print is number 41 of 200"),
    )
    return diploma(
        dice, head, [(dice.person().plain, 24), (line, 16), (f"Dated {written(dice.day(), 'long')}", 14)]
    )


DEEDS: dict[str, Sheet] = {
    sheet.__name__.replace("_", "-"): sheet
    for sheet in (
        birth,
        gift,
        insurance,
        award,
        vaccination,
        doctor,
        till_receipt,
        license_card,
        citation,
        evaluation,
        other_deed,
    )
}

"""Which documents make up the set? Every layout in several grades, each with the way in which it was sent."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.certificates import deliveries
from tests.certificates.dice import Dice
from tests.certificates.layouts import agency, byhand, federal, online, records, seminars, states
from tests.certificates.truth import Grade, Specimen, Truth

Layout = Callable[[Dice], tuple[bytes, Truth]]

LAYOUTS: dict[str, Layout] = {
    "federal-diploma": federal.diploma,
    "federal-transcript": federal.transcript,
    "card-labels-above": federal.card_above,
    "card-labels-below": federal.card_below,
    "minnesota-five": states.minnesota_five,
    "minnesota-objectives": states.minnesota_objectives,
    "california-letter": states.california_letter,
    "california-certificate": states.california_certificate,
    "texas-range": states.texas_range,
    "indiana-module": states.indiana_module,
    "ohio-boxes": states.ohio_notice,
    "oregon-record": records.state_record,
    "oregon-form": records.single_form,
    "learning-transcript": records.learning_transcript,
    "learning-screen": records.learning_screen,
    "completion-mail": records.notice_mail,
    "online-stamped": online.stamped,
    "online-sidebar": online.sidebar,
    "webinar": online.webinar,
    "vendor-user": online.vendor_user,
    "eight-ceu": online.eight_ceu,
    "script-seminar": seminars.script_seminar,
    "two-signatures": seminars.two_signatures,
    "conference-letter": seminars.conference_letter,
    "conference-diploma": seminars.conference_diploma,
    "academy-prose": seminars.academy_prose,
    "in-service": agency.inservice,
    "in-service-hand": agency.inservice_by_hand,
    "diploma-hand": byhand.diploma,
    "roll-call-hand": byhand.roll_call,
    "firearms": agency.firearms,
    "fillable": agency.fillable,
    "packet": agency.packet,
    "two-in-one": agency.two_in_one,
    "two-people": agency.two_people,
}

# Easy ones have plain writing; medium and hard ones draw from every writing of names, days and hours.
DELIVERIES: dict[str, tuple[str, ...]] = {
    "federal-diploma": ("pdf", "png", "scan", "pdf-mixed", "photo-shadow"),
    "federal-transcript": ("pdf", "scan-pdf"),
    "card-labels-above": ("pdf", "screenshot", "photo-tilt", "mms"),
    "card-labels-below": ("png", "scan", "photo-thumb", "photo-far"),
    "minnesota-five": ("pdf", "jpeg", "quarter-turn", "exif", "mms"),
    "minnesota-objectives": ("pdf", "scan-pdf", "photo-curl"),
    "california-letter": ("pdf", "pdf-mixed", "fax", "photo-shadow", "heic"),
    "california-certificate": ("pdf", "png", "scan-garbage", "photo-glare"),
    "texas-range": ("pdf", "pdf-mixed", "screenshot", "upside-down", "mms"),
    "indiana-module": ("pdf", "jpeg", "scan", "photo-dim"),
    "ohio-boxes": ("pdf", "pdf-mixed", "fax", "photo-fold"),
    "oregon-record": ("pdf", "scan-pdf"),
    "oregon-form": ("pdf", "fax", "scan", "photo-shadow"),
    "learning-transcript": ("pdf", "scan-pdf"),
    "learning-screen": ("png", "screenshot", "photo-screen"),
    "completion-mail": ("pdf", "screenshot"),
    "online-stamped": ("pdf", "png", "pdf-mixed", "screenshot", "webp"),
    "online-sidebar": ("pdf", "png", "pdf-mixed", "photo-screen"),
    "webinar": ("pdf", "pdf-mixed", "quarter-turn"),
    "vendor-user": ("pdf", "jpeg", "scan", "photo-blur", "heic"),
    "eight-ceu": ("pdf", "scan"),
    "script-seminar": ("pdf", "png", "scan", "photo-shadow", "webp"),
    "two-signatures": ("pdf", "jpeg", "pdf-mixed", "scan", "exif", "photo-tilt"),
    "conference-letter": ("pdf", "scan-garbage", "photo-curl"),
    "conference-diploma": ("pdf", "scan", "upside-down"),
    "academy-prose": ("pdf", "png", "pdf-mixed", "quarter-turn", "faint", "photo-fold"),
    "in-service": ("pdf", "scan", "fax", "photo-thumb", "heic"),
    "in-service-hand": ("scan", "photo"),
    "diploma-hand": ("jpeg", "scan", "photo"),
    "roll-call-hand": ("scan", "photo-shadow"),
    "firearms": ("pdf", "scan", "photo-far"),
    "fillable": ("pdf", "pdf-mixed", "photo"),
    "packet": ("pdf", "scan-pdf"),
    "two-in-one": ("scan-pdf", "scan"),
    "two-people": ("scan",),
}
HARD_LAYOUTS = frozenset({"in-service-hand", "diploma-hand", "roll-call-hand"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One document to draw."""

    name: str
    number: int
    layout: str
    delivery: str
    grade: Grade

    def drawn(self, seed: int) -> Specimen:
        """Draw it."""
        dice = Dice(seed, self.name, self.number, tricky=self.grade is not Grade.EASY)
        pdf, truth = LAYOUTS[self.layout](dice)
        data, ending = deliveries.EVERY[self.delivery](pdf, dice)
        return Specimen(
            file=f"{self.name}.{ending}", grade=self.grade, layout=self.layout, truth=truth, data=data
        )


def _grade(layout: str, delivery: str) -> Grade:
    if layout in HARD_LAYOUTS or delivery in deliveries.HARD:
        return Grade.HARD
    return Grade.EASY if delivery in deliveries.EASY else Grade.MEDIUM


def entries() -> Iterator[Entry]:
    """Every genuine document of the three grades."""
    number = 0
    for layout, ways in DELIVERIES.items():
        for delivery in ways:
            yield Entry(f"{layout}-{delivery}", number, layout, delivery, _grade(layout, delivery))
            number += 1

"""Examples of what is said of classes that can be taken."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from messages import class_form, courses
from messages.class_phrases import OfferingFacts, PayFacts, ServedDuty
from messages.courses import ClassesFacts
from messages.forms import FieldError
from messages.model import Message
from messages.words import Words

TODAY = date(2027, 3, 2)
AUTISM = OfferingFacts(
    number=3,
    title="Autism Response",
    starts_on=date(2027, 3, 18),
    ends_on=date(2027, 3, 18),
    begins="0800",
    ends="1200",
    place="Station 2",
    provider="Prairie Rivers College",
    course_number="9100-0442",
    topics=("autism",),
    hours=Decimal(4),
    delivery="classroom",
    seats=6,
    cost=Decimal(0),
    register_by=date(2027, 3, 15),
    board_approved=True,
    link="https://example.org/autism",
    serves=(ServedDuty(label="Autism", due_on=date(2027, 6, 30), hours=Decimal(4)),),
    shift_ends="0600",
)
NEGOTIATION = OfferingFacts(
    number=4,
    title="Basic Crisis Negotiation",
    starts_on=date(2027, 4, 12),
    ends_on=date(2027, 4, 16),
    begins="0800",
    ends="1700",
    place="Duluth",
    hours=Decimal(40),
    seats=2,
    cost=Decimal(595),
    register_by=date(2027, 3, 26),
    serves=(ServedDuty(label="elective", due_on=date(2027, 6, 30), hours=Decimal(1)),),
    shift_begins="1800",
)
BIAS = replace(
    AUTISM,
    number=5,
    title="Crimes Motivated by Bias",
    starts_on=date(2027, 4, 22),
    ends_on=date(2027, 4, 22),
    hours=Decimal(2),
    seats=20,
    serves=(ServedDuty(label="Bias crimes", due_on=date(2027, 6, 30), hours=Decimal(1)),),
)
CPR = replace(
    AUTISM,
    number=1,
    title="CPR/AED",
    starts_on=date(2027, 3, 10),
    ends_on=date(2027, 3, 10),
    begins="0700",
    ends="1100",
    seats=8,
    register_by=date(2027, 3, 9),
    serves=(ServedDuty(label="CPR", due_on=date(2027, 3, 20)),),
)
SATURDAY = replace(
    CPR,
    number=2,
    starts_on=date(2027, 3, 13),
    ends_on=date(2027, 3, 13),
    begins="1300",
    ends="1700",
    shift_ends="",
    day_off=True,
)
PAY = PayFacts(says="pay code TR applies", source="labor agreement, article 12.3")
NEXT = ClassesFacts(
    classes=(AUTISM, NEGOTIATION, BIAS), today=TODAY, asks="Sgt. Okafor", coordinator="P. Nair"
)
FOUND = ClassesFacts(classes=(CPR, SATURDAY), today=TODAY, asks="Sgt. Okafor", coordinator="P. Nair", pay=PAY)
NONE = ClassesFacts(classes=(), today=TODAY, coordinator="P. Nair")
ENTERED = {"title": "Ethics", "starts_on": "2027-04-31", "seats": "a few", "begins": "0900"}

EXAMPLES: dict[str, Callable[[Words], Message]] = {
    "next-class": lambda words: courses.next_class(NEXT, words),
    "next-class-alone": lambda words: courses.next_class(replace(NEXT, classes=(CPR,)), words),
    "next-class-nothing-open": lambda words: courses.next_class(replace(NONE, nothing_open=True), words),
    "next-class-none-fits": lambda words: courses.next_class(NONE, words),
    "next-class-none-listed": lambda words: courses.next_class(replace(NONE, any_listed=False), words),
    "classes": lambda words: courses.classes(FOUND, words),
    "classes-many": lambda words: courses.classes(replace(NEXT, lines=2), words),
    "classes-closed": lambda words: courses.classes(
        replace(FOUND, classes=(replace(CPR, closed="full"), replace(SATURDAY, closed="deadline"))), words
    ),
    "classes-none-found": lambda words: courses.classes(replace(NONE, said="ethics"), words),
    "class": lambda words: courses.one_class(AUTISM, TODAY, words),
    "class-to-change": lambda words: courses.one_class(NEGOTIATION, TODAY, words, may_change=True),
    "class-cancelled": lambda words: courses.one_class(
        replace(AUTISM, cancelled=True, serves=(), late_for=AUTISM.serves), TODAY, words
    ),
    "class-unknown": courses.no_class,
    "class-form": lambda words: class_form.class_form(class_form.ClassFormFacts(), words),
    "class-form-change": lambda words: class_form.class_form(
        class_form.ClassFormFacts(number="C-3", values=AUTISM), words
    ),
    "class-form-errors": lambda words: class_form.class_form(
        class_form.ClassFormFacts(
            entered=ENTERED,
            errors={
                "starts_on": FieldError(code="not-a-date", written="2027-04-31"),
                "seats": FieldError(code="not-whole", written="a few"),
            },
        ),
        words,
    ),
    "class-done": lambda words: class_form.class_done(
        class_form.ClassDoneFacts(code="entered", number="C-3", offering=AUTISM, today=TODAY), words
    ),
    "class-done-cancelled": lambda words: class_form.class_done(
        class_form.ClassDoneFacts(code="cancelled", number="C-4", offering=NEGOTIATION, today=TODAY, held=2),
        words,
    ),
}

"""Examples of what can be entered and opened: the form of WHAT IF, single records."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from messages import record, what_if
from messages.forms import FieldError
from messages.model import Message
from messages.record_content import ContentFacts, TopicSaid
from messages.records import RecordFacts
from messages.words import Words
from rules.standing import Remark
from tests.unit import standing_cast as cast

TOPICS = (("autism", "Autism"), ("bias-crimes", "Bias crimes"), ("evoc", "Emergency driving"))
A_CLASS = what_if.ClassFacts(topics=TOPICS, day=date(2027, 3, 2))
EVERY_ERROR = replace(
    A_CLASS,
    hours=Decimal("4.1"),
    day=None,
    errors={
        "topic": FieldError(code="empty"),
        "hours": FieldError(code="not-a-quarter", written="4.1"),
        "day": FieldError(code="not-a-date", written="2027-02-30"),
    },
)
CYCLE = "2024-07-01/2027-06-30"
TOTAL = record.DutyFacts(short="CE-48", label="Continuing education", window=CYCLE)
AUTISM = record.DutyFacts(short="AUT-4", label="Autism", window=CYCLE)
ELECTIVE = record.DutyFacts(short="ELE-3", label="Elective learning objectives", window=CYCLE)
HANDGUN = record.DutyFacts(short="FQ-6", label="Firearms qualification", item="handgun")
CLASS = ContentFacts(
    record=RecordFacts(
        ref="10000001202",
        number="1202",
        on=date(2026, 2, 9),
        title="Autism Response",
        hours=Decimal(4),
        score=Decimal(92),
        passed=True,
    ),
    topics=(TopicSaid(label="Autism"),),
    provider="Hennepin Tech",
    course_number="9100-0442",
    delivery="classroom",
    approved=True,
)
A_RECORD = record.OneRecordFacts(
    name="Ruiz",
    today=cast.AS_OF,
    content=CLASS,
    recorded_at=datetime(2027, 3, 2, 14, 10, tzinfo=UTC),
    is_import=True,
    file_name="history.csv",
    served=(
        record.ServedFacts(duty=TOTAL, hours=Decimal(4)),
        record.ServedFacts(duty=AUTISM, hours=Decimal(4)),
        record.ServedFacts(duty=ELECTIVE, surplus=True),
    ),
    packs=(cast.STATE_PACK, cast.AGENCY_PACK),
)
EARLIER = record.OtherWording(
    record=replace(CLASS.record, ref="10000001198", number="1198"),
    recorded_at=datetime(2026, 3, 1, 9, 0, tzinfo=UTC),
)
CORRECTED = replace(
    A_RECORD,
    content=replace(
        CLASS,
        record=replace(CLASS.record, ref="10000001240", number="1240", hours=Decimal("2.25"), score=None),
        topics=(
            TopicSaid(label="Autism", hours=Decimal("1.25"), written="Autism"),
            TopicSaid(label="Ethics", hours=Decimal(1)),
        ),
        approved=None,
    ),
    is_import=False,
    file_name="",
    recorded_by="Nair",
    before=EARLIER,
    before_content=CLASS,
    served=(),
    unserved=(
        record.UnservedFacts(duty=TOTAL, reason=Remark("approval-unknown"), doubtful=True),
        record.UnservedFacts(duty=HANDGUN, reason=Remark("before-window")),
    ),
    looked_at="Officer Dana Ruiz",
)
REPLACED = replace(
    A_RECORD,
    recorded_at=datetime(2026, 3, 1, 9, 0, tzinfo=UTC),
    served=(),
    packs=(),
    after=record.OtherWording(
        record=replace(CLASS.record, ref="10000001240", number="1240"),
        recorded_at=datetime(2027, 3, 1, 9, 0, tzinfo=UTC),
    ),
    ended_at=datetime(2027, 3, 1, 9, 0, tzinfo=UTC),
)
NO_CREDIT = replace(
    A_RECORD,
    content=replace(CLASS, topics=(), credit="no", credit_reason=Remark("not-passed")),
    is_import=False,
    file_name="",
    source="board-report",
    served=(),
    unserved=tuple(record.UnservedFacts(duty=duty, reason=Remark("not-passed")) for duty in (TOTAL, AUTISM)),
)


def unknown(words: Words, a_class: what_if.ClassFacts, supposed: str = "") -> Message:
    facts = what_if.WhatIfUnknownFacts(
        name="Ruiz", supposed=supposed, coordinator="P. Nair", a_class=a_class, is_bare=not supposed
    )
    return what_if.what_if_unknown(facts, words)


def form(words: Words) -> Message:
    return unknown(words, A_CLASS)


def form_half_filled(words: Words) -> Message:
    return unknown(words, replace(A_CLASS, topic="autism"), "what if i take autism")


def form_with_errors(words: Words) -> Message:
    return unknown(words, EVERY_ERROR)


def moved_and_withdrawn(words: Words) -> Message:
    return record.one_record(
        replace(REPLACED, after=None, withdrawn=True, moved_from=True, content=NO_CREDIT.content), words
    )

"""How a pack writes its board's arithmetic of hours, and the agency's own clocks beside the duties."""

import re
from datetime import date

from rules.amounts import LONG_STANDING
from rules.conditions import record_test
from rules.document import Value
from rules.pack import CreditRule, DatedReport, Reporting

MONTH_AND_DAY = re.compile(r"(0[1-9]|1[0-2])-([0-2][0-9]|3[01])")


def read_credit(value: Value) -> CreditRule:
    """Minutes to an hour, the shortest block, and classes that give credit once."""
    fields = value.mapping(required=("reference",), optional=("minutes_per_hour", "shortest_block", "once"))
    block = fields["shortest_block"].mapping(("hours",), ("unless",)) if "shortest_block" in fields else None
    once = fields["once"].mapping(("each", "where")) if "once" in fields else None
    minutes = fields["minutes_per_hour"].number() if "minutes_per_hour" in fields else None
    if minutes is not None and not minutes:
        fields["minutes_per_hour"].refuse("more than 0 minutes")
    return CreditRule(
        fields["reference"].text(),
        minutes,
        block["hours"].number() if block is not None else None,
        tuple(map(record_test, block["unless"].some())) if block is not None and "unless" in block else (),
        once["each"].text() if once is not None else None,
        tuple(map(record_test, once["where"].some())) if once is not None else (),
    )


def read_report(value: Value) -> Reporting:
    """A clock for each record, or for each calendar year."""
    fields = value.mapping(
        required=("id", "label", "reference"), optional=("since", "each_record", "each_year")
    )
    if ("each_record" in fields) == ("each_year" in fields):
        value.refuse("either each_record or each_year")
    record = (
        fields["each_record"].mapping(("within_days",), ("days_after_separation",))
        if "each_record" in fields
        else None
    )
    return Reporting(
        fields["id"].text(),
        fields["label"].text(),
        fields["reference"].text(),
        fields["since"].day() if "since" in fields else date.min,
        record["within_days"].whole() if record is not None else None,
        record.read("days_after_separation", Value.whole, None) if record is not None else None,
        tuple(_dated(each) for each in fields["each_year"].some()) if "each_year" in fields else (),
    )


def _dated(value: Value) -> DatedReport:
    fields = value.mapping(required=("since", "due"), optional=("alternatives",))
    since = date.min if fields["since"].text() == LONG_STANDING else fields["since"].day()
    others = tuple(map(_month_and_day, fields["alternatives"].some())) if "alternatives" in fields else ()
    return DatedReport(since, *_month_and_day(fields["due"]), others)


def _month_and_day(value: Value) -> tuple[int, int]:
    found = MONTH_AND_DAY.fullmatch(value.text())
    if found is None:
        value.refuse("a day of the year like 01-31")
    return int(found[1]), int(found[2])

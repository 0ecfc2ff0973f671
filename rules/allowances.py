"""How a pack writes the windows that are excused, and the days late that were let pass."""

from rules.amounts import LONG_STANDING
from rules.conditions import person_test
from rules.document import Value
from rules.pack import Excuse, ExcuseRule, Grace


def read_excuse(value: Value) -> Excuse:
    """One rule, why, and whether the sources settle it."""
    fields = value.mapping(required=("because",), optional=(*ExcuseRule, "for", "settled", "ask"))
    named = [rule for rule in ExcuseRule if rule.value in fields]
    if len(named) != 1:
        value.refuse("exactly one of " + ", ".join(ExcuseRule))
    (rule,) = named
    if (rule is ExcuseRule.UNTIL) != ("for" in fields):
        value.refuse("until and for together")
    if rule is ExcuseRule.UNAPPOINTED:
        fields[rule.value].flag()
    by_day = rule not in {ExcuseRule.UNAPPOINTED, ExcuseRule.UNTIL}
    return Excuse(
        rule,
        fields["because"].text(),
        fields.read("settled", Value.flag, default=True),
        fields[rule.value].texts() if by_day else (),
        person_test(fields["for"]) if "for" in fields else None,
        fields[rule.value].day() if rule is ExcuseRule.UNTIL else None,
        fields.read("ask", Value.text, ""),
    )


def read_grace(value: Value) -> Grace:
    """Windows that end in a time, and for how many days after them late training was let pass."""
    fields = value.mapping(required=("from", "to", "days", "reference"))
    long_standing = fields["from"].text() == LONG_STANDING
    return Grace(
        fields["to"].day().min if long_standing else fields["from"].day(),
        fields["to"].day(),
        fields["days"].whole(),
        fields["reference"].text(),
    )

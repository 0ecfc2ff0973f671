"""How a pack writes which records count, and how a choice among topics is filled."""

from rules.conditions import record_condition
from rules.document import Mapping, Value
from rules.pack import ChoicePart, Counts, Pack, PartChoice, Rest

NO_TOPICS: frozenset[str] = frozenset()


def read_counts(value: Value, pack: Pack) -> Counts:
    """``nothing``, or the topics with their conditions."""
    if not value.is_mapping():
        if value.text() != "nothing":
            value.refuse("nothing, or a mapping with topics")
        return Counts(frozenset())
    fields = value.mapping(
        required=("topics",),
        optional=(
            "where", "surplus_of", "overlap", "discipline", "without", "unsure", "absorbs", "may_be_in", "choice",
            "rest",
        ),
    )  # fmt: skip
    own = _topics(fields["topics"], pack)
    if own is not None and ("without" in fields or "unsure" in fields):
        value.refuse("without and unsure only beside topics: any")
    if "choice" in fields and "rest" in fields:
        value.refuse("either choice or rest")
    return Counts(
        own,
        tuple(record_condition(each) for each in fields["where"].some()) if "where" in fields else (),
        fields.read("surplus_of", Value.texts, ()),
        fields.read("overlap", Value.flag, default=False),
        fields.read("discipline", Value.text, None),
        _named(fields, "without", pack),
        _named(fields, "unsure", pack),
        _named(fields, "absorbs", pack),
        _named(fields, "may_be_in", pack),
        _choice(fields["choice"], pack) if "choice" in fields else None,
        _rest(fields["rest"], pack) if "rest" in fields else None,
    )


def _topics(value: Value, pack: Pack) -> frozenset[str] | None:
    """Topics of the pack, or None for ``any``."""
    if value.shown() != "a list":
        if value.text() != "any":
            value.refuse("any, or a list of topics")
        return None
    for topic in value.some():
        if topic.text() not in pack.topic_labels:
            topic.refuse("a topic of the pack: " + ", ".join(sorted(pack.topic_labels)))
    return frozenset(value.texts())


def _named(fields: Mapping, name: str, pack: Pack) -> frozenset[str]:
    return (_topics(fields[name], pack) or NO_TOPICS) if name in fields else NO_TOPICS


def _choice(value: Value, pack: Pack) -> PartChoice:
    fields = value.mapping(required=("must",), optional=("among", "choose"))
    if ("among" in fields) != ("choose" in fields):
        value.refuse("among and choose together")
    among = tuple(_part(each, pack) for each in fields["among"].some()) if "among" in fields else ()
    choose = fields.read("choose", Value.whole, 0)
    if choose > len(among):
        fields["choose"].refuse(f"at most the {len(among)} there are")
    return PartChoice(tuple(_part(each, pack) for each in fields["must"].some()), among, choose)


def _part(value: Value, pack: Pack) -> ChoicePart:
    fields = value.mapping(required=("topics", "hours"))
    return ChoicePart(_topics(fields["topics"], pack), fields["hours"].number())


def _rest(value: Value, pack: Pack) -> Rest:
    fields = value.mapping(required=("of", "choose", "or_topics"))
    return Rest(fields["of"].text(), fields["choose"].whole(), _named(fields, "or_topics", pack))

"""Messages of every shape the model allows, in texts of every kind: what a renderer must draw whatever it is given."""

from datetime import date
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from messages.kinds import MessageKind
from messages.model import (
    Action,
    Bar,
    Bars,
    Button,
    Checklist,
    ChecklistItem,
    ChecklistState,
    Choice,
    ChoiceField,
    DateField,
    Fact,
    Facts,
    Field,
    FileField,
    Form,
    Link,
    Mark,
    Message,
    Note,
    NumberField,
    Paragraph,
    Part,
    Picture,
    Progress,
    Table,
    TextField,
    Timeline,
)
from tests.examples import examples

# Large messages are made on purpose; how long that takes on a busy machine says nothing.
MANY = settings(
    max_examples=examples(80), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

# What somebody might call themselves, a class or a file in order to reach further than a text does.
HOSTILE = (
    "<!channel>",
    "<!everyone|x>",
    "<!here>",
    "@here @channel @everyone",
    "<@U0123ABCD> <#C0123ABCD> <!subteam^S1>",
    "@\u200bhere @HERE,@Channel",
    "<https://evil.example|My status>",
    "https://evil.example/x www.evil.example evil.example mailto:a@evil.example",
    "&lt;!channel&gt; &amp;lt;!here&gt;",
    "*YES* _YES_ ~NO~ `x` ```x```",
    "> quoted\n> quoted",
    "YES.\n\nNothing open.",
    ":white_check_mark: :skull:",
    "\u202etxet \u2066x\u2069 \x00\x07",
    "\ud800",
    "#general #C0123ABCD",
    "<!date^1392734382^{date}|x>",
    "javascript:alert(1)",
    "",
    " \n ",
    "\u200b",
    "\U0001f600" * 900,
    "word " * 900,
    "x" * 3_500,
)
# What a client may send back, whatever was sent to it.
json_values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=12,
)
texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40), st.text(min_size=200, max_size=400))
names = st.from_regex(r"[a-z][a-z0-9-]{0,30}", fullmatch=True)
# Ids, as buttons and choices carry them.
ids = st.from_regex(r"[A-Za-z0-9|/_.-]{0,60}", fullmatch=True)
addresses = st.one_of(
    texts,
    st.sampled_from(("https://www.example.gov/law?a=1&b=2", "http://localhost:8000/f/x", "/desk/files/x")),
)
amounts = st.decimals(min_value=0, max_value=5_000, places=2)
days = st.dates(date(2020, 1, 1), date(2035, 1, 1))
states = st.sampled_from(ChecklistState)
levels = st.integers(0, 12)

buttons = st.builds(Button, texts, names, ids, texts)
actions: st.SearchStrategy[Action] = st.one_of(buttons, st.builds(Link, texts, addresses))
items = st.builds(
    ChecklistItem,
    text=texts,
    state=states,
    word=texts,
    due=texts,
    level=levels,
    action=st.one_of(st.none(), buttons),
)
bars = st.builds(
    Bar, label=texts, value=amounts, of=amounts, unit=texts, state=states, word=texts, level=levels
)
marks = st.builds(Mark, on=days, day=texts, label=texts, state=states, word=texts)


def tuples(of: st.SearchStrategy[object], most: int) -> st.SearchStrategy[tuple[object, ...]]:
    """A few of them, or one over and over up to ``most``."""
    few = st.lists(of, max_size=4).map(tuple)
    many = st.tuples(of, st.integers(0, most)).map(lambda each: (each[0],) * each[1])
    return st.one_of(few, many)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 24))
    row = st.lists(texts, min_size=width, max_size=width).map(tuple)
    rows = draw(tuples(row, 130))
    pressed = draw(st.booleans())
    one = draw(buttons)
    return Table(draw(texts), draw(row), rows, (one,) * len(rows) if pressed else ())  # type: ignore[arg-type]  # a drawn value has no type


parts: st.SearchStrategy[Part] = st.one_of(
    st.builds(Paragraph, texts),
    st.builds(Note, texts),
    st.builds(Facts, tuples(st.builds(Fact, texts, texts, addresses), 80), texts),
    st.builds(Checklist, texts, tuples(items, 80)),
    st.builds(Progress, texts, amounts, amounts, texts),
    tables(),
    st.builds(Bars, texts, tuples(bars, 80)),
    st.builds(
        Timeline,
        title=texts,
        start=days,
        start_day=texts,
        end=days,
        end_day=texts,
        today=days,
        today_day=texts,
        marks=tuples(marks, 80),
        summary=texts,
    ),
    st.builds(Picture, addresses, texts),
)

choices = st.lists(st.builds(Choice, ids.filter(bool), texts), max_size=15, unique_by=lambda each: each.value)
needs = {"label": texts, "hint": texts, "required": st.booleans(), "error": texts}


@st.composite
def fields(draw: st.DrawFn, name: str) -> Field:
    named = {"name": st.just(name), **needs}
    offered = tuple(draw(choices)) * 1
    chosen = st.lists(st.sampled_from(offered), max_size=3).map(
        lambda all_: tuple(each.value for each in all_)
    )
    return draw(
        st.one_of(
            st.builds(TextField, value=texts, lines=st.integers(1, 9), **named),
            st.builds(DateField, value=st.none() | days, entered=texts, **named),
            st.builds(NumberField, value=st.none() | amounts, entered=texts, **named),
            st.builds(
                ChoiceField,
                choices=st.just(offered),
                value=chosen if offered else st.just(()),
                many=st.booleans(),
                **named,
            ),
            st.builds(FileField, many=st.booleans(), **named),
        )
    )


@st.composite
def forms(draw: st.DrawFn) -> Form:
    named = draw(st.lists(names, max_size=6, unique=True))
    return Form(
        title=draw(texts),
        route=draw(names),
        submit=draw(texts),
        fields=tuple(draw(fields(name)) for name in named),
    )


@st.composite
def messages(draw: st.DrawFn) -> Message:
    title = draw(texts)
    return Message(
        kind=draw(st.sampled_from(MessageKind)),
        title=title,
        body=tuple(draw(st.lists(parts, max_size=5))),
        sms=(),
        actions=tuple(draw(tuples(actions, 60))),  # type: ignore[arg-type]  # a drawn value has no type
        first_word=draw(st.sampled_from((None, "YES", "NOT YET"))),
        form=draw(st.none() | forms()),
    )

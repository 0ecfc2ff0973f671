"""Does a card on the desk say everything in words, escape whatever it is given, and offer only what was offered?"""

import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from typing import get_args

import pytest

from bot.desk import texts
from bot.desk.presses import button_of
from bot.desk.render import Renderer, bar_share, day_share, is_safe, template_of_field, template_of_part
from messages.kinds import MessageKind
from messages.model import (
    Bar,
    Bars,
    Button,
    ChecklistState,
    Choice,
    ChoiceField,
    Fact,
    Facts,
    Field,
    FileField,
    Form,
    Link,
    Message,
    NumberField,
    Paragraph,
    Part,
    Picture,
    Table,
    TextField,
    Timeline,
)
from messages.words import load
from tests.structure.checkout import ROOT
from tests.unit.message_cast import EXAMPLES
from tests.unit.message_snapshots import drawn, kept

TEMPLATES = ROOT / "bot" / "desk" / "templates"
ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
WORDS = load()
RENDERER = Renderer(WORDS)


class Page(HTMLParser):
    """Tags with their attributes, and all text, as a browser reads them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def card(*body: Part, form: Form | None = None, actions: tuple[Button | Link, ...] = ()) -> Page:
    """A message of these parts, drawn and read."""
    message = Message(kind=MessageKind.MENU, title="", body=body, sms=(), form=form, actions=actions)
    return Page(RENDERER.card(message, "k"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_message_looks_as_reviewed(name: str) -> None:
    assert drawn(name, "desk") == kept("desk", name).read_text(encoding="utf-8")


@pytest.mark.parametrize("part", get_args(Part))
def test_every_part_of_a_message_has_a_template(part: type) -> None:
    assert (TEMPLATES / template_of_part(object.__new__(part))).is_file()


@pytest.mark.parametrize("field", get_args(Field))
def test_every_field_of_a_form_has_a_template(field: type) -> None:
    assert (TEMPLATES / template_of_field(object.__new__(field))).is_file()


def test_no_template_is_left_over() -> None:
    used = {template_of_part(object.__new__(part)) for part in get_args(Part)}
    used |= {template_of_field(object.__new__(field)) for field in get_args(Field)}
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in (*TEMPLATES.rglob("*.html"), *(ROOT / "bot" / "desk").glob("*.py"))
    )
    for path in TEMPLATES.rglob("*.html"):
        name = path.relative_to(TEMPLATES).as_posix()
        assert name in used or f'"{name}"' in sources, name


def test_every_fixed_word_of_the_page_is_used_and_no_other_is_asked_for() -> None:
    asked = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r"texts\.(\w+)", path.read_text(encoding="utf-8"))
    }
    assert asked == set(texts.texts(WORDS))


def test_whatever_a_person_or_a_file_is_called_stays_text() -> None:
    page = card(
        Paragraph(ATTACK),
        Facts((Fact(ATTACK, ATTACK),), ATTACK),
        Table(ATTACK, (ATTACK,), ((ATTACK,),), (Button(ATTACK, ATTACK, ATTACK),)),
        Bars(
            ATTACK,
            (
                Bar(
                    label=ATTACK,
                    value=Decimal(1),
                    of=Decimal(2),
                    unit=ATTACK,
                    state=ChecklistState.OPEN,
                    word=ATTACK,
                ),
            ),
        ),
        Picture("/desk/files/x", ATTACK),
        form=Form(
            title=ATTACK,
            route=ATTACK,
            submit=ATTACK,
            fields=(
                TextField(name="a", label=ATTACK, value=ATTACK, hint=ATTACK, error=ATTACK),
                NumberField(name="b", label=ATTACK, entered=ATTACK),
                ChoiceField(name="c", label=ATTACK, choices=(Choice(ATTACK, ATTACK),), many=True),
                FileField(name="d", label=ATTACK),
            ),
        ),
        actions=(Button(ATTACK, ATTACK), Link(ATTACK, f"https://example.org/{ATTACK}")),
    )
    assert "script" not in {tag for tag, _ in page.tags}
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert page.text.count("alert(1)") >= 10


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "//example.org", " https://x", "", "ftp://x"]
)
def test_a_link_that_is_none_is_shown_as_text(href: str) -> None:
    assert not is_safe(href)
    page = card(actions=(Link("Law", href),))
    assert "a" not in {tag for tag, _ in page.tags}
    assert "Law" in page.text


def test_a_link_outside_says_so_and_tells_nobody_where_it_came_from() -> None:
    page = card(actions=(Link("Law", "https://example.org/law"),))
    [attributes] = [attributes for tag, attributes in page.tags if tag == "a"]
    assert attributes["rel"] == "noopener noreferrer"
    assert "opens outside" in page.text


def test_a_button_carries_a_token_and_neither_its_route_nor_its_value() -> None:
    button = Button("Why", "secret-route", "secret-value")
    message = Message(kind=MessageKind.MENU, title="", body=(), sms=(), actions=(button,))
    html = RENDERER.card(message, "k")
    assert "secret" not in html
    [token] = re.findall(r'data-press="([^"]+)"', html)
    assert button_of(message, token) == button
    assert button_of(message, "action-1") is None


def test_each_row_has_its_own_button_and_a_table_with_too_few_has_none() -> None:
    rows = (("Feb 1", "11"), ("Feb 2", "12"))
    buttons = tuple(Button(each, "record", each) for each in ("11", "12"))
    message = Message(
        kind=MessageKind.LIST, title="", body=(Table("", ("Date", "Record"), rows, buttons),), sms=()
    )
    tokens = re.findall(r'data-press="([^"]+)"', RENDERER.card(message, "k"))
    assert [button_of(message, token) for token in tokens] == list(buttons)
    short = card(Table("", ("Date", "Record"), rows, buttons[:1]))
    assert "button" not in {tag for tag, _ in short.tags}


def test_a_field_names_its_label_hint_and_error_for_a_screen_reader() -> None:
    field = NumberField(
        name="hours", label="Hours", hint="in quarters", error="That is no number.", entered="four"
    )
    page = card(form=Form(title="A class", route="r", submit="Go", fields=(field,)))
    found = {attributes["id"]: tag for tag, attributes in page.tags if attributes.get("id")}
    [entry] = [attributes for tag, attributes in page.tags if tag == "input"]
    assert entry["value"] == "four"
    assert entry["aria-invalid"] == "true"
    assert {found[each] for each in (entry["aria-describedby"] or "").split()} == {"p"}
    assert entry["id"] in [attributes.get("for") for tag, attributes in page.tags if tag == "label"]


def test_a_form_that_was_sent_shows_what_was_sent_and_cannot_be_sent_again() -> None:
    choices = (Choice("autism", "Autism"), Choice("crisis", "Crisis"))
    form = Form(
        title="A class",
        route="r",
        submit="Go",
        fields=(
            ChoiceField(name="topic", label="Topic", choices=choices),
            TextField(name="why", label="Why"),
        ),
    )
    message = Message(kind=MessageKind.WHAT_IF, title="", body=(), sms=(), form=form)
    page = Page(RENDERER.card(message, "k", sent_form={"topic": ("autism",), "why": (ATTACK,)}))
    assert not {"form", "input", "button", "script"} & {tag for tag, _ in page.tags}
    assert "Autism" in page.text


def whole(title: str, form_title: str) -> Page:
    """A message and its form under these titles, the form about one thing that nobody chooses."""
    about = ChoiceField(
        name="about", label="Request", choices=(Choice("1001/2", "R-1001"),), value=("1001/2",)
    )
    form = Form(title=form_title, route="r", submit="Go", fields=(about, TextField(name="why", label="Why")))
    message = Message(kind=MessageKind.MENU, title=title, body=(), sms=(), form=form)
    return Page(RENDERER.card(message, "k"))


def test_what_a_form_is_about_is_said_once() -> None:
    page = whole("Request R-1001", "Request R-1001")
    assert page.text.count("R-1001") == 1
    [about] = [attributes for _, attributes in page.tags if attributes.get("name") == "about"]
    assert (about["type"], about["value"]) == ("hidden", "1001/2")
    [named] = [attributes["aria-labelledby"] for tag, attributes in page.tags if tag == "fieldset"]
    assert [tag for tag, attributes in page.tags if attributes.get("id") == named] == ["h3"]


def test_what_no_title_says_is_read_in_the_form() -> None:
    page = whole("Crisis Negotiation", "Enter costs")
    assert "legend" in [tag for tag, _ in page.tags]
    assert page.text.count("R-1001") == 1
    assert ("select", "about") in [(tag, attributes.get("name")) for tag, attributes in page.tags]


@pytest.mark.parametrize(
    ("value", "of", "share"),
    [
        ("0", "4", "0"),
        ("31.5", "48", "65.6"),
        ("47.99", "48", "99.9"),  # never a full bar while anything is missing
        ("48", "48", "100"),
        ("51", "48", "100"),
        ("0", "0", "100"),
    ],
)
def test_a_bar_is_as_long_as_what_is_there_and_full_only_when_all_is(value: str, of: str, share: str) -> None:
    bar = Bar(
        label="CE", value=Decimal(value), of=Decimal(of), unit="h", state=ChecklistState.OPEN, word="Open"
    )
    assert bar_share(bar) == share


@pytest.mark.parametrize(
    ("day", "share"),
    [
        ("2024-06-30", "0"),
        ("2024-07-01", "0"),
        ("2025-12-31", "50"),
        ("2027-07-01", "100"),
        ("2030-01-01", "100"),
    ],
)
def test_a_day_lies_where_it_is_on_the_line(day: str, share: str) -> None:
    line = Timeline(
        title="CE",
        start=date(2024, 7, 1),
        start_day="",
        end=date(2027, 7, 1),
        end_day="",
        today=date(2027, 3, 2),
        today_day="",
        today_word="",
        marks=(),
        summary="",
    )
    assert abs(Decimal(day_share(line, date.fromisoformat(day))) - Decimal(share)) < Decimal("0.1")


def test_a_state_is_never_told_by_color_alone() -> None:
    """Wherever a color says how something stands, the word stands inside the same element."""
    for name in EXAMPLES:
        html = drawn(name, "desk")
        for word in re.findall(r'<span class="state" data-state="[^"]*">([^<]*)</span>', html):
            assert word.strip(), name

"""How is a form filled in in Teams? In a dialog with one field after the other, whose entries come back as texts.

The name of a field is in the id of its input. A number is a text here, as ours is exact and may have a comma; a file
cannot be one of the fields.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from bot.drawing import seen
from bot.drawing.lines import LABELED
from bot.teams import limits
from bot.teams.cards import ALARMING, NEXT, REMARK, TITLE, Element, card, heading, text, texts
from bot.teams.fitting import units
from bot.teams.presses import carried
from bot.teams.unmarked import unmarked
from messages import wording
from messages.model import (
    Button,
    Choice,
    ChoiceField,
    DateField,
    Field,
    FileField,
    Form,
    NumberField,
    TextField,
)
from messages.words import Words

# What tells an entry from what goes along with the button, and an answer of one from one of several.
ONE, SEVERAL = "field-", "fields-"
# Between several answers in what comes back.
BETWEEN = ","
CARD = "application/vnd.microsoft.card.adaptive"


def render_dialog(form: Form, words: Words) -> dict[str, Any]:
    """The dialog to show. A field that needs another try says so beside itself."""
    title = seen.line(form.title)
    whole = [each.element for each in heading(title, TITLE)] if _is_cut(title) else []
    wrong = words.say_many("form-errors", len(form.errors)) if form.errors else ""
    noticed = [text(wrong, **ALARMING)] if wrong else []
    fields: list[Element] = []
    settled: dict[str, str] = {}
    for field in form.fields:
        if _is_settled(field):
            fields += _told_once(field, title)
            settled[f"{ONE}{field.name}"] = field.choices[0].value
        else:
            fields.append(_field(field, words))
    sends = {
        "type": "Action.Submit",
        "title": seen.cut(seen.line(form.submit), limits.BUTTON_TEXT) or seen.NOTHING,
        "data": carried(Button(form.submit, form.route, form.value)) | settled,
    }
    return _dialog(title, card([*whole, *noticed, *fields] or [text("")], [sends]))


def saying(title: str, said: str, words: Words) -> dict[str, Any]:
    """A dialog that only says something; it is closed with Teams' own sign."""
    lines = list(texts(seen.shown(said))) or [text("")]
    kept: list[Element] = []
    for at, each in enumerate(lines):
        if units([*kept, each]) > limits.CARD_UNITS:
            kept.append(text(words.say_many("more-left", len(lines) - at), **REMARK))
            break
        kept.append(each)
    return _dialog(seen.line(title), card(kept, ()))


def entered(data: object) -> Mapping[str, tuple[str, ...]]:
    """What was entered, by the name of its field.

    What comes from outside is of any form: whatever is not as Teams sends it is left out.
    """
    if not isinstance(data, Mapping):
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for key, value in data.items():
        if isinstance(key, str) and key.startswith((ONE, SEVERAL)):
            kind = ONE if key.startswith(ONE) else SEVERAL
            said = _said(value)
            found[key.removeprefix(kind)] = tuple(
                each for each in (said.split(BETWEEN) if kind == SEVERAL else [said]) if each
            )
    return found


def _said(value: object) -> str:
    """An entry as a text; a client may send a number as one."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _dialog(title: str, content: Element) -> dict[str, Any]:
    if units(content) > limits.DIALOG_UNITS:
        raise ValueError(f"{units(content)} units are more than anyone can look through")
    return {
        "type": "continue",
        "value": {
            "title": seen.cut(title, limits.DIALOG_TITLE) or seen.NOTHING,
            "height": "medium",
            "width": "medium",
            "card": {"contentType": CARD, "content": content},
        },
    }


def _is_cut(title: str) -> bool:
    return seen.length(title) > limits.DIALOG_TITLE


def _field(field: Field, words: Words) -> Element:
    """An input with what is wrong with it and what helps, close below it."""
    beside = [
        *_beside(field.error, weight="Bolder", **ALARMING),
        *_beside(field.hint, **REMARK),
    ]
    return {"type": "Container", "spacing": "Medium", "items": [*_asked(field, words), *beside]}


def _is_settled(field: Field) -> TypeGuard[ChoiceField]:
    """Whether there is one answer and it is given: nobody has to press the only button of its kind."""
    return (
        isinstance(field, ChoiceField)
        and field.required
        and not (field.many or field.error)
        and len(field.choices) == 1
        and field.value == (field.choices[0].value,)
    )


def _told_once(field: ChoiceField, title: str) -> list[Element]:
    """What is settled is told, unless the title says it already; it goes back with the button."""
    said = seen.line(field.choices[0].label)
    if said in title:
        return []
    return list(texts(LABELED.join(filter(None, (seen.line(field.label), said))), spacing="Medium"))


def _beside(said: str, **look: object) -> Iterator[Element]:
    return texts(seen.cut(seen.line(said), limits.BESIDE_AN_INPUT), spacing="None", **look)


def _asked(field: Field, words: Words) -> list[Element]:
    label = seen.cut(seen.line(field.label), limits.INPUT_LABEL)
    if isinstance(field, FileField):
        return _told(label, words.say("form-no-files"))
    if isinstance(field, ChoiceField) and not field.choices:
        # There is no input for a question without an answer; it stays to be read.
        return _told(label, words.say("form-no-choices"))
    needed = "field-error-nothing-chosen" if isinstance(field, ChoiceField) else "field-error-empty"
    return [
        {
            "id": f"{SEVERAL if isinstance(field, ChoiceField) and field.many else ONE}{field.name}",
            "label": unmarked(label or seen.NOTHING),
            **({"isRequired": True, "errorMessage": words.say(needed)} if field.required else {}),
        }
        | _input(field)
    ]


def _told(label: str, said: str) -> list[Element]:
    return [*texts(label, weight="Bolder"), text(said, **NEXT)]


def _input(field: TextField | DateField | NumberField | ChoiceField) -> Element:
    match field:
        case TextField():
            return _text(field.value, is_long=field.lines > 1)
        case DateField():
            held = {} if field.value is None else {"value": field.value.isoformat()}
            return {"type": "Input.Date"} | held
        case NumberField():
            written = field.entered if field.value is None else wording.number(field.value)
            return _text(written, is_long=False)
        case ChoiceField():
            return _choices(field)


def _text(value: str, *, is_long: bool) -> Element:
    written = seen.entry(value)[: limits.INPUT_TEXT]
    element: Element = {"type": "Input.Text", "maxLength": limits.INPUT_TEXT}
    return element | ({"isMultiline": True} if is_long else {}) | ({"value": written} if written else {})


def _choices(field: ChoiceField) -> Element:
    chosen = [choice.value for choice in field.choices if choice.value in field.value]
    kept = chosen if field.many else chosen[:1]
    return {
        "type": "Input.ChoiceSet",
        "style": "expanded" if len(field.choices) <= limits.FEW_CHOICES else "compact",
        **({"isMultiSelect": True} if field.many else {}),
        "wrap": True,
        "choices": [_choice(each) for each in field.choices],
        **({"value": BETWEEN.join(kept)} if kept else {}),
    }


def _choice(choice: Choice) -> Element:
    if not choice.value or BETWEEN in choice.value or seen.length(choice.value) > limits.BUTTON_VALUE:
        raise ValueError("a choice goes back as an id, not as a text")
    label = seen.cut(seen.line(choice.label), limits.CHOICE_TEXT)
    return {"title": unmarked(label or seen.NOTHING), "value": choice.value}

"""A message is plain values: equal messages give equal text, and forms carry their errors."""

import json

from hypothesis import given
from hypothesis import strategies as st

from messages import model
from messages.clauses import Clause, fit, shortened
from messages.kinds import MessageKind
from messages.words import load
from tests.unit.form_cast import FORM
from tests.unit.message_cast import EXAMPLES, kinds
from tests.unit.message_snapshots import LIST, listed

WORDS = load()


# Said by earlier releases: the log names it, and what one of them left to be said is still read.
NO_LONGER_SAID = {MessageKind.FILE_NOT_TAKEN}


def test_every_kind_of_message_has_an_example() -> None:
    assert kinds(WORDS) == set(MessageKind) - NO_LONGER_SAID


def test_the_list_of_all_messages_is_up_to_date() -> None:
    assert LIST.read_text(encoding="utf-8") == listed()


def test_every_message_survives_json_with_its_first_keys_in_place() -> None:
    for build in EXAMPLES.values():
        message = build(WORDS)
        plain = json.loads(model.to_json(message))

        assert list(plain) == ["kind", "title", "body", "sms", "actions", "first_word", "form"]
        assert plain["kind"] == message.kind.value
        assert model.to_json(message) == model.to_json(build(WORDS))


def test_parts_and_actions_are_told_apart_by_name() -> None:
    plain = model.to_dict(EXAMPLES["status-not-yet"](WORDS))

    assert plain["body"][1] == {
        "part": "progress",
        "label": "Continuing education",
        "value": "31.5",
        "of": "48",
        "unit": "h",
    }
    assert plain["actions"][0] == {
        "action": "button",
        "label": "Next class",
        "route": "next",
        "value": "",
        "typed": "NEXT",
    }


def test_a_form_carries_the_error_beside_its_field() -> None:
    message = model.Message(kind=MessageKind.HELP, title="", body=(), sms=(), form=FORM)

    assert FORM.errors == (("on", "That day has not come yet."),)
    assert model.to_dict(message)["form"]["fields"][2]["value"] == "4.0"


def test_no_message_shouts() -> None:
    for build in EXAMPLES.values():
        assert "!" not in model.to_json(build(WORDS))


def test_every_button_says_what_to_type_instead() -> None:
    for build in EXAMPLES.values():
        buttons = [action for action in build(WORDS).actions if isinstance(action, model.Button)]
        assert all(button.typed for button in buttons)


def test_clauses_give_way_by_priority_and_say_so() -> None:
    clauses = [
        Clause("First."),
        Clause("Second.", 2),
        Clause("Third is long.", 1, ("Third.",)),
        Clause("Last."),
    ]

    assert fit(clauses, lambda text: len(text) <= 40, "MORE.") == "First. Second. Third is long. Last."
    assert fit(clauses, lambda text: len(text) <= 34, "MORE.") == "First. Third is long. Last. MORE."
    found = fit(clauses, lambda text: len(text) <= 26, "MORE.")
    assert found == "First. Third. Last. MORE."


def test_the_deciding_clause_is_cut_rather_than_dropped() -> None:
    found = fit(
        [Clause("NOT YET, " + "x" * 50, 0), Clause("Gone.", 1)], lambda text: len(text) <= 20, "MORE."
    )

    assert found.startswith("NOT YET, xx")
    assert len(found) <= 20


@given(st.text(max_size=80), st.integers(min_value=4, max_value=40))
def test_shortening_never_exceeds_its_room(text: str, room: int) -> None:
    assert len(shortened(text, room)) <= max(room, 3)

"""Does `rollcall read text` answer every line, also the broken ones?"""

import json

from reading.text.lines import read_text_lines


def _answers(*questions: object) -> list[dict[str, object]]:
    lines = [question if isinstance(question, str) else json.dumps(question) for question in questions]
    return [json.loads(line) for line in read_text_lines(lines)]


def test_a_text_is_answered_with_the_four_agreed_fields() -> None:
    (answer,) = _answers(
        {
            "text": "what if I take autism 4 on Mar 18",
            "channel": "sms",
            "role": "officer",
            "today": "2027-03-02",
        }
    )
    assert set(answer) == {"intent", "slots", "confidence", "clarify"}
    assert answer["intent"] == "what_if"
    assert answer["slots"] == {"topic": "autism", "hours": 4, "date": "2027-03-18"}


def test_a_range_is_written_with_both_ends() -> None:
    (answer,) = _answers({"text": "history 2025", "today": "2027-03-02"})
    assert answer["slots"] == {"date_range": "2025-01-01/2025-12-31"}


def test_the_bots_last_words_make_a_yes_mean_something() -> None:
    context = {
        "user": "anything for me",
        "bot": "R-1042 Ruiz, negotiation. Reply YES to approve or NO to deny.",
        "intent": "approval_queue",
        "slots": {"request_id": "R-1042"},
    }
    yes, no, without = _answers(
        {"text": "yes", "channel": "sms", "role": "supervisor", "today": "2027-03-02", "context": context},
        {"text": "no", "channel": "sms", "role": "supervisor", "today": "2027-03-02", "context": context},
        {"text": "yes", "channel": "sms", "role": "supervisor", "today": "2027-03-02"},
    )
    assert (yes["intent"], yes["slots"]) == ("approve", {"request_id": "R-1042"})
    assert no["intent"] == "deny"
    assert without["intent"] != "approve"


def test_a_broken_line_gets_an_error_code_and_the_next_line_is_still_answered() -> None:
    answers = _answers(
        "{",
        "[]",
        {},
        {"text": 7},
        {"text": "hi"},
        {"text": "hi", "today": "soon"},
        {"text": "hi", "today": "2027-03-02", "context": "x"},
        {"text": "hi", "today": "2027-03-02", "context": {"intent": "rob_bank"}},
        {"text": "hi", "today": "2027-03-02"},
    )
    assert [answer.get("error") for answer in answers] == [
        "not-json",
        "not-an-object",
        "text-missing",
        "text-not-text",
        "today-missing",
        "today-not-a-date",
        "context-not-an-object",
        "context-intent-unknown",
        None,
    ]


def test_odd_texts_are_answered_like_any_other() -> None:
    for text in ("", "   ", "?", "\U0001f44d", "\x00\x01", "\ud800", "$", "9" * 5000, "word " * 5000, '"'):
        (answer,) = _answers({"text": text, "today": "2027-03-02"})
        assert "error" not in answer

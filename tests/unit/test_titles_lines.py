"""Does `rollcall read titles` answer every line, also the broken ones?"""

import json

from reading.titles.lines import read_titles_lines


def test_a_title_is_answered_with_topics_bookkeeping_and_reason() -> None:
    (answer,) = read_titles_lines(['{"title": "DT / Taser"}'])
    assert json.loads(answer) == {
        "topics": ["defensive_tactics", "taser_cew"],
        "bookkeeping": False,
        "reason": 'defensive_tactics: "DT"; taser_cew: "Taser"',
    }


def test_a_broken_line_gets_an_error_code_and_the_next_line_is_still_answered() -> None:
    answers = [
        json.loads(line)
        for line in read_titles_lines(["{", "[1]", "{}", '{"title": 5}', '{"title": "Ethics"}', ""])
    ]
    assert [answer.get("error") for answer in answers] == [
        "not-json",
        "not-an-object",
        "title-missing",
        "title-not-text",
        None,
        "not-json",
    ]

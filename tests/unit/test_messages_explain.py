"""Why it says so: rule, version, records, arithmetic; lists and history in pages that invent nothing."""

from datetime import date
from decimal import Decimal

from bot.sms import render as sms
from bot.terminal import render as terminal
from messages import explain, history, what_if
from messages.model import Button, Facts, Message, Table
from messages.pages import SCREEN_LINES
from messages.words import load
from rules.standing import LineState, StandingWord
from tests.unit import standing_cast as cast
from tests.unit.message_cast import EXAMPLES, RULE, completion

WORDS = load()


def buttons(message: Message) -> list[Button]:
    return [action for action in message.actions if isinstance(action, Button)]


def test_why_reads_exactly_what_the_story_says() -> None:
    assert sms.render(EXAMPLES["why"](WORDS), WORDS) == (
        "Rule CE-48 (mn-demo-2026.2): 14 recorded completions since Jul 1 2024 = 31.5 h. "
        "48 - 31.5 = 16.5 h left, of which topics 6 h. Reply LIST for the 14 lines."
    )


def test_why_names_the_law_its_date_and_how_well_it_is_known() -> None:
    message = EXAMPLES["why"](WORDS)
    text = terminal.plain(message, WORDS)

    sources = {(row.value, row.href) for part in message.body if isinstance(part, Facts) for row in part.rows}
    assert {(source.label, source.href) for source in RULE.sources} <= sources
    for said in ("Minn. R. 6700.0900", "Jul 1 2024", "Read on an official page", "Jan 15 2027"):
        assert said in text


def test_a_record_that_somebody_can_repair_is_mentioned_in_the_text() -> None:
    assert "1 record does not count yet." in sms.render(EXAMPLES["why-event"](WORDS), WORDS)


def test_pages_of_a_list_hold_every_record_once() -> None:
    counted = tuple(completion(number) for number in range(14))
    facts = [
        explain.ListFacts(rule=RULE, today=cast.AS_OF, counted=counted, not_counted=(), page=page)
        for page in (1, 2)
    ]
    rows = [
        row
        for each in facts
        for part in explain.record_list(each, WORDS).body
        if isinstance(part, Table)
        for row in part.rows
    ]

    assert [row[3] for row in rows] == [record.ref for record in counted]


def test_more_turns_the_page_until_there_is_none() -> None:
    records = tuple(completion(number) for number in range(SCREEN_LINES + 1))

    first = history.history(history.HistoryFacts(name="Ruiz", records=records), WORDS)
    last = history.history(history.HistoryFacts(name="Ruiz", records=records, page=2), WORDS)

    assert [button.value for button in buttons(first) if button.route == "more"] == ["2"]
    assert "more" not in [button.route for button in buttons(last)]


def test_a_record_without_hours_never_gets_any() -> None:
    text = terminal.plain(EXAMPLES["history"](WORDS), WORDS)

    assert "3 completions on file for 2026, 12 h in all." in text
    assert "0 h" not in text
    assert "1 of them has no hours on file." in text


def test_what_if_says_what_it_closes_and_that_nothing_was_written() -> None:
    text = sms.render(EXAMPLES["what-if"](WORDS), WORDS)

    assert "Closes: Autism." in text
    assert "Nothing was written." in text


def test_what_if_without_effect_says_so() -> None:
    facts = what_if.WhatIfFacts(
        before=cast.ruiz(), after=cast.ruiz().standing, supposed="a class that does not count"
    )

    assert "It closes nothing that is open." in sms.render(what_if.what_if(facts, WORDS), WORDS)


def test_what_if_shows_a_word_that_changes() -> None:
    after = cast.standing(StandingWord.YES, cast.ce_lines("52", "4", "1", "3"), percent=100)
    facts = what_if.WhatIfFacts(before=cast.ruiz(), after=after, supposed="20.5 h of everything")

    assert "YES (today NOT YET)" in sms.render(what_if.what_if(facts, WORDS), WORDS)


def test_the_sum_is_exact_to_the_quarter_hour() -> None:
    facts = explain.WhyFacts(
        rule=RULE,
        state=LineState.OPEN,
        today=cast.AS_OF,
        counted=(completion(1),),
        hours_counted=Decimal("2.25"),
        hours_required=Decimal("48.00"),
        since=date(2024, 7, 1),
    )

    assert "48 - 2.25 = 45.75 h left." in sms.render(explain.why(facts, WORDS), WORDS)

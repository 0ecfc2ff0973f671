"""Nobody learns of another person what they may not know, and every team adds up."""

from dataclasses import replace

from bot.sms import render as sms
from messages import about, access, team, trouble
from messages.model import Facts, Table
from messages.replies import Reply
from messages.words import load
from rules.standing import StandingWord
from tests.unit import standing_cast as cast
from tests.unit.message_cast import EXAMPLES

WORDS = load()


def four_people() -> team.TeamFacts:
    rows = tuple(team.TeamRow(name=f"Ofc. {name}", word=StandingWord.YES) for name in "ABCD")
    return team.TeamFacts(
        group="K9", rows=rows, excluded=(), at=cast.AT, today=cast.AT.date(), packs=(cast.STATE_PACK,)
    )


def test_a_refusal_reads_the_same_whether_or_not_the_person_exists() -> None:
    refusal = access.refused_person(access.RefusedPersonFacts("P. Nair"), WORDS)

    assert refusal == access.refused_person(access.RefusedPersonFacts("P. Nair"), WORDS)
    assert list(access.RefusedPersonFacts.__dataclass_fields__) == ["coordinator", "matter"]


def test_a_team_counts_every_row_and_everyone_left_out() -> None:
    message = EXAMPLES["team"](WORDS)
    counts = next(part for part in message.body if isinstance(part, Facts))
    rows = next(part for part in message.body if isinstance(part, Table)).rows

    assert sum(int(row.value) for row in counts.rows) == len(rows) == 6
    assert "Not counted: 2 (1 on leave, 1 not shown)." in str(message.body)
    assert "Total 8 people." in str(message.body)


def test_the_most_urgent_person_comes_first() -> None:
    rows = next(part for part in EXAMPLES["team"](WORDS).body if isinstance(part, Table)).rows

    assert [row[1] for row in rows] == ["OVERDUE", "UNKNOWN", "NOT YET", "NOT YET", "YES", "YES"]


def test_no_rate_is_given_for_fewer_than_five_people() -> None:
    assert "%" not in sms.render(team.team(four_people(), WORDS), WORDS)


def test_at_risk_shows_what_is_coming_before_what_is_overdue_and_nobody_on_track() -> None:
    rows = (
        team.TeamRow(name="Ofc. Late", word=StandingWord.OVERDUE),
        team.TeamRow(name="Ofc. Soon", word=StandingWord.NOT_YET),
        team.TeamRow(name="Ofc. Good", word=StandingWord.YES),
    )
    facts = replace(four_people(), rows=rows, view=team.TeamView.AT_RISK)

    table = next(part for part in team.team(facts, WORDS).body if isinstance(part, Table))

    assert [row[0] for row in table.rows] == ["Ofc. Soon", "Ofc. Late"]


def test_a_supervisor_is_told_that_looking_is_on_the_record() -> None:
    assert "on the record" in sms.render(EXAMPLES["person"](WORDS), WORDS)


def test_two_failures_in_a_row_offer_a_person() -> None:
    once = trouble.not_understood(trouble.NotUnderstoodFacts(coordinator="P. Nair"), WORDS)
    twice = trouble.not_understood(trouble.NotUnderstoodFacts(coordinator="P. Nair", failures=2), WORDS)

    assert "HUMAN" not in sms.render(once, WORDS)
    assert "HUMAN asks P. Nair to help." in sms.render(twice, WORDS)


def test_one_suggestion_is_offered_and_never_acted_on() -> None:
    facts = trouble.NotUnderstoodFacts(coordinator="P. Nair", suggestion=Reply.HISTORY)

    assert "Did you mean HISTORY?" in sms.render(trouble.not_understood(facts, WORDS), WORDS)


def test_thanks_is_answered_as_in_the_story() -> None:
    assert sms.render(about.thanks(WORDS), WORDS) == "Anytime. Stay safe."


def test_are_you_an_ai_names_five_things_in_two_segments_and_under_eighty_words() -> None:
    text = sms.render(about.are_you_ai(WORDS), WORDS)

    assert len(about.NEVER) == 5
    assert all(WORDS.say(f"ai-never-{thing}") in text for thing in about.NEVER)
    assert len(text.split()) < 80


def test_every_later_feature_says_what_to_do_instead() -> None:
    for feature in trouble.Later:
        message = trouble.not_yet_available(trouble.NotYetAvailableFacts(feature, "P. Nair"), WORDS)

        assert message.sms[0].text


def test_every_glossary_term_is_found_by_what_a_person_types() -> None:
    assert about.glossary_term("Licensing Cycles") == "licensing-cycle"
    assert about.glossary_term("flux") == ""
    for term in about.GLOSSARY_TERMS:
        assert about.glossary_term(term.replace("-", " ")) == term
        assert about.glossary(about.GlossaryFacts(term, term), WORDS).body


def test_danger_gets_radio_and_911_and_nothing_else_to_do() -> None:
    message = EXAMPLES["emergency"](WORDS)
    text = sms.render(message, WORDS)

    assert text.startswith("Nobody watches this line.")
    assert "911" in text
    assert "988" in text
    assert message.actions == ()

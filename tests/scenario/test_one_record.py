"""Does WHY open down to the record, for whoever may see it, and for nobody else?"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.records.facts import Completion, Kept
from db.unit_of_work import writing
from messages.kinds import MessageKind
from messages.model import Button, Facts, Message, Table
from messages.model import to_json as as_json
from tests.scenario.cast import SCREEN, SMS, Agency, told
from training.transcripts.records import record_number

RUIZ, LEE, NOVAK, HALL, OKAFOR, TORRES, NAIR, ADMINISTRATOR = (
    "214", "231", "240", "205", "77", "31", "902", "930",
)  # fmt: skip
NOBODYS = "record 999999"


def rows_of(message: Message) -> Iterator[Button]:
    """Buttons of rows."""
    for part in message.body:
        if isinstance(part, Table):
            yield from part.actions


def facts_of(message: Message) -> dict[str, str]:
    return {row.label: row.value for part in message.body if isinstance(part, Facts) for row in part.rows}


def table_of(message: Message, title: str) -> Table:
    return next(part for part in message.body if isinstance(part, Table) and part.title.startswith(title))


def number(kept: Kept[Completion]) -> int:
    return record_number(kept.id)


def test_a_record_of_the_list_opens_with_what_happened_and_when_it_was_recorded(lakemont: Agency) -> None:
    lakemont.ask(RUIZ, "why")
    first = next(rows_of(lakemont.ask(RUIZ, "list")))
    lakemont.at("2027-03-05 09:00")
    message = lakemont.press(RUIZ, first)
    assert message.kind is MessageKind.RECORD
    assert message.title == f"Record {first.label}, Ruiz"
    facts = facts_of(message)
    assert facts["Happened"] == "Aug 20 2024"
    assert facts["Recorded"] == "Mar 2 2027 14:10"
    assert facts["Title"] == "Crisis Intervention: Mental Health Calls"
    assert facts["On file"] == "4 h, passed"
    assert facts["Topics"] == "Crisis intervention (as given)"
    assert facts["Provider"] == "Lakemont PD"
    assert facts["Course number"] == "9100-0211"
    assert facts["Approved by the board"] == "yes"
    assert facts["Came from"] == "import of history.csv"
    assert "Recorded by" not in facts
    rules = {row[0].split()[0]: row[2] for row in table_of(message, "Counts for").rows}
    assert rules["CE-48"] == rules["CRI-6"] == "4 h"


def test_the_same_record_is_opened_by_row_word_and_whole_number(lakemont: Agency) -> None:
    row = next(rows_of(lakemont.ask(RUIZ, "list")))
    pressed = as_json(lakemont.press(RUIZ, row))
    for text in (
        row.typed,
        row.typed.upper(),
        f"show record {row.value}",
        f"Record #{row.label}?",
        f"record no. {row.label}",
    ):
        assert as_json(lakemont.ask(RUIZ, text)) == pressed, text


def test_every_row_of_list_history_and_why_opens_the_record_it_stands_for(embedded: Agency) -> None:
    for text in ("list", "more", "why", "history 2026"):
        message = embedded.ask(RUIZ, text)
        tables = [part for part in message.body if isinstance(part, Table)]
        assert tables, text
        for table in tables:
            for row, button in zip(table.rows, table.actions, strict=True):
                assert facts_of(embedded.press(RUIZ, button))["Title"] == row[1]
        embedded.ask(RUIZ, "list")


def test_a_squad_mate_gets_for_a_record_exactly_what_an_unknown_number_gets(lakemont: Agency) -> None:
    of_ruiz = [number(kept) for kept in lakemont.completions(RUIZ)]
    for channel in (SMS, SCREEN):
        nobodys = as_json(lakemont.ask(LEE, NOBODYS, channel))
        for each in (of_ruiz[0], of_ruiz[-1]):
            assert as_json(lakemont.ask(LEE, f"record {each}", channel)) == nobodys
    assert lakemont.ask(LEE, NOBODYS).kind is MessageKind.NO_RECORD
    assert not lakemont.entries("record:viewed")
    refused = lakemont.entries("record:refused")
    assert {str(told(entry)) for entry in refused} == {str({"kind": "no-record"})}
    assert not [entry for entry in refused if entry.subject_id == lakemont.id_of(RUIZ)]


@pytest.mark.parametrize("badge", [LEE, OKAFOR, ADMINISTRATOR])
def test_what_follows_a_record_not_shown_does_not_tell_whether_there_is_one(
    embedded: Agency, badge: str
) -> None:
    of_hall = number(embedded.completions(HALL)[0])
    for follow_up in ("why", "list", "more", "status", "1"):
        embedded.ask(badge, "am i good")
        embedded.ask(badge, f"record {of_hall}")
        after_somebodys = as_json(embedded.ask(badge, follow_up))
        embedded.ask(badge, "am i good")
        embedded.ask(badge, NOBODYS)
        assert as_json(embedded.ask(badge, follow_up)) == after_somebodys, follow_up


@pytest.mark.parametrize(
    "written",
    [
        "0", "00000", "1", "9" * 10, "9" * 19, "9" * 25, "9223372036854775807", "9223372036854775808",
        "20000001202", "-1202", "1202.5", "1e3", "1202 or 1=1", "\u0661\u0662\u0660\u0662", "", " ", "x", "None",
    ],
)  # fmt: skip
def test_no_number_that_can_be_sent_shows_anything_or_breaks_anything(lakemont: Agency, written: str) -> None:
    pressed = lakemont.press(RUIZ, Button("", "record", written))
    assert pressed.kind is MessageKind.NO_RECORD
    lakemont.ask(RUIZ, f"record {written}")


def test_a_fact_of_another_kind_is_no_record(lakemont: Agency) -> None:
    assert lakemont.ask(RUIZ, f"record {record_number(lakemont.id_of(RUIZ))}").kind is MessageKind.NO_RECORD


def test_a_sergeant_sees_it_and_the_officer_sees_that(lakemont: Agency) -> None:
    each = number(lakemont.completions(RUIZ, "domestic-violence")[0])
    message = lakemont.ask(OKAFOR, f"record {each}")
    assert message.kind is MessageKind.RECORD
    assert "Officer Dana Ruiz can see it" in lakemont.text(OKAFOR, f"record {each}")
    views = lakemont.entries("record:viewed", about=RUIZ)
    assert {entry.actor_id for entry in views} == {lakemont.id_of(OKAFOR)}
    assert views[0].data["record"] == lakemont.completions(RUIZ, "domestic-violence")[0].id
    seen = lakemont.screen(RUIZ, "who saw my record")
    assert "Sergeant Okafor" in seen
    assert "one of your records" in seen
    own = lakemont.ask(RUIZ, f"record {each}")
    assert "can see it" not in as_json(own)
    assert len(lakemont.entries("record:viewed", about=RUIZ)) == len(views)


def test_who_may_open_a_record_is_decided_by_the_line_of_that_minute(lakemont: Agency) -> None:
    each = number(lakemont.completions(RUIZ)[0])
    assert lakemont.ask(OKAFOR, f"record {each}").kind is MessageKind.RECORD
    lakemont.moves_under(RUIZ, "71", "2027-03-02 15:00")
    assert lakemont.ask(OKAFOR, f"record {each}").kind is MessageKind.RECORD
    lakemont.at("2027-03-02 15:00")
    assert lakemont.ask(OKAFOR, f"record {each}").kind is MessageKind.NO_RECORD
    for badge, kind in ((TORRES, MessageKind.RECORD), (NAIR, MessageKind.RECORD)):
        assert lakemont.ask(badge, f"record {each}").kind is kind, badge
    assert lakemont.ask(ADMINISTRATOR, f"record {each}").kind is MessageKind.NO_RECORD


def test_a_corrected_record_shows_before_and_after_and_both_can_be_opened(lakemont: Agency) -> None:
    kept = lakemont.completions(RUIZ, "domestic-violence")[0]
    lakemont.at("2027-03-04 10:30")
    with writing(
        lakemont.office.engine,
        lakemont.agency_id,
        at=lakemont.clock.at,
        actor_id=lakemont.id_of(NAIR),
        channel="test",
    ) as writer:
        new_id = writer.correct(
            kept.id, replace(kept.fact, hours=Decimal("2.25"), completed_on=date(2025, 12, 3))
        )
    message = lakemont.ask(RUIZ, f"record {record_number(new_id)}")
    facts = facts_of(message)
    assert facts["Happened"] == "Dec 3 2025"
    assert facts["Recorded"] == "Mar 4 2027 10:30"
    assert facts["Recorded by"] == "Nair"
    assert facts["Came from"] == "entered in Rollcall"
    assert facts["Replaces"] == f"record {number(kept)}, recorded Mar 2 2027 14:10"
    change = table_of(message, "What changed")
    assert change.columns == ("What", "Before", "Now")
    assert change.rows == (
        ("Happened", "Dec 2 2025", "Dec 3 2025"),
        ("On file", "4 h, passed", "2.25 h, passed"),
    )
    assert {row[0]: row[-1] for row in table_of(message, "Counts for").rows}[
        "CE-48 Continuing education"
    ] == ("2.25 h")
    to_old = next(each for each in message.actions if isinstance(each, Button) and each.route == "record")
    old = lakemont.press(RUIZ, to_old)
    assert facts_of(old)["Replaced by"] == f"record {record_number(new_id)}, recorded Mar 4 2027 10:30"
    assert f"Record {record_number(new_id)} replaced it on Mar 4 2027" in as_json(old)
    assert not [part for part in old.body if isinstance(part, Table)]
    back = next(each for each in old.actions if isinstance(each, Button) and each.route == "record")
    assert as_json(lakemont.press(RUIZ, back)) == as_json(message)


def test_a_record_as_it_was_known_shows_nothing_that_came_later(embedded: Agency) -> None:
    embedded.at("2027-03-04 10:30")
    kept = embedded.completions(RUIZ, "domestic-violence")[0]
    with embedded.writing() as writer:
        new_id = writer.correct(kept.id, replace(kept.fact, hours=Decimal("2.25")))
    embedded.at("2027-03-05 09:00")
    now = facts_of(embedded.ask(RUIZ, f"record {number(kept)}"))
    then = facts_of(embedded.ask(RUIZ, f"record {number(kept)} as known on 2027-03-03"))
    assert ("Replaced by" in now, "Replaced by" in then) == (True, False)
    later = embedded.ask(RUIZ, f"record {record_number(new_id)} as known on 2027-03-03")
    assert later.kind is MessageKind.NO_RECORD


def test_a_withdrawn_record_says_so_and_counts_nowhere(lakemont: Agency) -> None:
    kept = lakemont.completions(LEE, "autism")[0]
    with lakemont.writing() as writer:
        gone = writer.withdraw(kept.id, Completion)
    said = lakemont.text(LEE, f"record {number(kept)}")
    assert "It was withdrawn on Mar 2 2027" in said
    assert "It counts today" not in said
    assert lakemont.ask(LEE, f"record {record_number(gone)}").kind is MessageKind.NO_RECORD


def test_a_record_that_moved_to_another_file_tells_neither_person_about_the_other(lakemont: Agency) -> None:
    kept = lakemont.completions(LEE, "autism")[0]
    with lakemont.writing() as writer:
        new_id = writer.correct(
            kept.id,
            replace(kept.fact, person_id=lakemont.id_of(RUIZ), hours=Decimal(3), title="Autism Basics"),
        )
    for badge, each in ((LEE, kept.id), (RUIZ, new_id)):
        message = lakemont.ask(badge, f"record {each}")
        assert message.kind is MessageKind.RECORD
        assert not [
            button for button in message.actions if isinstance(button, Button) and button.route == "record"
        ]
        other_title, other_name = ("Autism Basics", "Ruiz") if badge == LEE else (kept.fact.title, "Lee")
        assert other_title not in as_json(message)
        assert other_name not in as_json(message)
    assert as_json(lakemont.ask(LEE, f"record {new_id}")) == as_json(lakemont.ask(LEE, NOBODYS))
    assert as_json(lakemont.ask(RUIZ, f"record {kept.id}")) == as_json(lakemont.ask(RUIZ, NOBODYS))


def test_a_topic_that_was_read_in_the_title_shows_the_words_of_the_title(lakemont: Agency) -> None:
    kept = lakemont.completions(RUIZ, "domestic-violence")[0]
    with lakemont.writing() as writer:
        reasons = {"autism": {"phrase": "autism", "written": "Autism <@all>"}}
        new_id = writer.correct(
            kept.id, replace(kept.fact, topics=("autism", "ethics"), topic_hours={}, topic_reasons=reasons)
        )
    topics = facts_of(lakemont.ask(RUIZ, f"record {new_id}"))["Topics"]
    assert topics == 'ethics (as given), Autism (read in the title: "Autism (at) all")'


def test_a_record_in_doubt_says_for_which_duties_and_why(embedded: Agency) -> None:
    doubtful = next(kept for kept in reversed(embedded.completions("229")) if not kept.fact.topics)
    message = embedded.ask("229", f"record {number(doubtful)}")
    assert facts_of(message)["Topics"] == "nobody has said which"
    assert "It has no topic on file." in as_json(message)
    assert table_of(message, "In doubt for").rows


def test_a_record_without_credit_gives_its_one_reason_once(embedded: Agency) -> None:
    first = embedded.completions(RUIZ, "use-of-force")[0]
    said = embedded.screen(RUIZ, f"record {number(first)}")
    assert said.splitlines()[1] == "It counts for no duty today. It is dated before the period began."


def test_why_after_a_record_still_means_the_rule_that_was_talked_about(lakemont: Agency) -> None:
    why = as_json(lakemont.ask(RUIZ, "why autism"))
    each = number(lakemont.completions(RUIZ, "domestic-violence")[0])
    message = lakemont.ask(RUIZ, f"record {each}")
    assert [each.route for each in message.actions if isinstance(each, Button)][-2:] == ["why", "status"]
    assert as_json(lakemont.ask(RUIZ, "why")) == why
    lakemont.ask(RUIZ, f"record {each}")
    lakemont.ask(RUIZ, NOBODYS)
    assert as_json(lakemont.ask(RUIZ, "why")) == why


def test_why_after_a_record_of_somebody_else_is_about_that_person(lakemont: Agency) -> None:
    lakemont.ask(OKAFOR, "how is novak")
    assert "MED-3" in lakemont.screen(OKAFOR, "why")
    lakemont.ask(OKAFOR, f"record {number(lakemont.completions(RUIZ)[-1])}")
    assert "31.5 h" in lakemont.screen(OKAFOR, "why")
    own = lakemont.completions(OKAFOR)
    if own:
        lakemont.ask(OKAFOR, f"record {number(own[-1])}")
        assert lakemont.entries("record:viewed")[0].data["kind"] == "why"


def test_a_record_read_on_a_phone_fits_a_text(embedded: Agency) -> None:
    for kept in embedded.completions(RUIZ):
        said = embedded.text(RUIZ, f"record {number(kept)}")
        assert said.startswith(f"Record {number(kept)}: "), said
        assert re.search(r"Reply WHY or STATUS\.$", said), said
        assert len(said) <= 306

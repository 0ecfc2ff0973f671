"""What did a person's file say at a moment, where did each entry come from, and what differs between two moments?"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.cli import main
from bot.demo.agency import NOW
from db.queries import evaluation
from db.records.facts import Completion
from messages.transcript import change_lines, transcript_lines
from rules.standing import StandingWord
from tests.scenario.cast import Agency, agency_in
from training.agency_setup import found
from training.transcripts.transcripts import Transcript, difference, transcript

RUIZ, LEE = "214", "231"
LATER = "2027-03-05 09:00"


def of(
    agency: Agency, badge: str, *, known_at: datetime | None = None, as_of: date | None = None
) -> Transcript:
    with agency.reading() as conn:
        made = transcript(
            conn,
            agency.office.shelf,
            agency.agency_id,
            badge,
            as_of=as_of or agency.today,
            known_at=known_at,
            now=agency.clock.at,
        )
    assert made is not None
    return made


def corrects(agency: Agency, completion_id: int, hours: str) -> int:
    with agency.writing() as writer:
        kept = evaluation.completion(writer.conn, agency.agency_id, completion_id)
        assert kept is not None
        return writer.correct(kept.id, replace(kept.fact, hours=Decimal(hours), topic_hours={}))


def test_the_transcript_is_the_file_with_where_each_entry_came_from(embedded: Agency) -> None:
    made = of(embedded, RUIZ)
    assert len(made.facts.entries) == len(embedded.completions(RUIZ))
    assert {entry.file_name for entry in made.facts.entries} == {"history.csv"}
    assert (made.facts.word, made.facts.recorded_later) == (StandingWord.NOT_YET, ())
    assert made.facts.packs == embedded.standing(RUIZ).packs


def test_a_transcript_of_a_time_that_came_twice_does_not_look_certain(lakemont: Agency) -> None:
    lakemont.at("2027-03-10 09:30").completes(RUIZ, "2027-02-20", "4", "autism", "Autism")
    lakemont.at(LATER).completes(RUIZ, "2027-03-04", "1", "bias-crimes", "Bias crimes")
    then = lakemont.clock.at
    certain, doubtful = of(lakemont, RUIZ), of(lakemont, RUIZ, known_at=then + timedelta(days=1))
    assert (certain.facts.doubtful, doubtful.facts.doubtful) == (False, True)
    said = "A clock was set back around then"
    assert said in "\n".join(transcript_lines(doubtful.facts, lakemont.words))
    assert said in "\n".join(change_lines(difference(doubtful, certain), lakemont.words))


def test_what_happened_before_and_was_recorded_later_is_apart(embedded: Agency) -> None:
    then = embedded.clock.at
    embedded.at(LATER).completes(RUIZ, "2027-02-20", "4", "autism", "Autism and the patrol officer")
    embedded.completes(RUIZ, "2027-03-04", "1", "bias-crimes", "Bias crimes")
    made = of(embedded, RUIZ, known_at=then, as_of=date(2027, 3, 2))
    assert "Autism and the patrol officer" not in {entry.title for entry in made.facts.entries}
    # What happened after the day is not yet anything that happened before it.
    assert [entry.title for entry in made.facts.recorded_later] == ["Autism and the patrol officer"]


def test_an_entry_says_what_became_of_it_since(embedded: Agency) -> None:
    then = embedded.clock.at
    first, second, third = (kept.id for kept in embedded.completions(RUIZ)[:3])
    embedded.at(LATER)
    new = corrects(embedded, first, "9")
    with embedded.writing() as writer:
        writer.withdraw(second, Completion)
        kept = evaluation.completion(writer.conn, embedded.agency_id, third)
        assert kept is not None
        writer.correct(third, replace(kept.fact, person_id=embedded.id_of(LEE)))
    entries = {entry.number: entry for entry in of(embedded, RUIZ, known_at=then).facts.entries}
    base = embedded.agency_id * 10_000_000_000
    replaced, withdrawn, moved = (entries[each - base] for each in (first, second, third))
    assert (replaced.later, replaced.withdrawn) == (new - base, False)
    assert (withdrawn.later, withdrawn.withdrawn) == (None, True)
    assert (moved.later, moved.withdrawn) == (None, False)
    for entry in (replaced, withdrawn, moved):
        assert entry.ended_at is not None
        assert entry.ended_at.astimezone(NOW.tzinfo) == embedded.clock.at
    untouched = next(
        entry for number, entry in entries.items() if number + base not in {first, second, third}
    )
    assert untouched.ended_at is None


def test_two_moments_differ_in_what_was_added_removed_and_changed(lakemont: Agency) -> None:
    before = of(lakemont, RUIZ)
    first, second = (kept.id for kept in lakemont.completions(RUIZ)[:2])
    lakemont.at(LATER).completes(RUIZ, "2027-02-20", "40", "general", "Found in a drawer")
    lakemont.completes(RUIZ, "2027-03-04", "1", "general", "After the day")
    again = corrects(lakemont, first, "9")
    corrects(lakemont, again, "9.5")
    with lakemont.writing() as writer:
        writer.withdraw(second, Completion)
    told = difference(before, of(lakemont, RUIZ))
    assert {each.after.title: each.late for each in told.added if each.after} == {
        "Found in a drawer": True,
        "After the day": False,
    }
    assert [each.before.number for each in told.removed if each.before] == [second % 10_000_000_000]
    (changed,) = told.changed
    assert changed.before is not None
    assert changed.after is not None
    # Corrected twice is still one change, from what it said then to what it says now.
    assert (changed.before.number, changed.after.hours) == (first % 10_000_000_000, Decimal("9.5"))
    assert "hours" in changed.fields
    assert changed.late
    assert told.standing is not None
    total = next(each for each in told.standing.lines if each.line.requirement == "mn-ce-total-48")
    assert total.before is not None
    assert total.after is not None
    assert (total.before.hours_counted, total.after.hours_counted) != (None, total.before.hours_counted)
    backwards = difference(of(lakemont, RUIZ), before)
    assert len(backwards.removed) == 2


def test_a_transcript_beside_itself_differs_in_nothing(embedded: Agency) -> None:
    assert difference(of(embedded, RUIZ), of(embedded, RUIZ)).same


def test_two_days_of_one_knowledge_differ_in_the_standing(lakemont: Agency) -> None:
    told = difference(of(lakemont, RUIZ), of(lakemont, RUIZ, as_of=date(2027, 7, 15)))
    assert (told.added, told.removed, told.changed) == ((), (), ())
    assert told.standing is not None
    assert (told.standing.before, told.standing.after) == (StandingWord.NOT_YET, StandingWord.OVERDUE)


def test_an_old_transcript_is_the_same_whenever_it_is_asked_for(embedded: Agency) -> None:
    moment, day = embedded.clock.at, embedded.today
    before = of(embedded, RUIZ, known_at=moment, as_of=day)
    embedded.at(LATER).completes(RUIZ, "2027-02-20", "4", "autism")
    corrects(embedded, embedded.completions(RUIZ)[0].id, "9")
    again = of(embedded, RUIZ, known_at=moment, as_of=day)
    assert again.standing == before.standing
    assert [entry.number for entry in again.facts.entries] == [entry.number for entry in before.facts.entries]


def test_before_anything_was_known_nobody_is_judged(embedded: Agency) -> None:
    made = of(embedded, RUIZ, known_at=NOW - timedelta(days=900))
    assert (made.facts.sequence, made.facts.entries, made.facts.word) == (0, (), None)
    assert len(made.facts.recorded_later) == len(embedded.completions(RUIZ))


def test_a_badge_of_another_agency_is_nobody_s_here(lakemont: Agency) -> None:
    other = found(lakemont.office, "Ashby Sheriff", "MN", "America/Chicago", ("mn-demo",))
    Agency(lakemont.office, lakemont.clock, other).hires("A-1", "Pat", "Quill")
    with lakemont.reading() as conn:
        nobody = transcript(
            conn,
            lakemont.office.shelf,
            lakemont.agency_id,
            "A-1",
            as_of=lakemont.today,
            known_at=NOW,
            now=NOW,
        )
    assert nobody is None


@pytest.fixture
def installed(sqlite_lakemont: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Agency:
    """An installation whose record is Lakemont's, for whole commands."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROLLCALL_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", sqlite_lakemont.url.render_as_string(hide_password=False))
    return agency_in(sqlite_lakemont, NOW)


def test_the_command_prints_the_transcript_and_writes_down_the_look(
    installed: Agency, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["transcript", RUIZ, "--known-at", "2027-03-02"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith(" Ruiz (214), Lakemont PD")
    assert said[1].startswith("As of Mar 2 2027, as known on Mar 2 2027 23:59 (sequence ")
    assert said[2] == "NOT YET. Rules: mn-demo-2026.2, lkm-2027.1."
    assert "from history.csv" in said[5]
    look = installed.entries("record:viewed", about=RUIZ)[0]
    assert (look.data["kind"], look.data["packs"]) == ("transcript", ["mn-demo-2026.2", "lkm-2027.1"])
    assert main(["transcript", "99999"]) == 1
    assert "Nobody at the agency has the badge 99999." in capsys.readouterr().err


def test_against_another_moment_the_command_prints_what_differs(
    installed: Agency, capsys: pytest.CaptureFixture[str]
) -> None:
    installed.at(LATER).completes(RUIZ, "2027-02-20", "4", "autism", "Found in a drawer")
    moments = ["--known-at", "2027-03-05T09:30", "--against", "2027-03-04"]
    assert main(["transcript", RUIZ, *moments, "--as-of", "2027-03-05"]) == 0
    said = capsys.readouterr().out.partition("Differences.")[2]
    assert "ADDED" in said
    assert "Found in a drawer" in said
    assert "(happened before, recorded later)" in said
    assert "STANDING NOT YET -> NOT YET" in said
    assert main(["transcript", RUIZ, *moments[:2], "--against", "2027-03-05T09:20"]) == 0
    assert "Both say the same." in capsys.readouterr().out


def test_a_day_against_a_day_compares_the_days(installed: Agency, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["transcript", RUIZ, "--as-of", "2027-03-05", "--against", "2027-07-15"]) == 0
    said = capsys.readouterr().out.partition("Differences.")[2]
    assert "STANDING NOT YET -> OVERDUE" in said
    assert "ADDED" not in said

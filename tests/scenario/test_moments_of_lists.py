"""What waited, what was written down and what would be, at another moment: answered for it, or said to have none."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.cli import main
from bot.composition import ProcessClock
from bot.demo.agency import NOW
from bot.desk.clock import set_clock
from bot.desk.strip import Strip
from messages.kinds import MessageKind
from messages.model import Button, DateField, Message
from tests.fakes.keys import a_key_store
from tests.scenario.cast import SCREEN, SMS, Agency, agency_in, submitted
from training.office import Office
from training.packs import PackShelf

RUIZ, OKAFOR, NAIR, PARK = "214", "77", "902", "905"
A_CLASS = "what if i take autism 4 hours on 2027-06-03"
LATER = "2027-03-10 09:00"


def completes_autism(agency: Agency, on: str = "2027-02-20") -> None:
    """A class that is over by March and comes on file when the clock says."""
    agency.completes(RUIZ, on, "4", "autism", title="Autism Response")


def twice(agency: Agency) -> None:
    """The same class once more, on file when the clock says."""
    kept = agency.completions(RUIZ, "crisis-intervention")[0]
    with agency.writing() as writer:
        writer.record(replace(kept.fact, source_key=None))


def labels(message: Message) -> list[str]:
    return [each.label for each in message.actions if isinstance(each, Button)]


def test_a_class_is_supposed_for_a_day_and_the_answer_names_the_day(embedded: Agency) -> None:
    said = embedded.text(RUIZ, f"{A_CLASS} as of 2027-06-10")
    assert said.startswith("If you add autism 4 h on Jun 3: NOT YET (on Jun 10 2027 NOT YET).")
    assert "This is for Jun 10 2027, if nothing more is recorded before then." in said
    assert "35.5 of 48 h (73%), 20 days left (Jun 30)" in said
    assert "(today NOT YET)" in embedded.text(RUIZ, A_CLASS)
    assert "OVERDUE)" in embedded.text(RUIZ, "what if i take autism 4 hours on 2027-06-03 as of 2027-07-15")


def test_a_class_is_supposed_on_the_file_of_a_moment(embedded: Agency) -> None:
    completes_autism(embedded.at(LATER))
    assert "39.5 of 48 h" in embedded.text(RUIZ, A_CLASS)
    known = embedded.screen(RUIZ, f"{A_CLASS}, as known on 2027-03-05")
    assert "35.5 of 48 h" in known
    assert "1 completion of that time was recorded later and is not in it." in known


def test_nothing_is_supposed_of_a_day_before_the_file(embedded: Agency) -> None:
    said = embedded.text(RUIZ, "what if i take autism 4 hours on 2018-06-03, as of 2018-06-10")
    assert said.startswith("UNKNOWN. The file at Lakemont PD is whole from")
    said = embedded.text(RUIZ, f"{A_CLASS}, as known on 2027-01-15")
    assert said.startswith("UNKNOWN. At Lakemont PD nothing was on file")


def test_a_form_filled_in_under_an_answer_stays_on_its_moment_and_a_new_supposition_is_about_now(
    embedded: Agency,
) -> None:
    shown = embedded.ask(RUIZ, "what if as of 2027-06-10")
    assert shown.form is not None
    day = next(each for each in shown.form.fields if isinstance(each, DateField))
    assert day.value == date(2027, 6, 10)
    filled = {"topic": ("autism",), "hours": ("4",), "day": ("2027-06-03",)}
    embedded.ask(RUIZ, "what if as of 2027-06-10", "desk")
    assert "This is for Jun 10 2027" in str(submitted(embedded, filled).body[0])
    embedded.ask(RUIZ, "what if i take autism", "desk")
    assert "This is for" not in str(submitted(embedded, filled).body)
    assert "This is for Jun 10 2027" in embedded.text(RUIZ, "status as of 2027-06-10")
    assert "This is for Jun 10 2027" in embedded.text(RUIZ, "what if")
    assert "This is for" not in embedded.text(RUIZ, A_CLASS)


def test_the_log_as_it_stood_has_nothing_that_was_written_later(embedded: Agency) -> None:
    embedded.text(RUIZ, "am i good")
    first = embedded.at("2027-03-05 08:00").screen(PARK, "log as known on 2027-03-03")
    assert "Officer Ruiz asked for their standing" in first
    assert "This is what the file said on Mar 3 2027 23:59." in first
    assert "read the log" not in first
    embedded.at("2029-01-01 08:00").text(RUIZ, "deadlines")
    assert embedded.screen(PARK, "log as known on 2027-03-03") == first
    assert embedded.screen(PARK, "log as of 2027-03-03") == first
    assert "read the log" in embedded.screen(PARK, "log")


def test_the_minute_decides_what_was_in_the_log(lakemont: Agency) -> None:
    lakemont.at("2027-03-05 08:30").text(RUIZ, "am i good")
    lakemont.at("2027-03-06 08:00")
    assert "by text" not in lakemont.screen(PARK, "log as known on 2027-03-05 08:29")
    assert "by text" in lakemont.screen(PARK, "log as known on 2027-03-05 08:30")


def test_the_log_of_a_day_is_that_day_alone_and_more_goes_on_with_it(lakemont: Agency) -> None:
    lakemont.at("2027-03-05 00:00")
    for _ in range(11):
        lakemont.text(RUIZ, "am i good")
    lakemont.at("2027-03-06 00:00").text(RUIZ, "deadlines")
    for words in ("log of 2027-03-05", "log on March 5", "log yesterday"):
        day = lakemont.screen(PARK, words)
        assert "Entries of the log for Mar 5 2027, newest first." in day
        assert "deadlines" not in day
    more = lakemont.screen(PARK, "more")
    assert "Entries of the log for Mar 5 2027" in more
    assert "Mar 2 2027" not in more
    assert "Mar 5 2027 to Mar 6 2027" in lakemont.screen(PARK, "log since march 5")
    assert "no entry here for Mar 4 2027" in lakemont.text(PARK, "log on march 4")


def test_the_log_of_a_day_to_come_is_not_made_up(embedded: Agency) -> None:
    said = embedded.text(PARK, "log as of 2027-12-01")
    assert said.startswith("Nobody can say yet what the file will hold on 2027-12-01.")
    assert 'I cannot read "june" as a day' in embedded.text(PARK, "log as of june")


def test_who_saw_my_record_up_to_a_moment_and_on_a_day(lakemont: Agency) -> None:
    lakemont.text(OKAFOR, "how is ruiz")
    lakemont.at(LATER).text(OKAFOR, "how is ruiz")
    assert "2 looks at your record are on file." in lakemont.text(RUIZ, "who saw my record")
    until = lakemont.text(RUIZ, "who saw my record as of 2027-03-05")
    assert until.startswith(
        "1 look at your record is on file. This is what the file said on Mar 5 2027 23:59."
    )
    assert "Nobody else has looked" in lakemont.text(RUIZ, "who saw my record as known on 2027-03-01")
    assert "1 look at your record is on file for Mar 2 2027." in lakemont.text(
        RUIZ, "who saw my record on 2027-03-02"
    )
    assert "Nobody else looked at your record in this time: Mar 5 2027." in lakemont.text(
        RUIZ, "who saw my record on 2027-03-05"
    )


def test_what_waited_once_is_shown_without_a_choice_and_what_waits_now_with_one(embedded: Agency) -> None:
    before = embedded.screen(NAIR, "duplicates")
    twice(embedded.at(LATER))
    now = embedded.ask(NAIR, "duplicates")
    then = embedded.ask(NAIR, "duplicates as known on 2027-03-05")
    assert "4 things may be twice" in str(now.body)
    assert "3 things may be twice" in str(then.body)
    assert "3 things may be twice" in before
    assert "2: same" in labels(now)
    assert not [each for each in labels(then) if "same" in each or "right" in each]
    # What waited then is not decided from there: the same word is about what waits now.
    assert "This is" not in embedded.text(NAIR, "same 2")


def test_what_waited_for_a_day_leaves_out_what_came_after_it(embedded: Agency) -> None:
    twice(embedded)
    by_new_year = embedded.screen(NAIR, "duplicates as of 2027-01-01")
    assert "4 things may be twice" in by_new_year
    assert "Ruiz: record" in by_new_year
    # The class was in August 2024.
    assert "Ruiz: record" in embedded.screen(NAIR, "duplicates as of 2024-08-20")
    assert "Ruiz: record" not in embedded.screen(NAIR, "duplicates as of 2024-08-19")


def test_a_day_that_could_not_be_when_the_file_was_read_is_still_said_to_be_wrong(lakemont: Agency) -> None:
    lakemont.completes(RUIZ, "2027-09-09", "2", "autism")
    lakemont.at("2028-01-05 09:00")
    assert "3 things" in lakemont.screen(NAIR, "duplicates")
    assert "4 things" in lakemont.screen(NAIR, "duplicates as known on 2027-03-05")


def test_how_whole_the_history_was(lakemont: Agency) -> None:
    lakemont.at(LATER)
    completes_autism(lakemont, "2026-11-11")
    now = lakemont.screen(NAIR, "completeness of ruiz")
    then = lakemont.screen(NAIR, "completeness of ruiz as known on 2027-03-05")
    day = lakemont.screen(NAIR, "completeness of ruiz as of 2026-10-01")
    assert "2026 | looks whole      | 11" in now
    assert "2026 | looks whole      | 10" in then
    assert "1 completion of that time was recorded later and is not in it." in then
    assert "2026 | part of the year" in day
    assert "2027 |" not in day
    assert lakemont.ask(NAIR, "completeness as of 2026-12-31").title == "History of 2026"
    assert lakemont.ask(NAIR, "completeness as of 2026-12-30").title == "History of 2025"
    year = lakemont.screen(NAIR, "completeness 2025 as known on 2027-03-05")
    assert "History of 2025" in year
    assert "recorded later" not in year


@pytest.mark.parametrize("text", ["openings as of 2027-03-01", "show the openings as known on 2027-03-01"])
def test_a_list_of_what_waits_now_says_so_and_what_to_ask_instead(embedded: Agency, text: str) -> None:
    for channel in (SMS, SCREEN):
        message = embedded.ask(PARK, text, channel)
        assert message.kind is MessageKind.NOW_ONLY
        assert "ask for LOG AS OF 2027-03-01" in " ".join(each.text for each in message.sms)
    # Nobody else learns that there is such a list.
    assert embedded.ask(RUIZ, text).kind is not MessageKind.NOW_ONLY


def test_nothing_in_an_answer_about_another_day_is_called_today(embedded: Agency) -> None:
    last = embedded.text(RUIZ, "status as of 2027-06-30")
    assert "on its last day (Jun 30)" in last
    assert "last day today" in embedded.at("2027-06-30 09:00").text(RUIZ, "am i good")
    embedded.at("2027-03-02 14:10")
    assert "Dec 31 (that day)" in embedded.screen(OKAFOR, "was ruiz good on 2026-12-31")
    picture = embedded.screen(RUIZ, "picture as of 2026-12-31")
    assert "13 completions counted from Jul 1 2024 to Dec 31 2026" in picture
    assert "--- Day asked about" in picture
    for words in ("picture", "status", "why", "deadlines", "list", "when does my cpr expire"):
        assert "today" not in embedded.screen(RUIZ, f"{words} as of 2026-12-31").casefold(), words


def test_the_strip_says_which_moment_an_answer_was_about(embedded: Agency) -> None:
    embedded.text(RUIZ, "was i good on 2026-12-31")
    embedded.text(OKAFOR, "how is ruiz as of 2027-01-15 as known on 2027-03-02")
    embedded.text(RUIZ, "am i good")
    strip = Strip(embedded.office, embedded.agency_id, embedded.words)
    strip.add(strip.unread())
    said = [each.line.sentence for each in strip.lines[-4:]]
    assert said[0].endswith("Answer: NOT YET, as of Dec 31 2026.")
    assert said[1].endswith("Answer: NOT YET, as of Jan 15 2027, as known on Mar 2 2027 14:10.")
    assert said[2].endswith("(standing). Asked as of Jan 15 2027, as known on Mar 2 2027 14:10.")
    assert said[3].endswith("Answer: NOT YET.")


@pytest.mark.parametrize("text", ["was i overdue on march 2", "was I late on Mar 2?", "am i overdue"])
def test_whether_one_was_overdue_is_the_question_where_one_stood(embedded: Agency, text: str) -> None:
    assert embedded.at(LATER).text(RUIZ, text).startswith("NOT YET, Ruiz.")


def test_what_runs_out_in_a_month_is_that_month_alone(embedded: Agency) -> None:
    june = embedded.screen(RUIZ, "what expires in june")
    assert "Credentials that run out: Jun 1 2027 to Jun 30 2027" in june
    assert "CPR" not in june
    assert "CPR" in embedded.screen(RUIZ, "what expires by december 31")
    said = embedded.text(RUIZ, "what expires in may")
    assert said.startswith("Ruiz: Nothing on file runs out in this time: May 1 2027 to May 31 2027.")


def test_a_topic_after_somebody_else_is_that_persons_and_ones_own_deadlines_say_whose(
    embedded: Agency,
) -> None:
    embedded.text(OKAFOR, "how is ruiz")
    topic = embedded.text(OKAFOR, "taser?")
    assert topic.startswith("YES, Ruiz. TASER OK until")
    assert "That you looked is on the record" in topic
    assert embedded.entries("record:viewed", about=RUIZ)[0].data["kind"] == "status-topic"
    assert embedded.text(OKAFOR, "deadlines").startswith("Okafor: ")


@pytest.fixture
def installed(sqlite_lakemont: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Agency:
    """An installation whose record is Lakemont's, for whole commands."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROLLCALL_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", sqlite_lakemont.url.render_as_string(hide_password=False))
    set_clock(Office(sqlite_lakemont, ProcessClock(), PackShelf(), a_key_store()), NOW + timedelta(days=9))
    return agency_in(sqlite_lakemont, NOW)


def test_the_commands_answer_for_another_moment_too(
    installed: Agency, capsys: pytest.CaptureFixture[str]
) -> None:
    installed.at(LATER)
    completes_autism(installed, "2026-11-11")
    twice(installed)
    assert main(["completeness", "--badge", RUIZ, "--known-at", "2027-03-05"]) == 0
    then = capsys.readouterr().out
    assert then.startswith("This is what the file said on Mar 5 2027 23:59.")
    assert main(["completeness", "--badge", RUIZ]) == 0
    now = capsys.readouterr().out
    assert "This is what" not in now
    assert "2026" in now
    assert then.splitlines()[1:] != now.splitlines()
    assert main(["duplicates", "--count", "--known-at", "2027-03-05"]) == 0
    assert "3 things" in capsys.readouterr().out
    assert main(["duplicates", "--count"]) == 0
    assert "4 things" in capsys.readouterr().out
    assert main(["duplicates", "--count", "--as-of", "2020-01-01"]) == 0
    assert capsys.readouterr().out.startswith("This is for Jan 1 2020, by what is on file now.")

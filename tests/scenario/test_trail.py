"""Does the strip show each entry as it was written, with its rule, and whoever turned as a day began?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.queries import agencies, standings
from db.records.audit import AuditDraft
from db.records.facts import AgencyPack, Kept
from db.records.work import NewStanding
from db.unit_of_work import working
from messages.daybreak import Turn, turn
from messages.trail import LineKind, TrailEntryFacts, entry
from rules.standing import LineState, StandingWord
from tests.scenario.cast import LAKEMONT, SMS, Agency
from training.agency_setup import found
from training.audit import AuditTag
from training.log.trail import trail
from training.standings.daybreak import next_change, turns

RUIZ, LEE, OKAFOR = "214", "231", "77"
TOTAL = "mn-ce-total-48"
END = date(2027, 6, 30)
JULY = END + timedelta(days=1)


def written(agency: Agency, after: int = 0) -> tuple[TrailEntryFacts, ...]:
    """Everything written since a position."""
    return trail(agency.office, agency.agency_id, after).entries


def said(agency: Agency, after: int = 0) -> list[str]:
    """The sentences of everything written since a position."""
    return [entry(each, agency.words).sentence for each in written(agency, after)]


def told(agency: Agency) -> int:
    """The small story: two questions, a look, a refusal. The position before its first entry."""
    before = trail(agency.office, agency.agency_id).last
    agency.ask(RUIZ, "am i good?")
    agency.ask(RUIZ, "why", SMS)
    agency.ask(OKAFOR, "how is ruiz", "desk")
    agency.ask(LEE, "how is ruiz", "desk")
    return before


def the_turn_of(agency: Agency, found_turns: tuple[Turn, ...], badge: str) -> Turn:
    """The one turn of somebody."""
    (own,) = [each for each in found_turns if each.person_id == agency.id_of(badge)]
    return own


def people_of(found_turns: tuple[Turn, ...]) -> list[int]:
    return [each.person_id for each in found_turns]


def test_the_beginning_of_an_agency_is_told_in_plain_words(embedded: Agency) -> None:
    assert said(embedded) == [
        "Lakemont PD was founded.",
        "The packs mn-demo-2026.2 and lkm-2027.1 were chosen.",
        "A roster file was imported: 52 rows taken, 0 corrected, 0 rejected.",
        "A certifications file was imported: 53 rows taken, 0 corrected, 0 rejected.",
        "A cards file was imported: 102 rows taken, 0 corrected, 0 rejected.",
        "A leave file was imported: 9 rows taken, 0 corrected, 0 rejected.",
        "An assignments file was imported: 88 rows taken, 0 corrected, 0 rejected.",
        "A history file was imported: 1303 rows taken, 0 corrected, 4 rejected.",
        "A file of shift patterns was imported: 4 rows taken, 0 corrected, 0 rejected.",
        "A courses file was imported: 7 rows taken, 0 corrected, 0 rejected.",
    ]


def test_each_entry_stands_in_its_order_with_its_sentence(lakemont: Agency) -> None:
    before = told(lakemont)

    assert said(lakemont, before) == [
        "Officer Ruiz asked for their standing on the screen. Answer: NOT YET.",
        "Officer Ruiz asked why by text. Rule CE-48.",
        "Sergeant Okafor asked about one of their people at the desk. Answer: NOT YET.",
        "Sergeant Okafor looked at the record of Officer Ruiz (standing).",
        "Officer Lee asked about other people at the desk. Nothing was told.",
    ]
    assert [each.position for each in written(lakemont, before)] == list(range(before + 1, before + 6))


def test_an_entry_is_what_the_chain_holds_in_the_time_of_the_agency(lakemont: Agency) -> None:
    told(lakemont)
    for facts, kept in zip(written(lakemont), reversed(lakemont.entries()), strict=True):
        assert (facts.position, facts.hash, facts.tag) == (kept.position, kept.hash, kept.tag)
        assert facts.at == kept.at
        assert facts.at.tzinfo == LAKEMONT
        assert entry(facts, lakemont.words).time == "Mar 2 2027 14:10"


def test_the_rule_that_decided_stands_behind_the_status_and_behind_why(embedded: Agency) -> None:
    before = told(embedded)
    status, why, asked, looked, refused = written(embedded, before)
    for facts in (status, why, asked, looked):
        (rule,) = facts.rules
        assert (rule.short, rule.pack, rule.confidence) == ("CE-48", "mn-demo-2026.2", "official")
        (line,) = entry(facts, embedded.words).rules
        law = [row for row in line.rows if row.label == "Law"]
        assert [(row.value, row.href) for row in law] == [(each.label, each.href) for each in rule.sources]
        assert "6700.1000" in law[0].value
        assert law[0].href.startswith("https://")
    assert (refused.rules, refused.word) == ((), None)


def test_the_rule_shown_is_the_rule_that_why_showed(embedded: Agency) -> None:
    before = trail(embedded.office, embedded.agency_id).last
    message = embedded.ask(RUIZ, "why taser")
    (facts,) = written(embedded, before)
    rows = {row.label: row.value for row in entry(facts, embedded.words).rules[0].rows}

    assert rows["Rule"] == "TSR-12 (lkm-2027.1)"
    for label, value in rows.items():
        assert f"label={label!r}, value={value!r}" in str(message.body)


@pytest.mark.parametrize(
    ("text", "shorts"),
    [
        ("am i good", ["CE-48"]),
        ("what am i missing", ["CE-48"]),
        ("hours left", ["CE-48"]),
        ("what is due next", ["CE-48"]),
        ("how is my autism training", ["AUT-4"]),
        ("when does my cpr expire", ["MED-3"]),
        ("why autism", ["AUT-4"]),
        ("list", ["CE-48"]),
        ("hi", []),
    ],
)
def test_an_answer_keeps_the_rules_it_rested_on_and_no_word_of_them(
    embedded: Agency, text: str, shorts: list[str]
) -> None:
    before = trail(embedded.office, embedded.agency_id).last
    embedded.ask(RUIZ, text)
    (facts,) = written(embedded, before)
    assert [rule.short for rule in facts.rules] == shorts
    kept = embedded.entries()[0].data.get("rules", [])
    held = [embedded.office.shelf.pack(pack) for pack in ("mn-demo", "lkm")]
    assert len(kept) == len(shorts)
    assert all(any(pack.requirement(rule) for pack in held) for rule in kept)


def test_a_team_is_counted_and_the_list_is_one_look_at_everybody_on_it(embedded: Agency) -> None:
    before = trail(embedded.office, embedded.agency_id).last
    embedded.ask(OKAFOR, "my team", "desk")
    asked, looked = written(embedded, before)

    assert asked.people == looked.people == 7
    assert entry(looked, embedded.words).sentence == "Sergeant Okafor looked at 7 records in a list."


@pytest.mark.parametrize("limit", [1, 3, 200])
def test_pages_follow_each_other_without_gap_or_overlap(lakemont: Agency, limit: int) -> None:
    told(lakemont)
    whole = written(lakemont)
    pages: list[TrailEntryFacts] = []
    last = 0
    while (page := trail(lakemont.office, lakemont.agency_id, last, limit)).entries:
        assert len(page.entries) <= limit
        pages += page.entries
        last = page.last
    assert tuple(pages) == whole
    assert last == whole[-1].position == len(whole)
    assert trail(lakemont.office, lakemont.agency_id, last).last == last


def test_reading_the_log_writes_nothing(lakemont: Agency) -> None:
    told(lakemont)
    before = lakemont.sequence()
    written(lakemont)
    assert lakemont.sequence() == before


def test_nobody_reads_the_log_of_another_agency(lakemont: Agency) -> None:
    ashby_id = found(lakemont.office, "Ashby Sheriff", "MN", "America/Chicago", ("mn-demo",))
    ashby = Agency(lakemont.office, lakemont.clock, ashby_id)
    lakemont.ask(RUIZ, "am i good")
    with ashby.writing() as writer:
        # Somebody whom only Lakemont knows has no name here.
        writer.audit(AuditDraft(tag=AuditTag.RECORD_VIEWED, subject_id=lakemont.id_of(RUIZ)))
    lakemont.ask(RUIZ, "why")

    assert said(ashby) == [
        "Ashby Sheriff was founded.",
        "The pack mn-demo-2026.2 was chosen.",
        "Rollcall looked at the record of somebody no longer on the roster.",
    ]
    assert [each.position for each in written(ashby)] == [1, 2, 3]
    assert [each.hash for each in written(lakemont)] == [each.hash for each in reversed(lakemont.entries())]
    assert not {each.hash for each in written(lakemont)} & {each.hash for each in written(ashby)}


def answered(agency: Agency, **data: object) -> TrailEntryFacts:
    """An entry as some release of ours wrote it."""
    before = trail(agency.office, agency.agency_id).last
    person_id = agency.id_of(RUIZ)
    with agency.writing() as writer:
        writer.audit(
            AuditDraft(tag=AuditTag.QUESTION_ANSWERED, actor_id=person_id, subject_id=person_id, data=data)
        )
    (facts,) = written(agency, before)
    return facts


def test_an_old_entry_without_rules_is_still_read(embedded: Agency) -> None:
    facts = answered(embedded, kind="why", word="NOT YET", as_of="2027-03-02", packs=["mn-demo-2026.2"])

    assert entry(facts, embedded.words).sentence == "Officer Ruiz asked why."
    assert (facts.rules, facts.not_held, facts.word) == ((), (), StandingWord.NOT_YET)


def test_a_rule_of_a_release_that_is_gone_is_not_shown_as_it_is_today(embedded: Agency) -> None:
    packs = ["mn-demo-2020.1", "gone-1999.1", "lkm-2027.1"]
    taser = next(line for line in embedded.standing(RUIZ).lines if line.short == "TSR-12")
    lost = answered(embedded, kind="why", packs=packs, rules=[TOTAL])
    other = answered(embedded, kind="why", packs=packs, rules=[taser.requirement])

    assert lost.rules == ()
    assert lost.not_held == ("mn-demo-2020.1", "gone-1999.1")
    assert [(rule.short, rule.pack) for rule in other.rules] == [("TSR-12", "lkm-2027.1")]
    assert other.not_held == ()


def test_a_value_that_was_changed_has_no_date_where_its_window_is_not_known(embedded: Agency) -> None:
    lines = {line.short: line.requirement for line in embedded.standing(RUIZ).lines}
    packs = ["mn-demo-2026.2", "lkm-2027.1"]
    facts = answered(embedded, kind="expiry", packs=packs, rules=[lines["ELE-3"], lines["TSR-12"]])

    assert [(rule.short, rule.effective_from) for rule in facts.rules] == [
        ("ELE-3", None),
        ("TSR-12", date(2022, 1, 1)),
    ]


def test_an_entry_that_keeps_something_unexpected_is_read_as_far_as_it_goes(lakemont: Agency) -> None:
    facts = answered(
        lakemont, kind=7, word=["YES"], as_of="soon", packs="mn-demo", rules={}, people=True, files="many"
    )

    assert (facts.kind, facts.word, facts.as_of, facts.packs, facts.people) == ("", None, None, (), None)
    assert facts.file_hashes == ()


def test_the_files_of_an_entry_are_named_by_what_they_hold(embedded: Agency) -> None:
    sent = [
        {"type": "png", "bytes": 5, "sha256": "ab" * 32},
        {"type": "pdf", "bytes": 6, "sha256": "cd" * 32},
    ]
    facts = answered(embedded, kind="file-not-taken", files=sent)

    assert facts.file_hashes == ("ab" * 32, "cd" * 32)
    assert all(len(each.file_hashes) == 1 for each in written(embedded) if each.imported is not None)


def test_when_the_cycle_has_ended_ruiz_is_overdue_and_turns_once(embedded: Agency) -> None:
    turned = {END: turns(embedded.office, embedded.agency_id, END)}
    assert embedded.id_of(RUIZ) not in people_of(turned[END])
    entries = embedded.sequence()
    turned[JULY] = turns(embedded.office, embedded.agency_id, JULY)
    own = the_turn_of(embedded, turned[JULY], RUIZ)

    assert (own.before, own.after, own.day) == (StandingWord.NOT_YET, StandingWord.OVERDUE, JULY)
    assert turn(own, embedded.words).sentence.startswith(
        "Officer Ruiz: NOT YET became OVERDUE. Continuing education was due Jun 30."
    )
    assert turn(own, embedded.words).kind is LineKind.TURN
    states = {each.line.short: (each.before, each.after, each.leads) for each in own.changed}
    assert states["CE-48"] == (LineState.OPEN, LineState.OVERDUE, True)
    assert states["AUT-4"] == (LineState.OPEN, LineState.OVERDUE, False)
    assert "UOF-1" not in states
    # What counts inside another duty comes after every duty that counts inside none.
    leads = [each.leads for each in own.changed]
    assert leads == sorted(leads, reverse=True)
    assert own.changed[0].line.short == "CE-48"
    assert [rule.short for rule in own.rules] == ["CE-48"]
    for day in (END, JULY, JULY + timedelta(days=1)):
        assert embedded.id_of(RUIZ) not in people_of(turns(embedded.office, embedded.agency_id, day))
    assert turns(embedded.office, embedded.agency_id, JULY) == ()
    # A standing is computed: nothing of it is in the log.
    assert embedded.sequence() == entries


def test_a_clock_that_leaps_finds_the_same_word_and_keeps_it(lakemont: Agency) -> None:
    leapt = turns(lakemont.office, lakemont.agency_id, JULY)
    own = the_turn_of(lakemont, leapt, RUIZ)
    kept = lakemont.kept(RUIZ)

    assert (own.before, own.after) == (StandingWord.NOT_YET, StandingWord.OVERDUE)
    assert kept is not None
    assert kept.word == lakemont.standing(RUIZ, JULY).word.value == "OVERDUE"


def test_turns_are_told_by_name_and_each_of_them_changed_something(embedded: Agency) -> None:
    before = {each: embedded.kept(each) for each in embedded.badges()}
    leapt = turns(embedded.office, embedded.agency_id, JULY)
    surnames = [each.name.split()[-1] for each in leapt]

    assert surnames == sorted(surnames)
    assert len(set(people_of(leapt))) == len(leapt) > 1
    assert all(each.before is not each.after or each.changed for each in leapt)
    words = {
        embedded.id_of(badge): (kept.word, after.word)
        for badge, kept in before.items()
        if kept is not None and (after := embedded.kept(badge)) is not None
    }
    changed = {person_id: each for person_id, each in words.items() if each[0] != each[1]}
    assert changed == {
        each.person_id: (each.before.value, each.after.value)
        for each in leapt
        if each.before is not each.after
    }


def test_a_year_that_begins_brings_a_yearly_duty_back(embedded: Agency) -> None:
    turns(embedded.office, embedded.agency_id, date(2027, 12, 31))
    own = the_turn_of(embedded, turns(embedded.office, embedded.agency_id, date(2028, 1, 1)), RUIZ)

    (each,) = [each for each in own.changed if each.line.short == "UOF-1"]
    assert (each.before, each.after, each.line.window) == (LineState.MET, LineState.OPEN, "2028")
    assert "Use of force is due by Dec 31." in turn(own, embedded.words).sentence


def test_a_duty_that_was_owed_and_is_laid_down_is_said_to_be_gone(embedded: Agency) -> None:
    late = date(2027, 10, 1)
    turns(embedded.office, embedded.agency_id, late)
    lay_down(embedded, "lkm-2027.1", late)
    own = the_turn_of(embedded, turns(embedded.office, embedded.agency_id, late + timedelta(days=1)), RUIZ)

    gone = {each.line.short: each.before for each in own.changed if each.after is None}
    assert gone["TSR-12"] is LineState.OVERDUE
    # What was met and is no longer asked is nothing that anybody waits for.
    assert "MED-3" not in gone


def lay_down(agency: Agency, pack: str, last: date) -> None:
    """The agency is judged by a pack until this day."""
    with agency.writing() as writer:
        (kept,) = [each for each in chosen(agency) if each.fact.pack == pack]
        writer.correct(kept.id, replace(kept.fact, ends_on=last))


def chosen(agency: Agency) -> tuple[Kept[AgencyPack], ...]:
    """The packs the agency ever took up."""
    with agency.reading() as conn:
        return agencies.packs(conn, agency.agency_id)


def test_somebody_who_was_answered_on_the_new_day_has_turned_already(embedded: Agency) -> None:
    turns(embedded.office, embedded.agency_id, END)
    embedded.at("2027-07-01 06:00").ask(RUIZ, "am i good")

    assert embedded.id_of(RUIZ) not in people_of(turns(embedded.office, embedded.agency_id, JULY))


def test_a_first_standing_is_no_turn_and_a_new_record_is_one(embedded: Agency) -> None:
    embedded.hires("777", "Kai", "Zhou", cycle=("2024-07-01", "2027-06-30"))
    embedded.completes(RUIZ, "2027-03-01", "40", "autism")
    found_turns = turns(embedded.office, embedded.agency_id, embedded.today)

    assert embedded.id_of("777") not in people_of(found_turns)
    assert embedded.kept("777") is not None
    own = the_turn_of(embedded, found_turns, RUIZ)
    assert ("AUT-4", LineState.MET) in {(each.line.short, each.after) for each in own.changed}


def test_the_next_change_is_the_earliest_of_all_kept_standings(lakemont: Agency) -> None:
    with lakemont.reading() as conn:
        kept = standings.standings(conn, lakemont.agency_id)
    days = sorted({each.next_change_on for each in kept if each.next_change_on is not None})
    assert len(days) > 5
    for day in (days[0] - timedelta(days=30), *days, *(each - timedelta(days=1) for each in days)):
        later = [each for each in days if each > day]
        expected = min(later) if later else None
        assert next_change(lakemont.office, lakemont.agency_id, day) == expected, day
    assert next_change(lakemont.office, lakemont.agency_id, days[-1]) is None


def test_following_the_next_change_misses_no_turn(embedded: Agency) -> None:
    day, followed = embedded.today, []
    while (coming := next_change(embedded.office, embedded.agency_id, day)) is not None and coming <= END:
        followed += [(coming, each) for each in turns(embedded.office, embedded.agency_id, coming)]
        day = coming
    for badge in embedded.badges():
        kept = embedded.kept(badge)
        if kept is not None:
            assert kept.word == embedded.standing(badge, END).word.value, badge
    assert followed
    assert [day for day, _ in followed] == sorted(day for day, _ in followed)


def test_the_next_change_of_another_agency_is_not_ours(lakemont: Agency) -> None:
    ashby_id = found(lakemont.office, "Ashby Sheriff", "MN", "America/Chicago", ("mn-demo",))
    ashby = Agency(lakemont.office, lakemont.clock, ashby_id)
    person_id = ashby.hires("9", "Ann", "Nyberg")
    early = lakemont.today - timedelta(days=5)
    ours = next_change(lakemont.office, lakemont.agency_id, early - timedelta(days=1))
    kept: NewStanding = replace(ashby.judged("9").to_keep(), person_id=person_id, next_change_on=early)
    with working(lakemont.office.engine) as conn:
        standings.keep(conn, ashby_id, [kept])

    assert next_change(ashby.office, ashby_id, early - timedelta(days=1)) == early
    assert next_change(lakemont.office, lakemont.agency_id, early - timedelta(days=1)) == ours != early

"""What the strip says of an entry and of a standing that turned: one plain sentence, and the proof behind it."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from messages.daybreak import Turn, TurnedLine, turn
from messages.explain import RuleFacts
from messages.model import Fact
from messages.trail import EntryMoment, ImportFacts, LineKind, Somebody, TrailEntryFacts, entry
from messages.words import load
from rules.standing import LineState, StandingWord
from tests.unit.message_cast import RULE
from tests.unit.standing_cast import dated_line, hours_line

WORDS = load()
AT = datetime(2027, 3, 2, 14, 10, tzinfo=ZoneInfo("America/Chicago"))
RUIZ, OKAFOR, LEE = Somebody(34, "Officer Ruiz"), Somebody(32, "Sergeant Okafor"), Somebody(37, "Officer Lee")
HASH = "4be1f00dcafe000000000000000000000000000000000000000000000000c077"
ASKED = TrailEntryFacts(
    position=128,
    at=AT,
    tag="question:answered",
    hash=HASH,
    who=RUIZ,
    whom=RUIZ,
    channel="terminal",
    kind="status",
    word=StandingWord.NOT_YET,
    as_of=AT.date(),
    packs=("mn-demo-2026.2", "lkm-2027.1"),
    rules=(RULE,),
)
WHY = replace(ASKED, kind="why", channel="sms")
SEEN = replace(ASKED, tag="record:viewed", who=OKAFOR, whom=RUIZ, kind="person", channel="desk")
REFUSED = replace(ASKED, tag="record:refused", who=LEE, whom=LEE, kind="refused-person", word=None, rules=())
FOUNDED = TrailEntryFacts(
    position=1, at=AT, tag="agency:founded", hash=HASH, agency="Lakemont PD", state="MN"
)
PACKS = TrailEntryFacts(
    position=2,
    at=AT,
    tag="agency:packs-chosen",
    hash=HASH,
    channel="terminal",
    packs=("mn-demo-2026.2", "lkm-2027.1"),
)
ROSTER = TrailEntryFacts(
    position=3,
    at=AT,
    tag="import:written",
    hash=HASH,
    channel="terminal",
    imported=ImportFacts(kind="roster", accepted=52, corrected=0, rejected=0, unchanged=0, skipped=3),
    file_hashes=("47b0362371b66d0b037d8f68736a966f",),
)


THEN = datetime(2027, 3, 1, 23, 59, tzinfo=AT.tzinfo)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (None, "Answer: NOT YET."),
        (EntryMoment(date(2026, 12, 31), None), "Answer: NOT YET, as of Dec 31 2026."),
        (EntryMoment(THEN.date(), THEN), "Answer: NOT YET, as known on Mar 1 2027 23:59."),
        (
            EntryMoment(date(2026, 12, 31), THEN),
            "Answer: NOT YET, as of Dec 31 2026, as known on Mar 1 2027 23:59.",
        ),
    ],
)
def test_an_answer_about_another_moment_says_which(moment: EntryMoment | None, said: str) -> None:
    assert entry(replace(ASKED, moment=moment), WORDS).sentence.endswith(f" on the screen. {said}")


def test_a_look_and_a_list_say_their_moment_too() -> None:
    moment = EntryMoment(date(2026, 12, 31), THEN)
    for facts in (SEEN, replace(SEEN, tag="list:viewed", people=7), WHY):
        said = entry(replace(facts, moment=moment), WORDS)
        assert said.sentence.endswith("Asked as of Dec 31 2026, as known on Mar 1 2027 23:59.")
        assert Fact("As known on", "Mar 1 2027 23:59") in said.details.rows


def rows_of(facts: TrailEntryFacts) -> dict[str, str]:
    """The details by their labels."""
    return {row.label: row.value for row in entry(facts, WORDS).details.rows}


def rule(short: str) -> RuleFacts:
    return replace(RULE, short=short)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (ASKED, "Officer Ruiz asked for their standing on the screen. Answer: NOT YET."),
        (WHY, "Officer Ruiz asked why by text. Rule CE-48."),
        (replace(WHY, rules=()), "Officer Ruiz asked why by text."),
        (replace(ASKED, kind="thanks", word=None, rules=()), "Officer Ruiz said thanks on the screen."),
        (replace(ASKED, channel=""), "Officer Ruiz asked for their standing. Answer: NOT YET."),
        (
            replace(ASKED, who=Somebody(9)),
            "Somebody no longer on the roster asked for their standing on the screen. Answer: NOT YET.",
        ),
        (SEEN, "Sergeant Okafor looked at the record of Officer Ruiz (standing)."),
        (replace(SEEN, who=None), "Rollcall looked at the record of Officer Ruiz (standing)."),
        (replace(SEEN, kind=""), "Sergeant Okafor looked at the record of Officer Ruiz."),
        (
            replace(SEEN, kind="board-book"),
            (
                "Sergeant Okafor looked at the record of Officer Ruiz "
                "(something that this release has no name for)."
            ),
        ),
        (
            replace(SEEN, whom=Somebody(9)),
            "Sergeant Okafor looked at the record of somebody no longer on the roster (standing).",
        ),
        (REFUSED, "Officer Lee asked about other people on the screen. Nothing was told."),
        (
            replace(REFUSED, kind="no-record"),
            "Officer Lee asked for a record by its number on the screen. Nothing was told.",
        ),
        (FOUNDED, "Lakemont PD was founded."),
        (replace(FOUNDED, agency=""), "The agency was founded."),
        (PACKS, "The packs mn-demo-2026.2 and lkm-2027.1 were chosen."),
        (replace(PACKS, packs=("mn",)), "The pack mn was chosen."),
        (replace(PACKS, packs=()), "No pack was chosen."),
        (ROSTER, "A roster file was imported: 52 rows taken, 0 corrected, 0 rejected."),
        (
            replace(ROSTER, who=Somebody(5, "Coordinator Nair"), imported=ImportFacts(
                kind="assignments", accepted=1, corrected=2, rejected=4, unchanged=0, skipped=0
            )),
            "An assignments file was imported by Coordinator Nair: 1 row taken, 2 corrected, 4 rejected.",
        ),
        (replace(ROSTER, imported=None), "A file was imported."),
        (
            replace(SEEN, tag="completion:corrected", who=None),
            "Rollcall corrected a class on the record of Officer Ruiz.",
        ),
        (
            replace(SEEN, tag="completion:withdrawn"),
            "Sergeant Okafor withdrew a class from the record of Officer Ruiz.",
        ),
    ],
)  # fmt: skip
def test_an_entry_is_one_plain_sentence(facts: TrailEntryFacts, sentence: str) -> None:
    line = entry(facts, WORDS)

    assert line.sentence == sentence
    assert (line.kind, line.time) == (LineKind.ENTRY, "Mar 2 2027 14:10")


def test_what_another_release_wrote_is_said_without_its_code_and_only_its_tag_is_named() -> None:
    new_kind = replace(ASKED, kind="certificate-taken")
    new_tag = replace(ASKED, tag="course:requested")
    new_channel = replace(ASKED, channel="carrier-pigeon")

    assert entry(new_kind, WORDS).sentence.startswith(
        "Officer Ruiz asked for something that this release has no name for"
    )
    assert entry(new_tag, WORDS).sentence == "Officer Ruiz: course:requested."
    assert entry(new_channel, WORDS).sentence.startswith("Officer Ruiz asked for their standing.")
    assert rows_of(new_channel)["Channel"] == "another door"


def test_the_word_is_the_answer_only_where_the_answer_begins_with_it() -> None:
    topic = replace(ASKED, kind="status-topic", rules=(rule("TSR-12"),))

    assert entry(topic, WORDS).sentence == "Officer Ruiz asked about one duty on the screen. Rule TSR-12."
    assert rows_of(topic)["Standing"] == "NOT YET"


def test_many_rules_are_named_in_part_and_all_stand_behind_the_line() -> None:
    shorts = ("CE-48", "FQ-6", "FQ-6", "TSR-12", "MED-3", "CJIS-1")
    line = entry(replace(ASKED, kind="expiry", rules=tuple(rule(short) for short in shorts)), WORDS)

    assert line.sentence.endswith("Rules CE-48, FQ-6, TSR-12 and 2 more.")
    assert len(line.rules) == len(shorts)


def test_the_details_hold_what_the_entry_holds_and_nothing_else() -> None:
    assert entry(ASKED, WORDS).details.rows == (
        Fact("Entry", "128"),
        Fact("Tag", "question:answered"),
        Fact("By", "Officer Ruiz"),
        Fact("Channel", "terminal"),
        Fact("Standing", "NOT YET"),
        Fact("As of", "Mar 2 2027"),
        Fact("Rules", "mn-demo-2026.2, lkm-2027.1"),
        Fact("Hash", "4be1...77"),
    )
    assert rows_of(WHY)["Channel"] == "text message"
    assert rows_of(ROSTER) == {
        "Entry": "3", "Tag": "import:written", "By": "Rollcall", "Channel": "terminal", "Skipped": "3",
        "File": "47b0...6f", "Hash": "4be1...77",
    }  # fmt: skip
    assert rows_of(FOUNDED)["State"] == "MN"


def test_whom_it_is_about_has_a_row_only_when_it_is_somebody_else() -> None:
    assert rows_of(SEEN)["About"] == "Officer Ruiz"
    assert "About" not in rows_of(ASKED)


def test_numbers_purpose_and_form_are_shown_when_they_were_kept() -> None:
    kept = replace(SEEN, people=0, records=12, record=1204, reason="yearly review", form="what-if")

    assert {name: rows_of(kept)[name] for name in ("People", "Records", "Record", "Purpose", "Form")} == {
        "People": "0", "Records": "12", "Record": "1204", "Purpose": "yearly review", "Form": "what-if"
    }  # fmt: skip


def test_a_pack_that_is_no_longer_held_is_named() -> None:
    lost = replace(WHY, rules=(), not_held=("mn-demo-2020.1",))

    assert rows_of(lost)["No longer held"] == "mn-demo-2020.1"
    assert entry(lost, WORDS).rules == ()


def test_a_rule_stands_behind_the_line_with_its_version_its_law_and_its_source() -> None:
    (shown,) = entry(WHY, WORDS).rules

    assert shown.title == "CE-48, Continuing education"
    assert {row.label: row.value for row in shown.rows} == {
        "Rule": f"CE-48 ({RULE.pack})",
        "Duty": RULE.duty,
        "Law": "Minn. R. 6700.0900",
        "In force since": "Jul 1 2024",
        "How we know": "Read on an official page",
        "Last checked": "Jan 15 2027",
    }
    assert [row.href for row in shown.rows if row.href] == [source.href for source in RULE.sources]


def test_a_rule_without_an_address_has_no_link_and_what_is_not_known_has_no_row() -> None:
    bare = replace(RULE, sources=(), effective_from=None, reviewed_on=None, confidence="")
    (shown,) = entry(replace(WHY, rules=(bare,)), WORDS).rules

    assert not any(row.href for row in shown.rows)
    assert [row.label for row in shown.rows] == ["Rule", "Duty", "Law"]


TOTAL = hours_line("CE-48", "Continuing education", "31.5", "48", state=LineState.OVERDUE)
RIFLE = dated_line("FQ-6", "Firearms qualification", date(2027, 6, 30), item="patrol-rifle")
RUIZ_TURNS = Turn(
    day=date(2027, 7, 1),
    person_id=34,
    name="Officer Ruiz",
    before=StandingWord.NOT_YET,
    after=StandingWord.OVERDUE,
    changed=(TurnedLine(line=TOTAL, before=LineState.OPEN, after=LineState.OVERDUE),),
    rules=(RULE,),
)


def turned(after: LineState | None, **changes: object) -> Turn:
    """A turn of one duty held per weapon."""
    line = RIFLE._replace(**changes)  # type: ignore[arg-type]  # whatever a test names
    return replace(RUIZ_TURNS, changed=(TurnedLine(line=line, before=LineState.MET, after=after),))


def test_a_turn_says_which_word_became_which_and_why_and_is_no_entry() -> None:
    line = turn(RUIZ_TURNS, WORDS)

    assert line.sentence == "Officer Ruiz: NOT YET became OVERDUE. Continuing education was due Jun 30."
    assert (line.kind, line.time) == (LineKind.TURN, "Jul 1 2027")
    assert line.details.rows == (
        Fact("Standing", "NOT YET before, now OVERDUE"),
        Fact("Continuing education", "Open before, now Overdue"),
    )
    assert [each.title for each in line.rules] == ["CE-48, Continuing education"]


@pytest.mark.parametrize(
    ("after", "changes", "said"),
    [
        (LineState.OVERDUE, {}, "Firearms qualification (patrol rifle) was due Jun 30."),
        (LineState.OVERDUE, {"due_on": None}, "Firearms qualification (patrol rifle) is overdue."),
        (LineState.OPEN, {"due_on": date(2028, 1, 5)}, "Firearms qualification (patrol rifle) is due by Jan 5 2028."),
        (LineState.OPEN, {"due_on": None}, "Firearms qualification (patrol rifle) is open."),
        (LineState.MET, {}, "Firearms qualification (patrol rifle) is done."),
        (LineState.UNKNOWN, {}, "Firearms qualification (patrol rifle) cannot be settled yet."),
        (LineState.EXEMPT, {}, "Firearms qualification (patrol rifle) is exempt."),
        (LineState.UNCHECKED, {}, "Firearms qualification (patrol rifle) cannot be checked."),
        (None, {}, "Firearms qualification (patrol rifle) is no longer owed."),
    ],
)  # fmt: skip
def test_what_became_of_a_duty_is_said_with_its_date_where_one_follows(
    after: LineState | None, changes: dict[str, object], said: str
) -> None:
    assert turn(turned(after, **changes), WORDS).sentence == f"Officer Ruiz: NOT YET became OVERDUE. {said}"


def test_a_word_that_stays_is_said_to_stay_and_its_details_are_the_duties_alone() -> None:
    stays = replace(RUIZ_TURNS, before=StandingWord.OVERDUE, name="")
    line = turn(stays, WORDS)

    assert line.sentence.startswith("Somebody no longer on the roster: still OVERDUE. Continuing education")
    assert [row.label for row in line.details.rows] == ["Continuing education"]


def test_every_changed_duty_is_a_row_and_only_those_inside_no_other_are_counted_in_the_sentence() -> None:
    inner = TOTAL._replace(label="Autism", inside="mn-ce-48", hours_required=Decimal(4))
    changed = (
        *RUIZ_TURNS.changed,
        TurnedLine(line=RIFLE, before=None, after=LineState.OPEN),
        TurnedLine(line=inner, before=LineState.OPEN, after=LineState.OVERDUE, leads=False),
    )
    line = turn(replace(RUIZ_TURNS, changed=changed), WORDS)

    assert line.sentence.endswith("Continuing education was due Jun 30. 1 more duty changed.")
    assert [(row.label, row.value) for row in line.details.rows[1:]] == [
        ("Continuing education", "Open before, now Overdue"),
        ("Firearms qualification (patrol rifle)", "Not owed before, now Open"),
        ("Autism", "Open before, now Overdue"),
    ]

"""Does a pack with one thing wrong in it name the file, the line, what may stand there and what does?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from rules.errors import PackError, UnknownPackError
from rules.loader import load_folder, load_pack
from tests.unit.full_pack import PACK, RULE, laid_down

PACKS = Path(__file__).parent / "broken_packs"
BROKEN = sorted(folder.name for folder in PACKS.iterdir() if (folder / "expected.txt").is_file())
# What an author is most likely to get wrong; each must keep a folder of its own.
NEVER_FORGOTTEN = {
    "based-on-unknown",
    "dates-falling",
    "date-with-slashes",
    "duplicate-key",
    "empty-file",
    "headline-unknown",
    "hours-and-owed",
    "id-used-twice",
    "leaves-out-unknown",
    "list-instead-of-mapping",
    "missing-citation",
    "month-13",
    "negative-hours",
    "not-utf-8",
    "number-without-support",
    "short-used-twice",
    "tab-indentation",
    "two-operators",
    "unknown-key",
    "unknown-topic",
    "unknown-track",
    "unknown-window",
    "unverified-with-a-number",
    "yaml-alias",
}


def refusal(folder: Path) -> str:
    with pytest.raises(PackError) as refused:
        load_pack("example", folder)
    return str(refused.value)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pack_is_refused_in_words_its_author_can_act_on(name: str) -> None:
    message = refusal(PACKS / name)
    wanted = (PACKS / name / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert [words for words in wanted if words not in message] == [], message


def test_the_pack_that_all_of_them_are_broken_from_is_sound() -> None:
    pack = load_pack("example", PACKS / "sound")
    assert [requirement.id for requirement in pack.requirements] == ["ex-driving"]


def test_every_likely_mistake_is_tried() -> None:
    assert set(BROKEN) >= NEVER_FORGOTTEN


def test_every_example_says_where_what_may_stand_there_and_what_does() -> None:
    for name in BROKEN:
        place, expected, found = (PACKS / name / "expected.txt").read_text(encoding="utf-8").splitlines()
        assert place.startswith(("pack.yaml:", "twin/pack.yaml:", "requirements/")), name
        assert expected.startswith("expected "), name
        assert found, name


def test_a_pack_nobody_holds_is_answered_with_the_ones_held() -> None:
    with pytest.raises(
        UnknownPackError, match="no pack 'atlantis'; held: example, in, lkm, mn, mn-demo, oh, or"
    ):
        load_pack("atlantis", PACKS / "sound")


Break = Callable[[str], str]


@pytest.mark.parametrize(
    ("break_it", "expected"),
    [
        pytest.param(lambda rule: rule.replace("hours: 8", "hours: 1e1"), "a number", id="exponent"),
        pytest.param(
            lambda rule: rule.replace("hours: 8", "hours: 1_0"),
            "a number",
            id="underscore",
        ),
        pytest.param(lambda rule: rule.replace("2020-07-01", "2020-W27-3"), "a date like", id="week"),
        pytest.param(lambda rule: rule.replace("2020-07-01", "20200701"), "a date like", id="no-hyphens"),
    ],
)
def test_odd_spellings_of_numbers_and_dates_are_refused(
    tmp_path: Path, break_it: Break, expected: str
) -> None:
    sound = PACKS / "sound"
    (tmp_path / "requirements").mkdir()
    (tmp_path / "pack.yaml").write_bytes((sound / "pack.yaml").read_bytes())
    rule = (sound / "requirements" / "010-driving.yaml").read_text(encoding="utf-8")
    (tmp_path / "requirements" / "010-driving.yaml").write_text(break_it(rule), encoding="utf-8")
    assert expected in refusal(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("days: 90", "days: 1.5", "a whole number, found '1.5'"),
        ("supports: [minimum, window, applies]", "supports: minimum", "a list, found 'minimum'"),
        ("label: Driving", "label: [a, b]", "a text, found a list"),
        ("track: agency", 'track: " "', "a text, found ' '"),
        ("confidence: secondary\ninside", "confidence: sure\ninside", "one of official, secondary, agency, "),
        ("counts: {topics: [driving]}", "counts: something", "nothing, or a mapping with topics, found"),
        ("counts: {topics: [driving]}", "counts: {topics: all}", "any, or a list of topics, found 'all'"),
        (
            "topics: [driving]}",
            "topics: [driving], without: [other]}",
            "without and unsure only beside topics: any, found a mapping",
        ),
        (
            "topics: [driving]}",
            "topics: [driving], unsure: [other]}",
            "without and unsure only beside topics: any, found a mapping",
        ),
        (
            "topics: [driving]}",
            "topics: any, choice: {must: [{topics: any, hours: 1}]}, rest: {of: x, choose: 1, or_topics: [other]}}",
            "either choice or rest, found a mapping",
        ),
        (
            "topics: [driving]}",
            "topics: any, choice: {must: [{topics: any, hours: 1}], choose: 0}}",
            "among and choose together, found a mapping",
        ),
        ("{unappointed: true,", "{until: 2026-12-31,", "until and for together, found a mapping"),
        (
            "{unappointed: true,",
            "{unappointed: true, for: everybody,",
            "until and for together, found a mapping",
        ),
        ("{unappointed: true,", "{unappointed: never,", "true or false, found 'never'"),
        (
            "window: licensing-cycle",
            "window: {lapse: {after: {days: 1}, unless: everybody}}",
            "unless and otherwise together, found a mapping",
        ),
        (
            "window: licensing-cycle",
            "window: {lapse: {after: {days: 1}, otherwise: {days: 2}}}",
            "unless and otherwise together, found a mapping",
        ),
        (
            "window: licensing-cycle\nminimum:\n  - {since: 2020-07-01, reckoned: window-start, hours: 8}",
            "window: calendar-year\nminimum: {by_year: {twenty: 8}, otherwise: nothing}",
            "a year like 2026, found 'twenty'",
        ),
        ("since: 2020-07-01", "since: 2020-07-1", "a date like 2027-06-30, found '2020-07-1'"),
        (
            "id: full-driving\nshort",
            "id: other\nshort",
            "the id of a requirement of this pack, found 'full-driving'",
        ),
    ],
)
def test_what_may_not_stand_in_a_rule_is_refused_with_what_may(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert RULE.count(old) == 1
    with pytest.raises(PackError) as refused:
        load_folder(laid_down(tmp_path / "full", PACK, RULE.replace(old, new)))
    assert f"expected {expected}" in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('version: "2"', "version: 2027-1", "a version without a hyphen, such as 2027.1, found '2027-1'"),
        ("minutes_per_hour: 50", "minutes_per_hour: 0", "more than 0 minutes, found '0'"),
        (
            "{within_days: 5}",
            "{within_days: 5}\n    each_year: [{since: long-standing, due: 01-31}]",
            "either each_record or each_year, found a mapping",
        ),
        ("due: 02-28", "due: 2-28", "a day of the year like 01-31, found '2-28'"),
        ("due: 02-28", "due: 13-28", "a day of the year like 01-31, found '13-28'"),
        ("due: 02-28", "due: 02-32", "a day of the year like 01-31, found '02-32'"),
        ("cycle: {rule: certified-half-year, years: 3,", "cycle: {rule: never, years: 3,", "one of given, "),
        ("verdicts: [renewal, duty]\n", "", "the key 'verdicts', found no such key"),
        (
            "topics:\n  driving",
            "leaves_out: [x]\ntopics:\n  driving",
            "a requirement of the pack this one is ",
        ),
    ],
)
def test_what_may_not_stand_in_a_heading_is_refused_with_what_may(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert PACK.count(old) == 1
    with pytest.raises(PackError) as refused:
        load_folder(laid_down(tmp_path / "full", PACK.replace(old, new), RULE))
    assert f"expected {expected}" in str(refused.value)

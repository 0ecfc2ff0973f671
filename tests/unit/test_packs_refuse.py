"""Does a pack with one thing wrong in it name the file, the line, what may stand there and what does?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from rules.errors import PackError, UnknownPackError
from rules.loader import load_pack

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

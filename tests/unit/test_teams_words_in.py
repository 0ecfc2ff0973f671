"""What somebody typed in Teams, whatever stands where their client writes the mentions."""

from bot.teams.words_in import typed

BADGES = {"29:a": "214", "29:b": "231"}


def badge_of(user: str) -> str:
    return BADGES.get(user, "")


def test_two_people_of_one_name_are_two_people() -> None:
    text = "<at>Rollcall</at> compare <at>Chris Lee</at> and <at>Chris Lee</at>"
    mentioned = (("<at>Rollcall</at>", ""), ("<at>Chris Lee</at>", "29:a"), ("<at>Chris Lee</at>", "29:b"))
    assert typed(text, mentioned, badge_of).split() == ["compare", "214", "and", "231"]
    # And a person who is called as Rollcall is.
    alike = (("<at>Rollcall</at>", ""), ("<at>Rollcall</at>", "29:b"))
    assert typed("<at>Rollcall</at> status of <at>Rollcall</at>", alike, badge_of) == "status of  231"


def test_what_stands_for_a_mention_is_never_taken_for_another() -> None:
    # Each letter of what stands for somebody unknown, so that every one would find itself in the one before.
    mentioned = tuple((letter, "29:x") for letter in "officer Unknown")
    assert len(typed("e" * 4_000, mentioned, badge_of)) <= 4_000

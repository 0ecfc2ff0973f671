"""Do pictures that were sent go again when there are too many of them?"""

from bot.desk.files import MOST_SHOWN, PictureShelf, held

PNG = b"\x89PNG\r\n\x1a\n"


def test_the_oldest_picture_goes_first_and_the_shelf_never_holds_more_than_it_may() -> None:
    shelf = PictureShelf()
    third = MOST_SHOWN // 3
    pictures = [held(f"{number}.png", PNG + bytes(third)) for number in range(4)]
    for picture in pictures:
        shelf.show([picture])
    assert [shelf.get(picture.file_id) is not None for picture in pictures] == [False, False, True, True]


def test_every_file_has_an_id_that_says_nothing_and_a_name_that_is_not_endless() -> None:
    first, second = held("../../a" * 50, PNG), held("../../a" * 50, PNG)
    assert first.file_id != second.file_id
    assert len(first.name) < 200
    assert "a" * 3 not in first.href


def test_a_name_turns_nothing_round_that_stands_beside_it() -> None:
    assert held("\u202egpj.exe\x00\x1b[31m", PNG).name == "gpj.exe[31m"

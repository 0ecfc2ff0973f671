"""How is a plain letter or a diploma drawn for papers that are no certificates?"""

from collections.abc import Callable

from tests.certificates import paper as p
from tests.certificates import words
from tests.certificates.dice import Dice
from tests.certificates.paper import Paper

Sheet = Callable[[Dice], bytes]


def letter(dice: Dice, head: str, sub: str, paragraphs: list[str], foot: str = "") -> bytes:
    page = Paper(p.LETTER, dice)
    hue = dice.of(p.HUES)
    page.text(60, 70, head, p.SANS_BOLD, 18, hue)
    page.text(60, 90, sub, p.SANS, 11, p.GRAY)
    page.rule(60, 102, 552, hue, 1.5)
    y = 140.0
    for paragraph in paragraphs:
        y = page.prose(60, y, 490, paragraph, p.SANS, 11.5, 1.5) + 12
    if foot:
        page.text(60, 740, foot, p.SANS, 8.5, p.GRAY)
    return page.done()


def diploma(dice: Dice, head: str, lines: list[tuple[str, float]], sign: bool = True) -> bytes:
    page = Paper(p.WIDE, dice)
    hue = dice.of(p.HUES)
    page.border(hue, dice.one("double", "guilloche", "thick", "corners"))
    page.centre(120, head, p.SERIF_BOLD, 34, hue)
    y = 170.0
    for line, size in lines:
        page.centre(y, line, p.SERIF_BOLD if size > 18 else p.SERIF_ITALIC, size)
        y += size * 1.9
    if sign:
        page.signature(100, 510, 200, dice.teacher(), dice.of(words.POSTS), p.SERIF)
    page.seal(600, 480, 48, hue, "SEAL")
    return page.done()

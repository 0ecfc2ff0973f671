"""What is photographed that is no paper at all, or a paper that nobody can read?"""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.certificates import camera
from tests.certificates.dice import Dice
from tests.certificates.layouts import online, seminars

Picture = NDArray[np.uint8]


def _canvas(dice: Dice, wide: int = 1200, high: int = 900) -> Picture:
    """A wall or a sky behind something."""
    low = np.array([dice.random.randint(60, 200) for _ in range(3)], np.float32)
    fall = np.linspace(0.7, 1.15, high, dtype=np.float32)[:, None, None]
    return np.asarray(np.clip(np.broadcast_to(low * fall, (high, wide, 3)), 0, 255), np.uint8).copy()


def _grained(picture: Picture, dice: Dice) -> Picture:
    noise = np.random.default_rng(dice.random.randrange(2**32)).normal(0, 6, picture.shape)
    soft = cv2.GaussianBlur(picture, (0, 0), 1.4).astype(np.float32)
    return np.asarray(np.clip(soft + noise, 0, 255), np.uint8)


def selfie(dice: Dice) -> Picture:
    """A face before a wall."""
    picture = _canvas(dice, 900, 1200)
    skin = (dice.random.randint(110, 170), dice.random.randint(140, 190), dice.random.randint(190, 235))
    cv2.ellipse(picture, (450, 1100), (380, 330), 0, 0, 360, (90, 50, 30), -1)
    cv2.ellipse(picture, (450, 540), (210, 280), 0, 0, 360, skin, -1)
    cv2.ellipse(picture, (450, 360), (225, 150), 0, 180, 360, (30, 35, 45), -1)
    for x in (370, 530):
        cv2.ellipse(picture, (x, 510), (34, 18), 0, 0, 360, (250, 250, 250), -1)
        cv2.circle(picture, (x, 510), 13, (60, 40, 30), -1)
    cv2.ellipse(picture, (450, 660), (70, 26), 0, 0, 180, (70, 70, 170), -1)
    return _grained(picture, dice)


def patrol_car(dice: Dice) -> Picture:
    """A car with letters on its door."""
    picture = _canvas(dice)
    cv2.rectangle(picture, (0, 640), (1200, 900), (90, 90, 92), -1)
    cv2.rectangle(picture, (160, 460), (1040, 680), (240, 240, 240), -1)
    cv2.fillPoly(
        picture, [np.array([[330, 460], [430, 330], [780, 330], [900, 460]], np.int32)], (225, 225, 225)
    )
    for x in (330, 860):
        cv2.circle(picture, (x, 690), 80, (25, 25, 25), -1)
        cv2.circle(picture, (x, 690), 36, (150, 150, 150), -1)
    cv2.rectangle(picture, (540, 300), (680, 330), (200, 60, 40), -1)
    cv2.putText(picture, "POLICE", (470, 590), cv2.FONT_HERSHEY_SIMPLEX, 2.6, (120, 40, 20), 8)
    cv2.putText(picture, dice.digits(3), (920, 560), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (40, 40, 40), 3)
    return _grained(picture, dice)


def landscape(dice: Dice) -> Picture:
    """Hills, a sun and a tree."""
    picture = _canvas(dice)
    cv2.circle(picture, (dice.random.randint(200, 1000), 180), 70, (140, 220, 250), -1)
    for n in range(4):
        x = dice.random.randint(-100, 1100)
        cv2.ellipse(picture, (x, 900), (500, 330 - n * 40), 0, 180, 360, (60 + n * 12, 110 + n * 10, 70), -1)
    return _grained(picture, dice)


def street_sign(dice: Dice) -> Picture:
    """A sign with words, times and a number, as officers photograph them."""
    picture = _canvas(dice, 900, 1200)
    cv2.rectangle(picture, (430, 500), (470, 1200), (110, 110, 110), -1)
    cv2.rectangle(picture, (180, 140), (720, 620), (245, 245, 245), -1)
    cv2.rectangle(picture, (196, 156), (704, 604), (60, 60, 190), 8)
    for n, line in enumerate(
        ("NO PARKING", "8 AM - 4 PM", f"{dice.one('MON-FRI', 'SCHOOL DAYS')}", f"ORD. {dice.digits(4)}")
    ):
        cv2.putText(picture, line, (230, 260 + n * 100), cv2.FONT_HERSHEY_SIMPLEX, 2.0, (50, 50, 180), 5)
    return _grained(picture, dice)


def coffee_cup(dice: Dice) -> Picture:
    """A cup on a desk."""
    picture = _canvas(dice)
    cv2.circle(picture, (600, 450), 260, (235, 235, 238), -1)
    cv2.circle(picture, (600, 450), 225, (40, 60, 95), -1)
    cv2.ellipse(picture, (880, 450), (90, 60), 0, 0, 360, (235, 235, 238), 30)
    return _grained(picture, dice)


def whiteboard(dice: Dice) -> Picture:
    """A briefing room's board."""
    picture = np.full((900, 1300, 3), 238, np.uint8)
    for n, line in enumerate(
        ("BRIEFING 1430", "CAR 12 - BRAKES", f"BOLO RED PICKUP {dice.digits(3)}", "RANGE DAY FRI 8 HRS?")
    ):
        ink = dice.one((160, 60, 30), (40, 40, 170), (40, 110, 40))
        cv2.putText(picture, line, (90, 170 + n * 170), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 2.4, ink, 5)
    return _grained(picture, dice)


def white_page(dice: Dice) -> Picture:
    """The wrong side of the sheet on the scanner."""
    return camera.scanned(np.full((1400, 1080, 3), 252, np.uint8), dice)


def black_frame(dice: Dice) -> Picture:
    """The inside of a pocket."""
    return _grained(np.full((900, 1200, 3), dice.random.randint(4, 16), np.uint8), dice)


def noise(dice: Dice) -> Picture:
    """A broken camera."""
    return np.random.default_rng(dice.random.randrange(2**32)).integers(0, 256, (300, 400, 3), np.uint8)


def out_of_focus(dice: Dice) -> Picture:
    """A certificate so far out of focus that nobody can read it."""
    page = camera.rendered(seminars.academy_prose(dice)[0], 110)
    return np.asarray(cv2.GaussianBlur(page, (0, 0), 13), np.uint8)


def thumbnail(dice: Dice) -> Picture:
    """A certificate as a mail program's thumbnail, 96 pixels wide."""
    page = camera.rendered(online.stamped(dice)[0], 110)
    return np.asarray(cv2.resize(page, (96, 74), interpolation=cv2.INTER_AREA), np.uint8)


THINGS: dict[str, Callable[[Dice], Picture]] = {
    "selfie": selfie,
    "patrol-car": patrol_car,
    "landscape": landscape,
    "street-sign": street_sign,
    "coffee-cup": coffee_cup,
    "whiteboard": whiteboard,
    "white-page": white_page,
    "black-frame": black_frame,
    "noise": noise,
}
ILLEGIBLE: dict[str, Callable[[Dice], Picture]] = {"out-of-focus": out_of_focus, "thumbnail": thumbnail}

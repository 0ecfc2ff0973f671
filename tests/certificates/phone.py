"""What does a phone's camera make of a page on a desk? Angle, light, shadow, folds, focus and a thumb, as code."""

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.certificates.camera import Picture, noise_of, rendered
from tests.certificates.dice import Dice


def _desk(dice: Dice, wide: int, high: int) -> NDArray[np.float32]:
    """Wood, cloth or a gray desk."""
    rng = noise_of(dice)
    kind = dice.one("wood", "cloth", "gray")
    base = {"wood": (70, 105, 150), "cloth": (95, 70, 60), "gray": (120, 120, 118)}[kind]
    small = rng.normal(0, 14, (high // 8, wide // 8)).astype(np.float32)
    if kind == "wood":
        small = np.asarray(cv2.GaussianBlur(small, (61, 1), 0), np.float32) * 5
    grain = np.asarray(cv2.resize(small, (wide, high), interpolation=cv2.INTER_CUBIC), np.float32)
    return np.asarray(np.array(base, np.float32)[None, None] + grain[:, :, None], np.float32)


def laid(
    page: Picture, dice: Dice, wide: int, high: int, tilt: float, slant: float, fills: float = 0.9
) -> NDArray[np.float32]:
    """The page lying on a desk, seen at an angle; it fills this part of the picture at most."""
    desk = _desk(dice, wide, high)
    tall, broad = page.shape[:2]
    scale = min(wide * fills / broad, high * fills / tall)
    w, h = broad * scale / 2, tall * scale / 2
    near = 1 + dice.between(-slant, slant)
    aside = 1 + dice.between(-slant, slant)
    corners = np.array([[-w * near, -h * aside], [w * near, -h], [w, h], [-w, h * aside]], np.float32)
    angle = np.deg2rad(dice.one(-1, 1) * dice.between(tilt * 0.3, tilt))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]], np.float32)
    corners = corners @ turn.T
    # All four corners stay in the picture: an officer looks whether the paper is on it.
    reach = np.abs(corners).max(axis=0) / np.array([wide * 0.49, high * 0.49], np.float32)
    corners = corners / max(1.0, float(reach.max())) + np.array([wide / 2, high / 2], np.float32)
    source = np.array([[0, 0], [broad, 0], [broad, tall], [0, tall]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    sheet = cv2.warpPerspective(page, matrix, (wide, high), flags=cv2.INTER_AREA).astype(np.float32)
    mask = (
        cv2.warpPerspective(np.full((tall, broad), 255, np.uint8), matrix, (wide, high)).astype(np.float32)
        / 255
    )
    under = cv2.GaussianBlur(np.roll(mask, (14, 10), axis=(0, 1)), (0, 0), 14)
    desk *= (1 - 0.45 * under)[:, :, None]
    return np.asarray(desk * (1 - mask[:, :, None]) + sheet * mask[:, :, None], np.float32)


def _light(work: NDArray[np.float32], dice: Dice, low: float, high: float) -> NDArray[np.float32]:
    """Lamplight that falls off to one side, warmer than white."""
    tall, wide = work.shape[:2]
    angle = dice.between(0, 6.28)
    x, y = np.meshgrid(np.linspace(-1, 1, wide, dtype=np.float32), np.linspace(-1, 1, tall, dtype=np.float32))
    slope = (x * np.cos(angle) + y * np.sin(angle)).astype(np.float32)
    fall = (low + high) / 2 + slope * (high - low) / 2
    warm = np.array([dice.between(0.84, 0.97), 0.97, 1.0], np.float32)
    return np.asarray(work * fall[:, :, None] * warm[None, None], np.float32)


def _shadow(work: NDArray[np.float32], dice: Dice) -> NDArray[np.float32]:
    """The shadow of a head and an arm over part of the page."""
    tall, wide = work.shape[:2]
    mask = np.zeros((tall, wide), np.float32)
    x = int(wide * dice.between(0.15, 0.75))
    points = np.array(
        [[x, 0], [x + int(wide * 0.35), 0], [x + int(wide * 0.5), tall], [x + int(wide * 0.1), tall]],
        np.int32,
    )
    cv2.fillPoly(mask, [points], 1.0)
    cv2.circle(mask, (x + wide // 5, tall // 4), wide // 6, 1.0, -1)
    soft = cv2.GaussianBlur(mask, (0, 0), dice.between(8, 40))
    return np.asarray(work * (1 - dice.between(0.35, 0.5) * soft)[:, :, None], np.float32)


def _glare(work: NDArray[np.float32], dice: Dice) -> NDArray[np.float32]:
    """A lamp's reflection: bright, and over the edge of the text rather than in the middle of it."""
    tall, wide = work.shape[:2]
    mask = np.zeros((tall, wide), np.float32)
    at = (
        int(wide * dice.one(dice.between(0.08, 0.22), dice.between(0.78, 0.92))),
        int(tall * dice.between(0.15, 0.85)),
    )
    cv2.ellipse(mask, at, (wide // 9, tall // 13), dice.between(0, 180), 0, 360, 1.0, -1)
    soft = cv2.GaussianBlur(mask, (0, 0), wide / 40)
    return np.asarray(work + 190 * soft[:, :, None], np.float32)


def _thumb(work: NDArray[np.float32], dice: Dice) -> NDArray[np.float32]:
    """A thumb that holds the paper at its lower or side edge."""
    tall, wide = work.shape[:2]
    skin = (np.array([[[120, 150, 205]]], np.float32)) * dice.between(0.5, 1.0)
    mask = np.zeros((tall, wide), np.float32)
    left = dice.chance(0.5)
    at = (0 if left else wide, int(tall * dice.between(0.72, 0.9)))
    cv2.ellipse(mask, at, (int(wide * 0.13), int(tall * 0.07)), -20 if left else 20, 0, 360, 1.0, -1)
    soft = cv2.GaussianBlur(mask, (0, 0), 5)[:, :, None]
    return np.asarray(work * (1 - soft) + skin * soft, np.float32)


def _folded(page: Picture, dice: Dice) -> Picture:
    """Paper that was carried in a shirt pocket: two creases, each side of them in another light."""
    tall, wide = page.shape[:2]
    work = page.astype(np.float32)
    across = int(tall * dice.between(0.3, 0.7))
    down = int(wide * dice.between(0.3, 0.7))
    work[:across] *= dice.between(0.86, 0.95)
    work[:, :down] *= dice.between(0.9, 0.97)
    for n, strength in ((-2, 0.8), (-1, 0.62), (0, 0.55), (1, 1.12), (2, 1.06)):
        work[across + n] *= strength
        work[:, down + n] *= strength
    return np.asarray(np.clip(work, 0, 255), np.uint8)


def _curled(page: Picture, dice: Dice) -> Picture:
    """Paper that does not lie flat: lines of text become shallow waves, and the hollow is darker."""
    tall, wide = page.shape[:2]
    x, y = np.meshgrid(np.arange(wide, dtype=np.float32), np.arange(tall, dtype=np.float32))
    phase = dice.between(0, 6.28)
    bend = np.sin(x / wide * dice.between(3, 5) + phase)
    moved = (y + bend * tall * dice.between(0.008, 0.014)).astype(np.float32)
    bent = cv2.remap(page, x, moved, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
    return np.asarray(np.clip(bent * (0.9 + 0.1 * bend)[:, :, None], 0, 255), np.uint8)


def photo(pdf: bytes, dice: Dice, *effects: str, long_side: int = 2200) -> Picture:
    """A phone's picture of the page upon a desk."""
    page = rendered(pdf, 190)
    wide, high = (
        (long_side, long_side * 3 // 4) if page.shape[1] > page.shape[0] else (long_side * 3 // 4, long_side)
    )
    if "fold" in effects:
        page = _folded(page, dice)
    if "curl" in effects:
        page = _curled(page, dice)
    tilt = 15.0 if "tilt" in effects else 4.0
    slant = 0.1 if "keystone" in effects else 0.035
    work = laid(page, dice, wide, high, tilt, slant, 0.62 if "far" in effects else 0.9)
    work = _light(work, dice, 0.72, 1.0)
    if "shadow" in effects:
        work = _shadow(work, dice)
    if "glare" in effects:
        work = _glare(work, dice)
    if "thumb" in effects:
        work = _thumb(work, dice)
    if "dim" in effects:
        work = work * dice.between(0.32, 0.42) + 6
    if "blur" in effects:
        size = dice.one(3, 5) if long_side < 1500 else dice.one(5, 7)
        kernel = np.zeros((size, size), np.float32)
        kernel[size // 2] = 1 / size
        work = np.asarray(cv2.filter2D(cv2.GaussianBlur(work, (0, 0), 1.1), -1, kernel), np.float32)
    grain = 9 if "dim" in effects else 4
    work = work + noise_of(dice).normal(0, grain, work.shape[:2]).astype(np.float32)[:, :, None]
    return np.clip(work, 0, 255).astype(np.uint8)

"""How is a HEIC written where no library here can? As plain samples (I_PCM), the one coding that needs no encoder.

One intra slice of 32 by 32 blocks, each a flag and its samples, in the container that phones use. Six bits of light and
five of each color are kept; ITU-T H.265 and ISO/IEC 23008-12 say what each field is.
"""

import re
import struct

import cv2
import numpy as np

from tests.certificates.camera import Picture

BLOCK = 32
LUMA_BITS, CHROMA_BITS = 6, 5
# Main still picture, level 5.1: profile, compatibility, constraints, level.
PROFILE = bytes([3]) + struct.pack(">I", 0x70000000) + b"\x90\x00\x00\x00\x00\x00" + bytes([153])
VPS, SPS, PPS, IDR = 32, 33, 34, 19
# How much of the range the unlikely value takes in each state, for a range of 448 and above.
UNLIKELY = (
    240, 227, 216, 205, 195, 185, 175, 166, 158, 150, 142, 135, 128, 122, 116, 110, 104, 99, 94, 89, 85, 80, 76, 72, 69,
    65, 62, 59, 56, 53, 50, 48, 45, 43, 41, 39, 37, 35, 33, 31, 30, 28, 27, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15,
    14, 14, 13, 12, 12, 11, 11, 10, 9,
)  # fmt: skip


class Bits:
    """Bits in the order in which they are written."""

    def __init__(self) -> None:
        self.bits = ""

    def u(self, count: int, value: int) -> "Bits":
        """A number of so many bits."""
        self.bits += f"{value:0{count}b}"
        return self

    def ue(self, *values: int) -> "Bits":
        """Numbers in Exp-Golomb code; a signed zero is the same bit."""
        for value in values:
            code = f"{value + 1:b}"
            self.bits += "0" * (len(code) - 1) + code
        return self

    def raw(self, data: bytes) -> "Bits":
        """Whole bytes."""
        self.bits += "".join(f"{byte:08b}" for byte in data)
        return self

    def ended(self) -> bytes:
        """A one, then zeros up to the byte."""
        return packed(f"{self.bits}1")


def packed(bits: str) -> bytes:
    """Bits as bytes, zeros behind."""
    whole = bits + "0" * (-len(bits) % 8)
    return int(whole, 2).to_bytes(len(whole) // 8, "big")


def _unit(kind: int, body: bytes) -> bytes:
    """A unit of the stream, without a start code inside it."""
    return struct.pack(">H", kind << 9 | 1) + re.sub(rb"\x00\x00(?=[\x00-\x03])", b"\x00\x00\x03", body)


def _parameters(wide: int, high: int) -> tuple[bytes, bytes, bytes]:
    """Video, sequence and picture parameters."""
    video = Bits().u(4, 0).u(2, 3).u(6, 0).u(3, 0).u(1, 1).u(16, 0xFFFF).raw(PROFILE)
    video.u(1, 1).ue(0, 0, 0).u(6, 0).ue(0).u(2, 0)
    sequence = Bits().u(4, 0).u(3, 0).u(1, 1).raw(PROFILE).ue(0, 1, wide, high).u(1, 0)
    sequence.ue(0, 0, 0).u(1, 1).ue(0, 0, 0)
    sequence.ue(2, 0, 0, 3, 0, 0)  # blocks of 32 only, transforms of 4 to 32
    sequence.u(3, 0).u(1, 1).u(4, LUMA_BITS - 1).u(4, CHROMA_BITS - 1).ue(2, 0).u(1, 1)
    sequence.ue(0).u(5, 0)
    picture = Bits().ue(0, 0).u(7, 0).ue(0, 0, 0).u(3, 0).ue(0, 0).u(6, 0)
    picture.u(1, 0).u(1, 1).u(1, 0).u(1, 1).u(2, 0).ue(0).u(2, 0)
    return _unit(VPS, video.ended()), _unit(SPS, sequence.ended()), _unit(PPS, picture.ended())


def _flushed(low: int) -> str:
    """The arithmetic coder's last bits when a terminating one was coded at this place."""
    out, waiting, first = "", 0, True
    coder = low

    def put(bit: int) -> None:
        nonlocal out, waiting, first
        out += "" if first else str(bit)
        first = False
        out += str(1 - bit) * waiting
        waiting = 0

    for _ in range(7):  # a range of 2 becomes one of 256
        if coder < 256:
            put(0)
        elif coder >= 512:
            coder -= 512
            put(1)
        else:
            coder -= 256
            waiting += 1
        coder <<= 1
    put(coder >> 9 & 1)
    return out + f"{(coder >> 7 & 3) | 1:02b}"


def _flag(number: int) -> bytes:
    """What stands before the samples of a block: not the end, one whole part, plain samples."""
    whole = 510 if number == 0 else 508
    return packed(_flushed(whole - UNLIKELY[min(number, len(UNLIKELY) - 1)] - 2))


def _samples(plane: Picture, size: int, bits: int) -> Picture:
    """The samples of each block in a row, as bits."""
    high, wide = plane.shape
    blocks = plane.reshape(high // size, size, wide // size, size).swapaxes(1, 2).reshape(-1, size * size)
    # To the nearest step, or every picture would be a little darker and greener than it was.
    nearest = np.minimum(blocks.astype(np.int16) + (1 << (7 - bits)), 255)
    shifts = np.arange(7, 7 - bits, -1, dtype=np.int16)
    spread = (nearest[:, :, None] >> shifts) & 1
    return np.asarray(spread.reshape(len(blocks), -1), np.uint8)


def _slice(picture: Picture) -> bytes:
    """The picture's one slice."""
    planes = cv2.cvtColor(picture, cv2.COLOR_BGR2YUV_I420)
    high, wide = picture.shape[:2]
    light = planes[:high]
    blue, red = planes[high:].reshape(2, high // 2, wide // 2)
    parts = [_samples(np.asarray(light, np.uint8), BLOCK, LUMA_BITS)]
    parts += [_samples(np.asarray(each, np.uint8), BLOCK // 2, CHROMA_BITS) for each in (blue, red)]
    blocks = np.packbits(np.concatenate(parts, axis=1), axis=1)
    head = Bits().u(2, 2).ue(0, 2, 0).ended()
    body = b"".join(_flag(number) + block.tobytes() for number, block in enumerate(blocks))
    return _unit(IDR, head + body + packed(_flushed(508)))


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def _full(kind: bytes, *parts: bytes, version: int = 0) -> bytes:
    return _box(kind, bytes([version, 0, 0, 0]), *parts)


def heic(picture: Picture, turns: int = 0) -> bytes:
    """A picture as HEIC; ``turns`` quarter turns to the left are asked of whoever shows it, as phones do."""
    high, wide = (side // BLOCK * BLOCK for side in picture.shape[:2])
    units = _parameters(wide, high)
    coded = _slice(np.ascontiguousarray(picture[:high, :wide]))
    arrays = b"".join(
        struct.pack(">BHH", 0x80 | kind, 1, len(unit)) + unit
        for kind, unit in zip((VPS, SPS, PPS), units, strict=True)
    )
    settings = b"\x01" + PROFILE + b"\xf0\x00\xfc\xfd\xf8\xf8\x00\x00\x0f\x03" + arrays
    properties = [
        _box(b"hvcC", settings),
        _full(b"ispe", struct.pack(">II", wide, high)),
        _box(b"irot", bytes([turns])),
    ]
    links = struct.pack(">IHB", 1, 1, 3) + bytes([0x81, 2, 0x83])
    kind = _box(b"ftyp", b"heic", bytes(4), b"mif1", b"heic")

    def meta(place: int) -> bytes:
        return _full(
            b"meta",
            _full(b"hdlr", bytes(4), b"pict", bytes(13)),
            _full(b"pitm", struct.pack(">H", 1)),
            _full(b"iloc", struct.pack(">BBHHHHII", 0x44, 0, 1, 1, 0, 1, place, len(coded) + 4)),
            _full(
                b"iinf",
                struct.pack(">H", 1),
                _full(b"infe", struct.pack(">HH", 1, 0), b"hvc1\x00", version=2),
            ),
            _box(b"iprp", _box(b"ipco", *properties), _full(b"ipma", links)),
        )

    place = len(kind) + len(meta(0)) + 8
    return kind + meta(place) + _box(b"mdat", struct.pack(">I", len(coded)), coded)

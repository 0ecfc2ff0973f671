"""Which other files make up the set? Innocent papers as they are sent, pictures of things, and hostile files."""

from collections.abc import Iterator

from tests.certificates import camera, deliveries
from tests.certificates.dice import Dice
from tests.certificates.others import disguises, packings, pdfs
from tests.certificates.others.deeds import DEEDS
from tests.certificates.others.papers import PAPERS
from tests.certificates.others.pictures import ILLEGIBLE, THINGS
from tests.certificates.truth import Grade, Specimen, Truth

# Each paper is sent in four ways; which ones changes from paper to paper.
WAYS = ("pdf", "png", "scan", "photo", "screenshot", "scan-pdf", "mms", "fax")
EACH = 4


def _other(
    file: str, layout: str, data: bytes, kinds: tuple[str, ...], reasons: tuple[str, ...], kind: str
) -> Specimen:
    truth = Truth(expect=kinds[0], expect_also=kinds[1:], reasons=reasons, kind=kind)
    return Specimen(file=file, grade=Grade.OTHER, layout=layout, truth=truth, data=data)


def papers(seed: int, only: str) -> Iterator[Specimen]:
    """Innocent papers."""
    for number, (paper, draw) in enumerate((PAPERS | DEEDS).items()):
        for n in range(EACH):
            way = WAYS[(number + n * 3) % len(WAYS)]
            name = f"innocent-{paper}-{way}"
            if only not in name:
                continue
            dice = Dice(seed, name, 200 + number * EACH + n, tricky=n > 0)
            data, ending = deliveries.EVERY[way](draw(dice), dice)
            yield _other(f"{name}.{ending}", paper, data, ("not_certificate", "unreadable"), (), "innocent")


def things(seed: int, only: str) -> Iterator[Specimen]:
    """Pictures of things, and certificates that nobody can read."""
    for group, kinds in (
        (THINGS, ("not_certificate", "unreadable")),
        (ILLEGIBLE, ("unreadable", "not_certificate")),
    ):
        for name, draw in group.items():
            for n in (1, 2):
                file = f"picture-{name}-{n}.{'jpg' if n == 1 else 'png'}"
                if only in file:
                    picture = draw(Dice(seed, file, 400 + n))
                    data = (
                        camera.encoded(picture, "JPEG", 82)
                        if n == 1
                        else camera.encoded(picture[::2, ::2], "PNG")
                    )
                    yield _other(file, name, data, kinds, (), "picture")


def hostile(seed: int, only: str) -> Iterator[Specimen]:
    """Files that want to do harm, and broken ones."""
    for name, (data, kinds, reasons) in pdfs.every(Dice(seed, "pdfs", 500)):
        file = f"hostile-{name}.pdf"
        if only in file:
            yield _other(file, "hostile-pdf", data, kinds, reasons, "hostile")
    for name, (data, kinds, reasons) in disguises.every(Dice(seed, "disguises", 600)):
        file = f"hostile-{name}"
        if only in file:
            yield _other(file, "hostile-file", data, kinds, reasons, "hostile")


def packed(seed: int, only: str) -> Iterator[Specimen]:
    """Genuine certificates in strange packing."""
    for name, ending, (data, truth) in packings.every(seed, only):
        yield Specimen(
            file=f"packed-{name}.{ending}", grade=Grade.ODD, layout="packed", truth=truth, data=data
        )


def specimens(seed: int, only: str) -> Iterator[Specimen]:
    """All of them."""
    for group in (packed, papers, things, hostile):
        yield from group(seed, only)

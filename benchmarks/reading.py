"""What does reading a file cost? Seconds and memory by kind with a warm reader, beside the libraries alone.

``python -m benchmarks.reading FOLDER`` takes a folder drawn by ``python -m tests.certificates.draw FOLDER``; without
one a few papers are drawn. While our reader works an event loop ticks, and its longest pause is part of the figures.
"""

import argparse
import asyncio
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import pypdfium2 as pdfium

from reading.certificates.model import PaperKind
from reading.documents.admission import admitted
from reading.documents.model import FileRefusal
from reading.files import FileType, sniff
from reading.process.model import ReaderTrouble
from reading.process.reader import Reader
from tests.fakes import papers

# What the project promised; a run that breaks one ends with 1.
SECONDS_LIMIT = 20.0
PEAK_LIMIT = 1500.0
PAUSE_LIMIT = 0.1
TICK = 0.005
PATIENCE = 120.0
BARE = (sys.executable, "-m", "benchmarks.bare_reading")
_FEW = 40


@dataclass(frozen=True, slots=True)
class Cost:
    """What one file took: seconds, and the most memory its process held meanwhile, in MB."""

    seconds: float
    peak: float


class Memory:
    """The most memory a process held since the last look; Linux only, elsewhere nothing is said."""

    def __init__(self, pid: int) -> None:
        self._place = Path(f"/proc/{pid}")

    def forget(self) -> None:
        """Begin anew."""
        try:
            (self._place / "clear_refs").write_text("5", encoding="ascii")
        except OSError:
            return

    def peak(self) -> float:
        """MB."""
        try:
            lines = (self._place / "status").read_text(encoding="ascii").splitlines()
        except OSError:
            return 0.0
        return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def children() -> set[int]:
    """The processes that this one started."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {int(pid) for task in tasks for pid in task.read_text(encoding="ascii").split()}


def kind_of(path: Path) -> str:
    """What kind of file it is, as far as its cost goes."""
    content = path.read_bytes()
    kind = sniff(content)
    if kind is not FileType.PDF:
        return kind.value
    document = pdfium.PdfDocument(content)
    letters = sum(page.get_textpage().count_chars() for page in document)
    document.close()
    return "pdf, text" if letters >= _FEW else "pdf, scanned"


def opened(folder: Path) -> list[Path]:
    """Those of a folder that are opened at all; a refusal costs nothing worth measuring."""
    return [
        path
        for path in sorted(folder.iterdir())
        if path.is_file() and not isinstance(admitted(path.read_bytes()), FileRefusal)
    ]


async def ours(files: Sequence[Path], reader: Reader, pid: int) -> tuple[dict[Path, Cost], float]:
    """Each file that was opened, by our reader, and the longest that the event loop stood still meanwhile."""
    memory = Memory(pid)
    longest = 0.0
    over = asyncio.Event()

    async def tick() -> None:
        nonlocal longest
        last = perf_counter()
        while not over.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(TICK):
                    await over.wait()
            now = perf_counter()
            longest, last = max(longest, now - last - TICK), now

    ticking = asyncio.create_task(tick())
    costs = {}
    for path in files:
        content = path.read_bytes()
        memory.forget()
        began = perf_counter()
        answer = await asyncio.to_thread(reader.read, content, within=PATIENCE)
        assert answer is not None, path
        if answer.kind is not PaperKind.REFUSED and answer.reason not in set(ReaderTrouble):
            costs[path] = Cost(perf_counter() - began, memory.peak())
    over.set()
    await ticking
    return costs, longest


@contextmanager
def bare() -> Iterator[subprocess.Popen[str]]:
    """The libraries in a process of their own, warm."""
    with subprocess.Popen(  # noqa: S603  our own command
        BARE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


def alone(files: Sequence[Path]) -> list[Cost | None]:
    """The same files by the libraries alone; None where they fail."""
    costs: list[Cost | None] = []
    rest = list(files)
    while rest:
        with bare() as process:
            assert process.stdin is not None
            assert process.stdout is not None
            memory = Memory(process.pid)
            while rest:
                memory.forget()
                print(rest.pop(0), file=process.stdin, flush=True)
                said = process.stdout.readline()
                costs.append(Cost(float(said), memory.peak()) if said else None)
                if not said:
                    break
    return costs


def draw(folder: Path) -> None:
    """A few papers of each kind that we can draw ourselves."""
    paper = papers.drawn(papers.pdf(papers.certificate), scale=3)
    (folder / "text.pdf").write_bytes(papers.pdf(papers.certificate))
    (folder / "scan.pdf").write_bytes(papers.pdf(papers.image_on_page(paper)))
    (folder / "photo.jpg").write_bytes(papers.photograph(paper.rotate(4, expand=True, fillcolor="gray")))
    (folder / "upside-down.jpg").write_bytes(papers.photograph(paper.rotate(180)))
    (folder / "quarter-turn.jpg").write_bytes(papers.photograph(paper.rotate(90, expand=True)))
    (folder / "screen.png").write_bytes(papers.saved(paper, "PNG"))
    (folder / "picture.webp").write_bytes(papers.saved(paper, "WEBP"))


def show(files: Sequence[Path], mine: Sequence[Cost], others: Sequence[Cost | None]) -> None:
    """A line for each kind."""
    kinds: dict[str, list[int]] = defaultdict(list)
    for place, path in enumerate(files):
        kinds[kind_of(path)].append(place)
    print(
        f"{'':16}{'files':>6}{'median s':>10}{'longest s':>11}{'peak MB':>9}{'alone s':>9}{'alone MB':>10}{'ratio':>7}"
    )
    for kind, places in sorted(kinds.items()):
        seconds = [mine[place].seconds for place in places]
        pairs = [(mine[place].seconds, other) for place in places if (other := others[place]) is not None]
        line = f"{kind:16}{len(places):6}{median(seconds):10.2f}{max(seconds):11.2f}"
        line += f"{max(mine[place].peak for place in places):9.0f}"
        if pairs:
            line += f"{median(other.seconds for _, other in pairs):9.2f}{max(other.peak for _, other in pairs):10.0f}"
            line += f"{median(own / other.seconds for own, other in pairs):7.2f}"
        print(line)


def main() -> int:
    """Print the figures; 1 when a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--each", type=int, default=1, help="measure one file in so many")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        if given.folder is None:
            draw(folder)
        reader = Reader()
        try:
            before = children()
            began = perf_counter()
            first = reader.read(papers.pdf(papers.with_words("Warm")), within=PATIENCE)
            assert first is not None
            print(f"first file after {perf_counter() - began:.1f} s")
            [pid] = children() - before
            files = opened(folder)[:: given.each]
            costs, pause = asyncio.run(ours(files, reader, pid))
        finally:
            reader.close()
        files, mine = list(costs), list(costs.values())
        show(files, mine, alone(files))
    slowest, peak = max(cost.seconds for cost in mine), max(cost.peak for cost in mine)
    print(
        f"slowest {slowest:.1f} s, most memory {peak:.0f} MB, longest pause of the event loop {pause * 1000:.0f} ms"
    )
    return int(slowest > SECONDS_LIMIT or peak > PEAK_LIMIT or pause > PAUSE_LIMIT)


if __name__ == "__main__":
    sys.exit(main())

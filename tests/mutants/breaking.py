"""How is the code broken? Every mutant of a module stands beside its original in one file, asleep until it is named."""

import difflib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from mutmut.mutation.file_mutation import MutatedFile, mutate_file_contents
from mutmut.utils.format_utils import get_mutant_name

from tests.mutants.campaigns import Campaign

# What says nothing of a slip: the form in which a mutant is written, and comments of the tool's own.
NOT_COUNTED = frozenset(
    {"ignore-without-code", "redundant-expr", "truthy-bool", "unreachable", "unused-ignore"}
)
# The tool looks for its settings where it runs.
SETTINGS = "[mutmut]\nsource_paths =\n    .\n"


@dataclass(frozen=True, slots=True)
class Broken:
    """One module with all its mutants."""

    path: Path
    made: MutatedFile

    def names(self) -> Mapping[str, str]:
        """The mutants: the name of each, and of the function that holds it."""
        return {get_mutant_name(self.path, each): each for each in self.made.mutant_names}

    def difference(self, function: str) -> str:
        """What a mutant says differently."""
        before = self._lines(f"{function.rpartition('__mutmut_')[0]}__mutmut_orig")
        lines = difflib.unified_diff(before[1:], self._lines(function)[1:], lineterm="", n=1)
        return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))

    def _lines(self, function: str) -> list[str]:
        span, code = self.made.line_span_by_function_name[function], str(self.made.code)
        return code.splitlines()[span.start - 1 : span.end]


def lay_out(campaign: Campaign, root: Path, folder: Path) -> tuple[Broken, ...]:
    """A copy of everything that git knows or could, with the modules of the campaign broken."""
    shutil.rmtree(folder, ignore_errors=True)
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(
        listed, cwd=root, check=True, capture_output=True, text=True
    ).stdout.splitlines():
        if (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, folder / name)
    (folder / "setup.cfg").write_text(SETTINGS, encoding="utf-8")
    with chdir(folder):
        return tuple(_broken(folder, path) for path in _modules(campaign, folder))


def _modules(campaign: Campaign, folder: Path) -> Iterator[Path]:
    for pattern in campaign.modules:
        yield from (path.relative_to(folder) for path in sorted(folder.glob(pattern)))


def _broken(folder: Path, path: Path) -> Broken:
    made = mutate_file_contents(str(path), (folder / path).read_text(encoding="utf-8"))
    (folder / path).write_text(made.code, encoding="utf-8")
    return Broken(path, made)


def refused_by_types(folder: Path, modules: Iterable[Broken]) -> frozenset[str]:
    """Mutants that the type check of the build does not let pass, all from one run of it."""
    by_path = {each.path.as_posix(): each for each in modules}
    # What the modules rest on is checked once for all campaigns.
    kept = ("--cache-dir", str(folder.parent / "types"))
    asked = [sys.executable, "-m", "mypy", "--output", "json", *kept, *by_path]
    said = subprocess.run(asked, cwd=folder, check=False, capture_output=True, text=True).stdout
    refused = set()
    for error in map(json.loads, filter(None, said.splitlines())):
        each = by_path.get(error["file"])
        if each is not None and error["severity"] == "error" and error["code"] not in NOT_COUNTED:
            refused |= {
                get_mutant_name(each.path, name)
                for name, span in each.made.line_span_by_function_name.items()
                if span.start <= error["line"] <= span.end and not name.endswith("_orig")
            }
    return frozenset(refused)

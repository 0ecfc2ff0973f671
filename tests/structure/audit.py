"""Is a vulnerability known in what a server installs? Run as a module by ``make check``; it asks where the network
answers, says in one line that it was left out where not, and fails for a finding that nobody accepted."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.structure.checkout import ROOT

PINS = ROOT / "requirements" / "runtime.txt"
ACCEPTED = ROOT / "requirements" / "accepted.txt"
STAMP = (
    Path(sys.prefix) / ".audited"
)  # what was found clean, and when: the same pins are asked about once a day
FIRST_ANSWER = 6  # seconds; a build machine without a network is not kept waiting
WHOLE_ANSWER = 90
LONGEST = timedelta(days=90)
PIP_AUDIT = (
    *(sys.executable, "-m", "pip_audit"),
    *("--require-hashes", "--disable-pip"),  # nothing is installed or resolved for it
    *("--format", "json", "--desc", "off", "--aliases", "on", "--progress-spinner", "off"),
    *("--timeout", "3"),
)
UNDERSTOOD = {0, 1}  # the tool's codes for clean and for found; it also ends with 1 where nobody answers


@dataclass(frozen=True, slots=True)
class Finding:
    """One known vulnerability of one pinned package."""

    package: str
    version: str
    ids: tuple[str, ...]
    mended_in: tuple[str, ...]

    def __str__(self) -> str:
        mended = ", ".join(self.mended_in) or "no version yet"
        return f"{self.package} {self.version}: {self.ids[0]}, mended in {mended}"


@dataclass(frozen=True, slots=True)
class Report:
    """What the registry said of the pins."""

    known: int
    unknown: tuple[str, ...]
    findings: tuple[Finding, ...]


class UnansweredError(Exception):
    """Nobody answered, or nobody who knows of vulnerabilities."""


def read_report(text: str) -> Report:
    """The report of pip-audit; a package that the registry has no entry for is counted apart."""
    try:
        dependencies = json.loads(text)["dependencies"]
    except (ValueError, LookupError, TypeError):
        raise UnansweredError("the registry did not answer") from None
    unknown = tuple(each["name"] for each in dependencies if "skip_reason" in each)
    known = [each for each in dependencies if "skip_reason" not in each]
    if not known:
        raise UnansweredError("the registry that answers here keeps no list of vulnerabilities")
    return Report(
        len(known),
        unknown,
        tuple(
            Finding(each["name"], each["version"], (one["id"], *one["aliases"]), tuple(one["fix_versions"]))
            for each in known
            for one in each["vulns"]
        ),
    )


def read_accepted(text: str, today: date) -> dict[tuple[str, str], date]:
    """Identifier and package to the last day on which it passes."""
    accepted = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        try:
            identifier, package, until, _reason = line.split(maxsplit=3)
            last = date.fromisoformat(until)
        except ValueError:
            raise SystemExit(f"{ACCEPTED.name}: not ID, PACKAGE, UNTIL and a reason: {line}") from None
        if last > today + LONGEST:
            raise SystemExit(f"{ACCEPTED.name}: {identifier} passes for more than {LONGEST.days} days")
        accepted[identifier, package] = last
    return accepted


def standing_open(
    findings: Sequence[Finding], accepted: Mapping[tuple[str, str], date], today: date
) -> list[Finding]:
    """The findings that nobody accepted, or no longer."""
    return [
        finding
        for finding in findings
        if not any(accepted.get((each, finding.package), date.min) >= today for each in finding.ids)
    ]


def first_pin(text: str) -> str:
    """The first pin of a file with its hashes: one question tells whether anybody answers."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    end = next(number for number, line in enumerate(lines) if not line.endswith("\\"))
    return "\n".join(lines[: end + 1]) + "\n"


def ask(pins: Path, seconds: int) -> Report:
    """Have pip-audit ask about these pins."""
    try:
        done = subprocess.run(  # noqa: S603  nothing of it comes from outside
            [*PIP_AUDIT, "--requirement", str(pins)],
            capture_output=True,
            check=False,
            text=True,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        raise UnansweredError(f"no answer within {seconds} seconds") from None
    if done.returncode not in UNDERSTOOD:
        raise SystemExit(f"audit: pip-audit did not run:\n{done.stderr}")
    return read_report(done.stdout)


def audit(today: date) -> str:
    """What was found, in one line."""
    text = PINS.read_text(encoding="utf-8")
    accepted = read_accepted(ACCEPTED.read_text(encoding="utf-8"), today)
    seen = f"{today} {sha256((text + ACCEPTED.read_text(encoding='utf-8')).encode()).hexdigest()}"
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == seen:
        return "no vulnerability was known today when these pins were asked about"
    with TemporaryDirectory() as folder:
        probe = Path(folder) / "one.txt"
        probe.write_text(first_pin(text), encoding="utf-8")
        ask(probe, FIRST_ANSWER)
    report = ask(PINS, WHOLE_ANSWER)
    still_open = standing_open(report.findings, accepted, today)
    if still_open:
        raise SystemExit("\n".join(["audit: known vulnerabilities", *(f"  {each}" for each in still_open)]))
    STAMP.write_text(seen, encoding="utf-8")
    beside = f", not known to the registry: {', '.join(report.unknown)}" if report.unknown else ""
    return f"no open vulnerability is known in {report.known} packages{beside}"


def main() -> None:
    """Say the one line; end with 1 only for a finding."""
    try:
        said = audit(datetime.now(UTC).date())
    except UnansweredError as why:
        said = f"left out, {why}"
    sys.stdout.write(f"audit: {said}\n")


if __name__ == "__main__":
    main()

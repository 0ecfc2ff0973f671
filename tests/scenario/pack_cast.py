"""A second version of Lakemont's own pack, beside the one that ships."""

import shutil
from pathlib import Path

from rules.loader import SHIPPED

FIRST, SECOND = "lkm-2027.1", "lkm-2027.2"
STATE = "mn-demo-2026.2"

WELLNESS = """
# Sworn people see the peer counselor once in each licensing cycle.
id: lkm-peer-support
short: PEER-1
label: Peer support
duty: Sworn people see the peer counselor once in each licensing cycle.
track: policy
measure: presence
verdicts: [policy]
applies: {fact: position, in: [police-officer, detective, corporal, sergeant, lieutenant, captain, deputy-chief, chief]}
window: licensing-cycle
minimum:
  - {since: 2022-01-01, reckoned: window-start, owed: record}
counts: {topics: [peer-support]}
consequence: reported to the chief
confidence: agency
references:
  - title: Rule PEER-1, peer support
    href: agency:rules/PEER-1
    retrieved: 2027-02-15
    supports: [minimum, window, applies, counts, consequence]
    confidence: agency
reviewed: {on: 2027-02-15, by: "Priya Nair, training coordinator"}
"""


def second_version(packs: Path, version: str = "2027.2", effective_from: str = "2027-04-01") -> Path:
    """Lakemont's next policy in a folder of its own: peer support is new, de-escalation is gone, and the TASER
    refresher is due every six months instead of twelve."""
    folder = packs / "lkm" / version
    shutil.copytree(SHIPPED / "demo" / "lkm", folder)
    rewrite(folder / "pack.yaml", '"2027.1"', f'"{version}"\neffective_from: {effective_from}')
    rewrite(folder / "pack.yaml", "  taser: {", "  peer-support: {label: Peer support}\n  taser: {")
    rewrite(folder / "requirements" / "010-taser.yaml", "months: 12}", "months: 6}")
    (folder / "requirements" / "050-de-escalation.yaml").unlink()
    (folder / "requirements" / "080-peer-support.yaml").write_text(WELLNESS.lstrip(), encoding="utf-8")
    return folder


def rewrite(file: Path, old: str, new: str) -> None:
    """One text of a file in place of another, which has to be there."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file} does not say {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")

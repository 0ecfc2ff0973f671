"""A pack that says everything a pack can say, as its files are written."""

from pathlib import Path

import yaml

from rules.document import Value

PACK = """
id: full
version: "2"
state: XX
label: A full board
cycle: {rule: certified-half-year, years: 3, from_facts: [certified_on], leave_extends_after: {months: 6}}
general_topic: other
topics:
  driving: {label: Driving, also: [evoc], asked_as: [pursuit]}
  other: {label: Anything else}
tracks: {mandated: State, agency: Our own}
verdicts: [renewal, duty]
headline: [full-driving]
assumed: {status: active, disciplines: [police, emd]}
covers: {fact: status, is: active}
owed_by: everybody
effective_from: 2027-01-01
credit:
  reference: Rule 9
  minutes_per_hour: 50
  shortest_block: {hours: 0.5, unless: [{record: delivery, is: online}]}
  once: {each: course_number, where: [{record: approved, is: true}]}
reporting:
  - id: each
    label: Each class
    reference: Rule 7
    since: 2020-01-01
    each_record: {within_days: 30, days_after_separation: 10}
  - id: yearly
    label: The year
    reference: Rule 8
    each_year:
      - {since: long-standing, due: 01-31}
      - {since: 2024-01-01, due: 02-28, alternatives: [03-01, 12-15]}
  - id: plain
    label: Each
    reference: Rule 6
    each_record: {within_days: 5}
not_encoded:
  - {row: 4, reason: for recruits alone}
"""
RULE = """
id: full-driving
short: DRV-8
label: Driving
duty: Eight hours of driving.
track: agency
measure: event
verdicts: [renewal]
applies: {fact: status, is: active}
window: licensing-cycle
minimum:
  - {since: 2020-07-01, reckoned: window-start, hours: 8}
counts: {topics: [driving]}
consequence: license cannot renew
confidence: secondary
inside: full-driving
pool_role: floor
deferrals:
  - {from: 2020-01-01, to: 2021-12-31, reference: an order}
excused:
  - {unappointed: true, because: not-there}
grace:
  - {from: 2020-01-01, to: 2022-12-31, days: 90, reference: a letter}
waived_with: full-driving
late_only_extended: true
concerns: agency
owed_to: the county
ask: whom to ask
references:
  - title: Example Rule 1
    href: agency:order-1
    retrieved: 2026-11-20
    supports: [minimum, window, applies]
    confidence: secondary
reviewed: {on: 2026-11-21, by: A reviewer}
"""


def written(text: str) -> Value:
    """A value as it stands in a file."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    assert node is not None
    return Value("x.yaml", node)


def laid_down(folder: Path, heading: str, rule: str = "") -> Path:
    """A pack's files in a folder of their own."""
    (folder / "requirements").mkdir(parents=True)
    (folder / "pack.yaml").write_text(heading, encoding="utf-8")
    if rule:
        (folder / "requirements" / "010-rule.yaml").write_text(rule, encoding="utf-8")
    return folder

"""Do the shipped packs hold every duty of the facts, cited and reviewed, and what do they say of a cast?"""

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from rules.case import read_facts, read_record
from rules.evaluate import Evaluation, evaluate
from rules.finding import Finding
from rules.loader import SHIPPED, load_for_state, load_pack, load_packs
from rules.model import Truth
from rules.pack import Confidence, Pack, Requirement

SNAPSHOTS = Path(__file__).parent / "snapshots" / "packs"
PACKS = ("in", "lkm", "mn", "mn-demo", "oh", "or")
# Who is judged by what in the snapshots: the demo agency is judged by two packs at once.
JUDGED_BY = {"in": ("in",), "mn": ("mn",), "oh": ("oh",), "or": ("or",), "demo": ("mn-demo", "lkm")}

MINNESOTA = {
    "mn-ce-total-48": "CE-48",
    "mn-mlo-total-16": "MLO-16",
    "mn-mlo-crisis-6": "CRI-6",
    "mn-mlo-autism-4": "AUT-4",
    "mn-mlo-conflict-1": "CON-1",
    "mn-mlo-diversity-1": "DIV-1",
    "mn-mlo-bias-crimes-1": "BIAS-1",
    "mn-mlo-elective": "ELE-3",
    "mn-officer-wellness-1": "WEL-1",
    "mn-use-of-force-annual": "UOF-1",
    "mn-evoc-5yr": "EVOC-8",
    "mn-sro-course": "SRO-1",
    "mn-confidential-informants": "CI",
}
OREGON = {
    "or-police-total-84",
    "or-police-firearms-uof-8-annual",
    "or-police-leadership-24",
    "or-first-aid-cpr-current",
    "or-ethics",
    "or-mental-health",
    "or-airway-acap-2",
    "or-equity",
    "or-corrections-pp",
    "or-leave-return-8",
    "or-telecom-12-annual",
    "or-emd-8-annual",
    "or-telecom-emd-12-4",
    "or-return-8",
    "or-le-cycle",
    "or-lapse",
}
INDIANA = {
    "in-inservice-total-24": "INS-24",
    "in-firearms-2": "FA-2",
    "in-physical-tactics-2": "PT-2",
    "in-defensive-tactics-4": "DT-4",
    "in-vehicle-ops-2": "VEH-2",
    "in-topic-mental-illness": "MI",
    "in-topic-autism-dementia-missing": "ADM",
    "in-topic-human-trafficking": "HT",
    "in-topic-de-escalation": "DEE",
    "in-waiver-makeup": "MAKEUP",
    "in-hazmat-refresher": "HAZMAT",
    "in-local-ce-topics": "LOCAL-CE",
}
OHIO = {
    "oh-cpt-total": "CPT",
    "oh-cpt-2023-school-threat-3": "SCHOOL-3",
    "oh-cpt-2023-legal-3": "LEG-3",
    "oh-cpt-2023-arrest-search-2": "SEARCH-2",
    "oh-cpt-2022-dei-4": "DEI-4",
    "oh-cpt-2022-core-16": "CORE-16",
    "oh-cpt-2022-rest-8": "REST-8",
    "oh-cpt-2017-critical": "CRIT-20",
    "oh-firearms-requal-annual": "REQUAL",
    "oh-refresher-return-40": "RET-40",
    "oh-refresher-return-80": "RET-80",
}
LAKEMONT = {
    "lkm-taser": "TSR-12",
    "lkm-cpr": "MED-3",
    "lkm-cpr-telecommunicator": "MED-3T",
    "lkm-firearms": "FQ-6",
    "lkm-de-escalation-2": "DEE-2",
    "lkm-telecommunicator-12": "TC-12",
    "lkm-cjis-awareness": "CJIS-1",
}
LEFT_OUT_OF_THE_DEMO = {"mn-sro-course", "mn-confidential-informants"}
MINNESOTA_TOPICS = {
    "autism", "bias-crimes", "conflict-management", "crisis-intervention", "diversity-implicit-bias", "evoc",
    "general", "officer-wellness", "school-resource-officer", "use-of-force",
}  # fmt: skip
OREGON_TOPICS = {
    "airway-circulatory", "emd", "equity", "ethics", "firearms", "general", "leadership", "mental-health",
    "telecommunicator", "use-of-force",
}  # fmt: skip


INDIANA_TOPICS = {
    "autism-dementia-missing", "de-escalation", "defensive-tactics", "firearms", "general", "human-trafficking",
    "mental-illness", "vehicle-operations",
}  # fmt: skip
OHIO_TOPICS = {
    "arrest-search-seizure", "bias-free-policing", "body-worn-cameras", "community-wellness",
    "diversity-inclusion-equity", "domestic-violence", "firearms-requalification", "general", "legal-updates",
    "mental-health", "officer-wellness", "practical-force", "refresher", "school-threat-safety",
    "sexual-assault-response", "trauma-informed-policing", "use-of-force", "vehicle-pursuit-standard",
}  # fmt: skip


def shorts(pack_id: str) -> dict[str, str]:
    return {requirement.id: requirement.short for requirement in load_pack(pack_id).requirements}


def every_requirement() -> Iterator[tuple[Pack, Requirement]]:
    return ((pack, requirement) for pack in load_packs() for requirement in pack.requirements)


def test_every_pack_that_ships_is_looked_at_here() -> None:
    assert tuple(pack.id for pack in load_packs()) == PACKS


def test_a_state_code_finds_the_pack_of_its_board() -> None:
    found = [load_for_state(code).id for code in ("MN", "mn ", "OR", "IN", "oh")]
    assert found == ["mn", "mn", "or", "in", "oh"]


@pytest.mark.parametrize(("pack_id", "duties"), [("in", INDIANA), ("oh", OHIO)])
def test_indiana_and_ohio_hold_every_duty_of_the_facts(pack_id: str, duties: dict[str, str]) -> None:
    assert shorts(pack_id) == duties


def test_minnesota_holds_every_duty_of_the_facts_under_its_spoken_name() -> None:
    assert shorts("mn") == MINNESOTA


def test_oregon_holds_every_duty_of_the_facts() -> None:
    assert set(shorts("or")) == OREGON


def test_lakemont_holds_its_own_rules_under_their_spoken_names() -> None:
    assert shorts("lkm") == LAKEMONT


def test_the_demo_has_minnesotas_duties_but_for_two_and_a_version_of_its_own() -> None:
    demo = load_pack("mn-demo")
    assert {requirement.id for requirement in demo.requirements} == set(MINNESOTA) - LEFT_OUT_OF_THE_DEMO
    assert (demo.name, demo.state, load_pack("lkm").name) == ("mn-demo-2026.2", "MN", "lkm-2027.1")


@pytest.mark.parametrize(
    ("pack_id", "topics"),
    [("in", INDIANA_TOPICS), ("mn", MINNESOTA_TOPICS), ("oh", OHIO_TOPICS), ("or", OREGON_TOPICS)],
)
def test_a_pack_knows_the_topics_that_callers_use(pack_id: str, topics: set[str]) -> None:
    assert set(load_pack(pack_id).topic_labels) == topics


@pytest.mark.parametrize("pack_id", PACKS)
def test_general_words_for_topics_lead_to_a_packs_own(pack_id: str) -> None:
    pack = load_pack(pack_id)
    assert set(pack.topics.values()) == set(pack.topic_labels)


def test_every_amount_that_can_decide_has_a_source_that_supports_it() -> None:
    for _, requirement in every_requirement():
        sources = [
            reference
            for reference in requirement.references
            if "minimum" in reference.supports
            and reference.confidence not in {Confidence.UNVERIFIED, Confidence.PATTERN}
        ]
        assert sources or not requirement.decides, requirement.id


def test_a_duty_is_as_well_known_as_its_best_source_and_no_better() -> None:
    for _, requirement in every_requirement():
        if requirement.decides:
            assert requirement.confidence in {each.confidence for each in requirement.references}


def test_every_rule_says_who_looked_at_it_and_when() -> None:
    for _, requirement in every_requirement():
        assert requirement.reviewed_by, requirement.id
        assert requirement.reviewed_on >= max(each.retrieved for each in requirement.references)


def test_duties_that_cannot_be_checked_say_whom_to_ask() -> None:
    unchecked = {requirement.id: requirement.ask for _, requirement in every_requirement() if requirement.ask}
    assert set(unchecked) == {
        "in-hazmat-refresher",
        "in-local-ce-topics",
        "mn-confidential-informants",
        "or-corrections-pp",
        "or-equity",
    }
    assert {requirement.id for _, requirement in every_requirement() if not requirement.decides} == set(
        unchecked
    )


def test_every_rule_file_opens_with_a_sentence_a_lawyer_could_check() -> None:
    for file in SHIPPED.rglob("requirements/*.yaml"):
        assert re.match(r"# [A-Z].+[.]\n", file.read_text(encoding="utf-8")), file


def test_what_is_not_encoded_gives_its_reason() -> None:
    for pack in load_packs():
        assert pack.not_encoded
        assert all(len(each.reason) > len("none") for each in pack.not_encoded)


def test_a_consequence_fits_behind_if_missed() -> None:
    for _, requirement in every_requirement():
        assert not requirement.consequence.endswith("."), requirement.id
        assert len(requirement.consequence) <= 60, requirement.id


@cache
def cast() -> dict[str, Any]:
    """The people of the snapshots as ``rules evaluate`` would be given them."""
    text = (SNAPSHOTS / "cast.yaml").read_text(encoding="utf-8")
    members: dict[str, Any] = json.loads(json.dumps(yaml.safe_load(text), default=date.isoformat))
    return members


def judged(judged_as: str, member: dict[str, Any]) -> Evaluation:
    packs = tuple(load_pack(pack_id) for pack_id in JUDGED_BY[judged_as])
    given = [*member["records"], *member.get("and_records", ())]
    records = [read_record(record, f"records[{n}]") for n, record in enumerate(given)]
    as_of = date.fromisoformat(member["as_of"])
    return evaluate(packs, read_facts(member["officer"]), records, as_of, older_left_out=True)


def told(evaluation: Evaluation) -> str:
    """A line for the whole, then one a duty: id, window or item, state, counted of required, due, remarks."""
    verdicts = ", ".join(f"{name} {shown(truth)}" for name, truth in evaluation.verdicts)
    packs = " and ".join(pack.name for pack in evaluation.packs)
    word = f"{packs}: {evaluation.word}; compliant {shown(evaluation.compliant)}; {verdicts}"
    rest = f"{evaluation.percent} %; next change {evaluation.next_change_on}"
    return "\n".join([f"  {word}; {rest}", *(line(finding) for finding in evaluation.findings)])


def line(finding: Finding) -> str:
    state = "not-applicable" if finding.applies is False else finding.state.value
    of = "-" if finding.hours_required is None else f"{finding.hours_counted}/{finding.hours_required}"
    due = "-" if finding.due_on is None else finding.due_on.isoformat()
    due += "".join(f" or {day}" for day in finding.due_on_alternatives)
    window = finding.window.label if finding.window is not None else finding.item or "-"
    remarks = " ".join(remark.code for remark in finding.remarks)
    return f"  {finding.requirement.id:<32}{window:<24}{state:<16}{of:<9}{due} {remarks}".rstrip()


def shown(truth: Truth) -> str:
    return "unknown" if truth is None else "yes" if truth else "no"


def snapshot(judged_as: str) -> str:
    parts = (
        f"{member['name']}, {member['as_of']}\n{told(judged(judged_as, member))}\n"
        for member in cast()[judged_as]
    )
    return "\n".join(parts)


@pytest.mark.parametrize("judged_as", JUDGED_BY)
def test_nobody_of_the_cast_stands_elsewhere_than_reviewed(judged_as: str) -> None:
    """After a change that is meant, ``python -m tests.unit.test_packs_shipped`` writes the files again."""
    assert snapshot(judged_as) == (SNAPSHOTS / f"{judged_as}.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    for name in JUDGED_BY:
        (SNAPSHOTS / f"{name}.txt").write_text(snapshot(name), encoding="utf-8")

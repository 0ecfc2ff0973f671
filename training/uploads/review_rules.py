"""What has to be done before a certificate of a type goes on record, and who said so? Rules with versions: a change
holds only once a second person has confirmed it."""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from hashlib import sha256
from hmac import digest
from importlib.resources import files
from secrets import token_hex
from types import MappingProxyType
from typing import Any, Literal

from sqlalchemy import Connection

from db.queries import review_rules
from db.queries.review_rules import RulesState
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, Kept, Role
from db.records.review_rules import ReviewRules, ReviewRulesDecision, RulesWord
from db.unit_of_work import Writer
from reading.certificates.model import PaperKind
from training.asking import OvertakenError, Question
from training.audit import AuditTag
from training.sealed.sealing import keep_text
from training.second_person import first_word, holds
from training.uploads.reviewers import IN_ORDER
from training.uploads.values import Draft, Entry, in_order

# What a reviewer may be made to type instead of ticking it.
TYPED = ("completed_on", "hours")
MOST_PERCENT = 100
# Whoever may propose: those who review, and those who administer.
PROPOSERS = (*IN_ORDER, Role.ADMINISTRATOR)

Does = Callable[[Writer], Iterable[AuditDraft]]


class Evidence(StrEnum):
    """Types of evidence; the catalogue holds ``evidence-<code>`` for each."""

    CERTIFICATE = "certificate"
    CARD = "card"  # it says until when it holds
    TRANSCRIPT = "transcript"  # several classes
    NOT_READ = "not-read"  # the reader found no certificate in it, so nobody but the reviewer has read it


@dataclass(frozen=True, slots=True)
class Steps:
    """What a type needs beside its opened file: values that are confirmed, and of these the ones that are typed."""

    confirmed: tuple[str, ...]
    typed: tuple[str, ...] = ()

    @property
    def ticked(self) -> tuple[str, ...]:
        """What is confirmed by a tick."""
        return tuple(each for each in self.confirmed if each not in self.typed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What a reviewer typed from the paper; None for what was not typed, or cannot be read."""

    hours: Decimal | None = None
    completed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a reviewer says was compared with the file."""

    confirmed: tuple[str, ...]
    typed: Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesVersion:
    """One version. ``state`` is how the record knows it; None for the version that is shipped."""

    version: int
    steps: Mapping[Evidence, Steps]
    second_looks: int  # percent of approvals
    seed: str
    reason: str = ""
    state: RulesState | None = None

    @property
    def is_decided(self) -> bool:
        """Whether it waits for nobody's word: somebody confirmed or refused it, or it comes with the release."""
        return self.state is None or self.state.decided is not None


@cache
def shipped() -> RulesVersion:
    """The rules of this release."""
    text = files("training.uploads").joinpath("review_rules.toml").read_text(encoding="utf-8")
    said = tomllib.loads(text)
    return RulesVersion(
        version=said["version"],
        steps=_steps(said["types"]),
        second_looks=said["second_looks"],
        seed=said["seed"],
        reason=said["reason"],
    )


def _steps(types: Mapping[str, Any]) -> Mapping[Evidence, Steps]:
    """The steps of every type. ValueError for rules that leave one out or would confirm nothing."""
    found = {
        Evidence(name): Steps(
            in_order((*steps["confirmed"], *steps["typed"])),
            tuple(each for each in TYPED if each in steps["typed"]),
        )
        for name, steps in types.items()
    }
    if set(found) != set(Evidence) or not all(each.confirmed for each in found.values()):
        raise ValueError(sorted(types))
    return MappingProxyType(found)


def rules_json(rules: RulesVersion) -> Mapping[str, Any]:
    """The rules as their fact keeps them."""
    return {
        "second_looks": rules.second_looks,
        "types": {
            each.value: {"confirmed": list(steps.confirmed), "typed": list(steps.typed)}
            for each, steps in rules.steps.items()
        },
    }


def rules_of(state: RulesState) -> RulesVersion:
    """The version that the record holds."""
    fact = state.kept.fact
    return RulesVersion(
        version=fact.version,
        steps=_steps(fact.rules["types"]),
        second_looks=fact.rules["second_looks"],
        seed=fact.seed,
        state=state,
    )


def in_force(conn: Connection, agency_id: AgencyId) -> RulesVersion:
    """By which rules this agency decides now: the version that was confirmed last."""
    confirmed = [
        (each.decided.id, each)
        for each in review_rules.versions(conn, agency_id)
        if each.decided is not None and each.decided.fact.word is RulesWord.CONFIRMED
    ]
    return rules_of(max(confirmed)[1]) if confirmed else shipped()


def every_version(conn: Connection, agency_id: AgencyId) -> tuple[RulesVersion, ...]:
    """Every version that may have decided something here, the shipped one first."""
    return (shipped(), *(rules_of(each) for each in review_rules.versions(conn, agency_id)))


def next_version(conn: Connection, agency_id: AgencyId) -> int:
    """The number that the next proposal has."""
    return review_rules.next_version(conn, agency_id)


def waiting(conn: Connection, agency_id: AgencyId) -> RulesVersion | None:
    """What was proposed and waits for a second person."""
    found = [each for each in review_rules.versions(conn, agency_id) if each.decided is None]
    return rules_of(found[0]) if found else None


def evidence_of(draft: Draft) -> Evidence:
    """Of which type an upload is."""
    if draft.kind not in (PaperKind.CERTIFICATE, PaperKind.TRANSCRIPT):
        return Evidence.NOT_READ
    if draft.kind == PaperKind.TRANSCRIPT or draft.is_list:
        return Evidence.TRANSCRIPT
    return Evidence.CARD if draft.entry.expires_on is not None else Evidence.CERTIFICATE


def steps_for(rules: RulesVersion, draft: Draft) -> Steps:
    """What an upload needs beside its opened file."""
    return rules.steps[evidence_of(draft)]


def why_not(
    steps: Steps, entries: Sequence[Entry], checked: Checked, *, looked: bool
) -> Literal["confirm-first", "open-first", "type-first"] | None:
    """What is still to be done before these values may go on record, as a code; None when nothing is."""
    if not looked:
        return "open-first"
    if not set(steps.ticked) <= set(checked.confirmed):
        return "confirm-first"
    return None if _is_typed(steps, entries, checked.typed) else "type-first"


def _is_typed(steps: Steps, entries: Sequence[Entry], typed: Typed) -> bool:
    """Whether what was typed is what would go on record: of a list all hours together, and its last day."""
    hours = [each.hours for each in entries if each.hours is not None]
    if "hours" in steps.typed and typed.hours != (sum(hours, Decimal(0)) if hours else None):
        return False
    days = [each.completed_on for each in entries if each.completed_on is not None]
    return "completed_on" not in steps.typed or typed.completed_on == max(days, default=None)


def is_drawn(rules: RulesVersion, agency_id: AgencyId, number: int) -> bool:
    """Whether an approval gets a second look: HMAC-SHA256 of ``agency:version:upload`` under the version's seed.

    Its first eight bytes as a number are below the share of all such numbers.
    """
    about = f"{agency_id}:{rules.version}:{number}".encode()
    place = int.from_bytes(digest(rules.seed.encode(), about, sha256)[:8])
    return place * MOST_PERCENT < rules.second_looks << 64


def proposes(question: Question, steps: Mapping[Evidence, Steps], second_looks: int, reason: str) -> Does:
    """A version that a second person may confirm. OvertakenError while another one waits."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        holds(question, PROPOSERS)
        if waiting(writer.conn, writer.agency_id) is not None:
            raise OvertakenError
        rules = RulesVersion(
            version=next_version(writer.conn, writer.agency_id),
            steps=steps,
            second_looks=second_looks,
            # Nobody chooses it, so nobody can choose what is drawn.
            seed=token_hex(16),
        )
        writer.record(
            ReviewRules(
                version=rules.version,
                rules=rules_json(rules),
                seed=rules.seed,
                item_id=keep_text(writer, question.office.keys, question.asker.person_id, reason),
            )
        )
        yield AuditDraft(
            tag=AuditTag.REVIEW_RULES_PROPOSED,
            subject_id=question.asker.person_id,
            data={"version": rules.version, **rules_json(rules)},
        )

    return does


def decides(question: Question, rules: RulesVersion, word: RulesWord) -> Does:
    """A second person confirms or refuses it, or whoever proposed it takes it back. The first word stands."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        proposed = _proposed(rules)
        now = waiting(writer.conn, writer.agency_id)
        first_word(
            question,
            own=is_own(question, rules),
            open_still=now is not None and now.version == rules.version,
            confirms=word is RulesWord.CONFIRMED,
            proposers=PROPOSERS,
            seconds=IN_ORDER,
        )
        proposed_by = proposed.recorded_by or 0
        writer.record(
            ReviewRulesDecision(
                rules_id=proposed.id,
                word=word,
                proposed_by=proposed_by,
                decided_by=question.asker.person_id,
            )
        )
        confirmed = word is RulesWord.CONFIRMED
        yield AuditDraft(
            tag=AuditTag.REVIEW_RULES_CONFIRMED if confirmed else AuditTag.REVIEW_RULES_REFUSED,
            subject_id=proposed_by,
            data={"version": rules.version, "proposed_by": proposed_by},
        )

    return does


def is_own(question: Question, rules: RulesVersion) -> bool:
    """Whether the asker proposed this version."""
    return _proposed(rules).recorded_by == question.asker.person_id


def _proposed(rules: RulesVersion) -> Kept[ReviewRules]:
    if rules.state is None:
        raise ValueError(rules.version)
    return rules.state.kept


def reviews(question: Question) -> None:
    """OvertakenError when the asker is nobody who reviews."""
    holds(question, IN_ORDER)

"""What the record says of a person, in the words the rules ask for: facts and completions from kept rows."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from db.queries.evaluation import StreamRow
from db.records import facts as kept_facts
from db.records.facts import Kept, PersonFacts
from rules.case import plain
from rules.model import (
    Assignment,
    Card,
    Completion,
    Credit,
    Fact,
    KnownFacts,
    Leave,
    RecordFact,
    Relief,
    ReliefKind,
    Span,
)

# A credential of this kind holds only the dates of a licensing cycle, as the board or the agency gives them.
CYCLE_KIND = "licensing-cycle"
FIREARM = "firearm:"
GRANTED = frozenset({"granted", "active", "reactivate", "reactivated", "issued"})
REISSUED = frozenset({"reactivate", "reactivated"})
TAKEN_BACK = frozenset({"lapsed", "inactive", "revoked", "suspended", "expired", "denied", "surrendered"})
NOT_YET = frozenset({"required", "app-recd", "applied"})
LAW_ENFORCEMENT = frozenset({"police", "corrections", "parole-probation"})
# From the lowest: the highest granted one is the level a person holds.
LEVELS = ("basic", "intermediate", "advanced", "supervisory", "management", "executive")
DISCIPLINES = {
    "police-officer": "police",
    "police": "police",
    "telecommunicator": "telecommunicator",
    "emergency-medical-dispatcher": "emd",
    "emd": "emd",
    "corrections-officer": "corrections",
    "corrections": "corrections",
    "parole-probation-officer": "parole-probation",
    "parole--probation-officer": "parole-probation",
}


def facts_of(person: PersonFacts, as_of: date) -> KnownFacts:
    """The facts that hold on ``as_of``. What the record does not say stays absent, which means unknown."""
    employment = person.employment.fact
    values: dict[str, Fact] = {}
    denied: set[str] = set()
    for name, value in employment.facts.items():
        fact = _plain_fact(value)
        if fact is not None:
            values[name] = fact
    values["status"] = plain(employment.status)
    values["position"] = plain(employment.position)
    values["kind"] = plain(employment.kind)
    _put(values, "rank", plain(employment.rank) if employment.rank else None)
    _put(values, "appointed_on", employment.appointed_on)
    _put(values, "licensed_on", employment.licensed_on)
    _put(values, "history_complete_from", employment.history_complete_from)
    if employment.ended_on is not None and employment.ended_on <= as_of:
        values["status"] = "separated"
        # Who went straight to another agency never was out of a certifiable position.
        if employment.facts.get("employed_elsewhere") is not True:
            values.setdefault("separated_on", employment.ended_on)
    values.update(_credential_facts(person.credentials, as_of))
    if employment.kind == "civilian":
        # Known to hold none, so that no pack takes a sworn discipline for granted.
        values.setdefault("disciplines", ())
        if "cycle_start" not in values and "last_cycle_start" not in values:
            denied.add("cycle_start")
    values["firearms_carried"] = tuple(
        plain(kept.fact.kind.removeprefix(FIREARM))
        for kept in person.assignments
        if kept.fact.kind.startswith(FIREARM) and _holds(kept.fact.starts_on, kept.fact.ends_on, as_of)
    )
    return KnownFacts(
        values,
        frozenset(denied),
        leave=tuple(
            Leave(kept.fact.starts_on, kept.fact.ends_on, kept.fact.returned_on)
            for kept in sorted(person.leaves, key=lambda kept: kept.fact.starts_on)
        ),
        # Nobody is called short of a card only because no card was ever entered.
        # A card that was issued later proves nothing about the day.
        cards=tuple(_card(kept.fact) for kept in person.cards if _issued_by(kept.fact, as_of))
        if person.cards
        else None,
        assignments=tuple(
            Assignment(
                plain(kept.fact.kind), kept.fact.starts_on, kept.fact.ends_on, _details(kept.fact.details)
            )
            for kept in person.assignments
            if kept.fact.ends_on is None or as_of <= kept.fact.ends_on
        ),
        appointments=tuple(
            Span(kept.fact.appointed_on, kept.fact.ended_on)
            for kept in person.employments
            if kept.fact.appointed_on is not None
        ),
        reliefs=tuple(_relief(kept.fact) for kept in person.exemptions),
    )


def _put(values: dict[str, Fact], name: str, value: Fact | None) -> None:
    if value is not None:
        values[name] = value


def _plain_fact(value: Any) -> Fact | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return plain(value)
    if isinstance(value, (list, tuple)):
        return tuple(plain(str(each)) for each in value)
    return None


def _issued_by(card: kept_facts.Card, day: date) -> bool:
    return card.valid_from is None or card.valid_from <= day


def _holds(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or day <= end)


def _credential_facts(credentials: Iterable[Kept[kept_facts.Credential]], as_of: date) -> dict[str, Fact]:
    """Cycle dates, disciplines and level from what the board granted and has not taken back by this day."""
    values: dict[str, Fact] = {}
    said = sorted((kept.fact for kept in credentials), key=lambda each: _since(each) or date.min)
    cycle = _cycle_in_question(said, as_of)
    if cycle is not None:
        if as_of <= cycle[1]:
            values["cycle_start"], values["cycle_end"] = cycle
        else:
            # Whether the next one follows from it is for the board's rule to say.
            values["last_cycle_start"], values["last_cycle_end"] = cycle
    granted: dict[tuple[str, str], bool] = {}
    for credential in said:
        since = _since(credential)
        if credential.kind != CYCLE_KIND and (since is None or since <= as_of):
            _take(credential, granted, values)
    if granted:
        values["certified"] = any(granted.values())
    held = [key for key, holds in granted.items() if holds]
    if disciplines := tuple(dict.fromkeys(discipline for discipline, _ in held if discipline)):
        values["disciplines"] = disciplines
    # A dispatcher's supervisory certificate is no officer's: somebody with both is an officer of the level held as one.
    sworn = [key for key in held if key[0] in LAW_ENFORCEMENT and key[1] in LEVELS]
    levels = [LEVELS.index(grade) for _, grade in sworn or held if grade in LEVELS]
    if levels:
        values["certificate_level"] = LEVELS[max(levels)]
    return values


def _take(
    credential: kept_facts.Credential, granted: dict[tuple[str, str], bool], values: dict[str, Fact]
) -> None:
    """One step in a credential's life; a status that is no step, such as "application received", changes nothing."""
    key = (DISCIPLINES.get(plain(credential.discipline or ""), ""), plain(credential.level or ""))
    status = plain(credential.status or "")
    since = credential.issued_on or credential.status_on
    if status in GRANTED:
        granted[key] = True
        if status in REISSUED and credential.status_on is not None:
            values["reactivated_on"] = credential.status_on
        elif key[1] == "basic" and since is not None and key[0] in LAW_ENFORCEMENT:
            values.setdefault("basic_certified_on", since)
    elif status in TAKEN_BACK:
        granted[key] = False
    elif status in NOT_YET:
        granted.setdefault(key, False)


def _since(credential: kept_facts.Credential) -> date | None:
    return credential.status_on or credential.issued_on


def _cycle_in_question(credentials: Iterable[kept_facts.Credential], as_of: date) -> tuple[date, date] | None:
    """The given cycle that holds the day; else the last one that ended. One that only begins later says nothing of the
    day."""
    cycles = [
        (each.cycle_start, each.cycle_end)
        for each in credentials
        if each.cycle_start is not None and each.cycle_end is not None
    ]
    holding = [cycle for cycle in cycles if cycle[0] <= as_of <= cycle[1]]
    if holding:
        return max(holding)
    ended = [cycle for cycle in cycles if cycle[1] < as_of]
    return max(ended, key=lambda cycle: cycle[1]) if ended else None


def _card(card: kept_facts.Card) -> Card:
    return Card(frozenset(plain(kind) for kind in card.covers), card.valid_from, card.valid_to)


def _details(details: Mapping[str, Any]) -> tuple[tuple[str, bool | str], ...]:
    return tuple((name, value if isinstance(value, bool) else str(value)) for name, value in details.items())


def _relief(exemption: kept_facts.Exemption) -> Relief:
    return Relief(
        ReliefKind(exemption.kind.value),
        exemption.requirement,
        exemption.reason,
        exemption.window,
        exemption.starts_on,
        exemption.ends_on,
        exemption.new_due,
    )


def completion_of(kept: Kept[kept_facts.Completion]) -> Completion:
    """A kept completion as the rules see it. No topic at all means that nobody has said which."""
    fact = kept.fact
    return Completion(
        str(kept.id),
        fact.completed_on,
        fact.hours,
        frozenset(plain(topic) for topic in fact.topics) or None,
        {plain(topic): hours for topic, hours in fact.topic_hours.items()} or None,
        fact.title,
        fact.board_approved,
        Credit(fact.credit.value),
        fact.credit_reason or "",
        _record_facts(fact.evidence, fact.passed, fact.delivery),
    )


def _record_facts(
    evidence: Mapping[str, Any], passed: bool | None, delivery: str | None
) -> dict[str, RecordFact] | None:
    facts: dict[str, RecordFact] = {}
    for name, value in evidence.items():
        number = isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
        fact = Decimal(str(value)) if number else _plain_fact(value)
        if fact is not None:
            facts[name] = fact
    if passed is not None:
        facts["passed"] = passed
    if delivery:
        facts["delivery"] = plain(delivery)
    return facts or None


APPROVED = {"true": True, "false": False}


def completion_of_row(row: StreamRow) -> Completion:
    """The same from a plain row of the stream; a test holds the two equal."""
    return Completion(
        str(row[1]),
        _day(row[2]),
        _hours(row[3]),
        _topics(row[4]),
        _topic_hours(row[5]),
        row[6],
        APPROVED.get(row[7] or ""),
        _CREDIT[row[8]],
        "" if row[8] == "yes" else _reason(row[15]),
        None
        if row[11] == "{}" and row[10] is None and not row[9]
        else _stream_facts(row[11], row[10], row[9]),
    )


_CREDIT = {credit.value: credit for credit in Credit}


def _reason(text: Any) -> str:
    return text or ""


@lru_cache(maxsize=65_536)  # the same few thousand days, amounts and topics come again for everybody
def _day(text: str) -> date:
    return date.fromisoformat(text)


@lru_cache(maxsize=8_192)
def _hours(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@lru_cache(maxsize=8_192)
def _topics(text: str) -> frozenset[str] | None:
    return frozenset(plain(topic) for topic in json.loads(text)) or None


@lru_cache(maxsize=8_192)
def _topic_hours(text: str) -> Mapping[str, Decimal] | None:
    if text == "{}":
        return None
    return {plain(topic): Decimal(str(hours)) for topic, hours in json.loads(text).items()}


@lru_cache(maxsize=8_192)
def _stream_facts(evidence: str, passed: str | None, delivery: str | None) -> dict[str, RecordFact] | None:
    return _record_facts(json.loads(evidence), APPROVED.get(passed or ""), delivery)

"""How a pack's files become a ``Pack``: strictly or not at all, with file, line, what was expected and found."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rules.allowances import read_excuse, read_grace
from rules.amounts import read_amounts
from rules.clocks import read_clock, read_length
from rules.conditions import person_test
from rules.counting import read_counts
from rules.document import Mapping, Value, read_document
from rules.errors import PackError, UnknownPackError
from rules.pack import (
    Concerns,
    Confidence,
    Cycle,
    CycleRule,
    Deferral,
    NotEncoded,
    Pack,
    PersonTest,
    Reference,
    Requirement,
    Track,
    UnsaidNumber,
)
from rules.reckoning import read_credit, read_report
from rules.standing import Measure, PoolRole

SHIPPED = Path(__file__).parent / "packs"
# What a reference must stand for before the value may be used.
MUST_BE_CITED = ("minimum", "window", "applies")


@dataclass(frozen=True, slots=True)
class HeldPack:
    """One version of a pack and the folder it lies in; the folder's own name says nothing."""

    id: str
    version: str
    folder: Path
    effective_from: date | None = None

    @property
    def name(self) -> str:
        """Id and version: what results, entries and agencies keep."""
        return f"{self.id}-{self.version}"

    @property
    def order(self) -> tuple[tuple[int, ...], str]:
        """Sorts versions of one pack: 2026.9 before 2026.10."""
        return tuple(int(number) for number in re.findall(r"[0-9]+", self.version)), self.version


def held_packs(*roots: Path, strict: bool = True) -> tuple[HeldPack, ...]:
    """Every version of every pack under the shipped packs and the given roots, by id, the earliest version first.

    Unless strict, a folder whose heading cannot be read is left out.
    """
    return tuple(sorted(_folders(roots, strict=strict), key=lambda each: (each.id, each.order)))


def _folders(roots: Sequence[Path], *, strict: bool) -> Iterator[HeldPack]:
    """Unless strict, a heading that cannot be read is passed over: one broken pack must not stop the others."""
    seen: set[tuple[str, str]] = set()
    for root in (SHIPPED, *roots):
        for file in sorted(root.rglob("pack.yaml")):
            try:
                heading = read_document(file, _shown(file, root)).mapping(optional=None)
                for name in ("id", "version"):
                    if name not in heading:
                        heading.value.refuse(f"the key {name!r}", "no such key")
                pack = HeldPack(
                    heading["id"].text(),
                    _version(heading["version"]),
                    file.parent,
                    heading.read("effective_from", Value.day, None),
                )
            except PackError:
                if strict:
                    raise
                continue
            if (pack.id, pack.version) in seen:
                heading["id"].refuse("a version of this id that no other folder has", repr(pack.name))
            seen.add((pack.id, pack.version))
            yield pack


def _version(value: Value) -> str:
    """Without a hyphen, so that a name is one id and one version and never two."""
    if "-" in value.text():
        value.refuse("a version without a hyphen, such as 2027.1")
    return value.text()


def versions_of(held: Iterable[HeldPack], named: str) -> tuple[HeldPack, ...]:
    """The version with this name, or every version of this id, the earliest first."""
    held = tuple(held)
    exact = tuple(each for each in held if each.name == named)
    return exact or tuple(each for each in held if each.id == named)


def load_pack(named: str, *roots: Path) -> Pack:
    """The version named, or the newest of this id. UnknownPackError, or PackError when any of its files is wrong."""
    held = held_packs(*roots, strict=False)
    found = versions_of(held, named)
    if not found:
        held_packs(*roots)  # a heading that cannot be read may be the one asked for: say so
        raise UnknownPackError(named, _ids(held))
    return _load(found[-1].folder, held)


def load_folder(folder: Path, *roots: Path) -> Pack:
    """The pack in a folder, held or not, such as last year's copy. A pack it is based on is the one held now."""
    return _load(folder.resolve(), held_packs(*roots, strict=False))


def load_packs(*roots: Path) -> tuple[Pack, ...]:
    """Every version of every pack there is, by id, the earliest first."""
    held = held_packs(*roots)
    return tuple(_load(each.folder, held) for each in held)


def load_for_state(state: str, *roots: Path) -> Pack:
    """The newest version of the board's pack for a state code, or of the pack with that id."""
    held = held_packs(*roots, strict=False)
    wanted = state.strip().lower()
    found = [each for each in held if each.id == wanted]
    if not found:
        raise UnknownPackError(state, _ids(held))
    return _load(found[-1].folder, held)


def _ids(held: Iterable[HeldPack]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.id for each in held))


def _shown(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix()


def _load(folder: Path, held: Sequence[HeldPack]) -> Pack:
    root = SHIPPED if folder.is_relative_to(SHIPPED) else folder.parent
    heading = read_document(folder / "pack.yaml", _shown(folder / "pack.yaml", root)).mapping(
        required=("id", "version", "state", "label"),
        optional=(
            "based_on", "leaves_out", "cycle", "topics", "general_topic", "tracks", "verdicts", "headline",
            "assumed", "not_encoded", "covers", "owed_by", "effective_from", "credit", "reporting",
        ),
    )  # fmt: skip
    base = _base(heading, folder, held)
    files = sorted((folder / "requirements").rglob("*.yaml")) if (folder / "requirements").is_dir() else []
    pack = _heading(heading, base)
    own = tuple(_requirement(read_document(file, _shown(file, root)), pack) for file in files)
    inherited = _inherited(heading, base)
    requirements = (*inherited, *own)
    _check_whole(heading, requirements)
    digest = hashlib.sha256((base.digest if base else "").encode())
    for file in (folder / "pack.yaml", *files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return replace(
        pack, requirements=_floors_first(requirements), digest=digest.hexdigest(), folder=folder.as_posix()
    )


def _base(heading: Mapping, folder: Path, held: Sequence[HeldPack]) -> Pack | None:
    """Named without a version it is the earliest held: a newer one beside it must not change what this pack says."""
    value = heading.get("based_on")
    if value is None:
        return None
    found = next((each for each in versions_of(held, value.text()) if each.folder != folder), None)
    if found is None:
        value.refuse("the id of another pack: " + ", ".join(_ids(held)))
    # Without this one, so that two packs based on each other are refused and not followed for ever.
    return _load(found.folder, tuple(each for each in held if each.folder != folder))


def _inherited(heading: Mapping, base: Pack | None) -> tuple[Requirement, ...]:
    left_out: set[str] = set()
    if (value := heading.get("leaves_out")) is not None:
        for each in value.some():
            if base is None or base.requirement(each.text()) is None:
                each.refuse("a requirement of the pack this one is based on")
            left_out.add(each.text())
    return () if base is None else tuple(each for each in base.requirements if each.id not in left_out)


def _heading(heading: Mapping, base: Pack | None) -> Pack:
    if base is None:
        for name in ("cycle", "topics", "tracks", "verdicts"):
            if name not in heading:
                heading.value.refuse(f"the key {name!r}", "no such key")
    topics, labels = dict(base.topics) if base else {}, dict(base.topic_labels) if base else {}
    asked = dict(base.asked_as) if base else {}
    if (value := heading.get("topics")) is not None:
        _read_topics(value, topics, labels, asked)
    return Pack(
        id=heading["id"].text(),
        version=_version(heading["version"]),
        state=heading["state"].text(),
        label=heading["label"].text(),
        cycle=_cycle(heading["cycle"]) if "cycle" in heading else base.cycle if base else _NO_CYCLE,
        requirements=(),
        topics=topics,
        general_topic=heading.read("general_topic", Value.text, base.general_topic if base else "general"),
        topic_labels=labels,
        tracks=heading.read("tracks", _tracks, base.tracks if base else ()),
        verdicts=_texts(heading, "verdicts", base.verdicts if base else ()),
        headline=_texts(heading, "headline", base.headline if base else ()),
        assumed=heading.read("assumed", _assumed, dict(base.assumed) if base else {}),
        covers=heading.read("covers", _covers, base.covers if base else None),
        owed_by=heading.read("owed_by", _covers, base.owed_by if base else None),
        asked_as=asked,
        credit=heading.read("credit", read_credit, base.credit if base else None),
        reporting=tuple(read_report(each) for each in heading["reporting"].some())
        if "reporting" in heading
        else base.reporting
        if base
        else (),
        not_encoded=heading.read("not_encoded", _not_encoded, base.not_encoded if base else ()),
        effective_from=heading.read("effective_from", Value.day, None),
    )


def _texts(heading: Mapping, name: str, inherited: tuple[str, ...]) -> tuple[str, ...]:
    value = heading.get(name)
    return inherited if value is None else value.texts()


_NO_CYCLE = Cycle(CycleRule.GIVEN, years=0)


def _read_topics(value: Value, topics: dict[str, str], labels: dict[str, str], asked: dict[str, str]) -> None:
    for topic, entry in value.mapping(optional=None).items():
        fields = entry.mapping(required=("label",), optional=("also", "asked_as"))
        asked.update((name, topic) for name in _texts(fields, "asked_as", ()))
        labels[topic] = fields["label"].text()
        for name in (topic, *_texts(fields, "also", ())):
            if topics.setdefault(name, topic) != topic:
                entry.refuse("a name that stands for one topic only", f"{name!r} for {topics[name]!r} too")


def _tracks(value: Value) -> tuple[Track, ...]:
    return tuple(Track(name, entry.text()) for name, entry in value.mapping(optional=None).items())


def _covers(value: Value) -> PersonTest | None:
    return person_test(value)


def _assumed(value: Value) -> dict[str, tuple[str, ...] | str]:
    return {
        name: entry.texts() if entry.shown() == "a list" else entry.text()
        for name, entry in value.mapping(optional=None).items()
    }


def _not_encoded(value: Value) -> tuple[NotEncoded, ...]:
    rows = (each.mapping(required=("row", "reason")) for each in value.some())
    return tuple(NotEncoded(row["row"].text(), row["reason"].text()) for row in rows)


def _cycle(value: Value) -> Cycle:
    fields = value.mapping(required=("rule", "years"), optional=("from_facts", "leave_extends_after"))
    rule = fields["rule"].one_of(CycleRule)
    if rule is CycleRule.HALF_YEAR and "from_facts" not in fields:
        value.refuse("from_facts, the facts a cycle is computed from", "nothing")
    return Cycle(
        rule,
        fields["years"].whole(),
        fields.read("from_facts", Value.texts, ()),
        fields.read("leave_extends_after", read_length, None),
    )


def _requirement(document: Value, pack: Pack) -> Requirement:
    fields = document.mapping(
        required=(
            "id", "short", "label", "duty", "track", "measure", "applies", "window", "minimum", "counts",
            "consequence", "confidence", "references", "reviewed",
        ),
        optional=(
            "verdicts", "inside", "pool_role", "deferrals", "excused", "grace", "waived_with", "late_only_extended",
            "concerns", "owed_to", "ask", "notes",
        ),
    )  # fmt: skip
    track = fields["track"].text()
    if track not in {each.id for each in pack.tracks}:
        fields["track"].refuse("a track of the pack: " + ", ".join(each.id for each in pack.tracks))
    for verdict in fields["verdicts"].some() if "verdicts" in fields else ():
        if verdict.text() not in pack.verdicts:
            verdict.refuse("a verdict of the pack: " + ", ".join(pack.verdicts))
    confidence = fields["confidence"].one_of(Confidence)
    references = _references(fields["references"])
    clock = read_clock(fields["window"])
    amounts = read_amounts(fields["minimum"], clock)
    _check_cited(fields, references, confidence, [dated.amount for dated in amounts])
    reviewed = fields["reviewed"].mapping(required=("on", "by"))
    return Requirement(
        id=fields["id"].text(),
        short=fields["short"].text(),
        label=fields["label"].text(),
        duty=fields["duty"].text(),
        track=track,
        measure=fields["measure"].one_of(Measure),
        clock=clock,
        applies=person_test(fields["applies"]),
        amounts=amounts,
        counts=read_counts(fields["counts"], pack),
        consequence=fields["consequence"].text(),
        confidence=confidence,
        references=references,
        reviewed_on=reviewed["on"].day(),
        reviewed_by=reviewed["by"].text(),
        verdicts=fields.read("verdicts", Value.texts, ()),
        inside=fields.read("inside", Value.text, None),
        pool_role=fields.read("pool_role", lambda value: value.one_of(PoolRole), None),
        deferrals=fields.read("deferrals", _deferrals, ()),
        excused=tuple(read_excuse(each) for each in fields["excused"].some()) if "excused" in fields else (),
        grace=tuple(read_grace(each) for each in fields["grace"].some()) if "grace" in fields else (),
        waived_with=fields.read("waived_with", Value.text, None),
        late_only_extended=fields.read("late_only_extended", Value.flag, default=False),
        concerns=fields.read("concerns", lambda value: value.one_of(Concerns), Concerns.PERSON),
        owed_to=fields.read("owed_to", Value.text, ""),
        ask=fields.read("ask", Value.text, ""),
        file=document.file,
    )


def _references(value: Value) -> tuple[Reference, ...]:
    references = []
    for each in value.some():
        fields = each.mapping(required=("title", "href", "retrieved", "supports", "confidence"))
        if not fields["href"].text().startswith(("https://", "http://", "agency:")):
            fields["href"].refuse("an address that starts with https://, http:// or agency:")
        references.append(
            Reference(
                fields["title"].text(),
                fields["href"].text(),
                fields["retrieved"].day(),
                fields["supports"].texts(),
                fields["confidence"].one_of(Confidence),
            )
        )
    return tuple(references)


def _check_cited(
    fields: Mapping, references: Iterable[Reference], confidence: Confidence, amounts: Iterable[object]
) -> None:
    """No number without its source, and none whose source was not seen."""
    if confidence in {Confidence.UNVERIFIED, Confidence.PATTERN}:
        if any(amount is not UnsaidNumber.NOT_KNOWN for amount in amounts):
            fields["minimum"].refuse("not-known, because the rule is not verified")
        return
    supported = {
        name
        for reference in references
        if reference.confidence not in {Confidence.UNVERIFIED, Confidence.PATTERN}
        for name in reference.supports
    }
    for name in MUST_BE_CITED:
        if name not in supported:
            fields["references"].refuse(f"a verified reference that supports {name!r}", "none")


def _deferrals(value: Value) -> tuple[Deferral, ...]:
    entries = (each.mapping(required=("from", "to", "reference")) for each in value.some())
    return tuple(
        Deferral(entry["from"].day(), entry["to"].day(), entry["reference"].text()) for entry in entries
    )


def _check_whole(heading: Mapping, requirements: tuple[Requirement, ...]) -> None:
    ids = [requirement.id for requirement in requirements]
    shorts = [requirement.short for requirement in requirements]
    for requirement in requirements:
        if ids.count(requirement.id) > 1:
            raise PackError(requirement.file, 1, "an id used once", repr(requirement.id))
        if shorts.count(requirement.short) > 1:
            raise PackError(requirement.file, 1, "a short name used once", repr(requirement.short))
        rest, beside = requirement.counts.rest, (requirement.inside, requirement.waived_with)
        taken_from = (rest.of,) if rest is not None else ()
        for name in (*requirement.lives_on, *taken_from, *filter(None, beside)):
            if name not in ids:
                raise PackError(requirement.file, 1, "the id of a requirement of this pack", repr(name))
    if (headline := heading.get("headline")) is not None:
        for value in headline.some():
            if value.text() not in ids:
                value.refuse("the id of a requirement of this pack")


def _floors_first(requirements: tuple[Requirement, ...]) -> tuple[Requirement, ...]:
    """What lives on others' hours after them, such as electives. Otherwise the order of the files."""
    by_id = {requirement.id: requirement for requirement in requirements}

    def depth(requirement: Requirement, seen: tuple[str, ...] = ()) -> int:
        if requirement.id in seen:
            raise PackError(
                requirement.file, 1, "hours that do not come from themselves", repr(requirement.id)
            )
        held = (by_id[name] for name in requirement.lives_on if name in by_id)
        return max((1 + depth(each, (*seen, requirement.id)) for each in held), default=0)

    return tuple(sorted(requirements, key=depth))

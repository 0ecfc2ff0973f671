"""What does one entry of an agency's log say in plain words, and which rules stand behind it?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from messages import wording
from messages.explain import RuleFacts, rule_rows
from messages.kinds import MessageKind
from messages.model import Fact, Facts
from messages.words import Words
from rules.standing import StandingWord

# Answers that open with the word; of any other the word is only the standing behind it.
OPEN_WITH_THE_WORD = frozenset(
    {
        MessageKind.STATUS.value,
        MessageKind.PICTURE.value,
        MessageKind.HOME.value,
        MessageKind.MISSING.value,
        MessageKind.HOURS_LEFT.value,
        MessageKind.NEXT_DEADLINE.value,
        MessageKind.PERSON.value,
    }
)
RULES_NAMED = 3
HASH_START, HASH_END = 4, 2


class LineKind(StrEnum):
    """A line of the strip is an entry that was written, or a standing that was computed and never is one."""

    ENTRY = "entry"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Somebody:
    """Rank and surname; no name when nobody of this number is on the roster any more."""

    person_id: int
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFacts:
    """What became of the rows of one file."""

    kind: str
    accepted: int
    corrected: int
    rejected: int
    unchanged: int
    skipped: int


@dataclass(frozen=True, slots=True)
class EntryMoment:
    """The day that an answer was about, None for that of the entry, and the wall clock at which the file was read."""

    day: date | None
    known: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailEntryFacts:
    """One entry; ``who`` None is Rollcall itself, or the imported ``file`` that did it; ``at`` is where the agency is.

    ``account`` is that of this machine for which a command was run.

    ``not_held`` are packs, with their version, whose rules can no longer be shown.
    """

    position: int
    at: datetime
    tag: str
    hash: str
    who: Somebody | None = None
    whom: Somebody | None = None
    channel: str = ""
    reason: str = ""
    kind: str = ""
    word: StandingWord | None = None
    as_of: date | None = None
    moment: EntryMoment | None = None
    packs: tuple[str, ...] = ()
    people: int | None = None
    records: int | None = None
    record: int | None = None
    item: int | None = None
    code: str = ""
    imported: ImportFacts | None = None
    file_hashes: tuple[str, ...] = ()
    form: str = ""
    agency: str = ""
    state: str = ""
    account: str = ""
    file: str = ""
    rules: tuple[RuleFacts, ...] = ()
    not_held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailLine:
    """One line of the strip: the sentence, and what stands behind it one click away. A turn has no position."""

    kind: LineKind
    time: str
    sentence: str
    details: Facts
    rules: tuple[Facts, ...] = ()


def entry(facts: TrailEntryFacts, words: Words) -> TrailLine:
    """What one entry says, who did it, and the rules behind it; a tag of another release is said as it is."""
    return TrailLine(
        kind=LineKind.ENTRY,
        time=wording.moment(facts.at, words),
        sentence=SENTENCES.get(facts.tag, _other)(facts, words),
        details=Facts(_rows(facts, words)),
        rules=tuple(rule_line(rule, words) for rule in facts.rules),
    )


def _other(facts: TrailEntryFacts, words: Words) -> str:
    return words.say("trail-other", who=_who(facts.who, words), tag=facts.tag)


def _answered(facts: TrailEntryFacts, words: Words) -> str:
    said = [_did(facts, words)]
    if facts.word is not None and facts.kind in OPEN_WITH_THE_WORD:
        said.append(_answer(facts.word, facts.moment, words))
        return " ".join(said)
    if facts.rules:
        shorts = tuple(dict.fromkeys(rule.short for rule in facts.rules))
        said.append(
            words.say_many("trail-rules", len(shorts), rules=wording.first_of(shorts, RULES_NAMED, words))
        )
    return " ".join([*said, *_asked_for(facts, words)])


def _asked_for(facts: TrailEntryFacts, words: Words) -> tuple[str, ...]:
    """The moment that was asked about; nothing of an answer about now."""
    if facts.moment is None:
        return ()
    return (words.say("trail-moment", moment=_moment(facts.moment, words)),)


def _answer(word: StandingWord, moment: EntryMoment | None, words: Words) -> str:
    if moment is None:
        return words.say("trail-answer", word=word.value)
    return words.say("trail-answer-moment", word=word.value, moment=_moment(moment, words))


def _moment(moment: EntryMoment, words: Words) -> str:
    """``as of Dec 31 2026``, ``as known on Mar 5 2027 23:59``, or both; a day that is that of the file only once."""
    day, known = moment.day, moment.known
    if known is None:
        return words.say("trail-as-of", day=wording.day_with_year(day, words)) if day is not None else ""
    as_known = words.say("trail-as-known", known=wording.moment(known, words))
    if day is None or day == known.date():
        return as_known
    return wording.listed((words.say("trail-as-of", day=wording.day_with_year(day, words)), as_known))


def _refused(facts: TrailEntryFacts, words: Words) -> str:
    return f"{_did(facts, words)} {words.say('trail-refused')}"


def _did(facts: TrailEntryFacts, words: Words) -> str:
    """Who asked for what and where."""
    who = _who(facts.who, words)
    what = words.say(f"trail-asked-{facts.kind}" if f"trail-asked-{facts.kind}" in words else "trail-asked")
    if f"trail-via-{facts.channel}" not in words:
        return words.say("trail-did", who=who, what=what)
    return words.say("trail-did-via", who=who, what=what, via=words.say(f"trail-via-{facts.channel}"))


def _viewed(facts: TrailEntryFacts, words: Words) -> str:
    who, whom = _who(facts.who, words), _whom(facts, words)
    if not facts.kind:
        return words.say("trail-viewed", who=who, whom=whom)
    seen = words.say(
        f"trail-seen-{facts.kind}" if f"trail-seen-{facts.kind}" in words else "trail-something-seen"
    )
    said = words.say("trail-viewed-what", who=who, whom=whom, what=seen)
    return " ".join([said, *_asked_for(facts, words)])


def _opened(facts: TrailEntryFacts, words: Words) -> str:
    return words.say("trail-opened", who=_who(facts.who, words), whom=_whom(facts, words))


def _signed(facts: TrailEntryFacts, words: Words) -> str:
    return words.say("trail-openings-seen", who=_who(facts.who, words))


def _exported(facts: TrailEntryFacts, words: Words) -> str:
    who = _who(facts.who, words)
    if facts.whom is not None:
        return words.say("trail-export-of", who=who, whom=_whom(facts, words))
    return words.say_many("trail-export-list", facts.people or 0, who=who)


def _identified(facts: TrailEntryFacts, words: Words) -> str:
    return words.say("trail-re-identified", who=_who(facts.who, words), whom=_whom(facts, words))


def _listed(facts: TrailEntryFacts, words: Words) -> str:
    said = words.say_many("trail-viewed-list", facts.people or 0, who=_who(facts.who, words))
    return " ".join([said, *_asked_for(facts, words)])


def _told_of(facts: TrailEntryFacts, words: Words) -> str:
    return words.say_many("trail-told-list", facts.people or 0, who=_who(facts.who, words))


def _imported(facts: TrailEntryFacts, words: Words) -> str:
    rows = facts.imported
    known = rows is not None and f"trail-file-{rows.kind}" in words
    file = words.say(f"trail-file-{rows.kind}" if rows is not None and known else "trail-file")
    if rows is None:
        return words.say("trail-imported", file=file)
    counts = words.say_many("trail-rows", rows.accepted, corrected=rows.corrected, rejected=rows.rejected)
    if facts.who is None and facts.account:
        return words.say("trail-imported-rows-account", file=file, account=facts.account, rows=counts)
    if facts.who is None:
        return words.say("trail-imported-rows", file=file, rows=counts)
    return words.say("trail-imported-rows-by", file=file, who=_who(facts.who, words), rows=counts)


def _packs_chosen(facts: TrailEntryFacts, words: Words) -> str:
    if not facts.packs:
        return words.say("trail-packs-none")
    return words.say_many("trail-packs", len(facts.packs), packs=wording.joined_and(facts.packs, words))


def _founded(facts: TrailEntryFacts, words: Words) -> str:
    return words.say("trail-founded", agency=facts.agency or words.say("trail-agency"))


def _sealed(_: TrailEntryFacts, words: Words) -> str:
    return words.say("trail-sealed")


def _changed(facts: TrailEntryFacts, words: Words) -> str:
    what = facts.tag.replace(":", "-")
    return words.say(f"trail-changed-{what}", who=_author(facts, words), whom=_whom(facts, words))


def _happened(facts: TrailEntryFacts, words: Words) -> str:
    """What became of something that is about somebody, whoever noticed it."""
    return words.say(f"trail-changed-{facts.tag.replace(':', '-')}", whom=_whom(facts, words))


def _opened_a_door(facts: TrailEntryFacts, words: Words) -> str:
    return words.say("trail-changed-door-opened", who=_who(facts.who, words))


def _between(facts: TrailEntryFacts, words: Words) -> str:
    """Something between two agencies about one person."""
    what = facts.tag.replace(":", "-")
    agency = facts.agency or words.say("trail-other-agency")
    return words.say(f"trail-{what}", who=_who(facts.who, words), whom=_whom(facts, words), agency=agency)


def _custody(facts: TrailEntryFacts, words: Words) -> str:
    return words.say(f"trail-{facts.tag.replace(':', '-')}", who=_who(facts.who, words))


# By value, because the tags belong to the room that writes them; a test holds the two together.
SENTENCES: Mapping[str, Callable[[TrailEntryFacts, Words], str]] = {
    "account:asked": _custody,
    "account:linked": _changed,
    "account:refused": _custody,
    "account:unlinked": _changed,
    "agency:founded": _founded,
    "agency:packs-chosen": _packs_chosen,
    "app:installed": _changed,
    "budget:entered": _custody,
    "calendar:ended": _happened,
    "calendar:given": _happened,
    "class:cancelled": _custody,
    "class:changed": _custody,
    "class:entered": _custody,
    "completion:corrected": _changed,
    "completion:withdrawn": _changed,
    "consent:given": _happened,
    "consent:withdrawn": _happened,
    "content:disposal-asked": _custody,
    "content:disposal-refused": _custody,
    "content:disposed": _custody,
    "content:held": _custody,
    "content:hold-lift-asked": _custody,
    "content:hold-lifted": _custody,
    "content:put-back": _custody,
    "content:set-aside": _custody,
    "delegation:begun": _changed,
    "delegation:ended": _changed,
    "digest:prepared": _happened,
    "door:opened": _opened_a_door,
    "event:failed": _happened,
    "import:written": _imported,
    "intake:asked": _between,
    "intake:ended": _between,
    "intake:taken": _between,
    "likeness:decided": _changed,
    "export:made": _exported,
    "link:opened": _changed,
    "list:told": _told_of,
    "list:viewed": _listed,
    "message:answered": _happened,
    "message:cancelled": _happened,
    "message:delivered": _happened,
    "message:failed": _happened,
    "message:handed-over": _changed,
    "message:held": _happened,
    "message:next-way": _changed,
    "message:planned": _changed,
    "message:skipped": _happened,
    "message:undelivered": _happened,
    "message:unknown": _happened,
    "openings:seen": _signed,
    "person:re-identified": _identified,
    "phone:logged-in": _happened,
    "phone:logged-out": _happened,
    "phone:shared": _custody,
    "phone:unshared": _custody,
    "pilot:joined": _changed,
    "pilot:left": _changed,
    "protected:disclosed": _changed,
    "question:answered": _answered,
    "record:opened": _opened,
    "record:refused": _refused,
    "record:released": _between,
    "record:sealed": _sealed,
    "record:viewed": _viewed,
    "release:allowed": _between,
    "release:proposed": _between,
    "release:stopped": _between,
    "reminder:missed": _happened,
    "reminder:nudged": _changed,
    "reminder:planned": _happened,
    "reminder:put-off": _happened,
    "reminder:raised": _happened,
    "reminders:paused": _custody,
    "reminders:released": _custody,
    "reminders:resumed": _custody,
    "reminder-rules:entered": _happened,
    "reminder-step:left-out": _happened,
    "reminder-wish:entered": _happened,
    "request-rules:confirmed": _changed,
    "request-rules:proposed": _happened,
    "request-rules:refused": _changed,
    "request:answered": _happened,
    "request:appealed": _happened,
    "request:approved": _changed,
    "request:asked": _changed,
    "request:attended": _changed,
    "request:begun": _happened,
    "request:certificate-linked": _changed,
    "request:class-cancelled": _changed,
    "request:closed": _changed,
    "request:costs-entered": _changed,
    "request:denied": _changed,
    "request:draft-reminded": _happened,
    "request:filled": _happened,
    "request:handed": _changed,
    "request:looked": _changed,
    "request:not-approved": _changed,
    "request:not-attended": _changed,
    "request:partly-attended": _changed,
    "request:refused": _changed,
    "request:registered": _changed,
    "request:seated": _changed,
    "request:submitted": _happened,
    "request:waiting-for-seat": _changed,
    "request:withdrawn": _happened,
    "review-rules:confirmed": _changed,
    "review-rules:proposed": _happened,
    "review-rules:refused": _changed,
    "role:ended": _changed,
    "role:granted": _changed,
    "roll-call:covered": _happened,
    "roll-call:hours-asked": _happened,
    "roll-call:prepared": _happened,
    "roll-call:recorded": _changed,
    "roll-call:refused": _changed,
    "ticket:answered": _changed,
    "ticket:opened": _happened,
    "upload:joined": _happened,
    "upload:looked": _changed,
    "upload:not-approved": _changed,
    "upload:read": _happened,
    "upload:received": _happened,
    "upload:recorded": _changed,
    "upload:referred": _changed,
    "upload:reminded": _happened,
    "upload:returned": _changed,
    "upload:second-look": _changed,
    "upload:submitted": _happened,
    "upload:withdrawn": _happened,
}


def _who(somebody: Somebody | None, words: Words) -> str:
    return words.say("trail-rollcall") if somebody is None else somebody.name or words.say("trail-somebody")


def _author(facts: TrailEntryFacts, words: Words) -> str:
    """Who did it; the file that was imported where no person did."""
    if facts.who is None and facts.file:
        return words.say("trail-by-file", file=wording.echoed(facts.file))
    return _who(facts.who, words)


def _whom(facts: TrailEntryFacts, words: Words) -> str:
    return facts.whom.name if facts.whom is not None and facts.whom.name else words.say("trail-whom")


def _rows(facts: TrailEntryFacts, words: Words) -> tuple[Fact, ...]:
    """Everything the entry keeps that a reader can use; what it does not hold has no row."""
    other = facts.whom is not None and facts.whom != facts.who
    rows = facts.imported
    kept = {
        "entry": str(facts.position),
        "tag": facts.tag,
        "who": _author(facts, words),
        "account": facts.account,
        "whom": _whom(facts, words) if other else "",
        "channel": wording.door_in_words(facts.channel, words) if facts.channel else "",
        "purpose": wording.purpose_in_words(facts.reason, words),
        "word": facts.word.value if facts.word is not None else "",
        "as-of": wording.day_with_year(facts.as_of, words) if facts.as_of is not None else "",
        "known": wording.moment(facts.moment.known, words) if facts.moment and facts.moment.known else "",
        "packs": wording.listed(facts.packs),
        "not-held": wording.listed(facts.not_held),
        "people": str(facts.people) if facts.people is not None else "",
        "records": str(facts.records) if facts.records is not None else "",
        "record": str(facts.record) if facts.record is not None else "",
        "item": f"M-{facts.item}" if facts.item is not None else "",
        "code": words.say(f"content-code-{facts.code}")
        if f"content-code-{facts.code}" in words
        else facts.code,
        "unchanged": str(rows.unchanged) if rows is not None and rows.unchanged else "",
        "skipped": str(rows.skipped) if rows is not None and rows.skipped else "",
        "form": facts.form,
        "state": facts.state,
        "file": wording.listed(_short(each) for each in facts.file_hashes),
        "hash": _short(facts.hash),
    }
    return tuple(Fact(words.say(f"trail-row-{name}"), value) for name, value in kept.items() if value)


def _short(hash_: str) -> str:
    """Enough of a hash to compare by eye."""
    return f"{hash_[:HASH_START]}...{hash_[-HASH_END:]}" if len(hash_) > HASH_START + HASH_END else hash_


def rule_line(rule: RuleFacts, words: Words) -> Facts:
    """The rule as a reader may check it, with its version and its law."""
    return Facts(rule_rows(rule, words), words.say("trail-rule", rule=rule.short, label=rule.label))

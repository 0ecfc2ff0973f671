"""How do an agency's rules of reminding change? A named person enters a whole version with a reason, and it holds from
then on; the sixty-day step goes only with a reason of its own, which is a line of its own in the record."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from db.queries import reminders
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, Kept
from db.records.reminders import ReminderRulesEntry, StepLeftOut
from db.unit_of_work import Writer
from reading.reminders.rules import written_rules
from training.asking import OvertakenError, Question, at_the_writing
from training.audit import AuditTag
from training.packs import chosen_packs
from training.permission_table import Ask
from training.permissions import may
from training.reminders.rules import KEPT_STEP, rules_from, shipped_words
from training.sealed.sealing import keep_text

Does = Callable[[Writer], Iterable[AuditDraft]]
# The rules that are shipped are version 1 of every agency.
SHIPPED_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindersVersion:
    """One version as it is shown: what is in it, by setting. ``kept`` is None for the shipped one.

    ``left_out`` are the lines that say why the sixty-day step is not in it.
    """

    version: int
    written: Mapping[str, str]
    reason: str = ""
    kept: Kept[ReminderRulesEntry] | None = None
    left_out: tuple[Kept[StepLeftOut], ...] = ()


def every_version(conn: Connection, agency_id: AgencyId) -> tuple[RemindersVersion, ...]:
    """Every version that has held here, the newest first; the one that comes with Rollcall is the last."""
    left_out = reminders.agency_left_out(conn, agency_id)
    entered = [
        RemindersVersion(
            version=each.fact.version,
            written=written_rules(each.fact.rules),
            kept=each,
            left_out=tuple(line for line in left_out if line.fact.version == each.fact.version),
        )
        for each in reminders.every_rules(conn, agency_id)
    ]
    words = shipped_words()
    first = RemindersVersion(version=SHIPPED_VERSION, written=written_rules(words), reason=words["reason"])
    return (*reversed(entered), first)


def duties_of(question: Question) -> Mapping[str, str]:
    """Every requirement that the rules of this agency name today, by its id and by the short name of an answer."""
    packs = chosen_packs(question.conn, question.shelf, question.agency_id, question.today)
    every = [each for pack in packs for each in pack.requirements]
    # Where two have one short name it means neither.
    shorts = Counter(each.short.casefold() for each in every)
    by_short = {each.short.casefold(): each.id for each in every if shorts[each.short.casefold()] == 1}
    return by_short | {each.id.casefold(): each.id for each in every}


def without_the_kept_step(rules: Mapping[str, Any]) -> tuple[str, ...]:
    """Ladders in which the sixty-day step is missing: of these requirements, and empty for the ladder of all."""
    every = {
        "": rules["ladder"]["days_before"],
        **{name: own["days_before"] for name, own in rules["requirements"].items()},
    }
    return tuple(name for name, days in every.items() if KEPT_STEP not in days)


def enters(question: Question, rules: Mapping[str, Any], reason: str, without: str, *, after: int) -> Does:
    """A version that holds from now on. OvertakenError when another was entered since ``after``."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        if not may(at_the_writing(writer, question), Ask.REMINDER_RULES):
            raise OvertakenError
        newest = every_version(writer.conn, writer.agency_id)[0]
        if newest.version != after:
            raise OvertakenError
        keys, asker = question.office.keys, question.asker.person_id
        version = newest.version + 1
        # Rules that cannot be read would stop every reminder.
        rules_from(rules, version=version)
        writer.record(
            ReminderRulesEntry(version=version, rules=rules, item_id=keep_text(writer, keys, asker, reason))
        )
        reminders.plan_again(writer.conn, writer.agency_id)
        written = written_rules(rules)
        changed = {
            name: [newest.written[name], value]
            for name, value in written.items()
            if value != newest.written[name]
        }
        yield AuditDraft(
            tag=AuditTag.REMINDER_RULES_ENTERED,
            subject_id=asker,
            data={"version": version, "changed": changed},
        )
        for requirement in without_the_kept_step(rules):
            item_id = keep_text(writer, keys, asker, without)
            writer.record(StepLeftOut(version=version, requirement=requirement, item_id=item_id))
            yield AuditDraft(
                tag=AuditTag.REMINDER_STEP_LEFT_OUT,
                subject_id=asker,
                data={"version": version, "requirement": requirement, "why": item_id, "days": KEPT_STEP},
            )

    return does

"""List every version of every rule pack, or one pack rule by rule.

For whoever wants to know what is held: each rule with its numbers, the dates
they hold from, their source and how well it is known, and what was left out.
An id without a version is the newest. It needs no database.

Examples:
    rollcall rules list
    rollcall rules list mn

Exit codes:
    0  told
    1  a pack is broken or not there
    2  not understood
"""

import argparse
from itertools import groupby, pairwise

from bot.commands.opening import own_folders
from messages.wording import hours
from messages.words import Words, load
from rules.errors import PackError, UnknownPackError
from rules.loader import load_pack, load_packs
from rules.pack import CalendarYear, DatedAmount, Pack, Requirement, UnsaidNumber
from rules.standing import Measure
from training.errors import ErrorCode, RollcallError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The pack to list in full, or none for all packs."""
    parser.add_argument("pack", nargs="?", metavar="PACK", help=load().say("help-rules-list-pack"))


def run(arguments: argparse.Namespace) -> int:
    """Print what is held; 1 when a pack is broken or not there."""
    words = load()
    try:
        if arguments.pack:
            lines = _rules(load_pack(arguments.pack, *own_folders()), words)
        else:
            lines = [_heading(pack, words) for pack in load_packs(*own_folders())]
    except UnknownPackError as error:
        raise RollcallError(ErrorCode.PACK_UNKNOWN, pack=error.name, known=error.held) from error
    except PackError as error:
        raise RollcallError(ErrorCode.PACK_BROKEN, problem=str(error)) from error
    for line in lines:
        print(line)
    return 0


def _heading(pack: Pack, words: Words) -> str:
    unchecked = sum(not requirement.decides for requirement in pack.requirements)
    reviewed = min((requirement.reviewed_on for requirement in pack.requirements), default=None)
    line = words.say(
        "cli-pack-line",
        name=pack.name,
        label=pack.label,
        state=pack.state,
        rules=len(pack.requirements),
        unchecked=unchecked,
        reviewed="-" if reviewed is None else reviewed.isoformat(),
    )
    if pack.effective_from is None:
        return line
    return words.say("cli-pack-effective", line=line, day=pack.effective_from.isoformat())


def _rules(pack: Pack, words: Words) -> list[str]:
    lines = [_heading(pack, words)]
    for requirement in pack.requirements:
        lines += ["", *_rule(requirement, words)]
    for row in pack.not_encoded:
        lines += ["", words.say("cli-not-encoded", row=row.row, reason=row.reason)]
    return lines


def _rule(requirement: Requirement, words: Words) -> list[str]:
    lines = [f"{requirement.short}  {requirement.id}  {requirement.label}", f"  {requirement.duty}"]
    lines += [f"  {line}" for line in _amounts(requirement, words)]
    lines.append("  " + words.say("cli-rule-missed", consequence=requirement.consequence))
    lines.append(
        "  "
        + words.say(
            "cli-rule-confidence",
            confidence=requirement.confidence.value,
            day=requirement.reviewed_on.isoformat(),
            by=requirement.reviewed_by,
        )
    )
    lines += [
        f"  [{each.confidence.value}] {each.title} {each.href} ({', '.join(each.supports)})"
        for each in requirement.references
    ]
    return lines


def _amounts(requirement: Requirement, words: Words) -> list[str]:
    """Each amount with the periods it is for; a table of years by its years, equal ones together."""
    amounts = requirement.amounts
    if not _by_year(requirement):
        return [_dated(dated, requirement, words) for dated in amounts]
    lines = []
    for amount, run in groupby(pairwise(amounts[1:]), key=lambda pair: _amount(pair[0], requirement, words)):
        years = [dated.since.year for dated, _ in run]
        if len(years) == 1:
            lines.append(words.say("cli-rule-year", year=years[0], amount=amount))
        else:
            lines.append(words.say("cli-rule-years", first=years[0], last=years[-1], amount=amount))
    other = _amount(amounts[0], requirement, words)
    return [*lines, words.say("cli-rule-other-years", amount=other)]


def _by_year(requirement: Requirement) -> bool:
    """Whether the amounts are those of a table: one for each year from the first, and one for all others."""
    years = [dated.since for dated in requirement.amounts[1:]]
    whole = bool(years) and all((day.month, day.day) == (1, 1) for day in years)
    same_ends = requirement.amounts[0].amount == requirement.amounts[-1].amount
    return whole and same_ends and isinstance(requirement.clock, CalendarYear)


def _dated(dated: DatedAmount, requirement: Requirement, words: Words) -> str:
    since = dated.since.isoformat() if dated.since.year > 1 else words.say("cli-long-standing")
    reckoned = words.say(f"cli-reckoned-{dated.reckoned.value}")
    amount = _amount(dated, requirement, words)
    return words.say("cli-rule-amount", since=since, amount=amount, reckoned=reckoned)


def _amount(dated: DatedAmount, requirement: Requirement, words: Words) -> str:
    if isinstance(dated.amount, UnsaidNumber):
        amount = words.say(f"cli-owed-{dated.amount.value}")
    elif requirement.measure is Measure.HOURS:
        amount = hours(dated.amount, words)
    else:
        amount = words.say("cli-owed-record")
    if not dated.settled:
        amount = words.say("cli-rule-amount-open", amount=amount)
    return amount

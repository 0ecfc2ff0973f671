"""Limit Rollcall to a named group, and introduce it to them.

For a coordinator who begins small; docs/slack.md tells how. "introduce" writes
to each of the group in Slack. "end" opens Rollcall to everybody. Nobody's
record or standing changes by any of it.

Examples:
    rollcall pilot add 214 231 --as 902
    rollcall pilot introduce --as 902
    rollcall pilot end --as 902

Exit codes:
    0  done
    1  refused
    2  not understood
"""

import argparse

from bot.commands.exporting import clerk
from bot.commands.opening import the_settings
from bot.slack.meeting import MetHow, meet
from messages.words import load
from training.accounts.pilot import add, members, remove
from training.transcripts.exports import Clerk

ACTIONS = ("add", "remove", "list", "introduce", "end")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is to be done, with whom, and who decides it."""
    words = load()
    parser.add_argument("action", choices=ACTIONS, help=words.say("help-pilot-action"))
    parser.add_argument("people", nargs="*", metavar="BADGE", help=words.say("help-pilot-badges"))
    parser.add_argument(
        "--as", dest="badge", required=True, metavar="BADGE", help=words.say("help-access-as")
    )


def run(arguments: argparse.Namespace) -> int:
    """0 done, 1 refused."""
    with clerk(arguments.badge) as by:
        match arguments.action:
            case "add":
                joined = add(by.office, by.agency_id, by.sender, arguments.people)
                print(by.words.say_many("pilot-added", joined))
            case "remove":
                left = remove(by.office, by.agency_id, by.sender, arguments.people)
                print(by.words.say_many("pilot-removed", left))
            case "end":
                remove(by.office, by.agency_id, by.sender, None)
                print(by.words.say("pilot-ended"))
            case "introduce":
                _introduce(by)
            case _:
                _list(by)
    return 0


def _list(by: Clerk) -> None:
    found = members(by.office, by.agency_id, by.sender)
    print(by.words.say_many("pilot-members", len(found)) if found else by.words.say("pilot-none"))
    for each in found:
        said = {"badge": each.badge, "name": each.name}
        print(by.words.say("pilot-member-linked" if each.linked else "pilot-member", **said))


def _introduce(by: Clerk) -> None:
    whom = [each.person_id for each in members(by.office, by.agency_id, by.sender)]
    if not whom:
        print(by.words.say("pilot-none"))
        return
    found = meet(by.office, by.agency_id, the_settings().slack, whom, by.words)
    for each in MetHow:
        if found.get(each):
            print(by.words.say_many(f"pilot-met-{each.value}", found[each]))

"""Give somebody a role from now on, through its last day where one is named.

For whoever may decide about roles; docs/roles.md has the table. Nobody grants
anything to themselves. An auditor needs a last day. Who decided is on file.

Example:
    rollcall access grant 950 auditor --until 2027-06-30 --as 930

Exit codes:
    0  done
    1  refused
    2  not understood
"""

import argparse
from datetime import date

from bot.commands.exporting import clerk
from db.records.facts import Role
from messages.words import load
from training.grants import grant


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who gets which role, until when, and who decides it."""
    words = load()
    add = parser.add_argument
    add("person", metavar="BADGE", help=words.say("help-access-badge"))
    add("role", choices=[role.value for role in Role], metavar="ROLE", help=words.say("help-access-role"))
    add("--as", dest="badge", required=True, metavar="BADGE", help=words.say("help-access-as"))
    add("--until", type=date.fromisoformat, metavar="2027-06-30", help=words.say("help-access-until"))


def run(arguments: argparse.Namespace) -> int:
    """0 done, 1 refused."""
    with clerk(arguments.badge) as by:
        role = Role(arguments.role)
        grant(by.office, by.agency_id, by.sender, arguments.person, role, arguments.until)
        print(by.words.say("access-granted", role=role.value, badge=arguments.person))
    return 0

"""End somebody's role: it gives nothing from this moment on.

For whoever may decide about roles; docs/roles.md has the table. What the
person saw or decided until now stays on file.

Example:
    rollcall access end 902 coordinator --as 1

Exit codes:
    0  done
    1  refused
    2  not understood
"""

import argparse

from bot.commands.exporting import clerk
from db.records.facts import Role
from messages.words import load
from training.grants import end


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose role ends, and who decides it."""
    words = load()
    add = parser.add_argument
    add("person", metavar="BADGE", help=words.say("help-access-badge"))
    add("role", choices=[role.value for role in Role], metavar="ROLE", help=words.say("help-access-role"))
    add("--as", dest="badge", required=True, metavar="BADGE", help=words.say("help-access-as"))


def run(arguments: argparse.Namespace) -> int:
    """0 done, 1 refused."""
    with clerk(arguments.badge) as by:
        ended = end(by.office, by.agency_id, by.sender, arguments.person, Role(arguments.role))
        print(by.words.say_many("access-ended", ended, role=arguments.role, badge=arguments.person))
    return 0

"""The ``rollcall`` command: one table of commands, each loaded only when it is called."""

import argparse
import gc
import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType

from rules.errors import PackError
from training.errors import ErrorCode, RollcallError


@dataclass(frozen=True, slots=True)
class Command:
    """``module`` has ``add_arguments(parser)`` and ``run(arguments) -> int``, and its docstring is the help of the
    command; ``help_key`` is the line about it in the catalogue."""

    words: tuple[str, ...]
    module: str

    @property
    def help_key(self) -> str:
        return "cli-" + "-".join(self.words)


# In the order in which they are shown: by what somebody is about to do.
GROUPS = {
    "cli-group-try": (
        Command(("demo",), "bot.commands.demo"),
        Command(("chat",), "bot.commands.chat"),
    ),
    "cli-group-run": (
        Command(("serve",), "bot.commands.serve"),
        Command(("work",), "bot.commands.work"),
        Command(("doctor",), "bot.commands.doctor"),
        Command(("db", "upgrade"), "bot.commands.db_upgrade"),
        Command(("db", "check"), "bot.commands.db_check"),
        Command(("db", "anchor"), "bot.commands.db_anchor"),
        Command(("db", "backup"), "bot.commands.db_backup"),
        Command(("db", "restore"), "bot.commands.db_restore"),
        Command(("keys", "rotate"), "bot.commands.keys_rotate"),
        Command(("teams", "package"), "bot.commands.teams_package"),
        Command(("teams", "install"), "bot.commands.teams_install"),
    ),
    "cli-group-record": (
        Command(("import",), "bot.commands.import_file"),
        Command(("directory",), "bot.commands.directory"),
        Command(("duplicates",), "bot.commands.duplicates"),
        Command(("completeness",), "bot.commands.completeness"),
        Command(("transcript",), "bot.commands.transcript"),
        Command(("estimate",), "bot.commands.estimate"),
    ),
    "cli-group-people": (
        Command(("export", "transcript"), "bot.commands.export_transcript"),
        Command(("export", "standings"), "bot.commands.export_standings"),
        Command(("export", "analytics"), "bot.commands.export_analytics"),
        Command(("export", "identify"), "bot.commands.export_identify"),
        Command(("access", "grant"), "bot.commands.access_grant"),
        Command(("access", "end"), "bot.commands.access_end"),
        Command(("access", "disclose"), "bot.commands.access_disclose"),
        Command(("pilot",), "bot.commands.pilot"),
    ),
    "cli-group-rules": (
        Command(("rules", "list"), "bot.commands.rules_list"),
        Command(("rules", "check"), "bot.commands.rules_check"),
        Command(("rules", "diff"), "bot.commands.rules_diff"),
        Command(("rules", "preview"), "bot.commands.rules_preview"),
        Command(("rules", "adopt"), "bot.commands.rules_adopt"),
        Command(("rules", "evaluate"), "bot.commands.rules_evaluate"),
    ),
    "cli-group-read": (
        Command(("read", "text"), "bot.commands.read_text"),
        Command(("read", "titles"), "bot.commands.read_titles"),
        Command(("read", "certificate"), "bot.commands.read_certificate"),
    ),
}
COMMANDS = tuple(command for group in GROUPS.values() for command in group)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 when done, 1 when refused, 2 when it was not understood."""
    given = list(sys.argv[1:] if argv is None else argv)
    command = command_of(given)
    if command is None:
        return _overview(given)
    if argv is None:
        # Called with words of its caller's, it is not alone in its process.
        loaded_for_good(command.module)
    arguments = parser_of(command).parse_args(given[len(command.words) :])
    try:
        return int(importlib.import_module(command.module).run(arguments))
    except PackError as error:
        importlib.import_module("bot.commands.overview").explain(
            RollcallError(ErrorCode.PACK_BROKEN, problem=str(error))
        )
    except RollcallError as error:
        # Only now are words needed: the JSON commands start without a catalogue.
        importlib.import_module("bot.commands.overview").explain(error)
    except (KeyboardInterrupt, BrokenPipeError):
        pass
    return 1


def command_of(given: Sequence[str]) -> Command | None:
    """The command that a line begins with."""
    return next((each for each in COMMANDS if tuple(given[: len(each.words)]) == each.words), None)


def parser_of(command: Command) -> argparse.ArgumentParser:
    """What reads the rest of the line; its help begins with the docstring of the command, as it is laid out there."""
    module = importlib.import_module(command.module)
    parser = argparse.ArgumentParser(
        prog=f"rollcall {' '.join(command.words)}",
        description=module.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(parser)
    return parser


def loaded_for_good(name: str) -> ModuleType:
    """The module, never looked through for garbage again: that is a third of a command's time."""
    gc.disable()
    module = importlib.import_module(name)
    gc.freeze()
    gc.enable()
    return module


def _overview(given: Sequence[str]) -> int:
    usage = importlib.import_module("bot.commands.overview")
    return int(usage.show(GROUPS, given))


if __name__ == "__main__":
    sys.exit(main())

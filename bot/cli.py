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
    """``module`` has ``add_arguments(parser)`` and ``run(arguments) -> int``; ``help_key`` is in the catalogue."""

    words: tuple[str, ...]
    module: str

    @property
    def help_key(self) -> str:
        return "cli-" + "-".join(self.words)


COMMANDS = (
    Command(("demo",), "bot.commands.demo"),
    Command(("serve",), "bot.commands.serve"),
    Command(("work",), "bot.commands.work"),
    Command(("chat",), "bot.commands.chat"),
    Command(("import",), "bot.commands.import_file"),
    Command(("transcript",), "bot.commands.transcript"),
    Command(("duplicates",), "bot.commands.duplicates"),
    Command(("completeness",), "bot.commands.completeness"),
    Command(("estimate",), "bot.commands.estimate"),
    Command(("export", "transcript"), "bot.commands.export_transcript"),
    Command(("export", "standings"), "bot.commands.export_standings"),
    Command(("export", "analytics"), "bot.commands.export_analytics"),
    Command(("export", "identify"), "bot.commands.export_identify"),
    Command(("access", "grant"), "bot.commands.access_grant"),
    Command(("access", "end"), "bot.commands.access_end"),
    Command(("access", "disclose"), "bot.commands.access_disclose"),
    Command(("pilot",), "bot.commands.pilot"),
    Command(("db", "upgrade"), "bot.commands.db_upgrade"),
    Command(("db", "check"), "bot.commands.db_check"),
    Command(("keys", "rotate"), "bot.commands.keys_rotate"),
    Command(("db", "anchor"), "bot.commands.db_anchor"),
    Command(("db", "backup"), "bot.commands.db_backup"),
    Command(("db", "restore"), "bot.commands.db_restore"),
    Command(("rules", "list"), "bot.commands.rules_list"),
    Command(("rules", "check"), "bot.commands.rules_check"),
    Command(("rules", "diff"), "bot.commands.rules_diff"),
    Command(("rules", "preview"), "bot.commands.rules_preview"),
    Command(("rules", "adopt"), "bot.commands.rules_adopt"),
    Command(("rules", "evaluate"), "bot.commands.rules_evaluate"),
    Command(("read", "titles"), "bot.commands.read_titles"),
    Command(("read", "text"), "bot.commands.read_text"),
    Command(("read", "certificate"), "bot.commands.read_certificate"),
    Command(("doctor",), "bot.commands.doctor"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 when done, 1 when refused, 2 when it was not understood."""
    given = list(sys.argv[1:] if argv is None else argv)
    command = next((each for each in COMMANDS if tuple(given[: len(each.words)]) == each.words), None)
    if command is None:
        return _overview(given)
    # Called with words of its caller's, it is not alone in its process.
    module = loaded_for_good(command.module) if argv is None else importlib.import_module(command.module)
    about = (module.__doc__ or "").replace("``", "")
    parser = argparse.ArgumentParser(prog=f"rollcall {' '.join(command.words)}", description=about)
    module.add_arguments(parser)
    arguments = parser.parse_args(given[len(command.words) :])
    try:
        return int(module.run(arguments))
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


def loaded_for_good(name: str) -> ModuleType:
    """The module, never looked through for garbage again: that is a third of a command's time."""
    gc.disable()
    module = importlib.import_module(name)
    gc.freeze()
    gc.enable()
    return module


def _overview(given: Sequence[str]) -> int:
    usage = importlib.import_module("bot.commands.overview")
    return int(usage.show(COMMANDS, given))


if __name__ == "__main__":
    sys.exit(main())

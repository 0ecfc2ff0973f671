"""A service of the tests' own as a process: ``python -m tests.integration.program MODULE WORDS``, loaded as the command
loads what it runs."""

import sys

from bot.cli import loaded_for_good

if __name__ == "__main__":
    del sys.argv[0]
    sys.exit(loaded_for_good(sys.argv[0]).main())

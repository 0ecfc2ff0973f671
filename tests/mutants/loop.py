"""What becomes of each mutant? A plugin of pytest: every test runs once to see what it calls; then each mutant is awake
in a process forked from there, which runs the tests that call its function, the quickest first, until one fails."""

import json
import os
import resource
import signal
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state

# Processor time of the tests that a mutant is shown, and what it may take before it counts as one that never ends.
MOST_SECONDS = 100.0
PATIENCE = 3
ASKED, RESULTS = "MUTANTS_ASKED", "MUTANTS_RESULTS"


class Loop:
    """Takes the place of pytest's own loop over the tests."""

    def __init__(self, asked: Sequence[str], results: Path, workers: int) -> None:
        self._asked, self._results, self._workers = asked, results, workers
        self._seen_by: dict[str, list[pytest.Item]] = defaultdict(list)
        self._took: dict[str, float] = {}
        self._running: dict[int, str] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Every test once, then every mutant."""
        self._look(session.items)
        for name in self._asked:
            tests = self._tests_of(name)
            if not tests:
                self._write(name, "unseen", "")
                continue
            while len(self._running) >= self._workers:
                self._wait()
            self._start(name, tests)
        while self._running:
            self._wait()
        return True

    def _look(self, items: Sequence[pytest.Item]) -> None:
        set_mutant_under_test("stats")
        for place, item in enumerate(items):
            begun = time.process_time()
            state()._stats.clear()
            # There is always a next one, so that what is built once for all tests is never taken down.
            reports = runtestprotocol(item, log=False, nextitem=items[(place + 1) % len(items)])
            if failed := [each for each in reports if each.failed]:
                print(
                    f"\nleft out, because it fails before anything is broken: {item.nodeid}\n{failed[0].longrepr}"
                )
                continue
            self._took[item.nodeid] = time.process_time() - begun
            for function in state()._stats:
                self._seen_by[function].append(item)
        set_mutant_under_test("")

    def _tests_of(self, name: str) -> list[pytest.Item]:
        seen = sorted(self._seen_by.get(name.rpartition("__mutmut_")[0], ()), key=self._length)
        chosen: list[pytest.Item] = []
        left = MOST_SECONDS
        for item in seen:
            left -= self._length(item)
            if left < 0 and chosen:
                break
            chosen.append(item)
        return chosen

    def _length(self, item: pytest.Item) -> float:
        return self._took[item.nodeid]

    def _start(self, name: str, tests: Sequence[pytest.Item]) -> None:
        child = os.fork()
        if child:
            self._running[child] = name
            return
        limit = int(PATIENCE * sum(map(self._length, tests))) + 10
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
        signal.alarm(60 * limit)
        set_mutant_under_test(name)
        for place, item in enumerate(tests):
            reports = runtestprotocol(item, log=False, nextitem=tests[(place + 1) % len(tests)])
            if any(each.failed for each in reports):
                self._write(name, "killed", item.nodeid)
                os._exit(0)
        self._write(name, "survived", "")
        os._exit(0)

    def _wait(self) -> None:
        child, status = os.wait()
        name = self._running.pop(child)
        if status:
            self._write(name, "never ends" if os.WIFSIGNALED(status) else "killed", "")

    def _write(self, name: str, fate: str, by: str) -> None:
        line = json.dumps({"mutant": name, "fate": fate, "by": by}) + "\n"
        with self._results.open("ab", buffering=0) as file:
            file.write(line.encode())


def pytest_configure(config: pytest.Config) -> None:
    """Named with ``-p`` by the command; what it is asked comes in a file."""
    asked: Mapping[str, Any] = json.loads(Path(os.environ[ASKED]).read_text(encoding="utf-8"))
    config.pluginmanager.register(Loop(asked["mutants"], Path(os.environ[RESULTS]), asked["workers"]))

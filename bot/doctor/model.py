"""What is a check, what does it look at, and what does it find?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from config.settings import Settings
from db.state import USABLE, DatabaseState
from messages import wording
from messages.words import Words
from training.office import Office

# What a sentence is given; a span is said in the units that fit it.
Fact = str | int | timedelta


class State(StrEnum):
    """How something is. The words a person reads are ``doctor-state-<value>``."""

    OK = "ok"
    ATTENTION = "attention"  # it works, and somebody should look
    NOT_SET = "not-set"  # nobody wanted it yet
    FAILED = "failed"
    NOT_CHECKED = "not-checked"  # something before it failed


# What stands beside its next step.
WITH_A_NEXT_STEP = frozenset({State.ATTENTION, State.FAILED})


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """What one check found: ``doctor-<code>`` says it, ``doctor-<code>-next`` what to do about it."""

    state: State
    code: str
    facts: Mapping[str, Fact]

    def line(self, words: Words) -> str:
        """It in one line: what is, and what to do when something is not as it should be."""
        codes = [self.code, *([f"{self.code}-next"] if self.state in WITH_A_NEXT_STEP else [])]
        return " ".join(_sentence(code, self.facts, words) for code in codes)


def _sentence(code: str, facts: Mapping[str, Fact], words: Words) -> str:
    named = words.sentence(f"doctor-{code}").facts
    return words.say(f"doctor-{code}", **{name: _said(facts[name], words) for name in named})


def _said(fact: Fact, words: Words) -> str | int:
    return wording.lasting(fact, words) if isinstance(fact, timedelta) else fact


def ok(code: str, **facts: Fact) -> CheckFinding:
    """As it should be."""
    return CheckFinding(State.OK, code, facts)


def attention(code: str, **facts: Fact) -> CheckFinding:
    """It works, and somebody should look."""
    return CheckFinding(State.ATTENTION, code, facts)


def not_set(code: str, **facts: Fact) -> CheckFinding:
    """Nobody wanted it yet."""
    return CheckFinding(State.NOT_SET, code, facts)


def failed(code: str, **facts: Fact) -> CheckFinding:
    """It does not work."""
    return CheckFinding(State.FAILED, code, facts)


def not_checked(code: str, **facts: Fact) -> CheckFinding:
    """Nobody can tell from here, and why."""
    return CheckFinding(State.NOT_CHECKED, code, facts)


NOT_CHECKED = CheckFinding(State.NOT_CHECKED, "not-checked", {})


@dataclass(frozen=True, slots=True)
class Patient:
    """One installation as far as it could be opened. ``problems`` are those of its settings, one line each."""

    settings: Settings | None
    problems: tuple[str, ...]
    office: Office | None
    database: DatabaseState | None

    @property
    def usable(self) -> Office | None:
        """The office, when its database can be asked."""
        return self.office if self.database in USABLE else None


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the table; its label is ``doctor-name-<name>``."""

    name: str
    look: Callable[[Patient], CheckFinding]

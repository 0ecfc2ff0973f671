"""Is every key that code can say in the catalogue, and can every key in the catalogue be said?

A key is said whole, or made of a code: ``f"review-{facts.code}"``. Where the type of the code is closed, every key that
it makes is counted out. What is still open stands in ``OPEN`` with its reason: a list that loses lines and gains none.
"""

import ast
import re
from collections.abc import Iterable
from functools import cache
from typing import get_args

from bot import health
from bot.cli import COMMANDS, GROUPS
from bot.desk import clock, seats
from bot.doctor import examination
from bot.terminal import chat
from db.records import facts
from db.records.ledger import Receipt
from db.records.requests import RequestAct, RequestRulesWord
from db.records.review_rules import RulesWord
from db.records.tickets import TicketKind
from db.records.uploads import Step
from handlers.before_a_decision import READ_FIRST
from handlers.phone import OWN_DOOR
from handlers.releases import OWN_WORDS
from handlers.routing import NOT_FETCHED
from messages import trail
from messages.about import GLOSSARY_TERMS, MENU_ROUTES
from messages.entry_values import dashed
from messages.kinds import MessageKind
from messages.review import RETURN_REASONS
from messages.words import load
from reading.certificates.model import Doubt
from reading.documents.model import FileRefusal, Flag
from reading.forms import EntryProblem
from reading.reminders.rules import MAY_STAY_AWAY, WEEKDAYS
from reading.reminders.rules import NAMES as SETTING_NAMES
from reading.reminders.values import Trouble
from reading.spills import Spill
from reading.tables import preview as tables
from reading.tables.codes import RowCode
from reading.text.request_rules import SETTINGS as REQUEST_SETTINGS
from reading.text.request_rules import RequestRulesTrouble
from rules.conditions import OPERATORS
from rules.model import Credit
from rules.pack import Clock, Confidence, Reckoned
from rules.standing import StandingWord
from tests.structure.checkout import modules, rooms
from tests.structure.said import Said, said
from training import completeness
from training.content.custody import Verdict
from training.errors import ErrorCode
from training.imports.model import PlanCode
from training.laterals import lateral, releases
from training.log.automations import RunState, automations
from training.phones import texts
from training.phones.mailed_codes import NoLetter
from training.purposes import Purpose
from training.reminders.nudging import PassedOver
from training.reminders.rules import shipped
from training.reminders.wishes import WishRefusal
from training.requests.approvers import ApproverWhy
from training.requests.life import RequestStage
from training.requests.rules import TYPABLE, Decides, RequestCheck
from training.requests.values import CostKind
from training.sealed.unsealing import Closed
from training.standings import intake
from training.standings.duties import OPEN_FIGURE
from training.twins import likeness
from training.uploads.review_rules import Evidence
from training.uploads.values import NAMES, From

# Keys that a module is handed whole, as a pattern; tests/structure/test_catalogue.py looks where they come from.
HANDED_OVER = {
    "messages/remarks.py": "remark-.+",
    "bot/commands/overview.py": "|".join([*GROUPS, *(command.help_key for command in COMMANDS)]),
}
VALUES = tuple(dashed(each) for each in NAMES)
TAGS = {
    made: tuple(tag.replace(":", "-") for tag, by in trail.SENTENCES.items() if by.__name__ == made)
    for made in ("_between", "_changed", "_custody", "_happened")
}
DOORS = [*seats.CHANNELS.values(), chat.CHANNEL, "email", "import", "link", "slack", "teams"]
CLOCKS = [re.sub(r"(?<!^)(?=[A-Z])", "-", each.__name__).lower() for each in get_args(Clock)]
# Words of a room that may not be imported where the sentence is: what its callers hand over.
FILLED: dict[str, Iterable[str]] = {
    "automation-{facts.name}": [each.name for each in automations()],
    "approver-why-{each.code}": ApproverWhy,
    "cost-field-{kind}": CostKind,
    "approval-fact-{each}": RequestCheck,
    "approval-typed-{code}": TYPABLE,
    "request-act-{facts.act}": RequestAct,
    "request-is-{facts.stage}": RequestStage,
    "request-stage-{facts.stage}": RequestStage,
    "checked-{dashed(each)}": VALUES,
    "cli-reckoned-{value.value}": Reckoned,
    "completeness-count-{look}": completeness.YearLook,
    "completeness-{each.look}": completeness.YearLook,
    "completeness-{row.look}": completeness.YearLook,
    "confidence-{rule.confidence}": [*Confidence, OPEN_FIGURE],
    "content-code-{each.asked}": facts.DisposalCode,
    "content-code-{facts.code}": facts.DisposalCode,
    "content-code-{item.asked}": facts.DisposalCode,
    "content-code-{item.gone}": facts.DisposalCode,
    "content-hidden-{facts.hidden}": [*Closed, "file", "phone", "repeated"],
    "content-kind-{each.kind}": facts.ContentKind,
    "content-kind-{item.kind}": facts.ContentKind,
    "content-not-done-{facts.why}": set(Verdict) - {Verdict.DONE, Verdict.NOT_THERE},
    "content-set-aside-{item.set_aside}": facts.SetAside,
    "decides-{facts.who}": Decides,
    "desk-clock-{step.name}": [each.name for each in clock.STEPS],
    "desk-seat-{seat.seat_id}": [each.seat_id for each in seats.SEATS],
    "desk-seat-{self.seat.seat_id}": [each.seat_id for each in seats.SEATS],
    "desk-start-{name}": {each for seat in seats.SEATS for each in seat.starters},
    "doctor-name-{check.name}": [
        check.name for check in (*examination.CHECKS, *health.CHECKS, health.SCHEDULER)
    ],
    "doubt-{each}": Doubt,
    "error-{code}": ErrorCode,
    "error-{code}-next": ErrorCode,
    "evidence-{each.evidence}": Evidence,
    "export-purpose-{purpose}": Purpose,
    "field-error-{code}": [
        *EntryProblem,
        *get_args(Trouble),
        *(f"wish-{each}" for each in get_args(WishRefusal)),
        *get_args(RequestRulesTrouble),
        READ_FIRST,
        "nothing-chosen",
    ],
    "file-flag-{each}": Flag,
    "file-refused-{each.code}": [*FileRefusal, NOT_FETCHED, "twice"],
    "file-refused-{facts.away}": [*FileRefusal, NOT_FETCHED, "twice"],
    "glossary-means-{facts.term}": GLOSSARY_TERMS,
    "human-along-{facts.kind}": (TicketKind.HUMAN, TicketKind.DISTRESS),
    "intake-done-{facts.said}": lateral.IntakeVerdict,
    "intake-next-{facts.said}": lateral.IntakeVerdict,
    "intake-record-{record.backing}": set(intake.Backing) - {intake.Backing.EVIDENCE},
    "intake-{each.held}": intake.Held,
    "likeness-{each}": set(likeness.Alike) - {likeness.Alike.BEFORE_APPOINTMENT},
    "matched-by-{facts.matched_by}": facts.MatchedBy,
    "menu-{route}-help": MENU_ROUTES,
    "menu-{route}-label": MENU_ROUTES,
    "menu-{route}-typed": MENU_ROUTES,
    "pack-diff-clock-{_kebab(type(value).__name__)}": CLOCKS,
    "pack-diff-test-{operator}": [each.replace("_", "-") for each in OPERATORS],
    "nudge-skipped-{each.skipped}": PassedOver,
    "phone-code-not-mailed-{facts.why_not}": [*NoLetter, OWN_DOOR],
    "proof-{each}": ("email", "license", "licensed-on", "mobile"),
    "jobs-{facts.ran}": RunState,
    "owner-{facts.owner}": {each.owner for each in automations()},
    "purpose-{purpose}": ("custody",),
    "receipt-{state}": [*Receipt, texts.PLANNED, texts.HELD],
    "record-credit-{content.credit}": Credit,
    "release-done-{facts.said}": [*releases.ReleaseVerdict, *(f"{each}-own" for each in OWN_WORDS)],
    "reminder-choice-{value}": [*WEEKDAYS, *MAY_STAY_AWAY],
    "reminder-setting-{dashed(name)}": [dashed(each) for each in SETTING_NAMES],
    "request-rules-earlier-{facts.state}": RequestRulesWord,
    "request-setting-{dashed(name)}": [dashed(each) for each in REQUEST_SETTINGS],
    "return-{facts.reason}": RETURN_REASONS,
    "return-{reason}": RETURN_REASONS,
    "review-kind-{dashed(facts.kind)}": ("not-certificate", "unreadable"),
    "review-rules-earlier-{facts.state}": [*RulesWord, "shipped"],
    "row-{reason.code}": [*RowCode, *PlanCode],
    "spill-{each.kind}": Spill,
    "spill-{facts.found}": Spill,
    "team-count-{word.name.lower().replace('_', '-')}": [
        each.name.lower().replace("_", "-") for each in StandingWord
    ],
    "ticket-head-{facts.kind}": TicketKind,
    "ticket-kind-{facts.kind}": TicketKind,
    "trail-asked-{facts.kind}": MessageKind,
    "trail-changed-{facts.tag.replace(':', '-')}": TAGS["_happened"],
    "trail-changed-{what}": TAGS["_changed"],
    "trail-channel-{channel}": DOORS,
    "trail-file-{rows.kind}": tables.TableKind,
    "trail-seen-{facts.kind}": MessageKind,
    "trail-via-{facts.channel}": DOORS,
    "trail-{facts.tag.replace(':', '-')}": TAGS["_custody"],
    "trail-{what}": TAGS["_between"],
    "transcript-credit-{entry.credit}": set(Credit) - {Credit.YES},
    "upload-is-{state}": ("referred", "set-aside", "withdrawn"),
    "upload-state-{_state(each)}": [*Step, "needs-info", "reading"],
    "upload-state-{each.state}": Step,
    "upload-too-late-{facts.state}": set(Step) - {Step.RECEIVED, Step.RETURNED},
    "way-{name}": shipped().turns.order,
    "value-example-{dashed(name)}": VALUES,
    "value-from-{source}": From,
    "value-needed-{dashed(name)}": VALUES,
    "value-{dashed(name)}": {*VALUES} - {"number"},
}
# An ``if`` above leaves fewer codes than the type has: keys that are made of it and nobody can reach.
NEVER: frozenset[str] = frozenset(
    {
        "later-dispute-desk",
        *(f"line-{each}" for each in ("met", "open", "overdue")),
        *(
            f"line-{each}-{end}"
            for each in ("exempt", "unchecked", "unknown")
            for end in ("card", "event", "no-date")
        ),
        *(f"turned-{each}-due" for each in ("exempt", "met", "unchecked", "unknown")),
        *(f"import-order-{each}" for each in ("self-evident", "serial", "serial-1904")),
    }
)
# Made of a plain ``str``: whether it can be said is known when it is said.
OPEN: dict[str, str] = {
    "doctor-{code}": "tests/structure/test_doctor_words.py counts out what every check can find",
    "import-looks-{facts['looks_like']}": "what the bytes of a file look like: reading/tables decides",
    "look-{look.what}": "read from the log, of any release; tests/structure/test_trail_words.py holds its keys",
    "pack-diff-field-{_kebab(owner.__name__)}-{field.replace('_', '-')}": "tests/unit/test_rules_diff.py asks for each",
    "receipt-why-{facts.waits}": "what an attempt waits for: empty for nothing, and said by no key then",
    "receipt-why-{why}": "a carrier's own word: asked for first, and one sentence for all others",
    "topic-{name}": "a pack may name a topic of its own: asked for first",
    "track-{track}": "a pack may name a track of its own: asked for first",
}


@cache
def all_said() -> tuple[Said, ...]:
    return tuple(
        each
        for path, tree in modules(*rooms())
        for each in said(path.as_posix(), tree)
        if not (path.as_posix() in HANDED_OVER and each.open_parts == (each.written,))
    )


def named(each: Said) -> str:
    """How the tables above call it."""
    return each.written.removeprefix("f")[1:-1]


def filled(each: Said) -> dict[str, Iterable[str]]:
    return dict.fromkeys(each.open_parts, FILLED[name]) if (name := named(each)) in FILLED else {}


def is_open(each: Said) -> bool:
    return bool(each.open_parts) and named(each) not in FILLED


def test_every_key_that_code_can_make_is_in_the_catalogue() -> None:
    words = load()
    missing = {
        f"{each.place} {key}"
        for each in all_said()
        if not is_open(each) and not each.is_asked
        for key in each.keys(filled(each))
        if key not in words and key not in NEVER
    }

    assert sorted(missing) == []


def test_every_key_in_the_catalogue_can_be_said() -> None:
    made = {key for each in all_said() if not is_open(each) for key in each.keys(filled(each))}
    still_open = re.compile(
        "|".join([*(each.pattern for each in all_said() if is_open(each)), *HANDED_OVER.values()])
    )

    assert [key for key in load().keys if key not in made and not still_open.fullmatch(key)] == []


def test_no_code_is_open_that_is_not_in_the_list_and_the_list_is_true() -> None:
    assert {named(each) for each in all_said() if is_open(each)} == set(OPEN)


def test_every_open_code_makes_a_key_of_the_catalogue() -> None:
    patterns = {each.pattern for each in all_said() if is_open(each)}

    assert [each for each in patterns if not any(re.fullmatch(each, key) for key in load().keys)] == []


def test_nothing_is_filled_in_that_is_closed_already() -> None:
    assert FILLED.keys() - {named(each) for each in all_said() if each.open_parts} == set()


def test_nothing_is_called_out_of_reach_that_is_in_the_catalogue() -> None:
    assert NEVER & set(load().keys) == set()


def test_a_code_is_closed_by_its_type_and_open_without_one() -> None:
    planted = """
def one(facts: ReviewDoneFacts, found: SettledFacts | None, named: str, words: Words) -> None:
    words.say(f"review-{facts.code}")
    [words.say(f"review-{each}-label") for each in ("open", "review")]
    words.say(f"review-settled-{found.code}" if found else "review-none")
    words.say(f"review-{named}")
"""
    said_there = list(said("messages/review.py", ast.parse(planted)))
    keys = {each.written: each.keys({}) for each in said_there if not each.open_parts}

    assert {"review-own", "review-recorded"} <= keys["f'review-{facts.code}'"]
    assert keys["f'review-{each}-label'"] == {"review-open-label", "review-review-label"}
    assert "review-settled-withdrawn" in keys["f'review-settled-{found.code}'"]
    assert [each.written for each in said_there if each.open_parts] == ["f'review-{named}'"]

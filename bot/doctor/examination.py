"""The table of checks in the order they are read, and how an installation is opened to be looked at."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from bot.composition import compose
from bot.doctor import (
    directory,
    email,
    files,
    machine,
    outside,
    people,
    record,
    rulebooks,
    scheduler,
    slack,
    sms,
    teams,
    traffic,
)
from bot.doctor.model import NOT_CHECKED, Check, CheckFinding, Patient
from config.settings import Settings, SettingsProblems, load
from db.state import state_for_writing

CHECKS = (
    Check("settings", outside.settings),
    Check("python", machine.python),
    Check("zones", machine.zones),
    Check("folder", machine.data_folder),
    Check("disk", machine.disk),
    Check("database", record.database),
    Check("guards", record.guards),
    Check("chains", record.chains),
    Check("keys", record.keys),
    Check("files", files.kept),
    Check("scan", files.scanned),
    Check("anchors", record.anchored),
    Check("clock", record.clock),
    Check("packs", rulebooks.packs),
    Check("reviews", rulebooks.reviews),
    Check("scheduler", scheduler.heartbeat),
    Check("agencies", people.agencies_set_up),
    Check("people", people.reachable),
    Check("roster", people.roster),
    Check("approvers", people.decided_by_somebody),
    Check("slack", slack.token),
    Check("slack-scopes", slack.scopes),
    Check("slack-way", slack.way_in),
    Check("slack-door", slack.door),
    Check("teams", teams.token),
    Check("teams-keys", teams.keys),
    Check("teams-cloud", teams.cloud),
    Check("teams-way", teams.way_in),
    Check("teams-door", teams.door),
    Check("twilio", outside.twilio),
    Check("sms-token", sms.token),
    Check("sms-key", sms.key),
    Check("sms-sender", sms.sender),
    Check("sms-registration", sms.registration),
    Check("sms-webhook", sms.webhook),
    Check("sms-way", sms.way_in),
    Check("sms-consent", sms.consent),
    Check("sms-guard", sms.guard),
    Check("email", email.server),
    Check("directory", directory.answers),
    Check("calendars", directory.enters),
    Check("url", outside.public_url),
    Check("inbox", traffic.came_in),
    Check("ledger", traffic.goes_out),
    Check("accounts", traffic.linked),
)


def examine(patient: Patient) -> tuple[tuple[Check, CheckFinding], ...]:
    """Every check with what it found."""
    return tuple((check, finding_of(check, patient)) for check in CHECKS)


def finding_of(check: Check, patient: Patient) -> CheckFinding:
    """What one check found. A database that goes away meanwhile, or holds what nobody can read, is told by others."""
    try:
        return check.look(patient)
    except (SQLAlchemyError, ValueError):
        return NOT_CHECKED


@contextmanager
def installation() -> Iterator[Patient]:
    """This installation, as far as it can be opened."""
    try:
        settings = load()
    except SettingsProblems as problems:
        yield Patient(None, problems.problems, None, None)
        return
    with _opened(settings) as patient:
        yield patient


@contextmanager
def _opened(settings: Settings) -> Iterator[Patient]:
    office = compose(settings)
    try:
        yield Patient(settings, (), office, state_for_writing(office.engine))
    finally:
        office.engine.dispose()

"""Is Slack fit for use? Whose token it is, what it may do, by which way things come in, and whose door it is."""

from bot.doctor.doors import address_of, addresses_known, is_reached_from_outside
from bot.doctor.model import NOT_CHECKED, CheckFinding, Patient, attention, failed, not_set, ok
from bot.doctor.outside import slack as is_set_up
from bot.slack.identity import Identity, identity
from bot.slack.scopes import missing

CHANNEL = "slack"
EVENTS = "/slack/events"


def token(patient: Patient) -> CheckFinding:
    """Whether Slack takes our token."""
    found = is_set_up(patient)
    who = _identity(patient)
    if who is None:
        return found
    if not who.reached:
        return failed("slack-unreachable")
    if who.refused:
        return failed("slack-token-refused", error=who.refused)
    return ok("slack-token", team=who.team)


def scopes(patient: Patient) -> CheckFinding:
    """Whether it may do what it has to."""
    who = _identity(patient)
    if who is None:
        return _unset(patient)
    if not who.reached or who.refused:
        return NOT_CHECKED
    lacking = missing(who.scopes)
    return failed("slack-scopes-missing", scopes=", ".join(lacking)) if lacking else ok("slack-scopes")


def way_in(patient: Patient) -> CheckFinding:
    """By which way Slack's events come."""
    settings = patient.settings
    if settings is None or not settings.slack.is_on:
        return _unset(patient)
    if settings.slack.app_token is not None:
        return ok("slack-socket")
    url = address_of(settings, EVENTS)
    reached = is_reached_from_outside(settings)
    return ok("slack-http", url=url) if reached else failed("slack-http-not-reachable", url=url)


def door(patient: Patient) -> CheckFinding:
    """Whether it is known whose the workspace is."""
    who, office = _identity(patient), patient.usable
    if who is None:
        return _unset(patient)
    if office is None or not who.addresses:
        return NOT_CHECKED
    known = addresses_known(office, CHANNEL)
    if known & set(who.addresses):
        return ok("slack-door")
    return failed("slack-door-other", count=len(known)) if known else attention("slack-door-none")


def _unset(patient: Patient) -> CheckFinding:
    return NOT_CHECKED if patient.settings is None else not_set("slack-off")


def _identity(patient: Patient) -> Identity | None:
    if patient.settings is None or not patient.settings.slack.is_on:
        return None
    return identity(patient.settings.slack)

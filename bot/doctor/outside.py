"""Are settings, channels and the address fit for the outside? What is half set is named with its variables."""

from urllib.parse import urlsplit

from bot.doctor.model import NOT_CHECKED, CheckFinding, Patient, failed, not_set, ok
from bot.serving import is_loopback
from config.settings import Channel, Settings, variable


def settings(patient: Patient) -> CheckFinding:
    """Whether every setting can be used."""
    if patient.problems:
        return failed(
            "settings-wrong", problems=" ".join(f"{each.rstrip('.')}." for each in patient.problems)
        )
    return ok("settings")


def slack(patient: Patient) -> CheckFinding:
    """Whether everything that Slack needs is set."""
    return _channel(patient, "slack")


def teams(patient: Patient) -> CheckFinding:
    """Whether everything that Microsoft Teams needs is set."""
    return _channel(patient, "teams")


def twilio(patient: Patient) -> CheckFinding:
    """Whether everything that text messages need is set."""
    return _channel(patient, "twilio")


def public_url(patient: Patient) -> CheckFinding:
    """Whether what the outside world sends us is encrypted on its way."""
    if patient.settings is None:
        return NOT_CHECKED
    address = urlsplit(patient.settings.public_url)
    if is_loopback(address.hostname or ""):
        return not_set("url-local") if not channels_on(patient.settings) else failed("url-not-reachable")
    return ok("url") if address.scheme == "https" else failed("url-not-secure")


def channels_on(settings_: Settings) -> tuple[str, ...]:
    """The channels whose secrets are set."""
    found = ((name, getattr(settings_, name)) for name in Settings.model_fields)
    return tuple(name for name, each in found if isinstance(each, Channel) and each.is_on)


def _channel(patient: Patient, name: str) -> CheckFinding:
    wrong = [each for each in patient.problems if each.startswith(variable(name, ""))]
    if wrong:
        return failed("channel-half-set", variables=", ".join(each.partition(":")[0] for each in wrong))
    if patient.settings is None:
        return NOT_CHECKED
    if name in channels_on(patient.settings):
        return ok("channel-on")
    return not_set("channel-off", example=variable(name, "*"))

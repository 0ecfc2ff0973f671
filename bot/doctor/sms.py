"""Are texts fit for use? Token and key, sender and registration, the way in, the words of consent, and the guard."""

from urllib.parse import urlsplit

from bot.doctor.address import Knock, KnockOutcome
from bot.doctor.model import NOT_CHECKED, CheckFinding, Patient, attention, failed, not_checked, not_set, ok
from bot.sms.account import Reach, Registered, Senders, TwilioAccount
from bot.sms.door import INBOUND
from config.settings import Twilio
from db.queries import accounts, agencies, phones
from db.unit_of_work import reading
from messages.phones import NOTICE
from messages.words import load
from training.phones.phones import CHANNEL

ACTIVE = "active"
# What somebody agrees to is said in these.
CONSENT = ("phone-code-agrees", "phone-linked")
SHORT_CODE = 6


def token(patient: Patient) -> CheckFinding:
    """Whether Twilio takes the account's token, and how the account is."""
    settings = _settings(patient)
    if settings is None:
        return _unset(patient)
    with TwilioAccount(settings) as account:
        told = account.token()
    if told.reach is Reach.UNREACHABLE:
        return failed("sms-unreachable", url=settings.api_url)
    if told.reach is Reach.REFUSED:
        return failed("sms-token-refused")
    return ok("sms-token") if told.state == ACTIVE else failed("sms-account", state=told.state)


def key(patient: Patient) -> CheckFinding:
    """Whether Twilio takes the API key, where one is set."""
    settings = _settings(patient)
    if settings is None:
        return _unset(patient)
    if settings.api_key is None:
        return not_set("sms-key-none")
    with TwilioAccount(settings) as account:
        reach = account.key().reach
    if reach is Reach.UNREACHABLE:
        return NOT_CHECKED
    return ok("sms-key") if reach is Reach.OK else failed("sms-key-refused")


def sender(patient: Patient) -> CheckFinding:
    """Whether the number or the service is the account's, and can send texts and take pictures."""
    settings = _settings(patient)
    if settings is None:
        return _unset(patient)
    if _is_short_code(settings):
        return not_checked("sms-short-code")
    found = _senders(settings)
    if found.reach is not Reach.OK:
        return NOT_CHECKED
    if not found.numbers:
        return failed("sms-sender-none")
    if not all(each.texts for each in found.numbers):
        return failed("sms-sender-no-texts")
    if not all(each.pictures for each in found.numbers):
        return attention("sms-sender-no-pictures")
    return ok("sms-sender", count=len(found.numbers))


def registration(patient: Patient) -> CheckFinding:
    """What the carriers know of the sender, as far as Twilio's interface tells it."""
    settings = _settings(patient)
    if settings is None:
        return _unset(patient)
    found = _senders(settings)
    if not found.numbers:
        return NOT_CHECKED
    with TwilioAccount(settings) as account:
        match account.registered(found):
            case Registered.YES:
                return ok("sms-registered")
            case Registered.WAITS:
                return attention("sms-registration-waits")
            case Registered.REFUSED:
                return failed("sms-registration-refused")
            case Registered.NONE:
                return failed("sms-registration-none")
            case Registered.UNKNOWN:
                return not_checked("sms-registration-unknown")
            case Registered.UNREACHABLE:
                return NOT_CHECKED


def webhook(patient: Patient) -> CheckFinding:
    """Whether Twilio brings what comes in to our own address."""
    settings = _settings(patient)
    if settings is None or patient.settings is None:
        return _unset(patient)
    found = _senders(settings)
    if not found.numbers:
        return NOT_CHECKED
    wanted = patient.settings.public_url.rstrip("/") + INBOUND
    if not found.url:
        return failed("sms-webhook-none", url=wanted)
    if found.url.partition("#")[0] != wanted:
        host = urlsplit(found.url).hostname or ""
        return failed("sms-webhook-other", url=wanted, host=host)
    return ok("sms-webhook") if found.by_post else failed("sms-webhook-get", url=wanted)


def way_in(patient: Patient) -> CheckFinding:
    """Whether our address answers, refuses what nobody signed, and believes what is signed."""
    settings = _settings(patient)
    if settings is None or patient.settings is None:
        return _unset(patient)
    secret = "" if settings.auth_token is None else settings.auth_token.get_secret_value()
    url = patient.settings.public_url
    match Knock(url, INBOUND, secret).way():
        case KnockOutcome.OK:
            return ok("sms-way", url=url)
        case KnockOutcome.NOBODY:
            return failed("sms-way-nobody", url=url)
        case KnockOutcome.SOMEBODY_ELSE:
            return failed("sms-way-somebody-else", url=url)
        case KnockOutcome.LETS_ALL_IN:
            return failed("sms-way-lets-all-in", url=url)
        case KnockOutcome.LETS_NONE_IN:
            return failed("sms-way-lets-none-in", url=url)


def consent(patient: Patient) -> CheckFinding:
    """Whether there are words to agree to, and how many have."""
    settings = _settings(patient)
    if settings is None:
        return _unset(patient)
    words = load()
    if not all(words.sentence(key_).facts for key_ in CONSENT):
        return failed("sms-consent-none")
    office = patient.usable
    if office is None:
        return NOT_CHECKED
    linked = unwanted = 0
    with reading(office.engine) as conn:
        for number in agencies.agencies(conn):
            links = accounts.everybodys(conn, number)
            linked += sum(each.fact.channel == CHANNEL for each in links)
            unwanted += len(phones.without_consent(conn, number))
    return ok("sms-consent", notice=NOTICE, linked=linked, unwanted=unwanted)


def guard(patient: Patient) -> CheckFinding:
    """Whether anything keeps a month from costing without end, or texts from going out at all."""
    settings = _settings(patient)
    if settings is None:
        return _unset(patient)
    if settings.only_to:
        return attention("sms-guard-only-to", count=len(settings.only_to.split(",")))
    if settings.monthly_segments is None:
        return attention("sms-guard-none")
    return ok("sms-guard", count=settings.monthly_segments)


def _senders(settings: Twilio) -> Senders:
    with TwilioAccount(settings) as account:
        return account.senders()


def _settings(patient: Patient) -> Twilio | None:
    if patient.settings is None or not patient.settings.twilio.is_on:
        return None
    return patient.settings.twilio


def _is_short_code(settings: Twilio) -> bool:
    number = settings.messaging_service_sid or settings.from_number or ""
    return len(number) <= SHORT_CODE


def _unset(patient: Patient) -> CheckFinding:
    return NOT_CHECKED if patient.settings is None else not_set("sms-off")

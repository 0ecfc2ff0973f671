"""How does Twilio write a message, a file or a number as JSON?"""

from datetime import datetime
from email.utils import format_datetime
from typing import Any

from tests.fakes.twilio.errors import TITLES
from tests.fakes.twilio.world import Media, Message, Number, World

Json = dict[str, Any]

VERSION = "2010-04-01"


def home(world: World) -> str:
    """Where everything of the account is."""
    return f"/{VERSION}/Accounts/{world.account.sid}"


def instant(when: datetime | None) -> str | None:
    """RFC 2822, as the older interfaces write it."""
    return format_datetime(when) if when is not None else None


def message(world: World, told: Message) -> Json:
    """One message."""
    uri = f"{home(world)}/Messages/{told.sid}"
    pictures = len(told.media_urls) if told.is_outbound else len(told.media)
    return {
        "account_sid": world.account.sid,
        "api_version": VERSION,
        "body": told.body,
        "date_created": instant(told.created),
        "date_sent": instant(told.sent),
        "date_updated": instant(told.updated),
        "direction": told.direction,
        "error_code": told.error_code,
        "error_message": TITLES.get(told.error_code) if told.error_code else None,
        "from": told.sender,
        "messaging_service_sid": told.service,
        "num_media": str(pictures),
        "num_segments": str(told.segments),
        "price": None if told.sent is None else f"-{told.segments * 0.0083:.5f}",
        "price_unit": "USD",
        "sid": told.sid,
        "status": told.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": told.to,
        "uri": f"{uri}.json",
    }


def media(world: World, told: Media) -> Json:
    """What is known of a file."""
    return {
        "account_sid": world.account.sid,
        "content_type": told.content_type,
        "date_created": instant(told.created),
        "date_updated": instant(told.created),
        "parent_sid": told.message,
        "sid": told.sid,
        "uri": f"{home(world)}/Messages/{told.message}/Media/{told.sid}.json",
    }


def number(world: World, told: Number) -> Json:
    """One number of the account."""
    return {
        "account_sid": world.account.sid,
        "api_version": VERSION,
        "beta": False,
        "capabilities": {"fax": False, "mms": told.mms, "sms": told.sms, "voice": True},
        "friendly_name": told.number,
        "origin": "twilio",
        "phone_number": told.number,
        "sid": told.sid,
        "sms_fallback_url": "",
        "sms_method": told.sms_method,
        "sms_url": told.sms_url,
        "status": "in-use",
        "status_callback": "",
        "uri": f"{home(world)}/IncomingPhoneNumbers/{told.sid}.json",
    }


def account(world: World) -> Json:
    """The account itself."""
    return {
        "friendly_name": "Lakemont PD",
        "sid": world.account.sid,
        "status": world.account.status,
        "type": "Full",
        "uri": f"{home(world)}.json",
    }

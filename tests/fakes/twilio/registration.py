"""May the account's senders text in the US at all? Services, campaigns and toll-free verifications, as v1 tells."""

from typing import Any

from tests.fakes.twilio.errors import not_found
from tests.fakes.twilio.world import Service, World

Json = dict[str, Any]

VERIFIED = "VERIFIED"


def service(world: World, path: str, sid: str) -> Service:
    """The service that is asked about."""
    if sid not in world.services:
        raise not_found(path)
    return world.services[sid]


def one(world: World, told: Service) -> Json:
    """A Messaging Service."""
    return {
        "account_sid": world.account.sid,
        "friendly_name": "Rollcall",
        "inbound_method": "POST",
        "inbound_request_url": told.sms_url or None,
        "sid": told.sid,
        "smart_encoding": False,
        "status_callback": told.status_callback or None,
        "sticky_sender": True,
        "url": f"https://messaging.twilio.com/v1/Services/{told.sid}",
        "us_app_to_person_registered": told.campaign == VERIFIED,
        "use_inbound_webhook_on_number": not told.sms_url,
        "validity_period": 36_000,
    }


def all_services(world: World) -> Json:
    """Every Messaging Service of the account."""
    return _all("services", [one(world, each) for each in world.services.values()])


def senders(world: World, told: Service) -> Json:
    """Its numbers."""
    found = [world.numbers[each] for each in told.senders]
    return _all(
        "phone_numbers",
        [
            {
                "account_sid": world.account.sid,
                "capabilities": [
                    name for name, has in (("SMS", each.sms), ("MMS", each.mms), ("Voice", True)) if has
                ],
                "country_code": "US",
                "phone_number": each.number,
                "service_sid": told.sid,
                "sid": each.sid,
            }
            for each in found
        ],
    )


def campaigns(world: World, told: Service) -> Json:
    """Its campaign for US long codes, when there is one."""
    campaign: Json = {
        "account_sid": world.account.sid,
        "campaign_id": "C00001" if told.campaign == VERIFIED else None,
        "campaign_status": told.campaign,
        "errors": [],
        "messaging_service_sid": told.sid,
        "mock": False,
        "sid": f"QE{told.sid[2:]}",
        "us_app_to_person_usecase": "LOW_VOLUME",
    }
    return _all("compliance", [campaign] if told.campaign else [])


def verifications(world: World, number_sid: str) -> Json:
    """What became of the toll-free numbers' verification."""
    return _all(
        "verifications",
        [
            {
                "account_sid": world.account.sid,
                "sid": f"HH{each.sid[2:]}",
                "status": "TWILIO_APPROVED" if each.registered else "PENDING_REVIEW",
                "tollfree_phone_number": each.number,
                "tollfree_phone_number_sid": each.sid,
            }
            for each in world.numbers.values()
            if each.kind == "toll_free" and number_sid in {"", each.sid}
        ],
    )


def _all(key: str, found: list[Json]) -> Json:
    """A list on one page, as v1 writes it."""
    return {key: found, "meta": {"key": key, "next_page_url": None, "page": 0, "page_size": 50}}

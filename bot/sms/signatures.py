"""Did Twilio send this? Its signature over the public address that we set ourselves, and over every field as it came.

What a proxy says about itself is not asked: whoever can reach us could say it too.
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.datastructures import ImmutableMultiDict
from starlette.requests import Request
from twilio.request_validator import RequestValidator, get_signature_algorithm

from config.settings import Twilio

SIGNATURE = "x-twilio-signature"
SETTINGS = "x-twilio-webhooks-signature-settings"
JSON = "application/json"


class Signatures:
    """What proves that a request is Twilio's."""

    def __init__(self, settings: Twilio, public_url: str) -> None:
        self._public = public_url.rstrip("/")
        self._token = RequestValidator(_secret(settings.auth_token))
        # A key of its own for what Twilio sends us; without one only the account's token signs.
        shared = settings.webhook_secret
        self._shared = None if shared is None else RequestValidator(_secret(shared))

    def are_on(self, request: Request, body: bytes) -> bool:
        """Whether it is signed. Nothing is read of it but what the signature is over."""
        given = request.headers.get(SIGNATURE, "")
        if not given:
            return False
        url = self._public + request.scope["raw_path"].decode("latin-1")
        if query := request.scope["query_string"].decode("latin-1"):
            url += f"?{query}"
        try:
            signed: object = body.decode() if is_json(request) else ImmutableMultiDict(_pairs(body))
            # A body that is no form is part of the signature by its hash alone, which has to be there.
            if isinstance(signed, str) and "bodySHA256" not in request.query_params:
                return False
            return self._valid(request, url, signed, given)
        except ValueError:
            return False

    def _valid(self, request: Request, url: str, signed: object, given: str) -> bool:
        how = request.headers.get(SETTINGS, "")
        if how and self._shared is not None:
            return bool(self._shared.validate(url, signed, given, get_signature_algorithm(how)))
        return bool(self._token.validate(url, signed, given))


def is_json(request: Request) -> bool:
    """Whether the body is no form."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == JSON


def form_of(body: bytes) -> Mapping[str, str]:
    """The fields of a form, as they came."""
    return dict(_pairs(body))


def _pairs(body: bytes) -> list[tuple[str, str]]:
    return parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=500)


def _secret(value: object) -> str:
    found = getattr(value, "get_secret_value", None)
    return str(found()) if found is not None else ""

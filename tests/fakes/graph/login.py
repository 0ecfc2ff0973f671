"""Where tokens come from: a form with the registration's secret is answered with a token for one scope."""

from collections import deque
from dataclasses import dataclass, field
from threading import Event
from urllib.parse import parse_qs

import httpx
from pydantic import SecretStr

from config.settings import Teams

AUTHORITY = "http://login.test"
TENANT = "00000000-0000-0000-0000-000000000002"
CLIENT = "00000000-0000-0000-0000-000000000001"
SECRET = "example~secret"  # noqa: S105  of nobody


def settings() -> Teams:
    """What an agency sets, pointed here."""
    return Teams(client_id=CLIENT, client_secret=SecretStr(SECRET), tenant_id=TENANT, authority_url=AUTHORITY)


@dataclass(slots=True)
class Login:
    """Give out tokens. ``failing``: answers to give instead, one each. ``gate``: answer only once it is open."""

    lives: object = 3600
    failing: deque[httpx.Response] = field(default_factory=deque)
    asked: list[str] = field(default_factory=list)
    given: dict[str, str] = field(default_factory=dict)  # token to scope
    gate: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.gate.set()

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What comes of one request."""
        self.gate.wait(10)
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        self.asked.append(form.get("scope", ""))
        if self.failing:
            return self.failing.popleft()
        assert request.method == "POST"
        assert str(request.url) == f"{AUTHORITY}/{TENANT}/oauth2/v2.0/token"
        assert form.get("grant_type") == "client_credentials"
        assert form["scope"].endswith("/.default")
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return refusal(401, "invalid_client", 7000215)
        token = f"token-{len(self.given) + 1}"
        self.given[token] = form["scope"]
        said = {"token_type": "Bearer", "expires_in": self.lives, "access_token": token}
        return httpx.Response(200, json=said)

    def transport(self) -> httpx.MockTransport:
        """In the place of the network."""
        return httpx.MockTransport(self.answer)


def refusal(status: int, error: str, code: int, wait: int | None = None) -> httpx.Response:
    """An error as the login service words it."""
    headers = {} if wait is None else {"retry-after": str(wait)}
    said = {"error": error, "error_description": "AADSTS: words", "error_codes": [code]}
    return httpx.Response(status, json=said, headers=headers)

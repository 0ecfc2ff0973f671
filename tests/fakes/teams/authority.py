"""Who gives the app its tokens, and does one still hold? Entra, for client credentials."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.fakes.teams.errors import EntraError
from tests.fakes.teams.signing import SigningKey, claims_of, token

Json = dict[str, Any]

KEY = SigningKey("entra", ())
DEFAULT = "/.default"
NEEDED = ("grant_type", "client_id", "client_secret", "scope")


@dataclass(slots=True)
class Authority:
    """Entra. ``given`` counts the tokens it gave; ``lifetime`` is how many seconds each holds."""

    tenants: set[str]
    client_id: str
    client_secret: str
    resources: set[str] = field(default_factory=set)
    lifetime: int = 3599
    secret_expired: bool = False
    given: int = 0
    _revoked_until: int = 0

    def grant(self, tenant: str, form: Mapping[str, str], at: datetime) -> Json:
        """A token for the form, or the refusal raised."""
        for name in NEEDED:
            if not form.get(name):
                raise EntraError("900144", f"{name} is missing")
        if tenant not in self.tenants:
            raise EntraError("90002", f"no tenant {tenant}")
        if form["grant_type"] != "client_credentials":
            raise EntraError("70003", form["grant_type"])
        if form["client_id"] != self.client_id:
            raise EntraError("700016", f"no app {form['client_id']}")
        if self.secret_expired:
            raise EntraError("7000222")
        if not hmac.compare_digest(form["client_secret"], self.client_secret):
            raise EntraError("7000215")
        resource = form["scope"].removesuffix(DEFAULT)
        if resource == form["scope"] or " " in form["scope"]:
            raise EntraError("1002012", form["scope"])
        if resource not in self.resources:
            raise EntraError("500011", resource)
        self.given += 1
        now = int(at.timestamp())
        claims = {
            "aud": resource,
            "iss": f"https://sts.windows.net/{tenant}/",
            "iat": now,
            "nbf": now,
            "exp": now + self.lifetime,
            "appid": self.client_id,
            "tid": tenant,
            "uti": str(self.given),
        }
        lasts = {"expires_in": self.lifetime, "ext_expires_in": self.lifetime}
        return {"token_type": "Bearer", **lasts, "access_token": token(claims, KEY)}

    def revoke(self) -> None:
        """No token that was given so far holds any more."""
        self._revoked_until = self.given

    def trouble_with(self, bearer: str | None, resource: str, at: datetime) -> str:
        """Why a token is not good for this resource; empty when it is."""
        if not bearer:
            return "no bearer token"
        claims = claims_of(bearer, KEY)
        if claims is None:
            return "no token of this authority"
        now = at.timestamp()
        for wrong, reason in (
            (claims["aud"] != resource, f"a token for {claims['aud']}"),
            (now >= claims["exp"], "the token is expired"),
            (now < claims["nbf"], "the token does not hold yet"),
            (int(claims["uti"]) <= self._revoked_until, "the token was revoked"),
        ):
            if wrong:
                return reason
        return ""

"""In which ways can an activity be wrong, each alone? The app must refuse every one of them."""

from collections.abc import Callable

from tests.fakes.teams.delivery import LASTS, HttpDoor, Parcel
from tests.fakes.teams.signing import SigningKey

SKEW = 300
"""The five minutes by which two clocks may differ."""
ELSEWHERE = "https://smba.example.net/teams/"
STRANGER = SigningKey("stranger")
OTHER_TENANT = "7f988bf7-86f1-41af-91ab-2d7cd011db47"
OTHER_APP = "00000000-0000-4000-8000-000000000000"

Wrong = Callable[[Parcel, HttpDoor], Parcel]


def _seconds(door: HttpDoor) -> int:
    return int(door.now().timestamp())


def _expired(parcel: Parcel, door: HttpDoor) -> Parcel:
    then = _seconds(door) - SKEW - LASTS - 1
    return parcel.claiming(nbf=then, iat=then, exp=then + LASTS)


def _of_another_tenant(parcel: Parcel, _: HttpDoor) -> Parcel:
    data, chat = parcel.activity["channelData"], parcel.activity["conversation"]
    return parcel.changed(
        channelData={**data, "tenant": {"id": OTHER_TENANT}},
        conversation={**chat, "tenantId": OTHER_TENANT},
    )


WRONGS: dict[str, Wrong] = {
    "no header": lambda parcel, _: parcel.sealed(authorization=""),
    "another scheme": lambda parcel, _: parcel.sealed(authorization="Basic cm9sbGNhbGw6cm9sbGNhbGw="),
    "no token after the scheme": lambda parcel, _: parcel.sealed(authorization="Bearer"),
    "three words for a token": lambda parcel, _: parcel.sealed(authorization="Bearer of.good.news"),
    "another key": lambda parcel, door: parcel.sealed(key=STRANGER, kid=door.world.keys.signing.kid),
    "an unknown key": lambda parcel, _: parcel.sealed(key=STRANGER),
    "a key of another channel": lambda parcel, door: parcel.sealed(
        key=door.world.keys.add_of_another_channel()
    ),
    "no key named": lambda parcel, _: parcel.sealed(kid=""),
    "algorithm none": lambda parcel, _: parcel.sealed(algorithm="none"),
    "algorithm HS256": lambda parcel, _: parcel.sealed(algorithm="HS256"),
    "another issuer": lambda parcel, _: parcel.claiming(iss="https://sts.windows.net/lakemont/"),
    "no issuer": lambda parcel, _: parcel.claiming(iss=None),
    "another audience": lambda parcel, _: parcel.claiming(aud=OTHER_APP),
    "no audience": lambda parcel, _: parcel.claiming(aud=None),
    "expired": _expired,
    "no expiry": lambda parcel, _: parcel.claiming(exp=None),
    "not valid yet": lambda parcel, door: parcel.claiming(nbf=_seconds(door) + SKEW + 60),
    "another service address": lambda parcel, _: parcel.claiming(serviceurl=ELSEWHERE),
    "no service address": lambda parcel, _: parcel.claiming(serviceurl=None),
    "another service address in the body": lambda parcel, _: parcel.changed(serviceUrl=ELSEWHERE),
    "another tenant": _of_another_tenant,
    "another channel": lambda parcel, _: parcel.changed(channelId="webchat"),
}
"""By what is wrong: ``WRONGS["expired"](parcel, door).to(door)``."""

"""With which keys does Microsoft sign, and what is a token? RS256 by hand, so that nothing of the app is relied on."""

import base64
import functools
import hashlib
import hmac
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

Json = dict[str, Any]

TEAMS = ("msteams",)
OTHER_CHANNEL = ("webchat",)


@functools.cache
def _made(name: str) -> rsa.RSAPrivateKey:
    assert name
    return rsa.generate_private_key(65537, 2048)


_MAKING = threading.Lock()


def _pair(name: str) -> rsa.RSAPrivateKey:
    """A pair of this name, the same for the whole process: making one takes a tenth of a second, and the thread that
    tells of it may want it while another one makes it."""
    with _MAKING:
        return _made(name)


def encoded(content: bytes) -> str:
    """Base64 as tokens and key documents have it."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """What ``encoded`` made."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key. ``kid`` is what a token names it by, ``endorsements`` the channels it may sign for."""

    name: str
    endorsements: tuple[str, ...] = TEAMS

    @property
    def kid(self) -> str:
        """Its name in tokens and in the key document."""
        return encoded(hashlib.sha1(self.name.encode(), usedforsecurity=False).digest())

    def public(self) -> Json:
        """The key as the key document tells it."""
        numbers = _pair(self.name).public_key().public_numbers()
        told: Json = {
            "kty": "RSA",
            "use": "sig",
            "kid": self.kid,
            "x5t": self.kid,
            "n": encoded(numbers.n.to_bytes(256, "big")),
            "e": encoded(numbers.e.to_bytes(3, "big")),
        }
        if self.endorsements:
            told["endorsements"] = list(self.endorsements)
        return told

    def sign(self, content: bytes) -> bytes:
        """RS256."""
        return _pair(self.name).sign(content, padding.PKCS1v15(), hashes.SHA256())

    def pem(self) -> bytes:
        """The public key as text, which a careless app takes for a shared secret."""
        return (
            _pair(self.name)
            .public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        )

    def signed(self, content: bytes, signature: bytes) -> bool:
        """Whether this key made the signature."""
        try:
            _pair(self.name).public_key().verify(signature, content, padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            return False
        return True


def token(
    claims: Mapping[str, Any], key: SigningKey, *, algorithm: str = "RS256", kid: str | None = None
) -> str:
    """A token; an empty ``kid`` names no key.

    ``algorithm`` may also be ``none``, or ``HS256`` with the public key for a secret.
    """
    header = {"alg": algorithm, "typ": "JWT"}
    if kid != "":
        header |= {"kid": kid or key.kid, "x5t": kid or key.kid}
    content = f"{encoded(json.dumps(header).encode())}.{encoded(json.dumps(dict(claims)).encode())}"
    match algorithm:
        case "none":
            signature = b""
        case "HS256":
            signature = hmac.new(key.pem(), content.encode(), hashlib.sha256).digest()
        case _:
            signature = key.sign(content.encode())
    return f"{content}.{encoded(signature)}"


def claims_of(text: str, key: SigningKey) -> Json | None:
    """The claims of a token that this key signed, or nothing."""
    try:
        content, _, signature = text.rpartition(".")
        if not key.signed(content.encode(), decoded(signature)):
            return None
        claims = json.loads(decoded(content.split(".")[1]))
    except (ValueError, IndexError):
        return None
    return claims if isinstance(claims, dict) else None


@dataclass(slots=True)
class KeyRing:
    """The keys that are published for checking what Microsoft sends, the newest last; it is the one that signs."""

    published: list[SigningKey] = field(default_factory=lambda: [SigningKey("first")])
    _made: int = 1

    @property
    def signing(self) -> SigningKey:
        """The key of the next token."""
        return self.published[-1]

    def add(self, endorsements: tuple[str, ...] = TEAMS) -> SigningKey:
        """One more key is published, and signs from now on."""
        self._made += 1
        made = SigningKey(f"key {self._made}", endorsements)
        self.published.append(made)
        return made

    def add_of_another_channel(self) -> SigningKey:
        """A key that is published and may not sign for Teams; it signs nothing by itself."""
        other = SigningKey("other channel", OTHER_CHANNEL)
        if other not in self.published:
            self.published.insert(0, other)
        return other

    def remove(self, key: SigningKey) -> None:
        """A key is published no more."""
        self.published.remove(key)

    def replace(self) -> SigningKey:
        """All keys go, and a new one signs."""
        self.published.clear()
        return self.add()

    def document(self) -> Json:
        """What stands at the address of the keys."""
        return {"keys": [key.public() for key in self.published]}

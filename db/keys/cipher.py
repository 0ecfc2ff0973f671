"""How is one piece of content closed and opened? AES-256-GCM under a key of its own, bound to where it belongs."""

from hashlib import sha256
from hmac import new as hmac
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from db.keys.errors import UnreadableItemError

KEY_BITS = 256
KEY_BYTES = KEY_BITS // 8
_NONCE_BYTES = 12
_HASHING = b"rollcall keyed hash"
_MASTER = b"rollcall master key"


def new_key() -> bytes:
    """A random key."""
    return AESGCM.generate_key(KEY_BITS)


def seal(key: bytes, content: bytes, place: str) -> bytes:
    """The content closed; it opens only with the same key and in the same place."""
    nonce = token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, place.encode())


def unseal(key: bytes, sealed: bytes, place: str) -> bytes:
    """The content again; UnreadableItemError for another key, another place or a changed byte."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError) as error:
        raise UnreadableItemError(place) from error


def keyed_hash(key: bytes, content: bytes) -> str:
    """What stands for the content where it may never be read: nobody can guess at it without the key."""
    derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=_HASHING).derive(key)
    return hmac(derived, content, sha256).hexdigest()


def fingerprint(master: bytes) -> str:
    """Which master key this is, without telling it."""
    return hmac(master, _MASTER, sha256).hexdigest()[:32]

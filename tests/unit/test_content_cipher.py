"""What is closed opens with its own key in its own place, and with nothing else."""

from hashlib import sha256

import pytest

from db.keys.cipher import KEY_BYTES, fingerprint, keyed_hash, new_key, seal, unseal
from db.keys.errors import UnreadableItemError

WORDS = b"When is my CPR card due?"


def test_what_was_closed_opens_again() -> None:
    key = new_key()
    assert len(key) == KEY_BYTES
    assert unseal(key, seal(key, WORDS, "1:a"), "1:a") == WORDS
    assert unseal(key, seal(key, b"", "1:a"), "1:a") == b""


@pytest.mark.parametrize("place", ["2:a", "1:b", ""])
def test_in_another_place_it_does_not_open(place: str) -> None:
    key = new_key()
    with pytest.raises(UnreadableItemError):
        unseal(key, seal(key, WORDS, "1:a"), place)


def test_another_key_or_a_changed_byte_does_not_open_it() -> None:
    key = new_key()
    sealed = seal(key, WORDS, "1:a")
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for wrong_key, bytes_ in ((new_key(), sealed), (key, changed), (key, sealed[:5]), (key, b"")):
        with pytest.raises(UnreadableItemError):
            unseal(wrong_key, bytes_, "1:a")


def test_the_same_words_are_closed_differently_each_time_and_show_nothing() -> None:
    key = new_key()
    one, other = seal(key, WORDS, "1:a"), seal(key, WORDS, "1:a")
    assert one != other
    assert WORDS not in one


def test_the_keyed_hash_tells_the_words_to_nobody_without_the_key() -> None:
    key, another = new_key(), new_key()
    assert keyed_hash(key, WORDS) == keyed_hash(key, WORDS)
    assert keyed_hash(key, WORDS) != keyed_hash(key, WORDS + b" ")
    assert keyed_hash(key, WORDS) != keyed_hash(another, WORDS)
    assert keyed_hash(key, WORDS) != sha256(WORDS).hexdigest()


def test_a_master_key_is_known_by_something_that_does_not_tell_it() -> None:
    key = new_key()
    assert key.hex() not in fingerprint(key)
    assert fingerprint(key) != fingerprint(new_key())

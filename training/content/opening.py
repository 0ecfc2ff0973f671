"""Can what people wrote be opened at all? Said in one sentence before anything starts."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from db.keys.errors import MasterKeyMissingError, MasterKeyWrongError, NextMasterKeyMissingError
from db.keys.store import KeyStore
from training.errors import ErrorCode, RollcallError


@contextmanager
def in_words() -> Iterator[None]:
    """Whatever the key store refuses inside, as the error that has a sentence."""
    try:
        yield
    except MasterKeyMissingError as error:
        raise RollcallError(ErrorCode.MASTER_KEY_MISSING) from error
    except MasterKeyWrongError as error:
        raise RollcallError(ErrorCode.MASTER_KEY_WRONG) from error
    except NextMasterKeyMissingError as error:
        raise RollcallError(ErrorCode.NEXT_MASTER_KEY_MISSING) from error
    except (SQLAlchemyError, OSError) as error:
        raise RollcallError(ErrorCode.KEYS_UNREACHABLE) from error


def ready(keys: KeyStore) -> None:
    """The key store open, with the master key it needs."""
    with in_words():
        keys.open()

"""How are files kept in an S3-compatible bucket? One signed request for each object, tried again a few times, and never
waited for without end."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from secrets import token_bytes
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from db.files.address import BucketAddress
from db.files.errors import FileMissingError, FilesAwayError
from db.files.port import FileStore, StoreState, is_name, name_of, path_of

if TYPE_CHECKING:
    # It is a type and nothing else.
    from obstore.store import S3Credential

_TRIES_MORE = 2
_PROBE_BYTES = 32
_AT_ONCE = 1_000


class Bucket(FileStore):
    """Files under a prefix of a bucket. Nothing of it is in a backup of the record: buckets have their own."""

    carried = False

    def __init__(self, address: BucketAddress) -> None:
        self._place = address.url
        where = urlsplit(address.url)
        prefix = where.path.strip("/")
        endpoint = address.endpoint.rstrip("/")
        credential: S3Credential = {
            "access_key_id": address.access_key,
            "secret_access_key": address.secret_key,
            "token": None,
            "expires_at": None,
        }
        self._store = S3Store(
            where.netloc,
            prefix=prefix or None,
            # All of it is said, or variables of other programs on this machine would be taken.
            config={
                "endpoint": endpoint,
                "aws_endpoint_url_s3": endpoint,
                "region": address.region,
                "skip_signature": False,
                "unsigned_payload": False,
                "virtual_hosted_style_request": False,
                # One object at a time goes, and not every server knows the other way.
                "disable_bulk_delete": True,
            },
            credential_provider=lambda: credential,
            client_options={
                "allow_http": address.endpoint.startswith("http://"),
                "connect_timeout": address.patience,
                "timeout": address.patience,
            },
            retry_config={
                "max_retries": _TRIES_MORE,
                "retry_timeout": address.patience * (_TRIES_MORE + 1),
                "backoff": {
                    "init_backoff": timedelta(milliseconds=100),
                    "max_backoff": timedelta(seconds=1),
                    "base": 2,
                },
            },
        )

    def put(self, name: str, sealed: bytes) -> None:
        path = path_of(name)
        with _away():
            # In one request: what was begun in parts and left would lie there unseen, and be paid for.
            obstore.put(self._store, path, sealed, use_multipart=False)

    def get(self, name: str) -> bytes:
        path = path_of(name)
        with _away():
            try:
                return bytes(obstore.get(self._store, path).bytes())
            except FileNotFoundError as error:
                # The same kind of error, and it says nothing of the file.
                if "NoSuchBucket" in str(error):
                    raise
                raise FileMissingError(name) from error

    def delete(self, name: str) -> None:
        path = path_of(name)
        with _away():
            try:
                obstore.delete(self._store, path)
            except FileNotFoundError as error:
                if "NoSuchBucket" in str(error):
                    raise

    def names(self) -> Iterator[str]:
        with _away():
            for page in obstore.list(self._store, chunk_size=_AT_ONCE):
                for each in page:
                    name = each["path"].rpartition("/")[2]
                    if is_name(name):
                        yield name

    def look(self) -> StoreState:
        probe = token_bytes(_PROBE_BYTES)
        self.put(name_of(probe), probe)
        self.delete(name_of(probe))
        return StoreState(place=self._place)


@contextmanager
def _away() -> Iterator[None]:
    try:
        yield
    except (BaseError, OSError) as error:
        # Its text holds addresses and what the server said; the kind of it is enough.
        raise FilesAwayError(type(error).__name__) from error

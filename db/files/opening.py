"""How is a bucket opened where the kit for it may not be installed?"""

from db.files.address import BucketAddress
from db.files.port import FileStore


def in_bucket(address: BucketAddress) -> FileStore:
    """The store in that bucket. The kit is an extra, and nobody who keeps files in a folder has it."""
    from db.files.bucket import Bucket  # noqa: PLC0415  an extra, see above

    return Bucket(address)

"""Under which name and type does a file leave? Both are ours: not what a sender called it, nothing a browser opens."""

import re
from collections.abc import Mapping

from training.links.looks import OpenedFile, OpenedLook

_EXTENSIONS: Mapping[str, str] = {
    "application/pdf": "pdf",
    "image/gif": "gif",
    "image/heic": "heic",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
    "image/webp": "webp",
    "text/calendar": "ics",
    "text/csv": "csv",
    "text/plain": "txt",
}
_ANY_BYTES, _ANY_EXTENSION = "application/octet-stream", "bin"
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9-]+")
_NAME_ROOM = 40


def extension(media_type: str) -> str:
    """What the name of such a file ends with."""
    return _EXTENSIONS.get(media_type, _ANY_EXTENSION)


def headers(opened: OpenedLook, file: OpenedFile) -> Mapping[str, str]:
    """What makes a browser keep the file and not show it, whatever is in it."""
    called = _NOT_IN_NAMES.sub("-", opened.look.name)[:_NAME_ROOM].strip("-") or "file"
    name = f"{called}-{file.number}.{extension(file.media_type)}"
    return {
        "content-type": file.media_type if file.media_type in _EXTENSIONS else _ANY_BYTES,
        "content-disposition": f'attachment; filename="{name}"',
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": "no-store",
        "cross-origin-resource-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "x-robots-tag": "noindex, nofollow",
    }

"""May this process write where a file's mode forbids it? Root may, unless it gives that up for good."""

import ctypes
import os
import sys

# From linux/capability.h: CAP_DAC_OVERRIDE is number 1 of the first of two words.
_VERSION_3 = 0x20080522
_DAC_OVERRIDE = 1 << 1


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Words(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def mind_permissions() -> None:
    """From here on the modes of files hold for this process and what it starts, whoever it is run by."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, words = _Header(_VERSION_3, 0), (_Words * 2)()
    if libc.capget(ctypes.byref(header), words) != 0:
        raise OSError(ctypes.get_errno(), "capget")
    words[0].effective &= ~_DAC_OVERRIDE
    words[0].permitted &= ~_DAC_OVERRIDE
    if libc.capset(ctypes.byref(header), words) != 0:
        raise OSError(ctypes.get_errno(), "capset")

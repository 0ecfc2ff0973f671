"""What of the Microsoft directory may a setting name? Checks that say what a usable value looks like."""

import re
from importlib.util import find_spec
from typing import Annotated, Final

from pydantic import AfterValidator

# Only an agency that reads its roster from the directory has it.
KIT: Final = "msgraph"
BADGE_PROPERTY: Final = re.compile(r"employeeId|onPremisesSamAccountName|extensionAttribute(?:[1-9]|1[0-5])")
COLUMNS: Final = ("email", "mobile_phone", "rank", "unit", "supervisor_badge", "appointed_on")
OBJECT_ID: Final = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


def listed(given: str) -> tuple[str, ...]:
    """What stands between commas, each once."""
    return tuple(dict.fromkeys(each.strip() for each in given.split(",") if each.strip()))


def _with_its_kit(given: bool) -> bool:
    if given and find_spec(KIT) is None:
        raise ValueError(
            'the directory needs the extra "graph", which is not installed; install rollcall[graph]'
        )
    return given


def _badge_property(given: str) -> str:
    if BADGE_PROPERTY.fullmatch(given) is None:
        raise ValueError(
            f'"{given}" is not where a badge can stand; write employeeId, onPremisesSamAccountName or '
            "extensionAttribute1 to extensionAttribute15"
        )
    return given


def _columns(given: str) -> str:
    unknown = [each for each in listed(given) if each not in COLUMNS]
    if unknown:
        raise ValueError(
            f'"{unknown[0]}" is no column that the directory fills; the columns are {", ".join(COLUMNS)}'
        )
    return given


def _object_id(given: str) -> str:
    if OBJECT_ID.fullmatch(given) is None:
        raise ValueError(
            f'"{given}" is not the object id of a group; it looks like 00000000-0000-0000-0000-000000000003'
        )
    return given.lower()


def _object_ids(given: str) -> str:
    return ",".join(_object_id(each) for each in listed(given))


Switch = Annotated[bool, AfterValidator(_with_its_kit)]
BadgeProperty = Annotated[str, AfterValidator(_badge_property)]
Columns = Annotated[str, AfterValidator(_columns)]
ObjectId = Annotated[str, AfterValidator(_object_id)]
ObjectIds = Annotated[str, AfterValidator(_object_ids)]

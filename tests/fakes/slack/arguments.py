"""What was a method called with? Form, multipart, JSON or query, read as strictly as the service reads them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack.errors import SlackError

Json = dict[str, Any]

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
TIMESTAMP = re.compile(r"\d{1,12}(\.\d{1,6})?")


@dataclass(slots=True)
class Arguments:
    """The parameters of one call. A form carries text only, so lists and objects come as JSON in it."""

    given: Json
    token: str | None
    is_json: bool
    warnings: list[str] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """A text, or nothing when it is missing or empty."""
        value = self.given.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, bool | int | float):
            return str(value).lower()
        if not isinstance(value, str):
            raise SlackError("invalid_arguments", [f"must be a string [json-pointer:/{name}]"])
        return value

    def need(self, *names: str) -> None:
        """Refuse, naming every one that is missing."""
        missing = [name for name in names if self.given.get(name) in (None, "")]
        if missing:
            raise SlackError("invalid_arguments", [f"missing required field: {name}" for name in missing])

    def required(self, *names: str) -> list[str]:
        """These texts, none of them missing."""
        self.need(*names)
        return [self.text(name) or "" for name in names]

    def flag(self, name: str) -> bool:
        """A truth value, in the spellings of a form too."""
        return str(self.given.get(name, "")).lower() in ("1", "true")

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number within its limit."""
        value = self.text(name)
        if value is None:
            return default
        if not value.isdecimal() or not int(value) >= 0:
            raise SlackError("invalid_arguments", [f"must be a number [json-pointer:/{name}]"])
        return min(int(value), most)

    def structure(self, name: str, error: str) -> Any:
        """A list or object, given as such in JSON or as JSON text; nothing when it is missing."""
        value = self.given.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                raise SlackError(error) from None
        if not isinstance(value, list | dict):
            raise SlackError(error)
        return value

    def timestamp(self, name: str, error: str) -> str | None:
        """A message's time, as text."""
        value = self.text(name)
        if value is not None and not TIMESTAMP.fullmatch(value):
            raise SlackError(error)
        return value


def read_json(body: bytes) -> Json:
    """The object that a JSON body must be."""
    try:
        given = json.loads(body)
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(given, dict):
        raise SlackError("json_not_object")
    return given


def read(
    kind: str,
    charset: str | None,
    query: Mapping[str, str],
    form: Mapping[str, Any],
    body: bytes,
    bearer: str | None,
) -> Arguments:
    """The arguments of a request. A token in the address is not taken; one in a form is."""
    given: Json = {name: value for name, value in query.items() if name != "token"}
    if not body:
        return Arguments(given, bearer, is_json=False)
    if kind == "application/json":
        given |= read_json(body)
        given.pop("token", None)
        return Arguments(given, bearer, True, [] if charset else ["missing_charset"])
    if kind in FORMS:
        given |= dict(form)
        token = given.pop("token", None)
        return Arguments(given, bearer or token, is_json=False)
    raise SlackError("invalid_post_type" if kind else "missing_post_type")

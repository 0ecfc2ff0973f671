"""Would the service take this text, these blocks, this metadata, this view? The refusals by name."""

import json
import re
from typing import Any

from tests.fakes.slack.arguments import Arguments
from tests.fakes.slack.blockkit import Surface, problems
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.world import World

Json = dict[str, Any]

LONGEST_TEXT = 40_000
LONGEST_EDITED_TEXT = 4_000
LONGEST_MARKDOWN = 12_000
LONGEST_BLOCKS = 13_200  # undocumented; measured at about this many characters by others
LARGEST_METADATA = 16_000
LARGEST_VIEW = 250_000
MOST_ATTACHMENTS = 100
ALARMS = ("<!channel", "<!here", "<!everyone")
EVENT_TYPE = re.compile(r"[A-Za-z0-9_]+")


def blocks(arguments: Arguments) -> list[Json] | None:
    """The blocks of a message, or nothing when none were given."""
    given = arguments.structure("blocks", "invalid_blocks_format")
    if given is None:
        return None
    if not isinstance(given, list):
        raise SlackError("invalid_blocks_format")
    check_blocks(given)
    return given


def check_blocks(given: list[Json]) -> None:
    """Refuse blocks that a message cannot carry."""
    if not given:
        return
    if not all(isinstance(each, dict) for each in given):
        raise SlackError("invalid_blocks_format")
    if len(json.dumps(given, ensure_ascii=False, separators=(",", ":"))) > LONGEST_BLOCKS:
        raise SlackError("msg_blocks_too_long")
    if found := refused_in("message", {"blocks": given}):
        raise SlackError("invalid_blocks", found, errors=found)


def refused_in(surface: Surface, payload: Json) -> list[str]:
    """What is wrong with blocks or a view. A text beside the blocks is remarked on, not asked for."""
    return problems(surface, payload | {"text": "-"} if surface == "message" else payload)


def remarks(text: str | None, given: list[Json] | None) -> list[str]:
    """What the service takes and people suffer from: blocks without a text, one too long to read, an alarm to all."""
    loud = [f"alarms: {each}" for each in ALARMS if each in f"{text}{json.dumps(given)}"]
    return loud + [
        each
        for each in problems("message", {"text": text or "", "blocks": given or []})
        if each.startswith("text")
    ]


def attachments(arguments: Arguments) -> list[Json]:
    """The attachments of a message."""
    given = arguments.structure("attachments", "invalid_attachments") or []
    if not isinstance(given, list):
        raise SlackError("invalid_attachments")
    if len(given) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    return given


def text(arguments: Arguments, longest: int) -> str | None:
    """The text of a message, from either of its two arguments."""
    given, markdown = arguments.text("text"), arguments.text("markdown_text")
    if markdown is not None:
        if given is not None or arguments.given.get("blocks"):
            raise SlackError("markdown_text_conflict")
        if len(markdown) > LONGEST_MARKDOWN:
            raise SlackError("msg_too_long")
        return markdown
    if given is not None and len(given) > longest:
        raise SlackError("msg_too_long")
    return given


def metadata(arguments: Arguments) -> Json | None:
    """The metadata of a message: an event type and a flat enough payload."""
    given = arguments.structure("metadata", "invalid_metadata_format")
    if given is None:
        return None
    if not isinstance(given, dict) or set(given) - {"event_type", "event_payload", "entities"}:
        raise SlackError("invalid_metadata_format")
    kind, payload = given.get("event_type"), given.get("event_payload")
    if not isinstance(kind, str) or not isinstance(payload, dict):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(given)) > LARGEST_METADATA:
        raise SlackError("metadata_too_large")
    if not EVENT_TYPE.fullmatch(kind):
        # Slack posts such a message and loses the metadata without a word.
        return None
    return {"event_type": kind, "event_payload": payload}


def view(arguments: Arguments, surfaces: tuple[str, ...]) -> Json:
    """A view that the service would show on one of these surfaces."""
    arguments.need("view")
    given = arguments.structure("view", "invalid_arguments")
    if not isinstance(given, dict):
        raise SlackError("invalid_arguments", ["must be an object [json-pointer:/view]"])
    check_view(given, surfaces)
    return given


def check_view(given: Json, surfaces: tuple[str, ...]) -> None:
    """Refuse a view that cannot be shown."""
    if len(json.dumps(given, ensure_ascii=False).encode()) > LARGEST_VIEW:
        raise SlackError("view_too_large")
    kind = given.get("type")
    if kind not in surfaces:
        raise SlackError(
            "invalid_arguments",
            [f"must be a valid enum value: {', '.join(surfaces)} [json-pointer:/view/type]"],
        )
    if found := refused_in("home" if kind == "home" else "modal", given):
        raise SlackError("invalid_arguments", [f"{each} [json-pointer:/view]" for each in found])


def with_ids(world: World, given: list[Json]) -> list[Json]:
    """The blocks as Slack keeps them: each with a block id, each element with an action id."""
    kept: list[Json] = json.loads(json.dumps(given))
    for block in kept:
        block.setdefault("block_id", f"b{world.number():04d}")
        for each in [block.get("accessory"), block.get("element"), *_listed(block)]:
            if isinstance(each, dict) and each.get("type") in INTERACTIVE:
                each.setdefault("action_id", f"a{world.number():04d}")
    return kept


def _listed(block: Json) -> list[Any]:
    found = block.get("elements", [])
    return found if block.get("type") == "actions" and isinstance(found, list) else []


INTERACTIVE = {
    "button", "checkboxes", "datepicker", "datetimepicker", "email_text_input", "file_input", "number_input",
    "overflow", "plain_text_input", "radio_buttons", "rich_text_input", "timepicker", "url_text_input",
    *(f"{many}{kind}_select" for many in ("", "multi_")
      for kind in ("static", "external", "users", "conversations", "channels")),
}  # fmt: skip

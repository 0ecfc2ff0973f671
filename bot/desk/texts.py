"""Which fixed words does the page itself use? All of them from the catalogue, under ``desk-<name>``."""

from collections.abc import Mapping

from messages.words import Words

NAMES = (
    "attach",
    "attached",
    "banner",
    "choice-none",
    "clock-now",
    "field-optional",
    "form-sent",
    "left-empty",
    "link-outside",
    "message",
    "person",
    "placeholder",
    "record",
    "record-about",
    "remove",
    "rollcall",
    "send",
    "sent-picture",
    "theme",
    "theme-auto",
    "theme-dark",
    "theme-light",
    "timeline-dates",
    "upload-failed",
    "why",
)


def texts(words: Words) -> Mapping[str, str]:
    """The words by the name a template uses: ``clock_now`` for ``desk-clock-now``."""
    return {name.replace("-", "_"): words.say(f"desk-{name}") for name in NAMES}

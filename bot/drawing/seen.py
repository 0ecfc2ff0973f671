"""How does somebody's text get into a chat without turning into a mention, a link or an emoji there?

What the clients of a chat might make of a text is parted by a character without width: a mention, an address, the name
of an emoji. What a kind of field takes for markup besides is the business of its door.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

from messages.clauses import shortened

# Parts a word for a machine and for no reader.
GAP = "\u200b"
# What stands where a text is required and there is none.
NOTHING = "-"
# Controls, invisible formats (they may hide a direction or a character), and halves of characters: nothing sends those.
UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")

# ``<!channel>``, ``<@U1>``, ``<#C1>``, ``<https:...>``: whatever begins like one of Slack's own signs.
_SIGN = re.compile(r"<(?=[!@#A-Za-z/])")
# An escape that somebody typed is no escape: it is shown as typed, whether or not Slack would undo it.
_ENTITY = re.compile(r"&(?=(?:amp|lt|gt|#\w+);)", re.IGNORECASE)
# ``@here`` and ``@somebody``; the sign inside an e-mail address is left alone unless it calls everybody.
_MENTION = re.compile(r"(?<![\w.+-])@(?=\w)|@(?=(?:here|channel|everyone)\b)", re.IGNORECASE)
_CHANNEL = re.compile(r"(?<![\w#&])#(?=[a-z0-9_-]*[a-z])")
_SCHEME = re.compile(r":(?=//)|(?<=\bmailto):(?=\S)|(?<=\btel):(?=\S)|(?<=\bslack):(?=\S)", re.IGNORECASE)
# ``evil.example``: a dot between a word and at least two letters, which a client may take for an address.
_DOMAIN = re.compile(r"(?<=[^\W_])\.(?=[^\W\d_]{2})")
_EMOJI = re.compile(r":(?=[a-z0-9_+'-]+:)", re.IGNORECASE)

# What each of them looks for, and what stands there instead, in the order in which they are parted.
_PARTED = (
    ("<", _SIGN, f"<{GAP}"),
    ("&", _ENTITY, f"&{GAP}"),
    ("@", _MENTION, f"@{GAP}"),
    ("#", _CHANNEL, f"#{GAP}"),
    (":", _SCHEME, f":{GAP}"),
    (".", _DOMAIN, f"{GAP}."),
    (":", _EMOJI, f":{GAP}"),
)

# In a text that is markup these turn what stands between two of them into something else. Their likenesses do not.
_LIKENESS = {"*": "\u2217", "_": "\u02cd", "~": "\u223c"}
_MARK_AT_AN_EDGE = re.compile(r"(?<![^\W_])[*_~]|[*_~](?![^\W_])")
_BACKTICK = ("`", "\u02cb")


def length(text: str) -> int:
    """Characters as the clients of chats count them: in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def shown(text: str) -> str:
    """The text as a reader may see it, on as many lines as it has."""
    lines = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    # Nearly every text is printable from end to end, and needs no look at each of its characters.
    seen = lines if lines.replace("\n", " ").isprintable() else _seen(lines)
    for sign, pattern, parted in _PARTED:
        if sign in seen:
            seen = pattern.sub(parted, seen)
    return seen.strip()


def _seen(lines: str) -> str:
    return "".join(
        character for character in lines if character == "\n" or unicodedata.category(character) not in UNSEEN
    )


def line(text: str) -> str:
    """The same on one line: a label, a name, a cell."""
    return " ".join(shown(text).split())


def without_emphasis(seen: str) -> str:
    """A text in which no mark at the edge of a word makes it bold, slanted, struck out or code."""
    return _MARK_AT_AN_EDGE.sub(lambda found: _LIKENESS[found[0]], seen.replace(*_BACKTICK))


def entry(text: str) -> str:
    """What somebody entered before, back in its field: their own text, letter by letter."""
    lines = _LINE_ENDS.sub("\n", text)
    return "".join(
        character
        for character in lines
        if character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cs"}
    )


def cut(text: str, room: int, measure: Callable[[str], int] = length) -> str:
    """The text, or its beginning up to a word with dots behind it, in at most ``room``."""
    if measure(text) <= room:
        return text
    short, long = 0, len(text)
    while short < long:
        middle = (short + long + 1) // 2
        if measure(shortened(text, middle)) <= room:
            short = middle
        else:
            long = middle - 1
    return shortened(text, short)


def split(text: str, room: int) -> Iterator[str]:
    """The text in pieces of at most ``room``, parted where a line, a sentence or a word ends; nothing is left out."""
    rest = text
    while length(rest) > room:
        head = _head(rest, room)
        yield head.rstrip()
        rest = rest[len(head) :].lstrip()
    if rest:
        yield rest


def _head(text: str, room: int) -> str:
    """The longest beginning that fits and ends where something ends; at least half of the room is used."""
    longest = text[:room]
    while (over := length(longest) - room) > 0:
        longest = longest[: -((over + 1) // 2)]
    for end in ("\n", ". ", " "):
        at = longest.rfind(end)
        if at * 2 >= len(longest):
            return longest[: at + len(end)]
    return longest

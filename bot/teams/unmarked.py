"""How does a text that is fit to be seen stand in a card, and say exactly that there?

Markdown is never used, and nothing is escaped: a sign that would mean something gives way to its likeness, or a
character without width parts it from what makes it mean that.
"""

import re

from bot.drawing.seen import GAP, without_emphasis

# Teams reads Markdown in the texts of a card, in its facts, choices and error messages, and none of them can be told
# not to. The renderers do not agree on escapes: those of the phones do not take a backslash before a star
# (github.com/microsoft/AdaptiveCards/issues/5758), and on an iPhone any Markdown changes the typeface (8782). A
# RichTextBlock takes none, but a fact, a choice and an error message cannot be one, dates in double braces are filled
# in there too, and phones have lost spaces between its runs (4498). A line is a TextBlock, as phones have lost the ends
# of lines (3531).

# What each of them looks for; the gap comes behind what is found.
_PARTED = (
    # A link, a picture, or where a link leads.
    ("]", re.compile(r"\](?=[(\[:])")),
    # A date that the client would fill in.
    ("{", re.compile(r"\{(?=\{)")),
    # An escape.
    ("\\", re.compile(r"\\(?=[!-/:-@\[-`{-~])")),
    # An element, an address in angle brackets, ``<at>``.
    ("<", re.compile(r"<(?=[^\s\u200b])")),
    # A character by its name or number.
    ("&", re.compile(r"&(?=[A-Za-z0-9#]+;)")),
)
# A list inside of a line: the phones begin to read anew behind a bracket, and behind a number that is none.
_LIST_INSIDE = re.compile(r"(?<=[\[\]).+-])(?=[-+] |[0-9]+\. )|(?<=[0-9])(?=[-+] )")
# What makes a heading, a list, a rule or a quotation of a line.
_AT_THE_BEGINNING = re.compile(r"\s*(?:#{1,6}(?:\s|$)|[-+](?:\s|-|$)|[0-9]+[.)](?:\s|$)|>)")


def unmarked(seen: str) -> str:
    """One line that was made fit to be seen, in which no client finds Markdown."""
    plain = without_emphasis(seen).replace("*", "\u2217")
    for sign, pattern in _PARTED:
        if sign in plain:
            plain = pattern.sub(rf"\g<0>{GAP}", plain)
    plain = _LIST_INSIDE.sub(GAP, plain)
    return GAP + plain if _AT_THE_BEGINNING.match(plain) else plain

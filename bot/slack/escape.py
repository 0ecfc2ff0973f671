"""How does a text that is fit to be seen stand in the one field of Slack that is markup, and say exactly that there?

Nearly everything goes out as ``plain_text``, ``raw_text`` or the texts of ``rich_text``, in which Slack reads no
markup at all. The text beside the blocks is markup, and is escaped.
"""

import re

from bot.drawing.seen import GAP, without_emphasis

# A quotation starts with this even when it is escaped.
_QUOTE = re.compile(r"^(\s*)(?=&gt;)", re.MULTILINE)


def markup(seen: str) -> str:
    """A text that was made fit to be seen, as markup that says exactly that."""
    escaped = without_emphasis(seen).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _QUOTE.sub(rf"\1{GAP}", escaped)

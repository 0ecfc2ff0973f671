"""How a message becomes one text: plain characters, two segments at most, the deciding clause first."""

import unicodedata

from bot.sms.limits import BASIC, EXTENDED, JOINED_SEGMENT, MOST_SEGMENTS, SINGLE_SEGMENT
from messages.clauses import Clause, fit
from messages.model import Message
from messages.replies import the_rest
from messages.words import Words

# One stray character turns the whole text into UCS-2 and halves its room, so each has its plain stand-in.
SWAPS = {
    "\u2018": "'",  # opening quote, typed by phones
    "\u2019": "'",  # apostrophe, in names that come from a word processor
    "\u201a": "'",  # low quote of some languages
    "\u201c": '"',  # opening double quote
    "\u201d": '"',  # closing double quote
    "\u201e": '"',  # low double quote
    "\u00ab": '"',  # French quote
    "\u00bb": '"',  # French quote
    "\u2010": "-",  # hyphen of typesetters
    "\u2011": "-",  # hyphen that does not break, in course numbers copied from a page
    "\u2012": "-",  # figure dash, in dates
    "\u2013": "-",  # en dash, in ranges
    "\u2014": "-",  # em dash
    "\u2212": "-",  # minus sign of a spreadsheet
    "\u2026": "...",  # ellipsis made by auto-correction
    "\u00a0": " ",  # space that does not break, from a web page
    "\u2002": " ",  # wide space
    "\u2003": " ",  # wide space
    "\u2009": " ",  # thin space, in numbers
    "\u202f": " ",  # narrow space, in times of newer locale data
    "\u200b": "",  # space without width, from a web page
    "\ufeff": "",  # mark at the start of a file
    "\u2022": "-",  # bullet
    "\u00b7": "-",  # middle dot
    "\u00d7": "x",  # times
    "\u00a7": "Sec.",  # section sign, in citations
    "\u00bd": "1/2",  # half, in hours
    "\u00bc": "1/4",  # quarter
    "\u00be": "3/4",  # three quarters
    "\u00df": "ss",  # sharp s, in names
    "\u00e6": "ae",  # in names
    "\u00c6": "Ae",  # in names
    "\u00f8": "o",  # in names
    "\u00d8": "O",  # in names
    "\u0142": "l",  # in names
    "\u0141": "L",  # in names
    "\u0111": "d",  # in names
    "\u0110": "D",  # in names
    "`": "'",  # ASCII, yet not in the alphabet of a text
    "\t": " ",  # from a spreadsheet cell
}
UNKNOWN = "?"


def render(message: Message, words: Words) -> str:
    """The whole text to send."""
    clauses = [
        Clause(plain(clause.text), clause.priority, tuple(plain(text) for text in clause.shorter))
        for clause in message.sms
    ]
    return fit(clauses, lambda text: segments(text) <= MOST_SEGMENTS, plain(the_rest(message.kind, words)))


def plain(text: str) -> str:
    """ASCII of the GSM alphabet on one line: accents come off, the rest is swapped or marked unknown."""
    swapped = "".join(SWAPS.get(character, character) for character in text)
    apart = unicodedata.normalize("NFKD", swapped)
    bare = "".join(character for character in apart if not unicodedata.combining(character))
    again = "".join(SWAPS.get(character, character) for character in bare)
    kept = "".join(
        character if character in BASIC or character in EXTENDED else _stand_in(character)
        for character in again
    )
    return " ".join(kept.split())


def segments(text: str) -> int:
    """How many segments the text is billed as; an escaped character is never parted."""
    if septets(text) <= SINGLE_SEGMENT:
        return 1
    count, used = 1, 0
    for character in text:
        cost = _cost(character)
        if used + cost > JOINED_SEGMENT:
            count, used = count + 1, 0
        used += cost
    return count


def septets(text: str) -> int:
    """Length in the GSM alphabet; a character outside of it is our mistake."""
    return sum(_cost(character) for character in text)


def _cost(character: str) -> int:
    if character in BASIC:
        return 1
    if character in EXTENDED:
        return 2
    raise ValueError(f"U+{ord(character):04X} is not in the GSM alphabet")


def _stand_in(character: str) -> str:
    """Invisible characters vanish (they may hide a direction or a control); visible ones leave a mark."""
    if character.isspace():
        return " "
    return "" if unicodedata.category(character).startswith("C") else UNKNOWN

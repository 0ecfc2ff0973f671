"""The sentence for each reason that the rules attach to a duty or a record."""

from datetime import date

from messages import wording
from messages.words import FactsMismatchError, Words
from rules.standing import Remark

# Facts that are numbers of things: the sentence takes its plural form from the one that is given.
COUNTED = ("records", "days", "years")


def remark_sentence(remark: Remark, today: date, words: Words) -> str:
    """``remark-<code>`` with the facts it names, or ``remark-<code>-plain`` when those facts were not given.

    Rules may attach facts that the sentence leaves out; a code without a sentence raises.
    """
    key = f"remark-{remark.code}"
    given = {name: value for name, value in remark.facts if value}
    for candidate in (key, f"{key}-plain"):
        if candidate != key and candidate not in words:
            break
        sentence = words.sentence(candidate)
        counted = next((name for name in COUNTED if given.get(name, "").isdecimal()), None)
        if sentence.counts and counted is None:
            continue
        wanted = sentence.facts - {"n"}
        if not wanted <= given.keys():
            continue
        facts = {name: _readable(given[name], today, words) for name in sorted(wanted)}
        if sentence.counts and counted is not None:
            return words.say_many(candidate, int(given[counted]), **facts)
        return words.say(candidate, **facts)
    raise FactsMismatchError(f"{key}: no form of it can be said with {sorted(given)}")


def _readable(value: str, today: date, words: Words) -> str:
    """Dates and spans of dates in words; names of topics and facts without their hyphens."""
    start, slash, end = value.partition("/")
    try:
        if slash:
            first, last = date.fromisoformat(start), date.fromisoformat(end)
            return words.say(
                "window", start=wording.day_with_year(first, words), end=wording.day_with_year(last, words)
            )
        return wording.day(date.fromisoformat(value), today, words)
    except ValueError:
        return wording.listed(wording.topic_name(each, words) for each in value.split(", "))

"""How is somebody called in one breath? A short rank and the surname; without a rank the initial and the surname."""

from enum import StrEnum

from messages.words import Words


class Rank(StrEnum):
    """Ranks that have a short form; the catalogue holds ``rank-<code>`` for each."""

    CAPTAIN = "captain"
    CHIEF = "chief"
    CORPORAL = "corporal"
    DEPUTY = "deputy"
    DETECTIVE = "detective"
    LIEUTENANT = "lieutenant"
    OFFICER = "officer"
    SERGEANT = "sergeant"
    TROOPER = "trooper"


def short_rank(rank: str, words: Words) -> str:
    """``Sgt.``; any other rank as the roster writes it."""
    for each in Rank:
        if each.value == rank.strip().casefold():
            return words.say(f"rank-{each.value}")
    return rank.strip()


def called_short(rank: str, given: str, family: str, words: Words) -> str:
    """``Sgt. Okafor``, ``P. Nair``."""
    if rank:
        return words.say("name-with-rank", rank=short_rank(rank, words), name=family)
    return words.say("name-with-rank", rank=f"{given[:1]}.", name=family) if given else family


def called_whole(rank: str, given: str, family: str, words: Words) -> str:
    """``Ofc. D. Ruiz``, ``P. Nair``."""
    name = f"{given[:1]}. {family}" if given else family
    return words.say("name-with-rank", rank=short_rank(rank, words), name=name) if rank else name

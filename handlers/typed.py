"""Which words does an answer tell people to type, and which of them is nearest to what was typed?"""

from collections.abc import Mapping

from handlers.routing import Route
from messages import about as say_about
from messages.replies import Reply
from messages.words import Words
from reading.text.understand import nearest


def typed_words(words: Words, by_name: Mapping[str, Route]) -> dict[str, Route]:
    """The words that answers tell people to type, in whatever language they are."""
    typed = {words.say(f"reply-{reply.value}-typed"): reply.value for reply in Reply}
    typed |= {words.say(f"menu-{name}-typed"): name for name in say_about.MENU_ROUTES}
    return {text.casefold(): by_name[name] for text, name in typed.items() if name in by_name}


def suggestion(text: str) -> Reply | None:
    found = nearest(text)
    return Reply(found) if found in {reply.value for reply in Reply} else None

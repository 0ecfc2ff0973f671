"""What does the client get that waits for an answer? One line for a pressed button, the next dialog for a form.

What is said in full is said in the chat, through the ledger; nothing here is the only place of anything.
"""

from collections.abc import Mapping
from typing import Any

from bot.teams import dialogs
from bot.teams.events import TeamsIncoming, TeamsKind
from messages.model import Message
from messages.plain import plain_text
from messages.words import Words

SAID = "application/vnd.microsoft.activity.message"
OK = 200
# A line under a card is seen for a moment.
LONGEST_LINE = 250
ENDS = (".", ":", "?", "!")
Shown = Mapping[str, Any]


def shown(incoming: TeamsIncoming, message: Message, words: Words) -> Shown:
    """What goes back for an answer: its form where there is one to fill in, else what it is about and says first."""
    form = message.form
    if form is not None and (
        incoming.kind is TeamsKind.OPEN or (incoming.kind is TeamsKind.FORM and form.errors)
    ):
        return {"task": dialogs.render_dialog(form, words)}
    lines = [each.strip() for each in plain_text(message, "teams").splitlines() if each.strip()]
    about, *more = lines or [message.title]
    if more:
        # A title alone says that something came of the press, and not what.
        about = f"{about}{'' if about[-1:] in ENDS else ':'} {more[0]}"
    return said(incoming, message.title, about, words)


def elsewhere(incoming: TeamsIncoming, words: Words, *, reached: bool) -> Shown:
    """What goes back where others read along: that it is answered, and where; or what has to be done before."""
    line = words.say("answered-privately") if reached else words.say("answered-not-installed")
    return said(incoming, words.say("opening-form-title"), line, words)


def stray(incoming: TeamsIncoming, words: Words) -> Shown:
    """What goes back for something that is not answered at all."""
    return said(incoming, "", words.say("teams-stray"), words)


def meanwhile(incoming: TeamsIncoming, words: Words) -> Shown:
    """What goes back where the answer takes longer than the client waits: then it is said in the chat, a form too."""
    return said(incoming, words.say("opening-form-title"), words.say("answer-comes-in-chat"), words)


def again(incoming: TeamsIncoming, words: Words) -> Shown:
    """What goes back for something that came twice: its form went with the first."""
    opens = incoming.kind is TeamsKind.OPEN
    line = words.say("opening-form") if opens else words.say("answer-comes-in-chat")
    return said(incoming, words.say("opening-form-title"), line, words)


def said(incoming: TeamsIncoming, title: str, line: str, words: Words) -> Shown:
    """One line, in the shape that the client waits for."""
    line = line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1].rstrip() + "\u2026"
    if incoming.invoke.startswith("task/"):
        return {"task": dialogs.saying(title, line, words)}
    if incoming.invoke == "adaptiveCard/action":
        return {"statusCode": OK, "type": SAID, "value": line}
    return {}

"""Which word about a roll call is this: covered, hours for it, or the decision about these? Exact forms only."""

import re

from reading.text.model import Slot, Understood

# The name of whoever taught it: a few words, and no sentence.
_WHO = r"(?:by |instructor |taught by )?(?P<who>[\w.'-]+(?: [\w.'-]+){0,3})"
_NUMBER = r"(?:draft )?(?:rc ?-? ?)?(?P<number>\d{1,9})"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (command, re.compile(form))
    for command, form in (
        ("roll-call-covered", r"(?:roll call )?(?:is |was )?covered(?: it| that| everything| all)?"),
        ("roll-call-covered", r"mark (?:the )?(?:roll call|read[- ]aloud) covered"),
        ("roll-call-hours", r"(?:yes )?add hours|roll call hours"),
        (
            "roll-call-hours",
            (
                r"(?:add hours:? )?(?P<minutes>\d{1,3}) ?min(?:ute)?s?(?: of| on| for)? "
                rf"(?P<topic>[^,]{{2,80}}), ?{_WHO}"
            ),
        ),
        ("roll-calls", r"(?:show )?(?:the )?roll calls"),
        ("record-roll-call", rf"(?:record|approve) roll call {_NUMBER}"),
        ("refuse-roll-call", rf"(?:refuse|return) roll call {_NUMBER}"),
    )
)


def roll_call_command(raw: str) -> Understood | None:
    """The command and what it names, or None for every other text."""
    written = " ".join(raw.split()).rstrip(".!?")
    text = written.casefold()
    for command, form in _FORMS:
        said = form.fullmatch(text)
        if said is not None:
            slots: dict[str, Slot] = {name: told for name, told in said.groupdict().items() if told}
            for name in ("topic", "who"):
                if name in slots and len(written) == len(text):
                    # As it was written: it goes on record so.
                    slots[name] = written[slice(*said.span(name))]
            return Understood(intent="training_history", slots=slots, confidence=0.95, command=command)
    return None

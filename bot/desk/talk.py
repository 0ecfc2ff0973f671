"""What was said in each conversation, and how the next thing is said: one question after the other, in worker threads.

A page sends tokens and entered values; what a token means is looked up in what was offered here.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.desk.deliveries import back_to
from bot.desk.files import HeldFile, ShownFile
from bot.desk.presses import button_of
from bot.desk.seats import Talk
from db.queries.context import ByBadge
from db.records.facts import AgencyId
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from messages.kinds import MessageKind
from messages.model import Message

# A chat tool takes no longer message either.
MOST_CHARACTERS = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidAtDesk:
    """One thing said: by the person (``message`` is None) or by Rollcall. ``at`` is in the agency's zone.

    ``sent_form``: what was entered into the form of this message, once it was sent. ``ref``: by what it is found again
    where something else is to stand in its place.
    """

    number: int
    at: datetime
    text: str = ""
    files: tuple[ShownFile, ...] = ()
    message: Message | None = None
    sent_form: Mapping[str, tuple[str, ...]] | None = None
    ref: str = ""


@dataclass(slots=True)
class _State:
    said: list[SaidAtDesk] = field(default_factory=list)
    writing: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Talks:
    """Every conversation at the desk. ``on_change`` hears which one changed; called from the event loop only."""

    def __init__(
        self,
        front_desk: FrontDesk,
        agency_id: AgencyId,
        agency_name: str,
        now: Callable[[], datetime],
        on_change: Callable[[Talk], None],
    ) -> None:
        self._front_desk = front_desk
        self._agency_id = agency_id
        self._agency_name = agency_name
        self._now = now
        self._on_change = on_change
        self._states: dict[Talk, _State] = {}

    def said(self, talk: Talk) -> tuple[SaidAtDesk, ...]:
        """Everything said in a conversation, oldest first."""
        return tuple(self._state(talk).said)

    def is_writing(self, talk: Talk) -> bool:
        """Whether an answer is being made."""
        return self._state(talk).writing > 0

    async def send(self, talk: Talk, text: str, files: tuple[HeldFile, ...] = ()) -> None:
        """The person types something, sends files, or both."""
        text = text[:MOST_CHARACTERS]
        await self._exchange(talk, text, files, text=text, files=tuple(each.sent() for each in files))

    async def press(self, talk: Talk, number: int, token: str) -> None:
        """The person presses a button of message ``number``; one that was not offered there is nothing."""
        said = self._find(talk, number)
        if said is not None:
            await self.press_on(talk, said.message, token)

    async def press_on(self, talk: Talk, message: Message | None, token: str) -> None:
        """The person presses a button of something that stands beside the talk."""
        button = button_of(message, token) if message is not None else None
        if button is not None:
            await self._exchange(talk, button.label, (), action=button.route, value=button.value)

    async def submit(
        self,
        talk: Talk,
        number: int,
        values: Mapping[str, tuple[str, ...]],
        files: tuple[HeldFile, ...] = (),
    ) -> None:
        """The person sends the form of message ``number``, once; only the fields that it has are taken from it."""
        said = self._find(talk, number)
        form = said.message.form if said is not None and said.message is not None else None
        if said is None or form is None or said.sent_form is not None:
            return
        known = {each.name: values.get(each.name, ()) for each in form.fields}
        self._state(talk).said[number - 1] = replace(said, sent_form=known)
        await self._exchange(
            talk,
            form.submit,
            files,
            action=form.route,
            form=known,
            files=tuple(each.sent() for each in files),
        )

    def hear(self, talk: Talk, message: Message, at: datetime | None = None, ref: str = "") -> None:
        """Rollcall says something that was asked for elsewhere, such as behind a link; ``at`` another instant than that
        of the last look."""
        self._add(talk, message=message, at=at, ref=ref)

    def change(self, talk: Talk, ref: str, message: Message) -> None:
        """Something else stands where this was said, with its own form or none; what ended with an earlier process
        stands nowhere any more."""
        state = self._state(talk)
        state.said = [
            replace(each, message=message, sent_form=None) if each.ref == ref else each for each in state.said
        ]
        self._on_change(talk)

    async def _exchange(
        self, talk: Talk, shown: str, shown_files: tuple[HeldFile, ...], **asked: object
    ) -> None:
        """What the person did, at once; then, in its turn, the answer."""
        number = self._add(talk, text=shown, files=tuple(each.shown for each in shown_files))
        interaction = Interaction(
            agency_id=self._agency_id,
            sender=ByBadge(talk.badge),
            channel=talk.channel,
            back=back_to(talk),
            **asked,  # type: ignore[arg-type]  # the three ways to speak above, each with the fields it names
        )
        with self._writing(talk):
            async with self._state(talk).turn:
                message = await asyncio.to_thread(self._front_desk.answer, interaction, self._agency_name)
                if message.kind is MessageKind.SPILL:
                    # What must not be here is not shown to the next who looks at the screen either.
                    said = self._state(talk).said
                    said[number - 1] = replace(said[number - 1], text=message.title, files=())
                self._add(talk, message=message)

    @contextmanager
    def _writing(self, talk: Talk) -> Iterator[None]:
        state = self._state(talk)
        state.writing += 1
        self._on_change(talk)
        try:
            yield
        finally:
            state.writing -= 1
            self._on_change(talk)

    def _add(
        self,
        talk: Talk,
        *,
        text: str = "",
        files: tuple[ShownFile, ...] = (),
        message: Message | None = None,
        at: datetime | None = None,
        ref: str = "",
    ) -> int:
        state = self._state(talk)
        number = len(state.said) + 1
        said = SaidAtDesk(
            number=number, at=at or self._now(), text=text, files=files, message=message, ref=ref
        )
        state.said.append(said)
        self._on_change(talk)
        return number

    def _find(self, talk: Talk, number: int) -> SaidAtDesk | None:
        said = self._state(talk).said
        return said[number - 1] if 0 < number <= len(said) else None

    def _state(self, talk: Talk) -> _State:
        return self._states.setdefault(talk, _State())

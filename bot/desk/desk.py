"""What is at the desk: who sits where, what each was told, what the record says beside it, and what time it is.

A page only shows it. Everything here lives in the event loop; the record is read in worker threads.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from bot.desk.clock import ClockMoment, ClockStep, Happening, move
from bot.desk.deliveries import Schedule, Scheduled, talk_of
from bot.desk.files import MOST_WAITING, MOST_WAITING_FILES, HeldFile, PictureShelf, held
from bot.desk.seats import CHANNELS, SEATS, PaneLooks, Pickable, Seat, Talk, roster
from bot.desk.strip import Strip
from bot.desk.talk import Talks
from bot.links.kinds import KINDS
from bot.links.previews import previews_of
from bot.links.routes import LinkDesk
from bot.links.uploads import HeardByPage, Uploads
from db.queries import agencies, people
from db.queries.context import ByBadge
from db.records.facts import AgencyId
from db.records.ledger import Way
from db.unit_of_work import reading
from handlers.front_desk import FrontDesk
from messages.daybreak import Turn
from messages.model import Message
from messages.words import Words
from training.ledger.parcels import Parcel
from training.office import Office, business_now

log = logging.getLogger(__name__)

# How often the desk looks whether something else wrote to the record, or a day began.
LOOK_EVERY = 0.5


class Redraw(StrEnum):
    """What a page has to draw again."""

    TALK = "talk"
    SEAT = "seat"
    HOME = "home"
    ATTACHED = "attached"
    CLOCK = "clock"
    STRIP = "strip"


@dataclass(frozen=True, slots=True)
class DeskChange:
    """Something changed at the desk; ``seat_id`` where it is one pane's."""

    what: Redraw
    seat_id: str = ""


Listener = Callable[[DeskChange], None]


class Desk:
    """One agency's desk. Its methods are called from the event loop only."""

    def __init__(
        self, office: Office, agency_id: AgencyId, words: Words, happenings: Sequence[Happening] = ()
    ) -> None:
        with reading(office.engine) as conn:
            agency = agencies.agency(conn, agency_id).fact
        self.agency_name = agency.name
        self.words = words
        self.people: tuple[Pickable, ...] = roster(office, agency_id)
        self.pictures = PictureShelf()
        self.moving = False
        self._office = office
        self._agency_id = agency_id
        self._zone = ZoneInfo(agency.time_zone)
        self._happenings = tuple(happenings)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._schedule = Schedule(office, self._hears)
        self._stops = (*self._happenings, Scheduled(office, agency_id, self._zone, self._schedule))
        self._front_desk = FrontDesk(office, words)
        self._seats: dict[str, Seat] = {seat.seat_id: seat for seat in SEATS}
        self._homes: dict[str, Message | None] = {}
        self._attached: dict[Talk, tuple[HeldFile, ...]] = {}
        self._notices: dict[str, str] = {}
        self._listeners: list[Listener] = []
        self._now = business_now(office).astimezone(self._zone)
        self._next_change: datetime | None = None
        # One look after the other: two at once would read the same entries twice.
        self._looking = asyncio.Lock()
        # Chain head, minute and people at the last look: while they stay, nothing shown can have changed.
        self._seen: tuple[int, datetime, frozenset[str]] | None = None
        self.strip = Strip(office, agency_id, words)
        self.talks = Talks(self._front_desk, agency_id, agency.name, lambda: self.now, self._talk_changed)

    # Who sits here

    @property
    def seats(self) -> tuple[Seat, ...]:
        """The panes, in order."""
        return tuple(self._seats.values())

    def seat(self, seat_id: str) -> Seat | None:
        """The pane of this id."""
        return self._seats.get(seat_id)

    def somebody(self, badge: str) -> Pickable | None:
        """The person on the roster with this badge."""
        return next((each for each in self.people if each.badge == badge), None)

    async def put(self, seat_id: str, badge: str) -> None:
        """Put somebody of the roster into a pane; their talk so far comes with them."""
        seat = self._seats.get(seat_id)
        if seat is None or self.somebody(badge) is None:
            return
        self._seats[seat_id] = replace(seat, badge=badge)
        self._notices[seat_id] = ""
        self._tell(Redraw.SEAT, seat_id)
        await self.look()

    # What is said

    def home(self, seat: Seat) -> Message | None:
        """Where the person of a pane stands now; None on a phone, which has text and nothing else."""
        return self._homes.get(seat.badge) if seat.looks is PaneLooks.CARDS else None

    async def send(self, seat_id: str, text: str, file_ids: Sequence[str] = ()) -> None:
        """The person of a pane sends what was typed, with the attached files that were named."""
        seat = self._seats.get(seat_id)
        if seat is None:
            return
        files = self._sending(seat_id, file_ids)
        if text.strip() or files:
            await self.talks.send(seat.talk, text.strip(), files)
            await self.look()

    async def press(self, seat_id: str, number: int, token: str) -> None:
        """The person of a pane presses a button of a message."""
        if (seat := self._seats.get(seat_id)) is not None:
            await self.talks.press(seat.talk, number, token)
            await self.look()

    async def press_home(self, seat_id: str, token: str) -> None:
        """The person of a pane presses something on the card that shows where they stand."""
        if (seat := self._seats.get(seat_id)) is not None:
            await self.talks.press_on(seat.talk, self.home(seat), token)
            await self.look()

    async def submit(
        self, seat_id: str, number: int, values: Mapping[str, tuple[str, ...]], file_ids: Sequence[str] = ()
    ) -> None:
        """The person of a pane sends a form."""
        if (seat := self._seats.get(seat_id)) is not None:
            await self.talks.submit(seat.talk, number, values, self._sending(seat_id, file_ids))
            await self.look()

    # What comes in and goes out over links that were given here

    def links(self) -> LinkDesk:
        """What the pages behind links need. No channel carries an answer back to the desk; it is shown in the talk."""
        return LinkDesk(
            office=self._office,
            words=self.words,
            front_desk=self._front_desk,
            uploads=Uploads(self._office, self._front_desk, dict),
            run=asyncio.to_thread,
            kinds=KINDS,
            previews=previews_of(self._office),
            told=self._heard,
        )

    async def _heard(self, heard: HeardByPage) -> None:
        badge = await asyncio.to_thread(self._badge_of, heard.link.person_id)
        if badge:
            self.talks.hear(Talk(badge, heard.origin.channel), heard.message)
            await self.look()

    def _badge_of(self, person_id: int) -> str:
        with reading(self._office.engine) as conn:
            found = people.by_ids(conn, self._agency_id, [person_id])
        return found[0].employment.fact.badge_number if found else ""

    # What is attached and not sent yet: it belongs to the talk, and leaves the pane with the person

    def attached(self, seat_id: str) -> tuple[HeldFile, ...]:
        """Files that go with the next message of a pane."""
        seat = self._seats.get(seat_id)
        return () if seat is None else self._attached.get(seat.talk, ())

    def notice(self, seat_id: str) -> str:
        """Why the last file of a pane was not taken; empty when it was."""
        return self._notices.get(seat_id, "")

    def takes_files(self, seat_id: str) -> bool:
        """Whether there is such a pane and it is no phone, which has text and nothing else."""
        seat = self._seats.get(seat_id)
        return seat is not None and seat.looks is PaneLooks.CARDS

    def attach(self, seat_id: str, name: str, content: bytes) -> None:
        """Hold a file until the next message of the pane is sent; one too many is refused in words."""
        if not self.takes_files(seat_id):
            return
        talk, waiting = self._seats[seat_id].talk, self.attached(seat_id)
        held_in_all = sum(len(each.content) for files in self._attached.values() for each in files)
        if len(waiting) >= MOST_WAITING_FILES or held_in_all + len(content) > MOST_WAITING:
            self.refuse_file(seat_id, self.words.say("desk-files-too-many"))
            return
        self._attached[talk] = (*waiting, held(name, content))
        self._note(seat_id, "")

    def detach(self, seat_id: str, file_id: str) -> None:
        """Take an attached file away again."""
        self._take_attached(seat_id, (file_id,))

    def _sending(self, seat_id: str, file_ids: Sequence[str]) -> tuple[HeldFile, ...]:
        """The named files leave for the talk, where their pictures are shown."""
        files = self._take_attached(seat_id, file_ids)
        self.pictures.show(files)
        return files

    def _take_attached(self, seat_id: str, file_ids: Sequence[str]) -> tuple[HeldFile, ...]:
        waiting = self.attached(seat_id)
        self._attached[self._seats[seat_id].talk] = tuple(
            each for each in waiting if each.file_id not in file_ids
        )
        self._note(seat_id, "")
        return tuple(each for each in waiting if each.file_id in file_ids)

    def refuse_file(self, seat_id: str, sentence: str) -> None:
        """Say in a pane why a file was not taken."""
        self._note(seat_id, sentence)

    # What time it is

    @property
    def now(self) -> datetime:
        """The agency's own time as last looked at."""
        return self._now

    @property
    def next_change(self) -> datetime | None:
        """When something next changes by itself, where the agency is, as last looked at."""
        return self._next_change

    async def step(self, step: ClockStep) -> None:
        """Move the clock forward by a button's span."""
        await self._move_to(lambda: step.from_(business_now(self._office), self._zone))

    async def step_to_next_change(self) -> None:
        """Move the clock to the next date on which anything changes."""
        await self._move_to(lambda: self._next_after(business_now(self._office)))

    async def _move_to(self, find: Callable[[], datetime | None]) -> None:
        if self.moving:
            return  # a second press while the time already moves is the same wish
        self.moving = True
        self._tell(Redraw.CLOCK)
        try:
            target = await asyncio.to_thread(find)
            if target is not None:
                await self._walk(target)
            await self.look()
        finally:
            self.moving = False
            self._tell(Redraw.CLOCK)

    async def _walk(self, target: datetime) -> None:
        """Every stop on the way is shown before the next one is made."""
        stops = move(self._office, target, self._stops)
        while (moment := await asyncio.to_thread(next, stops, None)) is not None:
            self._arrived(moment)
            await self.look()

    def _arrived(self, moment: ClockMoment) -> None:
        self._now = moment.at.astimezone(self._zone)
        self._turned(moment.turns)
        self._tell(Redraw.CLOCK)

    def _turned(self, turns: Sequence[Turn]) -> None:
        self.strip.add_turns(turns)
        self._tell(Redraw.STRIP)

    # What changed

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Hear of every change until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def watch(self) -> None:
        """Look at the record and the clock again and again, for as long as the desk is open."""
        while True:
            await self._run_schedule()
            await self.look()
            await asyncio.sleep(LOOK_EVERY)

    async def _run_schedule(self) -> None:
        """Say what is due by now. One that fails keeps nothing else from being shown."""
        try:
            await asyncio.to_thread(self._schedule.run)
        except (SQLAlchemyError, OSError) as error:
            log.warning("the desk could not deliver: %s", type(error).__name__)

    def _hears(self, parcel: Parcel) -> None:
        """From whatever thread. Before anybody looks there is nobody to show it to."""
        if self._loop is None:
            return
        talk, message = talk_of(parcel.route), parcel.message
        if parcel.route.way is Way.UPDATE:
            self._loop.call_soon_threadsafe(self.talks.change, talk, parcel.route.target, message)
            return
        # A clock that is being moved shows its last stop until this one is done.
        at = business_now(self._office).astimezone(self._zone)
        self._loop.call_soon_threadsafe(self.talks.hear, talk, message, at, parcel.attempt_id)

    async def look(self) -> None:
        """Bring everything shown up to what the record says now; cheap when nothing was written."""
        self._loop = asyncio.get_running_loop()
        async with self._looking:
            try:
                await self._look()
            except SQLAlchemyError as error:
                # What is shown stays, and the next look is soon.
                log.warning("the desk could not read the record: %s", type(error).__name__)

    async def _look(self) -> None:
        before, seen = self._now, self._seen
        now, head = await asyncio.to_thread(self._read_now)
        self._now = now.astimezone(self._zone)
        if before.date() != self._now.date() and not self.moving:
            # Real time passed midnight: the day begins as it does when the clock is moved.
            for happening in self._happenings:
                self._turned(await asyncio.to_thread(happening.happen, now))
        minute = self._now.replace(second=0, microsecond=0)
        self._seen = (head, minute, frozenset(seat.badge for seat in self.seats))
        if self._seen == seen:
            return
        change, self._next_change = self._next_change, await asyncio.to_thread(self._next_after, now)
        if before.replace(second=0, microsecond=0) != minute or change != self._next_change:
            self._tell(Redraw.CLOCK)
        while self.strip.add(await asyncio.to_thread(self.strip.unread)):
            self._tell(Redraw.STRIP)
        await self._look_at_homes()

    def _read_now(self) -> tuple[datetime, int]:
        now = business_now(self._office)
        with reading(self._office.engine) as conn:
            return now, agencies.head_seq(conn, self._agency_id)

    def _next_after(self, at: datetime) -> datetime | None:
        due = [then for each in self._happenings if (then := each.next_after(at)) is not None]
        return min(due).astimezone(self._zone) if due else None

    async def _look_at_homes(self) -> None:
        badges = sorted({seat.badge for seat in self.seats if seat.looks is PaneLooks.CARDS})
        before, self._homes = self._homes, await asyncio.to_thread(self._read_homes, badges)
        for seat in self.seats:
            if seat.looks is PaneLooks.CARDS and self._homes.get(seat.badge) != before.get(seat.badge):
                self._tell(Redraw.HOME, seat.seat_id)

    def _read_homes(self, badges: Sequence[str]) -> dict[str, Message | None]:
        channel = CHANNELS[PaneLooks.CARDS]
        return {badge: self._front_desk.home(self._agency_id, ByBadge(badge), channel) for badge in badges}

    def _talk_changed(self, talk: Talk) -> None:
        for seat in self.seats:
            if seat.talk == talk:
                self._tell(Redraw.TALK, seat.seat_id)

    def _note(self, seat_id: str, sentence: str) -> None:
        self._notices[seat_id] = sentence
        self._tell(Redraw.ATTACHED, seat_id)

    def _tell(self, what: Redraw, seat_id: str = "") -> None:
        for listener in tuple(self._listeners):
            listener(DeskChange(what, seat_id))

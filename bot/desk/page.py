"""The page: panes, clock and record drawn from the desk, live in every browser that has it open.

NiceGUI carries what changes to the browser and what is done there back; what a card looks like is in ``render``, what
the browser does by itself in ``static/desk.js``.
"""

from nicegui import Client, ui
from nicegui.element import Element
from nicegui.events import GenericEventArguments

from bot.desk.clock import STEPS
from bot.desk.desk import Desk, DeskChange, Redraw
from bot.desk.elements import html, status
from bot.desk.pane import ON_PRESS, PaneView, text_of
from bot.desk.render import Renderer
from bot.desk.seats import Seat
from messages import wording

STATIC = "/desk/static"
# The strip is a pane too: on a narrow screen it is chosen like the others.
RECORD = "record"


class DeskPage:
    """One browser's view of the desk."""

    def __init__(self, desk: Desk, renderer: Renderer) -> None:
        self._desk = desk
        self._renderer = renderer
        self._words = desk.words
        self._panes: dict[str, PaneView] = {}
        self._strip: Element | None = None
        self._lines: dict[str, ui.html] = {}
        self._clock: ui.html | None = None
        self._moving: ui.html | None = None
        self._tabs: dict[str, ui.html] = {}

    def build(self, client: Client) -> None:
        """Put everything on the page and keep it up to date until the browser has gone."""
        with ui.element("div").classes("desk"):
            with ui.element("div").classes("banner"):
                html(self._renderer.draw("banner.html"), "div")
                html(self._renderer.draw("theme.html"), "div").classes("theme")
            self._build_bar()
            self._build_tabs()
            with ui.element("div").classes("stage"):
                with ui.element("div").classes("panes"):
                    for seat in self._desk.seats:
                        self._panes[seat.seat_id] = PaneView(self._desk, self._renderer, seat.seat_id)
                self._build_strip()
        stop = self._desk.listen(self._changed)
        client.on_delete(stop)

    def _build_bar(self) -> None:
        with ui.element("header").classes("bar"):
            html(
                self._renderer.draw(
                    "title.html", title=self._words.say("desk-title", agency=self._desk.agency_name)
                ),
                "div",
            )
            self._clock = html("", "div").classes("clock")
            self._moving = status("hidden-word")
            self._clock.on("click", self._pressed_clock, js_handler=ON_PRESS)
        self._draw_clock()

    def _build_tabs(self) -> None:
        with ui.element("nav").classes("seats") as nav:
            nav.props["aria-label"] = self._words.say("desk-panes")
            for seat in self._desk.seats:
                self._tabs[seat.seat_id] = html("", "div")
                self._draw_tab(seat)
            html(
                self._renderer.draw("tab.html", seat_id=RECORD, text=self._words.say("desk-record"), word=""),
                "div",
            )

    def _build_strip(self) -> None:
        with ui.element("section").classes("pane strip") as strip:
            strip.props["data-seat"] = RECORD
            strip.props["aria-labelledby"] = "record-title"
            html(self._renderer.draw("strip_head.html"), "header")
            with ui.element("ol") as lines:
                lines.props["tabindex"] = "0"
                lines.props["aria-labelledby"] = "record-title"
                self._strip = lines
        self._draw_strip()

    def _changed(self, change: DeskChange) -> None:
        pane = self._panes.get(change.seat_id)
        match change.what:
            case Redraw.CLOCK:
                self._draw_clock()
            case Redraw.STRIP:
                self._draw_strip()
            case Redraw.TALK if pane is not None:
                pane.draw_talk()
            case Redraw.ATTACHED if pane is not None:
                pane.draw_attached()
            case Redraw.HOME if pane is not None:
                pane.draw_home()
                self._draw_tab(pane.seat)
            case Redraw.SEAT if pane is not None:
                pane.draw()
                self._draw_tab(pane.seat)

    def _draw_clock(self) -> None:
        if self._clock is None:
            return
        words, change = self._words, self._desk.next_change
        day = wording.day_with_year(change.date(), words) if change is not None else ""
        if self._moving is not None:
            self._moving.set_content(words.say("desk-clock-moving") if self._desk.moving else "")
        self._clock.props["aria-busy"] = str(self._desk.moving).lower()
        self._clock.set_content(
            self._renderer.draw(
                "clock.html",
                now=wording.moment_with_weekday(self._desk.now, words),
                moving=self._desk.moving,
                steps=[(at, self._words.say(f"desk-clock-{step.name}")) for at, step in enumerate(STEPS)],
                change=day,
                next_change=self._words.say("desk-clock-change", day=day)
                if day
                else self._words.say("desk-clock-no-change"),
            )
        )

    def _draw_tab(self, seat: Seat) -> None:
        somebody = self._desk.somebody(seat.badge)
        home = self._desk.home(seat)
        text = self._words.say(
            "desk-tab",
            seat=self._words.say(f"desk-seat-{seat.seat_id}"),
            name=somebody.family if somebody else "",
        )
        word = (home.first_word or "") if home is not None else ""
        self._tabs[seat.seat_id].set_content(
            self._renderer.draw("tab.html", seat_id=seat.seat_id, text=text, word=word)
        )

    def _draw_strip(self) -> None:
        """New lines go to the top; lines that are shown stay as they are, opened or not, until they are too many."""
        if self._strip is None:
            return
        lines = {line.key: line for line in self._desk.strip.lines}
        for key in [key for key in self._lines if key not in lines]:
            self._lines.pop(key).delete()
        for key, line in lines.items():
            if key in self._lines:
                continue
            with self._strip:
                item = html(self._renderer.draw("strip_line.html", line=line.line), "li")
            item.classes("entry is-turn" if line.is_turn else "entry")
            item.move(target_index=0)
            self._lines[key] = item

    async def _pressed_clock(self, event: GenericEventArguments) -> None:
        pressed = text_of(event.args, "press")
        if pressed == "next":
            await self._desk.step_to_next_change()
        elif pressed.isdecimal() and int(pressed) < len(STEPS):
            await self._desk.step(STEPS[int(pressed)])

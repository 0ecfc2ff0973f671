"""One pane in one browser: who sits there, where they stand, what was said, and what they do next.

What a browser sends is checked here for its form; what it means is decided by the desk.
"""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from nicegui import ui
from nicegui.events import GenericEventArguments

from bot.desk.desk import Desk
from bot.desk.elements import html, status
from bot.desk.render import Renderer
from bot.desk.seats import PaneLooks, Seat
from bot.desk.talk import SaidAtDesk
from bot.sms.render import render as as_text
from bot.sms.render import segments
from messages import wording

# The browser's own part sends small objects: what was said, pressed, entered or taken away.
ON_PRESS = "(event) => window.desk.press(event, emit)"
ON_SUBMIT = "(event) => window.desk.submit(event, emit)"
# The message that a press on the card beside the talk names.
HOME = "home"
ON_CHOOSE = "(event) => { if (event.target.dataset.person) emit({ put: event.target.value }); }"


class PaneView:
    """One pane in one browser."""

    def __init__(self, desk: Desk, renderer: Renderer, seat_id: str) -> None:
        self._desk = desk
        self._renderer = renderer
        self._words = desk.words
        self._seat_id = seat_id
        self._shown: list[tuple[SaidAtDesk, ui.html]] = []
        self._build()
        self.draw()

    @property
    def seat(self) -> Seat:
        """Who sits in this pane now."""
        seat = self._desk.seat(self._seat_id)
        if seat is None:
            raise LookupError(self._seat_id)
        return seat

    @property
    def _is_phone(self) -> bool:
        return self.seat.looks is PaneLooks.PHONE

    def _build(self) -> None:
        section = ui.element("section").classes("pane is-phone" if self._is_phone else "pane")
        section.props["data-seat"] = self._seat_id
        section.props["aria-labelledby"] = f"{self._seat_id}-title"
        section.on("click", self._acted, js_handler=ON_PRESS)
        section.on("submit", self._acted, js_handler=ON_SUBMIT)
        section.on("change", self._acted, js_handler=ON_CHOOSE)
        self._section = section
        with section:
            self._head = html("", "header")
            with ui.element("details").classes("home") as self._home:
                self._home_lead = html("", "summary")
                self._home_rest = html("", "div").classes("inside")
                self._home_rest.props["data-message"] = HOME
            with ui.element("div").classes("log") as self._log:
                self._log.props["role"] = "log"
                self._log.props["tabindex"] = "0"
                self._log.props["data-log"] = self._seat_id
            self._writing = status("writing")
            with ui.element("div").classes("composer"):
                self._notice = status("upload-status")
                self._notice.props["data-notice"] = "yes"
                self._attached = html("", "div")
                starters = [self._words.say(f"desk-start-{name}") for name in self.seat.starters]
                html(
                    self._renderer.draw(
                        "composer.html", seat=self.seat, starters=starters, phone=self._is_phone
                    ),
                    "div",
                )

    def draw(self) -> None:
        """The pane for whoever sits in it now, the talk from its beginning."""
        talk = self.seat.talk
        self._section.props["data-talk"] = f"{talk.channel}-{talk.badge}"
        self._section.update()
        for _, element in self._shown:
            element.delete()
        self._shown = []
        self._draw_head()
        self.draw_home()
        self.draw_attached()
        self.draw_talk()

    def _draw_head(self) -> None:
        somebody = self._desk.somebody(self.seat.badge)
        name = somebody.name if somebody is not None else ""
        self._log.props["aria-label"] = self._words.say("desk-talk-of", name=name)
        self._log.update()
        self._head.set_content(
            self._renderer.draw(
                "pane_head.html",
                seat=self.seat,
                title=self._words.say(f"desk-seat-{self.seat.seat_id}"),
                somebody=somebody,
                units=[
                    (unit, list(group)) for unit, group in groupby(self._desk.people, lambda each: each.unit)
                ],
            )
        )

    def draw_home(self) -> None:
        """Where the person stands now; nothing on a phone. Whether it is opened is left as the visitor has it."""
        home = self._desk.home(self.seat)
        self._home.set_visibility(home is not None)
        if home is not None:
            self._home_lead.set_content(self._renderer.home_lead(home))
            self._home_rest.set_content(self._renderer.home_rest(home, f"home-{self._seat_id}"))

    def draw_attached(self) -> None:
        """Files that wait for the next message, and why one was not taken."""
        self._notice.set_content(self._desk.notice(self._seat_id))
        self._attached.set_content(
            self._renderer.draw(
                "attached.html",
                files=self._desk.attached(self._seat_id),
            )
        )

    def draw_talk(self) -> None:
        """What was said since; a form that was sent meanwhile is shown as sent."""
        said = self._desk.talks.said(self.seat.talk)
        for at, each in enumerate(said):
            if at < len(self._shown):
                known, element = self._shown[at]
                if known != each:
                    element.set_content(self._drawn(each))
                    self._shown[at] = (each, element)
                continue
            with self._log:
                element = html(self._drawn(each), "article")
            element.classes("said by-person" if each.message is None else "said by-desk")
            element.props["data-message"] = str(each.number)
            self._shown.append((each, element))
        writing = self._desk.talks.is_writing(self.seat.talk)
        self._writing.set_content(self._words.say("desk-writing") if writing else "")

    def _drawn(self, said: SaidAtDesk) -> str:
        stamp = wording.moment(said.at, self._words)
        if said.message is None:
            who = self._desk.somebody(self.seat.badge)
            name = who.name if who is not None else ""
            return self._renderer.draw("said.html", name=name, stamp=stamp, text=said.text, files=said.files)
        if self._is_phone:
            text = as_text(said.message, self._words)
            cost = self._words.say_many("desk-segments", segments(text))
            return self._renderer.draw("answer.html", stamp=stamp, html=text, cost=cost)
        card = self._renderer.card(said.message, f"{self._seat_id}-{said.number}", sent_form=said.sent_form)
        return self._renderer.draw("answer.html", stamp=stamp, html=card, cost="")

    async def _acted(self, event: GenericEventArguments) -> None:
        """Something was done in the pane; anything that is not of a known form is nothing."""
        args = event.args
        if not isinstance(args, Mapping):
            return
        if "say" in args:
            await self._desk.send(self._seat_id, text_of(args, "say"), _texts(args, "files"))
        elif "put" in args:
            await self._desk.put(self._seat_id, text_of(args, "put"))
        elif "remove" in args:
            self._desk.detach(self._seat_id, text_of(args, "remove"))
        elif "press" in args and text_of(args, "message") == HOME:
            await self._desk.press_home(self._seat_id, text_of(args, "press"))
        elif "press" in args:
            await self._desk.press(self._seat_id, _number(args, "message"), text_of(args, "press"))
        elif "submit" in args:
            form, files = _entered(args.get("form")), _texts(args, "files")
            await self._desk.submit(self._seat_id, _number(args, "submit"), form, files)


def text_of(args: Any, name: str) -> str:
    """The text a browser sent under a name; empty for anything else."""
    value = args.get(name) if isinstance(args, Mapping) else None
    return value if isinstance(value, str) else ""


def _texts(args: Mapping[str, Any], name: str) -> tuple[str, ...]:
    values = args.get(name)
    return tuple(value for value in values if isinstance(value, str)) if isinstance(values, list) else ()


def _number(args: Mapping[str, Any], name: str) -> int:
    text = text_of(args, name)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _entered(form: Any) -> dict[str, tuple[str, ...]]:
    """Entered values by field; whatever else a browser may send is left out."""
    if not isinstance(form, Mapping):
        return {}
    return {
        str(name): tuple(value for value in values if isinstance(value, str))
        for name, values in form.items()
        if isinstance(values, list)
    }

"""How does a page behind a link look? Plain HTML without a script, which an old phone and a screen reader can use.

Whatever is put into a template is escaped by the template engine; nothing of an upload is ever shown as it came.
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from bot.links.downloads import extension
from bot.links.multipart import FILES, MEGABYTE, MOST_BYTES, MOST_CHARACTERS, MOST_FILES, WORDS
from db.records.links import LinkPurpose
from messages.words import Words
from training.links import links
from training.links.looks import OpenedFile, OpenedLook

OK, FORBIDDEN, NOT_FOUND, UNAVAILABLE = 200, 403, 404, 503
STYLE = files("bot.links").joinpath("templates", "style.css").read_text(encoding="utf-8")
_STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
# Nothing but our own style, pictures that stand in the page itself, and forms that come back to us.
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "cache-control": "no-store",
    # Not "no-referrer": a browser would then send a form from nowhere. No page of these leads anywhere else.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow",
}
_JPEG = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class _Picture:
    source: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    heading: str
    sentence: str
    pictures: tuple[_Picture, ...]
    action: str
    button: str


class LinkPages:
    """Every page, in one language."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._environment = Environment(
            loader=PackageLoader("bot.links"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def gone(self) -> HTMLResponse:
        """For a link that is used or over, and for one that never was: nobody can tell which."""
        words = self._words
        lines = (words.say("link-gone"), words.say("link-gone-next"))
        return self._page("said.html", NOT_FOUND, words.say("link-gone-title"), lines=lines)

    def upload(self, trouble: str = "", status: int = OK) -> HTMLResponse:
        """The form that takes files; ``trouble``: why the last try was not taken."""
        words = self._words
        return self._page(
            "upload.html",
            status,
            words.say("link-upload-title"),
            trouble=trouble,
            lead=words.say("link-upload-lead"),
            files_label=words.say("link-upload-files"),
            files_hint=words.say(
                "link-upload-files-hint", megabytes=MOST_BYTES // MEGABYTE, count=MOST_FILES
            ),
            files_name=FILES,
            words_label=words.say("link-upload-words"),
            words_hint=words.say("link-upload-words-hint"),
            words_name=WORDS,
            most_characters=MOST_CHARACTERS,
            send=words.say("link-upload-send"),
            once=self._once(LinkPurpose.UPLOAD),
        )

    def said(self, text: str, status: int = OK, *, note: str = "") -> HTMLResponse:
        """What Rollcall answers, line by line; the first line is the heading."""
        title, *lines = [line for line in text.splitlines() if line.strip()] or [""]
        return self._page("said.html", status, title, lines=(*lines, *([note] if note else [])))

    def before(self, purpose: LinkPurpose) -> HTMLResponse:
        """One button: whoever only looks at links, as chat tools do, does not press it."""
        words = self._words
        return self._page(
            "open.html",
            OK,
            words.say("link-open-title"),
            lead=words.say("link-open-lead"),
            open=words.say("link-open"),
            once=self._once(purpose),
        )

    def look(self, opened: OpenedLook, previews: Sequence[Sequence[bytes]]) -> HTMLResponse:
        """The files beside what is said of them. ``previews``: of each file, JPEG pictures that were drawn anew."""
        shown = tuple(
            self._file(opened, file, pictures) for file, pictures in zip(opened.files, previews, strict=True)
        )
        note = self._words.say("link-look-note", minutes=str(links.minutes(LinkPurpose.DOWNLOAD)))
        return self._page(
            "look.html", OK, opened.look.title, fields=opened.look.fields, files=shown, note=note
        )

    def _file(self, opened: OpenedLook, file: OpenedFile, previews: Sequence[bytes]) -> _File:
        words = self._words
        heading = words.say("link-file", number=str(file.number))
        token = opened.tokens.get(file.number)
        if file.away is not None or token is None:
            away = words.say(f"link-file-{file.away.value}") if file.away is not None else ""
            return _File(heading=heading, sentence=away, pictures=(), action="", button="")
        pictures = tuple(
            _Picture(
                f"data:image/jpeg;base64,{b64encode(each).decode()}",
                words.say("link-picture", number=str(file.number), page=str(page)),
            )
            for page, each in enumerate(previews, start=1)
            if each.startswith(_JPEG)
        )
        return _File(
            heading=heading,
            # What was made for the link is to be taken along, and nobody misses a picture of it.
            sentence="" if pictures or file.item_id is None else words.say("link-no-preview"),
            pictures=pictures,
            action=f"{links.PATHS[LinkPurpose.DOWNLOAD]}{token}",
            button=words.say(
                "link-download", number=str(file.number), type=extension(file.media_type).upper()
            ),
        )

    def _once(self, purpose: LinkPurpose) -> str:
        return self._words.say("link-once", minutes=str(links.minutes(purpose)))

    def _page(self, template: str, status: int, title: str, **given: object) -> HTMLResponse:
        style = Markup(STYLE)  # noqa: S704  a file of ours; no part of it is anybody's words
        drawn = self._environment.get_template(template).render(title=title, style=style, **given)
        return HTMLResponse(drawn, status, HEADERS)

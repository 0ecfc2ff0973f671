"""How does markup of our own templates get onto the page?"""

from nicegui import ui


def html(content: str, tag: str) -> ui.html:
    """Markup from our own templates, which have escaped everything that was put in; the library need not clean it."""
    return ui.html(content, sanitize=False, tag=tag)


def status(css_class: str) -> ui.html:
    """A place for one sentence that is read out when it changes. It stays where it is: a new one would not be heard.

    Only sentences of the catalogue go there, which hold no markup.
    """
    place = html("", "p").classes(css_class)
    place.props["role"] = "status"
    return place

"""May a link be followed? A whole address of the web, without anything that would part it."""

from bot.drawing.seen import length


def is_address(href: str, schemes: tuple[str, ...], most: int) -> bool:
    """Whether it begins with one of the schemes, is at most so long, and hides nothing."""
    return (
        href.startswith(schemes)
        and length(href) <= most
        and href.isprintable()
        and not any(character.isspace() or character in '<>|"' for character in href)
    )

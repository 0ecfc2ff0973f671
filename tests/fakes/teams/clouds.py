"""In which of Microsoft's clouds does the stand-in stand? Who signs there, and do bots take files?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cloud:
    """One cloud."""

    name: str
    issuer: str
    takes_files: bool

    @property
    def scope(self) -> str:
        """What a bot asks a token for."""
        return f"{self.issuer}/.default"


_COM, _US = "https://api.botframework.com", "https://api.botframework.us"
CLOUDS = {
    each.name: each
    for each in (
        Cloud("public", _COM, takes_files=True),
        Cloud("gcc", _COM, takes_files=True),
        Cloud("gcc-high", _US, takes_files=False),
        Cloud("dod", _US, takes_files=False),
    )
}

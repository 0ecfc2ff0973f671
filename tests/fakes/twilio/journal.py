"""What did the app ask of Twilio? A call with its path and the name in its credentials."""

from dataclasses import dataclass

from tests.fakes.loopback import AnyCall


@dataclass(slots=True, kw_only=True)
class Call(AnyCall):
    """One call of the interface, or a fetch from the other host."""

    path: str
    user: str | None = None
    """The name in the credentials: the account or an API key."""
    has_credentials: bool = False

    @property
    def code(self) -> int:
        """The refusal that was answered, or 0."""
        told = self.answer.get("code")
        return told if isinstance(told, int) else 0

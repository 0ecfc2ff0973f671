"""What did the app do? A call of a method with its token, and whether Slack did the work."""

from dataclasses import dataclass

from tests.fakes.loopback import AnyCall


@dataclass(slots=True)
class Call(AnyCall):
    """One call of a method, a late address or a download."""

    token: str | None = None

    @property
    def error(self) -> str:
        """The refusal that was answered, or nothing."""
        return str(self.answer.get("error", ""))

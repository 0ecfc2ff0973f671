"""What did the app do? A call of one of Microsoft's addresses with its token, and why it was refused."""

from dataclasses import dataclass

from tests.fakes.loopback import AnyCall


@dataclass(slots=True)
class Call(AnyCall):
    """One call. ``method`` is one of the names in ``faults``, ``parameters`` what was sent as JSON or as a form."""

    token: str | None = None
    conversation: str = ""
    activity: str = ""
    reason: str = ""
    """Why it was refused, in words for whoever builds the app."""

    @property
    def error(self) -> str:
        """The code of the refusal, or nothing."""
        told = self.answer.get("error", "")
        return str(told.get("code", "") if isinstance(told, dict) else told)

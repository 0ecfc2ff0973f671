"""How does Slack say no? `ok: false`, a name, and sometimes the details a developer needs."""

from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    """One refusal, as the body of an answer."""

    def __init__(self, error: str, messages: list[str] | None = None, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.messages = [f"[ERROR] {each}" for each in messages or []]
        self.more = more

    def body(self) -> Json:
        """The answer."""
        told: Json = {"ok": False, "error": self.error, **self.more}
        if self.messages:
            told["response_metadata"] = {"messages": self.messages}
        return told


class RateLimitedError(SlackError):
    """Too many calls: the only refusal with an HTTP status of its own."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after

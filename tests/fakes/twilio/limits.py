"""How much does Twilio take at once? Requests under way in an account, and segments in the queue of a number."""

from dataclasses import dataclass

from tests.fakes.twilio.errors import TwilioError


@dataclass(slots=True)
class Limits:
    """What is allowed; None switches a limit off."""

    requests_at_once: int | None = 100
    """Twilio does not publish how many; an account learns it from 20429."""
    queued_segments: int | None = 36_000
    """Ten hours of a long code that sends a segment a second."""

    @classmethod
    def none(cls) -> "Limits":
        """A service that never refuses for haste."""
        return cls(requests_at_once=None, queued_segments=None)

    def request(self, under_way: int) -> None:
        """One more request, itself counted."""
        if self.requests_at_once is not None and under_way > self.requests_at_once:
            raise TwilioError(20429)

    def queue(self, waiting: int, more: int) -> None:
        """More segments behind those that wait."""
        if self.queued_segments is not None and waiting + more > self.queued_segments:
            raise TwilioError(21611)

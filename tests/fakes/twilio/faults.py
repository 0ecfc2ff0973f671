"""What goes wrong at Twilio, and when? The same script and gates as at the other stand-ins, by name of the call."""

from tests.fakes.faults import (
    ANY,
    PATIENCE,
    Fault,
    Gate,
    Kind,
    Script,
    dropped,
    failed,
    held,
    malformed,
    rate_limited,
)

__all__ = [
    "ANY",
    "PATIENCE",
    "Fault",
    "Gate",
    "Kind",
    "Script",
    "dropped",
    "failed",
    "held",
    "malformed",
    "page",
    "rate_limited",
    "refused",
]


def page(status: int = 502) -> Fault:
    """A web page of a gateway; nothing was done."""
    return Fault(Kind.PAGE, status)


def refused(code: int, status: int = 400) -> Fault:
    """A refusal with this code; nothing was done."""
    return Fault(Kind.REFUSED, status, error=str(code))

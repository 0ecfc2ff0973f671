"""What goes wrong at Slack, and when? The same script and gates as at the other stand-ins, by method."""

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


def page(status: int = 200) -> Fault:
    """A web page instead of an answer, as a proxy or a maintenance window gives; nothing was done."""
    return Fault(Kind.PAGE, status)


def refused(error: str) -> Fault:
    """`ok: false` with this error; nothing was done."""
    return Fault(Kind.REFUSED, error=error)

"""Does the process answer? Whether it can work is another question."""

LIVE = "/health/live"


async def live() -> dict[str, str]:
    """Yes."""
    return {"status": "live"}

"""Is this installation well? One table of small checks, for `rollcall doctor` and for the health routes."""

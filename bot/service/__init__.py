"""The service: what `rollcall serve` and `rollcall work` keep running."""
